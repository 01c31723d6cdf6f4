"""Tangenter: every shortcut of the program, made from the list of actions."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from finsam_desktop.ui.actions import ACTIONS, LOCAL_KEYS, MENUS, shortcut_text
from finsam_desktop.ui.next_turn import NextTurn
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.view import Head, Shell, View
from finsam_desktop.ui.views.page import TallGround
from finsam_desktop.ui.widgets.surfaces import Label, SectionHead

_A_TURN = 30
"""Keys that are added in a turn of the event loop, at least."""


def make(shell: Shell) -> View:
    """The view of the place "keys"."""
    return KeysView(shell)


class KeysView(View):
    """A page of keys, group by group."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        px = current_theme().px
        self._page = page = TallGround("base")
        page.widest = px(820)
        inner = QWidget()
        inner.setMaximumWidth(px(820))
        beside = QHBoxLayout(page)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(inner, 1)
        beside.addStretch(0)
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(px(28), px(20), px(28), px(28))
        self._column.setSpacing(px(10))
        self._left = list(_groups())
        self._turn = NextTurn(self, self._add_some)
        self._add_some()
        area = QScrollArea()
        area.setAccessibleName("Tangenter")
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)

    def _add_some(self) -> None:
        """Some groups a turn of the event loop: all of them together are two hundred texts."""
        added = 0
        while self._left and added < _A_TURN:
            name, keys = self._left.pop(0)
            self._add_group(name, keys)
            added += len(keys)
        if self._left:
            self._turn.start()
        else:
            self._column.addStretch(1)
            QTimer.singleShot(0, self._page.fit)  # when the last ones have been laid out

    def _add_group(self, name: str, keys: tuple[tuple[str, str], ...]) -> None:
        px = current_theme().px
        self._column.addWidget(SectionHead(name))
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(24))
        grid.setVerticalSpacing(px(7))
        grid.setColumnMinimumWidth(0, px(220))
        grid.setColumnStretch(1, 1)
        for row, (key, what) in enumerate(keys):
            grid.addWidget(Label(key, "body_medium"), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Label(what, "body", wrap=True), row, 1)
        self._column.addLayout(grid)
        self._column.addSpacing(px(12))

    def head(self) -> Head:
        return Head(title="Tangenter")


def _groups() -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Group names with pairs of key and what it does."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for menu in MENUS:
        for spec in ACTIONS:
            if spec.menu == menu and spec.shortcut:
                groups.setdefault(menu, []).append((shortcut_text(spec.shortcut), spec.text))
    for group, key, what in LOCAL_KEYS:
        groups.setdefault(group, []).append((key, what))
    return tuple((name, tuple(keys)) for name, keys in groups.items())
