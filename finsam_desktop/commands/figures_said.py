"""`finsam figures said`, `forecast`, `override`, `recount` and `years`: what people say of figures, and the years."""

from __future__ import annotations

import argparse
import re
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from finsam_desktop.commands.common import (
    DONE,
    FINDINGS,
    as_json,
    command,
    file_and_meeting,
    open_file,
    print_json,
)
from finsam_desktop.errors import UserError

_KRONOR = re.compile(r"[-+]?\d{1,15}(\.\d{1,2})?")


def add_to_figures(figures: Any) -> None:
    """Add the commands to the group `finsam figures`."""
    said = command(figures, "said", _said, "visa prognoser och ändrade siffror som är sparade")
    said.add_argument("file", metavar="FIL", type=Path)
    as_json(said)

    forecast = command(figures, "forecast", _forecast, "spara prognoser för en periods rapporter")
    _period(forecast)
    forecast.add_argument(
        "posts", metavar="POST=KRONOR[=KOMMENTAR]", nargs="*",
        help="kostnader med minus; utan kronor tas prognosen bort",
    )  # fmt: skip
    rest = forecast.add_mutually_exclusive_group()
    rest.add_argument("--rest-as-budget", action="store_true", help="övriga poster följer budgeten")
    rest.add_argument("--rest-open", action="store_true", help="övriga poster har ingen prognos")

    override = command(figures, "override", _override, "ändra en siffra i en periods rapporter")
    _period(override)
    override.add_argument("row", metavar="RAD", help="posten, som den heter i rapporten")
    override.add_argument("column", metavar="KOLUMN", help="kolumnen, till exempel ”Utfall jan–aug 2026”")
    override.add_argument(
        "amount", metavar="KRONOR", type=_kronor, nargs="?", help="kostnader med minus; utan tas ändringen bort"
    )  # fmt: skip
    override.add_argument("--why", metavar="TEXT", default="", help="varför siffran ändras")
    override.add_argument("--balance", action="store_true", help="i balansrapporten")

    recount = command(
        figures, "recount", _recount, "räkna om en siffra som inte stämmer i ett ärendes tabell"
    )
    file_and_meeting(recount)
    recount.add_argument("item", metavar="ÄRENDE", help="ärendets nummer, till exempel 5 eller 5B")
    recount.add_argument("cell", metavar="CELL", help="cellen i källan, till exempel B16")
    recount.add_argument("--back", action="store_true", help="ta tillbaka källans siffra")

    years = command(figures, "years", _years, "visa budget, utfall, resultat och eget kapital år för år")
    years.add_argument("file", metavar="FIL", type=Path)
    as_json(years)


