"""A preset beside the program: offered at the first start with logo and templates, and told of when it is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from finsam_desktop import cli, guide, guide_draft, paths, prepared
from finsam_desktop.commands import common
from finsam_desktop.errors import UserError
from finsam_desktop.settings import data_folder
from finsam_desktop.ui.main_window import MainWindow
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.workspace import Workspace
from tests.ui.opened_files import Opened
from tests.ui.test_guide import make, welcome

DOCUMENTED = Path(__file__).parents[2] / "docs" / "preset.md"


def picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (60, 20), "#1F5C7A").save(out, "PNG")
    return out.getvalue()


PICTURE = picture()


@pytest.fixture
def preset(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The example of the documentation, with the files it names."""
    found = re.search(r"```toml\n(.*?)```", DOCUMENTED.read_text("utf-8"), re.DOTALL)
    assert found is not None
    path = tmp_path / "program" / prepared.NAME
    (path.parent / "forbund").mkdir(parents=True)
    path.write_text(found[1], "utf-8")
    (path.parent / "forbund" / "logotyp.png").write_bytes(PICTURE)
    template = (paths.templates() / "word" / "kallelse.docx").read_bytes()
    (path.parent / "forbund" / "kallelse.docx").write_bytes(template)
    monkeypatch.setenv(prepared.PLACE, str(path))
    return path


@pytest.fixture
def without_template(preset: Path) -> Path:
    """The same without a Word template, whose trial takes seconds."""
    preset.write_text(preset.read_text("utf-8").partition("[files.templates]")[0], "utf-8")
    return preset


@pytest.fixture
def window(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opened: Opened, preset: Path
) -> Iterator[MainWindow]:
    shown = make(qapp, tmp_path, monkeypatch)
    yield shown
    shown.close()
    shown.deleteLater()


def ready(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not window.jobs.running(), timeout=20_000)


def test_the_association_is_prepared_and_its_files_follow(
    window: MainWindow, qtbot: QtBot, opened: Opened
) -> None:
    ready(window, qtbot)
    view = welcome(window)
    assert (
        view._told.text() == "Samordningsförbundet Norrbygden är förberett. Det som redan är känt är ifyllt."
    )
    answers = view.form.answers()
    assert (answers.name, answers.members, answers.chair) == (
        "Samordningsförbundet Norrbygden", ("Försäkringskassan", "Norrstads kommun"), "Åsa Nyberg"
    )  # fmt: skip
    view.form.day.setText("2027-02-11")
    window.press_primary()
    qtbot.waitUntil(lambda: window.session.is_open, timeout=20_000)
    ready(window, qtbot)
    assert [path.name for path in opened.files] == ["2027-02-11 Kallelse.docx"]
    association = window.session.association
    assert association.letterhead.accent == "#1F5C7A"
    assert association.rules.notice_days == 10
    assert window.session.workspace.file(association.letterhead.logo) == PICTURE
    assert [template.document for template in association.word_templates] == ["kallelse"]
    assert association.appointments[0].member_id == "kommun"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name = Bygden", "forbund.toml är inte rätt skriven"),
        ('name = "B"\n[letterhead]\nadress = "x"', "fältet letterhead.adress finns inte"),
        ('name = "B"\n[files]\nlogo = "borta.png"', "files.logo: borta.png gick inte att läsa"),
        ('name = "B"\n[files]\nlogo = "../../hemlig.png"', "files.logo ligger utanför mappen"),
        ('name = "B"\n[files]\nlogo = "forbund/kallelse.docx"', "ska vara en fil som slutar på .png"),
        ('name = "B"\n[files]\nlogo = "forbund/trasig.png"', "files.logo är ingen bild"),
        ('name = "B"\n[files]\nlogga = "x.png"', "fältet files.logga finns inte"),
        ('name = "B"\nfiles = 5', "files ska vara en egen grupp av rader"),
        ('name = "B"\n[files]\ntemplates = 5', "fältet files.templates finns inte"),
        ('name = "B"\n[files.templates]\nkallelse = 5', "files.kallelse ska vara ett filnamn"),
        ('name = "B"\n[files.templates]\ninbjudan = "forbund/kallelse.docx"', "files.templates.inbjudan är inget"),
        ('name = "B"\n[files.templates]\nprotokoll = "forbund/trasig.docx"', "files.templates.protokoll har fel"),
    ],
)  # fmt: skip
def test_a_wrong_preset_names_the_place(
    preset: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str, told: str
) -> None:
    (preset.parent / "forbund" / "trasig.png").write_bytes(PICTURE[:40])
    (preset.parent / "forbund" / "trasig.docx").write_bytes(b"PK\x03\x04 trasig")
    preset.write_text(text, "utf-8")
    with pytest.raises(UserError, match=re.escape(told)):
        prepared.load(preset)
    assert cli.main(["new", str(tmp_path / "x.finsam"), "--preset", str(preset)]) == common.BAD_INPUT
    assert told in capsys.readouterr().err
    assert not (tmp_path / "x.finsam").exists()


def test_the_program_starts_all_the_same(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, preset: Path, qtbot: QtBot
) -> None:
    preset.write_text('name = "B"\nnamn = "C"', "utf-8")
    window = make(qapp, tmp_path, monkeypatch)
    try:
        ready(window, qtbot)
        assert window.strip.notice is not None
        assert window.strip.notice.state is State.MUST_MEND
        assert "forbund.toml: fältet namn finns inte" in window.strip.notice.text
        assert welcome(window).form.answers().name == ""
    finally:
        window.close()
        window.deleteLater()


def test_what_has_been_written_is_not_overwritten(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, without_template: Path
) -> None:
    """A guide that was broken off goes before the preset."""
    monkeypatch.setenv("FINSAM_CONFIG_DIR", str(tmp_path / "settings"))
    known = guide.from_prepared(prepared.load(without_template).association)
    guide_draft.keep(data_folder(), replace(known, chair="Någon Annan"))
    again = make(qapp, tmp_path, monkeypatch)
    try:
        ready(again, qtbot)
        answers = welcome(again).form.answers()
        assert answers.chair == "Någon Annan"
        assert answers.prepared is not None, "what the preset knows besides still follows"
    finally:
        again.close()
        again.deleteLater()


def test_the_command_line_takes_the_files_too(
    without_template: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "ny.finsam"
    arguments = [
        "new",
        str(file),
        "--preset",
        str(without_template),
        "--board",
        "Bo Ek",
        "--day",
        "2027-02-11",
    ]
    assert cli.main([*arguments, "--time", "09.00-12.00", "--place", "Sal 3"]) == common.DONE
    assert capsys.readouterr().out.splitlines() == [str(file), str(tmp_path / "2027-02-11 Kallelse.docx")]
    with Workspace.open(file, user="") as workspace:
        assert workspace.file(workspace.association.letterhead.logo) == PICTURE
        assert [person.name for person in workspace.association.people] == ["Åsa Nyberg", "Bo Ek"]
        assert workspace.meetings[0].place == "Sal 3"


def test_no_preset_is_no_preset(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(prepared.PLACE, str(tmp_path / "saknas.toml"))
    assert prepared.beside_program() is None
    monkeypatch.delenv(prepared.PLACE)
    monkeypatch.setattr("sys.executable", str(tmp_path / "program" / "python.exe"))
    assert prepared.beside_program() is None
    (tmp_path / "program").mkdir()
    (tmp_path / "program" / prepared.NAME).write_text('name = "B"')
    assert prepared.beside_program() == tmp_path / "program" / prepared.NAME
