"""Justering, anslag, laga kraft: the steps, their days, what is kept, and what can no longer change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from finsam_desktop.domain import agenda, numbering, sealing
from finsam_desktop.domain.adjusting import (
    Stage,
    adjust,
    adjust_items,
    all_signed,
    can_reopen,
    correct,
    correction_sentence,
    corrections_of,
    forbidden_change,
    is_posted,
    post,
    reopen,
    send_out,
    sign,
    signers,
    stage,
    steps,
)
from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.decisions import FollowUp
from finsam_desktop.domain.meeting import Meeting, MeetingState, PublicNotice, Signing
from tests.board import DAY, absent, association, attachment, decided_item, held

AT = datetime(2026, 11, 9, 14, 8)
BOARDS = ("ek", "reg", "bjork")


def minutes(**fields: object) -> Meeting:
    first = decided_item("a", summary="Se {§:b} och {bilaga:b1}.")
    second = decided_item("b", attachments=(attachment("b1"), replace(attachment("b2"), sha256="")))
    return held(first, second, **{"state": MeetingState.MINUTES, **fields})


def adjusted(on: date = date(2026, 11, 9), **fields: object) -> Meeting:
    return adjust(minutes(**fields), association(), (), on=on, at=AT, by="Ola")


def posted_on(one: Meeting, *days: date | None, items: tuple[str, ...] = ()) -> Meeting:
    for member, day in zip(BOARDS, days, strict=False):
        one = post(one, association(), PublicNotice(member_id=member, posted=day, items=items))
    return one


# -- the way there ---------------------------------------------------------------------------------


def test_those_who_adjust_are_the_one_who_led_and_the_adjusters() -> None:
    assert [(s.name, s.role) for s in signers(minutes(), association())] == [
        ("Anna", "ordförande"),
        ("Cia", "justerare"),
    ]
    led_by_bo = minutes(attendance=replace(minutes().attendance, presences=absent("anna")))
    assert [s.name for s in signers(led_by_bo, association())] == ["Bo", "Cia"]


def test_the_minutes_are_adjusted_the_day_the_last_one_signed() -> None:
    one = sign(minutes(), "anna", date(2026, 11, 9), Signing.ELECTRONIC)
    assert all_signed(one, association()) is None
    one = sign(one, "cia", date(2026, 11, 6))
    assert all_signed(one, association()) == date(2026, 11, 9)
    assert adjust(one, association(), (), at=datetime(2026, 11, 20, 9)).adjusted_on == date(2026, 11, 9)
    assert all_signed(sign(one, "cia", None), association()) is None
    assert [s.manner for s in sign(one, "anna", date(2026, 11, 10)).signatures] == [
        Signing.PAPER,
        Signing.PAPER,
    ]


def test_stages_follow_what_is_recorded() -> None:
    one = minutes()
    assert stage(one, association()) is Stage.WRITTEN
    one = send_out(one, date(2026, 11, 3))
    assert stage(one, association()) is Stage.SENT
    one = adjust(one, association(), (), on=date(2026, 11, 9), at=AT)
    assert (stage(one, association()), one.state) == (Stage.ADJUSTED, MeetingState.ADJUSTED)
    part = posted_on(one, date(2026, 11, 10), date(2026, 11, 10))
    assert (stage(part, association()), part.state) == (Stage.ADJUSTED, MeetingState.ADJUSTED)
    every = posted_on(part, date(2026, 11, 10), date(2026, 11, 10), date(2026, 11, 11))
    assert (stage(every, association()), every.state) == (Stage.ANNOUNCED, MeetingState.ANNOUNCED)
    for member in BOARDS:
        down = PublicNotice(member_id=member, posted=date(2026, 11, 11), removed=date(2026, 12, 3))
        every = post(every, association(), down)
    assert stage(every, association()) is Stage.REMOVED
    taken_back = post(every, association(), PublicNotice(member_id="ek"))
    assert taken_back.state is MeetingState.ADJUSTED


def step(one: Meeting, which: Stage, items: tuple[str, ...] = ()):
    return next(step for step in steps(one, association(), items) if step.stage is which)


@pytest.mark.parametrize(
    ("held_on", "on", "latest", "late"),
    [
        (DAY, date(2026, 11, 11), date(2026, 11, 12), False),
        (DAY, date(2026, 11, 12), date(2026, 11, 12), False),
        (DAY, date(2026, 11, 13), date(2026, 11, 12), True),
        # The fourteenth day is Christmas Day: a lawful time ends on Monday the 28th (lag 1930:173, 2 §).
        (date(2026, 12, 11), date(2026, 12, 28), date(2026, 12, 28), False),
        (date(2026, 12, 11), date(2026, 12, 29), date(2026, 12, 28), True),
        # Over the year's end: 18 December + 14 is New Year's Day, a Friday; the 4th is the next working day.
        (date(2026, 12, 18), date(2027, 1, 4), date(2027, 1, 4), False),
        (date(2026, 12, 18), date(2027, 1, 5), date(2027, 1, 4), True),
    ],
)
def test_kl_5_69_gives_fourteen_days(held_on: date, on: date, latest: date, late: bool) -> None:
    done = step(adjusted(on=on, date=held_on), Stage.ADJUSTED)
    assert (done.earliest, done.latest, done.is_late(), done.source) == (
        held_on,
        latest,
        late,
        "KL 5 kap. 69 §",
    )
    waiting = step(minutes(date=held_on), Stage.ADJUSTED)
    assert [waiting.days_left(day) for day in (latest, on)] == [0, (latest - on).days]
    assert done.days_left(on) is None


@pytest.mark.parametrize(
    ("on", "latest"),
    [
        (date(2026, 11, 9), date(2026, 11, 11)),
        (date(2026, 11, 6), date(2026, 11, 9)),  # the second day is a Sunday
        (date(2026, 12, 29), date(2027, 1, 4)),  # New Year's Eve, New Year's Day, weekend
        (date(2027, 4, 28), date(2027, 4, 30)),  # the day before 1 May
        (date(2027, 4, 29), date(2027, 5, 3)),  # 1 May, a Saturday
    ],
)
def test_kl_8_12_gives_two_days(on: date, latest: date) -> None:
    one = adjusted(on=on)
    waiting = step(one, Stage.ANNOUNCED)
    assert (waiting.earliest, waiting.latest, waiting.days_left(latest)) == (on, latest, 0)
    for day, late in ((latest, False), (latest.fromordinal(latest.toordinal() + 1), True)):
        assert step(posted_on(one, day, day, day), Stage.ANNOUNCED).is_late() is late


@pytest.mark.parametrize(
    ("last", "down"),
    [
        (date(2026, 11, 11), date(2026, 12, 3)),
        (date(2026, 11, 14), date(2026, 12, 8)),  # three weeks end on a Saturday
        (date(2026, 12, 3), date(2026, 12, 29)),  # Christmas Eve
        (date(2026, 12, 11), date(2027, 1, 5)),  # New Year's Day and the weekend after it
        (date(2026, 12, 16), date(2027, 1, 8)),  # trettondedag jul
    ],
)
def test_kl_13_5_keeps_it_up_three_weeks_after_the_last_board(last: date, down: date) -> None:
    one = posted_on(adjusted(on=date(2026, 11, 9)), date(2026, 11, 10), last, date(2026, 11, 10))
    assert step(one, Stage.REMOVED).earliest == down
    for day, early in ((down.fromordinal(down.toordinal() - 1), True), (down, False)):
        gone = tuple(replace(n, removed=day) for n in one.public_notices)
        assert step(replace(one, public_notices=gone), Stage.REMOVED).is_early() is early


# -- what is kept ----------------------------------------------------------------------------------


def test_the_adjustment_keeps_numbers_names_and_references() -> None:
    later = Meeting(id="nästa", date=date(2026, 11, 26), items=(AgendaItem(title="Budget"),))
    one = adjust(minutes(), association(), (later,), on=date(2026, 11, 9), at=AT, by="Ola")
    assert [entry.number for entry in one.frozen_paragraphs] == [1, 2, 3, 4]
    assert [(entry.id, entry.number) for entry in one.frozen_attachments] == [("b1", 1), ("b2", 2)]
    assert [(r.mark, r.words) for r in one.frozen_register.references] == [
        ("bilaga:b1", "bilaga\u00a01"), ("§:b", "§\u00a03"),
    ]  # fmt: skip
    assert one.frozen_register.next_date == date(2026, 11, 26)
    (seal,) = one.seals
    assert (seal.items, seal.sealed_by, seal.sealed_at, seal.adjusted_on) == (
        (),
        "Ola",
        AT,
        date(2026, 11, 9),
    )
    assert seal.sha256 == sealing.fingerprint(one)
    assert sealing.broken(one) == ()


def test_a_new_name_leaves_adjusted_minutes_as_they_were() -> None:
    one = adjusted()
    people = tuple(
        replace(p, name="Anna Ny", party="C") if p.id == "anna" else p for p in association().people
    )
    now = replace(association(people=people), name="Nytt namn", appointments=())
    printed, _ = sealing.as_adjusted(now, (one,), one)
    assert printed.person("anna").name == "Anna"
    assert (printed.name, len(printed.appointments)) == (association().name, len(association().appointments))
    assert sealing.renamed(one, now) == (("Anna", "Anna Ny (C)"),)
    assert sealing.renamed(one, association()) == ()
    gone = association(people=())
    assert sealing.as_adjusted(gone, (one,), one)[0].person("anna").name == "Anna"


def test_the_next_meeting_is_the_one_that_was_known() -> None:
    later = Meeting(id="n", date=date(2026, 11, 26))
    one = adjust(minutes(), association(), (later,), on=date(2026, 11, 9), at=AT)
    moved = replace(later, date=date(2026, 12, 3))
    _, meetings = sealing.as_adjusted(association(), (one, moved), one)
    assert [m.date for m in meetings if m.date > one.date] == [date(2026, 11, 26)]
    alone = adjusted()
    assert [m.date for m in sealing.as_adjusted(association(), (alone, moved), alone)[1]] == [DAY]
    assert sealing.as_adjusted(association(), (moved,), minutes()) == (association(), (moved,))


def test_immediate_adjustment_keeps_the_item_and_the_numbers_before_it() -> None:
    one = adjust_items(minutes(), association(), (), ("b",), at=AT, by="Ola")
    assert [(e.id, e.number) for e in one.frozen_paragraphs] == [("oppnande", 1), ("a", 2), ("b", 3)]
    assert [e.id for e in one.frozen_attachments] == ["b1", "b2"]
    assert one.state is MeetingState.MINUTES
    assert agenda.find(one.items, "b").decision.immediately_adjusted
    assert one.frozen_register.references == (), "only what item b refers to"
    (seal,) = one.seals
    assert (seal.items, seal.adjusted_on) == (("b",), DAY)
    assert adjust_items(one, association(), (), ("b",), at=AT) == one
    both = adjust_items(one, association(), (), ("avslutande", "b"), at=AT)
    assert [seal.items for seal in both.seals] == [("b",), ("avslutande",)]


def test_items_adjusted_at_once_have_their_own_days_and_boards() -> None:
    one = adjust_items(minutes(), association(), (), ("b",), at=AT)
    up = posted_on(one, date(2026, 10, 30), date(2026, 10, 30), date(2026, 10, 31), items=("b",))
    assert stage(up, association(), ("b",)) is Stage.ANNOUNCED
    assert stage(up, association()) is Stage.WRITTEN
    assert is_posted(up, ("b",))
    assert not is_posted(up)
    assert step(up, Stage.REMOVED, ("b",)).earliest == date(2026, 11, 24)
    whole = adjust(up, association(), (), on=date(2026, 11, 9), at=AT)
    assert [n.items for n in whole.public_notices] == [("b",)] * 3, "the minutes need boards of their own"
    assert step(whole, Stage.ANNOUNCED).done_on is None


# -- what can no longer change ---------------------------------------------------------------------


def why(before: Meeting, after: Meeting | None, *others: Meeting) -> str:
    refusal = forbidden_change(before, after, (before, *others))
    return "" if refusal is None else refusal.why


def changed(one: Meeting, item_id: str, **fields: object) -> Meeting:
    return replace(one, items=agenda.update(one.items, item_id, lambda item: replace(item, **fields)))


@pytest.mark.parametrize(
    ("fields", "names"),
    [
        ({"place": "Kullen"}, "plats, tid och ordning"),
        ({"attendance": replace(held().attendance, presences=absent("bo"))}, "närvaron"),
        ({"adjustment_place": "kansliet"}, "justeringen"),
        ({"adjusted_on": date(2026, 11, 10)}, "justeringen"),
        ({"frozen_paragraphs": ()}, "paragrafernas och bilagornas nummer"),
        ({"frozen_register": None}, "namn och uppdrag som de var då"),
    ],
)
def test_adjusted_minutes_are_not_changed(fields: dict[str, object], names: str) -> None:
    one = adjusted()
    assert why(one, replace(one, **fields)) == f"Protokollet är justerat, och {names} ingår i det."


def test_no_word_of_an_adjusted_item_is_changed() -> None:
    one = adjusted()
    assert why(one, changed(one, "b", minutes_text="Annat.")) == (
        "Protokollet är justerat, och §\u00a03 Rapport ingår i det."
    )
    assert why(one, changed(one, "b", attachments=())) == (
        "Protokollet är justerat, och §\u00a03 Rapport och bilagan Rapporten ingår i det."
    )
    two = changed(changed(one, "a", title="Ny"), "b", title="Ny")
    assert "§\u00a02 Rapport och §\u00a03 Rapport" in why(one, replace(two))
    assert why(one, None).startswith("Sammanträdet den 29\u00a0oktober 2026 kan inte tas bort")


def test_what_lives_on_after_the_minutes_may_change() -> None:
    one = adjusted()
    after = correct(one, "b", "nio", "sju", by="Ola Rimfors, sekreterare", on=date(2026, 11, 20))
    after = replace(after, state=MeetingState.ARCHIVED, notice_date=DAY)
    after = posted_on(after, date(2026, 11, 10))
    item = agenda.find(after.items, "b")
    followed = replace(item.decision, follow_up=FollowUp(task="Skriv till regionen", responsible="chef"))
    after = changed(after, "b", decision=followed, minutes=15)
    assert why(one, after) == ""
    assert sealing.broken(after) == ()


def test_a_missing_file_may_be_put_in_but_not_exchanged() -> None:
    one = adjusted()
    attached = tuple(
        replace(a, sha256="1" * 64, file_name="b2.pdf", pages=2) if a.id == "b2" else a
        for a in agenda.find(one.items, "b").attachments
    )
    assert why(one, changed(one, "b", attachments=attached)) == ""
    exchanged = (replace(attached[0], sha256="2" * 64), attached[1])
    assert "bilagan Rapporten" in why(one, changed(one, "b", attachments=exchanged))


def test_the_adjustment_can_be_taken_back_until_it_is_announced() -> None:
    one = adjusted()
    assert can_reopen(one)
    opened = reopen(one)
    assert why(one, opened) == ""
    assert (opened.state, opened.adjusted_on, opened.seals, opened.frozen_paragraphs, opened.signatures) == (
        MeetingState.MINUTES, None, (), (), (),
    )  # fmt: skip
    announced = posted_on(one, date(2026, 11, 10))
    assert not can_reopen(announced)
    assert why(announced, reopen(announced)) == "Protokollet är anslaget, så det kan inte öppnas igen."
    assert not can_reopen(minutes())


def test_reopening_keeps_what_was_adjusted_at_once() -> None:
    part = adjust_items(minutes(), association(), (), ("a",), at=AT)
    whole = adjust(part, association(), (), on=date(2026, 11, 9), at=AT)
    opened = reopen(whole)
    assert [seal.items for seal in opened.seals] == [("a",)]
    assert [e.id for e in opened.frozen_paragraphs] == ["oppnande", "a", "b"], "a refers to b"
    assert sealing.broken(opened) == ()
    assert why(whole, opened) == ""
    assert "§\u00a02" in why(whole, changed(opened, "a", title="Annat"))


def test_an_item_adjusted_at_once_keeps_words_numbers_and_place() -> None:
    one = adjust_items(minutes(), association(), (), ("b",), at=AT)
    assert why(one, changed(one, "b", title="Annat")) == "§\u00a03 Rapport är omedelbart justerad."
    assert why(one, changed(one, "a", title="Annat")) == "", "§ 2 is not adjusted, only numbered"
    assert why(one, changed(one, "avslutande", title="Slut")) == ""
    assert "ligger fast" in why(one, replace(one, items=agenda.move(one.items, "b", 0)))
    assert "ligger fast" in why(one, replace(one, items=agenda.insert(one.items, 1, AgendaItem(title="Ny"))))
    assert why(one, replace(one, items=agenda.remove(one.items, "a"))) == (
        "Numren på justerade paragrafer och deras bilagor ändras inte."
    )
    assert why(one, replace(one, items=agenda.insert(one.items, 3, AgendaItem(title="Ny")))) == ""
    assert why(one, None).endswith("§\u00a03 är justerad.")
    posted = posted_on(one, date(2026, 10, 30), items=("b",))
    assert why(posted, replace(posted, seals=())).endswith("kan inte öppnas igen.")
    assert why(one, replace(one, seals=(), frozen_paragraphs=(), frozen_attachments=())) == ""


def test_no_number_may_go_missing_below_one_that_is_adjusted() -> None:
    earlier = Meeting(
        id="sep", date=date(2026, 9, 17), items=tuple(AgendaItem(id=f"s{n}", title="") for n in "12")
    )
    one = adjust(minutes(), association(), (earlier,), on=date(2026, 11, 9), at=AT)
    assert [e.number for e in one.frozen_paragraphs] == [3, 4, 5, 6]
    fewer = replace(earlier, items=agenda.remove(earlier.items, "s1"))
    assert why(earlier, fewer, one).startswith("§\u00a02 skulle saknas")
    assert why(earlier, None, one).startswith("§§\u00a01–2 skulle saknas")
    assert why(earlier, replace(earlier, date=date(2025, 9, 17)), one).startswith("§§\u00a01–2 skulle saknas")
    more = replace(earlier, items=(*earlier.items, AgendaItem(id="s3", title="")))
    assert why(earlier, more, one) == ""
    assert numbering.paragraphs((more, one), more) == {"s1": 1, "s2": 2, "s3": 7}
    moved = replace(earlier, items=agenda.move(earlier.items, "s1", 1))
    assert why(earlier, moved, one).startswith("§§\u00a01–2 skulle få andra nummer")
    august = Meeting(id="aug", date=date(2026, 8, 20), items=(AgendaItem(id="u1", title=""),))
    refusal = forbidden_change(None, august, (earlier, one))
    assert refusal is not None
    assert refusal.why.startswith("§§\u00a01–2 skulle få andra nummer")
    assert forbidden_change(None, replace(august, items=()), (earlier, one)) is None
    signed = adjust(earlier, association(), (one,), on=date(2026, 9, 25), at=AT)
    assert forbidden_change(None, august, (signed, one)) is None, "then it comes after what is adjusted"
    assert numbering.paragraphs((signed, one), august) == {"u1": 7}


def test_what_is_not_adjusted_is_free() -> None:
    one = minutes()
    assert why(one, None) == ""
    assert why(one, replace(one, items=(), place="", attendance=held().attendance)) == ""
    assert forbidden_change(None, one) is None


# -- tampering -------------------------------------------------------------------------------------


def test_a_change_past_the_door_is_named() -> None:
    one = adjusted()
    altered = replace(changed(one, "b", minutes_text="Något annat."), place="Kullen")
    assert [sealing.name_of(part, altered) for part in sealing.broken(altered)] == [
        "plats, tid och ordning",
        "§\u00a03 Rapport",
    ]
    gone = replace(one, items=agenda.remove(one.items, "b"))
    assert [sealing.name_of(part, gone) for part in sealing.broken(gone)] == [
        "plats, tid och ordning", "§\u00a03", "en bilaga eller ett ärende som inte finns kvar",
    ]  # fmt: skip
    (seal,) = one.seals
    forged = replace(one, seals=(replace(seal, parts=seal.parts[1:]),), place="Kullen")
    assert sealing.broken(forged) == ("seal",)
    assert sealing.name_of("seal", forged) == "förseglingen"


def test_a_refused_change_is_told_against_what_was_already_altered() -> None:
    altered = replace(adjusted(), place="Kullen")
    assert why(altered, posted_on(altered, date(2026, 11, 10))) == "", "work goes on beside an altered record"


# -- corrections -----------------------------------------------------------------------------------


def test_a_correction_stands_beside_what_was_adjusted() -> None:
    one = correct(
        adjusted(),
        "b",
        " nio ledamöter ",
        "sju ledamöter",
        by="Ola Rimfors, sekreterare",
        on=date(2026, 11, 20),
    )
    (correction,) = corrections_of(one, "b")
    assert correction_sentence(correction) == (
        "Rättelse 20\u00a0november 2026: ”nio ledamöter” har ändrats till ”sju ledamöter” av Ola Rimfors, sekreterare."
    )
    assert corrections_of(one, "a") == ()
    front = correct(one, "", "Kullen", "Linden", by="Ola", on=date(2026, 11, 20))
    assert [c.new for c in corrections_of(front, "")] == ["Linden"]


@pytest.mark.parametrize(
    ("item_id", "old", "new", "by", "words"),
    [
        ("x", "a", "b", "Ola", "Paragrafen finns inte"),
        ("b", " ", "b", "Ola", "Skriv det som ska rättas"),
        ("b", "a", "", "Ola", "Skriv vad som ska stå"),
        ("b", "a", "a ", "Ola", "Skriv vad som ska stå"),
        ("b", "a", "b", " ", "Skriv vem"),
    ],
)
def test_a_correction_says_what_who_and_how(item_id: str, old: str, new: str, by: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        correct(adjusted(), item_id, old, new, by=by, on=DAY)
