"""Beslut: every decision and what came of it, delegated decisions, and delegations."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QWidget

from finsam_desktop.domain.register import EntryState
from finsam_desktop.ui.view import Head, Shell
from finsam_desktop.ui.views.tabbed import LaterPart, TabbedView
from finsam_desktop.ui.widgets.buttons import secondary_button

if TYPE_CHECKING:  # a tab's modules are loaded when it is shown
    from finsam_desktop.ui.views.decisions.delegated_register import DelegatedRegister
    from finsam_desktop.ui.views.decisions.register import DecisionRegister

_PARTS = "finsam_desktop.ui.views.decisions"


class DecisionsView(TabbedView):
    """The place Beslut. Targets: an item's id, "oppna" for what remains, "delegationsbeslut"."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self._export = secondary_button("Spara som kalkylblad", "table-2")
        self._export.clicked.connect(self._save)
        self._export.setParent(self)
        self._export.hide()
        self.show_parts(
            "Beslut",
            (
                ("Beslut", LaterPart(self._make_register, f"{_PARTS}.register")),
                ("Delegationsbeslut", LaterPart(self._make_delegated, f"{_PARTS}.delegated_register")),
                ("Delegationer", LaterPart(self._make_delegations, f"{_PARTS}.delegated_register")),
            ),
        )

    @property
    def register(self) -> DecisionRegister:
        """The register of decisions."""
        from finsam_desktop.ui.views.decisions.register import DecisionRegister

        made = self.part(0, DecisionRegister)
        made.wait()
        return made

    def _make_register(self) -> QWidget:
        from finsam_desktop.ui.views.decisions.register import DecisionRegister

        made = DecisionRegister(self.shell)
        made.head_changed.connect(self.head_changed)
        made.begin()
        return made

    def _save(self) -> None:
        self.register.export()

    @property
    def delegated(self) -> DelegatedRegister:
        """The decisions made by delegation."""
        from finsam_desktop.ui.views.decisions.delegated_register import DelegatedRegister

        return self.part(1, DelegatedRegister)

    def _make_delegated(self) -> QWidget:
        from finsam_desktop.ui.views.decisions.delegated_register import DelegatedRegister

        return self.fresh(DelegatedRegister(self.shell))

    def _make_delegations(self) -> QWidget:
        from finsam_desktop.ui.views.decisions.delegated_register import DelegationRegister

        return self.fresh(DelegationRegister(self.shell))

    def head(self) -> Head:
        first = self.stack.widget(0)
        register = first.part if isinstance(first, LaterPart) else None
        entries = () if register is None else cast("DecisionRegister", register).entries
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
