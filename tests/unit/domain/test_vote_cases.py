"""Vote by vote: what the minutes print, against texts worked out by hand in ``tests/data/voting/cases.txt``."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest

from finsam_desktop.domain import recording
from finsam_desktop.domain.agenda import find, update
from finsam_desktop.domain.association import Association, Majority
from finsam_desktop.domain.decisions import Ballot, Candidate, MotionKind, Outcome, Vote
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.minutes_text import MinutesText
from tests import board

CASES = Path(__file__).parents[2] / "data" / "voting" / "cases.txt"
OUTCOMES = {
    "förslaget": Outcome.AS_PROPOSED,
    "egen": Outcome.OWN_WORDS,
    "noteras": Outcome.NOTED,
    "bordläggs": Outcome.TABLED,
    "återremiss": Outcome.REMITTED,
    "avslås": Outcome.REJECTED,
    "utgår": Outcome.WITHDRAWN,
}
KINDS = {"bifall": MotionKind.SUPPORT, "avslag": MotionKind.REJECTION, "att": MotionKind.OWN}
BALLOTS = {"J": Ballot.YES, "N": Ballot.NO, "A": Ballot.ABSTAIN}
WORDS = {Ballot.YES: "Ja", Ballot.NO: "Nej", Ballot.ABSTAIN: "Avstår"}
MAJORITIES = (
    Majority(id="2/3", matter="ändrad verksamhetsplan", numerator=2, denominator=3, source="11 §"),
    Majority(id="3/4", matter="utträde", numerator=3, denominator=4),
)


def cases() -> list[tuple[str, list[tuple[str, str]], list[str]]]:
    """(name, what is recorded, printed lines) of every case."""
    found = []
    for block in re.split(r"^== ", CASES.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        name, *lines = block.strip().splitlines()
        record = [tuple(line.split(": ", 1)) for line in lines if line and not line.startswith(">")]
        printed = [line[2:] for line in lines if line.startswith("> ")]
        found.append((name, record, printed))
    return found  # type: ignore[return-value]


def recorded(record: list[tuple[str, str]]) -> tuple[Meeting, Association]:
    """The meeting after what the case records, line by line."""
    register = board.association(rules={"majorities": MAJORITIES})
    item = board.decision_item(attachments=(board.attachment("skrift"),))
    meeting = board.meeting(item, opened_at=time(8, 30), closed_at=time(11, 50))
    for what, told in record:
        meeting = step(meeting, register, what, told)
    return meeting, register


def step(meeting: Meeting, register: Association, what: str, told: str) -> Meeting:
    item = find(meeting.items, "beslut")
    assert item is not None
    match what:
        case "borta":
            for person in told.split(", "):
                meeting = recording.absent(meeting, person)
            return meeting
        case "jäv":
            return recording.conflict(meeting, told, "beslut", reason="part")
        case "leds av":
            return recording.led_by(meeting, told)
        case "yrkande":
            found = re.fullmatch(r"(\w+) (bifall|avslag|att)(.*?)(?: \+ (.*?))?( återtaget)?", told)
            assert found is not None, told
            number = str(len(item.decision.motions) + 1)
            meeting = recording.move(
                meeting, "beslut", found[1], KINDS[found[2]], found[3].strip(), motion_id=number
            )
            for person in found[4].split(", ") if found[4] else ():
                meeting = recording.support(meeting, "beslut", number, person)
            return recording.withdraw(meeting, "beslut", number) if found[5] else meeting
        case "votering":
            found = re.fullmatch(r"([f\d])/([a\d]) ([JNA-]+)(?: begärd av (\w+))?", told)
            assert found is not None, told
            vote = Vote(
                yes_motion=found[1].strip("f"), no_motion=found[2].strip("a"), requested_by=found[4] or ""
            )
            meeting = changed(meeting, vote=vote)
            taking_part = [d.person_id for d in MinutesText(meeting, register, ()).of(item).deciders]
            assert len(taking_part) == len(found[3])
            for person, letter in zip(taking_part, found[3], strict=True):
                if letter in BALLOTS:
                    meeting = recording.cast(meeting, "beslut", person, BALLOTS[letter])
            return meeting
        case "beslut":
            word, _, text = told.partition(" ")
            return recording.decide(meeting, "beslut", OUTCOMES[word], clauses=(text,) if text else None)
        case "val":
            candidates = tuple(
                Candidate(name=name, votes=int(votes))
                for name, votes in (entry.rsplit(" ", 1) for entry in told.split(", "))
            )
            return recording.elect(meeting, "beslut", candidates)
        case "platser" | "blanka" | "lott" | "öppet":
            assert item.decision.election is not None
            fields = {
                "platser": {"seats": int(told) if told.isdigit() else 1},
                "blanka": {"blank": int(told) if told.isdigit() else 0},
                "lott": {"drawn": tuple(told.split(", "))},
                "öppet": {"secret": False},
            }
            return changed(meeting, election=replace(item.decision.election, **fields[what]))  # type: ignore[arg-type]
        case "reservation":
            found = re.fullmatch(r"(\w+)(?: för (\d))?(?: kl (\d+)\.(\d+))?( bilaga)?", told)
            assert found is not None, told
            at = time(int(found[3]), int(found[4])) if found[3] else None
            return recording.dissent(
                meeting,
                "beslut",
                found[1],
                in_favour_of=found[2] or "",
                at=at,
                attachment_id="skrift" if found[5] else "",
            )
        case "anteckning":
            person, text = told.split(" ", 1)
            return recording.note(meeting, "beslut", person, text)
        case "deltar inte":
            return recording.stands_aside(meeting, "beslut", told)
        case "omedelbart":
            return recording.adjust_at_once(meeting, "beslut")
        case "till":
            return changed(meeting, tabled_to=date.fromisoformat(told))
    names = {
        "villkor": "condition",
        "ordning": "propositions",
        "majoritet": "majority_id",
        "skäl": "reason",
        "finansiering": "financing",
    }
    return changed(meeting, **{names[what]: told})


def changed(meeting: Meeting, **fields: object) -> Meeting:
    items = update(meeting.items, "beslut", lambda i: replace(i, decision=replace(i.decision, **fields)))  # type: ignore[arg-type]
    return replace(meeting, items=items)


def printed(meeting: Meeting, register: Association) -> list[str]:
    """Everything the minutes print about how the item was decided, a line for each part."""
    item = find(meeting.items, "beslut")
    assert item is not None
    told = MinutesText(meeting, register, ()).of(item)
    lines = [told.text, *told.motions, *told.propositions]
    lines.append(", ".join(f"{line.name} {WORDS[line.ballot]}" for line in told.ballots))
    lines += [told.result, *told.election]
    if told.decision is not None:
        clauses = " ".join(f"att {clause}" for clause in told.decision.clauses)
        lines.append(f"{told.decision.lead} {clauses} {told.decision.condition}".strip())
    lines += [*told.after_decision, *told.dissents, *told.notes]
    return [line.replace("\u00a0", " ") for line in lines if line] or ["(inget)"]


@pytest.mark.parametrize(("record", "expected"), [pytest.param(r, p, id=n) for n, r, p in cases()])
def test_what_is_printed_of_the_vote(record: list[tuple[str, str]], expected: list[str]) -> None:
    assert printed(*recorded(record)) == expected


def test_there_are_at_least_sixty_cases_each_with_its_text() -> None:
    found = cases()
    assert len(found) >= 60
    assert len({name for name, _, _ in found}) == len(found)
    assert all(text for _, _, text in found)
