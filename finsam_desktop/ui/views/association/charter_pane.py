"""Förbundsordning: where each of the eighteen points of 9 § finsamlagen stands, with what is missing."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from finsam_desktop.domain.charter import DEMANDS, Demand, point, unsettled, with_point
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.view import Shell
from finsam_desktop.ui.views.page import Page
from finsam_desktop.ui.widgets.forms import FormLine, FormRow
from finsam_desktop.ui.widgets.surfaces import Label, SectionHead
from finsam_desktop.ui.widgets.text_edits import TextField


class CharterPane(Page):
    """Eighteen lines: the point, its place in the förbundsordning, a note. Tab goes from place to place."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__("Förbundsordning", text_width=820, parent=parent)
        self._shell = shell
        self._state = Label("", "body", "text2", wrap=True)
        self.places: dict[int, TextField] = {}
        self.notes: dict[int, TextField] = {}
        self.add(SectionHead("Vad förbundsordningen ska ange"))
        self.add(self._state)
        for demand in DEMANDS:
            self.add(self._point(demand), space_before=4)

    def _point(self, demand: Demand) -> QWidget:
        """The fields of a point, and below both of them what the law asks for."""
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_theme().px(4))
        column.addWidget(self._line(demand))
        column.addWidget(Label(demand.text, "meta", "text2", wrap=True))
        return whole

    def _line(self, demand: Demand) -> FormLine:
        place, note = TextField("", "Till exempel 4 §"), TextField()
        for field in (place, note):
            field.setProperty("point", demand.number)
            field.edited.connect(self._take)
        self.places[demand.number], self.notes[demand.number] = place, note
        row = FormRow(f"{demand.number}. {demand.title}", place)
        place.setAccessibleDescription(demand.text)
        remark = FormRow("Anteckning", note)
        note.setAccessibleName(f"Anteckning om punkt {demand.number}")
        line = FormLine((row, 5), (remark, 4))
        line.setMinimumHeight(line.sizeHint().height())  # eighteen in a page would share what a line lacks
        return line

    def refresh(self) -> None:
        """Show the association as it is."""
        association = self._shell.session.association
        for demand in DEMANDS:
            found = point(association, demand.number)
            self.places[demand.number].set_text(found.place)
            self.notes[demand.number].set_text(found.note)
        left = unsettled(association)
        if not left:
            self._state.setText("Alla 18 punkter har en plats eller en anteckning.")
        else:
            self._state.setText(
                f"{len(DEMANDS) - len(left)} av {len(DEMANDS)} punkter är genomgångna. Ange var i er förbundsordning "
                "punkten står. Punkterna 9, 13 och 18 har inte alla förbund. Anteckna då att den inte är aktuell."
            )

    def flush(self) -> None:
        """Take in what is being typed."""
        for field in (*self.places.values(), *self.notes.values()):
            field.flush()

    def choose(self, number: int) -> None:
        """Put the cursor at a point."""
        field = self.places[number]
        field.setFocus()
        self.ensureWidgetVisible(field)

    def focus_first_unsettled(self) -> None:
        """Put the cursor at the first point that has no place."""
        left = unsettled(self._shell.session.association)
        self.choose(left[0].number if left else 1)

    def _take(self, _text: str) -> None:
        number = int(self.sender().property("point"))
        before = self._shell.session.association
        after = with_point(before, number, place=self.places[number].text(), note=self.notes[number].text())
        if after != before:
            label = f"Ändra punkt {number} i förbundsordningen"
            self._shell.session.change(label, before, after, merge=f"charter:{number}")
