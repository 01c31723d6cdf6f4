"""Faults of a SIE file as they are found: kept up to a limit, counted beyond it."""

from __future__ import annotations

from typing import Final

from finsam_desktop.sources.sie.values import MAX_FAULTS, Fault, FaultLevel

#: A fault of the same kind is told this many times, with its lines; a program repeats its habits on every line.
_SAME: Final = 25


class Faults:
    """Collects faults in the file's order."""

    def __init__(self) -> None:
        self._kept: list[Fault] = []
        self._said: dict[str, int] = {}
        self.more = 0

    def error(self, line: int, text: str) -> None:
        """An amount may be missing or wrong."""
        self._add(Fault(line=line, text=text, level=FaultLevel.ERROR))

    def warning(self, line: int, text: str) -> None:
        """Look at it."""
        self._add(Fault(line=line, text=text))

    def note(self, line: int, text: str) -> None:
        """Good to know."""
        self._add(Fault(line=line, text=text, level=FaultLevel.NOTE))

    def kept(self) -> tuple[Fault, ...]:
        """The faults, those of the whole file first, then by line."""
        return tuple(sorted(self._kept, key=lambda fault: fault.line))

    def _add(self, fault: Fault) -> None:
        same = self._said[fault.text] = self._said.get(fault.text, 0) + 1
        if same > _SAME or len(self._kept) >= MAX_FAULTS:
            self.more += 1
        else:
            self._kept.append(fault)
