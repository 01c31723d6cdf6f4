"""Who contributes what by 5 and 5 a §§ finsamlagen, to the öre, and the service fee of NNS."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from finsam_desktop.domain.association import Member, MemberKind
from finsam_desktop.domain.contributions import (
    FEE_CONFLICTS,
    divided,
    highest_total,
    service_fees,
    share_faults,
)


def member(name: str, kind: MemberKind, share: str | None = None) -> Member:
    return Member(name=name, kind=kind, share=None if share is None else Decimal(share))


STATE = (
    member("Försäkringskassan", MemberKind.SOCIAL_INSURANCE_AGENCY, "50"),
    member("Arbetsförmedlingen", MemberKind.EMPLOYMENT_SERVICE),
)
REGION = member("Region Exempel", MemberKind.REGION, "25")
TOWNS = tuple(
    member(name, MemberKind.MUNICIPALITY, share) for name, share in (("A", "13"), ("B", "9"), ("C", "3"))
)
ALL = (*STATE, REGION, *TOWNS)


def test_a_half_and_two_quarters() -> None:
    parts = divided(ALL, Decimal(11_490_000))
    assert [(part.name, part.amount) for part in parts] == [
        ("Försäkringskassan", 5_745_000), ("Region Exempel", 2_872_500),
        ("A", 1_493_700), ("B", 1_034_100), ("C", 344_700),
    ]  # fmt: skip
    assert share_faults(ALL) == ()


def test_shares_that_depart_from_the_law_are_told_and_do_not_move_the_parts() -> None:
    wrong = (*STATE, member("Region Exempel", MemberKind.REGION, "24.5"), *TOWNS[:2])
    assert share_faults(wrong) == (
        "Regionerna har 24,5 procent, lagen säger 25.",
        "Kommunerna har 22 procent, lagen säger 25.",
    )
    parts = divided(wrong, Decimal(100))
    assert [part.amount for part in parts] == [50, 25, Decimal("14.77"), Decimal("10.23")]


def test_municipalities_without_an_agreed_split_stand_as_one() -> None:
    open_split = (*STATE, REGION, TOWNS[0], member("D", MemberKind.MUNICIPALITY))
    last = divided(open_split, Decimal(1_000))[-1]
    assert (last.name, last.amount) == ("Kommunerna", 250)
    assert "inte angiven" in last.basis


def test_a_municipality_outside_the_regions_bears_half() -> None:
    parts = divided((*STATE, member("Gotland", MemberKind.MUNICIPALITY, "50")), Decimal(1_000))
    assert [(part.name, part.amount, part.basis) for part in parts] == [
        ("Försäkringskassan", 500, "5 § finsamlagen"), ("Gotland", 500, "5 a § finsamlagen"),
    ]  # fmt: skip


@given(
    st.decimals(min_value=0, max_value=10**9, places=2),
    st.lists(st.decimals(min_value="0.01", max_value=25, places=2), min_size=1, max_size=15),
)
def test_the_parts_always_make_the_whole(total: Decimal, shares: list[Decimal]) -> None:
    towns = [member(f"K{n}", MemberKind.MUNICIPALITY, str(share)) for n, share in enumerate(shares)]
    parts = divided((*STATE, REGION, *towns), total)
    assert sum(part.amount for part in parts) == total
    assert all(abs(part.amount - total * part.share) < Decimal("0.01") for part in parts)


def test_the_one_who_offers_least_sets_the_level() -> None:
    offers = {
        "staten": Decimal(6_000_000),
        "regionerna": Decimal(2_800_000),
        "kommunerna": Decimal(2_900_000),
    }
    assert highest_total(offers, ALL) == (Decimal(11_200_000), "regionerna")


def test_the_service_fee_at_both_rates_and_what_the_sources_say() -> None:
    assert [fee.amount for fee in service_fees(Decimal(11_490_000))] == [22_980, 40_215]
    assert any("inte förenligt med finsamlagen" in text for text in FEE_CONFLICTS)
    assert any("inga juridiska hinder" in text for text in FEE_CONFLICTS)
