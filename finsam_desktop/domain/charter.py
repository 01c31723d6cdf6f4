"""What the förbundsordning must settle: the eighteen points of 9 § finsamlagen, and where each one stands."""

from __future__ import annotations

from dataclasses import dataclass, replace

from finsam_desktop.domain.association import Association, CharterPoint


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """A point of 9 § finsamlagen. ``always`` is False for those that only some associations need to settle."""

    number: int
    title: str
    text: str
    always: bool = True


DEMANDS = (
    Demand(
        number=1,
        title="Namn, säte, medlemmar och ändamål",
        text="Samordningsförbundets namn, den ort där det har sitt säte, medlemmarna och ändamålet.",
    ),
    Demand(number=2, title="Organisation", text="Förbundets organisation."),
    Demand(
        number=3,
        title="Styrelsens storlek och representation",
        text="Antalet ledamöter och ersättare, hur medlemmarna är representerade, och mandattiden om den är kortare "
        "än fyra år.",
    ),
    Demand(
        number=4,
        title="Uppgifter och beslutanderätt",
        text="De uppgifter förbundet fullgör enligt 7 § och den beslutanderätt det har.",
    ),
    Demand(
        number=5,
        title="Medlems rätt att väcka ärenden",
        text="Om en förbundsmedlem har rätt att väcka ärenden i styrelsen.",
    ),
    Demand(
        number=6,
        title="Kvalificerad majoritet",
        text="Om beslut kräver kvalificerad majoritet i styrelsen, och i vilka ärenden.",
    ),
    Demand(number=7, title="Tillkännagivanden", text="Var förbundets tillkännagivanden anslås."),
    Demand(
        number=8,
        title="Andelar och kostnader",
        text="Medlemmarnas andelar i tillgångar och skulder och hur kostnaderna fördelas, i förhållande till andelarna "
        "enligt 5 §.",
    ),
    Demand(
        number=9,
        title="Begränsning av krediter",
        text="Begränsningar av rätten att ta sedvanliga krediter enligt 21 §.",
        always=False,
    ),
    Demand(
        number=10,
        title="Styrning och insyn",
        text="Medlemmarnas styrning av och insyn i förbundets ekonomi och verksamhet.",
    ),
    Demand(number=11, title="Budgetprocess", text="Föreskrifter om förbundets budgetprocess."),
    Demand(
        number=12, title="Revisorernas mandattid", text="Mandattiden för de revisorer som utses enligt 25 §."
    ),
    Demand(
        number=13,
        title="Gemensamma revisorer",
        text="Hur gemensamma revisorer för kommuner och regioner utses, och vilken medlem som utser dem.",
        always=False,
    ),
    Demand(number=14, title="Utträde", text="Förfarandet när en medlem träder ut ur förbundet."),
    Demand(
        number=15,
        title="Likvidation och upplösning",
        text="Förutsättningar och förfarande vid likvidation och upplösning, och hur tillgångarna skiftas.",
    ),
    Demand(number=16, title="Tvister", text="Hur tvister mellan förbundet och dess medlemmar löses."),
    Demand(
        number=17,
        title="Ekonomiska förmåner",
        text="Hur ekonomiska förmåner till ledamöter, ersättare och revisorer bestäms.",
    ),
    Demand(
        number=18,
        title="Övriga ekonomiska förhållanden",
        text="Vad medlemmarna i övrigt anser nödvändigt om ekonomi och förvaltning.",
        always=False,
    ),
)
"""The points in the order of the law."""


def demand(number: int) -> Demand:
    """The point with this number, 1–18. KeyError for another number."""
    if not 1 <= number <= len(DEMANDS):
        raise KeyError(number)
    return DEMANDS[number - 1]


def point(association: Association, number: int) -> CharterPoint:
    """Where the association's förbundsordning settles the point; empty when nobody has said."""
    found = next((point for point in association.rules.charter if point.number == number), None)
    return found if found is not None else CharterPoint(number=number)


def settled(association: Association, number: int) -> bool:
    """Whether somebody has said where the point stands, or noted why it does not."""
    found = point(association, number)
    return bool(found.place.strip() or found.note.strip())


def unsettled(association: Association) -> tuple[Demand, ...]:
    """The points nobody has found a place for, in the order of the law."""
    return tuple(one for one in DEMANDS if not settled(association, one.number))


def with_point(association: Association, number: int, *, place: str, note: str) -> Association:
    """The association with a point's place and note; a point with neither is left out."""
    kept = [one for one in association.rules.charter if one.number != number]
    if place.strip() or note.strip():
        kept.append(CharterPoint(number=number, place=place, note=note))
    charter = tuple(sorted(kept, key=lambda one: one.number))
    return replace(association, rules=replace(association.rules, charter=charter))
