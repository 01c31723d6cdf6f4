"""Archives on disk: a folder or a zip, written so that a broken-off one never looks whole, and read again."""

from __future__ import annotations

import os
import shutil
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from finsam_desktop.archive import manifest as lists
from finsam_desktop.archive.manifest import Manifest, Piece, entry_of
from finsam_desktop.domain.ids import new_id
from finsam_desktop.errors import UserError

_UNFINISHED = "(skapas)"
_MOST_PATH = 150
"""Characters of a path inside an archive; Windows stops at 260 for the whole."""
_ZIP_DAY = (1980, 1, 1, 0, 0, 0)

Step = Callable[[str], None]
"""Called with the name of each file before it is written; may raise to stop."""


class Stored(Protocol):
    """An archive that is read: the paths of its files, and their contents."""

    @property
    def name(self) -> str: ...
    def paths(self) -> tuple[str, ...]: ...
    def read(self, path: str) -> bytes: ...


def write_archive(
    target: Path, pieces: Iterable[Piece], about: Manifest, told: list[str], step: Step | None = None
) -> Manifest:
    """Write the files and then the list, as the folder ``target``, or as a zip when its name ends with .zip.

    ``told`` is read when all files have come, since making them may add to it. Until all is written it bears another
    name; when it is stopped or fails it is taken away again. UserError when the name is taken or the disk refuses.
    """
    as_zip = target.suffix.lower() == ".zip"
    if _is_taken(target, as_zip):
        raise UserError(
            f"Det finns redan något som heter {target.name} i mappen.",
            advice="Välj ett annat namn, eller flytta det som finns där.",
        )
    unfinished = target.with_name(f"{target.name} {_UNFINISHED} {new_id()[:8]}")
    try:
        return (_write_zip if as_zip else _write_folder)(target, unfinished, pieces, about, told, step)
    except OSError as error:
        raise UserError(
            f"{target.name} gick inte att skapa.",
            advice="Kontrollera att disken inte är full och att du får skriva i mappen.",
            detail=str(error),
        ) from error
    finally:
        _take_away(unfinished)


def _is_taken(target: Path, as_zip: bool) -> bool:
    if as_zip or not target.is_dir():
        return os.path.lexists(target)
    return any(target.iterdir())


def _write_folder(
    target: Path,
    unfinished: Path,
    pieces: Iterable[Piece],
    about: Manifest,
    told: list[str],
    step: Step | None,
) -> Manifest:
    unfinished.mkdir(parents=True)
    seen: set[str] = set()

    def put(piece: Piece) -> None:
        path = unfinished.joinpath(*piece.path.split("/"))
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(path, "xb") as file:
            file.write(piece.content)
            file.flush()
            os.fsync(file.fileno())

    made = _put_all(put, pieces, about, told, step, seen)
    if target.is_dir():
        target.rmdir()  # empty: the name was asked for and made by a dialog
    os.rename(unfinished, target)
    return made


