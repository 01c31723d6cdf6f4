"""A mötespaket that came back: what it changes, what it says, and taking in what the secretary chooses.

Nothing is taken in without being chosen, and what is taken in is one change with undo. What both sides have changed is
a conflict: it is shown with all three versions and never guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from finsam_desktop.domain import adjusting, approving, parcel
from finsam_desktop.domain.agenda import walk
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.meeting import Meeting, Signing
from finsam_desktop.domain.parcel_merge import ThreeWay, What
from finsam_desktop.domain.parcel_values import (
    Approval,
    Comment,
    ParcelCopy,
    ParcelReply,
    Receiver,
    SentParcel,
)
from finsam_desktop.domain.parcel_words import FieldChange, in_words
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
    have. ``sent`` is the mötespaket it answers. ``told`` is what to know of the answer as a whole, in Swedish.
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
    sent: SentParcel
    public: bool = False

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
    """What became of it: the meeting now, how many changes were taken in, with those they need, and declined."""

    meeting: Meeting
    taken: int
    declined: int
    comments: int
    approvals: int


def returned(workspace: Workspace, path: Path, password: str | None = None) -> Returned:
    """What a mötespaket that came back would change.

    UserError: as ``received.read_parcel``; it is no answer; it belongs to another association or to a meeting that is
    not in the file; its base has been altered.
    """
    from finsam_desktop.parcels import received

    opened = received.read_parcel(path, password)
    content, copy = opened.content, opened.content.parcel
    if not content.reply_id or content.replied_at is None:
        raise UserError(
            f"{path.name} är inte ett svar, utan det paket som skickades till {copy.receiver.name}.",
            advice="Välj filen som kom tillbaka.",
        )
    if parcel.fingerprint(content.base) != copy.base_sha256:
        raise UserError(
            f"{path.name} togs inte emot: det som skickades har ändrats på vägen.",
            advice="Be avsändaren att skicka svaret på nytt. Inget hos dig har ändrats.",
        )
    ours = workspace.association
    if ours.parcel is not None:
        raise UserError(
            f"{path.name} togs inte emot: filen som är öppen är en arbetskopia av ett mötespaket.",
            advice="Öppna förbundets fil och ta emot svaret i den.",
        )
    mine = next((one for one in workspace.meetings if one.id == copy.meeting_id), None)
    if mine is None:
        raise UserError(
            f"{path.name} togs inte emot: sammanträdet den {long_date(content.base.date)} med "
            f"{content.association.name} finns inte i {workspace.path.name}.",
            advice="Öppna den fil som paketet gjordes av."
            if (content.association.org_number, content.association.name) != (ours.org_number, ours.name)
            else "Sammanträdet har tagits bort. Ångra det först om svaret ska tas emot.",
        )
    theirs = content.association
    if theirs.name != ours.name and (theirs.org_number != ours.org_number or not ours.org_number):
        raise UserError(
            f"{path.name} togs inte emot: det hör till {theirs.name}, och filen {workspace.path.name} är "
            f"{ours.name}.",
            advice="Öppna den fil som paketet gjordes av.",
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
            sent=_as_sent(copy),
            public=copy.public,
        ),
        workspace,
    )


def _as_sent(copy: ParcelCopy) -> SentParcel:
    """What the meeting keeps of a mötespaket, by what the answer says of it."""
    return SentParcel(
        id=copy.id,
        receiver=copy.receiver,
        made_at=copy.made_at,
        made_by=copy.made_by,
        note=copy.note,
        base_sha256=copy.base_sha256,
        public=copy.public,
        protected=copy.protected,
    )


def again(workspace: Workspace, answer: Returned) -> Returned:
    """The same answer held against the meeting as it stands now, after something has been taken in or undone.

    UserError: the meeting is no longer there.
    """
    try:
        mine = workspace.meeting(answer.meeting_id)
    except KeyError as error:
        raise UserError("Sammanträdet har tagits bort.", advice="Ångra det och försök igen.") from error
    return _compared(replace(answer, mine=mine), workspace)


def _stands(workspace: Workspace, answer: Returned) -> bool:
    """Whether the meeting is the very value that the answer was held against."""
    known = any(head.id == answer.meeting_id for head in workspace.heads)
    return known and workspace.meeting(answer.meeting_id) is answer.mine


def _compared(answer: Returned, workspace: Workspace) -> Returned:
    three = parcel.three_way(answer.base, answer.mine, answer.theirs)
    sent = parcel.sent_parcel(answer.mine, answer.parcel_id)
    changes, apart = in_words(
        three.differences,
        workspace.association,
        workspace.meetings,
        (answer.base, answer.mine, answer.theirs),
        sent.declined if sent is not None else (),
    )
    missing = _missing_files(answer, workspace)
    changes = tuple(_possible(one, three, answer.mine, workspace, missing) for one in changes)
    known = {one.id: one for one in answer.mine.comments}
    comments = tuple(
        one for one in answer.theirs.comments if one.id not in known or known[one.id].text != one.text
    )
    theirs = tuple(one for one in answer.theirs.approvals if _is_receivers(one, answer.receiver))
    approvals = tuple(
        ReturnedApproval(
            approval=one,
            changed=approving.changed_since(one, workspace.association, workspace.meetings, answer.mine),
            is_known=one in answer.mine.approvals,
        )
        for one in theirs
    )
    return replace(
        answer,
        changes=changes,
        comments=comments,
        approvals=approvals,
        told=tuple(_told(answer, changes, apart)),
    )


def _is_receivers(approval: Approval, receiver: Receiver) -> bool:
    """Whether it is the receiver's own: an answer speaks for nobody else."""
    return (approval.person_id, approval.name) == (receiver.person_id, receiver.name)


