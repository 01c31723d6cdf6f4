"""Mötespaket: one file with one meeting for the chair or a justerare, made, opened, worked in and sent back.

The receiver's working copy is an ordinary, small .finsam file in the receiver's own data folder, so that undo, history,
lock and safety against crashes are those of every other file. What is sent back is made of its values, never of the
file: own notes are in ``Association.parcel``, and the answer holds the parcel without them.
What came back is gone through in ``returning``.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from finsam_desktop import __version__
from finsam_desktop.domain import approving, parcel, wording
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.deadlines import reached
from finsam_desktop.domain.ids import new_id
from finsam_desktop.domain.meeting import Meeting, MeetingState
from finsam_desktop.domain.parcel_values import OwnNote, ParcelCopy
from finsam_desktop.errors import UserError
from finsam_desktop.parcels import folders
from finsam_desktop.parcels.making import (
    SUFFIX,
    MadeParcel,
    answer_name,
    file_name,
    keep_sent,
    make_parcel,
    of_size,
    sent_label,
    write_parcel,
)

if TYPE_CHECKING:
    from finsam_desktop.storage.parcel_file import Parcel, ParcelHead
    from finsam_desktop.workspace import Workspace

__all__ = [
    "FOLDER",
    "SUFFIX",
    "MadeParcel",
    "OpenParcel",
    "answer_name",
    "approve",
    "base_of",
    "copies_folder",
    "file_name",
    "forget",
    "is_parcel",
    "is_wrong_password",
    "keep_answered",
    "keep_sent",
    "look",
    "make_parcel",
    "open_parcel",
    "read_parcel",
    "send_back",
    "sent_label",
    "unpack",
    "write_parcel",
]

FOLDER = "Mötespaket"
"""The folder of working copies in the program's data folder."""
_HALF_MADE = " (skapas)"


# -- the receiver opens it -------------------------------------------------------------------------


def is_parcel(path: Path) -> bool:
    """Whether a path is named as a mötespaket."""
    return path.suffix.lower() == SUFFIX


def look(path: Path) -> ParcelHead:
    """What is seen of a mötespaket without a password: whose it is not, but whether it is locked, an answer and whole.

    UserError, in words, when it is no mötespaket, damaged or of a newer version.
    """
    from finsam_desktop.storage import parcel_file

    return parcel_file.head(parcel_file.read_bytes(path), path.name)


def is_wrong_password(error: Exception) -> bool:
    """Whether a mötespaket was not opened because it is locked, and the password did not fit or was not given."""
    from finsam_desktop.storage.parcel_file import WrongPasswordError

    return isinstance(error, WrongPasswordError)


def read_parcel(path: Path, password: str | None = None) -> Parcel:
    """What a mötespaket holds, in memory. UserError as ``look``; WrongPasswordError when it is locked."""
    from finsam_desktop.storage import parcel_file

    return parcel_file.unpacked(parcel_file.read_bytes(path), password, path.name)


def unpack(
    path: Path,
    password: str | None = None,
    *,
    user: str,
    folder: Path | None = None,
    clock: Callable[[], datetime] = datetime.now,
) -> Path:
    """Make the receiver's working copy of a mötespaket, and give its path; the one that is there, with what has been
    written in it, when it has been opened before.

    Own notes from an earlier mötespaket of the same meeting come along. ``folder`` is for the copies; without it the
    program's own. UserError as ``read_parcel``, also for an answer, which is received in the association's file.
    """
    content = read_parcel(path, password)
    if content.content.reply_id:
        raise UserError(
            f"{path.name} är ett svar till {content.content.association.name}.",
            advice="Öppna förbundets fil och ta emot svaret i den.",
        )
    folder = folder or copies_folder()
    target = folder / _copy_name(content.content.parcel, content.content.meeting)
    if target.exists():
        return target
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    notes = _earlier_notes(folder, content.content.parcel, content.content.meeting)
    _make_copy(target, content, notes, user, clock)
    return target


def copies_folder() -> Path:
    """Where working copies of mötespaket are."""
    from finsam_desktop.settings import data_folder

    return data_folder() / FOLDER


def _copy_name(copy: ParcelCopy, meeting: Meeting) -> str:
    """The same for every time a mötespaket is opened; its first mark is the meeting's, its second its own."""
    return f"{meeting.date.isoformat()} Mötespaket {_mark(copy.meeting_id)}-{_mark(copy.id)}.finsam"


