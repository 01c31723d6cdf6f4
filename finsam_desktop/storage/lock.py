"""The lock beside a .finsam file: one writer at a time, whose name the next one is told.

``bygden.finsam.lock`` is a small JSON file: user, host, pid, since. On one computer the operating system's
lock on that file decides, so that the lock of a program that died is free at once, whatever its pid is used
for now. Between computers, where such locks may not travel over a share, the file's existence decides.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import sys
import time
from datetime import datetime
from pathlib import Path

from finsam_desktop.storage.errors import LockedError

_LAST_BYTE = 1 << 30
"""Where Windows locks: past the end, since other programs may not read the bytes that are locked."""
_WRITING = 2.0
"""Seconds that an owner may take between making the file and writing its name in it."""

if sys.platform == "win32":
    import msvcrt

    def _hold(descriptor: int) -> bool | None:
        """True when the system's lock was got, False when another has it, None when there are no locks."""
        os.lseek(descriptor, _LAST_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _hold(descriptor: int) -> bool | None:
        """True when the system's lock was got, False when another has it, None when there are no locks."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return None
        return True


def lock_path(document: Path) -> Path:
    """Where the lock of a document is."""
    return document.with_name(document.name + ".lock")


class Lock:
    """A held lock. ``taken_over`` tells that its last owner died without releasing it."""

    def __init__(self, path: Path, descriptor: int, *, taken_over: bool) -> None:
        self.path = path
        self.taken_over = taken_over
        self._descriptor: int | None = descriptor

    def release(self) -> None:
        """Let others write. Safe to call twice, and when the folder is gone."""
        if self._descriptor is None:
            return
        descriptor, self._descriptor = self._descriptor, None
        if sys.platform == "win32":  # an open file cannot be removed there
            os.close(descriptor)
            with contextlib.suppress(OSError):
                self.path.unlink()
            return
        with contextlib.suppress(OSError):
            if _is_still(self.path, descriptor):
                self.path.unlink()
        os.close(descriptor)


def acquire(document: Path, *, user: str, since: datetime, take_over: str = "") -> Lock:
    """Lock a document for writing. LockedError when someone has it, OSError when no lock can be made.

    ``take_over`` names the other computer whose lock the user knows to be left behind; it is then taken. A program on
    this computer that has the file open is never driven out.
    """
    path = lock_path(document)
    deadline = time.monotonic() + _WRITING
    while True:
        made, descriptor = _open(path)
        owner = _read(descriptor)
        if not made and not owner and time.monotonic() < deadline:
            os.close(
                descriptor
            )  # without touching its lock: the owner is about to take it and write its name
            time.sleep(0.05)
            continue
        held = _hold(descriptor)
        if held and not _is_still(path, descriptor):
            os.close(descriptor)  # released, and perhaps taken anew, while we were at it
            continue
        foreign = bool(owner) and owner.get("host") != _host()
        given = foreign and bool(take_over) and owner.get("host") == take_over
        living = foreign or (held is None and not _is_gone(owner))
        if held is False or (not made and living and not given):
            os.close(descriptor)
            raise _locked(document, path, owner)
        _write(descriptor, user, since)
        return Lock(path, descriptor, taken_over=not made)


def _open(path: Path) -> tuple[bool, int]:
    """Make the lock's file, or open the one that is there: (made, descriptor)."""
    while True:
        with contextlib.suppress(FileExistsError):
            return True, os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o666)
        with contextlib.suppress(FileNotFoundError):
            return False, os.open(path, os.O_RDWR)


def _host() -> str:
    return socket.gethostname()


def _is_gone(owner: dict[str, object]) -> bool:
    """Whether the process that wrote its number has ended. Asked only where there are no locks of the system."""
    pid = owner.get("pid")
    if not isinstance(pid, int) or pid <= 0 or sys.platform == "win32":
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return False


def _is_still(path: Path, descriptor: int) -> bool:
    """Whether the path leads to the open file, and not to a newer one of the same name."""
    try:
        return os.path.samestat(os.stat(path), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _read(descriptor: int) -> dict[str, object]:
    os.lseek(descriptor, 0, os.SEEK_SET)
    try:
        owner = json.loads(os.read(descriptor, 4096))
    except (ValueError, RecursionError):
        return {}
    return owner if isinstance(owner, dict) else {}


def _write(descriptor: int, user: str, since: datetime) -> None:
    owner = {"user": user, "host": _host(), "pid": os.getpid(), "since": since.isoformat(timespec="seconds")}
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.ftruncate(descriptor, 0)
    os.write(descriptor, json.dumps(owner, ensure_ascii=False).encode("utf-8", "replace"))


def _locked(document: Path, path: Path, owner: dict[str, object]) -> LockedError:
    try:
        since = datetime.fromisoformat(str(owner.get("since")))
    except ValueError:
        since = None
    host = str(owner.get("host", ""))
    user = str(owner.get("user", ""))
    return LockedError(document, path, user=user, host=host, since=since, here=host in ("", _host()))
