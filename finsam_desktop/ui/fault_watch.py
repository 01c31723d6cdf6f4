"""Faults nobody caught: told calmly in the window, kept for a report, and the program goes on."""

from __future__ import annotations

import logging
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler

from finsam_desktop.errors import UserError
from finsam_desktop.ui.widgets.notification import Notice
from finsam_desktop.ui.widgets.states import State

if TYPE_CHECKING:
    from types import TracebackType

    from finsam_desktop.faults.runs import EndedRun, Run
    from finsam_desktop.ui.main_window import MainWindow

_log = logging.getLogger(__name__)
_qt = logging.getLogger("qt")

SAME_WITHIN = 5.0
"""Seconds in which the same fault again is counted and not told: one in a painter comes with every picture."""

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class FaultWatch(QObject):
    """Takes the faults of slots, threads and jobs. Lives with the window; the hooks live with the process."""

    _arrived = Signal(object)

    def __init__(self, window: MainWindow, data: Path, run: Run | None = None) -> None:
        super().__init__(window)
        self._window, self._data, self._run = window, data, run
        self._told: dict[str, float] = {}
        self._telling = False
        self._arrived.connect(self.take)
        window.jobs.failed.connect(self._job_failed)
        window.session.opened.connect(self._file_opened)
        window.session.closed.connect(self._file_closed)
        window.session.changed.connect(self._saved)

    def session_ends(self) -> None:
        """The user logs out or the computer goes down: take in what is typed, and do not call it a fault later."""
        self._take_in_typed()
        if self._run is not None:
            self._run.computer_ends()

    def install(self) -> None:
        """From now on every fault of this process comes here."""
        sys.excepthook = self._uncaught
        sys.unraisablehook = self._unraisable
        threading.excepthook = self._of_thread
        qInstallMessageHandler(_qt_says)

    def take(self, fault: object) -> None:
        """Keep a report of a fault and tell of it once, with the last words typed taken in first."""
        if not isinstance(fault, BaseException) or self._telling or self._is_repeated(fault):
            return
        from finsam_desktop.faults.reports import of_fault

        self._telling = True
        try:
            report = of_fault(fault, self._data, self._window.session.now)
            self._window.show_unexpected(
                report.text, saved=self._take_in_typed(), memory=isinstance(fault, MemoryError)
            )
        except Exception as error:  # telling of a fault must not be what ends the program
            _log.error("a fault could not be told of", exc_info=error)
        finally:
            self._telling = False

    def tell_of_earlier(self, ended: tuple[EndedRun, ...]) -> None:
        """Say how the latest of the runs ended that did not end by themselves, and keep a report of each."""
        if not ended:
            return
        from finsam_desktop.faults.reports import of_run

        for run in reversed(ended):
            of_run(run, self._data, self._window.session.now)
        self._window.notify(
            Notice(
                text=_ended_in_words(ended[0]),
                state=State.CONSIDER,
                action="Visa rapporten",
                on_action=self._window.show_reports,
            )
        )

    # -- where faults come from -----------------------------------------------------------------------

    def _uncaught(self, kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, fault, trace)
        elif isinstance(fault, UserError):
            self._window.show_error(fault)
        else:
            _log.error("a fault of the program", exc_info=(kind, fault, trace))
            self._pass_on(fault)

    def _of_thread(self, met: threading.ExceptHookArgs) -> None:
        if met.exc_value is None or issubclass(met.exc_type, SystemExit):
            return
        _log.error("a fault in a thread", exc_info=met.exc_value)
        self._pass_on(met.exc_value)

    def _unraisable(self, met: sys.UnraisableHookArgs) -> None:
        """A fault that Python had nowhere to raise, as in a finaliser: to the log only."""
        if met.exc_value is not None:
            _log.error("a fault nobody could be told of", exc_info=met.exc_value)

    def _job_failed(self, error: object) -> None:
        if isinstance(error, BaseException) and not isinstance(error, UserError):
            self.take(error)

    def _pass_on(self, fault: BaseException) -> None:
        """To the window's own thread, wherever the fault arose."""
        self._arrived.emit(fault)

    def _is_repeated(self, fault: BaseException) -> bool:
        trace = fault.__traceback__
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace is not None else ""
        key, now = f"{type(fault).__name__} {place}", time.monotonic()
        before = self._told.get(key, -SAME_WITHIN)
        self._told[key] = now
        return now - before < SAME_WITHIN

    def _take_in_typed(self) -> bool:
        """Whether all that was typed is in the file."""
        try:
            self._window.flush()
        except Exception as error:
            _log.error("what was typed last could not be taken in", exc_info=error)
            return False
        return True

    # -- what the next start is to know ---------------------------------------------------------------

    def _file_opened(self) -> None:
        if self._run is not None:
            self._run.note_file(self._window.session.path)

    def _file_closed(self) -> None:
        if self._run is not None:
            self._run.note_file(None)

    def _saved(self) -> None:
        if self._run is not None:
            self._run.seen()


def _ended_in_words(run: EndedRun) -> str:
    from finsam_desktop.domain import wording

    moment = f"{wording.weekday_date(run.last_seen.date())} kl. {wording.clock(run.last_seen.time())}"
    if run.file is None:
        return f"Programmet avslutades oväntat {moment}. Ingen fil var öppen."
    if run.file.exists():
        return (
            f"Programmet avslutades oväntat {moment}. Det du hade skrivit finns i {run.file.name}, "
            "utom möjligen de sista två sekunderna."
        )
    return f"Programmet avslutades oväntat {moment}. Filen {run.file.name} finns inte där den var."


def _qt_says(kind: QtMsgType, _where: QMessageLogContext, text: str | None) -> None:
    _qt.log(_LEVELS.get(kind, logging.WARNING), "%s", text or "")
