"""What a sheet of members and people would change in the register.

A sheet says what is, never what is gone: nobody is taken away because a row is missing. Whoever is missing is told
of, and ended only when that is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from decimal import Decimal

from finsam_desktop.domain.association import (
    Appointment,
    Association,
    Eligibility,
    Member,
    MemberKind,
    Person,
    Role,
)
from finsam_desktop.domain.ids import new_id
from finsam_desktop.domain.people_sheet import (
    ELIGIBILITY,
    KEY,
    KINDS,
    MEMBERS,
    PEOPLE,
    PERSON_FIELDS,
    Given,
    GivenRow,
    SheetFault,
)
from finsam_desktop.domain.wording import ROLES

_WORDS = {
    "name": "namn", "party": "parti", "email": "e-post", "phone": "telefon", "role": "uppdrag", "kind": "slag",
    "member_id": "utsedd av", "order": "turordning", "title": "titel", "since": "från och med",
    "until": "till och med", "eligibility": "valbar som", "eligible_until": "valbar till och med",
    "share": "andel", "notice_board": "anslagstavla", "contact": "adress för expediering",
}  # fmt: skip


_NOT_IN_A_CELL = dict.fromkeys((0x0000, 0xFFFE, 0xFFFF))


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterChange:
    """What a sheet would make of the association. Sentences in Swedish, one for each thing.

    ``missing`` are in the register but not in the sheet; they are in ``after`` as they were, unless they were to be
    ended. ``faults`` are cells that cannot be understood; while there is one, ``after`` is as before.
    """

    after: Association
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    faults: tuple[SheetFault, ...] = ()

    @property
    def says_something(self) -> bool:
        """Whether the association would be another."""
        return bool(self.added or self.changed or self.ended)


@dataclass(slots=True)
class _Reading:
    association: Association
    faults: list[SheetFault] = field(default_factory=list)
    sheet: str = ""

    def fault(self, given: Given, text: str) -> None:
        self.faults.append(SheetFault(sheet=self.sheet, cell=given.cell, text=text))

    def day(self, given: Given) -> date | None:
        if given.value is None or given.text == "":
            return None
        if isinstance(given.value, date):
            return date(given.value.year, given.value.month, given.value.day)
        try:
            return date.fromisoformat(given.text)
        except ValueError:
            self.fault(given, f"”{given.text}” är inget datum. Skriv som 2027-03-31.")
            return None

    def count(self, given: Given) -> int:
        if given.text == "":
            return 0
        try:
            number = Decimal(given.text)
            if number != int(number) or number < 0:
                raise ValueError
        except (ArithmeticError, ValueError):
            self.fault(given, f"”{given.text}” är ingen plats i turordningen. Skriv ett heltal, som 1.")
            return 0
        return int(number)

    def share(self, given: Given) -> Decimal | None:
        text = given.text.replace("\u00a0", "").replace(" ", "").removesuffix("%").replace(",", ".")
        if not text:
            return None
        try:
            share = Decimal(text)
            if not 0 <= share <= 100:
                raise ValueError
        except (ArithmeticError, ValueError):
            self.fault(given, f"”{given.text}” är ingen andel. Skriv procent mellan 0 och 100.")
            return None
        return share

    def one_of(self, given: Given, words: Iterable[tuple[object, str]], what: str) -> object:
        choices = tuple(words)
        for value, word in choices:
            if word.casefold() == given.text.casefold():
                return value
        known = ", ".join(word for _, word in choices if word)
        self.fault(given, f"”{given.text}” är inget {what}. Välj bland: {known}.")
        return None


def _blank(row: GivenRow) -> bool:
    return all(given.text == "" for given in row.values())


def _raw(given: Given, old: str = "") -> str:
    """Text as it stands in the cell; as in the register where they differ only in what no cell can hold."""
    text = given.value if isinstance(given.value, str) else given.text
    return old if _lines(old) == _lines(text) else text


def _lines(text: str) -> str:
    """The text as a cell can hold it: line ends as newlines, without the three characters that no cell takes."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_NOT_IN_A_CELL)


