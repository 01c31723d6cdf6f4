"""Minnesanteckningar: what was said under each point of a consultation or a planning day, and the document."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from finsam_desktop.documents import Document
from finsam_desktop.domain.agenda import AgendaItem, walk
from finsam_desktop.domain.deadlines import reached
from finsam_desktop.domain.meeting import MeetingState
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.meeting.export import MeetingExport
from finsam_desktop.ui.views.meeting.made_documents import MadeDocuments
from finsam_desktop.ui.views.meeting.open_meeting import OpenMeeting
from finsam_desktop.ui.views.page import Page
from finsam_desktop.ui.views.when_seen import WhenSeen
from finsam_desktop.ui.widgets.buttons import secondary_button
from finsam_desktop.ui.widgets.forms import FormRow
from finsam_desktop.ui.widgets.surfaces import Label, SectionHead
from finsam_desktop.ui.widgets.text_edits import GrowingTextEdit


class _Note(GrowingTextEdit):
    """The words of one item; it knows whose they are."""

    def __init__(self, item_id: str) -> None:
        super().__init__(min_lines=3, markdown=True)
        self.item_id = item_id


class NotesStep(Page):
    """The step Minnesanteckningar: a field for each item, in the order of the agenda."""

    def __init__(self, desk: OpenMeeting, export: MeetingExport, parent: QWidget | None = None) -> None:
        super().__init__("Minnesanteckningar", text_width=760, parent=parent)
        self._desk = desk
        self._shown: tuple[str, ...] = ()
        self.notes: dict[str, _Note] = {}
        self._rows: dict[str, FormRow] = {}
        self._head = SectionHead("Minnesanteckningar")
        self.add(self._head)
        self.add(
            Label(
                "Här beslutas inget. Skriv vad som sades och vem som tar en fråga vidare.",
                "meta",
                "text2",
                wrap=True,
            )
        )
        box = QWidget()
        self._lines = QVBoxLayout(box)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(current_theme().px(12))
        self.add(box)
        self._held = secondary_button("Mötet har hållits", "check")
        self._held.clicked.connect(self._toggle_held)
        foot = QWidget()
        column = QVBoxLayout(foot)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._held)
        foot.setMaximumWidth(current_theme().px(300))
        self.add(foot)
        self.add(SectionHead("Dokument"), space_before=16)
        self.documents = MadeDocuments(desk, export, Document.MINNESANTECKNINGAR)
        self.add(self.documents)
        self._seen = WhenSeen(self, self.refresh)
        desk.changed.connect(self._seen.changed)
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._seen.now()

    def panes(self) -> tuple[QWidget, ...]:
        return (self,)

    def flush(self) -> None:
        for note in self.notes.values():
            note.flush()

    def show_item(self, item_id: str) -> None:
        """Put the cursor in the item's field."""
        self._seen.now()
        note = self.notes.get(item_id)
        if note is not None:
            note.setFocus()
            self.ensureWidgetVisible(note)

    def show_changes(self, differences: tuple[str, ...]) -> None:
        """Show what has been changed by hand in the document."""
        self.documents.show_changes(differences)
        self.ensureWidgetVisible(self.documents)

    def refresh(self) -> None:
        """Show the words of every item; the field being written in stays."""
        meeting = self._desk.meeting
        items = tuple(walk(meeting.items))
        if tuple(item.id for item in items) != self._shown:
            self._arrange(items)
        numbers = self._desk.numbers()
        for item in items:
            self._rows[item.id].set_label(f"{numbers.get(item.id, '')}  {item.title}".strip())
            self.notes[item.id].set_text(item.minutes_text)
            self.notes[item.id].setReadOnly(self._desk.locked)
        written = sum(1 for item in items if item.minutes_text.strip())
        self._head.set_fact(f"{written} av {len(items)} punkter skrivna")
        held = reached(meeting, MeetingState.HELD)
        self._held.setText("Ångra att mötet har hållits" if held else "Mötet har hållits")
        self._held.setEnabled(not self._desk.locked)
        self.documents.refresh()

    def _arrange(self, items: tuple[AgendaItem, ...]) -> None:
        """Rows for exactly these items in this order; those that stay keep what is being written."""
        wanted = {item.id for item in items}
        for item_id in [one for one in self._rows if one not in wanted]:
            self.notes.pop(item_id).flush()
            row = self._rows.pop(item_id)
            self._lines.removeWidget(row)
            row.hide()
            row.deleteLater()
        for place, item in enumerate(items):
            if item.id not in self._rows:
                note = _Note(item.id)
                note.edited.connect(partial(self._edited, item.id))
                self.notes[item.id] = note
                self._rows[item.id] = FormRow(item.title, note)
            self._lines.insertWidget(place, self._rows[item.id])
        self._shown = tuple(item.id for item in items)

    def _edited(self, item_id: str, text: str) -> None:
        self._desk.change_item(
            f"Anteckning under {self._desk.item_name(item_id)}",
            item_id,
            lambda item: replace(item, minutes_text=text),
            merge=f"{item_id}.minutes_text",
        )

    def _toggle_held(self) -> None:
        self.flush()
        if reached(self._desk.meeting, MeetingState.HELD):
            self._desk.change_fields("Mötet har inte hållits", state=MeetingState.NOTIFIED)
        else:
            self._desk.change_fields("Mötet har hållits", state=MeetingState.HELD)
