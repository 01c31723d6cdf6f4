"""Sending an item to other associations and taking one in: the same words decided by several boards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from finsam_desktop.domain.agenda import AgendaItem, walk
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.catalogue_use import merged, with_items
from finsam_desktop.domain.decisions import Outcome
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.numbering import paragraphs
from finsam_desktop.domain.papers import JointBoard
from finsam_desktop.domain.references import References, sent_out
from finsam_desktop.errors import UserError
from finsam_desktop.files.catalogue_files import standard_templates
from finsam_desktop.storage import joint_item
from finsam_desktop.storage.joint_item import MAX_BYTES, SUFFIX, JointItem

if TYPE_CHECKING:
    from finsam_desktop.workspace import Workspace

__all__ = ["SUFFIX", "JointItem", "described", "file_name", "read_file", "save", "take_in"]

CONDITION = "alla berörda förbund fattar likalydande beslut"
"""The condition when the sender has written none."""


def file_name(item: AgendaItem) -> str:
    """A name for the file, from the heading."""
    kept = "".join(c if c.isalnum() or c in " -" else " " for c in item.title)
    return f"{' '.join(kept.split())[:60].strip() or 'Ärende'}{SUFFIX}"


def package(workspace: Workspace, meeting: Meeting, item: AgendaItem, today: date) -> JointItem:
    """The item with its attachments' contents, and what every board has answered so far, ours first.

    Confidential attachments stay at home. UserError when a stored file is missing.
    """
    association = workspace.association
    if item.confidential:
        raise UserError(
            f"”{item.title}” skickas inte: ärendet är markerat med sekretess.",
            advice="Ta bort markeringen om hela ärendet får lämnas ut.",
        )
    # A reference to another § means nothing elsewhere: what goes out is what it says here.
    sent = sent_out(_without_confidential(item), References(workspace.meetings, meeting))
    files = {
        attachment.sha256: workspace.file(attachment.sha256)
        for one in walk((sent,))
        for attachment in one.attachments
        if attachment.sha256
    }
    person = association.person(item.presenter_id)
    decided = item.decision.outcome in (Outcome.AS_PROPOSED, Outcome.OWN_WORDS)
    number = paragraphs(workspace.meetings, meeting).get(item.id)
    ours = JointBoard(
        association=association.name,
        decided_on=meeting.date if decided else None,
        agreed=True if decided else None,
        paragraph=number if decided else None,
    )
    return JointItem(
        sender=association.name,
        made_on=today,
        item=joint_item.plain(sent),
        boards=(ours, *(board for board in item.joint if board.association != association.name)),
        presenter=person.name if person is not None else item.presenter,
        files=files,
    )


def _without_confidential(item: AgendaItem) -> AgendaItem:
    return replace(
        item,
        attachments=tuple(a for a in item.attachments if not a.confidential),
        sub_items=tuple(_without_confidential(sub) for sub in item.sub_items if not sub.confidential),
    )


def save(workspace: Workspace, meeting: Meeting, item: AgendaItem, path: Path, today: date) -> Path:
    """Write the item as a file to send. UserError when it cannot be made or written."""
    from finsam_desktop.storage.safewrite import write_file

    data = joint_item.write(package(workspace, meeting, item, today))
    if len(data) > MAX_BYTES:
        raise UserError(
            f"”{item.title}” skickas inte: bilagorna är större än {MAX_BYTES // 2**20} MB tillsammans.",
            advice="Gör bilagorna mindre, eller skicka dem för sig.",
        )
    write_file(path, data)
    return path


def read_file(path: Path) -> JointItem:
    """What a received file holds. UserError, in words, for everything that is not a whole and harmless one."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise joint_item.RefusedItemError(path.name, f"den är större än {MAX_BYTES // 2**20} MB")
        data = path.read_bytes()
    except OSError as error:
        raise UserError(
            f"Filen {path.name} går inte att läsa.",
            advice="Kontrollera att filen finns och att du får läsa den.",
            detail=str(error),
        ) from error
    return joint_item.read(data, file_name=path.name)


def described(received: JointItem) -> tuple[str, ...]:
    """What comes with the file, a line for each thing, for the one who is to take it in."""
    boards = ", ".join(board.association for board in received.boards)
    attachments = [a for item in walk((received.item,)) for a in item.attachments]
    lines = [f"Från {received.sender}, {received.made_on}: {received.item.title}", f"Beslutas av {boards}"]
    lines += [f"att {clause}" for clause in received.item.proposal.clauses]
    if received.item.proposal.condition:
        lines.append(f"Under förutsättning att {received.item.proposal.condition}")
    lines += [
        f"Bilaga: {a.title} ({a.file_name or 'utan fil'}, {max(1, a.size // 1024)} kB)" for a in attachments
    ]
    return tuple(lines)


def received_item(received: JointItem, association: Association) -> AgendaItem:
    """The item as ours: conditional on all, with the other boards and their answers."""
    item = received.item
    others = tuple(board for board in received.boards if board.association != association.name)
    proposal = item.proposal
    if proposal.clauses and not proposal.condition:
        proposal = replace(proposal, condition=CONDITION)
    return replace(
        item,
        presenter=received.presenter or item.presenter,
        proposal=proposal,
        joint=others,
        origin=f"Gemensamt ärende från {received.sender}, {received.made_on}",
    )


def take_in(workspace: Workspace, meeting: Meeting, received: JointItem) -> AgendaItem:
    """Put the item on the meeting's agenda, before the items that close it, as one change. Gives the item."""
    item = received_item(received, workspace.association)
    for content in received.files.values():
        workspace.add_file(content)
    templates = merged(standard_templates(), workspace.association)
    after = replace(meeting, items=with_items(meeting.items, (item,), templates))
    workspace.change(f"Ta emot ”{item.title}”", meeting, after)
    return item
