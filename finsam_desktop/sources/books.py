"""A year's books out of any file: a SIE file as it is, a workbook with accounts as the program understands it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from finsam_desktop.sources.mapped_books import has_accounts, mapped_books
from finsam_desktop.sources.reading import SIE_SUFFIXES, file_content, read_workbook_bytes
from finsam_desktop.sources.recognition import recognise_usual
from finsam_desktop.sources.sie.reading import is_sie, read_sie
from finsam_desktop.sources.sie.values import SieFile


def read_books(path: Path, step: Callable[[], object] | None = None) -> SieFile:
    """The books in the file at ``path``; UserError naming file and what to do when it has none.

    ``step`` is called between the parts of the work and may raise to stop it.
    """
    content = file_content(path)
    if step is not None:
        step()
    if path.suffix.lower() in SIE_SUFFIXES or is_sie(content):
        return read_sie(content, path.name)
    book = read_workbook_bytes(content, path.name)
    if step is not None:
        step()
    tables = [table for table in recognise_usual(book) if has_accounts(table)]
    # Several sheets often say the same in other ways; the one with most accounts says most.
    first = max(tables, key=lambda table: len(table.rows), default=None)
    same = [table for table in tables if first is not None and table.sheet == first.sheet]
    return mapped_books(book, same)
