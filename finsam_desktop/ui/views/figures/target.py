"""The item that figures are meant for: which meeting, which item, or a new one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from finsam_desktop.domain import agenda, numbering, wording
from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.overview import next_meeting
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.view import Shell
from finsam_desktop.ui.views.meeting.open_meeting import LOCKED_STATES
from finsam_desktop.ui.widgets.fields import ChoiceField
from finsam_desktop.ui.widgets.forms import FormRow

if TYPE_CHECKING:
    from finsam_desktop.workspace import MeetingHead

NEW_ITEM = ""


class FigureTarget(QWidget):
    """Two choices. ``changed()`` when either is made. With ``new_item`` an item can be made for the figures."""

    changed = Signal()

    def __init__(self, shell: Shell, *, new_item: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._new_item = new_item
        self._new_title = ""
        self._words: tuple[str, ...] = ("tertial",)
        self.meeting_choice = ChoiceField()
        self.meeting_choice.chosen.connect(self._meeting_chosen)
        self.item_choice = ChoiceField()
        self.item_choice.chosen.connect(self._item_chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_theme().px(12))
        column.addWidget(FormRow("Sammanträde", self.meeting_choice))
        column.addWidget(FormRow("Ärende", self.item_choice, "Det ärende som tabellen hör till."))

    def set_wanted(self, title: str, *words: str) -> None:
        """What a new item would be called, and words of which the usual item has one in its title."""
        if (title, words) != (self._new_title, self._words):
            self._new_title, self._words = title, words
            self.item_choice.set_value(None)
            self._fill_items()

    def refresh(self) -> None:
        """Show the meetings and items as they are; what is chosen stays chosen."""
        heads = self._shell.session.heads
        heads = tuple(reversed([head for head in heads if head.state not in LOCKED_STATES] or heads))
        chosen = self.meeting_choice.value()
        self.meeting_choice.set_choices(
            tuple((head.id, f"{wording.short_date(head.date)} {head.date.year}") for head in heads)
        )
        if all(head.id != chosen for head in heads):
            chosen = self._usual(heads)
        self.meeting_choice.set_value(chosen)
        self._fill_items()

    def _usual(self, heads: Sequence[MeetingHead]) -> str | None:
        """The next meeting, else the latest. The earlier ones are not read: there are those of many years."""
        session = self._shell.session
        coming = (session.find(head.id) for head in heads if head.date >= session.today)
        usual = next_meeting((meeting for meeting in coming if meeting is not None), session.today)
        return usual.id if usual is not None else next((head.id for head in heads), None)

    def choose(self, meeting_id: str, item_id: str) -> None:
        """Choose a meeting and one of its items."""
        if meeting_id:
            self.meeting_choice.set_value(meeting_id)
            self._fill_items()
            self.item_choice.set_value(item_id)
            self.changed.emit()

    def meeting(self) -> Meeting | None:
        """The meeting chosen."""
        return self._shell.session.find(self.meeting_choice.value())

    def item(self) -> AgendaItem | None:
        """The item chosen; None where there is none, or a new one is to be made."""
        meeting = self.meeting()
        return agenda.find(meeting.items, str(self.item_choice.value())) if meeting else None

    def wants_new(self) -> bool:
        """Whether an item is to be made for the figures."""
        return self._new_item and self.meeting() is not None and self.item_choice.value() == NEW_ITEM

    def number(self) -> str:
        """The item's number on the agenda, "" without one."""
        meeting, item = self.meeting(), self.item()
        return numbering.agenda_numbers(meeting)[item.id] if meeting and item else ""

    def _meeting_chosen(self, _value: object) -> None:
        self.item_choice.set_value(None)
        self._fill_items()

    def _item_chosen(self, _value: object) -> None:
        self.changed.emit()

    def _fill_items(self) -> None:
        meeting = self.meeting()
        chosen = self.item_choice.value()
        # As read: a reference in a heading is words here, never its mark.
        items = self._shell.session.as_read(meeting).items if meeting else ()
        numbers = numbering.agenda_numbers(meeting) if meeting else {}
        choices = [(item.id, f"{numbers[item.id]}  {item.title}") for item in items]
        likely = next((item.id for item in items if self._is_usual(item)), None)
        if self._new_item and meeting is not None:
            choices.append((NEW_ITEM, f"Nytt ärende: {self._new_title}"))
            likely = likely or NEW_ITEM
        self.item_choice.set_choices(tuple(choices))
        self.item_choice.set_value(chosen if any(chosen == key for key, _ in choices) else likely)
        self.changed.emit()

    def _is_usual(self, item: AgendaItem) -> bool:
        title = item.title.casefold()
        if self._new_item:
            return any(word in title for word in self._words)
        return bool(item.report or item.figures or any(word in title for word in self._words))
