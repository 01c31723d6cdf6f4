"""The job "chair returns the protokoll", by keyboard alone in two real windows: the secretary's and the chair's.

The secretary makes a locked mötespaket; the chair reads, notes, comments, changes a decision, makes the protokoll in
Word, approves and sends back; the secretary takes in one change, declines one, and takes the declining back.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from finsam_desktop import app
from finsam_desktop.documents.differences import paragraph_texts
from finsam_desktop.domain import agenda
from finsam_desktop.parcels import received
from finsam_desktop.paths import resources
from finsam_desktop.settings import SettingsStore
from finsam_desktop.ui.main_window import MainWindow
from tests.parcel_meeting import PASSWORD, association, meeting
from tests.system.earlier_years import begin
from tests.system.heartbeat import Heartbeat
from tests.system.meeting_hands import CTRL_SHIFT, SEEN_MS, Hands, Key, Modifier, settle

HANDBOOK = resources() / "handbook" / "15-ordforanden.md"
CTRL = Modifier.ControlModifier
NOTE = "Fråga Lena om hyran innan jag justerar"


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """The secretary's and the chair's own, as on two computers."""
    both = tmp_path / "sekreteraren", tmp_path / "ordföranden"
    for folder in both:
        folder.mkdir()
    return both


@pytest.fixture
def windows(
    qapp: QApplication, folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[app.Application, app.Application]]:
    monkeypatch.setattr("finsam_desktop.ui.views.meeting.preview_pane.find_libreoffice", lambda: None)
    monkeypatch.setattr("finsam_desktop.documents.page_images.find_libreoffice", lambda: None)
    monkeypatch.setattr("finsam_desktop.parcels.received.copies_folder", lambda: folders[1] / "arbetskopior")
    built = []
    for folder, name, day in zip(folders, ("Sara Lindmark", "Maria Ekvall"), (2, 3), strict=True):
        settings = SettingsStore(folder / "settings.toml")
        settings.change(user_name=name)
        moment = dt.datetime(2026, 11, day, 9, 0)
        one = app.build(qapp, settings, clock=lambda moment=moment: moment, remember_geometry=False)
        one.window.resize(1440, 900)
        built.append(one)
    yield built[0], built[1]
    for one in built:
        one.window.close()
        one.window.deleteLater()


def shown(application: app.Application) -> MainWindow:
    application.window.show()
    application.window.activateWindow()
    assert QTest.qWaitForWindowActive(application.window)
    return application.window


def rest(window: MainWindow) -> None:
    """Wait until the background is done."""
    for _ in range(400):
        settle(25)
        if not window.jobs.running():
            break
    settle(25)


def do(hands: Hands, words: str) -> None:
    """Do something out of Ctrl+K by its first words."""
    hands.press(Key.Key_K, CTRL)
    hands.write(words)
    hands.press(Key.Key_Return)


def make_the_parcel(hands: Hands, window: MainWindow) -> None:
    do(hands, "Skapa mötespaket")
    hands.press(Key.Key_Tab)  # ordföranden är redan vald
    hands.write("Se gärna § 62 extra noga")
    hands.press(Key.Key_Tab)
    hands.press(Key.Key_Space)  # lösenord
    hands.press(Key.Key_Tab)
    hands.write(PASSWORD)
    hands.press(Key.Key_Tab)
    hands.write(PASSWORD)
    hands.press(Key.Key_Return, CTRL)
    rest(window)


def work_as_chair(hands: Hands, window: MainWindow) -> None:
    hands.write(PASSWORD)
    hands.press(Key.Key_Return)
    rest(window)
    hands.press(Key.Key_Down, times=2)  # § 62
    hands.press(Key.Key_Return)
    hands.write(NOTE)
    hands.press(Key.Key_Tab)
    hands.write("Står beloppet i avtalet?")
    hands.press(Key.Key_Tab, times=2)
    hands.press(Key.Key_End, CTRL)
    hands.write(" Hyran är 12 000 kronor i månaden.")
    hands.press(Key.Key_Tab, times=2)  # förbi utfallet, till att-satsen
    hands.press(Key.Key_End, CTRL)
    hands.write(" till och med 2028")
    hands.press(Key.Key_M, CTRL_SHIFT)  # protokollet i Word
    rest(window)
    do(hands, "Justera")
    hands.press(Key.Key_Space)
    hands.press(Key.Key_Return, CTRL)  # Skicka tillbaka
    hands.press(Key.Key_Space)
    rest(window)


def go_through_the_answer(hands: Hands, window: MainWindow, answer: Path) -> None:
    do(hands, "Ta emot mötespaket")
    hands.write(str(answer))
    hands.press(Key.Key_Return)
    window.activateWindow()  # as a window manager does when a dialog closes
    assert QTest.qWaitForWindowActive(window)
    rest(window)
    hands.write(PASSWORD)
    hands.press(Key.Key_Return)
    rest(window)
    hands.letters("J")
    hands.letters("N")


def words_of(docx: Path) -> str:
    text = " ".join(" ".join(paragraph_texts(docx.read_bytes())).split())
    return text.replace("\u00a0", " ").replace("\u2011", "-")


def test_the_chair_returns_the_protokoll(
    windows: tuple[app.Application, app.Application], folders: tuple[Path, Path], heartbeat: Heartbeat
) -> None:
    ours, theirs = folders
    secretary = shown(windows[0])
    begin(secretary.session, ours / "sjobygden.finsam", association(), meeting().date.year)
    assert secretary.session.change("Nytt sammanträde", None, meeting())
    secretary.go("meeting", "mote")
    heartbeat.begins("ser sammanträdet")
    settle(SEEN_MS)
    writing = Hands(secretary, heartbeat)
    make_the_parcel(writing, secretary)
    (parcel,) = ours.glob("*.motespaket")
    assert PASSWORD.encode() not in parcel.read_bytes()
    assert b"lokaler" not in parcel.read_bytes()
    assert secretary.session.meeting("mote").parcels[0].receiver.name == "Maria Ekvall"

    mailed = theirs / parcel.name
    mailed.write_bytes(parcel.read_bytes())
    heartbeat.begins("öppnar paketet")
    windows[1].show(mailed)  # a double click on the file
    chair = shown(windows[1])
    rest(chair)
    reading = Hands(chair, heartbeat)
    work_as_chair(reading, chair)
    protokoll = words_of(theirs / "2026-10-29 Protokoll.docx")
    assert "godkänna avtalet om lokaler till och med 2028" in protokoll
    assert "Hyran är 12 000 kronor i månaden." in protokoll
    assert chair.session.association.parcel is not None
    assert [note.text for note in chair.session.association.parcel.notes] == [NOTE]
    (answer,) = theirs.glob("*Från*.motespaket")
    assert not list(theirs.glob("*.finsam")), "the working copy lies among the program's own files"
    check_nothing_private(answer)
    heartbeat.begins("stänger")
    chair.close()

    back = ours / answer.name
    back.write_bytes(answer.read_bytes())
    secretary = shown(windows[0])
    taking = Hands(secretary, heartbeat)
    go_through_the_answer(taking, secretary, back)
    now = secretary.session.meeting("mote")
    taken = agenda.find(now.items, "i2")
    assert taken is not None
    assert taken.minutes_text == "Avtalet gäller lokalerna på Torget. Hyran är 12 000 kronor i månaden."
    assert taken.decision.clauses == ("godkänna avtalet om lokaler",), "declined"
    assert [(one.by, one.text) for one in now.comments] == [("Maria Ekvall", "Står beloppet i avtalet?")]
    assert [one.name for one in now.approvals] == ["Maria Ekvall"]
    assert now.parcels[0].declined
    assert (secretary.session.undo_label or "").startswith("Avböj")
    taking.press(Key.Key_Z, CTRL)
    now = secretary.session.meeting("mote")
    assert not now.parcels[0].declined
    assert agenda.find(now.items, "i2") == taken, "what was taken in stays"
    check_handbook(writing.actions, reading.actions, taking.actions)


def check_nothing_private(answer: Path) -> None:
    """The own note is nowhere in what is sent back, locked or not."""
    from finsam_desktop.storage.codec import encode

    opened = received.read_parcel(answer, PASSWORD)
    parts = (answer.read_bytes(), encode(opened.content), *opened.files.values())
    assert not any(NOTE.encode() in part or b"Lena om hyran" in part for part in parts)
    assert b"beloppet i avtalet" in encode(opened.content)


def check_handbook(*counts: int) -> None:
    """The handbook tells how many actions each part of the job above takes."""
    text = HANDBOOK.read_text(encoding="utf-8")
    said = re.search(r"(\d+) handgrepp för sekreteraren, (\d+) för ordföranden och (\d+) när svaret", text)
    wanted = "{} handgrepp för sekreteraren, {} för ordföranden och {} när svaret".format(*counts)
    assert said is not None, f"the handbook is to say: {wanted}"
    assert tuple(map(int, said.groups())) == counts, wanted
