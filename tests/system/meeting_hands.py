"""A secretary at the keyboard: presses keys and types texts into whatever has the focus, and counts both."""

from __future__ import annotations

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.system.heartbeat import Heartbeat

Key, Modifier = Qt.Key, Qt.KeyboardModifier
SEEN_MS = 300
"""Nobody presses a key before what has been opened is seen."""
CTRL_SHIFT = Modifier.ControlModifier | Modifier.ShiftModifier


class Hands:
    """An action is one key, with or without Ctrl and the like, or one text of any length typed without a pause.

    ``diary`` is what was done, one line each; a heartbeat is told of it.
    """

    def __init__(self, window: QWidget, heartbeat: Heartbeat | None = None) -> None:
        self._window = window
        self._heartbeat = heartbeat
        self.diary: list[str] = []
        # A list is searched by letters that come close together: on a busy machine they would come too far apart.
        QApplication.setKeyboardInputInterval(5_000)

    @property
    def actions(self) -> int:
        return len(self.diary)

    def press(self, key: Key, modifiers: Modifier = Modifier.NoModifier, *, times: int = 1) -> None:
        """Press a key; each press is an action."""
        for _ in range(times):
            self._note(f"{modifiers.name or modifiers} {key.name}")
            QTest.keyClick(self._focus(), key, modifiers)
            settle()

    def letters(self, keys: str) -> None:
        """Press keys one after the other, each an action of its own."""
        for sign in keys:
            self._note(f"tangent {sign}")
            self._send(sign)
            settle()

    def write(self, text: str) -> None:
        """Type a text. `QTest.keyClicks` ends the process at å, ä and ö."""
        self._note(f"text {text}")
        for sign in text:
            self._send(sign)
            settle()  # a key comes when the one before it has been seen to

    def _note(self, action: str) -> None:
        self.diary.append(action)
        if self._heartbeat is not None:
            self._heartbeat.begins(action)

    def _send(self, sign: str) -> None:
        code = ord(sign.upper()) if sign.isascii() else 0
        for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
            QApplication.sendEvent(self._focus(), QKeyEvent(kind, code, Modifier.NoModifier, sign))

    def _focus(self) -> QWidget:
        return QApplication.focusWidget() or self._window


def settle(milliseconds: int = 0) -> None:
    """Let the window do what it has been asked."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
