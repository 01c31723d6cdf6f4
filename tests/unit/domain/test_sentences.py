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


def test_opening_counts_the_seats_filled_and_says_whether_the_board_is_quorate() -> None:
    told = plain(*sentences.opening(meeting(opened_at=time(8, 30)), association(), "p1"))
    assert told == (
        "Ordföranden öppnar sammanträdet klockan 08.30 och förrättar upprop. Tre av styrelsens tre platser är fyllda"
        " av ledamöter eller tjänstgörande ersättare. Styrelsen är beslutför."
    )


def test_opening_without_quorum_or_time_claims_neither() -> None:
    absent = (Presence(person_id="bo", present=False), Presence(person_id="cia", present=False))
    told = plain(*sentences.opening(meeting(*absent), association(), "p1"))
    assert "öppnar sammanträdet och förrättar" in told
    assert "En av styrelsens tre platser är fylld av" in told
    assert told.endswith("Styrelsen är inte beslutför.")


def test_exactly_half_the_seats_is_no_quorum() -> None:
    absent = Presence(person_id="cia", present=False)
    told = plain(*sentences.opening(meeting(absent), association(board_size=4), "p1"))
    assert told.endswith("Styrelsen är inte beslutför.")


def test_vice_chair_leads_when_the_chair_is_away() -> None:
    one = meeting(Presence(person_id="anna", present=False), opened_at=time(9, 0))
    assert plain(*sentences.opening(one, association(), "p1")).startswith("Vice ordföranden öppnar")
    assert plain(*sentences.closing(one, association(), ())).startswith("Vice ordföranden avslutar")


def test_nobody_is_said_to_lead_when_neither_is_there() -> None:
    one = meeting(Presence(person_id="anna", present=False), Presence(person_id="bo", present=False))
    assert plain(*sentences.opening(one, association(), "p1")).startswith("Sammanträdet öppnas och upprop")


def test_distance_names_the_boards_decision_and_equal_terms_only_with_picture() -> None:
    rules = {"distance_decision": "den 12 februari 2026, § 9"}
    seen = meeting(Presence(person_id="cia", distance=True))
    told = plain(*sentences.distance(seen, association(**rules)))
    assert told == (
        "Cia Ceder deltar på distans med ljud- och bildöverföring i realtid, enligt styrelsens beslut den"
        " 12 februari 2026, § 9. Samtliga deltagare kan se och höra varandra och delta på lika villkor."
    )
    heard = meeting(Presence(person_id="cia", distance=True, audio_only=True))
    assert plain(*sentences.distance(heard, association())) == (
        "Cia Ceder deltar på distans med enbart ljudöverföring i realtid."
    )
    assert sentences.distance(meeting(), association()) == ()


def test_those_who_never_came_are_not_said_to_take_part_from_afar() -> None:
    assert (
        sentences.distance(meeting(Presence(person_id="cia", distance=True, present=False)), association())
        == ()
    )


def test_arrival_and_departure_with_time_and_paragraph() -> None:
    one = meeting(
        Presence(person_id="cia", from_item="p2", arrived_at=time(9, 10), to_item="p2", left_at=time(10, 5))
    )
    arrived = plain(*sentences.arrivals(one, association(), "p2", 62))
    assert arrived == "Cia Ceder kommer till sammanträdet klockan 09.10, före behandlingen av § 62."
    assert plain(*sentences.departures(one, association(), "p2", 62)) == (
        "Cia Ceder lämnar sammanträdet klockan 10.05, efter § 62."
    )
    assert sentences.arrivals(one, association(), "p1", 61) == ()
    assert sentences.departures(one, association(), "p3", 63) == ()


def test_civil_servants_come_and_go_without_a_word_unless_a_time_is_noted() -> None:
    quiet = meeting(Presence(person_id="filip", from_item="p2", to_item="p2"))
    assert sentences.arrivals(quiet, association(), "p2", 62) == ()
    noted = meeting(Presence(person_id="filip", from_item="p2", arrived_at=time(9, 0)))
    assert "Filip Fors kommer" in plain(*sentences.arrivals(noted, association(), "p2", 62))


def test_a_time_noted_without_an_item_is_told_at_the_first_or_last() -> None:
    late = meeting(Presence(person_id="cia", arrived_at=time(8, 40), left_at=time(11, 0)))
    assert (
        plain(*sentences.arrivals(late, association(), "p1", 61))
        == "Cia Ceder kommer till sammanträdet klockan 08.40."
    )
    assert (
        plain(*sentences.departures(late, association(), "p3", 63))
        == "Cia Ceder lämnar sammanträdet klockan 11.00."
    )


def test_deputy_who_begins_to_serve_is_told_of_once() -> None:
    one = meeting(Presence(person_id="bo", to_item="p1"), Presence(person_id="dan", serving_for="bo"))
    assert plain(*sentences.arrivals(one, association(), "p2", 62)) == (
        "Dan Dal (M) tjänstgör i stället för Bo Berg (C) från och med § 62."
    )
    assert sentences.arrivals(one, association(), "p3", 63) == ()
    from_start = meeting(Presence(person_id="bo", present=False), Presence(person_id="dan", serving_for="bo"))
    assert sentences.arrivals(from_start, association(), "p1", 61) == ()


