"""`finsam parcel`: a mötespaket to the chair and back, from a terminal, with the example association."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import pytest

from finsam_desktop import cli
from finsam_desktop.commands import common
from finsam_desktop.storage import parcel_file
from finsam_desktop.workspace import Workspace

DAY = "2026-10-29"
PASSWORD = "tallar vid sjön"


class Terminal:
    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.file, self.capsys = folder, folder / "f.finsam", capsys
        self.key = folder / "lösenord.txt"
        self.key.write_text(f"{PASSWORD}\n", encoding="utf-8")

    def run(self, *arguments: object, code: int = common.DONE) -> str:
        found = cli.main([str(one) for one in arguments])
        said = self.capsys.readouterr()
        assert found == code, said.out + said.err
        assert "Traceback" not in said.err
        return said.out + said.err

    def parcel(self, *arguments: object, code: int = common.DONE) -> str:
        return self.run("parcel", *arguments, code=code)


@pytest.fixture
def terminal(
    example_folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Terminal:
    monkeypatch.setenv("FINSAM_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setattr(parcel_file, "WORK", 2**6)
    shutil.copy(example_folder / "exempelbygden.finsam", tmp_path / "f.finsam")
    return Terminal(tmp_path, capsys)


def words_of(path: Path) -> dict[str, bytes]:
    """What a Word file holds, but for the moment it was made."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name != "docProps/core.xml"}


def test_there_and_back(terminal: Terminal) -> None:
    sent, back = terminal.folder / "till.motespaket", terminal.folder / "från.motespaket"
    key = ("--password-file", terminal.key)
    said = terminal.parcel(
        "make", terminal.file, DAY, "-o", sent, "--to", "Almkvarn", "--note", "Läs § 67.", *key
    )
    assert "fullständiga versionen" not in said or "inte låst" not in said
    assert "låst med lösenord" in terminal.parcel("show", sent)
    shown = terminal.parcel("show", sent, *key)
    assert "Mötespaket till Birgitta Almkvarn" in shown
    assert "Läs § 67." in shown
    copy = Path(terminal.parcel("open", sent, *key).strip())
    assert copy.parent == terminal.folder / "config" / "data" / "Mötespaket"
    # What the program does with a file it does with the copy: the papers are the association's own.
    for document in ("kallelse", "protokoll"):
        ours, theirs = terminal.folder / f"vår {document}.docx", terminal.folder / f"deras {document}.docx"
        terminal.run("export", terminal.file, DAY, document, "-o", ours)
        terminal.run("export", copy, DAY, document, "-o", theirs)
        a, b = words_of(ours), words_of(theirs)
        assert {n for n in a if a[n] != b.get(n)} == set(), document
    ours, theirs = terminal.folder / "vårt utdrag.docx", terminal.folder / "deras utdrag.docx"
    terminal.run("extract", terminal.file, DAY, "67", "-o", ours)
    terminal.run("extract", copy, DAY, "67", "-o", theirs)
    assert words_of(ours) == words_of(theirs)
    terminal.parcel("comment", copy, "3", "Stämmer detta?")
    terminal.parcel("note", copy, "3", "Hemlig tanke")
    assert "Kontrollsumma" in terminal.parcel("approve", sent, "--on", "2026-11-05", *key)
    said = terminal.parcel("send-back", sent, "-o", back, *key)
    assert str(back) in said
    assert b"Hemlig tanke" not in back.read_bytes()
    said = terminal.parcel("compare", terminal.file, back, *key, code=common.FINDINGS)
    assert "Kommentar av Birgitta Almkvarn" in said
    assert "Justerat av Birgitta Almkvarn den 2026-11-05" in said
    assert "från det som godkändes" not in said
    terminal.parcel("take", terminal.file, back, "--all", *key)
    with Workspace.open(terminal.file, user="x", read_only=True) as workspace:
        meeting = workspace.find_meeting(DAY)
        assert [one.text for one in meeting.comments] == ["Stämmer detta?"]
        assert meeting.parcels[0].replies[0].file_name == "från.motespaket"
    terminal.parcel("forget", copy)
    assert not copy.exists()


