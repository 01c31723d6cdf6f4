"""What another process has used, as the system tells it: Linux by /proc, Windows by its process functions.

``limit_own_memory`` makes the system itself stop this process at a number of megabytes.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Use:
    """Bytes of memory a process holds now, and seconds of processor time it has had."""

    resident: int
    seconds: float


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _QUERY = 0x1000  # PROCESS_QUERY_LIMITED_INFORMATION
    _EXTENDED_LIMITS = 9  # JobObjectExtendedLimitInformation
    _PROCESS_MEMORY, _KILL_ON_CLOSE = 0x100, 0x2000
    _TICKS_PER_SECOND = 10_000_000
    _kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    _kernel.OpenProcess.restype = wintypes.HANDLE
    _kernel.OpenProcess.argtypes = (wintypes.DWORD, wintypes.BOOL, wintypes.DWORD)
    _kernel.CloseHandle.argtypes = (wintypes.HANDLE,)
    _kernel.GetCurrentProcess.restype = wintypes.HANDLE
    _kernel.CreateJobObjectW.restype = wintypes.HANDLE
    _kernel.CreateJobObjectW.argtypes = (wintypes.LPVOID, wintypes.LPCWSTR)
    _kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
    _kernel.SetInformationJobObject.argtypes = (
        wintypes.HANDLE,
        ctypes.c_int,
        wintypes.LPVOID,
        wintypes.DWORD,
    )
    _kernel.GetProcessTimes.argtypes = (wintypes.HANDLE, *[ctypes.POINTER(ctypes.c_uint64)] * 4)
    _kernel.K32GetProcessMemoryInfo.argtypes = (wintypes.HANDLE, wintypes.LPVOID, wintypes.DWORD)

    class _Memory(ctypes.Structure):  # PROCESS_MEMORY_COUNTERS
        _fields_ = (
            ("cb", wintypes.DWORD),
            ("PageFaultCount", wintypes.DWORD),
            ("PeakWorkingSetSize", ctypes.c_size_t),
            ("WorkingSetSize", ctypes.c_size_t),
            ("rest", ctypes.c_size_t * 6),
        )

    class _JobLimits(ctypes.Structure):  # JOBOBJECT_EXTENDED_LIMIT_INFORMATION
        _fields_ = (
            ("PerProcessUserTimeLimit", ctypes.c_int64),
            ("PerJobUserTimeLimit", ctypes.c_int64),
            ("LimitFlags", wintypes.DWORD),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", wintypes.DWORD),
            ("SchedulingClass", wintypes.DWORD),
            ("IoInfo", ctypes.c_uint64 * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        )

    def use_of(process: int) -> Use | None:
        """What the process with this number has used so far; None when the system does not tell."""
        handle = _kernel.OpenProcess(_QUERY, False, process)
        if not handle:
            return None
        try:
            memory = _Memory(cb=ctypes.sizeof(_Memory))
            times = [ctypes.c_uint64() for _ in range(4)]
            if not _kernel.K32GetProcessMemoryInfo(handle, ctypes.byref(memory), memory.cb):
                return None
            if not _kernel.GetProcessTimes(handle, *map(ctypes.byref, times)):
                return None
        finally:
            _kernel.CloseHandle(handle)
        return Use(memory.WorkingSetSize, (times[2].value + times[3].value) / _TICKS_PER_SECOND)

    def limit_own_memory(megabytes: int) -> None:
        """Asking for more memory than this fails from now on. The limit lasts as long as the process."""
        job = _kernel.CreateJobObjectW(None, None)
        limits = _JobLimits(
            LimitFlags=_PROCESS_MEMORY | _KILL_ON_CLOSE, ProcessMemoryLimit=megabytes * 1_000_000
        )
        _kernel.SetInformationJobObject(job, _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits))
        _kernel.AssignProcessToJobObject(job, _kernel.GetCurrentProcess())

else:

    def use_of(process: int) -> Use | None:
        """What the process with this number has used so far; None when the system does not tell."""
        try:
            with open(f"/proc/{process}/stat", encoding="ascii", errors="replace") as file:
                fields = file.read().rpartition(")")[2].split()
        except OSError:
            return None
        # Counted from the state, the third field: utime, stime are the 14th and 15th, rss (in pages) the 24th.
        ticks = int(fields[11]) + int(fields[12])
        return Use(int(fields[21]) * os.sysconf("SC_PAGE_SIZE"), ticks / os.sysconf("SC_CLK_TCK"))

    def limit_own_memory(megabytes: int) -> None:
        """Asking for more memory than this fails from now on. The limit lasts as long as the process."""
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (megabytes * 1_000_000, megabytes * 1_000_000))
