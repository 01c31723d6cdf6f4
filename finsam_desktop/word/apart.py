"""Templates from outside: filled in, checked and commented in a process of their own, that can be stopped.

Plain multiprocessing would import the caller's main module again (a window, in our case), so the child is started as
its own small program (``child.py``) and spoken to through pipes.
"""

from __future__ import annotations

import io
import json
import os
import pickle
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from typing import IO, TYPE_CHECKING, Any

from finsam_desktop.word.child import PLACE, READY
from finsam_desktop.word.errors import TemplateError, UnsafeTemplate
from finsam_desktop.word.limits import Excess, Limits, excess, limits_for
from finsam_desktop.word.package import read_bytes
from finsam_desktop.word.process_use import Use, use_of
from finsam_desktop.word.values import Picture

if TYPE_CHECKING:
    from pathlib import Path

    from finsam_desktop.word.check import Problem
    from finsam_desktop.word.template import Rendered

_POLL_SECONDS = 0.01


def render_in_child(
    template: str | Path | bytes, context: Mapping[str, object], *, limits: Limits | None = None
) -> Rendered:
    """Render in a child process with limits of time and memory, by default those ``limits_for`` the context.

    Raises TemplateError as ``WordTemplate.render`` does, and when the template takes too long or too much.
    """
    from finsam_desktop.word.template import Rendered

    data, name = read_bytes(template)
    told, body = _answer("render", data, name, (dict(context),), limits)
    return Rendered(body, tuple(told["warnings"]))


def fields_in_child(template: str | Path | bytes, *, limits: Limits | None = None) -> set[str]:
    """As ``WordTemplate.fields``, in a child process."""
    data, name = read_bytes(template)
    return set(_answer("fields", data, name, (), limits)[0]["fields"])


def check_in_child(
    template: str | Path | bytes,
    known_fields: Collection[str] | None = None,
    required: Collection[str] | Mapping[str, str] = (),
    *,
    limits: Limits | None = None,
) -> list[Problem]:
    """As ``check_template`` without examples, in a child process. A child that is stopped is one problem."""
    known = None if known_fields is None else frozenset(known_fields)
    wanted = dict(required) if isinstance(required, Mapping) else tuple(required)
    return _problems("check", template, (known, wanted), limits)


def try_in_child(
    template: str | Path | bytes,
    examples: Mapping[str, Mapping[str, object]],
    *,
    limits: Limits | None = None,
) -> list[Problem]:
    """What rendering with all the examples, by names that tell what they are, brings to light, in a child process."""
    return _problems("try", template, ({name: dict(context) for name, context in examples.items()},), limits)


def comment_in_child(
    template: str | Path | bytes, problems: Iterable[Problem], *, limits: Limits | None = None
) -> bytes:
    """As ``commented_copy``, in a child process."""
    data, name = read_bytes(template)
    return _answer("comment", data, name, (tuple(problems),), limits)[1]


def _problems(
    work: str, template: str | Path | bytes, arguments: tuple[object, ...], limits: Limits | None
) -> list[Problem]:
    from finsam_desktop.word.check import Problem

    try:
        data, name = read_bytes(template)
        told, _ = _answer(work, data, name, arguments, limits)
    except TemplateError as error:
        return [Problem(severity="error", code="file", message=error.message)]
    return [Problem(**problem) for problem in told["problems"]]


class _Pickler(pickle.Pickler):
    """Counts the bytes of pictures, which take memory but no time to print."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        self.pictures = 0

    def reducer_override(self, value: object) -> Any:
        if isinstance(value, Picture):
            self.pictures += len(value.data)
        return NotImplemented


def _answer(
    work: str, template: bytes, name: str, arguments: tuple[object, ...], limits: Limits | None
) -> tuple[dict[str, Any], bytes]:
    """What the child told, and the bytes it made. Raises TemplateError for what it told of or was stopped for."""
    buffer = io.BytesIO()
    pickler = _Pickler(buffer)
    pickler.dump(arguments)
    limits = limits or limits_for(buffer.tell() - pickler.pictures, pickler.pictures)
    who = "Mallen" if name == "mallen" else f"Mallen {name}"
    child = _Child(pickle.dumps((limits, work, template, buffer.getvalue())))
    over = child.watch(limits)
    head, whole, body = child.answer.removeprefix(READY).partition(b"\n")
    if over == "time":
        seconds = f"{limits.seconds:.1f}".replace(".", ",")
        raise TemplateError(f"{who} tog mer än {seconds} sekunder och stoppades.")
    if over == "start":
        raise TemplateError("Datorn var så upptagen att mallen inte hann öppnas. Försök igen om en stund.")
    told: dict[str, Any] = json.loads(head) if whole else {}
    if over == "memory" or "memory" in told:
        raise TemplateError(f"{who} krävde för mycket minne och stoppades.")
    if not whole:
        raise TemplateError(
            f"{who} krävde för mycket minne eller gick inte att läsa.", detail=child.complaint
        )
    if "fault" in told:
        kind = UnsafeTemplate if told["unsafe"] else TemplateError
        raise kind(_named(told["fault"], name), **{key: told[key] for key in PLACE})
    return told, body


def _named(message: str, name: str) -> str:
    """The child knows the template as "mallen"."""
    return f"{name}{message.removeprefix('mallen')}" if message.startswith("mallen ") else message


class _Child:
    """A child at work. It is fed and read by threads, since Windows cannot wait for a pipe for a while only.

    ``answer`` is what it wrote, ``complaint`` its exit code and what it told of its own trouble; both when it is done.
    """

    def __init__(self, task: bytes) -> None:
        self.answer = b""
        self.complaint = ""
        self._errors = tempfile.TemporaryFile()
        self._process = subprocess.Popen(
            _program(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env=_environment(),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._ready = threading.Event()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._feeder = threading.Thread(target=self._feed, args=(task,), daemon=True)
        self._reader.start()
        self._feeder.start()

    def watch(self, limits: Limits) -> Excess:
        """Wait until the child is done, or stop it and say what it took too much of."""
        started = time.monotonic()
        ready_at: float | None = None
        before = 0.0
        over: Excess = ""
        while self._reader.is_alive() and not over:
            self._reader.join(_POLL_SECONDS)
            now = time.monotonic()
            use = use_of(self._process.pid)
            if ready_at is None and self._ready.is_set():
                ready_at, before = now, use.seconds if use is not None else 0.0
            if use is not None:
                use = Use(use.resident, use.seconds - before)
            over = excess(
                limits,
                starting=now - started,
                running=None if ready_at is None else now - ready_at,
                use=use,
            )
        if over:
            self._process.kill()
        self._process.wait()
        self._reader.join()
        self._feeder.join()
        with self._errors as errors:
            errors.seek(0)
            self.complaint = f"{self._process.returncode}: {errors.read().decode('utf-8', 'replace')[-2000:]}"
        return over

    def _feed(self, task: bytes) -> None:
        assert self._process.stdin is not None
        with suppress(OSError), self._process.stdin as pipe:  # a child that is gone reads no more
            pipe.write(task)

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as pipe:
            first = pipe.read(1)
            self._ready.set()
            self.answer = first + pipe.read()


def _program() -> list[str]:
    if getattr(sys, "frozen", False):  # the program has no Python to start: it starts itself
        return [sys.executable, "--word-child"]
    return [sys.executable, "-m", "finsam_desktop.word.child"]


def _environment() -> dict[str, str]:
    """The child finds the same packages as this process."""
    environment = dict(os.environ)
    environment["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
    environment["PYTHONIOENCODING"] = "utf-8"
    return environment
