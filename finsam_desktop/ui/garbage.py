"""Garbage is looked for on the window's thread alone.

Python looks for rings of objects in whatever thread happens to make one, and takes apart there what it finds. What it
finds may be a part of the window, which only the window's thread may touch: the program could then go down, seldom and
at any place.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

LOOK_MS = 1000
A_FILE = 100_000
"""So many new objects in a second are the values of a file that was read, which stay. To look through those of twenty
years takes a tenth of a second; a page of the window makes a few thousand."""


class GarbageHere(QObject):
    """Looks as often as Python itself would have, but from the event loop. Ends with its parent."""

    _at_work = 0

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        GarbageHere._at_work += 1
        parent.destroyed.connect(_ended)
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


def _ended() -> None:
    GarbageHere._at_work -= 1
    if not GarbageHere._at_work:
        gc.enable()
