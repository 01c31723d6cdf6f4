"""Native Word tables: repeated header row, whole rows, fixed widths, rules on sum rows, caption and note."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from finsam_desktop.word import escape
from finsam_desktop.word.blocks import paragraph, paragraph_style
from finsam_desktop.word.errors import ValueFault
from finsam_desktop.word.numbers import swedish
from finsam_desktop.word.rich import field_runs, run, runs_xml, styled
from finsam_desktop.word.values import Cell, Column, Markdown, RichText, Row, Table, TableStyles
from finsam_desktop.word.work import ParagraphPlace

if TYPE_CHECKING:
    from finsam_desktop.word.work import Work

DXA_PER_MM = 1440 / 25.4
_INK = "1F2529"
_SUM_RULE = f'<w:top w:val="single" w:sz="6" w:space="0" w:color="{_INK}"/>'
_TOTAL_RULE = f'{_SUM_RULE}<w:bottom w:val="single" w:sz="12" w:space="0" w:color="{_INK}"/>'
_GAP_AFTER_NUMBERS = 227  # 4 mm, so that a text column does not touch the numbers before it
MAX_COLUMNS = 63


def table_xml(table: Table, work: Work, *, titles: tuple[Cell, ...] | None = None) -> str:
    """Caption, table and note. ``titles`` replaces the columns' titles by formatted text."""
    _check(table)
    widths = column_widths(table)
    rows: list[str] = []
    if table.header and (titles or any(column.title for column in table.columns)):
        rows.append(_header_row(table, widths, titles or tuple(c.title for c in table.columns), work))
    keep = len(table.rows) <= table.keep_whole_rows
    for number, row in enumerate(table.rows):
        last = number == len(table.rows) - 1
        # The last row holds on to the note, so that the note never stands alone on the next page.
        rows.append(_row(row, table, widths, work, keep=bool(table.note) if last else keep))
    xml = [caption_xml(table.label, table.caption, table.styles, work, table.number)] if table.caption else []
    if rows:
        xml.append(f"<w:tbl>{_properties(table, work)}{_grid(widths)}{''.join(rows)}</w:tbl>")
        if not table.note:
            xml.append(_space_after(work))
    if table.note:
        xml.append(paragraph(run(table.note), paragraph_style(table.styles.note, work)))
    return "".join(xml)


def _check(table: Table) -> None:
    count = len(table.columns)
    if not count:
        raise ValueFault("En tabell har inga kolumner.")
    if count > MAX_COLUMNS:
        raise ValueFault(f"En tabell har {count} kolumner. Word tar högst {MAX_COLUMNS}.")
    for number, row in enumerate(table.rows, start=1):
        if len(row.cells) > count:
            raise ValueFault(
                f"Rad {number} i tabellen ”{table.caption}” har {len(row.cells)} celler, men tabellen har "
                f"{count} kolumner."
            )


