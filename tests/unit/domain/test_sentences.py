"""Standing sentences about a meeting: each said when the record holds it, and only then."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam_desktop.domain import sentences
from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.association import (
    Appointment,
    Association,
    Member,
    MemberKind,
    Person,
    Role,
    StandingRules,
)
from finsam_desktop.domain.attendance import Attendance, ConflictOfInterest, Presence
from finsam_desktop.domain.meeting import (
    Adjournment,
    Adjuster,
    Meeting,
    MeetingForm,
    MeetingKind,
    PublicNotice,
)
from finsam_desktop.domain.wording import no_break

DAY = date(2026, 10, 29)
BOARD = {
    "anna": ("Anna Alm", "S", Role.CHAIR, "kommun"),
    "bo": ("Bo Berg", "C", Role.VICE_CHAIR, "region"),
    "cia": ("Cia Ceder", "", Role.BOARD_MEMBER, "fk"),
    "dan": ("Dan Dal", "M", Role.DEPUTY, "region"),
    "eva": ("Eva Ek", "", Role.SECRETARY, ""),
    "filip": ("Filip Fors", "", Role.ECONOMIST, ""),
}


def association(**rules) -> Association:
    return Association(
        name="Förbundet",
        rules=StandingRules(**rules),
        members=(
            Member(id="kommun", name="Norrmyra kommun", kind=MemberKind.MUNICIPALITY),
            Member(id="region", name="Region Exempel", kind=MemberKind.REGION),
            Member(id="fk", name="Försäkringskassan", kind=MemberKind.SOCIAL_INSURANCE_AGENCY),
        ),
        people=tuple(
            Person(id=key, name=name, party=party, phone="010-1" if key == "eva" else "", email="")
            for key, (name, party, _, _) in BOARD.items()
        ),
        appointments=tuple(
            Appointment(person_id=key, role=role, member_id=member)
            for key, (_, _, role, member) in BOARD.items()
        ),
    )


def meeting(*presences: Presence, conflicts: tuple[ConflictOfInterest, ...] = (), **more) -> Meeting:
    items = tuple(AgendaItem(id=f"p{n}", title=f"Ärende {n}") for n in (1, 2, 3))
    attendance = Attendance(presences=presences, conflicts=conflicts)
    return Meeting(**{"id": "m", "date": DAY, "items": items, "attendance": attendance, **more})


def plain(*told: str) -> str:
    return " ".join(told).replace("\u00a0", " ")


def test_public_only_when_the_budget_is_fixed() -> None:
    assert (
        sentences.public(meeting(kind=MeetingKind.BUDGET))
        == "Sammanträdet är offentligt när budgeten fastställs."
    )
    assert sentences.public(meeting()) == ""


@pytest.mark.parametrize(
    ("where", "address", "expected"),
    [
        ("på kansliet", "f.example", "Protokollet förvaras på kansliet, och finns på f.example."),
        ("på kansliet", "", "Protokollet förvaras på kansliet."),
        ("", "f.example", "Protokollet finns på f.example."),
        ("", "", ""),
    ],
)
def test_where_the_minutes_are_kept(where: str, address: str, expected: str) -> None:
    known = replace(association(), minutes_kept_at=where, minutes_published_at=address)
    assert sentences.kept(known) == expected


def test_paragraphs_are_named_only_for_those_who_were_not_there_all_the_time() -> None:
    assert sentences.section_range([61, 62], [61, 62]) == ""
    assert plain(sentences.section_range([62], [61, 62])) == "§ 62"


@pytest.mark.parametrize(
    ("title", "template", "part"),
    [
        ("Mötets öppnande och upprop", "", "opens"),
        ("Start", "oppnande", "opens"),
        ("Val av justerare", "", "adjusters"),
        ("Val av justeringsperson", "", "adjusters"),
        ("Justering", "justerare", "adjusters"),
        ("Mötets avslutande", "", "closes"),
        ("Sammanträdets avslutande", "", "closes"),
        ("Avslutning", "", "closes"),
        ("Slut", "avslutande", "closes"),
        ("Avslutande av projektet", "", ""),
        ("Justerarens rapport", "", ""),
        ("Budgetmöte", "budget", ""),
    ],
)
def test_which_item_of_the_frame_it_is(title: str, template: str, part: str) -> None:
    item = AgendaItem(title=title, template_id=template)
    found = {
        "opens": sentences.opens(item),
        "adjusters": sentences.chooses_adjusters(item),
        "closes": sentences.closes(item),
    }
    assert [name for name, holds in found.items() if holds] == ([part] if part else [])


def test_absence_with_a_deadline_but_nobody_to_tell() -> None:
    told = sentences.absence(meeting(absence_deadline=date(2026, 10, 26)), Association(name="Tomt"))
    assert plain(told).startswith("Anmäl frånvaro senast måndagen den 26 oktober. Ersättare")


def test_place_and_time_with_only_one_time_known() -> None:
    assert plain(sentences.place_and_time(meeting(start=time(8, 30)))) == "klockan 08.30"
    assert (
        plain(sentences.place_and_time(meeting(closed_at=time(11, 0), place="Linden")))
        == "Linden, klockan 11.00"
    )
    assert sentences.place_and_time(meeting()) == ""


def test_nobody_leads_a_meeting_without_items() -> None:
    assert sentences.presiding(meeting(items=()), association()) is None


@pytest.mark.parametrize(
    ("adjusters", "expected"),
    [
        ((), ""),
        ((Adjuster(person_id="bo"),), "utse Bo Berg (C) att jämte ordföranden justera protokollet"),
        (
            (Adjuster(person_id="bo", deputy_id="cia"),),
            "utse Bo Berg (C), med Cia Ceder som ersättare, att jämte ordföranden justera protokollet",
        ),
        (
            (Adjuster(person_id="bo", deputy_id="dan"), Adjuster(person_id="cia")),
            "utse Bo Berg (C), med Dan Dal (M) som ersättare, och Cia Ceder att jämte ordföranden justera protokollet",
        ),
    ],
)
def test_choice_of_adjusters(adjusters: tuple[Adjuster, ...], expected: str) -> None:
    assert sentences.adjusters_clause(adjusters, association(), None) == expected
    if expected:
        dated = sentences.adjusters_clause(adjusters, association(), date(2026, 11, 12))
        assert plain(dated) == f"{expected} senast den 12 november 2026"


def test_absence_is_announced_to_the_secretary_else_the_director() -> None:
    one = meeting(absence_deadline=date(2026, 10, 26))
    assert plain(sentences.absence(one, association())) == (
        "Anmäl frånvaro senast måndagen den 26 oktober till Eva Ek, sekreterare: 010-1."
        " Ersättare kallas in enligt den beslutade turordningen."
    )
    assert sentences.absence(meeting(), Association(name="Tomt")) == ""


def test_place_by_form() -> None:
    assert sentences.place(meeting(place="Linden")) == "Linden"
    assert sentences.place(meeting(place="Linden", form=MeetingForm.HYBRID)).splitlines() == [
        "Linden",
        "Det går att delta på distans. Länk finns i kalenderinbjudan.",
    ]
    assert sentences.place(meeting(place="Distansmöte", form=MeetingForm.DISTANCE)) == "Distansmöte"
    assert sentences.place(meeting(form=MeetingForm.DISTANCE)) == "Distansmöte"


def test_place_and_time_with_adjournments() -> None:
    one = meeting(
        place="Linden", opened_at=time(8, 30), closed_at=time(11, 50),
        adjournments=(Adjournment(start=time(10, 5), end=time(10, 20)),),
    )  # fmt: skip
    assert plain(sentences.place_and_time(one)) == (
        "Linden, klockan 08.30–11.50\nAjournering klockan 10.05–10.20"
    )


def test_boards_are_those_of_kommuner_and_regions_only() -> None:
    assert sentences.notice_boards(association()) == ("kommun", "region")


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Eva Blomhed", "Eva Blomheds"), ("Klas Ås", "Klas Ås"), ("Max", "Max"), ("Liz", "Liz")],
)
def test_genitive(name: str, expected: str) -> None:
    assert sentences.genitive(name) == expected


def test_a_person_who_left_the_register_is_not_left_out() -> None:
    assert sentences.person_name(association(), "borta") == "okänd person"


def test_announcement_says_what_has_happened_and_no_more() -> None:
    assert sentences.announcement(meeting()).startswith("När protokollet är justerat")
    adjusted = meeting(adjusted_on=date(2026, 11, 9))
    assert "tillkännages" in sentences.announcement(adjusted)
    posted = replace(adjusted, public_notices=(PublicNotice(member_id="kommun", posted=date(2026, 11, 10)),))
    assert "har tillkännagetts" in sentences.announcement(posted)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("till 1 724 tkr vid", "till 1°724°tkr vid"),
        ("den 2 december 2026", "den 2°december 2026"),
        ("§ 67 och §§ 61–75", "§°67 och §§°61–75"),
        ("klockan 08.30, punkt 7, Bilaga 3", "klockan°08.30, punkt°7, Bilaga°3"),
        ("15 %", "15°%"),
        ("12 635 000 kr", "12°635°000°kr"),
        ("123 45 Exempelby, 010-000 00 00", "123 45 Exempelby, 010-000 00 00"),
        ("5 krav", "5 krav"),
        ("år 2026 beslutas", "år 2026 beslutas"),
    ],
)
def test_numbers_are_not_split_at_line_ends(text: str, expected: str) -> None:
    assert no_break(text).replace("\u00a0", "°") == expected


@given(st.text(alphabet="0123456789 §%krtdecmbkloan.,–", max_size=60))
def test_no_break_changes_nothing_but_spaces(text: str) -> None:
    assert no_break(text).replace("\u00a0", " ") == text
