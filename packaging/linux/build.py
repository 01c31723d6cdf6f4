"""Builds the .deb and the .tar.xz: `python3 dev.py package linux`.

PyInstaller puts the program in one folder with the system's own Python: another Python would leave its own place
in the libraries (RUNPATH). Runs with /usr/bin/python3; what it needs is in a virtual environment under build/.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
WORK = ROOT / "build" / "linux"
OUT = ROOT / "dist"
LIBRARY = "usr/lib/finsam-desktop"

# What Qt needs of Debian 12 and Ubuntu 22.04 or later, found by adding one package at a time to a bare system.
DEPENDS = (
    "libc6 (>= 2.34)", "libglib2.0-0 | libglib2.0-0t64", "libgl1", "libegl1", "libxkbcommon0", "libfontconfig1",
    "libdbus-1-3", "libxcb-cursor0", "libxkbcommon-x11-0", "libxcb-icccm4", "libxcb-keysyms1", "libxcb-shape0",
)  # fmt: skip
RECOMMENDS = ("libreoffice-writer", "libreoffice-calc", "libreoffice-impress", "fonts-crosextra-carlito")
MAINTAINER = "Finsam Desktop <finsam-desktop@localhost>"


def run(*command: str | Path, **environment: str) -> None:
    """Run a command to its end; stop with what it said when it fails."""
    done = subprocess.run(
        [str(part) for part in command], env={**os.environ, **environment}, capture_output=True, text=True
    )
    if done.returncode != 0:
        sys.exit(f"{' '.join(str(part) for part in command)}\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}")


def system_python() -> Path:
    """The system's own Python, 3.11 or newer."""
    found = Path("/usr/bin/python3")
    version = subprocess.run(
        [str(found), "-c", "import sys, ensurepip; print(sys.version_info >= (3, 11))"],
        capture_output=True,
        text=True,
    )
    if version.stdout.strip() != "True":
        sys.exit("/usr/bin/python3 måste vara 3.11 eller nyare, med paketet python3-venv.")
    return found


def environment() -> Path:
    """A virtual environment with the program, its locked libraries and PyInstaller; made anew when a lock changed."""
    wanted = hashlib.sha256(
        b"".join((ROOT / name).read_bytes() for name in ("constraints.txt", "packaging/requirements.txt"))
    ).hexdigest()
    place, stamp = WORK / "venv", WORK / "venv" / "locks"
    if not stamp.is_file() or stamp.read_text() != wanted:
        shutil.rmtree(place, ignore_errors=True)
        run(system_python(), "-m", "venv", place)
        pip = (place / "bin" / "python", "-m", "pip", "install", "--quiet", "--require-hashes", "--no-deps")
        locked = WORK / "runtime.txt"
        locked.write_text(_locked_runtime(place), encoding="utf-8")
        run(*pip, "-r", locked)
        run(*pip, "-r", ROOT / "packaging" / "requirements.txt")
        stamp.write_text(wanted)
    return place / "bin" / "python"


