"""Random meetings, each from a number: boards of several sizes, absences, substitutes of other members, late comers,
lost connections, conflicts of interest that are disputed or not, and records with small faults in them."""

from __future__ import annotations

from datetime import date, time
from random import Random

from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.association import (
    Appointment,
    Association,
    Member,
    MemberKind,
    Person,
    Role,
    StandingRules,
)
from finsam_desktop.domain.attendance import Attendance, Away, ConflictOfInterest, Presence, Ruling
from finsam_desktop.domain.meeting import Meeting, MeetingKind

DAY = date(2026, 10, 29)
MEMBERS = (
    Member(id="ek", name="Eks kommun", kind=MemberKind.MUNICIPALITY),
    Member(id="bj", name="Björks kommun", kind=MemberKind.MUNICIPALITY),
    Member(id="reg", name="Region Alm", kind=MemberKind.REGION),
    Member(id="fk", name="Försäkringskassan", kind=MemberKind.SOCIAL_INSURANCE_AGENCY),
    Member(id="af", name="Arbetsförmedlingen", kind=MemberKind.EMPLOYMENT_SERVICE),
)
FIRST = ("Anna", "Bo", "Cia", "Dan", "Eva", "Finn", "Gun", "Hans", "Ida", "Jon", "Kim", "Liz", "Max", "Nils")
LAST = (
    "Alm",
    "Berg",
    "Ceder",
    "Dals",
    "Ek",
    "Fors",
    "Gran",
    "Hed",
    "Is",
    "Jord",
    "Kvist",
    "Lax",
    "Mo",
    "Näs",
)
PARTIES = ("S", "M", "C", "V", "KD")
OFFICIALS = (
    ("chef", Role.DIRECTOR),
    ("sekr", Role.SECRETARY),
    ("ekonom", Role.ECONOMIST),
    ("revisor", Role.AUDITOR),
)


def scenario(seed: int) -> tuple[Meeting, Association]:
    """The meeting and the register of this number, always the same."""
    chance = Random(seed)
    register, board, deputies = _register(chance)
    items = _items(chance)
    places = [item.id for item in items]
    parts = [sub.id for item in items for sub in item.sub_items]
    presences = [p for person in board if (p := _ledamot(chance, person, places))]
    away = [p.person_id for p in presences if not p.present or p.away or p.from_item or p.to_item]
    presences += [p for person in deputies if (p := _deputy(chance, person, places, board, away))]
    presences += [p for person, _ in OFFICIALS if (p := _official(chance, person, places))]
    chance.shuffle(presences)
    meeting = Meeting(
        id="mötet",
        date=DAY,
        items=items,
        attendance=Attendance(
            presences=tuple(presences), conflicts=_conflicts(chance, places + parts, board, deputies)
        ),
        opened_at=chance.choice([None, time(8, 30)]),
        closed_at=chance.choice([None, time(11, 50)]),
        chaired_by=chance.choice(["", "", "", *board]),
    )
    return meeting, register


def following(seed: int) -> tuple[Meeting, ...]:
    """The meetings that come after, perhaps none, perhaps one that fixes the budget."""
    chance = Random(-seed)
    kinds = chance.choice([(), (MeetingKind.ORDINARY,), (MeetingKind.BUDGET, MeetingKind.ORDINARY)])
    return tuple(
        Meeting(id=f"nästa{n}", date=date(2026, 11 + n, 26), kind=kind) for n, kind in enumerate(kinds)
    )


def _register(chance: Random) -> tuple[Association, list[str], list[str]]:
    size = chance.choice([3, 4, 5, 7, 9])
    board = [f"l{n}" for n in range(size)]
    deputies = [f"e{n}" for n in range(chance.choice([0, 2, size]))]
    names = [f"{first} {last}" for first in FIRST for last in LAST]
    chance.shuffle(names)
    people = [
        Person(id=who, name=names.pop(), party=chance.choice(["", *PARTIES]))
        for who in (*board, *deputies, *(who for who, _ in OFFICIALS))
    ]
    roles = [Role.CHAIR, *[Role.VICE_CHAIR] * chance.choice([0, 1, 1, 2])] + [Role.BOARD_MEMBER] * size
    seats = [
        Appointment(person_id=who, role=role, member_id=MEMBERS[n % 5].id)
        for n, (who, role) in enumerate(zip(board, roles, strict=False))
    ]
    reserves = [
        Appointment(
            person_id=who,
            role=Role.DEPUTY,
            member_id=chance.choice(["", *[MEMBERS[n % 5].id] * 4, "ek"]),
            order=chance.choice([0, 1, 1, 2, 3]),
        )
        for n, who in enumerate(deputies)
    ]
    offices = [*seats, *reserves, *(Appointment(person_id=who, role=role) for who, role in OFFICIALS)]
    if chance.random() < 0.2:
        offices.append(Appointment(person_id=board[0], role=Role.BOARD_MEMBER, member_id="ek"))
    if chance.random() < 0.2:
        gone = Appointment(person_id=board[-1], role=Role.CHAIR, until=date(2026, 10, 28))
        offices.append(gone)
    chance.shuffle(offices)
    rules = StandingRules(
        board_size=chance.choice([0, 0, size, size + 1, size + 3]),
        distance_decision=chance.choice(["", "den 12 februari 2026, § 9"]),
    )
    register = Association(
        name="Förbundet", members=MEMBERS, people=tuple(people), appointments=tuple(offices), rules=rules
    )
    return register, board, deputies


