"""Copies that OneDrive, Dropbox and their like lay beside a file when two computers have written in it.

Such a copy holds work that is not in the file. It is told of and never touched.
"""

from __future__ import annotations

import re
import socket
from pathlib import Path

_MARKS = re.compile(
    r"""
    [ ][(\[].*(conflict|konflikt).*[)\]]         # Dropbox, Nextcloud, Google Drive
    | \.sync-conflict-\d{8}-\d{6}(-\w+)?        # Syncthing
    | _conflict-\d+                              # pCloud
    """,
    re.VERBOSE | re.IGNORECASE,
)
_COMPUTER = re.compile(r"-(?!KOPIA|BACKUP|GAMMAL|NY\b)(?=.*[A-ZÅÄÖ]{2})[A-ZÅÄÖ0-9][A-ZÅÄÖ0-9-]{2,14}")
"""OneDrive: NAME-COMPUTER, where Windows writes the computer's name in capitals, at most fifteen."""


def copies_beside(path: Path) -> tuple[Path, ...]:
    """Conflict copies of the file in its folder, by name. Empty when the folder cannot be listed."""
    try:
        beside = sorted(one for one in path.parent.iterdir() if one.suffix == path.suffix and one != path)
    except OSError:
        return ()
    return tuple(
        one for one in beside if one.stem.startswith(path.stem) and is_mark(one.stem[len(path.stem) :])
    )


def is_mark(end: str) -> bool:
    """Whether this, after a file's name, is what a sync folder adds: "-DESKTOP-4F2A", " (Annas konfliktkopia …)".

    OneDrive adds the computer's name; one that is not of the usual kind is known when it is this computer's.
    """
    if end.casefold() == f"-{socket.gethostname()}".casefold():
        return True
    return any(pattern.fullmatch(end) for pattern in (_MARKS, _COMPUTER))
