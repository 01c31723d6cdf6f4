"""A pasted list as headings of items and sub-items: out of Word, a mail, Excel or last year's kallelse."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from finsam_desktop.domain.agenda import AgendaItem, Items
from finsam_desktop.domain.printable import one_line, without_controls

Heading = tuple[int, str]
"""0 for an item, 1 for a sub-item; and what it is called."""

_BULLET = re.compile(r"^[•◦▪▫■□●○‣⁃·∙*–—\-\uf0b7\uf0a7\uf0d8\uf076](?:\s+|$)|^o(?:\t|\s{2,})")
_PARTS = re.compile(r"^(\d{1,3})[.:](\d{1,2})(?:[.:]\d{1,2})*[.):]?\s+")
_NUMBER = re.compile(r"^\d{1,3}[.):]+\s*(?=\S)")
_COUNTED = re.compile(r"^(§{1,2}\s*)?(\d{1,3})[.:]?\s+(?=\S)")
_LETTER = re.compile(r"^(?:[a-zåäö]|[A-ZÅÄÖ]|[ivx]{1,4})[.)]\s+(?=\S)")


def headings(text: str) -> tuple[Heading, ...]:
    """The headings of a list, one a line, without numbers, letters and bullets; empty lines are passed over.

    A sub-item is told by its number (5.1), by a letter, by a bullet right below a number, or by standing further in
    than the first line. The first is always an item. A number without a dot, or a §, goes only where such numbers
    count upwards: "19 a § finsamlagen" and "2027 års budget" stay.
    """
    every = [line.replace("\u200b", "").rstrip() for line in without_controls(text).splitlines()]
    lines = [line for line in every if line]
    if not lines:
        return ()
    outermost = min(_indent(line) for line in lines)
    counts = _counts(line.strip() for line in lines if _indent(line) == outermost)
    found: list[Heading] = []
    below = False
    for line in every:
        mark = line.strip()
        numbered = bool(_NUMBER.match(mark) or _PARTS.match(mark) or (counts and _COUNTED.match(mark)))
        inner, title = _read(mark, below=below, counts=counts)
        below = bool(line) and (below or numbered)
        if not title:
            continue
        level = 1 if found and (inner or _indent(line) > outermost) else 0
        found.append((level, one_line(title)))
    return tuple(found)


def _indent(line: str) -> int:
    """How far in a line stands; a tab counts as four spaces."""
    return len(line[: len(line) - len(line.lstrip())].expandtabs(4))


def _counts(lines: Iterable[str]) -> bool:
    """Whether the numbers without a dot that lines begin with are a list's: two or more, each higher than the last."""
    numbers = [int(found[2]) for line in lines if (found := _COUNTED.match(line))]
    return len(numbers) > 1 and all(a < b for a, b in pairwise(numbers))


def _read(line: str, *, below: bool, counts: bool) -> tuple[bool, str]:
    """Whether the mark before the heading is one of a sub-item, and the heading without it. ``below``: a number
    stands right above."""
    if found := _PARTS.match(line):
        return found[2] != "0", line[found.end() :]
    if found := _NUMBER.match(line):
        return False, line[found.end() :]
    if found := _BULLET.match(line):
        return below, _read(line[found.end() :].strip(), below=False, counts=False)[1]
    if counts and (found := _COUNTED.match(line)):
        return False, line[found.end() :]
    if found := _LETTER.match(line):
        return True, line[found.end() :]
    return False, line


def items_of(found: Iterable[Heading]) -> Items:
    """New items with these headings."""
    items: list[AgendaItem] = []
    for level, title in found:
        new = AgendaItem(title=title)
        if level and items:
            above = items[-1]
            items[-1] = AgendaItem(id=above.id, title=above.title, sub_items=(*above.sub_items, new))
        else:
            items.append(new)
    return tuple(items)
