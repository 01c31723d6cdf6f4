"""Ekonomi i korthet, budget and årsredovisning: the figures are the data's own, and what is missing is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from finsam_desktop.documents import About, Document
from finsam_desktop.documents.kinds import file_name, has_document
from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.catalogue import ItemType
from finsam_desktop.domain.decisions import Decision, Outcome
from finsam_desktop.domain.figures import ColumnRole, FigureTable, Post, Purpose
from finsam_desktop.domain.meeting import Meeting, MeetingKind
from finsam_desktop.domain.year_plan import PlanKind
from finsam_desktop.errors import UserError
from tests.reference import example
from tests.reference.outline import paragraphs


def texts(document: Document, meeting: Meeting | None = None, **of: object) -> list[str]:
    return [text.replace("\u00a0", " ") for _, text in paragraphs(example.docx(document, meeting, **of))]


def plan_2027():
    return next(plan for plan in example.association().plans if plan.year == 2027)


def test_the_budget_prints_income_costs_and_result_as_an_independent_sum_has_them() -> None:
    income = sum(line.amount for line in plan_2027().lines if line.kind is PlanKind.INCOME)
    costs = sum(line.amount for line in plan_2027().lines if line.kind is PlanKind.COST)
    assert (income, costs) == (11_720_000, 12_080_000)
    figures = example.fields(Document.BUDGET)["budget"]["key_figures"]
    assert [figure["value"].replace("\u00a0", " ") for figure in figures] == [
        "11 720 tkr", "12 080 tkr", "−360 tkr", "1 364 tkr"
    ]  # fmt: skip


def test_the_budget_says_what_the_law_and_the_council_ask_for() -> None:
    printed = texts(Document.BUDGET)
    for heading in ("Verksamhetsplan", "Riktlinjer", "Mål och målvärden", "Ekonomi", "Budget och ekonomisk plan",
                    "Finansiering", "Underbalanserad budget", "Eget kapital"):  # fmt: skip
        assert heading in printed
    assert "Kostnaderna är 360 tkr större än intäkterna 2027. Underskottet tas ur eget kapital." in printed
    assert any(text.startswith("Eget kapital är efter 2026 tillräckligt") for text in printed)
    both = next(text for text in printed if text.startswith("Eget kapital beräknas till 1 364 tkr"))
    assert "tak på 2 108 tkr" in both
    assert "11,6 % av årets medlemsbidrag" in both
    assert "Plan 2029" in " ".join(printed).replace("\n", " ")


def test_a_budget_in_balance_has_no_part_about_a_deficit() -> None:
    known = example.association()
    plan = replace(plan_2027(), lines=tuple(
        replace(line, amount=line.amount - 360_000) if line.label == "Arbetsmarknadstorgen" else line
        for line in plan_2027().lines
    ))  # fmt: skip
    balanced = replace(known, plans=(plan,))
    assert "Underbalanserad budget" not in texts(Document.BUDGET, of=balanced)


def test_the_day_of_the_members_consultation_is_printed_when_it_is_recorded() -> None:
    meeting = replace(example.meeting_of(Document.BUDGET), consulted_on=date(2026, 10, 30))
    assert "Samråd med medlemmarna om budgeten hölls den 30 oktober 2026." in texts(Document.BUDGET, meeting)


def test_without_a_plan_the_budget_says_where_to_write_one() -> None:
    with pytest.raises(UserError, match="ingen budget och plan för 2027") as fault:
        example.docx(Document.BUDGET, of=replace(example.association(), plans=()))
    assert "Siffror, Budget och plan" in fault.value.advice


@pytest.mark.parametrize("document", [Document.BUDGET, Document.ARSREDOVISNING, Document.EKONOMI_I_KORTHET])
def test_a_meeting_without_such_an_item_has_no_such_paper(document: Document) -> None:
    meeting = replace(example.meeting(), items=(AgendaItem(id="x", title="Annat"),))
    assert not has_document(document, meeting)
    with pytest.raises(UserError):
        example.docx(document, meeting)


@pytest.mark.parametrize("document", [Document.BUDGET, Document.ARSREDOVISNING, Document.EKONOMI_I_KORTHET])
def test_a_consultation_has_no_such_paper(document: Document) -> None:
    meeting = replace(example.meeting_of(document), kind=MeetingKind.MEMBER_CONSULTATION)
    assert not has_document(document, meeting)


def test_the_state_of_the_budget_follows_the_decision() -> None:
    meeting = example.meeting_of(Document.BUDGET)
    assert "Förslag till styrelsens sammanträde den 26 november 2026, punkt 5" in texts(Document.BUDGET)
    items = tuple(
        replace(item, decision=Decision(outcome=Outcome.AS_PROPOSED)) if item.id == "r05" else item
        for item in meeting.items
    )
    decided = texts(Document.BUDGET, replace(meeting, items=items))
    assert any(text.startswith("Fastställd av styrelsen den 26 november 2026, § ") for text in decided)


def test_the_brief_has_sums_and_a_sentence_about_equity_against_both_measures() -> None:
    brief = example.fields(Document.EKONOMI_I_KORTHET)["brief"]
    assert [row.cells[0] for row in brief["table"].rows] == ["Summa intäkter", "Summa kostnader", "Resultat"]
    assert len(brief["key_figures"]) == 4
    assert brief["equity"].replace("\u00a0", " ") == (
        "Eget kapital beräknas till 1 724 tkr vid årets slut. Det är under Nationella rådets rekommenderade tak på"
        " 2 074 tkr, och 15,0 % av årets medlemsbidrag, inom måttet högst 20 %."
    )


def test_the_brief_of_a_balance_sheet_alone_is_made_too() -> None:
    meeting = example.meeting()
    only = tuple(table for table in meeting.items[4].figures if table.purpose is Purpose.BALANCE_SHEET)
    item = replace(meeting.items[4], figures=only, report=None)
    brief = example.fields(Document.EKONOMI_I_KORTHET, replace(meeting, items=(item,)))["brief"]
    assert brief["table"] is None
    assert brief["equity"].replace("\u00a0", " ").startswith("Eget kapital är 2 010 tkr vid årets början.")


def test_the_annual_report_marks_what_nobody_has_written() -> None:
    printed = texts(Document.ARSREDOVISNING)
    assert "Utkast: text saknas i Förväntad utveckling och noten Fordringar." in printed
    assert printed[printed.index("Förväntad utveckling") + 1] == "Utkast: text saknas."
    assert printed[printed.index("Not 3. Fordringar") + 1] == "Utkast: text saknas."
    assert printed.count("Utkast: text saknas.") == 2


def test_the_annual_report_has_the_law_s_parts_in_order() -> None:
    printed = texts(Document.ARSREDOVISNING)
    parts = ("Förvaltningsberättelse", "Balanskravsresultat", "Räkenskaper", "Resultaträkning", "Balansräkning",
             "Kassaflödesanalys", "Driftredovisning", "Investeringsredovisning", "Noter")  # fmt: skip
    places = [printed.index(part) for part in parts]
    assert places == sorted(places)


def test_the_balance_requirement_is_the_result_less_what_it_leaves_out() -> None:
    rows = example.fields(Document.ARSREDOVISNING)["annual"]["balance_requirement"].rows
    table = next(table for table in example.tables() if table.purpose is Purpose.INCOME_STATEMENT)
    result = table.amount(Post.RESULT, ColumnRole.OUTCOME)
    assert result is not None
    assert rows[-1].cells[1] == str(round((result - 12_000) / 1000))


def test_small_groups_are_left_out_of_the_sick_leave() -> None:
    rows = example.fields(Document.ARSREDOVISNING)["annual"]["sick_leave"].rows
    assert [row.cells[0] for row in rows] == [
        "Total sjukfrånvaro", "Kvinnor", "Total sjukfrånvaro föregående år"
    ]  # fmt: skip


def test_an_annual_report_without_figures_tells_what_is_missing_when_it_is_made() -> None:
    meeting = example.annual_meeting()
    bare = replace(meeting, items=(replace(meeting.items[0], figures=()),))
    told = example.warnings(Document.ARSREDOVISNING, bare)
    assert "Resultaträkningen för året saknas." in told
    assert "Balansräkningen för året saknas." in told


def test_at_the_year_s_end_nothing_is_called_a_forecast() -> None:
    annual = example.fields(Document.ARSREDOVISNING)["annual"]
    assert [figure["label"] for figure in annual["key_figures"]][:2] == [
        "Årets resultat", "Eget kapital vid årets slut"
    ]  # fmt: skip
    assert annual["key_figures"][1]["value"].replace("\u00a0", " ") == "2 192 tkr"


def test_the_file_s_name_is_the_day_and_the_paper() -> None:
    meeting = replace(
        example.annual_meeting(),
        items=(AgendaItem(id="ar", title="Årsredovisning 2026", type=ItemType.DECISION),),
    )
    name = file_name(Document.ARSREDOVISNING, meeting, About(items=("ar",)))
    assert name == "2027-03-18 Årsredovisning.docx"


@pytest.mark.parametrize("document", [Document.TERTIALRAPPORT, Document.EKONOMI_I_KORTHET])
def test_a_balance_sheet_that_prints_no_column_is_left_out(document: Document) -> None:
    meeting = example.meeting()
    bare = FigureTable(title="Bara konton", purpose=Purpose.BALANCE_SHEET)
    items = tuple(
        replace(item, figures=(bare,), sub_items=()) if item.report is not None else item
        for item in meeting.items
    )
    found = texts(document, replace(meeting, items=items))
    assert found
    assert not any("Bara konton" in text for text in found)
