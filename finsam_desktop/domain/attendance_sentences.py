"""The standing sentences about who was there: opening, distance, coming and going, service, conflict of interest,
who leads, quorum, closing (documents.md §8; KL 6 kap. 27–30 §§, 19 a § finsamlagen).

Nothing is claimed that the record does not hold: a time that is not noted is left out of its sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import time

from finsam_desktop.domain.agenda import parent_of
from finsam_desktop.domain.association import BOARD_ROLES, Association, Role
from finsam_desktop.domain.attendance import (
    Away,
    ConflictOfInterest,
    Decider,
    Presence,
    Ruling,
    deciders,
    is_in_conflict,
    is_quorate,
    leader_among,
    presiding,
    would_attend,
)
from finsam_desktop.domain.attendance_table import attendance_table
from finsam_desktop.domain.meeting import Meeting, MeetingKind
from finsam_desktop.domain.numbering import section_label
from finsam_desktop.domain.sentences import (
    NBSP,
    capitalised,
    genitive,
    next_meeting,
    person_name,
    sentence_end,
)
from finsam_desktop.domain.wording import ROLES, clock, join_names, number_word, weekday_date


def _at(moment: time | None) -> str:
    return f" klockan{NBSP}{clock(moment)}" if moment is not None else ""


class AttendanceSentences:
    """What is told of the attendance through one meeting. ``numbers`` is the § of every item by id; without §, as at
    a member consultation, the sentences name none.

    Made once for a meeting, since who decides is worked out for all of its items at once.
    """

    def __init__(self, meeting: Meeting, association: Association, numbers: Mapping[str, int]) -> None:
        self._meeting, self._association, self._numbers = meeting, association, numbers
        self._places = {item.id: place for place, item in enumerate(meeting.items)}
        table = attendance_table(meeting, association)
        self._deciders = [situation.deciders for situation in table.situations]
        seats = association.seats(meeting.date)
        self._quorate = [2 * count > seats for count in table.counts()]
        self._leaders = [leader_among(meeting, deciding) for deciding in self._deciders]
        self._there = {
            p.person_id: [would_attend(meeting, association, p.person_id, item.id) for item in meeting.items]
            for p in meeting.attendance.presences
        }

    # ------------------------------------------------------------------------------------ opening and closing

    def opening(self, item_id: str) -> tuple[str, ...]:
        """Who opens, the roll-call, the seats filled and whether the board is quorate (KL 6 kap. 27 §).

        A board that is not quorate at any item only meets to find that out, and the meeting is closed.
        """
        place = self._places[item_id]
        leader = self._title(self._leaders[place])
        opened = _at(self._meeting.opened_at)
        filled, seats = len(self._deciders[place]), self._association.seats(self._meeting.date)
        told = [
            f"{leader} öppnar sammanträdet{opened} och förrättar upprop."
            if leader
            else f"Sammanträdet öppnas{opened} och upprop förrättas.",
            f"{capitalised(number_word(filled))} av styrelsens {number_word(seats)} platser är"
            f" {'fylld' if filled == 1 else 'fyllda'} av ledamöter eller tjänstgörande ersättare.",
            f"Styrelsen är {'' if self._quorate[place] else 'inte '}beslutför.",
        ]
        if self._closed_for_want_of_quorum():
            told.append(self._closes(leader))
        return (" ".join(told),)

    def closing(self, meetings: Iterable[Meeting]) -> tuple[str, ...]:
        """Who closes and when the next meeting is held; a meeting that fixes the budget is public (19 §
        finsamlagen)."""
        leader = self._title(self._leaders[-1]) if self._leaders else ""
        told = [] if self._closed_for_want_of_quorum() else [self._closes(leader)]
        following = next_meeting(self._meeting, meetings)
        if following is not None and following.kind is MeetingKind.BUDGET:
            told.append(
                f"Nästa sammanträde, då budgeten för {following.date.year + 1} fastställs, hålls"
                f" {weekday_date(following.date)} och är offentligt."
            )
        elif following is not None:
            told.append(f"Nästa sammanträde hålls {weekday_date(following.date)}.")
        return (" ".join(told),) if told else ()

    def _closes(self, leader: str) -> str:
        who = f"{leader} avslutar sammanträdet" if leader else "Sammanträdet avslutas"
        return f"{who}{_at(self._meeting.closed_at)}."

    def _closed_for_want_of_quorum(self) -> bool:
        return self._meeting.closed_at is not None and not any(self._quorate)

    def _title(self, leader: Decider | None) -> str:
        """ "Ordföranden", "Vice ordföranden", the name of someone else who leads, or "" when nobody is known to."""
        if leader is None:
            return ""
        if leader.role in (Role.CHAIR, Role.VICE_CHAIR):
            return capitalised(f"{ROLES[leader.role]}n")
        return self._name(leader.person_id)

    def _name(self, person_id: str, *, party: bool = True) -> str:
        return person_name(self._association, person_id, party=party)

    def distance(self) -> tuple[str, ...]:
        """Who takes part from elsewhere and how (19 a § finsamlagen); empty when all are in the room."""
        there = [
            p for p in self._meeting.attendance.presences if p.distance and any(self._there[p.person_id])
        ]
        told: list[str] = []
        video = [self._name(p.person_id) for p in there if not p.audio_only]
        audio = [p for p in there if p.audio_only]
        if video:
            decided = self._association.rules.distance_decision.strip()
            by = f", enligt styrelsens beslut {decided}" if decided else ""
            seen = f"{join_names(video)} deltar på distans med ljud- och bildöverföring i realtid{by}"
            equal = "" if audio else " Samtliga deltagare kan se och höra varandra och delta på lika villkor."
            told.append(sentence_end(seen) + equal)
        for reason in dict.fromkeys(p.audio_reason.strip() for p in audio):
            names = join_names([self._name(p.person_id) for p in audio if p.audio_reason.strip() == reason])
            text = f"{names} deltar på distans med enbart ljudöverföring i realtid."
            if reason:
                text += sentence_end(f" Styrelsen beslutar att det finns särskilda skäl för detta: {reason}")
            told.append(text)
        return tuple(told)

    # --------------------------------------------------------------------------------------- coming and going

    def arrivals(self, item_id: str) -> tuple[str, ...]:
        """What changes before this item: lost connections, who comes, which deputies begin to serve, who leads and
        whether the board is quorate from here. The last two stand with the conflicts of interest, where there are
        any.
        """
        here = self._places[item_id]
        told = [*self._lost_connections(here), *self._comings(here), *self._new_service(here)]
        if not self._conflicts_at(item_id):
            told += self._new_state(here)
        return tuple(told)

    def departures(self, item_id: str) -> tuple[str, ...]:
        """Who leaves after this item."""
        here, last = self._places[item_id], len(self._meeting.items) - 1
        told: list[str] = []
        for presence in self._meeting.attendance.presences:
            there = self._there[presence.person_id]
            if not there[here] or (here < last and there[here + 1]):
                continue
            left = presence.left_at
            away = self._away(presence, first=here + 1)
            if away is not None and presence.to_item != item_id:
                left = away.left_at
            lost = away is not None and away.lost_connection and presence.to_item != item_id
            if lost or (here == last and left is None) or not self._is_told(presence.person_id, left):
                continue
            after = "" if here == last else self._section(", efter ", here)
            told.append(f"{self._name(presence.person_id)} lämnar sammanträdet{_at(left)}{after}.")
        return tuple(told)

    def _comings(self, here: int) -> Iterator[str]:
        item_id = self._meeting.items[here].id
        for presence in self._meeting.attendance.presences:
            there = self._there[presence.person_id]
            if not there[here] or (here > 0 and there[here - 1]):
                continue
            came = presence.arrived_at
            away = self._away(presence, last=here - 1)
            if away is not None and presence.from_item != item_id:
                came = away.back_at
            found_again = away is not None and away.lost_connection and presence.from_item != item_id
            if found_again or (here == 0 and came is None) or not self._is_told(presence.person_id, came):
                continue
            verb = "återkommer" if any(there[:here]) else "kommer"
            before = "" if here == 0 else self._section(", före behandlingen av ", here)
            yield f"{self._name(presence.person_id)} {verb} till sammanträdet{_at(came)}{before}."

    def _lost_connections(self, here: int) -> Iterator[str]:
        """Who loses the connection here and when it is back, with those who serve meanwhile."""
        for presence in self._meeting.attendance.presences:
            there, away = self._there[presence.person_id], self._away(presence, first=here)
            if away is None or not away.lost_connection or there[here] or not presence.present:
                continue
            back = next((place for place in range(here, len(there)) if there[place]), None)
            text = f"{self._name(presence.person_id)} förlorar anslutningen{_at(away.left_at)}"
            if away.back_at is not None:
                text += f" och återkommer{_at(away.back_at)}."
            elif back is not None:
                text += f" och återkommer{self._section(' före behandlingen av ', back)}."
            else:
                text += " och återkommer inte."
            serving: dict[str, list[int]] = {}
            for place in range(here, len(there) if back is None else back):
                for one in self._deciders[place]:
                    if one.serving_for == presence.person_id and not self._in_conflict(one, place):
                        serving.setdefault(one.person_id, []).append(place)
            for deputy_id, places in serving.items():
                text += f" {self._name(deputy_id)} tjänstgör{self._section(' under ', *places)}."
            yield text

    def _is_told(self, person_id: str, moment: time | None) -> bool:
        """Board members and deputies are told of always, others only when a time is noted."""
        board = self._association.appointed(self._meeting.date, *BOARD_ROLES, Role.DEPUTY)
        return moment is not None or any(a.person_id == person_id for a in board)

    def _section(self, before: str, *places: int) -> str:
        """The words before and the §§ of the places, such as " under § 64"; "" where there is no §."""
        ids = [self._meeting.items[place].id for place in places]
        label = section_label(self._numbers[i] for i in ids if i in self._numbers)
        return f"{before}{label}" if label else ""

    def _away(self, presence: Presence, *, first: int | None = None, last: int | None = None) -> Away | None:
        """The time away that begins at the place ``first``, or that ends at the place ``last``."""
        for away in presence.away:
            ends = (self._place(away.from_item), self._place(away.to_item))
            begin = ends[0] if ends[0] is not None else ends[1]
            end = ends[1] if ends[1] is not None else ends[0]
            if begin is not None and (begin == first or end == last):
                return away
        return None

    def _place(self, item_id: str) -> int | None:
        """The place of the item, or of the one it is a sub-item of; None when it is not there any more."""
        if item_id in self._places:
            return self._places[item_id]
        parent = parent_of(self._meeting.items, item_id)
        return None if parent is None else self._place(parent.id)

    # -------------------------------------------------------------------------------- service, leader, quorum

    def _new_service(self, here: int) -> Iterator[str]:
        """Deputies who begin to serve here and for which §§, other than for a conflict of interest or a lost
        connection, which are told of by themselves."""
        if here == 0:
            return
        for one in self._deciders[here]:
            period = self._period(one, here) if one.serving_for else []
            if not period:
                continue
            to_the_end = all(self._is_apart(one, p) for p in range(period[-1] + 1, len(self._places)))
            span = self._section(" från och med ", here) if to_the_end else self._section(" under ", *period)
            deputy, replaced = self._name(one.person_id), self._name(one.serving_for)
            yield f"{deputy} tjänstgör i stället för {replaced}{span}."

    def _period(self, one: Decider, here: int) -> list[int]:
        """The places of the service that begins here; empty when it began before or is told of elsewhere."""
        if self._is_apart(one, here):
            return []
        before = next((p for p in range(here - 1, -1, -1) if not self._is_apart(one, p)), None)
        if before is not None and one in self._deciders[before]:
            return []
        period: list[int] = []
        for place in range(here, len(self._places)):
            if self._is_apart(one, place):
                continue
            if one not in self._deciders[place]:
                break
            period.append(place)
        return period

    def _is_apart(self, one: Decider, place: int) -> bool:
        """Whether the place neither begins nor ends a service: a conflict of interest of either, a lost
        connection."""
        if self._in_conflict(one, place):
            return True
        presence = self._meeting.attendance.of(one.serving_for)
        if presence is None or not presence.present:
            return False
        for away in presence.away:
            first, last = self._place(away.from_item), self._place(away.to_item)
            first, last = (last if first is None else first), (first if last is None else last)
            if away.lost_connection and first is not None and last is not None and first <= place <= last:
                return True
        return False

    def _in_conflict(self, one: Decider, place: int) -> bool:
        item_id = self._meeting.items[place].id
        return any(is_in_conflict(self._meeting, i, item_id) for i in (one.serving_for, one.person_id))

    def _new_state(self, here: int) -> Iterator[str]:
        """Who leads from here and whether the board is quorate from here, where that changes."""
        change, leader = _change_at(self._leaders, here), self._leaders[here]
        if change is not None and leader is not None:
            yield f"{self._title_and_name(leader)} leder sammanträdet{self._span(change)}."
        change = _change_at(self._quorate, here)
        if change is not None:
            yield f"Styrelsen är {'' if self._quorate[here] else 'inte '}beslutför{self._span(change)}."

    def _span(self, change: _Change) -> str:
        if change.passes:
            return self._section(" under ", *range(change.first, change.last + 1))
        return self._section(" från och med ", change.first)

    def _title_and_name(self, leader: Decider) -> str:
        title = f"{capitalised(ROLES[leader.role])} " if leader.role in (Role.CHAIR, Role.VICE_CHAIR) else ""
        return f"{title}{self._name(leader.person_id)}"

    # ----------------------------------------------------------------------------------- conflict of interest

    def conflicts(self, item_id: str) -> tuple[str, ...]:
        """Each conflict of interest at the item or sub-item: who, why, what the board ruled, that the person leaves,
        who serves instead; then who leads and whether the board is quorate, where that changes with it."""
        found = self._conflicts_at(item_id)
        if not found:
            return ()
        deciding = deciders(self._meeting, self._association, item_id)
        serving = {one.serving_for: one.person_id for one in deciding if one.serving_for}
        told = [self._conflict(one, serving) for one in found]
        if item_id in self._places:
            told += self._new_state(self._places[item_id])
        else:
            told += self._new_state_of_part(item_id)
        return tuple(told)

    def _conflicts_at(self, item_id: str) -> list[ConflictOfInterest]:
        return [conflict for conflict in self._meeting.attendance.conflicts if conflict.item_id == item_id]

    def _conflict(self, conflict: ConflictOfInterest, serving: Mapping[str, str]) -> str:
        full, short = self._name(conflict.person_id), self._name(conflict.person_id, party=False)
        reason = conflict.reason.strip().removeprefix("eftersom ")
        because = f", eftersom {reason}" if reason else ""
        if conflict.ruling is Ruling.UNDISPUTED:
            text = sentence_end(f"{full} anmäler jäv{because}")
        else:
            is_it = "är" if conflict.ruling is Ruling.IN_CONFLICT else "inte är"
            text = sentence_end(f"Fråga om jäv uppkommer mot {full}{because}")
            text += f" Styrelsen beslutar att {short} {is_it} jävig i ärendet."
        if conflict.ruling is Ruling.NOT_IN_CONFLICT:
            return text
        text += f" {short} deltar varken i handläggningen eller i beslutet"
        if would_attend(self._meeting, self._association, conflict.person_id, conflict.item_id):
            part = "paragrafen" if conflict.item_id in self._places else "delärendet"
            text += f" och lämnar sammanträdet under {part}"
        text += "."
        if conflict.person_id in serving:
            text += f" {self._name(serving[conflict.person_id])} tjänstgör i {genitive(short)} ställe."
        return text

    def _new_state_of_part(self, part_id: str) -> Iterator[str]:
        """Who leads a sub-item and whether the board is quorate there, where it is not as in the whole item."""
        place = self._place(part_id)
        if place is None:
            return
        leader = presiding(self._meeting, self._association, part_id)
        if leader is not None and leader != self._leaders[place]:
            yield f"{self._title_and_name(leader)} leder sammanträdet under delärendet."
        quorate = is_quorate(self._meeting, self._association, part_id)
        if quorate is not self._quorate[place]:
            yield f"Styrelsen är {'' if quorate else 'inte '}beslutför under delärendet."


@dataclass(frozen=True, slots=True)
class _Change:
    """A stretch of items that is unlike what was before. ``passes``: after it all is as before again."""

    first: int
    last: int
    passes: bool


def _change_at(values: Sequence[object], here: int) -> _Change | None:
    """The change that begins here, or None. Coming back to what was before a passing change is none."""
    if here == 0 or values[here] == values[here - 1]:
        return (
            None  # nothing begins here; to go through all before takes long in a meeting of hundreds of items
        )
    usual, place = values[0], 0
    while place < len(values):
        if values[place] == usual:
            place += 1
            continue
        last = place
        while last + 1 < len(values) and values[last + 1] == values[place]:
            last += 1
        passes = last + 1 < len(values) and values[last + 1] == usual
        if place == here:
            return _Change(place, last, passes)
        if not passes:
            usual = values[place]
        place = last + 1
    return None
