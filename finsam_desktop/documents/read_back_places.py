"""Which value each stretch of a made document comes from, in any template.

The document is made once more with every text between two marks that are no letters; what stands between them in the
finished paragraphs shows where the template put it. So the program's own template and an association's work alike, and
nothing needs to be hidden in the file that is sent out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from finsam_desktop.documents.read_back_values import Group
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.numbering import agenda_numbers
from finsam_desktop.word import Anchor, Link, Markdown, NoBreakHyphens, Paragraph, RichText, Span
from finsam_desktop.word.as_markdown import markdown_paragraphs, printed_paragraphs
from finsam_desktop.word.reading import WordParagraph, plain, read_word

_OPEN, _CLOSE, _ZERO, _BASE = "\U000f0000", "\U000f0001", 0xF0100, 4096
_MARK = re.compile(f"{_OPEN}([{chr(_ZERO)}-{chr(_ZERO + _BASE - 1)}]{{2}})|{_CLOSE}")
_BY_ROW = ("contents", "agenda")
"""Lists with one row for each item of the agenda."""


Stretch = tuple[Group | None, str]
"""A piece of a paragraph and the field it comes from, None for the template's own words."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A paragraph of a made document with what each part of it comes from."""

    paragraph: WordParagraph
    stretches: tuple[Stretch, ...]
    item_id: str = ""
    """The item it belongs to, by its own field or the nearest before it."""

    @property
    def groups(self) -> tuple[Group, ...]:
        return tuple(dict.fromkeys(group for group, text in self.stretches if group is not None))

    @property
    def key(self) -> str:
        return self.paragraph.key


class Leaves:
    """The texts of a document's fields, in order; ``marked`` the fields with marks round each of them."""

    def __init__(self, fields: Mapping[str, object], meeting: Meeting) -> None:
        self.groups: list[Group] = []
        self._numbers = agenda_numbers(meeting)
        self._meeting = meeting
        self._tops = {item.id for item in meeting.items}
        self._texts: dict[Group, list[object]] = {}
        self.marked = {name: self._walk(value, (name,), "") for name, value in fields.items()}

    def printed(self) -> dict[Group, tuple[str, ...]]:
        """What each field prints, paragraph by paragraph, as it is compared."""
        return {group: tuple(one.key for one in self.paragraphs(group)) for group in self._texts}

    def differing(self, other: Leaves) -> set[Group]:
        """The fields that do not hold the same texts as in ``other``; the rest print the same."""
        return {one for one in {*self._texts, *other._texts} if self._texts.get(one) != other._texts.get(one)}

    def said(self, group: Group) -> tuple[str, ...]:
        """What a field prints, as it is compared, without its empty paragraphs."""
        return tuple(one.key for one in self.paragraphs(group) if one.key)

    def paragraphs(self, group: Group) -> tuple[WordParagraph, ...]:
        """The paragraphs a field prints; those of a plain text have no look."""
        found: list[WordParagraph] = []
        for leaf in self._texts.get(group, ()):
            if isinstance(leaf, Markdown):
                found += markdown_paragraphs(leaf.text, leaf.shift)
            elif isinstance(leaf, list):
                found += printed_paragraphs(leaf)
            else:
                found += [_plain_paragraph(text) for text in (_text(leaf),) if plain(text)]
        return tuple(found)

    def is_markdown(self, group: Group) -> bool:
        return any(isinstance(leaf, Markdown) for leaf in self._texts.get(group, ()))

    def shift(self, group: Group) -> int:
        return next((leaf.shift for leaf in self._texts.get(group, ()) if isinstance(leaf, Markdown)), 0)

    def _walk(self, value: Any, path: tuple[str, ...], item_id: str) -> Any:
        if isinstance(value, dict):
            return {name: self._walk(inner, (*path, name), item_id) for name, inner in value.items()}
        if isinstance(value, list | tuple) and value and all(isinstance(one, dict) for one in value):
            return [
                self._walk(one, _path_in(path), self._item_of(one, path, place, item_id))
                for place, one in enumerate(value)
            ]
        if isinstance(value, list | tuple) and value and all(_is_text(one) for one in value):
            return [self._walk(one, path, item_id) for one in value]
        if isinstance(value, list | tuple):
            if not value or path[0] in ("association",):
                return value
            number = self._add(path, item_id, list(value))
            return [Paragraph(_opened(number)), *value, Paragraph(_CLOSE)]
        if isinstance(value, Markdown):
            number = self._add(path, item_id, value)
            return replace(value, text=f"{_opened(number)}\n\n{value.text}\n\n{_CLOSE}")
        if not _is_text(value) or not plain(_text(value)):
            return value
        return _around(value, self._add(path, item_id, value))

    def _item_of(self, one: Mapping[str, object], path: tuple[str, ...], place: int, around: str) -> str:
        if path == ("items",) or path[-1] == "sub_items":
            return self._named(one.get("heading"), around, place)
        if path[0] in _BY_ROW and place < len(self._meeting.items):
            return self._meeting.items[place].id
        return around

    def _named(self, heading: object, around: str, place: int) -> str:
        """The item with this heading: a letter inside its item, "7" on the agenda, or the § in its place."""
        label = plain(_text(heading)) if heading is not None else ""
        if around:
            top = next(item for item in self._meeting.items if item.id == around)
            return next((sub.id for sub in top.sub_items if self._numbers[sub.id] == label), around)
        tops = [item.id for item in self._meeting.items]
        named = next((one for one in tops if self._numbers[one] == label), None)
        return named or (tops[place] if place < len(tops) else "")

    def _add(self, path: tuple[str, ...], item_id: str, leaf: object) -> int:
        names = [name for name in path if name not in ("items", "sub_items")]
        group = Group(item_id, ".".join(names))
        self._texts.setdefault(group, []).append(leaf)
        self.groups.append(group)
        return len(self.groups) - 1


