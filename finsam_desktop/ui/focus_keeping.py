"""Where the focus goes when what has it is switched off or taken away while the user waits.

Qt goes to the next in line, which is outside the view when a button stood last: to the button that undoes. Whoever
then presses Enter once more has undone something. The view keeps the focus, and gives it back with the button.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid


class FocusKeeping(QObject):
    """Watches one window. ``view`` gives what it shows now."""

    def __init__(self, window: QWidget, view: Callable[[], QWidget | None]) -> None:
        super().__init__(window)
        self._window, self._view = window, view
        self._waiting: QWidget | None = None
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._moved)

    def _moved(self, old: QWidget | None, new: QWidget | None) -> None:
        view = self._view()
        if old is None or new is None or view is None or not isValid(old) or not view.isVisible():
            return
        usable = old.isEnabled() and not old.isHidden()
        if usable or not view.isAncestorOf(old) or not self._window.isAncestorOf(new):
            return
        if new is view or view.isAncestorOf(new):
            return
        self._forget()
        self._waiting = old
        old.installEventFilter(self)
        view.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        button = self._waiting
        if event.type() is QEvent.Type.EnabledChange and watched is button and button and button.isEnabled():
            self._forget()
            if QApplication.focusWidget() is self._view():
                button.setFocus()
        return False

    def _forget(self) -> None:
        if self._waiting is not None and isValid(self._waiting):
            self._waiting.removeEventFilter(self)
        self._waiting = None
