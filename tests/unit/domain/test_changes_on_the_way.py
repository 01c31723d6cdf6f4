"""Where a leader or a quorum changes on the way through a meeting, against the whole way walked at once."""

from __future__ import annotations

from itertools import product

from finsam_desktop.domain.attendance_sentences import _change_at


def walked(values: tuple[int, ...]) -> dict[int, tuple[int, int, bool]]:
    """Every change by the place it begins at: first, last, and whether all is as before after it."""
    runs: list[list[int]] = []
    for place, value in enumerate(values):
        if runs and values[runs[-1][0]] == value:
            runs[-1].append(place)
        else:
            runs.append([place])
    found, usual, number = {}, values[0], 1
    while number < len(runs):
        run = runs[number]
        back = number + 1 < len(runs) and values[runs[number + 1][0]] == usual
        found[run[0]] = (run[0], run[-1], back)
        usual = usual if back else values[run[0]]
        number += 2 if back else 1
    return found


def test_every_way_of_up_to_seven_items() -> None:
    for length in range(1, 8):
        for values in product(range(3), repeat=length):
            made = {here: _change_at(values, here) for here in range(length)}
            told = {here: (one.first, one.last, one.passes) for here, one in made.items() if one is not None}
            assert told == walked(values), values
