"""A template is tried with any meeting, and checked each time it is saved while somebody works on it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from docx import Document as WordDocument
from pytestqt.qtbot import QtBot

from finsam_desktop.documents import Document
from finsam_desktop.ui.main_window import MainWindow
from finsam_desktop.ui.views.templates.place import TemplatesView
from tests.template_files import changed, saved
from tests.ui.opened_files import Opened


@pytest.fixture
def view(window: MainWindow) -> TemplatesView:
    window.go("templates", "word/kallelse")
    shown = window.current_view()
    assert isinstance(shown, TemplatesView)
    return shown


@pytest.mark.parametrize(("document", "word"), [("kallelse", "Kallelse"), ("protokoll", "Protokoll")])
def test_a_template_is_tried_with_the_meeting_that_is_chosen(
    window: MainWindow, qtbot: QtBot, opened: Opened, view: TemplatesView, document: str, word: str
) -> None:
    view.show_target(f"word/{document}")
    trial = view.word.trial
    trial.meetings.set_value("2026-10-29")
    before = window.session.history()
    trial.button.click()
    qtbot.waitUntil(lambda: bool(opened.files), timeout=15_000)
    (made,) = opened.files
    assert made.name == f"Prov 2026-10-29 {word}.docx"
    texts = [p.text for p in WordDocument(str(made)).paragraphs]
    assert word in texts
    assert window.session.history() == before


def test_only_meetings_with_a_report_are_offered_for_the_report(view: TemplatesView) -> None:
    view.show_target("word/tertialrapport")
    trial = view.word.trial
    assert [trial.meetings.itemText(i) for i in range(trial.meetings.count())] == [
        "torsdag 29\u00a0oktober 2026"
    ]


def test_a_copy_is_checked_when_it_is_saved_and_not_taken_into_use(
    window: MainWindow, qtbot: QtBot, opened: Opened, view: TemplatesView, tmp_path: Path
) -> None:
    copy = tmp_path / "Egen kallelse.docx"
    view.word.save_copy(Document.KALLELSE, copy)
    faulty = saved(
        tmp_path, "ny.docx", changed(Document.KALLELSE, "{{ meeting.place }}", "{{ meeting.plats }}")
    )
    # Word writes a new file and puts it in the old one's place.
    os.replace(faulty, copy)
    qtbot.waitUntil(lambda: Document.KALLELSE in view.word._results, timeout=30_000)
    result = view.word._results[Document.KALLELSE]
    assert result.name == "Egen kallelse.docx"
    assert any("plats" in problem.message for problem in result.problems)
    assert window.session.association.word_template("kallelse") is None


def test_every_save_is_followed_not_only_the_first(
    qtbot: QtBot, opened: Opened, view: TemplatesView, tmp_path: Path
) -> None:
    copy = tmp_path / "Egen.docx"
    view.word.save_copy(Document.KALLELSE, copy)
    for turn in range(2):
        new = tmp_path / f"ny{turn}.docx"
        new.write_bytes(copy.read_bytes())
        with qtbot.waitSignal(view.word.watch.saved, timeout=10_000):
            os.replace(new, copy)
    qtbot.waitUntil(lambda: not view.shell.jobs.running(), timeout=60_000)
