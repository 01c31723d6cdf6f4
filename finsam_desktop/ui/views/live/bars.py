"""Over and under the stage of mötesläge: the meeting, quorum and clock; where one is, the time taken, and the keys."""

from __future__ import annotations

from datetime import time

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.widgets.buttons import IconButton, secondary_button
from finsam_desktop.ui.widgets.surfaces import IconLabel, Label, Pane

KEYS = "B enligt förslaget  ·  N noteras  ·  M återremiss  ·  L bordläggs  ·  Y yrkande  ·  V votering"
SHARED_KEYS = "Bara det som får visas syns. Egna anteckningar, namn och sekretess är dolda."


class LiveTop(Pane):
    """The strip over the stage."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("window", "bottom", parent)
        theme = current_theme()
        self._title = Label("", "body_strong")
        self._title.setMinimumWidth(1)
        self._quorum = IconLabel("circle-check", "", "body", "ok")
        self._clock = Label("", "title")
        self._clock.setAccessibleName("Klockan")
        self.shared = secondary_button("Skärmen delas", "presentation")
        self.shared.setCheckable(True)
        self.shared.setToolTip("Visa bara det som får visas (Ctrl+Skift+D)")
        self.for_all = secondary_button("Eget fönster", "external-link")
        self.for_all.setCheckable(True)
        self.for_all.setToolTip("Ett fönster för projektorn, med det alla får se (Ctrl+Skift+E)")
        self.adjourn = secondary_button("Ajournera", "clock")
        self.adjourn.setToolTip("Ctrl+Skift+J")
        self.close_button = IconButton("x", "Stäng mötesläget (Esc)")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(48), theme.px(8), theme.px(12), theme.px(9))
        row.setSpacing(theme.px(12))
        row.addWidget(self._title)
        row.addSpacing(theme.px(8))
        row.addWidget(self._quorum)
        row.addStretch(1)
        row.addWidget(self._clock)
        row.addSpacing(theme.px(8))
        for button in (self.shared, self.for_all, self.adjourn, self.close_button):
            row.addWidget(button)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMinimumHeight(theme.px(52))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The title goes first where all does not fit; it stands in the window's own title too."""
        super().resizeEvent(event)
        parts = (self._quorum, self._clock, self.shared, self.for_all, self.adjourn, self.close_button)
        others = sum(part.sizeHint().width() for part in parts) + current_theme().px(150)
        self._title.setVisible(others + self._title.sizeHint().width() <= self.width())

    def show_meeting(
        self, title: str, quorum: str, quorate: bool, shared: bool, paused_at: time | None
    ) -> None:
        """Show whose meeting it is and how it stands."""
        self._title.setText(title)
        self._quorum.set_look("circle-check" if quorate else "triangle-alert", "ok" if quorate else "warn")
        self._quorum.set_text(quorum)
        self.shared.setChecked(shared)
        self.shared.setText("Sluta dela" if shared else "Skärmen delas")
        self.adjourn.setText("Återuppta" if paused_at is not None else "Ajournera")

    def show_for_all(self, is_open: bool) -> None:
        """Whether the window for all is open."""
        self.for_all.setChecked(is_open)
        self.for_all.setText("Stäng fönstret" if is_open else "Eget fönster")

    def show_clock(self, at: str) -> None:
        if self._clock.text() != at:
            self._clock.setText(at)


class LiveFoot(Pane):
    """The strip under the stage."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("window", "top", parent)
        theme = current_theme()
        self.back = IconButton("chevron-left", "Förra ärendet (vänsterpil)")
        self.on = IconButton("chevron-right", "Nästa ärende (högerpil)")
        self._place = Label("", "label", "text2")
        self._time = Label("", "label", "text2")
        self._hint = Label("", "meta", "text2")
        self._hint.setMinimumWidth(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(40), theme.px(4), theme.px(16), theme.px(5))
        row.setSpacing(theme.px(8))
        for part in (self.back, self._place, self.on):
            row.addWidget(part)
        row.addSpacing(theme.px(12))
        row.addWidget(self._time)
        row.addStretch(1)
        row.addWidget(self._hint)
        self.setMinimumHeight(theme.px(40))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The keys go first where all does not fit; they stand on the page of keys too."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        parts = (self.back, self._place, self.on, self._time)
        others = sum(part.sizeHint().width() for part in parts) + current_theme().px(130)
        self._hint.setVisible(others + self._hint.sizeHint().width() <= self.width())

    def show_place(self, place: int, count: int) -> None:
        """ "5 av 15"."""
        self._place.setText(f"{place} av {count}")
        self.back.setEnabled(place > 1)
        self.on.setEnabled(place < count)

    def show_time(self, words: str, *, over: bool) -> None:
        self._time.setText(words)
        self._time.set_look(color="warn" if over else "text2")

    def show_hint(self, shared: bool, waits: bool) -> None:
        """The keys, or what is to be known first."""
        if shared:
            text = SHARED_KEYS
        elif waits:
            text = "Mötet är inte öppnat. Ctrl+Skift+O öppnar det och startar tiden."
        else:
            text = KEYS
        if self._hint.text() != text:
            self._hint.setText(text)
            self._fit()
