"""Markdown, tables, charts and pictures: the template's styles, lists that begin at 1, native and valid."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from finsam_desktop.word import (
    Anchor,
    Chart,
    Column,
    Link,
    Markdown,
    MarkdownStyles,
    NoBreakHyphens,
    PageBreak,
    PageReference,
    Paragraph,
    Picture,
    RichText,
    Row,
    Series,
    Span,
    Table,
    TemplateError,
    WordTemplate,
)
from tests.unit.word.building import (
    STYLES,
    W,
    attributes,
    cell,
    cells,
    docx,
    names,
    para,
    part,
    render,
    row,
    run,
    table,
    text_of,
    texts,
    tree,
)

SWEDISH = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="B1"><w:name w:val="Brödtext"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="R1"><w:name w:val="Rubrik 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="R2"><w:name w:val="Rubrik 2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="L1"><w:name w:val="Liststycke"/></w:style>'
    '<w:style w:type="character" w:styleId="S1"><w:name w:val="Stark"/></w:style>'
    '<w:style w:type="character" w:styleId="H1"><w:name w:val="Hyperlänk"/></w:style>'
)


def marked(text: str, **options: object) -> bytes:
    """A document with one Markdown text."""
    return render(docx("{{p x }}"), x=Markdown(text, **options))  # type: ignore[arg-type]


def png(width: int = 40, height: int = 20) -> bytes:
    """A picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\xff\0\0" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def direct_looks(document: bytes) -> set[str]:
    """Kinds of direct formatting of text in the body."""
    found = set()
    for properties in tree(document).iter(f"{{{W}}}rPr"):
        found |= {child.tag.rsplit("}")[1] for child in properties} - {"rStyle"}
    return found


def test_markdown_becomes_styles_and_nothing_else() -> None:
    document = marked(
        "Ett **fet** och *kursiv* och ***båda***.\n\n# Rubrik\n\n- punkt\n  - inre\n    - innerst\n\n> citat\n\n[ord](https://sv.se)",
        shift=1,
    )
    assert texts(document) == [
        "Ett fet och kursiv och båda.",
        "Rubrik",
        "punkt",
        "inre",
        "innerst",
        "citat",
        "ord",
    ]
    assert attributes(document, "pStyle") == [
        "Brdtext",
        "Rubrik2",
        "Punktlista",
        "Punktlista",
        "Punktlista",
        "Citat",
        "Brdtext",
    ]
    assert attributes(document, "ilvl") == ["0", "1", "2"]
    assert direct_looks(document) == set()
    assert "https://sv.se" in part(document, "word/_rels/document.xml.rels")


def test_markdown_uses_a_swedish_templates_own_styles() -> None:
    template = docx("{{p x }}", styles=SWEDISH)
    document = render(template, x=Markdown("text **fet** [l](https://x.se)\n\n# R\n\n1. a"))
    assert attributes(document, "pStyle") == ["B1", "R1", "L1"]
    assert attributes(document, "rStyle") == ["S1", "H1"]
    assert part(document, "word/styles.xml") == part(template, "word/styles.xml")


def test_markdown_takes_the_placeholders_style_for_paragraphs() -> None:
    styles = STYLES + '<w:style w:type="paragraph" w:styleId="Ingress"><w:name w:val="Ingress"/></w:style>'
    document = render(docx(para("{{p x }}", style="Ingress"), styles=styles), x=Markdown("a\n\n- b"))
    assert attributes(document, "pStyle") == ["Ingress", "Punktlista"]
    chosen = Markdown("a", styles=MarkdownStyles(paragraph="Ingress"))
    assert attributes(render(docx("{{p x }}", styles=styles), x=chosen), "pStyle") == ["Ingress"]


def test_every_numbered_list_begins_at_one() -> None:
    many = [Markdown("1. a\n2. b\n   1. inre\n   2. inre") for _ in range(50)]
    document = render(docx("{%p for x in xs %}", "{{p x }}", "{%p endfor %}"), xs=many)
    numbers = attributes(document, "numId")
    assert len(numbers) == 200
    assert len(set(numbers)) == 100
    overrides = tree(document, "word/numbering.xml").iter(f"{{{W}}}startOverride")
    assert {node.get(f"{{{W}}}val") for node in overrides} == {"1"}


def test_a_second_paragraph_of_an_item_is_body_text_under_it() -> None:
    document = marked("1. a\n\n   mer\n\n   - b\n\n     djupare\n\n     till\n2. c")
    assert texts(document) == ["a", "mer", "b", "djupare", "till", "c"]
    styles = attributes(document, "pStyle")
    assert styles[0] == styles[5] == "Numreradlista"
    assert styles[1] != styles[3] == styles[4]
    assert len(attributes(document, "numId")) == 3
    assert [looks_of(document, style) for style in (styles[1], styles[3])] == [
        ("Brdtext", "340"),
        ("Brdtext", "680"),
    ]


