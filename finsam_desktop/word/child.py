"""The child that handles a template from outside, started by ``apart.py``: a task in, an answer out.

The task is a pickle, made by the program itself. The answer is a line of JSON and bytes, never a pickle: what comes
out of here has been near a hostile file.
"""

from __future__ import annotations

import faulthandler
import json
import os
import pickle
import sys
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, TypeAlias

from finsam_desktop.word.errors import TemplateError, UnsafeTemplate
from finsam_desktop.word.limits import BUSIEST, Limits
from finsam_desktop.word.process_use import limit_own_memory

if TYPE_CHECKING:
    from finsam_desktop.word.check import Problem

READY = b"R"
PLACE = ("part", "paragraph", "where", "tag", "context", "detail")


def main() -> int:
    """Be the child: a task on standard input, the answer on standard output."""
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr
    _load()
    sink.write(READY)
    sink.flush()
    limits, work, template, packed = pickle.loads(source.read())
    _bind(limits)
    arguments = pickle.loads(packed)
    told: dict[str, Any]
    body = b""
    try:
        told, body = _WORKS[work](template, *arguments)
    except TemplateError as error:
        told = {"fault": error.message, "unsafe": isinstance(error, UnsafeTemplate)}
        told.update({key: getattr(error, key) for key in PLACE})
    except MemoryError:
        told = {"memory": True}
    sink.write(json.dumps(told).encode("ascii") + b"\n")
    sink.write(body)
    sink.flush()
    return 0


def _load() -> None:
    """Load all that a template may need, so that the clock runs for the template and not for Python."""
    from finsam_desktop.word import charts, check, comments, markdown, tables, template  # noqa: F401

    markdown.warm_up()


def _bind(limits: Limits) -> None:
    """Limits of the system's own, which hold also if the parent is gone and in the middle of a long calculation."""
    limit_own_memory(limits.megabytes)
    # Left open: written to when the time is out.
    nowhere = open(os.devnull, "w", encoding="ascii")
    faulthandler.dump_traceback_later((BUSIEST + 1) * limits.seconds, exit=True, file=nowhere)


def _render(template: bytes, context: Mapping[str, object]) -> tuple[dict[str, Any], bytes]:
    from finsam_desktop.word.template import WordTemplate

    rendered = WordTemplate(template).render_with_warnings(context)
    return {"warnings": rendered.warnings}, rendered.docx


def _fields(template: bytes) -> tuple[dict[str, Any], bytes]:
    from finsam_desktop.word.template import WordTemplate

    return {"fields": sorted(WordTemplate(template).fields())}, b""


def _check(
    template: bytes, known: Collection[str] | None, required: Collection[str] | Mapping[str, str]
) -> tuple[dict[str, Any], bytes]:
    from finsam_desktop.word.check import check_template

    return {"problems": [asdict(problem) for problem in check_template(template, known, required)]}, b""


def _try_out(template: bytes, examples: Mapping[str, Mapping[str, object]]) -> tuple[dict[str, Any], bytes]:
    from finsam_desktop.word.check import try_out

    return {"problems": [asdict(problem) for problem in try_out(template, examples)]}, b""


def _comment(template: bytes, problems: Iterable[Problem]) -> tuple[dict[str, Any], bytes]:
    from finsam_desktop.word.comments import commented_copy

    return {}, commented_copy(template, problems)


_Work: TypeAlias = Callable[..., tuple[dict[str, Any], bytes]]
_WORKS: Mapping[str, _Work] = {
    "render": _render,
    "fields": _fields,
    "check": _check,
    "try": _try_out,
    "comment": _comment,
}


if __name__ == "__main__":
    raise SystemExit(main())
