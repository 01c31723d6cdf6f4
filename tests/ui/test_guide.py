"""From nothing to the first kallelse in the real window, by the keyboard alone, with fields and actions counted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from finsam_desktop import app, guide, guide_draft
from finsam_desktop.settings import SettingsStore, data_folder
from finsam_desktop.ui.main_window import MainWindow
from finsam_desktop.ui.views.first_steps import FirstStepsView
from finsam_desktop.ui.views.welcome.place import WelcomeView
from finsam_desktop.ui.widgets.buttons import IconButton
from finsam_desktop.ui.widgets.rows import RowRole
from finsam_desktop.ui.widgets.states import State
from tests.system.heartbeat import Heartbeat
from tests.ui.example_window import TODAY
from tests.ui.opened_files import Opened

Key = Qt.Key
WRITTEN = {
    "name": "Samordningsförbundet Norrbygden",
    "members": "Region Norr\nNorrstads kommun",
    "chair": "Åsa Nyberg",
    "board": "Bo Ek\nEva Lind",
    "day": "11 februari",
    "time": "9-12",
    "place": "Kommunhuset, sal 3",
    "file": "Norrbygden",
}


def make(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    documents = tmp_path / "Dokument"
    documents.mkdir(exist_ok=True)
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _place: str(documents))
    monkeypatch.setenv("FINSAM_CONFIG_DIR", str(tmp_path / "settings"))
    built = app.build(qapp, SettingsStore(tmp_path / "i.toml"), remember_geometry=False)
    built.session._clock = lambda: TODAY
    built.window.resize(1440, 900)
    built.show()
    built.window.activateWindow()
    QTest.qWaitForWindowActive(built.window)
    return built.window


@pytest.fixture
def window(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opened: Opened
) -> Iterator[MainWindow]:
    shown = make(qapp, tmp_path, monkeypatch)
    yield shown
    shown.close()
    shown.deleteLater()


def welcome(window: MainWindow) -> WelcomeView:
    view = window.current_view()
    assert isinstance(view, WelcomeView)
    return view


class Hands:
    """Somebody at the keyboard: counts the fields written in and the keys that are not text."""

    def __init__(self, heartbeat: Heartbeat | None = None) -> None:
        self.fields: list[str] = []
        self.actions = 0
        self._heartbeat = heartbeat

    def write(self, text: str) -> None:
        """Type where the focus is. (QTest.keyClicks ends the process at å, ä, ö.)"""
        field = QApplication.focusWidget()
        assert isinstance(field, (QLineEdit, QPlainTextEdit)), field
        for sign in text:
            key = Key.Key_Return if sign == "\n" else 0
            for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
                QApplication.sendEvent(field, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, sign))

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        focus = QApplication.focusWidget()
        assert focus is not None
        if self._heartbeat is not None:
            self._heartbeat.begins(key.name)
        QTest.keyClick(focus, key, modifier)
        self.actions += 1

    def tab_to(self, wanted: QWidget) -> None:
        for _ in range(20):
            if QApplication.focusWidget() is wanted:
                return
            self.press(Key.Key_Tab)
        raise AssertionError(f"Tab never came to {wanted.accessibleName()}")


def fill(view: WelcomeView, hands: Hands) -> None:
    """Write in every field, in the order they stand, going from one to the next with Tab."""
    form = view.form
    for field in guide.FIELDS:
        text = WRITTEN[field.id]
        if field.id == "members":
            hands.tab_to(form.members._add)
            hands.press(Key.Key_Space)
            for name in text.split("\n"):
                hands.write(name)
                hands.press(Key.Key_Return)
        else:
            proxy = form.rows[field.id].field
            hands.tab_to(proxy.focusProxy() or proxy)
            hands.write(text)
        hands.fields.append(field.id)


def test_eight_fields_and_few_keys_lead_to_a_kallelse(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, opened: Opened, heartbeat: Heartbeat
) -> None:
    view, hands = welcome(window), Hands(heartbeat)
    assert QApplication.focusWidget() is view.form.name, "the guide waits for the first word"
    asked = [w for w in view.form.findChildren(QWidget) if isinstance(w, (QLineEdit, QPlainTextEdit))]
    assert len(asked) == len(guide.FIELDS) <= 8, "every field that can be written in is declared"
    fill(view, hands)
    hands.press(Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.session.is_open and not window.jobs.running(), timeout=20_000)
    assert hands.fields == [field.id for field in guide.FIELDS]
    assert len(hands.fields) <= 8
    assert hands.actions <= 20, "Tab between the fields, the two members, and Ctrl+Enter"
    notice = tmp_path / "Dokument" / "2027-02-11 Kallelse.docx"
    assert opened.files == [notice]
    words = "\n".join(_texts(notice))
    for expected in (
        "Samordningsförbundet", "Norrbygden", "torsdagen den 11 februari 2027", "09.00–12.00", "Kommunhuset, sal 3",
        "Åsa Nyberg, ordförande", "Bo Ek", "Eva Lind", "Mötets öppnande", "Mötets avslutande",
    ):  # fmt: skip
        assert expected in words.replace("\u00a0", " "), expected
    assert [m.name for m in window.session.association.members][2:] == ["Region Norr", "Norrstads kommun"]
    assert guide_draft.kept(data_folder()) is None


def _texts(path: Path) -> Iterator[str]:
    document = docx.Document(str(path))
    for part in (
        document,
        *(s.header for s in document.sections),
        *(s.first_page_header for s in document.sections),
    ):
        yield from (paragraph.text for paragraph in part.paragraphs)
        for table in part.tables:
            yield from (cell.text for row in table.rows for cell in row.cells)


def test_it_ends_with_what_is_next(window: MainWindow, qtbot: QtBot) -> None:
    fill(welcome(window), Hands())
    window.press_primary()
    qtbot.waitUntil(lambda: window.session.is_open and not window.jobs.running(), timeout=20_000)
    steps = window.current_view()
    assert isinstance(steps, FirstStepsView)
    rows = [
        (steps._model.index(row).data(RowRole.TITLE), steps._model.index(row).data(RowRole.LEADING))
        for row in range(steps._model.rowCount())
    ]
    assert [title for title, state in rows if state is State.DONE] == [
        "Förbundet", "Ledamöter och ersättare", "Sammanträdet", "Kallelsen i Word"
    ]  # fmt: skip
    assert next(title for title, state in rows if state is State.UNDER_WAY) == "Dagordningen"
    window.press_primary()
    assert window.place == "meeting"


def test_what_is_missing_is_said_at_its_field_and_nothing_is_made(window: MainWindow, tmp_path: Path) -> None:
    view = welcome(window)
    view.form.time.setText("i gryningen")
    window.press_primary()
    rows = view.form.rows
    assert QApplication.focusWidget() is view.form.name
    assert rows["name"].field.accessibleDescription() == "Skriv förbundets namn."
    assert "till exempel 11 februari" in rows["day"].field.accessibleDescription()
    assert "i gryningen" in rows["time"].field.accessibleDescription()
    assert not window.session.is_open
    assert list((tmp_path / "Dokument").iterdir()) == []
    Hands().write("Bygden")
    assert rows["name"].field.accessibleDescription() == "Står överst i alla papper", (
        "the remark goes as one writes"
    )


def test_a_guide_that_was_broken_off_goes_on_where_it_was(
    window: MainWindow, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    hands = Hands()
    hands.write("Norrbygden")
    hands.press(Key.Key_Tab)
    qtbot.waitUntil(lambda: guide_draft.kept(data_folder()) is not None, timeout=5_000)
    again = make(qapp, tmp_path, monkeypatch)
    try:
        view = welcome(again)
        assert view.form.name.text() == "Norrbygden"
        assert view._told.isVisible()
        view._start_over.click()
        assert view.form.answers() == guide.Answers()
        assert guide_draft.kept(data_folder()) is None
    finally:
        again.close()
        again.deleteLater()


def test_who_never_pauses_loses_little(window: MainWindow, qtbot: QtBot) -> None:
    hands = Hands()
    for _ in range(14):
        hands.write("x")
        qtbot.wait(100)
    kept = guide_draft.kept(data_folder())
    assert kept is not None
    assert len(kept.name) >= 4


def test_only_the_association_and_the_meeting_later(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    hands = Hands()
    hands.write("Norrbygden")
    view = welcome(window)
    view.only.click()
    qtbot.waitUntil(lambda: window.session.is_open and not window.jobs.running(), timeout=20_000)
    assert window.session.meetings == ()
    assert window.session.path == (tmp_path / "Dokument" / "Norrbygden.finsam").resolve()
    window.actions.run("first_steps")
    steps = window.current_view()
    assert isinstance(steps, FirstStepsView)
    titles = [steps._model.index(row).data(RowRole.TITLE) for row in range(steps._model.rowCount())]
    assert titles == ["Förbundet", "Ledamöter och ersättare", "Första sammanträdet"]


def test_a_file_that_is_there_is_never_written_over(window: MainWindow, tmp_path: Path) -> None:
    there = tmp_path / "Dokument" / "Norrbygden.finsam"
    there.write_bytes(b"viktigt")
    view = welcome(window)
    fill(view, Hands())
    window.press_primary()
    assert "Det finns redan en fil" in view.form.rows["file"].field.accessibleDescription()
    assert there.read_bytes() == b"viktigt"
    assert not window.session.is_open


def test_every_field_says_what_it_is_for(window: MainWindow) -> None:
    for field, row in zip(guide.FIELDS, welcome(window).form.rows.values(), strict=True):
        assert row.field.accessibleName() == field.label
        assert row.field.accessibleDescription() == field.why
    buttons = welcome(window).findChildren(QPushButton)
    assert all(button.text() or button.accessibleName() for button in buttons)


def test_a_member_that_is_written_slowly_is_one_member(window: MainWindow, qtbot: QtBot) -> None:
    """What is written is kept while one writes; the keeping took the half of the name for a whole one."""
    form, hands = welcome(window).form, Hands()
    kept: list[guide.Answers] = []
    form.kept.connect(kept.append)
    hands.write("Samordningsförbundet Norrbygden")
    hands.press(Key.Key_Tab)
    assert QApplication.focusWidget() is form.members._add, "no × of the state's on the way"
    shift = Qt.KeyboardModifier.ShiftModifier
    QApplication.sendEvent(form.members._add, QKeyEvent(QKeyEvent.Type.KeyPress, Key.Key_R, shift, "R"))
    hands.write("egion")
    qtbot.waitUntil(lambda: bool(kept), timeout=10_000)
    assert kept[-1].members[2:] == ("Region",), "as far as it has come"
    hands.write(" Norr")
    hands.press(Key.Key_Return)
    hands.write("Norrstads kommun")
    assert form.answers().members[2:] == ("Region Norr", "Norrstads kommun")
    hands.press(Key.Key_Tab)
    assert form.answers().members[2:] == ("Region Norr", "Norrstads kommun")
    assert form.members._rows[-1].name == "Norrstads kommun"


def test_the_states_members_cannot_be_taken_away(window: MainWindow) -> None:
    form = welcome(window).form
    form.members.add("Region Norr")
    removals = {row.name: not row.findChild(IconButton).isHidden() for row in form.members._rows}
    assert removals == {"Försäkringskassan": False, "Arbetsförmedlingen": False, "Region Norr": True}
