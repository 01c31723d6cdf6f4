"""The mail that takes an answer back to the secretary: a draft with the file attached. Nothing is sent here."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from finsam_desktop.domain import approving
from finsam_desktop.domain.addressees import usable_address
from finsam_desktop.domain.association import Association, Role
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.parcel_values import ParcelCopy
from finsam_desktop.domain.wording import long_date
from finsam_desktop.errors import UserError

if TYPE_CHECKING:
    from finsam_desktop.workspace import Workspace

DRAFT = "mejlutkast"
"""What the file is called in the record of what was made."""
NO_ADDRESS = "Paketet säger inte vilken e-postadress sekreteraren har. Skriv in den i mejlprogrammet."


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeDraft:
    """A mail draft that was made, and what its reader should know, in Swedish."""

    path: Path
    told: tuple[str, ...] = ()


def sender_email(association: Association, meeting: Meeting, user: str, *, public: bool = False) -> str:
    """Where an answer is mailed: the address of the one who makes the mötespaket, else the secretary's, else the
    office's; "" when none can be used. Of a ``public`` one the office's."""
    own = [one for one in association.people if one.name.casefold() == user.strip().casefold()]
    secretary = association.first_with(meeting.date, Role.SECRETARY)
    people = [] if public else [*own, *([secretary] if secretary is not None else [])]
    found = (
        usable_address(text)[0] for text in (*(one.email for one in people), association.letterhead.email)
    )
    return next((address for address in found if address), "")


def make_answer_mail(workspace: Workspace, answer: Path, *, protected: bool) -> MadeDraft:
    """Make a mail draft beside an answer, with it attached: "2026-10-29 Mejl Från Maria Ekvall.eml".

    ``workspace`` is the working copy. A draft that somebody has changed is kept, and the new one laid beside it.
    UserError: the file is no working copy, the answer cannot be read, the draft cannot be written.
    """
    from finsam_desktop.documents import mail
    from finsam_desktop.documents.export import put_file

    copy = workspace.association.parcel
    if copy is None:
        raise UserError(f"{workspace.path.name} är inte ett mötespaket.")
    meeting = workspace.meeting(copy.meeting_id)
    try:
        attached = mail.Attached(name=answer.name, content=answer.read_bytes())
    except OSError as error:
        raise UserError(
            f"{answer.name} gick inte att läsa, så mejlutkastet skapades inte.",
            advice="Skapa filen att skicka tillbaka en gång till.",
            detail=str(error),
        ) from error
    day = long_date(meeting.date)
    address = usable_address(copy.made_by_email)[0]
    draft = mail.Draft(
        subject=f"Mötespaketet tillbaka: {workspace.association.name}, {day}".replace("\u00a0", " "),
        body=_body(copy, meeting, day, protected=protected).replace("\u00a0", " "),
        to=(mail.Mailbox(email=address, name=copy.made_by),) if address else (),
        attached=(attached,),
    )
    date = meeting.date.isoformat()
    rest = answer.stem.removeprefix(date).strip() or answer.stem
    out = answer.with_name(f"{date} Mejl {rest}.eml")
    result = put_file(workspace, meeting.id, DRAFT, out, mail.draft_bytes(draft), compare=mail.told_apart)
    told = [] if address else [NO_ADDRESS]
    if draft.is_large:
        told.append(
            f"Mejlet blir {draft.size // 2**20} MB. Många mejlsystem tar inte emot så stora. Lämna filen på ett "
            "USB-minne eller i en delad mapp i stället."
        )
    return MadeDraft(path=result.path, told=tuple(told))


def _body(copy: ParcelCopy, meeting: Meeting, day: str, *, protected: bool) -> str:
    approval = approving.approval_of(meeting, copy.receiver)
    lines = [
        "Hej" + (f" {copy.made_by}" if copy.made_by else ""),
        "",
        f"Här är mitt svar på mötespaketet för sammanträdet den {day}.",
    ]
    if approval is not None:
        lines.append(f"Jag justerade protokollet den {long_date(approval.approved_on)}.")
    lines += ["", "Öppna förbundets fil i Finsam Desktop, och sedan den bifogade filen."]
    if protected:
        lines.append("Filen är låst med lösenord.")
    return "\n".join((*lines, "", "Hälsningar", copy.receiver.name))
