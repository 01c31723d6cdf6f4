"""The members as rows in a frame, where a row is added and taken away."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from finsam_desktop.guide import kind_value
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.widgets.buttons import Button, IconButton
from finsam_desktop.ui.widgets.surfaces import HairLine, Label

STATE = "Staten"
KIND_WORDS = {
    "social_insurance_agency": STATE,
    "employment_service": STATE,
    "region": "Region",
    "municipality": "Kommun",
}
"""What kind of member it is, by the value of its `MemberKind`."""


class MembersEdit(QWidget):
    """The members as rows in a frame: name, kind, and × ; the last row adds one.

    Försäkringskassan and Arbetsförmedlingen are members by law (3 §) and have no ×: Tab came there first, and a space
    in what was typed took them away.
    """

    edited = Signal()

    def __init__(self, names: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = current_theme().px
        self._rows: list[_MemberRow] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        self._input = QLineEdit()
        self._input.setProperty("plain", "true")
        self._input.setPlaceholderText("Kommunens eller regionens namn")
        self._input.setAccessibleName("Ny medlem")
        self._input.returnPressed.connect(self._entered)
        self._input.editingFinished.connect(self._left)
        self._input.hide()
        self._add = _AddButton("Lägg till kommun eller region", "plus", "link")
        self._add.clicked.connect(self._show_input)
        self._add.typed.connect(self._begin)
        foot = QHBoxLayout()
        foot.setContentsMargins(px(4), px(3), px(12), px(3))
        foot.addWidget(self._add)
        foot.addWidget(self._input, 1)
        foot.addStretch(0)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.setSpacing(0)
        outer.addLayout(self._column)
        outer.addLayout(foot)
        self.setFocusProxy(self._add)
        for name in names:
            self._insert(name)

    def names(self) -> tuple[str, ...]:
        """The members, with one that is being written as far as it has come: it stays in its field."""
        taken = tuple(row.name for row in self._rows)
        begun = "" if self._input.isHidden() else " ".join(self._input.text().split())
        return (*taken, begun) if begun and not _is_among(begun, taken) else taken

    def set_names(self, names: tuple[str, ...]) -> None:
        """Show these members, without reporting it."""
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows.clear()
        for name in names:
            self._insert(name)

    def add(self, name: str) -> None:
        """Add a member unless it is there already."""
        name = " ".join(name.split())
        if name and not _is_among(name, tuple(row.name for row in self._rows)):
            self._insert(name)
            self.edited.emit()

    def _insert(self, name: str) -> None:
        row = _MemberRow(name)
        row.removal_wanted.connect(self._remove)
        self._rows.append(row)
        self._column.addWidget(row)

    def _remove(self, name: str) -> None:
        row = next(row for row in self._rows if row.name == name)
        self._rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()
        self.edited.emit()

    def _show_input(self) -> None:
        self._add.hide()
        self._input.show()
        self._input.setFocus()

    def _begin(self, text: str) -> None:
        """Somebody types on the button, as if it were the field."""
        self._show_input()
        self._input.setText(text)

    def _entered(self) -> None:
        """Enter: the name is taken in and the next can be written; without a name there are no more."""
        if self._input.text().strip():
            self._take_input()
        else:
            self._input.hide()
            self._add.show()
            self._add.setFocus()

    def _left(self) -> None:
        """The field is left, which Enter does not do though it says so."""
        if not self._input.hasFocus():
            self._take_input()
            self._input.hide()
            self._add.show()

    def _take_input(self) -> None:
        if not self._input.isHidden():
            name = self._input.text()
            self._input.clear()
            self.add(name)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("ctl"), 1))
        painter.setBrush(theme.color("base"))
        painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.end()


def _is_among(name: str, names: tuple[str, ...]) -> bool:
    return name.lower() in (each.lower() for each in names)


class _AddButton(Button):
    """``typed(text)`` when a text is begun on it."""

    typed = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        if event.text().strip() and event.text().isprintable() and not held:
            self.typed.emit(event.text())
            return
        super().keyPressEvent(event)


class _MemberRow(QWidget):
    removal_wanted = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        px = current_theme().px
        self.name = name
        row = QHBoxLayout()
        row.setContentsMargins(px(12), px(1), px(10), px(1))
        row.addWidget(Label(name, "body"), 3)
        row.addWidget(Label(KIND_WORDS[kind_value(name)], "meta", "text2"), 4)
        remove = IconButton("x", f"Ta bort {name}", size=14)
        remove.clicked.connect(self._remove)
        row.addWidget(remove)
        room = remove.sizePolicy()
        room.setRetainSizeWhenHidden(True)  # so that the columns stand under each other
        remove.setSizePolicy(room)
        remove.setVisible(KIND_WORDS[kind_value(name)] != STATE)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(HairLine())

    def _remove(self) -> None:
        self.removal_wanted.emit(self.name)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width(), max(hint.height(), current_theme().px(30)))
