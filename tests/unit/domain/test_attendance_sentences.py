"""Standing sentences about who was there: each said when the record holds it, and only then."""

from __future__ import annotations

from datetime import date, time

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
from finsam_desktop.domain.attendance import Attendance, Away, ConflictOfInterest, Presence, Ruling
from finsam_desktop.domain.attendance_sentences import AttendanceSentences
from finsam_desktop.domain.meeting import (
    Meeting,
    MeetingKind,
)

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


def sentences_of(one: Meeting, register: Association | None = None) -> AttendanceSentences:
    """The sentences of a meeting whose items are §§ 61, 62 …"""
    numbers = {item.id: 61 + place for place, item in enumerate(one.items)}
    return AttendanceSentences(one, register if register is not None else association(), numbers)


def plain(*told: str) -> str:
    return " ".join(told).replace("\u00a0", " ")


def test_opening_counts_the_seats_filled_and_says_whether_the_board_is_quorate() -> None:
    told = plain(*sentences_of(meeting(opened_at=time(8, 30))).opening("p1"))
    assert told == (
        "Ordföranden öppnar sammanträdet klockan 08.30 och förrättar upprop. Tre av styrelsens tre platser är fyllda"
        " av ledamöter eller tjänstgörande ersättare. Styrelsen är beslutför."
    )


def test_opening_without_quorum_or_time_claims_neither() -> None:
    absent = (Presence(person_id="bo", present=False), Presence(person_id="cia", present=False))
    told = plain(*sentences_of(meeting(*absent)).opening("p1"))
    assert "öppnar sammanträdet och förrättar" in told
    assert "En av styrelsens tre platser är fylld av" in told
    assert told.endswith("Styrelsen är inte beslutför.")


def test_exactly_half_the_seats_is_no_quorum() -> None:
    absent = Presence(person_id="cia", present=False)
    told = plain(*sentences_of(meeting(absent), association(board_size=4)).opening("p1"))
    assert told.endswith("Styrelsen är inte beslutför.")


def test_vice_chair_leads_when_the_chair_is_away() -> None:
    one = meeting(Presence(person_id="anna", present=False), opened_at=time(9, 0))
    assert plain(*sentences_of(one).opening("p1")).startswith("Vice ordföranden öppnar")
    assert plain(*sentences_of(one).closing(())).startswith("Vice ordföranden avslutar")


def test_nobody_is_said_to_lead_when_neither_is_there() -> None:
    one = meeting(Presence(person_id="anna", present=False), Presence(person_id="bo", present=False))
    assert plain(*sentences_of(one).opening("p1")).startswith("Sammanträdet öppnas och upprop")


def test_distance_names_the_boards_decision_and_equal_terms_only_with_picture() -> None:
    rules = {"distance_decision": "den 12 februari 2026, § 9"}
    seen = meeting(Presence(person_id="cia", distance=True))
    told = plain(*sentences_of(seen, association(**rules)).distance())
    assert told == (
        "Cia Ceder deltar på distans med ljud- och bildöverföring i realtid, enligt styrelsens beslut den"
        " 12 februari 2026, § 9. Samtliga deltagare kan se och höra varandra och delta på lika villkor."
    )
    heard = meeting(Presence(person_id="cia", distance=True, audio_only=True))
    assert plain(*sentences_of(heard).distance()) == (
        "Cia Ceder deltar på distans med enbart ljudöverföring i realtid."
    )
    assert sentences_of(meeting()).distance() == ()


def test_those_who_never_came_are_not_said_to_take_part_from_afar() -> None:
    assert sentences_of(meeting(Presence(person_id="cia", distance=True, present=False))).distance() == ()


def test_arrival_and_departure_with_time_and_paragraph() -> None:
    one = meeting(
        Presence(person_id="cia", from_item="p2", arrived_at=time(9, 10), to_item="p2", left_at=time(10, 5))
    )
    arrived = plain(*sentences_of(one).arrivals("p2"))
    assert arrived == "Cia Ceder kommer till sammanträdet klockan 09.10, före behandlingen av § 62."
    assert plain(*sentences_of(one).departures("p2")) == (
        "Cia Ceder lämnar sammanträdet klockan 10.05, efter § 62."
    )
    assert sentences_of(one).arrivals("p1") == ()
    assert sentences_of(one).departures("p3") == ()


def test_civil_servants_come_and_go_without_a_word_unless_a_time_is_noted() -> None:
    quiet = meeting(Presence(person_id="filip", from_item="p2", to_item="p2"))
    assert sentences_of(quiet).arrivals("p2") == ()
    noted = meeting(Presence(person_id="filip", from_item="p2", arrived_at=time(9, 0)))
    assert "Filip Fors kommer" in plain(*sentences_of(noted).arrivals("p2"))


