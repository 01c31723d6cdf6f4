"""Protokoll: the words of each paragraph, in any order, and what is still missing; the minutes as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from finsam_desktop.documents import About, Document
from finsam_desktop.domain import wording
from finsam_desktop.domain.agenda import AgendaItem, parent_of, walk
from finsam_desktop.domain.catalogue import ItemType
from finsam_desktop.domain.decisions import Decision, Outcome
from finsam_desktop.domain.minutes_text import MinutesText
from finsam_desktop.ui.models.row_model import Row, RowModel
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.meeting.export import MeetingExport
from finsam_desktop.ui.views.meeting.open_meeting import OpenMeeting
from finsam_desktop.ui.views.meeting.phrase_box import PhraseBox
from finsam_desktop.ui.views.minutes.comment_rows import CommentRows
from finsam_desktop.ui.views.page import Page
from finsam_desktop.ui.views.record.outcome_editor import OUTCOMES
from finsam_desktop.ui.views.record.printed_words import PrintedWords, printed_parts
from finsam_desktop.ui.views.tabbed import LaterPart
from finsam_desktop.ui.views.when_seen import WhenSeen
from finsam_desktop.ui.widgets.buttons import link_button
from finsam_desktop.ui.widgets.drop_zone import local_files
from finsam_desktop.ui.widgets.empty_state import EmptyState
from finsam_desktop.ui.widgets.forms import FormRow
from finsam_desktop.ui.widgets.rows import RowDelegate, RowList, RowRole
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.surfaces import IconLabel, Label, Pane
from finsam_desktop.ui.widgets.text_edits import GrowingTextEdit, WrappedLine

if TYPE_CHECKING:
    from finsam_desktop.ui.views.minutes.whole_minutes import WholeMinutes

WHOLE = "whole"
OUTCOME_WORDS = dict(OUTCOMES)
PHRASE_HINT = "Skriv # för en fras, till exempel #diskussion"


class MinutesStep(QWidget):
    """The step Protokoll: paragraphs to the left, words of the one at hand to the right."""

    item_chosen = Signal(str)
    public_wanted = Signal(Document, About)

    def __init__(
        self, desk: OpenMeeting, export: MeetingExport, phrases: PhraseBox, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._export, self._phrases = desk, export, phrases
        self._item_id = ""
        theme = current_theme()
        self.model = RowModel(parent=self)
        self.list = RowList("Paragrafer", self, RowDelegate(number_width=34))
        self.list.setModel(self.model)
        self.list.chosen.connect(self._chose)
        self.list.opened.connect(self._opened)
        self._whole = LaterPart(self._make_whole, "finsam_desktop.ui.views.minutes.whole_minutes")
        self._make_paragraph()
        self._empty = EmptyState(
            "Inga paragrafer än.",
            "Protokollet får sina paragrafer av dagordningen. Lägg till ärenden där.",
            "Till dagordningen",
            example=False,
        )
        self._empty.action_pressed.connect(self._go_to_agenda)
        pane = Pane("base", "right")
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 0, 1, 0)
        column.addWidget(self.list)
        pane.setMinimumWidth(theme.px(200))
        self._shown = QStackedWidget()
        for widget in (self._whole, self.paragraph, self._empty):
            self._shown.addWidget(widget)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(pane)
        self._splitter.addWidget(self._shown)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes([theme.px(300), theme.px(532)])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._splitter)
        self.setAcceptDrops(True)
        self._seen = WhenSeen(self, self.refresh)
        desk.changed.connect(self._seen.changed)
        self.refresh()
        self.list.setCurrentIndex(self.model.index(0))

    # -- a document that is dropped --------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_files(event.mimeData(), (".docx",)):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A protokoll that was edited in Word, dropped anywhere in the step."""
        files = local_files(event.mimeData(), (".docx",))
        if files:
            event.acceptProposedAction()
            self.flush()
            self._desk.shell.go("read_back", f"{self._desk.meeting_id}|{files[0]}")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._seen.now()

    # -- what the page uses ---------------------------------------------------------------------------

    @property
    def whole(self) -> WholeMinutes:
        """What concerns the minutes as a whole. It is made when it is first shown or asked for."""
        return cast("WholeMinutes", self._whole.made())

    def panes(self) -> tuple[QWidget, ...]:
        return (self.list, self.paragraph if self._item_id else self._whole)

    def show_item(self, item_id: str) -> None:
        """Go to a paragraph."""
        self._seen.now()
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
        self._whole.flush()

    def refresh(self) -> None:
        """Show what the meeting holds."""
        self.model.set_rows(tuple(self._rows_shown()))
        self._show_paragraph()

    def _rows_shown(self) -> Iterator[Row]:
        desk = self._desk
        sections, numbers = desk.sections(), desk.numbers()
        told = MinutesText(desk.meeting, desk.association, desk.meetings) if desk.meeting.items else None
        gaps = whole_gaps(desk)
        yield Row(
            title="Hela protokollet", key=WHOLE, icon="file-text", quiet=not gaps,
            meta=f"{sentence(gaps)} saknas" if gaps else "", state=State.CONSIDER if gaps else State.NONE,
        )  # fmt: skip
        for item in desk.meeting.items:
            for one in walk((item,)):
                assert told is not None
                missing = gaps_of(one, told, top=one is item)
                outcome = one.decision.outcome
                word = OUTCOME_WORDS[outcome] if outcome is not Outcome.UNSET else ""
                lacks = f"{sentence(missing)} saknas" if missing else ""
                yield Row(
                    title=one.minutes_title or one.title,
                    key=one.id,
                    number=str(sections.get(one.id, "")) if one is item else numbers[one.id],
                    meta="  ·  ".join(part for part in (word, lacks) if part),
                    state=State.CONSIDER if missing else State.NONE,
                    quiet=not word and not missing,
                )

    # -- the paragraph --------------------------------------------------------------------------------

    def _make_paragraph(self) -> None:
        self.paragraph = Page("Paragrafens text", text_width=720)
        self._head, self._number = Label("", "editor_title", wrap=True), Label("", "meta", "text2", wrap=True)
        self._gaps = IconLabel("triangle-alert", "", "label", "warn", wrap=True)
        self.title, self.text = (
            WrappedLine(),
            GrowingTextEdit("", "Vad som hände, i löpande text", min_lines=4, markdown=True),
        )
        self._rows = {
            "minutes_title": FormRow(
                "Rubrik i protokollet", self.title, "Lämna tomt för samma rubrik som på dagordningen"
            ),
            "minutes_text": FormRow("Text i protokollet", self.text, PHRASE_HINT),
        }
        self._fetch = link_button("Hämta sammanfattningen från dagordningen", "copy")
        self._fetch.clicked.connect(self._fetch_summary)
        self._derived = Label("", "body", "text2", wrap=True)
        self.printed = PrintedWords()
        self._go = link_button("Ändra beslutet i Närvaro och beslut", "gavel")
        self._go.clicked.connect(self._go_to_decision)
        for widget in (
            self._head,
            self._number,
            self._gaps,
            *self._rows.values(),
            self._fetch,
            self._derived,
        ):
            self.paragraph.add(widget)
        self.paragraph.add(FormRow("Så står det i protokollet", self.printed))
        self.paragraph.add(self._go)
        self.comments = CommentRows("Kommentarer")
        self.paragraph.add(self.comments)
        for link in (self._fetch, self._go):
            link.setSizePolicy(link.sizePolicy().Policy.Maximum, link.sizePolicy().Policy.Fixed)
        self.title.edited.connect(self._title_edited)
        self.text.edited.connect(self._text_edited)

    def _make_whole(self) -> QWidget:
        from finsam_desktop.ui.views.minutes.whole_minutes import WholeMinutes

        whole = WholeMinutes(self._desk, self._export)
        whole.documents.public_wanted.connect(self.public_wanted)
        return whole

    def _show_paragraph(self) -> None:
        desk = self._desk
        item = desk.item(self._item_id)
        if item is None:
            self._item_id = ""
        at = self.paragraph if item is not None else self._whole if desk.meeting.items else self._empty
        self._shown.setCurrentWidget(at)
        if item is None:
            return
        told = MinutesText(desk.meeting, desk.association, desk.meetings)
        parent = parent_of(desk.meeting.items, item.id)
        top = parent if parent is not None else item
        letter = f"\u00a0{desk.numbers()[item.id]}" if parent is not None else ""
        section = f"§\u00a0{desk.sections().get(top.id, '')}{letter}"
        self._head.setText(f"{section}  {item.minutes_title or item.title}")
        kind = wording.ITEM_TYPES[item.type]
        self._number.setText(
            "  ·  ".join(part for part in (kind, f"Ärende {desk.numbers()[top.id]}") if part)
        )
        missing = gaps_of(item, told, top=parent is None)
        self._gaps.set_text(f"{sentence(missing)} saknas." if missing else "")
        self._gaps.setVisible(bool(missing))
        self.title.set_text(item.minutes_title)
        self.title.setPlaceholderText(item.title)
        self.text.set_text(item.minutes_text)
        self._phrases.serve(self.text, item.id)
        for field in (self.title, self.text):
            field.setReadOnly(desk.locked)
        self._fetch.setVisible(bool(item.summary) and not item.minutes_text and not desk.locked)
        derived = told.text(item) if not item.minutes_text.strip() else ""
        self._derived.setText(f"Skriver du inget står det:\n{wording.no_break(derived)}" if derived else "")
        self._derived.setVisible(bool(derived))
        parts = printed_parts(desk.meeting, desk.association, desk.meetings, item)
        self.printed.show_parts(parts)
        self.comments.show_comments(
            tuple(one for one in desk.stored.comments if one.item_id == self._item_id)
        )

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
        self._desk.change_item(
            f"{label} {self._desk.item_name(self._item_id)}",
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

    def _go_to_agenda(self) -> None:
        self._desk.shell.go("meeting", f"{self._desk.meeting_id}/dagordning")


def gaps_of(item: AgendaItem, told: MinutesText, *, top: bool) -> tuple[str, ...]:
    """What the minutes lack about an item: "beslut", "text". A formality, or a sub-item without either, lacks nothing.

    The text that is derived when none is written counts, and so does the decision of a sub-item.
    """
    parts = tuple(walk((item,)))
    decided = any(part.decision.outcome is not Outcome.UNSET for part in parts)
    missing: list[str] = []
    if item.type.decides and not decided:
        missing.append("beslut")
    formal = item.type in (ItemType.NONE, ItemType.FORMALITY)
    recorded = any(part.decision != Decision() or part.minutes_text.strip() for part in parts)
    if top and not formal and not recorded and not told.text(item):
        missing.append("text")
    return tuple(missing)


def whole_gaps(desk: OpenMeeting) -> tuple[str, ...]:
    """What the minutes as a whole lack."""
    meeting = desk.meeting
    gaps = (
        ("öppnande" if meeting.opened_at is None else ""),
        ("avslutande" if meeting.closed_at is None else ""),
        ("justerare" if not meeting.adjusters else ""),
    )
    return tuple(gap for gap in gaps if gap)


def sentence(parts: tuple[str, ...]) -> str:
    """ "Beslut och text"."""
    joined = wording.join_names(parts)
    return joined[:1].upper() + joined[1:]


def _with_words(item: AgendaItem, field: str, text: str) -> AgendaItem:
    if field == "minutes_title":
        return replace(item, minutes_title=text)
    return replace(item, minutes_text=text)
