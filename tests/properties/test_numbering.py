"""Numbers have no gap and no duplicate, over the year and through every edit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from finsam_desktop.domain.agenda import AgendaItem, Attachment, move, remove, walk
from finsam_desktop.domain.meeting import Meeting, SentAttachment, Utskick
from finsam_desktop.domain.numbering import (
    agenda_numbers,
    attachment_numbers,
    freeze,
    paragraphs,
    ranges,
    sub_letter,
    year_paragraphs,
)


@st.composite
def years(draw: st.DrawFn) -> tuple[Meeting, ...]:
    """One to six meetings of 2026, in any order, some on the same day, with items, sub-items and bilagor."""
    found = []
    for number in range(draw(st.integers(1, 6))):
        items = []
        for place in range(draw(st.integers(0, 5))):
            name = f"m{number}i{place}"
            subs = tuple(
                AgendaItem(
                    id=f"{name}s{sub}",
                    title="Del",
                    attachments=bilagor(f"{name}s{sub}", draw(st.integers(0, 2))),
                )
                for sub in range(draw(st.integers(0, 2)))
            )
            bilaga = bilagor(name, draw(st.integers(0, 2)))
            items.append(AgendaItem(id=name, title="Ärende", sub_items=subs, attachments=bilaga))
        day = date(2026, 1, 1) + timedelta(days=draw(st.integers(0, 364)))
        found.append(Meeting(id=f"m{number}", date=day, items=tuple(items)))
    return tuple(draw(st.permutations(found)))


def bilagor(name: str, count: int) -> tuple[Attachment, ...]:
    return tuple(Attachment(id=f"{name}b{number}", title="Bilaga") for number in range(count))


@given(years())
def test_the_years_paragraphs_are_one_to_the_last_without_gap_or_duplicate(
    meetings: tuple[Meeting, ...],
) -> None:
    numbers = [number for one in meetings for number in paragraphs(meetings, one).values()]
    assert sorted(numbers) == list(range(1, sum(len(one.items) for one in meetings) + 1))


@given(years())
def test_a_later_meeting_has_higher_numbers(meetings: tuple[Meeting, ...]) -> None:
    ordered = sorted(meetings, key=lambda one: (one.date, one.id))
    run = [number for one in ordered for number in paragraphs(meetings, one).values()]
    assert run == sorted(run)


@given(years(), st.data())
def test_adjusted_minutes_keep_their_numbers_whatever_happens_later(
    meetings: tuple[Meeting, ...], data: st.DataObject
) -> None:
    chosen = data.draw(st.sampled_from(meetings))
    sections, attachments = freeze(meetings, chosen)
    adjusted = replace(chosen, frozen_paragraphs=sections, frozen_attachments=attachments)
    numbers, labels = paragraphs(meetings, chosen), attachment_numbers(chosen)
    fewer = tuple(one for one in meetings if one.id != chosen.id)[1:]
    extra = Meeting(id="extra", date=date(2026, 1, 1), items=(AgendaItem(title="Nytt"),))
    now = (*fewer, extra, adjusted)
    if sections:
        assert paragraphs(now, adjusted) == numbers
    if attachments:
        assert attachment_numbers(adjusted) == labels
    after = Meeting(id="efter", date=date(2026, 12, 31), items=(AgendaItem(title="Sist"),))
    every = [number for one in (*now, after) for number in paragraphs((*now, after), one).values()]
    assert len(every) == len(set(every)), "no number is used twice"


@given(years())
def test_bilagor_are_one_to_the_last_in_reading_order(meetings: tuple[Meeting, ...]) -> None:
    for one in meetings:
        numbers = attachment_numbers(one)
        in_order = [numbers[a.id] for item in walk(one.items) for a in item.attachments]
        assert in_order == list(range(1, len(in_order) + 1))
        assert len(numbers) == len(in_order)


@given(years(), st.data())
def test_numbers_follow_every_edit(meetings: tuple[Meeting, ...], data: st.DataObject) -> None:
    one = data.draw(st.sampled_from(meetings))
    if not one.items:
        return
    chosen = data.draw(st.sampled_from([item.id for item in walk(one.items)]))
    items = move(one.items, chosen, data.draw(st.integers(0, 6)))
    if data.draw(st.booleans()):
        items = remove(items, data.draw(st.sampled_from([item.id for item in walk(items)])))
    edited = replace(one, items=items)
    numbers = agenda_numbers(edited)
    assert [numbers[item.id] for item in items] == [str(place) for place in range(1, len(items) + 1)]
    for item in items:
        assert [numbers[sub.id] for sub in item.sub_items] == [
            sub_letter(n) for n in range(len(item.sub_items))
        ]
    together = tuple(edited if other.id == one.id else other for other in meetings)
    every = [number for other in together for number in paragraphs(together, other).values()]
    assert sorted(every) == list(range(1, len(every) + 1))


@given(st.lists(st.integers(1, 60)))
def test_ranges_say_exactly_the_numbers(numbers: list[int]) -> None:
    said: set[int] = set()
    for part in ranges(numbers).split(", ") if numbers else []:
        first, _, last = part.partition("–")
        run = set(range(int(first), int(last or first) + 1))
        assert not run & said
        assert int(first) - 1 not in said, "neighbours are one range"
        said |= run
    assert said == set(numbers)


@given(st.integers(0, 20_000))
def test_letters_count_like_a_spreadsheets_columns(index: int) -> None:
    value = 0
    for letter in sub_letter(index):
        value = value * 26 + ord(letter) - ord("A") + 1
    assert value == index + 1


@given(years(), st.data())
def test_sent_numbers_stay_through_every_edit_and_no_number_is_used_twice(
    meetings: tuple[Meeting, ...], data: st.DataObject
) -> None:
    meeting = meetings[0]
    sent: dict[str, int] = {}
    for _ in range(data.draw(st.integers(1, 4))):
        numbers = attachment_numbers(meeting)
        entries = tuple(SentAttachment(attachment_id=key, number=number) for key, number in numbers.items())
        sent |= numbers
        meeting = replace(
            meeting, utskick=(*meeting.utskick, Utskick(sent_at=datetime(2026, 1, 1), attachments=entries))
        )
        items = list(data.draw(st.permutations(meeting.items)))
        if items and data.draw(st.booleans()):
            items.pop()
        new = f"ny{len(meeting.utskick)}"
        items.insert(
            0, AgendaItem(id=new, title="Nytt", attachments=bilagor(new, data.draw(st.integers(0, 2))))
        )
        meeting = replace(meeting, items=tuple(items))
    after = attachment_numbers(meeting)
    here = {a.id for item in walk(meeting.items) for a in item.attachments}
    assert after.keys() == here
    assert all(after[key] == number for key, number in sent.items() if key in here)
    new_ones = [number for key, number in after.items() if key not in sent]
    assert len(set(after.values())) == len(after)
    assert not set(new_ones) & set(sent.values())
    assert sorted(new_ones) == list(
        range(max(sent.values(), default=0) + 1, max(sent.values(), default=0) + 1 + len(new_ones))
    )


def test_numbers_given_away_can_be_changed_without_changing_the_next_answer() -> None:
    """What is remembered of a year is nobody's to change."""
    meeting = Meeting(id="m", date=date(2026, 5, 1), items=(AgendaItem(id="a", title="Ett"),))
    numbers = year_paragraphs((meeting,), 2026)
    numbers["m"]["a"] = 99
    numbers.clear()
    assert year_paragraphs((meeting,), 2026) == {"m": {"a": 1}}
