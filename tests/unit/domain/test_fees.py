"""What fees are paid from: who attended, how long, as what; held against what a person counts by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.association import Association, Fee, Role
from finsam_desktop.domain.fees import attended, hours, sums, year_attended
from finsam_desktop.domain.meeting import Adjournment, Meeting, MeetingKind, MeetingState
from finsam_desktop.errors import UserError
from finsam_desktop.files import attendance_files
from tests.reference import example

FEES = (  # not the example's own: one role has none
    Fee(role=Role.CHAIR, per_meeting=Decimal(1200)),
    Fee(role=Role.BOARD_MEMBER, per_meeting=Decimal("850.50")),
    Fee(role=Role.DEPUTY, per_meeting=Decimal(600)),
)


def paid() -> Association:
    known = example.association()
    return replace(known, rules=replace(known.rules, fees=FEES))


def october() -> dict[str, object]:
    rows = attended(paid(), example.meetings(), example.meeting())
    return {row.person_id: row for row in rows}


def test_everyone_who_was_there_is_listed_and_nobody_else() -> None:
    assert set(october()) == {
        "almkvarn", "ekvind", "norrgran", "askvist", "tallhed", "stenmyr", "blomhed", "holmvide", "stenkvarn",
        "hedgran",
    }  # fmt: skip


def test_fee_follows_the_role_and_a_role_without_fee_has_none() -> None:
    rows = october()
    assert (rows["almkvarn"].fee, rows["norrgran"].fee, rows["hedgran"].fee) == (
        Decimal(1200),
        Decimal("850.50"),
        Decimal(600),
    )
    assert rows["ekvind"].role is Role.VICE_CHAIR
    assert rows["ekvind"].fee is None


def test_serving_distance_and_sections_are_told() -> None:
    rows = october()
    assert rows["blomhed"].serving
    assert rows["holmvide"].serving
    assert not rows["stenkvarn"].serving
    assert rows["stenmyr"].distance
    assert rows["ekvind"].sections.replace("\u00a0", " ") == "§§ 61–67, 69–75"
    assert rows["almkvarn"].sections == ""


def test_adjournments_are_taken_off() -> None:
    assert hours(example.meeting()) == Decimal("3.08")  # 08.30–11.50 with a quarter of an hour off


@pytest.mark.parametrize(
    ("opened", "closed", "pauses", "wanted"),
    [
        (None, time(12), (), None),
        (time(12), None, (), None),
        (time(12), time(9), (), None),
        (time(9), time(10), (Adjournment(start=time(9), end=time(10)),), None),
        (time(9), time(10), (Adjournment(start=time(9, 30), end=time(9)),), Decimal("1.00")),
    ],
)
def test_a_length_that_is_not_known_or_impossible_is_none(opened, closed, pauses, wanted) -> None:
    one = Meeting(id="m", date=date(2026, 1, 1), opened_at=opened, closed_at=closed, adjournments=pauses)
    assert hours(one) == wanted


@pytest.mark.parametrize(
    "change",
    [
        {"state": MeetingState.NOTIFIED},
        {"cancelled_on": date(2026, 10, 1)},
        {"kind": MeetingKind.MEMBER_CONSULTATION},
        {"items": ()},
    ],
)
def test_a_meeting_that_was_not_held_or_does_not_decide_pays_nobody(change) -> None:
    assert attended(paid(), (), replace(example.meeting(), **change)) == ()


def test_the_year_is_summed_per_person() -> None:
    rows = year_attended(paid(), example.meetings(), 2026)
    by_person = {one.person_id: one for one in sums(rows)}
    held = [m for m in example.meetings() if m.date in (date(2026, 9, 17), date(2026, 10, 29))]
    chair = by_person["almkvarn"]
    assert chair.meetings == len(held)
    assert chair.fee == 1200 * len(held)
    assert chair.hours == sum((h for m in held if (h := hours(m)) is not None), Decimal())
    assert sum(one.meetings for one in by_person.values()) == len(rows)
    assert year_attended(paid(), example.meetings(), 2025) == ()


def test_the_workbook_holds_text_as_text_and_sums_as_numbers() -> None:
    known = paid()
    people = tuple(replace(p, name="=1+1") if p.id == "almkvarn" else p for p in known.people)
    rows = year_attended(replace(known, people=people), example.meetings(), 2026)
    book = load_workbook(BytesIO(attendance_files.workbook(known, rows, "Underlag 2026")))
    first, second = book["Per person"], book["Per sammanträde"]
    name = next(cell for cell in first["A"] if str(cell.value).startswith("=1+1"))
    assert name.data_type == "s"
    assert name.quotePrefix
    assert first.cell(first.max_row, 1).value == "Summa"
    assert first.cell(first.max_row, 7).value == sum(row.fee for row in rows if row.fee is not None)
    assert first.cell(first.max_row, 4).value == len(rows)
    assert second.max_row == len(rows) + 1
    assert second.cell(2, 1).value.date() == min(row.day for row in rows)


def test_nobody_to_pay_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="ingen närvaro"):
        attendance_files.save(tmp_path / "u.xlsx", paid(), (), "Underlag")
    assert not (tmp_path / "u.xlsx").exists()


def test_a_person_with_two_roles_is_counted_once() -> None:
    known = paid()
    chair = next(a for a in known.appointments if a.person_id == "almkvarn")
    twice = replace(known, appointments=(*known.appointments, replace(chair, role=Role.BOARD_MEMBER)))
    rows = [r for r in attended(twice, (), example.meeting()) if r.person_id == "almkvarn"]
    assert [r.role for r in rows] == [Role.CHAIR]


def test_an_item_of_its_own_is_no_meeting_without_anyone() -> None:
    alone = Meeting(
        id="m", date=date(2026, 1, 1), state=MeetingState.HELD, items=(AgendaItem(id="a", title="A"),)
    )
    assert attended(Association(name="F"), (), alone) == ()
