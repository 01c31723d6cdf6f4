"""What the files of a meeting are called: bilagor and packs. Documents made from templates: ``kinds.file_name``.

One rule: the meeting's day, what it is, and its title. A name depends on nothing else, so it is the same every time,
and Windows, macOS and Linux all take it.
"""

from __future__ import annotations

from finsam_desktop.documents.kinds import safe_stem
from finsam_desktop.domain.agenda import Attachment
from finsam_desktop.domain.meeting import Meeting


def attachment_file_name(meeting: Meeting, attachment: Attachment, number: int | None, suffix: str) -> str:
    """ "2021-10-28 Bilaga 2 Tertialrapport T2.pdf". ``suffix`` with its dot, as ``Path.suffix`` gives it.

    Without a number, as in a bilaga of another meeting, the name has none: "2021-10-28 Bilaga Avtal.pdf".
    """
    place = "Bilaga" if number is None else f"Bilaga {number}"
    return safe_stem(f"{meeting.date.isoformat()} {place} {attachment.title}") + _suffix(suffix)


def pack_file_name(meeting: Meeting, *, supplementary: bool = False, public: bool = False) -> str:
    """ "2021-10-28 Handlingar.pdf", "… Tilläggshandlingar.pdf", "… Handlingar offentlig.pdf"."""
    what = "Tilläggshandlingar" if supplementary else "Handlingar"
    return safe_stem(f"{meeting.date.isoformat()} {what}{' offentlig' if public else ''}") + ".pdf"


def _suffix(suffix: str) -> str:
    """The extension in lower case; nothing when it is no usual extension."""
    letters = suffix.strip().lstrip(".").lower()
    return f".{letters}" if letters.isascii() and letters.isalnum() and len(letters) <= 8 else ""