def _missing_files(answer: Returned, workspace: Workspace) -> frozenset[str]:
    """Files of the answer's bilagor that neither came with it nor are here."""
    missing = set()
    here = {
        a.sha256 for one in (answer.mine, answer.base) for item in walk(one.items) for a in item.attachments
    }
    for item in walk(answer.theirs.items):
        for one in item.attachments:
            if one.sha256 and one.sha256 not in answer.files and one.sha256 not in here:
                missing.add(one.id)
    return frozenset(missing)


def _possible(
    change: FieldChange,
    three: ThreeWay[Meeting],
    mine: Meeting,
    workspace: Workspace,
    missing: frozenset[str],
) -> FieldChange:
    """The change, marked where it cannot be taken in: its file is missing, or the minutes are adjusted."""
    if not change.acceptable:
        return change
    if any(one in change.key.split("/") for one in missing) and change.what in (What.ADDED, What.FIELD):
        return replace(change, acceptable=False, conflict=True, why="Filens innehåll följde inte med svaret.")
    if mine.seals:
        refusal = adjusting.forbidden_change(mine, three.merged((change.key,)), workspace.meetings)
        if refusal is not None:
            return replace(change, acceptable=False, conflict=True, why=f"{refusal.why} {refusal.advice}")
    return change


def _told(answer: Returned, changes: tuple[FieldChange, ...], apart: tuple[str, ...]) -> Iterator[str]:
    mine = answer.mine
    sent = parcel.sent_parcel(mine, answer.parcel_id)
    if answer.public:
        yield "Svaret bygger på den offentliga versionen. Det som är sekretess har inte ändrats av det."
    if sent is None:
        yield "Paketet är inte antecknat i filen, som kan vara en äldre kopia än den som paketet gjordes av."
    else:
        seen = next((one for one in sent.replies if one.id == answer.reply_id), None)
        if seen is not None:
            yield (
                f"Svaret har redan gåtts igenom den {long_date(seen.received_at.date())}. "
                "Det som redan är infört visas inte igen."
            )
        elif any(one.made_at > answer.replied_at for one in sent.replies):
            yield f"Ett senare svar från {answer.receiver.name} har redan gåtts igenom."
        newer = [
            one
            for one in mine.parcels
            if one.receiver == sent.receiver and one.made_at > sent.made_at and one.id != sent.id
        ]
        if newer:
            yield (
                f"Ett nyare paket till {answer.receiver.name} skapades den "
                f"{long_date(newer[-1].made_at.date())}. Svaret bygger på det äldre."
            )
    out = [
        one.receiver.name
        for one in mine.parcels
        if not one.replies and one.id != answer.parcel_id and one.receiver != answer.receiver
    ]
    if out:
        yield f"Svar har ännu inte kommit från {join_names(tuple(dict.fromkeys(out)))}."
    if mine.seals and changes:
        yield "Protokollet är justerat här. Det som ingår i det ändras inte: skriv en rättelse under Efter mötet."
    if apart:
        yield (
            f"I svaret har också det här ändrats, som bara förbundet för: {join_names(apart)}. "
            "Det tas inte emot."
        )
    if not changes:
        yield "Inget i sammanträdet skiljer sig från det som står hos dig."


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
    at = at or datetime.now()
    # What was compared with the meeting as it stands need not be compared again.
    now = answer if _stands(workspace, answer) else again(workspace, answer)
    wanted = _still_there(now, answer, chosen)
    before = now.mine
    three = parcel.three_way(now.base, before, now.theirs)
    keys = three.with_needs(wanted)
    after = three.merged(keys)
    for content in _needed_files(after, before, now.files):
        workspace.add_file(content)
    said = now.comments if comments else ()
    after = replace(after, comments=_with_comments(after.comments, said, now.parcel_id))
    given = tuple(one.approval for one in now.approvals if not one.is_known) if approvals else ()
    for one in given:
        others = tuple(a for a in after.approvals if not _same_person(a, one))
        after = replace(after, approvals=(*others, one))
    prints = {one.key: one.fingerprint for one in now.changes}
    gone = [prints[key] for key in dict.fromkeys(declined) if key in prints and key not in keys]
    reply = ParcelReply(id=now.reply_id, made_at=now.replied_at, received_at=at, file_name=now.file_name)
    if parcel.sent_parcel(after, now.parcel_id) is None:
        # Of a file that is older than the mötespaket: without it what is declined would not be remembered.
        after = parcel.with_sent(after, now.sent)
    after = parcel.with_reply(after, now.parcel_id, reply, gone)
    workspace.change(label or _label(now, wanted, gone), before, after)
    return Taken(meeting=after, taken=len(keys), declined=len(gone), comments=len(said), approvals=len(given))


