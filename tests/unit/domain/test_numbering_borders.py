"""Numbers where a series is empty, cancelled, put in another order or fixed only in part."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from finsam_desktop.domain.agenda import AgendaItem, Attachment
from finsam_desktop.domain.meeting import FrozenNumber, Meeting, MeetingKind, Seal
from finsam_desktop.domain.numbering import (
    agenda_numbers,
    first_paragraph,
    fixed_numbers,
    freeze,
    gets_paragraphs,
    paragraphs,
    section_label,
    sub_letter,
)


def meeting(name: str, month: int, count: int, **more: object) -> Meeting:
    items = tuple(
        AgendaItem(id=f"{name}{n}", title="", attachments=(Attachment(id=f"{name}b{n}", title=""),))
        for n in range(count)
    )
    return Meeting(**{"id": name, "date": date(2026, month, 3), "items": items, **more})  # type: ignore[arg-type]


MARCH, MAY = meeting("mars", 3, 2), meeting("maj", 5, 3)


def test_only_where_the_board_decides_and_the_meeting_is_held_are_there_paragraphs() -> None:
    talk = replace(MARCH, kind=MeetingKind.MEMBER_CONSULTATION)
    cancelled = replace(MARCH, cancelled_on=date(2026, 3, 1))
    assert [gets_paragraphs(one) for one in (MARCH, talk, cancelled)] == [True, False, False]
    assert paragraphs((talk, MAY), talk) == {}
    assert paragraphs((cancelled, MAY), MAY) == {"maj0": 1, "maj1": 2, "maj2": 3}
    assert first_paragraph((talk,), talk) == 1


def test_a_meeting_without_items_has_the_number_its_first_would_get() -> None:
    assert first_paragraph((MARCH, MAY), replace(MAY, items=())) == 3
    assert first_paragraph((MARCH, MAY), MAY) == 3


def test_what_is_new_beside_fixed_numbers_comes_after_the_highest() -> None:
    fixed = (FrozenNumber(id="mars0", number=9), FrozenNumber(id="mars1", number=4))
    three = replace(meeting("mars", 3, 3), frozen_paragraphs=fixed)
    assert paragraphs((three,), three) == {"mars0": 9, "mars1": 4, "mars2": 10}


def test_an_item_adjusted_at_once_fixes_its_number_and_those_before_it() -> None:
    sections, bilagor = freeze((MARCH, MAY), MAY, through="maj1")
    assert [(entry.id, entry.number) for entry in sections] == [("maj0", 3), ("maj1", 4)]
    assert [(entry.id, entry.number) for entry in bilagor] == [("majb0", 1), ("majb1", 2)]
    whole, _ = freeze((MARCH, MAY), MAY, through="")
    assert [entry.number for entry in whole] == [3, 4, 5]


def test_fixed_numbers_are_kept_in_the_order_of_the_numbers() -> None:
    fixed = (FrozenNumber(id="maj2", number=3), FrozenNumber(id="maj0", number=5))
    sections, _ = freeze((MARCH, MAY), replace(MAY, frozen_paragraphs=fixed))
    assert [entry.number for entry in sections] == [3, 5, 6]


def test_what_is_adjusted_fixes_every_number_up_to_the_highest() -> None:
    seal = Seal(sha256="0", sealed_at=datetime(2026, 5, 9, tzinfo=UTC))
    fixed = tuple(FrozenNumber(id=f"maj{n}", number=3 + n) for n in range(2))
    adjusted = replace(MAY, frozen_paragraphs=fixed, seals=(seal,))
    other_year = replace(MARCH, id="i fjol", date=date(2025, 3, 3))
    found = fixed_numbers((MARCH, adjusted, other_year), 2026)
    assert found == {"mars": {"mars0": 1, "mars1": 2}, "maj": {"maj0": 3, "maj1": 4}}
    assert fixed_numbers((MARCH, replace(adjusted, seals=())), 2026) == {"mars": {}, "maj": {}}
    assert fixed_numbers((), 2026) == {}


def test_letters_go_on_after_z_and_labels_do_not_ask_for_order() -> None:
    assert [sub_letter(index) for index in (0, 25, 26, 51, 52, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
    ]
    parts = replace(MARCH, items=(replace(MARCH.items[0], sub_items=MAY.items[:2]), MARCH.items[1]))
    assert agenda_numbers(parts) == {"mars0": "1", "maj0": "A", "maj1": "B", "mars1": "2"}
    assert section_label([7, 5, 6, 5]) == "§§\u00a05–7"
