"""The program's log: one file, set aside when it has grown, without anything of the association."""

from __future__ import annotations

import contextlib
import logging
from pathlib import Path

from finsam_desktop.faults.privacy import PrivateFormatter

NAME = "finsam.log"
MOST_BYTES = 1_000_000
MARK = "# Finsam Desktop, logg 2: utan namn, texter och sökvägar\n"
"""The first line. A log without it was written before data was kept out of logs, and is removed."""


class LogFile(logging.FileHandler):
    """Appends to a file and sets it aside as `.log.1` when it is above a megabyte; the one before it goes.

    (The handler of the standard library that does this costs a tenth of the start to import.)
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        _make_ready(path)
        super().__init__(path, encoding="utf-8")
        self.setFormatter(PrivateFormatter())

    def emit(self, record: logging.LogRecord) -> None:
        super().emit(record)
        with contextlib.suppress(OSError, ValueError):
            if self.stream is not None and self.stream.tell() > MOST_BYTES:
                self.close()
                _make_ready(self._path)
                self.stream = self._open()

    def handleError(self, _record: logging.LogRecord) -> None:
        """A log that cannot be written, as on a full disk, disturbs nobody."""


def _make_ready(path: Path) -> None:
    """Set a grown log aside, remove one of an older kind, and begin a new one where there is none."""
    if path.exists():
        with path.open("rb") as file:
            marked = file.read(len(MARK.encode())) == MARK.encode()
        if not marked:
            path.unlink()
            path.with_suffix(".log.1").unlink(missing_ok=True)
        elif path.stat().st_size > MOST_BYTES:
            path.replace(path.with_suffix(".log.1"))
    if not path.exists():
        path.write_text(MARK, encoding="utf-8")


def log_to(folder: Path) -> Path | None:
    """Send the log to a file in ``folder``; None when it cannot be written, and then there is no log."""
    path = folder / NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = LogFile(path)
    except OSError:
        return None
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    return path


def last_lines(folder: Path, count: int = 60) -> tuple[str, ...]:
    """The latest lines of the log, oldest first."""
    try:
        lines = (folder / NAME).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ()
    return tuple(line for line in lines[-count:] if line + "\n" != MARK)
