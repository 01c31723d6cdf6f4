"""The child that handles files from outside, started by ``apart.py``: ``tasks.json`` of a folder in, results out.

For each task a file of its own with the result and, written last, a line of JSON that tells what became of it. With a
second argument it stays, and does the tasks of every ``tasks.json`` that appears.
"""

from __future__ import annotations

import json
import os
import sys
import time
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path

MEGABYTES = 2_000
"""Address space that the child may have."""
_POLL_S = 0.005


def main(arguments: Sequence[str]) -> int:
    """Do the tasks of the folder, one after another."""
    folder = Path(arguments[0])
    warnings.simplefilter("ignore")
    from finsam_desktop.word.process_use import limit_own_memory

    limit_own_memory(MEGABYTES)
    if len(arguments) > 1:
        _stay(folder)
    for task in json.loads((folder / "tasks.json").read_text(encoding="utf-8")):
        _do(folder, task)
    return 0


def _stay(folder: Path) -> None:
    """Load what takes time to load, then do what comes until the process is ended."""
    import pypdfium2  # noqa: F401
    import rdocx  # noqa: F401

    from finsam_desktop.pdf import works  # noqa: F401

    asked = folder / "tasks.json"
    while True:
        if not asked.exists():
            time.sleep(_POLL_S)
            continue
        tasks = json.loads(asked.read_text(encoding="utf-8"))
        asked.unlink()
        for task in tasks:
            _do(folder, task)


def _do(folder: Path, task: Mapping[str, str]) -> None:
    from finsam_desktop.pdf.recognise import Unfit
    from finsam_desktop.pdf.works import WORKS

    told: dict[str, object]
    try:
        done = WORKS[task["work"]]((folder / task["source"]).read_bytes(), task)
        (folder / f"{task['key']}.made").write_bytes(done.content)
        told = dict(done.told)
    except Unfit as unfit:
        told = {"reason": unfit.reason, "advice": unfit.advice}
    except MemoryError:
        told = {"fault": "memory"}
    except Exception as error:  # whatever a hostile file brings a library to
        told = {"fault": repr(error)[:500]}
    half = folder / f"{task['key']}.half"
    half.write_text(json.dumps(told), encoding="ascii")
    os.replace(half, folder / f"{task['key']}.json")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
