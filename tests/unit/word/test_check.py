"""The template check: every fault found, in the right paragraph, in words its author understands."""

from __future__ import annotations

import io

import pytest
from docx import Document

from finsam_desktop.word import Problem, TemplateError, WordTemplate, check_template, commented_copy
from tests.unit.word.building import (
    R,
    W,
    attributes,
    cell,
    docx,
    names,
    para,
    part,
    row,
    run,
    table,
    text_of,
    texts,
    tree,
)

KNOWN = {
    "association.name",
    "meeting.date",
    "items[].title",
    "items[].number",
    "items[].decisions[].text",
}
FIRST = "Vanlig text med {{ meeting.date }}."

# What is wrong, the template's body, the code of the problem, the paragraph it is in (from 1), words of the message.
BROKEN: list[tuple[str, list[str], str, int, str]] = [
    ("unknown field", [FIRST, "{{ meeting.dat }}"], "unknown-field", 2, "Menade du meeting.date?"),
    (
        "unknown root",
        [FIRST, FIRST, "{{ asociation.name }}"],
        "unknown-field",
        3,
        "Menade du association.name?",
    ),
    (
        "unknown field in a loop",
        ["{%p for it in items %}", "{{ it.titel }}", "{%p endfor %}"],
        "unknown-field",
        2,
        "Menade du items[].title?",
    ),
    (
        "unknown field in an inner loop",
        [
            "{%p for it in items %}",
            "{%p for d in it.decisions %}",
            "{{ d.tekst }}",
            "{%p endfor %}",
            "{%p endfor %}",
        ],
        "unknown-field",
        3,
        "decisions[].text",
    ),
    ("unknown list", ["{%p for it in item %}", "x", "{%p endfor %}"], "unknown-field", 1, "item"),
    ("unclosed for", [FIRST, "{%p for it in items %}", "{{ it.title }}"], "structure", 2, "stängs aldrig"),
    (
        "unclosed if in a for",
        ["{%p for it in items %}", "{%p if it.title %}", "x", "{%p endfor %}"],
        "structure",
        2,
        "endif",
    ),
    ("end without a beginning", [FIRST, "x", "{%p endfor %}"], "structure", 3, "inte är öppnat"),
    ("else outside", [FIRST, "{%p else %}"], "structure", 2, "inte inuti"),
    ("wrong end", ["{%p if meeting.date %}", "x", "{%p endfor %}"], "structure", 3, "kan inte stänga"),
    ("tag not closed", [FIRST, "Datum: {{ meeting.date"], "structure", 2, "avslutas inte med }}"),
    (
        "block tag not closed",
        ["{%p for it in items", "x", "{%p endfor %}"],
        "structure",
        1,
        "avslutas inte med %}",
    ),
    ("tag not opened", [FIRST, "Datum: meeting.date }}"], "structure", 2, "utan {{ före"),
    ("comment not closed", [FIRST, "{# glömd"], "structure", 2, "avslutas inte med #}"),
    ("unknown filter", [FIRST, "{{ meeting.date|datumet }}"], "syntax", 2, "Filtret datumet finns inte"),
    ("two words", [FIRST, "{{ meeting date }}"], "syntax", 2, "där taggen borde ta slut"),
    ("empty tag", [FIRST, "{{ }}"], "syntax", 2, "tom"),
    ("no in", ["{%p for it items %}", "x", "{%p endfor %}"], "syntax", 1, "”in” saknas"),
    ("unknown block", [FIRST, "{% foreach it in items %}"], "structure", 2, "foreach"),
    (
        "space before p",
        [FIRST, "{% p if meeting.date %}", "{% p endif %}"],
        "structure",
        2,
        "utan mellanslag",
    ),
    ("a quote not closed", [FIRST, '{{ meeting.date|default("-) }}'], "syntax", 2, "citattecken"),
    ("include", [FIRST, "{% include 'x' %}"], "structure", 2, "include"),
    ("text on both sides", ["a {%p if meeting.date %} b", "{%p endif %}"], "structure", 1, "båda sidor"),
    (
        "row tag outside a table",
        [FIRST, "{%tr for it in items %}", "{%tr endfor %}"],
        "structure",
        2,
        "tabell",
    ),
    ("cell tag outside a table", [FIRST, "{% cellbg 'D5DCE0' %}"], "structure", 2, "tabellcell"),
    ("merging outside a loop", [table(row("{% vm %}x"))], "structure", 1, "for-slinga"),
    ("block beside text", [FIRST, "Se {{p meeting.date }}"], "structure", 2, "annan text"),
    (
        "different levels",
        ["{%p if meeting.date %}", "x{% endif %}"],
        "structure",
        2,
        "inte på samma nivå",
    ),
    ("code", [FIRST, "{{ meeting.__class__ }}"], "unknown-field", 2, "__class__"),
    ("safe", [FIRST, "{{ meeting.date|safe }}"], "syntax", 2, "safe"),
]


