"""Readings out of a table of indicators: which column is which indicator, which row which team, and what changes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from finsam_desktop.domain.activity import (
    ACTIVE,
    FINISHED,
    NEW,
    SOLVED,
    SOLVED_SHARE,
    STANDARD_INDICATORS,
    Indicator,
    IndicatorUnit,
    Reading,
    Team,
)
from finsam_desktop.domain.activity_tables import (
    ALL_TEAMS,
    Value,
    indicator_of,
    reading_of,
    team_name,
    value_of,
    with_readings,
)
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.figures import ColumnKind, ColumnRole, FigureColumn, FigureTable, RowKind
from finsam_desktop.domain.wording import number, percent

_SEX: Final = (
    ("women", re.compile(r"[\s,(]*\b(?:kvinnor|kv|k)\b\)?\s*$", re.IGNORECASE)),
    ("men", re.compile(r"[\s,(]*\b(?:män|m)\b\)?\s*$", re.IGNORECASE)),
)
_TOTAL: Final = re.compile(r"^\s*(?:summa|totalt?|samtliga|alla(?: team)?)\b", re.IGNORECASE)
_TERTIALS: Final = {4: 1, 8: 2, 12: 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadChange:
    """One number that the table gives: for which team and indicator, what stood there before, and what would stand."""

    team: str
    indicator: str
    before: str
    after: str
    source: str

    @property
    def is_new(self) -> bool:
        """Whether nothing was read there before."""
        return not self.before


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityImport:
    """What a table would do: the association after it, its changes, and what is new or worth knowing."""

    after: Association
    year: int
    tertial: int
    changes: tuple[ReadChange, ...] = ()
    new_teams: tuple[str, ...] = ()
    new_indicators: tuple[str, ...] = ()
    unchanged: int = 0
    remarks: tuple[str, ...] = ()


def period_of(table: FigureTable) -> tuple[int, int] | None:
    """Year and tertial that a table covers; None when it does not say, or ends in another month."""
    if table.period is None or table.period.end.month not in _TERTIALS:
        return None
    return table.period.end.year, _TERTIALS[table.period.end.month]


def from_table(association: Association, table: FigureTable, year: int, tertial: int) -> ActivityImport:
    """What ``table`` says of the teams after a tertial. Teams and indicators not known before are added.

    A column of women and one of men become one indicator. Cells without a number are left as they are.
    """
    label = table.column_index(ColumnRole.LABEL)
    places = [
        place for place, column in enumerate(table.columns)
        if column.kind in (ColumnKind.COUNT, ColumnKind.PERCENT) and place != label
    ]  # fmt: skip
    indicators, new_indicators = _indicators(association, [table.columns[place] for place in places])
    teams = list(association.teams)
    new_teams: list[str] = []
    found: dict[tuple[str, str], Reading] = {}
    for row in table.rows:
        name = row.cells[label].text.strip() if label is not None else ""
        if row.kind is RowKind.HEADING or not name:
            continue
        if row.kind is not RowKind.ROW or _TOTAL.match(name):
            team_id = ALL_TEAMS
        else:
            team = next((each for each in teams if each.name.casefold() == name.casefold()), None)
            if team is None:
                team = Team(name=name)
                teams.append(team)
                new_teams.append(name)
            team_id = team.id
        for place in places:
            amount = row.cells[place].amount
            if amount is None:
                continue
            indicator, sex = indicators[table.columns[place].title]
            key = (team_id, indicator.id)
            source = _source(table, row.cells[place].address)
            reading = found.get(key) or Reading(
                team_id=team_id, indicator_id=indicator.id, year=year, tertial=tertial, source=source
            )
            found[key] = _with(reading, sex, amount)
    known = {each.id for each in association.indicators}
    fresh = tuple(each for each in new_indicators if each.id not in known)
    base = replace(association, teams=tuple(teams), indicators=(*association.indicators, *fresh))
    return _compared(association, base, list(found.values()), year, tertial, new_teams,
                     [each.name for each in fresh])  # fmt: skip


def value_in_words(indicator: Indicator, reading: Reading | None) -> str:
    """ "23 (12 kvinnor, 11 män)", "61 %"; empty when nothing is read."""
    if reading is None or reading.is_empty:
        return ""
    if indicator.unit is IndicatorUnit.PERCENT:
        return "" if reading.total is None else percent(reading.total, _decimals(reading.total * 100))
    parts = [
        f"{number(part, _decimals(part))} {word}"
        for part, word in ((reading.women, "kvinnor"), (reading.men, "män"))
        if part is not None
    ]
    total = "" if reading.total is None else number(reading.total, _decimals(reading.total))
    return total + (f" ({', '.join(parts)})" if total and parts else ", ".join(parts))


def _decimals(value: Decimal) -> int:
    return 0 if value == value.to_integral_value() else 1


def _compared(
    before: Association, base: Association, readings: list[Reading], year: int, tertial: int,
    new_teams: list[str], new_indicators: list[str],
) -> ActivityImport:  # fmt: skip
    """What differs. A percentage or total that is worked out to the same is no reading of its own, and left out."""
    changes, unchanged = [], 0
    after = base
    # Counts of the teams come first: what is worked out of them is then held against what the table says.
    for reading in sorted(readings, key=lambda each: _is_worked_out(base, each)):
        indicator = indicator_of(base, reading.indicator_id)
        assert indicator is not None
        old = reading_of(before, reading.team_id, reading.indicator_id, year, tertial)
        if _says_the_same(indicator, value_of(after, reading.team_id, indicator, year, tertial), reading):
            unchanged += 1
            continue
        after = with_readings(after, [replace(reading, note=old.note) if old is not None else reading])
        changes.append(
            ReadChange(
                team=team_name(base, reading.team_id), indicator=indicator.name,
                before=value_in_words(indicator, old), after=value_in_words(indicator, reading),
                source=reading.source,
            )
        )  # fmt: skip
    remarks = () if readings else ("Tabellen har inga tal att läsa in.",)
    return ActivityImport(
        after=after, year=year, tertial=tertial, changes=tuple(changes),
        new_teams=tuple(new_teams), new_indicators=tuple(new_indicators), unchanged=unchanged, remarks=remarks,
    )  # fmt: skip


def _is_worked_out(association: Association, reading: Reading) -> bool:
    indicator = indicator_of(association, reading.indicator_id)
    return reading.team_id == ALL_TEAMS or (indicator is not None and indicator.unit is IndicatorUnit.PERCENT)


def _says_the_same(indicator: Indicator, known: Value, read: Reading) -> bool:
    """Whether all that was read is known: a percentage to the whole percent it is written in."""
    total = read.total
    if total is None and read.women is not None and read.men is not None:
        total = read.women + read.men
    if indicator.unit is IndicatorUnit.PERCENT and total is not None and known.total is not None:
        exact = abs(known.total - total) < Decimal("0.00005")
        return exact or known.total.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP) == total
    parts = ((total, known.total), (read.women, known.women), (read.men, known.men))
    return all(told is None or told == there for told, there in parts)


def _with(reading: Reading, sex: str, amount: Decimal) -> Reading:
    if sex == "women":
        return replace(reading, women=amount)
    return replace(reading, men=amount) if sex == "men" else replace(reading, total=amount)


def _indicators(
    association: Association, columns: list[FigureColumn]
) -> tuple[dict[str, tuple[Indicator, str]], list[Indicator]]:
    """Each column's indicator and sex by its title, and the indicators that are new, with the standard's links."""
    made: dict[str, tuple[Indicator, str]] = {}
    new: list[Indicator] = []
    by_sex = {_split(column.title)[0].casefold() for column in columns if _split(column.title)[1]}
    for column in columns:
        base, sex = _split(column.title)
        indicator = _known((*association.indicators, *new), base, column.kind)
        if indicator is None:
            standard = _known(STANDARD_INDICATORS, base, column.kind)
            taken = {each.id for each in (*association.indicators, *new)}
            indicator = (
                standard if standard is not None and standard.id not in taken
                else Indicator(name=base or column.title, unit=_unit(column.kind))
            )  # fmt: skip
            indicator = replace(indicator, by_sex=base.casefold() in by_sex)
            new.append(indicator)
        made[column.title] = (indicator, sex)
    return made, new


def _known(indicators: tuple[Indicator, ...], name: str, kind: ColumnKind) -> Indicator | None:
    """The indicator of that name, else the standard one that the words mean, of the column's kind."""
    of_kind = [
        each for each in indicators if (each.unit is IndicatorUnit.PERCENT) == (kind is ColumnKind.PERCENT)
    ]
    low = name.casefold()
    same = next((each for each in of_kind if each.name.casefold() == low), None)
    if same is not None:
        return same
    meant = _meant(low, kind)
    return next((each for each in of_kind if each.id == meant), None)


def _meant(low: str, kind: ColumnKind) -> str:
    if "positiv lösning" in low or "positiva lösningar" in low:
        return SOLVED_SHARE if kind is ColumnKind.PERCENT else SOLVED
    words = ((r"\baktiva|\bpågående", ACTIVE), (r"\bavslutade", FINISHED), (r"\bnya\b", NEW))
    return next((each for pattern, each in words if re.search(pattern, low)), "")


def _split(title: str) -> tuple[str, str]:
    for sex, pattern in _SEX:
        base = pattern.sub("", title).strip(" ,")
        if base != title.strip(" ,") and base:
            return base, sex
    return title.strip(), ""


def _unit(kind: ColumnKind) -> IndicatorUnit:
    return IndicatorUnit.PERCENT if kind is ColumnKind.PERCENT else IndicatorUnit.PERSONS


def _source(table: FigureTable, address: str) -> str:
    if table.source is None:
        return address
    return ", ".join(part for part in (table.source.file_name, table.source.sheet, address) if part)
