"""Årshjul: what the year usually holds, month by month, with the meetings and the days the law sets."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QVBoxLayout, QWidget

from finsam_desktop.catalogue_files import standard_templates
from finsam_desktop.domain import wording
from finsam_desktop.domain.catalogue import Frame, ItemTemplate
from finsam_desktop.domain.catalogue_use import merged, shown_title
from finsam_desktop.domain.deadlines import year_deadlines
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.ui.models.row_model import Row, RowModel
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.view import Head, Shell, View
from finsam_desktop.ui.widgets.rows import MetaPart, RowDelegate, RowList, RowRole
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.surfaces import Pane

_EVERY_MONTH = 12


class YearWheelView(View):
    """The list of the year; Enter on a meeting opens it, on an item shows its template."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        theme = current_theme()
        self._model = RowModel(parent=self)
        self._list = RowList("Årshjul", delegate=RowDelegate(number_width=22))
        self._list.setModel(self._model)
        self._list.opened.connect(self._open)
        pane = Pane("base")
        inside = QVBoxLayout(pane)
        inside.setContentsMargins(theme.px(8), theme.px(8), theme.px(16), 0)
        inside.addWidget(self._list)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(pane)
        shell.session.changed.connect(self._refresh)
        shell.session.opened.connect(self._refresh)
        self._refresh()

    def head(self) -> Head:
        return Head(title="Årshjul", facts=(str(self.shell.session.today.year),))

    def _refresh(self, _change: object = None) -> None:
        session = self.shell.session
        if not session.is_open:
            return
        year = session.today.year
        templates = merged(standard_templates(), session.association)
        rows: list[Row] = []
        for month, name in enumerate(wording.MONTHS, start=1):
            now = month == session.today.month
            rows.append(Row(title=name.capitalize(), heading=True, time="nu" if now else ""))
            rows += [
                Row(
                    title=f"Sammanträde {wording.short_date(meeting.date)}",
                    key=f"meeting:{meeting.id}",
                    icon="calendar-days",
                    meta=(MetaPart(wording.STATES[meeting.state], accent=True), MetaPart(meeting.place)),
                )
                for meeting in session.meetings
                if (meeting.date.year, meeting.date.month) == (year, month)
            ]
            rows += [
                Row(
                    title=f"{deadline.title} senast {wording.short_date(deadline.day)}",
                    leading=State.DONE if deadline.done else State.DATE,
                    meta=deadline.source,
                )
                for deadline in year_deadlines(year, session.meetings)
                if deadline.day.month == month
            ]
            then = Meeting(date=date(year, month, 1))
            rows += [
                _item_row(t, shown_title(t, session.association, then))
                for t in templates
                if month in t.months and _of_the_season(t)
            ]
        self._model.set_rows(tuple(rows))
        this_month = next(place for place, row in enumerate(rows) if row.heading and row.time)
        self._list.scrollTo(self._model.index(this_month), RowList.ScrollHint.PositionAtTop)

    def _open(self, index: QModelIndex) -> None:
        kind, _, key = str(index.data(RowRole.KEY)).partition(":")
        if kind == "meeting":
            self.shell.go("meeting", key)
        elif kind == "template":
            self.shell.go("templates", key)


def _of_the_season(template: ItemTemplate) -> bool:
    return template.frame is Frame.NONE and 0 < len(template.months) < _EVERY_MONTH


def _item_row(template: ItemTemplate, title: str) -> Row:
    facts = (wording.ITEM_TYPES[template.type], template.deadline, *template.basis)
    return Row(
        title=title,
        key=f"template:{template.id}",
        meta=tuple(MetaPart(fact) for fact in facts if fact),
    )


def make(shell: Shell) -> YearWheelView:
    """The view for the place "year_wheel"."""
    return YearWheelView(shell)
