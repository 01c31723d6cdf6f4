"""Items moved to the next meeting: one change over both, for the window and the command line alike."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from finsam_desktop.domain import moving, wording
from finsam_desktop.domain.agenda import find
from finsam_desktop.domain.catalogue import ItemTemplate
from finsam_desktop.domain.catalogue_use import merged
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.moving import Moved
from finsam_desktop.errors import UserError
from finsam_desktop.workspace import Workspace


def move_on(
    workspace: Workspace,
    meeting_id: str,
    item_ids: Collection[str],
    templates: Sequence[ItemTemplate],
    today: date,
    *,
    target_id: str = "",
) -> Moved:
    """Move items to the next draft meeting, or to ``target_id``, or to one that is made; Ångra takes all of it back.

    UserError: nothing can be moved, since all of it is decided. Then nothing has changed.
    """
    meeting, meetings = workspace.meeting(meeting_id), workspace.meetings
    known = merged(templates, workspace.association)
    if target_id:
        found: Meeting | None = workspace.meeting(target_id)
    else:
        found = moving.next_draft(meeting, meetings)
    target = found or moving.made_next(meeting, workspace.association, meetings, templates, today)
    if target.id == meeting.id:
        raise UserError(
            "Ärendena står redan i det sammanträdet.", advice="Ange dagen för ett annat sammanträde."
        )
    moved = moving.moved_on(meeting, item_ids, target, meetings, known, made=found is None)
    if not moved.moved:
        raise UserError(
            "Inget flyttades: det som är beslutat står kvar i sitt sammanträde.",
            advice="Skapa ett nytt ärende i nästa sammanträde, om saken ska upp igen.",
        )
    workspace.change_together(label(meeting, moved), ((meeting, moved.source), (found, moved.target)))
    return moved


def label(meeting: Meeting, moved: Moved) -> str:
    """The name of the change: "Flytta ”Budget” till 26 november 2026"."""
    day = wording.long_date(moved.target.date)
    if len(moved.moved) == 1:
        item = find(meeting.items, moved.moved[0])
        return f"Flytta ”{item.title if item is not None else 'ärendet'}” till {day}"
    return f"Flytta {len(moved.moved)} ärenden till {day}"


def told(meeting: Meeting, moved: Moved) -> str:
    """What has happened, in sentences."""
    count = len(moved.moved)
    day = wording.long_date(moved.target.date)
    first = f"{'Ärendet' if count == 1 else f'{count} ärenden'} står nu på dagordningen den {day}."
    parts = [first]
    if moved.made:
        parts.append("Sammanträdet skapades. Ändra dagen under Kallelse om den inte stämmer.")
    if moved.tabled:
        what = "Det" if len(moved.tabled) == 1 else "De"
        parts.append(f"{what} står kvar här som bordlagt, eftersom kallelsen är skickad.")
    if moved.refused:
        parts.append(
            "1 ärende är beslutat och flyttades inte."
            if len(moved.refused) == 1
            else f"{len(moved.refused)} ärenden är beslutade och flyttades inte."
        )
    return " ".join(parts)
