"""A PDF from outside read through in a process of its own, before this one reads it with the same libraries.

They are written in C, and a file made to break them would take the window with it. What they have gone through once
without falling, they go through again.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections import OrderedDict
from pathlib import Path
from threading import Lock

from finsam_desktop.pdf.apart import Task, do_apart
from finsam_desktop.pdf.batch import Limits
from finsam_desktop.pdf.recognise import RESEND, Unfit

LIMITS = Limits(start=20.0, file=10.0, megabyte=1.0)
_MOST = 1_000
_proven: OrderedDict[str, Unfit | None] = OrderedDict()
_guard = Lock()


def prove(content: bytes) -> None:
    """Raises Unfit, with the reason in Swedish, when the PDF stops the process that reads it, or cannot be read.

    The first time it takes as long as a process takes to start, some tenths of a second.
    """
    name = hashlib.sha256(content).hexdigest()
    with _guard:
        known = name in _proven
        verdict = _proven.get(name)
    if not known:
        verdict, lasting = _tried(content)
        with _guard:
            if lasting:
                _proven[name] = verdict
            while len(_proven) > _MOST:
                _proven.popitem(last=False)
    if verdict is not None:
        raise verdict


def _tried(content: bytes) -> tuple[Unfit | None, bool]:
    with tempfile.TemporaryDirectory(prefix="finsam-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / "1.pdf").write_bytes(content)
        result = do_apart([Task(key="1", work="prove", source="1.pdf")], folder, limits=LIMITS)["1"]
    return (Unfit(result.reason, result.advice or RESEND) if result.reason else None), result.lasting
