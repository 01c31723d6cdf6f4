"""Who was there, who decided, who led and what is said of it: worked out slowly and apart from the program.

Written from the law (KL 6 kap. 27–30 §§, 10, 15, 17 and 19 a §§ finsamlagen) and from the house style's standing
sentences. It uses the program's values, none of its functions: the day is laid out as rows of letters, one letter
for each §, and the sentences are found in the rows with regular expressions.
"""

from __future__ import annotations

import re
from datetime import date, time
from fractions import Fraction
from itertools import groupby

from finsam_desktop.domain.association import Appointment, Association, Role
from finsam_desktop.domain.attendance import Away, ConflictOfInterest, Presence, Ruling
from finsam_desktop.domain.meeting import Meeting, MeetingKind

SEATS = (Role.CHAIR, Role.VICE_CHAIR, Role.BOARD_MEMBER)
WORDS = "noll en två tre fyra fem sex sju åtta nio tio elva tolv".split()
TITLES = {Role.CHAIR: "Ordförande", Role.VICE_CHAIR: "Vice ordförande"}
OTHERS = {
    Role.DIRECTOR: "förbundschef",
    Role.SECRETARY: "sekreterare",
    Role.ECONOMIST: "ekonom",
    Role.AUDITOR: "revisor",
}
MONTHS = "januari februari mars april maj juni juli augusti september oktober november december".split()
DAYS = "måndagen tisdagen onsdagen torsdagen fredagen lördagen söndagen".split()


def at(moment: time | None) -> str:
    return "" if moment is None else f" klockan {moment:%H.%M}"


def listed(names: list[str]) -> str:
    return " och ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def full_stop(text: str) -> str:
    return text if text.endswith((".", "!", "?", ":", ";", "…")) else text + "."


