"""Builds the Windows set-up on Linux: `python3 dev.py package windows`.

From Windows wheels (the versions and hashes of constraints.txt), a small launcher and the embeddable Python of
python.toml, which must be laid in build/windows/ by hand; without it everything but Python itself is built, and the
set-up file is named so. Runs with the Python of .venv, where the libraries tell what they need.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT / "packaging"))

import contents  # noqa: E402
import icons  # noqa: E402

WORK = ROOT / "build" / "windows"
OUT = ROOT / "dist"
TREE = WORK / "tree"
INPUT = tomllib.loads((HERE / "python.toml").read_text("utf-8"))
PYTHON_DLL = "python" + "".join(INPUT["version"].split(".")[:2]) + ".dll"

# Of Qt: what the window uses, and what that needs.
QT_KEPT = re.compile(
    r"PySide6/(Qt6(Core|Gui|Widgets|Svg|PrintSupport|Network|OpenGL)\.dll|Qt(Core|Gui|Widgets|Svg|PrintSupport)\.pyd"
    r"|pyside6\.abi3\.dll|[^/]*\.py|msvcp140[^/]*\.dll|vcruntime140[^/]*\.dll|concrt140\.dll|support/.*"
    r"|plugins/(platforms/q(windows|offscreen|minimal)|styles/|imageformats/q(svg|jpeg|ico|gif)|iconengines/).*\.dll"
    r"|translations/qtbase_sv\.qm)$|PySide6[^/]*\.dist-info/.*"
)


def run(*command: str | Path) -> str:
    """Run a command to its end; stop with what it said when it fails."""
    done = subprocess.run([str(part) for part in command], cwd=ROOT, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(str(part) for part in command)}\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}")
    return done.stdout


def needs() -> list[str]:
    """What the program itself needs, from pyproject.toml."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return list(project["dependencies"])


def version() -> str:
    """The program's version."""
    text = (ROOT / "finsam_desktop" / "__init__.py").read_text("utf-8")
    return text.split('__version__ = "')[1].split('"')[0]


def locked_lines(names: tuple[str, ...]) -> str:
    """The entries of constraints.txt for these libraries, hashes and all, without markers of other systems."""
    wanted, keep, lines = set(names), False, []
    for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines():
        if line and not line.startswith((" ", "#")):
            keep = re.split(r"[=\s]", line)[0].lower().replace("_", "-").replace(".", "-") in wanted
            line = re.sub(r" ;[^\\]*", " ", line)
        if keep:
            lines.append(line)
    return "\n".join(lines) + "\n"


def fetch_wheels() -> list[Path]:
    """The Windows wheels of every library, checked against the locked hashes; kept under build/ for the next time."""
    names = contents.runtime_names(needs(), "win32")
    locked = WORK / "runtime.txt"
    locked.write_text(locked_lines(names), encoding="utf-8")
    wheels = WORK / "wheels"
    mark = wheels / hashlib.sha256(locked.read_bytes()).hexdigest()
    if not mark.is_file():
        shutil.rmtree(wheels, ignore_errors=True)
        short = "".join(INPUT["version"].split(".")[:2])
        run(
            sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes", "-r", locked,
            "--only-binary=:all:", "--platform", "win_amd64", "--implementation", "cp", "--python-version", short,
            "--abi", f"cp{short}", "--abi", "abi3", "--abi", "none", "-d", wheels,
        )  # fmt: skip
        mark.touch()
    return sorted(wheels.glob("*.whl"))


def unpack(wheels: list[Path], target: Path) -> None:
    """The wheels' contents in one folder, without what Qt carries for developers and other programs."""
    for wheel in wheels:
        qt = wheel.name.lower().startswith("pyside6")
        with zipfile.ZipFile(wheel) as archive:
            for entry in archive.infolist():
                if entry.is_dir() or (qt and not QT_KEPT.match(entry.filename)):
                    continue
                name = re.sub(r"^[^/]+\.data/(purelib|platlib)/", "", entry.filename)
                if name.startswith("hunspell/dictionaries/"):
                    continue  # English; the Swedish one lies among the resources
                if ".data/" in name or name.endswith((".pyi", ".lib", ".pyx", ".pxd", ".cpp")):
                    continue
                place = target / name
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(archive.read(entry))