def test_a_time_noted_without_an_item_is_told_at_the_first_or_last() -> None:
    late = meeting(Presence(person_id="cia", arrived_at=time(8, 40), left_at=time(11, 0)))
    assert plain(*sentences_of(late).arrivals("p1")) == "Cia Ceder kommer till sammanträdet klockan 08.40."
    assert plain(*sentences_of(late).departures("p3")) == "Cia Ceder lämnar sammanträdet klockan 11.00."


def test_deputy_who_begins_to_serve_is_told_of_once() -> None:
    one = meeting(Presence(person_id="bo", to_item="p1"), Presence(person_id="dan", serving_for="bo"))
    assert plain(*sentences_of(one).arrivals("p2")) == (
        "Dan Dal (M) tjänstgör i stället för Bo Berg (C) från och med § 62."
    )
    assert sentences_of(one).arrivals("p3") == ()
    from_start = meeting(Presence(person_id="bo", present=False), Presence(person_id="dan", serving_for="bo"))
    assert sentences_of(from_start).arrivals("p1") == ()


def test_conflict_of_interest_with_reason_and_substitute() -> None:
    conflict = ConflictOfInterest(
        item_id="p2", person_id="bo", reason="han är ledamot i regionen", substitute_id="dan"
    )
    one = meeting(Presence(person_id="dan"), conflicts=(conflict,))
    assert plain(*sentences_of(one).conflicts("p2")) == (
        "Bo Berg (C) anmäler jäv, eftersom han är ledamot i regionen. Bo Berg deltar varken i handläggningen eller i"
        " beslutet och lämnar sammanträdet under paragrafen. Dan Dal (M) tjänstgör i Bo Bergs ställe."
    )
    assert sentences_of(one).conflicts("p1") == ()
    assert "kommer" not in plain(*sentences_of(one).arrivals("p2"))
    assert sentences_of(one).arrivals("p2") == ()


def test_deputy_told_of_anew_when_the_first_service_was_a_conflict() -> None:
    """Dan serves for Bo at p1 because of a conflict, and from p3 because Bo has left."""
    conflict = ConflictOfInterest(item_id="p1", person_id="bo", substitute_id="dan")
    left = Presence(person_id="bo", to_item="p2")
    one = meeting(left, Presence(person_id="dan", serving_for="bo"), conflicts=(conflict,))
    assert sentences_of(one).arrivals("p2") == ()
    assert plain(*sentences_of(one).arrivals("p3")) == (
        "Dan Dal (M) tjänstgör i stället för Bo Berg (C) från och med § 63."
    )


def test_deputys_own_conflict_is_no_new_service() -> None:
    conflict = ConflictOfInterest(item_id="p2", person_id="dan")
    away = Presence(person_id="bo", present=False)
    one = meeting(away, Presence(person_id="dan", serving_for="bo"), conflicts=(conflict,))
    assert sentences_of(one).arrivals("p3") == ()


def test_board_member_from_the_first_item_without_a_time_is_not_said_to_come() -> None:
    one = meeting(Presence(person_id="cia", from_item="p1", to_item="p3"))
    assert sentences_of(one).arrivals("p1") == ()
    assert sentences_of(one).departures("p3") == ()
    moved = meeting(Presence(person_id="cia", from_item="p2", to_item="p2"))
    assert plain(*sentences_of(moved).arrivals("p2")) == (
        "Cia Ceder kommer till sammanträdet, före behandlingen av § 62."
    )
    assert plain(*sentences_of(moved).departures("p2")) == ("Cia Ceder lämnar sammanträdet, efter § 62.")


def test_conflict_in_a_sub_item_uses_the_attendance_of_its_item() -> None:
    conflict = ConflictOfInterest(item_id="p2a", person_id="bo")
    sub = AgendaItem(id="p2a", title="Del")
    items = (AgendaItem(id="p1", title="Ett"), AgendaItem(id="p2", title="Två", sub_items=(sub,)))
    one = meeting(conflicts=(conflict,), items=items)
    assert plain(*sentences_of(one).conflicts("p2a")).startswith("Bo Berg (C) anmäler jäv.")
    assert sentences_of(one).conflicts("p2") == ()


def test_conflict_without_substitute_names_nobody() -> None:
    conflict = ConflictOfInterest(item_id="p2", person_id="bo", substitute_id="dan")
    away = meeting(Presence(person_id="dan", present=False), conflicts=(conflict,))
    told = plain(*sentences_of(away).conflicts("p2"))
    assert told.startswith("Bo Berg (C) anmäler jäv. Bo Berg deltar")
    assert "tjänstgör" not in told


