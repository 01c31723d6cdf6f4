"""Tillgänglighet: each rule with what it tells of, and with what is right and passes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from finsam_desktop.domain.accessibility import Barrier, contrast_on_white
from finsam_desktop.domain.agenda import Attachment
from finsam_desktop.domain.figures import FigureColumn, FigureTable
from finsam_desktop.domain.report import ReportSection, TertialReport
from finsam_desktop.domain.rules import Severity, check_association
from tests.board import association, attachment, decision_item, found, meeting


def with_text(text: str) -> object:
    return meeting(decision_item(summary=text))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# Bakgrund\n\nText\n\n### Djupt", "hoppar från nivå 1 till 3"),
        ("## Bakgrund\n\nText", "Första rubriken är på nivå 2"),
    ],
)
def test_headings_go_a_level_at_a_time(text: str, said: str) -> None:
    (finding,) = found("A01", with_text(text))
    assert said in finding.title
    assert finding.place.field == "summary"


@pytest.mark.parametrize(
    "text", ["# A\n\n## B\n\n### C\n\n# D\n\n## E", "Ingen rubrik", "#hashtag", "Nr # 5"]
)
def test_headings_in_order_pass(text: str) -> None:
    assert found("A01", with_text(text)) == []


def test_a_report_does_not_begin_below_its_first_level() -> None:
    sections = (ReportSection(heading="Inre", level=3), ReportSection(heading="Yttre", level=2))
    report = TertialReport(year=2026, tertial=2, sections=sections)
    assert len(found("A01", meeting(decision_item(report=report)))) == 1
    turned = replace(report, sections=sections[::-1])
    assert found("A01", meeting(decision_item(report=turned))) == []


def test_a_table_has_words_in_its_first_row() -> None:
    assert len(found("A02", with_text("|  |  |\n|---|---|\n| Alm | 5 |"))) == 1
    assert found("A02", with_text("| Team | Antal |\n|---|--:|\n| Alm | 5 |")) == []


def test_a_column_of_figures_has_a_heading() -> None:
    columns = (FigureColumn(title=""), FigureColumn(title=""))
    table = FigureTable(title="Utfall", columns=columns)
    (finding,) = found("A02", meeting(decision_item(figures=(table,))))
    assert "Utfall" in finding.title
    named = replace(table, columns=(columns[0], replace(columns[1], title="Budget")))
    assert found("A02", meeting(decision_item(figures=(named,)))) == []


@pytest.mark.parametrize(
    "text",
    [
        "Se [här](https://exempel.se).",
        "[Läs mer …](https://exempel.se)",
        "[https://exempel.se/a](https://exempel.se/a)",
    ],
)
def test_a_link_without_words_is_told(text: str) -> None:
    assert len(found("A03", with_text(text))) == 1


def test_a_link_with_words_passes() -> None:
    assert found("A03", with_text("Läs [årsredovisningen 2025](https://exempel.se).")) == []


@pytest.mark.parametrize("text", ["• Alm\n• Björk", "– Alm\n– Björk", "a) Alm\nb) Björk"])
def test_a_list_typed_by_hand_is_told(text: str) -> None:
    assert len(found("A04", with_text(text))) == 1


@pytest.mark.parametrize("text", ["- Alm\n- Björk", "1. Alm\n2. Björk", "– Det är så, sade hon.\nOch gick."])
def test_a_real_list_and_a_line_of_speech_pass(text: str) -> None:
    assert found("A04", with_text(text)) == []


def test_capitals_only_are_told_but_not_of_an_abbreviation() -> None:
    assert len(found("A05", with_text("STYRELSEN MÅSTE TA STÄLLNING NU"))) == 1
    assert found("A05", with_text("FÖRSÄKRINGSKASSAN och AF, enligt LKBR")) == []


def with_file(**changes: object) -> object:
    return meeting(decision_item(attachments=(replace(attachment(), **changes),)))


def test_a_scanned_bilaga_is_graver_than_an_untagged_one() -> None:
    (scanned,) = found("A06", with_file(barriers=(Barrier.SCANNED, Barrier.UNTAGGED)))
    (untagged,) = found("A06", with_file(barriers=(Barrier.UNTAGGED, Barrier.NO_LANGUAGE)))
    assert scanned.severity is Severity.WARNING
    assert untagged.severity is Severity.NOTE
    assert "OCR" in scanned.advice
    assert "språk är inte angivet" in untagged.advice
    assert found("A06", with_file()) == []


def test_a_picture_has_a_description() -> None:
    (finding,) = found("A07", with_file(file_name="Karta.PNG"))
    assert finding.severity is Severity.WARNING
    assert found("A07", with_file(file_name="Karta.png", description="Kommunerna i förbundet")) == []
    assert found("A07", with_file(file_name="Karta.pdf")) == []


@pytest.mark.parametrize(
    ("accent", "told"), [("#FFD34E", True), ("#1D4B5E", False), ("", False), ("grön", False)]
)
def test_the_colour_can_be_read_as_text(accent: str, told: bool) -> None:
    one = association()
    one = replace(one, letterhead=replace(one.letterhead, accent=accent))
    rules = [finding.rule == "A08" for finding in check_association(one, date(2026, 9, 29))]
    assert any(rules) is told


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast_on_white("000000") == pytest.approx(21)
    assert contrast_on_white("FFFFFF") == pytest.approx(1)
    assert contrast_on_white("767676") == pytest.approx(4.54, abs=0.01)


def test_a_bilaga_from_before_is_not_told_of() -> None:
    assert Attachment(title="Gammal").barriers == ()
