"""Writing a whole file so that there is always either the old one or the new one, never half of one."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from pathlib import Path

from finsam_desktop.domain.ids import new_id
from finsam_desktop.errors import UserError


def write_file(path: Path, content: bytes) -> None:
    """Write ``content`` to ``path``: a temporary file beside it, flushed to disk, then put in its place.

    An existing file keeps its permissions, and a link still leads to the same place. UserError in Swedish
    when it cannot be done; the file that was there is untouched then.
    """
    target = Path(os.path.realpath(path))
    temporary = target.with_name(f".{new_id()}.tmp")
    try:
        mode = _mode_of(target)
        with open(temporary, "xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            os.chmod(temporary, mode)
        os.replace(temporary, target)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink()
        raise _refused(path, target, error) from error
    _flush_folder(target.parent)


def _mode_of(target: Path) -> int | None:
    """The permissions of the file that is there, None when there is none."""
    if os.path.isdir(target):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
    try:
        status = target.stat()
    except FileNotFoundError:
        return None
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target))
    return status.st_mode & 0o7777


def _flush_folder(folder: Path) -> None:
    """Make the new name last through a power cut, where the system can."""
    if sys.platform == "win32":
        return
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _refused(path: Path, target: Path, error: OSError) -> UserError:
    why, advice = _reason(target, error)
    return UserError(f"{path.name} sparades inte: {why}.", advice=advice, detail=str(error))


def _reason(target: Path, error: OSError) -> tuple[str, str]:
    # os.path and not Path here: Path.is_dir raises at a name that is too long.
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return "disken är full", "Frigör utrymme på disken och försök igen."
    if os.path.isdir(target):
        return "det finns en mapp med det namnet", "Välj ett annat namn."
    if not os.path.isdir(target.parent):
        return f"mappen {target.parent} finns inte", "Välj en annan mapp."
    if isinstance(error, PermissionError):
        if not os.path.exists(target):
            return f"du får inte skriva i mappen {target.parent}", "Välj en annan mapp."
        if os.access(target, os.W_OK) and os.access(target.parent, os.W_OK):
            return "filen är öppen i ett annat program", "Stäng den i Word och försök igen."
        return "filen eller mappen är skrivskyddad", "Spara under ett annat namn eller i en annan mapp."
    if error.errno == errno.EROFS:
        return f"mappen {target.parent} är skrivskyddad", "Välj en annan mapp."
    if error.errno in (errno.ENAMETOOLONG, errno.EINVAL):
        return "namnet går inte att använda", "Välj ett kortare namn utan tecken som : ? * \\ /."
    return "disken svarade inte", "Kontrollera att enheten eller nätverket är anslutet och försök igen."
