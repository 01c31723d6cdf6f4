"""The plan of a year's meetings (sammanträdesplan): a table with the days that follow from each."""

from __future__ import annotations

from .kallelse import fact
from .markup import Cell, each, loop_rows, paragraph, row, table, when
from .package import Template
from .tjansteskrivelse import head, letter

_PLAN = (20, 24, 26, 42, 24, 24)


def template() -> Template:
    """The template sammantradesplan.docx."""
    return letter(
        head()
        + fact("Plats", "plan.places")
        + fact("Kallelse", "plan.notice")
        + paragraph("Rubrik 1", "Sammanträden")
        + when("plan.rows", _table())
        + when("not plan.rows", paragraph("Normal", "Inga sammanträden är planerade."))
        + paragraph("Rubrik 1", "Dagar enligt lag")
        + each("sentence", "plan.lawful", paragraph("Punktlista", "{{ sentence }}"))
    )


def _table() -> str:
    titles = ("Veckodag", "Datum", "Klockan", "Slag", "Kallelse\nsenast", "Justeras\nsenast")
    fields = ("weekday", "date", "time", "kind", "notice", "adjusted")
    cells = [Cell(text=text, style="Tabellrubrik") for text in titles]
    line = row(_PLAN, [Cell(text=f"{{{{ line.{field} }}}}") for field in fields])
    rows = [row(_PLAN, cells, kind="header"), *loop_rows(_PLAN, "line", "plan.rows", line)]
    return table(
        _PLAN,
        rows,
        caption="Sammanträden",
        description="Årets sammanträden med dag, tid, slag, kallelse och justering",
    )
