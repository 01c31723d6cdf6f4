"""A corpus: every document that follows with the program, made of random meetings with extreme texts.

A few in every run; with --all twenty-five of each document, each tried by the Open XML SDK and opened by LibreOffice.
"""

from __future__ import annotations

import dataclasses
import json
import os
import re
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from hypothesis import HealthCheck, Phase, given
from hypothesis import strategies as st

from finsam_desktop.documents import Document, render
from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.association import Association, MemberKind
from finsam_desktop.domain.catalogue import ItemType
from finsam_desktop.domain.figures import (
    ColumnKind,
    ColumnRole,
    FigureCell,
    FigureColumn,
    FigureRow,
    FigureTable,
    Post,
    Purpose,
)
from finsam_desktop.domain.figures_layout import printed
from finsam_desktop.domain.meeting import Meeting, MeetingKind, MeetingState
from tests import strategies
from tests.plan_strategies import annual_reports, plans
from tests.unit.word.building import broken_rules, texts

TODAY = date(2026, 10, 20)
FEW, MANY = 8, 25
OPEN_STATES = [MeetingState.DRAFT, MeetingState.NOTIFIED, MeetingState.HELD, MeetingState.MINUTES]
ILLEGAL = re.compile(
    "[\x00-\x08\x0c\x0e-\x1f\ufdd0-\ufdef"
    + "".join(chr(plane * 0x10000 + 0xFFFE) + chr(plane * 0x10000 + 0xFFFF) for plane in range(17))
    + "]"
)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Association, Meeting]:
    """An association and a meeting of its people, with any text that Word can hold."""
    association = draw(strategies.associations())
    meeting = draw(strategies.meetings(association))
    people = st.sampled_from([person.id for person in association.people] or ["ingen"])
    reporting = draw(strategies.agenda_items(people))
    measure = draw(strategies.measures)
    board = draw(strategies.members)
    report = dataclasses.replace(
        without_measure(reporting),
        report=draw(strategies.tertial_reports),
        memo=draw(strategies.memos),
        letter=draw(strategies.letters),
        referral=draw(strategies.referrals),
        measure_id=measure.id,
    )
    decided = draw(reported_items())
    plan = dataclasses.replace(draw(plans), fixed_in="budget")
    annual = dataclasses.replace(draw(annual_reports), item_id="arsredovisning")
    association = dataclasses.replace(
        association,
        measures=(measure,),
        plans=(plan,),
        annual_reports=(annual,),
        members=(*association.members, dataclasses.replace(board, kind=MemberKind.MUNICIPALITY)),
    )
    meeting = dataclasses.replace(meeting, items=tuple(map(without_measure, meeting.items)))
    open_meeting = dataclasses.replace(
        meeting,
        state=draw(st.sampled_from(OPEN_STATES)),
        cancelled_on=None,
        kind=draw(st.sampled_from([kind for kind in MeetingKind if kind.decides])),
        items=(*meeting.items, report, *decided),
        frozen_paragraphs=(),
        frozen_attachments=(),
        # A register kept at an adjustment would be printed instead of the association drawn here.
        seals=(),
        frozen_register=None,
    )
    return printable(association), printable(open_meeting)


@st.composite
def reported_items(draw: st.DrawFn) -> tuple[AgendaItem, ...]:
    """The items of the year's reports: one with statements, the budget and the årsredovisning."""
    amounts = st.none() | strategies.amounts
    posts = (Post.INCOME, Post.NONE, Post.COSTS, Post.RESULT, Post.OPENING_EQUITY, Post.CLOSING_EQUITY)
    roles = (
        ColumnRole.OUTCOME,
        ColumnRole.PREVIOUS_OUTCOME,
        ColumnRole.BUDGET,
        ColumnRole.FULL_YEAR_FORECAST,
    )

    def table(purpose: Purpose) -> FigureTable:
        rows = tuple(
            FigureRow(
                cells=(
                    FigureCell(text=draw(strategies.texts)),
                    *(FigureCell(amount=draw(amounts)) for _ in roles),
                ),
                post=post,
                is_cost=post is Post.COSTS,
                comment=draw(strategies.texts),
            )
            for post in posts
        )
        columns = (
            FigureColumn(title=draw(strategies.texts), role=ColumnRole.LABEL),
            *(
                FigureColumn(title=draw(strategies.texts), role=role, kind=ColumnKind.AMOUNT)
                for role in roles
            ),
        )
        return FigureTable(title=draw(strategies.texts), purpose=purpose, columns=columns, rows=rows)

    statements = (table(Purpose.INCOME_STATEMENT), table(Purpose.BALANCE_SHEET))
    return (
        AgendaItem(id="siffror", title=draw(strategies.words), figures=statements),
        AgendaItem(id="budget", title=draw(strategies.words), type=ItemType.DECISION, template_id="budget"),
        AgendaItem(
            id="arsredovisning",
            title=draw(strategies.words),
            type=ItemType.DECISION,
            template_id="arsredovisning",
            figures=statements,
        ),
    )


