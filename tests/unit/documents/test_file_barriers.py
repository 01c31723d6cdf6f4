"""What hinders a screen reader in a PDF is seen in the file itself."""

from __future__ import annotations

from io import BytesIO

import pikepdf
from pikepdf import Dictionary

from finsam_desktop.documents.file_barriers import barriers
from finsam_desktop.domain.accessibility import Barrier
from finsam_desktop.pdf.tagged_page import message_page
from tests import secret_files


def test_a_plain_pdf_lacks_tags_title_and_language_but_has_text() -> None:
    found = barriers(secret_files.pdf("Rapporten visas här", "x"))
    assert found == (Barrier.UNTAGGED, Barrier.NO_TITLE, Barrier.NO_LANGUAGE)


def test_pages_without_letters_are_scanned() -> None:
    assert barriers(secret_files.pdf(".", "x"))[0] == Barrier.SCANNED


def test_a_page_of_our_own_hinders_nobody() -> None:
    assert barriers(message_page("Bilaga 3", ("Bilagan är borttagen.",))) == ()


def test_a_title_in_the_metadata_is_a_title() -> None:
    out = BytesIO()
    with pikepdf.open(BytesIO(secret_files.pdf("Rapporten visas här", "x"))) as pdf:
        with pdf.open_metadata() as told:
            told["dc:title"] = "Rapport"
        pdf.Root.Lang = "sv-SE"
        pdf.Root.MarkInfo = Dictionary(Marked=True)
        pdf.save(out)
    assert barriers(out.getvalue()) == (Barrier.UNTAGGED,)


def test_other_files_and_broken_ones_are_told_of_elsewhere() -> None:
    assert barriers(b"PK\x03\x04") == ()
    assert barriers(b"%PDF-1.7 trasig") == ()
