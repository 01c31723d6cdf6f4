"""A part of a long page: heading, then rows. It shows values when asked and changes them through the one door."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from finsam_desktop.domain.association import Association
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.view import Shell
from finsam_desktop.ui.widgets.forms import FormRow
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.surfaces import Label, SectionHead, StateIcon, empty


class Section(QWidget):
    """A heading over a column of widgets. `fill()` is what a subclass shows; `flush()` takes in what is typed."""

    def __init__(self, shell: Shell, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self.head = SectionHead(title)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(current_theme().px(12))
        self._column.addWidget(self.head)

    def add(self, widget: QWidget) -> None:
        """Put a widget last."""
        self._column.addWidget(widget)

    def add_row(self, *widgets: QWidget) -> None:
        """Put widgets beside each other, as wide as they need."""
        row = QHBoxLayout()
        row.setSpacing(current_theme().px(8))
        beside_fields = any(isinstance(widget, FormRow) for widget in widgets)
        side = Qt.AlignmentFlag.AlignBottom if beside_fields else Qt.AlignmentFlag.AlignVCenter
        for widget in widgets:
            row.addWidget(widget, 0, side)
        row.addStretch(1)
        self._column.addLayout(row)

    @property
    def association(self) -> Association:
        """The association as it is."""
        return self._shell.session.association

    def change(self, label: str, after: Association, *, merge: str = "", tell: bool = False) -> bool:
        """Make a change that can be undone; nothing happens where there is no difference."""
        before = self.association
        return after == before or self._shell.session.change(label, before, after, merge=merge, tell=tell)


class Remarks(QWidget):
    """Short sentences with the icon of a state, one below the other; none takes no room."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(current_theme().px(4))
        self._shown: tuple[tuple[State, str], ...] = ()
        self.hide()

    def texts(self) -> tuple[str, ...]:
        """What is said."""
        return tuple(text for _, text in self._shown)

    def show_remarks(self, remarks: tuple[tuple[State, str], ...]) -> None:
        """Say this and nothing else."""
        if remarks != self._shown:
            self._shown = remarks
            empty(self._rows)
            for state, text in remarks:
                self._rows.addWidget(_remark(state, text))
        self.setVisible(bool(remarks))


def _remark(state: State, text: str) -> QWidget:
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(current_theme().px(8))
    row.addWidget(StateIcon(state, 15), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(Label(text, "body", wrap=True), 1)
    return box
