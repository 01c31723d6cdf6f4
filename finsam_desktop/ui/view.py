"""What a view is to the window: its head, its panes, its main button; and what the window is to a view."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from finsam_desktop.ui.widgets.notification import Notice

if TYPE_CHECKING:
    from pathlib import Path

    from finsam_desktop.settings import SettingsStore
    from finsam_desktop.ui.actions import Actions
    from finsam_desktop.ui.dialog_service import DialogService
    from finsam_desktop.ui.jobs import Jobs
    from finsam_desktop.ui.page_press import PagePress
    from finsam_desktop.ui.search_desk import SearchDesk
    from finsam_desktop.ui.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The head of a view. `back` is a pair of word and place; `tag` is text, icon and tone of a `StateTag`.

    `facts` are joined with middle dots; `fact_right` stands at the right edge when there are no buttons.
    """

    title: str
    back: tuple[str, str] | None = None
    tag: tuple[str, str, str] | None = None
    facts: tuple[str, ...] = ()
    fact_right: str = ""
    joined: bool = False
    """The view begins with a step bar on the same ground: no line below the head."""
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What the status bar says of a view: findings and the next deadline."""

    must_mend: int = 0
    consider: int = 0
    deadline: str = ""
    note: str = ""


class Shell(Protocol):
    """The window, as far as a view may use it."""

    session: Session
    jobs: Jobs
    press: PagePress
    dialogs: DialogService
    settings: SettingsStore
    actions: Actions

    @property
    def search_desk(self) -> SearchDesk:
        """The search of the open file."""

    def notify(self, notice: Notice) -> None:
        """Show a notice in the strip above the status bar."""

    def go(self, place: str, target: str = "") -> None:
        """Go to a place; `target` is what to show there, such as a meeting's id or "id/dagordning/item-id"."""

    def open_at(self, path: Path, place: str) -> bool:
        """Open a file and show "place/target" of it first; False, and a notice, when it cannot be opened."""

    def open_example(self) -> None:
        """Open a fresh copy of the example association."""


class View(QWidget):
    """The base of all views. A view tells the window through `head_changed` that head or status is new."""

    head_changed = Signal()

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shell = shell

    def head(self) -> Head:
        """What the head shows; asked for when the view is shown and on `head_changed`."""
        return Head(title="")

    def alone(self) -> bool:
        """Whether the view has the window to itself: no menu row, places or status bar."""
        return False

    def head_widgets(self) -> tuple[QWidget, ...]:
        """Buttons at the right of the head, made once; the window shows and hides them with the view."""
        return ()

    def status(self) -> Status | None:
        """Findings and deadline for the status bar; None keeps what the window knows."""
        return None

    def show_target(self, target: str) -> None:
        """Show what `go(place, target)` asked for; the empty string means the place itself."""

    def panes(self) -> tuple[QWidget, ...]:
        """The panes F6 goes between, in reading order; the first that can take the focus in each is used."""
        return (self,)

    def primary(self) -> QPushButton | None:
        """The filled button, pressed by Ctrl+Enter."""
        return None

    def actions_taken(self) -> dict[str, object]:
        """Handlers of actions this view takes while it is shown: action id to a bound method without arguments."""
        return {}

    def flush(self) -> None:
        """Take in text that is still in the fields; called before undo, before leaving and before closing."""

    def topic(self) -> str:
        """What part of the place is shown, such as a step or a tab: F1 opens its chapter (`views/handbook.py`)."""
        return ""

    def step_finding(self, by: int) -> None:
        """Open the next (+1) or previous (-1) finding (F8)."""
