"""Ekonomi: equity against both measures, who contributes what, and how the years have gone."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from finsam_desktop.ui.view import Shell
from finsam_desktop.ui.widgets.surfaces import Label, Pane


class FigureEconomyPane(Pane):
    """A tab of Siffror."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__("base", parent=parent)
        self.shell = shell
        column = QVBoxLayout(self)
        column.addWidget(
            Label(
                "Här visas eget kapital, medlemsbidragen och hur ekonomin har gått år för år.",
                "section",
                wrap=True,
            )
        )
        column.addStretch(1)

    def refresh(self) -> None:
        """Show the association as it is."""

    def flush(self) -> None:
        """Take in what is being typed."""
