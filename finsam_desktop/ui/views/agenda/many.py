"""What is done with several items of the agenda at a time: one change, one undo."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from finsam_desktop.domain import moving, wording
from finsam_desktop.domain.agenda import Items
from finsam_desktop.domain.catalogue import ItemType
from finsam_desktop.files.catalogue_files import standard_templates
from finsam_desktop.item_moves import move_on, told
from finsam_desktop.ui.models.attendance_grid import OTHER_ROLES
from finsam_desktop.ui.views.meeting.open_meeting import OpenMeeting

if TYPE_CHECKING:
    from finsam_desktop.ui.views.agenda.step import AgendaStep

_FIRST = ("move_item_next", "move_item_up", "move_item_down")
_REST = (
    "add_item", "add_sub_item", "paste_headings", "rename_item", "remove_item", "send_item", "receive_item",
)  # fmt: skip


class SeveralItems(QObject):
    """Changes the items that are chosen in the list of an agenda step."""

    def __init__(self, desk: OpenMeeting, step: AgendaStep) -> None:
        super().__init__(step)
        self._desk, self._step = desk, step

    def remove(self) -> None:
        """Take the chosen items away; it can be undone."""
        chosen = self._step.tree.item_ids()
        words = f"{len(chosen)} ärenden"
        if self._change(f"Ta bort {words}", partial(moving.removed, item_ids=chosen)):
            self._desk.tell(f"{words} togs bort.", undo=True)

    def shift(self, steps: int) -> None:
        """Move the chosen items up (-1) or down (+1), keeping them together."""
        chosen = self._step.tree.item_ids()
        self._change(f"Flytta {len(chosen)} ärenden", partial(moving.shifted, item_ids=chosen, steps=steps))

    def set_type(self, kind: ItemType) -> None:
        """Make the chosen items of a type."""
        chosen = self._step.tree.item_ids()
        self._change(f"Ändra typ på {_count(chosen)}", partial(moving.typed, item_ids=chosen, kind=kind))

    def set_presenter(self, person_id: str) -> None:
        """Have the chosen items presented by a person."""
        chosen = self._step.tree.item_ids()
        self._change(
            f"Byt föredragande på {_count(chosen)}",
            partial(moving.presented, item_ids=chosen, person_id=person_id),
        )

    def move_on(self) -> None:
        """Move the chosen items to the next meeting; one is made where none is planned."""
        desk, session = self._desk, self._desk.session
        chosen = self._step.tree.item_ids() or (self._step.item_id,)
        if desk.locked or not any(desk.item(one) is not None for one in chosen):
            return
        self._step.flush()
        templates = session.guarded(standard_templates) or ()
        before = desk.stored
        moved = session.guarded(
            lambda: move_on(session.workspace, desk.meeting_id, chosen, templates, session.today)
        )
        if moved is not None:
            desk.tell(told(before, moved), undo=True)

    def menu(self, at: QPoint) -> None:
        """What can be done with the chosen items, at a place of the screen."""
        step, desk = self._step, self._desk
        menu = QMenu(step)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        actions = desk.shell.actions
        for action_id in _FIRST:
            menu.addAction(actions[action_id])
        kinds, people = QMenu("Typ", menu), QMenu("Föredragande", menu)
        for kind in ItemType:
            kinds.addAction(wording.ITEM_TYPES[kind] or "Ingen typ").setData(kind.value)
        for person_id, name in self._people():
            people.addAction(name).setData(person_id)
        people.addAction("Ingen").setData("")
        kinds.triggered.connect(self._kind_chosen)
        people.triggered.connect(self._person_chosen)
        for part in (kinds, people):
            part.setEnabled(not desk.locked and bool(step.tree.item_ids()))
            menu.addMenu(part)
        menu.addSeparator()
        for action_id in _REST:
            menu.addAction(actions[action_id])
        menu.popup(at)

    def _people(self) -> tuple[tuple[str, str], ...]:
        """Those who usually present: the officers first, then the board."""
        association, day = self._desk.association, self._desk.meeting.date
        found: dict[str, str] = {}
        for role in (*OTHER_ROLES, None):
            for one in association.appointed(day, role) if role else association.appointments:
                person = association.person(one.person_id)
                if person is not None:
                    found.setdefault(person.id, person.name)
        return tuple(found.items())

    def _kind_chosen(self, action: QAction) -> None:
        self.set_type(ItemType(action.data()))

    def _person_chosen(self, action: QAction) -> None:
        self.set_presenter(str(action.data()))

    def _change(self, label: str, change: Callable[[Items], Items]) -> bool:
        desk, tree = self._desk, self._step.tree
        chosen, current = tree.item_ids(), tree.item_id()
        if desk.locked or not chosen:
            return False
        self._step.flush()
        done = desk.change_fields(label, items=change(desk.meeting.items))
        if done and desk.item(current) is not None:
            tree.choose(current, *chosen)
        return done


def _count(chosen: tuple[str, ...]) -> str:
    return "1 ärende" if len(chosen) == 1 else f"{len(chosen)} ärenden"
