"""Whether an archive is what it was when it was made: file by file against its list."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

from finsam_desktop.archive import manifest as lists
from finsam_desktop.archive.container import Stored, opened
from finsam_desktop.archive.manifest import Manifest


class Flaw(StrEnum):
    """What is wrong with a file."""

    ALTERED = "altered"
    MISSING = "missing"
    EXTRA = "extra"
    UNREADABLE = "unreadable"


FLAW_WORDS = {
    Flaw.ALTERED: "ändrad",
    Flaw.MISSING: "saknas",
    Flaw.EXTRA: "har kommit till",
    Flaw.UNREADABLE: "går inte att läsa",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A file that is not as the list says."""

    path: str
    flaw: Flaw

    @property
    def words(self) -> str:
        return f"{self.path}: {FLAW_WORDS[self.flaw]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a check found. ``whole``: every file is there, none other, each byte the same."""

    manifest: Manifest
    found: tuple[Found, ...] = ()

    @property
    def whole(self) -> bool:
        return not self.found


def verify(place: Path) -> Verdict:
    """Hold the folder or zip against its list. UserError when there is no list, or it cannot be used."""
    stored = opened(place)
    manifest = manifest_of(stored)
    wanted = {entry.path: entry for entry in manifest.entries}
    there = set(stored.paths()) - {lists.NAME}
    found = [Found(path=path, flaw=Flaw.EXTRA) for path in there - set(wanted)]
    for path, entry in wanted.items():
        if path not in there:
            found.append(Found(path=path, flaw=Flaw.MISSING))
            continue
        try:
            content = stored.read(path)
        except OSError:
            found.append(Found(path=path, flaw=Flaw.UNREADABLE))
            continue
        if len(content) != entry.size or sha256(content).hexdigest() != entry.sha256:
            found.append(Found(path=path, flaw=Flaw.ALTERED))
    return Verdict(manifest=manifest, found=tuple(sorted(found, key=lambda one: one.path)))


def manifest_of(stored: Stored) -> Manifest:
    """The list of an archive. UserError when it cannot be used."""
    try:
        content = stored.read(lists.NAME)
    except OSError as error:
        raise lists.refused(stored.name, "den går inte att läsa", str(error)) from error
    return lists.read(content, stored.name)
