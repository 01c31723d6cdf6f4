"""Native bar charts: a chart part with filled caches and an embedded workbook, so that Word can edit them."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from typing import TYPE_CHECKING

from finsam_desktop.word import escape, names
from finsam_desktop.word import workbook as book
from finsam_desktop.word.blocks import paragraph, paragraph_style
from finsam_desktop.word.errors import ValueFault
from finsam_desktop.word.pictures import EMU_PER_MM, drawing
from finsam_desktop.word.rich import run
from finsam_desktop.word.tables import caption_xml
from finsam_desktop.word.values import Chart, Series

if TYPE_CHECKING:
    from finsam_desktop.word.work import Work

_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_LONG_NAME = 12
_CATEGORY_AXIS, _VALUE_AXIS = 111111101, 111111102


def chart_xml(chart: Chart, work: Work) -> str:
    """Caption, the chart in a paragraph of its own, and the note. Adds the chart's parts to the document."""
    _check(chart)
    chart_part = work.part_name("word/charts", "chart", "xml")
    book_part = work.part_name("word/embeddings", "Diagramdata", "xlsx")
    series = tuple((s.name, s.values) for s in chart.series)
    work.add_part(book_part, book.workbook(chart.categories, series, chart.number_format), book.CONTENT_TYPE)
    work.add_part(chart_part, chart_part_xml(chart).encode("utf-8"), _CHART_TYPE)
    work.new_relations[chart_part] = [("rId1", "package", f"/{book_part}", False)]
    rid = work.relate("chart", f"/{chart_part}")
    graphic = f'<c:chart xmlns:c="{names.C}" xmlns:r="{names.R}" r:id="{rid}"/>'
    width, height = round(chart.width_mm * EMU_PER_MM), round(chart.height_mm * EMU_PER_MM)
    frame = drawing(work.new_id(), "Diagram", alternative_text(chart), width, height, names.C, graphic)
    keep = "<w:keepNext/>" if chart.note else ""
    xml = [caption_xml(chart.label, chart.caption, chart.styles, work)] if chart.caption else []
    xml.append(paragraph(f"<w:r>{frame}</w:r>", "", more=keep))
    if chart.note:
        xml.append(paragraph(run(chart.note), paragraph_style(chart.styles.note, work)))
    return "".join(xml)


def alternative_text(chart: Chart) -> str:
    """The description, or the figures in words if none is given."""
    if chart.description:
        return chart.description
    from finsam_desktop.word.numbers import swedish

    rows = []
    for number, category in enumerate(chart.categories):
        figures = ", ".join(
            f"{s.name} {swedish(value)}"
            for s in chart.series
            if number < len(s.values) and (value := s.values[number]) is not None
        )
        rows.append(f"{category}: {figures}")
    return f"{chart.caption or 'Stapeldiagram'}. {'; '.join(rows)}."


def _check(chart: Chart) -> None:
    if not chart.categories or not chart.series:
        raise ValueFault("Ett diagram behöver minst en kategori och en serie.")
    for series in chart.series:
        if len(series.values) > len(chart.categories):
            raise ValueFault(f"Serien {series.name} i diagrammet har fler värden än det finns kategorier.")
        for value in series.values:
            if value is not None and not (
                math.isfinite(value) if isinstance(value, int | float) else value.is_finite()
            ):
                raise ValueFault(f"Serien {series.name} i diagrammet har ett värde som inte är ett tal.")
    for colour in (chart.accent, chart.light, chart.ink, *(s.colour for s in chart.series if s.colour)):
        if not re.fullmatch(r"[0-9A-Fa-f]{6}", colour):
            raise ValueFault(f"”{colour[:40]}” är inte en färg. Skriv sex tecken, som 1D4B5E.")


