"""The stage of mötesläge: one item in large type, readable across a room. It takes the keys of the meeting."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from finsam_desktop.ui.actions import LETTERS
from finsam_desktop.ui.models.live_facts import LiveFacts
from finsam_desktop.ui.theme import FontRole, Role, current_theme
from finsam_desktop.ui.views.page import TallGround
from finsam_desktop.ui.widgets.surfaces import HairLine, Label

SIZES = (1.0, 1.25, 1.5, 1.8, 2.2, 2.7)
"""Steps of size, times the size of text in force."""
USUAL = 2
_WIDEST = 1180


class LargeLabel(Label):
    """A label in a multiple of its font."""

    def __init__(
        self, font: FontRole, color: Role = "text", *, factor: float = 1.0, parent: QWidget | None = None
    ) -> None:
        self._factor = factor
        super().__init__("", font, color, wrap=True, parent=parent)

    def set_factor(self, factor: float) -> None:
        """Show the text so many times larger than usual."""
        self._factor = factor
        self._apply_theme()

    def _apply_theme(self) -> None:
        super()._apply_theme()
        font = QFont(current_theme().font(self._font_role))
        font.setPointSizeF(font.pointSizeF() * self._factor)
        self.setFont(font)
        self.updateGeometry()


class LiveStage(QScrollArea):
    """Shows one item. ``stepped(±1)``: another item; ``person_stepped(±1)``: another person; ``letter(str)``."""

    stepped = Signal(int)
    jumped = Signal(int)
    person_stepped = Signal(int)
    letter = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = current_theme()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Ärendet")
        self._number = LargeLabel("section", "text2")
        self._title = LargeLabel("display")
        self._meta = LargeLabel("body", "text2")
        self._lead_head = LargeLabel("label", "text2")
        self._clauses = LargeLabel("body")
        self._attachments_head = LargeLabel("label", "text2")
        self._attachments = LargeLabel("body")
        self._recorded_head = LargeLabel("label", "text2")
        self._recorded = LargeLabel("body_strong", "accent")
        self._pause = LargeLabel("section", "warn")
        self._labels = (
            self._number, self._title, self._meta, self._pause, self._lead_head, self._clauses,
            self._attachments_head, self._attachments, self._recorded_head, self._recorded,
        )  # fmt: skip
        self._line = HairLine("line2")
        self._step, self._scale = USUAL, 1.0
        ground = TallGround("base")
        outer = QVBoxLayout(ground)
        outer.setContentsMargins(0, 0, 0, 0)
        self._box = box = QWidget()
        box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(box)
        column.setContentsMargins(theme.px(48), theme.px(36), theme.px(48), theme.px(32))
        column.setSpacing(theme.px(8))
        for part in self._labels:
            if part in (self._lead_head, self._attachments_head, self._recorded_head):
                column.addSpacing(theme.px(14))
            column.addWidget(part)
            if part is self._meta:
                column.addSpacing(theme.px(8))
                column.addWidget(self._line)
        column.addStretch(1)
        outer.addWidget(box)
        self.setWidget(ground)
        self.set_size(USUAL)

    def set_size(self, step: int) -> None:
        """One of `SIZES`."""
        self._step = step
        self._resize_texts()

    def set_scale(self, scale: float) -> None:
        """Everything so many times larger, for a screen that is larger than a window."""
        self._scale = scale
        self._resize_texts()

    def _resize_texts(self) -> None:
        self._box.setMaximumWidth(round(current_theme().px(_WIDEST) * self._scale))
        for label in self._labels:
            label.set_factor(SIZES[self._step] * self._scale)

    def show_item(self, facts: LiveFacts | None, pause: str = "") -> None:
        """Show an item; ``pause`` says that the meeting is adjourned."""
        for label in self._labels:
            label.setText("")
        if facts is not None:
            self._number.setText("  ·  ".join(p for p in (f"Ärende {facts.number}", facts.section) if p))
            self._title.setText(facts.title)
            self._meta.setText("  ·  ".join(part for part in (facts.kind, facts.presenter) if part))
            if facts.clauses:
                self._lead_head.setText("Förslag till beslut")
                self._clauses.setText("\n".join((facts.lead, *facts.clauses)))
            if facts.attachments:
                self._attachments_head.setText("Bilagor")
                self._attachments.setText("\n".join(facts.attachments))
            if facts.recorded:
                self._recorded_head.setText("Antecknat")
                self._recorded.setText(facts.recorded)
        self._pause.setText(pause)
        for label in self._labels:
            label.setVisible(bool(label.text()))
        self.setAccessibleDescription(" ".join((facts.spoken() if facts is not None else "", pause)).strip())

    def texts(self) -> tuple[str, ...]:
        """What is seen, from the top."""
        return tuple(label.text() for label in self._labels if label.text())

    def scroll_to_top(self) -> None:
        self.verticalScrollBar().setValue(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = event.key(), not event.modifiers() & ~_HARMLESS
        letter = " " if key == Qt.Key.Key_Space else event.text().upper()
        if plain and key in _STEPS:
            self.stepped.emit(_STEPS[Qt.Key(key)])
        elif plain and key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.jumped.emit(-1 if key == Qt.Key.Key_Home else 1)
        elif plain and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.person_stepped.emit(-1 if key == Qt.Key.Key_Up else 1)
        elif plain and key == Qt.Key.Key_Escape:
            self.left.emit()
        elif plain and letter and letter in LETTERS:
            self.letter.emit(letter)
        else:
            super().keyPressEvent(event)


_HARMLESS = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
_STEPS = {
    Qt.Key.Key_Left: -1, Qt.Key.Key_PageUp: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_PageDown: 1,
}  # fmt: skip
