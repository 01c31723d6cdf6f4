"""What docxtpl's users know works: tags in every part, blocks at every level, cell tags, whitespace control."""

from __future__ import annotations

import pytest

from finsam_desktop.word import Markdown, TemplateError, WordTemplate
from tests.unit.word.building import (
    R,
    W,
    attributes,
    cells,
    docx,
    para,
    part,
    render,
    row,
    run,
    table,
    texts,
    tree,
)


def test_a_tag_split_over_runs_bookmarks_spelling_marks_and_comments() -> None:
    pieces = (
        run("{")
        + run("{na", "<w:b/>")
        + '<w:proofErr w:type="spellStart"/>'
        + run("m")
        + '<w:bookmarkStart w:id="0" '
        'w:name="_GoBack"/><w:bookmarkEnd w:id="0"/>'
        + run("n")
        + '<w:commentRangeStart w:id="5"/>'
        + run(" }")
        + '<w:commentRangeEnd w:id="5"/>'
        + run("} slut")
    )
    assert texts(render(docx(f"<w:p>{pieces}</w:p>"), namn="Åsa")) == ["Åsa slut"]


def test_the_tag_takes_the_look_of_its_first_character() -> None:
    document = render(docx(f"<w:p>{run('{{ na', '<w:b/>')}{run('mn }} efter', '<w:i/>')}</w:p>"), namn="Åsa")
    looks = [(r[0][0].tag.rsplit("}")[1], r[1].text) for r in tree(document).iter(f"{{{W}}}r")]
    assert looks == [("b", "Åsa"), ("i", " efter")]


def test_a_tab_and_a_line_break_inside_a_tag_are_spaces() -> None:
    paragraph = "<w:p><w:r><w:t>{{</w:t><w:tab/><w:t>namn</w:t><w:br/><w:t>}}</w:t></w:r></w:p>"
    assert texts(render(docx(paragraph), namn="Åsa")) == ["Åsa"]


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("{{ ”hej” }}", "hej"),
        ("{{ saknas|default(”-”) }}", "-"),
        ("{% if x == ’a’ %}JA{% endif %}", "JA"),
        ('{{ "it’s" }}', "it’s"),
        ("{% if n < 5 and n > 1 %}JA{% endif %}", "JA"),
        ("{{ {'a': {'b': 1}}['a']['b'] }}", "1"),
        ("{{ '}}' }}", "}}"),
        ("{{ n – 1 }}", "2"),
        ("{% raw %}{{ x }}{% endraw %}", "{{ x }}"),
        ("a{# not printed #}b", "ab"),
        ("{{\u00a0x\u00a0}}", "a"),
        ("a {%- if true %} b {% endif -%} c", "a b c"),
        ("a {{- x -}} b", "aab"),
        ("{% set y = x ~ 1 %}{{ y }}", "a1"),
        ("{% set y %}<{{ x }}>{% endset %}{{ y }}", "<a>"),
        ("{% macro m(v) %}[{{ v }} & co]{% endmacro %}{{ m(x) }}", "[a & co]"),
        ("{{ x|upper }} {{ x|e }} {{ [3, 1]|sort|join(', ') }}", "A a 1, 3"),
        ("{{ '%.2f'|format(n) }} {{ '{:,}'.format(12635) }}", "3.00 12,635"),
        ("{{ 12635.5|tal(1) }} {{ -3|tal }}", "12\u00a0635,5 −3"),
        ("{{ none }}|{{ d.items }}|{{ d['k'] }}", "|lista|1"),
        (
            "{% for k, v in e.items() %}{{ k }}={{ v }}{% if not loop.last %}, {% endif %}{% endfor %}",
            "a=1, b=2",
        ),
        ("{{ datum.strftime('%Y-%m-%d') }}", "2026-10-29"),
        ("{{ 'ja' if n == 3 else 'nej' }}", "ja"),
    ],
)
def test_expressions(written: str, printed: str) -> None:
    from datetime import date

    context = {
        "x": "a",
        "n": 3,
        "d": {"items": "lista", "k": 1},
        "e": {"a": 1, "b": 2},
        "datum": date(2026, 10, 29),
    }
    assert texts(render(docx(written), **context)) == [printed]


