"""Presence, service, quorum, who leads, conflicts of interest and every sentence about them, against the oracle."""

from __future__ import annotations

import pytest

from finsam_desktop.documents.presence import Presence
from finsam_desktop.domain.agenda import walk
from finsam_desktop.domain.attendance import (
    attends,
    deciders,
    is_quorate,
    presiding,
    suggested_deputies,
)
from finsam_desktop.domain.attendance_sentences import AttendanceSentences
from tests.oracle.attendance import Day
from tests.oracle.scenarios import following, scenario

FIRST = 61


def plain(sentences: tuple[str, ...]) -> list[str]:
    return [sentence.replace("\u00a0", " ") for sentence in sentences]


def differences(seed: int) -> list[str]:
    """What the program and the oracle do not agree on in the scenario, in words."""
    meeting, register = scenario(seed)
    day = Day(meeting, register, FIRST)
    numbers = {item.id: FIRST + place for place, item in enumerate(meeting.items)}
    told = AttendanceSentences(meeting, register, numbers)
    found: list[str] = []

    def same(what: str, program: object, oracle: object) -> None:
        if program != oracle:
            found.append(f"scenario {seed}, {what}:\n  program {program!r}\n  oracle  {oracle!r}")

    for item in walk(meeting.items):
        here = f"{item.id}"
        room = {p.id for p in register.people if attends(meeting, register, p.id, item.id)}
        same(f"room at {here}", room, {p.id for p in register.people if day.in_room(p.id, item.id)})
        table = day.table(item.id)
        decided = [(d.person_id, d.serving_for) for d in deciders(meeting, register, item.id)]
        same(f"deciders at {here}", decided, table)
        same(f"quorum at {here}", is_quorate(meeting, register, item.id), day.quorate(table))
        leader = presiding(meeting, register, item.id)
        same(f"leader at {here}", leader.person_id if leader is not None else "", day.leader(table))
        same(f"conflicts at {here}", plain(told.conflicts(item.id)), day.conflicts(item.id))
        for seat in day.board():
            suggested = [s.person_id for s in suggested_deputies(meeting, register, seat, item.id)]
            same(f"suggested for {seat} at {here}", suggested, day.suggested(seat, item.id))
    for place, item in enumerate(meeting.items):
        same(f"arrivals at {item.id}", plain(told.arrivals(item.id)), day.arrivals(place))
        same(f"departures at {item.id}", plain(told.departures(item.id)), day.departures(place))
    after = following(seed)
    same("opening", plain(told.opening(meeting.items[0].id)), [day.opening(meeting.items[0].id)])
    same("closing", " ".join(plain(told.closing(after))), day.closing(after))
    same("distance", plain(told.distance()), day.distance())
    rows = [
        (str(row["name"]), str(row["member"]), str(row["paragraphs"]).replace("\u00a0", " "))
        for row in Presence(register, meeting, numbers).deciding_rows()
    ]
    same("front page", rows, day.deciding())
    return found


def agree(seeds: range) -> None:
    print(f"scenarios with the seeds {seeds.start}–{seeds.stop - 1}")
    found = [difference for seed in seeds for difference in differences(seed)]
    assert not found, f"{len(found)} differences, the first:\n" + "\n".join(found[:3])


@pytest.mark.parametrize("start", range(1, 151, 10))
def test_the_program_and_the_oracle_agree(start: int) -> None:
    agree(range(start, start + 10))


@pytest.mark.long
def test_the_program_and_the_oracle_agree_on_2_000_meetings() -> None:
    agree(range(1, 2001))
