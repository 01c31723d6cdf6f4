"""The teams after a tertial, every indicator beside the next, written in place; and one indicator through the years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from PySide6.QtCore import QModelIndex

from finsam_desktop.domain.activity import Indicator, IndicatorUnit, Reading
from finsam_desktop.domain.activity_checks import check_period, is_small, small_counts
from finsam_desktop.domain.activity_tables import (
    ALL_TEAMS,
    Value,
    history,
    indicator_of,
    period_name,
    periods,
    reading_of,
    short_period,
    team_name,
    teams_in,
    value_of,
    with_readings,
)
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.typed_numbers import UnreadableNumber, read_count, read_share
from finsam_desktop.domain.wording import number, percent
from finsam_desktop.ui.models.cells_model import TableCell, TableColumn
from finsam_desktop.ui.view import Shell
from finsam_desktop.ui.views.section import Remarks, Section
from finsam_desktop.ui.widgets.edit_table import EditTable
from finsam_desktop.ui.widgets.fields import ChoiceField
from finsam_desktop.ui.widgets.forms import FormRow
from finsam_desktop.ui.widgets.indicator_chart import IndicatorChart, IndicatorPoint
from finsam_desktop.ui.widgets.prose_line import ProseLine
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.surfaces import Label

TERTIALS = ((1, "Tertial 1, januari–april"), (2, "Tertial 2, januari–augusti"), (3, "Helår"))
_YEARS_BACK = 4


@dataclass(frozen=True, slots=True)
class _Place:
    """What a cell stands for; ``part`` is total, women or men."""

    team_id: str
    indicator: Indicator
    year: int
    tertial: int
    part: str = "total"


def shown_value(indicator: Indicator, amount: Decimal | None) -> str:
    """A number as it stands in the table: "54", "79,6 %", nothing for not measured."""
    if amount is None:
        return ""
    if indicator.unit is IndicatorUnit.PERCENT:
        hundredths = amount * 100
        return percent(amount, 0 if hundredths == hundredths.to_integral_value() else 1)
    return number(amount, 0 if amount == amount.to_integral_value() else 1)


class _ReadingsSection(Section):
    """What both tables share: cells that stand for readings, and taking in what is written in them."""

    def __init__(self, shell: Shell, title: str, table: str) -> None:
        super().__init__(shell, title)
        self.table = EditTable(table)
        self.remarks = Remarks(f"Kontroller, {title.lower()}")
        self._places: tuple[tuple[_Place | None, ...], ...] = ()
        self._unread = ""
        self.table.cells.edited.connect(self._written)
        self.table.cells.pasted.connect(self._pasted)

    def flush(self) -> None:
        """Take in the cell that is being written."""
        self.table.flush()

    def can_edit(self, row: int, column: int) -> bool:
        """Whether a cell stands for a reading that a person writes."""
        inside = 0 <= row < len(self._places) and 0 <= column < len(self._places[row])
        return inside and self._places[row][column] is not None

    def _cell(self, place: _Place, value: Value) -> TableCell:
        amount = {"total": value.total, "women": value.women, "men": value.men}[place.part]
        few = place.indicator.unit is IndicatorUnit.PERSONS and is_small(amount)
        ours = value.derived and amount is not None and (place.part == "total" or place.team_id == ALL_TEAMS)
        return TableCell(text=shown_value(place.indicator, amount), doubt=few, tone="text2" if ours else None)

    def _written(self, row: int, column: int, text: str) -> None:
        self._take(row, column, ((text,),))

    def _pasted(self, row: int, column: int, rows: Sequence[Sequence[str]]) -> None:
        self._take(row, column, rows)

    def _take(self, first: int, left: int, rows: Sequence[Sequence[str]]) -> None:
        """Put in a block of texts from a cell on; all or nothing, as one step to undo."""
        changed: dict[tuple[str, str, int, int], Reading] = {}
        named = ""
        for down, texts in enumerate(rows):
            for right, text in enumerate(texts):
                row, column = first + down, left + right
                if not self.can_edit(row, column):
                    continue
                place = self._places[row][column]
                assert place is not None
                try:
                    amount = _read(place.indicator, text)
                except UnreadableNumber as error:
                    self._refuse(str(error))
                    return
                key = (place.team_id, place.indicator.id, place.year, place.tertial)
                old = changed.get(key) or reading_of(self.association, *key)
                old = old or Reading(
                    team_id=place.team_id,
                    indicator_id=place.indicator.id,
                    year=place.year,
                    tertial=place.tertial,
                )
                who = self._shell.session.user
                changed[key] = _with_part(replace(old, source=f"Inskrivet av {who}"), place.part, amount)
                named = f"{team_name(self.association, place.team_id)}, {place.indicator.name}"
        if not changed:
            return
        label = f"Ändra {named}" if len(changed) == 1 else f"Ändra {len(changed)} avläsningar"
        self._unread = ""
        self.change(label, with_readings(self.association, list(changed.values())))
        self.fill()

    def _refuse(self, why: str) -> None:
        self._unread = why
        self.fill()

    def fill(self) -> None:
        """Show the readings; a subclass says which."""
        raise NotImplementedError


class PeriodSection(_ReadingsSection):
    """All teams and indicators after one tertial."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, "Läget i teamen", "Avläsningar efter tertialet")
        today = shell.session.today
        self._noted: Reading | None = None
        self.year, self.tertial = ChoiceField(), ChoiceField(TERTIALS)
        self.tertial.setMinimumContentsLength(24)
        self.tertial.set_value(max(1, (today.month - 1) // 4))
        self.year.set_choices(tuple((year, str(year)) for year in self._years()))
        self.year.set_value(today.year if today.month > 4 else today.year - 1)
        if today.month <= 4:
            self.tertial.set_value(3)
        self.year.chosen.connect(self._period_chosen)
        self.tertial.chosen.connect(self._period_chosen)
        self.add_row(FormRow("År", self.year), FormRow("Period", self.tertial))
        self.note = ProseLine()
        self.note.edited.connect(self._note_written)
        self._note_row = FormRow("Anmärkning till talet", self.note)
        self.table.selectionModel().currentChanged.connect(self._cell_chosen)
        self.add(self.table)
        self.add(self.remarks)
        self.add(self._note_row)
        self.add(Label(
            "Skriv i cellerna eller klistra in från Excel. Grå tal är uträknade. Gul ram: färre än fem personer.",
            "meta", "text2", wrap=True,
        ))  # fmt: skip

    def _years(self) -> tuple[int, ...]:
        today = self._shell.session.today
        known = {year for year, _ in periods(self.association)} if self._shell.session.is_open else set()
        return tuple(sorted({today.year - back for back in range(_YEARS_BACK)} | known, reverse=True))

    def period(self) -> tuple[int, int]:
        """Year and tertial that are shown."""
        year, tertial = self.year.value(), self.tertial.value()
        return (year if isinstance(year, int) else self._shell.session.today.year), (
            tertial if isinstance(tertial, int) else 2
        )

    def show_period(self, year: int, tertial: int) -> None:
        """Show another period."""
        self.year.set_value(year)
        self.tertial.set_value(tertial)
        self.fill()

    def flush(self) -> None:
        super().flush()
        self.note.flush()

    def _at_hand(self) -> Reading | None:
        """The reading of the cell that is chosen; None where nothing is read."""
        index = self.table.currentIndex()
        if not self.can_edit(index.row(), index.column()):
            return None
        place = self._places[index.row()][index.column()]
        assert place is not None
        return reading_of(self.association, place.team_id, place.indicator.id, place.year, place.tertial)

    def _cell_chosen(self, _now: QModelIndex | None = None, _before: QModelIndex | None = None) -> None:
        self.note.flush()
        self._noted = self._at_hand()
        self._show_note()

    def _show_note(self) -> None:
        reading = self._noted
        self._note_row.setVisible(reading is not None)
        if reading is None:
            return
        indicator = indicator_of(self.association, reading.indicator_id)
        name = indicator.name if indicator is not None else ""
        self._note_row.set_label(f"Anmärkning till {team_name(self.association, reading.team_id)}, {name}")
        self._note_row.set_help(f"Källa: {reading.source}" if reading.source else "")
        self.note.set_text(reading.note)

    def _note_written(self, text: str) -> None:
        if self._noted is not None:
            self._noted = replace(self._noted, note=text)
            label = f"Ändra anmärkning till {team_name(self.association, self._noted.team_id)}"
            self.change(label, with_readings(self.association, [self._noted]), merge="reading-note")

    def _period_chosen(self, _value: object) -> None:
        self.flush()
        self._unread = ""
        self.fill()

    def fill(self) -> None:
        association, (year, tertial) = self.association, self.period()
        years = self._years()
        if self.year.count() != len(years):
            self.year.set_choices(tuple((each, str(each)) for each in years))
            self.year.set_value(year)
        self.head.set_fact(period_name(year, tertial)[0].upper() + period_name(year, tertial)[1:])
        columns, layout = [TableColumn(title="Team")], []
        for indicator in association.indicators:
            parts = (("total", ""), ("women", "K"), ("men", "M")) if indicator.by_sex else (("total", ""),)
            for part, letter in parts:
                title = letter if letter else _two_lines(indicator.name)
                columns.append(TableColumn(title=title, right=True))
                layout.append((indicator, part))
        rows, places = [], []
        teams = [team.id for team in teams_in(association, year)]
        for team_id in (*teams, *((ALL_TEAMS,) if len(teams) > 1 else ())):
            whole = team_id == ALL_TEAMS
            cells, spots = [TableCell(text=team_name(association, team_id), key=team_id, sum=whole)], [None]
            for indicator, part in layout:
                place = _Place(team_id, indicator, year, tertial, part)
                cell = self._cell(place, value_of(association, team_id, indicator, year, tertial))
                cells.append(replace(cell, sum=whole))
                spots.append(place)  # type: ignore[arg-type]
            rows.append(tuple(cells))
            places.append(tuple(spots))
        self._places = tuple(places)
        self.table.cells.set_cells(tuple(columns), tuple(rows), self.can_edit)
        self.table.stretch_column(0)
        self.table.fit_height()
        self.table.setVisible(bool(rows) and len(columns) > 1)
        self.remarks.show_remarks(self._findings(association, year, tertial))
        self._noted = self._at_hand()
        self._show_note()

    def _findings(self, association: Association, year: int, tertial: int) -> tuple[tuple[State, str], ...]:
        told = [(State.MUST_MEND, self._unread)] if self._unread else []
        told += [
            (State.CONSIDER, f"{found.title}. {found.text.rstrip('.')}.")
            for found in check_period(association, year, tertial)
        ]
        few = small_counts(association, year, tertial)
        if few:
            more = f" och {len(few) - 3} till" if len(few) > 3 else ""
            told.append((
                State.NOTE,
                f"Färre än fem personer: {'; '.join(few[:3])}{more}. Slå ihop team innan tabellen lämnas ut.",
            ))  # fmt: skip
        return tuple(told)


class HistorySection(_ReadingsSection):
    """One indicator: teams down, periods across, and a chart of the team that is chosen."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, "Över tid", "En indikator över tid")
        self.indicator = ChoiceField()
        self.indicator.setMinimumContentsLength(24)
        self.indicator.chosen.connect(self._indicator_chosen)
        self.chart = IndicatorChart()
        self._team_id = ALL_TEAMS
        self.table.selectionModel().currentChanged.connect(self._cell_chosen)
        self.add_row(FormRow("Indikator", self.indicator))
        self.add(self.table)
        self.add(self.remarks)
        self.add(self.chart)

    def _shown(self) -> Indicator | None:
        value = self.indicator.value()
        found = indicator_of(self.association, value) if isinstance(value, str) else None
        return found or next(iter(self.association.indicators), None)

    def _indicator_chosen(self, _value: object) -> None:
        self.flush()
        self._unread = ""
        self.fill()

    def _cell_chosen(self, index: QModelIndex, _before: QModelIndex) -> None:
        row = index.row()
        if 0 <= row < len(self._places):
            place = next((each for each in self._places[row] if each is not None), None)
            if place is not None and place.team_id != self._team_id:
                self._team_id = place.team_id
                self._draw()

    def fill(self) -> None:
        association = self.association
        choices = tuple((each.id, each.name) for each in association.indicators)
        chosen = self._shown()
        if [self.indicator.itemText(place) for place in range(self.indicator.count())] != [
            n for _, n in choices
        ]:
            self.indicator.set_choices(choices)
        self.indicator.set_value(chosen.id if chosen is not None else None)
        known = periods(association)
        self.setVisible(chosen is not None and bool(known))
        if chosen is None or not known:
            return
        columns = [TableColumn(title="Team")]
        columns += [TableColumn(title=short_period(*period), right=True) for period in known]
        rows, places = [], []
        for team_id in (*(team.id for team in association.teams), ALL_TEAMS):
            whole = team_id == ALL_TEAMS
            cells, spots = [TableCell(text=team_name(association, team_id), key=team_id, sum=whole)], [None]
            for year, tertial in known:
                place = _Place(team_id, chosen, year, tertial)
                cell = self._cell(place, value_of(association, team_id, chosen, year, tertial))
                cells.append(replace(cell, sum=whole))
                spots.append(place)  # type: ignore[arg-type]
            rows.append(tuple(cells))
            places.append(tuple(spots))
        self._places = tuple(places)
        self.table.cells.set_cells(tuple(columns), tuple(rows), self.can_edit)
        self.table.stretch_column(0)
        self.table.fit_height()
        self.remarks.show_remarks(((State.MUST_MEND, self._unread),) if self._unread else ())
        if self._team_id not in [team.id for team in association.teams]:
            self._team_id = ALL_TEAMS
        self._draw()

    def _draw(self) -> None:
        chosen = self._shown()
        if chosen is None:
            return
        points = tuple(
            IndicatorPoint(label=short_period(point.year, point.tertial), amount=point.value.total,
                           shown=shown_value(chosen, point.value.total), year=point.year)
            for point in history(self.association, self._team_id, chosen)
            if point.value.total is not None
        )  # fmt: skip
        self.chart.set_points(f"{chosen.name}, {team_name(self.association, self._team_id)}", points)


def _read(indicator: Indicator, text: str) -> Decimal | None:
    return read_share(text) if indicator.unit is IndicatorUnit.PERCENT else read_count(text)


def _with_part(reading: Reading, part: str, amount: Decimal | None) -> Reading:
    if part == "women":
        return replace(reading, women=amount)
    return replace(reading, men=amount) if part == "men" else replace(reading, total=amount)


def _two_lines(name: str) -> str:
    """ "Positiv lösning, andel" over two lines, so that the column stays narrow."""
    head, comma, rest = name.partition(", ")
    return f"{head},\n{rest}" if comma else name