def test_the_templates_own_continued_list_is_used() -> None:
    own = (
        '<w:style w:type="paragraph" w:styleId="L1"><w:name w:val="List Continue"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="L2"><w:name w:val="Lista, fortsättning 2"/></w:style>'
    )
    document = render(docx("{{p x }}", styles=STYLES + own), x=Markdown("- a\n\n  mer\n\n  - b\n\n    till"))
    assert [attributes(document, "pStyle")[n] for n in (1, 3)] == ["L1", "L2"]


def test_a_continued_list_in_a_cell_looks_as_the_cell() -> None:
    table = Table(
        columns=(Column(), Column(align="center")), rows=(Row(cells=(Markdown("- a\n\n  mer"), "m")),)
    )
    document = render(docx("{{p x }}"), x=table)
    styles = attributes(document, "pStyle")
    assert looks_of(document, styles[1]) == ("Tabelltext", "340")
    centred = tree(document, "word/styles.xml").find(f".//{{{W}}}style[@{{{W}}}styleId='{styles[2]}']")
    assert centred.find(f".//{{{W}}}jc").get(f"{{{W}}}val") == "center"
    assert centred.find(f"{{{W}}}name").get(f"{{{W}}}val") == "Tabelltext centrerad"


def test_rich_text_has_no_direct_formatting() -> None:
    text = (
        "# R\n\na **b** *c* ***d*** [l](https://x.se)\n\n> citat\n\n1. a\n\n   mer\n   - b\n\n     till\n\n"
        "| a | b | c |\n|---|:-:|--:|\n| 1 | **2** | 3 |\n\nslut"
    )
    document = tree(marked(text))
    allowed = {"pStyle", "numPr", "keepNext"}  # a row kept with the next is paging, not a look
    properties = [child for ppr in document.iter(f"{{{W}}}pPr") for child in ppr]
    assert {child.tag.rpartition("}")[2] for child in properties} <= allowed
    assert {child.tag.rpartition("}")[2] for rpr in document.iter(f"{{{W}}}rPr") for child in rpr} == {
        "rStyle"
    }


def looks_of(document: bytes, style_id: str) -> tuple[str, str]:
    """What a style is based on, and its left indent."""
    style = tree(document, "word/styles.xml").find(f".//{{{W}}}style[@{{{W}}}styleId='{style_id}']")
    based, indent = style.find(f"{{{W}}}basedOn"), style.find(f".//{{{W}}}ind")
    return based.get(f"{{{W}}}val"), indent.get(f"{{{W}}}left")


def test_a_list_that_says_where_it_begins_keeps_it() -> None:
    document = marked("3. tre\n4. fyra")
    starts = [
        node.get(f"{{{W}}}val") for node in tree(document, "word/numbering.xml").iter(f"{{{W}}}startOverride")
    ]
    assert starts[0] == "3"


def test_lists_in_a_table_cell() -> None:
    document = render(docx(table(row(cell("{{p x }}"), cell("{{p x }}")))), x=Markdown("1. a\n2. b"))
    assert cells(document) == [["a\nb", "a\nb"]]
    assert len(set(attributes(document, "numId"))) == 2


@pytest.mark.parametrize(
    "text",
    [
        "<b>fet</b>",
        "a &amp; b",
        "[x]: https://x.se",
        "`kod`",
        "    indrag",
        "```\nx\n```",
        "---",
        "Text\n---",
        "***",
        "<!-- x -->",
    ],
)
def test_no_character_vanishes_that_is_no_mark(text: str) -> None:
    printed = "".join("\n".join(texts(marked(text))).split())
    assert printed == "".join(text.split())


def test_a_link_that_could_start_a_program_is_text() -> None:
    document = marked("[klicka](javascript:alert(1)) och [här](file:///c:/x.exe)")
    assert texts(document) == ["klicka (javascript:alert(1)) och här (file:///c:/x.exe)"]
    assert "hyperlink" not in part(document)


def test_line_breaks_in_markdown() -> None:
    assert texts(marked("ett\ntvå\x0btre")) == ["ett\ntvå\ntre"]
    assert texts(marked("ett\ntvå", breaks=False)) == ["ett två"]


