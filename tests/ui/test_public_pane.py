"""The pane Offentligt: words to mask, grounds, what goes, and the documents made without it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QPushButton

from finsam_desktop.domain.confidentiality import MaskedWord, Secret
from finsam_desktop.ui.views.meeting.page import MeetingPage
from finsam_desktop.ui.views.meeting.public_pane import PublicPane
from tests.leaks import leaks

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from finsam_desktop.ui.main_window import MainWindow

MEETING = "2026-10-29"


@pytest.fixture
def page(window: MainWindow) -> MeetingPage:
    window.go("meeting", f"{MEETING}/protokoll")
    found = window.findChild(MeetingPage)
    assert found is not None
    found.show_public()
    return found


@pytest.fixture
def pane(page: MeetingPage) -> PublicPane:
    return page.side.public


def test_a_word_is_written_and_stored_with_its_ground(pane: PublicPane, page: MeetingPage) -> None:
    pane.add_word.click()
    row = pane._masked[0]
    row.words.setText("Gunilla Åskvist")
    row.words.flush()
    row.secret.ground.setCurrentIndex(1)
    row.secret.ground.activated.emit(row.secret.ground.currentIndex())
    (word,) = page.desk.stored.masked
    assert word.words == "Gunilla Åskvist"
    assert word.secret.section == "21 kap. 1 §"


def test_another_provision_is_written_by_hand(pane: PublicPane, page: MeetingPage) -> None:
    pane.add_word.click()
    secret = pane._masked[0].secret
    assert not secret.section.isVisible()
    secret.ground.setCurrentIndex(secret.ground.count() - 1)
    secret.ground.activated.emit(secret.ground.currentIndex())
    assert secret.section.isVisible()
    secret.section.setText("18 kap. 8 §")
    secret.section.flush()
    assert page.desk.stored.masked[0].secret.section == "18 kap. 8 §"
    pane.refresh()
    assert pane._masked[0].secret.section.text() == "18 kap. 8 §"


def test_the_menu_shows_the_pane_from_any_step(page: MeetingPage, window: MainWindow) -> None:
    page.show_step("narvaro")
    assert not page.side.isVisible()
    assert window.actions.run("show_public")
    assert page.side.public.isVisible()


def test_a_part_of_a_masked_name_is_told_of(pane: PublicPane, page: MeetingPage) -> None:
    page.desk.change_stored(
        "Maskera", replace(page.desk.stored, masked=(MaskedWord(words="Gunilla Ungdomstorget"),))
    )
    pane._show_removed()
    assert "”Ungdomstorget”" in pane.left.text()


def test_a_word_is_taken_away_and_comes_back(pane: PublicPane, page: MeetingPage) -> None:
    pane.add_word.click()
    pane._masked[0]._remove()
    assert page.desk.stored.masked == ()
    page.desk.session.undo()
    assert len(page.desk.stored.masked) == 1


def test_what_is_confidential_is_listed_with_its_ground(pane: PublicPane, page: MeetingPage) -> None:
    assert pane._no_secrets.isVisible()
    item, *_ = (one for one in page.desk.stored.items if one.attachments)
    bilaga = item.attachments[0]
    items = tuple(
        replace(one, attachments=(replace(bilaga, confidential=True), *item.attachments[1:]))
        if one is item
        else one
        for one in page.desk.stored.items
    )
    page.desk.change_stored("Sekretess", replace(page.desk.stored, items=items))
    assert list(pane._grounds) == [bilaga.id]
    pane._grounds[bilaga.id].secret.edited.emit(Secret(section="26 kap. 1 §"))
    stored = next(one for one in page.desk.stored.items if one.id == item.id)
    assert stored.attachments[0].secret.section == "26 kap. 1 §"


def test_it_shows_what_goes_and_how_it_reads(pane: PublicPane, page: MeetingPage) -> None:
    last = page.desk.stored.items[8]
    items = tuple(
        replace(one, confidential=True, secret=Secret(section="26 kap. 1 §")) if one is last else one
        for one in page.desk.stored.items
    )
    page.desk.change_stored("Sekretess", replace(page.desk.stored, items=items))
    pane._show_removed()
    assert f"Ärendet ”{last.title}”" in pane.removed.text()
    assert "26 kap. 1 §" in pane.removed.text()
    assert "Ärendet är borttaget enligt 26\u00a0kap.\u00a01\u00a0§ OSL" in pane.text.text()


def test_the_list_is_saved_for_ones_own_register(pane: PublicPane, page: MeetingPage, tmp_path: Path) -> None:
    page.desk.change_stored(
        "Maskera", replace(page.desk.stored, masked=(MaskedWord(words="Gunilla Åskvist"),))
    )
    pane._show_removed()
    pane._save(tmp_path / "lista.csv")
    text = (tmp_path / "lista.csv").read_text("utf-8-sig")
    assert text.startswith("Vad;Var;Grund i OSL;Skäl")
    assert "Gunilla Åskvist" in text


def test_a_public_protokoll_is_made_beside_the_full_one(
    pane: PublicPane, page: MeetingPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("finsam_desktop.documents.page_numbers.measured", lambda *_, **__: {})
    page.desk.change_stored(
        "Maskera", replace(page.desk.stored, masked=(MaskedWord(words="Gunilla Åskvist"),))
    )
    pane._show_removed()
    button = next(b for b in pane.findChildren(QPushButton) if "protokoll" in b.text())
    with qtbot.waitSignal(page.export.made_of, timeout=20_000) as made:
        button.click()
    path = made.args[2].path  # type: ignore[union-attr]
    assert path.name == "2026-10-29 Protokoll offentlig.docx"
    assert leaks(path.read_bytes(), ("Åskvist",), path.name) == []
