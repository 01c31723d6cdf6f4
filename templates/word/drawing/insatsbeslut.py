"""The decision on a measure (insatsbeslut): what is financed, the decision, and the nine questions of substance."""

from __future__ import annotations

from .kallelse import decision, fact
from .markup import Cell, loop_rows, paragraph, row, run, table, when
from .package import Template
from .tjansteskrivelse import head, letter, lines, part, proposals

_CHECKS = (8, 62, 22, 68)


def template() -> Template:
    """The template insatsbeslut.docx."""
    return letter(
        head()
        + fact("Beslut", "measure.state")
        + fact("Slag", "measure.kind")
        + fact("Utförs av", "measure.performer")
        + fact("Målgrupp", "measure.target_group")
        + fact("Period", "measure.period")
        + fact("Belopp", "measure.amount")
        + fact("Finansiering", "measure.financing")
        + when("measure.decision", paragraph("Rubrik 1", "Beslut") + decision("measure.decision"))
        + proposals("measure.proposals")
        + part("Sammanfattning", "measure.summary")
        + part("Mål", "measure.goals")
        + part("Uppföljning och utvärdering", "measure.follow_up")
        + paragraph("Rubrik 1", "Prövning i sak")
        + _checks()
        + part("Motiverad avvikelse", "measure.deviation")
        + lines("Beslutsunderlag", "measure.basis")
    )


def _checks() -> str:
    head_cells = [Cell(text=text, style="Tabellrubrik") for text in ("Nr", "Fråga", "Svar", "Motivering")]
    question = paragraph("Tabelltext", "{{ check.question }}") + paragraph(
        "Tabellkälla", run("{{ check.source }}")
    )
    cells = [
        Cell(text="{{ check.number }}"),
        Cell(text=question),
        Cell(text="{{ check.answer }}"),
        Cell(text="{{ check.reason }}"),
    ]
    rows = [
        row(_CHECKS, head_cells, kind="header"),
        *loop_rows(_CHECKS, "check", "measure.checks", row(_CHECKS, cells)),
    ]
    return table(
        _CHECKS,
        rows,
        caption="Prövning i sak",
        description="Nio frågor om insatsen med källa, svar och motivering",
    )