def read(
    association: Association,
    members: Sequence[GivenRow] | None,
    people: Sequence[GivenRow],
    *,
    today: date,
    end_missing: bool = False,
) -> RegisterChange:
    """What the rows would change. None for ``members`` leaves them as they are.

    ``end_missing`` ends the appointments of those who are missing, on ``today``. Nobody is removed.
    """
    reading = _Reading(association)
    changed: list[str] = []
    added: list[str] = []
    missing: list[str] = []
    ended: list[str] = []
    after = association
    if members is not None:
        reading.sheet = MEMBERS
        after = _with_members(reading, members, added, changed, missing)
    reading.sheet = PEOPLE
    after = _with_people(
        reading, after, people, added, changed, missing, ended, today if end_missing else None
    )
    if reading.faults:
        return RegisterChange(after=association, faults=tuple(reading.faults))
    return RegisterChange(
        after=after,
        added=tuple(added),
        changed=tuple(changed),
        missing=tuple(missing),
        ended=tuple(ended),
    )


def _with_members(
    reading: _Reading,
    rows: Sequence[GivenRow],
    added: list[str],
    changed: list[str],
    missing: list[str],
) -> Association:
    association = reading.association
    known = {member.id: member for member in association.members}
    seen: dict[str, Member] = {}
    for row in rows:
        if _blank(row):
            continue
        name = row.get("Medlem", Given())
        old = known.get(row.get(KEY, Given()).text) or _by_name(known.values(), name.text)
        new = _member(reading, row, old)
        if new is None:
            continue
        if new.id in seen:
            reading.fault(name, f"{name.text or 'Medlemmen'} står på två rader. Ta bort den ena.")
            continue
        seen[new.id] = new
        if old is None:
            added.append(f"Medlemmen {new.name}")
        elif new != old:
            changed.append(f"{old.name}: {_difference(association, old, new)}")
    missing += [f"Medlemmen {member.name}" for member in association.members if member.id not in seen]
    kept = tuple(seen.get(member.id, member) for member in association.members)
    fresh = tuple(member for key, member in seen.items() if key not in known)
    return replace(association, members=(*kept, *fresh))


def _by_name(values: Iterable[Member], name: str) -> Member | None:
    alike = [value for value in values if name and value.name.strip().casefold() == name.casefold()]
    return alike[0] if len(alike) == 1 else None


def _member(reading: _Reading, row: GivenRow, old: Member | None) -> Member | None:
    name, kind = row.get("Medlem", Given()), row.get("Slag")
    if old is None and not name.text:
        reading.fault(name, "Medlemmens namn saknas.")
        return None
    chosen: object = old.kind if old is not None else None
    if kind is not None and (kind.text or old is None):
        chosen = reading.one_of(kind, KINDS.items(), "slag av medlem")
    if not isinstance(chosen, MemberKind):
        if kind is None:
            reading.fault(name, "Kolumnen Slag saknas, så det går inte att se vad medlemmen är.")
        return None
    base = old or Member(id=row.get(KEY, Given()).text or new_id(), name=name.text, kind=chosen)
    return replace(
        base,
        name=_raw(name, base.name) if "Medlem" in row else base.name,
        kind=chosen,
        share=reading.share(row["Andel i procent"]) if "Andel i procent" in row else base.share,
        notice_board=_raw(row["Anslagstavla"], base.notice_board)
        if "Anslagstavla" in row
        else base.notice_board,
        contact=_raw(row["Adress för expediering"], base.contact)
        if "Adress för expediering" in row
        else base.contact,
    )


