"""`finsam record`, `minutes` and `attendance`: a meeting noted from a terminal, and read back as the minutes say it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from finsam_desktop import cli
from finsam_desktop.commands import common
from finsam_desktop.domain.meeting import Meeting, MeetingKind
from finsam_desktop.workspace import Workspace
from tests import board

DAY = board.DAY.isoformat()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "förbundet.finsam"
    with Workspace.create(path, board.association(), user="test") as workspace:
        parts = (board.decision_item("a", title="Del A"), board.decision_item("b", title="Del B"))
        timed = board.decision_item("två", title="Budget", sub_items=parts, minutes=30)
        workspace.change("Nytt", None, board.meeting(board.decision_item("ett", minutes=30), timed))
    return path


class Terminal:
    def __init__(self, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.file, self.capsys = file, capsys

    def run(self, *arguments: str) -> tuple[int, str, str]:
        code = cli.main(list(arguments))
        said = self.capsys.readouterr()
        return code, said.out, said.err

    def record(self, *arguments: str) -> tuple[int, str, str]:
        return self.run("record", str(self.file), DAY, *arguments)

    def does(self, *arguments: str) -> None:
        code, out, err = self.record(*arguments)
        assert (code, err) == (common.DONE, "")
        assert out.startswith("Antecknat: ")

    def minutes(self, *more: str) -> str:
        code, out, _ = self.run("minutes", str(self.file), DAY, *more)
        assert code == common.DONE
        return out

    def meeting(self) -> Meeting:
        with Workspace.open(self.file, user="test", read_only=True) as workspace:
            return workspace.meetings[0]


@pytest.fixture
def terminal(file: Path, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(file, capsys)


def test_a_meeting_is_recorded_and_read_back(terminal: Terminal) -> None:
    for line in (
        "absent cia --substitute",
        "absent dan --substitute eva-e",
        "conflict Finn 2 --reason han_är_part --substitute finn-e",
        "late gun 2 --at 09.10",
        "motion bo 2 bifall --support anna",
        "motion eva 2 avslag",
        "vote 2 --no Eva --no-motion eva --requested-by eva",
        "decide 2 as-proposed --financing insatsmedel --immediately",
        "dissent eva 2 --for eva --at 10.21",
        "note gun 2 bra",
    ):
        terminal.does(*(word.replace("_", " ") for word in line.split()))
    said = terminal.minutes("--item", "2")
    for expected in (
        "§ 2, ärende 2: Rapport",
        "Beslutande (6): Anna, Bo, Eva, Gun, Cia-e (för Cia), Eva-e (för Dan)",
        "Gun kommer till sammanträdet klockan 09.10, före behandlingen av § 2.",
        "Finn anmäler jäv, eftersom han är part. Finn deltar varken i handläggningen eller i beslutet och lämnar",
        "Bo yrkar bifall till förslaget. Anna instämmer i yrkandet.",
        "Eva: Nej",
        "Med 5 ja-röster mot 1 nej-röst beslutar styrelsen enligt förslaget.",
        "att godkänna rapporten.",
        "Beslutet finansieras inom insatsmedel.",
        "Paragrafen förklaras omedelbart justerad.",
        "Eva reserverar sig mot beslutet till förmån för eget yrkande. Reservationen anmäldes klockan 10.21.",
        "Gun lämnar följande protokollsanteckning: bra.",
    ):
        assert expected in said
    assert "Finn-e tjänstgör" not in said


def test_attendance_is_printed_as_on_the_front_page(terminal: Terminal) -> None:
    terminal.does("absent", "cia", "--substitute")
    terminal.does("leave", "bo", "2", "--at", "9:45")
    terminal.does("distance", "eva", "--audio", "bilden är borta")
    code, out, _ = terminal.run("attendance", str(terminal.file), DAY)
    assert code == common.DONE
    lines = [line.strip() for line in out.splitlines()]
    assert lines[:2] == ["Beslutande", "Anna, ordförande  ·  Eks kommun  ·  § 1–4"]
    assert "Bo, vice ordförande  ·  Region Alm  ·  § 1–2" in lines
    assert "Cia-e, tjänstgörande ersättare för Cia  ·  Björks kommun  ·  § 1–4" in lines
    assert "Eva, på distans  ·  Arbetsförmedlingen  ·  § 1–4" in lines
    assert lines[-2:] == ["Övriga", "Chef, förbundschef"]
    data = json.loads(terminal.run("attendance", str(terminal.file), DAY, "--json")[1])
    assert data["deciding"][0] == {"name": "Anna, ordförande", "member": "Eks kommun", "paragraphs": "1–4"}


def test_the_minutes_as_data_name_parts_and_items(terminal: Terminal) -> None:
    terminal.does("conflict", "anna", "3B", "--ruling", "in-conflict")
    terminal.does("decide", "3B", "own-words", "--clause", "återkomma")
    (item,) = json.loads(terminal.minutes("--item", "§3B", "--json"))
    assert (item["number"], item["paragraph"], item["leader"], item["quorate"]) == ("3B", 3, "Bo", True)
    assert item["parts"]["Jäv"] == [
        "Fråga om jäv uppkommer mot Anna. Styrelsen beslutar att Anna är jävig i ärendet. Anna deltar varken i "
        "handläggningen eller i beslutet och lämnar sammanträdet under delärendet.",
        "Vice ordförande Bo leder sammanträdet under delärendet.",
    ]
    assert item["parts"]["Beslut"] == ["Styrelsen beslutar enhälligt", "att återkomma."]
    assert [one["number"] for one in json.loads(terminal.minutes("--json"))] == [
        "1",
        "2",
        "3",
        "3A",
        "3B",
        "4",
    ]


def test_what_is_not_quorate_says_so(terminal: Terminal) -> None:
    for person in ("cia", "dan", "eva", "gun"):
        terminal.does("absent", person)
    assert "Beslutande (3): Anna, Bo, Finn\n  Styrelsen är inte beslutför." in terminal.minutes("--item", "2")


def test_times_without_an_item_fall_as_planned(terminal: Terminal) -> None:
    terminal.does("late", "gun", "--at", "9.05")
    terminal.does("leave", "bo", "--at", "9.05")
    presences = {p.person_id: p for p in terminal.meeting().attendance.presences}
    assert presences["gun"].from_item == "två"
    assert presences["bo"].to_item == "ett"


def test_the_rest_of_what_can_happen(terminal: Terminal) -> None:
    for line in (
        "away gun 2 2 --left 9.10 --back 9.20 --lost",
        "present gun",
        "serves bo-e anna",
        "leads dan",
        "aside eva 2",
        "motion eva 2 att_vänta",
        "withdraw eva 2",
        "elect 3A Anna=4 Okänd=3 --blank 1 --seats 1",
        "decide 2 tabled --to 2026-11-26 --reason underlaget_kom_sent",
        "decide 4 noted",
    ):
        terminal.does(*(word.replace("_", " ") for word in line.split()))
    said = terminal.minutes()
    assert "Eva yrkar att vänta. Eva återtar sitt yrkande." in said
    assert "Eva deltar inte i beslutet." in said
    assert "att bordlägga ärendet till sammanträdet den 26 november 2026." in said
    assert (
        "Valet sker med slutna sedlar. Anna får 4 röster och Okänd 3. En sedel är blank. Anna är vald."
        in said
    )
    meeting = terminal.meeting()
    assert meeting.chaired_by == "dan"
    assert meeting.attendance.of("gun").away == ()  # type: ignore[union-attr]
    assert meeting.attendance.of("bo-e").serving_for == "anna"  # type: ignore[union-attr]


def test_a_reservation_by_one_who_took_no_part_is_noted_and_told(terminal: Terminal) -> None:
    code, out, err = terminal.record("dissent", "gun-e", "2")
    assert code == common.FINDINGS
    assert out == "Antecknat: reservation mot beslutet\n"
    assert "4 kap. 27 §" in err
    assert terminal.meeting().items[1].decision.dissents[0].person_id == "gun-e"


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        (("absent", "zeb"), "Ingen i registret heter ”zeb”"),
        (("absent", "an"), "”an” kan vara Anna eller Dan"),
        (("decide", "9", "noted"), "Det finns inget ärende ”9”"),
        (("withdraw", "eva", "2"), "eva har inget yrkande i ärendet 2"),
        (("elect", "2", "Anna"), "”Anna” är inte ett namn med röster"),
        (("late", "gun"), "Varken ärende eller tid är angivet"),
    ],
)
def test_what_cannot_be_noted_is_told_and_changes_nothing(
    terminal: Terminal, arguments: tuple[str, ...], names: str
) -> None:
    before = terminal.meeting()
    code, out, err = terminal.record(*arguments)
    assert (code, out) == (common.BAD_INPUT, "")
    assert names in err
    assert terminal.meeting() == before


def test_no_free_deputy_is_told(terminal: Terminal) -> None:
    with Workspace.open(terminal.file, user="test") as workspace:
        alone = tuple(a for a in workspace.association.appointments if a.role != "deputy")
        workspace.change("Utan", workspace.association, replace(workspace.association, appointments=alone))
    code, _, err = terminal.record("absent", "cia", "--substitute")
    assert code == common.BAD_INPUT
    assert "ingen ledig ersättare för cia" in err


def test_a_wrong_time_is_wrong_usage(terminal: Terminal) -> None:
    with pytest.raises(SystemExit) as stopped:
        terminal.record("late", "gun", "2", "--at", "25.00")
    assert stopped.value.code == common.USAGE
    assert "skriv som 09.10" in terminal.capsys.readouterr().err


def test_a_meeting_without_paragraphs_has_no_list(terminal: Terminal) -> None:
    with Workspace.open(terminal.file, user="test") as workspace:
        talk = Meeting(date=board.DAY.replace(month=5), kind=MeetingKind.MEMBER_CONSULTATION)
        workspace.change("Nytt", None, talk)
    code, _, err = terminal.run("attendance", str(terminal.file), talk.date.isoformat())
    assert code == common.BAD_INPUT
    assert "inga paragrafer" in err
