"""Beslut: every decision and what came of it, delegated decisions, and delegations."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from finsam_desktop.domain.register import EntryState
from finsam_desktop.ui.view import Head, Shell
from finsam_desktop.ui.views.decision_register import DecisionRegister
from finsam_desktop.ui.views.delegated_register import DelegatedRegister, DelegationRegister
from finsam_desktop.ui.views.tabbed import TabbedView
from finsam_desktop.ui.widgets.buttons import secondary_button


class DecisionsView(TabbedView):
    """The place Beslut. Targets: an item's id, "oppna" for what remains, "delegationsbeslut"."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.register = DecisionRegister(shell)
        self.delegated = DelegatedRegister(shell)
        self._export = secondary_button("Spara som kalkylblad", "table-2")
        self._export.clicked.connect(self.register.export)
        self._export.setParent(self)
        self._export.hide()
        self.show_parts(
            "Beslut",
            (
                ("Beslut", self.register),
                ("Delegationsbeslut", self.delegated),
                ("Delegationer", DelegationRegister(shell)),
            ),
        )

    def head(self) -> Head:
        entries = self.register.entries
        today = self.shell.session.today
        states = [entry.state(today) for entry in entries]
        late, left = states.count(EntryState.OVERDUE), states.count(EntryState.OPEN)
        facts = [f"{len(entries)} beslut"] if entries else []
        if late + left:
            facts.append("1 öppet uppdrag" if late + left == 1 else f"{late + left} öppna uppdrag")
        if late:
            facts.append("1 försenat" if late == 1 else f"{late} försenade")
        return Head(title="Beslut", facts=tuple(facts))

    def head_widgets(self) -> tuple[QWidget, ...]:
        return (self._export,)

    def show_target(self, target: str) -> None:
        if target == "delegationsbeslut":
            self.tabs.setCurrentIndex(1)
        elif target == "oppna":
            self.tabs.setCurrentIndex(0)
            self.register.show_open()
        elif target:
            self.tabs.setCurrentIndex(0)
            self.register.choose(target)


def make(shell: Shell) -> DecisionsView:
    """The view for the place "decisions"."""
    return DecisionsView(shell)
