"""Rapporter: resultatrapport and balansrapport out of a bookkeeping file, with forecasts, comments and overrides.

What is typed is kept with the association at once; the reports are made anew from the file and what is kept.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from finsam_desktop.bookkeeping_reports import Books, MadeReports, Wanted, make_reports
from finsam_desktop.domain import report_input
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.figures import ColumnRole
from finsam_desktop.domain.figures_checks import FigureFinding
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.plan_sums import FixedPlan, fixed_plan
from finsam_desktop.domain.report_values import ReportInput
from finsam_desktop.errors import UserError
from finsam_desktop.sources import SIE_SUFFIXES, SPREADSHEET_SUFFIXES
from finsam_desktop.sources.books import read_books
from finsam_desktop.sources.periods import period_text
from finsam_desktop.ui.dialog_service import WORKBOOKS
from finsam_desktop.ui.jobs import Progress
from finsam_desktop.ui.models.report_model import read_amount
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.view import Shell
from finsam_desktop.ui.views.figures.near_files import NearFiles
from finsam_desktop.ui.views.figures.override import FigureOverride
from finsam_desktop.ui.views.figures.report_settings import ReportSettings
from finsam_desktop.ui.views.figures.report_table import ReportTables
from finsam_desktop.ui.views.figures.setting_in import SettingIn
from finsam_desktop.ui.widgets.buttons import link_button, primary_button, secondary_button
from finsam_desktop.ui.widgets.drop_zone import DropZone, local_files
from finsam_desktop.ui.widgets.notification import Notice
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.surfaces import Label, Pane

if TYPE_CHECKING:
    from finsam_desktop.ui.views.figures.account_plan_editor import (
        AccountPlanEditor,  # made when it is asked for
    )
    from finsam_desktop.workspace import Workspace

ENDINGS = tuple(SPREADSHEET_SUFFIXES)
"""Files that the reports can be made of."""
_QUICK = 20_000
"""Rows of vouchers and months up to which the reports are made at once; more are made in the background."""


class FigureReportsPane(Pane):
    """A tab of Siffror. ``head_changed()`` as a view's."""

    head_changed = Signal()

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__("base", parent=parent)
        self.shell = shell
        self._books: Books | None = None
        self._seen: object = None
        self._turn = 0
        self.other_file = secondary_button("Byt fil", "folder-open")
        self.other_file.clicked.connect(self.choose_file)
        self.insert = secondary_button("Sätt in i ärendet", "table-2")
        self.insert.clicked.connect(self._set_in)
        self.make_report = primary_button("Skapa tertialrapport", "file-text")
        self.make_report.clicked.connect(self._create)
        self.settings = ReportSettings(shell)
        self.settings.changed.connect(self._remake)
        self.settings.rest_chosen.connect(self._rest_chosen)
        self.settings.previous_wanted.connect(self._choose_previous)
        self.settings.previous_dropped.connect(self._drop_previous)
        self.settings.plan_wanted.connect(self.edit_plan)
        self.tables = ReportTables()
        self.tables.forecast_typed.connect(self._forecast_typed)
        self.tables.comment_typed.connect(self._comment_typed)
        self.tables.override_wanted.connect(self._override)
        self.tables.mend_wanted.connect(self._mend)
        self.override = FigureOverride()
        self.override.wanted.connect(self._overridden)
        self.override.taken_back.connect(self._taken_back)
        self.override.closed.connect(self._close_override)
        self.override.hide()
        self._setting_in = SettingIn(shell, self.settings.target, self.tables.show_differences, self)
        self._setting_in.verb_changed.connect(self._show_verbs)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._make_empty())
        self._stack.addWidget(self._make_work())
        self.plan_editor: AccountPlanEditor | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        self.setAcceptDrops(True)
        shell.session.opened.connect(self._forget)
        self.refresh()

    # -- what the place asks --------------------------------------------------------------------------

    def facts(self) -> tuple[str, ...]:
        """What stands beside the place's name: the file, and what it covers."""
        if (editor := self._open_editor()) is not None:
            return editor.facts()
        made = self.tables.made
        if self._books is None or made is None:
            return ()
        period = made.tables[0].period
        return (self._books.sie.file_name, period_text(period) if period else "")

    def head_widgets(self) -> tuple[QWidget, ...]:
        """Its buttons in the place's head; none before there is a file."""
        if (editor := self._open_editor()) is not None:
            return editor.head_widgets()
        return (self.other_file, self.insert, self.make_report) if self._books is not None else ()

    def primary(self) -> QPushButton | None:
        """The filled button."""
        if (editor := self._open_editor()) is not None:
            return editor.primary()
        return self.make_report if self._books is not None else None

    def panes(self) -> tuple[QWidget, ...]:
        """The panes that F6 goes between."""
        if (editor := self._open_editor()) is not None:
            return editor.panes()
        return (self.settings.tertial, self.tables.grid) if self._books is not None else (self._zone,)

    def show_target(self, target: str) -> None:
        """ "meeting-id/item-id": the item that the reports are meant for; "kontoplan": the account plan."""
        if target == "kontoplan":
            self.edit_plan()
            return
        meeting_id, _, item_id = target.partition("/")
        self.settings.target.choose(meeting_id, item_id)

    def refresh(self) -> None:
        """Show the association as it is; while another tab is shown nothing is made anew."""
        self.settings.target.refresh()
        if self._books is None or not self.isVisible():
            return
        if self._made_of() != self._seen:
            self._fill_settings()
            self._remake()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def flush(self) -> None:
        """Take in what is being typed."""
        self.settings.flush()
        if (editor := self._open_editor()) is not None:
            editor.flush()

    # -- building -------------------------------------------------------------------------------------

    def _make_empty(self) -> QWidget:
        theme = current_theme()
        pane = Pane("base")
        column = QVBoxLayout(pane)
        column.setContentsMargins(theme.px(28), theme.px(24), theme.px(28), theme.px(24))
        column.setSpacing(theme.px(6))
        column.addWidget(
            Label("Här blir bokföringen till resultatrapport och balansrapport.", "section", wrap=True)
        )
        words = (
            "Släpp en SIE-fil, så görs rapporterna för tertialet med förra årets siffror och budgeten bredvid. "
            "Ett kalkylblad med kontonummer går också bra. Prognos och kommentarer skriver du direkt i tabellen."
        )
        column.addWidget(Label(words, "body", "text2", wrap=True))
        column.addSpacing(theme.px(10))
        self._zone = DropZone("Släpp en SIE-fil eller ett kalkylblad med konton här", endings=ENDINGS)
        self._zone.setMaximumWidth(theme.px(560))
        self._zone.dropped.connect(self._dropped)
        self._zone.choose_pressed.connect(self.choose_file)
        column.addWidget(self._zone)
        self.near = NearFiles(self.shell, SIE_SUFFIXES)
        self.near.chosen.connect(self.open_file)
        column.addWidget(self.near)
        column.addSpacing(theme.px(6))
        plan = link_button("Ändra kontoplan")
        plan.clicked.connect(self.edit_plan)
        column.addWidget(plan, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        return pane

    def _make_work(self) -> QWidget:
        theme = current_theme()
        splitter = QSplitter()
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.settings)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tables, 1)
        column.addWidget(self.override)
        splitter.addWidget(right)
        splitter.setSizes([theme.px(280), theme.px(920)])
        splitter.setStretchFactor(1, 1)
        return splitter

    # -- the files ------------------------------------------------------------------------------------

    def choose_file(self) -> None:
        """Ask for a bookkeeping file."""
        self.shell.dialogs.open_file(
            "Välj en SIE-fil eller ett kalkylblad med konton", WORKBOOKS, self.open_file
        )

    def _choose_previous(self) -> None:
        self.shell.dialogs.open_file("Välj förra årets bokföring", WORKBOOKS, self.open_previous)

    def _dropped(self, files: tuple[Path, ...]) -> None:
        self.open_file(files[0])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_files(event.mimeData(), ENDINGS):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if files := local_files(event.mimeData(), ENDINGS):
            event.acceptProposedAction()
            self.open_file(files[0])

    def open_file(self, path: Path) -> None:
        """Read a bookkeeping file in the background and make its reports."""
        work = _Reading(path, self.shell.session.today, self.shell.session.workspace)
        self.shell.jobs.run(work, label=f"Läser {path.name}", on_done=self._read)

    def open_previous(self, path: Path) -> None:
        """Read last year's own file, for the same months then."""
        work = _Reading(path, self.shell.session.today, self.shell.session.workspace)
        self.shell.jobs.run(work, label=f"Läser {path.name}", on_done=self._previous_read)

    def _read(self, sie: object) -> None:
        from finsam_desktop.sources.sie import SieFile

        assert isinstance(sie, SieFile)
        previous = self._books.previous if self._books is not None else None
        books = Books(sie=sie, previous=previous if previous and _is_year_before(previous, sie) else None)
        self._books = books
        self._close_override()
        self._fill_settings()
        self._remake(beside=True)
        if sie.errors:
            text = f"{sie.file_name} har {len(sie.errors)} fel som kan påverka siffrorna."
            detail = "\n".join(str(fault) for fault in sie.errors)
            self.shell.notify(Notice(text=text, state=State.CONSIDER, detail=detail))

    def _previous_read(self, sie: object) -> None:
        from finsam_desktop.sources.sie import SieFile

        assert isinstance(sie, SieFile)
        if self._books is None:
            return
        if not _is_year_before(sie, self._books.sie):
            error = UserError(
                f"{sie.file_name} gäller inte året före {self._books.sie.file_name}.",
                advice="Välj SIE-filen för räkenskapsåret före.",
            )
            self.shell.session.failed.emit(error)
            return
        self._books = replace(self._books, previous=sie)
        self._fill_settings()
        self._remake(beside=True)

    def _drop_previous(self) -> None:
        if self._books is not None:
            self._books = replace(self._books, previous=None)
            self._fill_settings()
            self._remake()

    def _forget(self) -> None:
        self._books = self._seen = None
        self._turn += 1
        if self._open_editor() is not None:
            self._close_plan()
        self._close_override()
        self._stack.setCurrentIndex(0)
        self.refresh()
        self.head_changed.emit()

    # -- the account plan -----------------------------------------------------------------------------

    def edit_plan(self) -> None:
        """Show the account plan, to be changed, over the reports."""
        if self.plan_editor is None:
            from finsam_desktop.ui.views.figures.account_plan_editor import AccountPlanEditor

            self.plan_editor = AccountPlanEditor(self.shell)
            self.plan_editor.done.connect(self._close_plan)
            self.plan_editor.file_wanted.connect(self.choose_file)
            self.plan_editor.will_change.connect(self.settings.use_usual_plan)
            layout = self.layout()
            assert layout is not None
            layout.addWidget(self.plan_editor)
        self._close_override()
        self._stack.hide()
        self._show_plan()
        self.plan_editor.show()
        self.plan_editor.table.setFocus()
        self.head_changed.emit()

    def _show_plan(self) -> None:
        assert self.plan_editor is not None
        sie = self._books.sie if self._books is not None else None
        accounts = tuple((each.number, each.name) for each in sie.accounts.values()) if sie else ()
        self.plan_editor.show_plan(self.settings.chosen_plan(), accounts, sie.plan_type if sie else "")

    def _close_plan(self) -> None:
        assert self.plan_editor is not None
        self.plan_editor.hide()
        self._stack.show()
        (self.settings.edit_plan if self._books is not None else self._zone).setFocus()
        self.head_changed.emit()

    def _open_editor(self) -> AccountPlanEditor | None:
        shown = self.plan_editor is not None and not self.plan_editor.isHidden()
        return self.plan_editor if shown else None

    # -- the reports ----------------------------------------------------------------------------------

    def _fill_settings(self) -> None:
        assert self._books is not None
        self.settings.show_books(
            self._books, self.shell.session.association, has_fixed_budget=self._fixed() is not None
        )

    def _made_of(self) -> object:
        """What of the association the reports are made of."""
        association = self.shell.session.association
        return association.report_inputs, association.account_plan, self._fixed()

    def _fixed(self) -> FixedPlan | None:
        """The plan of the books' year, when the board has fixed it."""
        session = self.shell.session
        year = self._books.sie.year() if self._books is not None else None
        return fixed_plan(session.association, session.meetings, year.end.year) if year else None

    def _remake(self, *, beside: bool = False) -> None:
        """Make the reports anew; ``beside`` says that nobody is typing in them, so that it may take its time."""
        wanted = self.settings.wanted()
        if self._books is None or wanted is None:
            return
        session = self.shell.session
        self._turn += 1
        self._seen = self._made_of()
        work = _Making(self._turn, self._books, wanted, session.association, session.meetings, session.today)
        sie = self._books.sie
        if not beside and sie.vouchers.row_count + len(sie.period_balances) <= _QUICK:
            try:
                self._show(work(None))
            except UserError as error:
                session.failed.emit(error)
            return
        self.shell.jobs.run(work, label="Gör rapporterna", on_done=self._show)

    def _show(self, answer: object) -> None:
        assert isinstance(answer, tuple)
        turn, made = answer
        assert isinstance(made, MadeReports)
        if turn != self._turn or self._books is None:
            return
        self._stack.setCurrentIndex(1)
        if self._open_editor() is not None:
            self._show_plan()
        self.settings.show_rest(made.said.forecasts.rest_as_budget)
        self.settings.target.set_wanted(
            _new_title(made), f"tertialrapport {made.tertial}", f"tertial {made.tertial}"
        )
        self.tables.show_reports(made)
        self._setting_in.show_reports(made)
        self.head_changed.emit()

    def _show_verbs(self) -> None:
        self.insert.setText(self._setting_in.verb())
        self.make_report.setText(self._setting_in.create_verb())
        self.insert.setEnabled(self._setting_in.can_set_in())
        self.make_report.setEnabled(self._setting_in.can_set_in())
        if not self._setting_in.shows_differences:
            self.tables.hide_differences()

    def _set_in(self) -> None:
        self._setting_in.set_in()

    def _create(self) -> None:
        self._setting_in.create()

    # -- what is typed --------------------------------------------------------------------------------

    def _said(self) -> ReportInput | None:
        return self.tables.made.said if self.tables.made is not None else None

    def _say(self, label: str, said: ReportInput) -> None:
        association = self.shell.session.association
        self.shell.session.change(label, association, report_input.with_input(association, said))

    def _rest_chosen(self, follows: bool) -> None:
        said = self._said()
        if said is not None:
            label = "Övriga poster enligt budget" if follows else "Prognos bara för angivna poster"
            self._say(label, replace(said, forecasts=replace(said.forecasts, rest_as_budget=follows)))

    def _forecast_typed(self, post: str, text: str) -> None:
        said, table = self._said(), self.tables.current_table()
        if said is None or table is None:
            return
        try:
            amount = read_amount(text, is_cost=self._is_cost(post))
        except ValueError as error:
            self.shell.notify(Notice(text=str(error), state=State.MUST_MEND))
            return
        self._say(f"Prognos för {post}", report_input.with_forecast(said, post, amount))

    def _comment_typed(self, post: str, text: str) -> None:
        said, table = self._said(), self.tables.current_table()
        if said is None or table is None:
            return
        changed = report_input.with_comment(said, post, text, self._budget(post))
        if changed == said:
            if text:
                self.shell.notify(
                    Notice(
                        text=f"Skriv först en prognos för {post}. Sedan kan den kommenteras.",
                        state=State.NOTE,
                    )
                )
            return
        self._say(f"Kommentar till {post}", changed)

    def _is_cost(self, post: str) -> bool:
        table = self.tables.current_table()
        assert table is not None
        label = table.column_index(ColumnRole.LABEL) or 0
        return any(row.is_cost for row in table.rows if row.cells[label].text == post)

    def _budget(self, post: str) -> Decimal | None:
        table = self.tables.current_table()
        assert table is not None
        label, place = table.column_index(ColumnRole.LABEL) or 0, table.column_index(ColumnRole.BUDGET)
        if place is None:
            return None
        return next((row.cells[place].amount for row in table.rows if row.cells[label].text == post), None)

    # -- overrides ------------------------------------------------------------------------------------

    def _override(self, index: QModelIndex, proposed: Decimal | None = None, why: str = "") -> None:
        model = self.tables.model
        cell, table = model.cell(index), self.tables.current_table()
        if cell is None or table is None:
            return
        self._place = (table.purpose, model.post(index), model.column_title(index))
        where = f"{model.post(index)}, {model.column_title(index)}"
        self.override.show_cell(where, cell, proposed=proposed, why=why)

    def _mend(self, finding: FigureFinding) -> None:
        index = self.tables.grid.currentIndex()
        if index.isValid():
            self._override(index, finding.expected, "Räknat om så att summan stämmer")

    def _overridden(self, amount: Decimal, why: str) -> None:
        said, session = self._said(), self.shell.session
        if said is not None:
            purpose, row, column = self._place
            changed = report_input.with_override(
                said, purpose, row, column, amount, by=session.user, why=why, at=session.now
            )
            self._close_override()
            self._say(f"Ändra {row}, {column}", changed)

    def _taken_back(self) -> None:
        said = self._said()
        if said is not None:
            purpose, row, column = self._place
            self._close_override()
            self._say(
                f"Källans siffra för {row}, {column}",
                report_input.without_override(said, purpose, row, column),
            )

    def _close_override(self) -> None:
        self.override.hide()
        if self._books is not None:
            self.tables.grid.setFocus()


