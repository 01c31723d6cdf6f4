"""Everything of a meeting as files: its papers in Word and PDF/A, bilagor as they came, signed minutes, data."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from finsam_desktop import __version__
from finsam_desktop.archive.manifest import Manifest, Piece
from finsam_desktop.documents.export import made_of
from finsam_desktop.documents.file_names import attachment_file_name
from finsam_desktop.documents.kinds import (
    KINDS,
    WHOLE,
    About,
    Document,
    file_name,
    has_document,
    has_paper,
    safe_stem,
)
from finsam_desktop.documents.public_files import public_attachment
from finsam_desktop.domain.agenda import walk
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.deadlines import reached
from finsam_desktop.domain.live import LiveRecord
from finsam_desktop.domain.masking import Masking
from finsam_desktop.domain.meeting import Meeting, MeetingState
from finsam_desktop.domain.numbering import attachment_numbers
from finsam_desktop.domain.visibility import public_version
from finsam_desktop.domain.wording import KINDS as MEETING_KINDS
from finsam_desktop.domain.wording import long_date
from finsam_desktop.errors import UserError

if TYPE_CHECKING:
    from finsam_desktop.storage.records import ExportRecord

PROGRAM = f"Finsam Desktop {__version__}"
_NOT_KEPT = (
    Document.PROFORMA,
    Document.SAMMANTRADESPLAN,
    Document.FORBUNDSORDNING,
    Document.PROTOKOLLSUTDRAG,
)
"""Blanks, papers of the association, and what is made for one recipient."""
_AFTER = (Document.PROTOKOLL, Document.MINNESANTECKNINGAR)

ToPdf = Callable[[Sequence[tuple[str, bytes, str]]], Sequence[tuple[bytes, str]]]
"""Makes PDFs of (file name, content, title), giving (PDF, "") or (b"", why not) for each."""


class Source(Protocol):
    """The part of the workspace that an archive needs."""

    @property
    def association(self) -> Association: ...
    @property
    def meetings(self) -> tuple[Meeting, ...]: ...
    def find_meeting(self, text: str, /) -> Meeting: ...
    def file(self, sha256: str, /) -> bytes: ...
    def exports(self, meeting_id: str, /) -> tuple[ExportRecord, ...]: ...
    def last_export(self, path: Path, /) -> ExportRecord | None: ...
    def record_export(self, meeting_id: str, document: str, path: Path, content: bytes, /) -> object: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What to take in. ``to_pdf`` None: no PDF. ``measure`` as for ``export``. A public archive holds only what may be
    published: no data, no signed minutes, nothing that was made before."""

    public: bool = False
    to_pdf: ToPdf | None = None
    measure: Callable[[bytes], dict[str, int]] | None = None
    made_before: bool = True


def archive_name(meeting: Meeting, *, public: bool = False) -> str:
    """ "2026-10-29 Arkiv", the name of the folder, or of the zip without its ending."""
    return safe_stem(f"{meeting.date.isoformat()} Arkiv{' offentlig' if public else ''}")


def heading(association: Association, meeting: Meeting, *, public: bool, at: datetime) -> Manifest:
    """The list of the archive before anything is in it. Of a public one the values are the public version's."""
    kind = MEETING_KINDS[meeting.kind]
    return Manifest(
        kind="meeting",
        title=f"{association.name}: {kind.lower()} den {long_date(meeting.date)}".replace("\u00a0", " "),
        made_at=at.replace(microsecond=0),
        program=PROGRAM,
        public=public,
    )


def pieces(
    source: Source, meeting: Meeting, wish: Wish, *, today: date, told: list[str], folder: str = ""
) -> Iterator[Piece]:
    """Every file of the archive, below ``folder``. What could not be made is told as sentences in ``told``."""
    base = f"{folder}/" if folder else ""
    papers = []
    for document, about in documents_of(meeting):
        about = replace(about, public=wish.public)
        name = file_name(document, meeting, about, association=source.association, meetings=source.meetings)
        try:
            made = made_of(source, meeting, document, about=about, today=today, measure=wish.measure)
        except UserError as error:
            told.append(f"{name} kunde inte skapas. {error}")
            continue
        title = Path(name).stem
        papers.append((name, made.docx, title))
        yield Piece(path=f"{base}Dokument/{name}", content=made.docx, title=title)
    if wish.to_pdf is not None and papers:
        yield from _pdfs(wish.to_pdf, papers, base, told)
    yield from _attachments(source, meeting, wish, base, told)
    if wish.public:
        return
    for stored in meeting.signed_minutes:
        content = _content(source, stored.sha256, stored.file_name, told)
        if content is not None:
            title = stored.note or "Undertecknat protokoll"
            yield Piece(
                path=f"{base}Undertecknat/{safe_name(stored.file_name)}", content=content, title=title
            )
    if wish.made_before:
        for record in source.exports(meeting.id):
            if record.content:
                title = f"Skapad {record.at:%Y-%m-%d %H.%M}"
                yield Piece(
                    path=f"{base}Skapade filer/{safe_name(record.path.name)}",
                    content=record.content,
                    title=title,
                )
    yield _data(source, meeting, base)


