"""Mail drafts and calendar files of a meeting, made as files beside the association's own. Nothing is sent."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from finsam_desktop.documents import Document, mail
from finsam_desktop.documents.kinds import KINDS, WHOLE, file_name, safe_stem
from finsam_desktop.domain.addressees import Addressee, Line, addressees, missing_sentence, on_line
from finsam_desktop.domain.mail_texts import MAIL_NAMES, MailKind, filled
from finsam_desktop.domain.mail_values import mail_values
from finsam_desktop.domain.masking import Masking
from finsam_desktop.domain.meeting import Meeting, MeetingKind
from finsam_desktop.domain.visibility import public_version
from finsam_desktop.errors import UserError

if TYPE_CHECKING:
    from finsam_desktop.documents.export import ExportResult
    from finsam_desktop.workspace import Workspace

MAIL, CALENDAR, PACK = "mejlutkast", "kalender", "handlingar"
"""What the files are called in the record of what was made. A pack is recorded by whoever made it."""
ENTER = "Skapa kalenderinbjudan"
"""The name of the change that notes an invitation, in undo and history."""


class Parcel(StrEnum):
    """What can go with a mail, beside files of one's own."""

    PAPER = "paper"
    PDF = "pdf"
    PACK = "pack"
    CALENDAR = "calendar"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What mail is wanted. ``people`` None: everyone by role; ``files`` are files of one's own to attach."""

    kind: MailKind
    people: tuple[Addressee, ...] | None = None
    parcels: frozenset[Parcel] | None = None
    files: tuple[Path, ...] = ()
    link: str = ""
    public: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A file that was made, and what its reader should know: ``told`` are sentences in Swedish."""

    result: ExportResult
    told: tuple[str, ...] = ()
    entered: Meeting | None = None
    """The meeting with the invitation noted, where one was made that says something new."""


def usual_kind(meeting: Meeting) -> MailKind:
    """The mail that comes next for the meeting."""
    if meeting.cancelled_on is not None:
        return MailKind.INSTALLT
    return MailKind.SAMRAD if meeting.kind is MeetingKind.MEMBER_CONSULTATION else MailKind.KALLELSE


def usual_parcels(workspace: Workspace, meeting: Meeting, kind: MailKind) -> frozenset[Parcel]:
    """What usually goes with the mail: the pack where one is made, else the paper itself; and the invitation."""
    if kind in (MailKind.ANDRING, MailKind.INSTALLT):
        return frozenset({Parcel.CALENDAR})
    if kind is MailKind.JUSTERING:
        return frozenset({Parcel.PAPER})
    if kind is MailKind.TILLAGG:
        return frozenset({Parcel.PACK})
    has_pack = latest_pack(workspace, meeting, kind) is not None
    return frozenset({Parcel.PACK if has_pack else Parcel.PAPER, Parcel.CALENDAR})


def latest_pack(
    workspace: Workspace, meeting: Meeting, kind: MailKind, *, public: bool = False
) -> Path | None:
    """The pack that was made last for such a mail and is still where it was put, or None."""
    from finsam_desktop.documents.file_names import pack_file_name

    wanted = Path(pack_file_name(meeting, supplementary=kind is MailKind.TILLAGG, public=public)).stem
    found = [
        record.path
        for record in workspace.exports(meeting.id)
        if record.path.suffix.lower() == ".pdf"
        and _is_named(record.path.stem, wanted)
        and record.path.exists()
    ]
    return found[-1] if found else None


def _is_named(stem: str, wanted: str) -> bool:
    """Whether a file has the name, or the name with a number after it: "Handlingar (2)"."""
    rest = stem.casefold().removeprefix(wanted.casefold())
    return stem.casefold().startswith(wanted.casefold()) and (not rest or rest.startswith(" ("))


def make_mail(
    workspace: Workspace,
    meeting_id: str,
    order: Order,
    folder: Path,
    *,
    today: date,
    now: datetime,
    profile: Path | None = None,
) -> Made:
    """Make the mail as a draft in ``folder``: "2026-10-29 Mejl Kallelse.eml".

    ``profile`` is a folder for LibreOffice's own files, where the paper goes as PDF. Those without an address are left
    out and told. UserError when what should go with it cannot be made or found.
    """
    from finsam_desktop.files.mail_text_files import text_for

    meeting = workspace.find_meeting(meeting_id)
    stored = meeting
    people = order.people
    if people is None:
        people = () if order.public else addressees(meeting, workspace.association, order.kind)
    parcels = order.parcels if order.parcels is not None else usual_parcels(workspace, meeting, order.kind)
    attached = [*_papers(workspace, meeting, order, parcels, today, profile)]
    told: list[str] = []
    entered = None
    if Parcel.CALENDAR in parcels:
        attached.append(_calendar(workspace, meeting, now, order.public))
        entered = None if order.public else _entered(workspace, stored)
    association, meetings = workspace.association, workspace.meetings
    if order.public:
        version = public_version(association, meetings, meeting)
        association, meetings, meeting = version.association, version.meetings, version.meeting
    values = mail_values(
        association,
        meetings,
        meeting,
        attached=[one.name for one in attached],
        link=order.link,
        public=order.public,
    )
    subject, body = filled(text_for(association, order.kind), values)
    if order.public:  # the text itself and the link are written by hand
        masking = Masking(stored.masked)
        subject, body = masking.masked(subject), masking.masked(body)
    draft = mail.Draft(
        subject=subject,
        body=body,
        to=_boxes(people, Line.TO),
        copies=_boxes(people, Line.COPY),
        hidden=_boxes(people, Line.HIDDEN),
        attached=tuple(attached),
    )
    told += [missing_sentence(people)]
    if not (draft.to or draft.copies or draft.hidden) and not order.public:
        told = ["Ingen mottagare har en e-postadress. Skriv in dem i mejlprogrammet."]
    if draft.is_large:
        told.append(
            f"Mejlet blir {draft.size // 2**20} MB. Många mejlsystem tar inte emot så stora. Skicka en länk i stället."
        )
    name = f"{meeting.date.isoformat()} Mejl {MAIL_NAMES[order.kind]}{' offentlig' if order.public else ''}"
    out = folder / f"{safe_stem(name)}.eml"
    result = _put(workspace, meeting_id, MAIL, out, mail.draft_bytes(draft), compare=mail.told_apart)
    return Made(result=result, told=tuple(one for one in told if one), entered=entered)


def make_invitation(
    workspace: Workspace, meeting_id: str, folder: Path, *, now: datetime, public: bool = False
) -> Made:
    """Make the invitation, or the cancellation, as a calendar file: "2026-10-29 Kalenderinbjudan.ics".

    ``folder`` is where it goes, or the file itself when its name ends with .ics.
    """
    meeting = workspace.find_meeting(meeting_id)
    one = _calendar(workspace, meeting, now, public)
    out = folder if folder.suffix.lower() == ".ics" else folder / one.name
    result = _put(workspace, meeting.id, CALENDAR, out, one.content, compare=_calendar_apart)
    from finsam_desktop.domain.invitation import invitation

    told = []
    if invitation(workspace.association, meeting).end_assumed:
        told.append("Sammanträdet saknar sluttid, så en är antagen i kalendern.")
    if meeting.start is None:
        told.append("Sammanträdet saknar starttid, så det ligger som heldag i kalendern.")
    entered = None if public else _entered(workspace, meeting)
    return Made(result=result, told=tuple(told), entered=entered)


def make_year(
    workspace: Workspace, year: int, out: Path, *, now: datetime, public: bool = False
) -> ExportResult:
    """Make the calendar of a year's meetings as ``out``. UserError when there are none that year."""
    from finsam_desktop.documents.calendar_file import year_file

    association, known = workspace.association, workspace.meetings
    if public:
        # A calendar of several meetings hides what any of them hides.
        words = tuple(word for one in known for word in one.masked)
        masked = tuple(replace(one, masked=words) for one in known)
        versions = [public_version(association, masked, one) for one in masked if one.date.year == year]
        known = tuple(version.meeting for version in versions)
        association = versions[0].association if versions else association
    wanted = [one for one in known if one.date.year == year]
    if not wanted:
        raise UserError(
            f"Det finns inga sammanträden {year}.", advice="Lägg in dem i Årshjul och försök igen."
        )
    content = year_file(association, wanted, year, now, public=public)
    return _put(workspace, "", CALENDAR, out, content, compare=_calendar_apart)


