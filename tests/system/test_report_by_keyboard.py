"""The T2 report by keyboard alone: from the bookkeeping's file beside the association's own to the Word file."""

from __future__ import annotations

import re
import shutil
from decimal import Decimal
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from finsam_desktop.documents.differences import paragraph_texts
from finsam_desktop.domain.overview import next_meeting
from finsam_desktop.paths import resources
from finsam_desktop.ui.main_window import MainWindow
from tests.system.heartbeat import Heartbeat
from tests.system.meeting_hands import SEEN_MS, Hands, Key, Modifier, settle

BOOKS = "Bokföring 2026.se"
MOST_ACTIONS = 8
HANDBOOK = resources() / "handbook" / "03-siffror.md"


def make_the_report(window: MainWindow, hands: Hands) -> None:
    """What the secretary does when the bookkeeper's file has been laid beside the association's."""
    hands.press(Key.Key_5, Modifier.ControlModifier)  # Siffror
    hands.press(Key.Key_Right)  # fliken Rapporter
    while BOOKS not in _focused():
        assert hands.actions < MOST_ACTIONS, hands.diary
        hands.press(Key.Key_Tab)  # till filen i förbundets mapp
    hands.press(Key.Key_Space)
    rest(window)
    hands.press(Key.Key_Return, Modifier.ControlModifier)  # Skapa tertialrapport
    rest(window)


def _focused() -> str:
    focus = QApplication.focusWidget()
    return focus.text() if isinstance(focus, QAbstractButton) else ""


def rest(window: MainWindow) -> None:
    """Wait until nothing goes on in the background, as a person would."""
    settle(20)
    for _ in range(1200):
        if not window.jobs.running():
            return
        settle(50)
    raise AssertionError("the work did not end")


def test_the_report_is_made_by_keyboard(
    window: MainWindow, example_folder: Path, heartbeat: Heartbeat
) -> None:
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    folder = window.session.path.parent
    shutil.copyfile(example_folder / BOOKS, folder / BOOKS)
    hands = Hands(window, heartbeat)
    settle(SEEN_MS)
    make_the_report(window, hands)
    coming = next_meeting(window.session.meetings, window.session.today)
    assert coming is not None
    made = folder / f"{coming.date} Tertialrapport.docx"
    assert made.is_file(), sorted(path.name for path in folder.iterdir())
    text = " ".join(paragraph_texts(made.read_bytes())).replace("\u00a0", " ")
    # The income of the raw lines, in tkr: nothing of the program's reader.
    raw = (folder / BOOKS).read_bytes().decode("cp437").replace("\r", "")
    income = -sum(map(Decimal, re.findall(r"^#PSALDO 0 20260[1-8] 3\d* \{\} (\S+)$", raw, re.MULTILINE)))
    assert income > 0
    assert f"{round(income / 1000):,}".replace(",", " ") in text
    assert hands.actions <= MOST_ACTIONS, "\n".join(hands.diary)
    said = re.search(r"på (\d+) handgrepp", HANDBOOK.read_text(encoding="utf-8"))
    assert said is not None, f"the handbook is to say: på {hands.actions} handgrepp"
    assert int(said[1]) == hands.actions
