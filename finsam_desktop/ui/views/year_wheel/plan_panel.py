"""Dates proposed for a year's meetings, each with its reason; drafts of them are made as one change."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from finsam_desktop.domain import wording
from finsam_desktop.domain.planning import ProposedMeeting, Wishes, drafts, propose
from finsam_desktop.files.catalogue_files import standard_templates
from finsam_desktop.ui.models.row_model import Row, RowModel
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.view import Shell
from finsam_desktop.ui.widgets.buttons import link_button, primary_button
from finsam_desktop.ui.widgets.fields import ChoiceField, CountField, read_date
from finsam_desktop.ui.widgets.forms import FormLine, FormRow
from finsam_desktop.ui.widgets.rows import MetaPart, RowDelegate, RowList
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.surfaces import Label, Pane
from finsam_desktop.ui.widgets.text_edits import TextField

_WEEKDAYS: tuple[tuple[object, str], ...] = (
    (None, "Den ni brukar ha"),
    *((day, name.capitalize()) for day, name in enumerate(wording.WEEKDAYS[:5])),
)


class PlanPanel(Pane):
    """``made(int)`` gives how many drafts were made, ``closed()`` when the user changes mind."""

    made = Signal(int)
    closed = Signal()

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__("base", parent=parent)
        self._shell = shell
        self.proposed: tuple[ProposedMeeting, ...] = ()
        self.year = CountField(shell.session.today.year + 1, least=2000, most=2100)
        self.weekday = ChoiceField(_WEEKDAYS)
        self.avoid = TextField(placeholder="Till exempel 2027-05-27, 7 oktober")
        self.planning_day = QCheckBox("Ta med en planeringsdag")
        self.list = RowList("Föreslagna sammanträden", delegate=RowDelegate(number_width=18))
        self._model = RowModel(parent=self)
        self.list.setModel(self._model)
        self.reasons = Label("", "body", "text2", wrap=True)
        self.button: QPushButton = primary_button("Skapa utkast", "calendar-plus")
        self._lay_out()
        self.list.chosen.connect(self._show_reasons)
        self.year.changed.connect(self.refresh)
        self.weekday.chosen.connect(self.refresh)
        self.avoid.edited.connect(self.refresh)
        self.planning_day.clicked.connect(self.refresh)
        self.button.clicked.connect(self.create_drafts)

    def _lay_out(self) -> None:
        theme = current_theme()
        self._avoid_row = FormRow("Dagar som inte passar", self.avoid)
        cancel = link_button("Avbryt")
        cancel.clicked.connect(self.closed)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(8))
        for button in (self.button, cancel):
            buttons.addWidget(button)
        buttons.addStretch(1)
        inner = QWidget()
        inner.setMaximumWidth(theme.px(860))
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        column.addWidget(Label("Föreslå sammanträden", "section"))
        column.addWidget(
            Label(
                "Dagarna håller den 31 mars och den 30 november, går runt helger och helst runt lov, och ger "
                "medlemmarna tre veckor för samråd om budgeten. Du kan flytta varje sammanträde sedan.",
                "body",
                "text2",
                wrap=True,
            )
        )
        column.addWidget(
            FormLine(
                (FormRow("År", self.year), 2), (FormRow("Veckodag", self.weekday), 3), (self._avoid_row, 5)
            )
        )
        column.addWidget(self.planning_day)
        column.addWidget(self.list, 1)
        column.addWidget(self.reasons)
        column.addLayout(buttons)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(theme.px(28), theme.px(20), theme.px(28), theme.px(16))
        outer.addWidget(inner, 6)
        outer.addStretch(1)

    def start(self, year: int) -> None:
        """Propose a year."""
        self.year.set_value(year)
        self.refresh()
        self.list.setFocus()

    def wishes(self) -> Wishes:
        """What the fields say; days that cannot be read are told under their field."""
        weekday = self.weekday.value()
        days, odd = self._days()
        self._avoid_row.set_remark(f"”{odd}” går inte att läsa som datum." if odd else "", State.MUST_MEND)
        return Wishes(
            weekday=weekday if isinstance(weekday, int) else None,
            avoid=days,
            planning_day=self.planning_day.isChecked(),
        )

    def _days(self) -> tuple[tuple[date, ...], str]:
        year = self.year.value() or self._shell.session.today.year
        days: list[date] = []
        for text in self.avoid.text().replace(";", ",").split(","):
            if not text.strip():
                continue
            day = read_date(text, date(year, 1, 1))
            if day is None:
                return tuple(days), text.strip()
            days.append(day)
        return tuple(days), ""

    def refresh(self, _value: object = None) -> None:
        """Propose anew."""
        session = self._shell.session
        year = self.year.value()
        if year is None or not session.is_open:
            return
        self.proposed = propose(year, session.association, session.meetings, self.wishes())
        self._model.set_rows(tuple(_row(one) for one in self.proposed))
        if not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self._model.index(0))
        self._show_reasons()
        new = sum(1 for one in self.proposed if not one.existing)
        self.button.setEnabled(bool(new) and not session.read_only)
        self.button.setText(
            "Skapa 1 utkast" if new == 1 else f"Skapa {new} utkast" if new else "Allt är planerat"
        )

    def _show_reasons(self, _index: object = None) -> None:
        """Why the chosen day is proposed, in full."""
        place = self.list.currentIndex().row()
        one = self.proposed[place] if 0 <= place < len(self.proposed) else None
        lines = [] if one is None else [f"{line}." for line in one.why]
        if one is not None and one.drawbacks:
            lines.append(f"Att tänka på: {', '.join(one.drawbacks)}.")
        self.reasons.setText("\n".join(lines))

    def create_drafts(self) -> None:
        """Make drafts of what is not planned yet, as one change."""
        self.avoid.flush()
        session = self._shell.session
        made = drafts(self.proposed, session.association, standard_templates(), session.meetings)
        label = f"Sammanträdesplan {self.year.value()}"
        edits = tuple((None, meeting) for meeting in made)
        if session.guarded(lambda: session.workspace.change_together(label, edits)) is not None:
            self.made.emit(len(made))


def _row(one: ProposedMeeting) -> Row:
    week = f"Vecka {one.date.isocalendar().week}"
    reasons = ("Finns redan",) if one.existing else one.drawbacks
    return Row(
        title=f"{wording.short_date(one.date).capitalize()}, {wording.KINDS[one.slot.kind].lower()}",
        key=one.slot.key,
        leading=State.DONE if one.existing else State.CONSIDER if one.drawbacks else State.DATE,
        meta=(MetaPart(one.slot.purpose), *(MetaPart(reason) for reason in reasons)),
        time=week,
    )
