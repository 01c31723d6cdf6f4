"""Budget och verksamhetsplan: goals and guidelines, the economy of three years, and equity."""

from __future__ import annotations

from .markup import paragraph, when
from .package import Template
from .tertialrapport import cover, key_figures, report


def template() -> Template:
    """The template budget.docx, in the report variant of the style sheet."""
    return report(cover("budget", draft=False) + _summary() + _activity() + _economy())


def _block(field: str) -> str:
    return paragraph("Brödtext", f"{{{{p {field} }}}}")


def _summary() -> str:
    return (
        paragraph("Rubrik 1", "Budget {{ budget.year }} i korthet", page_break=True)
        + paragraph("Ingress", "{{p budget.introduction }}")
        + key_figures("budget.key_figures")
    )


def _activity() -> str:
    goals = _block("budget.activity_goals") + _block("budget.financial_goals")
    return when(
        "budget.activity_goals or budget.financial_goals or budget.guidelines",
        paragraph("Rubrik 1", "Verksamhetsplan")
        + when("budget.guidelines", paragraph("Rubrik 2", "Riktlinjer") + _block("budget.guidelines"))
        + when(
            "budget.activity_goals or budget.financial_goals",
            paragraph("Rubrik 2", "Mål och målvärden") + goals,
        ),
    )


def _economy() -> str:
    deficit = paragraph("Brödtext", "{{ budget.deficit }}") + _block("budget.deficit_reason")
    equity = _block("budget.equity") + paragraph("Brödtext", "{{ budget.equity_sentence }}")
    return (
        paragraph("Rubrik 1", "Ekonomi", page_break=True)
        + _block("budget.economy")
        + when("budget.consultation", paragraph("Brödtext", "{{ budget.consultation }}"))
        + when(
            "budget.plan",
            paragraph("Rubrik 2", "Budget och ekonomisk plan")
            + _block("budget.plan")
            + _block("budget.chart"),
        )
        + when("budget.financing", paragraph("Rubrik 2", "Finansiering") + _block("budget.financing"))
        + when("budget.deficit", paragraph("Rubrik 2", "Underbalanserad budget") + deficit)
        + when("budget.equity", paragraph("Rubrik 2", "Eget kapital") + equity)
    )
