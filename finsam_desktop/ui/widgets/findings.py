"""Findings: what, where, source; the chosen one opens with advice, law and buttons that mend it."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.widgets.buttons import Button
from finsam_desktop.ui.widgets.recipients import FlowLayout
from finsam_desktop.ui.widgets.states import STATE_LOOK, State
from finsam_desktop.ui.widgets.surfaces import (
    HairLine,
    IconLabel,
    Label,
    Pane,
    StateIcon,
    paint_focus_frame,
)

GROUPS: tuple[tuple[State, str], ...] = (
    (State.MUST_MEND, "Att åtgärda"),
    (State.CONSIDER, "Att överväga"),
    (State.NOTE, "För kännedom"),
)
FOOT = "Kontrollerna ger råd. De hindrar dig aldrig."


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRow:
    """A finding as it is shown. `state` is MUST_MEND, CONSIDER or NOTE; `fixes` are pairs of id and button text.

    `group` names a group of its own, listed after those by gravity."""

    key: str
    state: State
    title: str
    place: str
    source: str = ""
    advice: str = ""
    basis: str = ""
    fixes: tuple[tuple[str, str], ...] = field(default=())
    group: str = ""


class _Row(QWidget):
    pressed = Signal(str)
    fix_pressed = Signal(str, str)

    def __init__(self, row: FindingRow, parent: QWidget) -> None:
        super().__init__(parent)
        theme = current_theme()
        self.row = row
        self._open = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(
            f"{STATE_LOOK[row.state].word}: {row.title}, {row.place}, {row.source}".rstrip(", ")
        )
        self.setAccessibleDescription(row.advice)
        self._title = Label(row.title, "body_medium", wrap=True)
        place = QHBoxLayout()
        place.setSpacing(theme.px(6))
        place.addWidget(Label(row.place, "meta_strong", "accent"))
        if row.source:
            place.addWidget(Label("·", "meta", "text2"))
            place.addWidget(Label(row.source, "meta", "text2", wrap=True), 1)
        else:
            place.addStretch(1)
        self._detail = QWidget()
        detail = QVBoxLayout(self._detail)
        detail.setContentsMargins(0, theme.px(4), 0, theme.px(6))
        detail.setSpacing(theme.px(8))
        if row.advice:
            detail.addWidget(Label(row.advice, "body", wrap=True))
        if row.basis:
            detail.addWidget(IconLabel("book-open", row.basis))
        if row.fixes:
            buttons = QWidget()
            flow = FlowLayout(buttons, theme.px(8))
            flow.setContentsMargins(0, 0, 0, 0)
            for fix_id, text in row.fixes:
                button = Button(text)
                button.setProperty("fix", fix_id)
                button.clicked.connect(self._fix)
                flow.addWidget(button)
            flow.addWidget(QWidget())
            detail.addWidget(buttons)
        self._detail.hide()
        column = QVBoxLayout()
        column.setSpacing(theme.px(1))
        column.addWidget(self._title)
        column.addLayout(place)
        column.addWidget(self._detail)
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.px(16), theme.px(8), theme.px(16), theme.px(8))
        line.setSpacing(theme.px(12))
        line.addWidget(StateIcon(row.state, 17), 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(column, 1)

    def set_open(self, is_open: bool) -> None:
        self._open = is_open
        self._detail.setVisible(is_open)
        self._title.set_look("body_strong" if is_open else "body_medium")
        self.update()

    def _fix(self) -> None:
        self.fix_pressed.emit(self.row.key, self.sender().property("fix"))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit(self.row.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.pressed.emit(self.row.key)
        elif event.key() == Qt.Key.Key_Down:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        if self._open:
            painter.fillRect(self.rect(), theme.color("accent_bg2"))
            painter.fillRect(0, 0, theme.px(3), self.height(), theme.color("accent"))
        left = theme.px(16 + 12 + 19)
        painter.fillRect(left, self.height() - 1, self.width() - left - theme.px(16), 1, theme.color("line"))
        painter.end()
        if self.hasFocus():
            paint_focus_frame(self)


def _grouped(rows: tuple[FindingRow, ...]) -> list[tuple[str, list[FindingRow]]]:
    """The groups with their heads: by gravity, then those with a name of their own, in the order they come."""
    own = dict.fromkeys(row.group for row in rows if row.group)
    return [
        *((name, [row for row in rows if row.state is state and not row.group]) for state, name in GROUPS),
        *((name, [row for row in rows if row.group == name]) for name in own),
    ]


class FindingList(Pane):
    """All findings in groups. `chosen(key)` when one is opened, `fix_wanted(key, fix_id)` when one is mended."""

    chosen = Signal(str)
    fix_wanted = Signal(str, str)

    def __init__(self, parent: QWidget | None = None, *, foot: str = FOOT) -> None:
        super().__init__("base", "", parent)
        theme = current_theme()
        self._rows: dict[str, _Row] = {}
        self._shown: tuple[FindingRow, ...] | None = None
        self._current = ""
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._scroll, 1)
        foot_line = Label(foot, "meta", "text2", wrap=True)
        foot_line.setContentsMargins(theme.px(16), theme.px(8), theme.px(16), theme.px(8))
        if not foot:
            foot_line.hide()
        column.addWidget(foot_line)
        self.set_findings(())

    @property
    def current(self) -> str:
        """The key of the finding that is open, or the empty string."""
        return self._current

    def set_findings(self, rows: tuple[FindingRow, ...]) -> None:
        """Show findings; the open one stays open if it is still there."""
        if rows == self._shown:
            return
        self._shown = rows
        theme = current_theme()
        page = Pane("base")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._rows = {}
        for name, group in _grouped(rows):
            if not group:
                continue
            head = QHBoxLayout()
            head.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(6))
            head.addWidget(Label(name, "meta_strong", "text2"))
            head.addStretch(1)
            head.addWidget(Label(str(len(group)), "meta_strong", "text2"))
            column.addLayout(head)
            line = QHBoxLayout()
            line.setContentsMargins(theme.px(16), 0, theme.px(16), 0)
            line.addWidget(HairLine("line2"))
            column.addLayout(line)
            for row in group:
                widget = _Row(row, page)
                widget.pressed.connect(self.choose)
                widget.fix_pressed.connect(self.fix_wanted)
                self._rows[row.key] = widget
                column.addWidget(widget)
        if not rows:
            nothing = Label("Inget att anmärka.", "body", "text2")
            nothing.setContentsMargins(theme.px(16), theme.px(16), theme.px(16), theme.px(16))
            column.addWidget(nothing)
        column.addStretch(1)
        self._scroll.setWidget(page)
        if self._current in self._rows:
            self._rows[self._current].set_open(True)
        else:
            self._current = ""

    def choose(self, key: str) -> None:
        """Open a finding and close the one that was open; choosing the open one announces it again."""
        if key not in self._rows:
            return
        if self._current in self._rows and self._current != key:
            self._rows[self._current].set_open(False)
        self._current = key
        self._rows[key].set_open(True)
        self._scroll.ensureWidgetVisible(self._rows[key])
        self.chosen.emit(key)

    def step(self, by: int) -> None:
        """Open the next (+1) or previous (-1) finding; goes round."""
        keys = list(self._rows)
        if keys:
            position = keys.index(self._current) + by if self._current in keys else (0 if by > 0 else -1)
            self.choose(keys[position % len(keys)])

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self.update()
