"""Agenda numbers, §§ and bilaga numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from finsam_desktop.domain.agenda import AgendaItem, Attachment
from finsam_desktop.domain.meeting import FrozenNumber, Meeting, SentAttachment, Utskick
from finsam_desktop.domain.numbering import (
    agenda_numbers,
    attachment_label,
    attachment_numbers,
    first_paragraph,
    freeze,
    paragraphs,
    ranges,
    section_label,
    sub_letter,
)


def meeting(name: str, day: date, count: int, **fields: object) -> Meeting:
    items = tuple(AgendaItem(id=f"{name}{number}", title="Ärende") for number in range(1, count + 1))
    return Meeting(id=name, date=day, items=items, **fields)  # type: ignore[arg-type]


FEB = meeting("feb", date(2026, 2, 12), 3)
MAY = meeting("maj", date(2026, 5, 21), 2)
OCT = meeting("okt", date(2026, 10, 29), 4)
YEAR = (OCT, FEB, MAY)


def test_items_are_numbered_and_sub_items_lettered() -> None:
    subs = tuple(AgendaItem(id=f"s{n}", title="") for n in range(2))
    one = Meeting(
        date=FEB.date, items=(AgendaItem(id="1", title=""), AgendaItem(id="2", title="", sub_items=subs))
    )
    assert agenda_numbers(one) == {"1": "1", "2": "2", "s0": "A", "s1": "B"}


@pytest.mark.parametrize(
    ("index", "letter"),
    [(0, "A"), (25, "Z"), (26, "AA"), (27, "AB"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")],
)
def test_letters_go_on_after_z(index: int, letter: str) -> None:
    assert sub_letter(index) == letter


def test_paragraphs_run_through_the_year_in_order_of_date() -> None:
    assert [first_paragraph(YEAR, one) for one in (FEB, MAY, OCT)] == [1, 4, 6]
    assert paragraphs(YEAR, OCT) == {"okt1": 6, "okt2": 7, "okt3": 8, "okt4": 9}


def test_a_new_year_starts_anew() -> None:
    january = meeting("jan", date(2027, 1, 20), 2)
    assert first_paragraph((*YEAR, january), january) == 1


def test_two_meetings_on_a_day_follow_the_clock() -> None:
    morning = meeting("x-sent-id", date(2026, 2, 12), 2, start=time(8))
    evening = meeting("a-tidigt-id", date(2026, 2, 12), 2, start=time(18))
    assert first_paragraph((evening, morning), evening) == 3


def test_a_series_may_start_elsewhere() -> None:
    assert first_paragraph((FEB, replace(MAY, first_paragraph=49), OCT), OCT) == 51


def test_a_meeting_that_is_not_saved_yet_is_counted_too() -> None:
    assert first_paragraph((FEB, MAY), OCT) == 6


def test_frozen_numbers_stay_when_something_is_put_before() -> None:
    sections, attachments = freeze(YEAR, OCT)
    adjusted = replace(OCT, frozen_paragraphs=sections, frozen_attachments=attachments)
    extra = meeting("extra", date(2026, 9, 1), 5)
    assert paragraphs((FEB, MAY, extra, adjusted), adjusted) == paragraphs(YEAR, OCT)
    december = meeting("dec", date(2026, 12, 10), 1)
    year = (FEB, MAY, extra, adjusted, december)
    assert first_paragraph(year, extra) == 10, "6–9 are taken for good"
    assert first_paragraph(year, december) == 15


def test_bilagor_are_numbered_through_items_and_sub_items() -> None:
    def bilaga(name: str) -> Attachment:
        return Attachment(id=name, title=name)

    sub = AgendaItem(title="A", attachments=(bilaga("s"),))
    first = AgendaItem(title="1", attachments=(bilaga("a"), bilaga("b")), sub_items=(sub,))
    second = AgendaItem(title="2", attachments=(bilaga("c"),))
    one = Meeting(date=FEB.date, items=(first, second))
    numbers = attachment_numbers(one)
    assert numbers == {"a": 1, "b": 2, "s": 3, "c": 4}
    assert attachment_label(first, numbers) == "1–2"
    assert attachment_label(second, numbers) == "4"
    assert attachment_label(AgendaItem(title=""), numbers) == ""
    frozen = replace(one, items=(second, first), frozen_attachments=freeze((), one)[1])
    assert attachment_numbers(frozen) == numbers


def test_freeze_keeps_paragraphs_and_bilagor() -> None:
    assert freeze(YEAR, MAY) == ((FrozenNumber(id="maj1", number=4), FrozenNumber(id="maj2", number=5)), ())


@pytest.mark.parametrize(
    ("numbers", "text"),
    [([], ""), ([5], "5"), ([5, 6], "5–6"), ([61, 62, 63, 69], "61–63, 69"), ([9, 7, 7, 8, 1], "1, 7–9")],
)
def test_ranges(numbers: list[int], text: str) -> None:
    assert ranges(numbers) == text


@pytest.mark.parametrize(
    ("numbers", "text"), [([], ""), ([67], "§\u00a067"), ([67, 67], "§\u00a067"), ([61, 62], "§§\u00a061–62")]
)
def test_section_label(numbers: list[int], text: str) -> None:
    assert section_label(numbers) == text


def test_adjusted_minutes_count_with_the_paragraphs_they_were_given() -> None:
    kept = replace(FEB, items=FEB.items[:1], frozen_paragraphs=freeze((FEB,), FEB)[0])
    assert first_paragraph((kept, MAY), MAY) == 4


def test_a_meeting_that_is_being_moved_to_another_day_is_counted_once() -> None:
    moved = replace(FEB, date=date(2026, 6, 1))
    assert first_paragraph((FEB, MAY), moved) == 3


def test_what_is_added_after_the_adjustment_comes_after_the_last_number() -> None:
    """Regression: the protokoll could not be made of a meeting with an item that has no frozen number."""
    new = AgendaItem(id="ny", title="Ny", attachments=(Attachment(id="b2", title="B"),))
    old = AgendaItem(id="a", title="A", attachments=(Attachment(id="b1", title="A"),))
    one = Meeting(
        date=date(2026, 10, 29),
        items=(new, old),
        frozen_paragraphs=(FrozenNumber(id="a", number=61),),
        frozen_attachments=(FrozenNumber(id="b1", number=4),),
    )
    assert paragraphs((one,), one) == {"a": 61, "ny": 62}
    assert attachment_numbers(one) == {"b1": 4, "b2": 5}


def with_bilagor(*names: str, **fields: object) -> Meeting:
    """A meeting with one item for each name, and a bilaga with that name as id in it."""
    items = tuple(
        AgendaItem(id=f"i{name}", title="", attachments=(Attachment(id=name, title=name),)) for name in names
    )
    return Meeting(date=OCT.date, items=items, **fields)  # type: ignore[arg-type]


def utskick(**numbers: int) -> Utskick:
    entries = tuple(SentAttachment(attachment_id=key, number=number) for key, number in numbers.items())
    return Utskick(sent_at=datetime(2026, 10, 20, 9), attachments=entries)


def test_a_bilaga_that_was_sent_keeps_its_number() -> None:
    sent = (utskick(a=1, b=2, c=3),)
    moved = with_bilagor("c", "ny", "a", "sist", "b", utskick=sent)
    assert attachment_numbers(moved) == {"a": 1, "b": 2, "c": 3, "ny": 4, "sist": 5}


def test_the_number_of_a_sent_bilaga_that_was_taken_away_is_not_used_again() -> None:
    sent = (utskick(a=1, b=2), utskick(c=3))
    assert attachment_numbers(with_bilagor("ny", "a", utskick=sent)) == {"a": 1, "ny": 4}
    assert attachment_numbers(with_bilagor("ny", utskick=sent[:1])) == {"ny": 3}


def test_the_first_number_that_was_sent_counts() -> None:
    sent = (utskick(a=1, b=2), utskick(a=7, c=2, d=3))
    assert attachment_numbers(with_bilagor("d", "c", "b", "a", utskick=sent)) == {
        "a": 1,
        "b": 2,
        "d": 3,
        "c": 4,
    }


def test_adjusted_numbers_stand_over_sent_ones() -> None:
    frozen = (FrozenNumber(id="a", number=2), FrozenNumber(id="b", number=1))
    numbers = attachment_numbers(
        with_bilagor("a", "b", "c", frozen_attachments=frozen, utskick=(utskick(a=1, c=2),))
    )
    assert (numbers["a"], numbers["b"]) == (2, 1)
    assert numbers["c"] == 3


def test_what_was_sent_is_what_is_adjusted() -> None:
    sent = with_bilagor("b", "a", "c", utskick=(utskick(a=1, b=2),))
    _, frozen = freeze((sent,), sent)
    assert {entry.id: entry.number for entry in frozen} == {"a": 1, "b": 2, "c": 3}
