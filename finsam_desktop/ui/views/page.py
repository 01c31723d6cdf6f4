"""A scrolling page with the margins of the plan, for views that are read from top to bottom."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.widgets.surfaces import Pane

QWIDGETSIZE_MAX = (1 << 24) - 1
"""What Qt calls a width without bounds."""


class TallGround(Pane):
    """A ground in a scroll area, as tall as its texts are at its width.

    A scroll area asks for the least height only, which takes no notice of how texts wrap; the rows were squeezed.
    """

    widest = QWIDGETSIZE_MAX
    """As wide as its content may be with its margins: a layout asks for the height at the whole width."""

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize, QEvent.Type.Show):
            self.fit()
        return done

    def fit(self) -> None:
        """Take the height of the texts as they are."""
        layout = self.layout()
        height = layout.totalHeightForWidth(min(self.width(), self.widest)) if layout is not None else -1
        if height > 0 and height != self.minimumHeight():
            self.setMinimumHeight(height)


class Page(QScrollArea):
    """Put sections in with `add`; the page scrolls up and down and never sideways.

    ``text_width`` keeps the content at most so wide (in the drawing's pixels); 0 lets it fill the page.
    ``margin`` is 20 on a page, as in the head above it, and 16 in a pane.
    """

    def __init__(
        self, name: str, *, text_width: int = 0, margin: int = 20, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        theme = current_theme()
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        ground = TallGround("base")
        outer = QVBoxLayout(ground)
        outer.setContentsMargins(
            theme.px(margin), theme.px(max(margin - 4, 16)), theme.px(margin), theme.px(24)
        )
        self._wanted: QWidget | None = None
        self._content = QWidget()
        if text_width:
            self._content.setMaximumWidth(theme.px(text_width))
            ground.widest = theme.px(text_width) + 2 * theme.px(margin)
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

    def show_part(self, part: QWidget) -> None:
        """Have a part of the page in sight once it is laid out: what has just been shown has no place yet."""
        self._wanted = part
        QTimer.singleShot(0, self._show_wanted)

    def _show_wanted(self) -> None:
        part, self._wanted = self._wanted, None
        if part is not None and isValid(part):
            self.ensureWidgetVisible(part)
