"""Any text put into any field is found again in the document, in order; or it is refused, and says which character."""

from __future__ import annotations

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from finsam_desktop.word import (
    Anchor,
    Column,
    Link,
    Markdown,
    NoBreakHyphens,
    Paragraph,
    RichText,
    Row,
    Span,
    Table,
    TemplateError,
    WordTemplate,
)
from tests.unit.word.building import (
    STYLES,
    W,
    broken_rules,
    cell,
    docx,
    para,
    row,
    run,
    table,
    text_of,
    texts,
    tree,
)

PLACES = {
    "plain": "{{ v }}",
    "amid": "före {{ v }} efter",
    "runs": "{{r v }}",
    "block": "{{p v }}",
    "split": para(run("{{ ", "<w:b/>"), run("v }}", "<w:i/>")),
    "cell": table(row("{{ v }}", cell("{{p v }}"))),
    "list": "{% for x in [v, v] %}{{ x }}{% endfor %}",
}


def is_illegal(text: str) -> bool:
    """By the Unicode database, not by the engine's own table."""
    return any(
        (unicodedata.category(c) == "Cc" and ord(c) < 0x20 and c not in "\t\n\r\x0b")
        or unicodedata.category(c) == "Cs"
        or (ord(c) & 0xFFFE) == 0xFFFE
        or 0xFDD0 <= ord(c) <= 0xFDEF
        for c in text
    )


def normal(text: str) -> str:
    """The stated rule: every kind of line break is a line break."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n")


anything = st.text(max_size=60)
# Text that is likely to hurt: marks of XML, Jinja, docxtpl and Markdown, and characters Word and Excel paste.
hurtful = st.lists(
    st.sampled_from(
        [
            "&",
            "<",
            ">",
            "{{",
            "}}",
            "{%",
            "%}",
            "{#",
            "#}",
            "{_{",
            "%_}",
            "\\a",
            "\x0b",
            "\t",
            "\r\n",
            "\u00a0",
            "\u2028",
            "\u00ad",
            "]]>",
            "&amp;",
            "&#10;",
            "</w:t>",
            "<w:br/>",
            "--",
            "'",
            '"',
            "å",
            "e\u0301",
            "\U0001f600",
            "\ufeff",
            "\x85",
            "§ 7",
            " ",
        ]
    ),
    max_size=12,
).map("".join)
text = st.one_of(anything, hurtful, st.text(st.characters(), max_size=20))
_templates = {name: WordTemplate(docx(body)) for name, body in PLACES.items()}


@given(text, st.sampled_from(sorted(PLACES)))
def test_any_text_is_found_again_wherever_it_is_put(value: str, place: str) -> None:
    document = b""
    try:
        document = _templates[place].render({"v": value})
    except TemplateError as error:
        refused = error.message
    else:
        refused = ""
    assert ("U+" in refused) == is_illegal(value)
    if refused:
        return
    expected = {"amid": "före {} efter", "list": "{0}{0}"}.get(place, "{}").format(normal(value))
    found = texts(document)
    if place == "block" and not value:
        assert found == []  # an empty block leaves no paragraph
        return
    assert found == ([expected, expected] if place == "cell" else [expected])
    assert broken_rules(document) == []


@given(st.lists(text.filter(lambda value: not is_illegal(value)), min_size=1, max_size=6))
def test_texts_of_a_loop_come_in_order(values: list[str]) -> None:
    document = _loop.render({"xs": [{"a": value, "b": value} for value in values]})
    # An empty block leaves no paragraph, an empty text does.
    assert texts(document) == [normal(value) for value in values for _ in range(3 if value else 2)]


_loop = WordTemplate(docx("{%p for x in xs %}", "{{ x.a }}", "{{p x.b }}", "{{r x.a }}", "{%p endfor %}"))


@given(st.lists(text.filter(lambda value: not is_illegal(value)), min_size=1, max_size=5))
def test_values_keep_their_text(values: list[str]) -> None:
    first = values[0]
    rich = RichText(
        tuple(
            part for value in values for part in (value, Span(text=value, bold=True), NoBreakHyphens(value))
        )
    )
    made = [
        Paragraph(rich),
        Paragraph(Link(first, "https://x.se")),
        Paragraph(Anchor(first, "p")),
        Table(columns=(Column(title=first),), rows=tuple(Row(cells=(value,)) for value in values)),
    ]
    document = _block.render({"v": made})
    expected = ["".join(normal(value) * 3 for value in values), normal(first), normal(first)]
    if first:
        expected.append(normal(first))
    expected += [normal(value) for value in values]
    assert texts(document)[: len(expected)] == expected
    assert broken_rules(document) == []


_block = WordTemplate(docx("{{p v }}", styles=STYLES))


@settings(max_examples=150)
@given(st.one_of(text, st.text("abc åäö*_-+#>1234.)[](){}|`\\!~ \n", max_size=80)))
def test_markdown_loses_nothing_but_its_marks(value: str) -> None:
    """Every letter and digit is found again, in order; digits that number a list are the list's."""
    try:
        document = _block.render({"v": Markdown(value)})
    except TemplateError:
        assert is_illegal(value)
        return
    assert broken_rules(document) == []
    printed = letters("".join(text_of(p) for p in tree(document).iter(f"{{{W}}}p")))
    assert printed == letters(normal(value))


def letters(value: str) -> str:
    """What no mark of Markdown consists of. Digits may number a list, so they are left out."""
    return "".join(c for c in value if c.isalpha())


@given(st.dictionaries(st.sampled_from(["title", "subject", "keywords"]), text, min_size=3, max_size=3))
def test_properties_keep_their_text(values: dict[str, str]) -> None:
    try:
        document = _properties.render(values)
    except TemplateError:
        assert any(is_illegal(value) for value in values.values())
        return
    found = [(node.text or "") for node in tree(document, "docProps/core.xml")]
    assert found == [normal(values[name]) for name in ("title", "subject", "keywords")]


_properties = WordTemplate(
    docx(
        "x",
        core="<dc:title>{{ title }}</dc:title><dc:subject>{{ subject }}</dc:subject>"
        "<cp:keywords>{{ keywords }}</cp:keywords>",
    )
)


@given(
    st.lists(st.integers(min_value=1, max_value=9), min_size=1, max_size=8),
    st.sampled_from(["{{ namn }}", "{{r namn }}", "{% if namn %}{{ namn }}{% endif %}"]),
)
def test_a_tag_may_be_split_anywhere(cuts: list[int], tag: str) -> None:
    written = f"Hej {tag} och {tag}."
    pieces, at = [], 0
    for cut in cuts:
        pieces.append(written[at : at + cut])
        at += cut
    pieces.append(written[at:])
    marks = [
        '<w:proofErr w:type="spellStart"/>',
        '<w:bookmarkStart w:id="{0}" w:name="b{0}"/><w:bookmarkEnd w:id="{0}"/>',
        "",
    ]
    body = "".join(run(piece) + marks[n % 3].format(n) for n, piece in enumerate(pieces) if piece)
    document = WordTemplate(docx(f"<w:p>{body}</w:p>")).render({"namn": "Åsa & co"})
    assert texts(document) == ["Hej Åsa & co och Åsa & co."]
    assert broken_rules(document) == []
