"""Spelling in a field of one line, with the real dictionary: the wave under its words, the menu, and no more."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from finsam_desktop.ui import spelling
from finsam_desktop.ui.main_window import MainWindow
from finsam_desktop.ui.spelling import Speller, current_speller
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.widgets.prose_line import ProseLine

WRONG = "Avtaal"


@pytest.fixture
def speller(qapp: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[Speller]:
    monkeypatch.setattr(spelling, "_speller", None)
    monkeypatch.setattr(spelling, "START_MS", 0)
    made = current_speller()
    made.set_on(True)
    yield made
    made.stop()


def shown(qtbot: QtBot, text: str, width: int = 500) -> ProseLine:
    field = ProseLine(text)
    qtbot.addWidget(field)
    field.resize(width, 40)
    field.show()
    return field


def words(field: ProseLine) -> list[str]:
    units = field.text().encode("utf-16-le")
    return [
        units[2 * start : 2 * (start + length)].decode("utf-16-le")
        for start, length, _ in field.unknown_words()
    ]


def wait_for(qtbot: QtBot, field: ProseLine, wanted: list[str]) -> None:
    qtbot.waitUntil(lambda: words(field) == wanted, timeout=20_000)


def marked(field: ProseLine) -> list[int]:
    """The columns of the picture in which something has the colour of the wave."""
    image = field.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    red = current_theme().color("err")
    return [
        x
        for x in range(image.width())
        if any(near(image.pixelColor(x, y), red) for y in range(image.height()))
    ]


def near(one: QColor, other: QColor) -> bool:
    return max(abs(a - b) for a, b in zip(one.toTuple()[:3], other.toTuple()[:3], strict=True)) < 60


def test_unknown_words_are_underlined_where_they_stand(speller: Speller, qtbot: QtBot) -> None:
    field = shown(qtbot, f"Budget 𝄞 och {WRONG} 2026")
    wait_for(qtbot, field, [WRONG])
    columns = marked(field)
    advance = field.fontMetrics().horizontalAdvance
    left, width = advance("Budget 𝄞 och "), advance(WRONG)
    assert abs((columns[-1] - columns[0]) - width) <= 4
    assert left - 2 <= columns[0] <= left + 16, "the field's own margin is a few pixels"
    assert field.text() == f"Budget 𝄞 och {WRONG} 2026"


def test_the_wave_follows_a_line_that_is_longer_than_its_field(speller: Speller, qtbot: QtBot) -> None:
    field = shown(qtbot, f"{WRONG} om lokaler och möbler till kontoret vid torget i staden", 200)
    wait_for(qtbot, field, [WRONG])
    field.setCursorPosition(0)
    assert marked(field)
    field.setCursorPosition(len(field.text()))
    assert marked(field) == [], "the word has been scrolled out of sight"


def test_the_word_being_written_is_left_alone_until_it_is_ended(speller: Speller, qtbot: QtBot) -> None:
    field = shown(qtbot, "")
    field.activateWindow()
    field.setFocus()
    QTest.keyClicks(field, WRONG)
    qtbot.waitUntil(lambda: speller.verdict(WRONG) is False, timeout=20_000)
    assert words(field) == []
    QTest.keyClicks(field, " ")
    wait_for(qtbot, field, [WRONG])


def test_the_menu_puts_the_right_word_in_place_and_the_field_tells(speller: Speller, qtbot: QtBot) -> None:
    field = shown(qtbot, f"Nytt {WRONG} 𝄞 och {WRONG}")
    wait_for(qtbot, field, [WRONG, WRONG])
    field.setCursorPosition(8)
    assert field.open_spelling_menu()
    (menu,) = field.findChildren(QMenu)
    qtbot.waitUntil(lambda: any(one.text() == "Avtal" for one in menu.actions()), timeout=20_000)
    with qtbot.waitSignal(field.edited, timeout=5_000) as told:
        next(one for one in menu.actions() if one.text() == "Avtal").trigger()
    assert told.args == [f"Nytt Avtal 𝄞 och {WRONG}"]
    menu.close()
    wait_for(qtbot, field, [WRONG])


def test_a_word_that_has_been_rewritten_meanwhile_is_left(speller: Speller, qtbot: QtBot) -> None:
    field = shown(qtbot, WRONG)
    wait_for(qtbot, field, [WRONG])
    (found,) = field.unknown_words()
    field.set_text("Annat")
    field.exchange(found, "Avtal")
    assert field.text() == "Annat"


def test_without_spelling_nothing_is_underlined(speller: Speller, qtbot: QtBot) -> None:
    field = shown(qtbot, WRONG)
    wait_for(qtbot, field, [WRONG])
    speller.set_on(False)
    assert words(field) == []
    assert not field.open_spelling_menu()


def test_the_pressed_words_menu_has_the_usual_things_too(speller: Speller, qtbot: QtBot) -> None:
    field = shown(qtbot, WRONG)
    wait_for(qtbot, field, [WRONG])
    from PySide6.QtGui import QContextMenuEvent

    place = QPoint(15, 20)
    field.contextMenuEvent(QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, field.mapToGlobal(place)))
    (menu,) = field.findChildren(QMenu)
    texts = [one.text() for one in menu.actions()]
    assert f"Lägg till ”{WRONG}” i ordlistan" in texts
    assert len(texts) > 6
    menu.close()


def test_the_shortcut_works_in_a_heading(window: MainWindow, qtbot: QtBot) -> None:
    field = ProseLine("Budget", parent=window)
    field.show()
    field.setFocus()
    qtbot.waitUntil(lambda: window.actions.run("spell_word"))
    notice = window.strip.notice
    assert notice is not None
    assert "Inga ord" in notice.text
