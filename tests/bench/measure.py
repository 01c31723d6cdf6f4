"""What a benchmark hands over, and how it takes its time."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

TURNS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One measured value. Smaller is better: the goal is met when the value is at most the goal."""

    name: str
    value: float
    unit: str
    goal: float | None = None

    @property
    def met(self) -> bool:
        return self.goal is None or self.value <= self.goal


def interleaved_seconds(*actions: Callable[[], object], turns: int = TURNS) -> list[float]:
    """The median seconds of each action, taken in turns so that a busy moment of the machine hits them all.

    Each action runs once unmeasured first, so that caches are equally warm.
    """
    taken: list[list[float]] = [[] for _ in actions]
    for action in actions:
        action()
    for _ in range(turns):
        for action, seconds in zip(actions, taken, strict=True):
            start = time.perf_counter()
            action()
            seconds.append(time.perf_counter() - start)
    return [statistics.median(seconds) for seconds in taken]
