"""Templates written for docxtpl give the same text here. Runs where docxtpl (extra: bench) is installed."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from finsam_desktop.word import TemplateError, WordTemplate
from tests.unit.word.building import cell, docx, para, row, run, table, texts

CONTEXT: dict[str, Any] = {
    "namn": "Åsa Öberg",
    "visa": True,
    "dold": False,
    "n": 3,
    "färg": "D5DCE0",
    "tom": [],
    "xs": ["a", "b", "c"],
    "rader": [{"post": "Personal", "v": [1, 2], "grupp": "A"}, {"post": "Hyra", "v": [3, 4], "grupp": "A"}],
    "d": {"k": {"j": "djupt"}},
    "inget": None,
    "amp": "A & B <1>",
    "kv": {"items": "post"},
    "text": "rad 1\nrad 2\tefter tabb",
}
TEMPLATES: dict[str, list[str]] = {
    "variables": ["Hej {{ namn }}!", "{{ d.k.j }} {{ d['k']['j'] }} {{ xs[1] }} {{ n }} {{ n * 2 }}"],
    "filters": [
        "{{ namn|upper }} {{ xs|join(', ') }} {{ xs|length }} {{ saknas|default('–') }} {{ '%.1f'|format(n) }}"
    ],
    "split": [para(run("{{ na", "<w:b/>"), run("mn }} och {", "<w:i/>"), run("{ n }"), run("} slut"))],
    "quotes": ["{{ ”hej” }}{% if namn == ’Åsa Öberg’ %} ja{% endif %}"],
    "inline if": ["a{% if visa %} visas{% else %} nej{% endif %}{% if dold %} dold{% endif %} b"],
    "inline for": [
        "{% for x in xs %}{{ loop.index }}:{{ x }}{% if not loop.last %}, {% endif %}{% endfor %}."
    ],
    "paragraphs": ["{%p if visa %}", "visas", "{%p else %}", "inte", "{%p endif %}", "sist"],
    "paragraph loop": [
        "{%p for x in xs %}",
        "– {{ x }}",
        "{%p endfor %}",
        "{%p for x in tom %}",
        "aldrig",
        "{%p endfor %}",
    ],
    "nested": [
        "{%p for r in rader %}",
        "{{ r.post }}",
        "{%p for v in r.v %}",
        "  {{ v }} av {{ r.post }}",
        "{%p endfor %}",
        "{%p endfor %}",
    ],
    "rows": [
        table(
            row("Post", "Belopp"),
            row("{%tr for r in rader %}", ""),
            row("{{ r.post }}", "{{ r.v[0] }}"),
            row("{%tr endfor %}", ""),
        )
    ],
    "columns": [table(row("{%tc for x in xs %}", "{{ x }}", "{%tc endfor %}"), columns=3)],
    "rows and columns": [
        table(
            row("{%tr for r in rader %}", "", "", ""),
            row("{{ r.post }}", "{%tc for v in r.v %}", "{{ v }}", "{%tc endfor %}"),
            row("{%tr endfor %}", "", "", ""),
            columns=4,
        )
    ],
    "cell colour": [table(row("{% cellbg färg %}{{ namn }}", "x"))],
    "cell span": [table(row("{% colspan 2 %}{{ namn }}"))],
    "merged down": [
        table(
            row("{%tr for r in rader %}", ""),
            row("{% vm %}{{ r.grupp }}", "{{ r.post }}"),
            row("{%tr endfor %}", ""),
        )
    ],
    "merged across": [table(row("{%tc for x in xs %}", "{% hm %}rubrik", "{%tc endfor %}"), columns=3)],
    "paragraphs in a cell": [table(row(cell("{%p for x in xs %}", "{{ x }}", "{%p endfor %}"), "b"))],
    "joined": [
        "Huset ligger",
        "{%- if visa -%}",
        " i staden",
        "{%- else -%}",
        " på landet",
        "{%- endif -%}",
        " och är rött.",
    ],
    "remark": ["a {# inte med #}b", "{#p inte med #}", "c"],
    "set and macro": ["{% set y = n + 1 %}{{ y }}", "{% macro m(v) %}[{{ v }}]{% endmacro %}{{ m(n) }}"],
    "run tags": ["före {%r if visa %}mellan{%r endif %} efter"],
    "line breaks": ["{{ text }}"],
    "odd tests": [
        "{% if n > 2 and n < 5 %}ja{% endif %} {{ 'x' if dold else 'y' }} {{ n is odd }} {{ 'a' in xs }}"
    ],
    "trimmed": [
        "a {#- c -#} b {%- if visa %} c{% endif -%} d {{- namn -}} e",
        "x {%+ if visa %}y{% endif %}",
    ],
    "masked braces": ["{_{ namn }_} {_% if %_} {{ n }}"],
    "masked braces alone": ["{_{ namn }_}"],
    "more filters": [
        "{% for g in rader|groupby('grupp') %}{{ g.grouper }}{{ g.list|length }}{% endfor %}",
        "{{ rader|map(attribute='post')|sort|join('/') }} {{ namn|wordwrap(4) }} {{ namn|truncate(5) }} {{ xs|last }}",
        "{% for b in xs|batch(2) %}{{ b|join }};{% endfor %} {% for x in xs %}{{ loop.cycle('o', 'e') }}{% endfor %}",
        "{{ d|dictsort|length }} {{ 3.14159|round(2) }} {{ 'x'|int }} {{ namn|center(12) }}| {{ inget or 'tomt' }}",
    ],
    "nothing in an expression": [
        "{{ 'a' ~ inget }} {{ inget|upper }} {{ [inget]|join('-') }} {{ inget is none }}"
    ],
    "blocks": [
        "{% with a = 1 %}{{ a }}{% endwith %}{% block b %}{{ n }}{% endblock %}{% raw %}{{ x }}{% endraw %}"
    ],
    "filter block": [
        "{% filter upper %}abc {{ namn }}{% endfilter %}{% set z %}hej {{ n }}{% endset %}{{ z }}"
    ],
    "tags without spaces": [table(row("{%cellbg färg%}{{namn}}")), "{%if visa%}{{namn}}{%endif%}"],
    "text with marks": ["{{ amp }} {{ amp|e }} {{ 'a < b' }}"],
}


def theirs(template: bytes, values: dict[str, Any], *, autoescape: bool = True) -> bytes:
    """What docxtpl makes of it."""
    docxtpl = pytest.importorskip("docxtpl", reason="docxtpl är inte installerat (extra: bench)")
    made = docxtpl.DocxTemplate(io.BytesIO(template))
    made.render(dict(values), autoescape=autoescape)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_text_is_the_same(name: str) -> None:
    template = docx(*TEMPLATES[name])
    ours = WordTemplate(template).render_with_warnings(CONTEXT)
    assert texts(ours.docx) == texts(theirs(template, CONTEXT))
    assert ours.warnings == ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A row of the table in docs/word.md: what docxtpl gives, and what is told here, or the text kept."""

    row: str
    body: tuple[str, ...]
    docxtpl: tuple[str, ...] | None
    """None: an error."""
    error: str = ""
    warning: str = ""
    kept: tuple[str, ...] = ()
    autoescape: bool = True
    value: Any = None


