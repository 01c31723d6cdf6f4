"""`finsam activity`: the teams, what is counted about them, and reading it from a workbook."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from finsam_desktop.commands.common import (
    DONE,
    FINDINGS,
    as_json,
    command,
    group,
    open_file,
    print_json,
    user,
)
from finsam_desktop.errors import UserError

if TYPE_CHECKING:
    from finsam_desktop.commands.listing import Listing
    from finsam_desktop.domain.activity import Indicator, Team
    from finsam_desktop.domain.association import Association


def add(commands: Any) -> None:
    """Add the commands."""
    activity = group(commands, "activity", "verksamheten: team, indikatorer och avläsningar")
    shown = command(activity, "list", _list, "visa teamens tal efter ett tertial, och vad som inte stämmer")
    _file(shown)
    _period(shown, needed=False)
    as_json(shown)
    team = command(activity, "team", _team, "lägg till ett team, eller ta bort det")
    _file(team)
    team.add_argument("name", metavar="NAMN")
    team.add_argument("--measure", metavar="INSATS", help="insatsen som teamet hör till")
    team.add_argument("--remove", action="store_true", help="ta bort teamet och dess avläsningar")
    standard = command(activity, "standard", _standard, "lägg in de vanliga indikatorerna")
    _file(standard)
    put = command(activity, "set", _set, "skriv in ett tal för ett team")
    _file(put)
    put.add_argument("team", metavar="TEAM", help="teamets namn, eller Samtliga")
    put.add_argument("indicator", metavar="INDIKATOR", help="indikatorns namn eller id")
    put.add_argument("value", metavar="TAL", help="till exempel 54 eller 74 procent; - tar bort talet")
    put.add_argument("--women", metavar="TAL", help="varav kvinnor")
    put.add_argument("--men", metavar="TAL", help="varav män")
    put.add_argument("--note", metavar="TEXT", default="")
    _period(put, needed=True)
    taken = command(activity, "import", _import, "läs in teamens tal ur en arbetsbok")
    _file(taken)
    taken.add_argument("source", metavar="KÄLLA", type=Path)
    taken.add_argument("--sheet", metavar="BLAD")
    taken.add_argument("--dry-run", action="store_true", help="visa bara vad som skulle ändras")
    _period(taken, needed=False)
    as_json(taken)


def _file(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FIL", type=Path)


def _period(parser: argparse.ArgumentParser, *, needed: bool) -> None:
    parser.add_argument("--year", metavar="ÅR", type=int, required=needed)
    parser.add_argument("--tertial", type=int, choices=(1, 2, 3), required=needed)


def show(listing: Listing, options: argparse.Namespace) -> None:
    """Print a listing as text, or as JSON where it is asked for."""
    print_json(listing.data) if options.json else print("\n".join(listing.lines))


def _list(options: argparse.Namespace) -> int:
    from finsam_desktop.commands import activity_listing

    with open_file(options.file, read_only=True) as workspace:
        association = workspace.association
        latest = activity_listing.latest_period(association)
        if latest is None and (options.year is None or options.tertial is None):
            raise UserError(
                "Inga avläsningar är inlagda.",
                advice="Läs in dem med `finsam activity import` eller `activity set`.",
            )
        year, tertial = options.year or (latest or (0, 0))[0], options.tertial or (latest or (0, 0))[1]
        listing = activity_listing.activity(association, year, tertial)
    show(listing, options)
    return FINDINGS if listing.data["findings"] else DONE


def _team(options: argparse.Namespace) -> int:
    from finsam_desktop.domain.activity import Team
    from finsam_desktop.domain.activity_tables import without_team

    with open_file(options.file) as workspace:
        before = workspace.association
        if options.remove:
            team = find_team(before, options.name)
            workspace.change(f"Ta bort {team.name}", before, without_team(before, team.id))
            print(f"{team.name} är borttaget.")
            return DONE
        measure_id = _measure_id(before, options.measure) if options.measure else ""
        known = next((t for t in before.teams if t.name.casefold() == options.name.casefold()), None)
        if known is not None:
            teams = tuple(replace(t, measure_id=measure_id) if t.id == known.id else t for t in before.teams)
        else:
            teams = (*before.teams, Team(name=options.name, measure_id=measure_id))
        workspace.change(f"Lägg till {options.name}", before, replace(before, teams=teams))
    print(f"{options.name} är inlagt.")
    return DONE


def _standard(options: argparse.Namespace) -> int:
    from finsam_desktop.domain.activity import STANDARD_INDICATORS

    with open_file(options.file) as workspace:
        before = workspace.association
        known = {each.name.casefold() for each in before.indicators} | {each.id for each in before.indicators}
        new = [e for e in STANDARD_INDICATORS if e.id not in known and e.name.casefold() not in known]
        if new:
            after = replace(before, indicators=(*before.indicators, *new))
            workspace.change("Lägg in vanliga indikatorer", before, after)
    print(f"Nya indikatorer: {'; '.join(each.name for each in new) or 'inga'}.")
    return DONE


def _set(options: argparse.Namespace) -> int:
    from finsam_desktop.domain.activity import Reading
    from finsam_desktop.domain.activity_checks import check_period
    from finsam_desktop.domain.activity_tables import ALL_TEAMS, with_readings

    with open_file(options.file) as workspace:
        before = workspace.association
        indicator = find_indicator(before, options.indicator)
        whole = options.team.casefold() == "samtliga"
        team_id = ALL_TEAMS if whole else find_team(before, options.team).id
        reading = Reading(
            team_id=team_id, indicator_id=indicator.id, year=options.year, tertial=options.tertial,
            total=_value(indicator, options.value), women=_value(indicator, options.women),
            men=_value(indicator, options.men), note=options.note, source=f"Inskrivet av {user()}",
        )  # fmt: skip
        after = with_readings(before, [reading])
        workspace.change(f"Ändra {options.team}, {indicator.name}", before, after)
        found = [
            each for each in check_period(after, options.year, options.tertial)
            if (each.team_id, each.indicator_id) == (team_id, indicator.id)
        ]  # fmt: skip
    print(f"{options.team}, {indicator.name}: talet är ändrat.")
    for each in found:
        print(f"! {each.title}. {each.text}")
    return FINDINGS if found else DONE


def _import(options: argparse.Namespace) -> int:
    from finsam_desktop.commands import activity_listing
    from finsam_desktop.files.activity_files import readings_from

    with open_file(options.file, read_only=options.dry_run) as workspace:
        before = workspace.association
        made = readings_from(
            before, options.source, year=options.year, tertial=options.tertial, sheet=options.sheet,
            today=date.today(),
        )  # fmt: skip
        written = bool(made.changes) and not options.dry_run
        if written:
            workspace.change(f"Läs in {len(made.changes)} avläsningar om teamen", before, made.after)
    show(activity_listing.imported(made, written=written), options)
    return DONE


def find_team(association: Association, name: str) -> Team:
    """The team of that name or id. UserError when there is none."""
    found = next(
        (t for t in association.teams if t.id == name or t.name.casefold() == name.casefold()), None
    )  # fmt: skip
    if found is None:
        names = ", ".join(team.name for team in association.teams) or "inga"
        raise UserError(f"Teamet {name} finns inte.", advice=f"Team i filen: {names}.")
    return found


def find_indicator(association: Association, name: str) -> Indicator:
    """The indicator of that name or id. UserError when there is none."""
    found = next(
        (i for i in association.indicators if i.id == name or i.name.casefold() == name.casefold()), None
    )  # fmt: skip
    if found is None:
        names = "; ".join(indicator.name for indicator in association.indicators) or "inga"
        raise UserError(
            f"Indikatorn {name} finns inte.",
            advice=f"Indikatorer i filen: {names}. `finsam activity standard` lägger in de vanliga.",
        )
    return found


def _measure_id(association: Association, name: str) -> str:
    found = next(
        (m for m in association.measures if m.id == name or m.name.casefold() == name.casefold()), None
    )  # fmt: skip
    if found is None:
        names = ", ".join(measure.name for measure in association.measures) or "inga"
        raise UserError(f"Insatsen {name} finns inte.", advice=f"Insatser i filen: {names}.")
    return found.id


def _value(indicator: Indicator, text: str | None) -> Decimal | None:
    from finsam_desktop.domain.activity import IndicatorUnit
    from finsam_desktop.domain.typed_numbers import UnreadableNumber, read_count, read_share

    if text is None:
        return None
    try:
        return read_share(text) if indicator.unit is IndicatorUnit.PERCENT else read_count(text)
    except UnreadableNumber as error:
        raise UserError(str(error), advice="Inget är ändrat.") from error
