"""Närvaro och beslut: the grid of people and paragraphs, and the decision of the paragraph at hand."""

from __future__ import annotations

from datetime import time
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from finsam_desktop.documents import Document
from finsam_desktop.domain import recording, wording
from finsam_desktop.domain.agenda import parent_of
from finsam_desktop.domain.association import BOARD_ROLES
from finsam_desktop.domain.attendance import suggested_deputies
from finsam_desktop.domain.decisions import Outcome
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.ui.actions import LETTERS
from finsam_desktop.ui.models import attendance_keys, decision_keys
from finsam_desktop.ui.models.attendance_grid import attendance_grid
from finsam_desktop.ui.models.attendance_model import AttendanceModel
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.meeting.export import MeetingExport
from finsam_desktop.ui.views.meeting.open_meeting import OpenMeeting
from finsam_desktop.ui.views.meeting.phrase_box import PhraseBox
from finsam_desktop.ui.views.record.attendance_head import AttendanceHead, QuorumStrip
from finsam_desktop.ui.views.record.presence_bar import PresenceBar, PresenceLegend
from finsam_desktop.ui.views.record.presence_counts import PresenceCounts
from finsam_desktop.ui.views.record.presence_grid import PresenceGrid
from finsam_desktop.ui.views.tabbed import LaterPart
from finsam_desktop.ui.views.when_seen import WhenSeen
from finsam_desktop.ui.widgets.empty_state import EmptyState
from finsam_desktop.ui.widgets.notification import Notice
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.steps import PaneTabs
from finsam_desktop.ui.widgets.surfaces import Pane

if TYPE_CHECKING:
    from finsam_desktop.ui.views.record.decision_pane import DecisionPane

DECISION = "finsam_desktop.ui.views.record.decision_pane"
PANE_WIDTH = 484
GRID_LEAST = 600
DECISION_LEAST = 400
LOW_BELOW = 560
"""With less height than this the legend gives its place to the people."""


