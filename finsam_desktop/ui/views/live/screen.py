"""A window of its own for the projector or the shared screen: the item at hand, of what everyone may see.

It follows mötesläge and records nothing, so that notes, names of those present and what is confidential stay in the
secretary's window.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QResizeEvent, QScreen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from finsam_desktop.ui.models.live_facts import LiveFacts
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.live.stage import SIZES, LargeLabel, LiveStage
from finsam_desktop.ui.widgets.surfaces import Pane

TITLE = "Det alla ser"
_SIZE = (1024, 640)


class SharedScreen(QWidget):
    """The window. ``closed()`` when somebody closes it; ``stepped`` and ``jumped`` as of the stage."""

    closed = Signal()
    stepped = Signal(int)
    jumped = Signal(int)

    def __init__(self) -> None:
        # It has no owner: a window of the secretary's would lie over hers and go when she minimises it.
        super().__init__()
        theme = current_theme()
        self.setWindowTitle(f"{TITLE} – Finsam Desktop")
        self.setAccessibleName(TITLE)
        self._meeting = LargeLabel("body_strong", "text2")
        self.stage = LiveStage()
        self._scale = 1.0
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

    def show_on(self, screen: QScreen, *, whole: bool) -> None:
        """Fill the whole screen, or be a window on it to move or to share."""
        if self.isFullScreen():
            self.showNormal()
        theme, room = current_theme(), screen.availableGeometry()
        self.setScreen(screen)
        frame = QRect(0, 0, min(theme.px(_SIZE[0]), room.width()), min(theme.px(_SIZE[1]), room.height()))
        frame.moveCenter(room.center())
        self.setGeometry(frame)  # also what F11 comes back to
        self._fit(screen.size() if whole else frame.size())
        self.showFullScreen() if whole else self.showNormal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit(self.size())

    def _fit(self, size: QSize) -> None:
        """The text grows with the window: a projector is looked at from the other end of the room."""
        theme = current_theme()
        least = min(size.width() / theme.px(_SIZE[0]), size.height() / theme.px(_SIZE[1]))
        scale = max(1.0, round(least, 1))
        if scale != self._scale:
            self._scale = scale
            self._meeting.set_factor(scale)
            self.stage.set_scale(scale)

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
    """Opens and closes the window, and keeps it on another screen than the secretary's while there is one.

    ``opened(bool)`` when it comes or goes, by whoever.
    """

    stepped = Signal(int)
    jumped = Signal(int)
    opened = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.window: SharedScreen | None = None
        self._owner: QWidget | None = None
        # When a screen goes its windows are moved after it is told of.
        self._screens_settled = QTimer(self)
        self._screens_settled.setSingleShot(True)
        self._screens_settled.timeout.connect(self._place)

    def toggle(self, owner: QWidget, size: int) -> None:
        """Open it beside the secretary's window, with text of a step of ``SIZES``; or close it."""
        if self.window is not None:
            self.close()
            return
        self._owner, self.window = owner, SharedScreen()
        self.destroyed.connect(self.window.deleteLater)
        self.window.stepped.connect(self.stepped)
        self.window.jumped.connect(self.jumped)
        self.window.closed.connect(self.close)
        self.set_size(size)
        self._place()
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.screenAdded.connect(self._screens_changed)
        app.screenRemoved.connect(self._screens_changed)
        self.opened.emit(True)

    def set_size(self, step: int) -> None:
        if self.window is not None:
            self.window.set_size(step)

    def close(self) -> None:
        """Take the window away, if there is one."""
        window, self.window = self.window, None
        if window is not None:
            app = QGuiApplication.instance()
            assert isinstance(app, QGuiApplication)
            app.screenAdded.disconnect(self._screens_changed)
            app.screenRemoved.disconnect(self._screens_changed)
            self._screens_settled.stop()
            window.close()
            window.deleteLater()
            self.opened.emit(False)

    def _screens_changed(self, _screen: QScreen) -> None:
        self._screens_settled.start(0)

    def _place(self) -> None:
        """Fill another screen than the secretary's; without one be a window on hers."""
        window, owner = self.window, self._owner
        if window is None or owner is None:
            return
        others = [one for one in QGuiApplication.screens() if one is not owner.screen()]
        was_there = window.isVisible()
        if was_there and window.screen() in others:
            return
        window.show_on(others[0] if others else owner.screen(), whole=bool(others))
        if others or was_there:  # one that was asked for on the only screen is to be seen
            owner.raise_()
            owner.activateWindow()
