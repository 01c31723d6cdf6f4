"""An election: who can be elected, the votes on closed ballots, and what the lot gave."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from finsam_desktop.domain.decisions import Candidate, Election
from finsam_desktop.domain.voting import election_result
from finsam_desktop.domain.wording import join_names
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.widgets.buttons import IconButton, link_button
from finsam_desktop.ui.widgets.fields import CountField
from finsam_desktop.ui.widgets.forms import FormLine, FormRow
from finsam_desktop.ui.widgets.people_button import PeopleButton
from finsam_desktop.ui.widgets.surfaces import IconLabel
from finsam_desktop.ui.widgets.text_edits import TextField


class _CandidateRow(QWidget):
    changed = Signal()
    removed = Signal(object)

    def __init__(self, number: int) -> None:
        super().__init__()
        self.person_id = ""
        self._known = ""
        self.name = TextField("", "Namn")
        self.name.setAccessibleName(f"Kandidat {number}")
        self.votes = CountField(least=0, most=99)
        self.votes.setPlaceholderText("Röster")
        self.votes.setAccessibleName(f"Röster på kandidat {number}")
        self.votes.setFixedWidth(current_theme().px(72))
        remove = IconButton("x", f"Ta bort kandidat {number}")
        remove.clicked.connect(self._remove)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(current_theme().px(8))
        line.addWidget(self.name, 1)
        line.addWidget(self.votes)
        line.addWidget(remove)
        self.name.edited.connect(self._report)
        self.votes.changed.connect(self._report)

    def show_candidate(self, candidate: Candidate) -> None:
        self.person_id, self._known = candidate.person_id, candidate.name
        self.name.set_text(candidate.name)
        if not (self.votes.hasFocus() and self.votes.isModified()):
            self.votes.set_value(candidate.votes or None)

    def candidate(self) -> Candidate:
        name = self.name.text().strip()
        person_id = self.person_id if name == self._known else ""
        return Candidate(name=name, person_id=person_id, votes=self.votes.value() or 0)

    def _report(self, _value: object = None) -> None:
        self.changed.emit()

    def _remove(self) -> None:
        self.removed.emit(self)


class ElectionEditor(QWidget):
    """``edited(Election)`` when something is written, ``removal_wanted()`` when there was no election after all."""

    edited = Signal(object)
    removal_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = current_theme()
        self._election = Election()
        self._rows: list[_CandidateRow] = []
        self.secret = QCheckBox("Slutna sedlar")
        self.seats = CountField(1, least=1, most=20)
        self.blank = CountField(least=0, most=99)
        self.drawn = PeopleButton("Lottning gav", "Vem gav lotten?")
        self._tie = IconLabel("info", "", "label", "warn", wrap=True)
        add, drop = link_button("Kandidat", "plus"), link_button("Ta bort valet")
        add.setAccessibleName("Lägg till kandidat")
        add.clicked.connect(self.add_candidate)
        drop.clicked.connect(self.removal_wanted)
        head = QHBoxLayout()
        head.addWidget(self.secret, 1)
        head.addWidget(drop)
        self._column = QVBoxLayout()
        self._column.setSpacing(theme.px(4))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addLayout(head)
        column.addLayout(self._column)
        column.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(
            FormLine((FormRow("Att utse", self.seats), 1), (FormRow("Blanka", self.blank), 1), (QWidget(), 2))
        )
        column.addWidget(self._tie)
        column.addWidget(self.drawn, 0, Qt.AlignmentFlag.AlignLeft)
        self.secret.clicked.connect(self._report)
        self.seats.changed.connect(self._report)
        self.blank.changed.connect(self._report)
        self.drawn.edited.connect(self._drawn_chosen)

    def show_election(self, election: Election) -> None:
        """Show an election; a lot is asked for only where votes are equal."""
        self._election = election
        while len(self._rows) > len(election.candidates):
            self._drop(self._rows[-1])
        while len(self._rows) < len(election.candidates):
            self._append()
        for row, candidate in zip(self._rows, election.candidates, strict=True):
            row.show_candidate(candidate)
        self.secret.setChecked(election.secret)
        for field, value in ((self.seats, election.seats), (self.blank, election.blank or None)):
            if not (field.hasFocus() and field.isModified()):
                field.set_value(value)
        tied = election_result(election).tied
        names = join_names([one.name for one in tied])
        self._tie.set_text(f"Lika röster mellan {names}. Lotten avgör (KL 5 kap. 56 §)." if tied else "")
        self._tie.setVisible(bool(tied))
        self.drawn.setVisible(bool(tied or election.drawn))
        self.drawn.show_people(tuple((one.name, one.name) for one in election.candidates), election.drawn)

    def flush(self) -> None:
        """Take in what is written but not yet left."""
        for row in self._rows:
            row.name.flush()
            if row.votes.isModified():
                row.votes.editingFinished.emit()
        for field in (self.seats, self.blank):
            if field.isModified():
                field.editingFinished.emit()

    def add_candidate(self) -> None:
        """One more who can be elected."""
        self.flush()
        self._append()
        self._rows[-1].name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _append(self) -> None:
        row = _CandidateRow(len(self._rows) + 1)
        row.changed.connect(self._report)
        row.removed.connect(self._remove)
        self._rows.append(row)
        self._column.addWidget(row)

    def _drop(self, row: _CandidateRow) -> None:
        self._rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _remove(self, row: _CandidateRow) -> None:
        self._drop(row)
        self._report()

    def _report(self, _value: object = None) -> None:
        candidates = tuple(one for row in self._rows if (one := row.candidate()).name)
        self.edited.emit(
            replace(
                self._election,
                candidates=candidates,
                seats=self.seats.value() or 1,
                secret=self.secret.isChecked(),
                blank=self.blank.value() or 0,
            )
        )

    def _drawn_chosen(self, names: tuple[str, ...]) -> None:
        self.edited.emit(replace(self._election, drawn=names))
