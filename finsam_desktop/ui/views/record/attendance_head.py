"""Over and under the grid of presence: when the meeting opened and closed, and what lack of quorum means."""

from __future__ import annotations

from datetime import time

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.meeting.open_meeting import OpenMeeting
from finsam_desktop.ui.widgets.buttons import link_button, secondary_button
from finsam_desktop.ui.widgets.fields import TimeField
from finsam_desktop.ui.widgets.surfaces import IconLabel, Label, Pane


class AttendanceHead(Pane):
    """How presence is filled in, when the meeting was opened and closed, and the papers to write on by hand."""

    print_wanted = Signal()
    live_wanted = Signal()

    def __init__(self, desk: OpenMeeting, parent: QWidget | None = None) -> None:
        super().__init__("base", "bottom", parent)
        theme = current_theme()
        self._desk = desk
        self._hint = Label("Alla är närvarande tills du anger något annat", "body", "text2", wrap=True)
        self.opened_at, self.closed_at = TimeField(), TimeField()
        self.print_button = secondary_button("Skriv ut för hand", "printer")
        self.print_button.setToolTip("Ett papper per förslag, att anteckna på vid mötet")
        self.live_button = secondary_button("Mötesläge", "presentation")
        self.live_button.setToolTip("Ett ärende i taget, i stor text (Ctrl+Skift+P)")
        self.setMinimumHeight(theme.px(45))
        self._facts, self._buttons = QWidget(), QWidget()
        facts, buttons = QHBoxLayout(self._facts), QHBoxLayout(self._buttons)
        facts.addWidget(self._hint, 1)
        for text, field in (("Öppnades", self.opened_at), ("Avslutades", self.closed_at)):
            label = Label(text, "label", "text2")
            label.setBuddy(field)
            field.setAccessibleName(f"Mötet {text.lower()}")
            field.setFixedWidth(theme.px(64))
            facts.addWidget(label)
            facts.addWidget(field)
        buttons.addWidget(self.print_button)
        buttons.addWidget(self.live_button)
        buttons.addStretch(1)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(theme.px(16), theme.px(5), theme.px(12), theme.px(6))
        self._line.addWidget(self._facts, 1)
        self._line.addWidget(self._buttons)
        for line in (facts, buttons, self._line):
            line.setSpacing(theme.px(8))
        for line in (facts, buttons):
            line.setContentsMargins(0, 0, 0, 0)
        # Whoever has got a mötespaket corrects what was recorded; the meeting is over.
        self._buttons.setVisible(desk.association.parcel is None)
        self.live_button.clicked.connect(self.live_wanted)
        self.opened_at.setToolTip("Ctrl+Skift+O skriver klockan, eller den tid som planerats")
        self.closed_at.setToolTip("Ctrl+Skift+A skriver klockan, eller den tid som planerats")
        self.opened_at.changed.connect(self._opened_changed)
        self.closed_at.changed.connect(self._closed_changed)
        self.print_button.clicked.connect(self.print_wanted)
        self.refresh()

    def set_short(self, short: bool) -> None:
        """Without the sentence, where there is no room for it."""
        self._hint.setText("" if short else "Alla är närvarande tills du anger något annat")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The buttons go below where the line would be too short for its words."""
        super().resizeEvent(event)
        buttons = self._buttons.minimumSizeHint().width() if self._buttons.isVisibleTo(self) else 0
        needed = self._facts.minimumSizeHint().width() + buttons
        margins = self._line.contentsMargins()
        room = self.width() - margins.left() - margins.right() - self._line.spacing()
        ways = QBoxLayout.Direction
        self._line.setDirection(ways.LeftToRight if needed <= room else ways.TopToBottom)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the wider of the two parts."""
        hint = super().minimumSizeHint()
        buttons = self._buttons.minimumSizeHint().width() if self._buttons.isVisibleTo(self) else 0
        widest = max(self._facts.minimumSizeHint().width(), buttons)
        margins = self._line.contentsMargins()
        return QSize(widest + margins.left() + margins.right(), hint.height())

    def focus_time(self, field: str) -> None:
        """Ask for a time that nobody knows."""
        (self.opened_at if field == "opened_at" else self.closed_at).setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Show what the meeting holds."""
        meeting = self._desk.meeting
        for field, value in ((self.opened_at, meeting.opened_at), (self.closed_at, meeting.closed_at)):
            if not (field.hasFocus() and field.isModified()):
                field.set_value(value)
            field.setReadOnly(self._desk.locked)

    def flush(self) -> None:
        """Take in what is written but not yet left."""
        for field in (self.opened_at, self.closed_at):
            if field.isModified():
                field.editingFinished.emit()

    def _opened_changed(self, at: time | None) -> None:
        self._desk.change_fields("Ändra när mötet öppnades", opened_at=at)

    def _closed_changed(self, at: time | None) -> None:
        self._desk.change_fields("Ändra när mötet avslutades", closed_at=at)


class QuorumStrip(Pane):
    """Where too few decide: says so, and offers to end the meeting there. Hidden where the board is quorate."""

    end_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("base", "top", parent)
        theme = current_theme()
        self._text = IconLabel("circle-x", "", "body", "err", wrap=True)
        self.end_button = link_button("Avsluta: inte beslutför")
        self.end_button.setToolTip("Det som återstår utgår, med skälet antecknat. Går att ångra.")
        self.end_button.clicked.connect(self.end_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(16), theme.px(6), theme.px(12), theme.px(6))
        row.setSpacing(theme.px(8))
        row.addWidget(self._text, 1)
        row.addWidget(self.end_button)
        self.hide()

    def show_paragraph(self, paragraph: int, count: int, seats: int, quorate: bool, locked: bool) -> None:
        """Say how it is at a paragraph."""
        self._text.set_text(
            f"§\u00a0{paragraph}: {count} av {seats} beslutande. Styrelsen är inte beslutför. "
            "Du kan ändå anteckna vad som hände (KL 6 kap. 27 §)."
        )
        self.end_button.setVisible(not locked)
        self.setVisible(not quorate and seats > 0)
