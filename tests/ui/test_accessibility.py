"""A sweep over every view: each control has a name, the focus can be seen and never gets stuck, nothing is cut off."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QLabel,
    QWidget,
)

from finsam_desktop import app, demo
from finsam_desktop.settings import SettingsStore
from finsam_desktop.ui.main_window import MainWindow
from finsam_desktop.ui.place_names import FOOT_PLACES, PLACES
from finsam_desktop.ui.theme import Appearance, Theme, current_theme
from tests.ui.sweeps import controls, nameless, out_of_reach
from tests.ui.waiting import wait_for_later_turns

NOW = dt.datetime(2026, 10, 19, 10, 42)
MEETING = "2026-10-29"
PAGES = (
    *((place.id, "") for place in (*PLACES, *FOOT_PLACES)),
    ("keys", ""),
    ("history", ""),
    ("replace", MEETING),
    ("backups", ""),
    ("salvage", ""),
    ("search", ""),
    ("crash_report", ""),
    ("first_steps", ""),
    ("figures", "rapporter/kontoplan"),
    *(
        ("meeting", f"{MEETING}/{step}")
        for step in ("dagordning", "handlingar", "kallelse", "narvaro", "protokoll", "efter")
    ),
)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exempel")
    return next(path for path in demo.create(folder) if path.suffix == ".finsam")


@pytest.fixture
def window(qapp: QApplication, example: Path, tmp_path: Path) -> Iterator[MainWindow]:
    copy = tmp_path / example.name
    copy.write_bytes(example.read_bytes())
    application = app.build(
        qapp, SettingsStore(tmp_path / "i.toml"), clock=lambda: NOW, remember_geometry=False
    )
    application.window.resize(1440, 900)
    application.show(copy)
    application.window.activateWindow()
    assert QTest.qWaitForWindowActive(application.window)
    yield application.window
    application.window.close()
    qapp.removeTranslator(application.translator)
    application.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


class _Strays(QObject):
    """Notes every widget that is shown as a window of its own."""

    def __init__(self, window: QWidget) -> None:
        super().__init__()
        self._window = window
        self.found: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            if watched is not self._window:
                self.found.append(f"{type(watched).__name__} {watched.accessibleName()}".strip())
        return False


@pytest.mark.parametrize(
    ("place", "target"), PAGES, ids=[f"{p}-{t.rpartition('/')[2]}".strip("-") for p, t in PAGES]
)
def test_every_control_has_a_name_and_no_button_is_out_of_reach(
    window: MainWindow, place: str, target: str
) -> None:
    strays = _Strays(window)
    QApplication.instance().installEventFilter(strays)
    try:
        window.go(place, target)
        wait_for_later_turns(window)
    finally:
        QApplication.instance().removeEventFilter(strays)
    # `setVisible(True)` on a widget without a parent opens it for a moment, and the window loses the keyboard.
    assert strays.found == []
    assert window.isActiveWindow()
    assert QApplication.focusWidget() is not None
    assert window.place == place
    assert len(controls(window)) >= 4
    assert not nameless(window)
    assert not out_of_reach(window)


@pytest.mark.parametrize(
    ("place", "target"), [("welcome", ""), ("meetings", ""), ("meeting", f"{MEETING}/dagordning")]
)
def test_tab_goes_all_the_way_round(window: MainWindow, place: str, target: str) -> None:
    if place == "welcome":
        window.session.close()
    window.go(place, target)
    wait_for_later_turns(window)
    start = QApplication.focusWidget()
    seen: list[QWidget | None] = []
    for _ in range(200):
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        if focus in seen:
            break
        seen.append(focus)
    assert len(seen) > 3
    assert focus in (start, seen[0]), f"the focus is stuck at {focus}"


def test_going_from_one_meeting_to_another_takes_the_focus_along(window: MainWindow) -> None:
    window.go("meeting", f"{MEETING}/dagordning")
    QTest.qWait(60)
    view = window.current_view()
    view.page.agenda().tree.setFocus()
    for target in ("2026-11-26/dagordning", f"{MEETING}/protokoll"):
        window.go("meeting", target)
        QTest.qWait(60)
        assert view.isAncestorOf(QApplication.focusWidget()), QApplication.focusWidget()


@pytest.mark.parametrize("appearance", Appearance)
def test_the_focus_can_be_seen(window: MainWindow, appearance: Appearance) -> None:
    """Each control looks different with the focus than without it."""
    theme: Theme = current_theme()
    window.session.close()
    theme.show_appearance(appearance)
    try:
        QTest.qWait(20)
        other = window.top_bar._find
        kinds: dict[type, QWidget] = {}
        for widget in window.findChildren(QWidget):
            if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                kinds.setdefault(type(widget), widget)
        blind = []
        for kind, widget in kinds.items():
            if widget.focusProxy() is not None or widget is other:
                continue
            other.setFocus(Qt.FocusReason.TabFocusReason)
            before = _picture(widget)
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            if _picture(widget) == before:
                blind.append(kind.__name__)
        assert len(kinds) >= 6
        assert not blind
    finally:
        theme.show_appearance(Appearance.LIGHT)


def _picture(widget: QWidget) -> QImage:
    return (
        widget.window()
        .grab(widget.rect().translated(widget.mapTo(widget.window(), widget.rect().topLeft())))
        .toImage()
    )


@pytest.mark.parametrize("points", [9.75, 14.6, 19.5], ids=["100", "150", "200"])
def test_no_label_is_cut_off_in_the_ways_in_and_settings(window: MainWindow, points: float) -> None:
    """Text at 100, 150 and 200 %: every label has the room it asks for."""
    theme = current_theme()
    theme.set_text_size(points)
    try:
        for place in ("settings", "welcome"):
            if place == "welcome":
                window.session.close()
            window._forget_views()
            window.go(place)
            QTest.qWait(60)
            view = window.current_view()
            assert view is not None
            cut = [
                label.text()
                for label in view.findChildren(QLabel)
                if label.isVisible()
                and label.text()
                and (
                    label.height() + 1 < label.heightForWidth(label.width())
                    if label.wordWrap()
                    else label.width() + 1 < label.fontMetrics().horizontalAdvance(label.text())
                )
            ]
            assert not cut, place
    finally:
        theme.set_text_size(9.75)


def test_lists_say_whole_rows(window: MainWindow) -> None:
    window.go("meetings")
    QTest.qWait(30)
    lists = [
        each
        for each in window.findChildren(QAbstractItemView)
        if each.isVisible() and each.model().rowCount()
    ]
    assert lists
    for view in lists:
        model = view.model()
        for row in range(model.rowCount()):
            assert model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)
