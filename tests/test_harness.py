"""The rules of conftest.py bite: a test that breaks one of them fails, and what is missing is named."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from tests.bench import bench_start
from tests.bench.__main__ import main as bench
from tests.bench.measure import Measure, interleaved_seconds

ROOT = Path(__file__).resolve().parent.parent


def run_tests(tmp_path: Path, source: str, *options: str, **environment: str) -> str:
    """Run this source as a test module under the project's settings and return what pytest printed."""
    module = tmp_path / "test_inner.py"
    module.write_text("import logging, os, socket, subprocess, warnings\nimport pytest\n" + source, "utf-8")
    env = {key: value for key, value in os.environ.items() if key not in ("CI", "FINSAM_OOXML_VALIDATOR")}
    result = subprocess.run(
        [sys.executable, "-m", "pytest", "-c", str(ROOT / "pyproject.toml"), "--rootdir", str(tmp_path)]
        + ["-p", "tests.conftest", "-p", "no:cacheprovider", *options, str(module)],
        cwd=ROOT,
        env={**env, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )
    return result.stdout + result.stderr


def test_each_broken_rule_fails_its_test(tmp_path: Path) -> None:
    faults = [
        ("logging.getLogger('x').warning('disken är full')", "WARNING x: disken är full"),
        ("warnings.warn('gammalt', DeprecationWarning)", "DeprecationWarning: gammalt"),
        ("open(os.devnull)", "unclosed file"),
        ("socket.create_connection(('192.0.2.1', 80), 1)", "network: socket.getaddrinfo '192.0.2.1'"),
        ("socket.socket().connect(('192.0.2.2', 80))", "network: socket.connect '192.0.2.2'"),
        ("socket.getaddrinfo('example.org', 80)", "network: socket.getaddrinfo 'example.org'"),
        ("from PySide6.QtCore import qWarning; qWarning('trasigt')", "QtWarningMsg: trasigt"),
    ]
    tests = [f"def test_{number}(qtbot):\n    {body}\n" for number, (body, _) in enumerate(faults)]
    output = run_tests(tmp_path, "\n".join(tests), "-rA")
    assert [complaint for _, complaint in faults if complaint not in output] == []
    failed = set(re.findall(r"^(?:FAILED|ERROR) \S+::test_(\d)", output, re.M))
    assert failed == {str(number) for number in range(len(faults))}, output


def test_expected_log_and_this_machine_are_allowed(tmp_path: Path) -> None:
    source = """
@pytest.mark.allows_log("disken")
def test_log():
    logging.getLogger("x").warning("disken är full")

def test_own_machine():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()
"""
    assert "2 passed" in run_tests(tmp_path, source)


def test_each_test_has_a_home_of_its_own(tmp_path: Path) -> None:
    source = """
from pathlib import Path
@pytest.mark.parametrize("turn", range(2))
def test_home(turn):
    (Path.home() / "spår").touch(exist_ok=False)
    assert str(Path.home()) in os.environ["XDG_CONFIG_HOME"]
"""
    assert "2 passed" in run_tests(tmp_path, source)
    assert not (Path.home() / "spår").exists()


def test_missing_tools_are_named_and_counted_and_fail_in_ci(tmp_path: Path) -> None:
    source = """
@pytest.mark.needs_libreoffice
def test_one(): pass
@pytest.mark.needs_libreoffice
@pytest.mark.needs_poppler
def test_two(): pass
def test_three(ooxml_errors): pass
@pytest.mark.long
def test_four(): pass
"""
    nothing = {"PATH": str(tmp_path)}
    summary = run_tests(tmp_path, source, **nothing).strip().splitlines()[-3:]
    assert (
        "Hoppade över, saknas på datorn: "
        "LibreOffice (2 tester), Open XML SDK-validatorn (1 tester), poppler-utils (1 tester)" in summary
    )
    assert "Hoppade över 1 långa svep; de körs med --all" in summary
    in_ci = run_tests(tmp_path, source, "--all", CI="true", **nothing)
    assert "CI=true, men saknas på datorn: LibreOffice, poppler-utils" in in_ci
    assert "3 failed, 1 passed" in in_ci or "1 passed, 3 errors" in in_ci


def test_a_missed_goal_fails_the_benchmarks(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    values = [
        Measure(name="Öppna", value=0.4, unit="s", goal=0.5),
        Measure(name="Spara", value=0.6, unit="s", goal=0.5),
        Measure(name="Storlek", value=12, unit="kB"),
    ]
    monkeypatch.setattr(bench_start, "measures", lambda: values[:1] + values[2:])
    assert bench(["start"]) == 0
    assert "MISSAT" not in capsys.readouterr().out
    monkeypatch.setattr(bench_start, "measures", lambda: values)
    assert bench(["start"]) == 1
    rows = capsys.readouterr().out.splitlines()
    assert [row.split()[-1] for row in rows if row.startswith(("Öppna", "Spara"))] == ["nått", "MISSAT"]


def test_measures_are_taken_in_turns() -> None:
    turns: list[str] = []
    seconds = interleaved_seconds(partial(turns.append, "a"), partial(turns.append, "b"), turns=5)
    assert "".join(turns) == "ab" * 6
    assert len(seconds) == 2
    assert all(0 <= value < 1 for value in seconds)
