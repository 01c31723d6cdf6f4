"""Numbers derived from the order of the values: agenda numbers, §, bilaga numbers. None is stored until adjusted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from finsam_desktop.domain.agenda import AgendaItem, walk
from finsam_desktop.domain.meeting import FrozenNumber, Meeting

NBSP = "\u00a0"


def agenda_numbers(meeting: Meeting) -> dict[str, str]:
    """Number of every item and sub-item by id: "7" for an item, "A" for its first sub-item."""
    numbers: dict[str, str] = {}
    for place, item in enumerate(meeting.items, start=1):
        numbers[item.id] = str(place)
        for index, sub in enumerate(item.sub_items):
            numbers[sub.id] = sub_letter(index)
    return numbers


def sub_letter(index: int) -> str:
    """Letter of a sub-item, 0 → A, 25 → Z, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def attachment_numbers(meeting: Meeting) -> dict[str, int]:
    """Bilaga number of every attachment by id: 1, 2 … through the agenda; frozen ones keep theirs."""
    ids = (attachment.id for item in walk(meeting.items) for attachment in item.attachments)
    return _numbered(meeting.frozen_attachments, ids, 1)


def first_paragraph(meetings: Iterable[Meeting], meeting: Meeting) -> int:
    """The meeting's first §: numbers run through the year over its meetings in order of date."""
    number = 1
    same_year = (m for m in meetings if m.date.year == meeting.date.year and m.id != meeting.id)
    for earlier in sorted((*same_year, meeting), key=_order):
        if earlier.frozen_paragraphs:
            number = earlier.frozen_paragraphs[0].number
        elif earlier.first_paragraph is not None:
            number = earlier.first_paragraph
        if earlier.id == meeting.id:
            return number
        number += len(earlier.frozen_paragraphs) or len(earlier.items)
    return number


def _order(meeting: Meeting) -> tuple[str, str, str]:
    return meeting.date.isoformat(), meeting.start.isoformat() if meeting.start else "", meeting.id


def paragraphs(meetings: Iterable[Meeting], meeting: Meeting) -> dict[str, int]:
    """§ number of every item by id. Sub-items share their item's §."""
    first = 0 if meeting.frozen_paragraphs else first_paragraph(meetings, meeting)
    return _numbered(meeting.frozen_paragraphs, (item.id for item in meeting.items), first)


def _numbered(frozen: Iterable[FrozenNumber], ids: Iterable[str], first: int) -> dict[str, int]:
    """Frozen numbers as they are; what has none, such as an item that was added after, comes after the last."""
    numbers = {entry.id: entry.number for entry in frozen}
    number = max(numbers.values(), default=first - 1)
    for key in ids:
        if key not in numbers:
            number += 1
            numbers[key] = number
    return numbers


def freeze(
    meetings: Sequence[Meeting], meeting: Meeting
) -> tuple[tuple[FrozenNumber, ...], tuple[FrozenNumber, ...]]:
    """The § and bilaga numbers to keep when the minutes are adjusted."""
    sections = tuple(FrozenNumber(id=i, number=n) for i, n in paragraphs(meetings, meeting).items())
    attachments = tuple(FrozenNumber(id=i, number=n) for i, n in attachment_numbers(meeting).items())
    return sections, attachments


def ranges(numbers: Iterable[int]) -> str:
    """Numbers as ranges with en dash: 61, 62, 63, 69 → "61–63, 69"."""
    ordered = sorted(set(numbers))
    if not ordered:
        return ""
    starts = [ordered[0], *(b for a, b in pairwise(ordered) if b != a + 1)]
    ends = [*(a for a, b in pairwise(ordered) if b != a + 1), ordered[-1]]
    return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in zip(starts, ends, strict=True))


def section_label(numbers: Iterable[int]) -> str:
    """ "§ 67" or "§§ 61–75", with no-break space."""
    ordered = sorted(set(numbers))
    sign = "§" if len(ordered) == 1 else "§§"
    return f"{sign}{NBSP}{ranges(ordered)}" if ordered else ""


def attachment_label(item: AgendaItem, numbers: dict[str, int]) -> str:
    """The item's own attachments as ranges, "4–5", without those of sub-items; empty when it has none."""
    return ranges(numbers[a.id] for a in item.attachments if a.id in numbers)
