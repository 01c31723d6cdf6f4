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
    if len(rows) > 1 and not is_sum(table.rows[-1]):
        rows.append(_sum(table.rows))
    elif is_sum(table.rows[-1]):
        rows[-1] = Row(cells=rows[-1].cells, kind="total")
    return Table(
        columns=(
            Column(title="", width_mm=TEXT_WIDTH - 3 * _NUMBER_WIDTH),
            *(
                Column(title=title, width_mm=_NUMBER_WIDTH, align="right")
                for title in ("Kvinnor", "Män", "Totalt")
            ),
        ),
        rows=tuple(rows),
        caption=no_break(table.title.strip()),
        description=f"{table.title.strip()}. {len(table.rows)} rader.",
        note=no_break(table.note.strip()),
    )


def is_sum(row: Statistic) -> bool:
    """Whether the row is written as a sum of those above."""
    return row.label.strip().lower().startswith(("summa", "totalt", "samtliga"))


def total_of(row: Statistic) -> int | None:
    """The row's total: as written, else women and men together; None when neither is known."""
    if row.total is not None:
        return row.total
    return row.women + row.men if row.women is not None and row.men is not None else None


def _row(row: Statistic) -> Row:
    return Row(cells=(no_break(row.label.strip()), *map(_figure, (row.women, row.men, total_of(row)))))


def _sum(rows: tuple[Statistic, ...]) -> Row:
    columns = ([row.women for row in rows], [row.men for row in rows], [total_of(row) for row in rows])
    sums = (sum(c for c in column if c is not None) if None not in column else None for column in columns)
    return Row(cells=("Summa", *map(_figure, sums)), kind="total")


def _figure(value: int | None) -> str:
    return NOT_MEASURED if value is None else number(value)


def unreconciled(table: StatisticTable) -> tuple[str, ...]:
    """What does not add up, a sentence each: a total that is not women and men, a sum row that is not the sum."""
    told = [
        f"{row.label}: {number(row.women)} och {number(row.men)} är {number(row.women + row.men)}, inte"
        f" {number(row.total)}."
        for row in table.rows
        if row.total is not None
        and row.women is not None
        and row.men is not None
        and row.women + row.men != row.total
    ]
    if len(table.rows) < 3 or not is_sum(table.rows[-1]):
        return tuple(told)
    last, above = table.rows[-1], table.rows[:-1]
    for name, wanted, column in (
        ("kvinnor", last.women, [row.women for row in above]),
        ("män", last.men, [row.men for row in above]),
        ("totalt", total_of(last), [total_of(row) for row in above]),
    ):
        known = [value for value in column if value is not None]
        if wanted is not None and len(known) == len(column) and sum(known) != wanted:
            told.append(f"{last.label}, {name}: raderna är {number(sum(known))}, inte {number(wanted)}.")
    return tuple(told)
