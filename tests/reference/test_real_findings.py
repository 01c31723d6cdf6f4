"""The kallelse of 2021-10-28 with its bilaga 2: exactly the findings that a reader with the law at hand has found.

The meeting is the example's own, item by item as it was sent out. Added here are bilaga 2 word for word (as the
report of item 5), the head of bilaga 5 (as the memo of item 12), and the day the notice is dated. Nothing else is
known of the association than what the papers say: its members, its chair and its director.
"""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

import msgspec
import pytest

from finsam_desktop import demo
from finsam_desktop.domain import agenda
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.meeting import Meeting, MeetingState
from finsam_desktop.domain.papers import Memo
from finsam_desktop.domain.report import TertialReport
from finsam_desktop.domain.rules import Finding, Scope, check, check_association
from finsam_desktop.workspace import Workspace

REAL = Path(__file__).parent.parent / "data" / "real"
SENT = date(2021, 10, 26)
"""The day the notice is dated, two days before the meeting."""
NBSP = "\u00a0"


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> tuple[Meeting, Association]:
    folder = tmp_path_factory.mktemp("demo")
    made = demo.create(folder)
    file = next(p for p in made if p.name == "umearegionen.finsam")
    with Workspace.open(file, user="test", read_only=True) as workspace:
        meeting, association = workspace.find_meeting("2021-10-28"), workspace.association
    text = (REAL / "tertialrapport-2021-t2.toml").read_text(encoding="utf-8")
    report = msgspec.convert(tomllib.loads(text), TertialReport, strict=False)
    memo = Memo(background="Avser punkt xx vid föredragning 2021-09-13")
    items = agenda.update(meeting.items, "p05", lambda item: replace(item, report=report))
    items = agenda.update(items, "p12", lambda item: replace(item, memo=memo))
    meeting = replace(meeting, items=items, state=MeetingState.NOTIFIED, notice_date=SENT)
    # The program's own seven days: the seed does not say what the association's arbetsordning set.
    return meeting, replace(association, rules=replace(association.rules, notice_days=7))


EXPECTED = [
    # -- wrong, to be mended before the notice goes out
    ("R21", "p05", "proposal", "Beslutsärende utan förslag till beslut"),  # item 5: decision, no proposal
    ("T03", "p05", "report", f"”Beslutad av styrelsen 28{NBSP}oktober 2021” står före sammanträdet"),
    ("R21", "p07b", "proposal", "Beslutsärende utan förslag till beslut"),  # 7 B: 7 A says that none is laid
    ("T01", "p12", "memo", "”xx” står kvar i texten"),  # "Avser punkt xx"
    # -- to think over
    ("R13", "", "notice_date", f"Kallelsen är daterad den 26{NBSP}oktober 2021, efter er egen frist"),
    (
        "S01",
        "p05",
        "figures",
        "74 procent av 25 går inte ihop",
    ),  # the same share in the table of the workbook
    ("T02", "p05", "report", "Texten nämner tertial 1, men rapporten gäller tertial 2"),  # heading and intro
    ("T04", "p05", "report", "74 procent av 25 går inte ihop: 18 personer är 72 procent, 19 är 76"),
    ("R96", "p05", "figures", "Grupper med färre än fem personer"),  # Vännäs 1 kvinna, Robertsfors 3 …
    (
        "R96",
        "p05",
        "report",  # Vindeln: 1 pågående deltagare, and women and men in groups of one and two
        "Färre än fem personer: ”1 kvinna”, ”2 kvinnor”, ”1 man” och 4 till",
    ),
    # -- to know
    ("R15", "", "form", "Distansmöte före den 16 mars 2022"),
    (
        "T11",
        "p05",
        "report",
        f"11{NBSP}490 − 12{NBSP}635 = −1{NBSP}145 tkr, men i texten står −1{NBSP}146 tkr",
    ),
    ("T13", "p05", "report", "”arbetsmarkandstorgen” ser ut som ett skrivfel"),
    ("R80", "p07", "title", "Källorna säger olika om NNS-medlemskap"),
    ("T09", "p07b", "summary", f"Mötet den 2{NBSP}december 2021 kallas både ”medlemsmöte” och ”årsmöte”"),
    ("T13", "p08", "summary", "”medelemssamråden” ser ut som ett skrivfel"),
    ("T13", "p08", "summary", "”förlag” ser ut som ett skrivfel"),
]
"""Rule, item, field and title of every finding about the meeting, with the reason where the title does not say it."""

OF_THE_ASSOCIATION = {
    "R05": 2,  # the papers name nobody's ledamot and nobody's ersättare
    "R11": 1,  # nor a vice ordförande
    "R36": 1,  # nor any notice board
    "R01": 1,  # the förbundsordning has not been gone through
}
"""How many findings each rule has about the register, which the papers say next to nothing of."""


def _of_the_meeting(findings: tuple[Finding, ...]) -> list[Finding]:
    from finsam_desktop.domain.rules import RULES

    others = {rule.id for rule in RULES if rule.scope is not Scope.MEETING and rule.id != "R36"}
    return [
        f for f in findings if f.rule not in others and not (f.rule == "R36" and f.place.field == "members")
    ]


def test_the_meeting_gives_exactly_these_findings(real: tuple[Meeting, Association]) -> None:
    meeting, association = real
    found = _of_the_meeting(check(meeting, association, (meeting,), SENT))
    shown = [(f.rule, f.place.item_id, f.place.field, f.title) for f in found]
    assert shown == EXPECTED


def test_the_register_is_told_only_what_the_papers_leave_out(real: tuple[Meeting, Association]) -> None:
    _, association = real
    counts: dict[str, int] = {}
    for finding in check_association(association, SENT):
        counts[finding.rule] = counts.get(finding.rule, 0) + 1
    assert counts == OF_THE_ASSOCIATION


def test_what_is_right_in_the_papers_is_not_told(real: tuple[Meeting, Association]) -> None:
    """Five dates for five meetings, 29 as 14 and 15, 65 and 35 percent, 80 percent of 54: all of it holds."""
    meeting, association = real
    rules = {finding.rule for finding in check(meeting, association, (meeting,), SENT)}
    assert not rules & {"T10", "T12", "R44", "R47", "R47b", "T06", "T07", "T08"}
    quoted = " ".join(f.title + f.advice for f in check(meeting, association, (meeting,), SENT))
    assert "80 procent av 54" not in quoted


@pytest.mark.parametrize(
    ("day", "rule"), [(date(2021, 10, 27), "T03"), (date(2021, 10, 28), "T03"), (date(2021, 10, 29), "")]
)
def test_decided_is_wrong_until_the_meeting_is_over(
    real: tuple[Meeting, Association], day: date, rule: str
) -> None:
    meeting, association = real
    rules = {finding.rule for finding in check(meeting, association, (meeting,), day)}
    assert ("T03" in rules) is bool(rule)


def test_every_finding_has_a_source_and_says_what_to_do(real: tuple[Meeting, Association]) -> None:
    meeting, association = real
    for finding in check(meeting, association, (meeting,), SENT):
        assert finding.source
        assert finding.advice.endswith((".", "”"))
