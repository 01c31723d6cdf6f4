"""The tertial report: cover, summary with key figures, activities, goals, and the economy on a page of its
own."""

from __future__ import annotations

from .markup import Cell, code, each, paragraph, row, table, when
from .package import Template
from .page import letter_footer, letterhead, running_footer, running_header, section

_KEY_FIGURES = (38, 36, 48, 38)


def template() -> Template:
    """The template tertialrapport.docx, in the report variant of the style sheet."""
    return Template(
        body=_cover() + _summary() + _activities() + _economy() + section(),
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
    )


def _summary() -> str:
    return (
        paragraph("Rubrik 1", "Sammanfattning", page_break=True)
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
        paragraph("Rubrik 1", "Verksamhet")
        + paragraph("Brödtext", "{{p report.introduction }}")
        + each(
            "part",
            "report.sections",
            code("{%p if part.level == 2 %}")
            + paragraph("Rubrik 2", "{{ part.heading }}")
            + code("{%p else %}")
            + paragraph("Rubrik 3", "{{ part.heading }}")
            + code("{%p endif %}")
            + paragraph("Brödtext", "{{p part.text }}")
            + paragraph("Brödtext", "{{p part.figure }}"),
        )
        + each("figure", "report.indicators", paragraph("Brödtext", "{{p figure }}"))
        + when(
            "report.goals",
            paragraph("Rubrik 2", "Mål och måluppfyllelse") + paragraph("Brödtext", "{{p report.goals }}"),
        )
    )


def _economy() -> str:
    return (
        paragraph("Rubrik 1", "Ekonomi", page_break=True)
        + paragraph("Brödtext", "{{p report.economy }}")
        + when(
            "report.income_statement",
            paragraph("Rubrik 2", "Resultatrapport")
            + paragraph("Brödtext", "{{p report.income_statement }}")
            + paragraph("Brödtext", "{{p report.cost_chart }}"),
        )
        + when(
            "report.deviations",
            paragraph("Rubrik 3", "Avvikelser") + paragraph("Brödtext", "{{p report.deviations }}"),
        )
        + when(
            "report.balance_sheet",
            paragraph("Rubrik 2", "Balansrapport") + paragraph("Brödtext", "{{p report.balance_sheet }}"),
        )
        + each("figure", "report.other_figures", paragraph("Brödtext", "{{p figure }}"))
        + when(
            "report.equity",
            paragraph("Rubrik 2", "Eget kapital mot rekommendationen")
            + paragraph("Brödtext", "{{p report.equity }}")
            + paragraph("Brödtext", "{{p report.equity_chart }}"),
        )
    )
