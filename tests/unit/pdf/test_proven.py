"""A PDF that would take the program with it takes a child, and is refused in words."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from finsam_desktop import signed_papers
from finsam_desktop.documents.file_barriers import barriers
from finsam_desktop.documents.public_files import public_file
from finsam_desktop.domain.masking import Masking
from finsam_desktop.errors import UserError
from finsam_desktop.pdf import apart, proven
from finsam_desktop.pdf.convert import SourceFile, convert_all
from finsam_desktop.pdf.recognise import Unfit
from finsam_desktop.pdf.tagged_page import message_page

FALLS = "import os, signal, sys; os.kill(os.getpid(), signal.SIGSEGV)"
REACHED = "pikepdf reached in the program's own process"


@pytest.fixture
def pdf() -> bytes:
    return message_page("Underlag", ("Ett stycke.",))


@pytest.fixture
def falling(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every child falls at once, as by a fault in a library; and nothing may be read where we are."""
    import pikepdf

    def reached(*_: object, **__: object) -> None:
        raise AssertionError(REACHED)

    proven._proven.clear()
    monkeypatch.setattr(apart, "child_command", lambda: [sys.executable, "-c", FALLS])
    monkeypatch.setattr(pikepdf, "open", reached)


def test_a_sound_pdf_is_proven_once(pdf: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    proven.prove(pdf)
    monkeypatch.setattr(apart, "child_command", lambda: [sys.executable, "-c", FALLS])
    proven.prove(pdf)


def test_a_locked_or_broken_pdf_is_told() -> None:
    with pytest.raises(Unfit, match="skadad"):
        proven.prove(b"%PDF-1.7\n" + b"x" * 500)


@pytest.mark.usefixtures("falling")
def test_a_pdf_that_falls_is_refused(pdf: bytes, tmp_path: Path) -> None:
    with pytest.raises(Unfit) as told:
        proven.prove(pdf)
    assert told.value.advice
    assert barriers(pdf) == ()
    made = public_file("a.pdf", pdf, Masking(()))
    assert made.content is None
    assert made.problem == told.value.reason
    with pytest.raises(UserError, match=r"protokoll\.pdf är låst eller skadad"):
        signed_papers.look_at("protokoll.pdf", pdf)


def test_a_pdf_in_a_pack_that_falls_becomes_a_page_that_says_so(
    pdf: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "child_command", lambda: [sys.executable, "-c", FALLS])
    (made,) = convert_all([SourceFile(name="a.pdf", content=pdf)], profile=tmp_path, libreoffice=None)
    assert made.problem == apart.PROBLEMS["stopped"]


def test_pages_are_drawn_in_the_child_before_they_are_here(
    pdf: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The child's work on a PDF reaches the library that draws."""
    from finsam_desktop.pdf import page_facts, works

    reached = []
    monkeypatch.setattr(page_facts, "look_at", lambda content: reached.append(content))
    works.pdf_as_it_is(pdf, {})
    works.gone_through(pdf, {})
    assert reached == [pdf, pdf]