@pytest.mark.parametrize(
    ("body", "code", "paragraph", "words"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN]
)
def test_a_broken_template_is_diagnosed_in_its_paragraph(
    body: list[str], code: str, paragraph: int, words: str
) -> None:
    found = [p for p in check_template(docx(*body), KNOWN) if p.severity == "error"]
    assert [(p.code, p.part, p.paragraph) for p in found][:1] == [(code, "brödtexten", paragraph)]
    assert words in found[0].message
    assert found[0].context.strip("…") in body[paragraph - 1]


@pytest.mark.parametrize(
    "case", [case for case in BROKEN if case[2] != "unknown-field"], ids=lambda case: case[0]
)
def test_a_broken_template_is_not_rendered_either(case: tuple[str, list[str], str, int, str]) -> None:
    with pytest.raises(TemplateError) as caught:
        WordTemplate(docx(*case[1]))
    assert caught.value.paragraph == case[3]


def test_the_place_in_a_table_and_in_a_header() -> None:
    template = docx(
        "text",
        table(row("a", "b")),
        table(row("a", "b"), row("c", "d"), row(cell("{{ x.y }}"), "e")),
        parts={"header1": para("{{ z }}"), "header2": para("{{ z }}")},
        section=(
            '<w:headerReference w:type="first" r:id="header1"/><w:headerReference w:type="default" r:id="header2"/>'
        ),
    )
    assert [(p.part, p.where) for p in check_template(template, {"a"})] == [
        ("brödtexten", "tabell 2, rad 3, cell 1"),
        ("sidhuvudet på första sidan", "stycke 1"),
        ("sidhuvudet", "stycke 1"),
    ]
    with pytest.raises(TemplateError) as caught:
        WordTemplate(template).render({})
    assert "brödtexten, tabell 2, rad 3, cell 1: ”{{ x.y }}”" in str(caught.value)


def test_all_faults_are_told_at_once_in_order() -> None:
    found = check_template(
        docx("{{ a b }}", "{%p for x in items %}", "{{ meeting.dat }}", "{{ c|dd }}"), KNOWN
    )
    assert [(p.paragraph, p.code) for p in found] == [
        (1, "syntax"),
        (2, "structure"),
        (3, "unknown-field"),
        (4, "syntax"),
        (4, "unknown-field"),
    ]


def test_a_sound_template_has_no_problems() -> None:
    template = docx(
        "{%p for it in items %}", "{{ it.number }} {{ it.title }}", "{%p endfor %}", "{{ association.name }}"
    )
    assert check_template(template, KNOWN) == []


def test_required_fields_with_their_reason() -> None:
    required = {"meeting.date": "Protokollet ska ange dag (6 kap. 6 § KL).", "items": ""}
    found = check_template(
        docx("{{ association.name }}", "{% for i in items %}{% endfor %}"), KNOWN, required
    )
    assert [(p.code, p.severity) for p in found] == [("missing-field", "warning")]
    assert "6 kap. 6 §" in found[0].message


