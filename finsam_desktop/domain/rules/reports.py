"""What is left of last period's report, and what a report has not said yet."""

from __future__ import annotations

from collections.abc import Iterator

from finsam_desktop.domain.agenda import walk
from finsam_desktop.domain.report_carrying import CarriedText, carried_texts
from finsam_desktop.domain.rules.finding import Case, Hit, Place, Rule, Severity
from finsam_desktop.domain.wording import join_names

MOST_NAMED = 4


def _carried(case: Case) -> Iterator[Hit]:
    if case.adjusted:
        return
    for item in walk(case.meeting.items):
        if item.report is None:
            continue
        left = carried_texts(item.report)
        if left:
            source = item.report.begun_from or "förra periodens rapport"
            count = "En text" if len(left) == 1 else f"{len(left)} texter"
            yield Hit(
                title=f"{count} i tertialrapporten är kvar från {source[:1].lower()}{source[1:]}",
                advice=f"Skriv om {_names(left)}, eller säg att texten gäller. Tills dess är rapporten ett utkast.",
                place=Place(item_id=item.id, field="report"),
            )


def _names(left: tuple[CarriedText, ...]) -> str:
    named = [f"”{text.heading}”" for text in left[:MOST_NAMED]]
    more = len(left) - len(named)
    return join_names([*named, f"{more} till"] if more else named)


RULES = (
    Rule(
        id="T16",
        text="Ingen text i tertialrapporten är kvar från förra perioden.",
        source="God sed, ingen lagregel",
        severity=Severity.WARNING,
        check=_carried,
        places=("report",),
    ),
)
