"""How long the window's thread goes without answering: what a person feels as a stop.

Two figures, since a busy machine stretches the clock: the time that passed, and the time that the thread worked.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, QTimer

BEAT_MS = 5


@dataclass(frozen=True, slots=True)
class Stop:
    """A gap between two beats, in ms: by the clock, and of the thread's own processor time."""

    passed: float
    worked: float
    doing: str


class Heartbeat(QObject):
    """Beats while the event loop turns; ``doing`` is asked what goes on when a beat comes late."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.stops: list[Stop] = []
        self.doing = ""
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._passed, self._worked = time.perf_counter(), time.thread_time()

    def start(self) -> None:
        self._passed, self._worked = time.perf_counter(), time.thread_time()
        self._timer.start()

    def begins(self, doing: str) -> None:
        """The user does something. What the test itself did since the last beat is nobody's stop."""
        self.doing = doing
        self._passed, self._worked = time.perf_counter(), time.thread_time()

    def end(self) -> None:
        self._timer.stop()

    def worst(self) -> Stop:
        """The longest stop by the thread's own work."""
        return max(self.stops, key=lambda stop: stop.worked, default=Stop(0, 0, ""))

    def _beat(self) -> None:
        passed, worked = time.perf_counter(), time.thread_time()
        gap = Stop((passed - self._passed) * 1000, (worked - self._worked) * 1000, self.doing)
        if gap.passed > 2 * BEAT_MS:
            self.stops.append(gap)
        self._passed, self._worked = passed, worked
