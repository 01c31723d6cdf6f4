"""An account plan as rows: its groups, to be written in place, and the accounts of a file under their group."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from finsam_desktop.domain.account_plan import (
    AccountGroup,
    AccountPlan,
    StatementPost,
    overlap,
    placed,
    range_of,
    ranges_text,
)
from finsam_desktop.ui.models.cells_model import TableCell, TableColumn
from finsam_desktop.ui.widgets.states import State

TITLE, POST, ACCOUNTS = 0, 1, 2
GROUP_COLUMNS = (TableColumn(title="Grupp"), TableColumn(title="Post"), TableColumn(title="Konton"))
ACCOUNT_COLUMNS = (TableColumn(title="Konto"), TableColumn(title="Benämning"))

_NO_GROUP = "Ingen grupp, visas för sig i rapporterna"
Cells = tuple[tuple[TableCell, ...], ...]


def group_rows(groups: Iterable[AccountGroup]) -> Cells:
    """A row for every group, in the order of the reports."""
    return tuple(
        (
            TableCell(text=group.title),
            TableCell(text=group.post.value, tone="text2"),
            TableCell(text=ranges_text(group).replace("-", "–")),
        )
        for group in groups
    )


def account_rows(plan: AccountPlan, accounts: Sequence[tuple[str, str]]) -> tuple[Cells, dict[int, int], int]:
    """The (number, name) accounts, each below its group: first those of none, then group by group.

    Also the row of each group that has accounts, by its place in the plan (-1 for those of none), and how many
    accounts fall in no group.
    """
    found = placed(plan, accounts)
    left = [account for account in found if account.post is None]
    by_group: dict[AccountGroup, list[tuple[str, str]]] = {}
    for account in found:
        group = plan.group(account.number)
        if group is not None:
            by_group.setdefault(group, []).append((account.number, account.name))
    rows: list[tuple[TableCell, ...]] = []
    begins: dict[int, int] = {}
    if left:
        begins[-1] = 0
        rows.append((TableCell(text=_NO_GROUP, strong=True, state=State.CONSIDER), TableCell()))
        rows += [(TableCell(text=each.number, indent=1), TableCell(text=each.name)) for each in left]
    for place, group in enumerate(plan.groups):
        if of_group := by_group.get(group, []):
            begins[place] = len(rows)
            rows.append((TableCell(text=group.title, strong=True), TableCell()))
            rows += [(TableCell(text=number, indent=1), TableCell(text=name)) for number, name in of_group]
    return tuple(rows), begins, len(left)


def with_cell(group: AccountGroup, column: int, text: str) -> AccountGroup:
    """The group with what was written in one of its cells. ValueError, in words for the user, when it cannot be."""
    text = " ".join(text.split())
    if column == TITLE:
        if not text:
            raise ValueError(f"Gruppen {group.title} behöver ett namn.")
        return replace(group, title=text)
    if column == POST:
        post = next((each for each in StatementPost if each.value == text.casefold()), None)
        if post is None:
            raise ValueError(
                f"”{text}” är ingen post i resultaträkningen eller balansräkningen. Välj i listan."
            )
        return replace(group, post=post)
    return replace(group, ranges=read_ranges(text))


def read_ranges(text: str) -> tuple[tuple[int, int], ...]:
    """ "5000–5999, 7105" as first and last accounts in four digits; ValueError, in words, when it cannot be read."""
    ranges = []
    for part in (each.strip() for each in re.split(r"[,;\n]", text) if each.strip()):
        found = range_of(part)
        if found is None:
            raise ValueError(f"”{part}” är inte konton. Skriv till exempel 5000–5999, 7105.")
        if found[0] > found[1]:
            raise ValueError(f"”{part}” är konton baklänges. Skriv det lägre kontot först.")
        ranges.append(found)
    return tuple(ranges)


def overlap_words(groups: Sequence[AccountGroup]) -> str:
    """Which account stands in two groups, or twice in one; "" when none does."""
    found = overlap(groups)
    if found is None:
        return ""
    account, one, other = found
    if one == other:
        return f"Konto {account:04} står två gånger i {groups[one].title}."
    first, second = groups[min(one, other)].title, groups[max(one, other)].title
    return f"Konto {account:04} hör både till {first} och till {second}."
