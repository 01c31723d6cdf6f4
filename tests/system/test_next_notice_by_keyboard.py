"""The next kallelse from last year's material, by keyboard alone in the real window.

A new meeting, items out of what the year and earlier meetings propose, one item of one's own put in its place, then
kallelsen in Word, the pack as PDF and a mail draft, in at most 60 actions.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from finsam_desktop import app, demo
from finsam_desktop.documents.differences import paragraph_texts
from finsam_desktop.documents.pack import PackTools
from finsam_desktop.domain.catalogue import ItemType
from finsam_desktop.files import pack_files
from finsam_desktop.paths import resources
from finsam_desktop.pdf.facts_cache import FactsCache
from finsam_desktop.settings import SettingsStore
from finsam_desktop.ui.main_window import MainWindow
from finsam_desktop.ui.preloading import Preloading
from tests.system.heartbeat import Heartbeat
from tests.system.meeting_hands import Hands, Key, Modifier, settle
from tests.ui.example_window import EXAMPLE_FILE

MOST_ACTIONS = 60
HANDBOOK = resources() / "handbook" / "02-ett-sammantrade.md"
CTRL, CTRL_ALT = Modifier.ControlModifier, Modifier.ControlModifier | Modifier.AltModifier
DAY = dt.date(2027, 2, 11)


@pytest.fixture
def window(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    """The example's year, with addresses; the program's own means make the PDF, so that the test is quick."""
    monkeypatch.setattr("finsam_desktop.ui.page_press.find_libreoffice", lambda: None)
    tools = PackTools(profile=tmp_path / "profil", facts=FactsCache(tmp_path / "sidor"))
    monkeypatch.setattr(pack_files, "standard_tools", lambda: tools)
    file = next(path for path in demo.create(tmp_path / "förbund") if path.suffix == ".finsam")
    if EXAMPLE_FILE in os.environ:
        shutil.copyfile(os.environ[EXAMPLE_FILE], file)
    built = app.build(
        qapp,
        SettingsStore(tmp_path / "settings.toml"),
        clock=lambda: dt.datetime(2027, 1, 18, 9, 0),
        remember_geometry=False,
    )
    shown = built.window
    shown.open_file(file)
    before = shown.session.association
    people = tuple(replace(p, email=f"p{n}@example.se") for n, p in enumerate(before.people))
    assert shown.session.change("E-post", before, replace(before, people=people))
    shown.resize(1440, 900)
    shown.show()
    shown.activateWindow()
    assert QTest.qWaitForWindowActive(shown)
    yield shown
    shown.close()
    shown.deleteLater()


def finish(window: MainWindow) -> None:
    """Wait as a person does: until what goes on in the background has ended, and the first page has been looked at."""
    preloading = window.findChild(Preloading)
    assert preloading is not None
    for _ in range(600):
        settle(25)
        if not window.jobs.running() and not preloading.left:
            return
    raise AssertionError("the work in the background does not end")


def make_the_notice(hands: Hands, window: MainWindow) -> None:
    """What the secretary does three weeks before the meeting."""
    hands.press(Key.Key_N, CTRL)  # nytt sammanträde
    hands.write("2027-02-11")
    hands.press(Key.Key_Return, CTRL)  # skapa det: tid, plats och den fasta ramen är som sist
    hands.press(Key.Key_F, CTRL_ALT)  # förslagen ur årshjulet och det som är öppet
    hands.press(Key.Key_Return, times=6)  # sex av dem
    hands.press(Key.Key_Escape)
    hands.press(Key.Key_Insert)  # ett eget ärende
    hands.write("Lokaler för samverkansteamet")
    hands.press(Key.Key_Return)
    hands.press(Key.Key_Tab)
    hands.write("Be")  # typ: beslut
    hands.press(Key.Key_F6, Modifier.ShiftModifier)  # tillbaka till listan
    hands.press(Key.Key_Up, Modifier.AltModifier, times=2)  # två steg uppåt
    hands.press(Key.Key_2, Modifier.AltModifier)  # Handlingar
    hands.press(Key.Key_Return, CTRL)  # Skapa utskick
    finish(window)
    hands.press(Key.Key_3, Modifier.AltModifier)  # Kallelse
    hands.press(Key.Key_Return, CTRL)  # Skapa kallelse
    finish(window)
    hands.press(Key.Key_M, CTRL_ALT)  # Skapa mejlutkast
    finish(window)


def test_the_next_kallelse_from_last_year_by_keyboard(
    window: MainWindow, tmp_path: Path, heartbeat: Heartbeat
) -> None:
    hands = Hands(window, heartbeat)
    finish(window)
    before = window.session.meetings[-1]
    make_the_notice(hands, window)
    folder = tmp_path / "förbund"
    assert hands.actions <= MOST_ACTIONS, "\n".join(hands.diary)
    meeting = next(m for m in window.session.meetings if m.date == DAY)
    titles = [item.title for item in meeting.items]
    assert "Lokaler för samverkansteamet" in titles
    place = titles.index("Lokaler för samverkansteamet")
    assert meeting.items[place].type is ItemType.DECISION
    assert meeting.items[place + 2].template_id, "two steps up, above what was taken in"
    frame = [item for item in meeting.items if item.template_id]
    assert len(frame) - 6 >= 4, "the frame of every meeting, and six proposals"
    assert meeting.place == before.place, "as last time"
    notice = folder / "2027-02-11 Kallelse.docx"
    text = " ".join(paragraph_texts(notice.read_bytes()))
    assert all(title in text for title in titles)
    pack = next(folder.glob("2027-02-11*.pdf"))
    assert pack.read_bytes().startswith(b"%PDF-")
    mail = message_from_bytes(next(folder.glob("2027-02-11*.eml")).read_bytes())
    names = [part.get_filename() for part in mail.walk() if part.get_filename()]
    assert pack.name in names
    assert "p1@example.se" in str(mail["To"]) + str(mail["Cc"]) + str(mail["Bcc"])
    check_handbook(hands.actions)


def check_handbook(actions: int) -> None:
    """The handbook tells how many actions the kallelse above takes."""
    said = re.search(
        r"kallelsen, handlingarna och mejlutkastet på (\d+) handgrepp", HANDBOOK.read_text("utf-8")
    )
    assert said is not None, f"the handbook is to say: {actions} handgrepp"
    assert int(said[1]) == actions
