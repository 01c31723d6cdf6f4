"""The sweep over what a mötespaket, an edited Word file and a damaged file show: names, reach, room and contrast."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from finsam_desktop import app
from finsam_desktop.documents import Document
from finsam_desktop.documents.export import export
from finsam_desktop.settings import SettingsStore
from finsam_desktop.ui.main_window import MainWindow
from finsam_desktop.ui.theme import Appearance
from finsam_desktop.workspace import Workspace
from tests.shots import parcel
from tests.ui.sweeps import (
    controls,
    cut_off,
    faint,
    looking,
    nameless,
    out_of_reach,
    settle,
    told,
)
from tests.unit.read_back.word_edits import Edited

LONG = pytest.mark.long
MEETING = parcel.MEETING


@dataclass(frozen=True)
class Files:
    """What is opened: the mötespaket of `parcel`, a protokoll edited in Word, a file that is damaged."""

    parcel: parcel.Prepared
    edited: Path
    damaged: Path


@pytest.fixture(scope="module")
def files(example_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Files:
    folder = tmp_path_factory.mktemp("svar")
    example = example_folder / "exempelbygden.finsam"
    made = parcel.prepare(example, folder / "paket")
    edited = folder / "Protokoll.docx"
    with Workspace.open(made.own, user="Ola") as workspace:
        export(workspace, MEETING, Document.PROTOKOLL, edited, today=dt.date(2026, 11, 2))
    word = Edited(edited.read_bytes())
    word.replace("Incheckning genomförs", "Incheckning sker")
    word.tracked_replace("Utcheckning genomförs", "Utcheckning sker")
    word.replace("Beslutsunderlag", "Underlag")
    word.comment(word.find("Incheckning sker"), "Var det så?")
    edited.write_bytes(word.docx)
    damaged = folder / "skadad.finsam"
    content = bytearray(example.read_bytes())
    content[40_960:49_152] = bytes(8_192)
    damaged.write_bytes(content)
    return Files(made, edited, damaged)


@pytest.fixture
def window(qapp: QApplication, tmp_path: Path, no_pages: None) -> Iterator[MainWindow]:
    built = app.build(
        qapp,
        SettingsStore(tmp_path / "i.toml"),
        clock=lambda: dt.datetime(2026, 11, 4, 9, 0),
        remember_geometry=False,
    )
    built.window.resize(1440, 900)
    built.show()
    built.window.activateWindow()
    yield built.window
    built.window.close()
    qapp.removeTranslator(built.translator)
    built.window.deleteLater()


def _own(window: MainWindow, files: Files, place: str, target: str) -> None:
    window.open_file(files.parcel.own)
    settle(window)
    window.go(place, target)


def _answer(window: MainWindow, files: Files, kind: str) -> None:
    _own(window, files, "parcel_back", str(files.parcel.answer))
    settle(window)
    view = window.current_view()
    row = next(at for at, one in enumerate(view.model.rows()) if one.key.startswith(kind))
    view.list.setCurrentIndex(view.model.index(row))


def _edited(window: MainWindow, files: Files, kind: str) -> None:
    _own(window, files, "read_back", f"{MEETING}|{files.edited}")
    settle(window)
    view = window.current_view()
    row = next(at for at, one in enumerate(view.model.rows()) if one.key.startswith(kind))
    view.list.setCurrentIndex(view.model.index(row))


def _replacing(window: MainWindow, files: Files, _: str) -> None:
    _own(window, files, "replace", MEETING)
    window.current_view().words.setText("budget")
    window.current_view()._search()


def _received(window: MainWindow, files: Files, what: str) -> None:
    """The receiver's window, at the meeting, an item, presence and decisions, or what is sent back."""
    window.open_file(files.parcel.sent)
    settle(window)
    window.go("chair", "p07" if what in ("item", "low") else "")
    view = window.current_view()
    if what == "low":
        settle(window)
        view.page.item.verticalScrollBar().setValue(view.page.item.verticalScrollBar().maximum())
    elif what == "record":
        view.rooms.show_record()
    elif what in ("approve_minutes", "send_back"):
        window.actions.run(what)


STATES: dict[str, Callable[[MainWindow, Files], object]] = {
    "skapa": lambda w, f: _own(w, f, "parcel_make", MEETING),
    "lösenord": lambda w, f: _own(w, f, "parcel_open", str(f.parcel.locked)),
    "skadat": lambda w, f: _own(w, f, "parcel_open", str(f.parcel.damaged)),
    "krock": lambda w, f: _answer(w, f, ""),
    "kommentar": lambda w, f: _answer(w, f, "comment:"),
    "justering": lambda w, f: _answer(w, f, "approval:"),
    "ur Word": lambda w, f: _edited(w, f, "change"),
    "sök och ersätt": lambda w, f: _replacing(w, f, ""),
    "rädda": lambda w, f: _own(w, f, "salvage", str(f.damaged)),
    "hela mötet": lambda w, f: _received(w, f, ""),
    "ärendet": lambda w, f: _received(w, f, "item"),
    "ärendets slut": lambda w, f: _received(w, f, "low"),
    "närvaro": lambda w, f: _received(w, f, "record"),
    "justera": lambda w, f: _received(w, f, "approve_minutes"),
    "skicka tillbaka": lambda w, f: _received(w, f, "send_back"),
}


def _sweep(window: MainWindow, files: Files, look: Callable[[MainWindow], list[str]]) -> dict[str, list[str]]:
    found = {}
    for name, show in STATES.items():
        show(window, files)
        settle(window)
        faults = look(window)
        if faults:
            found[name] = faults
    return found


def _look(window: MainWindow) -> list[str]:
    assert len(controls(window)) >= 4
    assert QApplication.focusWidget() is not None
    return nameless(window) + out_of_reach(window) + cut_off(window)


@pytest.mark.parametrize(
    ("percent", "size"),
    [
        pytest.param(100, (1280, 800), marks=LONG),
        (150, (1440, 900)),
        pytest.param(200, (1920, 1080), marks=LONG),
    ],
)
def test_every_control_has_a_name_and_is_in_reach_and_no_text_is_cut_off(
    window: MainWindow, files: Files, percent: int, size: tuple[int, int]
) -> None:
    with looking(window, percent):
        window.resize(*size)
        found = _sweep(window, files, _look)
    assert not found, told(found)


@pytest.mark.long
@pytest.mark.parametrize("appearance", Appearance)
def test_every_text_stands_out(window: MainWindow, files: Files, appearance: Appearance) -> None:
    with looking(window, 200, appearance):
        window.resize(1920, 1080)
        found = _sweep(window, files, faint)
    assert not found, told(found)
