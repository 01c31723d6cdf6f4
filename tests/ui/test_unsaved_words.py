"""What the secretary writes while nothing can be saved, as on a full disk: never gone, saved as soon as it can be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from finsam_desktop.domain import agenda
from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.ui.views.minutes.step import MinutesStep
from finsam_desktop.ui.widgets.text_edits import GrowingTextEdit
from finsam_desktop.workspace import NotSavedError, Workspace
from tests.ui.meeting_cases import MEETING, MeetingCase
from tests.ui.waiting import rest

WORDS = "Lokalerna är små. "
FullDisk = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def full_disk(case: MeetingCase, monkeypatch: pytest.MonkeyPatch) -> FullDisk:
    """A disk that takes nothing while the context lasts."""

    def full(*_: object, **__: object) -> None:
        path = case.session.path or Path()
        raise NotSavedError(path, "disken är full", advice="Frigör utrymme på disken och försök igen.")

    @contextmanager
    def filled() -> Iterator[None]:
        with monkeypatch.context() as patch:
            patch.setattr(case.session.workspace, "_commit", full)
            yield

    return filled


def write(field: GrowingTextEdit, words: str) -> None:
    field.setFocus()
    field.insertPlainText(words)


def stored(case: MeetingCase, item_id: str) -> AgendaItem:
    item = agenda.find(case.meeting.items, item_id)
    assert item is not None
    return item


def test_words_are_there_when_one_comes_back_and_saved_with_the_next_change(
    case: MeetingCase, full_disk: FullDisk
) -> None:
    step = case.page.agenda()
    step.show_item("p08")
    before = stored(case, "p08")
    with full_disk():
        write(step.editor.summary, WORDS)
        step.show_item("p05")
        assert "disken är full" in case.notice()
        assert WORDS not in step.editor.summary.text()
        write(step.editor.summary, "Annat. ")
        step.show_item("p08")
        assert step.editor.summary.text().startswith(WORDS)
        assert stored(case, "p08") == before
    step.show_item("p05")
    write(step.editor.title, "Nu ")
    step.flush()
    assert stored(case, "p08").summary == WORDS + before.summary
    assert stored(case, "p05").summary.startswith("Annat. ")
    assert stored(case, "p05").title.startswith("Nu ")
    assert case.session.unsaved(MEETING) is None
    while case.session.undo_label != "Nytt sammanträde":
        case.window.undo()
    step.show_item("p08")
    assert step.editor.summary.text() == before.summary, "what was saved is not kept beside"


def test_words_are_saved_when_the_step_is_left(case: MeetingCase, full_disk: FullDisk) -> None:
    step = case.page.agenda()
    step.show_item("p08")
    with full_disk():
        write(step.editor.summary, WORDS)
        case.page.show_step("protokoll")
        case.window.go("overview")
        rest(case.window)
        case.window.go("meeting", f"{MEETING}/dagordning/p08")
        assert case.page.agenda().editor.summary.text().startswith(WORDS)
    case.window.flush()
    assert stored(case, "p08").summary.startswith(WORDS)


def test_words_of_the_minutes_too(case: MeetingCase, full_disk: FullDisk) -> None:
    case.page.show_step("protokoll")
    step = case.page._steps["protokoll"]
    assert isinstance(step, MinutesStep)
    step.show_item("p08")
    with full_disk():
        write(step.text, WORDS)
        step.show_item("p05")
        step.show_item("p08")
        assert step.text.text().startswith(WORDS)
    case.page.flush()
    assert WORDS.strip() in stored(case, "p08").minutes_text


def test_another_meeting_can_be_gone_to_meanwhile(case: MeetingCase, full_disk: FullDisk) -> None:
    other = replace(case.meeting, id="2026-12-10", date=case.meeting.date + timedelta(days=42))
    assert case.session.change("Nytt sammanträde", None, other)
    step = case.page.agenda()
    step.show_item("p08")
    with full_disk():
        write(step.editor.summary, WORDS)
        case.window.go("meeting", f"{other.id}/dagordning/p08")
        assert not case.page.agenda().editor.summary.text().startswith(WORDS)
        case.window.go("meeting", f"{MEETING}/dagordning/p08")
        assert case.page.agenda().editor.summary.text().startswith(WORDS)
    case.window.flush()
    assert stored(case, "p08").summary.startswith(WORDS)


def test_no_document_is_made_without_the_words(case: MeetingCase, full_disk: FullDisk) -> None:
    step = case.page.agenda()
    step.show_item("p08")
    with full_disk():
        write(step.editor.summary, WORDS)
        case.page.make_before()
        rest(case.window)
        assert not list(case.folder.glob("*.docx"))
        assert "disken är full" in case.notice()
    case.page.make_before()
    rest(case.window)
    assert list(case.folder.glob("*.docx"))


def test_what_another_place_changes_does_not_take_the_words_away(
    case: MeetingCase, full_disk: FullDisk
) -> None:
    step = case.page.agenda()
    step.show_item("p08")
    with full_disk():
        write(step.editor.summary, WORDS)
        step.show_item("p05")
    before = case.meeting
    assert not case.session.change("Byt plats", before, replace(before, place="Torget 1"))
    assert "innehållet har ändrats" in case.notice()
    assert stored(case, "p08").summary.startswith(WORDS)
    now: Meeting = case.meeting
    assert case.session.change("Byt plats", now, replace(now, place="Torget 1"))
    assert stored(case, "p08").summary.startswith(WORDS)


def test_the_window_stays_open_until_the_words_are_saved(case: MeetingCase, full_disk: FullDisk) -> None:
    step = case.page.agenda()
    step.show_item("p08")
    with full_disk():
        write(step.editor.summary, WORDS)
        case.window.close()
        assert case.session.is_open
        assert "disken är full" in case.notice()
        assert "går förlorat" in case.notice()
        case.window.actions["close_file"].trigger()
        assert case.session.is_open
    case.window.actions["close_file"].trigger()
    assert not case.session.is_open
    assert case.session.open(case.folder / "exempelbygden.finsam")
    assert stored(case, "p08").summary.startswith(WORDS)


def test_no_other_file_takes_the_place_of_words_that_are_not_saved(
    case: MeetingCase, full_disk: FullDisk
) -> None:
    """By whatever door: a backup, a mötespaket, one of those opened lately."""
    other = case.folder / "annan.finsam"
    Workspace.create(other, case.session.association, user="Anna").close()
    step = case.page.agenda()
    step.show_item("p08")
    with full_disk():
        write(step.editor.summary, WORDS)
        case.window.go("overview")
        assert not case.session.open(other)
        assert case.session.path == case.folder / "exempelbygden.finsam"
        assert "disken är full" in case.notice()
        assert case.session.unsaved(MEETING) is not None
    assert case.session.open(other), "its lock was given back"
    assert case.session.open(case.folder / "exempelbygden.finsam")
    assert stored(case, "p08").summary.startswith(WORDS)


def test_the_window_can_be_closed_all_the_same(case: MeetingCase, full_disk: FullDisk) -> None:
    step = case.page.agenda()
    step.show_item("p08")
    with full_disk():
        write(step.editor.summary, WORDS)
        case.window.close()
        assert case.session.is_open
        case.press_notice()
        assert not case.session.is_open
