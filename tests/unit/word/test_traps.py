"""The seventeen traps that docxtpl 0.20.2 falls into: here each works, or is told in Swedish with its place."""

from __future__ import annotations

import pytest

from finsam_desktop.word import RichText, Span, TemplateError, WordTemplate, check_template
from tests.unit.word.building import (
    W14,
    attributes,
    cell,
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


def fault(template: bytes, **context: object) -> TemplateError:
    """The error that rendering ends in."""
    with pytest.raises(TemplateError) as caught:
        WordTemplate(template).render(context)
    return caught.value


def test_01_text_that_looks_like_xml_is_escaped_without_being_asked() -> None:
    document = render(docx("{{ x }}", "efter"), x="100<100 & <b>fet</b>")
    assert texts(document) == ["100<100 & <b>fet</b>", "efter"]


def test_02_a_lone_surrogate_is_reported_and_nothing_is_made() -> None:
    error = fault(docx("A {{ x }} B", "C efter"), x="före\ud800bak")
    assert "U+D800" in error.message
    assert (error.part, error.paragraph, error.tag) == ("brödtexten", 1, "{{ x }}")


def test_03_a_tag_cut_by_a_tracked_change_works_and_is_warned_of() -> None:
    change = 'w:id="1" w:author="x" w:date="2026-01-01T00:00:00Z"'
    template = docx(para(run("{{ na"), f"<w:ins {change}>{run('mn }}')}</w:ins>", run(" slut")))
    assert texts(render(template, namn="Åsa")) == ["Åsa slut"]
    assert [(p.code, p.paragraph) for p in check_template(template)] == [("tracked", 1)]


@pytest.mark.parametrize("code", ["\x00", "\x08", "\x07", "\x0c", "\ufffe", "\uffff", "\ufdd0", "\U0001ffff"])
def test_04_a_control_character_is_reported_with_its_surroundings(code: str) -> None:
    error = fault(docx("A {{ x }} B"), x=f"före{code}bak")
    assert f"U+{ord(code):04X}" in error.message
    assert "före" in error.message


@pytest.mark.parametrize("mark", ["\x0b", "\n", "\r\n", "\r"])
def test_04_every_line_break_is_a_line_break(mark: str) -> None:
    assert texts(render(docx("A {{ x }} B", "C"), x=f"före{mark}bak")) == ["A före\nbak B", "C"]


def test_05_text_beside_a_block_tag_stays_and_is_warned_of() -> None:
    template = docx("VIKTIG TEXT {%p if visa %}", "i mitten", "{%p endif %} MER TEXT")
    assert [t.strip() for t in texts(render(template, visa=True))] == ["VIKTIG TEXT", "i mitten", "MER TEXT"]
    assert [t.strip() for t in texts(render(template, visa=False))] == ["VIKTIG TEXT", "MER TEXT"]
    assert [(p.code, p.paragraph) for p in check_template(template)] == [("beside", 1), ("beside", 3)]


def test_05_a_block_tag_amid_text_is_an_error() -> None:
    error = fault(docx("före {%p if visa %} efter", "{%p endif %}"), visa=True)
    assert "båda sidor" in error.message
    assert error.paragraph == 1


def test_06_a_missing_field_is_an_error_with_the_nearest_name() -> None:
    error = fault(docx("rad ett", "Hej {{ namm }}!"), namn="Åsa")
    assert error.message == "Fältet namm finns inte. Menade du namn?"
    assert (error.paragraph, error.context) == (2, "Hej {{ namm }}!")


@pytest.mark.parametrize("text", ["{{7*7}} {% if %}", "a {_{b}_} {_%c%_}", "{# x #}", "}}", "%}"])
def test_07_text_that_looks_like_a_tag_is_only_text(text: str) -> None:
    assert texts(render(docx("{{ x }}"), x=text)) == [text]


def test_08_rich_text_works_in_both_kinds_of_tag() -> None:
    rich = RichText(("fet & ", Span(text="<x>", bold=True)))
    document = render(docx("före {{ rt }} efter", "{{r rt }}"), rt=rich)
    assert texts(document) == ["före fet & <x> efter", "fet & <x>"]
    assert len(attributes(document, "rStyle")) == 2


def test_09_properties_are_escaped_once() -> None:
    document = render(docx("x", core="<dc:title>{{ n }}</dc:title>"), n="Brf A & B <1>")
    assert tree(document, "docProps/core.xml")[0].text == "Brf A & B <1>"


def test_10_an_ampersand_in_an_expression_is_an_ampersand() -> None:
    assert texts(render(docx("{{ 'A & B' }} {{ a ~ ' & ' ~ a }}"), a="<")) == ["A & B < & <"]


def test_11_ids_are_unique_after_a_loop() -> None:
    marked = (
        '<w:p w14:paraId="00000A01" w14:textId="77777777"><w:bookmarkStart w:id="7" w:name="bm"/>'
        f'{run("{{ i }}")}<w:bookmarkEnd w:id="7"/></w:p>'
    )
    document = render(docx("{%p for i in [1, 2, 3] %}", marked, "{%p endfor %}"))
    assert texts(document) == ["1", "2", "3"]
    assert attributes(document, "bookmarkStart", "name") == ["bm", "bm_2", "bm_3"]
    assert len(set(attributes(document, "bookmarkStart", "id"))) == 3
    assert f"{{{W14}}}paraId" not in part(document)


def test_12_a_table_looped_to_nothing_goes() -> None:
    template = docx(
        "före",
        table(row("{%tr for r in rows %}", ""), row("{{ r }}", ""), row("{%tr endfor %}", "")),
        "efter",
    )
    assert "<w:tbl>" not in part(render(template, rows=[]))
    assert cells(render(template, rows=["a"])) == [["a", ""]]


def test_12_a_cell_emptied_of_paragraphs_gets_one() -> None:
    template = docx(table(row(cell("{%p if x %}", "text", "{%p endif %}"), "b")))
    assert cells(render(template, x=False)) == [["", "b"]]


def test_13_a_list_in_a_loop_begins_anew_for_each_turn() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/><w:lvl w:ilvl="0">'
        '<w:start w:val="1"/>'
        '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    item = f'<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>{run("{{ d }}")}</w:p>'
    template = docx(
        "{%p for a in items %}",
        "{{ a.t }}",
        "{%p for d in a.d %}",
        item,
        "{%p endfor %}",
        "{%p endfor %}",
        numbering=numbering,
    )
    document = render(
        template,
        items=[{"t": "ett", "d": ["a", "b"]}, {"t": "två", "d": ["c", "d"]}, {"t": "tre", "d": ["e"]}],
    )
    assert attributes(document, "numId") == ["1", "1", "2", "2", "3"]
    starts = [
        node.get(f"{{{tree(document).nsmap['w']}}}val")
        for node in tree(document, "word/numbering.xml").iter()
        if str(node.tag).endswith("startOverride")
    ]
    assert starts == ["1"] * 18


def test_14_a_percent_sign_or_a_brace_in_a_paragraph_tag() -> None:
    template = docx(
        "{%p for i in [1,2,3] %}", "{%p if i % 2 %}", "udda {{i}}", "{%p endif %}", "{%p endfor %}"
    )
    assert texts(render(template)) == ["udda 1", "udda 3"]
    assert texts(render(docx("{%p if x in {'a': 1} %}", "JA", "{%p endif %}"), x="a")) == ["JA"]


def test_15_a_row_loop_may_begin_and_end_in_the_same_row() -> None:
    template = docx(
        table(row("Post", "Utfall"), row("{%tr for r in rows %}{{r.a}}", "{{r.b}}{%tr endfor %}"))
    )
    document = render(template, rows=[{"a": "x", "b": 1}, {"a": "y", "b": 2}])
    assert cells(document) == [["Post", "Utfall"], ["x", "1"], ["y", "2"]]


def test_16_every_property_is_filled_in_whatever_its_length() -> None:
    core = "<dc:title>{{ n }}</dc:title><cp:keywords>{{ k }}</cp:keywords><cp:category>{{ k }}</cp:category>"
    custom = (
        '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="Dnr">'
        "<vt:lpwstr>{{ k }}</vt:lpwstr></property>"
    )
    document = render(docx("x", core=core, custom=custom), n="x" * 300, k="7 & 8")
    assert [node.text for node in tree(document, "docProps/core.xml")] == ["x" * 300, "7 & 8", "7 & 8"]
    assert tree(document, "docProps/custom.xml")[0][0].text == "7 & 8"


def test_17_a_no_break_hyphen_in_a_tag_is_a_minus() -> None:
    paragraph = para("{{ a ", "<w:r><w:noBreakHyphen/></w:r>", " b }}")
    assert texts(render(docx(paragraph), a=5, b=3)) == ["2"]
