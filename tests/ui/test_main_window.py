"""The window with a real file: going about, undo, notices, Ctrl+K, F6, narrow widths, the ways in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout
from pytestqt.qtbot import QtBot

from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.association import Association, Person
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.errors import UserError
from finsam_desktop.settings import SettingsStore
from finsam_desktop.ui.dialog_service import DialogService
from finsam_desktop.ui.finding_things import Hit, find
from finsam_desktop.ui.main_window import MainWindow
from finsam_desktop.ui.session import Session
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.view import Head, Shell, Status, View
from finsam_desktop.ui.views import keys
from finsam_desktop.ui.views.welcome import place as welcome
from finsam_desktop.ui.widgets.buttons import primary_button, secondary_button
from finsam_desktop.ui.widgets.notification import Notice
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.text_edits import TextField
from finsam_desktop.workspace import Workspace

ASSOCIATION = Association(name="Samordningsförbundet Exempelbygden", people=(Person(name="Åsa Nyberg"),))
MEETING = Meeting(
    id="m1",
    date=dt.date(2026, 10, 29),
    items=(AgendaItem(id="i1", title="Sammankallande part för medlemssamråd"),),
)


class PlainView(View):
    """A view with a field that changes the association's name."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.targets: list[str] = []
        self.field = TextField(shell.session.association.name if shell.session.is_open else "")
        self.field.setAccessibleName("Namn")
        self.field.edited.connect(self._rename)
        self.main = primary_button("Skapa utskick")
        self.extra = secondary_button("Förhandsgranska")
        self.pressed = 0
        self.main.clicked.connect(self._press)
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        shell.session.changed.connect(self._refresh)

    def _rename(self, name: str) -> None:
        before = self.shell.session.association
        self.shell.session.change("Nytt namn på förbundet", before, replace(before, name=name))

    def _refresh(self) -> None:
        self.field.set_text(self.shell.session.association.name)

    def _press(self) -> None:
        self.pressed += 1

    def head(self) -> Head:
        return Head(
            title="Sammanträde 29 oktober", back=("Sammanträden", "meetings"), facts=("Torsdag 08.30–12.00",)
        )

    def head_widgets(self) -> tuple[QPushButton, ...]:
        return (self.extra, self.main)

    def status(self) -> Status:
        return Status(
            must_mend=2, consider=4, deadline="Kallelsen ska ut senast torsdag 22 oktober, om 3 dagar"
        )

    def primary(self) -> QPushButton:
        return self.main

    def show_target(self, target: str) -> None:
        self.targets.append(target)

    def flush(self) -> None:
        self.field.flush()


@pytest.fixture
def finsam_file(tmp_path: Path) -> Path:
    path = tmp_path / "exempelbygden.finsam"
    with Workspace.create(path, ASSOCIATION, user="Eva") as workspace:
        workspace.change("Nytt sammanträde", None, MEETING)
    return path


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    settings = SettingsStore(tmp_path / "inställningar.toml")
    session = Session(settings)
    window = MainWindow(session, settings)
    session.setParent(window)
    window.register_view("welcome", welcome.make)
    window.register_view("keys", keys.make)
    for place in ("overview", "meetings", "meeting", "decisions"):
        window.register_view(place, PlainView)
    qtbot.addWidget(window)
    window.resize(1440, 900)
    window.go("welcome")
    window.show()
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    yield window
    window.close()


def plain_view(window: MainWindow) -> PlainView:
    view = window.current_view()
    assert isinstance(view, PlainView)
    return view


# -- opening ------------------------------------------------------------------------------------------


def test_opening_a_file_shows_its_overview_and_remembers_it(window: MainWindow, finsam_file: Path) -> None:
    assert window.place == "welcome"
    window.open_file(finsam_file)
    assert window.place == "overview"
    assert window.windowTitle() == "Samordningsförbundet Exempelbygden – Finsam Desktop"
    assert window.places.isVisible()
    assert window.session.recent_files == (finsam_file.resolve(),)


