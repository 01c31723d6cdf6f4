"""What is made after a meeting in one go: extracts for every recipient, and the announcement for every board."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from finsam_desktop.documents import Document
from finsam_desktop.documents.export import export
from finsam_desktop.documents.kinds import About, file_name, safe_stem
from finsam_desktop.documents.mail import Attached, Draft, Mailbox, draft_bytes
from finsam_desktop.domain import adjusting, dispatching, notices, sealing
from finsam_desktop.domain.addressees import usable_address
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.errors import UserError
from finsam_desktop.workspace import Workspace

DISPATCH, SEND = "Expediera protokollsutdrag", "Skicka anslaget till anslagstavlorna"
"""What the two changes are called in undo and history."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A paper that was made for someone: ``path`` of the Word file, ``draft`` of the mail draft or None."""

    receiver: str
    items: tuple[str, ...]
    path: Path
    draft: Path | None = None


def make_extracts(
    workspace: Workspace,
    meeting_id: str,
    folder: Path,
    *,
    today: date,
    by: str,
    manner: str = "",
    recipients: tuple[str, ...] = (),
    again: bool = False,
    record: bool = True,
) -> tuple[Made, ...]:
    """Make an extract for every recipient of "Expedieras till" in ``folder``, and log what was sent.

    Only §§ that the recipient has not got, all of them with ``again``; only to ``recipients`` where some are named.
    Without ``record`` the log is left to the caller, see ``logged``: a change is made in the window's own thread.
    UserError when nothing is adjusted, nothing is left to send, or a recipient is unknown; then nothing is logged.
    """
    meeting = workspace.meeting(meeting_id)
    batches = _chosen(meeting, recipients)
    adjusted = sealing.sealed_items(meeting)
    if meeting.adjusted_on is not None:
        adjusted = frozenset(item.id for item in meeting.items)
    wanted = [
        (batch.recipient, tuple(i for i in (batch.items if again else batch.left) if i in adjusted))
        for batch in batches
    ]
    wanted = [(recipient, items) for recipient, items in wanted if items]
    if not wanted:
        why, advice = _nothing(meeting, batches, bool(adjusted))
        raise UserError(why, advice=advice)
    _make_folder(folder)
    made = []
    for recipient, items in wanted:
        about = About(items=items, recipient=recipient)
        out = folder / _name(workspace, meeting, Document.PROTOKOLLSUTDRAG, about, recipient)
        result = export(workspace, meeting_id, Document.PROTOKOLLSUTDRAG, out, about=about, today=today)
        made.append(Made(receiver=recipient, items=items, path=result.path))
    if record:
        before = workspace.meeting(meeting_id)
        workspace.change(DISPATCH, before, logged(before, tuple(made), today=today, by=by, manner=manner))
    return tuple(made)


def logged(meeting: Meeting, made: tuple[Made, ...], *, today: date, by: str, manner: str = "") -> Meeting:
    """The meeting with the extracts in its log of what was sent."""
    log = [(one.receiver, one.items, one.path.name) for one in made]
    return dispatching.log(meeting, log, on=today, manner=manner, by=by)


def _chosen(meeting: Meeting, recipients: tuple[str, ...]) -> tuple[dispatching.Batch, ...]:
    batches = dispatching.batches(meeting)
    if not recipients:
        return batches
    found = [
        next((b for b in batches if dispatching.same_recipient(b.recipient, r)), None) for r in recipients
    ]
    for recipient, batch in zip(recipients, found, strict=True):
        if batch is None:
            known = ", ".join(b.recipient for b in batches) or "inga"
            raise UserError(
                f"Ingen paragraf expedieras till ”{recipient}”.", advice=f"Mottagare i sammanträdet: {known}."
            )
    return tuple(batch for batch in found if batch is not None)


def _nothing(meeting: Meeting, batches: tuple[dispatching.Batch, ...], adjusted: bool) -> tuple[str, str]:
    if not any(batch.items for batch in batches):
        return "Ingen paragraf har någon mottagare.", "Skriv mottagare under Expedieras till i ärendet."
    if not adjusted:
        return (
            "Protokollet är inte justerat, så det finns inget att expediera.",
            "Anteckna justeringen först, eller justera en paragraf omedelbart.",
        )
    last = max((one.sent_on for one in meeting.dispatches), default=None)
    when = f" Det senaste skickades den {last.isoformat()}." if last is not None else ""
    return f"Allt är redan expedierat.{when}", "Välj att skicka igen om någon behöver det en gång till."


def make_notices(
    workspace: Workspace,
    meeting_id: str,
    folder: Path,
    *,
    today: date,
    items: tuple[str, ...] = (),
    record: bool = True,
) -> tuple[Made, ...]:
    """Make the announcement as a Word file and a mail draft for every board that has not posted it, in ``folder``.

    The day goes into the log as the day the text was sent, but for ``record``, as ``make_extracts``. UserError when
    there is nothing to announce.
    """
    meeting = workspace.meeting(meeting_id)
    if (meeting.adjusted_on is None) if not items else not set(items) <= sealing.sealed_items(meeting):
        raise UserError(
            "Protokollet är inte justerat, så det finns inget att anslå.",
            advice="Anteckna justeringen först.",
        )
    left = [row for row in notices.rows(meeting, workspace.association, items) if not row.posted]
    if not left:
        raise UserError("Anslaget är uppe på alla anslagstavlor.", advice="Det finns inget kvar att skicka.")
    _make_folder(folder)
    made = []
    for row in left:
        about = About(items=items, member_id=row.member.id)
        out = folder / _name(workspace, meeting, Document.ANSLAG, about, row.member.name)
        result = export(workspace, meeting_id, Document.ANSLAG, out, about=about, today=today)
        message = notices.message(meeting, workspace.association, workspace.meetings, row.member, items)
        draft = out.with_suffix(".eml")
        _write(draft, draft_of(message, result.path))
        made.append(Made(receiver=row.member.name, items=items, path=result.path, draft=draft))
    if record:
        before = workspace.meeting(meeting_id)
        workspace.change(SEND, before, sent_out(before, workspace.association, today, items))
    return tuple(made)


def sent_out(meeting: Meeting, association: Association, today: date, items: tuple[str, ...] = ()) -> Meeting:
    """The meeting with the day that the text was sent to every board that has not posted it."""
    for row in notices.rows(meeting, association, items):
        if not row.posted:
            meeting = adjusting.post(meeting, association, replace(row.notice, sent_on=today))
    return meeting


def draft_of(message: notices.Message, attached: Path | None = None) -> bytes:
    """The message as a draft that a mail program opens ready to send (.eml)."""
    address, _ = usable_address(message.to)
    files = () if attached is None else (Attached(name=attached.name, content=attached.read_bytes()),)
    to = (Mailbox(email=address),) if address else ()
    return draft_bytes(Draft(subject=message.subject, body=message.body, to=to, attached=files))


def _name(workspace: Workspace, meeting: Meeting, document: Document, about: About, receiver: str) -> str:
    """The document's own file name, with whom it is for where the name does not say it."""
    name = file_name(document, meeting, about, association=workspace.association, meetings=workspace.meetings)
    stem = Path(name).stem
    return name if receiver.casefold() in stem.casefold() else f"{safe_stem(f'{stem} {receiver}')}.docx"


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            f"Det går inte att skapa mappen {folder}.", advice="Välj en annan mapp.", detail=str(error)
        ) from error


def _write(path: Path, content: bytes) -> None:
    from finsam_desktop.storage.safewrite import write_file

    write_file(path, content)
