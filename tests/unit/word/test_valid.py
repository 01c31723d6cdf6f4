"""Finished documents pass Microsoft's own validator and open in LibreOffice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from finsam_desktop.word import (
    Anchor,
    Chart,
    Column,
    Link,
    Markdown,
    NoBreakHyphens,
    PageBreak,
    PageReference,
    Picture,
    RichText,
    Row,
    Series,
    Span,
    Table,
    WordTemplate,
    check_template,
    commented_copy,
)
from tests.unit.word.building import broken_rules, cell, docx, para, row, run, table
from tests.unit.word.test_blocks import SWEDISH, figures, png

NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/><w:lvlJc w:val="left"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)
ITEM = f'<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>{run("{{ d }}")}</w:p>'
MARKED = '<w:p w14:paraId="00000A01"><w:bookmarkStart w:id="1" w:name="b"/>{}<w:bookmarkEnd w:id="1"/></w:p>'
TEXT = (
    "Ett **fet** *kursiv* [ord](https://sv.se)\nrad två\n\n"
    "1. a\n   - b\n     1. c\n\n   mer\n2. d\n\n> citat\n\n# Rubrik\n\n"
)
MADE: dict[str, Callable[[], bytes]] = {}


def made(function: Callable[[], bytes]) -> Callable[[], bytes]:
    """Add a document to those that are tried."""
    MADE[function.__name__] = function
    return function


def everything() -> dict[str, object]:
    """A value of every kind."""
    chart = Chart(
        categories=("Personal", "Insatser och annat"),
        series=(Series(name="Budget", values=(1, 2)), Series(name="Prognos", values=(-3, None))),
        caption="Utfall & prognos",
        note="Not",
    )
    rich = RichText(
        (
            "a ",
            Span(text="b", bold=True, italic=True),
            Link("c", "https://x.se?a=1&b=2"),
            Anchor("d", "p7"),
            PageReference("p7", "1"),
        )
    )
    table_text = "| a | b |\n|:-:|--:|\n| **1** | 2 |"
    return {
        "text": Markdown(TEXT + table_text, shift=2),
        "blocks": [
            Markdown(TEXT),
            figures(),
            figures(),
            chart,
            chart,
            PageBreak(),
            "slut\nrad\ttab",
            Picture(png(), width_mm=30),
        ],
        "rich": rich,
        "picture": Picture(png(), description="röd & <fin>"),
        "date": NoBreakHyphens("2026-10-29"),
        "items": [{"t": f"ärende {n}", "d": ["x", "y"]} for n in range(3)],
        "empty": [],
    }


@made
def values_of_every_kind() -> bytes:
    template = docx(
        "{{ rich }} {{ date }} {{ picture }}",
        "{{p text }}",
        "{{p blocks }}",
        "{{r rich }}",
        table(
            row(cell("{{p text }}"), cell("{{ picture }}")),
            row(cell("{{p blocks[1] }}"), cell("{%p if empty %}", "x", "{%p endif %}")),
        ),
        parts={"header1": para("{{ picture }} {{ rich }}")},
        section='<w:headerReference w:type="default" r:id="header1"/>',
    )
    return WordTemplate(template).render(everything())


@made
def swedish_styles() -> bytes:
    return WordTemplate(docx("{{p text }}", "{{p blocks }}", styles=SWEDISH)).render(everything())


@made
def loops_and_ids() -> bytes:
    drawing = (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="1" cy="1"/>'
        '<wp:docPr id="4" name="x"/><a:graphic><a:graphicData uri="urn:x"/></a:graphic></wp:inline></w:drawing></w:r>'
    )
    template = docx(
        "{%p for i in items %}",
        MARKED.format(run("{{ i.t }}") + drawing),
        "{%p for d in i.d %}",
        ITEM,
        "{%p endfor %}",
        "{%p endfor %}",
        table(row("{%tr for i in empty %}", ""), row("{{ i.t }}", "x"), row("{%tr endfor %}", "")),
        table(
            row("a", "{%tc for i in items %}", "{{ i.t }}", "{%tc endfor %}"),
            row("{% cellbg 'D5DCE0' %}x", "{% colspan 3 %}y"),
            columns=4,
        ),
        table(row("{%tr for i in items %}", ""), row("{% vm %}g", "{{ i.t }}"), row("{%tr endfor %}", "")),
        numbering=NUMBERING,
    )
    return WordTemplate(template).render(everything())


@made
def commented() -> bytes:
    template = docx("{{ a b }}", "{%p if x %}", table(row("{{ c|dd }}", "x")))
    return commented_copy(template, check_template(template, {"y"}))


@made
def fifty_lists() -> bytes:
    lists = [Markdown("1. a\n2. b\n   1. c\n      - d") for _ in range(50)]
    return WordTemplate(docx("{%p for x in xs %}", "{{p x }}", "{%p endfor %}")).render({"xs": lists})


@made
def wide_table() -> bytes:
    columns = tuple(Column(title=f"Kolumn {n}", align="right" if n else "left") for n in range(20))
    rows = tuple(Row(cells=tuple(range(20)), kind="total" if n == 199 else "row") for n in range(200))
    return WordTemplate(docx("{{p x }}")).render(
        {"x": Table(columns=columns, rows=rows, caption="Bred", description="x")}
    )


@pytest.mark.parametrize("name", MADE)
def test_the_document_keeps_our_own_rules(name: str) -> None:
    assert broken_rules(MADE[name]()) == []


@pytest.mark.needs_ooxml_validator
@pytest.mark.parametrize("name", MADE)
def test_the_document_passes_the_open_xml_sdk(
    name: str, tmp_path: Path, ooxml_errors: Callable[[Path], list[str]]
) -> None:
    path = tmp_path / f"{name}.docx"
    path.write_bytes(MADE[name]())
    assert ooxml_errors(path) == []


@pytest.mark.needs_libreoffice
def test_libreoffice_opens_a_document_with_everything(tmp_path: Path, to_pdf: Callable[[Path], Path]) -> None:
    path = tmp_path / "allt.docx"
    path.write_bytes(values_of_every_kind())
    assert to_pdf(path).stat().st_size > 10_000


def test_the_rules_see_what_they_look_for() -> None:
    """A check that cannot fail proves nothing: each rule is shown a document that breaks it."""
    bookmark = '<w:bookmarkStart w:id="1" w:name="b"/>'
    for body, words in (
        (table(columns=1), "without rows"),
        (table("<w:tr/>"), "without cells"),
        (table(row("<w:tc/>")), "end with a paragraph"),
        (table(row(f"<w:tc>{table(row('a'))}</w:tc>")), "end with a paragraph"),
        ("<w:p>lös text</w:p>", "loose text"),
        (f"<w:p>{bookmark}{bookmark}</w:p>", "two bookmarkStart"),
        (f"<w:p>{bookmark}</w:p>", "both ends"),
        (2 * '<w:p w14:paraId="1"/>', "paragraph id"),
        (
            2 * '<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1"/></wp:inline></w:drawing></w:r></w:p>',
            "drawing id",
        ),
        ('<w:p><w:hyperlink r:id="x"/></w:p>', "lead nowhere"),
        ("<w:p><w:r><w:t>\ufdd0</w:t></w:r></w:p>", "mark of the engine"),
    ):
        assert any(words in rule for rule in broken_rules(docx(body))), words
