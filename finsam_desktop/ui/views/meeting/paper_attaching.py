"""A paper made in the background becomes a bilaga of its item; what was changed by hand is asked about."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Signal
from shiboken6 import isValid

from finsam_desktop.documents import Document
from finsam_desktop.documents.kinds import KINDS
from finsam_desktop.errors import UserError
from finsam_desktop.ui.views.meeting.attachment_actions import AttachmentActions
from finsam_desktop.ui.views.meeting.open_meeting import OpenMeeting
from finsam_desktop.ui.widgets.notification import Notice
from finsam_desktop.ui.widgets.states import State

if TYPE_CHECKING:
    from finsam_desktop.paper_attachment import AttachedPaper, MadePaper
    from finsam_desktop.ui.jobs import Progress
    from finsam_desktop.workspace import Workspace


class PaperAttaching(QObject):
    """Makes papers bilagor of one meeting's items. ``done(AttachedPaper)`` after each, whatever came of it."""

    done = Signal(object)

    def __init__(self, desk: OpenMeeting, actions: AttachmentActions, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._actions = desk, actions
        self._running: set[tuple[Document, str]] = set()
        self._last: AttachedPaper | None = None

    def attach(self, document: Document, item_id: str) -> None:
        """Make the paper, and make it the item's bilaga or renew the one there is."""
        wanted = (document, item_id)
        if self._desk.locked or wanted in self._running:
            return
        self._running.add(wanted)
        desk = self._desk
        desk.shell.jobs.run(
            _Making(desk.session.workspace, desk.meeting_id, document, item_id, desk.today),
            label=f"Bifogar {KINDS[document].the[:1].lower()}{KINDS[document].the[1:]}",
            on_done=self._made,
            on_error=_Failed(self, wanted),
            cancel=False,
        )

    def failed(self, wanted: tuple[Document, str], error: Exception) -> None:
        """Tell of a fault; nothing is attached."""
        self._running.discard(wanted)
        if not isinstance(error, UserError):
            raise error
        self._desk.session.failed.emit(error)

    # -- inside ---------------------------------------------------------------------------------------

    def _made(self, answer: object) -> None:
        assert isinstance(answer, tuple)
        wanted, paper = answer
        self._running.discard(wanted)
        if isValid(self):
            self._put(paper)

    def _put(self, paper: MadePaper, *, replace_changed: bool = False) -> None:
        from finsam_desktop.paper_attachment import attached, store

        desk = self._desk
        workspace, meeting = desk.session.workspace, desk.stored
        answer = desk.session.guarded(
            lambda: attached(workspace, meeting, paper, replace_changed=replace_changed)
        )
        if answer is None:
            return
        if answer.meeting is not meeting:
            desk.session.guarded(lambda: store(workspace, meeting.id, paper, answer.attachment))
            if not desk.change_stored(f"Bifoga ”{answer.attachment.title}”", answer.meeting):
                return
        self._last = answer
        self._tell(answer)
        self.done.emit(answer)

    def _tell(self, answer: AttachedPaper) -> None:
        from finsam_desktop.paper_attachment import Attaching

        paper, detail = answer.paper, "\n".join((*answer.paper.warnings, *answer.differences))
        text = answer.sentence
        if answer.state is Attaching.KEPT:
            notice = Notice(
                text=text,
                state=State.CONSIDER,
                detail=detail,
                action="Byt ut bilagan",
                on_action=self._replace,
            )
        elif paper.edited is not None:
            notice = Notice(
                text=f"{text} {paper.edited.name} har ändrats i Word; de ändringarna är inte med i bilagan.",
                state=State.CONSIDER,
                detail=detail,
                action="Bifoga filen från Word",
                on_action=self._attach_edited,
            )
        elif paper.warnings:
            notice = Notice(
                text=f"{text} Att se över: {paper.warnings[0]}", state=State.CONSIDER, detail=detail
            )
        elif answer.state is Attaching.SAME:
            notice = Notice(text=text)
        else:
            notice = Notice(text=text, detail=detail, action="Ångra", on_action=self._undo)
        self._desk.shell.notify(notice)

    def _replace(self) -> None:
        if self._last is not None and isValid(self):
            self._put(self._last.paper, replace_changed=True)

    def _attach_edited(self) -> None:
        if self._last is not None and self._last.paper.edited is not None and isValid(self):
            paper = self._last.paper
            self._actions.attach_paper(
                paper.item_id, self._last.attachment.title, self._last.paper.edited, paper.dated
            )

    def _undo(self) -> None:
        self._desk.session.undo()


class _Making:
    """The work as a value: called in the background."""

    def __init__(
        self, workspace: Workspace, meeting_id: str, document: Document, item_id: str, today: date
    ) -> None:
        self._workspace, self._meeting_id, self._today = workspace, meeting_id, today
        self._wanted = (document, item_id)
        cache = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.CacheLocation)
        # Not the preview's: two LibreOffice at once cannot share a profile.
        self._profile = Path(cache) / "libreoffice-sidor"

    def __call__(self, progress: Progress) -> object:
        from finsam_desktop.documents.page_numbers import measured
        from finsam_desktop.paper_attachment import make_paper

        document, item_id = self._wanted
        made = make_paper(
            self._workspace,
            self._meeting_id,
            document,
            item_id,
            today=self._today,
            measure=partial(measured, profile=self._profile),
        )
        return self._wanted, made


class _Failed:
    """Carries a fault back with the paper it concerns."""

    def __init__(self, attaching: PaperAttaching, wanted: tuple[Document, str]) -> None:
        self._attaching, self._wanted = attaching, wanted

    def __call__(self, error: Exception) -> None:
        self._attaching.failed(self._wanted, error)
