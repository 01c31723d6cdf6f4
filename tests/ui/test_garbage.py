"""No thread but the window's takes apart what nobody uses any more: it may be a part of the window."""

from __future__ import annotations

import gc
import threading
import weakref

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from finsam_desktop.ui import garbage
from finsam_desktop.ui.garbage import GarbageHere
from finsam_desktop.ui.jobs import Jobs, Progress
from finsam_desktop.ui.main_window import MainWindow


class _Ring:
    def __init__(self) -> None:
        self.itself = self


def _many_rings(progress: Progress) -> weakref.ref[_Ring]:
    for _ in range(20_000):
        ring = _Ring()
    return weakref.ref(ring)


def test_a_thread_that_makes_garbage_does_not_take_it_apart(qtbot: QtBot) -> None:
    gc.enable()
    owner = QObject()
    jobs = Jobs(owner)
    GarbageHere(owner)
    looked: set[int] = set()
    made: list[weakref.ref[_Ring]] = []

    def note(phase: str, info: dict[str, int]) -> None:
        looked.add(threading.get_ident())

    gc.callbacks.append(note)
    try:
        jobs.run(_many_rings, label="Ringar", on_done=made.append)
        qtbot.waitUntil(lambda: bool(made))
        assert not looked - {threading.get_ident()}
        qtbot.waitUntil(lambda: made[0]() is None, timeout=20_000)
    finally:
        gc.callbacks.remove(note)
    assert looked == {threading.get_ident()}


def test_the_values_of_a_file_that_was_read_are_not_looked_through(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(garbage, "A_FILE", 0)
    owner = QObject()
    here = GarbageHere(owner)
    looked: list[str] = []

    def note(phase: str, info: dict[str, int]) -> None:
        looked.append(phase)

    gc.callbacks.append(note)
    try:
        kept = [_Ring() for _ in range(2000)]
        here._look()
        assert looked == []
        assert gc.get_freeze_count() > len(kept)
    finally:
        gc.callbacks.remove(note)
        gc.unfreeze()


@pytest.mark.parametrize(
    ("counts", "wanted"),
    [
        ((700, 10, 10), []), ((701, 0, 0), [0]), ((701, 11, 0), [1]), ((0, 11, 0), [1]), ((701, 11, 11), [2]),
        ((0, 0, 11), [2]),
    ],
)  # fmt: skip
def test_it_looks_as_far_as_python_would_have(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, counts: tuple[int, int, int], wanted: list[int]
) -> None:
    owner = QObject()
    here = GarbageHere(owner)
    looked: list[int] = []
    monkeypatch.setattr(gc, "get_threshold", lambda: (700, 10, 10))
    monkeypatch.setattr(gc, "get_count", lambda: counts)
    monkeypatch.setattr(gc, "collect", looked.append)
    here._look()
    monkeypatch.undo()
    assert looked == wanted


def test_it_is_so_in_the_window(window: MainWindow) -> None:
    assert window.findChild(GarbageHere) is not None
    assert not gc.isenabled()


def test_nothing_is_looked_for_while_a_window_is_taken_apart(qtbot: QtBot) -> None:
    """Where Python looked as the window's parts went, the program stood still when it was left, seldom."""
    gc.enable()  # the tests of the window have it off
    owner = QObject()
    GarbageHere(owner)
    part = QObject(owner)
    seen: list[bool] = []
    part.destroyed.connect(lambda: seen.append(gc.isenabled()))
    owner.deleteLater()
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [False]
    assert not gc.isenabled()
