"""Files from outside handled in a process of its own, with limits of time and memory (``child.py``)."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from finsam_desktop.pdf.batch import Awaited, Limits, Outcome, watch

LIMITS = Limits(start=20.0, file=20.0, megabyte=2.0)
TOO_HEAVY = "Filen krävde för mycket av datorn och stoppades."
PROBLEMS: dict[Outcome, str] = {
    "": "Filen är skadad eller innehåller något som inte kan visas.",
    "slow": "Filen tog för lång tid att läsa och stoppades.",
    "stopped": "Filen är skadad eller innehåller något som inte kan visas.",
    "not started": "Datorn var så upptagen att filen inte hann läsas.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A work of ``works.WORKS`` on a file that lies in the folder; ``key`` names the result."""

    key: str
    work: str
    source: str
    title: str = ""
    language: str = "sv-SE"
    ending: str = ""
    first: str = "0"
    count: str = "0"
    width: str = "0"
    others: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of a task: its bytes, or the Swedish reason why there are none, and what to do about it."""

    content: bytes = b""
    tagged: bool = False
    reason: str = ""
    advice: str = ""
    lasting: bool = True


def do_apart(
    tasks: Sequence[Task],
    folder: Path,
    *,
    limits: Limits = LIMITS,
    step: Callable[[int], None] | None = None,
) -> dict[str, Result]:
    """The results by the tasks' keys. A task that stops the child is left out and the rest are done by another."""
    results: dict[str, Result] = {}
    left = list(tasks)
    while left:
        (folder / "tasks.json").write_text(json.dumps([asdict(task) for task in left]), encoding="utf-8")
        before = len(results)
        outcome = watch(
            [*child_command(), str(folder)],
            [Awaited(folder / f"{task.key}.json", (folder / task.source).stat().st_size) for task in left],
            limits,
            environment=child_environment(),
            step=None if step is None else lambda done, before=before: step(before + done),  # type: ignore[misc]
        )
        for task in left:
            result = result_of(folder, task)
            if result is not None:
                results[task.key] = result
        missing = [task for task in left if task.key not in results]
        guilty = missing if outcome in ("", "not started") else missing[:1]
        lasting = outcome in ("", "stopped")
        results.update({task.key: Result(reason=PROBLEMS[outcome], lasting=lasting) for task in guilty})
        left = [task for task in missing if task.key not in results]
    return results


def result_of(folder: Path, task: Task) -> Result | None:
    """What the child left of a task; None while there is nothing."""
    try:
        told = json.loads((folder / f"{task.key}.json").read_text(encoding="ascii"))
        if "fault" in told:
            return Result(reason=TOO_HEAVY if told["fault"] == "memory" else PROBLEMS[""])
        if "reason" in told:
            return Result(reason=str(told["reason"]), advice=str(told["advice"]))
        content = (folder / f"{task.key}.made").read_bytes()
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return Result(content=content, tagged=bool(told.get("tagged")))


def child_command() -> list[str]:
    """What starts the child; the folder comes after it."""
    if getattr(sys, "frozen", False):  # the program has no Python to start: it starts itself
        return [sys.executable, "--pdf-child"]
    return [sys.executable, "-m", "finsam_desktop.pdf.child"]


def child_environment() -> dict[str, str]:
    """The child finds the same packages as this process."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path), "PYTHONUTF8": "1"}
