"""What a program that was killed may leave: files under hidden names, which were never given their own.

Such a file is never somebody's work: what it was to become is made again. It is removed when nobody can be writing it.
"""

from __future__ import annotations

import re
import time
from contextlib import suppress
from pathlib import Path

OLD = 3600.0
"""Seconds since it was last written in: no file takes so long."""
_OURS = re.compile(r"\.[0-9a-f]{32}\.(tmp|finsam|finsam-journal)")


def sweep(folder: Path, *, older_than: float = OLD) -> tuple[Path, ...]:
    """Remove what was left in the folder (not in those inside it); gives what went. Faults are passed over."""
    gone = []
    with suppress(OSError):
        for path in sorted(folder.iterdir()):
            if not _OURS.fullmatch(path.name):
                continue
            with suppress(OSError):
                if time.time() - path.stat().st_mtime >= older_than and path.is_file():
                    path.unlink()
                    gone.append(path)
    return tuple(gone)
