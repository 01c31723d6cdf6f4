"""A LibreOffice that stays, so that a document becomes pages in a fifth of a second instead of two.

LibreOffice hands the work of a second call with the same profile to the first, and ends when it has nothing open. So
one is started with an empty document open, and then called again for each document to convert.
"""

from __future__ import annotations

import contextlib
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from finsam_desktop.pdf.batch import Awaited, Limits, watch
from finsam_desktop.pdf.libreoffice import PROBLEMS, options, whole
from finsam_desktop.pdf.process_tree import ProcessTree
from finsam_desktop.pdf.profile import borrowed, environment

START_S = 60.0
IDLE_S = 600.0
"""After so long without work it is ended: it holds 200 MB."""
MOST_DOCUMENTS = 300
"""After so many it is started anew, since it grows."""
LIMITS = Limits(start=5.0, file=30.0)
_POLL_S = 0.02
_EMPTY = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.2" '
    'office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text/></office:body>'
    "</office:document>"
)


class NoPages(Exception):
    """LibreOffice made no pages; the text says why, in Swedish."""


class WarmLibreOffice:
    """LibreOffice kept running. One document at a time; may be called from any thread."""

    def __init__(
        self, program: Path, profiles: Path, *, start: float = START_S, idle: float = IDLE_S
    ) -> None:
        self.program = program
        self._profiles = profiles
        self._start_s, self._idle_s = start, idle
        self._lock = threading.Lock()
        self._held: contextlib.ExitStack | None = None
        self._tree: ProcessTree | None = None
        self._profile, self._folder = Path(), Path()
        self._made = 0
        self._closed = False
        self._timer: threading.Timer | None = None

    @property
    def is_warm(self) -> bool:
        """Whether it runs and waits for work."""
        return self._tree is not None and self._tree.finished() is None

    def warm_up(self, step: Callable[[], None] | None = None) -> None:
        """Start it, if it is not running. Takes a second or two. Raises NoPages."""
        with self._lock:
            self._warm(step or _nothing)
            self._rest()

    def pdf(self, document: bytes, ending: str = ".docx", step: Callable[[], None] | None = None) -> bytes:
        """The document as PDF. ``step`` is called many times a second and may raise to stop. Raises NoPages."""
        step = step or _nothing
        with self._lock:
            self._warm(step)
            self._made += 1
            source = self._folder / f"{self._made}{ending}"
            target = source.with_suffix(".pdf")
            source.write_bytes(document)
            try:
                outcome = watch(
                    [str(self.program), *options(self._profile), "--convert-to", "pdf"]
                    + ["--outdir", str(self._folder), str(source)],
                    [Awaited(target, len(document))],
                    LIMITS,
                    environment=environment(),
                    step=lambda _done: step(),
                )
                pdf = whole(target)
            except BaseException:
                self._end()  # it may be in the middle of the document
                raise
            finally:
                source.unlink(missing_ok=True)
                target.unlink(missing_ok=True)
            if pdf is None:
                if outcome != "" or not self.is_warm:
                    self._end()
                raise NoPages(PROBLEMS[outcome])
            if self._made >= MOST_DOCUMENTS:
                self._end()
            self._rest()
            return pdf

    def close(self) -> None:
        """End it for good, at once, whatever it is doing."""
        self._closed = True
        tree = self._tree
        if tree is not None:
            tree.end()  # who waits for it under the lock sees that it has gone
        with self._lock:
            self._end()

    def _warm(self, step: Callable[[], None]) -> None:
        if self._timer is not None:
            self._timer.cancel()
        if self._closed:
            raise NoPages(PROBLEMS["stopped"])
        if self.is_warm:
            return
        self._end()
        with contextlib.ExitStack() as held:
            self._profile = held.enter_context(borrowed(self._profiles))
            folder = tempfile.TemporaryDirectory(prefix="finsam-", ignore_cleanup_errors=True)
            self._folder = Path(held.enter_context(folder))
            empty = self._folder / "tom.fodt"
            empty.write_text(_EMPTY, encoding="utf-8")
            # LibreOffice marks an open document as taken: by that we see that it is ready for work.
            taken = self._folder / ".~lock.tom.fodt#"
            command = [str(self.program), *options(self._profile, locks=True), "--nodefault", str(empty)]
            try:
                tree = ProcessTree(command, environment=environment())
            except OSError as error:
                raise NoPages(PROBLEMS["not started"]) from error
            held.callback(tree.end)
            until = time.monotonic() + self._start_s
            while not taken.exists():
                step()
                if self._closed or tree.finished(_POLL_S) is not None or time.monotonic() > until:
                    raise NoPages(PROBLEMS["not started"])
            self._tree, self._made = tree, 0
            self._held = held.pop_all()

    def _rest(self) -> None:
        self._timer = threading.Timer(self._idle_s, self._cool)
        self._timer.daemon = True
        self._timer.start()

    def _cool(self) -> None:
        if self._lock.acquire(blocking=False):  # it is at work otherwise, and rests again afterwards
            try:
                self._end()
            finally:
                self._lock.release()

    def _end(self) -> None:
        held, self._held, self._tree = self._held, None, None
        if held is not None:
            held.close()


def _nothing() -> None:
    """No step is asked for."""
