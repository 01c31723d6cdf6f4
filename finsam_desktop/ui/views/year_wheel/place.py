"""Årshjul: the year as a picture and as a list, what must be done, and dates proposed for the next year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from finsam_desktop.documents import Document
from finsam_desktop.domain import wording
from finsam_desktop.domain.catalogue_use import item_from_template, with_items
from finsam_desktop.domain.deadlines import reached
from finsam_desktop.domain.meeting import Meeting, MeetingState
from finsam_desktop.domain.numbering import agenda_numbers
from finsam_desktop.domain.overview import next_meeting
from finsam_desktop.domain.year_wheel import Standing, WheelEntry, YearTask, YearWheel, wheel, with_months
from finsam_desktop.files.catalogue_files import standard_templates
from finsam_desktop.ui.models.row_model import Row, RowModel
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.view import Head, Shell, View
from finsam_desktop.ui.views.meeting.export import MeetingExport
from finsam_desktop.ui.views.meeting.facts import brief
from finsam_desktop.ui.views.meeting.open_meeting import OpenMeeting
from finsam_desktop.ui.views.page import Page
from finsam_desktop.ui.views.when_seen import WhenSeen
from finsam_desktop.ui.views.year_wheel.entry import EntryPanel
from finsam_desktop.ui.views.year_wheel.plan_panel import PlanPanel
from finsam_desktop.ui.widgets.buttons import IconButton, primary_button, secondary_button
from finsam_desktop.ui.widgets.notification import Notice
from finsam_desktop.ui.widgets.recipients import FlowLayout
from finsam_desktop.ui.widgets.rows import MetaPart, RowDelegate, RowList, RowRole
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.surfaces import Pane, SectionHead
from finsam_desktop.ui.widgets.wheel import WheelContent, WheelMark, WheelPeriod, YearPicture

_ICONS = {
    Standing.DONE: State.DONE,
    Standing.ON_AGENDA: State.UNDER_WAY,
    Standing.TO_PLACE: State.NOT_BEGUN,
    Standing.NO_MEETING: State.NOT_BEGUN,
    Standing.PASSED: State.CONSIDER,
}


class YearWheelView(View):
    """The picture to the left, the list to the right; each chooses in the other."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self._year = shell.session.today.year
        self._month = 0
        self._wheel: YearWheel | None = None
        self._entries: dict[str, WheelEntry] = {}
        self.picture = YearPicture()
        self._model, self._tasks_model = RowModel(parent=self), RowModel(parent=self)
        self.list = RowList("Årets ärenden", delegate=RowDelegate(number_width=22))
        self.list.setModel(self._model)
        self.tasks = RowList("Årets krav", delegate=RowDelegate(number_width=22, indent=0, margin=4))
        self.tasks.setModel(self._tasks_model)
        self.tasks.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.panel = EntryPanel()
        self.plan = PlanPanel(shell)
        self._previous = IconButton("chevron-left", "Förra året")
        self._next = IconButton("chevron-right", "Nästa år")
        self._propose = primary_button("Föreslå datum", "calendar-plus")
        self._print = secondary_button("Skriv ut", "printer")
        self.paper = secondary_button("Skapa sammanträdesplan", "file-text")
        self.calendar = secondary_button("Skapa kalenderfil", "calendar-days")
        self._desk: OpenMeeting | None = None
        for widget in (self._previous, self._next, self._propose, self._print):
            widget.setParent(self)
            widget.hide()
        self._lay_out()
        self._seen = WhenSeen(self, self._refresh)
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.setInterval(1)
        self._turn.timeout.connect(self._seen.now)
        self._connect()
        self._seen.later()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._turn.start()  # the place is shown first, and filled in the next turn

    # -- what the window asks -------------------------------------------------------------------------

    def head(self) -> Head:
        if self._wheel is None:
            return Head(title="Årshjul")
        meetings, entries = len(self._wheel.meetings), len(self._wheel.entries)
        planned = f"{meetings} sammanträden" if meetings != 1 else "1 sammanträde"
        return Head(title=f"Årshjul {self._year}", facts=(planned, f"{entries} återkommande ärenden"))

    def head_widgets(self) -> tuple[QWidget, ...]:
        if self.stack.currentWidget() is self.plan:
            return ()
        return (self._previous, self._next, self._print, self._propose)

    def primary(self) -> QPushButton | None:
        return self.plan.button if self.stack.currentWidget() is self.plan else self._propose

    def panes(self) -> tuple[QWidget, ...]:
        return (self.picture, self.list, self.panel) if self.stack.currentIndex() == 0 else (self.plan,)

    def show_target(self, target: str) -> None:
        """A year, "föreslå", or an entry's template by its id."""
        if target:
            self._seen.now()
        if target.isdigit():
            self._show_year(int(target))
        elif target == "föreslå":
            self.open_plan()
        elif target:
            entry = next((e for e in self._entries.values() if e.template.id == target), None)
            if entry is not None:
                self._choose(f"template:{entry.key}")

    def actions_taken(self) -> dict[str, object]:
        return {"print": self.print_year}

    # -- making ---------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        theme = current_theme()
        left = Page("Årets bild och krav")
        left.add(self.picture)
        left.add(SectionHead("Årets krav"), space_before=4)
        left.add(self.tasks)
        foot = QWidget()
        row = FlowLayout(foot, theme.px(10))
        row.setContentsMargins(0, theme.px(4), 0, 0)
        for widget in (self.paper, self.calendar, QWidget()):  # the last takes what is left of the line
            row.addWidget(widget)
        left.add(foot)
        left.setMinimumWidth(theme.px(400))
        right = Pane("base", "left")
        column = QVBoxLayout(right)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.list, 1)
        column.addWidget(self.panel)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(left)
        splitter.addWidget(right)
        splitter.setStretchFactor(0, 2)
        splitter.setStretchFactor(1, 3)
        splitter.setSizes([theme.px(520), theme.px(720)])
        self.stack = QStackedWidget()
        self.stack.addWidget(splitter)
        self.stack.addWidget(self.plan)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.stack)

    def _connect(self) -> None:
        self._previous.clicked.connect(self._year_before)
        self._next.clicked.connect(self._year_after)
        self._propose.clicked.connect(self.open_plan)
        self._print.clicked.connect(self.print_year)
        self.paper.clicked.connect(self.make_paper)
        self.calendar.clicked.connect(self.make_calendar)
        self.list.chosen.connect(self._chose)
        self.list.opened.connect(self._opened)
        self.list.verb_clicked.connect(self._opened)
        self.tasks.opened.connect(self._follow_task)
        self.tasks.verb_clicked.connect(self._follow_task)
        self.picture.month_chosen.connect(self._month_chosen)
        self.picture.opened.connect(self._mark_opened)
        self.panel.months_changed.connect(self._months_changed)
        self.panel.add_wanted.connect(self._add)
        self.panel.shown_wanted.connect(self._show_item)
        self.panel.template_wanted.connect(self._show_template)
        self.plan.made.connect(self._planned)
        self.plan.closed.connect(self._close_plan)
        self.shell.session.changed.connect(self._seen.changed)
        self.shell.session.opened.connect(self._reopened)

    # -- showing --------------------------------------------------------------------------------------

    def _reopened(self) -> None:
        self._year = self.shell.session.today.year
        self._refresh()

    def _refresh(self) -> None:
        session = self.shell.session
        if not session.is_open:
            return
        templates = session.guarded(standard_templates) or ()
        self._wheel = wheel(self._year, session.association, templates, session.meetings, session.today)
        self._entries = {entry.key: entry for entry in self._wheel.entries}
        self._show_rows(self._wheel)
        self._show_tasks(self._wheel.tasks)
        self.paper.setEnabled(bool(self._wheel.meetings))
        self._show_picture(self._wheel)
        if self.stack.currentWidget() is self.plan:
            self.plan.refresh()
        self.head_changed.emit()

    def _show_rows(self, year: YearWheel) -> None:
        today = self.shell.session.today
        rows: list[Row] = []
        for month, name in enumerate(wording.MONTHS, start=1):
            now = (year.year, month) == (today.year, today.month)
            rows.append(Row(title=name.capitalize(), heading=True, time="den här månaden" if now else ""))
            rows += [_meeting_row(m) for m in year.meetings if m.date.month == month]
            rows += [_entry_row(entry) for entry in year.of_month(month)]
        current = str(self.list.currentIndex().data(RowRole.KEY) or "")
        first = self._model.rowCount() == 0
        self._model.set_rows(tuple(rows))
        place = self._model.row_of(current)
        if place >= 0:
            self.list.setCurrentIndex(self._model.index(place))
        elif first and year.year == today.year:
            self._scroll_to(today.month)
        self._chose(self.list.currentIndex())

    def _show_tasks(self, tasks: tuple[YearTask, ...]) -> None:
        today = self.shell.session.today
        self._tasks_model.set_rows(tuple(task_row(task, today) for task in tasks))
        self.tasks.setFixedHeight(self.tasks.height_of_rows() + 2)

    def _show_picture(self, year: YearWheel) -> None:
        coming = next_meeting(year.meetings, self.shell.session.today)
        marks = [
            WheelMark(
                key=f"meeting:{meeting.id}",
                day=meeting.date,
                title=wording.KINDS[meeting.kind],
                done=reached(meeting, MeetingState.HELD),
                coming=meeting is coming,
            )
            for meeting in year.meetings
        ]
        days = {"arsredovisning": date(year.year, 3, 31), "budget": date(year.year, 11, 30)}
        marks += [
            WheelMark(
                key=f"task:{task.key}", day=days[task.key], title=task.title, meeting=False, done=task.done
            )
            for task in year.tasks
            if task.key in days
        ]
        self.picture.set_content(
            WheelContent(
                year=year.year,
                marks=tuple(sorted(marks, key=lambda mark: mark.day)),
                periods=tuple(WheelPeriod(title=p.title, first=p.first, last=p.last) for p in year.periods),
                today=self.shell.session.today,
                month=self._month,
                note=f"{year.done} av {len(year.entries)} ärenden klara",
            )
        )

    def _scroll_to(self, month: int) -> None:
        headings = [place for place, row in enumerate(self._model.rows()) if row.heading]
        self.list.scrollTo(self._model.index(headings[month - 1]), RowList.ScrollHint.PositionAtTop)

    # -- choosing -------------------------------------------------------------------------------------

    def _show_year(self, year: int) -> None:
        self._year, self._month = year, 0
        self._refresh()

    def _year_before(self) -> None:
        self._show_year(self._year - 1)

    def _year_after(self) -> None:
        self._show_year(self._year + 1)

    def _month_chosen(self, month: int) -> None:
        self._month = month
        self._scroll_to(month)
        headings = [place for place, row in enumerate(self._model.rows()) if row.heading]
        first = headings[month - 1] + 1
        if first < self._model.rowCount() and not self._model.rows()[first].heading:
            self.list.setCurrentIndex(self._model.index(first))
            self._scroll_to(month)
        if self._wheel is not None:
            self._show_picture(self._wheel)

    def _choose(self, key: str) -> None:
        place = self._model.row_of(key)
        if place >= 0:
            self.list.setCurrentIndex(self._model.index(place))

    def _entry(self) -> WheelEntry | None:
        kind, _, key = str(self.list.currentIndex().data(RowRole.KEY) or "").partition(":")
        return self._entries.get(key) if kind == "template" else None

    def _chose(self, _index: QModelIndex) -> None:
        entry = self._entry()
        self.panel.show_entry(entry, self.shell.session.read_only)
        # The panel takes its room from the list: the chosen row is brought back into view when that is done.
        QTimer.singleShot(0, self, self._keep_in_view)
        kind, _, key = str(self.list.currentIndex().data(RowRole.KEY) or "").partition(":")
        month = entry.month if entry is not None else 0
        if kind == "meeting":
            month = next((m.date.month for m in self.shell.session.meetings if m.id == key), 0)
        if month and month != self._month and self._wheel is not None:
            self._month = month
            self._show_picture(self._wheel)

    def _keep_in_view(self) -> None:
        if self.list.currentIndex().isValid() and self._month:
            self.list.scrollTo(self.list.currentIndex())

    def _opened(self, index: QModelIndex) -> None:
        kind, _, key = str(index.data(RowRole.KEY) or "").partition(":")
        if kind == "meeting":
            self.shell.go("meeting", key)
            return
        entry = self._entries.get(key)
        if entry is None:
            return
        if entry.standing is Standing.TO_PLACE:
            self._add()
        elif entry.item_id:
            self._show_item()
        else:
            self._show_template()

    def _mark_opened(self, key: str) -> None:
        kind, _, rest = key.partition(":")
        if kind == "meeting":
            self.shell.go("meeting", rest)
        else:
            self.tasks.setFocus()
            self.tasks.setCurrentIndex(self._tasks_model.index(self._tasks_model.row_of(rest)))

    def _follow_task(self, index: QModelIndex) -> None:
        tasks = {task.key: task for task in self._wheel.tasks} if self._wheel is not None else {}
        task = tasks.get(str(index.data(RowRole.KEY) or ""))
        if task is None:
            return
        if task.target:
            self.shell.go("meeting", task.target)
        elif not task.done:
            self.open_plan()

    # -- changing -------------------------------------------------------------------------------------

    def _months_changed(self, months: tuple[int, ...]) -> None:
        entry = self._entry()
        if entry is None:
            return
        if not months:
            self.shell.notify(
                Notice(text="Ett ärende i årshjulet behöver minst en månad. Ta bort mallen under Mallar.")
            )
            self.panel.show_entry(entry, self.shell.session.read_only)
            return
        before = self.shell.session.association
        name = entry.template.title
        self.shell.session.change(
            f"Ändra månader för {name}", before, with_months(before, entry.template, months),
            merge=f"months:{entry.template.id}",
        )  # fmt: skip
        if self._entry() is None:
            again = next((e for e in self._entries.values() if e.template.id == entry.template.id), None)
            if again is not None:
                self._choose(f"template:{again.key}")

    def _add(self) -> None:
        entry = self._entry()
        if entry is None or entry.meeting is None or entry.item_id:
            return
        session = self.shell.session
        before = session.meeting(entry.meeting.id)
        item = item_from_template(entry.template, session.association, before, session.meetings)
        items = with_items(before.items, (item,), session.guarded(standard_templates) or ())
        if session.change(f"Lägg till ”{item.title}”", before, replace(before, items=items)):
            day = brief(before.date)
            self.shell.notify(
                Notice(
                    text=f"”{item.title}” står nu på dagordningen {day}.",
                    action="Ångra",
                    on_action=self._undo,
                )
            )

    def _undo(self) -> None:
        self.shell.session.undo()

    def _show_item(self) -> None:
        entry = self._entry()
        if entry is not None and entry.meeting is not None:
            self.shell.go("meeting", f"{entry.meeting.id}/dagordning/{entry.item_id}")

    def _show_template(self) -> None:
        entry = self._entry()
        if entry is not None:
            self.shell.go("templates", entry.template.id)

    # -- the plan and the paper -----------------------------------------------------------------------

    def open_plan(self) -> None:
        """Propose the year that is shown when it is to come, else the next."""
        today = self.shell.session.today
        self.plan.start(self._year if self._year > today.year else today.year + 1)
        self.stack.setCurrentWidget(self.plan)
        self.head_changed.emit()

    def _close_plan(self) -> None:
        self.stack.setCurrentIndex(0)
        self.list.setFocus()
        self.head_changed.emit()

    def _planned(self, count: int) -> None:
        year = self.plan.year.value() or self._year
        self._show_year(year)
        self._close_plan()
        text = "1 utkast skapades" if count == 1 else f"{count} utkast skapades"
        self.shell.notify(Notice(text=f"{text} för {year}.", action="Ångra", on_action=self._undo))

    def make_paper(self) -> None:
        """Make the year's sammanträdesplan in Word, beside the file."""
        if self._wheel is None or not self._wheel.meetings:
            return
        if self._desk is not None:
            self._desk.close()
        self._desk = OpenMeeting(self.shell, self._wheel.meetings[0].id, self)
        MeetingExport(self._desk, self).make(Document.SAMMANTRADESPLAN)

    def make_calendar(self) -> None:
        """Make a calendar file of the year's meetings, beside the file."""
        from finsam_desktop.mailing import make_year
        from finsam_desktop.ui.views.meeting.made_files import Opening

        session = self.shell.session
        out = session.made_folder / f"Sammanträden {self._year}.ics"
        now = session.now.astimezone()
        made = session.guarded(partial(make_year, session.workspace, self._year, out, now=now))
        if made is not None:
            text = f"Kalenderfil skapad: {made.path.name}."
            if made.beside:
                text = f"Den förra kalenderfilen är ändrad och finns kvar. Den nya heter {made.path.name}."
            self.shell.notify(Notice(text=text, action="Öppna", on_action=Opening(made.path)))

    def print_year(self) -> None:
        """Ask which printer, and print the picture and the list."""
        from finsam_desktop.ui.year_print import ask_and_print

        if self._wheel is not None:
            ask_and_print(self, self._wheel, self.picture.content, self.shell.session.association.name)


