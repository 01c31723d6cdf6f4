"""Installs the .deb in a bare Debian 12, tests, upgrades and removes it there: `python3 dev.py package --try`.

The bare system is made by debootstrap (root needed) and kept as an archive under build/, so that the next time takes
seconds. What is seen to hold: apt finds all that the package depends on in a system without Python, Qt or a
screen; the program proves itself whole, without a screen and under Xvfb, as an ordinary user; an upgrade keeps the
user's file; removing leaves nothing of the program and all of the user's.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import build

BARE = build.WORK / "bookworm.tar"
PLACE = build.WORK / "bare"
USER = "sekreteraren"


def source_files() -> list[Path]:
    """The files that say where this system takes its packages from."""
    places = [Path("/etc/apt/sources.list"), *sorted(Path("/etc/apt/sources.list.d").glob("*"))]
    return [path for path in places if path.is_file()]


def mirror() -> str:
    """Where Debian's packages come from on this machine."""
    for line in "\n".join(path.read_text("utf-8") for path in source_files()).splitlines():
        words = line.split()
        if words and words[0] == "URIs:":
            return words[1]
        if words and words[0] == "deb":
            return next(word for word in words[1:] if "://" in word)
    sys.exit("Ingen paketkälla finns i /etc/apt.")


def bare_root() -> None:
    """A Debian 12 with nothing but what debootstrap's smallest variant holds, in PLACE."""
    shutil.rmtree(PLACE, ignore_errors=True)
    if not BARE.is_file():
        build.run("debootstrap", "--variant=minbase", "bookworm", PLACE, mirror())
        build.run("tar", "-C", PLACE, "-cf", BARE, ".")
        return
    PLACE.mkdir(parents=True)
    build.run("tar", "-C", PLACE, "-xf", BARE)


def inside(command: str, *, user: str = "root") -> str:
    """What the command says in the bare system; stop when it fails."""
    start = [
        "chroot",
        str(PLACE),
        "/usr/bin/env",
        "-i",
        "PATH=/usr/sbin:/usr/bin:/sbin:/bin",
        "LC_ALL=C.UTF-8",
    ]
    start += ["DEBIAN_FRONTEND=noninteractive", f"HOME={'/root' if user == 'root' else '/home/' + user}"]
    shell = ["/bin/sh", "-ec", command]
    if user != "root":
        shell = ["/usr/sbin/runuser", "-u", user, "--", *shell]
    done = subprocess.run([*start, *shell], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"Gick inte: {command}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
    return done.stdout


def installed_files() -> set[str]:
    """Every path in the bare system but what runs and caches."""
    skip = ("./var/", "./proc", "./tmp", "./run", "./home", "./dev", "./etc", "./root")
    listed = subprocess.run(
        ["find", ".", "-xdev"], cwd=PLACE, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    return {path for path in listed if not path.startswith(skip)}


def main() -> int:
    """Do it all; say what was seen."""
    if os.geteuid() != 0:
        sys.exit("Körs som root: chroot och debootstrap kräver det.")
    number = build.version()
    deb = build.OUT / f"finsam-desktop_{number}_amd64.deb"
    bare_root()
    (PLACE / "etc/apt/sources.list").unlink(missing_ok=True)
    for file in source_files():
        shutil.copy(file, PLACE / file.relative_to("/"))
    for conf in Path("/etc/apt/apt.conf.d").glob("*"):
        shutil.copy(conf, PLACE / "etc/apt/apt.conf.d" / conf.name)
    for keys in ("etc/apt/trusted.gpg.d", "etc/apt/keyrings", "usr/share/keyrings", "etc/ssl/certs"):
        if Path("/", keys).is_dir():
            shutil.copytree(Path("/", keys), PLACE / keys, dirs_exist_ok=True)
    for file in ("etc/resolv.conf", "etc/hosts"):
        shutil.copy(Path("/", file), PLACE / file)
    if "python3" in inside("ls /usr/bin"):
        sys.exit("Det bara systemet har redan Python.")
    inside("apt-get update -qq")
    inside(f"useradd -m {USER}")
    # Xvfb is the tester's; all else must come with the package.
    inside("apt-get install -qq -y --no-install-recommends xvfb xauth")
    shutil.copy(deb, PLACE / "tmp" / deb.name)
    inside(f"apt-get install -qq -y --no-install-recommends /tmp/{deb.name}")
    before = installed_files()
    print("Installerat i ett tomt Debian 12.", flush=True)
    print(inside("QT_QPA_PLATFORM=offscreen finsam-desktop --self-test", user=USER), flush=True)
    print(inside("QT_QPA_PLATFORM=xcb xvfb-run -a finsam-desktop --self-test", user=USER), flush=True)
    inside("mkdir -p ~/Dokument && finsam demo ~/Dokument/exempel", user=USER)
    files = {p: hashlib.sha256(p.read_bytes()).hexdigest() for p in (PLACE / "home").rglob("*.finsam")}
    if not files:
        sys.exit("Exempelförbundet skapades inte.")

    newer = f"{number}+1"
    build.make_deb(build.WORK / "tree", newer, PLACE / "tmp" / "nyare.deb")
    inside("apt-get install -qq -y --no-install-recommends /tmp/nyare.deb")
    if newer not in inside("dpkg-query -W finsam-desktop"):
        sys.exit("Uppgraderingen tog inte.")
    if {p: hashlib.sha256(p.read_bytes()).hexdigest() for p in files} != files:
        sys.exit("Uppgraderingen ändrade användarens fil.")
    inside("finsam show ~/Dokument/exempel/*.finsam", user=USER)
    print(f"Uppgraderat till {newer}; filen är orörd och öppnas.", flush=True)

    ours = set(inside("dpkg-query -L finsam-desktop").split("\n"))
    inside("apt-get purge -qq -y finsam-desktop")
    left = [
        path for path in before & installed_files() if path[1:] in ours and not (PLACE / path[2:]).is_dir()
    ]
    if left or (PLACE / build.LIBRARY).exists():
        sys.exit(f"Kvar efter borttagning: {left[:5]}")
    if {p: hashlib.sha256(p.read_bytes()).hexdigest() for p in files} != files:
        sys.exit("Borttagningen rörde användarens fil.")
    shutil.rmtree(PLACE)
    print("Borttaget; inget är kvar utom användarens filer.", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
