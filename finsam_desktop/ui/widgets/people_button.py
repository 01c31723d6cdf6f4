"""Several people chosen out of a list that opens under a button: who joins in, who does not take part."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from finsam_desktop.domain.wording import join_names
from finsam_desktop.ui.widgets.buttons import Button

People = tuple[tuple[str, str], ...]


class PeopleButton(Button):
    """Says who is chosen after ``word``; ``edited(ids)`` when another choice has been made.

    ``none`` is what it says when nobody is: "Ingen instämmer".
    """

    edited = Signal(tuple)

    def __init__(self, word: str, none: str, parent: QWidget | None = None) -> None:
        super().__init__(none, "users", "link", parent)
        self._word, self._none = word, none
        self._people: People = ()
        self._chosen: tuple[str, ...] = ()
        self.setAccessibleName(none)
        self.clicked.connect(self._open)

    def show_people(self, people: People, chosen: tuple[str, ...]) -> None:
        """Show who can be chosen, and who is."""
        self._people, self._chosen = people, chosen
        names = dict(people)
        text = f"{self._word} {join_names([names.get(i, 'Okänd person') for i in chosen])}"
        shown = text if chosen else self._none
        self.setText(shown)
        self.setToolTip(shown)
        self.setAccessibleName(shown)

    def chosen(self) -> tuple[str, ...]:
        """The ids of those chosen, in the order they were."""
        return self._chosen

    def menu_of_people(self) -> QMenu:
        """The list, with a mark at each who is chosen."""
        menu = QMenu(self)
        menu.setAccessibleName(self._none)
        for person_id, name in self._people:
            action = menu.addAction(name)
            action.setCheckable(True)
            action.setChecked(person_id in self._chosen)
            action.setData(person_id)
        menu.triggered.connect(self._toggled)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _open(self) -> None:
        self.menu_of_people().popup(self.mapToGlobal(QPoint(0, self.height())))

    def _toggled(self, action: QAction) -> None:
        person_id = str(action.data())
        others = tuple(i for i in self._chosen if i != person_id)
        self._chosen = (*others, person_id) if action.isChecked() else others
        self.edited.emit(self._chosen)
