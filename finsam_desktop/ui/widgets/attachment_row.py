"""An attachment under an item: number, title, facts, and a menu of what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from finsam_desktop.ui import icons
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.widgets.buttons import IconButton
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.surfaces import Label, StateIcon, paint_focus_frame


class AttachmentRow(QWidget):
    """One attachment. `opened()` on Enter and double click; `verb_chosen(str)` gives the id of a menu choice."""

    opened = Signal()
    verb_chosen = Signal(str)

    def __init__(
        self,
        number: str,
        title: str,
        facts: str,
        *,
        verbs: tuple[tuple[str, str], ...] = (),
        state: State = State.NONE,
        icon: str = "file-text",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        theme = current_theme()
        self._icon = icon
        self._verbs = verbs
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"{number} {title}, {facts}")
        first = QHBoxLayout()
        first.setSpacing(theme.px(8))
        first.addWidget(Label(number, "body_strong"))
        first.addWidget(Label(title, "body", wrap=True), 1)
        text = QVBoxLayout()
        text.setSpacing(1)
        text.addLayout(first)
        text.addWidget(Label(facts, "meta", "text2", wrap=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(34), theme.px(6), theme.px(6), theme.px(6))
        row.addLayout(text, 1)
        self._state = StateIcon(state)
        if state is State.NONE:
            self._state.hide()
        row.addWidget(self._state)
        self._more = IconButton("ellipsis-vertical", f"Mer om {number}")
        if not verbs:
            self._more.hide()
        self._more.clicked.connect(self.show_menu)
        row.addWidget(self._more)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def show_menu(self) -> None:
        """Open the menu of verbs below the ⋮ button."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for verb_id, text in self._verbs:
            menu.addAction(text).setData(verb_id)
        menu.triggered.connect(self._chosen)
        menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))

    def _chosen(self, action: object) -> None:
        self.verb_chosen.emit(action.data())  # type: ignore[attr-defined]

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.opened.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif event.key() == Qt.Key.Key_Menu and self._verbs:
            self.show_menu()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.color("line"))
        painter.setBrush(theme.color("sunk"))
        painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        side = theme.px(17)
        icons.paint_icon(
            painter, self._icon, theme.px(10), (self.height() - side) / 2, side, theme.color("text2")
        )
        painter.end()
        if self.hasFocus():
            paint_focus_frame(self)
