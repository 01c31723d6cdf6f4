"""Making a new .finsam file: beside its place under a hidden name, and given its own name when it is whole."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from finsam_desktop.domain.ids import new_id
from finsam_desktop.storage.database import journal_path, writing
from finsam_desktop.storage.errors import FileError, NotSavedError


@contextmanager
def making(path: Path) -> Iterator[Path]:
    """Where to make the file that is to be at the absolute ``path``; it is put in place when the block ends.

    FileError when the name is taken or the folder is missing, NotSavedError when it cannot be written. Nothing is
    left when the block or the putting in place fails.
    """
    if os.path.lexists(path):
        raise _name_taken(path)
    if not os.path.isdir(path.parent):
        raise FileError(path, f"Mappen {path.parent} finns inte.", advice="Välj en annan mapp.")
    new = path.with_name(f".{new_id()}.finsam")
    try:
        with writing(path, new=True):
            yield new
        _put_in_place(new, path)
    except OSError as error:
        raise NotSavedError(
            path,
            "det går inte att skriva i mappen",
            advice="Välj en annan mapp.",
            detail=str(error),
            new=True,
        ) from error
    finally:
        for leftover in (new, journal_path(new)):
            leftover.unlink(missing_ok=True)


def _put_in_place(new: Path, path: Path) -> None:
    """Give the file its name, unless the name has been taken meanwhile."""
    try:
        if sys.platform == "win32":
            os.rename(new, path)  # fails when the name is taken
        else:
            os.link(new, path)
    except FileExistsError as error:
        raise _name_taken(path) from error
    except OSError:
        if path.exists():
            raise
        os.rename(new, path)  # a disk without links


def _name_taken(path: Path) -> FileError:
    return FileError(path, f"Det finns redan en fil som heter {path.name}.", advice="Välj ett annat namn.")