class Day:
    """The whole meeting laid out. ``first`` is the number of its first §."""

    def __init__(self, meeting: Meeting, register: Association, first: int) -> None:
        self.meeting, self.register, self.first = meeting, register, first
        self.top = {}
        for number, item in enumerate(meeting.items):
            for one in (item, *item.sub_items):
                self.top[one.id] = number
        self.count = len(meeting.items)
        self.ids = [item.id for item in meeting.items]
        self.offices = [a for a in register.appointments if self._in_force(a)]
        self.names = {p.id: p.name for p in register.people}
        self.parties = {p.id: p.party for p in register.people}
        self.rows = {p.id: self.row(p.id) for p in register.people}
        self.seats = register.rules.board_size or len(self.board())
        self.tables = [self.table(item_id) for item_id in self.ids]

    def _in_force(self, office: Appointment) -> bool:
        day = self.meeting.date
        return not ((office.since and day < office.since) or (office.until and office.until < day))

    # ---- the rows

    def exception(self, who: str) -> Presence | None:
        return {p.person_id: p for p in self.meeting.attendance.presences}.get(who)

    def missed(self, away: Away) -> set[int]:
        """The §§ that a time out of the room covers. One end that is gone counts as the other."""
        ends = [self.top[end] for end in (away.from_item, away.to_item) if end in self.top]
        if not ends:
            return set()
        return set(range(ends[0], ends[-1] + 1))

    def row(self, who: str) -> str:
        """One letter for each §: "i" in the room, "-" not, conflicts of interest aside."""
        exception = self.exception(who)
        if exception is None:
            usual = any(
                office.person_id == who and office.role in (*SEATS, Role.DIRECTOR, Role.SECRETARY)
                for office in self.offices
            )
            return ("i" if usual else "-") * self.count
        inside = set(range(self.count)) if exception.present else set()
        if exception.from_item in self.top:
            inside -= set(range(self.top[exception.from_item]))
        if exception.to_item in self.top:
            inside -= set(range(self.top[exception.to_item] + 1, self.count))
        for away in exception.away:
            inside -= self.missed(away)
        return "".join("i" if place in inside else "-" for place in range(self.count))

    def conflict(self, who: str, item_id: str) -> ConflictOfInterest | None:
        """What is recorded of the person's conflict in the item; in a part what is recorded of the part goes first."""
        recorded = {(c.item_id, c.person_id): c for c in self.meeting.attendance.conflicts}
        whole = self.ids[self.top[item_id]]
        return recorded.get((item_id, who)) or recorded.get((whole, who))

    def kept_out(self, who: str, item_id: str) -> bool:
        found = self.conflict(who, item_id)
        return found is not None and found.ruling != Ruling.NOT_IN_CONFLICT

    def in_room(self, who: str, item_id: str) -> bool:
        return self.rows[who][self.top[item_id]] == "i" and not self.kept_out(who, item_id)

    # ---- the table round which they decide

    def board(self) -> dict[str, Appointment]:
        """Each holder of a seat with the office that counts, chairs first."""
        found: dict[str, Appointment] = {}
        for role in SEATS:
            for office in self.offices:
                if office.role is role and office.person_id not in found:
                    found[office.person_id] = office
        return found

    def table(self, item_id: str) -> list[tuple[str, str]]:
        """(person, for whom) round the table: the seats' holders, then the deputies in the order of the seats."""
        board = list(self.board())
        sitting = [who for who in board if self.in_room(who, item_id)]
        empty = [who for who in board if who not in sitting]
        presences = self.meeting.attendance.presences
        waiting = [
            office.person_id
            for office in self.offices
            if office.role is Role.DEPUTY
            and office.person_id not in board
            and self.in_room(office.person_id, item_id)
        ]
        chairs: dict[str, str] = {}

        def sits(deputy: str, seat: str) -> None:
            if deputy in waiting and deputy not in chairs.values() and seat not in chairs:
                chairs[seat] = deputy

        for seat in empty:
            if self.kept_out(seat, item_id):
                named = self.conflict(seat, item_id)
                assert named is not None
                mine = self.exception(named.substitute_id)
                if mine is None or mine.serving_for not in empty or mine.serving_for == seat:
                    sits(named.substitute_id, seat)
        for seat in empty:
            for presence in presences:
                if presence.serving_for == seat:
                    sits(presence.person_id, seat)
        for seat in empty:
            for presence in presences:
                if seat in presence.also_serving_for:
                    sits(presence.person_id, seat)
        return [(who, "") for who in sitting] + [(chairs[seat], seat) for seat in empty if seat in chairs]

    def quorate(self, table: list[tuple[str, str]]) -> bool:
        return Fraction(len(table)) > Fraction(self.seats, 2)

    def leader(self, table: list[tuple[str, str]]) -> str:
        holders = {who: office.role for who, office in self.board().items()}
        ranked = [who for who, seat in table if not seat and holders[who] in TITLES]
        ranked.sort(key=lambda who: holders[who] is not Role.CHAIR)
        chosen = [who for who, _ in table if who == self.meeting.chaired_by]
        return (ranked + chosen + [""])[0]

    # ---- words

    def name(self, who: str, party: bool = True) -> str:
        if who not in self.names:
            return "okänd person"
        letters = self.parties[who]
        return f"{self.names[who]} ({letters})" if party and letters else self.names[who]

    def section(self, place: int) -> str:
        return f"§ {self.first + place}"

    def sections(self, places: list[int]) -> str:
        """ "§ 61" or "§§ 61–63, 66"."""
        runs = [
            [place for _, place in run]
            for _, run in groupby(enumerate(sorted(set(places))), key=lambda pair: pair[1] - pair[0])
        ]
        words = [str(self.first + run[0]) + (f"–{self.first + run[-1]}" if run[1:] else "") for run in runs]
        return ("§ " if len(set(places)) == 1 else "§§ ") + ", ".join(words)

    def titled(self, who: str) -> str:
        office = self.board().get(who)
        title = TITLES.get(office.role) if office is not None else None
        return f"{title} {self.name(who)}" if title else self.name(who)

    # ---- the sentences

    def opening(self, item_id: str) -> str:
        table = self.tables[self.top[item_id]]
        leader = self.leader(table)
        told = (
            f"{self._as_leader(leader)} öppnar sammanträdet{at(self.meeting.opened_at)} och förrättar upprop."
            if leader
            else f"Sammanträdet öppnas{at(self.meeting.opened_at)} och upprop förrättas."
        )
        told += f" {WORDS[len(table)].capitalize()} av styrelsens {WORDS[self.seats]} platser är"
        told += f" {'fylld' if len(table) == 1 else 'fyllda'} av ledamöter eller tjänstgörande ersättare."
        told += " Styrelsen är beslutför." if self.quorate(table) else " Styrelsen är inte beslutför."
        if self.broken_off():
            told += " " + self.end(leader)
        return told

    def _as_leader(self, who: str) -> str:
        office = self.board().get(who)
        if office is None or office.role not in TITLES:
            return self.name(who)
        return TITLES[office.role] + "n"

    def end(self, leader: str) -> str:
        if not leader:
            return f"Sammanträdet avslutas{at(self.meeting.closed_at)}."
        return f"{self._as_leader(leader)} avslutar sammanträdet{at(self.meeting.closed_at)}."

    def broken_off(self) -> bool:
        return self.meeting.closed_at is not None and not [t for t in self.tables if self.quorate(t)]

    def closing(self, after: tuple[Meeting, ...]) -> str:
        told = [] if self.broken_off() else [self.end(self.leader(self.tables[-1]))]
        if after:
            nearest = min(after, key=lambda meeting: meeting.date)
            day: date = nearest.date
            on = f"{DAYS[day.weekday()]} den {day.day} {MONTHS[day.month - 1]} {day.year}"
            if nearest.kind is MeetingKind.BUDGET:
                told.append(
                    f"Nästa sammanträde, då budgeten för {day.year + 1} fastställs, hålls {on} och är offentligt."
                )
            else:
                told.append(f"Nästa sammanträde hålls {on}.")
        return " ".join(told)

    def distance(self) -> list[str]:
        far = [p for p in self.meeting.attendance.presences if p.distance and "i" in self.rows[p.person_id]]
        seen = [self.name(p.person_id) for p in far if not p.audio_only]
        heard = [p for p in far if p.audio_only]
        told = []
        if seen:
            decision = self.register.rules.distance_decision
            told.append(
                f"{listed(seen)} deltar på distans med ljud- och bildöverföring i realtid"
                + (f", enligt styrelsens beslut {decision}." if decision else ".")
                + ("" if heard else " Samtliga deltagare kan se och höra varandra och delta på lika villkor.")
            )
        reasons: list[str] = []
        for presence in heard:
            if presence.audio_reason not in reasons:
                reasons.append(presence.audio_reason)
        for reason in reasons:
            who = listed([self.name(p.person_id) for p in heard if p.audio_reason == reason])
            why = (
                " " + full_stop(f"Styrelsen beslutar att det finns särskilda skäl för detta: {reason}")
                if reason
                else ""
            )
            told.append(f"{who} deltar på distans med enbart ljudöverföring i realtid.{why}")
        return told

    def speaks_of(self, who: str, moment: time | None) -> bool:
        return moment is not None or any(
            office.person_id == who and office.role in (*SEATS, Role.DEPUTY) for office in self.offices
        )

    def arrivals(self, place: int) -> list[str]:
        told = self.lost(place) + self.coming(place) + self.service(place)
        return told if self.conflicts_of(self.ids[place]) else told + self.state(place)

    def coming(self, place: int) -> list[str]:
        told = []
        for presence in self.meeting.attendance.presences:
            row = self.rows[presence.person_id]
            if not re.match(r"(?:.*-)?$", row[:place]) or row[place] != "i":
                continue
            moment, lost = presence.arrived_at, False
            if presence.from_item != self.ids[place]:
                for away in presence.away:
                    if place and self.missed(away) and max(self.missed(away)) == place - 1:
                        moment, lost = away.back_at, away.lost_connection
                        break
            if lost or (place == 0 and moment is None) or not self.speaks_of(presence.person_id, moment):
                continue
            verb = "återkommer" if "i" in row[:place] else "kommer"
            before = f", före behandlingen av {self.section(place)}" if place else ""
            told.append(f"{self.name(presence.person_id)} {verb} till sammanträdet{at(moment)}{before}.")
        return told

    def departures(self, place: int) -> list[str]:
        told = []
        for presence in self.meeting.attendance.presences:
            row = self.rows[presence.person_id]
            is_last = place == self.count - 1
            if row[place] != "i" or row[place + 1 : place + 2] == "i":
                continue
            moment, lost = presence.left_at, False
            if presence.to_item != self.ids[place]:
                for away in presence.away:
                    if self.missed(away) and min(self.missed(away)) == place + 1:
                        moment, lost = away.left_at, away.lost_connection
                        break
            if lost or (is_last and moment is None) or not self.speaks_of(presence.person_id, moment):
                continue
            after = "" if is_last else f", efter {self.section(place)}"
            told.append(f"{self.name(presence.person_id)} lämnar sammanträdet{at(moment)}{after}.")
        return told

    def lost(self, place: int) -> list[str]:
        told = []
        for presence in self.meeting.attendance.presences:
            row = self.rows[presence.person_id]
            here = [a for a in presence.away if self.missed(a) and min(self.missed(a)) == place]
            if not presence.present or not here or not here[0].lost_connection or row[place] == "i":
                continue
            back = row.find("i", place)
            text = (
                f"{self.name(presence.person_id)} förlorar anslutningen{at(here[0].left_at)} och återkommer"
            )
            if here[0].back_at is not None:
                text += f"{at(here[0].back_at)}."
            elif back >= 0:
                text += f" före behandlingen av {self.section(back)}."
            else:
                text += " inte."
            gone = range(place, back if back >= 0 else self.count)
            served: dict[str, list[int]] = {}
            for one in gone:
                for deputy, seat in self.tables[one]:
                    if seat == presence.person_id and not self.either_kept_out(deputy, seat, one):
                        served.setdefault(deputy, []).append(one)
            for deputy, places in served.items():
                text += f" {self.name(deputy)} tjänstgör under {self.sections(places)}."
            told.append(text)
        return told

    def either_kept_out(self, deputy: str, seat: str, place: int) -> bool:
        return self.kept_out(seat, self.ids[place]) or self.kept_out(deputy, self.ids[place])

    def service(self, place: int) -> list[str]:
        """A deputy's §§ for one ledamot as letters: S serves, x something told of by itself, - does not serve."""
        told = []
        for deputy, seat in self.tables[place]:
            if not seat:
                continue
            exception = self.exception(seat)
            cut = (
                set().union(*(self.missed(a) for a in exception.away if a.lost_connection))
                if exception is not None and exception.present
                else set()
            )
            row = "".join(
                "x"
                if one in cut or self.either_kept_out(deputy, seat, one)
                else "S"
                if (deputy, seat) in self.tables[one]
                else "-"
                for one in range(self.count)
            )
            for period in re.finditer(r"S(?:x*S)*", row):
                if place == 0 or period.start() != place:
                    continue
                served = [one for one in range(*period.span()) if row[one] == "S"]
                rest = row[period.end() :]
                when = (
                    f"från och med {self.section(place)}"
                    if not rest.strip("x")
                    else f"under {self.sections(served)}"
                )
                told.append(f"{self.name(deputy)} tjänstgör i stället för {self.name(seat)} {when}.")
        return told

    def turns(self, values: list[object]) -> dict[int, tuple[int, bool]]:
        """Where something changes: the last § of the change, and whether it goes back to what it was."""
        runs = [(value, [p for p, _ in run]) for value, run in groupby(enumerate(values), key=lambda e: e[1])]
        found: dict[int, tuple[int, bool]] = {}
        usual, rest = runs[0][0], runs[1:]
        while rest:
            (value, places), rest = rest[0], rest[1:]
            passing = bool(rest) and rest[0][0] == usual
            found[places[0]] = (places[-1], passing)
            if passing:
                rest = rest[1:]
            else:
                usual = value
        return found

    def state(self, place: int) -> list[str]:
        told = []
        leaders: list[object] = [self.leader(table) for table in self.tables]
        quorate: list[object] = [self.quorate(table) for table in self.tables]
        for values, words in ((leaders, "{who} leder sammanträdet"), (quorate, "Styrelsen är {no}beslutför")):
            turn = self.turns(values).get(place)
            if turn is None or not (values is quorate or leaders[place]):
                continue
            span = (
                f"under {self.sections(list(range(place, turn[0] + 1)))}"
                if turn[1]
                else f"från och med {self.section(place)}"
            )
            who = self.titled(str(leaders[place]))
            told.append(f"{words.format(who=who, no='' if quorate[place] else 'inte ')} {span}.")
        return told

    def conflicts_of(self, item_id: str) -> list[ConflictOfInterest]:
        return [c for c in self.meeting.attendance.conflicts if c.item_id == item_id]

    def conflicts(self, item_id: str) -> list[str]:
        place = self.top[item_id]
        is_part = item_id not in self.ids
        table = self.table(item_id)
        told = []
        for one in self.conflicts_of(item_id):
            why = ""
            if one.reason:
                why = ", eftersom " + re.sub(r"^eftersom ", "", one.reason)
            name, short = self.name(one.person_id), self.name(one.person_id, party=False)
            if one.ruling is Ruling.UNDISPUTED:
                text = full_stop(f"{name} anmäler jäv{why}")
            else:
                verdict = {Ruling.IN_CONFLICT: "är", Ruling.NOT_IN_CONFLICT: "inte är"}[one.ruling]
                text = full_stop(f"Fråga om jäv uppkommer mot {name}{why}")
                text += f" Styrelsen beslutar att {short} {verdict} jävig i ärendet."
            if one.ruling is not Ruling.NOT_IN_CONFLICT:
                text += f" {short} deltar varken i handläggningen eller i beslutet"
                if self.rows[one.person_id][place] == "i":
                    text += f" och lämnar sammanträdet under {'delärendet' if is_part else 'paragrafen'}"
                text += "."
                whose = short if short[-1] in "sxz" else short + "s"
                text += "".join(
                    f" {self.name(deputy)} tjänstgör i {whose} ställe."
                    for deputy, seat in table
                    if seat == one.person_id
                )
            told.append(text)
        if told and not is_part:
            told += self.state(place)
        if told and is_part:
            leader, usual = self.leader(table), self.leader(self.tables[place])
            if leader and leader != usual:
                told.append(f"{self.titled(leader)} leder sammanträdet under delärendet.")
            if self.quorate(table) != self.quorate(self.tables[place]):
                no = "" if self.quorate(table) else "inte "
                told.append(f"Styrelsen är {no}beslutför under delärendet.")
        return told

    # ---- the list on the front page

    def deciding(self) -> list[tuple[str, str, str]]:
        """(name with what the person is, member, §§) as the front page lists those who decide."""
        places: dict[tuple[str, str], list[int]] = {}
        for place, item in enumerate(self.meeting.items):
            tables = [self.tables[place], *(self.table(sub.id) for sub in item.sub_items)]
            for who, seat in dict.fromkeys(pair for table in tables for pair in table):
                places.setdefault((who, seat), []).append(place)
        board = self.board()
        members = [member.id for member in self.register.members]

        def rank(pair: tuple[str, str]) -> tuple[object, ...]:
            who, seat = pair
            if seat:
                return 9, -len(places[pair]), places[pair][0]
            office = board[who]
            member = members.index(office.member_id) if office.member_id in members else 99
            return SEATS.index(office.role), member, list(board).index(who)

        rows = []
        for who, seat in sorted(places, key=rank):
            text = self.name(who)
            if seat:
                text += f", tjänstgörande ersättare för {self.name(seat, party=False)}"
            elif board[who].role in TITLES:
                text += f", {TITLES[board[who].role].lower()}"
            exception = self.exception(who)
            if exception is not None and exception.distance:
                text += ", på distans"
            office = (
                board[who]
                if not seat
                else next(a for a in self.offices if (a.person_id, a.role) == (who, Role.DEPUTY))
            )
            member = next((m.name for m in self.register.members if m.id == office.member_id), "")
            numbers = re.sub(r"^§§? ", "", self.sections(places[who, seat]))
            rows.append((text, member, numbers))
        return rows

    def suggested(self, seat: str, item_id: str) -> list[str]:
        """Deputies who can take the seat: same member first, then in their order, those without order last."""
        home = self.board()[seat].member_id if seat in self.board() else ""
        busy = {who for who, other in self.table(item_id) if other not in ("", seat)}
        found = []
        for office in self.offices:
            who = office.person_id
            gone = self.exception(who) is not None and not self.in_room(who, item_id)
            if office.role is not Role.DEPUTY or who in self.board() or who in busy or gone:
                continue
            if self.kept_out(who, item_id):
                continue
            same = bool(office.member_id) and office.member_id == home
            found.append(((0 if same else 1, office.order or 1000), who))
        return [who for _, who in sorted(found, key=lambda pair: pair[0])]
