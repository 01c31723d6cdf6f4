"""Base, mine and theirs of a meeting, edited at random on both sides, against a slow oracle on plain JSON."""

from __future__ import annotations

from random import Random

import pytest

from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.parcel import three_way
from finsam_desktop.storage.codec import encode
from tests.oracle import three_way as oracle
from tests.parcel_edits import a_meeting, edited

FEW, MANY = range(40), range(40, 640)


def versions(seed: int) -> tuple[Meeting, Meeting, Meeting]:
    """A meeting and what two people have made of it, from one edit each to thirty."""
    rng = Random(seed)
    base = a_meeting(rng, rng.randrange(1, 5))
    return base, edited(base, rng, rng.randrange(1, 31)), edited(base, rng, rng.randrange(1, 31))


def check(seed: int) -> None:
    base, mine, theirs = versions(seed)
    case = three_way(base, mine, theirs)
    wanted, changes = oracle.merged(*(oracle.plain(encode(one)) for one in (base, mine, theirs)))
    assert {one.key: one.conflict for one in case.differences} == changes
    free = [one.key for one in case.differences if not one.conflict]
    merged = case.merged(free)
    assert oracle.plain(encode(merged)) == wanted
    assert case.merged(()) == mine
    left = three_way(base, merged, theirs)
    assert {one.key for one in left.differences} == {key for key, conflict in changes.items() if conflict}


@pytest.mark.parametrize("seed", FEW)
def test_changes_conflicts_and_the_merged_meeting_are_the_oracles(seed: int) -> None:
    check(seed)


@pytest.mark.long
@pytest.mark.parametrize("seed", MANY)
def test_changes_conflicts_and_the_merged_meeting_are_the_oracles_in_many(seed: int) -> None:
    check(seed)
