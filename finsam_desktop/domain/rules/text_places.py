"""Every text of an item that a reader will see, with the field it is in."""

from __future__ import annotations

from collections.abc import Iterator

from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.report import TertialReport


def texts_of(item: AgendaItem) -> Iterator[tuple[str, str]]:
    """(field, text) of the item's own texts, without those of sub-items; empty ones are left out."""
    decision = item.decision
    parts = [
        ("title", item.title),
        ("summary", item.summary),
        ("minutes_text", item.minutes_title),
        ("minutes_text", item.minutes_text),
        *(("proposal", clause) for clause in item.proposal.clauses),
        ("proposal", item.proposal.condition),
        *(("attachments", attachment.title) for attachment in item.attachments),
        *(("decision", clause) for clause in decision.clauses),
        ("decision", decision.condition),
        ("decision", decision.reason),
        *(("decision", motion.text) for motion in decision.motions),
        *(("decision", note.text) for note in decision.notes),
        *(("report", text) for text in report_texts(item.report)),
    ]
    return ((field, text) for field, text in parts if text.strip())


def report_texts(report: TertialReport | None) -> tuple[str, ...]:
    """The texts of a tertialrapport in reading order."""
    if report is None:
        return ()
    sections = (text for section in report.sections for text in (section.heading, section.text))
    goals = (text for goal in report.goals for text in (goal.text, goal.target, goal.outcome, goal.judgement))
    return (report.summary, report.introduction, *sections, *goals, report.economy, report.deviations)


def text_of(item: AgendaItem) -> str:
    """The item's texts and its sub-items' as one, to search in."""
    own = [text for _, text in texts_of(item)]
    return "\n".join((*own, *(text_of(sub) for sub in item.sub_items)))
