"""`finsam figures report` and `attach-report`: reports out of the bookkeeping, from the terminal to an item."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from finsam_desktop import cli
from finsam_desktop.commands import common
from finsam_desktop.domain.figures import Post
from finsam_desktop.workspace import Workspace
from tests.unit.sources import sie_files


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exempel")
    assert cli.main(["demo", str(folder)]) == common.DONE
    return folder / "exempelbygden.finsam"


@pytest.fixture
def file(example: Path, tmp_path: Path) -> Path:
    copy = tmp_path / example.name
    copy.write_bytes(example.read_bytes())
    return copy


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "bok.se"
    path.write_bytes(sie_files.made("4E").encode("cp437"))
    return path


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = cli.main([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_the_reports_as_lines_and_as_values(capsys, book: Path) -> None:
    code, shown, _ = run(capsys, "figures", "report", book, "--forecast", "Personal=-1800000=Ny tjänst")
    assert code == common.DONE
    assert "Resultat januari–augusti 2026" in shown
    assert "Balans 2026-08-31" in shown
    assert "Avvikelser: Personal: Ny tjänst." in shown
    code, shown, _ = run(capsys, "figures", "report", book, "--tertial", 1, "--json")
    read = json.loads(shown)
    result = next(row for row in read["tables"][0]["rows"] if row["post"] == Post.RESULT.value)
    assert result["cells"][1] == {
        "address": "konto 3510–5011 2026-01-01–2026-04-30", "text": "", "amount": "750000.12", "error": "",
    }  # fmt: skip
    assert read["findings"] == []


def test_parts_of_the_association(capsys, book: Path) -> None:
    assert "Team Väst" in run(capsys, "figures", "report", book, "--object", "1:100")[1]
    assert "Inte fördelat" in run(capsys, "figures", "report", book, "--by", "1")[1]
    assert "konto 5000–5999" in run(capsys, "figures", "report", book, "--accounts", "5000-5999")[1]


def test_figures_that_do_not_agree_are_told(capsys, book: Path) -> None:
    book.write_bytes(book.read_bytes().replace(b"#IB 0 2010 -2010000.00", b"#IB 0 2010 -2009000.00"))
    code, shown, _ = run(capsys, "figures", "report", book)
    assert code == common.FINDINGS
    assert "Balansen i 2026-08-31 skiljer 1\u00a0000\u00a0kr" in shown
    assert "Konto 2010: ingående balans" in shown


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--object", "väst"), "väst är inte ett objekt"),
        (("--accounts", "5999-5000"), "konton baklänges"),
        (("--accounts", "lön"), "lön är inte konton"),
    ],
)
def test_what_can_not_be_understood_is_a_fault_of_use(
    capsys, book: Path, arguments: tuple, told: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        run(capsys, "figures", "report", book, *arguments)
    assert ended.value.code == common.USAGE
    assert told in capsys.readouterr().err


def test_bad_files_are_refused_in_words(capsys, book: Path, tmp_path: Path) -> None:
    for arguments, told in (
        (("figures", "report", tmp_path / "borta.se"), "finns inte"),
        (("figures", "report", book, "--previous", tmp_path / "borta.se"), "finns inte"),
        (("figures", "report", book, "--plan", tmp_path / "borta.toml"), "borta.toml finns inte"),
        (("figures", "report", book, "--forecasts", tmp_path / "borta.toml"), "borta.toml finns inte"),
        (("figures", "report", book, "--forecast", "Löner=1"), "hör inte till någon post"),
    ):
        code, _, err = run(capsys, *arguments)
        assert (code, told in err) == (common.BAD_INPUT, True), err


def test_the_reports_become_tables_of_an_item_and_hold_back_what_differs(
    capsys, file: Path, book: Path
) -> None:
    attach = ("figures", "attach-report", file, "2026-11-26", "9", book, "--tertial", "2")
    assert run(capsys, *attach)[0] == common.DONE
    book.write_bytes(
        book.read_bytes() + b"#VER B 1 20260830\n{\n#TRANS 4510 {} 1000\n#TRANS 2440 {} -1000\n}\n"
    )
    code, shown, _ = run(capsys, *attach)
    assert code == common.FINDINGS
    assert "Periodens resultat, Utfall jan–aug 2026 (konto 3510–5011 2026-01-01–2026-08-31)" in shown
    assert run(capsys, *attach, "--replace")[0] == common.DONE
    with Workspace.open(file, user="prov", read_only=True) as workspace:
        meeting = workspace.find_meeting("2026-11-26")
        tables = meeting.items[8].figures
    assert [table.source.sheet for table in tables if table.source] == [
        "Resultaträkning T2",
        "Balansräkning T2",
    ]


def test_equity_against_both_measures(capsys, file: Path, book: Path) -> None:
    code, shown, _ = run(capsys, "equity", file)
    assert code == common.DONE
    shown = shown.replace("\u00a0", " ")
    assert "Nationella rådets trappa" in shown
    assert "Det enkla måttet" in shown
    assert "Prognos vid årets slut (2026-12-31): tak 2 074 tkr, inom, 350 tkr under taket" in shown
    assert "inte förenligt med finsamlagen" in shown
    code, shown, _ = run(capsys, "equity", book, "--contribution", "11 490 000", "--json")
    assert code == common.DONE
    read = json.loads(shown)
    assert [each["within_ladder"] for each in read["equity"]] == [True, False]
    assert run(capsys, "equity", book, "--contribution", "9000000")[0] == common.FINDINGS
    code, shown, _ = run(capsys, "equity", book)
    assert code == common.DONE
    assert "inte angivna" in shown


def test_equity_without_figures_or_with_odd_kronor(capsys, file: Path, book: Path) -> None:
    code, _, err = run(capsys, "equity", file, "--meeting", "2026-11-26")
    assert code == common.BAD_INPUT
    assert "har en balansrapport med eget kapital" in err
    with pytest.raises(SystemExit):
        run(capsys, "equity", book, "--contribution", "mycket")
    assert "mycket är inte kronor" in capsys.readouterr().err
