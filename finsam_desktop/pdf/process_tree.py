"""Other people's programs, started so that they and all they start can be ended, and end with us whatever happens.

POSIX: a shell leads a process group of its own and holds a pipe from us. It ends the group when the pipe breaks,
that is also when this process is killed. Windows: a job object that ends with its last handle.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import IO

MEGABYTES = 6_000
"""Address space that a program may have; LibreOffice maps 500 MB at rest."""

_KEEPER = (
    'exec 3<&0; "$@" </dev/null 3<&- & p=$!; '
    "(read x <&3; kill -KILL 0) >/dev/null 2>&1 & r=$!; "
    "exec 3<&-; wait $p; s=$?; kill -KILL $r 2>/dev/null; exit $s"
)
_ENDED_S = 10


class ProcessTree:
    """A program at work. ``finished()`` is its exit code, ``end()`` ends it and everything it started."""

    def __init__(self, command: Sequence[str], *, environment: Mapping[str, str] | None = None) -> None:
        """Start it; OSError when that cannot be done."""
        self._output: IO[bytes] = tempfile.TemporaryFile()
        try:
            self._process = _start(command, dict(environment or os.environ), self._output)
        except BaseException:
            self._output.close()
            raise
        if sys.platform == "win32":
            self._job = _Job(self._process)

    @property
    def pid(self) -> int:
        """The number of the process that leads the tree."""
        return self._process.pid

    def finished(self, wait: float = 0.0) -> int | None:
        """The exit code, after waiting ``wait`` seconds at most; None while the program works."""
        try:
            return self._process.wait(wait)
        except subprocess.TimeoutExpired:
            return None

    def words(self) -> str:
        """The last of what the program wrote."""
        if self._output.closed:
            return ""
        size = self._output.seek(0, os.SEEK_END)
        self._output.seek(max(0, size - 4000))
        return self._output.read().decode("utf-8", "replace")

    def end(self) -> None:
        """End the program and all that it started, at once. May be called again."""
        if sys.platform == "win32":
            self._job.end()
        else:
            # Also after the leader has gone: what it started may still be there.
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
        if self._process.stdin is not None:
            with suppress(OSError):
                self._process.stdin.close()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_ENDED_S)
        self._output.close()


def _start(command: Sequence[str], environment: dict[str, str], output: IO[bytes]) -> subprocess.Popen[bytes]:
    if sys.platform == "win32":
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=environment,
            creationflags=subprocess.CREATE_NO_WINDOW,
        )
    import resource

    process = subprocess.Popen(
        ["/bin/sh", "-c", _KEEPER, "sh", *command],
        stdin=subprocess.PIPE,
        stdout=output,
        stderr=subprocess.STDOUT,
        env=environment,
        start_new_session=True,
    )
    if sys.platform == "linux":
        most = MEGABYTES * 1_000_000
        with suppress(OSError, ValueError):
            resource.prlimit(process.pid, resource.RLIMIT_AS, (most, most))
    return process


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _EXTENDED_LIMITS = 9  # JobObjectExtendedLimitInformation
    _KILL_ON_CLOSE = 0x2000
    _kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    _kernel.CreateJobObjectW.restype = wintypes.HANDLE
    _kernel.CreateJobObjectW.argtypes = (wintypes.LPVOID, wintypes.LPCWSTR)
    _kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
    _kernel.TerminateJobObject.argtypes = (wintypes.HANDLE, wintypes.UINT)
    _kernel.CloseHandle.argtypes = (wintypes.HANDLE,)
    _kernel.SetInformationJobObject.argtypes = (
        wintypes.HANDLE,
        ctypes.c_int,
        wintypes.LPVOID,
        wintypes.DWORD,
    )

    class _Limits(ctypes.Structure):  # JOBOBJECT_EXTENDED_LIMIT_INFORMATION
        _fields_ = (
            ("times", ctypes.c_int64 * 2),
            ("LimitFlags", wintypes.DWORD),
            ("sets", ctypes.c_size_t * 2),
            ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t),
            ("classes", wintypes.DWORD * 2),
            ("io", ctypes.c_uint64 * 6),
            ("memory", ctypes.c_size_t * 4),
        )

    class _Job:
        """The program and all that it starts. LibreOffice on Windows starts soffice.bin and goes on there."""

        def __init__(self, process: subprocess.Popen[bytes]) -> None:
            self._handle = _kernel.CreateJobObjectW(None, None)
            limits = _Limits(LimitFlags=_KILL_ON_CLOSE)
            _kernel.SetInformationJobObject(
                self._handle, _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits)
            )
            handle = int(process._handle)  # type: ignore[attr-defined]
            self._held = bool(_kernel.AssignProcessToJobObject(self._handle, handle))
            self._pid = process.pid

        def end(self) -> None:
            if self._handle is None:
                return
            if not self._held:  # the process was in a job that allows no other
                subprocess.run(
                    ["taskkill", "/F", "/T", "/PID", str(self._pid)],
                    capture_output=True,
                    check=False,
                    creationflags=subprocess.CREATE_NO_WINDOW,
                )
            _kernel.TerminateJobObject(self._handle, 1)
            _kernel.CloseHandle(self._handle)
            self._handle = None
