"""Installs the Windows set-up silently under wine, upgrades and removes it: `python3 dev.py package windows --try`.

What is seen to hold: the silent install puts every file in place, makes the Start menu entry, the file type and the
entry to remove it, and takes the association's preset with it; an upgrade in place removes what is no longer in the
program and keeps what is the user's; the silent removal leaves nothing of ours. The program itself cannot run
under wine here: Qt needs icuuc.dll, which wine 8 lacks. See packaging/README.md for what is left to do on Windows.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import build

PREFIX = build.WORK / "wine"
FOLDER = PREFIX / "drive_c/users"
PLACE = "AppData/Local/Programs/Finsam Desktop"
PATIENCE = 120


def wine(*words: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a Windows program to its end."""
    environment = {
        "PATH": os.environ["PATH"], "HOME": str(PREFIX), "WINEPREFIX": str(PREFIX), "WINEDEBUG": "-all",
        "WINEARCH": "win64", "WINEDLLOVERRIDES": "mscoree,mshtml=", "LC_ALL": "C.UTF-8",
    }  # fmt: skip
    return subprocess.run(
        ["wine", *[str(word) for word in words]],
        env=environment,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=600,
    )


def registered(key: str, name: str = "") -> str:
    """What the registry says, or nothing."""
    words = ["reg", "query", f"HKCU\\{key}", *(["/v", name] if name else ["/ve"])]
    return wine(*words).stdout


def wait_until_gone(path: Path) -> None:
    """The uninstaller goes on in a copy of itself after it has returned."""
    end = time.monotonic() + PATIENCE
    while path.exists() and time.monotonic() < end:
        time.sleep(0.5)


def check(holds: bool, what: str) -> None:
    """Stop and say what does not hold."""
    if not holds:
        sys.exit(f"✗ {what}")
    print(f"✓ {what}", flush=True)


def main() -> int:
    """Do it all."""
    number = build.version()
    found = sorted(build.OUT.glob(f"finsam-desktop-{number}-windows*.exe"))
    if not found:
        sys.exit("Bygg först: python3 dev.py package windows")
    whole = not found[0].name.endswith("-utan-python.exe")
    shutil.rmtree(PREFIX, ignore_errors=True)
    PREFIX.mkdir(parents=True)
    wine("wineboot", "--init")
    beside = PREFIX / "drive_c" / "utskick"
    beside.mkdir()
    setup = beside / "setup.exe"
    shutil.copyfile(found[0], setup)
    (beside / "forbund.toml").write_text('name = "Samordningsförbundet Provbygden"\n', encoding="utf-8")
    (beside / "forbund").mkdir()
    (beside / "forbund" / "logotyp.png").write_bytes(b"bild")

    check(wine(setup, "/S").returncode == 0, "tyst installation")
    program = next(FOLDER.glob(f"*/{PLACE}"), None)
    check(program is not None, "installerat i användarens egen mapp, utan administratör")
    assert program is not None
    wanted = {path.relative_to(build.TREE) for path in build.TREE.rglob("*") if path.is_file()}
    missing = [str(path) for path in wanted if not (program / path).is_file()]
    check(not missing, f"alla {len(wanted)} filer på plats {missing[:3] or ''}")
    same = all(
        (program / path).read_bytes() == (build.TREE / path).read_bytes() for path in sorted(wanted)[:200]
    )
    check(same, "filernas innehåll är detsamma")
    check(
        "Provbygden" in (program / "forbund.toml").read_text("utf-8"), "förbundets förinställning följde med"
    )
    check(
        (program / "forbund" / "logotyp.png").read_bytes() == b"bild",
        "mappen forbund med logotyp och mallar följde med",
    )
    check(
        any(FOLDER.glob("*/AppData/Roaming/Microsoft/Windows/Start Menu/**/Finsam Desktop.lnk")), "startmenyn"
    )
    check("FinsamDesktop.Forbund" in registered("Software\\Classes\\.finsam"), "filtypen .finsam")
    check("FinsamDesktop.Motespaket" in registered("Software\\Classes\\.motespaket"), "filtypen .motespaket")
    command = registered("Software\\Classes\\FinsamDesktop.Forbund\\shell\\open\\command")
    check("finsam-desktop.exe" in command and "%1" in command, "dubbelklick öppnar filen")
    remove = "Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\Finsam Desktop"
    check(number in registered(remove, "DisplayVersion"), "står bland programmen att ta bort")

    if whole:
        check("Finsam" in wine(program / "finsam.exe", "--version").stdout, "kommandoraden startar")
    else:
        done = wine(program / "finsam.exe", "--version")
        check(done.returncode == 1, "startprogrammet säger till när Python saknas")

    (program / "lib" / "gammal.py").write_text("x = 1\n", encoding="utf-8")
    (program / "mitt.txt").write_text("mitt", encoding="utf-8")
    check(wine(setup, "/S").returncode == 0, "tyst uppgradering på plats")
    check(not (program / "lib" / "gammal.py").exists(), "det som inte längre hör till programmet är borta")
    check((program / "mitt.txt").read_text() == "mitt", "användarens fil är kvar")

    (program / "mitt.txt").unlink()
    wine(program / "avinstallera.exe", "/S")
    wait_until_gone(program / "avinstallera.exe")
    check(not program.exists(), "tyst avinstallation, mappen är borta")
    check(not any(FOLDER.glob("*/AppData/Roaming/**/Finsam Desktop.lnk")), "startmenyn är tom igen")
    check(
        "Finsam"
        not in registered("Software\\Classes\\.finsam")
        + registered("Software\\Classes\\.motespaket")
        + registered(remove, "DisplayName"),
        "registret",
    )
    shutil.rmtree(PREFIX, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