def test_closing_names_the_next_meeting_and_that_a_budget_meeting_is_public() -> None:
    one = meeting(closed_at=time(11, 50))
    ordinary = Meeting(id="n", date=date(2026, 12, 10))
    budget = Meeting(id="b", date=date(2026, 11, 26), kind=MeetingKind.BUDGET)
    earlier = Meeting(id="e", date=date(2026, 9, 17))
    assert plain(*sentences_of(one).closing((earlier, one))) == (
        "Ordföranden avslutar sammanträdet klockan 11.50."
    )
    assert plain(*sentences_of(one).closing((earlier, one, ordinary))).endswith(
        "Nästa sammanträde hålls torsdagen den 10 december 2026."
    )
    assert plain(*sentences_of(one).closing((ordinary, budget))).endswith(
        "Nästa sammanträde, då budgeten för 2027 fastställs, hålls torsdagen den 26 november 2026 och är offentligt."
    )


def test_several_absences_are_told_each_with_its_times_and_the_return_as_one() -> None:
    twice = Presence(
        person_id="bo",
        away=(
            Away(from_item="p2", to_item="p2", left_at=time(9, 10), back_at=time(9, 40)),
            Away(from_item="p4", to_item="p4", left_at=time(10, 5)),
        ),
    )
    one = longer(twice, Presence(person_id="dan", serving_for="bo"))
    told = sentences_of(one)
    assert plain(*told.departures("p1")) == "Bo Berg (C) lämnar sammanträdet klockan 09.10, efter § 61."
    assert plain(*told.arrivals("p2")) == "Dan Dal (M) tjänstgör i stället för Bo Berg (C) under § 62."
    assert plain(*told.arrivals("p3")) == (
        "Bo Berg (C) återkommer till sammanträdet klockan 09.40, före behandlingen av § 63."
    )
    assert plain(*told.departures("p3")) == "Bo Berg (C) lämnar sammanträdet klockan 10.05, efter § 63."
    assert plain(*told.arrivals("p5")) == (
        "Bo Berg (C) återkommer till sammanträdet, före behandlingen av § 65."
    )


def longer(*presences: Presence, conflicts: tuple[ConflictOfInterest, ...] = (), **more) -> Meeting:
    items = tuple(AgendaItem(id=f"p{n}", title=f"Ärende {n}") for n in range(1, 6))
    return meeting(*presences, conflicts=conflicts, items=items, **more)


def lost(**times) -> tuple[Presence, ...]:
    cut = Away(from_item="p2", to_item="p3", lost_connection=True, **times)
    return Presence(person_id="bo", distance=True, away=(cut,)), Presence(person_id="dan", serving_for="bo")


def test_a_lost_connection_is_told_once_with_who_serves_meanwhile() -> None:
    told = sentences_of(longer(*lost(left_at=time(9, 50), back_at=time(10, 20))))
    assert plain(*told.arrivals("p2")) == (
        "Bo Berg (C) förlorar anslutningen klockan 09.50 och återkommer klockan 10.20."
        " Dan Dal (M) tjänstgör under §§ 62–63."
    )
    assert [told.departures("p1"), told.arrivals("p3"), told.arrivals("p4")] == [(), (), ()]


def test_a_lost_connection_without_times_or_without_return() -> None:
    told = sentences_of(longer(*lost()))
    assert plain(*told.arrivals("p2")).startswith(
        "Bo Berg (C) förlorar anslutningen och återkommer före behandlingen av § 64."
    )
    gone = Presence(person_id="bo", away=(Away(from_item="p4", to_item="p5", lost_connection=True),))
    assert plain(*sentences_of(longer(gone)).arrivals("p4")) == (
        "Bo Berg (C) förlorar anslutningen och återkommer inte."
    )


def test_sound_only_needs_the_boards_special_reasons() -> None:
    heard = Presence(person_id="cia", distance=True, audio_only=True, audio_reason="nätet är nere")
    told = plain(*sentences_of(meeting(heard), association(distance_decision="§ 9")).distance())
    assert told == (
        "Cia Ceder deltar på distans med enbart ljudöverföring i realtid."
        " Styrelsen beslutar att det finns särskilda skäl för detta: nätet är nere."
    )


def test_a_disputed_conflict_tells_what_the_board_decided() -> None:
    def told(ruling: Ruling) -> str:
        one = ConflictOfInterest(item_id="p2", person_id="cia", reason="hon är part", ruling=ruling)
        return plain(*sentences_of(meeting(conflicts=(one,))).conflicts("p2"))

    assert told(Ruling.NOT_IN_CONFLICT) == (
        "Fråga om jäv uppkommer mot Cia Ceder, eftersom hon är part."
        " Styrelsen beslutar att Cia Ceder inte är jävig i ärendet."
    )
    assert told(Ruling.IN_CONFLICT) == (
        "Fråga om jäv uppkommer mot Cia Ceder, eftersom hon är part."
        " Styrelsen beslutar att Cia Ceder är jävig i ärendet. Cia Ceder deltar varken i handläggningen eller i"
        " beslutet och lämnar sammanträdet under paragrafen."
    )


