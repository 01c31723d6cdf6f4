"""Who contributes what (5 and 5 a §§ finsamlagen): the state half, regions and municipalities a quarter each.

And what NNS's service fee comes to, with what the sources say against each other about it.
Amounts in kr, divided to the öre so that the parts always make the whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal
from typing import Final

from finsam_desktop.domain.association import Member, MemberKind

_ORE: Final = Decimal("0.01")
_STATE: Final = (MemberKind.SOCIAL_INSURANCE_AGENCY, MemberKind.EMPLOYMENT_SERVICE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """What a member contributes. ``share`` is its part of the whole (0.25); ``basis`` says where the part comes from.

    Members whose split is not agreed stand together under one name.
    """

    name: str
    share: Decimal
    amount: Decimal
    basis: str


def lawful_parts(members: Sequence[Member]) -> dict[str, Decimal]:
    """The law's part of the whole for "staten", "regionerna" and "kommunerna": ½, ¼ and ¼.

    Where no region takes part, because the municipality is in none, the municipality bears half (5 a §).
    """
    kinds = {member.kind for member in members}
    if MemberKind.REGION not in kinds and MemberKind.MUNICIPALITY in kinds:
        return {"staten": Decimal("0.5"), "kommunerna": Decimal("0.5")}
    return {"staten": Decimal("0.5"), "regionerna": Decimal("0.25"), "kommunerna": Decimal("0.25")}


def divided(members: Sequence[Member], total: Decimal) -> tuple[Contribution, ...]:
    """``total`` kr divided by the law among the parties, and within a party by its members' registered shares.

    The registered shares only decide the proportions inside a party: what the party bears together is the law's.
    Where several members of a party have no shares, or only some have, the party stands as one.
    """
    made: list[tuple[str, Decimal, str]] = []
    for party, part in lawful_parts(members).items():
        inside = _of_party(members, party)
        if party == "staten":
            # Försäkringskassan's half also covers Arbetsförmedlingen, which contributes nothing of its own.
            made.append(("Försäkringskassan", part, "5 § finsamlagen"))
            continue
        law = "5 a § finsamlagen" if len(lawful_parts(members)) == 2 else "5 § finsamlagen"
        known = [member.share for member in inside if member.share]
        if len(inside) == 1:
            made.append((inside[0].name, part, law))
        elif inside and len(known) == len(inside):
            whole = sum(known, Decimal())
            made += [
                (member.name, part * (member.share or Decimal()) / whole, f"{law}, överenskommen fördelning")
                for member in inside
            ]
        else:
            made.append((party.capitalize(), part, f"{law}, fördelningen är inte angiven"))
    amounts = _to_the_ore(total, [share for _, share, _ in made])
    return tuple(
        Contribution(name=name, share=share, amount=amount, basis=basis)
        for (name, share, basis), amount in zip(made, amounts, strict=True)
    )


def share_faults(members: Sequence[Member]) -> tuple[str, ...]:
    """How registered shares (percent) depart from the law's parts; empty when they agree or none is registered."""
    told = []
    for party, part in lawful_parts(members).items():
        inside = [member for member in _of_party(members, party) if member.share is not None]
        stated = sum((member.share or Decimal() for member in inside), Decimal())
        if inside and stated != part * 100:
            told.append(
                f"{party.capitalize()} har {_percent(stated)} procent, lagen säger {_percent(part * 100)}."
            )
    return tuple(told)


def highest_total(offers: dict[str, Decimal], members: Sequence[Member]) -> tuple[Decimal, str]:
    """The most that the association can have in all when each party offers so much, and the party that decides it.

    Since the parts are fixed by law, the party that offers the least for its part sets the level.
    """
    parts = lawful_parts(members)
    levels = {party: offers[party] / part for party, part in parts.items() if party in offers}
    lowest = min(levels, key=lambda party: levels[party])
    return levels[lowest].quantize(_ORE, rounding=ROUND_DOWN), lowest


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceFee:
    """NNS's service fee at ``permille`` of ``base`` kr, from ``since`` (None: before the first known change)."""

    permille: Decimal
    base: Decimal
    since: date | None = None

    @property
    def amount(self) -> Decimal:
        """The fee in kr, to the öre."""
        return (self.base * self.permille / 1000).quantize(_ORE)


FEE_RATES: Final = ((None, Decimal(2)), (date(2023, 11, 24), Decimal("3.5")))
"""Known rates in per mille and since when (NNS budget 2025 by Försäkringskassan's rättsutredning 2025, 2.1)."""

FEE_CONFLICTS: Final = (
    "Underlaget anges olika: tilldelade medel från stat, region och kommun (NNS stadga 7 §), eller förbundets totala "
    "budget (samma rättsutredning om NNS budget 2025). Beloppet här är räknat på medlemsbidragen.",
    "Försäkringskassans rättsutredning 2025: att betala medlems- och serviceavgift till NNS är inte förenligt med "
    "finsamlagen.",
    "Delphis rättsutredning 2022: det finns inga juridiska hinder mot att ett förbund är medlem i en ideell förening.",
    "Den fasta medlemsavgiften är inte med, den bestäms av NNS medlemsmöte.",
)
"""Where the sources about the fee say different things. The board judges; the program takes no side (R80)."""


def service_fees(base: Decimal) -> tuple[ServiceFee, ...]:
    """The fee at every known rate, oldest first, for ``base`` kr."""
    return tuple(ServiceFee(permille=permille, base=base, since=since) for since, permille in FEE_RATES)


def _of_party(members: Sequence[Member], party: str) -> list[Member]:
    kinds = {"staten": _STATE, "regionerna": (MemberKind.REGION,), "kommunerna": (MemberKind.MUNICIPALITY,)}[
        party
    ]
    return [member for member in members if member.kind in kinds]


def _to_the_ore(total: Decimal, shares: Sequence[Decimal]) -> list[Decimal]:
    """The largest remainders get the öre that rounding down leaves, so that the amounts make ``total``."""
    exact = [total * share for share in shares]
    amounts = [amount.quantize(_ORE, rounding=ROUND_DOWN) for amount in exact]
    left = int((total.quantize(_ORE) - sum(amounts, Decimal())) / _ORE)
    order = sorted(range(len(shares)), key=lambda place: (amounts[place] - exact[place], place))
    for place in order[: max(left, 0)]:
        amounts[place] += _ORE
    return amounts


def _percent(value: Decimal) -> str:
    return f"{value.normalize():f}".replace(".", ",")
