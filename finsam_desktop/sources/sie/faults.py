"""Faults of a SIE file as they are found: kept up to a limit, counted beyond it."""

from __future__ import annotations

from typing import Final

from finsam_desktop.errors import UserError
from finsam_desktop.sources.sie.values import MAX_FAULTS, Fault, FaultLevel

#: No bookkeeping program writes this many lines that are none; reading on would only take time.
MAX_BROKEN: Final = 20_000
#: A fault of the same kind is told this many times, with its lines; a program repeats its habits on every line.
_SAME: Final = 25


class Faults:
    """Collects faults in the order of the file called ``file_name``."""

    def __init__(self, file_name: str = "SIE-filen") -> None:
        self._file_name = file_name
        self._kept: list[Fault] = []
        self._said: dict[str, int] = {}
        self._broken = 0
        self.more = 0

    def broken(self, line: int, text: str, *, lost: bool = False) -> None:
        """A line that breaks the file's form; ``lost`` when an amount goes with it.

        UserError when there are so many of them that this is no bookkeeping file.
        """
        self._broken += 1
        if self._broken > MAX_BROKEN:
            raise UserError(
                f"{self._file_name} är trasig på fler än {MAX_BROKEN} rader, senast på rad {line}. {text}",
                advice="Be den som sköter bokföringen om en ny SIE-fil av typ 4.",
            )
        if lost:
            self.error(line, text)
        else:
            self.warning(line, text)

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
