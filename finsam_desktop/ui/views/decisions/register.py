"""The decision register in the window: filters, the list, and what is to be done after the chosen one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from finsam_desktop.domain import wording
from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.decisions import Outcome
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.register import (
    ENTRY_STATES,
    OPEN_STATES,
    OUTCOMES,
    DecisionEntry,
    DecisionFilter,
    EntryState,
    chosen,
    register,
    responsible_people,
    years,
)
from finsam_desktop.files import register_files
from finsam_desktop.ui.jobs import Progress
from finsam_desktop.ui.models.row_model import Row, RowModel
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.view import Shell
from finsam_desktop.ui.views.decisions.follow_up_form import FollowUpForm
from finsam_desktop.ui.views.meeting.facts import brief
from finsam_desktop.ui.widgets.empty_state import EmptyState
from finsam_desktop.ui.widgets.fields import ChoiceField
from finsam_desktop.ui.widgets.forms import FormLine, FormRow
from finsam_desktop.ui.widgets.notification import Notice
from finsam_desktop.ui.widgets.rows import MetaPart, RowDelegate, RowList, RowRole
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.surfaces import Pane
from finsam_desktop.ui.widgets.text_edits import TextField

_Known = tuple[AgendaItem, str, EntryState, Row]
"""A decision's row, and what it was made of."""
WORKBOOK = "Kalkylblad (*.xlsx)"
_LEFT_OPEN = (Outcome.TABLED, Outcome.REMITTED)
_WANTED: tuple[tuple[object, str], ...] = (
    ((), "Alla"),
    (OPEN_STATES, "Öppna uppdrag"),
    ((EntryState.OVERDUE,), "Försenade"),
    ((EntryState.DONE,), "Klara"),
    ((EntryState.NONE,), "Utan uppdrag"),
)
_ICONS = {
    EntryState.OPEN: State.UNDER_WAY,
    EntryState.OVERDUE: State.DATE_WARN,
    EntryState.DONE: State.DONE,
    EntryState.DROPPED: State.NONE,
    EntryState.NONE: State.NONE,
}


class _Register:
    """The decisions of all meetings and their rows, worked out in the background."""

    def __init__(self, meetings: tuple[Meeting, ...], today: date) -> None:
        self._meetings, self._today = meetings, today
        self.entries: tuple[DecisionEntry, ...] = ()
        self.rows: dict[str, _Known] = {}

    def __call__(self, _progress: Progress) -> object:
        self.entries = register(self._meetings)
        self.rows = {entry.item.id: _known(entry, entry.state(self._today)) for entry in self.entries}
        return self


class _Saving:
    """What is shown as a workbook, written in the background."""

    def __init__(self, path: Path, entries: tuple[DecisionEntry, ...], today: date) -> None:
        self.path, self.entries, self._today = path, entries, today

    def __call__(self, _progress: Progress) -> object:
        register_files.save(self.path, self.entries, self._today)
        return self


