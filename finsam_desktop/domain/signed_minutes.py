"""The signed protokoll as files beside the text: scanned from paper, or signed electronically."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from finsam_desktop.domain.meeting import Meeting, StoredFile

ADD, REMOVE = "Lägg in undertecknat protokoll", "Ta bort undertecknat protokoll"
"""What the changes are called in undo and history."""

ENDINGS = (".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff")
"""What a signed protokoll may be: a PDF, or a picture of the signed page."""


def kept(meeting: Meeting, *, file_name: str, sha256: str, size: int, on: date, note: str = "") -> Meeting:
    """The meeting with the file among its signed protokoll; the same meeting when that very file is there."""
    if any(one.sha256 == sha256 for one in meeting.signed_minutes):
        return meeting
    new = StoredFile(file_name=file_name, sha256=sha256, size=size, added_on=on, note=note)
    return replace(meeting, signed_minutes=(*meeting.signed_minutes, new))


def without(meeting: Meeting, file_id: str) -> Meeting:
    """The meeting without a file that was taken in by mistake."""
    return replace(meeting, signed_minutes=tuple(one for one in meeting.signed_minutes if one.id != file_id))
