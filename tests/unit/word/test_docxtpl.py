"""Templates written for docxtpl give the same text here. Runs where docxtpl (extra: bench) is installed."""

from __future__ import annotations

import io
from typing import Any

import pytest

from finsam_desktop.word import WordTemplate
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
}


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_text_is_the_same(name: str) -> None:
    docxtpl = pytest.importorskip("docxtpl", reason="docxtpl är inte installerat (extra: bench)")
    template = docx(*TEMPLATES[name])
    theirs = docxtpl.DocxTemplate(io.BytesIO(template))
    theirs.render(CONTEXT, autoescape=True)
    out = io.BytesIO()
    theirs.save(out)
    ours = WordTemplate(template).render(CONTEXT)
    assert texts(ours) == texts(out.getvalue())
