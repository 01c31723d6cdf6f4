"""Numbers derived from the order of the values: agenda numbers, §, bilaga numbers. None is stored until adjusted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from finsam_desktop.domain.agenda import AgendaItem, walk
from finsam_desktop.domain.meeting import FrozenNumber, Meeting
from finsam_desktop.domain.remembering import remembered

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
    """Bilaga number of every attachment by id: 1, 2 … through the agenda.

    Frozen ones keep theirs, and so do those that have been sent: who has read bilaga 3 finds it as bilaga 3. What
    comes new after that takes the next free number, and the number of one that was taken away is not used again.
    """
    frozen = {entry.id: entry.number for entry in meeting.frozen_attachments}
    taken = set(frozen.values())
    sent = sent_numbers(meeting).items()
    kept = frozen | {key: number for key, number in sent if key not in frozen and number not in taken}
    ids = [attachment.id for item in walk(meeting.items) for attachment in item.attachments]
    numbers, _ = _numbered(kept, ids, 1, set(kept.values()))
    here = frozen.keys() | set(ids)
    return {key: number for key, number in numbers.items() if key in here}


def sent_numbers(meeting: Meeting) -> dict[str, int]:
    """The number each bilaga had in the first pack it was sent in, by id, also of those that are there no more."""
    numbers: dict[str, int] = {}
    taken: set[int] = set()
    for one in meeting.utskick:
        for entry in one.attachments:
            if entry.attachment_id not in numbers and entry.number not in taken:
                numbers[entry.attachment_id] = entry.number
                taken.add(entry.number)
    return numbers


def gets_paragraphs(meeting: Meeting) -> bool:
    """Whether the meeting's items get §: the board decides there, and it was not cancelled."""
    return meeting.kind.decides and meeting.cancelled_on is None


def year_paragraphs(meetings: Iterable[Meeting], year: int) -> dict[str, dict[str, int]]:
    """§ number of every item of the year, by meeting's id and item's id. Sub-items share their item's §.

    Numbers run through the year over its meetings in order of date, on from ``first_paragraph`` where a meeting
    has one. Frozen numbers stay; what comes new beside them takes the next free number, so that none is used twice.
    """
    of_year = sorted((m for m in meetings if m.date.year == year and gets_paragraphs(m)), key=_order)
    return {meeting_id: dict(numbers) for meeting_id, numbers in _in_order(tuple(of_year)).items()}


@remembered
def _in_order(of_year: tuple[Meeting, ...]) -> Mapping[str, Mapping[str, int]]:
    taken = {entry.number for one in of_year for entry in one.frozen_paragraphs}
    found: dict[str, dict[str, int]] = {}
    following = 1
    for one in of_year:
        frozen = {entry.id: entry.number for entry in one.frozen_paragraphs}
        if not frozen and one.first_paragraph is not None:
            following = one.first_paragraph
        found[one.id], following = _numbered(frozen, (item.id for item in one.items), following, taken)
    return found


def first_paragraph(meetings: Iterable[Meeting], meeting: Meeting) -> int:
    """The meeting's first §, also while it has no item: what its first would get."""
    first = AgendaItem(id="", title="")
    asked = meeting if meeting.items else replace(meeting, items=(first,))
    return min(paragraphs(meetings, asked).values(), default=1)


def _order(meeting: Meeting) -> tuple[str, str, str]:
    return meeting.date.isoformat(), meeting.start.isoformat() if meeting.start else "", meeting.id


def paragraphs(meetings: Iterable[Meeting], meeting: Meeting) -> dict[str, int]:
    """§ number of every item by id. Sub-items share their item's §. Empty for a meeting without §."""
    if not gets_paragraphs(meeting):
        return {}
    year = meeting.date.year
    others = (one for one in meetings if one.date.year == year and one.id != meeting.id)
    return year_paragraphs((*others, meeting), year)[meeting.id]


def _numbered(
    frozen: Mapping[str, int], ids: Iterable[str], first: int, taken: set[int]
) -> tuple[dict[str, int], int]:
    """Numbers by id, and the number to go on with. New ones are the first free from ``first``, and are then taken.

    What is new beside frozen numbers comes after the last of them.
    """
    numbers = dict(frozen)
    following = max(frozen.values(), default=first - 1) + 1
    for key in ids:
        if key not in numbers:
            while following in taken:
                following += 1
            numbers[key] = following
            taken.add(following)
    while following in taken:
        following += 1
    return numbers, following


def freeze(
    meetings: Sequence[Meeting], meeting: Meeting, through: str = ""
) -> tuple[tuple[FrozenNumber, ...], tuple[FrozenNumber, ...]]:
    """The § and bilaga numbers to keep when the minutes are adjusted.

    With ``through``, the id of an item that is adjusted immediately: its numbers and those of all before it, since
    a number stays only if those before it do.
    """
    count = next((n for n, item in enumerate(meeting.items, start=1) if item.id == through), None)
    kept = meeting.items[:count]
    bilagor = {a.id for item in walk(kept) for a in item.attachments}
    bilagor |= {entry.id for entry in meeting.frozen_attachments}
    sections = {item.id for item in kept} | {entry.id for entry in meeting.frozen_paragraphs}
    return (
        tuple(FrozenNumber(id=i, number=n) for i, n in _kept(paragraphs(meetings, meeting), sections)),
        tuple(FrozenNumber(id=i, number=n) for i, n in _kept(attachment_numbers(meeting), bilagor)),
    )


def _kept(numbers: Mapping[str, int], ids: set[str]) -> list[tuple[str, int]]:
    return sorted(((i, n) for i, n in numbers.items() if i in ids), key=lambda pair: pair[1])


def fixed_numbers(meetings: Iterable[Meeting], year: int) -> dict[str, dict[str, int]]:
    """The § numbers of the year up to the highest that is adjusted, by meeting's id and item's id."""
    of_year = [m for m in meetings if m.date.year == year]
    last = max((e.number for one in of_year if one.seals for e in one.frozen_paragraphs), default=0)
    return {
        meeting_id: {item_id: number for item_id, number in numbers.items() if number <= last}
        for meeting_id, numbers in year_paragraphs(of_year, year).items()
    }


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
