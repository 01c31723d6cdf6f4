"""What the files of a meeting are called."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam_desktop.documents.file_names import attachment_file_name, pack_file_name
from finsam_desktop.domain.agenda import Attachment
from finsam_desktop.domain.meeting import Meeting

MEETING = Meeting(date=date(2021, 10, 28))


def named(title: str, number: int | None = 2, suffix: str = ".pdf") -> str:
    return attachment_file_name(MEETING, Attachment(title=title), number, suffix)


def test_an_attachment_is_called_by_day_number_and_title() -> None:
    assert named("Tertialrapport T2") == "2021-10-28 Bilaga 2 Tertialrapport T2.pdf"
    assert named("Avtal", None, ".DOCX") == "2021-10-28 Bilaga Avtal.docx"


@pytest.mark.parametrize("suffix", ["", ".", "..", ".p/df", ". pdf.exe x", ".åäö", ".abcdefghi"])
def test_what_is_no_usual_extension_is_left_out(suffix: str) -> None:
    assert named("Avtal", suffix=suffix) == "2021-10-28 Bilaga 2 Avtal"


def test_packs_are_called_by_day_and_what_they_are() -> None:
    assert pack_file_name(MEETING) == "2021-10-28 Handlingar.pdf"
    assert pack_file_name(MEETING, supplementary=True) == "2021-10-28 Tilläggshandlingar.pdf"
    assert pack_file_name(MEETING, public=True) == "2021-10-28 Handlingar offentlig.pdf"


@pytest.mark.parametrize(
    ("title", "seen"),
    [
        ("Avtal: Region/kommun?", "Avtal- Region-kommun-"),
        ("nam\u202efdp.exe", "namfdp.exe"),
        ("slut. ", "slut"),
        ("a\u0308ndring", "ändring"),
        ("udda \ud800 tecken", "udda - tecken"),
    ],
)
def test_what_a_file_system_or_an_eye_would_trip_over_is_mended(title: str, seen: str) -> None:
    assert named(title) == f"2021-10-28 Bilaga 2 {seen}.pdf"


@given(st.text(alphabet=st.characters(), max_size=400), st.integers(1, 999))
def test_every_name_fits_every_file_system(title: str, number: int) -> None:
    name = named(title, number)
    assert name.startswith(f"2021-10-28 Bilaga {number}")
    assert name.endswith(".pdf")
    assert len(name.encode("utf-8")) <= 255
    assert len(name.encode("utf-16-le")) // 2 <= 255
    assert not set(name) & set('<>:"/\\|?*')
    assert not name.removesuffix(".pdf").endswith((" ", "."))
