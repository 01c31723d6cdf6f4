"""A real window with a real file and a meeting of the mock-up's size, for the tests of the meeting page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QApplication

from finsam_desktop import app, demo
from finsam_desktop.domain.attendance import Attendance
from finsam_desktop.domain.decisions import Decision
from finsam_desktop.domain.meeting import Meeting, MeetingState
from finsam_desktop.settings import SettingsStore
from finsam_desktop.ui.main_window import MainWindow
from finsam_desktop.ui.session import Session
from finsam_desktop.ui.views.meeting.page import MeetingPage
from finsam_desktop.ui.views.meeting.place import MeetingView
from tests.ui.waiting import rest, wait

NOW = datetime(2026, 10, 19, 10, 42)
MEETING = "2026-10-29"


def draft(meeting: Meeting) -> Meeting:
    """The meeting as it was before anything happened: no decisions, no presence, no frozen numbers."""
    return replace(
        meeting,
        state=MeetingState.DRAFT,
        adjusted_on=None,
        sent_for_adjustment=None,
        signatures=(),
        public_notices=(),
        attendance=Attendance(),
        opened_at=None,
        closed_at=None,
        frozen_paragraphs=(),
        frozen_attachments=(),
        items=tuple(replace(item, decision=Decision()) for item in meeting.items),
    )


class MeetingCase:
    """The parts a test needs."""

    def __init__(self, folder: Path, change: Callable[[Meeting], Meeting] = draft) -> None:
        qt = QApplication.instance()
        assert isinstance(qt, QApplication)
        self.application = app.build(qt, SettingsStore(folder / "settings.toml"))
        self.window: MainWindow = self.application.window
        self.session: Session = self.application.session
        self.session._clock = lambda: NOW
        self.folder = folder
        known = replace(demo.association(demo.INVENTED), phrases=())
        assert self.session.create(folder / "exempelbygden.finsam", known)
        self.session.workspace._clock = lambda: NOW
        meeting = change(demo._meeting(demo.INVENTED, MEETING))
        assert self.session.change("Nytt sammanträde", None, meeting)
        self.window.resize(1440, 900)
        self.window.show()
        self.window.go("meeting", MEETING)

    @property
    def view(self) -> MeetingView:
        view = self.window.current_view()
        assert isinstance(view, MeetingView)
        return view

    @property
    def page(self) -> MeetingPage:
        assert self.view.page is not None
        return self.view.page

    @property
    def meeting(self) -> Meeting:
        return self.session.meeting(MEETING)

    def titles(self) -> list[str]:
        return [item.title for item in self.meeting.items]

    def page_count(self) -> int:
        """How many pages are alive in the window."""
        return len(self.window.findChildren(MeetingPage))

    def notice(self) -> str:
        """What the strip says."""
        notice = self.window.strip.notice
        return notice.text if notice is not None else ""

    def press_notice(self) -> None:
        """Press the strip's button."""
        self.window.strip._act()

    def rest(self) -> None:
        """Wait until nothing goes on in the background."""
        rest(self.window)

    def close(self) -> None:
        self.window.close()
        self.window.deleteLater()
        wait(0)
