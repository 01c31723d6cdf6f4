"""Spelling in real fields with the real dictionary: the wave, the menu, the list, the setting, and no waiting."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QScrollArea
from pytestqt.qtbot import QtBot

from finsam_desktop.ui import spelling
from finsam_desktop.ui.main_window import MainWindow
from finsam_desktop.ui.spelling import Speller, current_speller
from finsam_desktop.ui.widgets.text_edits import GrowingTextEdit

WAVE = QTextCharFormat.UnderlineStyle.WaveUnderline


@pytest.fixture
def speller(qapp: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[Speller]:
    monkeypatch.setattr(spelling, "_speller", None)
    monkeypatch.setattr(spelling, "START_MS", 0)
    made = current_speller()
    made.set_on(True)
    yield made
    made.stop()


def shown(qtbot: QtBot, text: str, **how: bool) -> GrowingTextEdit:
    field = GrowingTextEdit(text, **how)
    qtbot.addWidget(field)
    field.resize(500, 200)
    field.show()
    return field


def underlined(field: GrowingTextEdit) -> list[str]:
    found = []
    block = field.document().firstBlock()
    while block.isValid():
        units = block.text().encode("utf-16-le")
        for one in block.layout().formats():
            if one.format.underlineStyle() is WAVE:
                found.append(units[2 * one.start : 2 * (one.start + one.length)].decode("utf-16-le"))
        block = block.next()
    return found


def wait_for(qtbot: QtBot, field: GrowingTextEdit, words: list[str]) -> None:
    qtbot.waitUntil(lambda: underlined(field) == words, timeout=20_000)


def test_unknown_words_get_a_wave_and_the_text_is_untouched(speller: Speller, qtbot: QtBot) -> None:
    text = (
        "Styrelsen har beslutt om 1\u00a0724\u00a0tkr 𝄞 till Försäkringskasan.\nÅtgärder enligt {§:x} å OSL."
    )
    field = shown(qtbot, text)
    reports: list[str] = []
    field.edited.connect(reports.append)
    wait_for(qtbot, field, ["beslutt", "Försäkringskasan"])
    assert field.text() == text
    field.flush()
    assert reports == []
    assert not field.document().isUndoRedoEnabled()


def test_the_word_being_written_is_left_alone_until_it_is_ended(speller: Speller, qtbot: QtBot) -> None:
    field = shown(qtbot, "xbeslutt ")
    wait_for(qtbot, field, ["xbeslutt"])
    field.setFocus()
    field.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClicks(field, "styrelsn")
    qtbot.waitUntil(lambda: speller.verdict("styrelsn") is False, timeout=20_000)
    qtbot.wait(20)
    assert underlined(field) == ["xbeslutt"]
    QTest.keyClicks(field, " ")
    wait_for(qtbot, field, ["xbeslutt", "styrelsn"])


def test_the_menu_puts_the_right_word_in_place(speller: Speller, qtbot: QtBot) -> None:
    field = shown(qtbot, "En ny\u00a0tertialraport kom.")
    wait_for(qtbot, field, ["tertialraport"])
    assert field.open_spelling_menu()
    (menu,) = field.findChildren(QMenu)
    qtbot.waitUntil(lambda: menu.actions()[0].text() == "tertialrapport", timeout=20_000)
    assert [action.text() for action in menu.actions()[-3:-1]] == [
        "Lägg till ”tertialraport” i ordlistan", "Ignorera tills filen stängs",
    ]  # fmt: skip
    with qtbot.waitSignal(field.edited, timeout=5_000) as told:
        menu.actions()[0].trigger()
    assert told.args == ["En ny\u00a0tertialrapport kom."]
    menu.close()
    wait_for(qtbot, field, [])
    assert not field.open_spelling_menu()


def test_ignored_and_own_words_lose_their_wave_and_off_takes_all(speller: Speller, qtbot: QtBot) -> None:
    field = shown(qtbot, "abborrkontot och gäddkontet")
    wait_for(qtbot, field, ["gäddkontet"] if speller.verdict("abborrkontot") else underlined(field))
    qtbot.waitUntil(lambda: "gäddkontet" in underlined(field), timeout=20_000)
    speller.ignore("gäddkontet")
    assert "gäddkontet" not in underlined(field)
    field.set_text("styrelsn")
    wait_for(qtbot, field, ["styrelsn"])
    speller.set_on(False)
    assert underlined(field) == []
    assert speller._process is None


def test_a_field_may_be_without_spelling(speller: Speller, qtbot: QtBot) -> None:
    field = shown(qtbot, "styrelsn", spelling=False)
    assert field.spelling_marks() is None


def test_ten_thousand_words_are_written_without_a_stop(speller: Speller, qtbot: QtBot) -> None:
    """Processor time of the window's thread, which other work on the machine does not stretch."""
    pages = (
        Path("resources/handbook") / name
        for name in ("02-ett-sammantrade.md", "08-aret.md", "10-rapporter.md")
    )
    real = [word for page in pages for word in page.read_text(encoding="utf-8").split()]
    words = [f"{real[n % len(real)]}{'x' * (n % 50 == 0)}" for n in range(10_000)]
    field = GrowingTextEdit("Början på en text med ett feel.")
    area = QScrollArea()
    qtbot.addWidget(area)
    area.setWidgetResizable(True)
    area.setWidget(field)
    area.resize(700, 500)
    area.show()
    wait_for(qtbot, field, ["feel"])
    longest, last = 0.0, time.thread_time()
    for start in range(0, len(words), 50):
        field.textCursor().insertText(
            " ".join(words[start : start + 50]) + ("\n" if start % 100 == 0 else " ")
        )
        field.moveCursor(QTextCursor.MoveOperation.End)
        last = time.thread_time()
        qtbot.wait(1)
        longest = max(longest, time.thread_time() - last)
    while speller._waiting or speller._asked:
        last = time.thread_time()
        qtbot.wait(1)
        longest = max(longest, time.thread_time() - last)
    assert len(underlined(field)) >= 150
    assert longest < 0.1, f"{longest:.3f} s"


