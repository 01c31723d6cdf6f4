"""A document of a meeting as a PDF file, made from the same Word document and saved with the same promise."""

from __future__ import annotations

import tempfile
from datetime import date
from functools import partial
from pathlib import Path

from finsam_desktop.documents.export import ExportResult, Source, made_of, put_file
from finsam_desktop.documents.kinds import WHOLE, About, Document
from finsam_desktop.errors import UserError

PDF = "pdf"
"""What such a file is called in the record of what was made."""
CHANGED = "Filen är ändrad sedan den skapades."


def export_pdf(
    workspace: Source,
    meeting_id: str,
    document: Document,
    out: Path,
    *,
    about: About = WHOLE,
    today: date,
    profile: Path | None = None,
) -> ExportResult:
    """Make the document as PDF and save it as ``out``, or beside it when ``out`` holds something we did not write.

    LibreOffice makes it where it is at hand, else Word, else the program as well as it can. ``profile`` is a folder
    for LibreOffice's own files. UserError when it cannot be made; then nothing is written.
    """
    from finsam_desktop.documents.page_numbers import measured
    from finsam_desktop.pdf.convert import SourceFile, convert_all
    from finsam_desktop.pdf.libreoffice import find_libreoffice

    meeting = workspace.find_meeting(meeting_id)
    with tempfile.TemporaryDirectory(prefix="finsam-", ignore_cleanup_errors=True) as scratch:
        place = profile or Path(scratch)
        rendered = made_of(
            workspace, meeting, document, about=about, today=today, measure=partial(measured, profile=place)
        )
        source = SourceFile(name=out.with_suffix(".docx").name, content=rendered.docx, title=out.stem)
        (made,) = convert_all([source], profile=place, libreoffice=find_libreoffice())
    if made.problem:
        raise UserError(f"{out.name} gick inte att skapa. {made.problem}", advice=made.advice)
    return put_file(workspace, meeting.id, PDF, out, made.pdf, warnings=rendered.warnings, compare=_apart)


def _apart(ours: bytes, theirs: bytes) -> tuple[str, ...]:
    return () if ours == theirs else (CHANGED,)
