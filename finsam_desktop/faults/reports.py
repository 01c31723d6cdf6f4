"""Reports of faults: texts in a folder, shown whole before anybody copies one. Nothing is ever sent.

DATA/felrapporter/2026-11-22 104200.txt
"""

from __future__ import annotations

import logging
import platform
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from finsam_desktop import __version__
from finsam_desktop.faults.log_file import last_lines
from finsam_desktop.faults.privacy import crash_in_words, trace_in_words
from finsam_desktop.faults.runs import EndedRun

_log = logging.getLogger(__name__)

FOLDER = "felrapporter"
KEPT = 20
"""How many reports are kept; the oldest go."""

_PROMISE = (
    "Rapporten finns bara på den här datorn. Namn, adresser, nummer, texter och mappar är borttagna:\n"
    "det står … i stället. Läs igenom den innan du ger den till någon."
)
_CUT_OFF = (
    "Programmet avslutades utan att hinna säga varför. Det händer när strömmen går, när datorn startas om\n"
    "eller när programmet avslutas utifrån."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report that is kept."""

    path: Path
    at: datetime
    text: str


def of_run(run: EndedRun, data: Path, now: datetime) -> Report:
    """Make and keep a report of a run that did not end by itself."""
    what = crash_in_words(run.crash) if run.crash.strip() else _CUT_OFF
    times = f"Startade {_moment(run.started)}, skrev senast {_moment(run.last_seen)}."
    version = run.version or "okänd"
    return _keep(data, now, _text(("Programmet avslutades oväntat", times), version, what, data))


def of_fault(fault: BaseException, data: Path, now: datetime) -> Report:
    """Make and keep a report of a fault that the program met and went on from."""
    what = trace_in_words(fault)
    return _keep(data, now, _text(("Ett fel i programmet", _moment(now)), __version__, what, data))


def kept(data: Path) -> tuple[Report, ...]:
    """The reports that are kept, the latest first."""
    found = []
    for path in (data / FOLDER).glob("*.txt"):
        try:
            text = path.read_text(encoding="utf-8", errors="replace")
            at = datetime.strptime(path.stem[:17], "%Y-%m-%d %H%M%S")
        except (OSError, ValueError):
            continue
        found.append(Report(path=path, at=at, text=text))
    return tuple(sorted(found, key=lambda report: report.path.stem, reverse=True))


def remove_all(data: Path) -> None:
    """Take away every report."""
    for report in kept(data):
        report.path.unlink(missing_ok=True)


def _text(head: Iterable[str], version: str, what: str, data: Path) -> str:
    lines = "\n".join(last_lines(data)) or "Loggen är tom."
    return (
        "\n".join(("Finsam Desktop: felrapport", *head, _machine(version)))
        + f"\n\n{_PROMISE}\n\nVad som hände\n\n{what}\n\nDe senaste raderna i programmets logg\n\n{lines}\n"
    )


def _machine(version: str) -> str:
    system = f"{platform.system()} {platform.release()}".strip()
    kind = "installerat" if getattr(sys, "frozen", False) else "källkod"
    return f"Version {version} ({kind}), Python {platform.python_version()}, {system}, {platform.machine()}"


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d} kl. {at:%H.%M.%S}"


def _keep(data: Path, now: datetime, text: str) -> Report:
    """Write a report; one that cannot be written is a report all the same."""
    folder = data / FOLDER
    path = folder / f"{now:%Y-%m-%d %H%M%S}.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        number = 2
        while path.exists():
            path = folder / f"{now:%Y-%m-%d %H%M%S} {number}.txt"
            number += 1
        path.write_text(text, encoding="utf-8")
        for old in kept(data)[KEPT:]:
            old.path.unlink(missing_ok=True)
    except OSError as error:  # a full disk: the report is shown all the same
        _log.info("a report could not be kept: %s", error)
    return Report(path=path, at=now, text=text)


def save(report: Report, path: Path) -> Path:
    """Write a report where the user wants it. UserError when it cannot be written."""
    from finsam_desktop.storage.safewrite import write_file

    write_file(path, report.text.encode())
    return path
