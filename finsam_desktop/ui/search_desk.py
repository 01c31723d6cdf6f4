"""The search of the open file, for the window: made ready in the background, asked without stopping anything.

Fields are gone through a moment after a file is opened, and the bilagor that are new are read after that. A question
is answered by a thread of its own; only the answer to the latest one is told.
"""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from finsam_desktop.settings import cache_folder
from finsam_desktop.ui.finding_things import Things
from finsam_desktop.ui.jobs import Jobs, Progress
from finsam_desktop.ui.page_press import WITHOUT
from finsam_desktop.ui.session import Session

if TYPE_CHECKING:
    from finsam_desktop.search.query import Query
    from finsam_desktop.searching import Found, Search
    from finsam_desktop.ui.jobs import Job
    from finsam_desktop.workspace import Change, Workspace

_log = logging.getLogger(__name__)

START_MS = 1_500
"""After opening: when the window has come to rest."""
AGAIN_MS = 3_000
"""After bilagor have come or gone."""


class SearchDesk(QObject):
    """``answered(number, Found)`` for the latest question; ``files_changed`` when more files can be searched."""

    answered = Signal(int, object)
    files_changed = Signal()

    def __init__(self, session: Session, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._jobs = jobs
        self._quiet = Jobs(self)
        self._quiet.failed.connect(self._not_answered)
        self._search: Search | None = None
        self.things = Things()
        self._reading: Job | None = None
        self._asked = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.make_ready)
        session.closed.connect(self._closed)
        session.changed.connect(self._changed)

    @property
    def search(self) -> Search:
        """The search of the open file; RuntimeError when none is open."""
        if self._search is None:
            from finsam_desktop.searching import Search, index_folder

            self._search = Search(self._session.workspace, index_folder(cache_folder()))
        return self._search

    @property
    def is_reading(self) -> bool:
        """Whether files are being read."""
        return self._reading is not None

    def start(self) -> None:
        """A file has been opened: make its search ready when the window has come to rest."""
        if not self._session.is_parcel:
            self._timer.start(START_MS)

    def ask(self, query: Query, most: int) -> int:
        """Ask for a query's hits; gives the number that ``answered`` will carry."""
        self._asked += 1
        if self._session.is_open:
            question = _Question(self._asked, self.search, query, most)
            self._quiet.run(question, label="Söker", on_done=self._answer, cancel=False)
        return self._asked

    def shut_down(self) -> None:
        """Wait for the answer in hand; called when the window closes."""
        self._timer.stop()
        self._quiet.shut_down(5_000)

    def make_ready(self) -> None:
        """Go through fields and read new files, in the background. ``FINSAM_WITHOUT=index`` keeps it from that."""
        if not self._session.is_open or self._reading is not None or "index" in os.environ.get(WITHOUT, ""):
            return
        session = self._session
        work = _MakingReady(self.search, self.things, session.workspace)
        self._reading = self._jobs.run(
            work, label="Läser bilagor för sökning", on_done=self._made_ready, on_error=self._not_ready
        )
        self._reading.finished.connect(self._ended)

    # -- what happens ---------------------------------------------------------------------------------

    def _closed(self) -> None:
        self._timer.stop()
        if self._reading is not None:
            self._reading.cancel()
        self._asked += 1
        search, self._search = self._search, None
        self.things = Things()
        if search is not None:
            search.close()

    def _changed(self, change: Change) -> None:
        if _files_of(change.before) != _files_of(change.after):
            self._timer.start(AGAIN_MS)

    def _answer(self, answer: object) -> None:
        if isinstance(answer, tuple) and answer[0] == self._asked:
            self.answered.emit(*answer)

    def _not_answered(self, error: object) -> None:
        _log.info("a search failed: %r", error)

    def _made_ready(self, _read: object) -> None:
        self.files_changed.emit()

    def _not_ready(self, error: Exception) -> None:
        _log.info("the bilagor could not all be read for searching: %s", error)

    def _ended(self, _job: object) -> None:
        self._reading = None


class _Question:
    """A search, as the work of a thread."""

    def __init__(self, number: int, search: Search, query: Query, most: int) -> None:
        self._number, self._search, self._query, self._most = number, search, query, most

    def __call__(self, _progress: Progress) -> tuple[int, Found]:
        return self._number, self._search.find(self._query, self._most)


class _MakingReady:
    """Fields, things and files, as the work of a thread."""

    def __init__(self, search: Search, things: Things, workspace: Workspace) -> None:
        self._search, self._things, self._workspace = search, things, workspace

    def __call__(self, progress: Progress) -> int:
        from finsam_desktop.searching import index_folder, tidy

        def checked(_name: str, _done: int, _total: int) -> None:
            progress.give_way()

        self._workspace.read_all(lambda _done, _total: progress.give_way())
        self._things.prepare(self._workspace.association, self._workspace.meetings)
        self._search.prepare(checked)
        tidy(index_folder(cache_folder()))
        return self._search.read_files(progress.step)


def _files_of(value: object) -> frozenset[str]:
    """The stored files that a meeting uses."""
    from finsam_desktop.domain.agenda import walk
    from finsam_desktop.domain.meeting import Meeting

    if not isinstance(value, Meeting):
        return frozenset()
    bilagor = (one.sha256 for item in walk(value.items) for one in item.attachments)
    return frozenset((*bilagor, *(file.sha256 for file in value.signed_minutes)))