def test_conflict_of_interest_with_reason_and_substitute() -> None:
    conflict = ConflictOfInterest(
        item_id="p2", person_id="bo", reason="han är ledamot i regionen", substitute_id="dan"
    )
    one = meeting(Presence(person_id="dan"), conflicts=(conflict,))
    assert plain(*sentences.conflicts(one, association(), "p2")) == (
        "Bo Berg (C) anmäler jäv, eftersom han är ledamot i regionen. Bo Berg deltar varken i handläggningen eller i"
        " beslutet och lämnar sammanträdet under paragrafen. Dan Dal (M) tjänstgör i Bo Bergs ställe."
    )
    assert sentences.conflicts(one, association(), "p1") == ()
    assert "kommer" not in plain(*sentences.arrivals(one, association(), "p2", 62))
    assert sentences.arrivals(one, association(), "p2", 62) == ()


def test_deputy_told_of_anew_when_the_first_service_was_a_conflict() -> None:
    """Dan serves for Bo at p1 because of a conflict, and from p3 because Bo has left."""
    conflict = ConflictOfInterest(item_id="p1", person_id="bo", substitute_id="dan")
    left = Presence(person_id="bo", to_item="p2")
    one = meeting(left, Presence(person_id="dan", serving_for="bo"), conflicts=(conflict,))
    assert sentences.arrivals(one, association(), "p2", 62) == ()
    assert plain(*sentences.arrivals(one, association(), "p3", 63)) == (
        "Dan Dal (M) tjänstgör i stället för Bo Berg (C) från och med § 63."
    )


def test_deputys_own_conflict_is_no_new_service() -> None:
    conflict = ConflictOfInterest(item_id="p2", person_id="dan")
    away = Presence(person_id="bo", present=False)
    one = meeting(away, Presence(person_id="dan", serving_for="bo"), conflicts=(conflict,))
    assert sentences.arrivals(one, association(), "p3", 63) == ()


def test_board_member_from_the_first_item_without_a_time_is_not_said_to_come() -> None:
    one = meeting(Presence(person_id="cia", from_item="p1", to_item="p3"))
    assert sentences.arrivals(one, association(), "p1", 61) == ()
    assert sentences.departures(one, association(), "p3", 63) == ()
    moved = meeting(Presence(person_id="cia", from_item="p2", to_item="p2"))
    assert plain(*sentences.arrivals(moved, association(), "p2", 62)) == (
        "Cia Ceder kommer till sammanträdet, före behandlingen av § 62."
    )
    assert plain(*sentences.departures(moved, association(), "p2", 62)) == (
        "Cia Ceder lämnar sammanträdet, efter § 62."
    )


def test_conflict_in_a_sub_item_uses_the_attendance_of_its_item() -> None:
    conflict = ConflictOfInterest(item_id="p2a", person_id="bo")
    sub = AgendaItem(id="p2a", title="Del")
    items = (AgendaItem(id="p1", title="Ett"), AgendaItem(id="p2", title="Två", sub_items=(sub,)))
    one = meeting(conflicts=(conflict,), items=items)
    assert plain(*sentences.conflicts(one, association(), "p2a")).startswith("Bo Berg (C) anmäler jäv.")
    assert sentences.conflicts(one, association(), "p2") == ()


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


def test_conflict_without_substitute_names_nobody() -> None:
    conflict = ConflictOfInterest(item_id="p2", person_id="bo", substitute_id="dan")
    away = meeting(Presence(person_id="dan", present=False), conflicts=(conflict,))
    told = plain(*sentences.conflicts(away, association(), "p2"))
    assert told.startswith("Bo Berg (C) anmäler jäv. Bo Berg deltar")
    assert "tjänstgör" not in told


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


def test_closing_names_the_next_meeting_and_that_a_budget_meeting_is_public() -> None:
    one = meeting(closed_at=time(11, 50))
    ordinary = Meeting(id="n", date=date(2026, 12, 10))
    budget = Meeting(id="b", date=date(2026, 11, 26), kind=MeetingKind.BUDGET)
    earlier = Meeting(id="e", date=date(2026, 9, 17))
    assert plain(*sentences.closing(one, association(), (earlier, one))) == (
        "Ordföranden avslutar sammanträdet klockan 11.50."
    )
    assert plain(*sentences.closing(one, association(), (earlier, one, ordinary))).endswith(
        "Nästa sammanträde hålls torsdagen den 10 december 2026."
    )
    assert plain(*sentences.closing(one, association(), (ordinary, budget))).endswith(
        "Nästa sammanträde, då budgeten för 2027 fastställs, hålls torsdagen den 26 november 2026 och är offentligt."
    )


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
