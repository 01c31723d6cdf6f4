"""Skrivelser in the item's editor: begun when wanted, kept as typed, undone, made into Word documents, locked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from finsam_desktop.documents import Document
from finsam_desktop.domain import agenda
from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.meeting import MeetingState
from finsam_desktop.domain.papers import Signatory, Statistic
from finsam_desktop.ui.views.agenda.item_papers import OF_DATA, ItemPapers
from finsam_desktop.ui.views.papers.letter_form import LetterForm, read_signatories, written_signatories
from finsam_desktop.ui.views.papers.memo_form import MemoForm
from finsam_desktop.ui.views.papers.referral_form import ReferralForm
from tests.ui.meeting_cases import MeetingCase
from tests.ui.opened_files import Opened

MEMO, LETTER, REFERRAL, MEASURE = (
    Document.TJANSTESKRIVELSE,
    Document.SKRIVELSE,
    Document.REMISSVAR,
    Document.INSATSBESLUT,
)


@pytest.fixture
def papers(case: MeetingCase) -> ItemPapers:
    step = case.page.agenda()
    step.show_item("p09")
    return step.editor.papers


def item(case: MeetingCase, item_id: str = "p09") -> AgendaItem:
    found = agenda.find(case.meeting.items, item_id)
    assert found is not None
    return found


def paper(papers: ItemPapers, document: Document):
    return papers._papers[document]


def test_nothing_is_there_until_it_is_wanted(case: MeetingCase, papers: ItemPapers) -> None:
    assert item(case).memo is None
    assert not any(paper(papers, one).isVisible() for one in papers._papers)
    assert all(paper(papers, one).link.isVisible() for one in papers._papers if one not in OF_DATA)
    assert not any(paper(papers, one).link.isVisible() for one in OF_DATA)
    case.page.agenda().show_item("p08")
    assert paper(papers, MEMO).isVisible()
    assert paper(papers, LETTER).isVisible()
    assert not paper(papers, MEMO).link.isVisible()
    assert paper(papers, MEMO).form is None  # nothing is made before it is opened


def test_a_formal_item_has_no_section(case: MeetingCase) -> None:
    step = case.page.agenda()
    step.show_item("p01")
    assert not step.editor._rows["papers"].isVisible()


def test_memo_is_begun_written_and_undone(case: MeetingCase, papers: ItemPapers) -> None:
    QTest.mouseClick(paper(papers, MEMO).link, Qt.MouseButton.LeftButton)
    memo = item(case).memo
    assert memo is not None
    assert memo.author_id == "sjomark"  # the one who presents the item
    form = paper(papers, MEMO).form
    assert isinstance(form, MemoForm)
    QTest.keyClicks(form.background, "Sedan 2007")
    form.background.flush()
    QTest.keyClicks(form.assessment, "Avsluta nu")
    papers.flush()
    form.dated.setText("12 oktober 2026")
    form.dated.editingFinished.emit()
    memo = item(case).memo
    assert (memo.background, memo.assessment, memo.dated) == ("Sedan 2007", "Avsluta nu", date(2026, 10, 12))
    assert case.session.undo()
    assert item(case).memo.dated is None
    assert case.session.undo()
    assert item(case).memo.assessment == "" == form.assessment.text()
    assert case.session.undo()
    assert case.session.undo()
    assert item(case).memo is None
    assert not paper(papers, MEMO).isVisible()


def test_text_in_a_form_is_not_lost_when_another_item_is_chosen(
    case: MeetingCase, papers: ItemPapers
) -> None:
    papers.write(MEMO)
    QTest.keyClicks(paper(papers, MEMO).form.consequences, "Inga")
    case.page.agenda().editor.show_item("p10")
    assert item(case).memo.consequences == "Inga"
    assert item(case, "p10").memo is None


def test_letter_takes_clauses_and_signatories(case: MeetingCase, papers: ItemPapers) -> None:
    papers.write(LETTER)
    form = paper(papers, LETTER).form
    assert isinstance(form, LetterForm)
    form.receiver.setText("Regionstyrelsen")
    form.receiver.editingFinished.emit()
    form.clauses.fields()[0].setPlainText("att kalla till samråd")
    form.clauses.flush()
    form.signatories.setPlainText("Anna Ek, Ordförande, Förbundet Norr, del 2\nBo Al")
    papers.flush()
    letter = item(case).letter
    assert (letter.receiver, letter.clauses) == ("Regionstyrelsen", ("kalla till samråd",))
    assert letter.signatories == (
        Signatory(name="Anna Ek", title="Ordförande", organisation="Förbundet Norr, del 2"),
        Signatory(name="Bo Al"),
    )


@pytest.mark.parametrize(
    "signatories",
    [(), (Signatory(name="A", organisation="F"),), (Signatory(name="A", title="T"), Signatory(name="B"))],
)
def test_signatories_are_read_back_as_written(signatories: tuple[Signatory, ...]) -> None:
    assert read_signatories(written_signatories(signatories)) == signatories


def test_referral_takes_questions_and_tables_and_tells_what_does_not_add_up(
    case: MeetingCase, papers: ItemPapers
) -> None:
    papers.write(REFERRAL)
    form = paper(papers, REFERRAL).form
    assert isinstance(form, ReferralForm)
    for number in (1, 2):
        form.add_question()
        QTest.keyClicks(form._questions[-1].text, f"Fraga {number}")
    form.add_table()
    table = form._tables[0]
    QTest.keyClicks(table.title, "Unga")
    table.rows.setPlainText("19 år; 7; 14; 22")
    papers.flush()
    referral = item(case).referral
    assert [question.text for question in referral.questions] == ["Fraga 1", "Fraga 2"]
    assert referral.statistics[0].rows == (Statistic(label="19 år", women=7, men=14, total=22),)
    assert "7 och 14 är 21, inte 22." in table._rows_row._remark.text()
    table.rows.setPlainText("19 år; sju; 14; 22")
    papers.flush()
    assert "inte ett helt antal" in table._rows_row._remark.text()
    assert item(case).referral == referral  # what cannot be read changes nothing
    assert table.rows.text() == "19 år; sju; 14; 22"  # and is not taken from the writer
    form._questions[0].removal_wanted.emit(form._questions[0])
    assert [question.text for question in item(case).referral.questions] == ["Fraga 2"]


def test_a_table_that_cannot_be_read_can_still_be_taken_away(case: MeetingCase, papers: ItemPapers) -> None:
    papers.write(REFERRAL)
    form = paper(papers, REFERRAL).form
    form.add_table()
    form._tables[0].rows.setPlainText("a; b; c")
    form._tables[0].removal_wanted.emit(form._tables[0])
    assert item(case).referral.statistics == ()
    assert form._tables == []


def test_measure_is_chosen_from_the_register(case: MeetingCase, papers: ItemPapers) -> None:
    papers.write(MEASURE)
    assert item(case).measure_id == "insats-ungdomstorget"
    assert papers._measure.currentText() == "Ungdomstorget"
    assert papers._measure_row.isVisible()


def test_without_measures_the_way_to_the_register_is_told(case: MeetingCase, papers: ItemPapers) -> None:
    before = case.session.association
    assert case.session.change("Ta bort insatser", before, replace(before, measures=()))
    papers.write(MEASURE)
    assert item(case).measure_id == ""
    assert papers._none.isVisible()
    assert "Insatser" in papers._none.text()


def test_removed_paper_comes_back_with_undo(case: MeetingCase, papers: ItemPapers) -> None:
    case.page.agenda().show_item("p08")
    before = item(case, "p08")
    paper(papers, LETTER).drop.click()
    assert item(case, "p08").letter is None
    assert case.session.undo()
    assert item(case, "p08") == before


def test_the_word_document_is_made_and_opened(
    case: MeetingCase, papers: ItemPapers, opened: Opened, qtbot
) -> None:
    case.page.agenda().show_item("p08")
    paper(papers, MEMO).make.click()
    name = "2026-10-29 Tjänsteskrivelse punkt 8 Sammankallande part för medlemssamråd.docx"
    qtbot.waitUntil(lambda: (case.folder / name).exists(), timeout=20_000)
    qtbot.waitUntil(lambda: name in [path.name for path in opened.files], timeout=5_000)


def test_adjusted_minutes_lock_the_papers(case: MeetingCase, papers: ItemPapers) -> None:
    case.page.agenda().show_item("p08")
    papers.toggle(MEMO)
    meeting = case.meeting
    assert case.session.change("Justera", meeting, replace(meeting, state=MeetingState.ADJUSTED))
    form = paper(papers, MEMO).form
    assert form.background.isReadOnly()
    assert not form.author.isEnabled()
    assert not paper(papers, MEMO).drop.isVisible()
    assert not paper(papers, REFERRAL).link.isVisible()
    assert paper(papers, MEMO).make.isVisible()  # the document can still be made
    rows = case.page.agenda().editor._rows
    assert rows["papers"].isVisible()
    case.page.agenda().show_item("p07")  # without papers, and nothing may be written
    assert not rows["papers"].isVisible()


def test_every_control_has_a_name(case: MeetingCase, papers: ItemPapers) -> None:
    from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit

    for document in (MEMO, LETTER, REFERRAL, MEASURE):
        papers.write(document)
    paper(papers, REFERRAL).form.add_question()
    paper(papers, REFERRAL).form.add_table()
    kinds = (QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit)
    nameless = [
        child
        for kind in kinds
        for child in papers.findChildren(kind)
        if not (child.accessibleName() or getattr(child, "text", str)())
        and child.focusPolicy() is not Qt.FocusPolicy.NoFocus
    ]
    assert nameless == []


@pytest.mark.parametrize(
    ("action", "document"),
    [
        ("write_memo", MEMO),
        ("write_letter", LETTER),
        ("write_referral", REFERRAL),
        ("write_measure", MEASURE),
    ],
)
def test_each_paper_is_begun_by_an_action(
    case: MeetingCase, papers: ItemPapers, action: str, document: Document
) -> None:
    case.page.show_step("handlingar")
    case.window.actions.run(action)
    assert case.page.step == "dagordning"
    assert paper(papers, document).isVisible()


def test_the_attendance_sheet_is_saved_where_the_user_says(
    case: MeetingCase, opened: Opened, monkeypatch
) -> None:
    asked = []
    monkeypatch.setattr(case.window.dialogs, "save_file", lambda *call: asked.append(call))
    held = replace(case.meeting, state=MeetingState.HELD, date=date(2026, 10, 8), id="held")
    assert case.session.change("Nytt", None, held)
    case.window.actions.run("attendance_sheet")
    _title, _kinds, save, suggestion = asked[0]
    assert suggestion.name == "Närvaro och arvoden 2026.xlsx"
    save(suggestion)
    assert suggestion.exists()
    assert opened.files == [suggestion]


def test_the_checklist_of_the_charter_is_saved_where_the_user_says(
    case: MeetingCase, opened: Opened, monkeypatch
) -> None:
    asked = []
    monkeypatch.setattr(case.window.dialogs, "save_file", lambda *call: asked.append(call))
    case.window.actions.run("make_charter")
    _title, _kinds, save, suggestion = asked[0]
    assert suggestion.name == "Förbundsordningens innehåll.docx"
    save(suggestion)
    assert suggestion.read_bytes()[:2] == b"PK"
    assert opened.files == [suggestion]


def test_a_paper_becomes_a_bilaga_and_its_next_version_takes_its_place(
    case: MeetingCase, papers: ItemPapers, qtbot
) -> None:
    papers.write(MEMO)
    form = paper(papers, MEMO).form
    form.background.setPlainText("Första versionen")
    form.dated.setText("2026-10-12")
    form.dated.editingFinished.emit()
    paper(papers, MEMO).attach.click()
    qtbot.waitUntil(lambda: len(item(case).attachments) == 2, timeout=20_000)
    first = item(case).attachments[-1]
    assert (first.title, first.dated, first.file_name[-5:]) == (
        "Tjänsteskrivelse",
        date(2026, 10, 12),
        ".docx",
    )
    assert b"PK" == case.session.workspace.file(first.sha256)[:2]
    form.background.setPlainText("Andra versionen")
    paper(papers, MEMO).attach.click()
    qtbot.waitUntil(lambda: item(case).attachments[-1].sha256 != first.sha256, timeout=20_000)
    assert [a.id for a in item(case).attachments] == ["b06", first.id]
    assert case.session.undo()
    assert item(case).attachments[-1] == first
