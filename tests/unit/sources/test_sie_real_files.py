"""Real files exported by a bookkeeping program are read whole; the oracle only counts lines and adds up amounts."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from finsam_desktop.sources.sie import read_sie
from finsam_desktop.sources.sie.balances import accumulated, balances
from tests.unit.sources.sie_files import oracle
from tests.unit.sources.test_sie import totals

FOLDER = Path(__file__).parents[2] / "data" / "sie"
FILES = sorted(path.name for path in FOLDER.iterdir() if path.suffix in (".se", ".si"))


@pytest.mark.parametrize("name", FILES)
def test_every_line_to_the_ore(name: str) -> None:
    content = (FOLDER / name).read_bytes()
    sie = read_sie(content, name)
    assert totals(sie) == oracle(content.decode("cp437"))
    assert sie.more_faults == 0


def test_the_four_types_of_one_year_agree() -> None:
    """The same company's year as types 1 to 4: the whole year's figures are the same, and so are the months'."""
    files = [
        read_sie((FOLDER / f"Sie{number}.se").read_bytes(), f"Sie{number}.se") for number in (1, 2, 3, 4)
    ]
    years = [
        {b.account: (b.opening, b.closing) for b in balances(sie, accumulated(sie, 3)) if b.closing}
        for sie in files
    ]
    assert years[0] == years[1] == years[2] == years[3]
    assert len(years[0]) > 90
    months = [
        {b.account: b.outcome for b in balances(sie, accumulated(sie, 2)) if b.outcome} for sie in files[1:]
    ]
    assert months[0] == months[1] == months[2]
    assert sum(months[0].values(), Decimal()) == 0
    assert [sie.kind.value for sie in files] == ["1", "2", "3", "4E"]
    assert {sie.encoding for sie in files} == {"cp437"}
