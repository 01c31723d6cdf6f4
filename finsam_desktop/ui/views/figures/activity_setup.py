"""What is followed: the teams and the indicators, with the usual ones in one step."""

from __future__ import annotations

import re
from dataclasses import replace

from PySide6.QtCore import QModelIndex

from finsam_desktop.domain.activity import (
    STANDARD_INDICATORS,
    Counting,
    Indicator,
    IndicatorUnit,
    Team,
)
from finsam_desktop.domain.activity_tables import indicator_of, without_indicator, without_team
from finsam_desktop.domain.association import Association
from finsam_desktop.ui.models.cells_model import KEY_ROLE, TableCell, TableColumn
from finsam_desktop.ui.view import Shell
from finsam_desktop.ui.views.section import Remarks, Section
from finsam_desktop.ui.widgets.buttons import secondary_button
from finsam_desktop.ui.widgets.edit_table import EditTable
from finsam_desktop.ui.widgets.fields import ChoiceField
from finsam_desktop.ui.widgets.forms import FormLine, FormRow
from finsam_desktop.ui.widgets.states import State

UNITS = (
    (IndicatorUnit.PERSONS, "Personer"), (IndicatorUnit.PERCENT, "Procent"), (IndicatorUnit.NUMBER, "Tal"),
)  # fmt: skip
COUNTED = (
    (Counting.YEAR, "Från årets början"), (Counting.PERIOD, "Under tertialet"),
    (Counting.STATE, "Läget vid periodens slut"),
)  # fmt: skip
_REMOVE = "Ta bort"


def with_standard(association: Association) -> Association:
    """The association with the usual indicators that it does not have."""
    known = {each.id for each in association.indicators}
    names = {each.name.casefold() for each in association.indicators}
    new = [each for each in STANDARD_INDICATORS if each.id not in known and each.name.casefold() not in names]
    return replace(association, indicators=(*association.indicators, *new))


