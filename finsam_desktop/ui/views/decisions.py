"""Beslut: every decision of the board, § by §, with a field to narrow them down."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from finsam_desktop.domain import wording
from finsam_desktop.domain.decisions import Outcome
from finsam_desktop.domain.register import OUTCOMES, DecisionEntry, register
from finsam_desktop.ui.models.row_model import Row, RowModel
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.view import Head, Shell, View
from finsam_desktop.ui.widgets.empty_state import EmptyState
from finsam_desktop.ui.widgets.forms import FormRow
from finsam_desktop.ui.widgets.rows import MetaPart, RowDelegate, RowList, RowRole
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.surfaces import Pane
from finsam_desktop.ui.widgets.text_edits import TextField

_OPEN = (Outcome.TABLED, Outcome.REMITTED)


class DecisionsView(View):
    """The register of decisions."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        theme = current_theme()
        self._entries: tuple[DecisionEntry, ...] = ()
        self._model = RowModel(parent=self)
        self._filter = TextField(placeholder="Ord i rubrik eller beslut, eller ett paragrafnummer")
        self._filter.textChanged.connect(self._narrow)
        self._list = RowList("Beslut", delegate=RowDelegate(number_width=64))
        self._list.setModel(self._model)
        self._list.opened.connect(self._open)
        filled = Pane("base")
        column = QVBoxLayout(filled)
        column.setContentsMargins(theme.px(28), theme.px(20), theme.px(28), 0)
        column.setSpacing(theme.px(12))
        row = FormRow("Sök bland besluten", self._filter)
        row.setMaximumWidth(theme.px(560))
        column.addWidget(row)
        column.addWidget(self._list, 1)
        self._empty = EmptyState(
            "Inga beslut än.",
            "Besluten kommer hit när du antecknar dem i sammanträdets steg Närvaro och beslut.",
            "Visa sammanträdena",
        )
        self._empty.action_pressed.connect(self._go_to_meetings)
        self._empty.example_pressed.connect(shell.open_example)
        self._stack = QStackedWidget()
        self._stack.addWidget(filled)
        self._stack.addWidget(self._empty)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        shell.session.changed.connect(self._refresh)
        shell.session.opened.connect(self._refresh)
        self._refresh()

    def head(self) -> Head:
        count = len(self._entries)
        return Head(title="Beslut", fact_right=f"{count} beslut" if count else "")

    def _go_to_meetings(self) -> None:
        self.shell.go("meetings")

    def _refresh(self, _change: object = None) -> None:
        if not self.shell.session.is_open:
            return
        self._entries = register(self.shell.session.meetings)
        self._stack.setCurrentIndex(0 if self._entries else 1)
        self._narrow()
        self.head_changed.emit()

    def _narrow(self, _text: str = "") -> None:
        wanted = self._filter.text().casefold().split()
        rows: list[Row] = []
        heading = ""
        for entry in self._entries:
            if not all(word in _searched(entry) for word in wanted):
                continue
            day = wording.weekday_date(entry.meeting.date)
            if day != heading:
                heading = day
                rows.append(Row(title=day[0].upper() + day[1:], heading=True))
            rows.append(_row(entry))
        self._model.set_rows(tuple(rows) or (Row(title="Inget beslut innehåller de orden.", quiet=True),))

    def _open(self, index: QModelIndex) -> None:
        key = index.data(RowRole.KEY)
        if key:
            self.shell.go("meeting", key)


def _searched(entry: DecisionEntry) -> str:
    words = (f"§{entry.paragraph}", str(entry.paragraph), entry.item.title, *entry.clauses)
    return " ".join(words).casefold()


def _row(entry: DecisionEntry) -> Row:
    outcome = entry.item.decision.outcome
    first = entry.clauses[0].removesuffix(", och").rstrip(" ,.") if entry.clauses else ""
    text = f"att {first}" if first else ""
    more = f"och {len(entry.clauses) - 1} till" if len(entry.clauses) > 1 else ""
    meta = (MetaPart(OUTCOMES[outcome], accent=True), *(MetaPart(part) for part in (text, more) if part))
    return Row(
        title=entry.item.minutes_title or entry.item.title,
        key=f"{entry.meeting.id}/narvaro/{entry.item.id}",
        number=f"§ {entry.paragraph}",
        meta=meta,
        state=State.UNDER_WAY if outcome in _OPEN else State.NONE,
    )


def make(shell: Shell) -> DecisionsView:
    """The view for the place "decisions"."""
    return DecisionsView(shell)