def test_changes_are_listed_and_chosen_by_number(terminal: Terminal) -> None:
    day = "2026-11-26"
    sent, back = terminal.folder / "till.motespaket", terminal.folder / "från.motespaket"
    terminal.parcel("make", terminal.file, day, "-o", sent, "--to", "Almkvarn")
    copy = Path(terminal.parcel("open", sent).strip())
    terminal.run("record", copy, day, "absent", "Ekvind")
    terminal.parcel("send-back", copy, "-o", back)
    said = terminal.parcel("compare", terminal.file, back, code=common.FINDINGS)
    assert "1. Närvaro: Närvaro för Torbjörn Ekvind" in said
    found = json.loads(terminal.parcel("compare", terminal.file, back, "--json", code=common.FINDINGS))
    assert [one["conflict"] for one in found["changes"]] == [False] * len(found["changes"])
    said = terminal.parcel("send-back", copy, "-o", terminal.folder / "igen.motespaket", "--mail")
    assert "2026-11-26 Mejl igen.eml" in said
    assert b".motespaket" in (terminal.folder / "2026-11-26 Mejl igen.eml").read_bytes()
    assert "ingen ändring 99" in terminal.parcel(
        "take", terminal.file, back, "--only", 99, code=common.BAD_INPUT
    )
    assert "Infört: 1." in terminal.parcel("take", terminal.file, back, "--only", 1)
    with Workspace.open(terminal.file, user="x", read_only=True) as workspace:
        presences = workspace.find_meeting(day).attendance.presences
        assert [(one.person_id, one.present) for one in presences] == [("ekvind", False)]
    terminal.run("record", terminal.file, day, "present", "Ekvind")
    said = terminal.parcel("take", terminal.file, back, "--decline", 1)
    assert "Avböjt: 1." in said
    assert "avböjd förut" in terminal.parcel("compare", terminal.file, back, code=common.FINDINGS)


def test_texts_of_the_minutes_are_changed(terminal: Terminal) -> None:
    day, bad = "2026-11-26", common.BAD_INPUT
    sent, back = terminal.folder / "till.motespaket", terminal.folder / "från.motespaket"
    terminal.parcel("make", terminal.file, day, "-o", sent, "--to", "Almkvarn")
    words = terminal.folder / "text.txt"
    words.write_text("Första stycket, se {§ 77}.\r\n\r\nAndra stycket.\r\n", encoding="utf-8")
    assert "Ändrat i ärende 3" in terminal.parcel(
        "edit", sent, "3", "--text-file", words, "--title", " Ny  rubrik "
    )
    assert "står redan så" in terminal.parcel("edit", sent, "3", "--title", "Ny rubrik")
    terminal.parcel(
        "edit", sent, "4", "--clause", "att bifalla", "--clause", "ge uppdraget", "--reason", "Det brådskar."
    )
    copy = Path(terminal.parcel("open", sent).strip())
    terminal.run("record", copy, day, "vote", "4", "--no", "Ekvind")
    terminal.parcel("send-back", sent, "-o", back)
    terminal.parcel("take", terminal.file, back, "--all")
    with Workspace.open(terminal.file, user="x", read_only=True) as workspace:
        items = workspace.find_meeting(day).items
        assert items[2].minutes_title == "Ny rubrik"
        assert items[2].minutes_text.endswith("\n\nAndra stycket.")
        assert "{§ 77}" not in items[2].minutes_text, "a number that is a reference follows what it names"
        assert items[3].decision.clauses == ("bifalla", "ge uppdraget")
        assert items[3].decision.reason == "Det brådskar."
        assert items[3].decision.vote is not None
    assert "Ange --title" in terminal.parcel("edit", sent, "3", code=bad)
    assert "antingen" in terminal.parcel("edit", sent, "3", "--text", "x", "--text-file", words, code=bad)
    assert "inget ärende" in terminal.parcel("edit", sent, "99", "--text", "x", code=bad)
    terminal.parcel(
        "make", terminal.file, DAY, "-o", terminal.folder / "justerat.motespaket", "--to", "Almkvarn"
    )
    adjusted = terminal.folder / "justerat.motespaket"
    assert "är justerat" in terminal.parcel("edit", adjusted, "3", "--text", "x", code=bad)