def test_a_markdown_table_is_a_native_one() -> None:
    document = marked("| Post | Belopp |\n|---|--:|\n| **Lön** | 1 |")
    assert cells(document) == [["Post", "Belopp"], ["Lön", "1"]]
    assert len(list(tree(document).iter(f"{{{W}}}tblHeader"))) == 1
    assert "Tabelltal" in attributes(document, "pStyle")


def figures() -> Table:
    """A table with every kind of row."""
    return Table(
        columns=(
            Column(title="Post"),
            Column(title="Utfall\n2026", width_mm=25, align="right"),
            Column(title="Not", width_mm=30),
        ),
        rows=(
            Row(cells=("Kostnader",), kind="heading"),
            Row(cells=("Personal", -12635, "a & b")),
            Row(cells=("Hyra", Decimal("-1.5"), None)),
            Row(cells=("Summa", -1146, ""), kind="sum"),
            Row(cells=("Resultat", 0, ""), kind="total"),
        ),
        caption="Resultat i tkr",
        description="Utfall & not",
        note="Källa: bokslut.xlsx",
    )


def test_a_table_is_native_whole_and_wide_as_its_grid() -> None:
    document = render(docx("{{p x }}"), x=figures())
    assert texts(document)[0] == "Tabell\u00a01. Resultat i tkr"
    assert texts(document)[-1] == "Källa: bokslut.xlsx"
    assert cells(document) == [
        ["Post", "Utfall\n2026", "Not"],
        ["Kostnader"],
        ["Personal", "−12\u00a0635", "a & b"],
        ["Hyra", "−1,5", ""],
        ["Summa", "−1\u00a0146", ""],
        ["Resultat", "0", ""],
    ]
    grid = [int(value) for value in attributes(document, "gridCol", "w")]
    assert sum(grid) == int(attributes(document, "tblW", "w")[0]) == 9071
    for tr in tree(document).iter(f"{{{W}}}tr"):
        assert sum(int(w.get(f"{{{W}}}w")) for w in tr.iter(f"{{{W}}}tcW")) == 9071
    xml = part(document)
    assert xml.count("<w:tblHeader/>") == 1
    assert xml.count("<w:cantSplit/>") == 6
    assert '<w:tblCaption w:val="Resultat i tkr"/><w:tblDescription w:val="Utfall &amp; not"/>' in xml
    assert "SEQ Tabell" in xml
    rows = list(tree(document).iter(f"{{{W}}}tr"))
    assert [bool(list(r.iter(f"{{{W}}}keepNext"))) for r in rows] == [
        True
    ] * 6  # the last row holds on to the note
    assert [len(list(r.iter(f"{{{W}}}tcBorders"))) for r in rows] == [0, 0, 0, 0, 3, 3]


def test_tables_are_numbered_in_order_and_a_long_one_may_be_split() -> None:
    long = Table(
        columns=(Column(title="a"),), rows=tuple(Row(cells=(str(n),)) for n in range(40)), caption="Lång"
    )
    document = render(docx("{{p xs }}"), xs=[figures(), long])
    assert [t for t in texts(document) if t.startswith("Tabell")] == [
        "Tabell\u00a01. Resultat i tkr",
        "Tabell\u00a02. Lång",
    ]
    rows = list(tree(document).iter(f"{{{W}}}tr"))[6:]
    assert [bool(list(r.iter(f"{{{W}}}keepNext"))) for r in rows] == [True] + [False] * 40


@pytest.mark.parametrize(
    ("made", "message"),
    [
        (Table(columns=(), rows=()), "inga kolumner"),
        (Table(columns=(Column(),) * 64, rows=()), "63"),
        (
            Table(columns=(Column(),), rows=(Row(cells=("a", "b")),), caption="X"),
            "Rad 1 i tabellen ”X” har 2 celler",
        ),
        (Table(columns=(Column(),), rows=(Row(cells=(float("nan"),)),)), "NaN"),
        (Chart(categories=(), series=()), "minst en kategori"),
        (Chart(categories=("a",), series=(Series(name="s", values=(1, 2)),)), "fler värden"),
        (Chart(categories=("a",), series=(Series(name="s", values=(float("inf"),)),)), "inte är ett tal"),
        (Chart(categories=("a",), series=(Series(name="s", values=(1,), colour="röd"),)), "inte en färg"),
        (Picture(b"GIF"), "inte i ett format"),
        (Picture(b"\x89PNG\r\n\x1a\n"), "skadad"),
        ({"a": 1}, "delfält"),
        (Paragraph(Link("x", "javascript:alert(1)")), "går inte att använda"),
        (Paragraph(Anchor("x", "7 fel")), "namn på ett bokmärke"),
    ],
)
def test_what_cannot_be_drawn_is_told(made: object, message: str) -> None:
    with pytest.raises(TemplateError, match=message) as caught:
        WordTemplate(docx("rad", "{{p x }}")).render({"x": made})
    assert (caught.value.paragraph, caught.value.tag) == (2, "{{p x }}")


