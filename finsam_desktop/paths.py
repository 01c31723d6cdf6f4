"""Where the program's own files are: in the source tree, in an installed wheel, in a frozen program."""

from __future__ import annotations

import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _data_root() -> Path:
    """The folder that holds `resources` and `templates`.

    A wheel and a frozen program carry them in `finsam_desktop/_data` (force-include in pyproject.toml);
    in the source tree they lie beside the package.
    """
    bundled = _PACKAGE / "_data"
    if bundled.is_dir():
        return bundled
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        return Path(frozen) / "finsam_desktop" / "_data"
    return _PACKAGE.parent


def resources() -> Path:
    """Icons, fonts, handbook and the example association."""
    return _data_root() / "resources"


def templates() -> Path:
    """What an association may change: Word templates, item templates, presets."""
    return _data_root() / "templates"
