"""The checklist for the förbundsordning as a file: it is of the association and needs no meeting."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from finsam_desktop.documents.kinds import Document, file_name
from finsam_desktop.documents.rendering import render
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.meeting import Meeting

FILE_NAME = file_name(Document.FORBUNDSORDNING, Meeting(date=date.min))


def save(path: Path, association: Association, files: Callable[[str], bytes], today: date) -> Path:
    """Write the checklist and give its path: it is of the association and needs no meeting. UserError when it fails."""
    from finsam_desktop.storage.safewrite import write_file

    write_file(path, render(Document.FORBUNDSORDNING, association, (), Meeting(date=today), files, today))
    return path
