"""Many files given to one call of a program, and the call watched: it ends, hangs or stops at one of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from finsam_desktop.pdf.process_tree import ProcessTree

Outcome = Literal["", "slow", "stopped", "not started"]
"""Why a call did not come to its end; "" when it did."""
_POLL_S = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Seconds that a program gets: to start, and for each file and each megabyte of it without a result."""

    start: float
    file: float
    megabyte: float = 3.0

    def for_size(self, size: int) -> float:
        """For a file of so many bytes."""
        return self.file + self.megabyte * size / 1e6


@dataclass(frozen=True, slots=True)
class Awaited:
    """A file that the program will have written when it is done with one of ours, of so many bytes."""

    path: Path
    size: int


def watch(
    command: Sequence[str],
    awaited: Sequence[Awaited],
    limits: Limits,
    *,
    environment: Mapping[str, str] | None = None,
    step: Callable[[int], None] | None = None,
) -> Outcome:
    """Run the command to its end, or end it and all that it started.

    ``awaited`` are in the order in which the program makes them; one that never comes is passed over when the next
    is there. ``step(done)`` is called many times a second and may raise: the program is ended then too.
    """
    try:
        tree = ProcessTree(command, environment=environment)
    except OSError:
        return "not started"
    try:
        done = 0
        until = time.monotonic() + limits.start + limits.for_size(awaited[0].size)
        while (code := tree.finished(_POLL_S)) is None:
            there = [place for place in range(done, len(awaited)) if awaited[place].path.exists()]
            if there:
                done = there[-1] + 1
                size = awaited[done].size if done < len(awaited) else 0
                until = time.monotonic() + limits.for_size(size)
            if step is not None:
                step(done)
            if time.monotonic() > until:
                return "slow"
        return "" if code == 0 else "stopped"
    finally:
        tree.end()