def _items(chance: Random) -> tuple[AgendaItem, ...]:
    return tuple(
        AgendaItem(
            id=f"p{n}",
            title=f"Ärende {n}",
            sub_items=tuple(
                AgendaItem(id=f"p{n}{letter}", title=letter)
                for letter in "AB"[: chance.choice([0, 0, 0, 1, 2])]
            ),
        )
        for n in range(chance.choice([1, 3, 5, 8]))
    )


def _clock(chance: Random) -> time | None:
    return chance.choice([None, time(9, chance.randrange(60)), time(10, chance.randrange(60))])


def _span(chance: Random, places: list[str]) -> tuple[str, str]:
    """Two places in order, now and then one that is not there any more or the same one twice."""
    first, last = sorted((chance.randrange(len(places)), chance.randrange(len(places))))
    ends = [places[first], places[last]]
    if chance.random() < 0.05:
        ends[chance.randrange(2)] = "borta"
    return ends[0], ends[1]


def _moves(chance: Random, places: list[str], share: float) -> dict[str, object]:
    """Coming late, leaving early and times away between."""
    moves: dict[str, object] = {}
    if chance.random() < share:
        moves |= {"from_item": _span(chance, places)[0], "arrived_at": _clock(chance)}
    if chance.random() < share:
        moves |= {"to_item": _span(chance, places)[1], "left_at": _clock(chance)}
    if chance.random() < share:
        moves["away"] = tuple(
            Away(
                from_item=first,
                to_item=last,
                left_at=_clock(chance),
                back_at=_clock(chance),
                lost_connection=chance.random() < 0.5,
            )
            for first, last in (_span(chance, places) for _ in range(chance.choice([1, 1, 2])))
        )
    if chance.random() < share / 4:
        moves |= {"arrived_at": _clock(chance), "left_at": _clock(chance)}
    return moves


def _far(chance: Random) -> dict[str, object]:
    if chance.random() > 0.2:
        return {}
    audio = chance.random() < 0.4
    reason = chance.choice(["", "bilden är borta", "nätet är svagt."]) if audio else ""
    return {"distance": True, "audio_only": audio, "audio_reason": reason}


def _ledamot(chance: Random, who: str, places: list[str]) -> Presence | None:
    if chance.random() < 0.45:
        return None
    if chance.random() < 0.4:
        return Presence(person_id=who, present=False)
    return Presence(person_id=who, **_moves(chance, places, 0.35), **_far(chance))  # type: ignore[arg-type]


def _deputy(
    chance: Random, who: str, places: list[str], board: list[str], away: list[str]
) -> Presence | None:
    if chance.random() < 0.3:
        return None
    if chance.random() < 0.1:
        return Presence(person_id=who, present=False)
    wanted = away or board
    return Presence(
        person_id=who,
        serving_for=chance.choice(["", *wanted, *wanted, chance.choice(board)]),
        also_serving_for=tuple(chance.sample(wanted, k=min(len(wanted), chance.choice([0, 0, 1, 2])))),
        **_moves(chance, places, 0.2),  # type: ignore[arg-type]
        **_far(chance),  # type: ignore[arg-type]
    )


def _official(chance: Random, who: str, places: list[str]) -> Presence | None:
    if chance.random() < 0.5:
        return None
    return Presence(
        person_id=who, present=chance.random() < 0.8, **_moves(chance, places, 0.3), **_far(chance)
    )  # type: ignore[arg-type]


def _conflicts(
    chance: Random, places: list[str], board: list[str], deputies: list[str]
) -> tuple[ConflictOfInterest, ...]:
    found: dict[tuple[str, str], ConflictOfInterest] = {}
    for _ in range(chance.choice([0, 0, 1, 2, 4])):
        who = chance.choice([*board, *board, *deputies, "chef"])
        item = chance.choice(places)
        found[item, who] = ConflictOfInterest(
            item_id=item,
            person_id=who,
            reason=chance.choice(["", "hon är anställd där", "eftersom han är ordförande i bolaget."]),
            substitute_id=chance.choice(["", *deputies]),
            ruling=chance.choice([Ruling.UNDISPUTED, Ruling.UNDISPUTED, *Ruling]),
        )
    return tuple(found.values())
