"""Spelling in the window: a dictionary in a process of its own, asked in batches and never waited for.

Fields ask `current_speller().verdict(word)`, which answers from what is known and else has the dictionary asked;
`told` comes when more is known. The process starts when the first field is shown, and only while spelling is on.
"""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal

if TYPE_CHECKING:
    from finsam_desktop.domain.association import Association

_log = logging.getLogger(__name__)

MOST_ASKED = 400
"""Words asked for at a time: the dictionary knows them in some tens of milliseconds."""
START_MS = 600
"""After the first field is shown, so that the window comes before the dictionary."""
MOST_KNOWN = 200_000


class Speller(QObject):
    """Knows words. ``told(frozenset)`` when the verdict of words has come; ``changed`` when all must be asked anew.

    ``failed(str)`` once, in Swedish, when there is no dictionary; everything else works without it.
    ``suggested(word, words, more)`` answers ``suggest``, again with all of them while ``more`` is true.
    """

    told = Signal(object)
    changed = Signal()
    failed = Signal(str)
    suggested = Signal(str, object, bool)
    listed = Signal(str, bool)
    """A word is to go into the association's own list (True), or out of it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_on = False
        self._is_ready = False
        self._is_broken = False
        self._process: QProcess | None = None
        self._known: dict[str, bool] = {}
        self._verdicts: dict[str, bool] = {}
        self._waiting: dict[str, None] = {}
        self._asked: set[str] = set()
        self._own: frozenset[str] = frozenset()
        self._own_of: Association | None = None
        self._ignored: set[str] = set()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._ask)

    # -- what fields use ------------------------------------------------------------------------------

    @property
    def is_on(self) -> bool:
        """Whether unknown words are underlined."""
        return self._is_on and not self._is_broken

    def verdict(self, word: str) -> bool | None:
        """True: right. False: unknown. None: it is being asked, and `told` will say."""
        known = self._verdicts.get(word)
        return known if known is not None else self._first_verdict(word)

    def _first_verdict(self, word: str) -> bool | None:
        from finsam_desktop.spelling.words import is_own

        known = True if word in self._ignored or is_own(word, self._own) else self._known.get(word)
        if known is not None:
            self._verdicts[word] = known
        elif word not in self._asked:
            self._waiting[word] = None
            self._soon.start(0 if self._is_ready else START_MS)
        return known

    def suggest(self, word: str) -> None:
        """Ask what the word may have been meant to be; `suggested` answers, in up to some seconds."""
        if self._is_ready:
            self._send({"suggest": word})
        else:
            self.suggested.emit(word, (), False)

    def is_listed(self, word: str) -> bool:
        """Whether the association has the word in its own list."""
        return self._own_of is not None and word in self._own_of.own_words

    def ignore(self, word: str) -> None:
        """Take the word for right until another file is opened."""
        self._ignored.add(word)
        self._verdicts.clear()
        self.changed.emit()

    # -- what the window says -------------------------------------------------------------------------

    def set_on(self, is_on: bool) -> None:
        """Turn the underlining on or off; the dictionary goes from memory when it is off."""
        if is_on is self._is_on:
            return
        self._is_on = is_on
        if not is_on:
            self.stop()
        self.changed.emit()

    def know_association(self, association: Association | None) -> None:
        """Take an association's own words and names for right. None: no file is open."""
        from finsam_desktop.spelling.words import own_words

        if association is self._own_of:
            return
        if association is None:
            self._ignored.clear()
        own = own_words(association) if association is not None else frozenset()
        is_new = own != self._own
        self._verdicts.clear()
        self._own, self._own_of = own, association
        if is_new:
            self.changed.emit()

    def stop(self) -> None:
        """End the dictionary's process; it starts again when it is asked."""
        process, self._process = self._process, None
        self._soon.stop()
        self._is_ready = False
        self._asked.clear()
        self._waiting.clear()
        if process is not None:
            process.finished.disconnect(self._ended)
            process.errorOccurred.disconnect(self._ended)
            process.closeWriteChannel()
            if not process.waitForFinished(300):
                process.kill()
                process.waitForFinished(1_000)
            process.deleteLater()

    # -- the dictionary's process ---------------------------------------------------------------------

    def _ask(self) -> None:
        if not self.is_on or not self._waiting:
            return
        if self._process is None:
            self._start()
        if not self._is_ready or self._asked:
            return
        words = list(self._waiting)[:MOST_ASKED]
        for word in words:
            del self._waiting[word]
        self._asked.update(words)
        self._send({"know": words})

    def _start(self) -> None:
        process = QProcess(self)
        environment = QProcessEnvironment.systemEnvironment()
        for name, value in child_environment().items():
            environment.insert(name, value)
        process.setProcessEnvironment(environment)
        process.setStandardErrorFile(QProcess.nullDevice())
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._ended)
        process.errorOccurred.connect(self._ended)
        self._process = process
        program, *arguments = child_command()
        process.start(program, arguments)

    def _send(self, question: dict[str, object]) -> None:
        if self._process is not None:
            self._process.write(json.dumps(question).encode("ascii") + b"\n")

    def _read(self) -> None:
        while self._process is not None and self._process.canReadLine():
            answer = json.loads(bytes(self._process.readLine().data()))
            if "known" in answer:
                self._take(answer["known"])
            elif "words" in answer:
                self.suggested.emit(answer["suggest"], tuple(answer["words"]), answer["more"])
            elif "ready" in answer:
                self._is_ready = True
                self._ask()
            elif "problem" in answer:
                self._break(answer["problem"])

    def _take(self, known: dict[str, bool]) -> None:
        if len(self._known) > MOST_KNOWN:
            self._known.clear()
            self._verdicts.clear()
        self._known.update(known)
        self._asked.difference_update(known)
        self.told.emit(frozenset(known))
        if self._waiting:
            self._soon.start(0)

    def _ended(self, *_: object) -> None:
        """The process went down by itself: spelling is given up until the program starts again."""
        self._break("Stavningskontrollen avslutades oväntat. Allt annat fungerar som vanligt.")

    def _break(self, problem: str) -> None:
        if self._is_broken:
            return
        self._is_broken = True
        _log.info("spelling is given up: %s", problem)
        self.stop()
        self.failed.emit(problem)
        self.changed.emit()


def child_command() -> tuple[str, ...]:
    """What starts the dictionary's process."""
    if getattr(sys, "frozen", False):  # the program has no Python to start: it starts itself
        return (sys.executable, "--spell-child")
    return (sys.executable, "-m", "finsam_desktop.spelling.child")


def child_environment() -> dict[str, str]:
    """The process finds the same packages as this one."""
    import os

    return {"PYTHONPATH": os.pathsep.join(str(Path(path)) for path in sys.path if path), "PYTHONUTF8": "1"}


_speller: Speller | None = None


def current_speller() -> Speller:
    """The window's speller; off until the window turns it on."""
    global _speller
    if _speller is None:
        _speller = Speller()
    return _speller
