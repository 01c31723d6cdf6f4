"""Why a .finsam file cannot be opened or saved, in words for the user. Every message names the file."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from finsam_desktop.errors import UserError

_FROM_BACKUP = "Öppna en säkerhetskopia av filen, till exempel från OneDrive eller e-post."


class FileError(UserError):
    """Something is wrong with the file at ``path``."""

    def __init__(self, path: Path, message: str, *, advice: str = "", detail: str = "") -> None:
        super().__init__(message, advice=advice, detail=detail)
        self.path = path


class MissingFileError(FileError):
    """There is no file to open."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            path,
            f"Filen {path.name} finns inte i mappen {path.parent}.",
            advice="Kontrollera om den har flyttats eller fått ett annat namn.",
        )


class NotFinsamFileError(FileError):
    """It is a file, but not one of this program's."""

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(
            path,
            f"{path.name} är inte en Finsam-fil: {what}.",
            advice="Välj en fil som slutar på .finsam. Filen är orörd.",
        )


class NewerFileError(FileError):
    """The file was made by a newer version of the program."""

    def __init__(self, path: Path, detail: str) -> None:
        super().__init__(
            path,
            f"Filen {path.name} är skapad i en nyare version. Den är orörd.",
            advice="Uppdatera programmet för att öppna den.",
            detail=detail,
        )


class DamagedFileError(FileError):
    """The file is ours, but part of it is lost or altered. ``what`` says which part."""

    def __init__(self, path: Path, what: str, *, detail: str = "") -> None:
        super().__init__(
            path, f"Filen {path.name} är skadad: {what}. Den är orörd.", advice=_FROM_BACKUP, detail=detail
        )


class MissingContentError(FileError):
    """The file knows of an attachment but does not hold its content."""

    def __init__(self, path: Path, sha256: str) -> None:
        super().__init__(
            path,
            f"Bilagans innehåll finns inte i {path.name}.",
            advice="Lägg till bilagan på nytt.",
            detail=sha256,
        )


class ReadOnlyError(FileError):
    """A change in a file that is open for reading only."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            path,
            f"Ändringen sparades inte: {path.name} kan bara läsas. {reason}",
            advice="Spara en kopia på en plats där du får skriva.",
        )


class NotSavedError(FileError):
    """A change, or a ``new`` file, could not be written; the file and what is open are as before it."""

    def __init__(
        self, path: Path, why: str, *, advice: str = "", detail: str = "", new: bool = False
    ) -> None:
        what = f"{path.name} skapades inte" if new else f"Ändringen sparades inte i {path.name}"
        super().__init__(path, f"{what}: {why}.", advice=advice, detail=detail)


class LockedError(FileError):
    """Someone else has the file open for writing; ``since`` is None when not known.

    ``here``: on this computer, or it is not known where. Otherwise the lock may be left behind by a computer that
    broke, and the user who knows that can take it over, see ``lock.acquire``.
    """

    def __init__(
        self, path: Path, lock: Path, *, user: str, host: str, since: datetime | None, here: bool = False
    ) -> None:
        when = f" sedan {since:%Y-%m-%d kl. %H.%M}" if since else ""
        where = f" på datorn {host}" if host else ""
        who = user or "någon annan"
        left = (
            f"Stäng den i det andra fönstret. Finns inget sådant kan du ta bort filen {lock.name}."
            if here
            else f"Fråga {who} först. Har datorn {host} stängts av utan att stänga filen kan du ta över den."
        )
        super().__init__(
            path,
            f"{path.name} är öppen hos {who}{where}{when}.",
            advice=f"Du kan öppna filen för läsning. {left}",
        )
        self.user = user
        self.host = host
        self.since = since
        self.here = here
