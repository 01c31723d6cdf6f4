"""References in texts: what they say, what they follow, how they are edited and how typed numbers are found."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from finsam_desktop.domain import agenda
from finsam_desktop.domain.agenda import AgendaItem, Attachment
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.decisions import Decision, Motion, MotionKind, Proposal
from finsam_desktop.domain.figures import FigureTable, Purpose, Unit
from finsam_desktop.domain.meeting import FrozenReference, FrozenRegister, Meeting, MeetingKind
from finsam_desktop.domain.references import (
    MISSING,
    References,
    frozen,
    mapped,
    resolved,
    shown,
    taken,
)
from finsam_desktop.domain.suggestions import continued

OLD = Meeting(id="gammalt", date=date(2025, 11, 20), items=(AgendaItem(id="g1", title="Budget 2026"),))
SPRING = Meeting(id="var", date=date(2026, 3, 3), items=(AgendaItem(id="v1", title="Bokslut"),))
MEETING = Meeting(
    id="okt",
    date=date(2026, 10, 29),
    items=(
        AgendaItem(id="a", title="Öppnande"),
        AgendaItem(
            id="b",
            title="Rapport",
            attachments=(Attachment(id="b1", title="Tertialrapport"),),
            sub_items=(
                AgendaItem(
                    id="b-a", title="Insatser", attachments=(Attachment(id="b2", title="Insatslista"),)
                ),
            ),
        ),
        AgendaItem(id="c", title="Budget"),
    ),
)
YEAR = (OLD, SPRING, MEETING)


def say(text: str, one: Meeting = MEETING) -> str:
    others = tuple(other for other in YEAR if other.id != one.id)
    return References((*others, one), one).resolve(text)


@pytest.mark.parametrize(
    ("mark", "words"),
    [
        ("{§:c}", "§\u00a04"),
        ("{§:b-a}", "§\u00a03"),
        ("{punkt:c}", "punkt\u00a03"),
        ("{punkt:b-a}", "punkt\u00a02A"),
        ("{bilaga:b2}", "bilaga\u00a02"),
        ("{Bilaga:b1}", "Bilaga\u00a01"),
        ("{Punkt:a}", "Punkt\u00a01"),
        ("{§:v1}", "§\u00a01"),
        ("{§:g1}", "§\u00a01/2025"),
        ("{punkt:v1}", "punkt\u00a01 vid sammanträdet den 3\u00a0mars 2026"),
        ("{§:borta}", MISSING),
        ("{bilaga:borta}", MISSING),
        ("{namn}", "{namn}"),
        ("{ärende:c}", "{ärende:c}"),
        ("ingen", "ingen"),
    ],
)
def test_a_mark_says_what_it_points_at(mark: str, words: str) -> None:
    assert say(f"Se {mark}.") == f"Se {words}."


def test_a_bilaga_of_another_meeting_says_whose_it_is() -> None:
    said = References(YEAR, SPRING).resolve("{bilaga:b1}")
    assert said == "bilaga\u00a01 till protokollet den 29\u00a0oktober 2026"


def test_what_has_no_paragraph_cannot_be_referred_to_as_one() -> None:
    day = replace(SPRING, kind=MeetingKind.PLANNING_DAY)
    assert References((OLD, day, MEETING), MEETING).words("§", "v1") is None
    assert References((OLD, day, MEETING), MEETING).words("§", "c") == "§\u00a03"


def test_a_reference_follows_every_move() -> None:
    one = replace(
        MEETING,
        items=agenda.update(MEETING.items, "a", lambda i: replace(i, summary="Se {§:c}, {bilaga:b2}.")),
    )

    def text(meeting: Meeting) -> str:
        return resolved(meeting, (OLD, SPRING)).items[[i.id for i in meeting.items].index("a")].summary

    assert text(one) == "Se §\u00a04, bilaga\u00a02."
    moved = replace(one, items=agenda.move(one.items, "c", 0))
    assert text(moved) == "Se §\u00a02, bilaga\u00a02."
    demoted = replace(one, items=agenda.demote(one.items, "c"))
    assert text(demoted) == "Se §\u00a03, bilaga\u00a02.", "a sub-item shares its item's §"
    gone = replace(one, items=agenda.remove(one.items, "b-a"))
    assert text(gone) == f"Se §\u00a04, {MISSING}."
    assert References(YEAR, gone).missing(gone.items[0].summary) == 1


def test_every_text_of_an_item_is_read_but_not_its_figures() -> None:
    mark, words = "Enligt {§:c}", "Enligt §\u00a04"
    table = FigureTable(
        title=mark, purpose=Purpose.OTHER, columns=(), rows=(), source_unit=Unit.KR, unit=Unit.KR
    )
    item = AgendaItem(
        id="b",
        title=mark,
        proposal=Proposal(clauses=("ett", mark), condition=mark),
        decision=Decision(
            reason=mark, motions=(Motion(id="m", person_id="p", kind=MotionKind.OWN, text=mark),)
        ),
        attachments=(Attachment(title=mark),),
        figures=(table,),
    )
    one = replace(MEETING, items=(MEETING.items[0], item, MEETING.items[2]))
    (_, read, _) = resolved(one, YEAR).items
    assert (read.title, read.proposal.clauses, read.proposal.condition) == (words, ("ett", words), words)
    assert (read.decision.reason, read.decision.motions[0].text) == (words, words)
    assert (read.attachments[0].title, read.figures) == (words, (table,))


def test_a_meeting_without_references_is_the_same_value() -> None:
    assert resolved(MEETING, YEAR) is MEETING
    assert mapped(MEETING, str.upper) is MEETING, "nothing to do without a brace"


def test_what_is_edited_reads_as_words_and_comes_back_as_it_was() -> None:
    text = "Enligt {§:c} och {Bilaga:b2}, {punkt:b-a}, {§:g1}; {§:borta} {namn} {bilaga:b1}"
    one = replace(MEETING, items=(replace(MEETING.items[0], summary=text), *MEETING.items[1:]))
    references = References(YEAR, one)
    edited = shown(one, references)
    assert edited.items[0].summary == (
        "Enligt {§ 4} och {Bilaga 2}, {punkt 2A}, {§ 1/2025}; {§:borta} {namn} {bilaga 1}"
    )
    assert taken(edited, references) == one


@pytest.mark.parametrize(
    ("typed", "mark"),
    [
        ("{§ 4}", "{§:c}"),
        ("{§\u00a04}", "{§:c}"),
        ("{§  4}", "{§:c}"),
        ("{punkt 2a}", "{punkt:b-a}"),
        ("{Bilaga 1}", "{Bilaga:b1}"),
        ("{§ 99}", "{§ 99}"),
        ("{bilaga 1 till protokollet den 3 mars 2026}", "{bilaga 1 till protokollet den 3 mars 2026}"),
    ],
)
def test_what_is_typed_in_braces_becomes_a_reference_when_it_fits(typed: str, mark: str) -> None:
    assert References(YEAR, MEETING).taken(f"a {typed} b") == f"a {mark} b"


@pytest.mark.parametrize(
    ("text", "livened"),
    [
        ("Se § 4.", "Se {§:c}."),
        ("Enligt §\u00a03, bilaga 2 och punkt 2A", "Enligt {§:b}, {bilaga:b2} och {punkt:b-a}"),
        ("Bilaga 1 gäller.", "{Bilaga:b1} gäller."),
        ("Se § 4, som avser budgeten", "Se {§:c}, som avser budgeten"),
        ("(§ 4)", "({§:c})"),
        *(
            (text, text)
            for text in (
                "19 § 2 st finsamlagen", "§ 4 finsamlagen", "§ 4 förbundsordningen", "§ 4 i förbundsordningen",
                "§ 4 kommunallagen", "§§ 3–4", "§ 3–4", "§ 4/2025", "§ 4, 2025-11-20", "§ 4 den 20 november",
                "§ 3 och 4", "§ 99", "bilaga 9", "bilaga 1 till rapporten", "punkt 12", "{§ 4}", "{§:c}",
                "bilaga 1–2", "enpunkt 1", "5 kap. 4 § 3 stycket",
            )
        ),
    ],
)  # fmt: skip
def test_numbers_typed_by_hand_are_found_and_nothing_else(text: str, livened: str) -> None:
    assert References(YEAR, MEETING).livened(text) == livened


def test_a_range_of_a_law_is_no_paragraph_of_ours() -> None:
    assert not list(References(YEAR, MEETING).typed("Enligt 3 § 4 punkten"))


def test_what_can_be_referred_to_is_listed_own_first() -> None:
    words = [target.words.replace("\u00a0", " ") for target in References(YEAR, MEETING).targets()]
    assert words == [
        "§ 2", "§ 3", "§ 4", "punkt 1", "punkt 2", "punkt 2A", "punkt 3", "bilaga 1", "bilaga 2", "§ 1", "§ 1/2025",
    ]  # fmt: skip


def test_what_was_said_at_the_adjustment_is_kept() -> None:
    items = (
        replace(MEETING.items[0], summary="{§:c} {§:borta} {Bilaga:b1}"),
        MEETING.items[1],
        replace(MEETING.items[2], summary="{§:v1}"),
    )
    one = replace(MEETING, items=items)
    kept = frozen(one, YEAR, ("a",))
    assert [(r.mark, r.words) for r in kept] == [
        ("bilaga:b1", "bilaga\u00a01"), ("§:borta", MISSING), ("§:c", "§\u00a04"),
    ]  # fmt: skip
    register = FrozenRegister(association=Association(name="X"), references=kept)
    turned = replace(one, items=items[::-1], frozen_register=register)
    said = [item.summary for item in resolved(turned, YEAR).items]
    assert said == ["§\u00a01", "", f"§\u00a04 {MISSING} Bilaga\u00a01"]
    assert References(YEAR, turned).missing("{§:borta} {§:c}") == 1
    assert frozen(turned, YEAR, ("c",)) == (*kept, FrozenReference(mark="§:v1", words="§\u00a01"))


def test_a_carried_item_refers_to_its_own_parts_as_they_are_numbered_there() -> None:
    """Its bilaga 2 may be bilaga 1 there; the § where it was treated, and what stays behind, are told as they were."""
    written = replace(
        MEETING.items[1],
        summary="Se {bilaga:b1}, {Bilaga:b2} och {punkt:b-a}. Förra gången: {§:b}, efter {§:a} och {§:g1}.",
    )
    before = replace(MEETING, items=(MEETING.items[0], written, *MEETING.items[2:]))
    again = continued(written)
    there = Meeting(id="nästa", date=date(2026, 12, 10), items=(again,), first_paragraph=90)
    meetings = (OLD, SPRING, before, there)
    (read,) = resolved(there, meetings).items
    words = read.summary.replace("\u00a0", " ")
    old = References(meetings, before)
    was = [str(old.words("§", target)).replace("\u00a0", " ") for target in ("b", "a")]
    assert (
        words == f"Se bilaga 1, Bilaga 2 och punkt 1A. Förra gången: {was[0]}, efter {was[1]} och § 1/2025."
    )
    assert References((OLD, SPRING, there), there).missing(again.summary) == 2, "the old meeting is gone"
