"""The association's own Word templates: kept in the .finsam file, so that one file holds all there is.

The value ``Association.word_templates`` says which template each document has; the content is a stored file.
``rendering.template_content`` takes the association's own where there is one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from finsam_desktop.documents.kinds import Document
from finsam_desktop.documents.rendering import template_content
from finsam_desktop.domain.association import Association, WordTemplateFile

LARGEST_SOURCE = 50_000_000
"""Bytes. A file larger than this is no template, and is not read to see whether it has changed."""


def with_own_template(
    association: Association,
    document: Document,
    path: Path,
    content: bytes,
    store: Callable[[bytes], str],
    today: date,
) -> Association:
    """The association with ``content``, read from ``path``, as its template for the document.

    ``store`` keeps the bytes and gives their SHA-256. Check the template first, see ``template_check``.
    """
    own = WordTemplateFile(
        document=document.value,
        file_name=path.name,
        sha256=store(content),
        taken_on=today,
        source=str(path.absolute()),
    )
    others = tuple(each for each in association.word_templates if each.document != document.value)
    return replace(association, word_templates=(*others, own))


def without_own_template(association: Association, document: Document) -> Association:
    """The association with the program's template for the document again. The stored file stays for undo."""
    kept = tuple(each for each in association.word_templates if each.document != document.value)
    return replace(association, word_templates=kept)


def copy_of_template(
    association: Association, document: Document, files: Callable[[str], bytes], path: Path
) -> None:
    """Write the template in use to a file that can be changed in Word. UserError when that fails.

    The copy has the association's colour, so that it looks in Word as the documents do.
    """
    from finsam_desktop.storage.safewrite import write_file

    write_file(path, template_content(document, None, association, files)[0])


def changed_source(own: WordTemplateFile) -> Path | None:
    """The file the template was taken from, when it is still there and holds something else now; else None."""
    if not own.source:
        return None
    path = Path(own.source)
    try:
        if not path.is_file() or path.stat().st_size > LARGEST_SOURCE:
            return None
        content = path.read_bytes()
    except (OSError, ValueError):
        # A folder on another computer, a drive that is not there, a file that Word is writing just now.
        return None
    return path if hashlib.sha256(content).hexdigest() != own.sha256 else None
