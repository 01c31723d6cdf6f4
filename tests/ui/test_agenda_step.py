"""Dagordning in the real window: add, move, remove, paste, accept proposals; undo takes each back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QModelIndex, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from finsam_desktop.domain.catalogue import ItemType
from finsam_desktop.domain.headings import headings
from finsam_desktop.ui.widgets.rows import RowRole
from tests.ui.meeting_cases import MeetingCase

ALT = Qt.KeyboardModifier.AltModifier
Key = Qt.Key


def choose(case: MeetingCase, item_id: str):
    agenda = case.page.agenda()
    agenda.show_item(item_id)
    agenda.tree.setFocus()
    return agenda


def shown(case: MeetingCase) -> list[str]:
    model = case.page.agenda().model
    return [model.index(row, 0).data(RowRole.TITLE) for row in range(model.rowCount())]


def test_list_and_editor_show_the_meeting(case: MeetingCase):
    agenda = choose(case, "p08")
    assert shown(case) == case.titles()
    assert agenda.editor.title.text() == "Sammankallande part för medlemssamråd"
    assert agenda.tree.accessibleName() == "Dagordning"
    row = agenda.model.index_of("p08")
    assert row.data(RowRole.TIME) == "09.57"
    assert [part.text for part in row.data(RowRole.META)] == ["Beslut", "Bilaga\u00a04–5", "Katrin Hagelby"]


def test_alt_arrow_moves_and_undo_brings_back(case: MeetingCase):
    before = case.titles()
    agenda = choose(case, "p08")
    QTest.keyClick(agenda.tree, Key.Key_Up, ALT)
    assert case.titles()[6] == before[7]
    assert agenda.tree.item_id() == "p08", "the selection stays on the item"
    assert case.session.undo_label == "Flytta ärende 8"
    assert case.notice().startswith("Ärende 8 är nu ärende 7.")
    case.press_notice()
    assert case.titles() == shown(case) == before
    assert case.session.redo()
    assert case.titles() == shown(case) != before


def test_undoing_what_made_the_item_at_hand_leaves_its_field_and_marks_another_row(case: MeetingCase):
    agenda = choose(case, "p08")
    agenda.add_own("Ett ärende som tas tillbaka")
    made = agenda.tree.item_id()
    agenda.editor.summary.setFocus()
    assert case.session.undo()
    assert agenda.tree.item_id() not in ("", made)
    assert agenda.tree.item_ids() == (agenda.tree.item_id(),) == (agenda.item_id,)
    assert agenda.tree.hasFocus(), "what is typed next must not land in another item"


def test_ctrl_v_in_the_agenda_makes_items_of_a_list(case: MeetingCase):
    agenda = choose(case, "p08")
    before = case.titles()
    QGuiApplication.clipboard().setText("1. Första\r\n2. Andra\r\n")
    QTest.keyClick(agenda.tree, Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert case.titles() == [*before[:8], "Första", "Andra", *before[8:]]


def test_drag_to_another_place(case: MeetingCase):
    before = case.titles()
    agenda = choose(case, "p12")
    data = agenda.model.mimeData([agenda.model.index_of("p12")])
    agenda.model.dropMimeData(data, Qt.DropAction.MoveAction, 4, 0, QModelIndex())
    assert case.titles() == [*before[:4], before[11], *before[4:11], *before[12:]] == shown(case)


def test_alt_right_and_left(case: MeetingCase):
    agenda = choose(case, "p09")
    QTest.keyClick(agenda.tree, Key.Key_Right, ALT)
    parent = next(item for item in case.meeting.items if item.id == "p08")
    assert [sub.id for sub in parent.sub_items] == ["p09"]
    assert agenda.tree.item_id() == "p09"
    QTest.keyClick(agenda.tree, Key.Key_Left, ALT)
    assert [item.id for item in case.meeting.items][7:9] == ["p08", "p09"]


def test_sub_items_show_under_the_item_at_hand_only(case: MeetingCase):
    agenda = choose(case, "p05")
    assert agenda.tree.isExpanded(agenda.model.index_of("p05"))
    choose(case, "p08")
    assert not agenda.tree.isExpanded(agenda.model.index_of("p05"))


def test_delete_and_undo_from_the_strip(case: MeetingCase):
    before = case.meeting
    agenda = choose(case, "p08")
    QTest.keyClick(agenda.tree, Key.Key_Delete)
    assert len(case.meeting.items) == 14
    assert case.notice() == "Ärende 8 togs bort."
    assert agenda.editor.item_id in {item.id for item in case.meeting.items}
    case.press_notice()
    assert case.meeting == before


def test_insert_searches_templates_by_a_few_letters(case: MeetingCase):
    agenda = choose(case, "p08")
    QTest.keyClick(agenda.tree, Key.Key_Insert)
    panel = agenda.add_panel
    assert panel.isVisible()
    QTest.keyClicks(panel.search, "internkontr")
    first = panel.list.currentIndex()
    assert first.data(RowRole.TITLE).startswith("Intern kontroll")
    QTest.keyClick(panel.search, Key.Key_Return)
    added = case.meeting.items[8]
    assert added.template_id == first.data(RowRole.KEY)
    assert added.title == first.data(RowRole.TITLE)
    assert agenda.tree.item_id() == added.id
    assert agenda.tree.isVisible()


def test_own_item_goes_before_the_closing_frame(case: MeetingCase):
    agenda = choose(case, "p15")
    agenda.open_add()
    QTest.keyClicks(agenda.add_panel.search, "zzz eget")
    QTest.keyClick(agenda.add_panel.search, Key.Key_Return)
    titles = case.titles()
    assert titles[-1] == "Mötets avslutande"
    assert titles.index("zzz eget") < titles.index("Övriga frågor")


def test_own_item_goes_after_the_opening_frame(case: MeetingCase):
    """Regression: with the first item chosen, as in a fresh meeting, it came before Val av justerare."""
    agenda = choose(case, "p01")
    agenda.open_add()
    QTest.keyClicks(agenda.add_panel.search, "zzz eget")
    QTest.keyClick(agenda.add_panel.search, Key.Key_Return)
    titles = case.titles()
    assert titles.index("zzz eget") == titles.index("Föregående protokoll") + 1


def test_escape_closes_the_search(case: MeetingCase):
    agenda = choose(case, "p08")
    agenda.open_add()
    QTest.keyClick(agenda.add_panel.search, Key.Key_Escape)
    assert agenda.tree.isVisible()
    assert len(case.meeting.items) == 15


def test_paste_a_list_of_headings(case: MeetingCase):
    agenda = choose(case, "p08")
    QGuiApplication.clipboard().setText("1. Budget 2027\n2) Verksamhetsplan\n\n• Övrigt  från  länet\n")
    agenda.paste_headings()
    assert case.titles()[8:11] == ["Budget 2027", "Verksamhetsplan", "Övrigt från länet"]
    assert case.notice() == "3 ärenden klistrades in."
    case.press_notice()
    assert len(case.meeting.items) == 15
    QGuiApplication.clipboard().setText("  \n ")
    agenda.paste_headings()
    assert len(case.meeting.items) == 15
    assert "Urklipp" in case.notice()


def test_headings_keep_numbers_that_belong_to_the_title():
    text = "2027 års budget\n§ 4 Val\n12. Mål\n\n– Incheckning\n3 (av 4) kommuner"
    assert [title for _, title in headings(text)] == [
        "2027 års budget", "§ 4 Val", "Mål", "Incheckning", "3 (av 4) kommuner",
    ]  # fmt: skip


def test_sub_levels_of_a_pasted_list_become_sub_items(case: MeetingCase):
    agenda = choose(case, "p08")
    QGuiApplication.clipboard().setText("8.\tRapporter\na)\tSamverkansteam\nb)\tVuxentorget\n9.\tAvslut")
    agenda.paste_headings()
    assert case.titles()[8:10] == ["Rapporter", "Avslut"]
    assert [sub.title for sub in case.meeting.items[8].sub_items] == ["Samverkansteam", "Vuxentorget"]
    assert case.notice() == "2 ärenden med 2 underpunkter klistrades in."


def several(case: MeetingCase, *item_ids: str):
    agenda = choose(case, item_ids[0])
    agenda.tree.choose(item_ids[0], *item_ids[1:])
    return agenda


def test_several_items_are_chosen_with_shift_and_moved_removed_with_one_undo(case: MeetingCase):
    before = case.titles()
    agenda = choose(case, "p08")
    QTest.keyClick(agenda.tree, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(agenda.tree, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert agenda.tree.item_ids() == ("p08", "p09", "p10")
    QTest.keyClick(agenda.tree, Key.Key_Up, ALT)
    assert case.titles()[6:10] == [*before[7:10], before[6]]
    assert agenda.tree.item_ids() == ("p08", "p09", "p10"), "still chosen"
    assert case.session.undo_label == "Flytta 3 ärenden"
    QTest.keyClick(agenda.tree, Key.Key_Delete)
    assert len(case.titles()) == len(before) - 3
    assert case.notice() == "3 ärenden togs bort."
    case.session.undo()
    case.session.undo()
    assert case.titles() == before


def test_several_items_get_type_and_presenter(case: MeetingCase):
    agenda = several(case, "p05", "p08", "p09")
    agenda.several.set_type(ItemType.INFORMATION)
    agenda.several.set_presenter(agenda.several._people()[0][0])
    chosen = [item for item in case.meeting.items if item.id in ("p05", "p08", "p09")]
    assert {item.type for item in chosen} == {ItemType.INFORMATION}
    assert len({item.presenter_id for item in chosen}) == 1
    assert case.session.undo_label == "Byt föredragande på 3 ärenden"


def test_chosen_items_are_moved_to_the_next_meeting_by_key(case: MeetingCase):
    before = case.meeting
    agenda = several(case, "p08", "p09")
    QTest.keyClick(agenda.tree, Key.Key_N, Qt.KeyboardModifier.ControlModifier | ALT)
    assert {"p08", "p09"}.isdisjoint(item.id for item in case.meeting.items)
    later = case.session.meetings[-1]
    moved = [item for item in later.items if item.id in ("p08", "p09")]
    assert [item.attachments for item in moved] == [item.attachments for item in before.items[7:9]]
    assert case.notice().startswith("2 ärenden står nu på dagordningen")
    case.press_notice()
    assert case.meeting == before
    assert len(case.session.meetings) == 1


def test_proposals_are_taken_in_with_one_key(case: MeetingCase):
    agenda = case.page.agenda()
    count = agenda.suggestions.refresh()
    assert count > 0
    assert agenda.foot.isVisible()
    agenda._show_suggestions()
    title = agenda.suggestions.list.currentIndex().data(RowRole.TITLE)
    QTest.keyClick(agenda.suggestions.list, Key.Key_Return)
    assert title in case.titles()
    assert case.titles()[-1] == "Mötets avslutande"
    assert agenda.suggestions.refresh() == count - 1
    assert case.session.undo()
    assert agenda.suggestions.refresh() == count


def test_files_dropped_on_an_item(case: MeetingCase, tmp_path: Path):
    file = tmp_path / "PM om avslut.docx"
    file.write_bytes(b"innehall")
    agenda = choose(case, "p08")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    agenda.model.dropMimeData(data, Qt.DropAction.CopyAction, -1, -1, agenda.model.index_of("p06"))
    item = next(one for one in case.meeting.items if one.id == "p06")
    assert [(a.title, a.size) for a in item.attachments] == [("PM om avslut", 8)]
    assert case.session.workspace.file(item.attachments[0].sha256) == b"innehall"


def test_end_time_follows_the_minutes(case: MeetingCase):
    agenda = choose(case, "p08")
    assert agenda._end.text() == "Slut 11.22"
    agenda.editor.minutes.setText("45")
    agenda.editor.minutes.editingFinished.emit()
    assert agenda._end.text() == "Slut 11.52"


def test_an_empty_agenda_explains_itself(case: MeetingCase):
    from dataclasses import replace

    agenda = case.page.agenda()
    assert case.session.change("Töm", case.meeting, replace(case.meeting, items=()))
    assert agenda._empty.isVisible()
    assert not agenda.editor._page.isVisible()
    agenda._empty.action_pressed.emit()
    assert agenda.add_panel.isVisible()
