"""The archive of a meeting as a folder or zip, for the window and ``finsam archive`` alike."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from finsam_desktop.archive import meeting as papers
from finsam_desktop.archive.container import Step, write_archive
from finsam_desktop.archive.manifest import Manifest
from finsam_desktop.domain.visibility import public_version
from finsam_desktop.errors import UserError

if TYPE_CHECKING:
    from finsam_desktop.workspace import Workspace

NO_PROGRAM = (
    "LibreOffice saknas på datorn, så arkivet har inga PDF/A-filer. Hämta det och skapa arkivet igen."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived:
    """An archive that was made: a folder or a zip."""

    path: Path
    manifest: Manifest

    @property
    def claims(self) -> tuple[int, int]:
        """(PDFs of our own papers that are PDF/A, all of them)."""
        pdfs = [
            one
            for one in self.manifest.entries
            if one.path.startswith("Dokument/") and one.path.endswith(".pdf")
        ]
        return sum(bool(one.claim) for one in pdfs), len(pdfs)


def make_archive(
    workspace: Workspace,
    meeting_id: str,
    target: Path,
    *,
    now: datetime,
    public: bool = False,
    pdf: bool = True,
    profile: Path | None = None,
    step: Step | None = None,
) -> Archived:
    """Put everything of the meeting in ``target``: a folder, or a zip when its name ends with .zip.

    What cannot be made is left out and told in its list. ``profile`` is a folder for LibreOffice's own files.
    ``step`` is called with the name of each file and may raise to stop; then nothing is left. UserError when the
    name is taken or the disk refuses.
    """
    from finsam_desktop.pdf.libreoffice import find_libreoffice

    meeting = workspace.find_meeting(meeting_id)
    told: list[str] = []
    program = find_libreoffice() if pdf else None
    if pdf and program is None:
        told.append(NO_PROGRAM)
    shown, association = meeting, workspace.association
    if public:
        version = public_version(association, workspace.meetings, meeting)
        shown, association = version.meeting, version.association
    with tempfile.TemporaryDirectory(prefix="finsam-", ignore_cleanup_errors=True) as scratch:
        place = profile or Path(scratch)
        wish = papers.Wish(
            public=public,
            to_pdf=None if program is None else partial(_to_pdf, profile=place, program=program, step=step),
            measure=None if program is None else _measure(place),
        )
        about = papers.heading(association, shown, public=public, at=now)
        found = papers.pieces(workspace, meeting, wish, today=now.date(), told=told)
        return Archived(path=target, manifest=write_archive(target, found, about, told, step))


def archive_target(
    workspace: Workspace, meeting_id: str, folder: Path, *, public: bool, as_zip: bool
) -> Path:
    """Where an archive goes in ``folder``: a name that is not taken, "2026-10-29 Arkiv", "2026-10-29 Arkiv (2)"."""
    stem = papers.archive_name(workspace.find_meeting(meeting_id), public=public)
    ending = ".zip" if as_zip else ""
    for number in range(1, 1000):
        target = folder / f"{stem}{f' ({number})' if number > 1 else ''}{ending}"
        if not target.exists():
            return target
    raise UserError(f"Mappen {folder} har redan tusen arkiv.", advice="Välj en annan mapp.")


def _measure(profile: Path) -> Callable[[bytes], dict[str, int]]:
    from finsam_desktop.documents.page_numbers import measured

    return partial(measured, profile=profile / "sidor")


def _to_pdf(
    files: Sequence[tuple[str, bytes, str]], *, profile: Path, program: Path, step: Step | None
) -> list[tuple[bytes, str]]:
    from finsam_desktop.pdf.convert import SourceFile, convert_all

    sources = [SourceFile(name=name, content=content, title=title) for name, content, title in files]
    made = convert_all(
        sources,
        profile=profile / "arkiv",
        libreoffice=program,
        step=None if step is None else lambda done, total: step("PDF" if done < total else ""),
    )
    return [(b"" if one.problem else one.pdf, one.problem) for one in made]
