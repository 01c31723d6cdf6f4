"""Grounds, labels and headings: the quiet parts that every view is made of."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLayout, QSizePolicy, QVBoxLayout, QWidget

from finsam_desktop.ui import icons
from finsam_desktop.ui.theme import FontRole, Role, current_theme
from finsam_desktop.ui.widgets.states import STATE_LOOK, State


def empty(layout: QLayout, *, but_last: int = 0) -> None:
    """Take out of a layout what is in it, but for the last so many entries; widgets go, and are not seen until then."""
    while layout.count() > but_last:
        entry = layout.takeAt(0)
        widget = entry.widget() if entry is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()


class Pane(QWidget):
    """A ground in one colour of the theme, with hairlines on the edges named: any of "left top right bottom"."""

    def __init__(self, ground: Role = "base", edges: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ground: Role = ground
        self._edges = frozenset(edges.split())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme.color(self._ground))
        # Filled, not drawn: at 150 % a drawn line begins where what stands beside it still covers it.
        line, width, height = theme.color("line"), self.width(), self.height()
        edges = {
            "left": (0, 0, 1, height),
            "right": (width - 1, 0, 1, height),
            "top": (0, 0, width, 1),
            "bottom": (0, height - 1, width, 1),
        }
        for edge in self._edges:
            painter.fillRect(*edges[edge], line)
        painter.end()


class Label(QLabel):
    """Plain text in a font and colour of the theme. Never interprets markup unless `setTextFormat` says so."""

    def __init__(
        self,
        text: str = "",
        font: FontRole = "body",
        color: Role = "text",
        *,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._font_role: FontRole = font
        self._color_role: Role = color
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if wrap:
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)
        self._apply_theme()
        current_theme().changed.connect(self._apply_theme)

    def set_look(self, font: FontRole | None = None, color: Role | None = None) -> None:
        """Change font role or colour role."""
        self._font_role = font or self._font_role
        self._color_role = color or self._color_role
        self._apply_theme()

    def showEvent(self, event: QShowEvent) -> None:
        # The style sheet's first polish gives a widget back the palette it had when it was made, so a label
        # that was hidden while the theme changed would come up in the old colour.
        super().showEvent(event)
        if self.palette().color(QPalette.ColorRole.WindowText) != current_theme().color(self._color_role):
            self._apply_theme()

    def _apply_theme(self) -> None:
        theme = current_theme()
        self.setFont(theme.font(self._font_role))
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.WindowText, theme.color(self._color_role))
        self.setPalette(palette)


class HairLine(QWidget):
    """A horizontal or vertical line one pixel wide."""

    def __init__(self, role: Role = "line", *, vertical: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._role: Role = role
        if vertical:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), current_theme().color(self._role))
        painter.end()


class StateIcon(QWidget):
    """The icon of a state, with its word as accessible name and tooltip."""

    def __init__(self, state: State = State.NONE, size: int = 16, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._size = size
        self.set_state(state)

    @property
    def state(self) -> State:
        return self._state

    def set_state(self, state: State) -> None:
        self._state = state
        word = STATE_LOOK[state].word
        self.setAccessibleName(word)
        self.setToolTip(word)
        self.update()

    def sizeHint(self) -> QSize:
        side = current_theme().px(self._size) + 2
        return QSize(side, side)

    minimumSizeHint = sizeHint

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = STATE_LOOK[self._state]
        if not look.icon:
            return
        theme = current_theme()
        side = theme.px(self._size)
        painter = QPainter(self)
        icons.paint_icon(
            painter,
            look.icon,
            (self.width() - side) / 2,
            (self.height() - side) / 2,
            side,
            theme.color(look.color),
        )
        painter.end()


class IconLabel(QWidget):
    """An icon followed by plain text, for facts such as "God sed, ingen lagregel"."""

    def __init__(
        self,
        icon: str,
        text: str = "",
        font: FontRole = "meta",
        color: Role = "text2",
        *,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon = _Glyph(icon, color)
        self._label = Label(text, font, color, wrap=wrap)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(current_theme().px(6))
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop if wrap else Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._label, 1)

    def text(self) -> str:
        return self._label.text()

    def set_text(self, text: str) -> None:
        self._label.setText(text)

    def set_look(self, icon: str, color: Role) -> None:
        self._icon.set_look(icon, color)
        self._label.set_look(color=color)


class _Glyph(QWidget):
    def __init__(self, icon: str, color: Role, size: int = 15) -> None:
        super().__init__()
        self._name, self._role, self._size = icon, color, size

    def set_look(self, icon: str, color: Role) -> None:
        self._name, self._role = icon, color
        self.update()

    def sizeHint(self) -> QSize:
        side = current_theme().px(self._size)
        return QSize(side, side + 2)

    minimumSizeHint = sizeHint

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        side = theme.px(self._size)
        painter = QPainter(self)
        icons.paint_icon(painter, self._name, 0, 1, side, theme.color(self._role))
        painter.end()


class Link(Label):
    """A word one can follow: accent colour, focusable, Enter and click give `activated`."""

    activated = Signal()

    def __init__(self, text: str, font: FontRole = "body_medium", parent: QWidget | None = None) -> None:
        super().__init__(text, font, "accent", parent=parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(text)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setAccessibleName(text)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.activated.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.activated.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            paint_focus_frame(self)

    def focusInEvent(self, event: QEvent) -> None:
        super().focusInEvent(event)  # type: ignore[arg-type]
        self.update()

    def focusOutEvent(self, event: QEvent) -> None:
        super().focusOutEvent(event)  # type: ignore[arg-type]
        self.update()


def paint_focus_frame(widget: QWidget) -> None:
    """The accent frame of a painted widget that has the focus, inset one pixel."""
    theme = current_theme()
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = painter.pen()
    pen.setColor(theme.color("focus"))
    pen.setWidth(theme.focus_width)
    painter.setPen(pen)
    inset = theme.focus_width / 2
    painter.drawRoundedRect(widget.rect().toRectF().adjusted(inset, inset, -inset, -inset), 3, 3)
    painter.end()


class SectionHead(QWidget):
    """A section of a page: name left, fact or link right, a line below."""

    followed = Signal()

    def __init__(
        self,
        title: str,
        fact: str = "",
        *,
        link: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        theme = current_theme()
        self._title = Label(title, "section")
        self._fact = Label(fact, "meta", "text2")
        self._fact.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._link = Link(link)
        # Room for the frame of the focus at the sides; above and below it would push the line down.
        self._link.setContentsMargins(theme.px(4), 0, theme.px(4), 0)
        if not link:
            self._link.hide()
        self._link.activated.connect(self.followed)
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        row.setContentsMargins(0, 0, 0, theme.px(8))
        row.setSpacing(theme.px(16))
        row.addWidget(self._title)
        row.addStretch(1)
        row.addWidget(self._fact)
        row.addWidget(self._link)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(HairLine("line2"))

    def set_title(self, text: str) -> None:
        self._title.setText(text)

    def set_fact(self, text: str) -> None:
        self._fact.setText(text)

    def set_link(self, text: str) -> None:
        self._link.setText(text)
        self._link.setVisible(bool(text))


class PaneHead(Pane):
    """The head of a pane: name 600 left, fact right, hairline below. Add buttons with `add_widget`."""

    def __init__(self, title: str, fact: str = "", parent: QWidget | None = None) -> None:
        super().__init__("base", "bottom", parent)
        theme = current_theme()
        self._title = Label(title, "body_strong")
        self._fact = Label(fact, "meta", "text2")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(theme.px(16), 0, theme.px(16), 1)
        self._row.setSpacing(theme.px(8))
        self._row.addWidget(self._title)
        self._row.addStretch(1)
        self._row.addWidget(self._fact)
        self.setMinimumHeight(theme.px(41))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_title(self, text: str) -> None:
        self._title.setText(text)

    def set_fact(self, text: str) -> None:
        self._fact.setText(text)

    def add_widget(self, widget: QWidget) -> None:
        """Put a widget last in the head."""
        self._row.addWidget(widget)


class StateTag(QWidget):
    """A meeting's state: icon and word in a thin edge."""

    def __init__(self, text: str, icon: str, tone: str = "neutral", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_state(text, icon, tone)

    def set_state(self, text: str, icon: str, tone: str = "neutral") -> None:
        """Show a word and an icon; tone is "neutral", "accent", "ok", "warn" or "err"."""
        self._text, self._icon, self._tone = text, icon, tone
        self.setAccessibleName(f"Läge: {text}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        theme = current_theme()
        metrics = QFontMetrics(theme.font("label"))
        width = metrics.horizontalAdvance(self._text) + theme.px(6 + 13 + 4 + 7)
        return QSize(width, max(theme.px(20), metrics.height() + 4))

    minimumSizeHint = sizeHint

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        looks: dict[str, tuple[Role, Role, Role]] = {
            "neutral": ("window", "line2", "text2"),
            "accent": ("accent_bg", "accent_line", "accent"),
            "ok": ("ok_bg", "ok", "ok"),
            "warn": ("warn_bg", "warn_line", "warn"),
            "err": ("err_bg", "err", "err"),
        }
        ground, edge, text = looks[self._tone]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.color(edge))
        painter.setBrush(theme.color(ground))
        painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        side = theme.px(13)
        icons.paint_icon(
            painter, self._icon, theme.px(6), (self.height() - side) / 2, side, theme.color(text)
        )
        painter.setPen(theme.color(text))
        painter.setFont(theme.font("label"))
        area = self.rect().adjusted(theme.px(6) + side + theme.px(4), 0, 0, 0)
        painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), self._text)
        painter.end()
