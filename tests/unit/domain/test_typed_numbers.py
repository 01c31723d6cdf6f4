"""Numbers as people type them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam_desktop.domain.typed_numbers import UnreadableNumber, read_count, read_kr, read_share
from finsam_desktop.domain.wording import number, percent


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (read_count, "54", "54"),
        (read_count, " 1\u00a0240 ", "1240"),
        (read_count, "12,5", "12.5"),
        (read_count, "", None),
        (read_count, "–", None),
        (read_share, "74 %", "0.74"),
        (read_share, "74,5", "0.745"),
        (read_share, "100 procent", "1"),
        (read_share, "0", "0"),
        (read_share, "-", None),
        (read_kr, "1 985 200", "1985200"),
        (read_kr, "−360 000 kr", "-360000"),
        (read_kr, "1,2 mkr", "1200000"),
        (read_kr, "400tkr", "400000"),
        (read_kr, "0,50", "0.50"),
        (read_kr, " ", None),
    ],
)
def test_what_people_write_is_read(
    read: Callable[[str], Decimal | None], text: str, value: str | None
) -> None:
    assert read(text) == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (read_count, "-3"), (read_count, "många"), (read_count, "1.2.3"), (read_count, "1e9"), (read_count, "٣"),
        (read_share, "101"), (read_share, "-1"), (read_share, "hälften"), (read_kr, "kr1"), (read_kr, "1 + 1"),
        (read_kr, "1234567890123"),
    ],
)  # fmt: skip
def test_what_is_no_number_says_how_to_write_it(read: Callable[[str], Decimal | None], text: str) -> None:
    with pytest.raises(UnreadableNumber, match=r"går inte att läsa som .* Skriv till exempel "):
        read(text)


@given(st.decimals(-(10**9), 10**9, places=2))
def test_an_amount_written_is_read_the_same(amount: Decimal) -> None:
    assert read_kr(number(amount, 2)) == amount


@given(st.integers(0, 1000))
def test_a_share_written_is_read_the_same(thousandths: int) -> None:
    share = Decimal(thousandths) / 1000
    assert read_share(percent(share, 1)) == share
