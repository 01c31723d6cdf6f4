"""Programs that stand in for LibreOffice: they take the same arguments and misbehave as asked."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

_PROGRAM = """#!{python}
import os, subprocess, sys, time
from pathlib import Path
words = sys.argv[1:]
place = words.index("--outdir")
folder, files = Path(words[place + 1]), [Path(word) for word in words[place + 2:]]
with open({log!r}, "a") as log:
    log.write(" ".join(file.name for file in files) + "\\n")
for file in files:
    text = file.read_text()
    if text == "hang":
        for _ in range(2):
            with open({pids!r}, "a") as log:
                log.write(str(subprocess.Popen(["sleep", "300"]).pid) + "\\n")
        time.sleep(300)
    if text == "crash":
        os.abort()
    if text == "refuse":
        continue
    if text == "half":
        (folder / (file.stem + ".pdf")).write_bytes(b"%PDF-1.7 half")
        continue
    (folder / (file.stem + ".pdf")).write_bytes(b"%PDF-1.7 " + text.encode() + b"\\n%%EOF\\n")
"""


class StandIn:
    """A program in ``folder`` that makes a "PDF" of each file's text, or does what it says."""

    def __init__(self, folder: Path) -> None:
        self._log, self._pids = folder / "calls", folder / "pids"
        self.program = folder / "soffice"
        self.program.write_text(
            _PROGRAM.format(python=sys.executable, log=str(self._log), pids=str(self._pids)), encoding="utf-8"
        )
        self.program.chmod(0o755)

    @property
    def calls(self) -> list[list[str]]:
        """The files of every call."""
        return [line.split() for line in self._log.read_text().splitlines()] if self._log.exists() else []

    def left_running(self, wait: float = 5.0) -> list[int]:
        """The sleepers it started that are still there after ``wait`` seconds at most."""
        pids = [int(line) for line in self._pids.read_text().split()] if self._pids.exists() else []
        until = time.monotonic() + wait
        while alive := [pid for pid in pids if is_running(pid)]:
            if time.monotonic() > until:
                break
            time.sleep(0.02)
        return alive

    def has_started(self, wait: float = 20.0) -> bool:
        """Whether it hangs with its sleepers, after waiting for that."""
        until = time.monotonic() + wait
        while not (self._pids.exists() and self._pids.read_text().count("\n") >= 2):
            if time.monotonic() >= until:
                return False
            time.sleep(0.02)
        return True


def is_running(pid: int) -> bool:
    """Whether the process is there and has not ended; one that nobody has taken leave of has."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        try:
            os.kill(pid, 0)
        except OSError:
            return False
        return not Path("/proc/self").exists()
    return state != "Z"
