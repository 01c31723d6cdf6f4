"""How much time and memory a template from outside may take, and when it has taken too much.

The allowance grows with the context only, never with the template: a long agenda is the program's own and may take
its time, a small one never needs much, whatever the template says.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from finsam_desktop.word.process_use import Use

Excess = Literal["", "start", "time", "memory"]

SECONDS, MEGABYTES = 1.0, 220
"""For a template with next to nothing to print. An ordinary meeting takes a hundredth of a second and 50 MB."""
SECONDS_PER_MEGABYTE, MEGABYTES_PER_MEGABYTE = 2.0, 40
"""For each megabyte of context. 5000 items are 2.4 MB, and take 0.25 s and 65 MB."""
MEGABYTES_PER_PICTURE_MEGABYTE = 6
START_SECONDS = 20.0
"""For Python to start and load the engine, which is none of the template's doing. Here it takes 0.3 s."""
BUSIEST = 5.0
"""How many times over the time may be, at most, where the machine gave the child too little of its time."""
_OWN = 1.2
"""How many times over the time the child must have worked itself to be stopped for it. 0.9 was too little: checking
our own protokoll template takes 0.4 s of a machine at rest, and was stopped on a busy one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The most a child may take after its start: ``seconds``, and ``megabytes`` of memory all in all."""

    seconds: float = SECONDS
    megabytes: int = MEGABYTES


def limits_for(size: int, pictures: int = 0) -> Limits:
    """The limits for a context of so many bytes of text and numbers, and so many bytes of pictures."""
    extra = MEGABYTES_PER_MEGABYTE * size / 1e6 + MEGABYTES_PER_PICTURE_MEGABYTE * pictures / 1e6
    return Limits(seconds=SECONDS + SECONDS_PER_MEGABYTE * size / 1e6, megabytes=MEGABYTES + round(extra))


def excess(limits: Limits, *, starting: float, running: float | None, use: Use | None) -> Excess:
    """What the child has had too much of; "" while it may go on.

    ``starting`` is seconds since it was started, ``running`` since it was ready, None before that; ``use`` what the
    system says it has used since then, None where the system does not tell.
    """
    if use is not None and use.resident > limits.megabytes * 1_000_000:
        return "memory"
    if running is None:
        return "start" if starting > START_SECONDS else ""
    if running <= limits.seconds:
        return ""
    overworked = use is None or use.seconds > _OWN * limits.seconds
    return "time" if overworked or running > BUSIEST * limits.seconds else ""
