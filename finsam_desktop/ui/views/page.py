"""A scrolling page with the margins of the plan, for views that are read from top to bottom."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.widgets.surfaces import Pane


class Page(QScrollArea):
    """Put sections in with `add`; the page scrolls up and down and never sideways.

    ``text_width`` keeps the content at most so wide (in the drawing's pixels); 0 lets it fill the page.
    ``margin`` is 28 on a page and 16 in a pane.
    """

    def __init__(
        self, name: str, *, text_width: int = 0, margin: int = 28, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        theme = current_theme()
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        ground = Pane("base")
        outer = QVBoxLayout(ground)
        outer.setContentsMargins(theme.px(margin), theme.px(margin - 8), theme.px(margin), theme.px(margin))
        self._content = QWidget()
        if text_width:
            self._content.setMaximumWidth(theme.px(text_width))
        self._column = QVBoxLayout(self._content)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(12))
        outer.addWidget(self._content)
        outer.addStretch(1)
        self.setWidget(ground)

    def add(self, widget: QWidget, *, space_before: int = 0) -> None:
        """Put a widget last on the page, ``space_before`` pixels of the drawing below the one above."""
        if space_before:
            self._column.addSpacing(current_theme().px(space_before))
        self._column.addWidget(widget)
