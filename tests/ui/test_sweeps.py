"""A sweep over every place: no text is cut off at 150 and 200 %, and every text stands out in every appearance."""

from __future__ import annotations

import pytest

from finsam_desktop.app import OTHER_PLACES
from finsam_desktop.ui.main_window import MainWindow
from finsam_desktop.ui.place_names import FOOT_PLACES, PLACES
from finsam_desktop.ui.theme import Appearance
from tests.ui.sweeps import cut_off, faint, looking, settle, told

TABS = {
    "association": ("uppgifter", "medlemmar", "personer", "forbundsordning", "insatser", "revision", "kontroller"),
    "figures": ("tabell", "rapporter", "ekonomi", "verksamhet", "plan"),
    "templates": ("", "word/kallelse", "fraser", "mejl"),
    "decisions": ("", "delegationsbeslut"),
    "meeting": (
        "2026-11-26/dagordning", "2026-11-26/handlingar", "2026-11-26/kallelse", "2026-10-29/narvaro",
        "2026-10-29/protokoll", "2026-10-29/efter",
    ),
}  # fmt: skip
PAGES = tuple(
    (place, target)
    for place in (*(known.id for known in (*PLACES, *FOOT_PLACES)), *OTHER_PLACES)
    if place != "chair"  # it needs a mötespaket, see test_parcel_sweeps.py
    for target in TABS.get(place, ("",))
)


def show(window: MainWindow, place: str, target: str) -> None:
    window.go(place, target)
    settle(window)


LONG = pytest.mark.long


@pytest.mark.parametrize(
    ("percent", "size"),
    [
        pytest.param(100, (1280, 800), marks=LONG),
        (150, (1440, 900)),
        pytest.param(200, (1920, 1080), marks=LONG),
    ],
)
def test_no_text_is_cut_off(window: MainWindow, percent: int, size: tuple[int, int]) -> None:
    with looking(window, percent):
        window.resize(*size)
        found = {}
        for place, target in PAGES:
            show(window, place, target)
            assert window.place == place or place in ("welcome",), place
            cut = cut_off(window)
            if cut:
                found[f"{place} {target}"] = cut
        assert not found, told(found)


@pytest.mark.parametrize(
    "appearance",
    [pytest.param(each, marks=() if each is Appearance.DARK else LONG) for each in Appearance],
)
def test_every_text_stands_out(window: MainWindow, appearance: Appearance) -> None:
    with looking(window, 200, appearance):
        window.resize(1920, 1080)
        found = {}
        for place, target in PAGES:
            show(window, place, target)
            weak = faint(window)
            if weak:
                found[f"{place} {target}"] = weak
        assert not found, told(found)
