"""Versions of one text side by side, with the words that differ marked; one below the other where it is narrow."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.widgets.changed_text import ChangedText
from finsam_desktop.ui.widgets.surfaces import HairLine, Label

NARROW = 240
"""A column that would be narrower than this stands below the one before instead (in the drawing's pixels)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One side: what it is called, its text, and the text it is compared with (None: shown as it is)."""

    name: str
    text: str
    before: str | None = None


class _Side(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.head = Label("", "label", "text2", wrap=True)
        self.head.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.text = ChangedText()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, current_theme().px(8))
        column.setSpacing(current_theme().px(6))
        column.addWidget(self.head)
        column.addWidget(HairLine("line2"))
        # Not aligned: a layout gives an aligned text the height it would like to have, and not what it needs.
        column.addWidget(self.text)
        column.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def show_version(self, version: Version) -> None:
        self.head.setText(version.name)
        self.text.set_name(version.name)
        if version.before is None:
            self.text.show_text(version.text)
        else:
            self.text.show_change(version.before, version.text)


class SideBySide(QWidget):
    """Two or three versions of a text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sides: list[_Side] = []
        self._shown = 0
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(current_theme().px(24))

    def show_versions(self, versions: tuple[Version, ...]) -> None:
        """Show these from left to right."""
        while len(self._sides) < len(versions):
            side = _Side()
            self._sides.append(side)
            self._row.addWidget(side, 1)
        for place, side in enumerate(self._sides):
            there = place < len(versions)
            side.setVisible(there)
            if there:
                side.show_version(versions[place])
        self._shown = len(versions)
        self._fit()

    def texts(self) -> tuple[ChangedText, ...]:
        """The texts that are shown, for tests."""
        return tuple(side.text for side in self._sides[: self._shown])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        narrow = self.width() < current_theme().px(NARROW) * max(self._shown, 1)
        wanted = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._row.direction() != wanted:
            self._row.setDirection(wanted)
