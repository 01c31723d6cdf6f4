"""The status bar: saved at · findings · next deadline · background work."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from finsam_desktop.ui.jobs import Jobs
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.view import Status
from finsam_desktop.ui.widgets.progress import ProgressArea
from finsam_desktop.ui.widgets.surfaces import HairLine, IconLabel, Label, Pane


def findings_in_words(must_mend: int, consider: int) -> str:
    """ "2 att åtgärda, 4 att överväga"; empty when there is nothing."""
    parts = []
    if must_mend:
        parts.append(f"{must_mend} att åtgärda")
    if consider:
        parts.append(f"{consider} att överväga")
    return ", ".join(parts)


class StatusBar(Pane):
    """`findings_pressed()` when the user clicks the count of findings."""

    findings_pressed = Signal()

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__("window", "top", parent)
        theme = current_theme()
        self._saved = IconLabel("check", "")
        self._saved.set_look("check", "text2")
        self._findings = _Pressable("triangle-alert", "", "meta_strong", "warn")
        self._findings.pressed.connect(self.findings_pressed)
        self._deadline = IconLabel("clock", "")
        self._lines = (HairLine("line2", vertical=True), HairLine("line2", vertical=True))
        self._note = Label("", "meta", "text2")
        self.progress = ProgressArea(jobs)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(16), theme.px(6), theme.px(14), theme.px(5))
        row.setSpacing(theme.px(16))
        for widget in (self._saved, self._lines[0], self._findings, self._lines[1], self._deadline):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self._note)
        row.addWidget(self.progress)
        self.setMinimumHeight(theme.px(29))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._is_open = False
        self.show_closed("")

    def show_closed(self, note: str) -> None:
        """No file is open."""
        self._is_open = False
        self._saved.set_text("Ingen fil öppen")
        self._saved.set_look("info", "text2")
        self._show(Status(note=note))

    def show_saved(self, saved_at: dt.datetime | None, *, read_only: bool = False) -> None:
        """When the latest change was written to the file."""
        self._is_open = True
        if read_only:
            self._saved.set_text("Öppnad för läsning")
            self._saved.set_look("lock", "text2")
        else:
            self._saved.set_text(f"Sparat {saved_at:%H.%M}" if saved_at else "Sparat")
            self._saved.set_look("check", "text2")

    def show_status(self, status: Status | None) -> None:
        """Findings and next deadline; None clears them."""
        self._show(status or Status())

    def _show(self, status: Status) -> None:
        words = findings_in_words(status.must_mend, status.consider)
        self._findings.set_text(words)
        self._findings.setAccessibleName(words)
        self._findings.setVisible(bool(words))
        self._lines[0].setVisible(bool(words))
        self._deadline.set_text(status.deadline)
        self._deadline.setVisible(bool(status.deadline))
        self._lines[1].setVisible(bool(status.deadline))
        self._note.setText(status.note)
        self._note.setVisible(bool(status.note))


class _Pressable(IconLabel):
    pressed = Signal()

    def __init__(self, icon: str, text: str, font: object, color: object) -> None:
        super().__init__(icon, text, font, "text")  # type: ignore[arg-type]
        self._icon.set_look(icon, color)  # type: ignore[arg-type]
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit()
