"""Export: never over what someone has written by hand, and what had been changed is told."""

from __future__ import annotations

import io
import os
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from finsam_desktop.documents import Document
from finsam_desktop.documents.differences import (
    MOST_LINES,
    SAME_TEXT,
    UNREADABLE,
    differences,
    paragraph_texts,
)
from finsam_desktop.documents.export import export
from finsam_desktop.errors import UserError
from finsam_desktop.workspace import Workspace
from tests.reference import example
from tests.reference.outline import paragraphs


@pytest.fixture
def workspace(tmp_path: Path):
    known = example.association()
    bare = replace(known, letterhead=replace(known.letterhead, logo=""))
    with Workspace.create(tmp_path / "a.finsam", bare, user="Test") as opened:
        for meeting in example.meetings():
            opened.change("Ny", None, meeting)
        yield opened


def made(workspace: Workspace, out: Path, **more):
    return export(workspace, "2026-10-29", Document.KALLELSE, out, today=example.TODAY, **more)


def edited(docx: bytes, old: str, new: str) -> bytes:
    """The document after someone has changed words in it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as source, zipfile.ZipFile(buffer, "w") as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == "word/document.xml":
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode())
            target.writestr(entry, content)
    return buffer.getvalue()


def retitled(workspace: Workspace) -> None:
    before = workspace.find_meeting("2026-10-29")
    workspace.change("Byt plats", before, replace(before, place="Ny plats"))


def test_new_file(workspace: Workspace, tmp_path: Path) -> None:
    out = tmp_path / "Kallelse.docx"
    result = made(workspace, out)
    assert (result.path, result.beside, result.differences) == (out, False, ())
    assert "Sammanträdesrum Linden" in "\n".join(paragraph_texts(out.read_bytes()))


def test_own_untouched_file_is_replaced(workspace: Workspace, tmp_path: Path) -> None:
    out = tmp_path / "Kallelse.docx"
    made(workspace, out)
    retitled(workspace)
    result = made(workspace, out)
    assert (result.path, result.beside) == (out, False)
    assert "Ny plats" in "\n".join(paragraph_texts(out.read_bytes()))
    assert [path.name for path in tmp_path.glob("*.docx")] == ["Kallelse.docx"]


def test_file_changed_by_hand_is_kept_and_the_change_told(workspace: Workspace, tmp_path: Path) -> None:
    out = tmp_path / "Kallelse.docx"
    made(workspace, out)
    by_hand = edited(out.read_bytes(), "Budgetläge inför 2027", "Budgetläge inför 2028")
    out.write_bytes(by_hand)
    retitled(workspace)
    result = made(workspace, out)
    assert out.read_bytes() == by_hand
    assert result.path == tmp_path / "Kallelse (2).docx"
    assert result.beside
    assert "Ändrat: ”Budgetläge inför 2027” till ”Budgetläge inför 2028”." in result.differences
    assert not [line for line in result.differences if "Ny plats" in line]


def test_second_export_reuses_the_file_beside_when_it_is_untouched(
    workspace: Workspace, tmp_path: Path
) -> None:
    out = tmp_path / "Kallelse.docx"
    made(workspace, out)
    out.write_bytes(edited(out.read_bytes(), "Kallelse", "Kallelsen"))
    first = made(workspace, out)
    retitled(workspace)
    assert made(workspace, out).path == first.path
    first.path.write_bytes(edited(first.path.read_bytes(), "Ny plats", "Annan plats"))
    assert made(workspace, out).path == tmp_path / "Kallelse (3).docx"
    assert "Annan plats" in "\n".join(paragraph_texts(first.path.read_bytes()))


def test_file_that_we_did_not_make_is_kept(workspace: Workspace, tmp_path: Path) -> None:
    out = tmp_path / "Kallelse.docx"
    out.write_bytes(b"inte alls ett Worddokument")
    result = made(workspace, out)
    assert out.read_bytes() == b"inte alls ett Worddokument"
    assert result.beside
    assert result.differences == (UNREADABLE,)


def test_export_is_recorded_with_its_content(workspace: Workspace, tmp_path: Path) -> None:
    out = tmp_path / "Kallelse.docx"
    made(workspace, out)
    last = workspace.last_export(out)
    assert last is not None
    assert last.content == out.read_bytes()


def test_broken_template_names_file_place_and_tag_and_writes_nothing(
    workspace: Workspace, tmp_path: Path
) -> None:
    from finsam_desktop import paths

    good = (paths.templates() / "word" / "kallelse.docx").read_bytes()
    template = tmp_path / "Vår kallelse.docx"
    template.write_bytes(edited(good, "{{ meeting.time }}", "{{ meeting.tid }}"))
    out = tmp_path / "Kallelse.docx"
    with pytest.raises(UserError) as caught:
        made(workspace, out, template=template)
    told = str(caught.value)
    assert "Mallen Vår kallelse.docx kan inte användas" in told
    assert "meeting.tid" in told
    assert "stycke" in told
    assert not out.exists()
    assert workspace.last_export(out) is None


@pytest.mark.parametrize("content", [b"", b"inte en zip"])
def test_template_that_is_no_word_file(workspace: Workspace, tmp_path: Path, content: bytes) -> None:
    template = tmp_path / "Mall.docx"
    template.write_bytes(content)
    with pytest.raises(UserError, match=r"Mallen Mall\.docx kan inte användas\. Mallen är inte"):
        made(workspace, tmp_path / "Kallelse.docx", template=template)


def test_missing_template(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"Mallen Borta\.docx går inte att läsa"):
        made(workspace, tmp_path / "Kallelse.docx", template=tmp_path / "Borta.docx")


def test_folder_in_the_place_of_the_file(workspace: Workspace, tmp_path: Path) -> None:
    out = tmp_path / "Kallelse.docx"
    out.mkdir()
    with pytest.raises(UserError, match=r"Kallelse\.docx är en mapp"):
        made(workspace, out)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no permission bits on folders")
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write everywhere")
def test_folder_that_cannot_be_written(workspace: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "låst"
    folder.mkdir(mode=0o500)
    with pytest.raises(UserError):
        made(workspace, folder / "Kallelse.docx")


def test_folder_that_does_not_exist(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(UserError):
        made(workspace, tmp_path / "borta" / "Kallelse.docx")


def test_measured_pages_are_printed(workspace: Workspace, tmp_path: Path) -> None:
    out = tmp_path / "Protokoll.docx"
    seen: list[bytes] = []

    def measure(docx: bytes) -> dict[str, int]:
        seen.append(docx)
        return {f"paragraf_{n}": 40 + n for n in range(61, 76)}

    export(workspace, "2026-10-29", Document.PROTOKOLL, out, today=example.TODAY, measure=measure)
    assert len(seen) == 1
    assert {"101", "115"} <= set(paragraph_texts(out.read_bytes()))


def test_differences_are_told_paragraph_by_paragraph(workspace: Workspace, tmp_path: Path) -> None:
    out = tmp_path / "Kallelse.docx"
    made(workspace, out)
    before = out.read_bytes()
    assert differences(before, before) == (SAME_TEXT,)
    assert differences(before, b"") == (UNREADABLE,)
    gone = edited(before, ">Utcheckning<", "><")
    assert differences(before, gone) == ("Borttaget: ”Utcheckning”.",)
    assert differences(gone, before) == ("Tillagt: ”Utcheckning”.",)


def test_many_differences_are_counted(workspace: Workspace, tmp_path: Path) -> None:
    out = tmp_path / "Kallelse.docx"
    made(workspace, out)
    told = differences(
        edited(out.read_bytes(), "a", "a").replace(b"x", b"x"), example.docx(Document.PROTOKOLL)
    )
    assert len(told) == MOST_LINES + 1
    assert told[-1].startswith("… och ")
    assert told[-1].endswith(" ändringar till.")


def test_what_could_not_be_recorded_is_not_left_behind(workspace: Workspace, tmp_path: Path) -> None:
    """Regression: on a full disk the document was written and the record of it was not."""

    class Full:
        """The workspace on a disk that became full when the document had been written."""

        def __getattr__(self, name: str) -> object:
            return getattr(workspace, name)

        def record_export(self, *_: object) -> None:
            raise UserError("Disken är full.")

    new = tmp_path / "ny.docx"
    with pytest.raises(UserError, match="full"):
        made(Full(), new)  # type: ignore[arg-type]
    assert not new.exists()
    old = tmp_path / "gammal.docx"
    first = made(workspace, old)
    content = first.path.read_bytes()
    retitled(workspace)
    with pytest.raises(UserError, match="full"):
        made(Full(), old)  # type: ignore[arg-type]
    assert old.read_bytes() == content


def test_pages_are_not_measured_where_libreoffice_is_missing_or_fails(monkeypatch, tmp_path: Path) -> None:
    from finsam_desktop.documents import page_images, page_numbers

    monkeypatch.setattr(page_images, "find_libreoffice", lambda: None)
    assert page_numbers.measured(b"") == {}
    monkeypatch.setattr(page_images, "find_libreoffice", lambda: Path("soffice"))

    def fails(docx: bytes, *, profile: Path) -> bytes:
        raise UserError("Sidorna gick inte att visa.")

    monkeypatch.setattr(page_images, "to_pdf", fails)
    assert page_numbers.measured(b"", tmp_path / "profil") == {}


def test_minutes_without_measured_pages_have_no_column_for_them() -> None:
    without, waiting, known = (
        example.docx(Document.PROTOKOLL, pages=pages)
        for pages in (None, {}, {f"paragraf_{n}": n for n in range(61, 76)})
    )
    assert "Sida" not in [text for _, text in paragraphs(without)]
    assert "Sida" in [text for _, text in paragraphs(waiting)]
    assert [text for style, text in paragraphs(known) if style == "Tabelltal"] == [
        str(n) for n in range(61, 76)
    ]
    assert "–" not in [text for _, text in paragraphs(without)]


REPORT_PAGES = {"sidor": 16, "rubrik Sammanfattning": 3, "rubrik Verksamhet": 3, "rubrik Ekonomi": 14}


def contents(pages: dict[str, int] | None) -> list[str]:
    docx = example.docx(Document.TERTIALRAPPORT, pages=pages)
    return [text for style, text in paragraphs(docx) if style in ("toc 1", "toc 2")]


def test_a_long_report_has_its_contents_with_the_pages_that_are_known() -> None:
    listed = contents(REPORT_PAGES)
    assert listed[:2] == ["Sammanfattning\t3", "Verksamhet\t3"]
    assert "Ekonomi\t14" in listed
    assert "Arbetsmarknadstorgen\t" in listed  # not measured: no number, and no dash
    assert "Ledning och styrning\t" not in listed  # level 3


def test_a_short_report_or_one_without_measured_pages_has_no_contents() -> None:
    assert contents(None) == []
    assert contents({**REPORT_PAGES, "sidor": 9}) == []  # eight without the page of contents
    assert contents({**REPORT_PAGES, "sidor": 10}) != []
    assert contents({}) != []  # as it is measured
