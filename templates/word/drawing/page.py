"""What stands around the text: page size, margins, letterhead, running headers and footers."""

from __future__ import annotations

from .markup import Cell, code, field, layout_table, paragraph, row, run
from .measures import (
    FOOTER_DISTANCE,
    GUTTER,
    HEADER_DISTANCE,
    MARGIN_BOTTOM,
    MARGIN_LEFT,
    MARGIN_RIGHT,
    MARGIN_TOP,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    TEXT_WIDTH,
    dxa,
)

_RIGHT_CELL = 60


def page_of_pages() -> str:
    """ "Sida 2 (5)"."""
    return run("Sida\u00a0") + field("PAGE", "1") + run(" (") + field("NUMPAGES", "1") + run(")")


def letterhead(*right_lines: str) -> str:
    """The header of page 1: logo, name, and at the right the document's own facts.

    A wide logo takes the name's cell and the name is left out; without logo the name stands at the margin.
    """
    name = TEXT_WIDTH - GUTTER - _RIGHT_CELL
    widths = (GUTTER, name, _RIGHT_CELL)
    right = Cell(text=_lines(right_lines), style="Dokumentuppgift")
    full = len(widths)
    rows = [
        row(widths, [Cell(text="{%tr if logo %}", span=full)], kind="bare"),
        row(
            widths,
            [
                Cell(text="{{ logo }}", style="Avsändare"),
                Cell(text="{{ association.letterhead_name }}", style="Avsändare"),
                right,
            ],
            kind="letterhead",
        ),
        row(widths, [Cell(text="{%tr else %}", span=full)], kind="bare"),
        row(
            widths,
            [Cell(text="{{ wide_logo or association.letterhead_name }}", style="Avsändare", span=2), right],
            kind="letterhead",
        ),
        row(widths, [Cell(text="{%tr endif %}", span=full)], kind="bare"),
    ]
    # Word wants a paragraph after a table at the end of a header.
    return layout_table(widths, rows) + paragraph("Sidhuvud")


def _lines(lines: tuple[str, ...]) -> str:
    if not lines:
        return paragraph("Dokumentuppgift")
    return "".join(
        code(f"{{%p if {field_name} %}}")
        + paragraph("Dokumentuppgift", f"{{{{ {field_name} }}}}")
        + code("{%p endif %}")
        for field_name in lines
    )


def running_header() -> str:
    """The header from page 2."""
    return paragraph("Sidhuvud", "{{ association.name }}\t{{ document.running_title }}")


def letter_footer(*, page_number: bool = True, mark: str = "") -> str:
    """The footer of page 1: address and contact lines. ``mark`` is a field printed above them, where it has a value."""
    right = run("\t") + page_of_pages() if page_number else ""
    above = ""
    if mark:
        printed = paragraph("Sidfot", f"\t{{{{ {mark}|trim(' ·') }}}}")
        above = code(f"{{%p if {mark} %}}") + printed + code("{%p endif %}")
    return (
        above
        + paragraph("Sidfot med linje", run("{{ association.address_line }}") + right)
        + code("{%p if association.contact_line %}")
        + paragraph("Sidfot", "{{ association.contact_line }}")
        + code("{%p endif %}")
    )


def running_footer() -> str:
    """The footer from page 2."""
    return paragraph("Sidfot", run("\t") + page_of_pages())


def signature_footer() -> str:
    """The footer of the minutes: room for signatures under a rule, and the state until they are adjusted."""
    return paragraph(
        "Signaturrad",
        run("{{ document.signatures_label }}\tUtdragsbestyrkande\t{{ document.draft_mark }}")
        + page_of_pages(),
    )


def section(*, bottom: float = MARGIN_BOTTOM, footer: float = FOOTER_DISTANCE) -> str:
    """The section of the document; relations rId10–rId13 are its headers and footers."""
    return (
        '<w:sectPr><w:headerReference w:type="first" r:id="rId10"/><w:headerReference w:type="default"'
        ' r:id="rId11"/><w:footerReference w:type="first" r:id="rId12"/><w:footerReference w:type="default"'
        f' r:id="rId13"/><w:pgSz w:w="{dxa(PAGE_WIDTH)}" w:h="{dxa(PAGE_HEIGHT)}"/><w:pgMar'
        f' w:top="{dxa(MARGIN_TOP)}" w:right="{dxa(MARGIN_RIGHT)}" w:bottom="{dxa(bottom)}"'
        f' w:left="{dxa(MARGIN_LEFT)}" w:header="{dxa(HEADER_DISTANCE)}" w:footer="{dxa(footer)}"'
        ' w:gutter="0"/><w:titlePg/></w:sectPr>'
    )