class AttendanceStep(QWidget):
    """The step Närvaro och beslut."""

    item_chosen = Signal(str)

    def __init__(
        self, desk: OpenMeeting, export: MeetingExport, phrases: PhraseBox, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._export = desk, export
        self._offer: tuple[str, str] = ("", "")
        self.model = AttendanceModel(self)
        self.grid = PresenceGrid(self.model)
        self.bar = PresenceBar(desk)
        self.head = AttendanceHead(desk)
        self.quorum = QuorumStrip()
        self._decision = LaterPart(partial(self._make_decision, phrases), DECISION)
        self.tabs = PaneTabs(("Närvaro", "Beslut"), "Närvaro eller beslut")
        theme = current_theme()
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self._presence = self._make_grid_pane()
        self._splitter.addWidget(self._presence)
        self._splitter.addWidget(self._decision)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setSizes([theme.px(772), theme.px(PANE_WIDTH)])
        self._decision.setMinimumWidth(theme.px(DECISION_LEAST))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._top = Pane("base")
        top = self._top_row = QHBoxLayout(self._top)
        top.setContentsMargins(theme.px(4), 0, 0, 0)
        top.setSpacing(0)
        top.addWidget(self.tabs)
        column.addWidget(self._top)
        column.addWidget(self._splitter, 1)
        self._no_items = EmptyState(
            "Inga paragrafer än.",
            "Närvaro och beslut antecknas vid dagordningens ärenden. Lägg till dem först.",
            "Till dagordningen",
            example=False,
        )
        self._no_people = EmptyState(
            "Inga ledamöter än.",
            "Styrelsen hämtas från förbundets register: de som har uppdrag på mötesdagen.",
            "Till personerna",
            example=False,
        )
        self._no_items.action_pressed.connect(self._go_to_agenda)
        self._no_people.action_pressed.connect(self._go_to_people)
        for empty in (self._no_items, self._no_people):
            empty.hide()
            column.addWidget(empty, 1)
        self._top.hide()
        self._connect()
        self.refresh()
        first = next((i for i in desk.meeting.items if i.type.decides), None)
        if desk.meeting.items:
            self.grid.choose((first or desk.meeting.items[0]).id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side where both have room, else one at a time behind tabs. A splitter that is too narrow lays one
        pane over the other.
        """
        super().resizeEvent(event)
        self._place_panes()

    def showEvent(self, event: QShowEvent) -> None:
        """What was moved before the step was seen has not been laid out."""
        super().showEvent(event)
        self._seen.now()
        layout = self.layout()
        if layout is not None:
            layout.invalidate()
            layout.activate()

    def _place_panes(self) -> None:
        theme = current_theme()
        narrow = self.is_narrow()
        if narrow is not self._top.isVisibleTo(self):
            self._top.setVisible(narrow)
            if narrow:
                self._top_row.addWidget(self.head)
            else:
                self._presence_column.insertWidget(0, self.head)
                self._splitter.setSizes([self.width() - theme.px(PANE_WIDTH), theme.px(PANE_WIDTH)])
        at_decision = self.tabs.currentIndex() == 1
        self._presence.setVisible(not narrow or not at_decision)
        self._decision.setVisible(not narrow or at_decision)
        self.legend.setVisible(self.height() >= theme.px(LOW_BELOW))
        self.head.set_short(narrow)

    def is_narrow(self) -> bool:
        """Whether grid and decision stand one at a time."""
        theme = current_theme()
        return self.width() <= theme.px(GRID_LEAST) + theme.px(DECISION_LEAST)

    # -- what the page uses ---------------------------------------------------------------------------

    @property
    def decision(self) -> DecisionPane:
        """The decision of the paragraph at hand. It comes after the grid, or when it is asked for."""
        return cast("DecisionPane", self._decision.made())

    def panes(self) -> tuple[QWidget, ...]:
        return (self.grid, self._decision, self.tabs)

    def primary(self) -> QPushButton:
        return self.decision.next_button

    def show_item(self, item_id: str) -> None:
        """Go to a paragraph, or a sub-item of it."""
        self._seen.now()
        parent = parent_of(self._desk.meeting.items, item_id)
        self.grid.choose(parent.id if parent is not None else item_id)
        if parent is not None:
            self.decision.show_item(item_id)

    def show_decision(self) -> None:
        """Have the decision in sight, in a narrow window in place of the grid."""
        if self._top.isVisibleTo(self):
            self.tabs.setCurrentIndex(1)

    def show_presence(self) -> None:
        """Have the grid in sight and in hand."""
        if self._top.isVisibleTo(self):
            self.tabs.setCurrentIndex(0)
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def flush(self) -> None:
        self._decision.flush()
        self.bar.flush()
        self.head.flush()

    def refresh(self) -> None:
        """Show what the meeting holds."""
        desk = self._desk
        column = self.grid.column()
        self.model.show(attendance_grid(desk.meeting, desk.association, desk.meetings))
        if column is not None and self.grid.column() is None:
            self.grid.choose(column.item_id)
        has_people = any(row.person_id for row in self.model.grid.rows)
        self._no_items.setVisible(not desk.meeting.items)
        self._no_people.setVisible(bool(desk.meeting.items) and not has_people)
        self._splitter.setVisible(bool(desk.meeting.items) and has_people)
        self.grid.viewport().update()
        self.counts.refresh()
        self.head.refresh()
        self._tell_cell()

    # -- recording ------------------------------------------------------------------------------------

    def record(self, letter: str) -> None:
        """Do what a letter of the grid says about the person and paragraph at hand."""
        action = LETTERS.get(letter, "")
        row, column = self.grid.row(), self.grid.column()
        if column is None or self._desk.locked:
            return
        if action in self._decision_keys:
            self.decision.show_item(column.item_id, unless_within=True)
            self._decision_keys[action]()
            return
        if row is None or not row.person_id:
            return
        here = attendance_keys.At(
            association=self._desk.association,
            person_id=row.person_id,
            name=row.name,
            item_id=column.item_id,
            paragraph=column.paragraph,
            at=self._desk.clock(),
        )
        recorded = attendance_keys.pressed(letter, self._desk.meeting, here)
        if recorded is None:
            self._desk.tell("Det finns ingen tom plats, eller ingen ledig ersättare.")
            return
        self._desk.change(*recorded)
        if letter == "F":
            self._offer_deputy(row.person_id, column.item_id)

    def decide_rest(self) -> None:
        """All that is left: as proposed, or noted."""
        self.flush()
        if self._desk.locked:
            return
        rest = decision_keys.the_rest(self._desk.meeting, self._desk.association)
        if not rest.decided and not rest.noted:
            self._desk.tell(f"Ingen paragraf återstår med förslag. {self._left(rest.left)}".strip())
            return
        self._desk.change("Beslut i alla återstående paragrafer", rest.meeting)
        told = f"{rest.decided} beslut enligt förslaget, {rest.noted} noteras. {self._left(rest.left)}"
        self._desk.tell(told.strip(), undo=True)

    def open_now(self) -> None:
        """The meeting is opened: now, or at the time that was planned."""
        meeting = self._desk.meeting
        self._set_time("Mötet öppnas", "opened_at", self._desk.clock() or meeting.start)

    def close_now(self) -> None:
        """The meeting is closed: now, or at the time that was planned."""
        meeting = self._desk.meeting
        self._set_time("Mötet avslutas", "closed_at", self._desk.clock() or meeting.end)

    def end_without_quorum(self) -> None:
        """The meeting ends at the paragraph at hand since too few decide."""
        self.flush()
        column = self.grid.column()
        if column is None or self._desk.locked:
            return
        at = self._desk.clock()
        ended = decision_keys.ended_without_quorum(self._desk.meeting, column.item_id, at)
        self._desk.change("Avsluta: inte beslutför", ended)
        when = "" if ended.closed_at is not None else " Skriv när mötet avslutades."
        self._desk.tell(f"Det som återstod från § {column.paragraph} utgår.{when}", undo=True)

    def print_proforma(self) -> None:
        """Make the papers to write on by hand."""
        self.flush()
        self._export.make(Document.PROFORMA, open_after=True)

    def _set_time(self, label: str, field: str, at: time | None) -> None:
        self.head.flush()
        if self._desk.locked:
            return
        if at is None:
            self.head.focus_time(field)
            return
        fields: dict[str, Any] = {field: at}
        if self._desk.change_fields(label, **fields):
            self._desk.tell(f"{label} klockan {wording.clock(at)}.", undo=True)

    def _left(self, ids: tuple[str, ...]) -> str:
        """ "§ 63 behöver egna ord.", or nothing. A meeting that was called off has no §: its items are named."""
        if not ids:
            return ""
        sections, numbers = self._desk.sections(), self._desk.numbers()
        named = wording.join_names([str(sections.get(one, numbers[one])) for one in ids])
        if ids[0] not in sections:
            return f"Ärende\u00a0{named} behöver egna ord."
        return f"{'§' if len(ids) == 1 else '§§'}\u00a0{named} behöver egna ord."

    def _change(self, label: str, meeting: Meeting) -> None:
        self._desk.change(label, meeting)

    def _decide_proposed(self) -> None:
        """As proposed and on to the next; where nothing is proposed the words are to be written."""
        self.flush()
        item_id = self.decision.item_id
        after = decision_keys.as_proposed(self._desk.meeting, self._desk.association, item_id)
        if after is None:
            self.show_decision()
            self.decision.write_own_words()
            return
        self._desk.change(f"Beslut i {self.decision.section_name()}", after)
        self.decision.step(1)

    def _decide_noted(self) -> None:
        self._decide(Outcome.NOTED)

    def _decide_tabled(self) -> None:
        self._decide(Outcome.TABLED)

    def _decide_remitted(self) -> None:
        self._decide(Outcome.REMITTED)

    def _decide_own(self) -> None:
        self.show_decision()
        self.decision.write_own_words()

    def _decide(self, outcome: Outcome) -> None:
        self.flush()
        after = recording.decide(self._desk.meeting, self.decision.item_id, outcome)
        self._desk.change(f"Beslut i {self.decision.section_name()}", after)
        self.decision.step(1)

    def _offer_deputy(self, absent_id: str, item_id: str) -> None:
        """The first ersättare in turn is offered the empty seat."""
        desk = self._desk
        attendance = desk.meeting.attendance
        presence = attendance.of(absent_id)
        if (
            presence is None
            or presence.present
            or any(p.serving_for == absent_id for p in attendance.presences)
        ):
            return
        offered = suggested_deputies(desk.meeting, desk.association, absent_id, item_id)
        absent = desk.association.person(absent_id)
        deputy = desk.association.person(offered[0].person_id) if offered else None
        if absent is None or deputy is None or not self._has_seat(absent_id):
            return
        self._offer = (deputy.id, absent_id)
        whose = "Ersättare från samma medlem" if offered[0].same_member else "Ersättare på tur"
        desk.shell.notify(
            Notice(
                text=f"{absent.name} är frånvarande. {whose} är {deputy.name} (tangent T).",
                state=State.HINT,
                action=f"{deputy.name} tjänstgör",
                on_action=self._take_offer,
            )
        )

    def _has_seat(self, person_id: str) -> bool:
        board = self._desk.association.appointed(self._desk.meeting.date, *BOARD_ROLES)
        return any(a.person_id == person_id for a in board)

    def _take_offer(self) -> None:
        deputy, absent = self._offer
        person = self._desk.association.person(deputy)
        if person is not None:
            self._change(f"{person.name} tjänstgör", recording.serves(self._desk.meeting, deputy, absent))

    # -- making ---------------------------------------------------------------------------------------

    def _make_decision(self, phrases: PhraseBox) -> QWidget:
        from finsam_desktop.ui.views.record.decision_pane import DecisionPane

        decision = DecisionPane(self._desk, phrases)
        decision.step_wanted.connect(self._step)
        decision.installEventFilter(self)
        column = self.grid.column()
        if column is not None:
            decision.show_item(column.item_id, unless_within=True)
        return decision

    def _make_grid_pane(self) -> QWidget:
        theme = current_theme()
        pane = Pane("base")
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        pane.setMinimumWidth(theme.px(360))
        self.counts = PresenceCounts(self.grid, self.model)
        self.legend = PresenceLegend()
        self._presence_column = column
        column.addWidget(self.head)
        column.addWidget(self.grid, 1)
        column.addWidget(self.counts)
        column.addWidget(self.quorum)
        column.addWidget(self.bar)
        column.addWidget(self.legend)
        return pane

    def _connect(self) -> None:
        self._decision_keys = {
            "decide_proposed": self._decide_proposed,
            "decide_noted": self._decide_noted,
            "decide_tabled": self._decide_tabled,
            "decide_remitted": self._decide_remitted,
            "decide_own": self._decide_own,
            "add_motion": self._add_motion,
            "add_vote": self._add_vote,
            "add_dissent": self._add_dissent,
            "add_note": self._add_note,
            "adjust_at_once": self._adjust_at_once,
        }
        self._seen = WhenSeen(self, self.refresh)
        self._desk.changed.connect(self._seen.changed)
        self.grid.key_pressed.connect(self.record)
        self.grid.cell_chosen.connect(self._cell_chosen)
        self.grid.details_wanted.connect(self._focus_details)
        self.bar.key_pressed.connect(self.record)
        self.bar.meeting_edited.connect(self._change)
        self.bar.done.connect(self.show_presence)
        self.head.print_wanted.connect(self.print_proforma)
        self.head.live_wanted.connect(self._go_live)
        self.quorum.end_wanted.connect(self.end_without_quorum)
        self.tabs.currentChanged.connect(self._tab_chosen)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc in the decision goes back to the grid."""
        if (
            watched is self._decision.part
            and event.type() is QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
        ):
            if event.key() == Qt.Key.Key_Escape and not event.modifiers():
                self.flush()
                self.show_presence()
                return True
        return super().eventFilter(watched, event)

    def _go_live(self) -> None:
        self._desk.shell.go("live", f"{self._desk.meeting_id}/{self.decision.item_id}")

    def _go_to_agenda(self) -> None:
        self._desk.shell.go("meeting", f"{self._desk.meeting_id}/dagordning")

    def _go_to_people(self) -> None:
        self._desk.shell.go("association", "personer")

    def _tab_chosen(self, _index: int) -> None:
        self.flush()
        self._place_panes()

    def _focus_details(self) -> None:
        self.bar.focus_first()

    def _add_motion(self) -> None:
        self.show_decision()
        self.decision.add_motion()

    def _add_vote(self) -> None:
        self.show_decision()
        self.decision.add_vote()

    def _add_dissent(self) -> None:
        self.show_decision()
        self.decision.add_dissent()

    def _add_note(self) -> None:
        self.show_decision()
        self.decision.add_note()

    def _adjust_at_once(self) -> None:
        self.decision.adjust_at_once()

    def _cell_chosen(self) -> None:
        self.bar.flush()
        self._tell_cell()
        column = self.grid.column()
        if column is not None:
            decision = cast("DecisionPane | None", self._decision.there)
            if decision is not None:
                decision.show_item(column.item_id, unless_within=True)
            self.item_chosen.emit(column.item_id)

    def _tell_cell(self) -> None:
        row, column = self.grid.row(), self.grid.column()
        self.bar.show_cell(row, column)
        count = self.model.grid.rows[-1] if self.model.grid.rows else None
        if column is not None and count is not None and count.cells:
            cell = count.cells[self.model.grid.column_of(column.item_id)]
            seats = self._desk.association.seats(self._desk.meeting.date)
            self.quorum.show_paragraph(column.paragraph, cell.count, seats, cell.quorate, self._desk.locked)

    def _step(self, step: int) -> None:
        """To the paragraph before or after."""
        column = self.grid.column()
        columns = self.model.grid.columns
        if column is None:
            return
        place = self.model.grid.column_of(column.item_id) + step
        if 0 <= place < len(columns):
            self.grid.choose(columns[place].item_id)
