"""The window is there at once: what an open file, a spreadsheet or an export needs is imported when used."""

from __future__ import annotations

import subprocess
import sys

import pytest

# Together these cost more than Qt itself.
LATE = ("sqlalchemy", "openpyxl", "docx", "lxml", "jinja2", "python_calamine", "pypdfium2", "markdown_it")


def imported_by(statement: str) -> set[str]:
    """The top-level packages that a fresh Python holds after this statement."""
    show = "import sys; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    result = subprocess.run(
        [sys.executable, "-c", f"{statement}\n{show}"], capture_output=True, text=True, timeout=60
    )
    assert result.returncode == 0, result.stderr
    return set(result.stdout.split())


@pytest.mark.parametrize(
    "module", ["finsam_desktop.__main__", "finsam_desktop.app", "finsam_desktop.ui.main_window"]
)
def test_the_window_imports_nothing_before_it_is_used(module: str) -> None:
    names = imported_by(f"import {module}")
    assert "finsam_desktop" in names
    assert names.isdisjoint(LATE), sorted(names & set(LATE))


def test_the_command_line_imports_neither_qt_nor_what_it_does_not_use() -> None:
    names = imported_by("import finsam_desktop.cli")
    assert names.isdisjoint({*LATE, "PySide6"}), sorted(names & {*LATE, "PySide6"})


def test_the_check_sees_what_is_imported() -> None:
    assert {"sqlalchemy", "lxml"} <= imported_by("import sqlalchemy, lxml.etree")