def _mark(an_id: str) -> str:
    return sha256(an_id.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def _make_copy(
    target: Path, opened: Parcel, notes: tuple[OwnNote, ...], user: str, clock: Callable[[], datetime]
) -> None:
    from finsam_desktop.storage.codec import digest, encode
    from finsam_desktop.workspace import Workspace

    content = opened.content
    base = encode(content.base)
    copy = replace(content.parcel, notes=notes, base_file=digest(base))
    association = replace(content.association, parcel=copy)
    half = target.with_name(f"{target.stem}{_HALF_MADE}.finsam")
    _clear_half_made(half)
    try:
        with Workspace.create(half, association, user=user, clock=clock) as workspace:
            for one in (*opened.files.values(), base):
                workspace.add_file(one)
            for meeting in (*content.others, content.meeting):
                workspace.change("Öppna mötespaketet", None, meeting)
        os.replace(half, target)
    except OSError as error:
        raise UserError(
            f"Arbetskopian i mappen {target.parent} kunde inte skapas.",
            advice="Kontrollera att det finns plats på disken.",
            detail=str(error),
        ) from error
    finally:
        with contextlib.suppress(OSError):
            half.unlink(missing_ok=True)


def _clear_half_made(half: Path) -> None:
    """Remove what an opening that was stopped has left: of this copy, and of any other an hour ago."""
    for left in half.parent.glob(f"*{_HALF_MADE}.finsam*"):
        with contextlib.suppress(OSError):
            if left.name.startswith(half.name) or time.time() - left.stat().st_mtime > 3600:
                left.unlink()


def _earlier_notes(folder: Path, copy: ParcelCopy, meeting: Meeting) -> tuple[OwnNote, ...]:
    """Own notes in the latest earlier copy of the same meeting, on items that are still there."""
    from finsam_desktop.domain.agenda import find
    from finsam_desktop.workspace import Workspace

    found: list[ParcelCopy] = []
    for path in folder.glob(f"* {_mark(copy.meeting_id)}-*.finsam"):
        with contextlib.suppress(UserError), Workspace.open(path, user="", read_only=True) as workspace:
            known = workspace.association.parcel
            if known is not None and known.meeting_id == copy.meeting_id:
                found.append(known)
    latest = max(found, key=lambda one: one.made_at, default=None)
    if latest is None:
        return ()
    return tuple(
        one if find(meeting.items, one.item_id) is not None else replace(one, item_id="")
        for one in latest.notes
    )


def forget(copy: Path) -> None:
    """Remove a working copy, with the receiver's own notes. UserError: it is none, it is open, or cannot be removed."""
    from finsam_desktop.workspace import Workspace

    with Workspace.open(copy, user="") as workspace:
        if workspace.association.parcel is None:
            raise UserError(
                f"{copy.name} togs inte bort: den är inte en arbetskopia av ett mötespaket.",
                advice="Arbetskopior har namn som ”2026-10-29 Mötespaket …”.",
            )
    try:
        copy.unlink()
    except OSError as error:
        raise UserError(
            f"{copy.name} togs inte bort.", advice="Stäng den och försök igen.", detail=str(error)
        ) from error
    folders.forget(copy)


class OpenParcel:
    """A working copy that is open: the workspace with its one door, and what a receiver does with it."""

    def __init__(self, workspace: Workspace) -> None:
        copy = workspace.association.parcel
        if copy is None:
            raise UserError(f"{workspace.path.name} är inte ett mötespaket.")
        self.workspace = workspace
        self._meeting_id = copy.meeting_id

    def __enter__(self) -> OpenParcel:
        return self

    def __exit__(self, *_: object) -> None:
        self.workspace.close()

    @property
    def copy(self) -> ParcelCopy:
        """What was sent, to whom, with the receiver's own notes."""
        copy = self.workspace.association.parcel
        assert copy is not None
        return copy

    @property
    def meeting(self) -> Meeting:
        """The meeting as the receiver has it now."""
        return self.workspace.meeting(self._meeting_id)

    @property
    def base(self) -> Meeting:
        """The meeting as it came."""
        return base_of(self.workspace)

    def change(self, label: str, before: Meeting, after: Meeting) -> None:
        """Change the meeting through the one door; ``workspace.undo`` takes it back."""
        self.workspace.change(label, before, after)

    def send_back(self, path: Path, *, password: str | None = None, at: datetime | None = None) -> MadeParcel:
        """As the function ``send_back``, and keep when it was made."""
        made = send_back(self.workspace, path, password=password, at=at)
        keep_answered(self.workspace, at or datetime.now())
        return made


def open_parcel(
    path: Path,
    password: str | None = None,
    *,
    user: str,
    folder: Path | None = None,
    clock: Callable[[], datetime] = datetime.now,
) -> OpenParcel:
    """Open a mötespaket, or the working copy of one, to work in. UserError as ``unpack``."""
    from finsam_desktop.workspace import Workspace

    if path.suffix.lower() != ".finsam":
        path = unpack(path, password, user=user, folder=folder, clock=clock)
    workspace = Workspace.open(path, user=user, clock=clock)
    try:
        return OpenParcel(workspace)
    except BaseException:
        workspace.close()
        raise


def base_of(workspace: Workspace) -> Meeting:
    """The meeting as it came, of a working copy. UserError when the file is none, or it is gone from it."""
    from finsam_desktop.storage.codec import decode

    copy = workspace.association.parcel
    if copy is None:
        raise UserError(f"{workspace.path.name} är inte ett mötespaket.")
    return decode(workspace.file(copy.base_file), Meeting)


def approve(workspace: Workspace, on: datetime, *, withdrawn: bool = False) -> tuple[Meeting, Meeting, str]:
    """(before, after, label) of the receiver's approval of the minutes as they stand, or of taking it back.

    UserError: the public version cannot be approved, since what is taken out of it is part of the minutes.
    """
    opened = OpenParcel(workspace)
    copy, meeting = opened.copy, opened.meeting
    if withdrawn:
        return meeting, approving.withdrawn(meeting, copy.receiver), "Ta tillbaka justeringen"
    if copy.public:
        raise UserError(
            "Protokollet markerades inte som justerat: det här är den offentliga versionen.",
            advice="Be sekreteraren om ett mötespaket med den fullständiga versionen.",
        )
    after = approving.approved(
        workspace.association, workspace.meetings, meeting, copy.receiver, on.date(), on, copy.id
    )
    return meeting, after, "Markera som justerat"


def send_back(
    workspace: Workspace, path: Path, *, password: str | None = None, at: datetime | None = None
) -> MadeParcel:
    """Make the answer to a mötespaket of its working copy: the meeting as it stands, comments and approval, and the
    meeting as it came. Own notes and history stay. The open file is only read.

    UserError: the file is no working copy, the password is too short, ``path`` cannot be written.
    """
    from finsam_desktop.storage import parcel_file

    at = at or datetime.now()
    opened = OpenParcel(workspace)
    copy, meeting, base = opened.copy, parcel.sent_meeting(opened.meeting), opened.base
    known = parcel.file_names(Association(name=""), base)
    files = {one: workspace.file(one) for one in parcel.file_names(Association(name=""), meeting) - known}
    content = parcel_file.ParcelContent(
        parcel=replace(copy, notes=(), base_file="", sent_back_at=None),
        association=Association(name=workspace.association.name, org_number=workspace.association.org_number),
        meeting=meeting,
        base=base,
        reply_id=new_id(),
        replied_at=at,
        program=__version__,
    )
    data = parcel_file.packed(parcel_file.Parcel(content=content, files=files), password)
    parcel_file.write(path, data)
    told = []
    if copy.protected and password is None:
        told.append("Paketet kom låst med lösenord. Svaret är inte låst.")
    approval = approving.approval_of(meeting, copy.receiver)
    if approval is not None:
        changed = approving.changed_since(approval, workspace.association, workspace.meetings, opened.meeting)
        if changed:
            told.append(
                f"Du har ändrat sedan du markerade som justerat: {wording.join_names(changed)}. "
                "Markera igen om du justerar det som nu står."
            )
    elif reached(meeting, MeetingState.HELD) and not copy.public:
        told.append("Du har inte markerat protokollet som justerat.")
    told += of_size(len(data))
    return MadeParcel(path=path, size=len(data), receiver=copy.made_by, told=tuple(told))


def keep_answered(workspace: Workspace, at: datetime) -> None:
    """Keep in a working copy that an answer was made."""
    association = workspace.association
    if association.parcel is not None:
        after = replace(association, parcel=replace(association.parcel, sent_back_at=at))
        workspace.change("Svar på mötespaketet", association, after)