def test_a_chart_is_editable() -> None:
    chart = Chart(
        categories=("Personal", "Insatser & stöd till många"),
        series=(Series(name="Budget", values=(100, 200)), Series(name="Prognos", values=(120, None))),
        caption="Utfall",
        note="Ljus stapel: budget.",
    )
    document = render(docx("{{p x }}", "{{p x }}"), x=chart)
    assert {n for n in names(document) if "chart" in n or "embed" in n} == {
        f"word/{name}"
        for number in (1, 2)
        for name in (
            f"charts/chart{number}.xml",
            f"charts/_rels/chart{number}.xml.rels",
            f"embeddings/Diagramdata{number}.xlsx",
        )
    }
    xml = part(document, "word/charts/chart1.xml")
    assert '<c:barDir val="bar"/>' in xml
    assert "<c:v>120</c:v>" in xml
    assert "Insatser &amp; stöd" in xml
    assert all(int(v) > 0 for v in re.findall(r'axId val="(-?\d+)"', xml))
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        sheet = load_workbook(io.BytesIO(archive.read("word/embeddings/Diagramdata1.xlsx"))).active
    assert sheet is not None
    assert [[c.value for c in r] for r in sheet.iter_rows()] == [
        [None, "Budget", "Prognos"],
        ["Personal", 100, 120],
        ["Insatser & stöd till många", 200, None],
    ]
    assert 'descr="Utfall. Personal: Budget 100, Prognos 120;' in part(document)
    assert [t for t in texts(document) if t.startswith("Diagram")] == [
        "Diagram\u00a01. Utfall",
        "Diagram\u00a02. Utfall",
    ]


def test_pictures_in_body_header_and_table() -> None:
    template = docx(
        "a {{ bild }} b",
        table(row("{{ bild }}", "x")),
        "{{p bild }}",
        parts={"header1": para("{{ bild }}")},
        section='<w:headerReference w:type="default" r:id="header1"/>',
        types='<Default Extension="png" ContentType="image/png"/>',
    )
    document = render(template, bild=Picture(png(), width_mm=20, description="röd ruta"))
    assert [n for n in names(document) if "media" in n] == ["word/media/bild1.png"]
    assert "/word/media/bild1.png" in part(document, "word/_rels/header1.xml.rels")
    assert part(document).count('cx="720000" cy="360000"') == 6
    assert part(document).count('descr="röd ruta"') == 3
    assert texts(document)[0] == "a  b"


def test_inline_values() -> None:
    rich = RichText(
        (
            "a",
            Span(text="b", italic=True),
            Link("c", "#p7"),
            Anchor("d", "p7"),
            NoBreakHyphens("2026-10-29"),
            PageReference("p7", "3"),
        )
    )
    document = render(docx(para(run("före {{ x }} efter", "<w:b/>"))), x=rich)
    assert texts(document) == ["före abcd2026-10-293 efter"]
    assert attributes(document, "hyperlink", "anchor") == ["p7"]
    assert attributes(document, "bookmarkStart", "name") == ["p7"]
    assert "PAGEREF p7 \\h" in part(document)
    first, last = (next(tree(document).iter(f"{{{W}}}r")), list(tree(document).iter(f"{{{W}}}r"))[-1])
    assert first.find(f"{{{W}}}rPr/{{{W}}}b") is not None
    assert last.find(f"{{{W}}}rPr/{{{W}}}b") is not None


def test_blocks_in_a_list_and_plain_text_as_a_block() -> None:
    document = render(
        docx(para("{{p xs }}", style="Brdtext")),
        xs=["rad 1\nrad 2", Paragraph("p"), PageBreak(), None, Markdown("m")],
    )
    assert texts(document) == ["rad 1\nrad 2", "p", "\f", "m"]


def test_a_block_in_a_line_of_text_is_told() -> None:
    for template, words in (
        ("{{ x }}", "Skriv {{p"),
        ("{{r x }}", "Skriv {{p"),
        ("text {{p x }}", "står annan text"),
    ):
        with pytest.raises(TemplateError, match=words):
            WordTemplate(docx(template)).render({"x": Markdown("m")})


def test_a_style_that_is_missing_is_warned_of() -> None:
    made = WordTemplate(docx("{{p x }}")).render_with_warnings({"x": Paragraph("a", style="Finns inte")})
    assert made.warnings == ("Mallen har inget styckeformat som heter Finns inte. Stycket skrivs utan det.",)
    assert text_of(next(tree(made.docx).iter(f"{{{W}}}p"))) == "a"


