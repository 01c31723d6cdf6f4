"""`--self-test`: passes on a whole program, and each of its steps fails when what it proves is broken."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from finsam_desktop import paths, self_test
from finsam_desktop.self_test import run
from finsam_desktop.spelling import dictionary
from finsam_desktop.storage import document, parcel_file, search_index
from finsam_desktop.workspace import Workspace

Patch = pytest.MonkeyPatch
STEPS = dict(self_test._CHECKS)


@pytest.mark.needs_libreoffice
def test_a_whole_program_is_whole(tmp_path: Path) -> None:
    """As it is started, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "finsam_desktop", "--self-test"], capture_output=True, text=True, timeout=300,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": os.getcwd()},
    )  # fmt: skip
    lines = done.stdout.splitlines()
    assert done.returncode == 0, done.stdout + done.stderr
    assert [line[:2] for line in lines[:-1]] == ["✓ "] * len(STEPS)
    assert lines[-1] == "Programmet är helt."
    assert "LibreOffice" in next(line for line in lines if "Sidor" in line)


@pytest.fixture
def folder(tmp_path: Path, example_folder: Path) -> Path:
    """The test's folder as later steps find it: with the example in it."""
    shutil.copytree(example_folder, tmp_path / "exempel")
    return tmp_path


def _empty_resources(patch: Patch, folder: Path) -> None:
    (folder / "tom").mkdir()
    patch.setattr(paths, "resources", lambda: folder / "tom")


def _broken_template(patch: Patch, folder: Path) -> None:
    copy = folder / "mallar"
    shutil.copytree(paths.templates(), copy)
    (copy / "word" / "protokoll.docx").write_bytes(b"PK\x03\x04 avbruten")
    (copy / "word" / "kallelse.docx").write_bytes(b"PK\x03\x04 avbruten")
    patch.setattr(paths, "templates", lambda: copy)


def _no_child(patch: Patch, _folder: Path) -> None:
    patch.setattr(sys, "executable", "/bin/false")


def _nothing_saved(patch: Patch, _folder: Path) -> None:
    patch.setattr(Workspace, "change", lambda *_: None)


def _no_upgrade(patch: Patch, _folder: Path) -> None:
    patch.setattr(document.schema, "UPGRADES", {})


def _no_copy(patch: Patch, _folder: Path) -> None:
    def upgraded(self: document.DocumentFile, _found: int) -> None:
        with self._db.begin():
            document.schema.upgrade(self._db)

    patch.setattr(document.DocumentFile, "_upgrade", upgraded)


def _no_words(patch: Patch, folder: Path) -> None:
    patch.setattr(dictionary, "folder", lambda: folder / "borta")


def _no_trigrams(patch: Patch, _folder: Path) -> None:
    patch.setattr(search_index, "_TABLES", search_index._TABLES.replace("trigram", "finnsinte"))


def _no_lock(patch: Patch, _folder: Path) -> None:
    patch.setattr(parcel_file, "_cipher", lambda _key: 1 / 0)


def _white_window(patch: Patch, _folder: Path) -> None:
    from finsam_desktop.ui.main_window import MainWindow

    patch.setattr(MainWindow, "go", lambda *_: None)


BREAKERS: dict[str, tuple[str, Callable[[Patch, Path], None]]] = {
    "resources": ("Programmets filer", _empty_resources),
    "a template": ("Word-mallar", _broken_template),
    "the child": ("Egen Word-mall", _no_child),
    "own template": ("Egen Word-mall", _broken_template),
    "the example's data": ("Exempelförbundet", _empty_resources),
    "saving": ("Spara, stäng och öppna igen", _nothing_saved),
    "the upgrade": ("Fil från en äldre version", _no_upgrade),
    "the old file": ("Fil från en äldre version", _no_copy),
    "the child for pages": ("Sidor", _no_child),
    "the dictionary": ("Stavning", _no_words),
    "the dictionary's process": ("Stavning", _no_child),
    "the index": ("Sökning", _no_trigrams),
    "the lock": ("Mötespaket", _no_lock),
    "the window": ("Fönstret", _white_window),
}


@pytest.mark.parametrize("what", BREAKERS)
@pytest.mark.allows_log(".*")
def test_every_step_can_fail(
    what: str, folder: Path, monkeypatch: Patch, capsys: pytest.CaptureFixture[str], qapp: object
) -> None:
    step, broken = BREAKERS[what]
    if step == "Exempelförbundet":
        shutil.rmtree(folder / "exempel")

    def in_folder(_folder: Path) -> str:
        monkeypatch.setenv("FINSAM_CONFIG_DIR", str(folder / "egna"))
        return STEPS[step](folder)

    broken(monkeypatch, folder)
    assert run(((step, in_folder),)) == 1
    said = capsys.readouterr().out
    assert said.startswith(f"✗ {step}: ")
    assert said.endswith("1 av 1 prov gick inte.\n")


def test_every_step_is_broken_somewhere() -> None:
    assert {step for step, _ in BREAKERS.values()} == set(STEPS)
