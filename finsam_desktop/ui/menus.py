"""The menus, filled from the registry of actions: which groups of them lie in a menu of their own.

A menu holds what one looks for; what is done by a key while one works (the letters of the grid, the phrases) and what
comes in dozens (what can be written) lies one step in. Every action is in exactly one place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar

from finsam_desktop.ui.actions import ACTIONS, MENUS, ActionSpec
from finsam_desktop.ui.theme import Scheme, current_theme

_MNEMONICS = {
    "Arkiv": "&Arkiv", "Redigera": "&Redigera", "Visa": "&Visa", "Infoga": "&Infoga",
    "Sammanträde": "&Sammanträde", "Mötet": "&Mötet", "Verktyg": "Ver&ktyg", "Hjälp": "&Hjälp",
}  # fmt: skip
SUBMENUS: Mapping[tuple[str, int], str] = {
    ("Visa", 3): "Färger",
    ("Sammanträde", 1): "Ärendet",
    ("Sammanträde", 4): "Skrivelser och texter",
    ("Sammanträde", 6): "Mötespaket",
    ("Mötet", 0): "Närvaro",
    ("Mötet", 1): "Beslut och yrkanden",
    ("Mötet", 5): "I mötesläget",
    ("Mötet", 4): "Fraser",
}
"""The groups of a menu that lie in one of their own, and what it is called."""
_JOINED = {
    ("Sammanträde", 1),
    ("Sammanträde", 4),
    ("Sammanträde", 6),
    ("Mötet", 1),
    ("Mötet", 5),
    ("Mötet", 6),
}
"""The groups with no line above them: they belong with the one before."""
_SCHEMES = {
    "scheme_system": Scheme.SYSTEM, "scheme_light": Scheme.LIGHT, "scheme_dark": Scheme.DARK,
}  # fmt: skip


class Menus(QObject):
    """The menus of a window. Lives with the bar that it fills."""

    def __init__(self, bar: QMenuBar, action: Callable[[str], QAction]) -> None:
        super().__init__(bar)
        self._action = action
        self._submenus: list[QMenu] = []
        self.recent: QMenu | None = None
        """The menu of files opened lately; the window fills it when it is about to show."""
        for name in MENUS:
            menu = bar.addMenu(_MNEMONICS[name])
            menu.aboutToShow.connect(self._fit)
            self._fill(menu, [spec for spec in ACTIONS if spec.menu == name])

    def _fill(self, menu: QMenu, specs: list[ActionSpec]) -> None:
        group, into = specs[0].group if specs else 0, menu
        for place, spec in enumerate(specs):
            key = (spec.menu, spec.group)
            if not place or spec.group != group:
                group = spec.group
                if place and key not in _JOINED:
                    menu.addSeparator()
                into = menu
                if key in SUBMENUS:
                    into = menu.addMenu(SUBMENUS[key])
                    self._submenus.append(into)
            into.addAction(self._action(spec.id))
            if spec.id == "open_example":
                self.recent = menu.addMenu("Senast öppnade")

    def _fit(self) -> None:
        """Grey a menu in which nothing can be done now, leave out one that has nothing to show, tick the colours."""
        for menu in self._submenus:
            shown = [action for action in menu.actions() if action.isVisible()]
            menu.menuAction().setVisible(bool(shown))
            menu.menuAction().setEnabled(any(action.isEnabled() for action in shown))
        for action_id, scheme in _SCHEMES.items():
            action = self._action(action_id)
            action.setCheckable(True)
            action.setChecked(current_theme().scheme is scheme)