def _meeting_row(meeting: Meeting) -> Row:
    day = wording.short_date(meeting.date)
    return Row(
        title=f"{wording.KINDS[meeting.kind]} {day}",
        key=f"meeting:{meeting.id}",
        icon="calendar-days",
        meta=(
            MetaPart(wording.STATES[meeting.state], accent=True),
            MetaPart(f"{len(meeting.items)} ärenden"),
        ),
        verb="Öppna",
    )


def _entry_row(entry: WheelEntry) -> Row:
    # All that it rests on is told of the chosen one; a row has room for two.
    facts = (entry.template.deadline and f"senast {entry.template.deadline}", *entry.template.basis[:2])
    verb, time, tone = "", "", ""
    if entry.standing is Standing.TO_PLACE:
        verb = "Lägg till"
    elif entry.meeting is not None and entry.item_id:
        number = agenda_numbers(entry.meeting).get(entry.item_id, "")
        verb = f"Ärende {number}" if number.isdigit() else "Visa"
    elif entry.standing is Standing.PASSED:
        time, tone = "inte behandlat", "warn"
    else:
        time = "inget sammanträde än"
    return Row(
        title=entry.title,
        key=f"template:{entry.key}",
        leading=_ICONS[entry.standing],
        meta=(
            MetaPart(wording.ITEM_TYPES[entry.template.type], accent=entry.template.type.decides),
            *(MetaPart(fact) for fact in facts if fact),
        ),
        verb=verb,
        time=time,
        time_tone=tone,
    )


def task_row(task: YearTask, today: date) -> Row:
    """A requirement of the year: done when, or by when."""
    late = task.is_late(today)
    due = brief(task.due) if task.due is not None and task.when.startswith("före") else ""
    when = f"{task.when} {due}".strip()
    done = brief(task.done_on) if task.done_on is not None else "klart"
    return Row(
        title=task.title,
        key=task.key,
        leading=State.DONE if task.done else State.MUST_MEND if late else State.NOT_BEGUN,
        meta=(MetaPart(when), MetaPart(task.source)),
        time=done if task.done else "försenat" if late else "återstår",
        time_tone="" if task.done else "err" if late else "warn",
    )


def make(shell: Shell) -> YearWheelView:
    """The view for the place "year_wheel"."""
    return YearWheelView(shell)
