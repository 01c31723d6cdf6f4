"""Pages in the window: of documents and bilagor, drawn when they are looked at, and ended when the window closes."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from finsam_desktop.documents.page_images import PageImage
from finsam_desktop.ui.main_window import MainWindow
from finsam_desktop.ui.models.page_model import PAGES_KEPT, PageModel, PageRole
from finsam_desktop.ui.page_press import Printed
from finsam_desktop.ui.theme import Appearance, current_theme
from finsam_desktop.ui.views.meeting.page import MeetingPage
from finsam_desktop.ui.views.meeting.page_view import PageView
from finsam_desktop.ui.views.meeting.pages_pane import laid_out_by
from tests.ui.waiting import wait_until
from tests.unit.pdf.stand_ins import StandIn
from tests.unit.pdf.test_convert import pdf_file


def page_of(window: MainWindow, step: str) -> MeetingPage:
    meeting = max((one for one in window.session.meetings if one.items), key=lambda one: one.date)
    window.go("meeting", f"{meeting.id}/{step}")
    page = window.current_view().page  # type: ignore[union-attr]
    assert isinstance(page, MeetingPage)
    return page


def drawn(number: int) -> PageImage:
    return PageImage(width=3, height=4, stride=12, pixels=bytes([number]) * 48)


BARE = PageImage(width=3, height=4, stride=0, pixels=b"")


def test_only_the_latest_pages_drawn_are_kept(qapp: object) -> None:
    model = PageModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    count = PAGES_KEPT + 10
    model.show((BARE,) * count, ())
    assert model.rowCount() == count
    assert model.data(model.index(5), PageRole.IMAGE).isNull()
    assert model.data(model.index(5), PageRole.SIZE).toTuple() == (3, 4)
    for number in range(count):
        model.fill(number, (drawn(number),))
    assert [row for row in range(count) if model.is_drawn(row)] == list(range(10, count))
    model.fill(count - 1, (drawn(1), drawn(2)))
    assert model.rowCount() == count


def test_a_page_is_paper_of_the_theme_and_its_ink_stays_black(qtbot: QtBot) -> None:
    model = PageModel()
    view = PageView(model)
    qtbot.addWidget(view)
    white = PageImage(width=300, height=400, stride=1200, pixels=b"\xff" * 480_000)
    black = PageImage(width=300, height=400, stride=1200, pixels=b"\x00\x00\x00\xff" * 120_000)
    model.show((BARE, BARE), ())
    model.fill(0, (white,))
    view.resize(300, 500)
    view.show()
    try:
        for appearance in (Appearance.LIGHT, Appearance.DARK):
            current_theme().show_appearance(appearance)
            model.fill(0, (white,))
            assert view.grab().toImage().pixelColor(150, 100) == current_theme().color("page")
            model.fill(0, (black,))
            assert view.grab().toImage().pixelColor(150, 100).lightness() == 0
    finally:
        current_theme().show_appearance(Appearance.LIGHT)


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        (Printed(pdf=b"", pages=(), program="LibreOffice"), "Sidorna enligt LibreOffice"),
        (Printed(pdf=b"", pages=(), program="Word"), "Sidorna enligt Word"),
        (Printed(pdf=b"", pages=(), program=""), "Ungefärliga sidor, inbyggd visning"),
        (Printed(pdf=b"", pages=(), program="filen"), "Sidorna ur filen"),
        (Printed(pdf=b"", pages=(), program="", note="Filen är skadad."), "Filen är skadad."),
    ],
)
def test_what_laid_the_pages_out_is_told(printed: Printed, words: str) -> None:
    assert laid_out_by(printed).startswith(words)


def test_without_libreoffice_the_pages_are_shown_and_follow_what_is_written(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FINSAM_WITHOUT", "libreoffice")
    pane = page_of(window, "dagordning").side.preview
    wait_until(lambda: pane.model.rowCount() > 1 and pane.model.is_drawn(0))
    assert pane._laid_out_by.text().startswith("Ungefärliga sidor")
    before = pane._printed
    assert len(pane.model._places) > 5, "headings are found, to be marked and pressed"
    meeting = pane._desk.meeting
    assert pane._desk.change_fields("Ändra plats", place="Ett helt nytt rum")
    assert meeting is not pane._desk.meeting
    wait_until(lambda: pane._printed is not before)
    assert pane._printed is not None
    words = " ".join(text for text, _, _ in pane._printed.pages[0].texts)
    assert "Ett helt nytt rum" in words


@pytest.mark.needs_libreoffice
def test_pages_at_hand_are_shown_until_libreoffice_has_started(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FINSAM_WITHOUT", "")
    pane = page_of(window, "dagordning").side.preview
    wait_until(lambda: pane._printed is not None)
    assert pane._printed is not None
    assert pane._printed.provisional
    assert "kommer strax" in pane._laid_out_by.text()
    wait_until(lambda: pane._laid_out_by.text() == "Sidorna enligt LibreOffice")
    assert not pane._printed.provisional


def test_the_pages_of_the_chosen_bilaga_are_shown(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FINSAM_WITHOUT", "libreoffice")
    page = page_of(window, "handlingar")
    step, paper = page._steps["handlingar"], page.side.paper
    attachment = next(one for item in page.desk.meeting.items for one in item.attachments)
    (tmp_path / "Skanning.pdf").write_bytes(pdf_file(40))
    page.attachments.replace_file(attachment.id, tmp_path / "Skanning.pdf")
    wait_until(lambda: page.attachments.find(attachment.id)[1].file_name == "Skanning.pdf")
    step.show_item(attachment.id)  # type: ignore[attr-defined]
    assert page.side._pages.currentWidget() is paper
    assert paper._name.text() == attachment.title
    wait_until(lambda: paper.model.rowCount() == 40)
    assert paper._laid_out_by.text() == "Sidorna ur filen"
    assert not paper.model.is_drawn(39)
    paper._go_to(39)
    wait_until(lambda: paper.model.is_drawn(39))
    # Another file in the same bilaga, of the same name.
    (tmp_path / "Skanning.pdf").write_bytes(pdf_file(3))
    page.attachments.replace_file(attachment.id, tmp_path / "Skanning.pdf")
    wait_until(lambda: paper.model.rowCount() == 3)
    page.show_step("kallelse")
    assert page.side._pages.currentWidget() is page.side.preview


def test_a_bilaga_that_cannot_be_shown_says_why(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FINSAM_WITHOUT", "libreoffice")
    page = page_of(window, "handlingar")
    paper = page.side.paper
    page.side._pages.setCurrentWidget(paper)
    paper.show_file("tom.docx", "Tom", "1", lambda: b"")
    wait_until(lambda: paper.model.rowCount() == 1)
    assert paper._laid_out_by.text().startswith("Filen är tom.")
    paper.show_file("borta.docx", "Borta", "2", lambda: None)
    wait_until(lambda: "saknas" in paper._calm.text())
    paper.show_nothing()
    assert paper._calm.text() == "Välj en bilaga för att se dess sidor."
    assert paper.model.rowCount() == 0


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script")
def test_closing_the_window_ends_what_hangs(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in = StandIn(tmp_path)
    stand_in.program.write_text(stand_in.program.read_text().replace('text == "hang"', "True"))
    monkeypatch.setenv("FINSAM_WITHOUT", "")
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    page = page_of(window, "handlingar")
    page.side._pages.setCurrentWidget(page.side.paper)
    page.side.paper.show_file("brev.rtf", "Brev", "1", lambda: b"{\\rtf1 x}")
    wait_until(lambda: stand_in.has_started(0.0))
    window.close()
    assert stand_in.left_running() == []
    assert window.jobs.shut_down(0)
