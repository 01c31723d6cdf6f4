"""Who was there, as the minutes' front page prints it: those who decide with their paragraphs, deputies,
others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import chain

from finsam_desktop.documents.values import role_title
from finsam_desktop.domain import sentences
from finsam_desktop.domain.association import BOARD_ROLES, Association, Role
from finsam_desktop.domain.attendance import attends, deciders
from finsam_desktop.domain.attendance_table import attendance_table
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.numbering import ranges, section_label
from finsam_desktop.domain.wording import ROLES, join_names

_BOARD = frozenset((*BOARD_ROLES, Role.DEPUTY))


class Presence:
    """The people of one meeting. ``paragraphs`` is the § number of every item by id."""

    def __init__(self, association: Association, meeting: Meeting, paragraphs: dict[str, int]) -> None:
        self.association, self.meeting, self.paragraphs = association, meeting, paragraphs
        self.all_paragraphs = [paragraphs[item.id] for item in meeting.items]
        self.board = tuple(a for role in BOARD_ROLES for a in association.appointed(meeting.date, role))
        self.deciding: dict[tuple[str, str], list[int]] = defaultdict(list)
        """§ numbers by person and the ledamot served for ("" for an own seat). A § counts where a part of it does."""
        for item, situation in zip(
            meeting.items, attendance_table(meeting, association).situations, strict=True
        ):
            parts = [
                deciders(meeting, association, sub.id) for sub in item.sub_items if self._differs(sub.id)
            ]
            for decider in dict.fromkeys(chain(situation.deciders, *parts)):
                self.deciding[decider.person_id, decider.serving_for].append(paragraphs[item.id])

    def _differs(self, part_id: str) -> bool:
        """Whether others decide the sub-item than its item: only a conflict of interest may concern it alone."""
        return any(conflict.item_id == part_id for conflict in self.meeting.attendance.conflicts)

    def deciding_rows(self) -> list[dict[str, object]]:
        """Chair, vice chairs, ledamöter in the order of members, then deputies who serve, those with most §§
        first."""
        return [
            self._row(person_id, served, self.deciding[person_id, served])
            for person_id, served in self._in_order()
        ]

    def _in_order(self) -> list[tuple[str, str]]:
        own = [key for key in self.deciding if not key[1]]
        serving = [key for key in self.deciding if key[1]]
        own.sort(key=lambda key: self._seat_order(key[0]))
        serving.sort(key=lambda key: (-len(self.deciding[key]), self.deciding[key][0]))
        return [*own, *serving]

    def deciding_at(self, number: int) -> tuple[str, ...]:
        """The names of those who decide at one §, in the order of the front page, each with what the person is."""
        return tuple(
            str(self._row(person_id, served, ())["name"])
            for person_id, served in self._in_order()
            if number in self.deciding[person_id, served]
        )

    def _seat_order(self, person_id: str) -> tuple[int, int, int]:
        place, appointment = next((i, a) for i, a in enumerate(self.board) if a.person_id == person_id)
        members = [member.id for member in self.association.members]
        member = members.index(appointment.member_id) if appointment.member_id in members else len(members)
        return BOARD_ROLES.index(appointment.role), member, place

    def _row(self, person_id: str, served: str, numbers: Sequence[int]) -> dict[str, object]:
        name = sentences.person_name(self.association, person_id)
        if served:
            name += (
                ", tjänstgörande ersättare för"
                f" {sentences.person_name(self.association, served, party=False)}"
            )
        else:
            name += self._function(person_id)
        presence = self.meeting.attendance.of(person_id)
        if presence is not None and presence.distance:
            name += ", på distans"
        return {
            "name": name,
            "member": self._member(person_id, deputy=bool(served)),
            "paragraphs": ranges(numbers),
        }

    def _function(self, person_id: str) -> str:
        role = next(a.role for a in self.board if a.person_id == person_id)
        return "" if role is Role.BOARD_MEMBER else f", {ROLES[role]}"

    def _member(self, person_id: str, *, deputy: bool) -> str:
        roles = (Role.DEPUTY,) if deputy else BOARD_ROLES
        for appointment in self.association.appointed(self.meeting.date, *roles):
            if appointment.person_id == person_id:
                member = self.association.member(appointment.member_id)
                return member.name if member is not None else ""
        return ""

    def deputies(self) -> str:
        """Deputies who are there without serving, and those who serve at some paragraphs only."""
        idle: list[str] = []
        partly: list[str] = []
        seen: set[str] = set()
        for appointment in self.association.appointed(self.meeting.date, Role.DEPUTY):
            person_id = appointment.person_id
            if person_id in seen:
                continue
            seen.add(person_id)
            there = self._attended(person_id)
            served = sorted(
                {
                    n
                    for (who, for_whom), ns in self.deciding.items()
                    if who == person_id and for_whom
                    for n in ns
                }
            )
            if not there or set(there) <= set(served):
                continue
            name = sentences.person_name(self.association, person_id)
            far = "på distans" if self._at_distance(person_id) else ""
            span = sentences.section_range(there, self.all_paragraphs)
            told = ", ".join(part for part in (name, far, span) if part)
            if served:
                partly.append(f"{told}, ej tjänstgörande utom {section_label(served)}")
            else:
                idle.append(told)
        return "\n".join(([f"{_listed(idle)}, ej tjänstgörande"] if idle else []) + partly)

    def others(self) -> str:
        """Civil servants and guests with role, and with paragraphs where they were not there the whole
        time."""
        told: list[str] = []
        seen: set[str] = set()
        for appointment in self.association.appointed(self.meeting.date):
            person_id = appointment.person_id
            if person_id in seen or self._is_board(person_id):
                continue
            seen.add(person_id)
            there = self._attended(person_id)
            if not there:
                continue
            parts = [
                sentences.person_name(self.association, person_id),
                role_title(self.association, person_id, self.meeting.date),
                "på distans" if self._at_distance(person_id) else "",
                sentences.section_range(there, self.all_paragraphs),
            ]
            told.append(", ".join(part for part in parts if part))
        return _listed(told)

    def _is_board(self, person_id: str) -> bool:
        appointments = self.association.appointed(self.meeting.date)
        return any(a.person_id == person_id and a.role in _BOARD for a in appointments)

    def _at_distance(self, person_id: str) -> bool:
        presence = self.meeting.attendance.of(person_id)
        return presence is not None and presence.distance

    def _attended(self, person_id: str) -> list[int]:
        items = self.meeting.items
        return [
            self.paragraphs[item.id]
            for item in items
            if attends(self.meeting, self.association, person_id, item.id)
        ]


def _listed(parts: Sequence[str]) -> str:
    """ "A och B", or with a comma before "och" where a part has commas of its own."""
    if len(parts) > 1 and any("," in part for part in parts):
        return f"{', '.join(parts[:-1])}, och {parts[-1]}"
    return join_names(parts)
