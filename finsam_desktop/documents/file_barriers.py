"""What in a file hinders a reader with a screen reader, seen when it is made a bilaga."""

from __future__ import annotations

from io import BytesIO

from finsam_desktop.domain.accessibility import Barrier

_MOST = 60_000_000
"""Bytes. A larger file is not opened while somebody waits."""


def barriers(content: bytes) -> tuple[str, ...]:
    """The ``Barrier`` values of a PDF; () for other kinds, and for a PDF that cannot be read (told elsewhere)."""
    if not content.startswith(b"%PDF") or len(content) > _MOST:
        return ()
    import pikepdf

    from finsam_desktop.pdf.proven import prove
    from finsam_desktop.pdf.recognise import Unfit

    try:
        prove(content)
        with pikepdf.open(BytesIO(content), suppress_warnings=True) as pdf:
            return tuple(one.value for one in Barrier if one in _of(pdf, content))
    except (Unfit, pikepdf.PdfError, ValueError, OSError, RecursionError):
        return ()


def _of(pdf: object, content: bytes) -> set[Barrier]:
    root = pdf.Root  # type: ignore[attr-defined]
    found: set[Barrier] = set()
    marked = root.get("/MarkInfo")
    if "/StructTreeRoot" not in root or marked is None or not bool(marked.get("/Marked", False)):
        found.add(Barrier.UNTAGGED)
    if not str(pdf.docinfo.get("/Title", "")).strip() and not _title_in_metadata(pdf):  # type: ignore[attr-defined]
        found.add(Barrier.NO_TITLE)
    if not str(root.get("/Lang", "")).strip():
        found.add(Barrier.NO_LANGUAGE)
    if not _has_text(content):
        found.add(Barrier.SCANNED)
    return found


def _title_in_metadata(pdf: object) -> bool:
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as told:  # type: ignore[attr-defined]
        return bool(str(told.get("dc:title", "")).strip())


def _has_text(content: bytes) -> bool:
    """Whether most pages have letters that can be read."""
    from finsam_desktop.documents.public_pdf import page_texts
    from finsam_desktop.documents.public_pictures import NotCleaned

    try:
        texts = page_texts(content)
    except NotCleaned:
        return True
    with_text = sum(1 for text in texts if sum(one.isalnum() for one in text) >= 3)
    return 2 * with_text > len(texts)