def test_blocks_of_paragraphs_nested_and_otherwise() -> None:
    template = docx(
        "{%p for a in items %}",
        "{{ loop.index }} {{ a.t }}",
        "{%p if a.d %}",
        "{%p for d in a.d %}",
        "– {{ d }}",
        "{%p endfor %}",
        "{%p elif a.t == 'två' %}",
        "inget, men två",
        "{%p else %}",
        "inget",
        "{%p endif %}",
        "{%p endfor %}",
    )
    items = [{"t": "ett", "d": ["x"]}, {"t": "två", "d": []}, {"t": "tre", "d": []}]
    assert texts(render(template, items=items)) == [
        "1 ett",
        "– x",
        "2 två",
        "inget, men två",
        "3 tre",
        "inget",
    ]


def test_inline_blocks_over_several_paragraphs() -> None:
    assert texts(render(docx("a{% for x in xs %}", "{{ x }}{% endfor %}b"), xs=[1, 2])) == ["a", "1", "2b"]


def test_a_paragraph_beginning_with_a_minus_joins_the_one_before() -> None:
    template = docx(
        "Huset ligger",
        "{%- if stad -%}",
        " i staden",
        "{%- else -%}",
        " på landet",
        "{%- endif -%}",
        " och är rött.",
    )
    assert texts(render(template, stad=True)) == ["Huset ligger i staden och är rött."]
    assert texts(render(template, stad=False)) == ["Huset ligger på landet och är rött."]


def test_several_block_tags_in_one_paragraph() -> None:
    assert texts(
        render(docx("{%p if a %}{%p for x in xs %}", "{{ x }}", "{%p endfor %}{%p endif %}"), a=1, xs=[1, 2])
    ) == ["1", "2"]


def test_a_section_break_in_a_tags_paragraph_stays() -> None:
    broken = f'<w:p><w:pPr><w:sectPr><w:type w:val="nextPage"/></w:sectPr></w:pPr>{run("{%p if a %}")}</w:p>'
    document = render(docx(broken, "x", "{%p endif %}"), a=True)
    assert len(attributes(document, "sectPr", "rsid")) == 2


def test_run_blocks_cut_the_run_and_keep_the_text_beside() -> None:
    document = render(
        docx("<w:p>" + run("a {%r if b %}b {{ c }}{%r endif %} d", "<w:b/>") + "</w:p>"), b=True, c="c"
    )
    assert texts(document) == ["a b c d"]
    assert len(list(tree(document).iter(f"{{{W}}}b"))) == len(list(tree(document).iter(f"{{{W}}}r"))) == 3
    assert texts(render(docx("a {%r if b %}b{%r endif %} d"), b=False)) == ["a  d"]


def test_rows_and_cells_in_loops() -> None:
    template = docx(
        table(
            row("Post", "{%tc for m in ms %}", "{{ m }}", "{%tc endfor %}"),
            row("{%tr for r in rows %}", "", ""),
            row("{{ r.p }}", "{%tc for v in r.v %}", "{{ v }}", "{%tc endfor %}"),
            row("{%tr endfor %}", "", ""),
        )
    )
    document = render(template, ms=["jan", "feb"], rows=[{"p": "a", "v": [1, 2]}, {"p": "b", "v": [3, 4]}])
    assert cells(document) == [["Post", "jan", "feb"], ["a", "1", "2"], ["b", "3", "4"]]


def test_cell_colour_and_span() -> None:
    document = render(
        docx(table(row("{% cellbg c %}{{ x }}", "{% colspan n %}{{ x }}"))), c="#d5dce0", n=2, x="x"
    )
    assert cells(document) == [["x", "x"]]
    assert attributes(document, "shd", "fill") == ["D5DCE0"]
    assert attributes(document, "gridSpan") == ["2"]


def test_cells_merged_across_and_down() -> None:
    across = docx(table(row("{%tc for x in xs %}", "{% hm %}{{ rubrik }}", "{%tc endfor %}"), columns=3))
    document = render(across, xs=[1, 2, 3], rubrik="R")
    assert cells(document) == [["R"]]
    assert attributes(document, "gridSpan") == ["3"]
    down = docx(
        table(row("{%tr for x in xs %}", ""), row("{% vm %}grupp", "{{ x }}"), row("{%tr endfor %}", ""))
    )
    document = render(down, xs=[1, 2])
    assert cells(document) == [["grupp", "1"], ["", "2"]]
    assert attributes(document, "vMerge") == ["restart", "continue"]


