"""Between the values of a decision and the rows that show them: yrkanden and reservationer."""

from __future__ import annotations

from dataclasses import replace

from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.decisions import Dissent, Motion, MotionKind, ProposalKind
from finsam_desktop.domain.ids import new_id
from finsam_desktop.ui.views.agenda.proposal_editor import without_att
from finsam_desktop.ui.views.record.person_rows import PersonRow

MOTIONS = (
    (MotionKind.SUPPORT, "Bifall till förslaget"),
    (MotionKind.REJECTION, "Avslag på förslaget"),
    (MotionKind.OWN, "Eget yrkande"),
)


def is_laid(item: AgendaItem) -> bool:
    return item.proposal.kind is ProposalKind.CLAUSES


def motion_row(motion: Motion) -> PersonRow:
    return PersonRow(
        person_id=motion.person_id,
        choice=motion.kind,
        text=motion.text,
        others=motion.supporters,
        flag=motion.withdrawn,
    )


def dissent_row(dissent: Dissent) -> PersonRow:
    return PersonRow(
        person_id=dissent.person_id,
        choice=dissent.in_favour_of,
        second=dissent.attachment_id,
        at=dissent.announced_at,
    )


def matched(motions: tuple[Motion, ...], rows: tuple[PersonRow, ...]) -> list[Motion | None]:
    """The motion behind each row: by place, or by content when one row has gone."""
    if len(motions) == len(rows):
        return list(motions)
    left = list(motions)
    found: list[Motion | None] = []
    for row in rows:
        match = next((m for m in left if (m.person_id, m.kind) == (row.person_id, row.choice)), None)
        if match is not None:
            left.remove(match)
        found.append(match)
    return found


def motions_of(before: tuple[Motion, ...], rows: tuple[PersonRow, ...]) -> tuple[Motion, ...]:
    """The motions that the rows say; one that was there keeps its id, which votes and reservations name."""
    return tuple(
        replace(
            old or Motion(id=new_id(), person_id=row.person_id),
            person_id=row.person_id,
            kind=row.choice if isinstance(row.choice, MotionKind) else MotionKind.SUPPORT,
            text=without_att(row.text) if row.choice is MotionKind.OWN else "",
            supporters=tuple(i for i in row.others if i != row.person_id),
            withdrawn=row.flag,
        )
        for old, row in zip(matched(before, rows), rows, strict=True)
    )


def dissents_of(rows: tuple[PersonRow, ...]) -> tuple[Dissent, ...]:
    """The reservations that the rows say."""
    return tuple(
        Dissent(
            person_id=row.person_id,
            in_favour_of=str(row.choice or ""),
            announced_at=row.at,
            attachment_id=str(row.second or ""),
        )
        for row in rows
    )