class DecisionRegister(QStackedWidget):
    """The first tab of Beslut. ``head_changed()`` when the decisions have been gone through the first time."""

    head_changed = Signal()

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self.entries: tuple[DecisionEntry, ...] = ()
        self._shown: dict[str, DecisionEntry] = {}
        self._rows: dict[str, _Known] = {}
        self._waits = False
        self._model = RowModel(parent=self)
        self.search = TextField(placeholder="Ord, namn eller paragraf, till exempel § 67")
        self.search.textChanged.connect(self._narrow)
        self.state = ChoiceField(_WANTED)
        self.year, self.responsible = ChoiceField(), ChoiceField()
        for choice in (self.state, self.year, self.responsible):
            choice.currentIndexChanged.connect(self._narrow)
        self.list = RowList("Beslut", delegate=RowDelegate(number_width=58))
        self.list.setModel(self._model)
        self.list.chosen.connect(self._chose)
        self.list.opened.connect(self._opened)
        self.form = FollowUpForm(shell)
        self._empty = EmptyState(
            "Inga beslut än.",
            "Besluten kommer hit när du antecknar dem i sammanträdets steg Närvaro och beslut.",
            "Visa sammanträdena",
        )
        self._empty.action_pressed.connect(self._go_to_meetings)
        self._empty.example_pressed.connect(shell.open_example)
        self._lay_out()

    def _lay_out(self) -> None:
        theme = current_theme()
        left = Pane("base")
        column = QVBoxLayout(left)
        column.setContentsMargins(theme.px(20), theme.px(14), theme.px(8), 0)
        column.setSpacing(theme.px(10))
        column.addWidget(FormRow("Sök bland besluten", self.search))
        column.addWidget(
            FormLine(
                (FormRow("Läge", self.state), 4),
                (FormRow("År", self.year), 3),
                (FormRow("Ansvarig", self.responsible), 4),
            )
        )
        column.addWidget(self.list, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(left)
        splitter.addWidget(self.form)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        splitter.setSizes([theme.px(720), theme.px(460)])
        self.addWidget(splitter)
        self.addWidget(self._empty)

    # -- what the view uses ---------------------------------------------------------------------------

    def begin(self) -> None:
        """Go through the meetings the first time, in the background: there may be many."""
        self._waits = True
        work = _Register(self._shell.session.meetings, self._shell.session.today)
        self._shell.jobs.run(work, label="Läser besluten", on_done=self._begun, quiet=True)

    def wait(self) -> None:
        """Show the register now if it is still being worked out."""
        if self._waits:
            self.refresh()

    def _begun(self, work: object) -> None:
        if self._waits and isValid(self) and isinstance(work, _Register):
            self._rows = work.rows
            self._show(work.entries)
            self.head_changed.emit()

    def refresh(self) -> None:
        """Show the register as it is, the same decision chosen."""
        self._show(register(self._shell.session.meetings))

    def _show(self, entries: tuple[DecisionEntry, ...]) -> None:
        self._waits = False
        self.entries = entries
        self.setCurrentIndex(0 if self.entries else 1)
        self._fill(self.year, tuple((year, str(year)) for year in years(self.entries)))
        self._fill(self.responsible, tuple((name, name) for name in responsible_people(self.entries)))
        self.form.known_people(self.entries)
        self._narrow()

    def flush(self) -> None:
        """Take in what is being typed."""
        self.form.flush()

    def show_open(self) -> None:
        """Show what remains to be done."""
        self.state.setCurrentIndex(1)

    def choose(self, item_id: str) -> None:
        """Show a decision by its item's id."""
        place = self._model.row_of(item_id)
        if place >= 0:
            self.list.setCurrentIndex(self._model.index(place))

    def wanted(self) -> DecisionFilter:
        """What the filters ask for."""
        states, year, responsible = self.state.value(), self.year.value(), self.responsible.value()
        return DecisionFilter(
            text=self.search.text(),
            year=year if isinstance(year, int) else None,
            states=states if isinstance(states, tuple) else (),
            responsible=responsible if isinstance(responsible, str) else "",
        )

    def export(self) -> None:
        """Ask where to save what is shown as a workbook."""
        folder = self._shell.session.path
        suggestion = (folder.parent if folder is not None else Path.home()) / "Beslut.xlsx"
        self._shell.dialogs.save_file("Spara besluten", WORKBOOK, self._save, suggestion)

    def _save(self, path: Path) -> None:
        session = self._shell.session
        work = _Saving(path, chosen(self.entries, self.wanted(), session.today), session.today)
        self._shell.jobs.run(work, label=f"Sparar {path.name}", on_done=self._saved, cancel=False)

    def _saved(self, work: object) -> None:
        assert isinstance(work, _Saving)
        count = "1 beslut" if len(work.entries) == 1 else f"{len(work.entries)} beslut"
        self._shell.notify(Notice(text=f"{count} sparades i {work.path.name}."))

    # -- showing --------------------------------------------------------------------------------------

    def _fill(self, field: ChoiceField, choices: tuple[tuple[object, str], ...]) -> None:
        """Other choices, the same one chosen."""
        before = field.value()
        blocked = field.blockSignals(True)
        field.set_choices(((None, "Alla"), *choices))
        field.set_value(before)
        if field.currentIndex() < 0:
            field.setCurrentIndex(0)
        field.blockSignals(blocked)

    def _narrow(self, _value: object = None) -> None:
        today = self._shell.session.today
        entries = chosen(self.entries, self.wanted(), today)
        self._shown = {entry.item.id: entry for entry in entries}
        rows: list[Row] = []
        heading = ""
        for entry in entries:
            day = f"{wording.short_date(entry.meeting.date)} {entry.meeting.date.year}"
            if day != heading:
                heading = day
                rows.append(Row(title=day[0].upper() + day[1:], heading=True))
            rows.append(self._row(entry, entry.state(today)))
        current = str(self.list.currentIndex().data(RowRole.KEY) or "")
        self._model.set_rows(tuple(rows) or (Row(title="Inget beslut svarar mot det du söker.", quiet=True),))
        wanted = current if current in self._shown else next(iter(self._shown), "")
        self.choose(wanted)
        self.form.show_entry(self._shown.get(wanted))

    def _row(self, entry: DecisionEntry, state: EntryState) -> Row:
        """The decision's row; the one made last time while the decision is the same."""
        known = self._rows.get(entry.item.id)
        if known is None or known[0] is not entry.item or known[1:3] != (entry.label, state):
            known = self._rows[entry.item.id] = _known(entry, state)
        return known[3]

    def _chose(self, index: QModelIndex) -> None:
        entry = self._shown.get(str(index.data(RowRole.KEY) or ""))
        if entry is not None:
            self.form.show_entry(entry)

    def _opened(self, index: QModelIndex) -> None:
        if index.data(RowRole.KEY):
            self.form.focus_task()

    def _go_to_meetings(self) -> None:
        self._shell.go("meetings")


def _known(entry: DecisionEntry, state: EntryState) -> _Known:
    return entry.item, entry.label, state, _row(entry, state)


def _row(entry: DecisionEntry, state: EntryState) -> Row:
    outcome = entry.item.decision.outcome
    first = entry.clauses[0].removesuffix(", och").rstrip(" ,.") if entry.clauses else ""
    follow_up = entry.follow_up
    who = follow_up.responsible if follow_up is not None else ""
    due = f"senast {brief(follow_up.due)}" if follow_up is not None and follow_up.due else ""
    more = f"och {len(entry.clauses) - 1} till" if len(entry.clauses) > 1 else ""
    parts = (f"att {first}" if first else "", more) if follow_up is None else (who,)
    words = ENTRY_STATES[state] if follow_up is not None else OUTCOMES[outcome]
    left_open = outcome in _LEFT_OPEN and follow_up is None
    return Row(
        title=entry.title,
        key=entry.item.id,
        number=entry.label,
        meta=(MetaPart(words, accent=True), *(MetaPart(part) for part in parts if part)),
        state=State.UNDER_WAY if left_open else _ICONS[state],
        time=due if state in OPEN_STATES else "",
        time_tone="warn" if state is EntryState.OVERDUE else "",
    )
