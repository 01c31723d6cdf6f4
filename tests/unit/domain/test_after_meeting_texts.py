"""What goes to the boards and to the recipients: rows, texts, batches and the log."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from finsam_desktop.domain import dispatching, notices, sealing
from finsam_desktop.domain.adjusting import adjust, adjust_items, post
from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.meeting import Meeting, MeetingState, PublicNotice
from tests.board import association, decided_item, found, held

AT = datetime(2026, 11, 9, 14, 8)
TODAY = date(2026, 11, 11)


def adjusted(*items: AgendaItem) -> Meeting:
    one = held(
        *(items or (decided_item("a", recipients=("Regionen", "Revisorerna")),)), state=MeetingState.MINUTES
    )
    return adjust(one, association(), (), on=date(2026, 11, 9), at=AT)


def test_every_kommun_and_region_has_a_row_and_nobody_else() -> None:
    rows = notices.rows(adjusted(), association())
    assert [row.member.id for row in rows] == ["ek", "reg", "bjork"]
    assert {(row.latest, row.down, row.posted, row.days_left(TODAY)) for row in rows} == {
        (date(2026, 11, 11), None, False, 0)
    }
    one = post(adjusted(), association(), PublicNotice(member_id="ek", posted=TODAY, address="ek.example"))
    first = notices.rows(one, association())[0]
    assert (first.posted, first.proven, first.days_left(TODAY)) == (True, True, None)
    assert notices.rows(held(), association())[0].latest is None


def test_the_message_says_what_where_until_when_and_what_to_answer() -> None:
    one, register = adjusted(), association(court="Förvaltningsrätten i Umeå", minutes_kept_at="på kansliet")
    (member,) = [m for m in register.members if m.id == "ek"]
    contact = replace(member, contact="Registrator, kommun@ek.example, 0900-1")
    message = notices.message(one, register, (one,), contact)
    assert message.to == "kommun@ek.example"
    assert message.subject == (
        "Anslag: justerat protokoll från Samordningsförbundet Exempel, sammanträde den 29 oktober 2026"
    )
    for words in (
        "på Eks kommuns anslagstavla (ek.example)",
        "Sätt upp anslaget senast onsdagen den 11 november 2026.",
        "Paragrafer: §§ 1–3",
        "Justerat: 2026-11-09",
        "Förvaring: Protokollet förvaras på kansliet.",
        "överklaga besluten till Förvaltningsrätten i Umeå",
        "inom tre veckor från den dag då justeringen tillkännagavs",
        "Svara med dagen då anslaget sattes upp",
    ):
        assert words in message.body
    assert "\u00a0" not in message.body + message.subject


def test_when_all_are_up_the_text_names_the_days() -> None:
    one = adjusted()
    register = association()
    member = register.members[0]
    assert notices.removal_message(one, register, (one,), member) is None
    for board in ("ek", "reg", "bjork"):
        one = post(one, register, PublicNotice(member_id=board, posted=date(2026, 11, 11)))
    assert "senast den 2 december 2026" in notices.message(one, register, (one,), member).body
    told = notices.removal_message(one, register, (one,), member)
    assert told is not None
    assert "från och med torsdagen den 3 december 2026" in told.body


def test_an_immediately_adjusted_paragraph_has_its_own_text() -> None:
    one = adjust_items(held(decided_item("a")), association(), (), ("a",), at=AT)
    message = notices.message(one, association(), (one,), association().members[0], ("a",))
    assert "omedelbart justerad § 2" in message.subject
    assert "TILLKÄNNAGIVANDE AV OMEDELBART JUSTERAD PARAGRAF" in message.body
    assert "senast lördagen" not in message.body, "the second day is Saturday 31 October, so Monday"
    assert "senast måndagen den 2 november 2026" in message.body


def test_batches_are_by_recipient_with_sub_items_under_their_paragraph() -> None:
    sub = AgendaItem(id="a1", title="Del", recipients=("revisorerna ", "Kommunerna"))
    one = adjusted(
        decided_item("a", recipients=("Regionen", "Revisorerna"), sub_items=(sub,)),
        decided_item("b", recipients=("REGIONEN.",)),
    )
    batches = dispatching.batches(one)
    assert [(b.recipient, b.items) for b in batches] == [
        ("Regionen", ("a", "b")), ("Revisorerna", ("a",)), ("Kommunerna", ("a",)),
    ]  # fmt: skip
    assert dispatching.section_names((one,), one, batches[0].items) == "§§\u00a02–3"


def test_the_log_tells_what_has_been_sent_and_what_is_left() -> None:
    one = adjusted(
        decided_item("a", recipients=("Regionen", "Revisorerna")), decided_item("b", recipients=("Regionen",))
    )
    assert dispatching.progress(one) == (0, 2)
    one = dispatching.log(one, [("regionen", ("a",), "u.docx")], on=TODAY, manner="med e-post", by="Ola")
    region, auditors = dispatching.batches(one)
    assert (region.left, auditors.left) == (("b",), ("a",))
    assert region.latest is not None
    assert (region.latest.manner, region.latest.file_name) == ("med e-post", "u.docx")
    one = dispatching.log(one, [("Regionen", ("b",), ""), ("Revisorerna", ("a",), "")], on=TODAY)
    assert dispatching.progress(one) == (2, 2)
    assert sealing.broken(one) == ()
    taken_back = dispatching.take_back(one, one.dispatches[-1].id)
    assert dispatching.progress(taken_back) == (1, 2)
    other = dispatching.log(one, [("Journalisten", ("a",), "")], on=TODAY)
    assert dispatching.batches(other)[-1].recipient == "Journalisten"


# -- the checks ------------------------------------------------------------------------------------


def test_the_checks_name_what_was_altered_after_the_adjustment() -> None:
    one = adjusted()
    assert not found("R34b", one, TODAY)
    (finding,) = found("R34b", replace(one, place="Kullen"), TODAY)
    assert finding.title == "Det justerade protokollet har ändrats: plats, tid och ordning"
    assert finding.severity == "error"


def test_the_checks_tell_of_new_names_but_do_not_mind() -> None:
    people = tuple(replace(p, name="Anna Ny") if p.id == "anna" else p for p in association().people)
    (finding,) = found("R34c", adjusted(), TODAY, register=association(people=people))
    assert (finding.title, finding.severity) == (
        "Registret har ändrats sedan justeringen: Anna heter nu Anna Ny", "note",
    )  # fmt: skip


def test_the_checks_ask_for_an_immediate_adjustment_that_is_not_recorded() -> None:
    flagged = decided_item("a")
    flagged = replace(flagged, decision=replace(flagged.decision, immediately_adjusted=True))
    (finding,) = found("R34a", held(flagged), TODAY)
    assert finding.title.startswith("§\u00a02 är omedelbart justerad")
    done = adjust_items(held(flagged), association(), (), ("a",), at=AT)
    assert not found("R34a", done, TODAY)
    assert [f.title for f in found("R35", done, date(2026, 10, 30))] == [
        "Anslag om §\u00a02 återstår på 3 av 3 anslagstavlor, senast måndag 2\u00a0november, om 3\u00a0dagar"
    ]


def test_the_checks_say_when_the_announcements_may_come_down() -> None:
    one = adjusted()
    for board in ("ek", "reg", "bjork"):
        one = post(one, association(), PublicNotice(member_id=board, posted=date(2026, 11, 11)))
    told = {day: [f.title for f in found("R37", one, day)] for day in (date(2026, 12, 2), date(2026, 12, 3))}
    assert told[date(2026, 12, 2)] == []
    assert told[date(2026, 12, 3)] == ["Anslagen får tas ned sedan torsdag 3\u00a0december"]


def test_the_canonical_form_is_the_same_in_every_version() -> None:
    one = Meeting(
        id="m",
        date=date(2026, 10, 29),
        items=(AgendaItem(id="a", title="Öppnande", minutes=5, summary="Text"),),
    )
    assert sealing.canonical(one.items[0]) == {"id": "a", "title": "Öppnande", "summary": "Text"}
    assert sealing.fingerprint(one) == ("9b0e0982def139cbaa963dc84ed16dc7285ea0f46bffbfc02a1a69224d200fa4")
