"""A view of a few tabs over the same association, each refreshed when the file changes."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Protocol, TypeVar, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from finsam_desktop import import_order
from finsam_desktop.ui.next_turn import NextTurn
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.view import Shell, View
from finsam_desktop.ui.views.when_seen import WhenSeen
from finsam_desktop.ui.widgets.steps import PaneTabs
from finsam_desktop.ui.widgets.surfaces import Pane


class Part(Protocol):
    """What stands under a tab."""

    def refresh(self) -> None:
        """Show the association as it is."""

    def flush(self) -> None:
        """Take in what is being typed."""


P = TypeVar("P", bound=QWidget)


class LaterPart(QWidget):
    """A part that is made when its tab has been shown, so that the place opens and the tab changes at once.

    ``module`` is what ``make_part`` imports; it is loaded first, by itself. While another tab is shown the part keeps
    what it shows; it is refreshed when it is seen or asked for. ``head_changed()`` as the part's, and when it has
    been made.
    """

    head_changed = Signal()

    def __init__(self, make_part: Callable[[], QWidget], module: str = "") -> None:
        super().__init__()
        self._make = make_part
        self._module = module
        self._stale = False
        self._waiting: QWidget | None = None
        self.part: QWidget | None = None
        self._turn = NextTurn(self, self._load)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    @property
    def there(self) -> QWidget | None:
        """The part from the turn it is made in, one before it is shown: what it is told then must not be lost."""
        return self.part or self._waiting

    def made(self) -> QWidget:
        """The part, made and refreshed now if it was not."""
        if self.part is None:
            self.part = self.there or self._make()
            self._stale = self._stale and self._waiting is not None
            self._waiting = None
            self._column.addWidget(self.part)
            self.part.show()
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.setFocusProxy(self.part)
            if hasattr(self.part, "head_changed"):
                self.part.head_changed.connect(self.head_changed)
            self.head_changed.emit()
        self._show_changes()
        return self.part

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.part is None:
            self._turn.start()
        elif self._stale:
            self._show_changes()
            self.head_changed.emit()

    def _load(self) -> None:
        """A turn of the event loop each for loading, making and showing: keys are answered in between."""
        if not self.isVisible() or self.part is not None:
            return  # another tab was chosen meanwhile, or somebody could not wait
        if self._module and self._module not in sys.modules:
            import_order.load(self._module)
        elif self._waiting is None:
            self._waiting = self._make()
            self._stale = False
        else:
            self.made()
            return
        self._turn.start()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tab was quicker than the making: the focus goes on to what Tab would have come to."""
        super().focusInEvent(event)
        if self.part is None:
            self.made()
            self.focusNextPrevChild(event.reason() is not Qt.FocusReason.BacktabFocusReason)

    def refresh(self) -> None:
        """Show the association as it is, when there is a part to show it."""
        self._stale = True
        if self.isVisible() or not self.window().isVisible():
            self._show_changes()

    def _show_changes(self) -> None:
        if self._stale and self.part is not None and hasattr(self.part, "refresh"):
            self._stale = False
            self.part.refresh()

    def flush(self) -> None:
        """Take in what is being typed."""
        if self.part is not None and hasattr(self.part, "flush"):
            self.part.flush()


class TabbedView(View):
    """Tabs on top, one part below. A subclass makes its parts and gives them to ``show_parts``; a ``LaterPart``
    is made when it has first been shown, or when it is asked for."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self._parts: tuple[Part, ...] = ()
        self._seen = WhenSeen(self, self._refresh)

    def show_parts(self, name: str, parts: tuple[tuple[str, QWidget], ...]) -> None:
        """Put the parts under their tabs; ``name`` is what a screen reader calls the tabs."""
        theme = current_theme()
        self._parts = tuple(cast(Part, part) for _, part in parts)
        self.tabs = PaneTabs(tuple(title for title, _ in parts), name)
        self.stack = QStackedWidget()
        for _, part in parts:
            self.stack.addWidget(part)
            if isinstance(part, LaterPart):
                part.head_changed.connect(self.head_changed)
        bar = Pane("base", "bottom")
        row = QVBoxLayout(bar)
        row.setContentsMargins(theme.px(8), 0, 0, 1)  # the tab's word stands below the title
        row.addWidget(self.tabs)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self.stack, 1)
        self.tabs.currentChanged.connect(self._show_tab)
        self.shell.session.changed.connect(self._seen.changed)
        self.shell.session.opened.connect(self._seen.changed)
        self._refresh()

    def part(self, index: int, kind: type[P]) -> P:
        """The part under a tab, made now if it was not."""
        self._seen.now()
        part = self.stack.widget(index)
        made = part.made() if isinstance(part, LaterPart) else part
        assert isinstance(made, kind)
        return made

    def shown(self) -> QWidget | None:
        """The part under the chosen tab; None while it is still to be made."""
        widget = self.stack.currentWidget()
        return widget.part if isinstance(widget, LaterPart) else widget

    def fresh(self, part: P) -> P:
        """A part made later, showing the association as it is."""
        cast(Part, part).refresh()
        return part

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._seen.now()

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

    def _refresh(self) -> None:
        if not self.shell.session.is_open:
            return
        for part in self._parts:
            part.refresh()
        self.head_changed.emit()
