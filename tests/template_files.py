"""Word templates with faults, made from the program's own."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from finsam_desktop.documents import Document
from finsam_desktop.documents.rendering import built_in_template

PART = "word/document.xml"


def built_in(document: Document) -> bytes:
    """The program's own template for the document."""
    return built_in_template(document).read_bytes()


def changed(document: Document, old: str, new: str, times: int = -1) -> bytes:
    """The program's template with ``new`` in place of ``old`` in its body."""
    return _rebuilt(document, lambda text: _replaced(text, old, new, times))


def with_macro(document: Document = Document.KALLELSE) -> bytes:
    """The program's template with a macro project beside the text."""
    buffer = io.BytesIO(built_in(document))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"x")
    return buffer.getvalue()


def saved(folder: Path, name: str, content: bytes) -> Path:
    """A file with this content."""
    path = folder / name
    path.write_bytes(content)
    return path


def body_text(docx: bytes) -> str:
    """The XML of a document's body."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return archive.read(PART).decode()


def part(docx: bytes, name: str) -> str:
    """The XML of another part; empty when there is none."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return archive.read(name).decode() if name in archive.namelist() else ""


def _replaced(text: str, old: str, new: str, times: int) -> str:
    assert old in text
    return text.replace(old, new, times)


def _rebuilt(document: Document, change) -> bytes:
    buffer = io.BytesIO()
    source = zipfile.ZipFile(io.BytesIO(built_in(document)))
    with source, zipfile.ZipFile(buffer, "w") as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == PART:
                content = change(content.decode()).encode()
            target.writestr(entry, content)
    return buffer.getvalue()
