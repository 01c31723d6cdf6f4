"""Phrases in the window: the list under the cursor, the keys, and the association's own in Mallar."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from finsam_desktop.domain import agenda
from finsam_desktop.domain.association import Phrase
from finsam_desktop.domain.phrases import merged, words_of_meeting
from finsam_desktop.files.phrase_files import standard_phrases
from finsam_desktop.ui.views.meeting.phrase_box import PhraseBox
from finsam_desktop.ui.views.minutes.step import MinutesStep
from finsam_desktop.ui.views.templates.phrases_pane import PhrasesPane
from finsam_desktop.ui.views.templates.place import TemplatesView
from finsam_desktop.ui.widgets.rows import RowRole
from tests.ui.meeting_cases import MeetingCase, wait

Key = Qt.Key


@pytest.fixture
def minutes(case: MeetingCase) -> MinutesStep:
    case.page.show_step("protokoll", "p08")
    step = case.page._steps["protokoll"]
    assert isinstance(step, MinutesStep)
    case.window.activateWindow()
    step.text.setFocus()
    step.text.selectAll()
    return step


@pytest.fixture
def box(case: MeetingCase) -> PhraseBox:
    return case.page.phrases


def write(widget: object, text: str) -> None:
    for sign in text:
        event = QKeyEvent(QKeyEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, sign)
        QApplication.sendEvent(widget, event)  # type: ignore[arg-type]


def keys_shown(box: PhraseBox) -> list[str]:
    assert box._box is not None
    model = box._box.model
    return [str(model.index(row).data(RowRole.KEY)) for row in range(model.rowCount())]


def test_the_sign_opens_the_list_and_letters_narrow_it(minutes: MinutesStep, box: PhraseBox):
    write(minutes.text, "Ordet. #")
    assert box.is_open()
    assert len(keys_shown(box)) == len(merged(standard_phrases(), words_of_meeting()))
    write(minutes.text, "föred")
    assert keys_shown(box)[0] == "föredras"
    assert minutes.text.hasFocus(), "the writer goes on writing"
    write(minutes.text, " x")
    assert not box.is_open()
    assert minutes.text.text() == "Ordet. #föred x", "nothing is set in that was not asked for"


def test_enter_sets_in_the_phrase_with_what_is_known(case: MeetingCase, minutes: MinutesStep, box: PhraseBox):
    case.session._clock = lambda: dt.datetime(2026, 10, 29, 9, 7)
    write(minutes.text, "#ajour")
    QTest.keyClick(minutes.text, Key.Key_Return)
    assert minutes.text.text() == "Ordföranden ajournerar sammanträdet klockan 09.07."
    assert not box.is_open()
    minutes.flush()
    item = agenda.find(case.meeting.items, "p08")
    assert item is not None
    assert item.minutes_text == "Ordföranden ajournerar sammanträdet klockan 09.07."


def test_a_word_of_the_meeting_is_put_in_when_its_name_is_ended(minutes: MinutesStep, box: PhraseBox):
    write(minutes.text, "#ordförande föredrar, #datum. #justerarex #hemligt ")
    assert minutes.text.text() == ("Birgitta Almkvarn föredrar, 29\u00a0oktober 2026. #justerarex #hemligt ")
    assert not box.is_open()


def test_a_name_closed_with_esc_stays_as_it_is_written(minutes: MinutesStep, box: PhraseBox):
    write(minutes.text, "#datum")
    QTest.keyClick(minutes.text, Key.Key_Escape)
    write(minutes.text, " är en tagg")
    assert minutes.text.text() == "#datum är en tagg"


def test_the_list_offers_the_words_of_the_meeting(minutes: MinutesStep, box: PhraseBox):
    write(minutes.text, "Av #sekr")
    assert keys_shown(box)[0] == "sekreterare"
    QTest.keyClick(minutes.text, Key.Key_Return)
    assert minutes.text.text() == "Av Ola Rimfors"


def test_a_blank_that_is_not_known_is_chosen_to_be_written_over(minutes: MinutesStep, box: PhraseBox):
    write(minutes.text, "Först \U0001f600. #medskick")
    QTest.keyClick(minutes.text, Key.Key_Return)
    assert minutes.text.textCursor().selectedText() == "{vad}"
    write(minutes.text, "se över avtalet")
    assert minutes.text.text() == (
        "Först \U0001f600. Styrelsen skickar med till förbundschefen att se över avtalet."
    )


def test_arrows_choose_and_esc_closes_for_that_word(minutes: MinutesStep, box: PhraseBox):
    write(minutes.text, "#d")
    first, second = keys_shown(box)[:2]
    QTest.keyClick(minutes.text, Key.Key_Down)
    QTest.keyClick(minutes.text, Key.Key_Return)
    texts = {phrase.key: phrase.text for phrase in standard_phrases()}
    assert minutes.text.text() != texts[first]
    assert minutes.text.text() == texts[second]
    minutes.text.selectAll()
    write(minutes.text, "#d")
    QTest.keyClick(minutes.text, Key.Key_Escape)
    assert not box.is_open()
    write(minutes.text, "i")
    assert not box.is_open(), "closed for this word"
    write(minutes.text, " #d")
    assert box.is_open(), "and open for the next"


def test_the_first_nine_have_keys(case: MeetingCase, minutes: MinutesStep):
    own = replace(case.session.association, phrases=(Phrase(key="lokal", text="Vi ses i {paragraf}."),))
    assert case.session.change("Fras", case.session.association, own)
    minutes.text.selectAll()
    case.window.actions.run("phrase_1")
    assert minutes.text.text() == "Vi ses i §\u00a08."
    case.window.actions.run("phrase_2")
    assert minutes.text.text().startswith("Vi ses i §\u00a08.")
    assert minutes.text.text().endswith("föredrar ärendet.")
    minutes.list.setFocus()
    case.window.actions.run("phrase_1")
    assert case.notice() == "Ställ dig i en av protokollets texter, så sätts frasen in där."


def test_a_locked_text_takes_no_phrase(minutes: MinutesStep, box: PhraseBox):
    minutes.text.setReadOnly(True)
    before = minutes.text.text()
    assert not box.insert_number(1)
    assert minutes.text.text() == before


def test_the_list_keeps_within_the_window(case: MeetingCase, minutes: MinutesStep, box: PhraseBox):
    case.window.resize(960, 600)
    wait(50)
    write(minutes.text, "\n\n\n\n\n\n#")
    assert box._box is not None
    assert case.window.rect().contains(box._box.geometry())
    assert box._box.list.accessibleName() == "Fraser"


@pytest.fixture
def pane(case: MeetingCase) -> PhrasesPane:
    case.window.go("templates", "fraser")
    view = case.window.current_view()
    assert isinstance(view, TemplatesView)
    assert view.tabs.currentIndex() == 2
    return view.phrases


def own_phrases(case: MeetingCase) -> list[tuple[str, str]]:
    return [(phrase.key, phrase.text) for phrase in case.session.association.phrases]


def test_own_phrases_are_written_in_mallar(case: MeetingCase, pane: PhrasesPane):
    pane.add()
    assert own_phrases(case) == [("fras", "Ny fras.")]
    pane._key_edited("#hälsning")
    pane._text_edited("Ordföranden hälsar välkommen. ")
    assert own_phrases(case) == [("hälsning", "Ordföranden hälsar välkommen.")]
    assert pane.shown == "egen:hälsning"
    pane._key_edited("två ord")
    assert own_phrases(case)[0][0] == "hälsning"
    assert "utan mellanslag" in pane._key_row._remark.text()
    pane.add()
    pane._key_edited("Hälsning")
    assert "finns redan" in pane._key_row._remark.text()
    pane.remove()
    assert own_phrases(case) == [("hälsning", "Ordföranden hälsar välkommen.")]
    assert case.session.undo()
    assert len(own_phrases(case)) == 2


def test_the_programs_phrases_are_read_and_can_be_made_own(case: MeetingCase, pane: PhrasesPane):
    first = standard_phrases()[0]
    pane.choose(f"program:{first.key}")
    assert pane._text.isReadOnly()
    pane._own.click()
    assert own_phrases(case) == [(first.key, first.text)]
    assert pane.shown == f"egen:{first.key}"
    assert not pane._text.isReadOnly()
    rows = [row.key for row in pane.rows() if not row.heading]
    assert rows.count(f"egen:{first.key}") == 1
    assert f"program:{first.key}" not in rows, "replaced by the own one"
