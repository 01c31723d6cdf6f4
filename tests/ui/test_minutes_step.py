"""Protokoll and Efter mötet: words, adjusters, stages, frozen numbers and the boards."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from PySide6.QtTest import QTest

from finsam_desktop.documents.differences import paragraph_texts
from finsam_desktop.domain import agenda, numbering
from finsam_desktop.domain.decisions import Decision, Outcome
from finsam_desktop.domain.meeting import Adjuster, MeetingState
from finsam_desktop.ui.views.aftermath.step import AftermathStep
from finsam_desktop.ui.views.minutes.step import MinutesStep
from finsam_desktop.ui.views.record.person_rows import PersonRow
from tests.ui.meeting_cases import MeetingCase, wait


@pytest.fixture
def minutes(case: MeetingCase) -> MinutesStep:
    case.page.show_step("protokoll", "p08")
    step = case.page._steps["protokoll"]
    assert isinstance(step, MinutesStep)
    return step


@pytest.fixture
def after(case: MeetingCase) -> AftermathStep:
    case.page.show_step("efter")
    step = case.page._steps["efter"]
    assert isinstance(step, AftermathStep)
    return step


def item(case: MeetingCase, item_id: str = "p08"):
    found = agenda.find(case.meeting.items, item_id)
    assert found is not None
    return found


def test_words_of_a_paragraph(case: MeetingCase, minutes: MinutesStep):
    minutes.text.selectAll()
    QTest.keyClicks(minutes.text, "Ordet var fritt.")
    minutes.show_item("p09")
    assert item(case).minutes_text == "Ordet var fritt."
    assert minutes.text.text() == item(case, "p09").minutes_text
    minutes.show_item("p08")
    assert case.session.undo()
    assert minutes.text.text() == item(case).minutes_text != "Ordet var fritt."


def test_the_summary_is_fetched_on_request(case: MeetingCase, minutes: MinutesStep):
    minutes._text_edited("")
    assert minutes._fetch.isVisible()
    minutes._fetch.click()
    assert item(case).minutes_text == item(case).summary


def decide(case: MeetingCase, item_id: str, decision: Decision) -> None:
    items = agenda.update(case.meeting.items, item_id, lambda i: replace(i, decision=decision))
    assert case.session.change("Beslut", case.meeting, replace(case.meeting, items=items))


def test_the_decision_is_shown_as_it_will_be_printed(case: MeetingCase, minutes: MinutesStep):
    assert "Beslut" not in minutes.printed.text()
    decide(case, "p09", Decision(outcome=Outcome.NOTED))
    minutes.show_item("p09")
    assert minutes.printed.text() == "Sist i texten\nStyrelsen noterar informationen."
    decide(case, "p08", Decision(outcome=Outcome.OWN_WORDS, clauses=("avsätta 12 080 kr",)))
    minutes.show_item("p08")
    assert minutes.printed.text() == "Beslut\nStyrelsen beslutar enhälligt\natt avsätta 12\u00a0080\u00a0kr."
    _make_and_wait(case)
    path = case.folder / "2026-10-29 Protokoll.docx"
    assert "avsätta 12\u00a0080\u00a0kr." in "\n".join(paragraph_texts(path.read_bytes()))


def meta_of(minutes: MinutesStep, key: str) -> str:
    return str(next(row.meta for row in minutes.model.rows() if row.key == key))


def test_what_is_missing_is_told_in_the_list_and_at_the_paragraph(case: MeetingCase, minutes: MinutesStep):
    case.session.change("Ingen", case.meeting, replace(case.meeting, adjusters=()))
    assert meta_of(minutes, "whole") == "Öppnande, avslutande och justerare saknas"
    assert meta_of(minutes, "p08") == "Beslut saknas"
    assert minutes._gaps.text() == "Beslut saknas."
    decide(case, "p08", Decision(outcome=Outcome.AS_PROPOSED))
    assert meta_of(minutes, "p08") == "Lika med förslaget"
    assert not minutes._gaps.isVisible()
    items = agenda.update(
        case.meeting.items, "p08", lambda i: replace(i, decision=Decision(), summary="", minutes_text="")
    )
    case.session.change("Tomt", case.meeting, replace(case.meeting, items=items))
    assert meta_of(minutes, "p08") == "Beslut och text saknas"
    whole = replace(
        case.meeting,
        opened_at=dt.time(8, 30),
        closed_at=dt.time(12, 0),
        adjusters=(Adjuster(person_id="tallhed"),),
    )
    case.session.change("Helt", case.meeting, whole)
    assert meta_of(minutes, "whole") == ""


def test_what_stands_when_nothing_is_written_is_shown(case: MeetingCase, minutes: MinutesStep):
    minutes.show_item("p01")
    minutes._text_edited("")
    assert "förrättar upprop" in minutes._derived.text()
    minutes._text_edited("Egna ord.")
    assert not minutes._derived.isVisible()


def test_sub_items_have_words_of_their_own(case: MeetingCase, minutes: MinutesStep):
    sub = item(case, "p07").sub_items[0]
    minutes.show_item(sub.id)
    minutes.text.setFocus()
    minutes.text.selectAll()
    QTest.keyClicks(minutes.text, "Om ombudet.")
    minutes.flush()
    assert item(case, sub.id).minutes_text == "Om ombudet."
    assert case.session.undo_label == "Skriv i underpunkt 7A"


def test_without_items_the_step_says_where_they_come_from(case: MeetingCase, minutes: MinutesStep):
    case.session.change("Tom", case.meeting, replace(case.meeting, items=()))
    assert minutes._shown.currentWidget() is minutes._empty
    minutes._empty.action_pressed.emit()
    assert case.page.step == "dagordning"


@pytest.mark.parametrize("width", [1440, 1280, 960])
def test_the_paragraph_has_its_whole_width_in_sight(case: MeetingCase, minutes: MinutesStep, width: int):
    case.window.resize(width, 700)
    wait(60)
    right = minutes.paragraph.mapTo(case.window, minutes.paragraph.rect().topRight()).x()
    assert minutes.rect().contains(minutes._splitter.geometry())
    side = case.page.side
    if side.isVisible():
        assert right <= side.mapTo(case.window, side.rect().topLeft()).x()
    assert right <= case.window.width()
    for row in minutes.model.rows()[1:]:
        minutes.show_item(row.key)
        wait(0)
        ground, seen = minutes.paragraph.widget(), minutes.paragraph.viewport()
        assert ground.width() <= seen.width(), row.title
        assert minutes.text.width() < seen.width()


def test_opened_closed_and_adjusters(case: MeetingCase, minutes: MinutesStep):
    minutes.show_item("whole")
    whole = minutes.whole
    whole.opened_at.setText("8.31")
    whole.opened_at.editingFinished.emit()
    assert case.meeting.opened_at == dt.time(8, 31)
    whole.adjusters.edited.emit((PersonRow(person_id="tallhed"),))
    assert [a.person_id for a in case.meeting.adjusters] == ["tallhed"]
    whole._add.click()
    assert len(case.meeting.adjusters) == 2
    assert case.meeting.adjusters[1].person_id != "tallhed"


def test_make_the_minutes(case: MeetingCase, minutes: MinutesStep):
    _make_and_wait(case)
    path = case.folder / "2026-10-29 Protokoll.docx"
    assert case.notice() == "Protokollet är skapat: 2026-10-29 Protokoll.docx"
    assert "Sammankallande part för medlemssamråd" in " ".join(paragraph_texts(path.read_bytes()))


def _make_and_wait(case: MeetingCase) -> None:
    case.view.primary().click()
    case.rest()


def test_through_all_stages_and_the_numbers_freeze(case: MeetingCase, after: AftermathStep):
    expected = numbering.paragraphs(case.session.meetings, case.meeting)
    seen = []
    for _ in range(6):
        after.forward.click()
        seen.append(case.meeting.state)
    assert seen == list(MeetingState)[1:]
    assert not after.forward.isVisible()
    assert {f.id: f.number for f in case.meeting.frozen_paragraphs} == expected
    assert case.meeting.adjusted_on == dt.date(2026, 10, 19)
    assert case.page.desk.locked
    for _ in range(6):
        assert case.session.undo()
    assert case.meeting.state is MeetingState.DRAFT
    assert case.meeting.frozen_paragraphs == ()


def test_going_back_from_adjusted_thaws_the_numbers(case: MeetingCase, after: AftermathStep):
    for _ in range(4):
        after.forward.click()
    assert case.meeting.state is MeetingState.ADJUSTED
    after.back.click()
    assert (case.meeting.state, case.meeting.frozen_paragraphs) == (MeetingState.MINUTES, ())
    assert case.meeting.adjusted_on is None


def test_every_kommun_and_region_has_a_board_and_no_other(case: MeetingCase, after: AftermathStep):
    for _ in range(4):
        after.forward.click()
    model = after.boards.model
    names = [model.index(row, 0).data() for row in range(model.rowCount())]
    assert names == [
        "Region Exempel", "Exempelby kommun", "Björkdalens kommun", "Fjällsta kommun", "Norrmyra kommun",
    ]  # fmt: skip
    after.boards.table.verb_clicked.emit(model.index(1, 4))
    posted = {n.member_id: n.posted for n in case.meeting.public_notices}
    assert posted == {"medlem-exempelby": dt.date(2026, 10, 19)}
    assert after.boards.head._fact.text() == "1 av 5 uppsatta"
    after.boards.table.verb_clicked.emit(model.index(1, 4))
    assert {n.posted for n in case.meeting.public_notices} == {None}
