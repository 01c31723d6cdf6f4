"""Sammanträden: all meetings by year with their state, and the way to a new one."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from finsam_desktop.domain import numbering, wording
from finsam_desktop.domain.meeting import Meeting, MeetingState
from finsam_desktop.ui.models.row_model import Row, RowModel
from finsam_desktop.ui.next_turn import NextTurn
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.view import Head, Shell, View
from finsam_desktop.ui.views.meeting.new_meeting import NewMeetingForm
from finsam_desktop.ui.views.when_seen import WhenSeen
from finsam_desktop.ui.widgets.buttons import primary_button
from finsam_desktop.ui.widgets.empty_state import EmptyState
from finsam_desktop.ui.widgets.rows import MetaPart, RowDelegate, RowList, RowRole
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.surfaces import Pane

_STATES = {
    MeetingState.DRAFT: State.NOT_BEGUN,
    MeetingState.NOTIFIED: State.UNDER_WAY,
    MeetingState.HELD: State.UNDER_WAY,
    MeetingState.MINUTES: State.UNDER_WAY,
    MeetingState.ADJUSTED: State.UNDER_WAY,
    MeetingState.ANNOUNCED: State.DONE,
    MeetingState.ARCHIVED: State.DONE,
}


class MeetingsView(View):
    """The list; Enter or double click opens a meeting."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        theme = current_theme()
        self._new = primary_button("Nytt sammanträde", "calendar-plus")
        self._new.clicked.connect(self._ask)
        self._form = NewMeetingForm(shell)
        self._form.made.connect(self._go_to)
        self._form.closed.connect(self._close_form)
        self._form.hide()
        self._model = RowModel(parent=self)
        self._list = RowList("Sammanträden", delegate=RowDelegate(number_width=0))
        self._list.setModel(self._model)
        self._list.opened.connect(self._open)
        filled = Pane("base")
        inside = QVBoxLayout(filled)
        inside.setContentsMargins(0, theme.px(8), 0, 0)
        inside.addWidget(self._list)
        self._empty = EmptyState(
            "Inga sammanträden än.",
            "Skapa det första, så fylls dagordningen med den fasta ramen och förslag ur årshjulet.",
            "Skapa sammanträde",
            icon="calendar-plus",
        )
        self._empty.action_pressed.connect(self._ask)
        self._empty.example_pressed.connect(shell.open_example)
        self._stack = QStackedWidget()
        self._stack.addWidget(filled)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._form)
        column.addWidget(self._stack, 1)
        self._seen = WhenSeen(self, self._refresh)
        # The meeting that is made here is gone to at once: then the list is made when it is seen again.
        self._soon = NextTurn(self, self._seen.changed)
        shell.session.changed.connect(self._changed)
        shell.session.opened.connect(self._seen.changed)
        self._refresh()

    def head(self) -> Head:
        count = len(self.shell.session.meetings)
        return Head(title="Sammanträden", facts=(f"{count} sammanträden",) if count > 1 else ())

    def head_widgets(self) -> tuple[QWidget, ...]:
        return (self._new,)

    def primary(self) -> QPushButton | None:
        return self._form.button if self._form.isVisible() else self._new

    def show_target(self, target: str) -> None:
        """ "ny" opens the form; a meeting's id marks it in the list."""
        self._seen.now()
        if target == "ny":
            self._ask()
        place = self._model.row_of(target)
        if place >= 0:
            self._list.setCurrentIndex(self._model.index(place))

    def actions_taken(self) -> dict[str, object]:
        return {"new_meeting": self._ask}

    def _ask(self) -> None:
        self._new.setEnabled(False)
        self._form.show()
        self._form.start()

    def _close_form(self) -> None:
        self._form.hide()
        self._new.setEnabled(True)
        self._list.setFocus()

    def _go_to(self, meeting_id: str) -> None:
        self._close_form()
        self.shell.go("meeting", f"{meeting_id}/dagordning")

    def _open(self, index: QModelIndex) -> None:
        key = index.data(RowRole.KEY)
        if key:
            self.shell.go("meeting", key)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._seen.now()

    def _changed(self, _change: object) -> None:
        self._soon.start()

    def _refresh(self) -> None:
        meetings = self.shell.session.meetings
        rows: list[Row] = []
        years = sorted({meeting.date.year for meeting in meetings}, reverse=True)
        for year in years:
            held = [meeting for meeting in reversed(meetings) if meeting.date.year == year]
            numbers = numbering.year_paragraphs(held, year)
            rows.append(Row(title=str(year), heading=True, time=str(len(held))))
            rows += [self._row(meeting, numbers.get(meeting.id, {})) for meeting in held]
        self._model.set_rows(tuple(rows))
        self._stack.setCurrentIndex(0 if rows else 1)
        if rows and not self._list.currentIndex().isValid():
            self._list.setCurrentIndex(self._model.index(1))
        self.head_changed.emit()

    def _row(self, meeting: Meeting, numbers: Mapping[str, int]) -> Row:
        day = wording.short_date(meeting.date)
        called_off = meeting.cancelled_on is not None
        state = "Inställt" if called_off else wording.STATES[meeting.state]
        facts = (
            meeting.cancel_reason if called_off else "",
            wording.KINDS[meeting.kind],
            wording.clock_range(meeting.start, meeting.end),
            meeting.place,
            f"{len(meeting.items)} ärenden",
            numbering.section_label(numbers.values()),
        )
        return Row(
            title=day[0].upper() + day[1:],
            key=meeting.id,
            meta=(
                MetaPart(state, accent=called_off or meeting.state is not MeetingState.DRAFT),
                *(MetaPart(fact) for fact in facts if fact),
            ),
            state=State.NONE if called_off else _STATES[meeting.state],
            time=wording.days_from(meeting.date, self.shell.session.today),
        )


def make(shell: Shell) -> MeetingsView:
    """The view for the place "meetings"."""
    return MeetingsView(shell)
