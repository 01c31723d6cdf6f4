"""A real window, and a mötespaket that is made, worked in and sent back beside it, for the tests of its views."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication

from finsam_desktop import app
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.parcel_values import Receiver
from finsam_desktop.parcels import received
from finsam_desktop.settings import SettingsStore
from finsam_desktop.workspace import Workspace
from tests.parcel_meeting import association, meeting
from tests.ui.waiting import rest, wait

NOW = dt.datetime(2026, 11, 2, 9, 0)
CHAIR = Receiver(name="Maria Ekvall", person_id="Maria Ekvall")


class ParcelCase:
    """The secretary's file is open in the window; ``sent`` is a mötespaket of its meeting."""

    def __init__(self, folder: Path, *, password: str | None = None) -> None:
        qt = QApplication.instance()
        assert isinstance(qt, QApplication)
        self.folder = folder
        self.copies = folder / "kopior"
        settings = SettingsStore(folder / "settings.toml")
        settings.change(user_name="Sara Lindmark")
        self.application = app.build(qt, settings, clock=lambda: NOW, remember_geometry=False)
        self.window, self.session = self.application.window, self.application.session
        self.file = folder / "sjobygden.finsam"
        assert self.session.create(self.file, association())
        assert self.session.change("Nytt sammanträde", None, meeting())
        self.password = password
        self.sent = folder / "mejlat" / "2026-10-29 Till Maria Ekvall.motespaket"
        self.sent.parent.mkdir()
        received.make_parcel(
            self.session.workspace,
            "mote",
            self.sent,
            receiver=CHAIR,
            password=password,
            note="Se § 62.",
            at=NOW,
        )
        self.window.resize(1440, 900)
        self.window.show()

    @property
    def meeting(self) -> Meeting:
        """The meeting in the file that is open."""
        return self.session.meeting("mote")

    def answer(self, *changes: Callable[[Meeting], Meeting], approve: bool = False) -> Path:
        """The mötespaket as it comes back after the chair's changes."""
        user = "Maria Ekvall"
        copy = received.unpack(self.sent, self.password, user=user, folder=self.folder / "annan dator")
        out = self.sent.with_name("2026-10-29 Från Maria Ekvall.motespaket")
        with Workspace.open(copy, user=user) as workspace:
            for change in changes:
                before = workspace.meeting("mote")
                workspace.change("Ändra", before, change(before))
            if approve:
                before, after, label = received.approve(workspace, NOW)
                workspace.change(label, before, after)
            received.send_back(workspace, out, password=self.password, at=NOW)
        return out

    def rest(self) -> None:
        """Wait until nothing goes on in the background."""
        wait(15)
        rest(self.window)

    def notice(self) -> str:
        """What the strip says."""
        notice = self.window.strip.notice
        return notice.text if notice is not None else ""

    def close(self) -> None:
        self.window.close()
        self.window.deleteLater()
        wait(0)
