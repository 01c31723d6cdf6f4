"""The register of measures: facts, the nine questions, and what is told when one is answered no."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtTest import QTest

from finsam_desktop.domain.measures import QUESTIONS, Answer, Measure, MeasureKind
from finsam_desktop.ui.views.association.measures_pane import MeasuresPane, read_amount
from finsam_desktop.ui.views.association.place import AssociationView
from tests.ui.meeting_cases import MeetingCase


@pytest.fixture
def pane(case: MeetingCase) -> MeasuresPane:
    case.window.go("association", "insatser")
    view = case.window.current_view()
    assert isinstance(view, AssociationView)
    return view.part(view.tabs.currentIndex(), MeasuresPane)


def measures(case: MeetingCase) -> tuple[Measure, ...]:
    return case.session.association.measures


def test_the_example_measure_is_shown_whole(pane: MeasuresPane) -> None:
    assert pane._name.text() == "Ungdomstorget"
    assert pane._amount.text().replace("\u00a0", " ") == "3 450 000"
    assert [row.answer.currentText() for row in pane._questions].count("Ja") == 8
    assert pane._state.text() == "Alla frågor är besvarade."


def test_showing_a_measure_changes_nothing(case: MeetingCase, pane: MeasuresPane) -> None:
    before = case.session.association
    pane._take()
    assert case.session.association == before
    assert pane._deviation_row._remark.isHidden()


def test_a_new_measure_is_filled_in_and_undone(case: MeetingCase, pane: MeasuresPane) -> None:
    pane.add()
    QTest.keyClicks(pane._name, "Vagen in")
    pane._kind.setCurrentIndex(1)
    pane._kind.chosen.emit(MeasureKind.STRUCTURAL)
    pane._amount.setText("1 250 000,50 kr")
    pane._since.setText("2027-01-01")
    pane._since.editingFinished.emit()
    pane._goals.setPlainText("minst hälften")
    pane.flush()
    made = measures(case)[-1]
    assert (made.name, made.kind, made.amount, made.since, made.goals) == (
        "Vagen in",
        MeasureKind.STRUCTURAL,
        Decimal("1250000.50"),
        date(2027, 1, 1),
        "minst hälften",
    )
    assert made.checks == ()
    assert pane._state.text() == f"{len(QUESTIONS)} av {len(QUESTIONS)} frågor är inte besvarade."
    while len(measures(case)) > 1:
        assert case.session.undo()
    assert [m.name for m in measures(case)] == ["Ungdomstorget"]


def test_no_to_a_question_asks_for_the_reason(case: MeetingCase, pane: MeasuresPane) -> None:
    pane._deviation.setPlainText("")
    pane.flush()
    row = pane._questions[8]
    row.answer.set_value(Answer.NO)
    row.answer.chosen.emit(Answer.NO)
    check = measures(case)[0].answer("R78")
    assert check is not None
    assert check.answer is Answer.NO
    assert "Skriv varför" in pane._deviation_row._remark.text()
    pane._deviation.setPlainText("Rekommendationen följs inte.")
    pane.flush()
    assert pane._deviation_row._remark.isHidden()


@pytest.mark.parametrize(
    ("text", "amount"),
    [("", None), ("3 450 000", 3450000), ("3\u00a0450\u00a0000 kr", 3450000), ("12,50", "12.50"), ("0", 0)],
)
def test_amounts_are_read(text: str, amount: object) -> None:
    assert read_amount(text) == (None if amount is None else Decimal(str(amount)))


def test_an_amount_that_cannot_be_read_is_told_and_the_old_one_kept(
    case: MeetingCase, pane: MeasuresPane
) -> None:
    pane._amount.setText("tre miljoner")
    pane.flush()
    assert measures(case)[0].amount == 3450000
    assert "går inte att läsa som belopp" in pane._amount_row._remark.text()
    assert pane._amount.text() == "tre miljoner"


def test_remove_and_undo(case: MeetingCase, pane: MeasuresPane) -> None:
    pane.remove()
    assert measures(case) == ()
    assert not pane._form.isVisible()
    assert case.session.undo()
    assert len(measures(case)) == 1
    assert pane._name.text() == "Ungdomstorget"
