"""Figure tables with cells of every kind, for the property tests."""

from __future__ import annotations

from hypothesis import strategies as st

from finsam_desktop.domain.account_plan import AccountGroup, AccountPlan, StatementPost
from finsam_desktop.domain.figures import (
    ColumnKind,
    ColumnRole,
    FigureCell,
    FigureColumn,
    FigureRow,
    FigureSource,
    FigureTable,
    Origin,
    Override,
    Period,
    Post,
    Purpose,
    ReportMade,
    RowKind,
    Unit,
)
from tests.record_strategies import moments
from tests.strategy_values import amounts, days, ids, optional, sha256s, texts, tuples

figure_cells = st.one_of(
    st.builds(FigureCell, amount=amounts, text=texts, address=st.sampled_from(["", "B16", "AA100"])),
    st.builds(FigureCell, text=texts),
    st.builds(FigureCell, error=st.sampled_from(["#DIV/0!", "#REF!"]), address=st.just("C7")),
    st.builds(
        FigureCell,
        amount=amounts,
        address=st.just("konto 3010 2026-08-31"),
        override=st.builds(
            Override,
            before=st.none() | amounts,
            by=texts,
            why=texts,
            at=moments,
        ),
    ),
)
figure_columns = st.builds(
    FigureColumn,
    title=texts,
    role=st.sampled_from(ColumnRole),
    kind=st.sampled_from(ColumnKind),
    source=st.sampled_from(["", "A", "B", "AA"]),
)


account_plans = st.builds(
    AccountPlan,
    name=texts,
    groups=tuples(
        st.builds(
            AccountGroup,
            title=texts,
            post=st.sampled_from(StatementPost),
            ranges=st.just(((3000, 3999),)),
        ),
        2,
    ),
    plan_types=tuples(texts, 2),
)
reports_made = st.builds(
    ReportMade,
    tertial=st.integers(1, 3),
    span=st.sampled_from(["accumulated", "tertial", "both"]),
    objects=st.just(((1, "100"),)),
    accounts=st.just(((4500, 4599),)),
    by=optional(st.just(6)),
    sheet=texts,
    plan=optional(account_plans),
    previous_file=texts,
)


@st.composite
def figure_tables(draw: st.DrawFn) -> FigureTable:
    """A table with one cell per column in every row."""
    columns = draw(tuples(figure_columns, 4))
    row = st.builds(
        FigureRow,
        cells=st.tuples(*[figure_cells for _ in columns]),
        kind=st.sampled_from(RowKind),
        post=st.sampled_from(Post),
        comment=texts,
    )
    source = st.builds(
        FigureSource,
        file_name=texts,
        sha256=sha256s,
        sheet=texts,
        cells=st.sampled_from(["A5:E16", "B2:B2"]),
        read_on=days,
        origin=st.sampled_from(Origin),
    )
    return draw(
        st.builds(
            FigureTable,
            id=ids,
            title=texts,
            purpose=st.sampled_from(Purpose),
            columns=st.just(columns),
            rows=tuples(row, 4),
            source_unit=st.sampled_from(Unit),
            unit=st.sampled_from(Unit),
            source=optional(source),
            note=texts,
            period=optional(st.builds(Period, start=days, end=days)),
            made=optional(reports_made),
        )
    )
