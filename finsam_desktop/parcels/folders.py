"""Where a mötespaket lay when it was opened, so that what is made of it is put there and not among the program's files.

It is kept beside the working copy, on this computer only: a name of a folder is nothing to send.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

_SUFFIX = ".mapp"


def remember(copy: Path, folder: Path) -> None:
    """Keep in which folder the mötespaket of a working copy lay. Nothing happens when it cannot be written."""
    with contextlib.suppress(OSError):
        copy.with_suffix(_SUFFIX).write_text(str(folder), encoding="utf-8")


def forget(copy: Path) -> None:
    """Keep nothing of a working copy that is removed."""
    with contextlib.suppress(OSError):
        copy.with_suffix(_SUFFIX).unlink()


def folder_of(copy: Path) -> Path | None:
    """The folder, None when it is not known, gone, or may not be written in."""
    try:
        folder = Path(copy.with_suffix(_SUFFIX).read_text(encoding="utf-8").strip())
    except (OSError, UnicodeDecodeError):
        return None
    return folder if folder.is_absolute() and folder.is_dir() and os.access(folder, os.W_OK) else None