def test_conflicts_are_left_for_a_choice(terminal: Terminal) -> None:
    day = "2026-11-26"
    sent, back = terminal.folder / "till.motespaket", terminal.folder / "från.motespaket"
    terminal.parcel("make", terminal.file, day, "-o", sent, "--to", "Almkvarn")
    copy = Path(terminal.parcel("open", sent).strip())
    for file, number in ((copy, "3"), (terminal.file, "4")):
        terminal.run("record", file, day, "late", "Ekvind", number)
    terminal.parcel("send-back", copy, "-o", back)
    said = terminal.parcel("compare", terminal.file, back, code=common.FINDINGS)
    assert "KROCK" in said
    assert "Ni har båda ändrat det." in said
    assert "1 krockar är kvar" in terminal.parcel("take", terminal.file, back, "--all", code=common.FINDINGS)
    terminal.parcel("take", terminal.file, back, "--only", 1)
    with Workspace.open(terminal.file, user="x", read_only=True) as workspace:
        meeting = workspace.find_meeting(day)
        assert meeting.attendance.presences[0].from_item == meeting.items[2].id


def test_an_approval_is_confirmed_by_the_secretary(terminal: Terminal) -> None:
    day = "2026-11-26"
    sent, back = terminal.folder / "till.motespaket", terminal.folder / "från.motespaket"
    terminal.parcel("make", terminal.file, day, "-o", sent, "--to", "Almkvarn")
    assert "har inte markerat" in terminal.parcel(
        "confirm", terminal.file, day, "Almkvarn", code=common.BAD_INPUT
    )
    terminal.parcel("approve", sent)
    terminal.parcel("approve", sent, "--withdraw")
    terminal.parcel("approve", sent, "--on", "2026-12-01")
    terminal.parcel("send-back", sent, "-o", back)
    terminal.parcel("take", terminal.file, back)
    assert "den 2026-12-01" in terminal.parcel("confirm", terminal.file, day, "Almkvarn")
    with Workspace.open(terminal.file, user="x", read_only=True) as workspace:
        assert workspace.find_meeting(day).signatures[0].person_id == "almkvarn"


def test_wrong_input_is_told_and_leaves_everything(terminal: Terminal) -> None:
    sent = terminal.folder / "till.motespaket"
    before = terminal.file.read_bytes()
    bad = common.BAD_INPUT
    make = ("make", terminal.file, DAY, "-o", sent, "--to")
    assert "Birgitta Almkvarn (ordförande)" in terminal.parcel(*make, "Okänd", code=bad)
    assert "kan vara flera" in terminal.parcel(*make, "e", code=bad)
    assert "inget sammanträde" in terminal.parcel(
        "make", terminal.file, "2020-01-01", "-o", sent, "--to", "a", code=bad
    )
    short = terminal.folder / "kort.txt"
    short.write_text("kort\n", encoding="utf-8")
    assert "för kort" in terminal.parcel(*make, "Almkvarn", "--password-file", short, code=bad)
    sent.write_bytes(b"x")
    assert "finns redan" in terminal.parcel(*make, "Almkvarn", code=bad)
    assert "inte ett mötespaket" in terminal.parcel("show", sent, code=bad)
    assert "inte ett mötespaket" in terminal.parcel("comment", terminal.file, "3", "x", code=bad)
    assert "inte en arbetskopia" in terminal.parcel("forget", terminal.file, code=bad)
    assert "finns inte" in terminal.parcel(
        "compare", terminal.file, terminal.folder / "borta.motespaket", code=bad
    )
    assert terminal.file.read_bytes() == before