def test_every_part_is_filled_in() -> None:
    parts = {
        "header1": para("H {{ x }}"),
        "header2": para("H1 {{ x }}"),
        "header3": para("H2 {{ x }}"),
        "footer1": para("F {{ x }}"),
        "footnotes": f'<w:footnote w:id="2">{para("fot {{ x }}")}</w:footnote>',
        "endnotes": f'<w:endnote w:id="2">{para("slut {{ x }}")}</w:endnote>',
        "comments": f'<w:comment w:id="0" w:author="a">{para("komm {{ x }}")}</w:comment>',
    }
    section = (
        '<w:headerReference w:type="default" r:id="header1"/><w:headerReference w:type="first" r:id="header2"/>'
        '<w:headerReference w:type="even" r:id="header3"/><w:footerReference w:type="default" r:id="footer1"/>'
        "<w:titlePg/>"
    )
    document = render(docx("{{ x }}", parts=parts, section=section), x="å & <ä>")
    for name, content in parts.items():
        before = content.split("{{")[0].rsplit(">", 1)[1]
        assert texts(document, f"word/{name}.xml") == [f"{before}å & <ä>"]
    assert "<w:titlePg/>" in part(document)


def test_text_boxes_in_both_their_forms() -> None:
    box = f"<w:txbxContent>{para('box {{ x }}')}</w:txbxContent>"
    paragraph = (
        '<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><wp:docPr id="1" name="x" '
        f'descr="bild av {{{{ x }}}}"/><wps:txbx>{box}</wps:txbx></wp:inline></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        f"{run(' och {{ x }}')}</w:p>"
    )
    document = render(docx(paragraph), x='"Å" & <b>')
    assert texts(document) == [' och "Å" & <b>', 'box "Å" & <b>', 'box "Å" & <b>']
    assert 'descr="bild av &quot;Å&quot; &amp; &lt;b&gt;"' in part(document)


def test_hyperlinks_and_field_codes() -> None:
    target = "https://x.se/%7B%7B%20id%20%7D%7D"
    rels = f'<Relationship Id="h1" Type="{R}/hyperlink" Target="{target}" TargetMode="External"/>'
    link = f'<w:p><w:hyperlink r:id="h1">{run("läs {{ id }}")}</w:hyperlink></w:p>'
    field = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGEREF {{ id }} \\h</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    document = render(docx(link, field, rels=rels), id="p7")
    assert "https://x.se/p7" in part(document, "word/_rels/document.xml.rels")
    assert "PAGEREF p7 \\h" in part(document)
    with pytest.raises(TemplateError, match="fältkod"):
        WordTemplate(docx(field)).render({"id": 'x" INCLUDETEXT "c:\\x'})


def test_comments_and_drawings_in_a_loop() -> None:
    body = (
        f'<w:p><w:commentRangeStart w:id="3"/>{run("{{ i }}")}<w:commentRangeEnd w:id="3"/>'
        '<w:r><w:commentReference w:id="3"/></w:r>'
        '<w:r><w:drawing><wp:inline><wp:docPr id="4" name="x"/></wp:inline></w:drawing></w:r>'
        f'<w:ins w:id="9" w:author="a">{run("!")}</w:ins></w:p>'
    )
    document = render(docx("{%p for i in [1, 2] %}", body, "{%p endfor %}"))
    assert texts(document) == ["1!", "2!"]
    assert attributes(document, "commentReference", "id") == ["3"]
    assert len(set(attributes(document, "ins", "id"))) == 2


def test_the_same_input_gives_the_same_bytes_and_the_template_can_be_used_again() -> None:
    template = WordTemplate(docx("{{ x }}", "{%p for i in xs %}", "{{ i }}", "{%p endfor %}"))
    assert template.render({"x": 1, "xs": [1]}) == template.render({"x": 1, "xs": [1]})
    assert texts(template.render({"x": 2, "xs": []})) == ["2"]


def test_fields_are_named_from_the_root() -> None:
    template = docx(
        "{{ meeting.date }} {{ a['b'].c }} {{ n|default(m) }}",
        "{%p for it in items if it.visible %}",
        "{{ it.title }} {{ loop.index }}",
        "{%p for d in it.decisions %}",
        "{{ d }} {{ d.text }}",
        "{%p endfor %}",
        "{%p endfor %}",
        "{% set q = meeting.place %}{{ q.name }}",
        "{% for k, v in pairs.items() %}{{ v }}{% endfor %}{{ items[0].number }}",
        parts={"header1": para("{{ association.name }}")},
    )
    assert WordTemplate(template).fields() == {
        "meeting.date",
        "a.b.c",
        "n",
        "m",
        "items",
        "items[].visible",
        "items[].title",
        "items[].decisions",
        "items[].decisions[]",
        "items[].decisions[].text",
        "meeting.place",
        "meeting.place.name",
        "pairs",
        "items[].number",
        "association.name",
    }