def _period(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FIL", type=Path)
    parser.add_argument("year", metavar="ÅR", type=int)
    parser.add_argument("tertial", metavar="TERTIAL", type=int, choices=(1, 2, 3), help="3 är hela året")
    parser.add_argument(
        "--part", metavar="DEL", default="", help="delen av förbundet, som rapporten kallar den"
    )


def _kronor(text: str) -> Decimal:
    digits = re.sub(r"[\s\u00a0\u202f]", "", text).replace("−", "-").replace(",", ".")
    if not _KRONOR.fullmatch(digits):
        raise argparse.ArgumentTypeError(f"{text} är inte kronor, skriv som -2300000")
    return Decimal(digits)


def _said(options: argparse.Namespace) -> int:
    from finsam_desktop.domain import wording

    with open_file(options.file, read_only=True) as workspace:
        inputs = workspace.association.report_inputs
    if options.json:
        print_json([
            {
                "year": each.year, "tertial": each.tertial, "part": each.part,
                "rest_as_budget": each.forecasts.rest_as_budget,
                "forecasts": [
                    {"post": one.post, "amount": str(one.amount), "comment": one.comment}
                    for one in each.forecasts.entries
                ],
                "overrides": [
                    {
                        "report": one.purpose.value, "row": one.row, "column": one.column,
                        "amount": str(one.amount), "by": one.by, "why": one.why, "at": one.at.isoformat(),
                    }
                    for one in each.overrides
                ],
            }
            for each in inputs
        ])  # fmt: skip
        return DONE
    for each in inputs:
        print(f"{each.year}, {'helår' if each.tertial == 3 else f'tertial {each.tertial}'}"
              + (f", {each.part}" if each.part else ""))  # fmt: skip
        for entry in each.forecasts.entries:
            comment = f". {entry.comment}" if entry.comment else ""
            print(f"  Prognos {entry.post}: {wording.number(entry.amount, 2)} kr{comment}")
        if each.forecasts.rest_as_budget:
            print("  Övriga poster enligt budget")
        for one in each.overrides:
            amount = wording.number(one.amount, 2)
            print(f"  Ändrat {one.row}, {one.column}: {amount} kr. {one.why} ({one.by} {one.at:%Y-%m-%d})")
    if not inputs:
        print("Inga prognoser eller ändrade siffror är sparade.")
    return DONE


def _forecast(options: argparse.Namespace) -> int:
    from finsam_desktop.domain.report_input import input_for, with_comment, with_forecast, with_input
    from finsam_desktop.sources.forecasts import forecast_from_text

    with open_file(options.file) as workspace:
        before = workspace.association
        said = input_for(before, options.year, options.tertial, options.part)
        for text in options.posts:
            post, equals, rest = text.partition("=")
            if equals and not rest.strip():
                said = with_forecast(said, post.strip(), None)
                continue
            entry = forecast_from_text(text)
            said = with_forecast(said, entry.post, entry.amount)
            if entry.comment:
                said = with_comment(said, entry.post, entry.comment, None)
        if options.rest_as_budget or options.rest_open:
            forecasts = replace(said.forecasts, rest_as_budget=options.rest_as_budget)
            said = replace(said, forecasts=forecasts)
        after = with_input(before, said)
        if after != before:
            workspace.change(f"Prognoser för tertial {options.tertial} {options.year}", before, after)
    print(f"{len(said.forecasts.entries)} prognoser är sparade för tertial {options.tertial} {options.year}.")
    return DONE


def _override(options: argparse.Namespace) -> int:
    from finsam_desktop.commands.common import user
    from finsam_desktop.domain.figures import Purpose
    from finsam_desktop.domain.report_input import input_for, with_input, with_override, without_override

    purpose = Purpose.BALANCE_SHEET if options.balance else Purpose.INCOME_STATEMENT
    with open_file(options.file) as workspace:
        before = workspace.association
        said = input_for(before, options.year, options.tertial, options.part)
        if options.amount is None:
            changed = without_override(said, purpose, options.row, options.column)
            if changed == said:
                raise UserError(
                    f"{options.row}, {options.column} är inte ändrad.",
                    advice="”finsam figures said” visar vad som är ändrat.",
                )
        elif not options.why.strip():
            raise UserError(
                "Skriv varför siffran ändras.",
                advice="Lägg till --why. Det följer med tabellen till ärendet.",
            )
        else:
            changed = with_override(
                said, purpose, options.row, options.column, options.amount,
                by=user(), why=options.why.strip(), at=datetime.now().replace(microsecond=0),
            )  # fmt: skip
        workspace.change(f"Ändra {options.row}, {options.column}", before, with_input(before, changed))
    print(
        f"{options.row}, {options.column} "
        + ("är ändrad." if options.amount is not None else "är som källan säger.")
    )
    return DONE


def _recount(options: argparse.Namespace) -> int:
    from finsam_desktop.attach_figures import find_item
    from finsam_desktop.commands.common import user
    from finsam_desktop.domain import agenda, wording
    from finsam_desktop.domain.figures_checks import check_table

    with open_file(options.file) as workspace:
        meeting = workspace.find_meeting(options.meeting)
        item = find_item(meeting, options.item)
        made = None
        for place, table in enumerate(item.figures):
            if options.back:
                found = next(
                    ((r, c) for r, row in enumerate(table.rows) for c, cell in enumerate(row.cells)
                     if cell.address == options.cell and cell.override is not None), None,
                )  # fmt: skip
                if found is not None:
                    made = place, table.without_override(*found), "är som källan säger"
            else:
                wrong = next(
                    (f for f in check_table(table) if f.address == options.cell and f.expected is not None),
                    None,
                )
                if wrong is not None and wrong.row is not None and wrong.column is not None:
                    assert wrong.expected is not None
                    changed = table.with_override(
                        wrong.row, wrong.column, wrong.expected, by=user(),
                        why="Räknat om så att summan stämmer", at=datetime.now().replace(microsecond=0),
                    )  # fmt: skip
                    made = place, changed, f"är omräknad till {wording.number(wrong.expected, 2)}"
            if made is not None:
                break
        if made is None:
            what = "ta tillbaka" if options.back else "räkna om"
            raise UserError(
                f"{options.cell} har inget att {what} i ärende {options.item}.",
                advice="”finsam check” visar vilka siffror som inte stämmer.",
            )
        place, table, words = made
        figures = (*item.figures[:place], table, *item.figures[place + 1 :])
        items = agenda.update(meeting.items, item.id, lambda one: replace(one, figures=figures))
        workspace.change(f"Räkna om {options.cell}", meeting, replace(meeting, items=items))
    print(f"{options.cell} {words}. Källfilen är inte ändrad.")
    return DONE


def _years(options: argparse.Namespace) -> int:
    from finsam_desktop.domain import wording
    from finsam_desktop.domain.economy_years import Certainty, YearFigure, economy_years

    with open_file(options.file, read_only=True) as workspace:
        years = economy_years(workspace.association, workspace.meetings)
    names = ("budget", "costs", "result", "equity")
    if options.json:
        print_json([
            {"year": year.year, **{
                name: None if (figure := getattr(year, name)) is None else {
                    "amount": str(figure.amount), "certainty": figure.certainty.value,
                    "meeting": figure.meeting_id, "item": figure.item_id, "plan": figure.plan_year or None,
                }
                for name in names
            }}
            for year in years
        ])  # fmt: skip
        return DONE

    def shown(figure: YearFigure | None) -> str:
        if figure is None:
            return "–"
        kind = {Certainty.OUTCOME: "", Certainty.FORECAST: " prognos", Certainty.PLAN: " plan"}[
            figure.certainty
        ]
        return f"{wording.amount(figure.amount)}{kind}"

    print(f"{'År':<6}{'Budget':>22}{'Kostnader':>22}{'Resultat':>22}{'Eget kapital':>22}")
    for year in years:
        print(f"{year.year:<6}" + "".join(f"{shown(getattr(year, name)):>22}" for name in names))
    if not years:
        print("Inget ärende har en resultatrapport eller balansrapport än, och ingen plan är skriven.")
    return DONE if years else FINDINGS
