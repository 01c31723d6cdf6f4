"""Background work: plain functions in a thread pool, answers on the window's thread.

A job's function takes one argument, the `Progress` it reports through, and returns a value. It must not touch
anything of Qt. At its steps it waits until the window has done what it has to: threads share the interpreter, and what
a person does comes first. Every signal is owned by a QObject that lives on the window's thread; the worker holds only
bound signals, so nothing of Qt is destroyed on a pool thread.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

_log = logging.getLogger(__name__)


WORK_S = 0.004
"""That a job works between two times that it lets the window in."""
MOST_WAIT_S = 0.02
"""That it waits for the window, so that work goes on beside a window that never rests."""


class Cancelled(Exception):
    """Raised inside a job by `Progress.step` after the user has stopped it."""


class Progress:
    """What a worker may say while it works. Thread-safe."""

    def __init__(self, report: Callable[[str, int, int], None], ask: Callable[[], None]) -> None:
        self._report = report
        self._ask = ask
        self._answered = threading.Event()
        self._let_in = time.monotonic()
        self._hurried = False
        self._cancelled = threading.Event()

    def step(self, what: str = "", done: int = 0, total: int = 0) -> None:
        """Say which file is in hand and how many of how many are done; raises Cancelled if the user has stopped."""
        self.give_way()
        self._report(what, done, total)

    def give_way(self) -> None:
        """Let the window do what it has to; raises Cancelled if the user has stopped. Call it every few ms of work."""
        if not self._hurried and time.monotonic() - self._let_in > WORK_S:
            self._answered.clear()
            self._ask()
            self._answered.wait(MOST_WAIT_S)
            self._let_in = time.monotonic()
        if self._cancelled.is_set():
            raise Cancelled

    def answer(self) -> None:
        """The window's thread has come to what the work asked it, after all that was before."""
        self._answered.set()

    def hurry(self) -> None:
        """The window itself waits for the work now."""
        self._hurried = True
        self._answered.set()

    @property
    def cancelled(self) -> bool:
        return self._cancelled.is_set()

    def cancel(self) -> None:
        self._cancelled.set()


class Job(QObject):
    """One piece of background work, as the window sees it."""

    progressed = Signal(str, int, int)
    asked = Signal()
    succeeded = Signal(object)
    failed = Signal(object)
    stopped = Signal()
    finished = Signal(object)

    def __init__(self, label: str, can_be_cancelled: bool, parent: QObject, *, quiet: bool = False) -> None:
        super().__init__(parent)
        self.label = label
        self.quiet = quiet
        self.can_be_cancelled = can_be_cancelled
        self.file = ""
        self.done = 0
        self.total = 0
        self.progress = Progress(self.progressed.emit, self.asked.emit)
        self.progressed.connect(self._note)
        self.asked.connect(self._answer)

    def cancel(self) -> None:
        """Ask the work to stop at its next step; nothing half-made is kept."""
        if self.can_be_cancelled:
            self.progress.cancel()

    @property
    def share(self) -> float | None:
        """How much is done, 0 to 1; None when that is not known."""
        return self.done / self.total if self.total else None

    def in_words(self) -> str:
        """ "Gör PDF av Tertialrapport 2.docx, 2 filer kvar"."""
        text = f"{self.label} {self.file}".strip()
        left = self.total - self.done
        if self.total and left > 0:
            text += f", {left} {'fil' if left == 1 else 'filer'} kvar"
        return text

    def _answer(self) -> None:
        self.progress.answer()

    def _note(self, what: str, done: int, total: int) -> None:
        self.file, self.done, self.total = what, done, total


class _Work(QRunnable):
    """Carries a function to the pool. Knows only bound signals."""

    def __init__(self, function: Callable[[Progress], object], job: Job) -> None:
        super().__init__()
        self._function = function
        self._progress = job.progress
        self._succeeded, self._failed, self._stopped = job.succeeded, job.failed, job.stopped

    def run(self) -> None:
        try:
            result = self._function(self._progress)
        except Cancelled:
            self._stopped.emit()
        except Exception as error:
            self._failed.emit(error)
        else:
            self._succeeded.emit(result)


class Jobs(QObject):
    """All background work of a window. `changed()` whenever a job starts, moves on or ends."""

    changed = Signal()
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(2)
        self._jobs: list[Job] = []
        self._callbacks: dict[
            Job, tuple[Callable[[object], None] | None, Callable[[Exception], None] | None]
        ] = {}

    def run(
        self,
        function: Callable[[Progress], object],
        *,
        label: str,
        on_done: Callable[[object], None] | None = None,
        on_error: Callable[[Exception], None] | None = None,
        on_progress: Callable[[str, int, int], None] | None = None,
        cancel: bool = True,
        quiet: bool = False,
    ) -> Job:
        """Do `function(progress)` in the background; the callbacks come on the window's thread.

        Without `on_error` a failure is announced by `failed` (the window shows it). A job the user stops
        ends without any callback. `cancel=False` for work that must not be broken off. `quiet` work is so short and
        so often that it is not shown in the status bar.
        """
        job = Job(label, cancel, self, quiet=quiet)
        self._jobs.append(job)
        self._callbacks[job] = (on_done, on_error)
        job.succeeded.connect(self._succeeded)
        job.failed.connect(self._failed)
        job.stopped.connect(self._stopped)
        job.progressed.connect(self.changed)
        if on_progress is not None:
            job.progressed.connect(on_progress)
        self._pool.start(_Work(function, job))
        self.changed.emit()
        return job

    def running(self) -> tuple[Job, ...]:
        """Jobs that have not ended, oldest first."""
        return tuple(self._jobs)

    def shown(self) -> tuple[Job, ...]:
        """Of them, those that the status bar shows."""
        return tuple(job for job in self._jobs if not job.quiet)

    def shut_down(self, milliseconds: int = 30_000) -> bool:
        """Stop what can be stopped and wait for the rest; False if something still runs after that time."""
        for job in self._jobs:
            job.cancel()
            job.progress.hurry()
        return self._pool.waitForDone(milliseconds)

    def _end(self, job: Job) -> tuple[Callable[[object], None] | None, Callable[[Exception], None] | None]:
        self._jobs.remove(job)
        callbacks = self._callbacks.pop(job)
        self.changed.emit()
        job.finished.emit(job)
        job.deleteLater()
        return callbacks

    def _sender_job(self) -> Job:
        job = self.sender()
        if not isinstance(job, Job):
            raise TypeError("only jobs report here")
        return job

    def _succeeded(self, result: object) -> None:
        on_done, _ = self._end(self._sender_job())
        if on_done is not None:
            on_done(result)

    def _failed(self, error: Exception) -> None:
        job = self._sender_job()
        _, on_error = self._end(job)
        _log.info("job %r failed", job.label, exc_info=error)
        if on_error is not None:
            on_error(error)
        else:
            self.failed.emit(error)

    def _stopped(self) -> None:
        self._end(self._sender_job())