def without_measure(item: AgendaItem) -> AgendaItem:
    """The item without a measure that no register knows."""
    return dataclasses.replace(item, measure_id="", sub_items=tuple(map(without_measure, item.sub_items)))


def printable(value: Any) -> Any:
    """The value without refused characters (test_word_text.py has those) and tables with no column to print."""
    if isinstance(value, str):
        return ILLEGAL.sub("·", value) if type(value) is str else value
    if isinstance(value, tuple):
        kept = (part for part in value if not (isinstance(part, FigureTable) and not printed(part).columns))
        return tuple(printable(part) for part in kept)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changed = {
            field.name: printable(getattr(value, field.name))
            for field in dataclasses.fields(value)
            if field.init
        }
        return dataclasses.replace(value, **changed)
    return value


def no_files(sha256: str) -> bytes:
    """The corpus has no stored files."""
    raise AssertionError(f"no file was promised: {sha256}")


def drawn(count: int) -> list[tuple[Association, Meeting]]:
    """``count`` random associations with a meeting; drawing them takes longer than making their documents."""
    found: list[tuple[Association, Meeting]] = []

    @hypothesis.settings(
        max_examples=count,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(cases())
    def collect(case: tuple[Association, Meeting]) -> None:
        found.append(case)

    collect()
    return found


@pytest.fixture(scope="module")
def corpus(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> list[tuple[Path, Meeting]]:
    """The documents as files."""
    folder = tmp_path_factory.mktemp("corpus")
    count = MANY if request.config.getoption("--all", default=False) else FEW
    files = []
    for number, (association, meeting) in enumerate(drawn(count)):
        for document in Document:
            path = folder / f"{document.value}-{number:03}.docx"
            path.write_bytes(render(document, association, [meeting], meeting, no_files, TODAY))
            files.append((path, meeting))
    return files


def test_the_corpus_is_not_empty(corpus: list[tuple[Path, Meeting]], request: pytest.FixtureRequest) -> None:
    kinds = {path.name.rpartition("-")[0] for path, _ in corpus}
    assert kinds == {document.value for document in Document}
    assert len(corpus) >= (300 if request.config.getoption("--all", default=False) else 10)


def test_every_document_keeps_our_own_rules(corpus: list[tuple[Path, Meeting]]) -> None:
    assert [(path.name, rule) for path, _ in corpus for rule in broken_rules(path.read_bytes())] == []


def test_every_item_is_in_its_document(corpus: list[tuple[Path, Meeting]]) -> None:
    for path, meeting in corpus:
        if not path.name.startswith("kallelse"):
            continue
        found = squeezed("".join(texts(path.read_bytes())))
        for item in meeting.items:
            assert squeezed(item.title) in found, (path.name, item.title)


def squeezed(text: str) -> str:
    """The text without space and line breaks, which a document may set in its own way."""
    return "".join(text.split()).replace("\x0b", "")


@pytest.mark.long
@pytest.mark.needs_ooxml_validator
def test_the_open_xml_sdk_finds_nothing(corpus: list[tuple[Path, Meeting]]) -> None:
    validator = os.environ["FINSAM_OOXML_VALIDATOR"]
    wrong = []
    for path, _ in corpus:
        run = subprocess.run(
            ["node", validator, str(path)], capture_output=True, text=True, encoding="utf-8", check=False
        )
        wrong += [(path.name, error) for error in json.loads(run.stdout)["errors"]]
    assert wrong == []


@pytest.mark.long
def test_openxml_audit_finds_nothing(corpus: list[tuple[Path, Meeting]]) -> None:
    audit = pytest.importorskip("openxml_audit", reason="openxml-audit är inte installerat")
    wrong = []
    for path, _ in corpus:
        result = audit.OpenXmlValidator().validate(str(path))
        wrong += [(path.name, str(error)) for error in result.errors]
    assert wrong == []


@pytest.mark.long
@pytest.mark.needs_libreoffice
def test_libreoffice_opens_every_document(corpus: list[tuple[Path, Meeting]], tmp_path: Path) -> None:
    for start in range(0, len(corpus), 40):
        batch = [str(path) for path, _ in corpus[start : start + 40]]
        command = [
            shutil.which("soffice") or "soffice",
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
        ]
        subprocess.run(
            [*command, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *batch],
            capture_output=True,
            check=True,
            timeout=600,
        )
    missing = [path.name for path, _ in corpus if not (tmp_path / f"{path.stem}.pdf").is_file()]
    assert missing == []