def _with_people(
    reading: _Reading,
    association: Association,
    rows: Sequence[GivenRow],
    added: list[str],
    changed: list[str],
    missing: list[str],
    ended: list[str],
    end_on: date | None,
) -> Association:
    known = {person.id: person for person in association.people}
    people: dict[str, Person] = {}
    given: dict[str, list[Appointment]] = {}
    first: dict[str, GivenRow] = {}
    for row in rows:
        if _blank(row):
            continue
        name = row.get("Namn", Given())
        old = known.get(row.get(KEY, Given()).text) or _person_by_name(reading, known, people, row)
        if old is None and not name.text:
            reading.fault(name, "Namnet saknas.")
            continue
        person = _person(row, old)
        earlier = first.get(person.id)
        if earlier is not None:
            _same_person(reading, earlier, row)
            person = people[person.id]
        first.setdefault(person.id, row)
        people[person.id] = person
        appointment = _appointment(reading, association, row, person)
        given.setdefault(person.id, [])
        if appointment is not None:
            given[person.id].append(appointment)
    appointments = list(association.appointments)
    fresh: list[Appointment] = []
    for key, person in people.items():
        before = known.get(key)
        told = _difference(association, before, person) if before is not None and before != person else ""
        mine = [a for a in association.appointments if a.person_id == key]
        new, altered, gone = _paired(mine, given[key], "Uppdrag" in first[key])
        for one, other in altered:
            _put(appointments, one, other)
        words = [told, *(_difference(association, one, other) for one, other in altered)]
        words += [f"nytt uppdrag, {_appointed(association, one)}" for one in new if before is not None]
        fresh += new
        if before is None:
            added.append(", ".join([person.name, *(_appointed(association, one) for one in new)]))
        elif any(words):
            changed.append(f"{before.name or 'Utan namn'}: {'; '.join(word for word in words if word)}")
        _end(association, appointments, person, gone, missing, ended, end_on)
    for person in association.people:
        if person.id not in people:
            mine = [a for a in association.appointments if a.person_id == person.id]
            if not mine:
                missing.append(person.name or "En person utan namn")
            _end(association, appointments, person, mine, missing, ended, end_on)
    kept = tuple(people.get(person.id, person) for person in association.people)
    newcomers = tuple(person for key, person in people.items() if key not in known)
    return replace(
        association,
        people=(*kept, *newcomers),
        appointments=(*appointments, *fresh),
    )


def _person_by_name(
    reading: _Reading, known: Mapping[str, Person], read_so_far: Mapping[str, Person], row: GivenRow
) -> Person | None:
    name, key = row.get("Namn", Given()), row.get(KEY, Given()).text
    if key:
        return read_so_far.get(key)
    everyone = {**known, **read_so_far}
    alike = [p for p in everyone.values() if name.text and p.name.strip().casefold() == name.text.casefold()]
    if len(alike) > 1:
        reading.fault(name, f"Flera i registret heter {name.text}. Låt nyckeln stå kvar på raden.")
    return alike[0] if len(alike) == 1 else None


def _person(row: GivenRow, old: Person | None) -> Person:
    base = old or Person(id=row.get(KEY, Given()).text or new_id(), name=row["Namn"].text)
    texts = {
        attribute: _raw(row[head], getattr(base, attribute))
        for head, attribute in PERSON_FIELDS
        if head in row
    }
    return replace(base, **texts)


def _same_person(reading: _Reading, earlier: GivenRow, row: GivenRow) -> None:
    for head, _ in PERSON_FIELDS:
        if head in row and head in earlier and _raw(row[head]) != _raw(earlier[head]):
            reading.fault(
                row[head],
                f"{earlier.get('Namn', Given()).text} står på flera rader med olika {head.lower()}, se "
                f"{earlier[head].cell}.",
            )


