"""Papers of an item, its report, and measures, for the property tests."""

from __future__ import annotations

from hypothesis import strategies as st

from finsam_desktop.domain.measures import QUESTIONS, Answer, Measure, MeasureKind, SubstanceCheck
from finsam_desktop.domain.papers import (
    JointBoard,
    Letter,
    Memo,
    Question,
    Referral,
    Signatory,
    Statistic,
    StatisticTable,
)
from finsam_desktop.domain.report import EarlierText, Goal, ReportSection, TertialReport
from finsam_desktop.domain.report_carrying import TEXT_NAMES
from tests.strategy_values import amounts, days, ids, optional, texts, tuples

memos = st.builds(
    Memo, author_id=ids, dated=optional(days), background=texts, assessment=texts, consequences=texts
)
letters = st.builds(
    Letter,
    receiver=texts,
    dated=optional(days),
    heading=texts,
    decider=texts,
    clauses=tuples(texts, 2),
    background=texts,
    text=texts,
    signatories=tuples(st.builds(Signatory, name=texts, title=texts, organisation=texts), 2),
)
counts = optional(st.integers(0, 10**6))
statistic_tables = st.builds(
    StatisticTable,
    title=texts,
    rows=tuples(st.builds(Statistic, label=texts, women=counts, men=counts, total=counts)),
    note=texts,
)
referrals = st.builds(
    Referral,
    sender=texts,
    sender_reference=texts,
    due=optional(days),
    introduction=texts,
    questions=tuples(st.builds(Question, id=ids, text=texts, answer=texts), 2),
    statistics=tuples(statistic_tables, 2),
    conclusion=texts,
)
measures = st.builds(
    Measure,
    id=ids,
    name=texts,
    kind=st.sampled_from(MeasureKind),
    performer=texts,
    target_group=texts,
    amount=optional(amounts),
    financing=texts,
    since=optional(days),
    until=optional(days),
    goals=texts,
    follow_up=texts,
    checks=tuples(
        st.builds(
            SubstanceCheck,
            rule=st.sampled_from([question.rule for question in QUESTIONS]),
            answer=st.sampled_from(Answer),
            reason=texts,
        )
    ),
    deviation=texts,
)
joint_boards = st.builds(
    JointBoard,
    association=texts,
    decided_on=optional(days),
    agreed=st.none() | st.booleans(),
    paragraph=optional(st.integers(1, 200)),
)
tertial_reports = st.builds(
    TertialReport,
    year=st.integers(2000, 2060),
    tertial=st.integers(1, 3),
    dated=optional(days),
    summary=texts,
    introduction=texts,
    sections=tuples(
        st.builds(
            ReportSection,
            id=ids,
            heading=texts,
            level=st.integers(2, 3),
            text=texts,
            figure_id=texts,
            indicators=st.booleans(),
            team_ids=tuples(ids, 2),
            previous=texts,
            kept=st.booleans(),
        )
    ),
    goals=tuples(st.builds(Goal, text=texts, target=texts, outcome=texts, judgement=texts), 2),
    economy=texts,
    deviations=texts,
    begun_from=texts,
    earlier=tuples(
        st.builds(EarlierText, name=st.sampled_from(tuple(TEXT_NAMES)), text=texts, kept=st.booleans()), 2
    ),
    print_sources=st.booleans(),
)
