"""T16: what is still last period's in a tertialrapport is a finding until it is rewritten or said to hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.meeting import MeetingState
from finsam_desktop.domain.report import EarlierText, ReportSection, TertialReport
from finsam_desktop.domain.report_carrying import keep
from finsam_desktop.domain.rules import Finding, Severity
from tests.board import found, meeting

OLD = "Styrgruppen har haft fem möten under våren."
REPORT = TertialReport(
    year=2026,
    tertial=2,
    economy="Budgeten är fastställd.",
    begun_from="Tertialrapport 1 2026",
    earlier=(EarlierText(name="economy", text="Budgeten är fastställd."),),
    sections=(ReportSection(id="s", heading="Ledning", text=OLD, previous=OLD),),
)


def findings(report: TertialReport, **fields: object) -> list[Finding]:
    item = AgendaItem(id="i", title="Tertialrapport 2", report=report)
    return found("T16", meeting(item, **fields), date(2026, 9, 1))


def test_every_text_that_is_left_is_named_with_where_it_comes_from() -> None:
    (finding,) = findings(REPORT)
    assert finding.severity is Severity.WARNING
    assert finding.title == "2 texter i tertialrapporten är kvar från tertialrapport 1 2026"
    assert "”Ledning” och ”Ekonomi”" in finding.advice
    assert (finding.place.item_id, finding.place.field) == ("i", "report")


def test_one_text_is_one_text() -> None:
    (finding,) = findings(replace(REPORT, economy="En ny text om ekonomin."))
    assert finding.title.startswith("En text i tertialrapporten")


def test_rewritten_or_said_to_hold_there_is_no_finding() -> None:
    assert findings(keep(keep(REPORT, "s"), "economy")) == []
    new = replace(REPORT, economy="", sections=())
    assert findings(new) == []


def test_adjusted_minutes_are_left_alone() -> None:
    assert findings(REPORT, state=MeetingState.ADJUSTED) == []


def test_many_texts_are_counted_and_not_all_named() -> None:
    many = tuple(
        ReportSection(id=f"s{n}", heading=f"Avsnitt {n}", text=OLD, previous=OLD) for n in range(1, 8)
    )
    (finding,) = findings(replace(REPORT, sections=many))
    assert finding.title.startswith("8 texter")
    assert "”Avsnitt 4” och 4 till" in finding.advice
