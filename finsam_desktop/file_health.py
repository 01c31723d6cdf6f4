"""Whether the open file is whole and lies well, for the window and the command line alike."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from finsam_desktop.storage.integrity import Damage
    from finsam_desktop.storage.integrity import Health as Health
    from finsam_desktop.storage.integrity import IntegrityCheck as IntegrityCheck

Step = Callable[[int, int], None]

ADVICE = "Filen är orörd. Återställ en säkerhetskopia, eller rädda det som går att läsa till en ny fil."


def check_file(path: Path, step: Step | None = None) -> Health:
    """Read all of a file and hold it against its checksums. FileError when it cannot be opened at all."""
    from finsam_desktop.storage.integrity import check_file as check

    return check(path, step)


def start_check(path: Path, *, contents: bool = True) -> IntegrityCheck:
    """A check to be taken piece by piece, with ``step``."""
    from finsam_desktop.storage.integrity import IntegrityCheck

    return IntegrityCheck(path, contents=contents)


def told(damages: tuple[Damage, ...]) -> str:
    """A sentence that names what is damaged: "Det här går inte att läsa i filen: bilagan A och 2 till."."""
    from finsam_desktop.domain.wording import join_names

    names = list(dict.fromkeys(damage.what for damage in damages))
    shown = names if len(names) < 5 else [*names[:3], f"{len(names) - 3} till"]
    return f"Det här i filen går inte att läsa: {join_names(shown)}."


def copies_beside(path: Path) -> tuple[Path, ...]:
    """Files beside that a sync folder made when two computers wrote at once (conflict copies), by name."""
    from finsam_desktop.storage.sync_copies import copies_beside as found

    return found(path)


def sweep_leftovers(path: Path) -> tuple[Path, ...]:
    """Remove what killed programs have left half-made beside the file, when it is an hour old."""
    from finsam_desktop.storage.leftovers import sweep

    return sweep(path.parent)
