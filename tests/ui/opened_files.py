"""Takes the place of the system's programs and remembers what they were asked to open."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Slot


class Opened(QObject):
    """The files that were to be opened, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.files: list[Path] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.files.append(Path(url.toLocalFile()))