@pytest.mark.parametrize("value", [Markdown("a"), RichText(("a",)), Link("a", "#p"), Span(text="a")])
@pytest.mark.parametrize("tag", ["{{ x|upper }}", "{{ x ~ 'b' }}", "{{ [x]|join }}"])
def test_formatted_text_is_never_printed_as_python_sees_it(value: object, tag: str) -> None:
    with pytest.raises(TemplateError, match="ensamt i taggen"):
        WordTemplate(docx(tag)).render({"x": value})


def test_an_iso_date_may_be_put_together_with_text() -> None:
    assert texts(
        render(docx("{{ 'den ' ~ x }} {{ x|replace('-', '/') }}"), x=NoBreakHyphens("2026-10-29"))
    ) == ["den 2026-10-29 2026/10/29"]


@pytest.mark.parametrize(
    "empty",
    [
        "",
        None,
        Markdown(" \n"),
        RichText(()),
        RichText(("",)),
        NoBreakHyphens(""),
        Table(columns=(), rows=()),
    ],
)
def test_an_empty_value_is_false_and_leaves_no_paragraph(empty: object) -> None:
    template = docx("a", "{%p if x %}", "något", "{%p endif %}", table(row(cell("{{p x }}"))))
    if isinstance(empty, Table):
        template = docx("a", "{%p if x %}", "något", "{%p endif %}", table(row("")))
    assert texts(render(template, x=empty)) in (["a", ""], ["a"])


def test_an_empty_block_leaves_nothing() -> None:
    assert texts(render(docx("a", "{{p x }}", "b"), x="")) == ["a", "b"]
    assert texts(render(docx("a", "{{p x }}", "b"), x=Markdown(""))) == ["a", "b"]


def test_a_link_in_a_link_is_told() -> None:
    template = docx(f'<w:p><w:hyperlink w:anchor="p7">{run("se {{ x }}")}</w:hyperlink></w:p>')
    assert texts(render(template, x="här")) == ["se här"]
    with pytest.raises(TemplateError, match="inuti en annan länk"):
        WordTemplate(template).render({"x": Link("här", "https://x.se")})


@pytest.mark.parametrize(
    "widths", [(None, None, None), (50.0, None, None), (100.0, 100.0, None), (80.0, 80.0), (300.0,)]
)
def test_widths_add_up_whatever_is_asked(widths: tuple[float | None, ...]) -> None:
    made = Table(columns=tuple(Column(width_mm=w) for w in widths), rows=(Row(cells=("a",) * len(widths)),))
    document = render(docx("{{p x }}"), x=made)
    grid = [int(value) for value in attributes(document, "gridCol", "w")]
    assert sum(grid) == 9071
    assert min(grid) > 0
    assert [int(value) for value in attributes(document, "tcW", "w")] == grid


def caption(label: str, number: str, switches: str = " \\* ARABIC") -> str:
    """A caption of the template's own, as Word writes it."""
    begin, separate, end = (
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
    )
    code = f'<w:r><w:instrText xml:space="preserve"> SEQ {label}{switches} </w:instrText></w:r>'
    return para(f"{label} ", begin, code, separate, run(number, "<w:b/>"), end, run(". {{ namn }}"))


def test_captions_are_numbered_in_document_order_whoever_wrote_them() -> None:
    simple = f'<w:p>{run("Figur ")}<w:fldSimple w:instr=" SEQ Figur ">{run("9")}</w:fldSimple></w:p>'
    one = Table(columns=(Column(title="a"),), rows=(Row(cells=("1",)),), caption="Motorns")
    document = render(
        docx(
            caption("Tabell", "1"),
            "{{p x }}",
            "{%p for n in ns %}",
            caption("Tabell", "7"),
            simple,
            "{%p endfor %}",
            "{{p x }}",
            caption("Tabell", "7", " \\c"),
            caption("Tabell", "7", " \\r 20"),
            caption("Tabell", "I", " \\* ROMAN"),
            caption("Tabell", "7"),
        ),
        x=one,
        ns=[1, 2],
        namn="Mallens",
    )
    found = [text for text in texts(document) if text.startswith(("Tabell", "Figur"))]
    assert [re.search(r"\w+$", text.split(".")[0]).group() for text in found] == [  # type: ignore[union-attr]
        *("1", "2", "3", "1", "4", "2", "5", "5", "20", "I", "21")
    ]
    assert '<w:b/></w:rPr><w:t xml:space="preserve">3</w:t>' in part(document)
