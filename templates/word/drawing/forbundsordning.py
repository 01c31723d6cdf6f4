"""The checklist for the förbundsordning: the eighteen points of the law, and where each is settled."""

from __future__ import annotations

from .kallelse import fact
from .markup import Cell, loop_rows, paragraph, row, table
from .package import Template
from .tjansteskrivelse import head, letter

_POINTS = (9, 81, 25, 45)


def template() -> Template:
    """The template forbundsordning.docx."""
    titles = ("Nr", "Förbundsordningen ska ange", "Plats", "Anmärkning")
    cells = [Cell(text=text, style="Tabellrubrik") for text in titles]
    point = paragraph("Tabelltext", "{{ point.title }}") + paragraph("Tabellkälla", "{{ point.text }}")
    line = row(
        _POINTS,
        [
            Cell(text="{{ point.number }}"),
            Cell(text=point),
            Cell(text="{{ point.place }}"),
            Cell(text="{{ point.note }}"),
        ],
    )
    rows = [row(_POINTS, cells, kind="header"), *loop_rows(_POINTS, "point", "charter.points", line)]
    return letter(
        head()
        + fact("Läge", "charter.state")
        + paragraph("Rubrik 1", "Arton punkter")
        + table(
            _POINTS,
            rows,
            caption="Förbundsordningens punkter",
            description="Lagens punkter, var i förbundsordningen de står och anmärkning",
        )
    )
