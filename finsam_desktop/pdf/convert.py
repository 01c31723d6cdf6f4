"""Files of many kinds as PDF: one call for all of a pack, and a page that says why where a file cannot be converted."""

from __future__ import annotations

import io
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from finsam_desktop.pdf.cache import ConversionCache

_TIMEOUT_S = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """A file to convert. ``name`` tells its kind by its ending; ``title`` is what a placeholder page calls it."""

    name: str
    content: bytes
    title: str = ""
    language: str = "sv-SE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """A file as PDF. ``problem`` is the Swedish reason when it is a page that stands in the file's place.

    ``tagged`` tells that the PDF has a structure for screen readers, ``program`` what made the pages
    ("LibreOffice", "inbyggd visning", "" for a PDF that was one already).
    """

    pdf: bytes
    tagged: bool
    program: str
    problem: str = ""


def convert_all(
    files: Sequence[SourceFile],
    *,
    profile: Path,
    cache: ConversionCache | None = None,
    step: Callable[[int, int], None] | None = None,
    libreoffice: Path | None = None,
) -> tuple[Converted, ...]:
    """Every file as PDF, in the same order. Never raises for a bad file.

    ``profile`` is a folder for LibreOffice's own files, kept for the next time. ``libreoffice`` is the program;
    None does without it. ``step(done, total)`` is called before each piece of work and may raise to stop.
    """
    if step is not None:
        step(0, len(files))
    done: dict[int, Converted] = {}
    with tempfile.TemporaryDirectory(prefix="finsam-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        sources = {}
        for number, file in enumerate(files):
            suffix = Path(file.name).suffix.lower()
            if suffix == ".pdf" and file.content.startswith(b"%PDF"):
                done[number] = Converted(
                    pdf=file.content, tagged=b"/StructTreeRoot" in file.content, program=""
                )
            elif libreoffice is not None:
                sources[number] = folder / f"{number:03}{suffix}"
                sources[number].write_bytes(file.content)
        if sources:
            command = [str(libreoffice), f"-env:UserInstallation={profile.resolve().as_uri()}", "--headless"]
            command += ["--norestore", "--convert-to", "pdf", "--outdir", name, *map(str, sources.values())]
            subprocess.run(command, capture_output=True, timeout=_TIMEOUT_S, check=False)
            for number, source in sources.items():
                if (pdf := source.with_suffix(".pdf")).is_file():
                    done[number] = Converted(pdf=pdf.read_bytes(), tagged=True, program="LibreOffice")
    reason = "Filen gick inte att göra om till PDF."
    return tuple(done.get(number) or _stand_in(file, reason) for number, file in enumerate(files))


def _stand_in(file: SourceFile, reason: str) -> Converted:
    """A page that stands in the file's place."""
    import docx
    import rdocx

    document = docx.Document()
    document.core_properties.title = file.title or file.name
    document.add_heading(file.title or file.name, 1)
    document.add_paragraph(reason)
    content = io.BytesIO()
    document.save(content)
    pdf = rdocx.Document.from_bytes(content.getvalue()).to_pdf()
    return Converted(pdf=pdf, tagged=True, program="inbyggd visning", problem=reason)