DIFFERENCES = (
    Difference(
        row='`None` prints "None"',
        body=("{{ inget }}x",),
        docxtpl=("Nonex",),
        kept=("x",),
        warning="Fältet har inget värde, så inget skrevs. Det gäller brödtexten, stycke 1: ”{{ inget }}x”.",
    ),
    Difference(
        row="a missing field prints nothing", body=("{{ sakna }}x",), docxtpl=("x",), error="finns inte"
    ),
    Difference(
        row="a missing field is false",
        body=("{% if sakna %}{% endif %}x",),
        docxtpl=("x",),
        error="finns inte",
    ),
    Difference(
        row="a missing field is an empty list",
        body=("{% for x in sakna %}{% endfor %}x",),
        docxtpl=("x",),
        error="finns inte",
    ),
    Difference(
        row="a list or dict prints as Python writes it",
        body=("{{ xs }}",),
        docxtpl=("['a', 'b', 'c']",),
        error="lista",
    ),
    Difference(
        row="a list or dict prints as Python writes it",
        body=("{{ d.k }}",),
        docxtpl=("{'j': 'djupt'}",),
        error="flera delfält",
    ),
    Difference(
        row="without autoescape, `A & B <1>` loses text",
        body=("{{ amp }}",),
        docxtpl=("A  B 1>",),
        autoescape=False,
        kept=("A & B <1>",),
    ),
    Difference(
        row="without autoescape, WordprocessingML in a value becomes formatting",
        body=("{{ v }}",),
        value="a</w:t><w:br/><w:t>b",
        docxtpl=("a\nb",),
        autoescape=False,
        kept=("a</w:t><w:br/><w:t>b",),
        warning="Words egen kod",
    ),
    Difference(
        row="without autoescape, `&amp;` in a value prints &",
        body=("{{ v }}",),
        value="R&amp;D",
        docxtpl=("R&D",),
        autoescape=False,
        kept=("R&amp;D",),
        warning="skrivs precis så",
    ),
    Difference(
        row="`{_{` and `%_}` in values are rewritten",
        body=("{{ v }}",),
        value="a{_{b",
        docxtpl=("a{{b",),
        kept=("a{_{b",),
        warning="{_{",
    ),
    Difference(
        row="`\\a` begins a paragraph", body=("{{ v }}",), value="a\ab", docxtpl=("a", "b"), error=r"U\+0007"
    ),
    Difference(
        row="`\\f` is a page break",
        body=("{{ v }}",),
        value="a\fb",
        docxtpl=("a", "\f", "b"),
        error=r"U\+000C",
    ),
    Difference(
        row="`\\r\\n` is two line breaks",
        body=("{{ v }}",),
        value="a\r\nb",
        docxtpl=("a\n\nb",),
        kept=("a\nb",),
    ),
    Difference(
        row="VT, NUL and the like are dropped",
        body=("{{ v }}",),
        value="a\vb",
        docxtpl=("ab",),
        kept=("a\nb",),
    ),
    Difference(
        row="VT, NUL and the like are dropped",
        body=("{{ v }}",),
        value="a\x00b",
        docxtpl=("ab",),
        error=r"U\+0000",
    ),
    Difference(
        row="`&` in an expression prints `&amp;`",
        body=("{{ 'a & b' }}",),
        docxtpl=("a &amp; b",),
        kept=("a & b",),
    ),
    Difference(
        row="a filter block loses `&`",
        body=("{% filter upper %}a & {{ amp }}{% endfilter %}",),
        docxtpl=("A  A  B 1",),
        kept=("A & A & B <1>",),
    ),
    Difference(
        row="a filter block over several looks breaks the document",
        body=(para(run("{% filter upper %}a"), run("b{% endfilter %}", "<w:b/>")),),
        docxtpl=None,
        error="med ett utseende",
    ),
    Difference(
        row="`\\|safe` lets XML through", body=("{{ amp|safe }}",), docxtpl=("A  B 1>",), error="Filtret safe"
    ),
    Difference(
        row="`{% autoescape false %}` loses text",
        body=("{% autoescape false %}{{ amp }}{% endautoescape %}",),
        docxtpl=("A  B 1>",),
        kept=("A & B <1>",),
    ),
    Difference(
        row="`{{r x }}` and `{{p x }}` of a text print nothing",
        body=("{{r namn }}",),
        docxtpl=("",),
        kept=("Åsa Öberg",),
    ),
    Difference(
        row="`{{r x }}` and `{{p x }}` of a text print nothing",
        body=("{{p namn }}",),
        docxtpl=(),
        kept=("Åsa Öberg",),
    ),
    Difference(
        row="text beside `{%p %}` is dropped",
        body=("a", "{%p if visa %} text", "b", "{%p endif %}"),
        docxtpl=("a", "b"),
        kept=("a", " text", "b"),
        warning="Bredvid taggen står annan text",
    ),
    Difference(
        row="text beside `{%p %}` is dropped",
        body=("före {%p if visa %} efter", "b", "{%p endif %}"),
        docxtpl=("b",),
        error="på båda sidor",
    ),
    Difference(
        row="`d.items` is Python's method",
        body=("{{ kv.items|upper }}",),
        docxtpl=("",),
        autoescape=False,
        kept=("POST",),
    ),
    Difference(
        row="a colour may be any text",
        body=(table(row("{% cellbg 'röd' %}x")),),
        docxtpl=("x",),
        error="inte en färg",
    ),
    Difference(
        row="lipsum, cycler, joiner, namespace",
        body=("{% set ns = namespace(i=0) %}{{ ns.i }}",),
        docxtpl=("0",),
        error="namespace finns inte",
    ),
    *(
        Difference(
            row="tojson, pprint, xmlattr, urlize, random, filesizeformat",
            body=(tag,),
            docxtpl=made,
            error="Filtret",
        )
        for tag, made in (
            ("{{ n|tojson }}", ("3",)),
            ("{{ n|pprint }}", ("3",)),
            ("{{ {'a': 1}|xmlattr }}", (' a="1"',)),
            ("{{ 'a'|urlize }}", ("a",)),
            ("{{ ['a']|random }}", ("a",)),
            ("{{ n|filesizeformat }}", ("3 Bytes",)),
        )
    ),
    Difference(
        row="`%` and `}` in a `{%p %}` tag are errors",
        body=("{%p if n % 2 == 1 %}", "x", "{%p endif %}"),
        docxtpl=None,
        kept=("x",),
    ),
    Difference(
        row="`{%tr for %}` and `{%tr endfor %}` in one row is an error",
        body=(table(row("{%tr for x in xs %}{{ x }}", "{%tr endfor %}"), columns=2),),
        docxtpl=None,
        warning="Bredvid taggen",
        kept=("a", "", "b", "", "c", ""),
    ),
    Difference(
        row="a `}}` without `{{` is text", body=("a }} b",), docxtpl=("a }} b",), error="utan {{ före"
    ),
)


