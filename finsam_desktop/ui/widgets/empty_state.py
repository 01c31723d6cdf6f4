"""What stands where a list would be when there is nothing in it yet."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.widgets.buttons import link_button, primary_button
from finsam_desktop.ui.widgets.surfaces import Label


class EmptyState(QWidget):
    """One line what belongs here, one line how it comes, one action, and a way to see an example.

    Without ``margins`` it stands in a page that has them.
    """

    action_pressed = Signal()
    example_pressed = Signal()

    def __init__(
        self,
        what: str,
        how: str,
        action: str = "",
        *,
        icon: str = "",
        example: bool = True,
        margins: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        theme = current_theme()
        column = QVBoxLayout(self)
        if margins:
            column.setContentsMargins(theme.px(20), theme.px(20), theme.px(20), theme.px(20))
        else:
            column.setContentsMargins(0, theme.px(12), 0, theme.px(12))
        column.setSpacing(theme.px(6))
        column.addWidget(Label(what, "section", wrap=True))
        column.addWidget(Label(how, "body", "text2", wrap=True))
        column.addSpacing(theme.px(10))
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        if action:
            button = primary_button(action, icon)
            button.clicked.connect(self._acted)
            row.addWidget(button)
        if example:
            link = link_button("Titta på exempelförbundet")
            link.clicked.connect(self._example)
            row.addWidget(link)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)

    def _acted(self) -> None:
        self.action_pressed.emit()

    def _example(self) -> None:
        self.example_pressed.emit()
