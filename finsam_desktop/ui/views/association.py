"""Förbundet: its facts and standing rules, its members, its people and their appointments."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from finsam_desktop.ui.view import Head, Shell
from finsam_desktop.ui.views.association_facts import AssociationFacts
from finsam_desktop.ui.views.measures_pane import MeasuresPane
from finsam_desktop.ui.views.member_register import MemberRegister
from finsam_desktop.ui.views.people_register import PeopleRegister
from finsam_desktop.ui.views.tabbed import TabbedView


class AssociationView(TabbedView):
    """Tabs over the same value."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.facts = AssociationFacts(shell)
        self.members = MemberRegister(shell)
        self.people = PeopleRegister(shell)
        self.measures = MeasuresPane(shell)
        self.show_parts(
            "Förbundets delar",
            (
                ("Uppgifter", self.facts),
                ("Medlemmar", self.members),
                ("Ledamöter och personer", self.people),
                ("Insatser", self.measures),
            ),
        )

    def head(self) -> Head:
        name = self.shell.session.association.name if self.shell.session.is_open else ""
        return Head(title="Förbundet", facts=(name,) if name else ())

    def show_target(self, target: str) -> None:
        """ "medlemmar", "personer", "insatser", or with an id: "personer/<id>"."""
        part, _, key = target.partition("/")
        if part in ("medlemmar", "personer"):
            self.tabs.setCurrentIndex(1 if part == "medlemmar" else 2)
        if part == "personer" and key:
            self.people.choose(key)
        if part == "insatser":
            self.tabs.setCurrentIndex(3)
            if key:
                self.measures.choose(key)


def make(shell: Shell) -> AssociationView:
    """The view for the place "association"."""
    return AssociationView(shell)
