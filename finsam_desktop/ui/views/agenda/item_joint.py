"""The other associations that decide the same item, and what each has answered."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from finsam_desktop.domain.papers import JointBoard
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.meeting.open_meeting import OpenMeeting
from finsam_desktop.ui.widgets.buttons import IconButton, link_button
from finsam_desktop.ui.widgets.fields import ChoiceField, CountField, DateField
from finsam_desktop.ui.widgets.text_edits import TextField

ANSWERS: tuple[tuple[object, str], ...] = ((None, "Inget svar än"), (True, "Ja"), (False, "Nej"))


class _Row(QWidget):
    """One board's fields. ``edited(_Row)``, ``dropped(_Row)``."""

    edited = Signal(object)
    dropped = Signal(object)

    def __init__(self, desk: OpenMeeting) -> None:
        super().__init__()
        self.association = TextField(placeholder="Förbundets namn")
        self.answer = ChoiceField(ANSWERS)
        self.decided = DateField(today=desk.today)
        self.paragraph = CountField(least=1, most=999)
        self.paragraph.setPlaceholderText("§")
        self._drop = IconButton("x", "Ta bort förbundet")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(current_theme().px(6))
        fields = (
            (self.association, "Förbund", 5),
            (self.answer, "Svar", 3),
            (self.decided, "Beslutat", 3),
            (self.paragraph, "Paragraf", 1),
        )
        for field, name, share in fields:
            field.setAccessibleName(name)
            row.addWidget(field, share)
        row.addWidget(self._drop)
        self.association.edited.connect(self._edited)
        self.answer.chosen.connect(self._edited)
        self.decided.changed.connect(self._edited)
        self.paragraph.changed.connect(self._edited)
        self._drop.clicked.connect(self._dropped)

    def show_board(self, board: JointBoard, locked: bool) -> None:
        self.association.set_text(board.association)
        self.answer.set_value(board.agreed)
        for field, value in ((self.decided, board.decided_on), (self.paragraph, board.paragraph)):
            if not (field.hasFocus() and field.isModified()):
                field.set_value(value)  # type: ignore[arg-type]
        for text in (self.association, self.decided, self.paragraph):
            text.setReadOnly(locked)
        self.answer.setEnabled(not locked)
        self._drop.setVisible(not locked)

    def board(self, before: JointBoard) -> JointBoard:
        """What the fields hold; a day or § that cannot be read leaves the old one."""
        answer = self.answer.value()
        return JointBoard(
            association=self.association.text().strip(),
            agreed=answer if isinstance(answer, bool) else None,
            decided_on=before.decided_on if self.decided.fault() else self.decided.value(),
            paragraph=before.paragraph if self.paragraph.fault() else self.paragraph.value(),
        )

    def _edited(self, _value: object) -> None:
        self.edited.emit(self)

    def _dropped(self) -> None:
        self.dropped.emit(self)


class ItemJoint(QWidget):
    """The rows and a way to a new one; answers are recorded after the minutes are adjusted too."""

    def __init__(self, desk: OpenMeeting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._item_id = ""
        self.rows: list[_Row] = []
        self._new = link_button("Lägg till förbund", "plus")
        self._new.clicked.connect(self.add_board)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(current_theme().px(6))
        self._column.addWidget(self._new, 0, Qt.AlignmentFlag.AlignLeft)

    def show_item(self, item_id: str, boards: tuple[JointBoard, ...]) -> None:
        """Show an item's boards; what is being written stays."""
        if item_id != self._item_id:
            self.flush()
            self._item_id = item_id
        while len(self.rows) < len(boards):
            row = _Row(self._desk)
            row.edited.connect(self._edited)
            row.dropped.connect(self._dropped)
            self._column.insertWidget(len(self.rows), row)
            self.rows.append(row)
        while len(self.rows) > len(boards):
            row = self.rows.pop()
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        for row, board in zip(self.rows, boards, strict=True):
            row.show_board(board, self._desk.session.read_only)
        self._new.setEnabled(not self._desk.session.read_only)

    def flush(self) -> None:
        """Take in what is being typed."""
        for row in list(self.rows):
            row.association.flush()

    def add_board(self) -> None:
        """Make a row for another association."""
        self._change("Lägg till förbund", (*self._boards(), JointBoard(association="")))
        if self.rows:
            self.rows[-1].association.setFocus()

    def _boards(self) -> tuple[JointBoard, ...]:
        item = self._desk.item(self._item_id)
        return item.joint if item is not None else ()

    def _edited(self, row: _Row) -> None:
        place, boards = self.rows.index(row), list(self._boards())
        if place < len(boards):
            boards[place] = row.board(boards[place])
            self._change("Ändra förbundets svar", tuple(boards), merge=f"{self._item_id}.joint.{place}")

    def _dropped(self, row: _Row) -> None:
        place, boards = self.rows.index(row), self._boards()
        self._change("Ta bort förbund", (*boards[:place], *boards[place + 1 :]))

    def _change(self, label: str, boards: tuple[JointBoard, ...], merge: str = "") -> None:
        self._desk.change_item(label, self._item_id, lambda item: replace(item, joint=boards), merge=merge)
