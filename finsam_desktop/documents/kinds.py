"""Which documents there are, what they are called and what their files are named."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from finsam_desktop.domain.agenda import AgendaItem, walk
from finsam_desktop.domain.meeting import Meeting


class Document(StrEnum):
    """A document that is made from a meeting. The value names its template, templates/word/<value>.docx."""

    KALLELSE = "kallelse"
    PROTOKOLL = "protokoll"
    TERTIALRAPPORT = "tertialrapport"


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What of the meeting a document concerns, where that is not the whole of it.

    ``items`` are ids of items: the §§ of an extract, the item of a memo. ``member_id`` is the member on whose
    board a notice is posted. ``recipient`` is whom an extract is for, in words.
    """

    items: tuple[str, ...] = ()
    member_id: str = ""
    recipient: str = ""


WHOLE = About()
"""The whole meeting."""

_LONGEST = 120
"""Characters of a file name without its extension; leaves room for the folder within Windows' 260."""
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)", re.IGNORECASE)


def file_name(document: Document, meeting: Meeting) -> str:
    """The one rule for file names: "2026-10-29 Kallelse.docx"."""
    return f"{safe_stem(f'{meeting.date.isoformat()} {document.value.capitalize()}')}.docx"


def safe_stem(text: str) -> str:
    """The text as a file name without extension that Windows, macOS and Linux all take."""
    text = unicodedata.normalize("NFC", text)
    text = re.sub(r"\s+", " ", _FORBIDDEN.sub("-", text)).strip(" .")[:_LONGEST].rstrip(" .")
    if not text:
        return "Dokument"
    return f"_{text}" if _RESERVED.match(text) else text


def report_item(meeting: Meeting) -> AgendaItem | None:
    """The item that the tertial report is made from: the first with report texts, or None."""
    return next((item for item in walk(meeting.items) if item.report is not None), None)
