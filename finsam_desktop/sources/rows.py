"""What each row of a table is: a heading, a post, a sum or the total, and which rows are costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from finsam_desktop.domain.figures import ColumnKind, ColumnRole, Post, Purpose, RowKind
from finsam_desktop.sources import headings
from finsam_desktop.sources.columns import ReadColumn
from finsam_desktop.sources.seen import Grid


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRow:
    """A row of the sheet with its kind and post."""

    row: int
    kind: RowKind
    post: Post = Post.NONE
    is_cost: bool = False


def read_rows(
    grid: Grid, first: int, last: int, columns: Sequence[ReadColumn], label: int | None, purpose: Purpose
) -> list[ReadRow]:
    """The rows from ``first`` to ``last`` that show anything."""
    numeric = [column.column for column in columns if column.kind is not ColumnKind.TEXT]
    texts = [
        column.column
        for column in columns
        if column.role is ColumnRole.OTHER and column.kind is ColumnKind.TEXT
    ]
    read: list[ReadRow] = []
    for row in range(first, last + 1):
        if not grid.filled(row):
            continue
        text = grid.text(row, label) if label else ""
        if not any(grid.kind(row, column).counts_as_number for column in numeric):
            plain = any(grid.text(row, column) for column in texts)
            read.append(ReadRow(row=row, kind=RowKind.ROW if plain else RowKind.HEADING))
            continue
        post = headings.post_of(text, purpose)
        read.append(ReadRow(row=row, kind=headings.row_kind_of(text, post, purpose), post=post))
    read = _with_total(_inside_equity(_single_posts(read)))
    if purpose is Purpose.INCOME_STATEMENT:
        return _with_costs(grid, read, label)
    return read


def costs_positive(grid: Grid, read: Sequence[ReadRow], columns: Sequence[ReadColumn]) -> bool:
    """True when the source writes costs without minus. The sum row decides, else the majority."""
    amounts = [
        column.column
        for column in columns
        if column.kind is ColumnKind.AMOUNT and column.role is not ColumnRole.DEVIATION
    ]
    costs = [row for row in read if row.is_cost and row.kind is not RowKind.HEADING]
    sums = [row for row in costs if row.post is Post.COSTS] or costs
    values = [grid.number(row.row, column) for row in sums for column in amounts]
    positive = sum(value is not None and value > 0 for value in values)
    negative = sum(value is not None and value < 0 for value in values)
    return positive > negative


def _single_posts(read: list[ReadRow]) -> list[ReadRow]:
    """Each post once: of several the last result, else the one whose row is a sum, else the first."""
    kept: dict[Post, int] = {}
    for place, row in enumerate(read):
        if row.post is Post.NONE:
            continue
        if row.post not in kept or row.post is Post.RESULT:
            kept[row.post] = place
    return [
        row if row.post is Post.NONE or kept[row.post] == place else replace(row, post=Post.NONE)
        for place, row in enumerate(read)
    ]


def _inside_equity(read: list[ReadRow]) -> list[ReadRow]:
    """A result between opening and closing equity is a post that the closing equity adds up."""
    posts = [row.post for row in read]
    if Post.OPENING_EQUITY not in posts or Post.CLOSING_EQUITY not in posts:
        return read
    between = range(posts.index(Post.OPENING_EQUITY), posts.index(Post.CLOSING_EQUITY))
    return [
        replace(row, kind=RowKind.ROW) if row.post is Post.RESULT and place in between else row
        for place, row in enumerate(read)
    ]


def _with_total(read: list[ReadRow]) -> list[ReadRow]:
    """The last row is the table's total when it is a sum."""
    if len(read) > 1 and read[-1].kind is RowKind.SUM:
        return [*read[:-1], replace(read[-1], kind=RowKind.TOTAL)]
    return read


def _with_costs(grid: Grid, read: list[ReadRow], label: int | None) -> list[ReadRow]:
    """Costs: rows under a heading over costs, or between the sum of income and the sum of costs."""
    # Without headings, costs that stand before any income end with their sum.
    posts = [row.post for row in read]
    first_sum = min((posts.index(post) for post in (Post.INCOME, Post.COSTS) if post in posts), default=0)
    costs = Post.COSTS in posts and posts.index(Post.COSTS) == first_sum
    marked: list[ReadRow] = []
    for row in read:
        text = grid.text(row.row, label) if label else ""
        if row.kind is RowKind.HEADING:
            said = headings.begins_costs(text)
            costs = costs if said is None else said
        elif row.post is Post.RESULT:
            costs = False
        marked.append(replace(row, is_cost=costs or row.post is Post.COSTS))
        if row.post is Post.INCOME and row.kind is not RowKind.HEADING:
            costs = True
        elif row.post is Post.COSTS:
            costs = False
    return marked