def _locked_runtime(place: Path) -> str:
    """The lines of constraints.txt for what the program itself needs: no tests, no benchmarks."""
    # dev.py has made .venv, where the libraries tell what they need.
    code = (
        "import sys, tomllib; sys.path.insert(0, 'packaging'); from contents import runtime_names;"
        "needs = tomllib.load(open('pyproject.toml', 'rb'))['project']['dependencies'];"
        "print('\\n'.join(runtime_names(needs, 'linux')))"
    )
    names = subprocess.run(
        [str(ROOT / ".venv" / "bin" / "python"), "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    return locked_lines(names)


def locked_lines(names: list[str]) -> str:
    """The entries of constraints.txt for these libraries, hashes and all."""
    wanted, keep, lines = set(names), False, []
    for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines():
        if line and not line.startswith((" ", "#")):
            keep = line.split("==")[0].lower().replace("_", "-").replace(".", "-") in wanted
        if keep:
            lines.append(line)
    return "\n".join(lines) + "\n"


def freeze(python: Path) -> Path:
    """The one-folder program; its folder."""
    run(
        python, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN",
        "--distpath", WORK / "frozen", "--workpath", WORK / "work", HERE / "finsam-desktop.spec",
        FINSAM_ROOT=str(ROOT), PYTHONHASHSEED="1", SOURCE_DATE_EPOCH=source_date(),
    )  # fmt: skip
    return WORK / "frozen" / "finsam-desktop"


def source_date() -> str:
    """Seconds since 1970 of the commit that is built, so that the same commit gives the same dates."""
    return subprocess.run(
        ["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()


def version() -> str:
    """The program's version."""
    text = (ROOT / "finsam_desktop" / "__init__.py").read_text("utf-8")
    return text.split('__version__ = "')[1].split('"')[0]


def lay_out(program: Path, python: Path, number: str) -> Path:
    """The tree of the package: program, commands, menu entry, file type, icons, licences, bill of materials."""
    tree = WORK / "tree"
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(program, tree / LIBRARY, symlinks=True)
    (tree / "usr/bin").mkdir(parents=True)
    for name in ("finsam-desktop", "finsam"):
        (tree / "usr/bin" / name).symlink_to(f"../lib/finsam-desktop/{name}")
    day = subprocess.run(
        ["date", "-u", "-d", f"@{source_date()}", "+%F"], capture_output=True, text=True, check=True
    ).stdout.strip()
    metainfo = (HERE / "se.finsam.desktop.metainfo.xml").read_text("utf-8")
    for target, text in (
        (
            "usr/share/applications/finsam-desktop.desktop",
            (HERE / "finsam-desktop.desktop").read_text("utf-8"),
        ),
        ("usr/share/mime/packages/finsam-desktop.xml", (HERE / "finsam-desktop.xml").read_text("utf-8")),
        (
            "usr/share/metainfo/se.finsam.desktop.metainfo.xml",
            metainfo.replace("@VERSION@", number).replace("@DATE@", day),
        ),
    ):
        (tree / target).parent.mkdir(parents=True, exist_ok=True)
        (tree / target).write_text(text, encoding="utf-8")
    run(python, HERE / "furnish.py", tree, number)
    return tree


def make_deb(tree: Path, number: str, target: Path) -> None:
    """The .deb of the tree with its control files."""
    control = tree / "DEBIAN"
    shutil.rmtree(control, ignore_errors=True)
    control.mkdir()
    kilobytes = sum(path.lstat().st_size for path in tree.rglob("*") if path.is_file()) // 1024
    (control / "control").write_text(
        f"Package: finsam-desktop\nVersion: {number}\nArchitecture: amd64\nMaintainer: {MAINTAINER}\n"
        f"Installed-Size: {kilobytes}\nDepends: {', '.join(DEPENDS)}\nRecommends: {', '.join(RECOMMENDS)}\n"
        "Section: misc\nPriority: optional\n"
        "Description: board meetings of Swedish samordningsförbund\n"
        " Agendas from item templates, figures from spreadsheets and bookkeeping, and the\n"
        " minutes, as Word documents. One computer, one file, no network.\n",
        encoding="utf-8",
    )
    for path in (tree, *tree.rglob("*")):
        if path.is_symlink():
            continue
        runs = path.is_dir() or (path.parent.name == "finsam-desktop" and path.name.startswith("finsam"))
        path.chmod(0o755 if runs else 0o644)
    run(
        "dpkg-deb",
        "--root-owner-group",
        "-Zxz",
        "-z3",
        "--build",
        tree,
        target,
        SOURCE_DATE_EPOCH=source_date(),
    )
    shutil.rmtree(control)


def make_tarball(tree: Path, number: str, target: Path) -> None:
    """The plain archive: unpack anywhere, start finsam-desktop in it."""
    top = f"finsam-desktop-{number}"
    stamp = int(source_date())

    def plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = "root"
        entry.mtime = stamp
        return entry

    with tarfile.open(target, "w:xz", preset=3) as archive:
        for path in sorted((tree / LIBRARY).rglob("*")):
            archive.add(path, f"{top}/{path.relative_to(tree / LIBRARY)}", recursive=False, filter=plain)
        archive.add(tree / "usr/share", f"{top}/share", filter=plain)


def main() -> int:
    """Build both; print what they are and how large."""
    WORK.mkdir(parents=True, exist_ok=True)
    OUT.mkdir(exist_ok=True)
    number = version()
    python = environment()
    program = freeze(python)
    tree = lay_out(program, python, number)
    deb, tarball = OUT / f"finsam-desktop_{number}_amd64.deb", OUT / f"finsam-desktop-{number}-linux.tar.xz"
    make_deb(tree, number, deb)
    make_tarball(tree, number, tarball)
    for path in (deb, tarball):
        print(f"{path.relative_to(ROOT)}: {path.stat().st_size / 1e6:.1f} MB", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
