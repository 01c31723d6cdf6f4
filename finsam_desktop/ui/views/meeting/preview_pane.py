"""Förhandsvisning: the pages of the document that the step makes, laid out from the real Word file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from finsam_desktop.documents import Document
from finsam_desktop.documents.kinds import KINDS
from finsam_desktop.pdf.libreoffice import find_libreoffice
from finsam_desktop.ui.page_press import PagePress, Printed, previews_are_wanted
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.meeting.open_meeting import OpenMeeting
from finsam_desktop.ui.views.meeting.pages_pane import WORKING, PagesPane

if TYPE_CHECKING:
    from finsam_desktop.ui.jobs import Progress

__all__ = ["IDLE_MS", "PreviewPane", "find_libreoffice"]

IDLE_MS = 20
"""How long after a change the pages are made. A change of words comes 0.4 s after the last key: that is rest enough."""

NO_PAGES = "Sidorna visas inte här. Dokumentet blir detsamma: välj Öppna i Word för att se det."


class PreviewPane(PagesPane):
    """The pages of one document of the meeting. ``item_wanted(id)`` on a click in the page.

    Pages are drawn only while the pane is seen; one drawing at a time, and another when something was changed
    meanwhile.
    """

    item_wanted = Signal(str)

    def __init__(self, desk: OpenMeeting, parent: QWidget | None = None) -> None:
        super().__init__(desk.shell, f"{KINDS[Document.KALLELSE].label}.docx", parent=parent)
        self._desk = desk
        self._document = Document.KALLELSE
        self._running = False
        self._stale = True
        self._item_id = ""
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.timeout.connect(self._draw)
        self.pages.pressed_at.connect(self._pressed)
        self._say(WORKING)
        desk.changed.connect(self._note_change)

    def show_document(self, document: Document) -> None:
        """Which document to show."""
        if document is not self._document:
            self._document = document
            self._name.setText(f"{KINDS[document].label}.docx")
            self.model.show((), ())
            self._stale = True
            self._soon(0)

    def set_item(self, item_id: str) -> None:
        """Mark an item on the pages and bring it into view."""
        self._item_id = item_id
        index = self.model.set_item(item_id)
        mark = self.model.mark_on(index.row()) if index.isValid() else None
        if mark is not None:
            rect = self.pages.visualRect(index)
            bar = self.pages.verticalScrollBar()
            top = bar.value() + rect.top() + round(rect.height() * mark[0])
            bottom = bar.value() + rect.top() + round(rect.height() * mark[1])
            if top < bar.value() or bottom > bar.value() + self.pages.viewport().height():
                bar.setValue(top - current_theme().px(60))

    def close_pane(self) -> None:
        """No more drawings."""
        super().close_pane()
        self._idle.stop()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._soon(60)

    def _note_change(self) -> None:
        self._stale = True
        self._soon(IDLE_MS)

    def _soon(self, wait: int) -> None:
        if self.isVisible() and not self._closed:
            self._idle.start(wait)

    def _draw(self) -> None:
        if self._running or self._closed or not self._stale:
            return
        if not previews_are_wanted():
            self._say(NO_PAGES, can_open=True)
            return
        self._running, self._stale = True, False
        desk = self._desk
        values = (
            self._document, desk.association, desk.meetings, desk.stored, desk.session.workspace.file, desk.today,
        )  # fmt: skip
        self._shell.jobs.run(
            _Making(self._shell.press, values, self.pages.seen_pages(), self._printed is None),
            label=f"Visar sidorna i {KINDS[self._document].label}.docx",
            on_done=self._drawn,
            on_error=self._not_drawn,
            cancel=False,
        )

    def _drawn(self, made: object) -> None:
        self._running = False
        if self._closed or not isValid(self):
            return
        if self._stale:
            self._soon(0)
        assert isinstance(made, tuple)
        document, printed = made
        if document is self._document:
            self._show_printed(printed, self._desk.meeting.items)
            self.set_item(self._item_id)
            if printed.provisional:
                self._note_change()

    def _not_drawn(self, error: Exception) -> None:
        self._running = False
        if not self._closed and isValid(self):
            self._say_fault(error)

    def _pressed(self, page: int, share: float) -> None:
        item_id = self.model.item_at(page, share)
        if item_id:
            self.item_wanted.emit(item_id)


class _Making:
    """The work as a value: called in the background with the job's progress."""

    def __init__(
        self, press: PagePress, values: tuple[object, ...], seen: tuple[int, int], at_once: bool
    ) -> None:
        self._press, self._values, self._seen, self._at_once = press, values, seen, at_once

    def __call__(self, progress: Progress) -> tuple[object, Printed]:
        return self._values[0], self._press.document(
            self._values, self._seen, progress, at_once=self._at_once
        )
