"""Takes pictures of the window, one at a time, when nothing goes on in it any more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_TURN = 350
"""Milliseconds between two looks at whether something still goes on."""
_PATIENCE = 60
"""How many turns a picture waits for page previews and readings."""


@dataclass
class Camera:
    """Pictures of one window, called `<name>-<suffix>.png` in ``out``.

    ``only`` is a part of the names that are wanted; "" wants all. ``chosen`` names those of a run that shows a few.
    """

    window: Any
    out: Path
    suffix: str
    only: str = ""
    chosen: tuple[str, ...] = ()
    failures: list[str] = field(default_factory=list)

    def wants(self, *names: str) -> bool:
        """Whether any of these pictures is to be taken: what only they need need not be prepared."""
        return any(self.only in name and (not self.chosen or name in self.chosen) for name in names)

    def take(self, name: str, prepare: Callable[[], object], of: Callable[[], Any] | None = None) -> None:
        """Prepare a view and take its picture, of the whole window or of what ``of`` gives. A view that fails must
        not keep the others from being seen."""
        if not self.wants(name):
            return
        try:
            prepare()
            self.settle()
            shown = self.window if of is None else of()
            if not shown.grab().save(str(self.out / f"{name}-{self.suffix}.png")):
                raise OSError("the picture could not be written")
        except Exception as fault:
            self.failures.append(f"{name}: {type(fault).__name__}: {fault}")

    def settle(self) -> None:
        """Wait until the background work has ended, and the window looks the same from one turn to the next."""
        before = None
        for _ in range(_PATIENCE):
            rest(_TURN)
            shown = None if self.window.jobs.running() else self.window.grab().toImage()
            if shown is not None and shown == before:
                return
            before = shown


def rest(milliseconds: int) -> None:
    """Let the window work for a moment."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
