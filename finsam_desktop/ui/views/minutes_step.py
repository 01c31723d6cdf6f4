"""Protokoll: the words of each paragraph, who adjusts, opening and closing, and the document."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from finsam_desktop.documents import Document
from finsam_desktop.domain import decision_sentences
from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.association import BOARD_ROLES, Role
from finsam_desktop.domain.decisions import Outcome
from finsam_desktop.domain.meeting import Adjuster
from finsam_desktop.ui.models.row_model import Row, RowModel
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.made_documents import MadeDocuments
from finsam_desktop.ui.views.meeting_export import MeetingExport
from finsam_desktop.ui.views.open_meeting import OpenMeeting
from finsam_desktop.ui.views.outcome_editor import OUTCOMES
from finsam_desktop.ui.views.page import Page
from finsam_desktop.ui.views.person_rows import PersonRow, PersonRows, RowParts
from finsam_desktop.ui.views.phrase_box import PhraseBox
from finsam_desktop.ui.views.proposal_editor import with_att
from finsam_desktop.ui.widgets.buttons import link_button
from finsam_desktop.ui.widgets.fields import DateField, TimeField
from finsam_desktop.ui.widgets.forms import FormLine, FormRow
from finsam_desktop.ui.widgets.rows import RowDelegate, RowList, RowRole
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.surfaces import Label, Pane, SectionHead
from finsam_desktop.ui.widgets.text_edits import GrowingTextEdit, TextField

WHOLE = "whole"
OUTCOME_WORDS = dict(OUTCOMES)


class MinutesStep(QWidget):
    """The step Protokoll: paragraphs to the left, words of the one at hand to the right."""

    item_chosen = Signal(str)

    def __init__(
        self, desk: OpenMeeting, export: MeetingExport, phrases: PhraseBox, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._phrases = desk, phrases
        self._item_id = ""
        theme = current_theme()
        self.model = RowModel(parent=self)
        self.list = RowList("Paragrafer", self, RowDelegate(number_width=34))
        self.list.setModel(self.model)
        self.list.chosen.connect(self._chose)
        self.list.opened.connect(self._opened)
        self.whole = WholeMinutes(desk, export)
        self._make_paragraph()
        pane = Pane("base", "right")
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 0, 1, 0)
        column.addWidget(self.list)
        pane.setMinimumWidth(theme.px(240))
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        for widget in (pane, self.paragraph, self.whole):
            self._splitter.addWidget(widget)
        self._splitter.setSizes([theme.px(320), theme.px(512), theme.px(512)])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._splitter)
        desk.changed.connect(self.refresh)
        self.refresh()
        self.list.setCurrentIndex(self.model.index(0))

    # -- what the page uses ---------------------------------------------------------------------------

    def panes(self) -> tuple[QWidget, ...]:
        return (self.list, self.paragraph if self._item_id else self.whole)

    def show_item(self, item_id: str) -> None:
        """Go to a paragraph."""
        row = self.model.row_of(item_id)
        if row >= 0:
            self.list.setCurrentIndex(self.model.index(row))

    def show_changes(self, differences: tuple[str, ...]) -> None:
        """Show what has been changed by hand in the document."""
        self.list.setCurrentIndex(self.model.index(0))
        self.whole.documents.show_changes(differences)

    def mark_field(self, field: str, text: str, state: State) -> None:
        """Show a finding about the whole minutes."""
        self.list.setCurrentIndex(self.model.index(0))
        self.whole.mark_field(field, text, state)

    def flush(self) -> None:
        self.title.flush()
        self.text.flush()
        self.whole.flush()

    def refresh(self) -> None:
        """Show what the meeting holds."""
        desk = self._desk
        sections = desk.sections()
        rows = [Row(title="Hela protokollet", key=WHOLE, icon="file-text", quiet=True)]
        for item in desk.meeting.items:
            outcome = item.decision.outcome
            word = OUTCOME_WORDS[outcome] if outcome is not Outcome.UNSET else ""
            open_decision = item.type.decides and outcome is Outcome.UNSET
            rows.append(
                Row(
                    title=item.minutes_title or item.title,
                    key=item.id,
                    number=str(sections.get(item.id, "")),
                    meta=word or ("Beslut saknas" if open_decision else ""),
                    state=State.CONSIDER if open_decision else State.NONE,
                    quiet=not word and not open_decision,
                )
            )
        self.model.set_rows(tuple(rows))
        self._show_paragraph()

    # -- the paragraph --------------------------------------------------------------------------------

    def _make_paragraph(self) -> None:
        self.paragraph = Page("Paragrafens text", text_width=720)
        self._head = SectionHead("")
        self.title, self.text = (
            TextField(),
            GrowingTextEdit("", "Vad som hände, i löpande text", min_lines=4, markdown=True),
        )
        self._rows = {
            "minutes_title": FormRow(
                "Rubrik i protokollet", self.title, "Tom: samma rubrik som på dagordningen"
            ),
            "minutes_text": FormRow("Text i protokollet", self.text, ""),
        }
        self._fetch = link_button("Hämta sammanfattningen från dagordningen", "copy")
        self._fetch.clicked.connect(self._fetch_summary)
        self._decision = Label("", "body", wrap=True)
        self._go = link_button("Ändra beslutet i Närvaro och beslut", "gavel")
        self._go.clicked.connect(self._go_to_decision)
        self.paragraph.add(self._head)
        self.paragraph.add(self._rows["minutes_title"])
        self.paragraph.add(self._rows["minutes_text"])
        self.paragraph.add(self._fetch)
        self.paragraph.add(Label("Beslut", "label", "text2"))
        self.paragraph.add(self._decision)
        self.paragraph.add(self._go)
        for link in (self._fetch, self._go):
            link.setSizePolicy(link.sizePolicy().Policy.Maximum, link.sizePolicy().Policy.Fixed)
        self.title.edited.connect(self._title_edited)
        self.text.edited.connect(self._text_edited)

    def _show_paragraph(self) -> None:
        item = self._desk.item(self._item_id)
        self.paragraph.setVisible(item is not None)
        self.whole.setVisible(item is None)
        if item is None:
            return
        self._head.set_title(
            f"§\u00a0{self._desk.sections().get(item.id, '')}  {item.minutes_title or item.title}"
        )
        self._head.set_fact(f"Ärende {self._desk.numbers()[item.id]}")
        self.title.set_text(item.minutes_title)
        self.title.setPlaceholderText(item.title)
        self.text.set_text(item.minutes_text)
        self._phrases.serve(self.text, item.id)
        for field in (self.title, self.text):
            field.setReadOnly(self._desk.locked)
        self._fetch.setVisible(bool(item.summary) and not item.minutes_text and not self._desk.locked)
        self._decision.setText(_decided(item))

    def _chose(self, index: QModelIndex) -> None:
        key = index.data(RowRole.KEY)
        if key == self._item_id or (key == WHOLE and not self._item_id):
            return
        self.flush()
        self._item_id = "" if key == WHOLE else str(key)
        self._show_paragraph()
        if self._item_id:
            self.paragraph.verticalScrollBar().setValue(0)
            self.item_chosen.emit(self._item_id)

    def _opened(self, _index: QModelIndex) -> None:
        (self.text if self._item_id else self.whole.opened_at).setFocus()

    def _change(self, label: str, field: str, text: str) -> None:
        section = self._desk.sections().get(self._item_id, "")
        self._desk.change_item(
            f"{label} §\u00a0{section}",
            self._item_id,
            lambda item: _with_words(item, field, text),
            merge=f"{self._item_id}.{field}",
        )

    def _title_edited(self, text: str) -> None:
        self._change("Ändra rubriken i", "minutes_title", " ".join(text.split()))

    def _text_edited(self, text: str) -> None:
        self._change("Skriv i", "minutes_text", text)

    def _fetch_summary(self) -> None:
        item = self._desk.item(self._item_id)
        if item is not None:
            self._change("Hämta text till", "minutes_text", item.summary)

    def _go_to_decision(self) -> None:
        self._desk.shell.go("meeting", f"{self._desk.meeting_id}/narvaro/{self._item_id}")


def _with_words(item: AgendaItem, field: str, text: str) -> AgendaItem:
    if field == "minutes_title":
        return replace(item, minutes_title=text)
    return replace(item, minutes_text=text)


def _decided(item: AgendaItem) -> str:
    """The decision in words, as the minutes will print it."""
    clauses = decision_sentences.decided(item)
    if clauses is None:
        return decision_sentences.outcome_sentence(item.decision) or "Inget beslut är antecknat."
    lines = [clauses.lead, *(with_att(clause) for clause in clauses.clauses)]
    return "\n".join((*lines, clauses.condition) if clauses.condition else lines)


class WholeMinutes(Page):
    """What concerns the minutes as a whole."""

    def __init__(self, desk: OpenMeeting, export: MeetingExport, parent: QWidget | None = None) -> None:
        super().__init__("Hela protokollet", text_width=720, parent=parent)
        self._desk = desk
        self.opened_at, self.closed_at = TimeField(), TimeField()
        self.adjusters = PersonRows(RowParts(name="Justerare", texts_for=()))
        self.adjustment_place = TextField("", "Till exempel på förbundets kansli")
        self.adjustment_date = DateField(today=desk.today)
        self.documents = MadeDocuments(desk, export, Document.PROTOKOLL)
        self._add = link_button("Lägg till justerare", "plus")
        self._rows = {
            "opened_at": FormRow("Mötet öppnades", self.opened_at),
            "closed_at": FormRow("Mötet avslutades", self.closed_at),
            "adjusters": FormRow("Justerare, utöver ordföranden", self.adjusters),
            "adjustment_place": FormRow("Plats för justeringen", self.adjustment_place),
            "adjustment_date": FormRow("Justeras senast", self.adjustment_date),
        }
        self.add(SectionHead("Öppnande och avslutande"))
        self.add(FormLine((self._rows["opened_at"], 1), (self._rows["closed_at"], 1), (QWidget(), 2)))
        self.add(SectionHead("Justering"), space_before=16)
        self.add(self._rows["adjusters"])
        self._add.setSizePolicy(self._add.sizePolicy().Policy.Maximum, self._add.sizePolicy().Policy.Fixed)
        self.add(self._add)
        self.add(FormLine((self._rows["adjustment_place"], 3), (self._rows["adjustment_date"], 2)))
        self.add(SectionHead("Dokument"), space_before=16)
        self.add(self.documents)
        desk.changed.connect(self.refresh)
        self.opened_at.changed.connect(self._opened_changed)
        self.closed_at.changed.connect(self._closed_changed)
        self.adjusters.edited.connect(self._adjusters_edited)
        self._add.clicked.connect(self._add_adjuster)
        self.adjustment_place.edited.connect(self._place_edited)
        self.adjustment_date.changed.connect(self._date_changed)
        self.refresh()

    def refresh(self) -> None:
        """Show what the meeting holds."""
        meeting, locked = self._desk.meeting, self._desk.locked
        for field, value in ((self.opened_at, meeting.opened_at), (self.closed_at, meeting.closed_at)):
            if not (field.hasFocus() and field.isModified()):
                field.set_value(value)
            field.setReadOnly(locked)
        if not (self.adjustment_date.hasFocus() and self.adjustment_date.isModified()):
            self.adjustment_date.set_value(meeting.adjustment_date)
        self.adjustment_date.setReadOnly(locked)
        self.adjustment_place.set_text(meeting.adjustment_place)
        self.adjustment_place.setReadOnly(locked)
        self.adjusters.show_rows(
            tuple(PersonRow(person_id=one.person_id) for one in meeting.adjusters), self._board()
        )
        self.adjusters.setEnabled(not locked)
        self._add.setVisible(not locked)
        self.documents.refresh()

    def flush(self) -> None:
        """Take in what is still in the fields."""
        self.adjustment_place.flush()
        for field in (self.opened_at, self.closed_at, self.adjustment_date):
            field.editingFinished.emit()

    def mark_field(self, field: str, text: str, state: State) -> None:
        """Show a finding at its field."""
        row = self._rows.get(field)
        if row is not None:
            row.set_remark(text, state)
            self.ensureWidgetVisible(row)

    def _board(self) -> tuple[tuple[str, str], ...]:
        association, day = self._desk.association, self._desk.meeting.date
        chair = association.first_with(day, Role.CHAIR)
        people = (
            association.person(a.person_id) for a in association.appointed(day, *BOARD_ROLES, Role.DEPUTY)
        )
        named = {one.person_id for one in self._desk.meeting.adjusters}
        return tuple(
            {p.id: p.name for p in people if p is not None and (p != chair or p.id in named)}.items()
        )

    def _change(self, label: str, **fields: Any) -> None:
        self._desk.change_fields(label, **fields)

    def _opened_changed(self, at: time | None) -> None:
        self._change("Ändra när mötet öppnades", opened_at=at)

    def _closed_changed(self, at: time | None) -> None:
        self._change("Ändra när mötet avslutades", closed_at=at)

    def _place_edited(self, text: str) -> None:
        self._change("Ändra plats för justeringen", adjustment_place=text.strip())

    def _date_changed(self, day: date | None) -> None:
        self._change("Ändra dag för justeringen", adjustment_date=day)

    def _add_adjuster(self) -> None:
        taken = {one.person_id for one in self._desk.meeting.adjusters}
        free = [person_id for person_id, _name in self._board() if person_id not in taken]
        if free:
            new = (*self._desk.meeting.adjusters, Adjuster(person_id=free[0]))
            self._change("Lägg till justerare", adjusters=new)
            self.adjusters.focus_last()

    def _adjusters_edited(self, rows: tuple[PersonRow, ...]) -> None:
        deputies = {one.person_id: one.deputy_id for one in self._desk.meeting.adjusters}
        new = tuple(
            Adjuster(person_id=row.person_id, deputy_id=deputies.get(row.person_id, "")) for row in rows
        )
        self._change("Ändra justerare", adjusters=new)
