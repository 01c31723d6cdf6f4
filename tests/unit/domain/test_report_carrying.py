"""Last period's texts: at hand in the next report, and marked until they are rewritten or said to hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from finsam_desktop.domain.activity import Reading
from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.figures import FigureTable, Purpose
from finsam_desktop.domain.measures import Measure
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.report import ReportSection, TertialReport
from finsam_desktop.domain.report_carrying import (
    carried_texts,
    earlier_text,
    is_carried,
    keep,
    new_report,
    period_of,
    report_before,
)

TEXT = "Styrgruppen har haft fem möten under perioden och diskuterat samverkan med leverantörer och kommuner."
SPRING = TertialReport(
    year=2026,
    tertial=1,
    summary="Resultatet är 12 tkr.",
    introduction="Verksamheten är indelad i åtta plattformar.",
    sections=(
        ReportSection(id="s1", heading="Ledning", text=TEXT, figure_id="tabell"),
        ReportSection(
            id="s2", heading="Team", level=3, text="Teamen träffas varje vecka.", figure_id="annan"
        ),
    ),
    economy="Budgeten är fastställd.",
    deviations="Löner blir lägre.",
)
FIGURES = (
    FigureTable(id="tabell", title="Deltagare", purpose=Purpose.INDICATORS),
    FigureTable(id="annan", title="Annat"),
)
OLD_ITEM = AgendaItem(id="a", title="Tertialrapport 1", report=SPRING, figures=FIGURES)
MAY = Meeting(id="maj", date=date(2026, 5, 20), items=(OLD_ITEM,))
ITEM = AgendaItem(id="b", title="Tertialrapport 2, januari–augusti 2026")
OCTOBER = Meeting(id="oktober", date=date(2026, 10, 29), items=(ITEM,))
READ = Reading(team_id="t", indicator_id="i", year=2026, tertial=2, total=Decimal(3))


def begun(**changes: object) -> TertialReport:
    association = replace(Association(name="F"), **changes)
    return new_report(association, (MAY, OCTOBER), OCTOBER, ITEM)


def test_a_new_report_begins_with_the_texts_of_the_one_before_all_marked() -> None:
    report = begun()
    assert (report.year, report.tertial, report.begun_from) == (2026, 2, "Tertialrapport 1 2026")
    assert [(s.heading, s.level, s.text) for s in report.sections] == [
        ("Ledning", 2, TEXT), ("Team", 3, "Teamen träffas varje vecka.")
    ]  # fmt: skip
    assert [each.heading for each in carried_texts(report)] == ["Inledning", "Ledning", "Team", "Ekonomi"]


def test_summary_and_deviations_begin_empty_with_the_old_words_at_hand() -> None:
    report = begun()
    assert (report.summary, report.deviations) == ("", "")
    assert earlier_text(report, "summary").text == "Resultatet är 12 tkr."
    assert earlier_text(report, "deviations").text == "Löner blir lägre."


def test_sections_get_ids_of_their_own_and_leave_the_old_tables_behind() -> None:
    report = begun()
    assert not {section.id for section in report.sections} & {"s1", "s2"}
    assert [section.figure_id for section in report.sections] == ["", ""]
    assert [section.indicators for section in report.sections] == [False, False]
    read = begun(readings=(READ,))
    assert [section.indicators for section in read.sections] == [True, False]


@pytest.mark.parametrize(
    ("text", "carried"),
    [
        (TEXT, True),
        (TEXT.upper() + "\n\n", True),
        (TEXT.replace("fem", "sex"), True),
        ("Styrgruppen har haft sex möten. Höstens upphandling har varit den stora frågan.", False),
        ("", False),
    ],
)
def test_the_mark_stays_until_the_text_is_another_one(text: str, carried: bool) -> None:
    report = begun()
    section = replace(report.sections[0], text=text)
    changed = replace(report, sections=(section, *report.sections[1:]))
    assert (section.id in {each.key for each in carried_texts(changed)}) is carried


def test_the_mark_goes_when_somebody_says_that_the_text_holds_and_comes_back_with_undo() -> None:
    report = begun()
    section = report.sections[0]
    said = keep(keep(report, section.id), "economy")
    assert [each.heading for each in carried_texts(said)] == ["Inledning", "Team"]
    assert carried_texts(keep(keep(said, section.id, kept=False), "economy", kept=False)) == carried_texts(
        report
    )


def test_a_text_without_a_predecessor_is_never_marked() -> None:
    assert carried_texts(SPRING) == ()
    assert not is_carried("Ny text.", "")
    assert not is_carried("–", "…")
    assert is_carried("–", "–")


def test_a_very_long_text_is_told_apart_by_its_words() -> None:
    words = [f"ord{n % 700}" for n in range(20_000)]
    long = " ".join(words)
    assert is_carried(long.replace("ord17 ", "annat "), long)
    assert not is_carried(" ".join(f"nytt{n}" for n in range(20_000)), long)


def test_the_report_before_is_the_latest_of_an_earlier_period_whatever_the_order_of_meetings() -> None:
    last_year = replace(MAY, id="2025", date=date(2025, 10, 1), items=(
        replace(OLD_ITEM, report=replace(SPRING, year=2025, tertial=2)),
    ))  # fmt: skip
    found = report_before((MAY, last_year), 2026, 2)
    assert found is not None
    assert found[0].id == "maj"
    assert report_before((MAY, last_year), 2026, 1)[0].id == "2025"  # type: ignore[index]
    assert report_before((MAY,), 2026, 1) is None
    assert report_before((replace(MAY, cancelled_on=date(2026, 5, 1)),), 2026, 2) is None


def test_a_period_that_has_its_report_already_gives_the_next_period() -> None:
    done = replace(ITEM, id="c", report=replace(SPRING, tertial=2))
    meeting = replace(OCTOBER, items=(done,))
    report = new_report(Association(name="F"), (MAY, meeting), OCTOBER, replace(ITEM, title="Ekonomi"))
    assert report.tertial == 2  # the meeting at hand is the one it is begun in
    later = replace(OCTOBER, id="november", date=date(2026, 11, 26))
    report = new_report(Association(name="F"), (MAY, meeting), later, replace(ITEM, title="Ekonomi"))
    assert (report.year, report.tertial, report.begun_from) == (2026, 3, "Tertialrapport 2 2026")


def test_without_an_earlier_report_the_insatser_are_the_headings() -> None:
    association = Association(name="F", measures=(Measure(name="Torget"), Measure(name="")), readings=(READ,))
    report = new_report(association, (), OCTOBER, ITEM)
    assert [(s.heading, s.indicators) for s in report.sections] == [
        ("Samordningsteam", True),
        ("Torget", False),
    ]
    assert new_report(Association(name="F"), (), OCTOBER, ITEM).sections[0].heading == "Samordningsteam"


@pytest.mark.parametrize(
    ("title", "template", "day", "period"),
    [
        ("Tertialrapport 1", "", date(2026, 5, 20), (2026, 1)),
        ("Rapport", "tertialrapport-2", date(2026, 10, 29), (2026, 2)),
        ("Tertialrapport 3 2025", "", date(2026, 2, 10), (2025, 3)),
        ("Tertialrapport 3", "", date(2026, 2, 10), (2025, 3)),
        ("Ekonomi", "", date(2026, 9, 17), (2026, 2)),
        ("Ekonomi", "", date(2026, 3, 1), (2025, 3)),
    ],
)
def test_the_period_is_what_the_item_says(
    title: str, template: str, day: date, period: tuple[int, int]
) -> None:
    assert period_of(AgendaItem(title=title, template_id=template), Meeting(date=day)) == period
