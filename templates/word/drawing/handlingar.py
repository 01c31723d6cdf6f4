"""The contents page of a pack (handlingar): what is in it and where, item by item."""

from __future__ import annotations

from .markup import Cell, paragraph, row, run, table, when
from .package import Template
from .page import letter_footer, letterhead, running_header, section
from .tjansteskrivelse import head

_CONTENTS = (18, 102, 18, 22)
_NUMBERS = ("pages", "first_page")


def template() -> Template:
    """The template handlingar.docx."""
    return Template(
        body=head()
        + paragraph("Rubrik 1", "Innehåll")
        + _table()
        + when("pack.note", paragraph("Tabellnot", "{{ pack.note }}"))
        + section(),
        first_header=letterhead("document.date", "document.reference"),
        header=running_header(),
        # The page of the pack counts here, and no page of the contents' own.
        first_footer=letter_footer(page_number=False),
        footer=paragraph("Sidfot"),
    )


def _table() -> str:
    head_cells = [
        Cell(text=text, style=f"Tabellrubrik{' tal' if place > 1 else ''}")
        for place, text in enumerate(("Punkt", "Handling", "Sidor", "Från sida"))
    ]
    rows = [
        row(_CONTENTS, head_cells, kind="header"),
        _tag("for group in pack.groups"),
        _tag("if group.papers"),
        _line("group", "{{ group.number }}", strong=True, kind="above"),
        _tag("else"),
        _line("group", "{{ group.number }}", strong=True),
        _tag("endif"),
        _tag("for paper in group.papers"),
        _tag("if loop.last"),
        _line("paper", "", kind="last"),
        _tag("else"),
        _line("paper", "", kind="within"),
        _tag("endif"),
        _tag("endfor"),
        _tag("endfor"),
    ]
    return table(
        _CONTENTS,
        rows,
        caption="Innehåll",
        description="Handlingarna punkt för punkt, med antal sidor och sidan där var och en börjar",
    )


def _tag(tag: str) -> str:
    return row(_CONTENTS, [Cell(text=f"{{%tr {tag} %}}", span=len(_CONTENTS))])


def _line(name: str, number: str, *, strong: bool = False, kind: str = "row") -> str:
    title = paragraph(
        "Tabelltext",
        run(f"{{{{ {name}.title }}}}", "Stark" if strong else ""),
        run(f"{{{{ ', ' if {name}.note else '' }}}}{{{{ {name}.note }}}}"),
        keep_next=True if kind in ("above", "within") else None,
    )
    cells = [Cell(text=number), Cell(text=title)]
    cells += [Cell(text=f"{{{{ {name}.{field} }}}}", style="Tabelltal") for field in _NUMBERS]
    return row(_CONTENTS, cells, kind=kind)
