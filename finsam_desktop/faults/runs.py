"""How earlier runs of the program ended: a mark is made when it starts and taken away when it ends.

    DATA/korningar/20261122-104200-4711.json     when it started, which version, which file was open
    DATA/korningar/20261122-104200-4711.krasch   what the interpreter writes when it goes down

The system holds a lock on the mark as long as the process lives, so that a run that was killed is told from one that
is still going on, whatever its number is used for now.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from dataclasses import dataclass
from datetime import datetime
from io import TextIOWrapper
from pathlib import Path

from finsam_desktop import __version__

FOLDER = "korningar"
_MARK, _CRASH = ".json", ".krasch"

if sys.platform == "win32":
    import msvcrt

    def _hold(descriptor: int) -> bool:
        """Whether the system's lock was got; it lies past the end, where nobody reads."""
        os.lseek(descriptor, 1 << 30, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _hold(descriptor: int) -> bool:
        """Whether the system's lock was got."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class EndedRun:
    """A run that did not end by itself. ``last_seen`` is when it last saved something, or started.

    ``crash`` is what the interpreter wrote; empty when it was cut off from outside, as when the power goes.
    ``file`` is the file that was open, None when there was none.
    """

    started: datetime
    last_seen: datetime
    version: str
    file: Path | None
    crash: str


class Run:
    """This run's mark. ``crash_file`` is for `faulthandler` and stays open as long as the run."""

    def __init__(self, mark: Path, descriptor: int, crash_file: TextIOWrapper, started: datetime) -> None:
        self._mark, self._descriptor, self.crash_file, self._started = mark, descriptor, crash_file, started
        self._file: Path | None = None
        self._ending = False

    def note_file(self, path: Path | None) -> None:
        """Which file is open from now on. The mark never leaves this computer."""
        self._file = path
        self._write()

    def seen(self) -> None:
        """Something has been saved just now."""
        if self._ending:  # the user stayed after all
            self._write()
        with contextlib.suppress(OSError):
            os.utime(self._mark)

    def computer_ends(self) -> None:
        """The user logs out or the computer goes down: that the program is ended then is no fault."""
        self._write(ending=True)

    def end(self) -> None:
        """The run ends as it should. Safe to call twice."""
        if self._descriptor < 0:
            return
        self.crash_file.close()
        descriptor, self._descriptor = self._descriptor, -1
        if sys.platform == "win32":  # an open file cannot be removed there
            os.close(descriptor)
        for path in (self._mark, self._mark.with_suffix(_CRASH)):
            with contextlib.suppress(OSError):
                path.unlink()
        if sys.platform != "win32":
            os.close(descriptor)

    def _write(self, *, ending: bool = False) -> None:
        self._ending = ending
        told = {
            "started": self._started.isoformat(timespec="seconds"),
            "version": __version__,
            "file": str(self._file) if self._file else "",
            "ending": "ja" if ending else "",
        }
        with contextlib.suppress(OSError):
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            os.ftruncate(self._descriptor, 0)
            os.write(self._descriptor, json.dumps(told, ensure_ascii=False).encode("utf-8", "replace"))


def begin(data: Path, started: datetime) -> Run | None:
    """Mark that the program runs; None when the folder cannot be written, and then the next start knows nothing."""
    folder = data / FOLDER
    mark = folder / f"{started:%Y%m%d-%H%M%S}-{os.getpid()}{_MARK}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(mark, os.O_RDWR | os.O_CREAT, 0o600)
        crash_file = mark.with_suffix(_CRASH).open("w", encoding="utf-8", errors="replace")
    except OSError:
        return None
    _hold(descriptor)
    run = Run(mark, descriptor, crash_file, started)
    run.note_file(None)
    return run


def take_ended(data: Path) -> tuple[EndedRun, ...]:
    """The runs that did not end by themselves, the latest first; their marks are taken away."""
    found = []
    for mark in sorted((data / FOLDER).glob(f"*{_MARK}"), reverse=True):
        with contextlib.suppress(OSError):
            ended = _ended(mark)
            if ended is not None:
                found.append(ended)
    return tuple(found)


def _ended(mark: Path) -> EndedRun | None:
    """What is known of a run whose mark nobody holds; None while it goes on."""
    descriptor = os.open(mark, os.O_RDWR)
    try:
        if not _hold(descriptor):
            return None
        seen = datetime.fromtimestamp(os.fstat(descriptor).st_mtime)
        os.lseek(descriptor, 0, os.SEEK_SET)
        told = _told(os.read(descriptor, 10_000))
    finally:
        os.close(descriptor)
    crash_path = mark.with_suffix(_CRASH)
    crash = ""
    with contextlib.suppress(OSError):
        crash = crash_path.read_text(encoding="utf-8", errors="replace")
    for path in (mark, crash_path):
        path.unlink(missing_ok=True)
    if told.get("ending") and not crash.strip():
        return None
    try:
        started = datetime.fromisoformat(told.get("started", ""))
    except ValueError:
        started = seen
    file = told.get("file", "")
    return EndedRun(
        started=started,
        last_seen=max(seen, started),
        version=told.get("version", ""),
        file=Path(file) if file else None,
        crash=crash,
    )


def _told(content: bytes) -> dict[str, str]:
    try:
        told = json.loads(content)
    except ValueError:
        return {}
    return {str(k): str(v) for k, v in told.items()} if isinstance(told, dict) else {}
