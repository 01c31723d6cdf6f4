"""Every text of an item that a reader will see, with the field it is in."""

from __future__ import annotations

from collections.abc import Iterator

from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.papers import Letter, Memo, Referral
from finsam_desktop.domain.report import TertialReport

TEXT_FIELDS = (
    "title", "summary", "minutes_text", "proposal", "attachments", "decision", "report", "memo", "letter",
    "referral",
)  # fmt: skip
"""The fields of an item that ``texts_of`` reads."""


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
        *(("memo", text) for text in memo_texts(item.memo)),
        *(("letter", text) for text in letter_texts(item.letter)),
        *(("referral", text) for text in referral_texts(item.referral)),
    ]
    return ((field, text) for field, text in parts if text.strip())


def report_texts(report: TertialReport | None) -> tuple[str, ...]:
    """The texts of a tertialrapport in reading order."""
    if report is None:
        return ()
    sections = (text for section in report.sections for text in (section.heading, section.text))
    goals = (text for goal in report.goals for text in (goal.text, goal.target, goal.outcome, goal.judgement))
    return (report.summary, report.introduction, *sections, *goals, report.economy, report.deviations)


def memo_texts(memo: Memo | None) -> tuple[str, ...]:
    """The texts of a tjänsteskrivelse in reading order."""
    return () if memo is None else (memo.background, memo.assessment, memo.consequences)


def letter_texts(letter: Letter | None) -> tuple[str, ...]:
    """The texts of a skrivelse in reading order."""
    return () if letter is None else (letter.heading, *letter.clauses, letter.background, letter.text)


def referral_texts(referral: Referral | None) -> tuple[str, ...]:
    """The texts of a remiss or an inquiry in reading order, without what its sender asks."""
    if referral is None:
        return ()
    answers = (question.answer for question in referral.questions)
    tables = (text for table in referral.statistics for text in (table.title, table.note))
    return (referral.introduction, *answers, *tables, referral.conclusion)


def text_of(item: AgendaItem) -> str:
    """The item's texts and its sub-items' as one, to search in."""
    own = [text for _, text in texts_of(item)]
    return "\n".join((*own, *(text_of(sub) for sub in item.sub_items)))
