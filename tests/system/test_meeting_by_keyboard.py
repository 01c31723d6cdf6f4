"""A whole meeting recorded by keyboard alone in the real window, from finished agenda to a protokoll to sign.

15 items, 9 ledamöter, 2 absent with ersättare, one jäv, one votering, one reservation, in at most 60 actions.
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
from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.association import Appointment, Association, Member, MemberKind, Person, Role
from finsam_desktop.domain.catalogue import ItemType
from finsam_desktop.domain.decisions import Proposal, ProposalKind
from finsam_desktop.domain.meeting import Meeting, MeetingState
from finsam_desktop.paths import resources
from finsam_desktop.settings import SettingsStore
from finsam_desktop.ui.main_window import MainWindow
from tests.system.earlier_years import begin
from tests.system.heartbeat import Heartbeat
from tests.system.meeting_hands import CTRL_SHIFT, SEEN_MS, Hands, Key, Modifier, settle

MOST_ACTIONS = 60
HANDBOOK = resources() / "handbook" / "02-ett-sammantrade.md"
DAY = dt.date(2026, 10, 29)
MEMBERS = ("Region Sjöland", "Sjöbro kommun", "Ekvik kommun", "Björkfors kommun")
LEDAMOTER = (
    "Maria Ekvall", "Anders Björkman", "Lena Granström", "Johan Sandell", "Karin Holmgren",
    "Per-Olof Åström", "Åsa Nyberg", "Göran Lindqvist", "Birgitta Öhman",
)  # fmt: skip
DEPUTIES = ("Eva Sjögren", "Mats Forsberg", "Ulla Hedman", "Elin Dahlgren")


def association() -> Association:
    members = tuple(
        Member(id=f"m{n}", name=name, kind=MemberKind.REGION if n == 0 else MemberKind.MUNICIPALITY)
        for n, name in enumerate(MEMBERS)
    )
    board = tuple(
        Appointment(
            person_id=name,
            role=(Role.CHAIR, Role.VICE_CHAIR)[n] if n < 2 else Role.BOARD_MEMBER,
            member_id=f"m{n % 4}",
        )
        for n, name in enumerate(LEDAMOTER)
    )
    deputies = tuple(
        Appointment(person_id=name, role=Role.DEPUTY, member_id=f"m{(n + 2) % 4}", order=1)
        for n, name in enumerate(DEPUTIES)
    )
    secretary = Appointment(person_id="Sara Lindmark", role=Role.SECRETARY)
    names = (*LEDAMOTER, *DEPUTIES, "Sara Lindmark")
    return Association(
        name="Samordningsförbundet Sjöbygden",
        members=members,
        people=tuple(Person(id=name, name=name) for name in names),
        appointments=(*board, *deputies, secretary),
    )


def agenda() -> tuple[AgendaItem, ...]:
    """Fifteen items: the frame, information, and six to decide."""
    titles = (
        ("Mötets öppnande", ItemType.FORMALITY), ("Val av justerare", ItemType.FORMALITY),
        ("Incheckning", ItemType.FORMALITY), ("Föregående protokoll", ItemType.INFORMATION),
        ("Tertialrapport 2", ItemType.DECISION), ("Budgetläge", ItemType.INFORMATION),
        ("Avtal om lokaler", ItemType.DECISION), ("Sammankallande part", ItemType.DECISION),
        ("Insats Vuxentorget", ItemType.DECISION), ("Delegationsbeslut", ItemType.DECISION),
        ("Rapport från samverkan", ItemType.INFORMATION), ("Sammanträdesplan", ItemType.DECISION),
        ("Övriga frågor", ItemType.FORMALITY), ("Utcheckning", ItemType.FORMALITY),
        ("Mötets avslutande", ItemType.FORMALITY),
    )  # fmt: skip
    return tuple(
        AgendaItem(
            id=f"i{n}",
            title=title,
            type=kind,
            proposal=Proposal(kind=ProposalKind.CLAUSES, clauses=(f"godkänna förslaget om {title.lower()}",))
            if kind is ItemType.DECISION
            else Proposal(),
        )
        for n, (title, kind) in enumerate(titles, start=1)
    )


@pytest.fixture
def window(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    monkeypatch.setattr("finsam_desktop.ui.views.meeting.preview_pane.find_libreoffice", lambda: None)
    built = app.build(qapp, SettingsStore(tmp_path / "settings.toml"))
    shown = built.window
    shown.session._clock = lambda: dt.datetime(2026, 10, 30, 9, 0)
    begin(shown.session, tmp_path / "sjobygden.finsam", association(), DAY.year)
    meeting = Meeting(
        id="mote",
        date=DAY,
        start=dt.time(8, 30),
        end=dt.time(12, 0),
        place="Stadshuset, Sjöbro",
        state=MeetingState.NOTIFIED,
        first_paragraph=61,
        items=agenda(),
    )
    assert shown.session.change("Nytt sammanträde", None, meeting)
    shown.resize(1440, 900)
    shown.show()
    shown.activateWindow()
    assert QTest.qWaitForWindowActive(shown)
    shown.go("meeting", "mote")
    settle(SEEN_MS)
    yield shown
    shown.close()
    shown.deleteLater()


def record_the_meeting(hands: Hands) -> None:
    """What the secretary does the day after, from the notes taken by hand."""
    hands.press(Key.Key_4, Modifier.AltModifier)  # Närvaro och beslut
    hands.press(Key.Key_O, CTRL_SHIFT)  # öppnades som planerat
    hands.press(Key.Key_Down, times=2)
    hands.letters("FT")  # Lena Granström är frånvarande, hennes ersättare tjänstgör
    hands.press(Key.Key_Down, times=2)
    hands.letters("FT")  # Karin Holmgren likaså
    hands.press(Key.Key_Down)
    hands.letters("S")  # Per-Olof Åström justerar
    hands.write("67")  # till § 67
    hands.press(Key.Key_Down)
    hands.letters("J")  # Åsa Nyberg är jävig
    hands.press(Key.Key_Return)
    hands.write("hon är part i avtalet")
    hands.press(Key.Key_Return)
    hands.letters("T")  # en ersättare går in
    hands.letters("B")  # beslut enligt förslaget, vidare till § 68
    hands.letters("Y")  # ordföranden yrkar bifall
    hands.press(Key.Key_Escape)
    hands.letters("Y")
    hands.write("Per")
    hands.press(Key.Key_Tab)
    hands.write("Eg")  # eget yrkande
    hands.press(Key.Key_Tab)
    hands.write("att ordningen gäller från och med 2028")
    hands.press(Key.Key_Escape)
    hands.letters("V")
    hands.letters("JJJNJNJA")  # en i taget: J, N eller A
    hands.press(Key.Key_Escape)
    hands.letters("R")  # den som röstade nej och yrkade reserverar sig
    hands.press(Key.Key_Tab, times=2)
    hands.write("10.21")
    hands.press(Key.Key_Escape)
    hands.letters("B")  # så som omröstningen gav
    hands.press(Key.Key_B, CTRL_SHIFT)  # allt annat enligt förslaget
    hands.press(Key.Key_A, CTRL_SHIFT)  # avslutades som planerat
    hands.press(Key.Key_5, Modifier.AltModifier)  # Protokoll, vid den paragraf som är i hand
    hands.press(Key.Key_Return)
    hands.write("#disk")  # en fras
    hands.press(Key.Key_Return)
    hands.press(Key.Key_M, CTRL_SHIFT)  # Skapa protokoll


def test_a_whole_meeting_by_keyboard(window: MainWindow, tmp_path: Path, heartbeat: Heartbeat) -> None:
    hands = Hands(window, heartbeat)
    record_the_meeting(hands)
    for _ in range(400):
        if not window.jobs.running():
            break
        settle(50)
    assert hands.actions <= MOST_ACTIONS, "\n".join(hands.diary)
    made = tmp_path / "2026-10-29 Protokoll.docx"
    assert made.is_file()
    text = " ".join(" ".join(paragraph_texts(made.read_bytes())).split()).replace("_ ", "").replace("_", "")
    text = text.replace("\u00a0", " ").replace("\u2011", "-")
    for told in (
        "klockan 08.30–12.00",
        "Eva Sjögren, tjänstgörande ersättare för Lena Granström",
        "Ulla Hedman, tjänstgörande ersättare för Karin Holmgren",
        "Mats Forsberg, ej tjänstgörande utom § 67",
        "Mats Forsberg tjänstgör i Åsa Nybergs ställe.",
        "Sekreterare Sara Lindmark",
        "Justerare Per-Olof Åström",
        "§ 67",
        "Åsa Nyberg anmäler jäv, eftersom hon är part i avtalet.",
        "deltar varken i handläggningen eller i beslutet",
        "Maria Ekvall yrkar bifall till förslaget.",
        "Per-Olof Åström yrkar att ordningen gäller från och med 2028.",
        "finner att styrelsen beslutar enligt",
        "Med 6 ja-röster mot 2 nej-röster och 1 som avstår",
        "Per-Olof Åström reserverar sig mot beslutet till förmån för eget yrkande.",
        "Reservationen anmäldes klockan 10.21, innan sammanträdet avslutades.",
        "utse Per-Olof Åström att jämte ordföranden justera protokollet",
        "godkänna förslaget om sammanträdesplan",
        "Styrelsen noterar informationen.",
        "Styrelsen diskuterar ärendet.",
        "avslutar sammanträdet klockan 12.00",
    ):
        assert told in text, told
    assert "enhälligt" in text, "the decisions that nobody was against"
    meeting = window.session.meeting("mote")
    absent = {p.person_id for p in meeting.attendance.presences if not p.present}
    assert absent == {"Lena Granström", "Karin Holmgren"}
    serving = {p.serving_for for p in meeting.attendance.presences if p.serving_for}
    assert serving == absent
    check_handbook(hands.actions)


def check_handbook(actions: int) -> None:
    """The handbook tells how many actions the meeting above takes."""
    said = re.search(r"antecknas på (\d+) handgrepp", HANDBOOK.read_text(encoding="utf-8"))
    assert said is not None, f"the handbook is to say: antecknas på {actions} handgrepp"
    assert int(said[1]) == actions
