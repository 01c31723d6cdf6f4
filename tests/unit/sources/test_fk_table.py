"""Försäkringskassan's table of 78 associations in 2020 is read as given: totals and every name."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from finsam_desktop.domain.figures import ColumnRole
from finsam_desktop.sources import figure_table, read_workbook, recognise_usual

FK_2020 = Path(__file__).parents[2] / "data" / "spreadsheets" / "fk_ansvarsfrihet_2020.csv"


def test_the_table_is_read_as_given() -> None:
    book = read_workbook(FK_2020)
    (table,) = (figure_table(book, found, read_on=date(2026, 9, 20)) for found in recognise_usual(book))
    assert len(table.rows) == 78

    def column(title: str) -> list[Decimal]:
        place = next(place for place, each in enumerate(table.columns) if each.title == title)
        return [amount for row in table.rows if (amount := row.cells[place].amount) is not None]

    assert sum(column("resultat_tkr")) == 33_529
    assert sum(column("utg_eget_kapital_tkr")) == 241_169
    assert sum(share <= 20 for share in column("eget_kap_per_medlbidrag_pct")) == 17
    label = table.column_index(ColumnRole.LABEL)
    assert label is not None
    names = [row.cells[label].text for row in table.rows]
    assert (names[0], names[-1]) == ("Östra södertörn", "Södra Norrbotten¹")