def documents_of(meeting: Meeting) -> Iterator[tuple[Document, About]]:
    """Every paper of the meeting that is kept, with what it concerns."""
    held = reached(meeting, MeetingState.HELD)
    for document, kind in KINDS.items():
        if document in _NOT_KEPT or document is Document.HANDLINGAR or not has_document(document, meeting):
            continue
        if (document in _AFTER and not held) or (document is Document.ANSLAG and meeting.adjusted_on is None):
            continue
        if kind.of_item:
            for item in walk(meeting.items):
                if has_paper(document, item):
                    yield document, About(items=(item.id,))
        else:
            yield document, WHOLE


def _pdfs(
    to_pdf: ToPdf, papers: Sequence[tuple[str, bytes, str]], base: str, told: list[str]
) -> Iterator[Piece]:
    from finsam_desktop.archive.pdf_claims import checked

    for (name, _docx, title), (pdf, problem) in zip(papers, to_pdf(papers), strict=True):
        if problem or not pdf:
            told.append(f"{Path(name).stem} finns inte som PDF. {problem}".strip())
            continue
        pdf, claim, faults = checked(pdf)
        if faults:
            told.append(f"{Path(name).stem}.pdf är inte PDF/A. {faults[0]}")
        yield Piece(path=f"{base}Dokument/{Path(name).stem}.pdf", content=pdf, title=title, claim=claim)


def _attachments(source: Source, meeting: Meeting, wish: Wish, base: str, told: list[str]) -> Iterator[Piece]:
    """Bilagor under the rule for names. Public ones are cleaned, and those that cannot be are replaced."""
    shown = meeting
    secret: set[str] = set()
    if wish.public:
        version = public_version(source.association, source.meetings, meeting)
        shown, secret = version.meeting, set(version.attachments)
    numbers = attachment_numbers(meeting)
    for item in walk(shown.items):
        for attachment in item.attachments:
            if attachment.id in secret or not attachment.sha256:
                if not attachment.sha256 and not wish.public:
                    told.append(f"Filen till bilagan ”{attachment.title}” saknas i förbundets fil.")
                continue
            content = _content(source, attachment.sha256, attachment.title, told)
            if content is None:
                continue
            if wish.public:
                cleaned = public_attachment(attachment, content, Masking(meeting.masked))
                told += [f"{attachment.title}: {t}" for t in (cleaned.problem, cleaned.remark) if t]
                if cleaned.content is None:
                    continue
                content = cleaned.content
            suffix = Path(attachment.file_name).suffix
            name = attachment_file_name(meeting, attachment, numbers.get(attachment.id), suffix)
            yield Piece(path=f"{base}Bilagor/{name}", content=content, title=attachment.title)


def _content(source: Source, sha256: str, name: str, told: list[str]) -> bytes | None:
    try:
        return source.file(sha256)
    except UserError as error:
        told.append(f"{name}: {error}")
        return None


def _data(source: Source, meeting: Meeting, base: str) -> Piece:
    from finsam_desktop.storage.exchange import data_of

    return Piece(
        path=f"{base}Data/sammanträde.json",
        content=data_of(source.association, replace(meeting, live=LiveRecord())),
        title="Sammanträdets uppgifter, utbytesformat",
    )


def safe_name(name: str) -> str:
    """A file name that every system takes, its ending kept."""
    path = Path(name.replace("\\", "/")).name
    suffix = Path(path).suffix
    usual = suffix if suffix[1:].isascii() and suffix[1:].isalnum() and len(suffix) <= 9 else ""
    return f"{safe_stem(path.removesuffix(usual))}{usual}"