def _still_there(now: Returned, answer: Returned, chosen: Iterable[str]) -> tuple[str, ...]:
    """The chosen keys that still differ. UserError: one of them is about something that has been changed since."""
    known = {one.key: one for one in now.changes}
    shown = {one.key: one for one in answer.changes}
    found = []
    for key in dict.fromkeys(chosen):
        one, then = known.get(key), shown.get(key)
        if one is None:
            if then is None:
                raise KeyError(key)
            continue
        if then is not None and (one.mine, one.conflict) != (then.mine, then.conflict):
            raise UserError(
                f"”{one.field}” under {one.place} togs inte in: det har ändrats sedan du började jämföra.",
                advice="Se över det som står nu och välj igen.",
            )
        if not one.acceptable:
            raise UserError(f"”{one.field}” under {one.place} togs inte in.", advice=one.why)
        found.append(key)
    return tuple(found)


def _needed_files(after: Meeting, before: Meeting, files: dict[str, bytes]) -> Iterator[bytes]:
    had = parcel.file_names(Association(name=""), before)
    for name in sorted(parcel.file_names(Association(name=""), after) - had):
        if name in files:
            yield files[name]


def _with_comments(
    known: tuple[Comment, ...], new: tuple[Comment, ...], parcel_id: str
) -> tuple[Comment, ...]:
    """The comments with those that came; one that has been rewritten takes the old one's place, not handled."""
    came = {one.id: replace(one, parcel_id=parcel_id, handled_at=None, handled_by="") for one in new}
    kept = tuple(came.pop(one.id, one) for one in known)
    return (*kept, *came.values())


def _same_person(one: Approval, other: Approval) -> bool:
    return (one.person_id, one.name) == (other.person_id, other.name)


def _label(answer: Returned, chosen: tuple[str, ...], declined: list[str]) -> str:
    """The name of the step in undo and history."""
    name = answer.receiver.name
    if len(chosen) == 1:
        one = next(one for one in answer.changes if one.key == chosen[0])
        return f"Ta in ”{one.field}” från {name}"
    if chosen:
        return f"Ta in {len(chosen)} ändringar från {name}"
    if declined:
        return f"Avböj {'ändring' if len(declined) == 1 else f'{len(declined)} ändringar'} från {name}"
    return f"Ta emot svaret från {name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """Recording an approval as an adjustment: the change to make, its name, and what to know, in Swedish."""

    before: Meeting
    after: Meeting
    label: str
    told: tuple[str, ...] = ()


def confirm(workspace: Workspace, meeting_id: str, approval_id: str) -> Confirmation:
    """Record an approval as the person's adjustment of the minutes, on the day of the approval.

    It is recorded as electronic where the association's rules have electronic signing, else as on paper, and then
    told that paper has to be signed. UserError: what was approved is not what stands; the person does not adjust the
    minutes. KeyError: no such meeting or approval.
    """
    meeting, association = workspace.meeting(meeting_id), workspace.association
    approval = next((one for one in meeting.approvals if one.id == approval_id), None)
    if approval is None:
        raise KeyError(approval_id)
    changed = approving.changed_since(approval, association, workspace.meetings, meeting)
    if changed:
        raise UserError(
            f"Justeringen av {approval.name} antecknades inte: {join_names(changed)} är inte längre som när "
            "protokollet godkändes.",
            advice="Skicka ett nytt mötespaket, eller återställ det som ändrats.",
        )
    if approval.person_id not in {one.person_id for one in adjusting.signers(meeting, association)}:
        raise UserError(
            f"Justeringen av {approval.name} antecknades inte: {approval.name} är inte vald att justera.",
            advice="Välj justerare under Närvaro och beslut.",
        )
    electronic = association.rules.electronic_signing
    manner = Signing.ELECTRONIC if electronic else Signing.PAPER
    told = () if electronic else (
        f"Förbundets regler säger inget om digital justering. Låt {approval.name} skriva under på papper.",
    )  # fmt: skip
    after = adjusting.sign(meeting, approval.person_id, approval.approved_on, manner)
    return Confirmation(before=meeting, after=after, label=f"Justerat av {approval.name}", told=told)


def handled(meeting: Meeting, comment_id: str, by: str, at: datetime | None) -> Meeting:
    """The meeting with a comment marked as handled; ``at`` None: it is not."""
    return replace(
        meeting,
        comments=tuple(
            replace(one, handled_at=at, handled_by=by if at is not None else "")
            if one.id == comment_id
            else one
            for one in meeting.comments
        ),
    )
