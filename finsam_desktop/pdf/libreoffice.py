"""Finding LibreOffice, and letting it make PDFs: a profile of our own, one call for all files, never without an end."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

_WINDOWS_PLACES = (
    Path("C:/Program Files/LibreOffice/program/soffice.exe"),
    Path("C:/Program Files (x86)/LibreOffice/program/soffice.exe"),
)
_MAC_PLACE = Path("/Applications/LibreOffice.app/Contents/MacOS/soffice")


def find_libreoffice() -> Path | None:
    """Where LibreOffice is on this computer, or None."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is not None:
        return Path(found)
    places = _WINDOWS_PLACES if sys.platform == "win32" else (_MAC_PLACE,)
    return next((place for place in places if place.is_file()), None)
