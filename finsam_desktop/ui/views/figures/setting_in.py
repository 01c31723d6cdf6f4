"""Setting reports into an item, differences first, and making the tertialrapport of it as a Word file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from finsam_desktop.attach_figures import same_place, set_in
from finsam_desktop.bookkeeping_reports import MadeReports
from finsam_desktop.domain import agenda
from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.catalogue_use import item_from_template, merged, with_items
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.report_carrying import new_report
from finsam_desktop.ui.models.row_model import Row
from finsam_desktop.ui.view import Shell
from finsam_desktop.ui.views.figures.target import FigureTarget
from finsam_desktop.ui.views.meeting.export import MeetingExport
from finsam_desktop.ui.views.meeting.open_meeting import OpenMeeting
from finsam_desktop.ui.widgets.notification import Notice

ShowRows = Callable[[tuple[Row, ...]], None]


class SettingIn(QObject):
    """What the buttons of Rapporter do. ``verb_changed()`` when they are to be called otherwise."""

    verb_changed = Signal()

    def __init__(
        self, shell: Shell, target: FigureTarget, show_rows: ShowRows, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._shell, self._target, self._show_rows = shell, target, show_rows
        self._made: MadeReports | None = None
        self._changes = 0
        self._export: MeetingExport | None = None
        target.changed.connect(self._target_changed)

    def show_reports(self, made: MadeReports) -> None:
        """Take other reports in hand."""
        self._made = made
        self._changes = 0
        self.verb_changed.emit()

    @property
    def shows_differences(self) -> bool:
        """Whether what would be replaced is shown, so that the next press does it."""
        return bool(self._changes)

    def can_set_in(self) -> bool:
        """Whether there are reports, and an item for them."""
        return self._made is not None and (self._target.item() is not None or self._target.wants_new())

    def verb(self) -> str:
        """What the button for the tables is called."""
        if self._changes:
            return f"Ersätt {self._changes} siffror"
        if self._target.wants_new():
            return "Sätt in i nytt ärende"
        number = self._target.number()
        if not number:
            return "Sätt in i ärendet"
        return f"{'Uppdatera' if self._replaces() else 'Sätt in i'} ärende {number}"

    def create_verb(self) -> str:
        """What the button for the Word file is called."""
        number = f" T{self._made.tertial}" if self._made is not None else ""
        return (
            f"Ersätt och skapa tertialrapport{number}" if self._changes else f"Skapa tertialrapport{number}"
        )

    def set_in(self) -> bool:
        """Set the tables in; False when differences are shown first, or it could not be done."""
        found = self._place(with_report=False)
        if found is None:
            return False
        meeting, item_id = found
        shell = self._shell
        shell.notify(
            Notice(
                text=f"Rapporterna ligger i ärende {self._target.number()}.",
                action="Visa ärendet",
                on_action=lambda: shell.go("meeting", f"{meeting}/dagordning/{item_id}"),
            )
        )
        return True

    def create(self) -> None:
        """Set the tables in and make the Word file beside the association's."""
        from finsam_desktop.documents import Document

        found = self._place(with_report=True)
        if found is None:
            return
        self._export = MeetingExport(OpenMeeting(self._shell, found[0], self), self)
        self._export.make(Document.TERTIALRAPPORT)

    def _target_changed(self) -> None:
        self._changes = 0
        self.verb_changed.emit()

    def _replaces(self) -> bool:
        item = self._target.item()
        tables = self._made.tables if self._made else ()
        return item is not None and any(same_place(old, new) for old in item.figures for new in tables)

    def _place(self, *, with_report: bool) -> tuple[str, str] | None:
        """The meeting's and the item's id when the tables lie there; None when nothing was done."""
        made, meeting = self._made, self._target.meeting()
        if made is None or meeting is None or not self.can_set_in():
            return None
        item = self._target.item()
        if item is not None and not self._changes and self._tell_differences(item):
            return None
        self._changes = 0
        label = f"Sätt in rapporter i ärende {self._target.number()}"
        after = meeting
        if item is None:
            item = self._new_item(meeting)
            after = replace(meeting, items=with_items(meeting.items, (item,), self._templates()))
            label = "Nytt ärende med rapporter"
        after = set_in(after, item.id, made.tables)
        if with_report:
            after = self._with_report(after, item.id)
        if after != meeting and not self._shell.session.change(label, meeting, after):
            return None
        self._target.choose(meeting.id, item.id)
        return meeting.id, item.id

    def _tell_differences(self, item: AgendaItem) -> bool:
        from finsam_desktop.sources import compare

        assert self._made is not None
        rows: list[Row] = []
        for table in self._made.tables:
            old = next((each for each in item.figures if same_place(each, table)), None)
            rows += [
                Row(title=f"{d.row}, {d.column}", meta=f"{d.address}: {d.before} → {d.after}")
                for d in (compare(old, table) if old is not None else ())
            ]
        if not rows:
            return False
        self._changes = len(rows)
        heading = Row(title="Det här skiljer mot tabellerna i ärendet", heading=True, time=str(len(rows)))
        self._show_rows((heading, *rows))
        self.verb_changed.emit()
        return True

    def _templates(self):  # type: ignore[no-untyped-def]
        from finsam_desktop.files.catalogue_files import standard_templates

        session = self._shell.session
        return merged(session.guarded(standard_templates) or (), session.association)

    def _new_item(self, meeting: Meeting) -> AgendaItem:
        assert self._made is not None
        session = self._shell.session
        title = self._target.item_choice.currentText().partition(": ")[2]
        wanted = f"tertialrapport-{self._made.tertial}"
        template = next((each for each in self._templates() if each.id == wanted), None)
        if template is None:
            return AgendaItem(title=title)
        return replace(
            item_from_template(template, session.association, meeting, session.meetings), title=title
        )

    def _with_report(self, meeting: Meeting, item_id: str) -> Meeting:
        """The meeting with texts of a report to begin writing in, where the item has none."""
        assert self._made is not None
        session, made = self._shell.session, self._made

        def begun(item: AgendaItem) -> AgendaItem:
            if item.report is not None:
                return item
            period = (made.year, made.tertial)
            report = new_report(session.association, session.meetings, meeting, item, period=period)
            return replace(item, report=report)

        return replace(meeting, items=agenda.update(meeting.items, item_id, begun))
