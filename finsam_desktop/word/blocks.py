"""Whole paragraphs and tables for ``{{p x}}``: text, Markdown, tables, charts, and lists of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from finsam_desktop.word.errors import ValueFault
from finsam_desktop.word.rich import runs_xml
from finsam_desktop.word.values import Chart, Markdown, PageBreak, Paragraph, Table
from finsam_desktop.word.work import ParagraphPlace

if TYPE_CHECKING:
    from finsam_desktop.word.work import Work


def blocks_xml(value: object, work: Work, place: ParagraphPlace) -> str:
    """The XML of the block or blocks. A place in a table cell is mended later if it is left without a paragraph."""
    from jinja2.runtime import Undefined

    if value is None or (isinstance(value, str) and not value):
        return ""
    if isinstance(value, Undefined):
        str(value)
    if isinstance(value, list | tuple):
        return "".join(blocks_xml(part, work, place) for part in value)
    if isinstance(value, Markdown):
        from finsam_desktop.word.markdown import markdown_xml

        return markdown_xml(value, work, place)
    if isinstance(value, Table):
        from finsam_desktop.word.tables import table_xml

        return table_xml(value, work)
    if isinstance(value, Chart):
        from finsam_desktop.word.charts import chart_xml

        return chart_xml(value, work)
    if isinstance(value, Paragraph):
        return paragraph(runs_xml(value.content, work, ""), paragraph_style(value.style, work) or None, place)
    if isinstance(value, PageBreak):
        return '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
    if isinstance(value, dict):
        raise ValueFault("Värdet har flera delfält. Skriv vilket som menas, till exempel {{p punkt.text}}.")
    if isinstance(value, Markup):
        raise ValueFault("{{p …}} tar ett fält, inte text som satts ihop i mallen.")
    return paragraph(runs_xml(value, work, place.rpr), None, place)


def paragraph_style(name: str, work: Work) -> str:
    """The style's id; a style the template lacks is told as a warning."""
    found = work.styles.paragraph(name)
    if name and not found:
        work.warnings.append(f"Mallen har inget styckeformat som heter {name}. Stycket skrivs utan det.")
    return found


def paragraph(runs: str, style_id: str | None, place: ParagraphPlace | None = None, more: str = "") -> str:
    """A paragraph in a style; ``style_id`` None keeps the look of the replaced paragraph."""
    if style_id is None:
        return f"<w:p>{place.ppr if place else ''}{runs}</w:p>"
    properties = (f'<w:pStyle w:val="{style_id}"/>' if style_id else "") + more
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>" if properties else f"<w:p>{runs}</w:p>"
