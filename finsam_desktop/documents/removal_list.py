"""The list of what was taken out of a public version, as a sheet. It names what is secret and is not for publishing."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import StringIO
from pathlib import Path

from finsam_desktop.domain.removals import Removal

HEAD = ("Vad", "Var", "Grund i OSL", "Skäl")


def removal_sheet(removed: Iterable[Removal]) -> bytes:
    """Semicolons between columns and a mark for UTF-8 first, so that Excel in Swedish opens it as it is."""
    text = StringIO()
    sheet = csv.writer(text, delimiter=";", lineterminator="\r\n")
    sheet.writerow(HEAD)
    for one in removed:
        sheet.writerow(_plain(cell) for cell in (one.what, one.where, one.section, one.reason))
    return text.getvalue().encode("utf-8-sig")


def save_removals(path: Path, removed: Iterable[Removal]) -> Path:
    """Save the list; UserError when it cannot be written."""
    from finsam_desktop.storage.safewrite import write_file

    write_file(path, removal_sheet(removed))
    return path


def _plain(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    cell = cell.replace("\u00a0", " ")
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
