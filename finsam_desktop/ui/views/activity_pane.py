"""Verksamhet: what is counted about the teams, period by period."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from finsam_desktop.ui.view import Shell
from finsam_desktop.ui.views.page import Page
from finsam_desktop.ui.widgets.surfaces import Label, SectionHead


class ActivityPane(Page):
    """A tab of Siffror."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__("Verksamhet", text_width=1100, parent=parent)
        self._shell = shell
        self._head = SectionHead("Team och indikatorer")
        self._fact = Label("", "body", "text2", wrap=True)
        self.add(self._head)
        self.add(self._fact)

    def refresh(self) -> None:
        """Show the association as it is."""
        association = self._shell.session.association
        self._fact.setText(f"{len(association.teams)} team, {len(association.indicators)} indikatorer")

    def flush(self) -> None:
        """Take in what is being typed."""
