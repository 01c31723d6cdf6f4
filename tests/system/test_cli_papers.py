"""The other papers from the terminal: what they are made of is said by point, §, board and recipient."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from finsam_desktop import cli, demo
from finsam_desktop.documents import page_images
from tests.reference.outline import text_of


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demo.create(tmp_path_factory.mktemp("demo"))[0]


@pytest.fixture(autouse=True)
def no_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a computer without LibreOffice."""
    monkeypatch.setattr(page_images, "find_libreoffice", lambda: None)


def made(file: Path, out: Path, *arguments: str) -> str:
    assert cli.main(["export", str(file), *arguments, "-o", str(out)]) == 0
    return text_of(out.read_bytes()).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            ("2026-10-29", "protokollsutdrag", "--paragraph", "67", "--recipient", "Region Exempel"),
            "§ 67\tLångsiktig",
        ),
        (("2026-10-29", "protokollsutdrag", "--item", "7"), "§ 67\tLångsiktig"),
        (("2026-10-29", "anslag", "--board", "fjällsta KOMMUN"), "Anslagstavla\tFjällsta kommun"),
        (("2026-10-29", "tjansteskrivelse", "--item", "7 b"), "Ombud vid medlemsmötet"),
        (("2026-10-29", "skrivelse"), "Regionstyrelsen beslutar"),
        (("2026-11-26", "remissvar"), "Vilken är målgruppen?"),
        (("2026-11-26", "insatsbeslut"), "Prövning i sak"),
        (("2026-11-26", "proforma"), "Närvarolista"),
        (("2026-04-22", "samradsinbjudan"), "Dagordning"),
        (("2026-04-22", "minnesanteckningar"), "Erik Fältmark"),
        (("2026-10-29", "sammantradesplan"), "Sammanträdesplan 2026"),
        (("2026-10-29", "forbundsordning"), "Förbundsordningens innehåll"),
        (("2026-10-29", "ekonomi-i-korthet"), "Eget kapital beräknas till 1 724 tkr vid årets slut."),
        (("2026-11-26", "budget"), "Kostnaderna är 360 tkr större än intäkterna 2027."),
    ],
)
def test_each_paper_is_made(file: Path, tmp_path: Path, arguments: tuple[str, ...], told: str) -> None:
    assert told in made(file, tmp_path / "ut.docx", *arguments)


def test_two_sections_and_no_other(file: Path, tmp_path: Path) -> None:
    text = made(
        file, tmp_path / "u.docx", "2026-10-29", "protokollsutdrag", "--paragraph", "66", "--paragraph", "69"
    )
    assert [line.split("\t")[0] for line in text.splitlines() if line.startswith("§ ")] == ["§ 66", "§ 69"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("protokollsutdrag", "--paragraph", "99"), "§ 99 finns inte i sammanträdet. Paragraferna är 61–75."),
        (("tjansteskrivelse", "--item", "7C"), "Punkt 7C finns inte i sammanträdet."),
        (("anslag", "--board", "Sorsele kommun"), "Sorsele kommun är inte medlem i förbundet."),
        (
            ("anslag", "--board", "Försäkringskassan"),
            "Försäkringskassan har ingen anslagstavla att anslå på.",
        ),
        (("remissvar",), "Inget ärende i sammanträdet har remissvar."),
        (("minnesanteckning",), "finns inte (välj bland"),
    ],
)
def test_what_is_not_there_is_told_and_nothing_is_written(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], told: str
) -> None:
    out = tmp_path / "ut.docx"
    command = ["export", str(file), "2026-10-29", *arguments, "-o", str(out)]
    if "välj bland" in told:
        with pytest.raises(SystemExit):
            cli.main(command)
    else:
        assert cli.main(command) == 3
    assert told in " ".join(capsys.readouterr().err.split())
    assert not out.exists()


def test_attendance_sheet_of_a_year_and_of_a_meeting(file: Path, tmp_path: Path) -> None:
    for period, days in (("2026", 2), ("2026-10-29", 1)):
        out = tmp_path / f"{period}.xlsx"
        assert cli.main(["attendance-sheet", str(file), period, "-o", str(out)]) == 0
        rows = list(load_workbook(out)["Per sammanträde"].iter_rows(min_row=2, values_only=True))
        assert len({row[0] for row in rows}) == days


def test_a_year_without_meetings_is_told(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["attendance-sheet", str(file), "2019", "-o", str(tmp_path / "u.xlsx")]) == 3
    assert "ingen närvaro att redovisa" in capsys.readouterr().err


def test_minutes_have_no_dash_for_a_page(file: Path, tmp_path: Path) -> None:
    text = made(file, tmp_path / "p.docx", "2026-10-29", "protokoll")
    assert "\nSida\n" not in text
    assert "\n–\n" not in text
