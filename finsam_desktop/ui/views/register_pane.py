"""A register: a list to the left with a button for a new one, a form for the chosen one to the right."""

from __future__ import annotations

from abc import abstractmethod

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from finsam_desktop.ui.models.row_model import Row, RowModel
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.view import Shell
from finsam_desktop.ui.views.page import Page
from finsam_desktop.ui.widgets.buttons import link_button, secondary_button
from finsam_desktop.ui.widgets.empty_state import EmptyState
from finsam_desktop.ui.widgets.rows import RowDelegate, RowList, RowRole
from finsam_desktop.ui.widgets.surfaces import Label, Pane
from finsam_desktop.ui.widgets.text_edits import TextField


class RegisterPane(Pane):
    """The list and the frame of the form; a subclass gives rows, fields and what a change does.

    ``shown`` is the id that the form shows. Text that is still being typed when another row is chosen belongs to
    the one shown until then, and is taken in first.
    """

    EMPTY = ("", "")
    """What belongs here and how it comes, for a register that can be empty."""

    def __init__(self, shell: Shell, name: str, new: str, remove: str, parent: QWidget | None = None) -> None:
        super().__init__("base", parent=parent)
        self._shell = shell
        self._empty: EmptyState | None = None
        self.shown = ""
        self._model = RowModel(parent=self)
        self._list = RowList(name, delegate=RowDelegate(number_width=0))
        self._list.setModel(self._model)
        self._list.chosen.connect(self._chosen)
        self._new: QPushButton = secondary_button(new, "plus")
        self._new.clicked.connect(self.add)
        self._drop: QPushButton = link_button(remove, "trash-2")
        self._drop.clicked.connect(self.remove)

    def lay_out(self, *rows: QWidget, width: int, note: str = "") -> None:
        """Put the form's rows in place, at most ``width`` wide, with a note below; a long form scrolls."""
        theme = current_theme()
        self._list.setFixedWidth(theme.px(360))
        left = QVBoxLayout()
        left.setContentsMargins(0, theme.px(12), 0, theme.px(12))
        left.setSpacing(theme.px(12))
        left.addWidget(self._list, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.px(20), 0, theme.px(16), 0)
        foot.addWidget(self._new)
        left.addLayout(foot)
        self._form = QWidget()
        form = QVBoxLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(theme.px(12))
        for row in rows:
            form.addWidget(row)
        form.addWidget(self._drop, 0, Qt.AlignmentFlag.AlignLeft)
        page = Page(self._list.accessibleName(), text_width=width)
        page.add(self._form)
        if note:
            page.add(Label(note, "meta", "text2", wrap=True))
        self._register = QWidget()
        register = QHBoxLayout(self._register)
        register.setContentsMargins(0, 0, 0, 0)
        register.setSpacing(0)
        register.addLayout(left)
        register.addWidget(page, 1)
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(0)
        self._whole.addWidget(self._register)

    # -- what a subclass gives ------------------------------------------------------------------------

    @abstractmethod
    def rows(self) -> tuple[Row, ...]:
        """The register as rows; a row without a key is a heading."""

    @abstractmethod
    def texts(self) -> tuple[TextField, ...]:
        """The form's text fields."""

    @abstractmethod
    def fill(self) -> bool:
        """Show the one whose id is ``shown``; False when there is none."""

    @abstractmethod
    def add(self) -> None:
        """Make a new one and choose it."""

    @abstractmethod
    def remove(self) -> None:
        """Take the one that is shown away; it can be undone."""

    # -- what the view uses ---------------------------------------------------------------------------

    def choose(self, key: str) -> None:
        """Show one by its id."""
        place = self._model.row_of(key)
        if place >= 0:
            self._list.setCurrentIndex(self._model.index(place))

    def refresh(self) -> None:
        """Show the register as it is, the same one chosen, else the first."""
        rows = self.rows()
        self._model.set_rows(rows)
        self._show_emptiness(not rows)
        first = next((row.key for row in rows if row.key), "")
        wanted = self.shown if self._model.row_of(self.shown) >= 0 else first
        if self._list.currentIndex().row() != self._model.row_of(wanted):
            self.choose(wanted)
        self._chosen()

    def _show_emptiness(self, empty: bool) -> None:
        """In an empty register stands what it is for; the list and the form come with the first one."""
        if not self.EMPTY[0] or (self._empty is None and not empty):
            return
        if self._empty is None:
            self._empty = EmptyState(*self.EMPTY, self._new.text(), icon="plus")
            self._empty.action_pressed.connect(self.add)
            self._empty.example_pressed.connect(self._shell.open_example)
            self._whole.insertWidget(0, self._empty)
        self._empty.setVisible(empty)
        self._register.setVisible(not empty)

    def flush(self) -> None:
        """Take in what is being typed."""
        for field in self.texts():
            field.flush()

    def _chosen(self, _index: QModelIndex | None = None) -> None:
        key = str(self._list.currentIndex().data(RowRole.KEY) or "")
        if key != self.shown:
            self.flush()
            self.shown = key
        self._form.setEnabled(self.fill())
