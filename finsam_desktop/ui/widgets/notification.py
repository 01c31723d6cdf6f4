"""The strip above the status bar: what happened, and one thing to do about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.widgets.buttons import IconButton, link_button
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.surfaces import Label, Pane, StateIcon

SHOWN_MS = 8000


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A message. `action` names the one button; `on_action` is what it does. Errors and warnings stay until closed."""

    text: str
    state: State = State.DONE
    action: str = ""
    on_action: Callable[[], None] | None = None
    detail: str = ""

    @property
    def stays(self) -> bool:
        return self.state in (State.MUST_MEND, State.CONSIDER)


class NotificationStrip(Pane):
    """Shows one notice at a time; a new one takes the place of the old. An error is not pushed out by a lesser one."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("sunk", "top", parent)
        theme = current_theme()
        self._notice: Notice | None = None
        self._waiting: Notice | None = None
        self._icon = StateIcon()
        self._text = Label("", "body", wrap=True)
        self._action = link_button("")
        self._action.clicked.connect(self._act)
        self._close = IconButton("x", "Stäng meddelandet")
        self._close.clicked.connect(self.close_notice)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self._time_out)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(16), theme.px(5), theme.px(12), theme.px(5))
        row.setSpacing(theme.px(8))
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        row.addWidget(self._action)
        row.addWidget(self._close)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    @property
    def notice(self) -> Notice | None:
        """What is shown, if anything."""
        return self._notice

    def show_notice(self, notice: Notice) -> None:
        """Show a notice; after 8 s it goes, unless it is an error or the strip has the focus or the pointer."""
        if self._notice is not None and self._notice.stays and not notice.stays:
            self._waiting = notice
            return
        self._notice = notice
        self._icon.set_state(notice.state)
        self._text.setText(notice.text)
        self._text.setToolTip(notice.detail)
        self._action.setText(notice.action)
        self._action.setVisible(bool(notice.action))
        self.setAccessibleName(notice.text)
        self.show()
        if notice.stays:
            self._timer.stop()
        else:
            self._timer.start()

    def close_notice(self) -> None:
        """Put the strip away; a notice that waited behind an error comes now."""
        self._timer.stop()
        self._notice = None
        self.hide()
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self.show_notice(waiting)
        else:
            self.closed.emit()

    def _time_out(self) -> None:
        focus = self.window().focusWidget()
        if self.underMouse() or (focus is not None and self.isAncestorOf(focus)):
            self._timer.start()
            return
        self.close_notice()

    def _act(self) -> None:
        notice = self._notice
        self.close_notice()
        if notice is not None and notice.on_action is not None:
            notice.on_action()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_notice()
        else:
            super().keyPressEvent(event)
