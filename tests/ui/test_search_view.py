"""Sök i allt and the texts in Ctrl+K, in the real window: hits with their words marked, places opened, files read."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from finsam_desktop.domain.agenda import find, update
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.ui.command_palette import CommandPalette
from finsam_desktop.ui.finding_things import TEXTS
from finsam_desktop.ui.main_window import MainWindow
from finsam_desktop.ui.views.search.place import SearchView
from finsam_desktop.ui.widgets.rows import RowRole


def opened(window: MainWindow, qtbot: QtBot, words: str) -> SearchView:
    window.go("search")
    view = window.current_view()
    assert isinstance(view, SearchView)
    ask(view, qtbot, words)
    return view


def ask(view: SearchView, qtbot: QtBot, words: str) -> None:
    with qtbot.waitSignal(view._desk.answered, timeout=10_000):
        view.text.setText(words)
        view._ask()


def titles(view: SearchView) -> list[str]:
    return [row.title for row in view._model.rows()]


def october(window: MainWindow) -> Meeting:
    return next(one for one in window.session.meetings if one.date == dt.date(2026, 10, 29))


def draft(window: MainWindow) -> Meeting:
    return next(one for one in window.session.meetings if one.date == dt.date(2026, 11, 26))


def read_bilagor(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FINSAM_WITHOUT", "preview")
    with qtbot.waitSignal(window.search_desk.files_changed, timeout=30_000):
        window.search_desk.make_ready()


def test_hits_are_shown_with_their_words_marked_and_opened_at_their_place(
    window: MainWindow, qtbot: QtBot
) -> None:
    view = opened(window, qtbot, "finansiering")
    QAbstractItemModelTester(view._model)
    row = view._model.rows()[0]
    assert [row.title[start : start + length] for start, length in row.marks] == ["finansiering"]
    assert view.count.text() == f"{len(titles(view))} träffar"
    assert view.detail.isVisible()
    index = view._model.index(0)
    assert "finansiering" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    QTest.keyClick(view.text, Qt.Key.Key_Return)
    assert window.place == "meeting"
    shown = window.current_view()
    assert shown is not None
    assert shown.page.agenda().item_id == "p07"  # type: ignore[attr-defined]


def test_year_and_kind_narrow_and_an_empty_answer_says_so(window: MainWindow, qtbot: QtBot) -> None:
    view = opened(window, qtbot, "finansiering")
    every = titles(view)
    with qtbot.waitSignal(view._desk.answered, timeout=10_000):
        view.kind.setCurrentIndex(view.kind.findText("Förbundet och mallarna"))
        view._ask()
    assert 0 < len(titles(view)) < len(every)
    ask(view, qtbot, "zzzz")
    assert titles(view) == ["Inget hittades. Prova ett annat ord eller en del av ordet."]
    assert not view.detail.isVisible()
    ask(view, qtbot, "")
    assert titles(view)[0].startswith("Skriv ett ord")


def test_words_in_a_bilaga_are_found_when_it_has_been_read_and_its_file_is_offered(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = opened(window, qtbot, "styrgruppen prövat")
    assert "har inte lästs än" in view.files.text()
    assert view._found is not None
    assert view._found.total == 0
    read_bilagor(window, qtbot, monkeypatch)
    ask(view, qtbot, "styrgruppen har prövat")
    assert view._found is not None
    hit = view._found.hits[0]
    assert hit.sha256
    assert hit.places[0].label == "stycke 2"
    assert view.detail.open.isVisible()
    assert view.files.text() == ""
    opened_files: list[str] = []
    monkeypatch.setattr(
        "finsam_desktop.ui.opened_copies.QDesktopServices.openUrl",
        lambda url: opened_files.append(url.toLocalFile()) or True,
    )
    view._followed(view._model.index(0))
    assert Path(opened_files[0]).read_bytes() == window.session.workspace.file(hit.sha256)
    view.detail.go.click()
    assert window.place == "meeting"


def test_a_change_is_found_at_once_and_undone_at_once(window: MainWindow, qtbot: QtBot) -> None:
    view = opened(window, qtbot, "gurkmeja")
    assert view._found is not None
    assert view._found.total == 0
    before = draft(window)
    items = update(before.items, before.items[4].id, lambda item: replace(item, summary="Något om gurkmeja."))
    assert window.session.change("Skriv", before, replace(before, items=items))
    ask(view, qtbot, "GURKMEJ")
    assert titles(view) == ["Något om gurkmeja."]
    window.session.undo()
    ask(view, qtbot, "gurkmeja")
    assert view._found.total == 0


def test_what_is_confidential_is_found_and_marked(window: MainWindow, qtbot: QtBot) -> None:
    before = draft(window)
    items = update(
        before.items,
        before.items[4].id,
        lambda item: replace(item, summary="Om gurkmeja.", confidential=True),
    )
    assert window.session.change("Skriv", before, replace(before, items=items))
    view = opened(window, qtbot, "gurkmeja")
    row = view._model.rows()[0]
    assert row.icon == "lock"
    assert "sekretess" in str(row.meta)


def test_ctrl_k_shows_texts_below_the_things_and_leads_to_all_of_them(
    window: MainWindow, qtbot: QtBot
) -> None:
    item = find(october(window).items, "p07")
    assert item is not None
    window.open_palette()
    palette = window.findChild(CommandPalette)
    assert palette is not None
    with qtbot.waitSignal(window.search_desk.answered, timeout=10_000):
        palette._input.setText("ungdomstorget")
    rows = [row for row in palette._model._rows if not isinstance(row, str) and row.group == TEXTS]
    assert rows
    assert rows[-1].place == "search"
    assert all("ungdomstorget" in row.title.lower() for row in rows[:-1])
    index = palette._model.place_of(rows[0])
    assert index.data(RowRole.MARKS)
    palette._take(palette._model.place_of(rows[-1]))
    view = window.current_view()
    assert isinstance(view, SearchView)
    assert view.text.text() == "ungdomstorget"


def test_the_shortcut_opens_it_and_the_keyboard_is_enough(window: MainWindow, qtbot: QtBot) -> None:
    assert window.actions.run("search")
    view = window.current_view()
    assert isinstance(view, SearchView)
    assert view.text.hasFocus()
    ask(view, qtbot, "samverkan")
    QTest.keyClick(view.text, Qt.Key.Key_Down)
    assert view.list.hasFocus()


def test_a_file_that_is_closed_while_it_is_read_leaves_nothing_behind(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FINSAM_WITHOUT", "preview")
    window.search_desk.make_ready()
    window.session.close()
    qtbot.waitUntil(lambda: not window.search_desk.is_reading, timeout=30_000)
    assert window.place == "welcome"
