"""Expediering: what goes to whom, what has been sent, and all extracts made at once."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from finsam_desktop.domain import deadlines, dispatching
from finsam_desktop.domain.meeting import MeetingState
from finsam_desktop.ui.models.cells_model import KEY_ROLE, CellsModel, TableCell, TableColumn
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.meeting.facts import brief
from finsam_desktop.ui.views.meeting.open_meeting import OpenMeeting
from finsam_desktop.ui.widgets.buttons import secondary_button
from finsam_desktop.ui.widgets.forms import FormLine, FormRow
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.surfaces import Label, SectionHead
from finsam_desktop.ui.widgets.tables import DataTable
from finsam_desktop.ui.widgets.text_edits import TextField

COLUMNS = tuple(TableColumn(title=title) for title in ("Mottagare", "Paragrafer", "Skickat", ""))
NOBODY = "Ingen paragraf har någon mottagare. Mottagare skrivs under Expedieras till i ärendet."


class DispatchSection(QWidget):
    """The batches. ``extracts_wanted(recipients, again)``: make them; no recipient means all that are left."""

    extracts_wanted = Signal(tuple, bool)

    def __init__(self, desk: OpenMeeting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = current_theme()
        self._desk = desk
        self.head = SectionHead("Expediering")
        self.empty = Label(NOBODY, "body", "text2", wrap=True)
        self.table = DataTable("Expediering")
        self.model = CellsModel(COLUMNS, parent=self.table)
        self.table.setModel(self.model)
        self.table.stretch_column(0)
        self.manner = TextField("Med e-post")
        self.manner_row = FormRow("Hur de skickas", self.manner)
        self.make = secondary_button("Skapa utdrag för alla", "file-text")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.make)
        row.addStretch(1)
        self._how = FormLine((self.manner_row, 1), (QWidget(), 2))
        for widget in (self.head, self.empty, self.table, self._how, buttons):
            column.addWidget(widget)
        self.table.verb_clicked.connect(self._pressed)
        self.make.clicked.connect(self._make_all)

    def refresh(self) -> None:
        """Show every recipient, what is to go there and what has gone."""
        desk = self._desk
        batches = dispatching.batches(desk.stored)
        ready = deadlines.reached(desk.stored, MeetingState.ADJUSTED) or bool(desk.stored.seals)
        can_write = ready and not desk.session.read_only
        self.model.set_table(COLUMNS, tuple(self._cells(batch, can_write) for batch in batches))
        self.table.fit_height()
        self.empty.setVisible(not batches)
        self.table.setVisible(bool(batches))
        done, every = dispatching.progress(desk.stored)
        self.head.set_fact(
            f"{done} av {every} {'paragraf expedierad' if every == 1 else 'paragrafer expedierade'}"
            if every
            else ""
        )
        left = any(batch.left for batch in batches)
        self.make.setVisible(can_write and left)
        self._how.setVisible(can_write and bool(batches))

    def _cells(self, batch: dispatching.Batch, can_write: bool) -> tuple[TableCell, ...]:
        desk, latest = self._desk, batch.latest
        names = dispatching.section_names(desk.meetings, desk.stored, batch.items)
        if latest is None:
            state, text = State.NOT_BEGUN, "Inte skickat"
        elif batch.left:
            left = dispatching.section_names(desk.meetings, desk.stored, batch.left)
            state, text = State.UNDER_WAY, f"{brief(latest.sent_on)}, {left} återstår"
        else:
            count = f", {len(batch.sent)} gånger" if len(batch.sent) > 1 else ""
            state, text = State.DONE, f"{brief(latest.sent_on)}{count}"
        verb = "" if not can_write or not batch.items else "Skapa utdrag" if batch.left else "Skicka igen"
        return (
            TableCell(text=batch.recipient),
            TableCell(text=names),
            TableCell(text=text, state=state),
            TableCell(text=verb, verb=bool(verb), key=batch.recipient),
        )

    def _pressed(self, index: QModelIndex) -> None:
        recipient = str(index.data(KEY_ROLE) or "")
        batch = dispatching.batch_of(self._desk.stored, recipient)
        if batch is not None:
            self.extracts_wanted.emit((recipient,), not batch.left)

    def _make_all(self) -> None:
        self.extracts_wanted.emit((), False)
