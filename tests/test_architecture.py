"""The layers hold, the modules stay small, and two traps of the ground we stand on stay shut."""

from __future__ import annotations

import ast
import importlib.util
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "finsam_desktop"
LONGEST_MODULE = 600  # lines; a module is one idea, and rarely needs 400


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter with the contracts of pyproject.toml on the package in this folder."""
    return subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"]
        + ["--no-cache", "--no-logo"],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={"PATH": "", "PYTHONPATH": str(folder), "PYTHONUTF8": "1", "COLUMNS": "200"},
        timeout=120,
    )


def test_the_layers_hold() -> None:
    result = lint_imports(ROOT)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "0 broken" in result.stdout


@pytest.mark.parametrize(
    ("module", "line", "broken"),
    [
        ("domain/planted.py", "import finsam_desktop.errors", "domain is values and pure functions"),
        ("domain/planted.py", "from PySide6 import QtCore", "domain is values and pure functions"),
        ("domain/planted.py", "def f():\n    import lxml.etree", "domain is values and pure functions"),
        ("word/planted.py", "from finsam_desktop import paths", "word is a library of its own"),
        ("pdf/planted.py", "import finsam_desktop.domain.meeting", "pdf makes pages of files"),
        ("storage/planted.py", "import finsam_desktop.workspace", "storage, sources and documents know"),
        ("sources/planted.py", "import finsam_desktop.storage", "sources reads figures"),
        ("ui/planted.py", "import finsam_desktop.storage", "the window reaches the file through"),
        ("cli_planted.py", "import finsam_desktop.ui.theme", "only app and __main__ know the window"),
        (
            "documents/planted.py",
            "from PySide6.QtGui import QPdfWriter",
            "Qt is in ui, app and __main__ only",
        ),
        ("planted.py", "import sqlalchemy", "SQL is in storage only"),
        ("ui/planted.py", "import sqlite3", "SQL is in storage only"),
    ],
)
def test_a_planted_violation_is_caught(tmp_path: Path, module: str, line: str, broken: str) -> None:
    shutil.copytree(PACKAGE, tmp_path / PACKAGE.name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / PACKAGE.name / module).write_text(line + "\n", encoding="utf-8")
    result = lint_imports(tmp_path)
    assert result.returncode != 0, result.stdout + result.stderr
    verdicts = [text for text in result.stdout.splitlines() if " BROKEN" in text]
    assert any(text.startswith(broken) for text in verdicts), result.stdout + result.stderr


def test_the_domain_asks_neither_clock_nor_disk() -> None:
    """What import rules cannot see: `today` and texts of files are passed in."""
    forbidden_modules = {"os", "shutil", "socket", "subprocess", "tempfile", "time", "random", "urllib"}
    forbidden_calls = {
        "today",
        "now",
        "utcnow",
        "open",
        "read_text",
        "read_bytes",
        "write_text",
        "write_bytes",
    }
    found = []
    for path in sorted((PACKAGE / "domain").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [alias.name.split(".")[0] for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module.split(".")[0]]
            elif isinstance(node, ast.Call):
                called = node.func
                name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
                names = [f"{name}()"] if name in forbidden_calls else []
            found += [
                f"{path.relative_to(ROOT)}:{node.lineno}: {name}"
                for name in names
                if name.endswith("()") or name in forbidden_modules
            ]
    assert found == []


def test_no_module_is_longer_than_one_idea() -> None:
    long_ones = {
        str(path.relative_to(ROOT)): lines
        for folder in ("finsam_desktop", "tests", "templates", "packaging")
        for path in (ROOT / folder).rglob("*.py")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_MODULE
    }
    assert long_ones == {}


def test_nothing_shadows_the_packaging_library() -> None:
    """With `packaging/__init__.py`, `import packaging` would find our folder and break pytest."""
    assert not (ROOT / "packaging" / "__init__.py").exists()
    found = importlib.util.find_spec("packaging")
    assert found is not None
    assert found.origin is not None
    assert ROOT / "packaging" not in Path(found.origin).parents


def test_constraints_name_no_place_and_hash_every_package() -> None:
    """A host or a path in the file would tie every installation to one index."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    packages = [line for line in lines if line and not line.startswith(("#", " "))]
    assert packages
    for line in packages:
        assert "==" in line, line
        assert line.endswith(" \\"), f"no hash follows: {line}"
    for line in lines:
        assert "://" not in line, line
        assert not line.startswith("-"), f"an option, such as an index: {line}"


def test_calls_that_return_nothing_keep_the_references_to_none(qtbot: QtBot) -> None:
    """PySide6 6.12.0 on Python 3.11 loses one per call, and the program aborts after some thousand."""
    label = QLabel()
    qtbot.addWidget(label)
    label.setText("0")
    before = sys.getrefcount(None)
    for number in range(10_000):
        label.setText(str(number))
    assert abs(sys.getrefcount(None) - before) < 1_000


def test_the_wheel_carries_resources_and_templates(tmp_path: Path) -> None:
    """What lies beside the package in the source tree lies in `finsam_desktop/_data` once installed."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        timeout=120,
    )
    (wheel,) = tmp_path.glob("*.whl")
    inside = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("resources", "templates"):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                name = f"finsam_desktop/_data/{path.relative_to(ROOT).as_posix()}"
                assert name in inside
    scripts = next(name for name in inside if name.endswith(".dist-info/entry_points.txt"))
    text = zipfile.ZipFile(wheel).read(scripts).decode()
    assert "finsam = finsam_desktop.cli:main" in text
    assert "finsam-desktop = finsam_desktop.__main__:main" in text
