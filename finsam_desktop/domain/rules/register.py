"""Members, seats and appointments: 10–17 §§ finsamlagen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from finsam_desktop.domain.association import BOARD_ROLES, Appointment, Eligibility, MemberKind, Role
from finsam_desktop.domain.deadlines import boards
from finsam_desktop.domain.meeting import MeetingKind
from finsam_desktop.domain.rules.finding import Case, Hit, Place, Rule, Scope, Severity
from finsam_desktop.domain.wording import join_names, number, number_word

_MEMBERS = Place(field="members")
_APPOINTMENTS = Place(field="appointments")


def _board(case: Case) -> tuple[Appointment, ...]:
    return case.association.appointed(case.meeting.date, *BOARD_ROLES)


def _deputies(case: Case) -> tuple[Appointment, ...]:
    return case.association.appointed(case.meeting.date, Role.DEPUTY)


def _people(appointments: tuple[Appointment, ...]) -> int:
    return len({appointment.person_id for appointment in appointments})


def _represented(case: Case) -> Iterator[Hit]:
    board, deputies = _board(case), _deputies(case)
    if not board:
        yield Hit(
            title="Styrelsens ledamöter är inte inlagda",
            advice="Lägg in ledamöter och ersättare under Förbundet, så räknas närvaro och beslutförhet ut.",
            place=_APPOINTMENTS,
        )
        return
    for word, group in (("ledamot", board), ("ersättare", deputies)):
        represented = {appointment.member_id for appointment in group}
        without = [member.name for member in case.association.members if member.id not in represented]
        if without:
            who = without[0] if len(without) == 1 else f"{number_word(len(without)).capitalize()} medlemmar"
            yield Hit(
                title=f"{who} saknar {word} i styrelsen",
                advice=f"Varje medlem ska ha minst en ledamot och en ersättare. Det gäller {join_names(without)}.",
                place=_APPOINTMENTS,
            )
    if deputies and _people(board) != _people(deputies):
        yield Hit(
            title=f"{_count(_people(board), 'ledamot', 'ledamöter')} men {_count(_people(deputies), 'ersättare')}",
            advice="Ersättarna ska vara lika många som ledamöterna. Se efter om någon saknas i registret.",
            place=_APPOINTMENTS,
        )


def _count(count: int, one: str, many: str = "") -> str:
    return f"{number(count)} {one if count == 1 else many or one}"


def _eligible(case: Case) -> Iterator[Hit]:
    state = (MemberKind.SOCIAL_INSURANCE_AGENCY, MemberKind.EMPLOYMENT_SERVICE)
    for appointment in (*_board(case), *_deputies(case)):
        member = case.association.member(appointment.member_id)
        person = case.association.person(appointment.person_id)
        if member is None or person is None:
            continue
        by_state = member.kind in state
        if appointment.eligibility is not Eligibility.UNKNOWN and by_state != (
            appointment.eligibility is Eligibility.EMPLOYEE
        ):
            wanted = "anställd vid myndigheten" if by_state else "ledamot eller ersättare i fullmäktige"
            yield Hit(
                title=f"{person.name} är inte valbar för {member.name}",
                advice=f"{member.name} utser någon som är {wanted}. Se efter vad personen är valbar som.",
                place=_APPOINTMENTS,
                severity=Severity.WARNING,
            )
        elif by_state and person.party:
            yield Hit(
                title=f"{person.name} ({person.party}) är utsedd av {member.name}",
                advice="Myndigheten utser någon som är anställd där. Se efter att medlemmen är rätt angiven.",
                place=_APPOINTMENTS,
            )


def _order_of_deputies(case: Case) -> Iterator[Hit]:
    deputies = _deputies(case)
    without = [d for d in deputies if d.order <= 0]
    if without:
        names = ", ".join(case.name(d.person_id) for d in without[:3])
        more = f" och {len(without) - 3} till" if len(without) > 3 else ""
        yield Hit(
            title="Turordning för ersättare saknas",
            advice=f"Ange i vilken ordning ersättarna kallas in: {names}{more}.",
            place=_APPOINTMENTS,
        )
    same = Counter((d.member_id, d.order) for d in deputies if d.order > 0)
    for (member_id, order), count in same.items():
        member = case.association.member(member_id)
        if count > 1 and member is not None:
            yield Hit(
                title=f"{member.name} har {count} ersättare med plats {order} i turordningen",
                advice="Ge varje ersättare en egen plats i turordningen.",
                place=_APPOINTMENTS,
            )


def _presidium(case: Case) -> Iterator[Hit]:
    if not _board(case) or case.meeting.kind is MeetingKind.CONSTITUENT:
        return
    chairs = _people(case.association.appointed(case.meeting.date, Role.CHAIR))
    vice = _people(case.association.appointed(case.meeting.date, Role.VICE_CHAIR))
    if chairs != 1:
        yield Hit(
            title="Ordförande saknas" if not chairs else f"{number(chairs)} ordförande samtidigt",
            advice="Styrelsen utser en ordförande bland sina ledamöter. Rätta uppdragen under Förbundet.",
            place=_APPOINTMENTS,
        )
    if vice not in (1, 2):
        yield Hit(
            title="Vice ordförande saknas" if not vice else f"{number(vice)} vice ordförande samtidigt",
            advice="Styrelsen utser en eller två vice ordförande. Rätta uppdragen under Förbundet.",
            place=_APPOINTMENTS,
        )


def _board_addresses(case: Case) -> Iterator[Hit]:
    without = [board.name for board in boards(case.association) if not board.notice_board.strip()]
    if without:
        yield Hit(
            title="Anslagstavlans adress saknas för " + ", ".join(without),
            advice="Lägg in adressen under Förbundet, så kommer den med i underlaget för anslag.",
            place=_MEMBERS,
        )


RULES = (
    Rule(
        id="R05",
        text="Varje medlem har minst en ledamot och en ersättare, och ersättarna är lika många som ledamöterna.",
        source="10 § finsamlagen",
        severity=Severity.WARNING,
        check=_represented,
        places=("appointments",),
        scope=Scope.ASSOCIATION,
    ),
    Rule(
        id="R06",
        text="Den som utses är ledamot eller ersättare i fullmäktige, eller anställd vid myndigheten.",
        source="12 § finsamlagen",
        severity=Severity.NOTE,
        check=_eligible,
        places=("appointments",),
        scope=Scope.ASSOCIATION,
    ),
    Rule(
        id="R07",
        text="Det är bestämt i vilken ordning ersättarna kallas till tjänstgöring.",
        source="12 § finsamlagen",
        severity=Severity.WARNING,
        check=_order_of_deputies,
        places=("appointments",),
        scope=Scope.ASSOCIATION,
    ),
    Rule(
        id="R11",
        text="Styrelsen har en ordförande och en eller två vice ordförande.",
        source="17 § finsamlagen",
        severity=Severity.WARNING,
        check=_presidium,
        places=("appointments",),
        scope=Scope.ASSOCIATION,
    ),
    Rule(
        id="R36",
        text="Anslagstavlan är känd för varje kommun och region som är medlem.",
        source="19 § finsamlagen",
        severity=Severity.NOTE,
        check=_board_addresses,
        places=("members",),
        scope=Scope.ASSOCIATION,
    ),
)
