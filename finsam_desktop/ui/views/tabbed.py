"""A view of a few tabs over the same association, each refreshed when the file changes."""

from __future__ import annotations

from typing import Protocol, cast

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.view import Shell, View
from finsam_desktop.ui.widgets.steps import PaneTabs
from finsam_desktop.ui.widgets.surfaces import Pane


class Part(Protocol):
    """What stands under a tab."""

    def refresh(self) -> None:
        """Show the association as it is."""

    def flush(self) -> None:
        """Take in what is being typed."""


class TabbedView(View):
    """Tabs on top, one part below. A subclass makes its parts and gives them to ``show_parts``."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self._parts: tuple[Part, ...] = ()

    def show_parts(self, name: str, parts: tuple[tuple[str, QWidget], ...]) -> None:
        """Put the parts under their tabs; ``name`` is what a screen reader calls the tabs."""
        theme = current_theme()
        self._parts = tuple(cast(Part, part) for _, part in parts)
        self.tabs = PaneTabs(tuple(title for title, _ in parts), name)
        self.stack = QStackedWidget()
        for _, part in parts:
            self.stack.addWidget(part)
        bar = Pane("base", "bottom")
        row = QVBoxLayout(bar)
        row.setContentsMargins(theme.px(14), 0, 0, 1)
        row.addWidget(self.tabs)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self.stack, 1)
        self.tabs.currentChanged.connect(self._show_tab)
        self.shell.session.changed.connect(self._refresh)
        self.shell.session.opened.connect(self._refresh)
        self._refresh()

    def panes(self) -> tuple[QWidget, ...]:
        return (self.tabs, self.stack)

    def topic(self) -> str:
        return self.tabs.tabText(self.tabs.currentIndex())

    def flush(self) -> None:
        for part in self._parts:
            part.flush()

    def _show_tab(self, index: int) -> None:
        self.flush()
        self.stack.setCurrentIndex(index)

    def _refresh(self, _change: object = None) -> None:
        if not self.shell.session.is_open:
            return
        for part in self._parts:
            part.refresh()
        self.head_changed.emit()
