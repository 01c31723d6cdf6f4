"""References in the window: shown as words, typed in braces, inserted from the list, and made of typed numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtTest import QTest

from finsam_desktop.domain import agenda
from finsam_desktop.ui.finding_things import find
from finsam_desktop.ui.views.meeting.reference_picker import NO_FIELD, ReferencePicker, pick_reference
from tests.ui.meeting_cases import MeetingCase, wait


@pytest.fixture
def case(qapp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MeetingCase]:
    monkeypatch.setattr("finsam_desktop.ui.views.meeting.preview_pane.find_libreoffice", lambda: None)
    made = MeetingCase(tmp_path)
    yield made
    made.close()


def stored(case: MeetingCase, item_id: str = "p08"):
    item = agenda.find(case.meeting.items, item_id)
    assert item is not None
    return item


def write(case: MeetingCase, text: str) -> None:
    desk = case.page.desk
    assert desk.change_item("Skriv", "p08", lambda item: replace(item, summary=text))


def test_what_is_typed_in_braces_is_kept_as_a_reference_and_follows(case: MeetingCase):
    desk = case.page.desk
    number = desk.sections()["p05"]
    write(case, f"Se {{§ {number}}}.")
    assert stored(case).summary == "Se {§:p05}."
    assert desk.item("p08").summary == f"Se {{§ {number}}}."
    items = agenda.move(desk.meeting.items, "p05", 0)
    assert desk.change_fields("Flytta", items=items)
    assert stored(case).summary == "Se {§:p05}."
    assert desk.item("p08").summary == f"Se {{§ {desk.sections()['p05']}}}."
    assert desk.sections()["p05"] != number


def test_typed_numbers_become_references_by_the_findings_button(case: MeetingCase):
    number = case.page.desk.sections()["p05"]
    write(case, f"Se § {number}.")
    findings = [one for one in case.page.desk.check_now() if one.rule == "T15"]
    assert [one.place.item_id for one in findings] == ["p08"]
    case.page._fix("T15", "p08")
    assert stored(case).summary == "Se {§:p05}."
    assert not [one for one in case.page.desk.check_now() if one.rule == "T15"]
    assert case.session.undo()
    assert stored(case).summary == f"Se § {number}."


def test_a_reference_to_what_is_removed_is_an_error(case: MeetingCase):
    write(case, f"Se {{§ {case.page.desk.sections()['p05']}}}.")
    desk = case.page.desk
    assert desk.change_fields("Ta bort", items=agenda.remove(desk.meeting.items, "p05"))
    (finding,) = [one for one in desk.check_now() if one.rule == "T14"]
    assert (finding.severity, finding.place.field) == ("error", "summary")


def test_the_list_puts_a_reference_at_the_cursor(case: MeetingCase):
    editor = case.page.agenda().editor
    case.page.show_step("dagordning", "p08")
    editor.title.setFocus()
    wait(0)
    assert case.window.focusWidget() is editor.title
    picker = pick_reference(case.page.desk, case.window)
    assert isinstance(picker, ReferencePicker)
    before = picker.list.model().rowCount()
    QTest.keyClicks(picker.search, "tertialrapport")
    assert 0 < picker.list.model().rowCount() < before
    words = picker.list.currentIndex().data()
    picker._choose(picker.list.currentIndex())
    wait(0)
    assert f"{{{words.split('   ')[0]}}}" in editor.title.text()


def test_without_a_field_it_says_where_to_put_the_cursor(case: MeetingCase):
    case.page.bar.setFocus()
    assert pick_reference(case.page.desk, case.window) is None
    assert case.notice() == NO_FIELD


def test_a_meeting_with_references_can_be_removed_and_brought_back(case: MeetingCase):
    write(case, f"Se {{§ {case.page.desk.sections()['p05']}}}.")
    case.page.remove_meeting()
    assert not case.session.meetings
    assert case.session.undo()
    assert stored(case).summary == "Se {§:p05}."


def test_no_list_shows_the_mark_itself(case: MeetingCase):
    """Search, the figures' place and the corrections read the stored meeting, and say the words."""
    number = case.page.desk.sections()["p05"]
    desk = case.page.desk
    assert desk.change_item("Skriv", "p08", lambda item: replace(item, title=f"Avslut, {{§ {number}}}"))
    assert "{§:p05}" in stored(case).title
    found = find("avslut", case.session.association, case.session.meetings, ())
    assert [hit.title for hit in found if hit.target.endswith("dagordning/p08")] == [
        f"Avslut, §\u00a0{number}"
    ]
    case.window.go("figures")
    choice = case.window.current_view().table._item_choice
    texts = [choice.itemText(row) for row in range(choice.count())]
    assert any(text.endswith(f"Avslut, §\u00a0{number}") for text in texts)
    assert not any("{§" in text for text in texts)
