"""Waiting for what comes in a later turn of the event loop, or from a thread, however busy the machine is."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEventLoop, QTimer
from pytestqt.qtbot import QtBot

from finsam_desktop.ui.next_turn import NextTurn

if TYPE_CHECKING:
    from finsam_desktop.ui.main_window import MainWindow

PATIENCE_MS = 60_000
"""What takes a moment on a machine of its own."""


class PatientBot(QtBot):
    """Waits so long for whatever is waited for: what is so at once costs nothing."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE_MS) -> None:
        super().waitUntil(callback, timeout=max(timeout, PATIENCE_MS))

    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE_MS, **how: Any) -> Any:
        return super().waitSignal(signal, timeout=max(timeout, PATIENCE_MS), **how)


def wait(milliseconds: int) -> None:
    """Let events and background work go on for so long. What is to be so afterwards: ``wait_until``."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def wait_until(met: Callable[[], bool], milliseconds: int = PATIENCE_MS) -> None:
    """Let the window work until ``met()``; AssertionError when it never is."""
    end = monotonic() + milliseconds / 1000
    while not met() and monotonic() < end:
        wait(10)
    assert met(), "it never came to be so"


def rest(window: MainWindow) -> None:
    """Wait until nothing goes on in the background, and what it gave has been shown."""
    wait_until(lambda: not window.jobs.running())
    wait(10)


def wait_for_later_turns(window: MainWindow) -> None:
    """Wait until nothing that is seen is still to be made."""
    wait(0)
    wait_until(lambda: not any(turn.isActive() for turn in window.findChildren(NextTurn)))