def test_deleted_tags_and_changed_tags_are_told() -> None:
    change = 'w:id="1" w:author="x"'
    deleted = f"<w:del {change}><w:r><w:delText>{{{{ x }}}}</w:delText></w:r></w:del>"
    body = para(run("a"), deleted), para(run("{{ na"), deleted, run("mn }}"))
    found = check_template(docx(*body))
    assert [(p.code, p.paragraph) for p in found] == [("deleted-tag", 1), ("tracked", 2), ("deleted-tag", 2)]


def test_dangers_are_all_listed() -> None:
    rels = (
        f'<Relationship Id="x1" Type="{R}/attachedTemplate" Target="http://x/y.dotm" TargetMode="External"/>'
        f'<Relationship Id="x2" Type="{R}/image" Target="http://x/y.png" TargetMode="External"/>'
    )
    found = check_template(docx("x", rels=rels, raw={"word/vbaProject.bin": b"x"}))
    assert [p.code for p in found].count("danger") == 3
    assert any("makron" in p.message for p in found)


def test_the_check_renders_examples() -> None:
    template = docx("{%p for it in items %}", "{{ it.title[0].x }}", "{%p endfor %}")
    found = check_template(
        template, examples={"0 punkter": {"items": []}, "1 punkt": {"items": [{"title": "a"}]}}
    )
    assert [p.message for p in found] == ["Med 1 punkt går mallen inte att fylla i. Fältet x finns inte."]
    assert found[0].paragraph == 2


def test_a_file_that_is_no_template_is_one_problem() -> None:
    found = check_template(b"not a zip")
    assert [(p.code, p.severity) for p in found] == [("file", "error")]


def test_the_copy_has_a_comment_at_each_place() -> None:
    template = docx(
        "{{ a b }}",
        "rätt",
        table(row("{{ c }}", "x")),
        parts={"header1": para("{{ z }}")},
        section='<w:headerReference w:type="default" r:id="header1"/>',
    )
    problems = check_template(template, KNOWN)
    copy = commented_copy(template, problems)
    comments = [text_of(p) for p in tree(copy, "word/comments.xml").iter(f"{{{W}}}p")]
    assert len(comments) == len(problems) == 3
    assert comments[0].startswith("Fel: Taggen går inte att läsa")
    assert any("Sidhuvudet" in comment for comment in comments)
    anchored = [text_of(start.getparent()) for start in tree(copy).iter(f"{{{W}}}commentRangeStart")]
    assert sorted(anchored) == ["{{ a b }}", "{{ a b }}", "{{ c }}"]
    assert texts(copy) == texts(template)
    assert len(Document(io.BytesIO(copy)).paragraphs) == 2


def commented(template: bytes, fields: set[str]) -> list[tuple[str, str]]:
    """For each comment of the copy: the text of the paragraph it is at, and what it says."""
    copy = commented_copy(template, check_template(template, fields))
    assert texts(copy) == texts(template)
    said = {c.get(f"{{{W}}}id"): text_of(c.find(f"{{{W}}}p")) for c in tree(copy, "word/comments.xml")}
    starts = tree(copy).iter(f"{{{W}}}commentRangeStart")
    assert not any(list(start.iterancestors(f"{{{W}}}txbxContent")) for start in starts)
    return [
        (text_of(start.getparent()), said[start.get(f"{{{W}}}id")])
        for start in tree(copy).iter(f"{{{W}}}commentRangeStart")
    ]


