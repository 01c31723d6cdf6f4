"""The words of a paragraph that the chair may change: heading, text and decision, with what will be printed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from finsam_desktop.domain import attendance as presence
from finsam_desktop.domain import wording
from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.decisions import Decision
from finsam_desktop.domain.field_words import label
from finsam_desktop.domain.minutes_text import MinutesText
from finsam_desktop.domain.sentences import next_meeting
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.meeting.open_meeting import OpenMeeting
from finsam_desktop.ui.views.record.outcome_editor import OutcomeEditor
from finsam_desktop.ui.views.record.printed_words import PrintedWords, printed_parts
from finsam_desktop.ui.widgets.buttons import link_button
from finsam_desktop.ui.widgets.forms import FormRow
from finsam_desktop.ui.widgets.surfaces import Label
from finsam_desktop.ui.widgets.text_edits import GrowingTextEdit, WrappedLine

RECORDED = "Närvaro, yrkanden, votering, val och reservationer"


class MinutesPart(QWidget):
    """Heading, running text and decision of one paragraph; every change goes through the desk and can be undone.

    ``record_wanted(item id)`` asks for what else is recorded of it: yrkanden, votes, elections and reservations.
    """

    record_wanted = Signal(str)

    def __init__(self, desk: OpenMeeting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._item_id = ""
        self.title = WrappedLine()
        self.text = GrowingTextEdit("", "Vad som hände, i löpande text", min_lines=3, markdown=True)
        self.outcome = OutcomeEditor(desk.today)
        self.record = link_button(RECORDED, "users")
        self.record.clicked.connect(self._want_record)
        self.printed = PrintedWords()
        self._derived = Label("", "body", "text2", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_theme().px(12))
        column.addWidget(
            FormRow(
                label(AgendaItem, "minutes_title"),
                self.title,
                "Lämna tomt för samma rubrik som på dagordningen",
            )
        )
        column.addWidget(FormRow(label(AgendaItem, "minutes_text"), self.text))
        column.addWidget(self._derived)
        column.addWidget(FormRow(label(AgendaItem, "decision"), self.outcome))
        column.addWidget(self.record, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(FormRow("Så står det i protokollet", self.printed))
        self.title.edited.connect(self._title_edited)
        self.text.edited.connect(self._text_edited)
        self.outcome.edited.connect(self._decided)

    def show_item(self, item: AgendaItem) -> None:
        """Show an item's words; a field being written in stays."""
        desk, anew = self._desk, item.id != self._item_id
        self._item_id = item.id
        self.title.set_text(item.minutes_title)
        self.title.setPlaceholderText(item.title)
        self.text.set_text(item.minutes_text)
        for field in (self.title, self.text):
            field.setReadOnly(desk.locked)
        told = MinutesText(desk.meeting, desk.association, desk.meetings)
        derived = "" if item.minutes_text.strip() else told.text(item)
        self._derived.setText(
            f"Skriver ingen något står det:\n{wording.no_break(derived)}" if derived else ""
        )
        self._derived.setVisible(bool(derived))
        following = next_meeting(desk.meeting, desk.meetings)
        ids = [one.person_id for one in presence.deciders(desk.meeting, desk.association, item.id)]
        people = tuple(
            (person.id, person.name) for person in map(desk.association.person, ids) if person is not None
        )
        self.outcome.show_item(
            item,
            desk.association,
            people,
            following.date if following is not None else None,
            set(),
            anew=anew,
        )
        self.outcome.set_locked(desk.locked)
        self.record.setVisible(desk.meeting.kind.decides)
        self.printed.show_parts(printed_parts(desk.meeting, desk.association, desk.meetings, item))

    def flush(self) -> None:
        """Take in what is still in the fields."""
        for field in (self.title, self.text, self.outcome):
            field.flush()
        self._desk.session.save_again()

    def _want_record(self) -> None:
        self.record_wanted.emit(self._item_id)

    def _change(self, label: str, what: str, function: Callable[[AgendaItem], AgendaItem]) -> None:
        self._desk.change_item(
            f"{label} {self._desk.item_name(self._item_id)}",
            self._item_id,
            function,
            merge=f"{self._item_id}.{what}" if what else "",
        )

    def _title_edited(self, text: str) -> None:
        title = " ".join(text.split())
        self._change("Ändra rubriken i", "minutes_title", lambda item: replace(item, minutes_title=title))

    def _text_edited(self, text: str) -> None:
        self._change("Skriv i", "minutes_text", lambda item: replace(item, minutes_text=text))

    def _decided(self, label: str, function: Callable[[Decision], Decision], field: str) -> None:
        def changed(item: AgendaItem) -> AgendaItem:
            values: dict[str, Any] = {"decision": function(item.decision)}
            return replace(item, **values)

        self._change(label, field, changed)