def test_a_file_that_is_not_ours_is_told_and_nothing_changes(window: MainWindow, tmp_path: Path) -> None:
    wrong = tmp_path / "brev.finsam"
    wrong.write_text("Hej", "utf-8")
    window.open_file(wrong)
    assert window.place == "welcome"
    assert window.strip.notice is not None
    assert window.strip.notice.state is State.MUST_MEND
    assert "brev.finsam" in window.strip.notice.text
    assert wrong.read_text("utf-8") == "Hej"


def test_a_fault_leaves_the_open_file_open(window: MainWindow, finsam_file: Path, tmp_path: Path) -> None:
    window.open_file(finsam_file)
    window.open_file(tmp_path / "finns inte.finsam")
    assert window.session.path == finsam_file.resolve()
    assert window.session.is_open


def test_closing_the_file_goes_back_to_the_ways_in(window: MainWindow, finsam_file: Path) -> None:
    window.open_file(finsam_file)
    window.actions.run("close_file")
    assert window.place == "welcome"
    assert not window.places.isVisible()
    assert not window.actions["go_overview"].isEnabled()
    Workspace.open(finsam_file, user="Någon annan").close()


# -- change, undo and the last words ------------------------------------------------------------------


def test_undo_is_named_in_menu_and_row_and_takes_in_the_last_words_first(
    window: MainWindow, finsam_file: Path
) -> None:
    window.open_file(finsam_file)
    field = plain_view(window).field
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "Norrbygden")
    assert window.session.association.name == ASSOCIATION.name
    window.undo()
    assert window.session.association == ASSOCIATION
    assert window.session.redo_label == "Nytt namn på förbundet"
    assert window.actions["redo"].text() == "Gör om: Nytt namn på förbundet"
    window.redo()
    assert window.session.association.name == "Norrbygden"
    assert window.actions["undo"].text() == "Ångra: Nytt namn på förbundet"
    assert window.top_bar._undo.accessibleName() == "Ångra: Nytt namn på förbundet"


def test_ctrl_z_in_a_field_undoes_in_the_file(window: MainWindow, finsam_file: Path) -> None:
    window.open_file(finsam_file)
    field = plain_view(window).field
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "Norrbygden")
    field.flush()
    QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.session.association == ASSOCIATION
    assert field.text() == ASSOCIATION.name


def test_words_still_in_a_field_are_kept_when_the_window_closes(
    window: MainWindow, finsam_file: Path
) -> None:
    window.open_file(finsam_file)
    field = plain_view(window).field
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "Sista ordet")
    window.close()
    with Workspace.open(finsam_file, user="Eva") as workspace:
        assert workspace.association.name == "Sista ordet"


def test_words_still_in_a_field_are_kept_when_going_elsewhere(window: MainWindow, finsam_file: Path) -> None:
    window.open_file(finsam_file)
    field = plain_view(window).field
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "Sista ordet")
    window.go("meetings")
    assert window.session.association.name == "Sista ordet"


def test_a_change_that_was_made_from_an_old_value_is_refused_and_told(
    window: MainWindow, finsam_file: Path
) -> None:
    window.open_file(finsam_file)
    old = window.session.association
    assert window.session.change("Ett", old, replace(old, name="Ett"))
    assert not window.session.change("Två", old, replace(old, name="Två"))
    assert window.session.association.name == "Ett"
    assert window.strip.notice is not None
    assert window.strip.notice.state is State.MUST_MEND


def test_a_change_can_be_told_with_undo(window: MainWindow, finsam_file: Path) -> None:
    window.open_file(finsam_file)
    window.session.change("Sammanträdet togs bort", MEETING, None, tell=True)
    assert window.session.meetings == ()
    assert window.strip.notice is not None
    assert window.strip.notice.action == "Ångra"
    button = next(each for each in window.strip.findChildren(QPushButton) if each.text() == "Ångra")
    button.click()
    assert window.session.meetings == (MEETING,)


# -- going about --------------------------------------------------------------------------------------


