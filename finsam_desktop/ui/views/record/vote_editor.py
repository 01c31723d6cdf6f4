"""An open vote: Ja, Nej or Avstår for each who decides, with the count."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from finsam_desktop.domain.decisions import Ballot, CastBallot, Vote
from finsam_desktop.ui.theme import Role, current_theme
from finsam_desktop.ui.views.record.person_rows import People
from finsam_desktop.ui.widgets.buttons import link_button
from finsam_desktop.ui.widgets.fields import ChoiceField
from finsam_desktop.ui.widgets.forms import FormLine, FormRow
from finsam_desktop.ui.widgets.steps import Segment
from finsam_desktop.ui.widgets.surfaces import IconLabel, Label, empty

BALLOTS = (Ballot.YES, Ballot.NO, Ballot.ABSTAIN)
KEYS = {"J": 0, "N": 1, "A": 2}
"""The letters that cast a ballot and go on to the next person."""
Sides = tuple[tuple[object, str], ...]


def vote_words(vote: Vote) -> str:
    """ "6 ja, 2 nej, 1 avstår"."""
    yes, no, abstain = (vote.count(ballot) for ballot in BALLOTS)
    return ", ".join(
        part for part in (f"{yes} ja", f"{no} nej", f"{abstain} avstår" if abstain else "") if part
    )


class VoteBar(QWidget):
    """The count as a bar in three parts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._vote = Vote()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_vote(self, vote: Vote) -> None:
        self._vote = vote
        self.setAccessibleName(vote_words(vote))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(current_theme().px(200), current_theme().px(6))

    minimumSizeHint = sizeHint

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        total = max(len(self._vote.ballots), 1)
        colours: tuple[Role, ...] = ("accent", "c_budget", "line2")
        painter = QPainter(self)
        left, gap = 0.0, 2.0
        for ballot, colour in zip(BALLOTS, colours, strict=True):
            width = self.width() * self._vote.count(ballot) / total
            if width:
                painter.fillRect(QRectF(left, 0, max(width - gap, 1), self.height()), theme.color(colour))
            left += width
        painter.end()


class _Ballots(Segment):
    """One person's three ways to vote. ``cast(person, index)`` by letter; ``step(person, ±1)`` by arrow."""

    cast = Signal(str, int)
    step = Signal(str, int)

    def __init__(self, person_id: str, name: str) -> None:
        super().__init__(("Ja", "Nej", "Avstår"), f"{name} röstar")
        self.person_id = person_id
        self.setToolTip("J, N eller A, och vidare till nästa")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text().upper()
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not event.modifiers():
            self.step.emit(self.person_id, -1 if event.key() == Qt.Key.Key_Up else 1)
        elif letter in KEYS and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.cast.emit(self.person_id, KEYS[letter])
            self.step.emit(self.person_id, 1)
        else:
            super().keyPressEvent(event)


class VoteEditor(QWidget):
    """``edited(Vote)`` when a ballot is cast, ``removal_wanted()`` when there was no vote after all."""

    edited = Signal(object)
    removal_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = current_theme()
        self._vote = Vote()
        self._people: People = ()
        self._fields: dict[str, _Ballots] = {}
        self._count = Label("", "body_strong")
        self._remove = link_button("Ta bort voteringen")
        self._remove.clicked.connect(self.removal_wanted)
        self._bar = VoteBar()
        self.yes, self.no = ChoiceField(), ChoiceField()
        self.yes.chosen.connect(self._yes_chosen)
        self.no.chosen.connect(self._no_chosen)
        self._tie = IconLabel("info", "", "label", "warn", wrap=True)
        self._tie.hide()
        self._requested = ChoiceField()
        self._requested.chosen.connect(self._requested_chosen)
        head = QHBoxLayout()
        head.addWidget(self._count, 1)
        head.addWidget(self._remove)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.px(10))
        self._grid.setVerticalSpacing(theme.px(4))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addLayout(head)
        column.addWidget(self._bar)
        column.addWidget(self._tie)
        column.addWidget(FormLine((FormRow("Ja för", self.yes), 1), (FormRow("Nej för", self.no), 1)))
        column.addLayout(self._grid)
        column.addWidget(FormRow("Begärd av", self._requested))

    def show_vote(self, vote: Vote, people: People, yes: Sides, no: Sides, tie: str) -> None:
        """Show a vote among those who decide. ``yes`` and ``no`` are what each side can stand for; ``tie`` is said
        where the votes are equal."""
        self._vote = vote
        if people != self._people:
            self._people = people
            self._make_rows()
        for person_id, field in self._fields.items():
            ballot = vote.cast_by(person_id)
            blocked = field.blockSignals(True)
            field.setCurrentIndex(BALLOTS.index(ballot) if ballot is not None else -1)
            field.blockSignals(blocked)
            field.update()
        self._count.setText(vote_words(vote))
        self._bar.show_vote(vote)
        for choice, sides, value in ((self.yes, yes, vote.yes_motion), (self.no, no, vote.no_motion)):
            choice.set_choices(sides)
            choice.set_value(value)
        self._tie.set_text(tie)
        self._tie.setVisible(bool(tie))
        self._requested.set_value(vote.requested_by)

    def focus_first(self) -> None:
        """Put the focus at the first person, for J, N and A."""
        field = next(iter(self._fields.values()), None)
        if field is not None:
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_rows(self) -> None:
        empty(self._grid)
        self._fields = {}
        for row, (person_id, name) in enumerate(self._people):
            field = _Ballots(person_id, name)
            field.tabBarClicked.connect(self._clicked)
            field.currentChanged.connect(self._chosen)
            field.cast.connect(self._set)
            field.step.connect(self._step)
            self._grid.addWidget(Label(name, "body"), row, 0)
            self._grid.addWidget(field, row, 1)
            self._fields[person_id] = field
        self._requested.set_choices((("", "Ingen angiven"), *self._people))

    def _clicked(self, index: int) -> None:
        # A segment without a choice already counts its first tab as current to Qt, so the press is taken here.
        self._chosen(index)

    def _chosen(self, index: int) -> None:
        sender = self.sender()
        if isinstance(sender, _Ballots):
            self._set(sender.person_id, index)

    def _step(self, person_id: str, step: int) -> None:
        people = list(self._fields)
        place = people.index(person_id) + step
        if 0 <= place < len(people):
            self._fields[people[place]].setFocus(Qt.FocusReason.OtherFocusReason)

    def _set(self, person_id: str, index: int) -> None:
        if not 0 <= index < len(BALLOTS) or self._vote.cast_by(person_id) is BALLOTS[index]:
            return
        cast = {one.person_id: one for one in self._vote.ballots}
        cast[person_id] = CastBallot(person_id=person_id, ballot=BALLOTS[index])
        self.edited.emit(replace(self._vote, ballots=tuple(cast.values())))

    def _requested_chosen(self, person_id: str) -> None:
        self.edited.emit(replace(self._vote, requested_by=person_id))

    def _yes_chosen(self, motion_id: str) -> None:
        self.edited.emit(replace(self._vote, yes_motion=motion_id))

    def _no_chosen(self, motion_id: str) -> None:
        self.edited.emit(replace(self._vote, no_motion=motion_id))
