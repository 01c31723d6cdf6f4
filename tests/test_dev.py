"""dev.py sets a machine up once, says exactly what it may not do itself, and never takes half for whole."""

from __future__ import annotations

import ast
import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def dev(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """dev.py as a module, with a project folder of its own."""
    spec = importlib.util.spec_from_file_location("dev_under_test", ROOT / "dev.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, spec.name, module)
    spec.loader.exec_module(module)
    for name in ("constraints.txt", "pyproject.toml"):
        (tmp_path / name).write_text("", encoding="utf-8")
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "STAMP", tmp_path / ".venv" / "stamp.json")
    monkeypatch.setattr(module, "PYTHON", tmp_path / ".venv" / "python")
    return module


def missing(dev: ModuleType, *packages: str) -> object:
    return dev.SystemNeed(packages, lambda: False)


@pytest.mark.skipif(sys.platform != "linux", reason="system packages are a matter of Linux")
def test_without_rights_it_says_exactly_what_to_run(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "apt-get").touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))  # and no sudo
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    here = dev.SystemNeed(("libhere1",), lambda: True)
    with pytest.raises(SystemExit) as stopped:
        dev.ensure_system([missing(dev, "libgl1"), here, missing(dev, "libglib2.0-0", "libglib2.0-0t64")])
    assert stopped.value.code == 1
    said = capsys.readouterr().err
    assert "sudo apt-get update && sudo apt-get install -y libgl1 libglib2.0-0\n" in said
    assert "libhere1" not in said


@pytest.mark.skipif(sys.platform != "linux", reason="system packages are a matter of Linux")
def test_where_there_is_no_apt_it_names_the_packages(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SystemExit):
        dev.ensure_system([missing(dev, "libgl1")])
    assert "libgl1" in capsys.readouterr().err


def test_nothing_missing_asks_nothing_of_the_system(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    dev.ensure_system([dev.SystemNeed(("libgl1",), lambda: True)])


@pytest.mark.skipif(os.name == "nt", reason="uses shell scripts in place of Python")
def test_a_failed_installation_is_told_and_tried_again(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    asked, tries = tmp_path / "asked-of-python", tmp_path / "tries"

    def make_venv(pip_exit_code: int) -> None:
        """A stand-in for `python -m venv` that makes a Python whose pip ends with this code."""
        maker = tmp_path / "maker"
        python = f"#!/bin/sh\\necho $@ >> {tries}\\necho inget nät\\nexit {pip_exit_code}\\n"
        maker.write_text(
            f"#!/bin/sh\necho $@ >> {asked}\nmkdir -p {dev.VENV}\n"
            f"printf '{python}' > {dev.PYTHON}\nchmod +x {dev.PYTHON}\n",
            encoding="utf-8",
        )
        maker.chmod(0o755)
        monkeypatch.setattr(dev.sys, "executable", str(maker))

    make_venv(1)
    with pytest.raises(SystemExit):
        dev.ensure_environment()
    said = capsys.readouterr().err
    assert "Paketen kunde inte installeras" in said
    assert "inget nät" in said
    assert not dev.STAMP.exists()

    make_venv(0)
    tries.unlink()
    dev.ensure_environment()
    first, second = tries.read_text(encoding="utf-8").splitlines()
    assert "--require-hashes -r constraints.txt" in first
    assert "--no-deps" in second

    tries.unlink()
    dev.ensure_environment()
    assert not tries.exists(), "set up already, yet pip ran again"

    (tmp_path / "pyproject.toml").write_text("changed", encoding="utf-8")
    dev.ensure_environment()
    (program_only,) = tries.read_text(encoding="utf-8").splitlines()
    assert "--editable" in program_only

    (tmp_path / "constraints.txt").write_text("changed", encoding="utf-8")
    tries.unlink()
    dev.ensure_environment()
    assert len(tries.read_text(encoding="utf-8").splitlines()) == 2
    assert "--clear" in asked.read_text(encoding="utf-8").splitlines()[-1], "old packages would stay"


@pytest.mark.skipif(Path(sys.prefix) != ROOT / ".venv", reason="not started by dev.py")
def test_the_second_start_adds_less_than_two_seconds() -> None:
    command = [sys._base_executable, str(ROOT / "dev.py"), "setup"]  # type: ignore[attr-defined]
    environment = {name: value for name, value in os.environ.items() if name != "CI"}
    before = os.times()
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300)
    after = os.times()
    # The children's own time, which a busy machine does not add to.
    seconds = after.children_user - before.children_user + after.children_system - before.children_system
    assert done.returncode == 0, done.stderr
    assert done.stdout == "", "it set up again what was set up"
    assert seconds < 2


def test_an_old_python_can_read_it_to_be_told() -> None:
    ast.parse((ROOT / "dev.py").read_text(encoding="utf-8"), feature_version=(3, 8))
