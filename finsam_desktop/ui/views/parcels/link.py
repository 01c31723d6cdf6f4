"""The way from a step of a meeting to where a mötespaket of it is made."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from finsam_desktop.ui.views.meeting.open_meeting import OpenMeeting
from finsam_desktop.ui.widgets.buttons import link_button
from finsam_desktop.ui.widgets.surfaces import Label


class ParcelLink(QWidget):
    """A link with a line about what it is for."""

    def __init__(self, desk: OpenMeeting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.link = link_button("Skapa mötespaket", "package")
        self.link.clicked.connect(self._go)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.link, 0, Qt.AlignmentFlag.AlignTop)
        words = "Till ordföranden eller en justerare, som en fil att mejla"
        row.addWidget(Label(words, "meta", "text2", wrap=True), 1, Qt.AlignmentFlag.AlignVCenter)
        self.link.setAccessibleDescription(words)

    def _go(self) -> None:
        self._desk.shell.go("parcel_make", self._desk.meeting_id)
