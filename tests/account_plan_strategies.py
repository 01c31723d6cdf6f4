"""Account plans as an association may have them: a few groups with any title, and no account in two of them."""

from __future__ import annotations

from hypothesis import strategies as st

from finsam_desktop.domain.account_plan import AccountGroup, AccountPlan, StatementPost
from tests.strategy_values import texts, tuples, words


@st.composite
def account_plans(draw: st.DrawFn) -> AccountPlan:
    """Up to three groups of one or two ranges; accounts that no group names are between them."""
    edges = sorted(draw(st.sets(st.integers(0, 9999), min_size=2, max_size=8)))
    ranges = list(zip(edges[::2], edges[1::2], strict=False))
    draw(st.randoms(use_true_random=False)).shuffle(ranges)
    groups = []
    while ranges:
        taken, ranges = ranges[: draw(st.integers(1, 2))], ranges[2:]
        groups.append(
            AccountGroup(title=draw(words), post=draw(st.sampled_from(StatementPost)), ranges=tuple(taken))
        )
    return AccountPlan(name=draw(words), groups=tuple(groups), plan_types=draw(tuples(texts, 2)))
