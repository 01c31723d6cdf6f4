"""A file's pages as they will be in the pack: for the bilaga that is chosen among the papers of a meeting."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from finsam_desktop.ui.page_press import PagePress, Printed, previews_are_wanted
from finsam_desktop.ui.views.meeting.pages_pane import WORKING, PagesPane

if TYPE_CHECKING:
    from finsam_desktop.ui.jobs import Progress
    from finsam_desktop.ui.view import Shell

NOTHING = "Välj en bilaga för att se dess sidor."
NO_PAGES = "Sidorna visas inte här. Öppna filen för att se den."
REST_MS = 150
"""How long a choice must rest before its pages are made: going down a list passes many files."""


class PdfPreview(PagesPane):
    """The pages of one file. ``open_wanted`` when the user asks for the file itself."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, "", "Öppna filen", parent)
        self._file: tuple[str, str, str, Callable[[], bytes | None]] | None = None
        self._running: object = None
        self._stale = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._make)
        self._say(NOTHING)

    def show_file(self, name: str, title: str, version: str, content: Callable[[], bytes | None]) -> None:
        """Show the pages of this file. ``version`` tells its bytes from others of that name.

        ``content`` gives its bytes when they are needed, None when they are missing; it is called on the window's
        thread.
        """
        wanted = (name, title, version)
        if self._file is not None and self._file[:3] == wanted:
            return
        self._file = (name, title, version, content)
        self._name.setText(title or name)
        self._stale, self._printed = True, None
        self._say(WORKING)
        self._soon()

    def show_nothing(self, words: str = NOTHING) -> None:
        """No file is chosen."""
        self._file, self._printed, self._stale = None, None, False
        self._name.setText("")
        self.model.show((), ())
        self._say(words)

    def close_pane(self) -> None:
        """No more drawings."""
        super().close_pane()
        self._rest.stop()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._soon()

    def _soon(self) -> None:
        if self.isVisible() and not self._closed:
            self._rest.start(REST_MS)

    def _make(self) -> None:
        if self._running is not None or self._closed or not self._stale or self._file is None:
            return
        self._stale = False
        if not previews_are_wanted():
            self._say(NO_PAGES, can_open=True)
            return
        name, title, _, read = self._file
        content = read()
        if content is None:
            self._say("Filen saknas i förbundets fil. Lägg in den igen.")
            return
        self._running = self._file
        self._shell.jobs.run(
            _Making(self._shell.press, name, content, title),
            label=f"Visar sidorna i {name}",
            on_done=self._made,
            on_error=self._not_made,
            cancel=False,
        )

    def _made(self, printed: object) -> None:
        is_wanted = self._ended()
        if is_wanted and isinstance(printed, Printed):
            self.pages.verticalScrollBar().setValue(0)
            self._show_printed(printed, ())

    def _not_made(self, error: Exception) -> None:
        if self._ended():
            self._say_fault(error)

    def _ended(self) -> bool:
        """The work is over; whether what it made is still asked for."""
        made_for, self._running = self._running, None
        if self._closed or not isValid(self):
            return False
        if self._stale:
            self._soon()
        return made_for is self._file


class _Making:
    """The work as a value: called in the background with the job's progress."""

    def __init__(self, press: PagePress, name: str, content: bytes, title: str) -> None:
        self._press, self._name, self._content, self._title = press, name, content, title

    def __call__(self, progress: Progress) -> Printed:
        return self._press.file(self._name, self._content, self._title, progress)