def test_numbers_dates_and_breaks_in_values() -> None:
    document = render(docx("{{ a }}|{{ b }}|{{ c }}"), a="rad 1\nrad 2\tx", b=1.5, c="12\u00a0635")
    assert texts(document) == ["rad 1\nrad 2\tx|1.5|12\u00a0635"]
    assert "<w:br/>" in part(document)
    assert "<w:tab/>" in part(document)


def test_iso_dates_do_not_break() -> None:
    document = render(docx("{{ d|nobreakhyphen }}"), d="2026-10-29")
    assert texts(document) == ["2026-10-29"]
    assert part(document).count("<w:noBreakHyphen/>") == 2


def test_objects_are_refused() -> None:
    class Secret:
        def __str__(self) -> str:
            return "läckt"

    with pytest.raises(TemplateError, match=r"Fältet a\.b har ett värde"):
        WordTemplate(docx("{{ a.b }}")).render({"a": {"b": Secret()}})


@pytest.mark.parametrize("value", [[1, 2], (1,), {"a": 1}])
def test_a_list_is_not_printed_as_python_writes_it(value: object) -> None:
    with pytest.raises(TemplateError, match=r"lista|delfält"):
        WordTemplate(docx("{{ x }}")).render({"x": value})


def test_remarks_for_paragraphs_and_rows_leave_nothing() -> None:
    template = docx("a", "{#p glöm inte #}", table(row("x", "y"), row("{#tr en rad #}", "")), "b {# inne #}c")
    document = render(template)
    assert texts(document) == ["a", "x", "y", "b c"]


def test_a_word_template_file_becomes_a_document() -> None:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}.main+xml"
    document = render(docx("{{ x }}", main_type=kind.format("template")), x=1)
    assert kind.format("document") in part(document, "[Content_Types].xml")
    assert kind.format("template") not in part(document, "[Content_Types].xml")


def test_one_template_serves_many_threads() -> None:
    from concurrent.futures import ThreadPoolExecutor

    template = WordTemplate(docx("{%p for i in xs %}", "{{ i }}", "{{p m }}", "{%p endfor %}"))

    def one(number: int) -> list[str]:
        return texts(template.render({"xs": [number] * 20, "m": Markdown(f"1. {number}")}))

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(one, range(40))) == [[str(number)] * 40 for number in range(40)]


def test_a_bookmark_with_one_end_in_a_tags_paragraph_goes_whole() -> None:
    start = f'<w:p><w:bookmarkStart w:id="7" w:name="b"/>{run("{%p if a %}")}</w:p>'
    document = render(docx(start, para(run("x"), '<w:bookmarkEnd w:id="7"/>'), "{%p endif %}"), a=True)
    assert texts(document) == ["x"]
    assert "bookmark" not in part(document)


@pytest.mark.parametrize(
    "tag", ["{{ x.upper }}", "{{ d.items }}", "{{ range }}", "{% macro m() %}{% endmacro %}{{ m }}"]
)
def test_a_method_is_not_printed_as_python_writes_it(tag: str) -> None:
    with pytest.raises(TemplateError, match="anropas"):
        WordTemplate(docx(tag)).render({"x": "a", "d": {"k": 1}})


@pytest.mark.parametrize(
    ("tag", "printed"),
    [
        ("{{ x.upper() }} {{ x.replace('a', 'b') }} {{ '-'.join(xs) }}", "A b 1-2"),
        ("{% for x in xs %}{{ loop.cycle('u', 'j') }}{{ loop.index0 }}{% endfor %}", "u0j1"),
        ("{{ d.get('k') }} {{ d.keys()|list|first }}", "1 k"),
        ("{% for i in range(2) %}{{ i }}{% endfor %} {{ dict(a=1).a }}", "01 1"),
        ("{% macro m() %}<{{ caller() }}>{% endmacro %}{% call m() %}i{% endcall %}", "<i>"),
    ],
)
def test_harmless_calls_are_allowed(tag: str, printed: str) -> None:
    assert texts(render(docx(tag), x="a", xs=["1", "2"], d={"k": 1})) == [printed]


def test_a_document_that_would_not_be_whole_is_not_handed_over() -> None:
    with pytest.raises(TemplateError, match="blev inte helt"):
        WordTemplate(docx("{% set x %}a & b{% endset %}{{ x|upper }}")).render({})


def test_many_empty_values_in_a_row_do_not_end_the_document() -> None:
    document = render(docx("a{% for x in xs %}{{ x }}{% endfor %}b", "c"), xs=[""] * 9000)
    assert texts(document) == ["ab", "c"]
