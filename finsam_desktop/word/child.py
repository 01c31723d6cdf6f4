"""Rendering a template from outside in a process of its own, that can be stopped.

Plain multiprocessing would import the caller's main module again (a window, in our case), so the child is
started as its
own small program and spoken to through pipes. The pickle goes to the child only; what comes back is bytes and JSON.
"""

from __future__ import annotations

import json
import os
import pickle
import struct
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from finsam_desktop.word.errors import TemplateError
from finsam_desktop.word.package import read_bytes

_PLACE = ("part", "paragraph", "where", "tag", "context", "detail")


def render_in_child(
    template: str | Path | bytes,
    context: Mapping[str, object],
    *,
    seconds: float = 20.0,
    megabytes: int = 400,
) -> bytes:
    """Render in a child process that gets at most so much time and memory.

    Raises TemplateError as ``WordTemplate.render`` does, and when the template takes too long or too much.
    Memory is limited where the system can (Linux, macOS); time everywhere.
    """
    data, name = read_bytes(template)
    task = pickle.dumps((data, name, dict(context), megabytes), protocol=pickle.HIGHEST_PROTOCOL)
    process = subprocess.Popen(
        [*_program(), "--word-child"] if getattr(sys, "frozen", False) else [sys.executable, "-m", __name__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=_environment(),
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    try:
        out, complaint = process.communicate(task, timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise TemplateError(
            f"Mallen {name} tog mer än {seconds:g} sekunder att fylla i och stoppades."
        ) from None
    return _answer(out, complaint, process.returncode, name)


def _program() -> list[str]:
    return [sys.executable]


def _environment() -> dict[str, str]:
    """The child finds the same packages as this process."""
    environment = dict(os.environ)
    environment["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
    environment["PYTHONIOENCODING"] = "utf-8"
    return environment


def _answer(out: bytes, complaint: bytes, code: int, name: str) -> bytes:
    if len(out) >= 5:
        good, size = struct.unpack(">?I", out[:5])
        body = out[5 : 5 + size]
        if len(body) == size:
            if good:
                return body
            told = json.loads(body)
            place = {key: told[key] for key in _PLACE if key in told}
            raise TemplateError(told["message"], **place)
    detail = complaint.decode("utf-8", "replace")[-2000:]
    raise TemplateError(
        f"Mallen {name} krävde för mycket minne eller gick inte att fylla i.", detail=f"{code}: {detail}"
    )


def main() -> int:
    """The child: a task on standard input, the answer on standard output."""
    data, name, context, megabytes = pickle.loads(sys.stdin.buffer.read())
    _limit_memory(megabytes)
    try:
        good, body = True, _render(data, context)
    except TemplateError as error:
        told = {"message": error.message, **{key: getattr(error, key) for key in _PLACE}}
        good, body = False, json.dumps(told).encode("utf-8")
    except MemoryError:
        told = {"message": f"Mallen {name} krävde för mycket minne."}
        good, body = False, json.dumps(told).encode("utf-8")
    sys.stdout.buffer.write(struct.pack(">?I", good, len(body)) + body)
    sys.stdout.buffer.flush()
    return 0


def _render(data: bytes, context: Mapping[str, object]) -> bytes:
    from finsam_desktop.word.template import WordTemplate

    return WordTemplate(data).render(context)


def _limit_memory(megabytes: int) -> None:
    try:
        import resource
    except ImportError:  # Windows: the time limit alone
        return
    limit = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


if __name__ == "__main__":
    raise SystemExit(main())