def column_widths(table: Table) -> list[int]:
    """Widths in twentieths of a point that add up to the table's, so that grid and cells agree."""
    total = round(table.width_mm * DXA_PER_MM)
    fixed = [round(c.width_mm * DXA_PER_MM) if c.width_mm is not None else None for c in table.columns]
    left = total - sum(width or 0 for width in fixed)
    free = fixed.count(None)
    share = max(round(12 * DXA_PER_MM), left // free) if free else 0
    widths = [share if width is None else width for width in fixed]
    if sum(widths) > total:
        widths = [max(200, width * total // sum(widths)) for width in widths]
    if free or abs(total - sum(widths)) <= len(widths):
        widest = widths.index(max(widths))
        widths[widest] += total - sum(widths)
    return widths


def _properties(table: Table, work: Work) -> str:
    style = work.styles.table(table.style)
    return (
        "<w:tblPr>"
        + (f'<w:tblStyle w:val="{style}"/>' if style else "")
        + f'<w:tblW w:w="{sum(column_widths(table))}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        + f'<w:tblLook w:val="{"0420" if table.header else "0400"}" w:firstRow="{int(table.header)}" w:lastRow="0" '
        + 'w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
        + (f'<w:tblCaption w:val="{escape.attribute(table.caption)}"/>' if table.caption else "")
        + (f'<w:tblDescription w:val="{escape.attribute(table.description)}"/>' if table.description else "")
        + "</w:tblPr>"
    )


def _grid(widths: list[int]) -> str:
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tblGrid>{columns}</w:tblGrid>"


def _header_row(table: Table, widths: list[int], titles: tuple[Cell, ...], work: Work) -> str:
    cells = []
    for index, (column, width) in enumerate(zip(table.columns, widths, strict=True)):
        style = table.styles.header_number if column.align == "right" else table.styles.header
        title = titles[index] if index < len(titles) else ""
        content = _cell_paragraphs(title, style, column, work, keep=True)
        cells.append(_cell(width, f'{_margin(table, index)}<w:vAlign w:val="bottom"/>', content))
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(cells)}</w:tr>"


def _row(row: Row, table: Table, widths: list[int], work: Work, *, keep: bool) -> str:
    cells = []
    bold = row.kind in ("sum", "total", "heading")
    rule = {"sum": _SUM_RULE, "total": _TOTAL_RULE}.get(row.kind, "")
    borders = f"<w:tcBorders>{rule}</w:tcBorders>" if rule else ""
    if (
        row.kind == "heading"
        and len([cell for cell in row.cells if cell not in ("", None)]) <= 1
        and row.cells
    ):
        content = _cell_paragraphs(
            row.cells[0], table.styles.text, table.columns[0], work, keep=True, bold=True
        )
        span = f'<w:gridSpan w:val="{len(widths)}"/>' if len(widths) > 1 else ""
        return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{_cell(sum(widths), span, content)}</w:tr>"
    for index, (column, width) in enumerate(zip(table.columns, widths, strict=True)):
        value = row.cells[index] if index < len(row.cells) else ""
        style = table.styles.number if column.align == "right" else table.styles.text
        content = _cell_paragraphs(value, style, column, work, keep=keep, bold=bold)
        cells.append(_cell(width, borders + _margin(table, index), content))
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"


def _margin(table: Table, index: int) -> str:
    """The last number column reaches the table's edge; a text column after numbers gets air before it."""
    column = table.columns[index]
    if column.align == "right" and index == len(table.columns) - 1:
        return '<w:tcMar><w:right w:w="0" w:type="dxa"/></w:tcMar>'
    if index and column.align == "left" and table.columns[index - 1].align == "right":
        return f'<w:tcMar><w:left w:w="{_GAP_AFTER_NUMBERS}" w:type="dxa"/></w:tcMar>'
    return ""


def _cell(width: int, properties: str, content: str) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{properties}</w:tcPr>{content}</w:tc>'


def _cell_paragraphs(
    value: Cell, style: str, column: Column, work: Work, *, keep: bool, bold: bool = False
) -> str:
    style_id = paragraph_style(style, work)
    if column.align == "center":
        style_id = (
            work.styles.variant(style_id, "centrerad", '<w:pPr><w:jc w:val="center"/></w:pPr>') or style_id
        )
    more = "<w:keepNext/>" if keep else ""
    if isinstance(value, Markdown):
        from finsam_desktop.word.markdown import markdown_xml

        ppr = f'<w:pPr><w:pStyle w:val="{style_id}"/>{more}</w:pPr>' if style_id or more else ""
        xml = markdown_xml(value, work, ParagraphPlace(ppr, style_id, ""))
        return (
            xml + ("<w:p/>" if xml.endswith("</w:tbl>") else "")
            if xml
            else paragraph("", style_id, more=more)
        )
    rpr = styled("", work.styles.character("Strong")) if bold else ""
    return paragraph(_cell_runs(value, work, rpr), style_id, more=more)


def _cell_runs(value: Cell, work: Work, rpr: str) -> str:
    from finsam_desktop.word.markdown import is_finished

    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int | float | Decimal):
        return run(swedish(value), rpr)
    if isinstance(value, RichText) and value.parts and is_finished(value.parts[0]):
        return str(value.parts[0])
    return runs_xml(value, work, rpr)


def caption_xml(label: str, caption: str, styles: TableStyles, work: Work, number: int | None = None) -> str:
    """ "Tabell 3. Resultat": the number is a SEQ field with its value, so that Word can renumber it."""
    shown = work.next_in_sequence(label, number)
    code = f"SEQ {label} \\* ARABIC" + (f" \\r {number}" if number is not None else "")
    runs = run(f"{label}\u00a0") + field_runs(code, str(shown)) + run(f". {caption}")
    return paragraph(runs, paragraph_style(styles.caption, work), more="<w:keepNext/>")


def _space_after(work: Work) -> str:
    """Two tables in a row grow together without a paragraph between."""
    return paragraph("", work.styles.paragraph("Tabellavstånd"))
