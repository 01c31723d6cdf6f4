"""The strategies that all others are made of: texts, days, amounts, tuples."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from hypothesis import strategies as st

Strategy = st.SearchStrategy

SWEDISH = "abcdefghijklmnopqrstuvwxyzåäöÅÄÖéÉ §–−\u00a0,.-\n"

texts = st.one_of(
    st.text(alphabet=SWEDISH, max_size=30),
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=12),
)
"""Any text a user may type or paste: Swedish, and any Unicode that can be written in UTF-8."""

words = st.text(alphabet=SWEDISH.strip("\n"), min_size=1, max_size=24)
ids = st.uuids().map(lambda value: value.hex)
days = st.dates(min_value=date(1990, 1, 1), max_value=date(2060, 12, 31))
clock_times = st.builds(time, st.integers(0, 23), st.integers(0, 59))
amounts = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12).filter(
    # Where amounts come from outside, one that could not be added to others is refused.
    lambda amount: int(amount.as_tuple().exponent) > -40
)
sha256s = st.binary(min_size=32, max_size=32).map(bytes.hex)


def tuples(elements: Strategy[Any], most: int = 3) -> Strategy[tuple[Any, ...]]:
    """Tuples of 0 to ``most`` elements."""
    return st.lists(elements, max_size=most).map(tuple)


def optional(elements: Strategy[Any]) -> Strategy[Any]:
    """None or an element."""
    return st.none() | elements
