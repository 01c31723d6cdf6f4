"""Ctrl+K and the menus in the real window: what cannot be done here is shown last, with what to do first."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from finsam_desktop.ui import why_not
from finsam_desktop.ui.actions import ACTIONS, LETTERS
from finsam_desktop.ui.command_palette import CommandPalette, HitsModel
from finsam_desktop.ui.finding_things import NOT_NOW, Hit
from finsam_desktop.ui.main_window import MainWindow
from finsam_desktop.ui.views.chair.place import ChairView
from finsam_desktop.ui.views.live.place import LiveView
from finsam_desktop.ui.views.meeting.place import MeetingView

NEXT = "2026-11-26"
Key = Qt.Key


@pytest.fixture
def palette(window: MainWindow) -> Iterator[CommandPalette]:
    """Ctrl+K over Översikt."""
    window.go("overview")
    window.open_palette()
    assert window._palette is not None
    yield window._palette
    window._palette.close_box()


def field(palette: CommandPalette) -> QLineEdit:
    return palette._input


def hits(palette: CommandPalette) -> list[Hit]:
    model = palette._model
    rows = (model.hit(model.index(row, 0)) for row in range(model.rowCount()))
    return [hit for hit in rows if hit is not None]


def test_what_cannot_be_done_here_is_last_and_says_what_to_do_first(palette: CommandPalette) -> None:
    field(palette).setText("att-sats")
    last = hits(palette)[-1]
    assert (last.group, last.title, last.reason) == (NOT_NOW, "Ny att-sats", why_not.OPEN_MEETING)
    model = palette._model
    index = model.index(model.rowCount() - 1, 0)
    assert not index.flags() & (Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole).startswith(f"Ny att-sats, {NOT_NOW}, {last.reason}")
    assert "mötesläge" not in " ".join(hit.title for hit in hits(palette)[:-1]).lower()
    groups = [hit.group for hit in hits(palette)]
    assert groups.index(NOT_NOW) == len(groups) - groups.count(NOT_NOW)


def test_it_is_read_out_and_neither_enter_nor_a_click_takes_it(
    palette: CommandPalette, window: MainWindow
) -> None:
    heard: list[str] = []
    taken: list[object] = []
    palette.announced.connect(heard.append)
    palette.chosen.connect(taken.append)
    field(palette).setText(">mindre text")
    assert [hit.title for hit in hits(palette)] == ["Mindre text i mötesläget"]
    assert heard[-1].startswith(f"Mindre text i mötesläget, {NOT_NOW}, {why_not.GO_LIVE}")
    assert palette._count.text() == "0 träffar"
    heard.clear()
    QTest.keyClick(field(palette), Key.Key_Return)
    row = palette._list.visualRect(palette._model.index(1, 0)).center()
    QTest.mouseClick(palette._list.viewport(), Qt.MouseButton.LeftButton, pos=row)
    assert palette.isVisible()
    assert heard
    assert not taken
    assert window.place == "overview"


def test_the_arrows_reach_it_after_what_can_be_done(palette: CommandPalette) -> None:
    heard: list[str] = []
    palette.announced.connect(heard.append)
    field(palette).setText(">text")
    found = hits(palette)
    assert [bool(hit.reason) for hit in found] == sorted(bool(hit.reason) for hit in found)
    assert {bool(hit.reason) for hit in found} == {True, False}
    for hit in found[1:]:
        QTest.keyClick(field(palette), Key.Key_Down)
        assert palette._model.hit(palette._list.currentIndex()) == hit
        assert heard[-1].startswith(hit.title)
        assert bool(palette._list.selectionModel().selectedIndexes()) is not bool(hit.reason)
    QTest.keyClick(field(palette), Key.Key_Down)
    assert palette._model.hit(palette._list.currentIndex()) == found[0]


def test_nothing_is_greyed_before_something_is_written(palette: CommandPalette) -> None:
    field(palette).setText("")
    assert hits(palette)
    assert not [hit for hit in hits(palette) if hit.reason]


def test_every_action_can_be_found_from_every_place_that_has_its_kind_of_file(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.go("overview")
    window.open_palette()
    palette = window._palette
    assert palette is not None
    for spec in ACTIONS:
        if spec.in_palette and spec.needs != "parcel":
            field(palette).setText(f">{spec.text}")
            found = {hit.action: hit.reason for hit in hits(palette)}
            assert spec.id in found, spec.text
            assert bool(found[spec.id]) is not window.actions.is_available(spec.id)
    palette.close_box()


def test_what_the_reason_says_makes_it_possible(window: MainWindow) -> None:
    for place, target, done_there in (
        ("meeting", f"{NEXT}/dagordning/r05", why_not.OPEN_MEETING),
        ("live", f"{NEXT}/r05", why_not.GO_LIVE),
        ("year_wheel", "", why_not.GO_YEAR_WHEEL),
    ):
        window.go("overview")
        wanted = [
            spec.id
            for spec in ACTIONS
            if spec.needs != "parcel"
            and not window.actions.is_available(spec.id)
            and why_not.why_not(spec, "overview", is_open=True, is_parcel=False) == done_there
        ]
        assert wanted
        window.go(place, target)
        assert [action for action in wanted if not window.actions.is_available(action)] == []


def test_the_reasons_name_what_the_views_do(window: MainWindow) -> None:
    window.go("live", f"{NEXT}/r05")
    live, meeting = window.view("live"), window.view("meeting")
    assert isinstance(live, LiveView)
    assert isinstance(meeting, MeetingView)
    assert why_not.IN_LIVE == set(live.actions_taken()) - set(meeting.actions_taken())
    taken = {key for key in ChairView.actions_taken.__code__.co_consts if isinstance(key, str)}
    taken |= {
        key for keys in ChairView.actions_taken.__code__.co_consts if isinstance(keys, tuple) for key in keys
    }
    assert why_not.BY_RECEIVER - set(LETTERS.values()) <= taken


@pytest.mark.parametrize(
    ("action", "place", "is_open", "is_parcel", "reason"),
    [
        ("make_notice", "welcome", False, False, why_not.OPEN_FILE),
        ("make_notice", "live", True, False, why_not.LEAVE_LIVE),
        ("make_notice", "keys", True, True, why_not.GO_CHAIR),
        ("add_item", "chair", True, True, why_not.AT_HOME),
        ("send_back", "overview", True, False, ""),
        ("export_all", "chair", True, True, ""),
        ("take_others", "overview", True, False, why_not.RECEIVE),
    ],
)
def test_reasons(action: str, place: str, is_open: bool, is_parcel: bool, reason: str) -> None:
    spec = next(spec for spec in ACTIONS if spec.id == action)
    assert why_not.why_not(spec, place, is_open=is_open, is_parcel=is_parcel) == reason


def test_texts_that_were_found_stand_before_the_things_to_do(qtbot: QtBot) -> None:
    greyed = Hit(group=NOT_NOW, icon="x", title="Ny att-sats", reason="Öppna ett sammanträde först")
    can = Hit(group="Gör", icon="x", title="Ny fras")
    model = HitsModel()
    model.set_hits((can, greyed))
    assert model.first() == model.index(1, 0)
    assert model.index(3, 0).data(Qt.ItemDataRole.AccessibleTextRole) == (
        "Ny att-sats, Går inte här, Öppna ett sammanträde först"
    )


# -- menus --------------------------------------------------------------------------------------------


def menu(window: MainWindow, *names: str) -> QMenu:
    """The menu at the end of a way, shown as by a press."""
    inside = window.top_bar.menu_bar.actions()
    for name in names:
        found = next(each for each in inside if each.text().replace("&", "") == name).menu()
        assert isinstance(found, QMenu)
        found.aboutToShow.emit()
        inside = found.actions()
    return found


def test_a_menu_of_a_menu_is_greyed_where_nothing_in_it_can_be_done(window: MainWindow) -> None:
    window.go("overview")
    menu(window, "Mötet")
    assert not menu(window, "Mötet", "Närvaro").menuAction().isEnabled()
    window.go("meeting", f"{NEXT}/narvaro/r05")
    menu(window, "Mötet")
    assert menu(window, "Mötet", "Närvaro").menuAction().isEnabled()
    assert not menu(window, "Mötet", "I mötesläget").menuAction().isEnabled()


def test_shortcuts_work_while_their_menu_is_greyed_and_letters_are_shown(window: MainWindow) -> None:
    window.go("overview")
    shown = {str(each.data()): each.text() for each in menu(window, "Mötet", "Närvaro").actions()}
    assert shown["mark_conflict"] == "Jäv\tJ"
    done: list[str] = []
    window.actions.take({"live_note": lambda: done.append("note")})
    QTest.keyClick(window, Key.Key_N, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert done == ["note"]


def test_the_colours_in_force_are_ticked(window: MainWindow) -> None:
    menu(window, "Visa")
    ticked = [each.text() for each in menu(window, "Visa", "Färger").actions() if each.isChecked()]
    assert ticked == ["Färger som i systemet"]


def test_a_new_clause_can_be_asked_for(window: MainWindow, qtbot: QtBot) -> None:
    window.go("meeting", f"{NEXT}/dagordning/r05")
    assert window.actions.run("add_clause")
    clauses = window.current_view().page.agenda().editor.proposal.clauses  # type: ignore[union-attr]
    assert [bool(each.text()) for each in clauses.fields()] == [True, True, True, False]
    qtbot.waitUntil(clauses.fields()[-1].hasFocus, timeout=5000)
    assert window.actions.run("add_clause")  # the empty one is taken first
    assert len(clauses.fields()) == 4