def note(workspace: Workspace, made: Made) -> None:
    """Note that the invitation has been made, so that the next one that says something else replaces it."""
    if made.entered is not None:
        workspace.change(ENTER, workspace.meeting(made.entered.id), made.entered)


def _entered(workspace: Workspace, meeting: Meeting) -> Meeting | None:
    from finsam_desktop.domain.invitation import entered

    after = entered(workspace.association, meeting)
    return None if after is meeting else after


def _calendar(workspace: Workspace, meeting: Meeting, now: datetime, public: bool) -> mail.Attached:
    from finsam_desktop.documents.calendar_file import Method, invitation_file, method_of
    from finsam_desktop.domain.invitation import invitation

    association = workspace.association
    if public:
        version = public_version(association, workspace.meetings, meeting)
        association, meeting = version.association, version.meeting
    made = invitation(association, meeting, public=public)
    method = method_of(made)
    what = "Kalender inställt" if made.cancelled else "Kalenderinbjudan"
    name = f"{meeting.date.isoformat()} {what}{' offentlig' if public else ''}.ics"
    parameters = (("charset", "utf-8"), *((("method", method.value),) if method is not Method.NONE else ()))
    return mail.Attached(name=name, content=invitation_file(made, now), parameters=parameters)


def paper_of(kind: MailKind) -> Document | None:
    """The document that the mail is about."""
    match kind:
        case MailKind.KALLELSE | MailKind.TILLAGG:
            return Document.KALLELSE
        case MailKind.SAMRAD:
            return Document.SAMRADSINBJUDAN
        case MailKind.JUSTERING:
            return Document.PROTOKOLL
    return None


