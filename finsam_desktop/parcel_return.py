"""A mötespaket that came back: what it changes, what it says, and taking in what the secretary chooses.

Nothing is taken in without being chosen, and what is taken in is one change with undo. What both sides have changed is
a conflict: it is shown with all three versions and never guessed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from finsam_desktop.domain import adjusting, approving, parcel
from finsam_desktop.domain.meeting import Meeting, Signing
from finsam_desktop.domain.parcel_merge import ThreeWay
from finsam_desktop.domain.parcel_values import Approval, Comment, ParcelReply, Receiver
from finsam_desktop.domain.parcel_words import FieldChange
from finsam_desktop.domain.wording import join_names, long_date
from finsam_desktop.errors import UserError

if TYPE_CHECKING:
    from finsam_desktop.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedApproval:
    """An approval that came back. ``changed`` names what is no longer what was approved, empty when it all is.

    ``is_known`` says that the meeting has it already.
    """

    approval: Approval
    changed: tuple[str, ...] = ()
    is_known: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """What an answer holds, held against the meeting as it stands now.

    ``changes`` are in the order of the agenda, conflicts among them. ``comments`` are those that the meeting does not
    have. ``told`` is what to know of the answer as a whole, in Swedish.
    """

    file_name: str
    parcel_id: str
    reply_id: str
    replied_at: datetime
    meeting_id: str
    receiver: Receiver
    changes: tuple[FieldChange, ...]
    comments: tuple[Comment, ...]
    approvals: tuple[ReturnedApproval, ...]
    told: tuple[str, ...]
    base: Meeting
    mine: Meeting
    theirs: Meeting
    files: dict[str, bytes]

    @property
    def conflicts(self) -> tuple[FieldChange, ...]:
        """What both sides have changed, or what cannot be taken in as things stand."""
        return tuple(one for one in self.changes if one.conflict)

    @property
    def acceptable(self) -> tuple[FieldChange, ...]:
        """What can be taken in without a choice between two versions, and was not declined before."""
        return tuple(one for one in self.changes if not one.conflict and not one.declined)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of it: the meeting now, how many changes were taken in (with those they need), and how many declined."""

    meeting: Meeting
    taken: int
    declined: int
    comments: int
    approvals: int


def returned(workspace: Workspace, path: Path, password: str | None = None) -> Returned:
    """What a mötespaket that came back would change.

    UserError: as ``parcels.read_parcel``; it is no answer; it belongs to another association or to a meeting that is
    not in the file; its base has been altered.
    """
    from finsam_desktop import parcels
    from finsam_desktop.storage.codec import digest, encode

    opened = parcels.read_parcel(path, password)
    content, copy = opened.content, opened.content.parcel
    if not content.reply_id or content.replied_at is None:
        raise UserError(
            f"{path.name} är inte ett svar, utan det paket som skickades till {copy.receiver.name}.",
            advice="Välj filen som kom tillbaka.",
        )
    if digest(encode(content.base)) != copy.base_sha256:
        raise UserError(
            f"{path.name} togs inte emot: det som skickades har ändrats på vägen.",
            advice="Be avsändaren att skicka svaret på nytt. Inget hos dig har ändrats.",
        )
    ours = workspace.association
    mine = next((one for one in workspace.meetings if one.id == copy.meeting_id), None)
    if mine is None:
        raise UserError(
            f"{path.name} togs inte emot: sammanträdet den {long_date(content.base.date)} med "
            f"{content.association.name} finns inte i {workspace.path.name}.",
            advice="Öppna den fil som paketet gjordes av."
            if (content.association.org_number, content.association.name) != (ours.org_number, ours.name)
            else "Sammanträdet har tagits bort. Ångra det först om svaret ska tas emot.",
        )
    sent = parcel.sent_parcel(mine, copy.id)
    if sent is not None and sent.base_sha256 != copy.base_sha256:
        raise UserError(
            f"{path.name} togs inte emot: det bygger inte på det som skickades till {sent.receiver.name}.",
            advice="Be avsändaren att skicka svaret på nytt. Inget hos dig har ändrats.",
        )
    return _compared(
        Returned(
            file_name=path.name,
            parcel_id=copy.id,
            reply_id=content.reply_id,
            replied_at=content.replied_at,
            meeting_id=mine.id,
            receiver=copy.receiver,
            changes=(),
            comments=(),
            approvals=(),
            told=(),
            base=content.base,
            mine=mine,
            theirs=content.meeting,
            files=opened.files,
        ),
        workspace,
        public=copy.public,
    )


def again(workspace: Workspace, answer: Returned) -> Returned:
    """The same answer held against the meeting as it stands now, after something has been taken in or undone.

    UserError: the meeting is no longer there.
    """
    try:
        mine = workspace.meeting(answer.meeting_id)
    except KeyError as error:
        raise UserError("Sammanträdet har tagits bort.", advice="Ångra det och försök igen.") from error
    return _compared(replace(answer, mine=mine), workspace, public=_is_public(answer, mine))


def take(
    workspace: Workspace,
    answer: Returned,
    chosen: Iterable[str],
    declined: Iterable[str] = (),
    *,
    comments: bool = True,
    approvals: bool = True,
    label: str = "",
    at: datetime | None = None,
) -> Taken:
    """Take in the chosen changes (keys) with those they need, and keep in the meeting what was declined, what was
    said and who approved. One change, with undo.

    UserError: the meeting has been changed in what was chosen since it was compared; a change cannot be taken in.
    """
    raise NotImplementedError


def confirm(
    workspace: Workspace, meeting_id: str, approval_id: str, *, manner: Signing = Signing.ELECTRONIC
) -> tuple[Meeting, Meeting, str]:
    """(before, after, label) of recording an approval as the person's adjustment of the minutes.

    UserError: what was approved is not what stands, or the person does not adjust the minutes.
    """
    raise NotImplementedError
