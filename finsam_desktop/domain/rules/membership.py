"""What the association rests on: members, förbundsordning, shares and auditors. 3, 5, 9 and 25 §§ finsamlagen."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from finsam_desktop.domain.association import Member, MemberKind, Role
from finsam_desktop.domain.charter import DEMANDS, unsettled
from finsam_desktop.domain.rules import year_plans
from finsam_desktop.domain.rules.finding import Case, Hit, Place, Rule, Scope, Severity
from finsam_desktop.domain.wording import join_names, number

_STATE = (MemberKind.SOCIAL_INSURANCE_AGENCY, MemberKind.EMPLOYMENT_SERVICE)
_PARTS = (
    ("Försäkringskassan", (MemberKind.SOCIAL_INSURANCE_AGENCY,)),
    ("Arbetsförmedlingen", (MemberKind.EMPLOYMENT_SERVICE,)),
    ("en region", (MemberKind.REGION,)),
    ("en kommun", (MemberKind.MUNICIPALITY,)),
)
_NOT_IN_A_REGION = "gotland"
"""The one kommun that is not in any region; it may stand for both (3 och 5 a §§ finsamlagen)."""
_HUNDRED = Decimal(100)


def _alone(member: Member) -> bool:
    return _NOT_IN_A_REGION in member.name.lower()


def _charter(case: Case) -> Iterator[Hit]:
    missing = unsettled(case.association)
    place = Place(field="charter")
    if not missing:
        return
    if len(missing) == len(DEMANDS):
        yield Hit(
            title="Förbundsordningen är inte genomgången mot 9 § finsamlagen",
            advice="Ange under Förbundsordning var var och en av de 18 punkterna står. Då syns vad som saknas.",
            place=place,
            severity=Severity.NOTE,
        )
        return
    always = [one for one in missing if one.always]
    others = [one for one in missing if not one.always]
    if always:
        yield Hit(
            title=f"Förbundsordningen: {_points(len(always))} saknar plats",
            advice=f"Det gäller {join_names([_named(one.number, one.title) for one in always])}. Ange paragrafen, "
            "eller skriv en anteckning om vad medlemmarna ska komplettera.",
            place=place,
        )
    if others:
        yield Hit(
            title=f"Förbundsordningen: {_points(len(others))} som inte alla förbund har saknar svar",
            advice=f"Det gäller {join_names([_named(one.number, one.title) for one in others])}. Ange paragrafen, "
            "eller anteckna att punkten inte är aktuell.",
            place=place,
            severity=Severity.NOTE,
        )


def _named(point: int, title: str) -> str:
    return f"{point} ({title[0].lower()}{title[1:]})"


def _points(count: int) -> str:
    return "en punkt" if count == 1 else f"{number(count)} punkter"


def _members(case: Case) -> Iterator[Hit]:
    members = case.association.members
    if not members:
        yield Hit(
            title="Förbundets medlemmar är inte inlagda",
            advice="Lägg in Försäkringskassan, Arbetsförmedlingen, regionen och kommunerna under Medlemmar.",
            place=Place(field="members"),
            severity=Severity.NOTE,
        )
        return
    there = {member.kind for member in members}
    if any(_alone(member) for member in members):
        there |= {MemberKind.REGION, MemberKind.MUNICIPALITY}
    missing = [word for word, kinds in _PARTS if not there.intersection(kinds)]
    if missing:
        yield Hit(
            title=f"{_capital(join_names(missing))} saknas bland medlemmarna",
            advice="Finansiell samordning får bara bedrivas om Försäkringskassan, Arbetsförmedlingen, minst en region "
            "och minst en kommun deltar. Se efter om alla medlemmar är inlagda.",
            place=Place(field="members"),
        )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _shares(case: Case) -> Iterator[Hit]:
    members = case.association.members
    if not members or any(_alone(member) for member in members):
        return
    for what, kinds, lawful in (
        ("Försäkringskassan bidrar med", _STATE, Decimal(50)),
        ("Regionens andel är", (MemberKind.REGION,), Decimal(25)),
        ("Kommunernas andelar är tillsammans", (MemberKind.MUNICIPALITY,), Decimal(25)),
    ):
        group = [member for member in members if member.kind in kinds]
        known = [member.share for member in group if member.share is not None]
        payers = [m for m in group if m.kind is not MemberKind.EMPLOYMENT_SERVICE]  # FK:s hälft täcker AF
        whole = bool(payers) and all(member.share is not None for member in payers)
        if whole and abs(sum(known) - lawful) >= Decimal("0.01") * len(known):
            yield Hit(
                title=f"{what} {_percent(sum(known, Decimal(0)))}, inte {_percent(lawful)}",
                advice="Försäkringskassan bidrar med hälften av medlen, regionen med en fjärdedel och kommunerna "
                "tillsammans med en fjärdedel. Rätta andelarna under Medlemmar.",
                place=Place(field="members"),
            )


def _all_shares(case: Case) -> Iterator[Hit]:
    """The register's shares are told under Förbundet, a budget's at the meeting that fixes it too."""
    if not case.meeting.items:
        yield from _shares(case)
    yield from year_plans.unlawful_shares(case)


def _percent(share: Decimal) -> str:
    text = f"{share.normalize():f}".replace(".", ",")
    return f"{text} procent"


def _auditors(case: Case) -> Iterator[Hit]:
    auditors = case.association.appointed(case.meeting.date, Role.AUDITOR)
    if not auditors:
        return
    kinds = {member.kind for a in auditors if (member := case.association.member(a.member_id)) is not None}
    if not kinds:
        return  # a name with nobody behind it says nothing of who is missing
    place = Place(field="appointments")
    if MemberKind.SOCIAL_INSURANCE_AGENCY not in kinds:
        yield Hit(
            title="Ingen revisor är utsedd av Försäkringskassan",
            advice="Försäkringskassan utser en gemensam revisor för sig och Arbetsförmedlingen. Lägg in revisorn.",
            place=place,
        )
    if not kinds & {MemberKind.REGION, MemberKind.MUNICIPALITY}:
        yield Hit(
            title="Ingen revisor är utsedd av en kommun eller region",
            advice="Styrelsens förvaltning granskas för varje medlems räkning. Kommuner och regioner kan komma överens "
            "om gemensamma revisorer. Lägg in dem.",
            place=place,
        )


RULES = (
    Rule(
        id="R01",
        text="Förbundsordningen anger de 18 punkterna i 9 §.",
        source="9 § finsamlagen",
        severity=Severity.WARNING,
        check=_charter,
        places=("charter",),
        scope=Scope.REGISTER,
    ),
    Rule(
        id="R03",
        text="Försäkringskassan, Arbetsförmedlingen, minst en region och minst en kommun är medlemmar.",
        source="3 § finsamlagen",
        severity=Severity.WARNING,
        check=_members,
        places=("members",),
        scope=Scope.REGISTER,
    ),
    Rule(
        id="R45",
        text="Försäkringskassan bidrar med hälften, regionen med en fjärdedel och kommunerna med en fjärdedel.",
        source="5 § finsamlagen",
        severity=Severity.WARNING,
        check=_all_shares,
        places=("members", "plans"),
        scope=Scope.BOTH,
    ),
    Rule(
        id="R62",
        text="Varje medlem har en revisor, egen eller gemensam; Försäkringskassan utser en för staten.",
        source="25 § finsamlagen",
        severity=Severity.NOTE,
        check=_auditors,
        places=("appointments",),
        scope=Scope.REGISTER,
    ),
)
