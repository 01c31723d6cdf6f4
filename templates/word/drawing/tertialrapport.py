"""The tertial report: cover, summary with key figures, activities, goals, and the economy on a page of its
own."""

from __future__ import annotations

from .markup import Cell, bookmark, code, each, paragraph, row, run, table, when
from .package import Template
from .page import letter_footer, letterhead, running_footer, running_header, section

_KEY_FIGURES = (38, 36, 48, 38)


def template() -> Template:
    """The template tertialrapport.docx, in the report variant of the style sheet."""
    return report(cover("report") + _contents() + _summary() + _activities() + _economy())


def cover(name: str, *, draft: bool = True) -> str:
    """The first page; ``name`` is the group of fields with state, dated and draft."""
    told = paragraph("Omslagsuppgift", run("Utkast: ", "Stark"), run(f"{{{{ {name}.draft }}}}"), before=14)
    return (
        paragraph("Omslagslinje", before=190)
        + paragraph("Omslagsrubrik", "{{ document.title }}")
        + paragraph("Omslagstext", "{{ document.subtitle }}")
        + paragraph("Omslagsuppgift", f"{{{{ {name}.state }}}}", before=205)
        + paragraph("Omslagsuppgift", f"{{{{ {name}.dated }}}}")
        + (when(f"{name}.draft", told) if draft else "")
    )


def report(body: str) -> Template:
    """A report: the style sheet's report variant, letterhead and address on its cover."""
    return Template(
        body=body + section(),
        first_header=letterhead(),
        header=running_header(),
        first_footer=letter_footer(page_number=False),
        footer=running_footer(),
        report=True,
    )


def mark(field: str) -> str:
    """A line over a text that is not this period's own yet."""
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
        + mark("report.marks.summary")
        + paragraph("Ingress", "{{p report.summary }}")
        + key_figures("report.key_figures")
    )


def key_figures(field: str) -> str:
    """The four figures as a table whose header row holds the labels; nothing without figures."""
    places = range(len(_KEY_FIGURES))
    rows = [
        row(
            _KEY_FIGURES,
            [Cell(text=f"{{{{ {field}[{n}].{name} }}}}", style=style) for n in places],
            kind=kind,
        )
        for name, style, kind in (
            ("label", "Nyckeltalstext", "key_head"),
            ("value", "Nyckeltal", "bare"),
            ("note", "Nyckeltalstext", "key_foot"),
        )
    ]
    shown = table(
        _KEY_FIGURES, rows, caption="Nyckeltal", description="Rapportens viktigaste tal", rules=False
    )
    return when(field, shown)


def _activities() -> str:
    return (
        _heading("Rubrik 1", "Verksamhet")
        + mark("report.marks.introduction")
        + paragraph("Brödtext", "{{p report.introduction }}")
        + each(
            "part",
            "report.sections",
            code("{%p if part.level == 2 %}")
            + paragraph("Rubrik 2", "{{ part.heading }}")
            + code("{%p else %}")
            + paragraph("Rubrik 3", "{{ part.heading }}")
            + code("{%p endif %}")
            + mark("part.mark")
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
        + mark("report.marks.economy")
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
            + mark("report.marks.deviations")
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