def test_without_a_dictionary_the_window_works_and_says_so_once(
    speller: Speller, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    code = "import sys, json; print(json.dumps({'problem': 'Den svenska ordlistan saknas.'}))"
    monkeypatch.setattr(spelling, "child_command", lambda: (spelling.sys.executable, "-c", code))
    said: list[str] = []
    speller.failed.connect(said.append)
    field = shown(qtbot, "styrelsn")
    qtbot.waitUntil(lambda: bool(said), timeout=20_000)
    QTest.keyClicks(field, " mer text")
    field.set_text("annat")
    qtbot.wait(50)
    assert said == ["Den svenska ordlistan saknas."]
    assert not speller.is_on
    assert not field.open_spelling_menu()


def test_a_dictionary_that_ends_by_itself_is_given_up(
    speller: Speller, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        spelling, "child_command", lambda: (spelling.sys.executable, "-c", "raise SystemExit(3)")
    )
    said: list[str] = []
    speller.failed.connect(said.append)
    shown(qtbot, "styrelsn")
    qtbot.waitUntil(lambda: bool(said), timeout=20_000)
    assert "Allt annat fungerar" in said[0]


def test_the_associations_list_is_changed_in_the_file_and_can_be_undone(
    window: MainWindow, qtbot: QtBot
) -> None:
    speller = current_speller()
    qtbot.waitUntil(lambda: window._spelling_desk is not None)
    assert not speller.is_listed("gäddkontet")
    speller.listed.emit("gäddkontet", True)
    assert window.session.association.own_words == ("gäddkontet",)
    assert window.session.undo_label == "Lägg till ”gäddkontet” i ordlistan"
    assert speller.verdict("gäddkontet") is True
    assert speller.verdict("Gäddkontets") is True
    speller.listed.emit("gäddkontet", False)
    assert window.session.association.own_words == ()
    window.session.undo()
    assert speller.is_listed("gäddkontet")
    person = window.session.association.people[0].name.split()[-1]
    assert speller.verdict(person) is True


def test_the_setting_is_kept_and_the_shortcut_tells_where_to_stand(window: MainWindow, qtbot: QtBot) -> None:
    window.go("settings")
    view = window.current_view()
    view.spelling.setCurrentIndex(1)  # type: ignore[union-attr]
    view.spelling.activated.emit(1)  # type: ignore[union-attr]
    assert window.settings.settings.spelling is False
    assert not current_speller().is_on
    window.setFocus(Qt.FocusReason.OtherFocusReason)
    qtbot.waitUntil(lambda: window.actions.run("spell_word"))
    assert window.strip.notice is not None
    assert "understruk" in window.strip.notice.text
