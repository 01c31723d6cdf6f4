"""Förbundet: its facts and standing rules, its members, its people and their appointments."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.view import Head, Shell, View
from finsam_desktop.ui.views.association_facts import AssociationFacts
from finsam_desktop.ui.views.member_register import MemberRegister
from finsam_desktop.ui.views.people_register import PeopleRegister
from finsam_desktop.ui.widgets.steps import PaneTabs
from finsam_desktop.ui.widgets.surfaces import Pane

_TABS = ("Uppgifter", "Medlemmar", "Ledamöter och personer")


class AssociationView(View):
    """Three tabs over the same value."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        theme = current_theme()
        self._tabs = PaneTabs(_TABS, "Förbundets delar")
        self._facts = AssociationFacts(shell)
        self._members = MemberRegister(shell)
        self._people = PeopleRegister(shell)
        self._stack = QStackedWidget()
        for part in (self._facts, self._members, self._people):
            self._stack.addWidget(part)
        bar = Pane("base", "bottom")
        row = QVBoxLayout(bar)
        row.setContentsMargins(theme.px(14), 0, 0, 1)
        row.addWidget(self._tabs)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self._stack, 1)
        self._tabs.currentChanged.connect(self._show_tab)
        shell.session.changed.connect(self._refresh)
        shell.session.opened.connect(self._refresh)
        self._refresh()

    def head(self) -> Head:
        name = self.shell.session.association.name if self.shell.session.is_open else ""
        return Head(title="Förbundet", facts=(name,) if name else ())

    def show_target(self, target: str) -> None:
        """ "medlemmar", "personer" or "personer/<id>"."""
        part, _, key = target.partition("/")
        if part in ("medlemmar", "personer"):
            self._tabs.setCurrentIndex(1 if part == "medlemmar" else 2)
        if part == "personer" and key:
            self._people.choose(key)

    def panes(self) -> tuple[QWidget, ...]:
        return (self._tabs, self._stack)

    def flush(self) -> None:
        for part in (self._facts, self._members, self._people):
            part.flush()

    def _show_tab(self, index: int) -> None:
        self.flush()
        self._stack.setCurrentIndex(index)

    def _refresh(self, _change: object = None) -> None:
        if not self.shell.session.is_open:
            return
        for part in (self._facts, self._members, self._people):
            part.refresh()
        self.head_changed.emit()


def make(shell: Shell) -> AssociationView:
    """The view for the place "association"."""
    return AssociationView(shell)
