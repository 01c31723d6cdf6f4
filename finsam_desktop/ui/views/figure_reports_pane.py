"""Rapporter: resultatrapport and balansrapport out of a bookkeeping file, with forecasts and comments."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from finsam_desktop.ui.view import Shell
from finsam_desktop.ui.widgets.surfaces import Label, Pane


class FigureReportsPane(Pane):
    """A tab of Siffror."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__("base", parent=parent)
        self.shell = shell
        column = QVBoxLayout(self)
        column.addWidget(
            Label("Här blir bokföringen till resultatrapport och balansrapport.", "section", wrap=True)
        )
        column.addStretch(1)

    def refresh(self) -> None:
        """Show the association as it is."""

    def flush(self) -> None:
        """Take in what is being typed."""
