"""A place whose view is not in this version: says so, and where the work is done meanwhile."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from finsam_desktop.ui.place_names import FOOT_PLACES, PLACES
from finsam_desktop.ui.view import Head, Shell, View
from finsam_desktop.ui.widgets.empty_state import EmptyState
from finsam_desktop.ui.widgets.surfaces import Pane

_TEXTS: dict[str, tuple[str, str]] = {
    "decisions": (
        "Här kommer förbundets alla beslut, med bevakning av uppdrag.",
        "Besluten finns under Närvaro och beslut i varje sammanträde. Ctrl+K med § söker i dem.",
    ),
    "year_wheel": (
        "Här kommer årets återkommande ärenden och lagstadgade dagar.",
        "När du lägger till ett ärende i en dagordning visas vilka månader mallen hör till.",
    ),
    "figures": (
        "Här kommer resultatrapporter och tabeller från alla sammanträden.",
        "Sätt in siffror från det ärende som de hör till.",
    ),
    "association": (
        "Här kommer medlemmar, ledamöter, ersättare och förbundets regler.",
        "Uppgifterna används redan i kallelse och protokoll.",
    ),
    "templates": (
        "Här kommer förbundets egna mallar.",
        "Word-mallarna ligger som vanliga filer och kan ändras i Word.",
    ),
}


class PlaceholderView(View):
    """Stands in a place until its view exists."""

    def __init__(self, shell: Shell, place: str, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        names = {known.id: known.name for known in (*PLACES, *FOOT_PLACES)}
        self._title = names.get(place, "")
        what, how = _TEXTS.get(
            place, ("Den här platsen är inte klar i den här versionen.", "Inget har ändrats.")
        )
        page = Pane("base")
        inner = QVBoxLayout(page)
        inner.setContentsMargins(0, 0, 0, 0)
        empty = EmptyState(what, how, "Gå till sammanträdena", icon="calendar-days", example=False)
        empty.action_pressed.connect(self._go_to_meetings)
        inner.addWidget(empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(page)

    def head(self) -> Head:
        return Head(title=self._title)

    def _go_to_meetings(self) -> None:
        self.shell.go("meetings")