def test_a_fault_in_a_header_is_told_where_its_section_begins() -> None:
    ends = (
        '<w:p><w:pPr><w:sectPr><w:headerReference w:type="default" r:id="header1"/></w:sectPr></w:pPr></w:p>'
    )
    template = docx(
        "ett",
        ends,
        table(row("två", "x")),
        "tre",
        parts={
            "header1": para("{{ a b }}"),
            "header2": para("hej {{ fel }}"),
            "footer1": para("{{ rätt }}") + para("{{ fl }}"),
        },
        section='<w:headerReference w:type="first" r:id="header2"/><w:footerReference w:type="even" r:id="footer1"/>',
    )
    at = dict(commented(template, {"rätt", "fält"}))
    assert at["ett"].startswith("Sidhuvudet, stycke 1: ”{{ a b }}”. Fel: Taggen går inte att läsa")
    found = [said for place, said in commented(template, {"rätt", "fält"}) if place == "två"]
    assert len(found) == 2
    assert any(
        said.startswith("Sidhuvudet på första sidan, stycke 1: ”hej {{ fel }}”. Fel: ") for said in found
    )
    assert any(said.startswith("Sidfoten på jämna sidor, stycke 2: ”{{ fl }}”. Fel: ") for said in found)


@pytest.mark.parametrize(("kind", "word"), [("footnote", "Fotnoterna"), ("endnote", "Slutnoterna")])
def test_a_fault_in_a_note_is_told_at_its_reference(kind: str, word: str) -> None:
    notes = "".join(
        f'<w:{kind} w:id="{n}">{para("före")}{para(text)}</w:{kind}>'
        for n, text in ((2, "{{ rätt }}"), (3, "{{ fel }}"))
    )
    references = [f'<w:r><w:{kind}Reference w:id="{n}"/></w:r>' for n in (2, 3)]
    template = docx("ett", para("två", references[0]), para("tre", references[1]), parts={f"{kind}s": notes})
    ((place, said),) = commented(template, {"rätt"})
    assert place == "tre"
    assert said == f"{word}, stycke 4: ”{{{{ fel }}}}”. Fel: Fältet fel finns inte."


def test_a_fault_in_a_text_box_is_told_at_the_paragraph_that_holds_it() -> None:
    box = f"<w:r><w:pict><v:textbox><w:txbxContent>{para('{{ fel }}')}</w:txbxContent></v:textbox></w:pict></w:r>"
    ((place, said),) = commented(docx("ett", para("två", box)), set())
    assert place == "två"
    assert said == "Brödtexten, en textruta: ”{{ fel }}”. Fel: Fältet fel finns inte."


def test_a_fault_seen_when_tried_is_told_where_it_is() -> None:
    template = docx(
        "ett",
        "{{ x.y }}",
        parts={"header1": para("{{ z.y }}")},
        section='<w:headerReference w:type="first" r:id="header1"/>',
    )
    for context, at, said in (
        ({"x": {}, "z": {"y": 1}}, "{{ x.y }}", "Fel: Med tomt går"),
        (
            {"x": {"y": 1}, "z": {}},
            "ett",
            "Sidhuvudet på första sidan, stycke 1: ”{{ z.y }}”. Fel: Med tomt går",
        ),
    ):
        copy = commented_copy(template, check_template(template, examples={"tomt": context}))
        (start,) = tree(copy).iter(f"{{{W}}}commentRangeStart")
        (comment,) = (text_of(p) for p in tree(copy, "word/comments.xml").iter(f"{{{W}}}p"))
        assert text_of(start.getparent()) == at
        assert comment.startswith(said)


def test_the_copy_keeps_comments_that_are_there() -> None:
    template = docx(
        f'<w:p><w:commentRangeStart w:id="4"/>{run("{{ a b }}")}<w:commentRangeEnd w:id="4"/></w:p>',
        parts={"comments": f'<w:comment w:id="4" w:author="jag">{para("min")}</w:comment>'},
    )
    copy = commented_copy(template, check_template(template))
    assert attributes(copy, "comment", "id", "word/comments.xml") == ["4", "5"]
    assert names(copy).count("word/comments.xml") == 1
    assert part(copy, "[Content_Types].xml").count("comments+xml") == 1


def test_a_problem_reads_as_a_sentence() -> None:
    problem = Problem(
        severity="error", code="x", message="Fel.", part="brödtexten", where="stycke 3", context="Hej {{ x"
    )
    assert str(problem) == "brödtexten, stycke 3: ”Hej {{ x”. Fel."
