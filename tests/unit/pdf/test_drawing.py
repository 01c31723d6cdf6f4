"""Pages are drawn a few at a time, never larger than a screen needs, and what draws them may be stopped."""

from __future__ import annotations

import io
import sys
import time
from pathlib import Path

import pikepdf
import pytest

from finsam_desktop.pdf.apart import Task
from finsam_desktop.pdf.drawing import MAX_DRAWN_HEIGHT, PageImage, draw, packed, unpacked
from finsam_desktop.pdf.libreoffice import find_libreoffice
from finsam_desktop.pdf.standing import StandingChild
from finsam_desktop.pdf.tagged_page import message_page
from finsam_desktop.pdf.warm import NoPages, WarmLibreOffice
from tests.unit.pdf.stand_ins import StandIn, is_running
from tests.unit.pdf.test_convert import pdf_file, text_of
from tests.unit.pdf.test_recognise import word_file


def sized(*sizes: tuple[float, float]) -> bytes:
    pdf = pikepdf.new()
    for size in sizes:
        pdf.add_blank_page(page_size=size)
    content = io.BytesIO()
    pdf.save(content)
    return content.getvalue()


def test_only_the_pages_asked_for_are_drawn_and_the_others_have_their_size() -> None:
    pages = draw(sized((600, 800), (800, 600), (600, 800), (600, 600)), 300, first=1, count=2, others=True)
    assert [bool(page.pixels) for page in pages] == [False, True, True, False]
    assert [(page.width, page.height) for page in pages] == [(300, 400), (300, 225), (300, 400), (300, 300)]
    assert [(p.width, p.height) for p in draw(sized((600, 800), (600, 600)), 300, first=1)] == [(300, 300)]


def test_words_have_their_place_whether_drawn_or_not() -> None:
    pdf = message_page("Rubrik", ("Text nedanför.",))
    (bare,) = draw(pdf, 300, count=0, others=True)
    (drawn,) = draw(pdf, 300)
    assert bare.texts == drawn.texts
    assert [text for text, _, _ in drawn.texts] == ["Rubrik", "Text nedanför."]
    assert all(0 < top < bottom < 1 for _, top, bottom in drawn.texts)


@pytest.mark.parametrize("size", [(3, 14_000), (14_000, 3), (3, 3)])
def test_a_page_of_strange_proportions_is_not_drawn_larger_than_it_may(size: tuple[float, float]) -> None:
    (page,) = draw(sized(size), 900)
    assert page.width <= 901
    assert page.height <= MAX_DRAWN_HEIGHT + 1
    assert len(page.pixels) == page.stride * page.height


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"inte en pdf", pdf_file()[:100]])
def test_what_is_no_pdf_is_a_value_error(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        draw(content, 300)


def test_drawing_can_be_stopped_between_pages() -> None:
    class Enough(Exception):
        pass

    asked = []

    def step(done: int, total: int) -> None:
        asked.append((done, total))
        if done == 1:
            raise Enough

    with pytest.raises(Enough):
        draw(pdf_file(5), 100, step=step)
    assert asked == [(0, 5), (1, 5)]


def test_pages_come_whole_from_another_process_or_not_at_all() -> None:
    pages = (*draw(message_page("Å", ("Text",)), 100), PageImage(width=10, height=20, stride=0, pixels=b""))
    content = packed(pages)
    assert unpacked(content) == pages
    with pytest.raises(ValueError, match=r"."):
        unpacked(content[:-1])
    with pytest.raises(ValueError, match=r"."):
        unpacked(content[:50])


def test_a_child_that_stays_does_one_task_after_another_and_comes_again_when_it_is_ended() -> None:
    child = StandingChild()
    try:
        drawn = Task(key="", work="draw", source="", first="0", count="1", width="100", others="1")
        result = child.do(drawn, pdf_file(3))
        assert [bool(page.pixels) for page in unpacked(result.content)] == [True, False, False]
        assert child._tree is not None
        first = child._tree.pid
        assert "Hej" in text_of(child.do(Task(key="", work="word", source=""), word_file("Hej")).content)
        assert child.do(Task(key="", work="word", source=""), b"skr\xc3\xa4p").reason
        assert child._tree.pid == first
        child._tree.end()
        assert child.do(drawn, pdf_file(1)).reason == ""
        assert child._tree.pid != first
        last = child._tree.pid
    finally:
        child.close()
    assert not is_running(last)
    assert child.do(drawn, pdf_file(1)).reason


def test_who_stops_waiting_ends_the_child() -> None:
    class Enough(Exception):
        pass

    def step() -> None:
        raise Enough

    child = StandingChild()
    with pytest.raises(Enough):
        child.do(Task(key="", work="word", source=""), word_file(), step)
    assert child._tree is None
    child.close()


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script")
def test_a_libreoffice_that_never_gets_warm_is_given_up_and_ended(tmp_path: Path) -> None:
    (tmp_path / "soffice").write_text("#!/bin/sh\nsleep 300\n")
    (tmp_path / "soffice").chmod(0o755)
    warm = WarmLibreOffice(tmp_path / "soffice", tmp_path / "profiles", start=0.3)
    started = time.monotonic()
    with pytest.raises(NoPages, match="gick inte att starta"):
        warm.pdf(word_file())
    assert time.monotonic() - started < 60
    assert not warm.is_warm
    warm.close()
    with pytest.raises(NoPages):
        warm.pdf(word_file())


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script")
def test_a_libreoffice_that_ends_at_once_is_told(tmp_path: Path) -> None:
    stand_in = StandIn(tmp_path)
    warm = WarmLibreOffice(stand_in.program, tmp_path / "profiles", start=20)
    with pytest.raises(NoPages):
        warm.warm_up()
    warm.close()


@pytest.mark.needs_libreoffice
def test_a_warm_libreoffice_makes_one_document_after_another(tmp_path: Path) -> None:
    program = find_libreoffice()
    assert program is not None
    warm = WarmLibreOffice(program, tmp_path)
    try:
        assert "Ett" in text_of(warm.pdf(word_file("Ett")))
        assert warm._tree is not None
        pid = warm._tree.pid
        assert "Två" in text_of(warm.pdf(word_file("Två")))
        with pytest.raises(NoPages):
            warm.pdf(b"PK\x03\x04 trasig")
        assert warm._tree is not None
        assert "Tre" in text_of(warm.pdf(word_file("Tre")))
        assert warm._tree.pid == pid
        warm._tree.end()  # as when it crashes
        assert "Fyra" in text_of(warm.pdf(word_file("Fyra")))
        assert warm._tree.pid != pid
        last = warm._tree.pid
        assert warm.is_warm
    finally:
        warm.close()
    assert not is_running(last)
    assert not warm.is_warm