class TeamsSection(Section):
    """The teams: name, insats and last year, written in place."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, "Team")
        self.table = EditTable("Team")
        self.remarks = Remarks("Kontroller, team")
        self.new = secondary_button("Nytt team", "plus")
        self.new.clicked.connect(self.add_team)
        self.measure = ChoiceField()
        self.measure.setMinimumContentsLength(20)
        self.measure.chosen.connect(self._measure_chosen)
        self._measure_row = FormRow("Insats som teamet hör till", self.measure)
        self.table.cells.edited.connect(self._written)
        self.table.verb_clicked.connect(self._verb)
        self.table.selectionModel().currentChanged.connect(self._chosen)
        self.add(self.table)
        self.add(self.remarks)
        self.add_row(self.new, self._measure_row)

    def flush(self) -> None:
        """Take in the cell that is being written."""
        self.table.flush()

    def fill(self) -> None:
        """Show the teams."""
        association = self.association
        names = {measure.id: measure.name for measure in association.measures}
        rows = tuple(
            (
                TableCell(text=team.name, key=team.id),
                TableCell(text=names.get(team.measure_id, ""), key=team.id),
                TableCell(text="" if team.ended is None else str(team.ended), key=team.id),
                TableCell(text=_REMOVE, key=team.id, verb=True),
            )
            for team in association.teams
        )
        columns = (
            TableColumn(title="Team"), TableColumn(title="Insats"), TableColumn(title="Sista året", right=True),
            TableColumn(title=""),
        )  # fmt: skip
        self.table.cells.set_cells(columns, rows, _name_or_year)
        self.table.stretch_column(0)
        self.table.fit_height()
        self.table.setVisible(bool(rows))
        self.head.set_fact(f"{len(rows)} team" if rows else "Inga team är inlagda")
        choices = ((("", "Ingen insats")), *((measure.id, measure.name) for measure in association.measures))
        self.measure.set_choices(choices)
        self._chosen()

    def add_team(self) -> None:
        """Add a team and open its name."""
        team = Team(name="Nytt team")
        if self.change("Lägg till team", replace(self.association, teams=(*self.association.teams, team))):
            self.fill()
            index = self.table.cells.index(self.table.cells.rowCount() - 1, 0)
            self.table.setCurrentIndex(index)
            self.table.setFocus()
            self.table.edit(index)

    def _team(self, index: QModelIndex) -> Team | None:
        key = str(index.siblingAtColumn(0).data(KEY_ROLE) or "")
        return next((team for team in self.association.teams if team.id == key), None)

    def _chosen(self, _now: QModelIndex | None = None, _before: QModelIndex | None = None) -> None:
        team = self._team(self.table.currentIndex())
        self._measure_row.setVisible(team is not None and bool(self.association.measures))
        if team is not None:
            self.measure.set_value(team.measure_id)

    def _measure_chosen(self, value: object) -> None:
        team = self._team(self.table.currentIndex())
        if team is not None:
            self._put(replace(team, measure_id=str(value)), f"Ändra insats för {team.name}")

    def _written(self, row: int, column: int, text: str) -> None:
        team = self._team(self.table.cells.index(row, 0))
        text = text.strip()
        if team is None:
            return
        self.remarks.show_remarks(())
        if column == 0 and text:
            self._put(replace(team, name=text), "Ändra teamets namn")
        elif column == 2 and (not text or re.fullmatch(r"20\d\d", text)):
            self._put(replace(team, ended=int(text) if text else None), f"Ändra sista år för {team.name}")
        elif column == 2:
            self.remarks.show_remarks(((State.MUST_MEND, f"”{text}” är inget år. Skriv till exempel 2026."),))

    def _put(self, team: Team, label: str) -> None:
        teams = tuple(team if each.id == team.id else each for each in self.association.teams)
        self.change(label, replace(self.association, teams=teams))
        self.fill()

    def _verb(self, index: QModelIndex) -> None:
        team = self._team(index)
        if team is not None:
            self.change(f"Ta bort {team.name}", without_team(self.association, team.id), tell=True)
            self.fill()


def _name_or_year(_row: int, column: int) -> bool:
    return column in (0, 2)


class IndicatorsSection(Section):
    """The indicators: the name in place, the rest in a form for the one that is chosen."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, "Indikatorer")
        self.table = EditTable("Indikatorer")
        self.standard = secondary_button("Lägg in de vanliga", "list-plus")
        self.standard.clicked.connect(self.add_standard)
        self.new = secondary_button("Ny indikator", "plus")
        self.new.clicked.connect(self.add_indicator)
        self.unit, self.counting = ChoiceField(UNITS), ChoiceField(COUNTED)
        self.by_sex = ChoiceField(((False, "Nej"), (True, "Ja")))
        self.part_of, self.count_of = ChoiceField(), ChoiceField()
        for field in (self.unit, self.counting, self.by_sex, self.part_of, self.count_of):
            field.chosen.connect(self._form_changed)
        self._count_row = FormRow("Antalet finns i", self.count_of)
        self.form = FormLine(
            (FormRow("Räknas i", self.unit), 2), (FormRow("Kvinnor och män", self.by_sex), 2),
            (FormRow("Räknas", self.counting), 3), (FormRow("Del av", self.part_of), 3), (self._count_row, 3),
        )  # fmt: skip
        self.table.cells.edited.connect(self._written)
        self.table.verb_clicked.connect(self._verb)
        self.table.selectionModel().currentChanged.connect(self._chosen)
        self.add(self.table)
        self.add_row(self.standard, self.new)
        self.add(self.form)

    def flush(self) -> None:
        """Take in the cell that is being written."""
        self.table.flush()

    def fill(self) -> None:
        """Show the indicators."""
        association = self.association
        units, counted = dict(UNITS), dict(COUNTED)
        names = {each.id: each.name for each in association.indicators}
        rows = tuple(
            (
                TableCell(text=each.name, key=each.id),
                TableCell(text=units[each.unit] + (", K och M" if each.by_sex else ""), key=each.id),
                TableCell(text=counted[each.counting], key=each.id),
                TableCell(text=names.get(each.part_of, ""), key=each.id),
                TableCell(text=_REMOVE, key=each.id, verb=True),
            )
            for each in association.indicators
        )
        columns = tuple(
            TableColumn(title=title) for title in ("Indikator", "Räknas i", "Räknas", "Del av", "")
        )
        self.table.cells.set_cells(columns, rows, _first_column)
        self.table.stretch_column(0)
        self.table.fit_height()
        self.table.setVisible(bool(rows))
        self.head.set_fact(f"{len(rows)} indikatorer" if rows else "Inga indikatorer är inlagda")
        self.standard.setVisible(with_standard(association) != association)
        self._chosen()

    def add_standard(self) -> None:
        """Take in the usual indicators."""
        self.change("Lägg in vanliga indikatorer", with_standard(self.association), tell=True)
        self.fill()

    def add_indicator(self) -> None:
        """Add an indicator and open its name."""
        new = Indicator(name="Ny indikator")
        after = replace(self.association, indicators=(*self.association.indicators, new))
        if self.change("Lägg till indikator", after):
            self.fill()
            index = self.table.cells.index(self.table.cells.rowCount() - 1, 0)
            self.table.setCurrentIndex(index)
            self.table.setFocus()
            self.table.edit(index)

    def _indicator(self, index: QModelIndex) -> Indicator | None:
        return indicator_of(self.association, str(index.siblingAtColumn(0).data(KEY_ROLE) or ""))

    def _chosen(self, _now: QModelIndex | None = None, _before: QModelIndex | None = None) -> None:
        indicator = self._indicator(self.table.currentIndex())
        self.form.setVisible(indicator is not None)
        if indicator is None:
            return
        counts = tuple(
            (each.id, each.name) for each in self.association.indicators
            if each.id != indicator.id and each.unit is not IndicatorUnit.PERCENT
        )  # fmt: skip
        for field in (self.part_of, self.count_of):
            field.set_choices((("", "Inget"), *counts))
        self.unit.set_value(indicator.unit)
        self.counting.set_value(indicator.counting)
        self.by_sex.set_value(indicator.by_sex)
        self.part_of.set_value(indicator.part_of)
        self.count_of.set_value(indicator.count_of)
        self._count_row.setVisible(indicator.unit is IndicatorUnit.PERCENT)

    def _form_changed(self, _value: object) -> None:
        indicator = self._indicator(self.table.currentIndex())
        unit, counting = self.unit.value(), self.counting.value()
        if indicator is None or not isinstance(unit, IndicatorUnit) or not isinstance(counting, Counting):
            return
        self._put(replace(
            indicator, unit=unit, counting=counting, by_sex=bool(self.by_sex.value()),
            part_of=str(self.part_of.value() or ""),
            count_of=str(self.count_of.value() or "") if unit is IndicatorUnit.PERCENT else "",
        ))  # fmt: skip

    def _written(self, row: int, _column: int, text: str) -> None:
        indicator = self._indicator(self.table.cells.index(row, 0))
        if indicator is not None and text.strip():
            self._put(replace(indicator, name=text.strip()))

    def _put(self, indicator: Indicator) -> None:
        after = tuple(indicator if each.id == indicator.id else each for each in self.association.indicators)
        self.change(f"Ändra {indicator.name}", replace(self.association, indicators=after))
        self.fill()

    def _verb(self, index: QModelIndex) -> None:
        indicator = self._indicator(index)
        if indicator is not None:
            self.change(
                f"Ta bort {indicator.name}", without_indicator(self.association, indicator.id), tell=True
            )
            self.fill()


def _first_column(_row: int, column: int) -> bool:
    return column == 0
