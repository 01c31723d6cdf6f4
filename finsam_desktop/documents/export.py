"""Export to a file, in a way that never overwrites what someone has written by hand."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from finsam_desktop.documents.differences import differences
from finsam_desktop.documents.kinds import WHOLE, About, Document
from finsam_desktop.documents.rendering import Template, render_with_warnings
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.errors import UserError

if TYPE_CHECKING:
    from finsam_desktop.word import Rendered

_MOST_BESIDE = 1000


class Made(Protocol):
    """What the workspace remembers of an earlier export."""

    @property
    def sha256(self) -> str: ...
    @property
    def content(self) -> bytes: ...


class Source(Protocol):
    """The part of the workspace that an export needs."""

    @property
    def association(self) -> Association: ...
    @property
    def meetings(self) -> tuple[Meeting, ...]: ...
    def find_meeting(self, text: str, /) -> Meeting: ...
    def file(self, sha256: str, /) -> bytes: ...
    def last_export(self, path: Path, /) -> Made | None: ...
    def record_export(self, meeting_id: str, document: str, path: Path, content: bytes, /) -> object: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportResult:
    """The file that was written. ``beside``: the wanted file was kept because it holds other changes.

    ``differences`` then tell what had been changed in it, in Swedish. ``warnings``: what the template made of the
    document that its reader might miss, such as a field without a value.
    """

    path: Path
    beside: bool = False
    differences: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def export(
    workspace: Source,
    meeting_id: str,
    document: Document,
    out: Path,
    *,
    about: About = WHOLE,
    template: Template = None,
    today: date,
    measure: Callable[[bytes], dict[str, int]] | None = None,
) -> ExportResult:
    """Make the document and save it as ``out``, or beside it when ``out`` holds something that we did not
    write.

    A file that is byte for byte what was last exported there is replaced; any other is left as it is, and the
    document is saved as "… (2).docx". ``measure`` gives the page of each bookmark, for the page numbers of
    the minutes' list; see ``page_numbers``. UserError when template, values or disk are at fault; then
    nothing is written.
    """
    meeting = workspace.find_meeting(meeting_id)
    rendered = made_of(
        workspace, meeting, document, about=about, template=template, today=today, measure=measure
    )
    return put_file(workspace, meeting.id, document.value, out, rendered.docx, warnings=rendered.warnings)


def made_of(
    workspace: Source,
    meeting: Meeting,
    document: Document,
    *,
    about: About = WHOLE,
    template: Template = None,
    today: date,
    measure: Callable[[bytes], dict[str, int]] | None = None,
) -> Rendered:
    """The document as ``export`` makes it, not saved anywhere. UserError when template or values are at fault."""

    def made(pages: dict[str, int] | None) -> Rendered:
        return render_with_warnings(
            document,
            workspace.association,
            workspace.meetings,
            meeting,
            workspace.file,
            today,
            about=about,
            template=template,
            pages=pages,
        )

    rendered = made(None)
    if measure is not None and document in (Document.PROTOKOLL, Document.TERTIALRAPPORT):
        # Measured with the column for pages in place, so that the lines break as in the finished document.
        pages = measure(made({}).docx)
        rendered = made(pages) if pages else rendered
    return rendered


def put_file(
    workspace: Source,
    meeting_id: str,
    kind: str,
    out: Path,
    content: bytes,
    *,
    warnings: tuple[str, ...] = (),
    compare: Callable[[bytes, bytes], tuple[str, ...]] = differences,
) -> ExportResult:
    """Save any file that was made of a meeting as ``out``, with the promise of ``export``, and remember it.

    ``kind`` says what it is, such as "mejlutkast"; ``compare(ours, theirs)`` tells what was changed by hand.
    """
    target, told = _target(workspace, out, content, compare)
    before = _read(target)
    _write(target, content)
    try:
        workspace.record_export(meeting_id, kind, target, content)
    except UserError:
        # Unrecorded, the file would be taken for somebody else's next time. All or nothing.
        _put_back(target, before)
        raise
    return ExportResult(path=target, beside=target != out, differences=told, warnings=warnings)


def _target(
    workspace: Source, out: Path, content: bytes, compare: Callable[[bytes, bytes], tuple[str, ...]]
) -> tuple[Path, tuple[str, ...]]:
    """Where to save, and what has been changed in ``out`` when it must be left alone."""
    current = _read(out)
    if current is None or _is_ours(workspace, out, current, content):
        return out, ()
    last = workspace.last_export(out)
    told = compare(last.content if last is not None else content, current)
    for number in range(2, _MOST_BESIDE):
        beside = out.with_name(f"{out.stem} ({number}){out.suffix}")
        there = _read(beside)
        if there is None or _is_ours(workspace, beside, there, content):
            return beside, told
    raise UserError(
        f"Det finns redan {_MOST_BESIDE} versioner av {out.name} i mappen.",
        advice="Flytta eller ta bort några av dem och försök igen.",
    )


def _is_ours(workspace: Source, path: Path, current: bytes, content: bytes) -> bool:
    """Whether the file holds nothing but what we have written there."""
    if current == content:
        return True
    last = workspace.last_export(path)
    return last is not None and last.sha256 == hashlib.sha256(current).hexdigest()


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        if path.is_dir():
            raise UserError(
                f"{path.name} är en mapp, inte ett dokument.",
                advice=f"Ange ett filnamn i mappen, till exempel {path.name}/Kallelse.docx.",
                detail=str(error),
            ) from error
        raise UserError(
            f"Filen {path.name} går inte att läsa, så det går inte att se om den är ändrad.",
            advice="Stäng filen i andra program och försök igen, eller välj ett annat namn.",
            detail=str(error),
        ) from error


def _put_back(path: Path, before: bytes | None) -> None:
    if before is None:
        path.unlink(missing_ok=True)
    else:
        _write(path, before)


def _write(path: Path, content: bytes) -> None:
    from finsam_desktop.storage.safewrite import write_file

    write_file(path, content)
