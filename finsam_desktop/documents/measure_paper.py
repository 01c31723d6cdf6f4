"""The context of a decision on a measure (insatsbeslut): what is financed, and the nine questions of substance."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from finsam_desktop.documents.item_papers import basis_lines, missing_paper, proposals, written_item
from finsam_desktop.documents.kallelse import reference
from finsam_desktop.documents.kinds import About, Document, point, top_item
from finsam_desktop.documents.protokoll import Minutes
from finsam_desktop.documents.values import NBSP, iso, markdown, with_dates
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.decisions import Outcome
from finsam_desktop.domain.measures import QUESTIONS, Answer, Measure, MeasureKind
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.numbering import section_label
from finsam_desktop.domain.wording import long_date, no_break, number
from finsam_desktop.word import RichText

KINDS = {
    MeasureKind.INDIVIDUAL: "Individinriktad insats",
    MeasureKind.STRUCTURAL: "Strukturinriktad insats",
}
ANSWERS = {
    Answer.UNSET: "Inte besvarad",
    Answer.YES: "Ja",
    Answer.NO: "Nej",
    Answer.NOT_APPLICABLE: "Inte aktuell",
}
_DECIDED = (Outcome.AS_PROPOSED, Outcome.OWN_WORDS)


def measure_of(association: Association, measure_id: str) -> Measure | None:
    """The measure with this id, or None."""
    return next((measure for measure in association.measures if measure.id == measure_id), None)


def insatsbeslut_context(
    association: Association, meetings: Iterable[Meeting], meeting: Meeting, about: About, today: date
) -> dict[str, object]:
    """Everything the template insatsbeslut.docx can print, but for the letterhead.

    UserError when the item has no measure, or one that is no longer in the register.
    """
    item = written_item(Document.INSATSBESLUT, meeting, about)
    measure = measure_of(association, item.measure_id)
    if measure is None:
        raise missing_paper(Document.INSATSBESLUT, item)
    minutes = Minutes(association, tuple(meetings), meeting, None)
    decided = item.decision.outcome in _DECIDED
    top = top_item(meeting, item.id) or item
    answered = [measure.answer(question.rule) for question in QUESTIONS]
    return {
        "document": {
            "title": no_break(measure.name),
            "subtitle": "Beslut om insats" if decided else "Förslag till beslut om insats",
            "date": iso(meeting.date if decided else today),
            "reference": reference(item.reference),
            "running_title": with_dates("Insatsbeslut ", meeting.date),
        },
        "measure": {
            "state": _state(
                meeting, decided, section_label((minutes.paragraphs[top.id],)), point(meeting, item)
            ),
            "kind": KINDS[measure.kind],
            "performer": measure.performer,
            "target_group": measure.target_group,
            "amount": f"{number(measure.amount)}{NBSP}kr" if measure.amount is not None else "",
            "financing": no_break(measure.financing),
            "period": _period(measure),
            "decision": minutes.decided(item) if decided else None,
            "proposals": [] if decided else proposals(meeting, item),
            "summary": markdown(item.summary, shift=1),
            "goals": markdown(measure.goals, shift=1),
            "follow_up": markdown(measure.follow_up, shift=1),
            "checks": [
                {
                    "number": str(place),
                    "question": question.text,
                    "source": question.source,
                    "answer": ANSWERS[check.answer if check is not None else Answer.UNSET],
                    "reason": no_break(check.reason.strip()) if check is not None else "",
                }
                for place, (question, check) in enumerate(zip(QUESTIONS, answered, strict=True), start=1)
            ],
            "deviation": markdown(measure.deviation, shift=1),
            "basis": basis_lines(meeting, item),
        },
    }


def _state(meeting: Meeting, decided: bool, section: str, number_of_item: str) -> RichText:
    """Follows from the decision, never typed."""
    if decided:
        return with_dates(f"Beslutad av styrelsen den {long_date(meeting.date)}, {section}")
    return with_dates(
        f"Förslag till styrelsens sammanträde den {long_date(meeting.date)}, punkt{NBSP}{number_of_item}"
    )


def _period(measure: Measure) -> str:
    since, until = measure.since, measure.until
    if since is not None and until is not None:
        return f"{long_date(since)} – {long_date(until)}"
    if since is not None:
        return f"Från och med den {long_date(since)}"
    return f"Till och med den {long_date(until)}" if until is not None else ""
