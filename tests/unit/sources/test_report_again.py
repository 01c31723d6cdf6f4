"""A standard report is read again from a later file: new amounts, the person's forecasts and note kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from finsam_desktop.domain.figures import ColumnRole, FigureTable, Post
from finsam_desktop.domain.forecasts import Forecast, Forecasts
from finsam_desktop.errors import UserError
from finsam_desktop.sources import compare, reread
from finsam_desktop.sources.account_plans import standard_plans
from finsam_desktop.sources.sie import read_sie
from finsam_desktop.sources.sie.reports import Selection, Span, report_by_objects, standard_reports
from finsam_desktop.storage import codec
from tests.unit.sources import sie_files

DAY = date(2026, 9, 20)
LATE = "#VER B 1 20260830\n{\n#TRANS 4510 {} 1000.25\n#TRANS 2440 {} -1000.25\n}\n"
FORECASTS = Forecasts(
    entries=(Forecast(post="Personal", amount=Decimal(-1_800_000), comment="Ny tjänst"),), rest_as_budget=True
)


def test_new_amounts_and_the_same_forecasts(tmp_path: Path) -> None:
    path = tmp_path / "bok.se"
    path.write_bytes(sie_files.made("4E").encode("cp437"))
    first = standard_reports(read_sie(path.read_bytes(), path.name), forecasts=FORECASTS, read_on=DAY)
    assert first.balance is not None
    assert compare(first.result, reread(first.result, path, read_on=DAY)) == ()
    path.write_bytes(path.read_bytes() + LATE.encode("cp437"))
    again = reread(replace(first.result, title="Vårt namn"), path, read_on=DAY)
    assert (again.id, again.title, again.note) == (first.result.id, "Vårt namn", first.result.note)
    assert [row.comment for row in again.rows if row.comment] == ["Ny tjänst"]
    forecast = [table.amount(Post.RESULT, ColumnRole.FULL_YEAR_FORECAST) for table in (first.result, again)]
    assert forecast[0] == forecast[1] is not None
    changed = {difference.row for difference in compare(first.result, again)}
    assert changed == {
        "Bidrag och köp av verksamhet", "Verksamhetens kostnader", "Verksamhetens resultat", "Periodens resultat",
    }  # fmt: skip
    balance = reread(first.balance, path, read_on=DAY)
    before, after = (t.amount(Post.RESULT, ColumnRole.OUTCOME) for t in (first.balance, balance))
    assert before is not None
    assert after == before - Decimal("1000.25")


def test_what_can_not_be_made_again_is_said(tmp_path: Path) -> None:
    content = sie_files.made("4E").encode("cp437")
    part = standard_reports(read_sie(content, "bok.se"), Selection(objects=((1, "100"),)), read_on=DAY).result
    with pytest.raises(UserError, match="gäller en del av förbundet"):
        reread(replace(part, made=None), tmp_path / "bok.se", read_on=DAY)  # as an older version kept it
    whole = standard_reports(read_sie(content, "bok.se"), read_on=DAY)
    with pytest.raises(UserError, match="finns inte längre"):
        reread(whole.result, tmp_path / "borta.se", read_on=DAY)
    path = tmp_path / "bok.si"
    path.write_bytes(sie_files.made("4I").encode("cp437"))
    assert whole.balance is not None
    with pytest.raises(UserError, match="inga ingående balanser"):
        reread(whole.balance, path, read_on=DAY)


def test_part_plan_and_last_years_file_are_remembered(tmp_path: Path) -> None:
    content = sie_files.made("4E").encode("cp437")
    path, before = tmp_path / "bok.se", tmp_path / "förra.se"
    path.write_bytes(content)
    # Last year's own file: a year earlier, with other amounts than the ones this year's file remembers.
    before.write_bytes(
        content.replace(b"2025", b"2024").replace(b"2026", b"2025").replace(b"-500000.00", b"-499000.00")
        .replace(b" 500000.00", b" 499000.00")
    )  # fmt: skip
    plan = next(plan for plan in standard_plans() if plan.name == "BAS")
    own = replace(
        plan, name="Egen", groups=(replace(plan.groups[0], title="Från medlemmarna"), *plan.groups[1:])
    )
    books, last_year = read_sie(content, path.name), read_sie(before.read_bytes(), before.name)
    selection = Selection(tertial=2, span=Span.ACCUMULATED, objects=((1, "100"),))
    part = standard_reports(books, selection, plan=own, previous=last_year, read_on=DAY).result
    whole = standard_reports(books, Selection(tertial=2), plan=own, previous=last_year, read_on=DAY).result
    by = report_by_objects(books, 1, Selection(tertial=2), plan=own, read_on=DAY)
    for table in (part, whole, by):
        assert table.made is not None
        assert table.made.plan == own
        assert compare(table, reread(table, path, read_on=DAY)) == ()
    before.unlink()
    again = reread(whole, path, read_on=DAY)
    assert compare(whole, again) == ()
    assert again.made == whole.made
    assert codec.decode(codec.encode(again), FigureTable) == again
