"""Verksamhet: what is counted about the teams, period by period, and what is followed. A tab of Siffror."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QPushButton, QWidget

from finsam_desktop.ui.view import Shell
from finsam_desktop.ui.views.figures.activity_import import ActivityImportSection
from finsam_desktop.ui.views.figures.activity_periods import HistorySection, PeriodSection
from finsam_desktop.ui.views.figures.activity_setup import IndicatorsSection, TeamsSection
from finsam_desktop.ui.views.page import Page
from finsam_desktop.ui.widgets.buttons import secondary_button
from finsam_desktop.ui.widgets.empty_state import EmptyState

WORKBOOKS = "Kalkylblad (*.xlsx *.xlsm *.xls *.ods *.csv *.tsv)"


class ActivityPane(Page):
    """Sections one below the other; the tables of numbers come first, what is followed last."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__("Verksamhet", text_width=900, parent=parent)
        self._shell = shell
        self.fetch = secondary_button("Hämta från Excel", "file-spreadsheet")
        self.fetch.clicked.connect(self._choose_file)
        self.preview = ActivityImportSection(shell)
        self.preview.taken.connect(self._taken)
        self.empty = EmptyState(
            "Här följs samordningsteamen och insatserna, tertial för tertial.",
            "Lägg in teamen och vad som räknas, eller hämta en tabell med team från Excel.",
            "Lägg in vanliga indikatorer",
            icon="list-plus",
            margins=False,
        )
        self.empty.action_pressed.connect(self._start)
        self.empty.example_pressed.connect(shell.open_example)
        self.period = PeriodSection(shell)
        self.history = HistorySection(shell)
        self.teams = TeamsSection(shell)
        self.indicators = IndicatorsSection(shell)
        self._sections = (self.period, self.history, self.teams, self.indicators)
        for place, widget in enumerate((self.preview, self.empty, *self._sections)):
            self.add(widget, space_before=12 if place > 2 else 0)
        self.refresh()

    # -- what the place asks --------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the association as it is."""
        if not self._shell.session.is_open:
            return
        association = self._shell.session.association
        followed = bool(association.teams or association.indicators)
        self.empty.setVisible(not followed)
        self.period.setVisible(bool(association.teams and association.indicators))
        self.teams.setVisible(followed)
        self.indicators.setVisible(followed)
        self.preview.fill()
        for section in self._sections:
            section.fill()

    def flush(self) -> None:
        """Take in what is being typed."""
        for section in self._sections:
            section.flush()

    def head_widgets(self) -> tuple[QWidget, ...]:
        """Buttons for the head of the place."""
        return (self.fetch,)

    def primary(self) -> QPushButton | None:
        """What Ctrl+Enter presses: reading in what is previewed."""
        return self.preview.take if not self.preview.isHidden() else None

    def panes(self) -> tuple[QWidget, ...]:
        """Where F6 goes."""
        return (self.period.table, self.history.table, self.teams.table, self.indicators.table)

    def show_target(self, target: str) -> None:
        """ "2026/2" is a period."""
        year, _, tertial = target.partition("/")
        if year.isdigit() and tertial in ("1", "2", "3"):
            self.period.show_period(int(year), int(tertial))

    def open_file(self, path: Path) -> None:
        """Show what a workbook would change."""
        self.flush()
        self.preview.open_file(path, *self.period.period())

    # -- doing ----------------------------------------------------------------------------------------

    def _choose_file(self) -> None:
        self._shell.dialogs.open_file("Hämta avläsningar från en fil", WORKBOOKS, self.open_file)

    def _taken(self, year: int, tertial: int) -> None:
        self.refresh()
        self.period.show_period(year, tertial)
        self.period.table.setFocus()

    def _start(self) -> None:
        self.indicators.add_standard()
        self.refresh()
        self.teams.new.setFocus()
