"""A standard report is read again from a later file: new amounts, the person's forecasts and note kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from finsam_desktop.domain.figures import ColumnRole, Post
from finsam_desktop.domain.forecasts import Forecast, Forecasts
from finsam_desktop.errors import UserError
from finsam_desktop.sources import compare, reread
from finsam_desktop.sources.sie import read_sie
from finsam_desktop.sources.sie.reports import Selection, standard_reports
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
    assert "Ny tjänst" in again.note
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
        reread(part, tmp_path / "bok.se", read_on=DAY)
    whole = standard_reports(read_sie(content, "bok.se"), read_on=DAY)
    with pytest.raises(UserError, match="gick inte att läsa"):
        reread(whole.result, tmp_path / "borta.se", read_on=DAY)
    path = tmp_path / "bok.si"
    path.write_bytes(sie_files.made("4I").encode("cp437"))
    assert whole.balance is not None
    with pytest.raises(UserError, match="inga ingående balanser"):
        reread(whole.balance, path, read_on=DAY)
