"""Närvaro och beslut: the grid of people and paragraphs, and the decision of the paragraph at hand."""

from __future__ import annotations

from datetime import datetime, time

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from finsam_desktop.domain.association import BOARD_ROLES, Role
from finsam_desktop.domain.attendance import Attendance
from finsam_desktop.ui.models import attendance_edits as edits
from finsam_desktop.ui.models.attendance_grid import attendance_grid
from finsam_desktop.ui.models.attendance_model import AttendanceModel
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.decision_pane import DecisionPane
from finsam_desktop.ui.views.open_meeting import OpenMeeting
from finsam_desktop.ui.views.presence_bar import PresenceBar, PresenceLegend
from finsam_desktop.ui.views.presence_grid import PresenceCounts, PresenceGrid
from finsam_desktop.ui.widgets.notification import Notice
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.surfaces import Label, Pane

PANE_WIDTH = 484
GRID_LEAST = 600
DECISION_LEAST = 400


class AttendanceStep(QWidget):
    """The step Närvaro och beslut."""

    item_chosen = Signal(str)

    def __init__(self, desk: OpenMeeting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._offer: tuple[str, str] = ("", "")
        self.model = AttendanceModel(self)
        self.grid = PresenceGrid(self.model)
        self.bar = PresenceBar(desk)
        self.decision = DecisionPane(desk)
        theme = current_theme()
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self._make_grid_pane())
        self._splitter.addWidget(self.decision)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setSizes([theme.px(772), theme.px(PANE_WIDTH)])
        self.decision.setMinimumWidth(theme.px(DECISION_LEAST))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._splitter)
        self._connect()
        self.refresh()
        first = next((i for i in desk.meeting.items if i.type.decides), None)
        if desk.meeting.items:
            self.grid.choose((first or desk.meeting.items[0]).id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side where both have room; otherwise the decision lies below. A splitter that is too narrow
        lays one pane over the other.
        """
        super().resizeEvent(event)
        theme = current_theme()
        narrow = self.width() <= theme.px(GRID_LEAST) + theme.px(DECISION_LEAST)
        way = Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        if way is self._splitter.orientation():
            return
        self._splitter.setOrientation(way)
        wide = [theme.px(772), theme.px(PANE_WIDTH)]
        self._splitter.setSizes([self.height() * 3 // 5, self.height() * 2 // 5] if narrow else wide)

    # -- what the page uses ---------------------------------------------------------------------------

    def panes(self) -> tuple[QWidget, ...]:
        return (self.grid, self.decision)

    def primary(self) -> QPushButton:
        return self.decision.next_button

    def show_item(self, item_id: str) -> None:
        """Go to a paragraph; a sub-item's is its item's."""
        from finsam_desktop.domain.agenda import parent_of

        parent = parent_of(self._desk.meeting.items, item_id)
        self.grid.choose(parent.id if parent is not None else item_id)

    def flush(self) -> None:
        self.decision.flush()
        self.bar.flush()

    def refresh(self) -> None:
        """Show what the meeting holds."""
        desk = self._desk
        column = self.grid.column()
        self.model.show(attendance_grid(desk.meeting, desk.association, desk.meetings))
        if column is not None and self.grid.column() is None:
            self.grid.choose(column.item_id)
        self.grid.viewport().update()
        self.counts.refresh()
        self._tell_cell()

    # -- recording ------------------------------------------------------------------------------------

    def record(self, letter: str) -> None:
        """Do what a key of the grid says about the person and paragraph at hand."""
        if letter in ("Y", "V", "R"):
            {"Y": self.decision.add_motion, "V": self.decision.add_vote, "R": self.decision.add_dissent}[
                letter
            ]()
            return
        row, column = self.grid.row(), self.grid.column()
        if self._desk.locked or row is None or column is None or not row.person_id:
            return
        person, item, attendance = row.person_id, column.item_id, self._desk.meeting.attendance
        if letter == "F":
            away = attendance.of(person)
            if away is not None and not away.present:
                self._change(f"{row.name} är närvarande", edits.present(attendance, person))
            else:
                self._change(f"{row.name} är frånvarande", edits.absent(attendance, person))
                self._offer_deputy(person)
        elif letter == "K":
            first = self._desk.meeting.items[0].id
            came = (
                edits.present(attendance, person)
                if item == first
                else edits.arrived(attendance, person, item, self._now())
            )
            self._change(f"{row.name} kom § {column.paragraph}", came)
        elif letter == "G":
            self._change(
                f"{row.name} gick efter § {column.paragraph}",
                edits.left(attendance, person, item, self._now()),
            )
        elif letter == "J":
            if attendance.conflict(person, item) is not None:
                self._change(f"Jäv § {column.paragraph} togs bort", edits.cleared(attendance, person, item))
            else:
                self._change(f"Jäv § {column.paragraph}", edits.conflict(attendance, person, item))
        elif letter == " ":
            self._change(f"Ångra undantag för {row.name}", edits.cleared(attendance, person, item))

    def _change(self, label: str, attendance: Attendance) -> None:
        self._desk.change_fields(label, attendance=attendance)

    def _now(self) -> time | None:
        """The clock, while the meeting goes on; otherwise the time is for the user to write."""
        if self._desk.today != self._desk.meeting.date:
            return None
        return datetime.now().time().replace(second=0, microsecond=0)

    def _offer_deputy(self, absent_id: str) -> None:
        """The first ersättare of the same member who serves for nobody else is offered the seat."""
        desk = self._desk
        day, association, attendance = desk.meeting.date, desk.association, desk.meeting.attendance
        seat = next((a for a in association.appointed(day, *BOARD_ROLES) if a.person_id == absent_id), None)
        if seat is None or any(p.serving_for == absent_id for p in attendance.presences):
            return
        deputies = [a for a in association.appointed(day, Role.DEPUTY) if a.member_id == seat.member_id]
        free = [
            a for a in sorted(deputies, key=lambda a: a.order)
            if (p := attendance.of(a.person_id)) is None or (p.present and not p.serving_for)
        ]  # fmt: skip
        absent = association.person(absent_id)
        deputy = association.person(free[0].person_id) if free else None
        if absent is None or deputy is None:
            return
        self._offer = (deputy.id, absent_id)
        desk.shell.notify(
            Notice(
                text=f"{absent.name} är frånvarande. Ersättare från samma medlem är {deputy.name}.",
                state=State.HINT,
                action=f"{deputy.name} tjänstgör",
                on_action=self._take_offer,
            )
        )

    def _take_offer(self) -> None:
        deputy, absent = self._offer
        person = self._desk.association.person(deputy)
        if person is not None:
            self._change(
                f"{person.name} tjänstgör", edits.serving(self._desk.meeting.attendance, deputy, absent)
            )

    # -- making ---------------------------------------------------------------------------------------

    def _make_grid_pane(self) -> QWidget:
        theme = current_theme()
        pane = Pane("base")
        head = Pane("base", "bottom")
        head.setMinimumHeight(theme.px(45))
        row = QHBoxLayout(head)
        row.setContentsMargins(theme.px(16), 0, theme.px(16), 0)
        row.addWidget(Label("Alla är närvarande tills du anger något annat", "body", "text2", wrap=True))
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        pane.setMinimumWidth(theme.px(GRID_LEAST))
        self.counts = PresenceCounts(self.grid, self.model)
        column.addWidget(self.grid, 1)
        column.addWidget(self.counts)
        column.addWidget(self.bar)
        column.addWidget(PresenceLegend())
        return pane

    def _connect(self) -> None:
        self._desk.changed.connect(self.refresh)
        self.grid.key_pressed.connect(self.record)
        self.grid.cell_chosen.connect(self._cell_chosen)
        self.bar.key_pressed.connect(self.record)
        self.bar.attendance_edited.connect(self._change)
        self.decision.step_wanted.connect(self._step)

    def _cell_chosen(self) -> None:
        self.bar.flush()
        self._tell_cell()
        column = self.grid.column()
        if column is not None:
            self.decision.show_item(column.item_id)
            self.item_chosen.emit(column.item_id)

    def _tell_cell(self) -> None:
        self.bar.show_cell(self.grid.row(), self.grid.column())

    def _step(self, step: int) -> None:
        """To the paragraph before or after."""
        column = self.grid.column()
        columns = self.model.grid.columns
        if column is None:
            return
        place = self.model.grid.column_of(column.item_id) + step
        if 0 <= place < len(columns):
            self.grid.choose(columns[place].item_id)
