"""The tertial report: cover, summary with key figures, activities, goals, and the economy on a page of its
own."""

from __future__ import annotations

from .markup import Cell, bookmark, code, each, paragraph, row, run, table, when
from .package import Template
from .page import letter_footer, letterhead, running_footer, running_header, section

_KEY_FIGURES = (38, 36, 48, 38)


def template() -> Template:
    """The template tertialrapport.docx, in the report variant of the style sheet."""
    return Template(
        body=_cover() + _contents() + _summary() + _activities() + _economy() + section(),
        first_header=letterhead(),
        header=running_header(),
        first_footer=letter_footer(page_number=False),
        footer=running_footer(),
        report=True,
    )


def _cover() -> str:
    return (
        paragraph("Omslagslinje", before=190)
        + paragraph("Omslagsrubrik", "{{ document.title }}")
        + paragraph("Omslagstext", "{{ document.subtitle }}")
        + paragraph("Omslagsuppgift", "{{ report.state }}", before=205)
        + paragraph("Omslagsuppgift", "{{ report.dated }}")
        + when(
            "report.draft",
            paragraph("Omslagsuppgift", run("Utkast: ", "Stark"), run("{{ report.draft }}"), before=14),
        )
    )


def _mark(field: str) -> str:
    """A line over a text that still is last period's."""
    told = paragraph("Brödtext", run("Utkast: ", "Stark"), run(f"{{{{ {field} }}}}"), keep_next=True)
    return when(field, told)


def _contents() -> str:
    """The list of contents of a long report, on a page of its own after the cover."""
    line = "{{ line.title }}\t{{ line.page }}"
    return when(
        "report.contents",
        paragraph("Rubrik 1", "Innehåll", page_break=True)
        + each(
            "line",
            "report.contents",
            code("{%p if line.level == 1 %}")
            + paragraph("Innehåll 1", line)
            + code("{%p else %}")
            + paragraph("Innehåll 2", line)
            + code("{%p endif %}"),
        ),
    )


_NAMES = {
    "Sammanfattning": "sammanfattning",
    "Verksamhet": "verksamhet",
    "Mål och måluppfyllelse": "mal",
    "Ekonomi": "ekonomi",
    "Resultatrapport": "resultat",
    "Balansrapport": "balans",
    "Eget kapital mot rekommendationen": "kapital",
}


def _heading(style: str, text: str, *, page_break: bool = False) -> str:
    """A heading with a bookmark, which the list of contents points at."""
    number = list(_NAMES).index(text) + 1
    marked = bookmark(f"avsnitt_{_NAMES[text]}", run(text), number)
    return paragraph(style, marked, page_break=page_break)


def _summary() -> str:
    return (
        _heading("Rubrik 1", "Sammanfattning", page_break=True)
        + _mark("report.marks.summary")
        + paragraph("Ingress", "{{p report.summary }}")
        + when("report.key_figures", _key_figures())
    )


def _key_figures() -> str:
    places = range(len(_KEY_FIGURES))
    rows = [
        row(
            _KEY_FIGURES,
            [Cell(text=f"{{{{ report.key_figures[{n}].{name} }}}}", style=style) for n in places],
            kind=kind,
        )
        for name, style, kind in (
            ("label", "Nyckeltalstext", "key_head"),
            ("value", "Nyckeltal", "bare"),
            ("note", "Nyckeltalstext", "key_foot"),
        )
    ]
    return table(
        _KEY_FIGURES, rows, caption="Nyckeltal", description="Rapportens viktigaste tal", rules=False
    )


def _activities() -> str:
    return (
        _heading("Rubrik 1", "Verksamhet")
        + _mark("report.marks.introduction")
        + paragraph("Brödtext", "{{p report.introduction }}")
        + each(
            "part",
            "report.sections",
            code("{%p if part.level == 2 %}")
            + paragraph("Rubrik 2", "{{ part.heading }}")
            + code("{%p else %}")
            + paragraph("Rubrik 3", "{{ part.heading }}")
            + code("{%p endif %}")
            + _mark("part.mark")
            + paragraph("Brödtext", "{{p part.text }}")
            + paragraph("Brödtext", "{{p part.figure }}"),
        )
        + each("figure", "report.indicators", paragraph("Brödtext", "{{p figure }}"))
        + when(
            "report.goals",
            _heading("Rubrik 2", "Mål och måluppfyllelse") + paragraph("Brödtext", "{{p report.goals }}"),
        )
    )


def _economy() -> str:
    return (
        _heading("Rubrik 1", "Ekonomi", page_break=True)
        + _mark("report.marks.economy")
        + paragraph("Brödtext", "{{p report.economy }}")
        + when(
            "report.income_statement",
            _heading("Rubrik 2", "Resultatrapport")
            + paragraph("Brödtext", "{{p report.income_statement }}")
            + paragraph("Brödtext", "{{p report.cost_chart }}"),
        )
        + when(
            "report.deviations or report.deviation_rows",
            paragraph("Rubrik 3", "Avvikelser")
            + _mark("report.marks.deviations")
            + paragraph("Brödtext", "{{p report.deviations }}")
            + each("line", "report.deviation_rows", paragraph("Punktlista", "{{ line }}")),
        )
        + when(
            "report.balance_sheet",
            _heading("Rubrik 2", "Balansrapport") + paragraph("Brödtext", "{{p report.balance_sheet }}"),
        )
        + each("figure", "report.other_figures", paragraph("Brödtext", "{{p figure }}"))
        + when(
            "report.equity",
            _heading("Rubrik 2", "Eget kapital mot rekommendationen")
            + paragraph("Brödtext", "{{p report.equity }}")
            + paragraph("Brödtext", "{{p report.equity_chart }}"),
        )
    )
