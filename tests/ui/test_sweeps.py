"""A sweep over every place: no text is cut off at 150 and 200 %, and every text stands out in every appearance."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEventLoop, QTimer

from finsam_desktop.app import OTHER_PLACES
from finsam_desktop.ui.main_window import MainWindow
from finsam_desktop.ui.place_names import FOOT_PLACES, PLACES
from finsam_desktop.ui.theme import Appearance, current_theme
from tests.ui.sweeps import cut_off, faint

BODY = 9.75
"""Points of body text at 100 %."""
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
    if place != "chair"  # it needs a mötespaket, see test_chair_sweeps.py
    for target in TABS.get(place, ("",))
)


def show(window: MainWindow, place: str, target: str) -> None:
    window.go(place, target)
    rest()
    while window.jobs.running():
        rest()
    rest()


def rest() -> None:
    """A moment for what is laid out and worked out anew."""
    loop = QEventLoop()
    QTimer.singleShot(60, loop.quit)
    loop.exec()


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
    theme = current_theme()
    theme.set_text_size(BODY * percent / 100)
    try:
        window.resize(*size)
        window._forget_views()
        found = {}
        for place, target in PAGES:
            show(window, place, target)
            assert window.place == place or place in ("welcome",), place
            cut = cut_off(window)
            if cut:
                found[f"{place} {target}"] = cut
        assert not found, "\n".join(f"{page}\n    " + "\n    ".join(cut) for page, cut in found.items())
    finally:
        theme.set_text_size(BODY)


@pytest.mark.parametrize(
    "appearance",
    [pytest.param(each, marks=() if each is Appearance.DARK else LONG) for each in Appearance],
)
def test_every_text_stands_out(window: MainWindow, appearance: Appearance) -> None:
    theme = current_theme()
    theme.set_text_size(2 * BODY)
    theme.show_appearance(appearance)
    try:
        window.resize(1920, 1080)
        window._forget_views()
        found = {}
        for place, target in PAGES:
            show(window, place, target)
            weak = faint(window)
            if weak:
                found[f"{place} {target}"] = weak
        assert not found, "\n".join(f"{page}\n    " + "\n    ".join(weak) for page, weak in found.items())
    finally:
        theme.show_appearance(Appearance.LIGHT)
        theme.set_text_size(BODY)
