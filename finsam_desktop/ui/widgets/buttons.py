"""Buttons: one filled per view at most, edged for the rest, bare words for what is lighter still."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from finsam_desktop.ui import icons
from finsam_desktop.ui.theme import Role, current_theme

Kind = Literal["primary", "secondary", "link", "quiet"]

_ICON_ROLE: dict[str, Role] = {
    "primary": "on_accent",
    "secondary": "text",
    "link": "accent",
    "quiet": "text2",
}


class Button(QPushButton):
    """A button with verb and thing. The icon follows the theme."""

    def __init__(
        self, text: str, icon: str = "", kind: Kind = "secondary", parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self._icon_name = icon
        self._kind: Kind = kind
        self.setProperty("kind", kind)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self._apply_theme()
        current_theme().changed.connect(self._apply_theme)

    @property
    def kind(self) -> Kind:
        return self._kind

    def set_icon_name(self, name: str) -> None:
        """Change the icon; the empty string takes it away."""
        self._icon_name = name
        self._apply_theme()

    def _apply_theme(self) -> None:
        if self._icon_name:
            theme = current_theme()
            self.setIcon(icons.icon(self._icon_name, _ICON_ROLE[self._kind], gap=4))
            self.setIconSize(QSize(theme.px(16) + theme.px(4), theme.px(16)))
        else:
            self.setIcon(QIcon())


def primary_button(text: str, icon: str = "", parent: QWidget | None = None) -> Button:
    """The filled button of a view; Ctrl+Enter presses it."""
    return Button(text, icon, "primary", parent)


def secondary_button(text: str, icon: str = "", parent: QWidget | None = None) -> Button:
    """An edged button."""
    return Button(text, icon, "secondary", parent)


def link_button(text: str, icon: str = "", parent: QWidget | None = None) -> Button:
    """A bare word in accent colour."""
    return Button(text, icon, "link", parent)


class IconButton(QToolButton):
    """An icon alone, with its name as tooltip and for screen readers."""

    def __init__(
        self, icon: str, name: str, *, role: Role = "text2", size: int = 16, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon_name, self._role, self._size = icon, role, size
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_name(name)
        self._apply_theme()
        current_theme().changed.connect(self._apply_theme)

    def set_name(self, name: str) -> None:
        """What the button does, in words."""
        self.setToolTip(name)
        self.setAccessibleName(name)

    def _apply_theme(self) -> None:
        self.setIcon(icons.icon(self._icon_name, self._role, self._size))
        side = current_theme().px(self._size)
        self.setIconSize(QSize(side, side))