def test_views_are_made_when_first_shown_and_told_their_target(window: MainWindow, finsam_file: Path) -> None:
    window.open_file(finsam_file)
    assert set(window._views) == {"overview"}
    window.go("meeting", "m1/dagordning/i1")
    assert plain_view(window).targets == ["m1/dagordning/i1"]
    assert window.places.current() == "meetings"
    window.go("overview")
    window.go("meeting")
    assert plain_view(window).targets == ["m1/dagordning/i1", ""]


@pytest.mark.allows_log("no place called")
def test_an_unknown_place_is_not_gone_to(window: MainWindow, finsam_file: Path) -> None:
    window.open_file(finsam_file)
    window.go("finns_inte")
    assert window.place == "overview"


def test_without_a_file_one_only_gets_to_the_ways_in_and_help(window: MainWindow) -> None:
    window.go("meetings")
    assert window.place == "welcome"
    window.actions.run("keys")
    assert window.place == "keys"


def test_ctrl_digits_go_to_the_places(window: MainWindow, finsam_file: Path) -> None:
    window.open_file(finsam_file)
    QTest.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert window.place == "decisions"


def test_f6_goes_round_places_and_panes(window: MainWindow, finsam_file: Path) -> None:
    window.open_file(finsam_file)
    view = plain_view(window)
    view.field.setFocus()
    window.step_pane(1)
    assert window.places.isAncestorOf(QApplication.focusWidget())
    window.step_pane(1)
    assert QApplication.focusWidget() is view.field
    window.step_pane(-1)
    assert window.places.isAncestorOf(QApplication.focusWidget())


