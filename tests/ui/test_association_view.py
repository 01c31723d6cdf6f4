"""Förbundet in the real window: förbundsordning, audit, checks, and the register from and to Excel."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from finsam_desktop.domain.association import Eligibility, Fee, Majority, Role
from finsam_desktop.domain.audit import Discharge, DischargeOutcome
from finsam_desktop.domain.charter import point
from finsam_desktop.domain.people_sheet import PEOPLE
from finsam_desktop.domain.rules import RULES, Rule, Scope
from finsam_desktop.ui.finding_places import (
    ASSOCIATION_PLACES,
    ITEM_FIELDS,
    ITEM_ROWS,
    ITEM_STEPS,
    MEETING_FIELD_STEPS,
)
from finsam_desktop.ui.main_window import MainWindow
from finsam_desktop.ui.models.findings_model import FIELD_WORDS
from finsam_desktop.ui.views.association.place import TARGETS, AssociationView
from finsam_desktop.ui.views.meeting.facts import STEP_KEYS


@pytest.fixture
def view(window: MainWindow) -> AssociationView:
    """Förbundet, with no audit recorded yet."""
    before = window.session.association
    assert window.session.change("Töm revisionen", before, replace(before, audits=()))
    window.go("association")
    found = window.findChild(AssociationView)
    assert isinstance(found, AssociationView)
    return found


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.id}-{rule.check.__name__}")
def test_every_place_of_a_rule_is_one_the_window_can_show(rule: Rule) -> None:
    for field in rule.places:
        assert FIELD_WORDS.get(field), field
        known: set[str] = set()
        if rule.scope in (Scope.MEETING, Scope.BOTH):
            known |= {*MEETING_FIELD_STEPS, *ITEM_FIELDS, *ITEM_ROWS, *ITEM_STEPS}
        if rule.scope is not Scope.MEETING:
            known |= set(ASSOCIATION_PLACES)
        assert field in known, field


def test_the_places_lead_to_steps_and_tabs_that_are_there() -> None:
    assert set(MEETING_FIELD_STEPS.values()) <= set(STEP_KEYS)
    assert set(ITEM_ROWS.values()) <= set(ITEM_FIELDS)
    assert {target for place, target in ASSOCIATION_PLACES.values() if place == "association"} <= set(TARGETS)


def test_an_empty_register_says_what_belongs_there_and_begins_with_its_button(
    window: MainWindow, view: AssociationView
) -> None:
    before = window.session.association
    assert window.session.change("Töm insatserna", before, replace(before, measures=()))
    view.show_target("insatser")
    pane = view.measures
    assert not pane._register.isVisible()
    button = next(each for each in pane.findChildren(QPushButton) if each.isVisible())
    assert button.text() == "Ny insats"
    button.click()
    assert len(window.session.association.measures) == 1
    assert pane._register.isVisible()
    assert not button.isVisible()
    assert window.session.undo()
    assert button.isVisible()


def test_a_point_of_the_forbundsordning_is_filled_in_and_undone(
    window: MainWindow, view: AssociationView
) -> None:
    before = window.session.association
    view.show_target("forbundsordning")
    view.charter.places[9].setText("14 §")
    view.charter.notes[9].setText("Ingen checkkredit")
    view.flush()
    found = point(window.session.association, 9)
    assert (found.place, found.note) == ("14 §", "Ingen checkkredit")
    while window.session.association != before and window.session.undo():
        pass
    assert view.charter.places[9].text() == ""


def test_the_forbundsordning_begins_at_the_first_point_without_a_place(view: AssociationView) -> None:
    view.show_target("forbundsordning")
    empty = next(
        n for n, field in view.charter.places.items() if not field.text() and not view.charter.notes[n].text()
    )
    assert view.charter.places[empty].hasFocus()


def test_the_audit_is_written_down_by_keys(window: MainWindow, view: AssociationView) -> None:
    view.show_target("revision")
    audit = view.audit
    assert audit.table.hasFocus()
    QTest.keyClick(audit.table, Qt.Key.Key_Down)
    QTest.keyClick(audit.table, Qt.Key.Key_Down)
    QTest.keyClick(audit.table, Qt.Key.Key_Return)
    assert audit.given.hasFocus()
    QTest.keyClicks(audit.given, "2026-04-21")
    QTest.keyClick(audit.given, Qt.Key.Key_Tab)
    QTest.keyClicks(audit.decided, "15 juni 2026")
    QTest.keyClick(audit.decided, Qt.Key.Key_Tab)
    QTest.keyClick(audit.outcome, Qt.Key.Key_Down)
    audit.outcome.activated.emit(audit.outcome.currentIndex())
    member = window.session.association.members[2]
    (year,) = window.session.association.audits
    assert year.year == 2025
    assert year.discharges == (
        Discharge(
            member_id=member.id,
            sent=date(2026, 4, 21),
            decided=date(2026, 6, 15),
            outcome=DischargeOutcome.GRANTED,
        ),
    )
    shown = [audit.table.model().index(2, column).data() for column in range(4)]
    assert shown == [member.name, "2026-04-21", "2026-06-15", "Beviljad"]


def test_a_day_that_cannot_be_read_is_told_and_another_year_is_its_own(
    window: MainWindow, view: AssociationView
) -> None:
    audit = view.audit
    audit.received.setText("i våras")
    audit.received.editingFinished.emit()
    assert "går inte att läsa" in audit._received_row._remark.accessibleName() or audit.received.fault()
    assert window.session.association.audits == ()
    audit.received.setText("2026-04-20")
    audit.received.editingFinished.emit()
    assert window.session.association.audits[0].report_received == date(2026, 4, 20)
    audit.show_year(2024)
    assert audit.received.value() is None


def test_a_finding_leads_to_its_tab(view: AssociationView, qtbot: QtBot) -> None:
    view.show_target("kontroller")
    qtbot.waitUntil(lambda: bool(view.findings.findings), timeout=10_000)
    keys = list(view.findings.list._rows)
    assert keys
    assert view.findings.findings[0].place.field == "charter"
    view.findings.list.fix_wanted.emit(keys[0], "go")
    assert view.tabs.currentIndex() == TARGETS.index("forbundsordning")


def test_the_next_finding_is_there_before_the_checks_have_been_worked_out(view: AssociationView) -> None:
    view.findings.refresh()
    view.step_finding(1)
    assert view.findings.findings
    assert view.findings.list.current, "one of them is open"


def test_the_standing_rules_are_taken(window: MainWindow, view: AssociationView) -> None:
    standing = view.facts.standing
    standing.checks["deputies_may_speak"].setChecked(False)
    standing.majorities._add()
    standing.majorities.rows[0].matter.setText("utträde")
    standing.majorities.rows[0].source.setText("11 §")
    standing.fees[Role.CHAIR].setText("1 100 kr")
    standing.fees[Role.DEPUTY].setText("mycket")
    standing.day.setText("1")
    standing.month.set_value(1)
    standing.month.chosen.emit(1)
    view.flush()
    rules = window.session.association.rules
    assert rules.deputies_may_speak is False
    assert rules.mandate_starts == (1, 1)
    assert [(m.matter, m.numerator, m.denominator, m.source) for m in rules.majorities] == [
        ("utträde", 2, 3, "11 §")
    ]
    assert isinstance(rules.majorities[0], Majority)
    assert Fee(role=Role.CHAIR, per_meeting=Decimal(1100)) in rules.fees
    assert not [fee for fee in rules.fees if fee.role is Role.DEPUTY and fee.per_meeting == 0]


def test_a_person_has_several_appointments_and_loses_nothing(
    window: MainWindow, view: AssociationView
) -> None:
    view.show_target("personer")
    people = view.people
    first = people.shown
    people._eligibility.set_value(Eligibility.COUNCIL_MEMBER)
    people._eligibility.chosen.emit(Eligibility.COUNCIL_MEMBER)
    people.add_appointment()
    assert not people._which_row.isHidden()
    mine = [a for a in window.session.association.appointments if a.person_id == first]
    assert [(a.role, a.eligibility) for a in mine] == [
        (Role.CHAIR, Eligibility.COUNCIL_MEMBER),
        (Role.COOPTED, Eligibility.UNKNOWN),
    ]
    people._which.set_value(0)
    people._which.chosen.emit(0)
    people._phone.setText("070-1")
    people.flush()
    mine = [a for a in window.session.association.appointments if a.person_id == first]
    assert mine[0].eligibility is Eligibility.COUNCIL_MEMBER
    assert mine[0].role is Role.CHAIR
    assert window.session.association.person(first).phone == "070-1"  # type: ignore[union-attr]


def test_the_share_of_a_member_is_read_as_people_write_it(window: MainWindow, view: AssociationView) -> None:
    members = view.members
    members.choose(window.session.association.members[2].id)
    members._share.setText("12,5 %")
    members.flush()
    assert window.session.association.members[2].share == Decimal("12.5")
    members._share.setText("mycket")
    members.flush()
    assert window.session.association.members[2].share == Decimal("12.5")


def test_the_register_goes_to_excel_and_comes_back_with_a_preview(
    window: MainWindow, view: AssociationView, tmp_path: Path
) -> None:
    path = tmp_path / "register.xlsx"
    view.save_workbook(path)
    view.open_workbook(path)
    assert view.stack.currentWidget() is view.preview
    assert not view.preview.take.isEnabled()
    view.preview.leave.click()
    assert view.stack.currentWidget() is not view.preview

    book = load_workbook(path)
    book[PEOPLE].append(["Nils Ny", "C", None, None, "Ledamot", window.session.association.members[3].name])
    gone = book[PEOPLE]["A3"].value
    book[PEOPLE].delete_rows(3)
    book.save(path)
    before = window.session.association
    view.open_workbook(path)
    change = view.preview.change
    assert change is not None
    assert len(change.added) == 1
    assert change.missing[0].startswith(str(gone))
    assert window.session.association == before, "nothing is changed by looking"
    view.preview.end_missing.setChecked(True)
    view.preview.take.click()
    after = window.session.association
    assert after.people[-1].name == "Nils Ny"
    ended = next(p for p in after.people if p.name == gone)
    assert [a.until for a in after.appointments if a.person_id == ended.id] == [date(2026, 11, 22)]
    assert window.session.undo()
    assert window.session.association == before


def test_a_workbook_that_cannot_be_read_is_told_and_changes_nothing(
    window: MainWindow, view: AssociationView, tmp_path: Path
) -> None:
    told: list[object] = []
    window.session.failed.connect(told.append)
    (tmp_path / "x.xlsx").write_text("nej", encoding="utf-8")
    view.open_workbook(tmp_path / "x.xlsx")
    assert len(told) == 1
    assert view.stack.currentWidget() is not view.preview
