"""A child that stays for the next task, so that drawing a page need not wait for Python to start."""

from __future__ import annotations

import json
import os
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path

from finsam_desktop.pdf.apart import PROBLEMS, Result, Task, child_command, child_environment, result_of
from finsam_desktop.pdf.process_tree import ProcessTree

SECONDS, SECONDS_PER_MEGABYTE = 20.0, 2.0
_POLL_S = 0.005


class StandingChild:
    """The child of ``apart.py``, kept running. One task at a time; may be called from any thread."""

    def __init__(self, *, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._lock = threading.Lock()
        self._tree: ProcessTree | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._done = 0
        self._closed = False

    def do(self, task: Task, content: bytes, step: Callable[[], None] | None = None) -> Result:
        """Do a task on these bytes. ``step`` is called many times a second and may raise to stop."""
        with self._lock:
            try:
                folder = self._started()
            except OSError:
                return Result(reason=PROBLEMS["not started"], lasting=False)
            self._done += 1
            task = replace(task, key=str(self._done), source=f"{self._done}.in")
            try:
                (folder / task.source).write_bytes(content)
                (folder / "tasks.half").write_text(json.dumps([asdict(task)]), encoding="utf-8")
                os.replace(folder / "tasks.half", folder / "tasks.json")
                return self._awaited(folder, task, len(content), step)
            except BaseException:
                self._end()
                raise
            finally:
                for ending in ("in", "made", "json"):
                    with suppress(OSError):
                        (folder / f"{task.key}.{ending}").unlink(missing_ok=True)

    def close(self) -> None:
        """End the child for good, whatever it is doing."""
        self._closed = True
        tree = self._tree
        if tree is not None:
            tree.end()
        with self._lock:
            self._end()

    def _started(self) -> Path:
        if self._closed:
            raise OSError("closed")
        if self._tree is None or self._tree.finished() is not None or self._folder is None:
            self._end()
            self._folder = tempfile.TemporaryDirectory(prefix="finsam-", ignore_cleanup_errors=True)
            command = [*child_command(), self._folder.name, "stay"]
            self._tree = ProcessTree(command, environment=child_environment())
        return Path(self._folder.name)

    def _awaited(self, folder: Path, task: Task, size: int, step: Callable[[], None] | None) -> Result:
        assert self._tree is not None
        until = time.monotonic() + self._seconds + SECONDS_PER_MEGABYTE * size / 1e6
        while (result := result_of(folder, task)) is None:
            if step is not None:
                step()
            if self._tree.finished(_POLL_S) is not None:
                result = result_of(folder, task)
                self._end()
                return result or Result(reason=PROBLEMS["stopped"])
            if time.monotonic() > until:
                self._end()
                return Result(reason=PROBLEMS["slow"], lasting=False)
        return result

    def _end(self) -> None:
        tree, self._tree = self._tree, None
        folder, self._folder = self._folder, None
        if tree is not None:
            tree.end()
        if folder is not None:
            folder.cleanup()
