"""The bundled typefaces: Inter for the window, Carlito for page previews. Both under the SIL Open Font License."""

from __future__ import annotations

import logging

from PySide6.QtGui import QFontDatabase

from finsam_desktop import paths

INTERFACE_FAMILY = "Inter"
PAGE_FAMILY = "Carlito"

# Bold lies beside them for documents; the window uses 400, 500 and 600 only, and every file costs at the start.
_INTERFACE_FILES = ("Inter-Regular.otf", "Inter-Medium.otf", "Inter-SemiBold.otf")
_PAGE_FILES = ("Carlito-Regular.ttf", "Carlito-Bold.ttf")

_log = logging.getLogger(__name__)


def load_interface_fonts() -> None:
    """Make Inter known to Qt. Without the files the system's own font is used and the log says so."""
    _load(_INTERFACE_FILES)


def load_page_fonts() -> None:
    """Make Carlito known to Qt; only needed where pages are drawn without LibreOffice."""
    _load(_PAGE_FILES)


def _load(names: tuple[str, ...]) -> None:
    folder = paths.resources() / "fonts"
    for name in names:
        if QFontDatabase.addApplicationFont(str(folder / name)) < 0:
            _log.error("font %s could not be loaded from %s", name, folder)