def _appointment(
    reading: _Reading, association: Association, row: GivenRow, person: Person
) -> Appointment | None:
    given = row.get("Uppdrag", Given())
    if not given.text:
        return None
    role = reading.one_of(given, ROLES.items(), "uppdrag")
    if not isinstance(role, Role):
        return None
    eligible = row.get("Valbar som", Given())
    eligibility = reading.one_of(eligible, ELIGIBILITY.items(), "skäl till valbarhet")
    return Appointment(
        person_id=person.id,
        role=role,
        member_id=_member_id(reading, association, row.get("Utsedd av", Given())),
        order=reading.count(row.get("Turordning", Given())),
        title=_raw(row.get("Titel", Given())),
        since=reading.day(row.get("Från och med", Given())),
        until=reading.day(row.get("Till och med", Given())),
        eligibility=eligibility if isinstance(eligibility, Eligibility) else Eligibility.UNKNOWN,
        eligible_until=reading.day(row.get("Valbar till och med", Given())),
    )


def _member_id(reading: _Reading, association: Association, given: Given) -> str:
    if not given.text:
        return ""
    if given.text.startswith("[") and given.text.endswith("]"):
        return given.text[1:-1]
    member = _by_name(association.members, given.text)
    if member is None:
        reading.fault(given, f"Ingen medlem heter {given.text}. Lägg till den på bladet {MEMBERS}.")
        return ""
    return member.id


def _paired(
    before: Sequence[Appointment], given: Sequence[Appointment], has_column: bool
) -> tuple[list[Appointment], list[tuple[Appointment, Appointment]], list[Appointment]]:
    """New ones, pairs of old and altered, and those that are gone: equal first, then of the same role and member."""
    if not has_column:
        return [], [], []
    left: list[Appointment] = list(before)
    new: list[Appointment] = []
    for appointment in given:
        same = next((a for a in left if _plain(a) == _plain(appointment)), None)
        if same is not None:
            left.remove(same)
        else:
            new.append(appointment)
    altered: list[tuple[Appointment, Appointment]] = []
    for appointment in tuple(new):
        match = next(
            (a for a in left if (a.role, a.member_id) == (appointment.role, appointment.member_id)), None
        )
        if match is not None:
            left.remove(match)
            new.remove(appointment)
            altered.append((match, appointment))
    return new, altered, left


def _plain(appointment: Appointment) -> Appointment:
    return replace(appointment, title=_lines(appointment.title))


def _put(appointments: list[Appointment], old: Appointment, new: Appointment) -> None:
    """Put ``new`` in the place of that very ``old``; two may be equal."""
    place = next(place for place, one in enumerate(appointments) if one is old)
    appointments[place] = new


def _end(
    association: Association,
    appointments: list[Appointment],
    person: Person,
    gone: Iterable[Appointment],
    missing: list[str],
    ended: list[str],
    end_on: date | None,
) -> None:
    for one in gone:
        words = f"{person.name or 'Utan namn'}, {_appointed(association, one)}"
        missing.append(words)
        if end_on is not None and (one.until is None or one.until > end_on):
            _put(appointments, one, replace(one, until=end_on))
            ended.append(words)


def _appointed(association: Association, appointment: Appointment) -> str:
    member = association.member(appointment.member_id)
    return " för ".join(part for part in (ROLES[appointment.role], member.name if member else "") if part)


def _difference(
    association: Association, one: Person | Member | Appointment, other: Person | Member | Appointment
) -> str:
    """ "telefon 070-1 blir 070-2, till och med 2026-05-01"."""
    parts = []
    for each in fields(one):
        before, after = getattr(one, each.name), getattr(other, each.name)
        if each.name in _WORDS and before != after:
            old, new = (_shown(association, each.name, value) for value in (before, after))
            parts.append(f"{_WORDS[each.name]} {old or 'tomt'} blir {new or 'tomt'}")
    return ", ".join(parts)


def _shown(association: Association, attribute: str, value: object) -> str:
    if isinstance(value, Role):
        return ROLES[value]
    if isinstance(value, MemberKind):
        return KINDS[value]
    if isinstance(value, Eligibility):
        return ELIGIBILITY[value].lower()
    if attribute == "member_id":
        member = association.member(str(value))
        return member.name if member is not None else ""
    if isinstance(value, Decimal):
        return f"{value.normalize():f} procent".replace(".", ",")
    return "" if value in (None, 0) else str(value)
