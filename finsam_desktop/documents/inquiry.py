"""The context of an answer to a referral (remissvar), or of an inquiry with numbered questions (utredning)."""

from __future__ import annotations

from datetime import date

from finsam_desktop.documents.figure_blocks import TEXT_WIDTH, figure_blocks
from finsam_desktop.documents.item_papers import basis_lines, missing_paper, written_item
from finsam_desktop.documents.kallelse import reference
from finsam_desktop.documents.kinds import About, Document
from finsam_desktop.documents.values import iso, markdown, name_and_role, with_dates
from finsam_desktop.domain.association import Association, Role
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.papers import Statistic, StatisticTable
from finsam_desktop.domain.statistic_tables import is_sum, summed, total_of
from finsam_desktop.domain.wording import long_date, no_break, number
from finsam_desktop.word import Column, Row, Table

_NUMBER_WIDTH = 24.0
NOT_MEASURED = "–"


def remissvar_context(
    association: Association, meeting: Meeting, about: About, today: date
) -> dict[str, object]:
    """Everything the template remissvar.docx can print, but for the letterhead. UserError when it is not written."""
    item = written_item(Document.REMISSVAR, meeting, about)
    if item.referral is None:
        raise missing_paper(Document.REMISSVAR, item)
    referral = item.referral
    sender = referral.sender.strip()
    answers = "Remissvar" if sender else "Utredning"
    chair = association.first_with(meeting.date, Role.CHAIR)
    return {
        "document": {
            "title": no_break(item.title),
            "subtitle": f"{answers} till {sender}" if sender else answers,
            "date": iso(today),
            "reference": reference(item.reference),
            "running_title": with_dates(f"{answers} ", today),
        },
        "referral": {
            "sender": sender,
            "sender_reference": referral.sender_reference.strip(),
            "due": long_date(referral.due) if referral.due is not None else "",
            "introduction": markdown(referral.introduction, shift=1),
            "questions": [
                {
                    "number": str(place),
                    "text": no_break(question.text.strip()),
                    "answer": markdown(question.answer, shift=2),
                }
                for place, question in enumerate(referral.questions, start=1)
            ],
            "statistics": [statistic_block(table) for table in referral.statistics if table.rows],
            "figures": figure_blocks(item),
            "conclusion": markdown(referral.conclusion, shift=1),
            "basis": basis_lines(meeting, item, without="remissvar"),
            "signed_by": name_and_role(association, chair, meeting.date, Role.CHAIR)
            if chair is not None
            else "",
        },
    }


def statistic_block(table: StatisticTable) -> Table:
    """Women, men and total as a native table. A total that is not written is their sum; a sum row ends the table.

    Sums count only what is measured: where a row has no figure its column has no sum.
    """
    rows = [_row(row) for row in table.rows]
    if is_sum(table.rows[-1]):
        rows[-1] = Row(cells=rows[-1].cells, kind="total")
    elif len(rows) > 1:
        rows.append(Row(cells=_row(summed(table.rows)).cells, kind="total"))
    titles = ("Kvinnor", "Män", "Totalt")
    return Table(
        columns=(
            Column(title="", width_mm=TEXT_WIDTH - 3 * _NUMBER_WIDTH),
            *(Column(title=title, width_mm=_NUMBER_WIDTH, align="right") for title in titles),
        ),
        rows=tuple(rows),
        caption=no_break(table.title.strip()),
        description=f"{table.title.strip()}. {len(table.rows)} rader.",
        note=no_break(table.note.strip()),
    )


def _row(row: Statistic) -> Row:
    return Row(cells=(no_break(row.label.strip()), *map(_figure, (row.women, row.men, total_of(row)))))


def _figure(value: int | None) -> str:
    return NOT_MEASURED if value is None else number(value)
