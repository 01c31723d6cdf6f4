"""What the chair writes beside an item: notes that stay on this computer, and a comment that goes to the secretary."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QVBoxLayout, QWidget

from finsam_desktop.domain.parcel_talk import own_comment, own_note, with_comment, with_note
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.chair.unsaved import Unsaved
from finsam_desktop.ui.views.meeting.open_meeting import OpenMeeting
from finsam_desktop.ui.views.minutes.comment_rows import CommentRows
from finsam_desktop.ui.widgets.forms import FormRow
from finsam_desktop.ui.widgets.text_edits import GrowingTextEdit

PRIVATE = "Stannar på den här datorn. Följer aldrig med när du skickar tillbaka."
SENT = "Följer med till sekreteraren när du skickar tillbaka."


class TalkPart(QWidget):
    """The fields of one item, or of the meeting as a whole (item id ""). What is typed is saved by itself."""

    def __init__(self, desk: OpenMeeting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._item_id = ""
        self._unsaved = Unsaved()
        self.earlier = CommentRows("Kommentarer")
        self.comment = GrowingTextEdit("", "Skriv till sekreteraren", min_lines=2)
        self.note = GrowingTextEdit("", "Till dig själv", min_lines=2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_theme().px(12))
        self._note_row = FormRow("Mina anteckningar", self.note, PRIVATE)
        column.addWidget(self._note_row)
        column.addWidget(self.earlier)
        column.addWidget(FormRow("Min kommentar", self.comment, SENT))
        self.note.edited.connect(self._note_edited)
        self.comment.edited.connect(self._comment_edited)

    def show_item(self, item_id: str) -> None:
        """Show what is written about an item; a field being written in stays unless it is another item's."""
        copy = self._desk.association.parcel
        if copy is None:
            return
        if item_id != self._item_id:
            self.flush()
        self._item_id = item_id
        mine = own_comment(self._desk.stored, copy, item_id)
        note = own_note(copy, item_id)
        said, noted = mine.text if mine is not None else "", note.text if note is not None else ""
        self.comment.set_text(self._unsaved.text(item_id, "comment", said))
        self.note.set_text(self._unsaved.text(item_id, "note", noted))
        self.earlier.show_comments(
            tuple(one for one in self._desk.stored.comments if one.item_id == item_id and one is not mine)
        )
        for field in (self.comment, self.note):
            field.setReadOnly(self._desk.session.read_only)

    def flush(self) -> None:
        """Take in what is still in the fields."""
        self.note.flush()
        self.comment.flush()
        self._unsaved.try_again()

    def _where(self, item_id: str) -> str:
        return self._desk.item_name(item_id) if item_id else "mötet"

    def _note_edited(self, text: str) -> None:
        self._save_note(self._item_id, text)

    def _comment_edited(self, text: str) -> None:
        self._save_comment(self._item_id, text)

    def _save_note(self, item_id: str, text: str) -> None:
        session = self._desk.session
        before = session.association
        if before.parcel is None:
            return
        now = session.now.replace(microsecond=0)
        after = replace(before, parcel=with_note(before.parcel, item_id, text, now))
        label = f"Anteckna om {self._where(item_id)}"
        done = after == before or session.change(label, before, after, merge=f"{item_id}.note")
        self._unsaved.took(item_id, "note", text, self._save_note, done=done)

    def _save_comment(self, item_id: str, text: str) -> None:
        session = self._desk.session
        copy = session.association.parcel
        if copy is None:
            return
        if session.save_again() is not None:  # words of the protokoll come first: the meeting is then another
            self._unsaved.took(item_id, "comment", text, self._save_comment, done=False)
            return
        before = self._desk.stored
        now = session.now.replace(microsecond=0)
        after = with_comment(before, copy, item_id, text, now)
        label = f"Kommentera {self._where(item_id)}"
        done = after == before or session.change(label, before, after, merge=f"{item_id}.comment")
        self._unsaved.took(item_id, "comment", text, self._save_comment, done=done)
