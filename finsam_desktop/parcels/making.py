"""The making of a mötespaket: one file with one meeting, for the chair or a justerare."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from finsam_desktop import __version__
from finsam_desktop.domain import parcel, wording
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.ids import new_id
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.parcel_values import ParcelCopy, Receiver, SentParcel
from finsam_desktop.errors import UserError
from finsam_desktop.parcels.answer_mail import sender_email

if TYPE_CHECKING:
    from finsam_desktop.workspace import Workspace

SUFFIX = ".motespaket"


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeParcel:
    """A mötespaket that was made: its file, its size in bytes, and what its maker should know, in Swedish.

    ``sent`` is what to keep of it in the meeting; for an answer None.
    """

    path: Path
    size: int
    receiver: str
    told: tuple[str, ...] = ()
    sent: SentParcel | None = None


# -- the secretary makes one -----------------------------------------------------------------------


def file_name(meeting: Meeting, receiver: Receiver) -> str:
    """ "2026-10-29 Till Anna Ek.motespaket"."""
    return f"{meeting.date.isoformat()} Till {_plain(receiver.name) or 'mottagaren'}{SUFFIX}"


def answer_name(meeting: Meeting, receiver: Receiver) -> str:
    """ "2026-10-29 Från Anna Ek.motespaket"."""
    return f"{meeting.date.isoformat()} Från {_plain(receiver.name) or 'mottagaren'}{SUFFIX}"


def make_parcel(
    workspace: Workspace,
    meeting_id: str,
    path: Path,
    *,
    receiver: Receiver,
    password: str | None = None,
    note: str = "",
    public: bool = False,
    at: datetime | None = None,
) -> MadeParcel:
    """Make a mötespaket as ``path`` and keep in the meeting that it was made, as one change.

    It holds the full version unless ``public``. UserError: the password is too short, a stored file is missing, the
    file cannot be written. KeyError: no such meeting.
    """
    made = write_parcel(
        workspace, meeting_id, path, receiver=receiver, password=password, note=note, public=public, at=at
    )
    if workspace.read_only:
        return replace(made, told=(*made.told, "Filen kan bara läsas, så paketet antecknas inte i den."))
    keep_sent(workspace, meeting_id, made)
    return made


def keep_sent(workspace: Workspace, meeting_id: str, made: MadeParcel) -> None:
    """Keep in the meeting that a mötespaket was made, as one change."""
    if made.sent is not None:
        meeting = workspace.meeting(meeting_id)
        workspace.change(sent_label(made), meeting, parcel.with_sent(meeting, made.sent))


def sent_label(made: MadeParcel) -> str:
    """The name of that change."""
    return f"Mötespaket till {made.receiver}"


def write_parcel(
    workspace: Workspace,
    meeting_id: str,
    path: Path,
    *,
    receiver: Receiver,
    password: str | None = None,
    note: str = "",
    public: bool = False,
    at: datetime | None = None,
) -> MadeParcel:
    """As ``make_parcel``, but the open file is only read, so that it may be done in the background.

    The caller then puts ``made.sent`` into the meeting (``parcel.with_sent``).
    """
    from finsam_desktop.storage import parcel_file

    at = at or datetime.now()
    meeting = workspace.meeting(meeting_id)
    association, meetings = workspace.association, workspace.meetings
    if association.parcel is not None:
        raise UserError(
            "Mötespaketet skapades inte: filen är själv en arbetskopia av ett mötespaket.",
            advice="Skicka tillbaka den, eller be sekreteraren om ett paket till.",
        )
    files: dict[str, bytes] = {}
    told: list[str] = []
    if public:
        association, meetings, meeting, files, told = _public(workspace, meeting)
    address = sender_email(association, meeting, workspace.user, public=public)
    sent = parcel.sent_meeting(meeting, receiver)
    association = parcel.sent_association(association, sent)
    for name in parcel.file_names(association, sent):
        files.setdefault(name, workspace.file(name))
    copy = ParcelCopy(
        id=new_id(),
        meeting_id=meeting.id,
        receiver=receiver,
        made_at=at,
        made_by=workspace.user,
        made_by_email=address,
        note=note.strip(),
        base_sha256=parcel.fingerprint(sent),
        public=public,
        protected=password is not None,
    )
    content = parcel_file.ParcelContent(
        parcel=copy,
        association=association,
        meeting=sent,
        base=sent,
        others=parcel.outlines(meeting, meetings),
        program=__version__,
    )
    data = parcel_file.packed(parcel_file.Parcel(content=content, files=files), password)
    parcel_file.write(path, data)
    if not public and parcel.confidential(meeting):
        told.append(
            "Paketet är den fullständiga versionen, med det som är sekretess. "
            + ("" if password is not None else "Det är inte låst med lösenord.")
        )
    told += of_size(len(data))
    kept = SentParcel(
        id=copy.id,
        receiver=receiver,
        made_at=at,
        made_by=copy.made_by,
        note=copy.note,
        file_name=path.name,
        base_sha256=copy.base_sha256,
        public=public,
        protected=copy.protected,
    )
    return MadeParcel(
        path=path,
        size=len(data),
        receiver=receiver.name,
        told=tuple(one.strip() for one in told),
        sent=kept,
    )


def _public(
    workspace: Workspace, meeting: Meeting
) -> tuple[Association, tuple[Meeting, ...], Meeting, dict[str, bytes], list[str]]:
    """The public version's values and files, and what could not be made public."""
    from finsam_desktop.documents.public_files import public_attachment
    from finsam_desktop.domain.agenda import walk
    from finsam_desktop.domain.masking import Masking
    from finsam_desktop.domain.visibility import public_version

    version = public_version(workspace.association, workspace.meetings, meeting)
    masking = Masking(meeting.masked)
    files: dict[str, bytes] = {}
    names: dict[str, tuple[str, int]] = {}
    told = []
    for item in walk(version.meeting.items):
        for one in item.attachments:
            if not one.sha256:
                continue
            cleaned = (
                None if one.confidential else public_attachment(one, workspace.file(one.sha256), masking)
            )
            content = cleaned.content if cleaned is not None else None
            if content is None:
                names[one.id] = ("", 0)
                if cleaned is not None:
                    told.append(f"Bilagan ”{one.title}” följer inte med. {cleaned.problem}")
                continue
            name = sha256(content).hexdigest()
            files[name] = content
            names[one.id] = (name, len(content))
    public = parcel.with_files(version.meeting, names)
    meetings = tuple(public if one.id == public.id else one for one in version.meetings)
    return version.association, meetings, public, files, told


def of_size(size: int) -> list[str]:
    """What to say of a file that is too large to mail."""
    from finsam_desktop.storage.parcel_file import MAIL_LIMIT

    if size <= MAIL_LIMIT:
        return []
    return [
        f"Paketet är {wording.file_size(size)}. Många mejlservrar tar inte emot mer än "
        f"{wording.file_size(MAIL_LIMIT)}: lämna det på ett USB-minne eller i en delad mapp."
    ]


def _plain(name: str) -> str:
    kept = "".join(c if c.isalnum() or c in " -" else " " for c in name)
    return " ".join(kept.split())[:60].strip()