def own_program(target: Path) -> None:
    """The program itself with resources and templates, as in its wheel."""
    tracked = run("git", "ls-files", "-z", "finsam_desktop", "resources", "templates")
    for name in filter(None, tracked.split("\0")):
        inside = name if name.startswith("finsam_desktop/") else f"finsam_desktop/_data/{name}"
        place = target / inside
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, place)


def python(target: Path) -> bool:
    """Lay the embeddable Python in place when its file is there and is the one that was named; else say so."""
    archive = WORK / INPUT["file"]
    found = archive.is_file()
    if found:
        digest = hashlib.sha256(archive.read_bytes()).hexdigest()
        if digest != INPUT["sha256"]:
            sys.exit(f"{archive.name} är inte den fil som python.toml nämner: dess SHA-256 är {digest}.")
        with zipfile.ZipFile(archive) as content:
            content.extractall(target)
    short = PYTHON_DLL.removesuffix(".dll")
    (target / f"{short}._pth").write_text(f"{short}.zip\n.\nlib\n", encoding="ascii")
    return found


def launchers(target: Path, icon: Path) -> None:
    """finsam-desktop.exe and finsam.exe."""
    resource = WORK / "launcher.rc"
    resource.write_text(f'1 ICON "{icon}"\n', encoding="ascii")
    compiled = WORK / "launcher.o"
    run("x86_64-w64-mingw32-windres", resource, compiled)
    for name, module, flags in (
        ("finsam-desktop.exe", "finsam_desktop", ("-mwindows",)),
        ("finsam.exe", "finsam_desktop.cli", ("-mconsole", "-DCONSOLE")),
    ):
        run(
            "x86_64-w64-mingw32-gcc", "-O2", "-Wall", "-Werror", "-municode", "-static", "-s",
            "-Wl,--no-insert-timestamp", *flags,
            f'-DMODULE=L"{module}"', f'-DPYTHON_DLL=L"{PYTHON_DLL}"',
            HERE / "launcher.c", compiled, "-o", target / name, "-lshell32",
        )  # fmt: skip


def main() -> int:
    """Build; print what it is and how large."""
    WORK.mkdir(parents=True, exist_ok=True)
    OUT.mkdir(exist_ok=True)
    shutil.rmtree(TREE, ignore_errors=True)
    TREE.mkdir()
    number = version()
    unpack(fetch_wheels(), TREE / "lib")
    own_program(TREE / "lib")
    whole = python(TREE)
    for svg in ("finsam-desktop", "finsam-file"):
        (TREE / f"{svg}.ico").write_bytes(icons.ico(ROOT / "resources" / "app" / f"{svg}.svg"))
    launchers(TREE, TREE / "finsam-desktop.ico")
    found = contents.libraries(needs(), "win32")
    contents.write_licences(TREE / "licenser", found, ROOT / "LICENSE")
    shutil.copyfile(ROOT / "LICENSE", TREE / "LICENSE.txt")
    parts = [("CPython", INPUT["version"])] if whole else []
    (TREE / "sbom.cdx.json").write_text(contents.bill_of_materials(number, found, parts), encoding="utf-8")
    (TREE / "filer.txt").write_text(contents.file_list(TREE), encoding="utf-8")
    ending = "" if whole else "-utan-python"
    target = OUT / f"finsam-desktop-{number}-windows{ending}.exe"
    run(
        "makensis", "-V2", "-INPUTCHARSET", "UTF8", f"-DVERSION={number}", f"-DTREE={TREE}", f"-DOUT={target}",
        f"-DICON={TREE / 'finsam-desktop.ico'}", HERE / "setup.nsi",
    )  # fmt: skip
    print(f"{contents.size(TREE) / 1e6:.0f} MB installerat, {len(found)} bibliotek")
    print(f"{target.relative_to(ROOT)}: {target.stat().st_size / 1e6:.1f} MB", flush=True)
    if not whole:
        print(
            f"OBS: {INPUT['file']} finns inte i build/windows/. Installationsprogrammet är byggt utan Python och kan"
            " inte starta programmet. Se packaging/README.md.",
            flush=True,
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
