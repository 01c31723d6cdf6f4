"""The editor of an item: what is written is kept, undone and redone, and never reset under the cursor."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from finsam_desktop.domain import agenda
from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.catalogue import ItemType
from finsam_desktop.domain.decisions import ProposalKind
from finsam_desktop.ui.views.agenda.item_editor import ItemEditor
from finsam_desktop.ui.views.agenda.proposal_editor import with_att, without_att
from finsam_desktop.ui.widgets.states import State
from tests.ui.meeting_cases import MeetingCase
from tests.ui.waiting import wait_until

Key = Qt.Key


@pytest.fixture
def editor(case: MeetingCase) -> ItemEditor:
    step = case.page.agenda()
    step.show_item("p08")
    return step.editor


def item(case: MeetingCase, item_id: str = "p08") -> AgendaItem:
    found = agenda.find(case.meeting.items, item_id)
    assert found is not None
    return found


def test_typing_is_taken_in_and_merged_to_one_undo(case: MeetingCase, editor: ItemEditor):
    before = item(case).summary
    editor.summary.moveCursor(editor.summary.textCursor().MoveOperation.End)
    for word in (" Forst", " sedan", " sist"):
        QTest.keyClicks(editor.summary, word)
        editor.summary.flush()
    assert item(case).summary == f"{before} Forst sedan sist"
    assert case.session.undo_label == "Skriv i sammanfattningen av ärende 8"
    assert case.session.undo()
    assert item(case).summary == before == editor.summary.text()
    assert case.session.redo()
    assert editor.summary.text() == f"{before} Forst sedan sist"


def test_text_is_saved_while_typing_without_leaving_the_field(case: MeetingCase, editor: ItemEditor):
    editor.title.selectAll()
    QTest.keyClicks(editor.title, "Ny rubrik")
    wait_until(lambda: item(case).title == "Ny rubrik")


def test_the_cursor_stays_when_something_else_changes(case: MeetingCase, editor: ItemEditor):
    cursor = editor.summary.textCursor()
    cursor.setPosition(7)
    editor.summary.setTextCursor(cursor)
    QTest.keyClicks(editor.summary, "X")
    case.session.change("Annat", case.meeting, _with_place(case, "Annan plats"))
    assert editor.summary.textCursor().position() == 8
    assert editor.summary.text()[7] == "X", "unsaved text is not eaten by a refresh"
    editor.flush()
    assert item(case).summary[7] == "X"
    assert case.meeting.place == "Annan plats"


def _with_place(case: MeetingCase, place: str):
    from dataclasses import replace

    return replace(case.meeting, place=place)


def test_switching_items_keeps_what_was_being_written(case: MeetingCase, editor: ItemEditor):
    QTest.keyClicks(editor.summary, "Viktigt. ")
    case.page.agenda().show_item("p09")
    assert item(case).summary.startswith("Viktigt. ")
    assert editor.summary.text() == item(case, "p09").summary
    assert item(case, "p09").title == editor.title.text()


def test_moving_an_item_with_unsaved_text_loses_nothing(case: MeetingCase, editor: ItemEditor):
    QTest.keyClicks(editor.title, "A ")
    step = case.page.agenda()
    QTest.keyClick(step.tree, Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert case.meeting.items[6].id == "p08"
    assert case.meeting.items[6].title.startswith("A Sammankallande")


def test_type_presenter_minutes_reference(case: MeetingCase, editor: ItemEditor):
    editor.type.chosen.emit(ItemType.INFORMATION)
    assert item(case).type is ItemType.INFORMATION
    editor.presenter.setEditText("Gäst Gästsson")
    editor.presenter.flush()
    assert (item(case).presenter_id, item(case).presenter) == ("", "Gäst Gästsson")
    editor.presenter.setEditText("amira sjömark")
    editor.presenter.flush()
    assert (item(case).presenter_id, item(case).presenter) == ("sjomark", "")
    editor.minutes.setText("25")
    editor.minutes.editingFinished.emit()
    assert item(case).minutes == 25
    editor.reference.selectAll()
    QTest.keyClicks(editor.reference, "2026/99")
    editor.reference.flush()
    assert item(case).reference == "2026/99"


def test_clauses_are_stored_without_att(case: MeetingCase, editor: ItemEditor):
    before = item(case).proposal.clauses
    assert editor.proposal.clauses.clauses() == tuple(f"att {clause}" for clause in before)
    editor.proposal.clauses.clauses()
    field = editor.proposal.clauses.fields()[-1]
    field.moveCursor(field.textCursor().MoveOperation.End)
    QTest.keyClick(field, Key.Key_Return)
    new = editor.proposal.clauses.fields()[-1]
    QTest.keyClicks(new, "att ge chefen uppdraget")
    editor.flush()
    assert item(case).proposal.clauses == (*before, "ge chefen uppdraget")
    assert case.session.undo()
    assert item(case).proposal.clauses == before
    assert len(editor.proposal.clauses.fields()) == len(before)


@pytest.mark.parametrize("text", ["att göra", "Att göra", "göra", " att  göra "])
def test_att(text: str):
    assert without_att(text) == "göra"
    assert without_att(with_att("göra")) == "göra"
    assert without_att("att") == "" == with_att("")


def test_no_proposal_and_condition(case: MeetingCase, editor: ItemEditor):
    editor.proposal._none.click()
    assert item(case).proposal.kind is ProposalKind.NONE_LAID
    assert item(case).proposal.clauses, "the words are kept for whoever changes their mind"
    assert editor.proposal._not_laid.isVisible()
    editor.proposal._lay()
    assert item(case).proposal.kind is ProposalKind.CLAUSES
    QTest.keyClicks(editor.proposal._condition, "nej: ")
    editor.flush()
    assert item(case).proposal.condition.startswith("nej: ")


def test_recipients_and_secrecy(case: MeetingCase, editor: ItemEditor):
    before = item(case).recipients
    QTest.keyClicks(editor.recipients._input, "Revisorerna")
    QTest.keyClick(editor.recipients._input, Key.Key_Return)
    assert item(case).recipients == (*before, "Revisorerna")
    editor.confidential.click()
    assert item(case).confidential
    assert case.session.undo_label == "Ange sekretess för ärende 8"


def test_sub_items_are_listed_and_added(case: MeetingCase, editor: ItemEditor):
    case.page.agenda().show_item("p05")
    count = len(item(case, "p05").sub_items)
    assert editor.sub_items._model.rowCount() == count > 0
    editor.sub_items.add()
    new = item(case, "p05").sub_items[-1]
    assert editor.item_id == new.id
    assert case.page.agenda().tree.item_id() == new.id


def test_formal_items_are_short(case: MeetingCase, editor: ItemEditor):
    case.page.agenda().show_item("p01")
    assert not editor._rows["proposal"].isVisible()
    case.page.agenda().show_item("p08")
    assert editor._rows["proposal"].isVisible()


def test_a_finding_is_marked_at_its_field(case: MeetingCase, editor: ItemEditor):
    case.page.agenda().mark("p09", "proposal", "Förslag saknas", State.CONSIDER)
    assert editor.item_id == "p09"
    assert editor._rows["proposal"]._remark.text() == "Förslag saknas"
    assert editor.proposal.clauses.fields()[0].hasFocus()
    case.page.agenda().show_item("p08")
    assert editor._rows["proposal"]._remark.text() == ""


def test_attachments_rename_replace_remove(case: MeetingCase, editor: ItemEditor, tmp_path: Path):
    first = item(case).attachments[0]
    file = tmp_path / "ny.docx"
    file.write_bytes(b"ny")
    case.page.attachments.replace_file(first.id, file)
    changed = item(case).attachments[0]
    assert (changed.title, changed.file_name, changed.size) == (first.title, "ny.docx", 2)
    assert case.page.attachments.rename(first.id, " Skrivelse ")
    assert item(case).attachments[0].title == "Skrivelse"
    assert case.page.attachments.remove(first.id)
    assert first.id not in {a.id for a in item(case).attachments}
    assert case.notice() == "”Skrivelse” togs bort."
    case.press_notice()
    assert item(case).attachments[0].title == "Skrivelse"


def test_a_folder_an_empty_file_and_a_missing_file_are_refused(
    case: MeetingCase, editor: ItemEditor, tmp_path: Path
):
    empty = tmp_path / "tom.docx"
    empty.write_bytes(b"")
    before = case.meeting
    for path, words in (
        (tmp_path, "är en mapp"),
        (empty, "är tom"),
        (tmp_path / "borta.pdf", "gick inte att läsa"),
    ):
        case.page.attachments.add_files((path,), "p08")
        assert words in case.notice()
        case.window.strip.close_notice()
    assert case.meeting == before


def test_adjusted_minutes_are_only_read(case: MeetingCase, editor: ItemEditor):
    from dataclasses import replace

    from finsam_desktop.domain.meeting import MeetingState

    case.session.change("Justerat", case.meeting, replace(case.meeting, state=MeetingState.ADJUSTED))
    assert editor.title.isReadOnly()
    assert editor.summary.isReadOnly()
    assert not editor.type.isEnabled()
    assert not case.page.attachments.remove(item(case).attachments[0].id)


@pytest.mark.parametrize("name", ["title", "reference"])
def test_a_space_before_a_pause_is_not_eaten(case: MeetingCase, editor: ItemEditor, name: str):
    field = getattr(editor, name)
    field.setFocus()
    field.selectAll()
    for word in ("Ny ", "rubrik"):
        QTest.keyClicks(field, word)
        field.flush()
    assert getattr(item(case), name) == "Ny rubrik"


def test_a_space_in_lead_and_condition_is_not_eaten(case: MeetingCase, editor: ItemEditor):
    for field in (editor.proposal._lead, editor.proposal._condition):
        field.setFocus()
        field.selectAll()
        for word in ("Ny ", "text"):
            QTest.keyClicks(field, word)
            field.flush()
    assert item(case).proposal.lead == "Ny text" == item(case).proposal.condition
