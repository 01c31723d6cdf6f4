"""Budget och plan: a year's budget, three years' plan and goals."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from finsam_desktop.ui.view import Shell
from finsam_desktop.ui.views.page import Page
from finsam_desktop.ui.widgets.surfaces import Label, SectionHead


class PlanPane(Page):
    """A tab of Siffror."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__("Budget och plan", text_width=1100, parent=parent)
        self._shell = shell
        self._head = SectionHead("Budget och verksamhetsplan")
        self._fact = Label("", "body", "text2", wrap=True)
        self.add(self._head)
        self.add(self._fact)

    def refresh(self) -> None:
        """Show the association as it is."""
        years = ", ".join(str(plan.year) for plan in self._shell.session.association.plans)
        self._fact.setText(years or "Ingen budget är inlagd.")

    def flush(self) -> None:
        """Take in what is being typed."""