def _write_zip(
    target: Path,
    unfinished: Path,
    pieces: Iterable[Piece],
    about: Manifest,
    told: list[str],
    step: Step | None,
) -> Manifest:
    unfinished.parent.mkdir(parents=True, exist_ok=True)
    seen: set[str] = set()
    with open(unfinished, "xb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:

            def put(piece: Piece) -> None:
                # One day for all, so that the same content gives the same bytes.
                info = zipfile.ZipInfo(piece.path, _ZIP_DAY)
                info.compress_type = zipfile.ZIP_DEFLATED
                info.external_attr = 0o644 << 16
                archive.writestr(info, piece.content)

            made = _put_all(put, pieces, about, told, step, seen)
        file.flush()
        os.fsync(file.fileno())
    os.replace(unfinished, target)
    return made


def _put_all(
    put: Callable[[Piece], None],
    pieces: Iterable[Piece],
    about: Manifest,
    told: list[str],
    step: Step | None,
    seen: set[str],
) -> Manifest:
    """Write every file under a name of its own, then the lists. Gives the list."""
    entries = []
    for piece in pieces:
        named = replace(piece, path=free_path(piece.path, seen))
        if step is not None:
            step(named.path.rpartition("/")[2])
        put(named)
        entries.append(entry_of(named))
    complete = replace(about, entries=tuple(entries), told=tuple(told))
    page = Piece(path=lists.READABLE, content=lists.readable(complete), title="Förteckning att läsa")
    put(page)
    complete = replace(complete, entries=(*complete.entries, entry_of(page)))
    put(Piece(path=lists.NAME, content=lists.written(complete)))
    return complete


def free_path(path: str, seen: set[str]) -> str:
    """The path, shortened to what Windows takes, with a number where another file has it (size of letters apart)."""
    folder, slash, name = path.rpartition("/")
    stem, dot, suffix = name.rpartition(".")
    if not dot or len(suffix) > 8 or not stem:
        stem, suffix = name, ""
    room = max(_MOST_PATH - len(folder) - len(suffix) - 6, 20)
    stem = stem[:room].rstrip(" .") or "fil"
    ending = f".{suffix}" if suffix else ""
    number, chosen = 1, f"{folder}{slash}{stem}{ending}"
    while chosen.casefold() in seen:
        number += 1
        chosen = f"{folder}{slash}{stem} ({number}){ending}"
    seen.add(chosen.casefold())
    return chosen


def _take_away(unfinished: Path) -> None:
    with suppress(OSError):
        if unfinished.is_dir():
            shutil.rmtree(unfinished, ignore_errors=True)
        else:
            unfinished.unlink(missing_ok=True)


# -- reading --------------------------------------------------------------------------------------------


def opened(place: Path) -> Stored:
    """An archive to read. UserError when there is none at ``place``, or it was never finished."""
    if place.is_dir():
        if not (place / lists.NAME).is_file():
            raise UserError(
                f"Mappen {place.name} har ingen förteckning ({lists.NAME}), så den är inte ett helt arkiv.",
                advice="Ange mappen som har förteckningen i sig. Ett arkiv som avbröts får skapas på nytt.",
            )
        return _Folder(place)
    try:
        return _Zip(place)
    except FileNotFoundError as error:
        raise UserError(f"{place} finns inte.", advice="Kontrollera namnet och mappen.") from error
    except (OSError, zipfile.BadZipFile, KeyError) as error:
        raise UserError(
            f"{place.name} går inte att läsa som ett arkiv.",
            advice="Ange en arkivmapp, eller en zip-fil som programmet har skapat.",
            detail=str(error),
        ) from error


class _Folder:
    def __init__(self, place: Path) -> None:
        self._place = place
        self.name = place.name

    def paths(self) -> tuple[str, ...]:
        return tuple(sorted(self._walk()))

    def _walk(self) -> Iterator[str]:
        for folder, _folders, names in os.walk(self._place):
            for name in names:
                yield (Path(folder) / name).relative_to(self._place).as_posix()

    def read(self, path: str) -> bytes:
        full = self._place.joinpath(*path.split("/"))
        if full.is_symlink():
            raise OSError("a link, not a file")
        return full.read_bytes()


class _Zip:
    def __init__(self, place: Path) -> None:
        self.name = place.name
        self._place = place
        with zipfile.ZipFile(place) as archive:
            self._sizes = {info.filename: info.file_size for info in archive.infolist() if not info.is_dir()}
            self._twice = len(archive.infolist()) != len(set(archive.namelist()))
        if lists.NAME not in self._sizes:
            raise KeyError(lists.NAME)

    def paths(self) -> tuple[str, ...]:
        if self._twice:
            raise UserError(
                f"{self.name} har två filer med samma namn.", advice="Hämta arkivet från en säkerhetskopia."
            )
        return tuple(sorted(self._sizes))

    def read(self, path: str) -> bytes:
        from finsam_desktop.storage.document import LARGEST_FILE

        if self._sizes[path] > LARGEST_FILE:
            raise OSError("the file is too large")
        try:
            with zipfile.ZipFile(self._place) as archive:
                return archive.read(path)
        except (zipfile.BadZipFile, EOFError, ValueError) as error:
            raise OSError(str(error)) from error
        except Exception as error:  # zlib.error and what it hides behind
            raise OSError(str(error)) from error