def _path_in(path: tuple[str, ...]) -> tuple[str, ...]:
    return () if path == ("items",) else path


def _is_text(value: object) -> bool:
    return isinstance(value, str | RichText | Anchor | NoBreakHyphens)


def _text(value: object) -> str:
    if isinstance(value, RichText):
        return "".join(_text(part) for part in value.parts)
    if isinstance(value, Anchor | NoBreakHyphens | Span | Link):
        return value.text
    return value if isinstance(value, str) else ""


def _plain_paragraph(text: str) -> WordParagraph:
    from finsam_desktop.word.reading import BODY, Run

    return WordParagraph(part=BODY, runs=(Run(text=text),))


def _opened(number: int) -> str:
    high, low = divmod(number, _BASE)
    return f"{_OPEN}{chr(_ZERO + high)}{chr(_ZERO + low)}"


def _around(value: Any, number: int) -> Any:
    if isinstance(value, RichText):
        return RichText((_opened(number), *value.parts, _CLOSE))
    if isinstance(value, Anchor | NoBreakHyphens):
        return replace(value, text=f"{_opened(number)}{value.text}{_CLOSE}")
    return f"{_opened(number)}{value}{_CLOSE}"


def placed(leaves: Leaves, make: Callable[[Mapping[str, object]], bytes]) -> tuple[Placed, ...]:
    """The paragraphs of the document that ``make`` makes of the fields, each with what it comes from."""
    return tuple(_with_items(_placed(leaves, make(leaves.marked))))


def _placed(leaves: Leaves, docx: bytes) -> Iterator[Placed]:
    now: Group | None = None
    for one in read_word(docx, "dokumentet").paragraphs():
        text, at, found = one.text, 0, list[Stretch]()
        for mark in _MARK.finditer(text):
            found.append((now, text[at : mark.start()]))
            at = mark.end()
            now = leaves.groups[_number(mark[1])] if mark[1] else None
        found.append((now, text[at:]))
        stretches = tuple((group, said) for group, said in found if said)
        bare = replace(one, runs=tuple(replace(run, text=_MARK.sub("", run.text)) for run in one.runs))
        if bare.key or bare.pictures:
            yield Placed(bare, stretches)


def _number(digits: str) -> int:
    return (ord(digits[0]) - _ZERO) * _BASE + ord(digits[1]) - _ZERO


def _with_items(found: Iterator[Placed]) -> Iterator[Placed]:
    """Each paragraph with the item it belongs to: a heading inside a § belongs to what comes after it, if anything."""
    item_id = ""
    for one in found:
        own = next((group.item_id for group in one.groups if group.item_id), "")
        listed = any(group.part.startswith(_BY_ROW) for group in one.groups)
        if own and not listed:
            item_id = own
        elif any(not group.item_id for group in one.groups) or listed:
            item_id = ""
        yield replace(one, item_id="" if listed else own or item_id)