@pytest.mark.parametrize("difference", DIFFERENCES, ids=lambda d: f"{d.row[:40]}: {d.body[0][:30]}")
def test_a_difference_is_told_or_keeps_text_that_docxtpl_loses(difference: Difference) -> None:
    template = docx(*difference.body)
    values = {**CONTEXT, "v": difference.value}
    if difference.docxtpl is None:
        with pytest.raises(Exception, match=r"."):
            texts(theirs(template, values))
    else:
        assert tuple(texts(theirs(template, values, autoescape=difference.autoescape))) == difference.docxtpl
    if difference.error:
        with pytest.raises(TemplateError, match=difference.error):
            WordTemplate(template).render(values)
        return
    ours = WordTemplate(template).render_with_warnings(values)
    assert tuple(texts(ours.docx)) == difference.kept
    assert bool(ours.warnings) == bool(difference.warning)
    assert all(difference.warning in warning for warning in ours.warnings)


@pytest.mark.parametrize("row", sorted({difference.row for difference in DIFFERENCES}))
def test_every_difference_stands_in_the_documentation(row: str) -> None:
    documentation = Path(__file__).resolve().parents[3] / "docs" / "word.md"
    assert f"| {row}" in documentation.read_text(encoding="utf-8")


def test_a_footnote_cannot_read_the_loop_it_stands_in() -> None:
    """docxtpl leaves it empty in silence."""
    note = '<w:footnote w:id="2"><w:p><w:r><w:t>{{ x }}</w:t></w:r></w:p></w:footnote>'
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    body = ("{%p for x in xs %}", para(run("{{ x }}"), reference), "{%p endfor %}")
    template = docx(*body, parts={"footnotes": note})
    assert texts(theirs(template, CONTEXT), "word/footnotes.xml") == [""]
    with pytest.raises(TemplateError, match="Fältet x finns inte") as caught:
        WordTemplate(template).render(CONTEXT)
    assert caught.value.part == "fotnoterna"


def test_docxtpls_own_values_are_told_of_with_what_to_use_instead() -> None:
    docxtpl = pytest.importorskip("docxtpl", reason="docxtpl är inte installerat (extra: bench)")
    template = docxtpl.DocxTemplate(io.BytesIO(docx("x")))
    values = {
        "RichText eller Markdown": docxtpl.RichText("a", bold=True),
        "vanlig text": docxtpl.Listing("a"),
        "Picture": docxtpl.InlineImage(template, "a.png"),
        "Markdown, Table, Paragraph": type("Subdoc", (), {"__module__": "docxtpl.subdoc"})(),
    }
    for instead, value in values.items():
        with pytest.raises(TemplateError, match=f"Fältet x har ett värde från docxtpl .*Använd {instead}"):
            WordTemplate(docx("{{ x }}")).render({"x": value})
