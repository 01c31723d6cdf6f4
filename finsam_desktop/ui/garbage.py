"""Garbage is looked for on the window's thread alone.

Python looks for rings of objects in whatever thread happens to make one, and takes apart there what it finds. What it
finds may be a part of the window, which only the window's thread may touch: the program could then go down, seldom and
at any place. Nor may it happen while Qt takes a window apart, which asks Python questions at every part: what was taken
apart within that would wait for a lock that is held, for ever. So Python's own search stays off to the end.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

LOOK_MS = 1000
A_FILE = 100_000
"""So many new objects in a second are the values of a file that was read, which stay. To look through those of twenty
years takes a tenth of a second; a page of the window makes a few thousand."""


class GarbageHere(QObject):
    """Looks as often as Python itself would have, but from the event loop, as long as its parent lives."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        if gc.get_count()[0] > A_FILE:
            gc.freeze()  # until the file closes, see `file_care`
            return
        due = [count > most for count, most in zip(gc.get_count(), gc.get_threshold(), strict=True)]
        if any(due):
            gc.collect(max(generation for generation in range(3) if due[generation]))