def chart_part_xml(chart: Chart) -> str:
    """The chart part. Axis ids are positive: Word's own schema takes no others."""
    horizontal = chart.horizontal
    if horizontal is None:
        horizontal = any(len(name) > _LONG_NAME for name in chart.categories)
    series = "".join(_series(chart, index, one) for index, one in enumerate(chart.series))
    text = (
        '<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="1000"><a:solidFill><a:srgbClr '
        f'val="{chart.ink}"/></a:solidFill>'
        f'<a:latin typeface="{escape.attribute(chart.font)}"/></a:defRPr></a:pPr><a:endParaRPr '
        'lang="sv-SE"/></a:p></c:txPr>'
    )
    return (
        f'{_HEAD}<c:chartSpace xmlns:c="{names.C}" xmlns:a="{names.A}" xmlns:r="{names.R}"><c:date1904 val="0"/>'
        '<c:lang val="sv-SE"/><c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>'
        f'<c:barChart><c:barDir val="{"bar" if horizontal else "col"}"/><c:grouping val="clustered"/>'
        f'<c:varyColors val="0"/>{series}'
        f'<c:gapWidth val="60"/><c:overlap val="{_overlap(chart)}"/><c:axId val="{_CATEGORY_AXIS}"/><c:axId '
        f'val="{_VALUE_AXIS}"/></c:barChart>'
        f"{_category_axis(chart, horizontal)}{_value_axis(chart, horizontal)}"
        "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr></c:plotArea>"
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{text}"
        '<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def _overlap(chart: Chart) -> int:
    """Bars side by side with a little air; in the same place where no category has two of them."""
    counts = [0] * len(chart.categories)
    for series in chart.series:
        for at, value in enumerate(series.values):
            counts[at] += value is not None
    return -8 if max(counts) > 1 else 100


def _series(chart: Chart, index: int, series: Series) -> str:
    letter = book.column(index + 1)
    last = len(chart.categories) + 1
    name_ref, value_ref = f"{book.SHEET}!${letter}$1", f"{book.SHEET}!${letter}$2:${letter}${last}"
    points = "".join(
        f'<c:pt idx="{at}"><c:v>{value}</c:v></c:pt>'
        for at, value in enumerate(series.values)
        if value is not None
    )
    names_cached = "".join(
        f'<c:pt idx="{at}"><c:v>{escape.plain(name)}</c:v></c:pt>' for at, name in enumerate(chart.categories)
    )
    count = f'<c:ptCount val="{len(chart.categories)}"/>'
    return (
        f'<c:ser><c:idx val="{index}"/><c:order val="{index}"/><c:tx><c:strRef><c:f>{name_ref}</c:f>'
        '<c:strCache><c:ptCount val="1"/>'
        f'<c:pt idx="0"><c:v>{escape.plain(series.name)}</c:v></c:pt></c:strCache></c:strRef>'
        f"</c:tx>{_fill(chart, index, series)}"
        f'<c:invertIfNegative val="0"/>{_labels(chart)}'
        f"<c:cat><c:strRef><c:f>{book.SHEET}!$A$2:$A${last}</c:f><c:strCache>{count}{names_cached}</c:strCache></c:strRef></c:cat>"
        f"<c:val><c:numRef><c:f>{value_ref}</c:f><c:numCache><c:formatCode>{escape.plain(chart.number_format)}</c:formatCode>"
        f"{count}{points}</c:numCache></c:numRef></c:val></c:ser>"
    )


def _fill(chart: Chart, index: int, series: Series) -> str:
    """One series is the accent; of two, the first is light with an outline, so that print without colour tells
    them apart."""
    light = not series.colour and len(chart.series) > 1 and index == 0
    colour = series.colour or (chart.light if light else chart.accent)
    line = (
        f'<a:ln w="9525"><a:solidFill><a:srgbClr val="{chart.ink}"/></a:solidFill></a:ln>'
        if light
        else "<a:ln><a:noFill/></a:ln>"
    )
    return f'<c:spPr><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>{line}</c:spPr>'


def _labels(chart: Chart) -> str:
    return (
        f'<c:dLbls><c:numFmt formatCode="{escape.attribute(chart.number_format)}" sourceLinked="0"/>'
        "<c:spPr><a:noFill/><a:ln><a:noFill/>"
        '</a:ln></c:spPr><c:dLblPos val="outEnd"/><c:showLegendKey val="0"/><c:showVal val="1"/>'
        '<c:showCatName val="0"/>'
        '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
    )


def _category_axis(chart: Chart, horizontal: bool) -> str:
    return (
        f'<c:catAx><c:axId val="{_CATEGORY_AXIS}"/><c:scaling><c:orientation '
        f'val="{"maxMin" if horizontal else "minMax"}"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="{"l" if horizontal else "b"}"/><c:numFmt formatCode="General" '
        'sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        f'<c:spPr><a:ln w="9525"><a:solidFill><a:srgbClr val="{chart.ink}"/></a:solidFill></a:ln></c:spPr>'
        f'<c:crossAx val="{_VALUE_AXIS}"/><c:crosses val="autoZero"/><c:auto val="1"/><c:lblAlgn '
        'val="ctr"/><c:lblOffset val="100"/>'
        '<c:noMultiLvlLbl val="0"/></c:catAx>'
    )


def _value_axis(chart: Chart, horizontal: bool) -> str:
    numbers = [value for s in chart.series for value in s.values if value is not None]
    low = '<c:min val="0"/>' if all(Decimal(str(n)) >= 0 for n in numbers) else ""
    return (
        f'<c:valAx><c:axId val="{_VALUE_AXIS}"/><c:scaling><c:orientation val="minMax"/>{low}</c:scaling>'
        '<c:delete val="1"/>'
        f'<c:axPos val="{"t" if horizontal else "l"}"/><c:numFmt '
        f'formatCode="{escape.attribute(chart.number_format)}" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        f'<c:crossAx val="{_CATEGORY_AXIS}"/><c:crosses val="autoZero"/><c:crossBetween val="between"/></c:valAx>'
    )