def test_who_is_in_conflict_but_absent_does_not_leave() -> None:
    conflict = ConflictOfInterest(item_id="p2", person_id="cia")
    one = meeting(Presence(person_id="cia", present=False), conflicts=(conflict,))
    assert plain(*sentences_of(one, association(board_size=1)).conflicts("p2")) == (
        "Cia Ceder anmäler jäv. Cia Ceder deltar varken i handläggningen eller i beslutet."
    )


def test_the_vice_chair_leads_one_paragraph_while_the_chair_is_in_conflict() -> None:
    told = sentences_of(longer(conflicts=(ConflictOfInterest(item_id="p3", person_id="anna"),)))
    assert plain(*told.conflicts("p3")).endswith("Vice ordförande Bo Berg (C) leder sammanträdet under § 63.")
    assert told.arrivals("p4") == ()


def test_the_chair_takes_over_on_coming_late() -> None:
    late = Presence(person_id="anna", from_item="p3")
    assert plain(*sentences_of(longer(late, opened_at=time(8, 30))).opening("p1")).startswith(
        "Vice ordföranden öppnar"
    )
    assert plain(*sentences_of(longer(late)).arrivals("p3")) == (
        "Anna Alm (S) kommer till sammanträdet, före behandlingen av § 63."
        " Ordförande Anna Alm (S) leder sammanträdet från och med § 63."
    )


def test_one_whom_the_board_has_chosen_opens_by_name() -> None:
    away = (Presence(person_id="anna", present=False), Presence(person_id="bo", present=False))
    one = meeting(*away, chaired_by="cia", opened_at=time(8, 30))
    assert plain(*sentences_of(one).opening("p1")).startswith("Cia Ceder öppnar sammanträdet klockan 08.30")


def test_a_board_that_becomes_quorate_or_ceases_to_be_says_from_where() -> None:
    late = (Presence(person_id="bo", from_item="p2"), Presence(person_id="cia", present=False))
    told = sentences_of(longer(*late))
    assert plain(*told.opening("p1")).endswith("Styrelsen är inte beslutför.")
    assert plain(*told.arrivals("p2")).endswith("Styrelsen är beslutför från och med § 62.")
    few = (Presence(person_id="cia", present=False),)
    conflict = ConflictOfInterest(item_id="p2", person_id="bo")
    passing = sentences_of(longer(*few, conflicts=(conflict,)))
    assert plain(*passing.conflicts("p2")).endswith("Styrelsen är inte beslutför under § 62.")


def test_a_meeting_broken_off_for_want_of_quorum_ends_at_its_opening() -> None:
    away = (Presence(person_id="bo", present=False), Presence(person_id="cia", present=False))
    told = sentences_of(meeting(*away, opened_at=time(8, 30), closed_at=time(8, 45)))
    assert plain(*told.opening("p1")).endswith(
        "Styrelsen är inte beslutför. Ordföranden avslutar sammanträdet klockan 08.45."
    )
    assert told.closing(()) == ()
    following = Meeting(id="n", date=date(2026, 12, 10))
    assert plain(*told.closing((following,))) == "Nästa sammanträde hålls torsdagen den 10 december 2026."


def test_a_conflict_in_a_sub_item_names_its_own_substitute_and_leader() -> None:
    sub = AgendaItem(id="p2a", title="Del")
    items = (AgendaItem(id="p1", title="Ett"), AgendaItem(id="p2", title="Två", sub_items=(sub,)))
    conflict = ConflictOfInterest(item_id="p2a", person_id="anna", substitute_id="dan")
    one = meeting(Presence(person_id="dan"), conflicts=(conflict,), items=items)
    assert plain(*sentences_of(one).conflicts("p2a")) == (
        "Anna Alm (S) anmäler jäv. Anna Alm deltar varken i handläggningen eller i beslutet och lämnar sammanträdet"
        " under delärendet. Dan Dal (M) tjänstgör i Anna Alms ställe."
        " Vice ordförande Bo Berg (C) leder sammanträdet under delärendet."
    )


def test_without_paragraphs_the_sentences_name_none() -> None:
    told = AttendanceSentences(
        longer(Presence(person_id="cia", from_item="p2", to_item="p3")), association(), {}
    )
    assert told.arrivals("p2") == ("Cia Ceder kommer till sammanträdet.",)
    assert told.departures("p3") == ("Cia Ceder lämnar sammanträdet.",)
