"""The document being made: ids, relationships, new parts, lists and styles of one rendering."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from finsam_desktop.word.numbering import Numbering
    from finsam_desktop.word.styles import Styles

_local = threading.local()

FIRST_NEW_ID = 100_000


@dataclass(frozen=True, slots=True)
class ParagraphPlace:
    """The paragraph that ``{{p x}}`` replaces: its properties as XML, and its style's id."""

    ppr: str
    style_id: str
    rpr: str


@dataclass(slots=True)
class NewPart:
    """A part made during rendering: a chart, its workbook, a picture."""

    name: str
    content: bytes
    content_type: str


@dataclass(slots=True)
class Work:
    """What one rendering collects. One per call of render, never shared between threads."""

    styles: Styles
    numbering: Numbering
    part: str = ""
    looks: tuple[str, ...] = ()
    places: tuple[ParagraphPlace, ...] = ()
    folded: bool = False
    linked: bool = False
    warnings: list[str] = field(default_factory=list)
    without_value: list[int] = field(default_factory=list)  # lines of the part's compiled source
    new_parts: list[NewPart] = field(default_factory=list)
    new_relations: dict[str, list[tuple[str, str, str, bool]]] = field(default_factory=dict)
    taken_names: set[str] = field(default_factory=set)
    next_id: int = FIRST_NEW_ID
    _given: dict[str, int] = field(default_factory=dict)
    _seen: set[str] = field(default_factory=set)
    _bookmarks: dict[str, int] = field(default_factory=dict)
    _lists: dict[str, int | None] = field(default_factory=dict)
    _sequences: dict[str, int] = field(default_factory=dict)
    _targets: dict[tuple[str, str], str] = field(default_factory=dict)
    _media: dict[bytes, str] = field(default_factory=dict)

    def new_id(self) -> int:
        """A number that nothing else in the document has."""
        self.next_id += 1
        return self.next_id

    def fresh(self, key: str) -> int:
        number = self._given[key] = self.new_id()
        return number

    def same(self, key: str) -> int:
        return self._given.get(key) or self.fresh(key)

    def first(self, key: str) -> bool:
        if key in self._seen:
            return False
        self._seen.add(key)
        return True

    def bookmark_name(self, name: str) -> str:
        """The name itself the first time, then name_2, name_3 …; Word allows 40 characters."""
        count = self._bookmarks[name] = self._bookmarks.get(name, 0) + 1
        return name if count == 1 else f"{name[: 39 - len(str(count))]}_{count}"

    def restart(self, key: str) -> None:
        self._lists[key] = None if key in self._lists else -1

    def list_number(self, key: str, num_id: int) -> int:
        now = self._lists.get(key, -1)
        if now is None:
            now = self._lists[key] = self.numbering.restarted(num_id)
        elif now == -1:
            now = self._lists[key] = num_id
        return now

    def next_in_sequence(self, label: str, number: int | None = None) -> int:
        """The next number of a caption's SEQ field, or ``number``, from which the next ones count."""
        self._sequences[label] = self._sequences.get(label, 0) + 1 if number is None else number
        return self._sequences[label]

    def relate(self, kind: str, target: str, *, external: bool = False) -> str:
        """The id of a relationship from the part now rendered; one per target."""
        key = (self.part, f"{kind} {target}")
        known = self._targets.get(key)
        if known is None:
            rows = self.new_relations.setdefault(self.part, [])
            known = self._targets[key] = f"rIdNy{len(rows) + 1}"
            rows.append((known, kind, target, external))
        return known

    def part_name(self, folder: str, stem: str, extension: str) -> str:
        """A free name: word/charts/chart1.xml."""
        number = 1
        while (name := f"{folder}/{stem}{number}.{extension}").lower() in self.taken_names:
            number += 1
        self.taken_names.add(name.lower())
        return name

    def add_part(self, name: str, content: bytes, content_type: str) -> None:
        self.new_parts.append(NewPart(name, content, content_type))

    def media(self, content: bytes, extension: str, content_type: str) -> str:
        """The name of the part with this picture; the same picture is kept once."""
        name = self._media.get(content)
        if name is None:
            name = self._media[content] = self.part_name("word/media", "bild", extension)
            self.add_part(name, content, content_type)
        return name


def current() -> Work:
    """The rendering that goes on in this thread."""
    work = getattr(_local, "work", None)
    if work is None:
        raise RuntimeError("no rendering is going on")
    return work  # type: ignore[no-any-return]


def warn(text: str) -> None:
    """A warning of the rendering that goes on; told once. Nothing where none does: a constant is compiled."""
    work = getattr(_local, "work", None)
    if work is not None and text not in work.warnings:
        work.warnings.append(text)


def begin(work: Work | None) -> None:
    """Make ``work`` the current rendering of this thread; None ends it."""
    _local.work = work
