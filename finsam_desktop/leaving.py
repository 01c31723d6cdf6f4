"""Leaving with everything: all of an association as plain folders, and a new file made of them."""

from __future__ import annotations

import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from finsam_desktop.archive.manifest import Manifest, Piece
from finsam_desktop.errors import UserError

if TYPE_CHECKING:
    from finsam_desktop.archive.container import Step
    from finsam_desktop.workspace import Workspace


def export_all(
    workspace: Workspace, folder: Path, *, now: datetime, papers: bool = True, step: Step | None = None
) -> Manifest:
    """Write everything to ``folder``, which must be new or empty. Without ``papers`` no Word documents are made.

    ``step`` is called with the name of each file and may raise to stop; nothing is left then. What could not be made
    is told in the list; the data is whole all the same, or the export fails with a UserError.
    """
    from finsam_desktop.archive import whole
    from finsam_desktop.archive.container import write_archive
    from finsam_desktop.storage.whole import opened_whole

    told: list[str] = []
    with tempfile.TemporaryDirectory(prefix="finsam-", ignore_cleanup_errors=True) as scratch:
        copy = Path(scratch) / "kopia.finsam"
        workspace.copy_to(copy)
        with workspace_of(copy, workspace) as frozen, opened_whole(copy, workspace.path) as all_of_it:

            def workbooks() -> Iterator[Piece]:
                return _for_people(frozen, now, told)

            found = whole.pieces(
                frozen, all_of_it, workbooks, with_papers=papers, today=now.date(), told=told
            )
            return write_archive(folder, found, whole.heading(frozen.association, now), told, step)


def workspace_of(copy: Path, workspace: Workspace) -> Workspace:
    """The copy, opened for reading: what is exported is one moment, whatever is changed meanwhile."""
    from finsam_desktop.workspace import Workspace as Opened

    return Opened.open(copy, user=workspace.user, read_only=True)


def import_all(place: Path, out: Path, *, user: str = "") -> str:
    """Make the new file ``out`` of an export and say what it holds. Every file is held against its SHA-256 first.

    UserError when the export is altered, damaged or of another kind, or when ``out`` is there already.
    """
    from finsam_desktop.archive import whole
    from finsam_desktop.archive.container import opened
    from finsam_desktop.archive.verify import verify
    from finsam_desktop.storage.whole import write_whole
    from finsam_desktop.workspace import Workspace

    verdict = verify(place)
    needed = [one for one in verdict.found if one.path.startswith(("Data/", "Filer/"))]
    if needed:
        raise UserError(
            f"{place.name} har ändrats sedan exporten: {needed[0].words}"
            + (f", och {len(needed) - 1} filer till" if len(needed) > 1 else "")
            + ".",
            advice="Läs in en export som är hel. Finsam archive verify visar alla fel.",
        )
    stored = opened(place)
    try:
        taken = whole.taken(stored, verdict.manifest)
        write_whole(
            out,
            taken.association,
            taken.meetings,
            history=taken.history,
            files=taken.files,
            exports=taken.exports,
        )
    except (
        OSError, ValueError, LookupError, StopIteration, RuntimeError, EOFError, zipfile.BadZipFile, zlib.error,
    ) as error:  # fmt: skip
        raise UserError(
            f"{place.name} går inte att läsa in.",
            advice="Hämta exporten från en säkerhetskopia.",
            detail=repr(error),
        ) from error
    with Workspace.open(out, user=user, read_only=True) as made:
        count = len(made.meetings)
    files = taken.counts["files"]
    return (
        f"{taken.association.name}: {count} sammanträden, {files} filer, {taken.counts['history']} händelser."
    )


def _for_people(workspace: Workspace, now: datetime, told: list[str]) -> Iterator[Piece]:
    """What people look for first: registers as workbooks, the Word templates, the texts."""
    from finsam_desktop.archive.meeting import safe_name
    from finsam_desktop.domain.mail_texts import written_text
    from finsam_desktop.domain.register import register
    from finsam_desktop.files import people_files, register_files

    association = workspace.association
    try:
        yield Piece(
            path="Förbundet/Register.xlsx",
            content=people_files.workbook(association),
            title="Medlemmar, personer och uppdrag",
        )
    except UserError as error:
        told.append(f"Registret kunde inte skrivas som kalkylblad. {error}")
    try:
        yield Piece(
            path="Förbundet/Beslut.xlsx",
            content=register_files.workbook(register(workspace.meetings), now.date()),
            title="Beslutsregistret",
        )
    except UserError as error:
        told.append(f"Besluten kunde inte skrivas som kalkylblad. {error}")
    for template in association.word_templates:
        try:
            content = workspace.file(template.sha256)
        except UserError as error:
            told.append(f"Word-mallen {template.file_name}: {error}")
            continue
        yield Piece(
            path=f"Förbundet/Word-mallar/{safe_name(template.file_name or f'{template.document}.docx')}",
            content=content,
            title=f"Word-mall för {template.document}",
        )
    for text in association.mail_texts:
        yield Piece(
            path=f"Förbundet/Mejltexter/{safe_name(f'{text.kind}.txt')}",
            content=written_text(text).encode(),
            title="Egen mejltext",
        )
    if association.account_plan is not None:
        import msgspec

        content = msgspec.json.format(msgspec.json.encode(association.account_plan), indent=2)
        yield Piece(path="Förbundet/Kontoplan.json", content=content, title="Kontoplan")
