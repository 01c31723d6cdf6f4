"""Finding LibreOffice, and letting it make PDFs: a profile of our own, one call for all files, never without an end."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from finsam_desktop.pdf.batch import Awaited, Limits, Outcome, watch
from finsam_desktop.pdf.profile import borrowed, environment

PROGRAM = "LibreOffice"
LIMITS = Limits(start=60.0, file=45.0)
"""On Windows a cold start with virus control takes up to half a minute."""
_WINDOWS_PLACES = (
    Path("C:/Program Files/LibreOffice/program/soffice.exe"),
    Path("C:/Program Files (x86)/LibreOffice/program/soffice.exe"),
)
_MAC_PLACE = Path("/Applications/LibreOffice.app/Contents/MacOS/soffice")

PROBLEMS: dict[Outcome, str] = {
    "": "LibreOffice kan inte öppna filen. Den är skadad eller av ett annat slag än namnet säger.",
    "slow": "LibreOffice blev inte klart med filen i tid och stoppades.",
    "stopped": "LibreOffice stannade när filen öppnades.",
    "not started": "LibreOffice gick inte att starta.",
}


WITHOUT = "FINSAM_WITHOUT"
"""Environment: names of what the program is to do without, as on a computer that does not have it: "libreoffice"."""


def find_libreoffice() -> Path | None:
    """Where LibreOffice is on this computer, or None."""
    if "libreoffice" in os.environ.get(WITHOUT, ""):
        return None
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is not None:
        return Path(found)
    places = _WINDOWS_PLACES if sys.platform == "win32" else (_MAC_PLACE,)
    return next((place for place in places if place.is_file()), None)


def version_of(program: Path) -> str:
    """What changes when LibreOffice is exchanged for another version; without starting it."""
    place = program.resolve()
    files = (place, place.with_name("versionrc"), place.with_name("version.ini"))
    about = [path.stat() for path in files if path.is_file()]
    return "-".join(f"{stat.st_size:x}.{stat.st_mtime_ns:x}" for stat in about)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What became of a file: its PDF, or the Swedish reason why there is none.

    ``lasting`` tells that another try would end in the same way.
    """

    pdf: bytes = b""
    problem: str = ""
    lasting: bool = True


def make_pdfs(
    sources: Sequence[Path],
    folder: Path,
    *,
    program: Path,
    profiles: Path,
    limits: Limits = LIMITS,
    step: Callable[[int], None] | None = None,
) -> tuple[Made, ...]:
    """The files as PDF, made in the empty ``folder``, in the same order. Their names without ending must differ.

    One call makes them all. When it stops before the end, the file it stopped at is left out and the rest are
    done in another call. ``step(done)`` is called many times a second and may raise: all is ended then.
    """
    made: dict[Path, Made] = {}
    left = list(sources)
    with borrowed(profiles) as profile:
        while left:
            before = len(made)
            outcome = watch(
                [str(program), *options(profile), "--convert-to", "pdf", "--outdir", str(folder)]
                + [str(source) for source in left],
                [Awaited(folder / f"{source.stem}.pdf", source.stat().st_size) for source in left],
                limits,
                environment=environment(),
                step=None if step is None else lambda done, before=before: step(before + done),  # type: ignore[misc]
            )
            for source in left:
                pdf = whole(folder / f"{source.stem}.pdf")
                if pdf is not None:
                    made[source] = Made(pdf=pdf)
            missing = [source for source in left if source not in made]
            guilty = missing if outcome in ("", "not started") else missing[:1]
            lasting = outcome in ("", "stopped")
            made.update(dict.fromkeys(guilty, Made(problem=PROBLEMS[outcome], lasting=lasting)))
            left = [source for source in missing if source not in made]
    return tuple(made[source] for source in sources)


def options(profile: Path, *, locks: bool = False) -> list[str]:
    """What every call says: our profile, no window, no question. ``locks``: mark open documents as taken."""
    place = f"-env:UserInstallation={profile.resolve().as_uri()}"
    return [place, "--headless", "--norestore", "--nologo", *(() if locks else ("--nolockcheck",))]


def whole(path: Path) -> bytes | None:
    """A PDF that was written to its end, or None."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    return content if content.startswith(b"%PDF") and b"%%EOF" in content[-1024:] else None
