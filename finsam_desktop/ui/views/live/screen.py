"""A window of its own for the projector or the shared screen: the item at hand, of what everyone may see.

It follows mötesläge and records nothing, so that notes, names of those present and what is confidential stay in the
secretary's window.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from finsam_desktop.ui.models.live_facts import LiveFacts
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.live.stage import SIZES, LiveStage
from finsam_desktop.ui.widgets.surfaces import Label, Pane

TITLE = "Det alla ser"
_SIZE = (1024, 640)


class SharedScreen(QWidget):
    """The window. ``closed()`` when somebody closes it; ``stepped`` and ``jumped`` as of the stage."""

    closed = Signal()
    stepped = Signal(int)
    jumped = Signal(int)

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner, Qt.WindowType.Window)
        theme = current_theme()
        self.setWindowTitle(f"{TITLE} – Finsam Desktop")
        self.setAccessibleName(TITLE)
        self._meeting = Label("", "body_strong", "text2", wrap=True)
        self.stage = LiveStage()
        top = Pane("window", "bottom")
        line = QVBoxLayout(top)
        line.setContentsMargins(theme.px(48), theme.px(12), theme.px(48), theme.px(12))
        line.addWidget(self._meeting)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(top)
        column.addWidget(self.stage, 1)
        self.setFocusProxy(self.stage)
        self.stage.stepped.connect(self.stepped)
        self.stage.jumped.connect(self.jumped)
        self.stage.left.connect(self.close)

    def show_beside(self, window: QWidget) -> None:
        """Fill another screen than the window's where there is one, else open as a window to move or to share."""
        other = next((one for one in QGuiApplication.screens() if one is not window.screen()), None)
        if other is not None:
            self.setGeometry(other.geometry())
            self.showFullScreen()
        else:
            theme = current_theme()
            self.resize(theme.px(_SIZE[0]), theme.px(_SIZE[1]))
            self.show()

    def show_item(self, meeting: str, facts: LiveFacts | None, pause: str, *, anew: bool) -> None:
        """Show an item. ``facts`` are of the public version."""
        self._meeting.setText(meeting)
        self.stage.show_item(facts, pause)
        if anew:
            self.stage.scroll_to_top()

    def set_size(self, step: int) -> None:
        """A step larger than in the secretary's window: it is read from farther away."""
        self.stage.set_size(min(step + 1, len(SIZES) - 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F11 fills the screen, or makes it a window again."""
        if event.key() == Qt.Key.Key_F11:
            self.showNormal() if self.isFullScreen() else self.showFullScreen()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()


class ScreenForAll(QObject):
    """Opens and closes the window. ``opened(bool)`` when it comes or goes, by whoever."""

    stepped = Signal(int)
    jumped = Signal(int)
    opened = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.window: SharedScreen | None = None

    def toggle(self, owner: QWidget, size: int) -> None:
        """Open it beside the secretary's window, with text of a step of ``SIZES``; or close it."""
        if self.window is not None:
            self.close()
            return
        self.window = SharedScreen(owner)
        self.window.stepped.connect(self.stepped)
        self.window.jumped.connect(self.jumped)
        self.window.closed.connect(self.close)
        self.set_size(size)
        self.window.show_beside(owner)
        owner.activateWindow()
        self.opened.emit(True)

    def set_size(self, step: int) -> None:
        if self.window is not None:
            self.window.set_size(step)

    def close(self) -> None:
        """Take the window away, if there is one."""
        window, self.window = self.window, None
        if window is not None:
            window.close()
            window.deleteLater()
            self.opened.emit(False)