class _Reading:
    """The reading of a file, in the background, and a first report of it: a file without figures is told at once.

    The meetings are read too where they have not been yet: what is made of the file asks whether one fixed its budget.
    """

    def __init__(self, path: Path, today: date, workspace: Workspace) -> None:
        self._path, self._today, self._workspace = path, today, workspace

    def __call__(self, progress: Progress) -> object:
        sie = read_books(self._path, progress.step)
        progress.step()
        make_reports(Books(sie=sie), Wanted(), today=self._today)
        with suppress(UserError):  # the association's file was closed meanwhile
            self._workspace.read_all(lambda _done, _total: progress.give_way())
        return sie


class _Making:
    """The making of the reports, at once or in the background. ``turn`` tells an answer that has come too late."""

    def __init__(
        self,
        turn: int,
        books: Books,
        wanted: Wanted,
        association: Association,
        meetings: tuple[Meeting, ...],
        today: date,
    ) -> None:
        self._turn, self._books, self._wanted = turn, books, wanted
        self._association, self._meetings, self._today = association, meetings, today

    def __call__(self, _progress: Progress | None) -> tuple[int, MadeReports]:
        made = make_reports(self._books, self._wanted, self._association, self._meetings, today=self._today)
        return self._turn, made


def _is_year_before(previous: object, sie: object) -> bool:
    from finsam_desktop.sources.sie import SieFile

    assert isinstance(previous, SieFile)
    assert isinstance(sie, SieFile)
    before, now = previous.year(), sie.year()
    return (
        before is not None
        and now is not None
        and before.end < now.start
        and (now.start - before.end).days < 40
    )


def _new_title(made: MadeReports) -> str:
    period = made.tables[0].period
    until = "december" if made.tertial == 3 else ("april", "augusti")[made.tertial - 1]
    year = period.end.year if period else made.year
    return f"Tertialrapport {made.tertial}, januari–{until} {year}"