def test_ctrl_enter_presses_the_views_button(window: MainWindow, finsam_file: Path) -> None:
    window.open_file(finsam_file)
    QTest.keyClick(plain_view(window).field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert plain_view(window).pressed == 1


def test_status_says_saved_findings_and_deadline(window: MainWindow, finsam_file: Path) -> None:
    window.open_file(finsam_file)
    said = {label.text() for label in window.status.findChildren(QLabel) if label.isVisible()}
    assert "2 att åtgärda, 4 att överväga" in said
    assert "Kallelsen ska ut senast torsdag 22 oktober, om 3 dagar" in said
    assert any(text.startswith("Sparat ") for text in said)


# -- narrow widths ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("width", "narrow"), [(1440, False), (1359, True), (800, True)])
def test_places_shrink_to_icons(window: MainWindow, finsam_file: Path, width: int, narrow: bool) -> None:
    window.open_file(finsam_file)
    window.resize(width, 700)
    assert window.places.is_narrow() is narrow


def test_facts_go_first_then_buttons_and_the_filled_one_stays(window: MainWindow, finsam_file: Path) -> None:
    window.open_file(finsam_file)
    view, bar = plain_view(window), window.head_bar
    assert bar._facts.isVisible()
    assert view.extra.isVisible()
    px = current_theme().px
    window.resize(px(760), 600)
    assert not bar._facts.isVisible()
    window.resize(px(720), 600)
    bar.setFixedWidth(px(430))
    QApplication.sendPostedEvents()
    assert not view.extra.isVisible()
    assert view.main.isVisible()
    assert bar._more.isVisible()


# -- Ctrl+K -------------------------------------------------------------------------------------------


def test_ctrl_k_finds_goes_and_gives_the_focus_back(window: MainWindow, finsam_file: Path) -> None:
    window.open_file(finsam_file)
    field = plain_view(window).field
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    search = QApplication.focusWidget()
    assert isinstance(search, QLineEdit)
    QTest.keyClick(search, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is field
    window.open_palette()
    QTest.keyClicks(search, "samman")
    QTest.keyClicks(search, "kallande")
    QTest.keyClick(search, Qt.Key.Key_Return)
    assert window.place == "meeting"
    assert plain_view(window).targets == ["m1/dagordning/i1"]


def test_ctrl_k_does_what_can_be_done(window: MainWindow, finsam_file: Path) -> None:
    window.open_file(finsam_file)
    window.open_palette()
    search = QApplication.focusWidget()
    QTest.keyClicks(search, ">tangenter")
    QTest.keyClick(search, Qt.Key.Key_Return)
    assert window.place == "keys"


def test_a_click_beside_the_box_closes_it(window: MainWindow, finsam_file: Path) -> None:
    window.open_file(finsam_file)
    window.open_palette()
    palette = window._palette
    assert palette is not None
    assert palette.isVisible()
    QTest.mouseClick(palette, Qt.MouseButton.LeftButton, pos=palette.rect().bottomRight())
    assert palette.isHidden()


def test_what_is_found_has_marks_where_it_matched() -> None:
    hits = find("MEDLEM åsa", ASSOCIATION, (MEETING,), ())
    assert hits == ()
    hits = find("medlem", ASSOCIATION, (MEETING,), (Hit(group="Gör", icon="x", title="Nytt medlemssamråd"),))
    assert [hit.group for hit in hits] == ["Ärenden", "Gör"]
    for hit in hits:
        ((start, length),) = hit.marks
        assert hit.title[start : start + length].lower() == "medlem"
    assert [hit.title for hit in find("asa", ASSOCIATION, (), ())] == []
    assert [hit.title for hit in find("åsa", ASSOCIATION, (), ())] == ["Åsa Nyberg"]
    assert {
        hit.group
        for hit in find("> nytt", ASSOCIATION, (MEETING,), (Hit(group="Gör", icon="x", title="Nytt"),))
    } == {"Gör"}


# -- notices ------------------------------------------------------------------------------------------


def test_an_error_with_details_shows_them_on_request(window: MainWindow) -> None:
    shown: list[UserError] = []
    window.dialogs.show_error = shown.append  # type: ignore[method-assign,assignment]
    error = UserError("Filen är öppen i Word.", advice="Stäng den och försök igen.", detail="EACCES")
    window.show_error(error)
    assert window.strip.notice is not None
    assert window.strip.notice.text == "Filen är öppen i Word. Stäng den och försök igen."
    window.strip._act()
    assert shown == [error]


def test_the_error_dialog_copies_its_details_and_is_freed(window: MainWindow, qtbot: QtBot) -> None:
    dialog = DialogService.show_error(window.dialogs, UserError("Det gick inte.", detail="Rad 7"))
    copy = next(button for button in dialog.findChildren(QPushButton) if button.text() == "Kopiera")
    copy.click()
    assert "Rad 7" in QApplication.clipboard().text()
    assert dialog.isVisible()
    with qtbot.waitSignal(dialog.destroyed, timeout=2000):
        dialog.close()


def test_escape_closes_a_notice(window: MainWindow) -> None:
    window.notify(Notice(text="Klart"))
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert window.strip.isHidden()


@pytest.mark.allows_log("a job ended")
def test_a_fault_of_the_program_in_a_job_is_told_in_plain_words(window: MainWindow, qtbot: QtBot) -> None:
    def work(_progress: object) -> None:
        raise ZeroDivisionError("division by zero")

    window.jobs.run(work, label="Räkna")
    qtbot.waitUntil(lambda: window.strip.notice is not None)
    assert window.strip.notice is not None
    assert "division" not in window.strip.notice.text
    assert window.strip.notice.detail == "division by zero"


# -- the ways in --------------------------------------------------------------------------------------


def test_recent_files_are_offered_and_opened(window: MainWindow, finsam_file: Path) -> None:
    window.open_file(finsam_file)
    window.actions.run("close_file")
    view = window.current_view()
    assert view is not None
    rows = view.findChildren(welcome._RecentFile)
    assert [row.accessibleName().split(",")[0] for row in rows] == ["exempelbygden.finsam"]
    QTest.keyClick(rows[0], Qt.Key.Key_Return)
    assert window.place == "overview"


def test_the_example_is_made_in_the_background_and_opened(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setenv("FINSAM_CONFIG_DIR", str(tmp_path))
    window.actions.run("open_example")
    assert len(window.jobs.running()) == 1
    qtbot.waitUntil(lambda: window.place == "overview", timeout=60_000)
    path = window.session.path
    assert path is not None
    assert path.is_relative_to(tmp_path)
    assert len(window.session.meetings) >= 2
