"""Typed fields: date, time and number as Swedes write them, with a clear word when the text cannot be read.

Each has `value()` (None when empty or unreadable), `set_value`, `fault()` (the sentence to show, or "") and
`changed(object)`, sent once when a new readable value has been entered.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QStyle, QStyleOptionComboBox, QWidget

_COMBO, _WORDS = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
_ELIDE = Qt.TextElideMode.ElideRight

_MONTHS = ("januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober",
           "november", "december")  # fmt: skip

T = TypeVar("T")


def read_date(text: str, today: dt.date) -> dt.date | None:
    """A date from `2026-10-29`, `20261029`, `29/10`, `29.10.2026`, `29 oktober` or `29 okt 2026`.

    Without a year the year nearest ahead is meant: up to two months back counts as this year. None if unreadable.
    """
    text = re.sub(r"^(mån|tis|ons|tors?|fre|lör|sön)(dag)?(en)?\s+", "", text.strip().lower())
    if found := re.fullmatch(r"(\d{4})-?(\d{2})-?(\d{2})", text):
        return _date(int(found[1]), int(found[2]), int(found[3]))
    if found := re.fullmatch(r"(\d{1,2})[/.](\d{1,2})\.?(?:[/.\s]*(\d{4}))?", text):
        return _with_year(found[3], int(found[2]), int(found[1]), today)
    if found := re.fullmatch(r"(\d{1,2})\s*([a-zåäö]+)\.?(?:\s+(\d{4}))?", text):
        months = [number for number, name in enumerate(_MONTHS, 1) if name.startswith(found[2][:3])]
        full = [m for m in months if _MONTHS[m - 1].startswith(found[2])]
        if len(found[2]) >= 3 and len(full) == 1:
            return _with_year(found[3], full[0], int(found[1]), today)
    return None


def _with_year(year: str | None, month: int, day: int, today: dt.date) -> dt.date | None:
    if year:
        return _date(int(year), month, day)
    this_year = _date(today.year, month, day)
    if this_year is None or (today - this_year).days > 60:
        return _date(today.year + 1, month, day)
    return this_year


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def read_time(text: str) -> dt.time | None:
    """A time from `08.30`, `8:30`, `0830`, `830` or `8`; None if unreadable."""
    found = re.fullmatch(r"(?:kl\.?\s*)?(\d{1,2})(?:[.:]?(\d{2}))?", text.strip().lower())
    if not found:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    return dt.time(hour, minute) if hour < 24 and minute < 60 else None


class _ValueField(QLineEdit, Generic[T]):
    """A line of text that stands for a value."""

    changed = Signal(object)

    def __init__(self, value: T | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value: T | None = None
        self.set_value(value)
        self.editingFinished.connect(self._take)

    def _read(self, text: str) -> T | None:
        raise TypeError("a value field says how its text is read")

    def _write(self, value: T) -> str:
        return str(value)

    def _complaint(self) -> str:
        return ""

    def value(self) -> T | None:
        """The value written, or None when the field is empty or cannot be read."""
        return self._read(self.text()) if self.text().strip() else None

    def set_value(self, value: T | None) -> None:
        """Show a value without reporting it."""
        self._value = value
        self.setText("" if value is None else self._write(value))

    def fault(self) -> str:
        """Why the text cannot be read, and how to write it; empty when all is well."""
        return self._complaint() if self.text().strip() and self.value() is None else ""

    def _take(self) -> None:
        value = self.value()
        if self.fault() or value == self._value:
            return
        self._value = value
        self.setText("" if value is None else self._write(value))
        self.changed.emit(value)


class DateField(_ValueField[dt.date]):
    """A date, shown as `2026-10-29`. Without a year the nearest one ahead is meant, from `today`."""

    def __init__(
        self, value: dt.date | None = None, *, today: dt.date | None = None, parent: QWidget | None = None
    ) -> None:
        self._today = today or dt.date.today()
        super().__init__(value, parent)
        self.setPlaceholderText("ÅÅÅÅ-MM-DD")

    def _read(self, text: str) -> dt.date | None:
        return read_date(text, self._today)

    def _write(self, value: dt.date) -> str:
        return value.isoformat()

    def _complaint(self) -> str:
        return f"”{self.text().strip()}” går inte att läsa som datum. Skriv till exempel 2026-10-29 eller 29 oktober."


class TimeField(_ValueField[dt.time]):
    """A time of day, shown as `08.30`."""

    def __init__(self, value: dt.time | None = None, parent: QWidget | None = None) -> None:
        super().__init__(value, parent)
        self.setPlaceholderText("00.00")

    def _read(self, text: str) -> dt.time | None:
        return read_time(text)

    def _write(self, value: dt.time) -> str:
        return f"{value:%H.%M}"

    def _complaint(self) -> str:
        return f"”{self.text().strip()}” går inte att läsa som klockslag. Skriv till exempel 08.30."


class CountField(_ValueField[int]):
    """A whole number within limits, with an optional unit: `15 min`."""

    def __init__(
        self,
        value: int | None = None,
        *,
        least: int = 0,
        most: int = 999,
        unit: str = "",
        parent: QWidget | None = None,
    ) -> None:
        self._least, self._most, self._unit = least, most, unit
        super().__init__(value, parent)

    def _read(self, text: str) -> int | None:
        found = re.fullmatch(r"(\d{1,6})\s*[a-zåäö.]*", text.strip().lower())
        number = int(found[1]) if found else None
        return number if number is not None and self._least <= number <= self._most else None

    def _write(self, value: int) -> str:
        return f"{value}\u00a0{self._unit}" if self._unit else str(value)

    def _complaint(self) -> str:
        return f"Skriv ett helt tal mellan {self._least} och {self._most}."


class ChoiceField(QComboBox):
    """A choice between few. Each choice has a value; the wheel scrolls the page and never the choice."""

    chosen = Signal(object)

    def __init__(
        self,
        choices: tuple[tuple[object, str], ...] = (),
        *,
        editable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setEditable(editable)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self._values: list[object] = []
        # Where the field is too narrow for the words, the tooltip says them.
        self.currentTextChanged.connect(self.setToolTip)
        self.set_choices(choices)
        self.activated.connect(self._report)

    def set_choices(self, choices: tuple[tuple[object, str], ...]) -> None:
        """Pairs of value and Swedish text."""
        self.clear()
        self._values = [value for value, _ in choices]
        self.addItems([text for _, text in choices])

    def value(self) -> object:
        """The value chosen; None when nothing is."""
        return self._values[self.currentIndex()] if 0 <= self.currentIndex() < len(self._values) else None

    def set_value(self, value: object) -> None:
        """Show a choice without reporting it; an unknown value shows nothing chosen."""
        self.setCurrentIndex(self._values.index(value) if value in self._values else -1)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def showPopup(self) -> None:
        """Show the choices, all of them where they are few: Qt makes the list two pixels too low when it is opened with
        the mouse, and hides a choice behind an arrow."""
        super().showPopup()
        self._fit_popup()
        QTimer.singleShot(0, self, self._fit_popup)

    def _fit_popup(self) -> None:
        view = self.view()
        popup = view.window()
        if not view.isVisible() or not 0 < self.count() <= self.maxVisibleItems():
            return
        needed = sum(view.sizeHintForRow(row) for row in range(self.count()))
        arrows = [
            part
            for part in popup.children()
            if isinstance(part, QWidget) and part is not view and part.isVisible()
        ]
        wanted = popup.height() - view.height() - sum(arrow.height() for arrow in arrows) + needed
        if view.height() != needed and wanted <= self.screen().availableGeometry().height():
            for arrow in arrows:
                arrow.hide()  # it takes the room that would make it needless
            popup.resize(popup.width(), wanted)
            view.scrollToTop()

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        """Words that have no room end in an ellipsis."""
        super().initStyleOption(option)
        if not self.isEditable():
            room = self.style().subControlRect(_COMBO, option, _WORDS, self).width()
            text = option.currentText  # type: ignore[attr-defined]
            option.currentText = option.fontMetrics.elidedText(text, _ELIDE, room)  # type: ignore[attr-defined]

    def _report(self, index: int) -> None:
        if 0 <= index < len(self._values):
            self.chosen.emit(self._values[index])
