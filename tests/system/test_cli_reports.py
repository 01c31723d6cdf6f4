"""A tertialrapport from the terminal: begun with last period's texts, rewritten, and made a bilaga."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from finsam_desktop import cli, demo
from finsam_desktop.documents import page_images


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demo.create(tmp_path_factory.mktemp("demo"))[0]


@pytest.fixture
def file(example: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "f.finsam"
    copy.write_bytes(example.read_bytes())
    return copy


@pytest.fixture(autouse=True)
def no_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a computer without LibreOffice."""
    monkeypatch.setattr(page_images, "find_libreoffice", lambda: None)


def run(*arguments: str, code: int = 0) -> None:
    assert cli.main(["report", *arguments]) == code


def shown(file: Path, capsys: pytest.CaptureFixture[str], code: int) -> list[dict]:
    capsys.readouterr()
    assert cli.main(["report", "show", str(file), "2026-11-26", "--json"]) == 0
    parts = json.loads(capsys.readouterr().out)["parts"]
    run("show", str(file), "2026-11-26", code=code)
    return parts


def test_a_report_is_begun_rewritten_and_attached(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("begin", str(file), "2026-11-26", "5", "--tertial", "3")
    assert (
        "Tertialrapport 3 2026 är påbörjad med texterna i Tertialrapport 2 2026." in capsys.readouterr().out
    )
    parts = shown(file, capsys, 1)
    carried = [part["heading"] for part in parts if part["carried"]]
    assert carried[:3] == ["Inledning", "Ledning och styrning", "Nätverk och utvecklingsarbeten"]
    text = tmp_path / "text.md"
    text.write_text("Ett helt nytt stycke om styrningen.", encoding="utf-8")
    run("write", str(file), "2026-11-26", "Ledning och styrning", str(text))
    for heading in carried:
        if heading != "Ledning och styrning":
            run("keep", str(file), "2026-11-26", heading)
    assert not [part for part in shown(file, capsys, 0) if part["carried"]]
    run("attach", str(file), "2026-11-26")
    assert "är nu bilaga" in capsys.readouterr().out
    run("attach", str(file), "2026-11-26")
    assert "redan den senaste" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("begin", "2026-10-29", "5"), "har redan en tertialrapport"),
        (("show", "2026-11-26"), "har ingen tertialrapport"),
        (("keep", "2026-10-29", "Finns inte"), "inget avsnitt Finns inte"),
        (("attach", "2026-11-26"), "har ingen tertialrapport"),
        (("attach", "2026-10-29", "arsredovisning"), "Inget ärende i sammanträdet gäller årsredovisningen"),
    ],
)
def test_what_cannot_be_done_is_said_in_words(
    file: Path, arguments: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    name, *rest = arguments
    run(name, str(file), *rest, code=3)
    assert told in capsys.readouterr().err


def test_a_text_that_is_not_utf8_is_refused(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "text.md"
    bad.write_bytes("åäö".encode("cp1252"))
    run("begin", str(file), "2026-11-26", "5")
    run("write", str(file), "2026-11-26", "1", str(bad), code=3)
    assert "inte skriven i UTF-8" in capsys.readouterr().err
