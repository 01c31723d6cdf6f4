"""Work for a part of the window that is done while it is seen, or when it is seen again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget


class WhenSeen(QObject):
    """Shows values anew for a widget: at once where it is seen, else when it is.

    Every step of a meeting hears of every key that records something. Only the one at hand has to answer; the others
    would take their time from it. The widget calls ``now`` when it is shown and before it goes to a place in what it
    shows. Fields report only what has been typed since they were filled, so that old values in a hidden one are never
    taken in.
    """

    def __init__(self, widget: QWidget, show_values: Callable[[], None]) -> None:
        super().__init__(widget)
        self._widget, self._show_values = widget, show_values
        self._waits = False

    def changed(self) -> None:
        """The values are others."""
        self._waits = True
        if self._widget.isVisible() or not self._widget.window().isVisible():
            self.now()

    def later(self) -> None:
        """Nothing has been shown yet; ``now`` is called when it is to be."""
        self._waits = True

    def now(self) -> None:
        """Show what has changed since the widget was seen, if anything has."""
        if self._waits:
            self._waits = False
            self._show_values()
