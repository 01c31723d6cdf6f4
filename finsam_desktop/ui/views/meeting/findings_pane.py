"""Kontroller: what the rules say of the whole meeting or of the item at hand."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from finsam_desktop.ui.models.findings_model import finding_key, finding_rows, finding_state
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.meeting.open_meeting import OpenMeeting
from finsam_desktop.ui.widgets.findings import FindingList
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.steps import Segment

FIXES = {"R21": "Inget förslag läggs", "T15": "Gör till hänvisning"}
"""What can be mended with one press, by rule."""


FEW = 30
"""Up to so many findings are made ready before the pane is shown."""


class FindingsPane(QWidget):
    """The findings. ``place_wanted(item_id, field, title, State)`` when one is chosen, ``fix_wanted`` on its button."""

    place_wanted = Signal(str, str, str, object)
    fix_wanted = Signal(str, str)

    def __init__(self, desk: OpenMeeting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = current_theme()
        self._desk = desk
        self._item_id = ""
        self._stale = False
        self.segment = Segment(("Hela sammanträdet", "Ärendet"), "Vilka fynd")
        self.segment.currentChanged.connect(self.refresh)
        self.list = FindingList()
        self.list.chosen.connect(self._chosen)
        self.list.fix_wanted.connect(self._fix)
        head = QWidget()
        inner = QVBoxLayout(head)
        inner.setContentsMargins(theme.px(16), theme.px(10), theme.px(16), theme.px(2))
        inner.addWidget(self.segment)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.list, 1)
        desk.findings_changed.connect(self.refresh)
        self.refresh()

    def set_item(self, item_id: str) -> None:
        """Which item is at hand."""
        self._item_id = item_id
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._show_now()

    def refresh(self, _index: int = 0) -> None:
        """Show what the rules say now. A long list waits until somebody looks at it: its rows take their time."""
        if self.isVisible() or len(self._desk.findings()) <= FEW:
            self._show_now()
        else:
            self._stale = True

    def _show_now(self) -> None:
        self._stale = False
        meeting, findings = self._desk.meeting, self._desk.findings()
        of_item = finding_rows(meeting, findings, self._item_id, FIXES) if self._item_id else ()
        everything = finding_rows(meeting, findings, fixes=FIXES)
        self.segment.setTabText(0, f"Hela sammanträdet  {len(everything)}")
        number = self._desk.numbers().get(self._item_id, "")
        self.segment.setTabText(1, f"Ärende {number}  {len(of_item)}" if number else "Ärendet")
        self.segment.setTabEnabled(1, bool(number))
        self.list.set_findings(of_item if self.segment.currentIndex() == 1 else everything)

    def step(self, by: int) -> None:
        """Open the next or previous finding."""
        if self._stale:
            self._show_now()
        self.list.step(by)

    def _finding(self, key: str) -> object:
        return next((f for i, f in enumerate(self._desk.findings()) if finding_key(f, i) == key), None)

    def _chosen(self, key: str) -> None:
        finding = self._finding(key)
        if finding is not None:
            place = finding.place  # type: ignore[attr-defined]
            state: State = finding_state(finding)  # type: ignore[arg-type]
            self.place_wanted.emit(place.item_id, place.field, finding.title, state)  # type: ignore[attr-defined]

    def _fix(self, key: str, rule: str) -> None:
        finding = self._finding(key)
        if finding is not None:
            self.fix_wanted.emit(rule, finding.place.item_id)  # type: ignore[attr-defined]
