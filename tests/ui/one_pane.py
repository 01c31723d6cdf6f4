"""One pane over a copy of the example, without the rest of the window: for tests of what the pane itself does."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QWidget

from finsam_desktop.settings import SettingsStore
from finsam_desktop.ui.dialog_service import DialogService
from finsam_desktop.ui.jobs import Jobs
from finsam_desktop.ui.session import Session
from finsam_desktop.ui.widgets.notification import Notice
from tests.ui.example_window import TODAY


class _Part(Protocol):
    def refresh(self) -> None: ...


class PaneShell:
    """What a pane asks of the window: the real session and jobs, and a list of what it was told."""

    def __init__(self, file: Path, folder: Path) -> None:
        self.parent = QWidget()
        self.settings = SettingsStore(folder / "settings.toml")
        self.session = Session(self.settings, self.parent, clock=lambda: TODAY)
        self.jobs = Jobs(self.parent)
        self.dialogs = DialogService(self.parent)
        self.notices: list[Notice] = []
        self._part: _Part | None = None
        self.session.changed.connect(self._refresh)
        assert self.session.open(file)

    def show(self, part: QWidget) -> None:
        """Show the pane, and refresh it after every change as the place does."""
        part.setParent(self.parent)
        self._part = part  # type: ignore[assignment]
        self.parent.resize(1200, 900)
        part.resize(1200, 900)
        self.parent.show()

    def notify(self, notice: Notice) -> None:
        self.notices.append(notice)

    def go(self, place: str, target: str = "") -> None:
        raise AssertionError(f"{place} {target} is not here")

    def open_example(self) -> None:
        raise AssertionError("the example is not asked for")

    def close(self) -> None:
        self._part = None
        self.session.close()
        self.parent.close()
        self.parent.deleteLater()

    def _refresh(self, _change: object) -> None:
        if self._part is not None:
            self._part.refresh()
