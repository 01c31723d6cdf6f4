"""The signed protokoll: taken in from a file, or made and signed here, for the window and ``finsam sign`` alike."""

from __future__ import annotations

import io
import tempfile
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from finsam_desktop.domain import signed_minutes
from finsam_desktop.domain.meeting import Meeting, StoredFile
from finsam_desktop.errors import UserError

if TYPE_CHECKING:
    from finsam_desktop.archive.signing import Found, Key
    from finsam_desktop.documents.export import ExportResult
    from finsam_desktop.workspace import Workspace

SIGNED = "undertecknat protokoll"
"""What the file is called in the record of what was made."""
_PICTURES = {
    b"\x89PNG\r\n\x1a\n": (".png",),
    b"\xff\xd8\xff": (".jpg", ".jpeg"),
    b"II*\x00": (".tif", ".tiff"),
    b"MM\x00*": (".tif", ".tiff"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a signed protokoll is: in words, and the signatures in it."""

    words: str
    signatures: tuple[Found, ...] = ()

    @property
    def good(self) -> bool | None:
        """Whether every signature holds; None where there is none to check, as on a scanned page."""
        return all(one.good for one in self.signatures) if self.signatures else None


def take_in(workspace: Workspace, meeting_id: str, path: Path, *, today: date, note: str = "") -> Meeting:
    """Store the file and give the meeting with it among its signed protokoll; the caller makes the change.

    UserError when it cannot be read or is neither a PDF nor a picture; then nothing is stored.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UserError(
            f"Filen {path.name} går inte att läsa.",
            advice="Stäng den i andra program och försök igen.",
            detail=str(error),
        ) from error
    look_at(path.name, content)
    meeting = workspace.find_meeting(meeting_id)
    return signed_minutes.kept(
        meeting,
        file_name=path.name,
        sha256=workspace.add_file(content),
        size=len(content),
        on=today,
        note=note,
    )


def look_at(file_name: str, content: bytes) -> Look:
    """What a file is. UserError when it is neither a PDF that can be read nor a picture of its ending's kind."""
    suffix = Path(file_name).suffix.lower()
    if suffix == ".pdf" and b"%PDF-" in content[:1024]:
        return _pdf(file_name, content)
    if any(content.startswith(start) and suffix in endings for start, endings in _PICTURES.items()):
        return Look(words="Bild av underskriften")
    raise UserError(
        f"{file_name} är inte ett undertecknat protokoll i ett format som går att spara.",
        advice="Lägg in en PDF, eller en bild (PNG, JPEG eller TIFF) av den undertecknade sidan.",
    )


def _pdf(file_name: str, content: bytes) -> Look:
    import pikepdf

    from finsam_desktop.archive.signing import has_signature, verify_pdf
    from finsam_desktop.pdf.proven import prove
    from finsam_desktop.pdf.recognise import Unfit

    try:
        prove(content)
        with pikepdf.open(io.BytesIO(content)) as document:
            pages = len(document.pages)
    except (Unfit, pikepdf.PdfError, ValueError, TypeError) as error:
        raise UserError(
            f"{file_name} är låst eller skadad.",
            advice="Spara den som ny PDF utan lösenord.",
            detail=str(error),
        ) from error
    count = "1 sida" if pages == 1 else f"{pages} sidor"
    signatures = verify_pdf(content) if has_signature(content) else ()
    return Look(
        words=f"E-underskriven PDF, {count}" if signatures else f"PDF, {count}", signatures=signatures
    )


def look_at_stored(workspace: Workspace, stored: StoredFile) -> Look:
    """What a file of the meeting is. UserError when it is missing or damaged."""
    return look_at(stored.file_name, workspace.file(stored.sha256))


def copy_to_read(workspace: Workspace, stored: StoredFile) -> Path:
    """A copy to look at, in a folder of its own: what is done to it changes nothing here."""
    from finsam_desktop.archive.meeting import safe_name
    from finsam_desktop.storage.safewrite import write_file

    path = Path(tempfile.mkdtemp(prefix="finsam-")) / safe_name(stored.file_name)
    write_file(path, workspace.file(stored.sha256))
    return path


def make_signed(
    workspace: Workspace,
    meeting_id: str,
    key: Key,
    out: Path,
    *,
    now: datetime,
    pdf: bytes | None = None,
    profile: Path | None = None,
) -> tuple[ExportResult, bytes]:
    """Sign the protokoll as PDF/A, or ``pdf`` in its place (to add a signature), and save it as ``out``.

    Gives the result and the bytes. UserError when there is no PDF to be had, or it cannot be signed.
    """
    from finsam_desktop.archive.signing import sign_pdf
    from finsam_desktop.documents.export import put_file

    meeting = workspace.find_meeting(meeting_id)
    content = pdf if pdf is not None else protokoll_pdf(workspace, meeting, today=now.date(), profile=profile)
    reason = f"Justering av protokoll {meeting.date.isoformat()}"
    signed = sign_pdf(content, key, at=now, reason=reason, place=workspace.association.seat)
    return put_file(workspace, meeting.id, SIGNED, out, signed, compare=_changed), signed


def protokoll_pdf(
    workspace: Workspace, meeting: Meeting, *, today: date, profile: Path | None = None
) -> bytes:
    """The protokoll as PDF/A with page numbers measured. UserError without LibreOffice, or when it fails."""
    from functools import partial

    from finsam_desktop.archive.pdf_claims import checked
    from finsam_desktop.documents import Document
    from finsam_desktop.documents.export import made_of
    from finsam_desktop.documents.page_numbers import measured
    from finsam_desktop.pdf.convert import SourceFile, convert_all
    from finsam_desktop.pdf.libreoffice import find_libreoffice

    program = find_libreoffice()
    if program is None:
        raise UserError(
            "Protokollet kan inte göras till PDF/A, eftersom LibreOffice saknas på datorn.",
            advice="Hämta LibreOffice på sv.libreoffice.org, eller spara protokollet som PDF i Word.",
        )
    with tempfile.TemporaryDirectory(prefix="finsam-", ignore_cleanup_errors=True) as scratch:
        place = profile or Path(scratch)
        made = made_of(
            workspace,
            meeting,
            Document.PROTOKOLL,
            today=today,
            measure=partial(measured, profile=place / "sidor"),
        )
        source = SourceFile(name="Protokoll.docx", content=made.docx, title="Protokoll")
        (converted,) = convert_all([source], profile=place / "arkiv", libreoffice=program)
    if converted.problem:
        raise UserError(
            f"Protokollet gick inte att göra till PDF. {converted.problem}", advice=converted.advice
        )
    return checked(converted.pdf)[0]


def _changed(before: bytes, after: bytes) -> tuple[str, ...]:
    return () if before == after else ("Filen är en annan än den som skapades.",)
