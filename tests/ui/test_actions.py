"""Actions: declared once, no shortcut twice, greyed when nobody does them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QMenuBar
from pytestqt.qtbot import QtBot

from finsam_desktop.ui import icons
from finsam_desktop.ui.actions import (
    ACTIONS,
    LETTER_NAMES,
    LETTERS,
    LOCAL_KEYS,
    MENUS,
    Actions,
    shortcut_text,
)
from finsam_desktop.ui.place_names import PLACES


@pytest.fixture
def actions(qtbot: QtBot) -> Iterator[Actions]:
    window = QMainWindow()
    qtbot.addWidget(window)
    yield Actions(window)
    window.close()  # and lives until here: the actions are its children


def test_ids_and_shortcuts_are_unique() -> None:
    assert not [key for key, count in Counter(spec.id for spec in ACTIONS).items() if count > 1]
    keys = Counter(QKeySequence(spec.shortcut).toString() for spec in ACTIONS if spec.shortcut)
    assert "" not in keys
    assert not [key for key, count in keys.items() if count > 1]


def test_no_two_actions_are_called_the_same() -> None:
    assert not [text for text, count in Counter(spec.text for spec in ACTIONS).items() if count > 1]


def test_menus_call_the_key_enter(actions: Actions) -> None:
    keys = [key.toString() for key in actions["primary"].shortcuts()]
    assert keys == ["Ctrl+Enter", "Ctrl+Return"]


def test_no_shortcut_is_a_menus_letter_or_a_local_key() -> None:
    taken = {QKeySequence(spec.shortcut).toString() for spec in ACTIONS if spec.shortcut}
    letters = {"Alt+A", "Alt+R", "Alt+V", "Alt+I", "Alt+S", "Alt+M", "Alt+K", "Alt+H"}
    local = {"Alt+Up", "Alt+Down", "Alt+Left", "Alt+Right", "Ins", "Del", "Return", "F2", "Esc", "Space"}
    assert not taken & (letters | local)
    # Keys that text fields need.
    assert not taken & {
        f"Ctrl+{key}" for key in ("C", "X", "V", "A", "Left", "Right", "Home", "End", "Backspace")
    }


def test_menus_hold_what_the_kind_of_file_has(actions: Actions) -> None:
    actions.set_file_open(True)
    assert actions["make_parcel"].isVisible()
    assert not actions["send_back"].isVisible()
    actions.set_file_open(True, own=False)
    assert not actions["make_parcel"].isVisible()
    assert actions["send_back"].isVisible()


def test_menu_letters_are_unique(actions: Actions) -> None:
    bar = QMenuBar()
    actions.fill(bar)
    titles = [action.text() for action in bar.actions()]
    assert [title.replace("&", "") for title in titles] == list(MENUS)
    letters = [title[title.index("&") + 1].lower() for title in titles]
    assert len(set(letters)) == len(MENUS)


def rows_of(menu: QMenu) -> list[QAction]:
    """The rows of a menu, and those of the menus in it."""
    inside = [row for row in menu.actions() if isinstance(row.menu(), QMenu)]
    return [*menu.actions(), *(row for each in inside for row in rows_of(each.menu()))]


def test_every_action_is_in_one_menu(actions: Actions) -> None:
    bar = QMenuBar()
    actions.fill(bar)
    shown = [str(row.data()) for menu in bar.actions() for row in rows_of(menu.menu()) if row.data()]
    assert sorted(shown) == sorted(spec.id for spec in ACTIONS)


def test_no_menu_is_longer_than_a_low_window(actions: Actions) -> None:
    bar = QMenuBar()
    actions.fill(bar)
    actions.set_file_open(True)
    menus = [menu.menu() for menu in bar.actions()]
    menus += [row.menu() for menu in menus for row in menu.actions() if isinstance(row.menu(), QMenu)]
    for menu in (each for each in menus if each.actions()):
        assert sum(row.isVisible() for row in menu.actions() if not row.isSeparator()) <= 18, menu.title()
        assert not menu.actions()[0].isSeparator()
        assert not menu.actions()[-1].isSeparator()


def test_every_place_has_its_number() -> None:
    keys = {spec.id: spec.shortcut for spec in ACTIONS}
    assert [keys[f"go_{place.id}"] for place in PLACES] == [f"Ctrl+{n}" for n in range(1, 8)]
    assert [keys[f"step_{n}"] for n in range(1, 7)] == [f"Alt+{n}" for n in range(1, 7)]


def test_every_icon_exists() -> None:
    for spec in ACTIONS:
        if spec.icon:
            assert icons.svg(spec.icon).count("<svg") == 1
    with pytest.raises(FileNotFoundError):
        icons.svg("finns-inte")


def test_texts_have_no_exclamation_marks_or_dots() -> None:
    for spec in ACTIONS:
        assert spec.text[0].isupper()
        assert not spec.text.endswith((".", "…", "!"))


def test_nobody_does_it_so_it_is_greyed(actions: Actions) -> None:
    assert not actions["quit"].isEnabled()
    assert not actions.run("quit")
    done: list[str] = []
    actions.handle("quit", lambda: done.append("quit"))
    assert actions["quit"].isEnabled()
    actions["quit"].trigger()
    assert done == ["quit"]


def test_what_needs_a_file_waits_for_one(actions: Actions) -> None:
    actions.handle("go_overview", lambda: None)
    assert not actions.is_available("go_overview")
    actions.set_file_open(True)
    assert actions.is_available("go_overview")


def test_the_view_goes_before_the_window_and_gives_back(actions: Actions) -> None:
    done: list[str] = []
    actions.handle("undo", lambda: done.append("window"))
    actions.set_file_open(True)
    actions.take({"undo": lambda: done.append("view")})
    actions.run("undo")
    actions.take({})
    actions.run("undo")
    assert done == ["view", "window"]


def test_an_action_that_is_not_declared_cannot_be_taken(actions: Actions) -> None:
    with pytest.raises(KeyError):
        actions.handle("finns_inte", lambda: None)
    with pytest.raises(KeyError):
        actions.take({"finns_inte": lambda: None})


def test_keys_are_named_as_on_a_swedish_keyboard() -> None:
    assert shortcut_text("Ctrl+Shift+Z") == "Ctrl+Skift+Z"
    assert shortcut_text("Ctrl+Return") == "Ctrl+Enter"
    assert all(len(row) == 3 and all(row) for row in LOCAL_KEYS)


def test_the_letters_of_the_grid_are_unique_and_shown_where_keys_are_shown(actions: Actions) -> None:
    letters = [spec.letter for spec in ACTIONS if spec.letter]
    assert len(letters) == len(set(letters)) == len(LETTERS)
    assert all(len(letter) == 1 and letter == letter.upper() for letter in letters)
    assert not [letter for letter in letters if letter.isdigit()], "digits go to a paragraph"
    shown = {key for place, key, _ in LOCAL_KEYS if place == "Närvaro och beslut"}
    assert {LETTER_NAMES.get(letter, letter) for letter in letters} <= shown
    assert actions["mark_conflict"].text() == "Jäv\tJ"
