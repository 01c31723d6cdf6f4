"""The notes of a meeting that does not decide (minnesanteckningar)."""

from __future__ import annotations

from .markup import Cell, loop_rows, paragraph, row, table, when
from .package import Template
from .samradsinbjudan import facts, talk_items
from .tjansteskrivelse import head, letter

_PARTICIPANTS = (60, 60, 40)


def template() -> Template:
    """The template minnesanteckningar.docx."""
    return letter(
        head()
        + facts()
        + when("participants", paragraph("Rubrik 1", "Deltagare") + _participants())
        + talk_items()
        + when("written_by", paragraph("Utfärdare", "Antecknat av {{ written_by }}"))
    )


def _participants() -> str:
    titles, fields = ("Namn", "Företräder", "Uppdrag"), ("name", "represents", "title")
    cells = [Cell(text=text, style="Tabellrubrik") for text in titles]
    line = row(_PARTICIPANTS, [Cell(text=f"{{{{ person.{field} }}}}") for field in fields])
    rows = [
        row(_PARTICIPANTS, cells, kind="header"),
        *loop_rows(_PARTICIPANTS, "person", "participants", line),
    ]
    return table(_PARTICIPANTS, rows, caption="Deltagare", description="De som deltog och vem de företräder")
