"""Text fields: nothing written is lost, nothing foreign is pasted in, undo goes to the window."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QMimeData, Qt
from PySide6.QtGui import QHelpEvent, QKeySequence, QShortcut, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QPushButton,
    QStyleOptionComboBox,
    QToolTip,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.agenda.item_fields import TitleEdit
from finsam_desktop.ui.widgets.clauses import ClauseListEdit
from finsam_desktop.ui.widgets.fields import (
    ChoiceField,
    CountField,
    DateField,
    TimeField,
    read_date,
    read_time,
)
from finsam_desktop.ui.widgets.prose_line import ProseLine
from finsam_desktop.ui.widgets.recipients import RecipientsEdit
from finsam_desktop.ui.widgets.text_edits import IDLE_MS, GrowingTextEdit, TextField, WrappedLine

TODAY = dt.date(2026, 10, 19)
NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier


Show = Callable[..., QWidget]


@pytest.fixture
def shown(qtbot: QtBot) -> Iterator[Show]:
    """Puts widgets in an active window that lives as long as the test."""
    windows: list[QWidget] = []

    def show(*widgets: QWidget, width: int = 500) -> QWidget:
        window = QWidget()
        windows.append(window)
        column = QVBoxLayout(window)
        for widget in widgets:
            column.addWidget(widget)
        column.addStretch(1)
        qtbot.addWidget(window)
        window.resize(width, 600)
        window.show()
        window.activateWindow()
        QTest.qWaitForWindowActive(window)
        return window

    yield show
    for window in windows:
        window.close()


# -- free text ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [TextField, GrowingTextEdit])
def test_text_is_reported_after_a_pause_once(qtbot: QtBot, shown: Show, kind: type) -> None:
    field = kind("Före")
    shown(field)
    said: list[str] = []
    field.edited.connect(said.append)
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_End)
    QTest.keyClicks(field, " och efter")
    assert said == []
    qtbot.waitUntil(lambda: bool(said), timeout=IDLE_MS * 3)
    qtbot.wait(IDLE_MS)
    assert said == ["Före och efter"]


@pytest.mark.parametrize("kind", [TextField, GrowingTextEdit])
def test_text_is_reported_when_the_focus_leaves(qtbot: QtBot, shown: Show, kind: type) -> None:
    field, other = kind(), TextField()
    shown(field, other)
    said: list[str] = []
    field.edited.connect(said.append)
    field.setFocus()
    QTest.keyClicks(field, "Ny rubrik")
    other.setFocus()
    assert said == ["Ny rubrik"]


@pytest.mark.parametrize("kind", [TextField, GrowingTextEdit])
def test_a_refresh_never_eats_what_is_being_written(qtbot: QtBot, shown: Show, kind: type) -> None:
    field = kind("Gammal")
    shown(field)
    said: list[str] = []
    field.edited.connect(said.append)
    field.setFocus()
    QTest.keyClicks(field, "X")
    written = field.text()
    field.set_text("Någon annans text")
    assert field.text() == written
    field.flush()
    assert said == [written]
    field.set_text("Någon annans text")
    assert field.text() == "Någon annans text"
    assert said == [written]


@pytest.mark.parametrize("kind", [TextField, GrowingTextEdit])
def test_undo_goes_to_the_window_after_the_text_is_taken_in(qtbot: QtBot, shown: Show, kind: type) -> None:
    field = kind("Först")
    window = shown(field)
    events: list[str] = []
    field.edited.connect(lambda text: events.append(f"edited {text}"))
    QShortcut(QKeySequence("Ctrl+Z"), window, lambda: events.append("undo"))
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_End)
    QTest.keyClicks(field, "!")
    QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert field.text() == "Först!"
    assert events == ["edited Först!", "undo"]


def test_paste_takes_words_only(qtbot: QtBot, shown: Show) -> None:
    field = GrowingTextEdit()
    shown(field)
    data = QMimeData()
    data.setHtml("<table><tr><td style='color:red'>Röd</td></tr></table>")
    data.setText("Röd\r\ntext")
    field.insertFromMimeData(data)
    assert field.text() == "Röd\ntext"


def test_the_field_grows_with_its_text_and_shrinks_again(qtbot: QtBot, shown: Show) -> None:
    field = GrowingTextEdit("en rad")
    shown(field)
    one = field.height()
    field.setPlainText("\n".join(f"rad {n}" for n in range(12)))
    line = field.fontMetrics().lineSpacing()
    assert field.height() == pytest.approx(one + 11 * line, abs=12)
    assert field.verticalScrollBar().maximum() == 0
    field.setPlainText("en rad")
    assert field.height() == one


def test_long_lines_wrap_and_are_all_visible(qtbot: QtBot, shown: Show) -> None:
    field = GrowingTextEdit("Ordet " * 120)
    window = shown(field, width=300)
    assert field.verticalScrollBar().maximum() == 0
    tall = field.height()
    window.resize(600, 600)
    qtbot.waitUntil(lambda: field.height() < tall)
    assert field.verticalScrollBar().maximum() == 0


@pytest.mark.usefixtures("qapp")
@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200))
def test_any_text_is_given_back_as_it_was(text: str) -> None:
    assert GrowingTextEdit(text).text() == text.replace("\u2028", "\n").replace("\u2029", "\n")


# -- att-satser ---------------------------------------------------------------------------------------


def test_enter_makes_the_next_clause_and_backspace_takes_an_empty_one_away(qtbot: QtBot, shown: Show) -> None:
    edit = ClauseListEdit(clauses=("godkänna rapporten",))
    shown(edit)
    said: list[tuple[str, ...]] = []
    edit.edited.connect(said.append)
    edit.fields()[0].setFocus()
    QTest.keyClick(edit.fields()[0], Qt.Key.Key_Return)
    assert len(edit.fields()) == 2
    assert edit.fields()[1].hasFocus()
    QTest.keyClicks(edit.fields()[1], "avsluta den")
    edit.flush()
    assert said[-1] == ("godkänna rapporten", "avsluta den")
    edit.fields()[1].clear()
    QTest.keyClick(edit.fields()[1], Qt.Key.Key_Backspace)
    assert len(edit.fields()) == 1
    assert edit.clauses() == ("godkänna rapporten",)
    assert edit.fields()[0].hasFocus()


def test_the_last_clause_stays_as_an_empty_field(qtbot: QtBot, shown: Show) -> None:
    edit = ClauseListEdit()
    shown(edit)
    QTest.keyClick(edit.fields()[0], Qt.Key.Key_Backspace)
    assert len(edit.fields()) == 1
    assert edit.clauses() == ()


def test_tab_takes_last_years_wording(qtbot: QtBot, shown: Show) -> None:
    edit = ClauseListEdit(placeholder="godkänna tertialrapport 2 med helårsprognos …")
    shown(edit)
    said: list[tuple[str, ...]] = []
    edit.edited.connect(said.append)
    edit.fields()[0].setFocus()
    QTest.keyClick(edit.fields()[0], Qt.Key.Key_Tab)
    assert said == [("godkänna tertialrapport 2 med helårsprognos",)]


def test_alt_arrow_moves_a_clause(qtbot: QtBot, shown: Show) -> None:
    edit = ClauseListEdit(clauses=("ett", "två", "tre"))
    shown(edit)
    said: list[tuple[str, ...]] = []
    edit.edited.connect(said.append)
    QTest.keyClick(edit.fields()[2], Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert said == [("ett", "tre", "två")]
    QTest.keyClick(edit.fields()[0], Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert edit.clauses() == ("ett", "tre", "två")
    assert [field.accessibleName() for field in edit.fields()] == ["Att-sats 1", "Att-sats 2", "Att-sats 3"]


def test_showing_clauses_is_silent(qtbot: QtBot) -> None:
    edit = ClauseListEdit(clauses=("ett", "två"))
    said: list[object] = []
    edit.edited.connect(said.append)
    edit.set_clauses(("tre",))
    assert edit.clauses() == ("tre",)
    edit.set_clauses(())
    assert edit.clauses() == ()
    assert said == []


# -- recipients ---------------------------------------------------------------------------------------


def test_recipients_come_with_enter_and_comma_and_go_with_backspace(qtbot: QtBot, shown: Show) -> None:
    edit = RecipientsEdit(("Medlemmarna",))
    shown(edit)
    said: list[tuple[str, ...]] = []
    edit.edited.connect(said.append)
    field = edit.focusProxy()
    QTest.keyClicks(field, "Revisorerna")
    QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.keyClicks(field, "Regionstyrelsen,")
    assert edit.recipients() == ("Medlemmarna", "Revisorerna", "Regionstyrelsen")
    QTest.keyClicks(field, "Revisorerna")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert edit.recipients().count("Revisorerna") == 1
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    assert said[-1] == ("Medlemmarna", "Revisorerna")


def test_a_name_typed_but_not_confirmed_is_kept(qtbot: QtBot, shown: Show) -> None:
    edit, other = RecipientsEdit(), TextField()
    shown(edit, other)
    edit.setFocus()
    QTest.keyClicks(edit.focusProxy(), "Medlemmarna")
    other.setFocus()
    assert edit.recipients() == ("Medlemmarna",)


def test_many_recipients_wrap_to_more_lines(qtbot: QtBot, shown: Show) -> None:
    names = tuple(f"Mottagare nummer {n}" for n in range(9))
    edit = RecipientsEdit(names)
    shown(edit, width=320)
    assert edit.height() >= 4 * 22
    tags = [child for child in edit.findChildren(QWidget) if child.accessibleName() in names]
    assert all(edit.rect().contains(tag.geometry()) for tag in tags)


# -- dates, times, numbers ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2026-10-29", dt.date(2026, 10, 29)),
        ("20261029", dt.date(2026, 10, 29)),
        ("29 oktober", dt.date(2026, 10, 29)),
        ("29 okt 2027", dt.date(2027, 10, 29)),
        ("torsdag 29 oktober", dt.date(2026, 10, 29)),
        ("29/10", dt.date(2026, 10, 29)),
        ("29.10.2026", dt.date(2026, 10, 29)),
        ("5 februari", dt.date(2027, 2, 5)),
        ("1 september", dt.date(2026, 9, 1)),
        ("30 februari", None),
        ("29 ma", None),
        ("31 juni", None),
        ("i morgon", None),
        ("29 oktoberfest", None),
    ],
)
def test_dates_as_swedes_write_them(text: str, date: dt.date | None) -> None:
    assert read_date(text, TODAY) == date


@given(st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31)))
def test_every_date_written_is_read_again(date: dt.date) -> None:
    assert read_date(date.isoformat(), TODAY) == date


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("08.30", dt.time(8, 30)), ("8:30", dt.time(8, 30)), ("0830", dt.time(8, 30)), ("kl. 9", dt.time(9)),
        ("23.59", dt.time(23, 59)), ("24.00", None), ("8.60", None), ("8.5", None), ("halv nio", None),
    ],
)  # fmt: skip
def test_times_as_swedes_write_them(text: str, time: dt.time | None) -> None:
    assert read_time(text) == time


def test_a_date_that_cannot_be_read_stays_and_is_explained(qtbot: QtBot, shown: Show) -> None:
    field = DateField(dt.date(2026, 10, 29), today=TODAY)
    shown(field)
    said: list[object] = []
    field.changed.connect(said.append)
    field.setText("någon gång")
    field.editingFinished.emit()
    assert said == []
    assert field.text() == "någon gång"
    assert "går inte att läsa som datum" in field.fault()
    field.setText("30 oktober")
    field.editingFinished.emit()
    assert said == [dt.date(2026, 10, 30)]
    assert field.text() == "2026-10-30"
    assert field.fault() == ""


def test_an_emptied_field_means_no_value(qtbot: QtBot) -> None:
    field = TimeField(dt.time(8, 30))
    said: list[object] = []
    field.changed.connect(said.append)
    assert field.text() == "08.30"
    field.setText("")
    field.editingFinished.emit()
    assert said == [None]


def test_numbers_have_a_unit_and_limits(qtbot: QtBot) -> None:
    field = CountField(15, least=1, most=480, unit="min")
    assert field.text() == "15\u00a0min"
    field.setText("20 minuter")
    assert field.value() == 20
    field.setText("500")
    assert field.value() is None
    assert "mellan 1 och 480" in field.fault()


def test_a_choice_reports_its_value_and_ignores_an_unknown_one(qtbot: QtBot) -> None:
    field = ChoiceField((("a", "Beslut"), ("b", "Information")))
    said: list[object] = []
    field.chosen.connect(said.append)
    field.set_value("b")
    assert field.currentText() == "Information"
    field.activated.emit(0)
    assert said == ["a"]
    field.set_value("finns inte")
    assert field.value() is None


def test_a_choice_that_has_no_room_for_its_words_ends_in_an_ellipsis(shown: Show) -> None:
    field = ChoiceField((("a", "Nytt ärende: Tertialrapport 2, januari till augusti"), ("b", "Beslut")))
    shown(field)
    field.setFixedWidth(160)
    option = QStyleOptionComboBox()
    field.initStyleOption(option)
    assert option.currentText.startswith("Nytt ärende")
    assert option.currentText.endswith("…")
    assert field.toolTip() == field.currentText()
    field.set_value("b")
    field.initStyleOption(option)
    assert option.currentText == "Beslut"


@pytest.mark.parametrize("kind", [TextField, GrowingTextEdit])
def test_a_field_that_cannot_be_written_in_suggests_nothing_and_looks_so(shown: Show, kind: type) -> None:
    field = kind("", "att utse {namn}")
    window = shown(field)
    current_theme().dress(window)
    field.setReadOnly(True)
    field.setPlaceholderText("att godkänna {rapport}")
    assert field.placeholderText() == ""
    ground = field.grab().toImage().pixelColor(6, field.height() // 2)
    assert ground == current_theme().color("sunk")
    field.setReadOnly(False)
    assert field.placeholderText() == "att godkänna {rapport}"
    assert field.grab().toImage().pixelColor(6, field.height() // 2) == current_theme().color("base")


@pytest.mark.parametrize("kind", [TextField, GrowingTextEdit])
def test_the_space_before_a_pause_stays_for_the_next_word(qtbot: QtBot, shown: Show, kind: type) -> None:
    field = kind()
    shown(field)
    field.setFocus()
    field.edited.connect(lambda text: field.set_text(text.strip()))
    for word in ("Ny ", "rubrik"):
        QTest.keyClicks(field, word)
        field.flush()
    assert field.text() == "Ny rubrik"


def test_pasting_into_markdown_brings_lists_and_bold_and_elsewhere_words_only(qtbot: QtBot) -> None:
    from PySide6.QtCore import QMimeData

    mime = QMimeData()
    mime.setHtml("<p style='color:red'>Först <b>fet</b></p><ul><li>ett</li><li>två</li></ul>")
    mime.setText("Först fet\r\nett\r\ntvå")
    rich, plain = GrowingTextEdit(markdown=True), GrowingTextEdit()
    for field in (rich, plain):
        qtbot.addWidget(field)
        field.insertFromMimeData(mime)
    assert rich.text() == "Först **fet**\n\n- ett\n- två"
    assert plain.text() == "Först fet\nett\ntvå"


def test_pasted_signs_that_no_document_can_hold_are_left_out_and_soft_breaks_kept(qtbot: QtBot) -> None:
    from PySide6.QtCore import QMimeData

    mime = QMimeData()
    mime.setText("ett\x0btvå\x07 tre\x00\r\nfyra\u00a0fem")
    field = GrowingTextEdit()
    qtbot.addWidget(field)
    field.insertFromMimeData(mime)
    assert field.text() == "ett\ntvå tre\nfyra\u00a0fem"


def test_sentences_that_are_only_read_are_not_added_to_moved_or_removed(qtbot: QtBot, shown: Show) -> None:
    edit = ClauseListEdit("Styrelsen beslutar", ("att godkänna rapporten", ""), placeholder="att utse {namn}")
    shown(edit)
    said: list[tuple[str, ...]] = []
    edit.edited.connect(said.append)
    edit.set_read_only(True)
    edit.set_clauses(("att godkänna rapporten", "att lägga den till handlingarna", "att"))
    first, _, last = edit.fields()
    for field, key, modifiers in (
        (first, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier),
        (first, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier),
        (last, Qt.Key.Key_Backspace, Qt.KeyboardModifier.NoModifier),
        (last, Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier),
    ):
        field.setFocus()
        QTest.keyClick(field, key, modifiers)
    edit.flush()
    assert said == []
    assert len(edit.fields()) == 3
    assert not [each for each in edit.findChildren(QAbstractButton) if each.isVisible()]
    edit.set_read_only(False)
    assert [each.text() for each in edit.findChildren(QPushButton) if each.isVisible()] == ["Ny att-sats"]


@pytest.mark.parametrize("kind", [TextField, ProseLine])
def test_a_line_that_is_cut_shows_the_whole_in_a_tooltip(qtbot: QtBot, kind: type[TextField]) -> None:
    long = "Långsiktig finansiering av <Nätverket> & ombud vid medlemsmötet den 2 december 2026"
    for text, shown in (("Kort", ""), (long, long)):
        field = kind(text)
        qtbot.addWidget(field)
        field.resize(220, 32)
        field.show()
        middle = field.rect().center()
        QApplication.sendEvent(field, QHelpEvent(QEvent.Type.ToolTip, middle, field.mapToGlobal(middle)))
        assert html.unescape(QToolTip.text()) == shown
        field.setCursorPosition(len(text))
        field.grab()  # it is scrolled when it is drawn
        assert field.rect().contains(field.cursorRect().center()), "the end that is written at is in sight"
    QToolTip.hideText()


def test_a_field_that_grows_is_as_high_as_one_of_one_line(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    current_theme().dress(holder)
    column = QVBoxLayout(holder)
    one, growing, least = TextField("Ett"), GrowingTextEdit("Ett"), GrowingTextEdit("Ett", min_lines=2)
    two = GrowingTextEdit("Ett\nTvå")
    for field in (one, growing, least, two):
        column.addWidget(field)
    holder.resize(400, 400)
    holder.show()
    assert abs(growing.height() - one.height()) <= 1
    assert least.height() == two.height()
    for field in (growing, two):
        bottom = field.cursorRect(QTextCursor(field.document().lastBlock())).bottom()
        assert abs((field.viewport().height() - 1 - bottom) - field.cursorRect().top()) <= 2, (
            "as much above as below"
        )


@pytest.mark.parametrize(
    ("there", "at", "pasted", "after"),
    [
        ("", 0, "Per Ek\r\n", "Per Ek"),
        ("Ann ", 4, "Per\r\nEk\r\n", "Ann Per Ek"),
        ("Ann Öst", 3, "\tPer\n", "Ann Per Öst"),
        ("", 0, "1\u00a0724\u0001 tkr\u00ad\u2028", "1\u00a0724 tkr\u00ad"),
        ("a  b", 4, " c", "a  b c"),
    ],
)
def test_a_line_that_is_pasted_into_holds_one_line_and_nothing_word_refuses(
    shown: Show, there: str, at: int, pasted: str, after: str
) -> None:
    field = TextField(there)
    shown(field)
    field.setCursorPosition(at)
    QApplication.clipboard().setText(pasted)
    field.paste()
    assert field.text() == after
    field.flush()
    assert field.has_unreported_text() is False


def test_a_heading_takes_in_no_signs_that_word_refuses(shown: Show) -> None:
    title = TitleEdit()
    shown(title)
    data = QMimeData()
    data.setText("Bidrag 1\u00a0724 tkr\u0001\r\nför 2027")
    title.insertFromMimeData(data)
    assert title.text() == "Bidrag 1\u00a0724 tkr för 2027"


def test_a_heading_is_seen_whole_and_never_holds_a_line_break(shown: Show) -> None:
    heading = WrappedLine(
        "Långsiktig finansiering av Nätverket Samordning och ombud vid medlemsmötet den 2 december"
    )
    short = WrappedLine("Kort")
    shown(heading, short, width=320)
    assert heading.height() >= short.height() + heading.fontMetrics().lineSpacing() - 1
    taken: list[str] = []
    heading.edited.connect(taken.append)
    before = heading.text()
    heading.moveCursor(QTextCursor.MoveOperation.End)
    for key, held in ((Qt.Key.Key_Return, NONE), (Qt.Key.Key_Enter, NONE), (Qt.Key.Key_Return, SHIFT)):
        QTest.keyClick(heading, key, held)
    assert heading.text() == before
    pasted = QMimeData()
    pasted.setText(" 2026\nsamt\r\nval\u2028av ombud")
    heading.insertFromMimeData(pasted)
    QTest.keyClick(heading, Qt.Key.Key_Return)
    assert "\n" not in heading.text()
    assert "\u2028" not in heading.text()
    assert taken == [heading.text()]
    assert taken[0].split() == [*before.split(), "2026", "samt", "val", "av", "ombud"]


def test_a_list_of_choices_that_was_made_too_low_shows_them_all(shown: Show, qtbot: QtBot) -> None:
    field = ChoiceField(tuple((number, f"Val {number}") for number in range(7)))
    shown(field)
    field.set_value(3)
    field.showPopup()
    view = field.view()
    popup = view.window()
    popup.resize(popup.width(), popup.height() - 2)
    qtbot.waitUntil(lambda: view.verticalScrollBar().maximum() > 0)
    field._fit_popup()
    qtbot.waitUntil(lambda: view.verticalScrollBar().maximum() == 0)
    for row in range(7):
        shown_at = view.visualRect(view.model().index(row, 0))
        assert 0 <= shown_at.top() <= shown_at.bottom() < view.viewport().height()
    field.hidePopup()
