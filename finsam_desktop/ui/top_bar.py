"""The menu row: menus to the left, the named undo, and the field that finds and does everything."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QMenuBar, QSizePolicy, QToolButton, QWidget

from finsam_desktop.ui import icons
from finsam_desktop.ui.actions import Actions
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.widgets.buttons import IconButton
from finsam_desktop.ui.widgets.surfaces import Pane

_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class FindButton(QAbstractButton):
    """Looks like a field, opens Ctrl+K."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText("Sök eller gör …")
        self.setAccessibleName("Sök eller gör")
        self.setAccessibleDescription("Ctrl+K")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        theme = current_theme()
        return QSize(theme.px(320), theme.px(28))

    def minimumSizeHint(self) -> QSize:
        theme = current_theme()
        return QSize(theme.px(150), theme.px(28))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.hasFocus()
        width = theme.focus_width if focused else 1
        painter.setPen(QPen(theme.color("focus" if focused else "ctl"), width))
        painter.setBrush(theme.color("base"))
        inset = width / 2
        painter.drawRoundedRect(self.rect().toRectF().adjusted(inset, inset, -inset, -inset), 4, 4)
        side = theme.px(15)
        icons.paint_icon(
            painter, "search", theme.px(9), (self.height() - side) / 2, side, theme.color("text2")
        )
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color("text3"))
        area = self.rect().adjusted(theme.px(33), 0, -theme.px(9), 0)
        painter.drawText(area, _LEFT, self.text())
        painter.setFont(theme.font("meta"))
        painter.setPen(theme.color("text2"))
        painter.drawText(area, _RIGHT, "Ctrl+K")
        painter.end()


class TopBar(Pane):
    """The menu row. The undo button names what it takes back."""

    find_pressed = Signal()
    undo_pressed = Signal()
    redo_pressed = Signal()

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__("window", "bottom", parent)
        theme = current_theme()
        self.menu_bar = QMenuBar()
        self.menu_bar.setNativeMenuBar(False)
        self.menu_bar.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        actions.fill(self.menu_bar)
        self._undo = QToolButton()
        self._undo.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._undo.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._undo.clicked.connect(self.undo_pressed)
        self._redo = IconButton("redo-2", "Gör om", role="text")
        self._redo.clicked.connect(self.redo_pressed)
        self._find = FindButton()
        self._find.clicked.connect(self.find_pressed)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(14), theme.px(3), theme.px(16), theme.px(4))
        row.setSpacing(theme.px(8))
        row.addWidget(self.menu_bar)
        row.addStretch(1)
        row.addWidget(self._undo)
        row.addWidget(self._redo)
        row.addSpacing(theme.px(8))
        row.addWidget(self._find)
        self.setMinimumHeight(theme.px(43))
        self._undo_label: str | None = None
        self._is_open = False
        self._apply_theme()
        theme.changed.connect(self._apply_theme)
        self.set_history(None, None, is_open=False)

    def set_history(self, undo: str | None, redo: str | None, *, is_open: bool) -> None:
        """Name what can be taken back and done again."""
        self._undo_label, self._is_open = undo, is_open
        for button in (self._undo, self._redo):
            button.setVisible(is_open)
        self._undo.setEnabled(undo is not None)
        self._redo.setEnabled(redo is not None)
        words = f"Ångra: {undo}" if undo else "Inget att ångra"
        self._undo.setToolTip(f"{words} (Ctrl+Z)")
        self._undo.setAccessibleName(words)
        self._redo.set_name(f"Gör om: {redo}" if redo else "Inget att göra om")
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        theme = current_theme()
        wanted = f"Ångra: {self._undo_label}" if self._undo_label else "Ångra"
        free = self.width() - self.menu_bar.sizeHint().width() - theme.px(150 + 120)
        metrics = QFontMetrics(theme.font("body"))
        room = min(free - theme.px(60), theme.px(330))
        text = metrics.elidedText(wanted, Qt.TextElideMode.ElideRight, room) if room > theme.px(70) else ""
        self._undo.setText(text)
        self._undo.setToolButtonStyle(
            Qt.ToolButtonStyle.ToolButtonTextBesideIcon if text else Qt.ToolButtonStyle.ToolButtonIconOnly
        )

    def _apply_theme(self) -> None:
        theme = current_theme()
        self._undo.setIcon(icons.icon("undo-2", "text", gap=3))
        self._undo.setIconSize(QSize(theme.px(16) + theme.px(3), theme.px(16)))
        self._fit()