def _papers(
    workspace: Workspace,
    meeting: Meeting,
    order: Order,
    parcels: frozenset[Parcel],
    today: date,
    profile: Path | None,
) -> Iterable[mail.Attached]:
    if Parcel.PACK in parcels:
        pack = latest_pack(workspace, meeting, order.kind, public=order.public)
        if pack is None:
            what = "tilläggshandlingar" if order.kind is MailKind.TILLAGG else "handlingar"
            raise UserError(
                f"Det finns inga {what} att skicka.",
                advice="Skapa dem i steget Handlingar först, eller skicka bara dokumentet.",
            )
        yield _read(pack)
    document = paper_of(order.kind)
    if parcels & {Parcel.PAPER, Parcel.PDF} and document is not None:
        from finsam_desktop.documents.rendering import render_with_warnings

        about = replace(WHOLE, public=order.public)
        rendered = render_with_warnings(
            document,
            workspace.association,
            workspace.meetings,
            meeting,
            workspace.file,
            today,
            about=about,
        )
        name = file_name(
            document, meeting, about, association=workspace.association, meetings=workspace.meetings
        )
        if Parcel.PDF in parcels:
            pdf = _as_pdf(name, rendered.docx, profile)
            yield mail.Attached(name=f"{Path(name).stem}.pdf", content=pdf)
        if Parcel.PAPER in parcels:
            yield mail.Attached(name=name, content=rendered.docx)
    for path in order.files:
        yield _read(path)


def _as_pdf(name: str, docx: bytes, profile: Path | None) -> bytes:
    """The paper as PDF, by LibreOffice where it is at hand, else as well as the program can itself."""
    from finsam_desktop.pdf.convert import SourceFile, convert_all
    from finsam_desktop.pdf.libreoffice import find_libreoffice

    with tempfile.TemporaryDirectory(prefix="finsam-", ignore_cleanup_errors=True) as scratch:
        source = SourceFile(name=name, content=docx, title=Path(name).stem)
        (made,) = convert_all([source], profile=profile or Path(scratch), libreoffice=find_libreoffice())
    if made.problem:
        raise UserError(f"{name} gick inte att göra till PDF. {made.problem}", advice=made.advice)
    return made.pdf


def _read(path: Path) -> mail.Attached:
    try:
        return mail.Attached(name=path.name, content=path.read_bytes())
    except OSError as error:
        raise UserError(
            f"Filen {path.name} som skulle följa med går inte att läsa.",
            advice="Stäng den i andra program, eller välj en annan fil.",
            detail=str(error),
        ) from error


def _boxes(people: Iterable[Addressee], line: Line) -> tuple[mail.Mailbox, ...]:
    return tuple(mail.Mailbox(name=one.name, email=one.email) for one in on_line(people, line))


def _put(
    workspace: Workspace,
    meeting_id: str,
    kind: str,
    out: Path,
    content: bytes,
    *,
    compare: Callable[[bytes, bytes], tuple[str, ...]],
) -> ExportResult:
    # Imported here: the window loads this module at its start, and what compares Word files is heavy.
    from finsam_desktop.documents.export import put_file

    return put_file(workspace, meeting_id, kind, out, content, compare=compare)


def _calendar_apart(before: bytes, after: bytes) -> tuple[str, ...]:
    return () if before == after else ("Kalenderfilen är ändrad sedan den skapades.",)


def paper_name(kind: MailKind) -> str:
    """What the mail's own document is called: "Kallelse"; "" where it has none."""
    document = paper_of(kind)
    return KINDS[document].label if document is not None else ""
