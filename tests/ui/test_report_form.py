"""The tertialrapport in the item's editor: begun with last period's texts, marked, rewritten, and made a bilaga."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from finsam_desktop.documents import Document
from finsam_desktop.domain import agenda
from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.annual_report import BalanceAdjustment
from finsam_desktop.domain.catalogue import ItemType
from finsam_desktop.domain.meeting import MeetingState
from finsam_desktop.domain.report import TertialReport
from finsam_desktop.domain.report_carrying import carried_texts
from finsam_desktop.ui.views.agenda.item_papers import ItemPapers
from finsam_desktop.ui.views.papers.annual_form import AnnualForm, read_adjustments, written_adjustments
from finsam_desktop.ui.views.papers.report_form import ReportForm
from tests.ui.meeting_cases import MeetingCase

REPORT = Document.TERTIALRAPPORT
ITEM = "p06"


@pytest.fixture
def papers(case: MeetingCase) -> ItemPapers:
    step = case.page.agenda()
    step.show_item(ITEM)
    return step.editor.papers


@pytest.fixture
def form(papers: ItemPapers) -> ReportForm:
    papers.write(REPORT)
    made = papers._papers[REPORT].form
    assert isinstance(made, ReportForm)
    return made


def item(case: MeetingCase) -> AgendaItem:
    found = agenda.find(case.meeting.items, ITEM)
    assert found is not None
    return found


def report(case: MeetingCase) -> TertialReport:
    made = item(case).report
    assert made is not None
    return made


def section(case: MeetingCase, heading: str):
    return next(one for one in report(case).sections if one.heading == heading)


def test_the_report_begins_with_last_period_s_texts_and_says_so(case: MeetingCase, form: ReportForm) -> None:
    assert (report(case).year, report(case).tertial, report(case).begun_from) == (
        2026, 3, "Tertialrapport 2 2026"
    )  # fmt: skip
    assert form._left.isVisible()
    part = form._parts[section(case, "Ledning och styrning").id]
    assert part._mark.isVisible()
    assert part._mark.text() == "Förra periodens text"
    assert part._body is None  # nothing is made before it is opened


def test_rewriting_takes_the_mark_away_and_undo_brings_it_back(case: MeetingCase, form: ReportForm) -> None:
    one = section(case, "Ledning och styrning")
    form.open_section(one.id)
    part = form._parts[one.id]
    assert part.earlier.keep_link.isVisible()
    part.text.setPlainText("Ett helt nytt stycke om styrningen under hösten.")
    form.flush()
    assert one.id not in {each.key for each in carried_texts(report(case))}
    assert not part.earlier.keep_link.isVisible()
    assert part.earlier.show_link.isVisible()  # last period's text is still at hand
    assert case.session.undo()
    assert one.id in {each.key for each in carried_texts(report(case))}


def test_a_text_is_said_to_hold(case: MeetingCase, form: ReportForm) -> None:
    one = section(case, "Kompetensutveckling")
    form.open_section(one.id)
    form._parts[one.id].earlier.keep_link.click()
    assert section(case, "Kompetensutveckling").kept
    form._bars["economy"].keep_link.click()
    assert {each.heading for each in carried_texts(report(case))}.isdisjoint(
        {"Kompetensutveckling", "Ekonomi"}
    )


def test_last_period_s_words_are_fetched_into_an_empty_text(case: MeetingCase, form: ReportForm) -> None:
    bar = form._bars["summary"]
    assert report(case).summary == ""
    bar.show_link.click()
    assert "860 tkr bättre än budget" in bar._words.text().replace("\u00a0", " ")
    bar.fetch_link.click()
    assert report(case).summary == form.texts["summary"].text() != ""
    assert "summary" in {each.key for each in carried_texts(report(case))}


def test_sections_are_added_moved_and_taken_away(case: MeetingCase, form: ReportForm) -> None:
    before = [one.heading for one in report(case).sections]
    form.add_section()
    new = report(case).sections[-1]
    part = form._parts[new.id]
    part.heading.setText("Primärvårdssamverkan")
    part.heading.editingFinished.emit()
    part.level.set_value(3)
    form.take()
    assert (report(case).sections[-1].heading, report(case).sections[-1].level) == ("Primärvårdssamverkan", 3)
    part.up.click()
    assert report(case).sections[-2].id == new.id
    part.drop.click()
    assert [one.heading for one in report(case).sections] == before
    assert new.id not in form._parts


def test_a_section_has_the_table_that_is_chosen(case: MeetingCase, form: ReportForm) -> None:
    form.tertial.set_value(2)
    form.take()
    one = section(case, "Särskilda insatser")
    form.open_section(one.id)
    part = form._parts[one.id]
    assert part.table.itemText(0) == "Ingen tabell"
    choices = [part.table.itemText(i) for i in range(part.table.count())]
    assert "Indikatorer, alla team" in choices
    place = choices.index("Indikatorer, Vuxentorget")
    part.table.setCurrentIndex(place)
    part.table.activated.emit(place)
    assert section(case, "Särskilda insatser").indicators
    assert section(case, "Särskilda insatser").team_ids == ("team-vuxen",)
    part.table.setCurrentIndex(0)
    part.table.activated.emit(0)
    assert not section(case, "Särskilda insatser").indicators


def test_the_goals_are_the_plan_s_and_the_source_may_be_left_out(case: MeetingCase, form: ReportForm) -> None:
    assert form._goals.text().startswith("Målen tas ur verksamhetsplanen för 2026: 4 mål")
    form.sources.click()
    assert report(case).print_sources is False


def test_text_that_is_being_written_is_not_lost_when_another_section_is_opened(
    case: MeetingCase, form: ReportForm
) -> None:
    first, second = report(case).sections[1:3]
    form.open_section(first.id)
    form._parts[first.id].text.setPlainText("Halvfärdigt")
    form.open_section(second.id)
    assert section(case, first.heading).text == "Halvfärdigt"
    assert not form._parts[first.id].is_open
    assert form._parts[second.id].is_open


def test_adjusted_minutes_lock_the_report(case: MeetingCase, form: ReportForm) -> None:
    locked = replace(case.meeting, state=MeetingState.ADJUSTED)
    assert case.session.change("Justera", case.meeting, locked)
    assert form.texts["summary"].isReadOnly()
    assert not form.add_section_link.isVisible()
    assert not any(bar.keep_link.isVisible() for bar in form._bars.values())


def test_a_click_makes_the_report_a_bilaga_and_says_that_it_is_a_draft(
    case: MeetingCase, papers: ItemPapers, form: ReportForm, qtbot
) -> None:
    told: list[object] = []
    case.page.attaching.done.connect(told.append)
    papers._papers[REPORT].attach.click()
    qtbot.waitUntil(lambda: len(told) == 1, timeout=30_000)
    bilaga = item(case).attachments[-1]
    assert bilaga.title == "Tertialrapport 3, januari–december 2026"
    assert told[0].paper.warnings[0].startswith("Rapporten är ett utkast")  # type: ignore[attr-defined]
    papers._papers[REPORT].attach.click()
    qtbot.waitUntil(lambda: len(told) == 2, timeout=30_000)
    assert told[1].state.value == "same"  # type: ignore[attr-defined]


def test_its_pages_are_shown_on_request(case: MeetingCase, papers: ItemPapers, form: ReportForm) -> None:
    papers._papers[REPORT].preview.click()
    assert case.page.side.preview._document is REPORT
    assert case.page.side.isVisible()


def test_the_year_s_report_is_written_in_the_association(case: MeetingCase, papers: ItemPapers) -> None:
    changed = replace(
        item(case), title="Årsredovisning 2025", template_id="arsredovisning", type=ItemType.DECISION
    )
    items = agenda.update(case.meeting.items, ITEM, lambda _one: changed)
    assert case.session.change("Byt", case.meeting, replace(case.meeting, items=items))
    papers.toggle(Document.ARSREDOVISNING)
    form = papers._papers[Document.ARSREDOVISNING].form
    assert isinstance(form, AnnualForm)
    form.texts["development"].setPlainText("Verksamheten har vuxit.")
    form.flush()
    form.shares["total"].setText("4,2 %")
    form.shares["total"].editingFinished.emit()
    form.flush()
    form.adjustments.setPlainText("Reavinst; −12 000")
    form.flush()
    (written,) = [one for one in case.session.association.annual_reports if one.year == 2025]
    assert written.development == "Verksamheten har vuxit."
    assert written.sick_leave.total == Decimal("0.042")
    assert written.adjustments == (BalanceAdjustment(label="Reavinst", amount=Decimal(-12_000)),)
    assert written.item_id == ITEM
    assert case.session.undo()
    assert case.session.association.annual_reports[0].adjustments == ()


@pytest.mark.parametrize("bad", ["Reavinst", "Reavinst; mycket", "; 5"])
def test_an_adjustment_that_cannot_be_read_is_told(bad: str) -> None:
    with pytest.raises(ValueError, match=r".") as fault:
        read_adjustments(bad)
    assert str(fault.value)
    good = (BalanceAdjustment(label="A; B", amount=Decimal("-1.5")),)
    assert read_adjustments(written_adjustments(good)) == good


def test_the_budget_s_line_leads_to_the_plan(case: MeetingCase) -> None:
    budget = replace(item(case), template_id="budget", type=ItemType.DECISION)
    items = agenda.update(case.meeting.items, ITEM, lambda _one: budget)
    assert case.session.change("Byt", case.meeting, replace(case.meeting, items=items))
    step = case.page.agenda()
    step.show_item(ITEM)
    papers = step.editor.papers
    line = papers._papers[Document.BUDGET]
    assert line.isVisible()
    assert not line.drop.isVisible()
    papers.toggle(Document.BUDGET)
    assert line.hint is not None
    assert line.hint.isVisible()
