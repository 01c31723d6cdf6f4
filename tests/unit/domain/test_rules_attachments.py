"""Bilagor that are missing, and bilagor that texts name: T05, T06."""

from __future__ import annotations

import pytest

from finsam_desktop.domain.agenda import AgendaItem, Attachment
from finsam_desktop.domain.meeting import MeetingState
from finsam_desktop.domain.report import TertialReport
from finsam_desktop.domain.rules import Severity
from tests.board import DAY, attachment, decided_item, found, held, meeting


def test_t05_names_the_bilaga_whose_file_is_missing() -> None:
    item = AgendaItem(id="i", title="Läget", attachments=(attachment(), Attachment(id="b", title="PM")))
    (finding,) = found("T05", meeting(item))
    assert finding.title == "Bilaga 2 saknas"
    assert finding.severity is Severity.ERROR
    assert "PM" in finding.advice
    assert finding.place.field == "attachments"


def test_t05_only_notes_it_once_the_minutes_are_adjusted() -> None:
    item = decided_item(attachments=(Attachment(id="b", title="PM"),))
    (finding,) = found("T05", held(item, state=MeetingState.ADJUSTED, adjusted_on=DAY), DAY)
    assert finding.severity is Severity.NOTE


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Se bilaga 1.", []),
        ("Se bilaga 2.", ["Texten nämner bilaga 2, som inte finns"]),
        ("Enligt bilagorna 1–3", ["Texten nämner bilaga 3, som inte finns"]),
        ("Bilaga\u00a05 och bilaga 5", ["Texten nämner bilaga 5, som inte finns"]),
        ("enligt bilaga", []),
    ],
)
def test_t06_tells_a_numbered_bilaga_that_is_not_there(text: str, title: list[str]) -> None:
    item = AgendaItem(id="i", title="Läget", summary=text, attachments=(attachment(),))
    assert [finding.title for finding in found("T06", meeting(item))] == title


def test_t06_tells_a_bilaga_without_number_on_an_item_that_has_none() -> None:
    item = AgendaItem(id="i", title="Läget", summary="Besluta enligt förslag i bilaga.")
    other = AgendaItem(title="Annat", attachments=(attachment(),))
    (finding,) = found("T06", meeting(item, other))
    assert (finding.title, finding.severity) == (
        "Texten nämner en bilaga, men ärendet har ingen",
        Severity.WARNING,
    )
    above = AgendaItem(title="Läget", attachments=(attachment(),), sub_items=(item,))
    assert not found("T06", meeting(above))


def test_t06_leaves_a_reports_own_bilagor_alone() -> None:
    report = TertialReport(year=2026, tertial=2, summary="Se bilaga 9 i rapporten.")
    assert not found("T06", meeting(AgendaItem(title="Rapport", report=report)))
