"""What is done in a coming turn of the event loop, so that what is asked for now is shown first."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


class NextTurn(QTimer):
    """Calls ``do`` once in a coming turn, however often it is started before that. Ends with its parent.

    Keys are answered in between. By then the file may be closed or the part hidden: ``do`` has to look.
    """

    def __init__(self, parent: QObject, do: Callable[[], object]) -> None:
        super().__init__(parent)
        self.setSingleShot(True)
        self.setInterval(0)
        self.timeout.connect(do)
