"""Hypothesis strategies for what people say of a period's reports."""

from __future__ import annotations

from hypothesis import strategies as st

from finsam_desktop.domain.figures import Purpose
from finsam_desktop.domain.forecasts import Forecast, Forecasts
from finsam_desktop.domain.report_values import CellOverride, ReportInput
from tests.record_strategies import moments
from tests.strategy_values import amounts, texts, tuples, words

report_inputs = st.builds(
    ReportInput,
    year=st.integers(1990, 2060),
    tertial=st.integers(1, 3),
    part=texts,
    forecasts=st.builds(
        Forecasts,
        entries=tuples(st.builds(Forecast, post=words, amount=amounts, comment=texts, place=texts), 2),
        rest_as_budget=st.booleans(),
    ),
    overrides=tuples(
        st.builds(
            CellOverride,
            purpose=st.sampled_from(Purpose),
            row=words,
            column=words,
            amount=amounts,
            by=texts,
            why=texts,
            at=moments,
        ),
        2,
    ),
)
