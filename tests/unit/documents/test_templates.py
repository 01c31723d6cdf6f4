"""The templates that follow with the program: made by the build, styled by name, nothing stale in them."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from finsam_desktop import paths
from finsam_desktop.documents import Document

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FOLDER = paths.templates() / "word"
STYLES = {
    "Normal", "Body Text", "Title", "Subtitle", "heading 1", "heading 2", "heading 3", "heading 4", "Ärenderubrik",
    "Ärendeuppgift", "Ärendetyp", "Delärende", "Ärendeled", "Ärendeled under delärende", "Beslutstext", "Att-sats",
    "Faktarad", "Faktaetikett", "Ingress", "List Bullet", "List Number", "caption", "Tabelltext", "Tabelltal",
    "Tabellrubrik", "Tabellrubrik tal", "Tabellnot", "Nyckeltal", "Nyckeltalstext", "Underskrift",
    "Namnförtydligande", "Omslagslinje", "Omslagsrubrik", "Omslagstext", "Omslagsuppgift", "header", "footer",
    "Avsändare", "Dokumentuppgift", "Strong", "Emphasis", "Hyperlink", "footnote text", "footnote reference",
    "List Paragraph", "toc 1", "toc 2", "Förbundstabell",
}  # fmt: skip


def part(document: Document, name: str) -> etree._Element:
    with zipfile.ZipFile(FOLDER / f"{document.value}.docx") as archive:
        return etree.fromstring(archive.read(name))


def test_build_gives_the_committed_files_byte_by_byte(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, str(FOLDER / "drawing" / "__main__.py"), str(tmp_path)],
        check=True,
        capture_output=True,
    )
    for document in Document:
        name = f"{document.value}.docx"
        assert (tmp_path / name).read_bytes() == (FOLDER / name).read_bytes(), f"run dev.py templates: {name}"


@pytest.mark.parametrize("document", list(Document))
def test_every_style_is_present_and_every_style_used_is_defined(document: Document) -> None:
    sheet = part(document, "word/styles.xml")
    known = {s.get(f"{W}styleId"): s.find(f"{W}name").get(f"{W}val") for s in sheet.iter(f"{W}style")}
    assert set(known.values()) >= STYLES
    with zipfile.ZipFile(FOLDER / f"{document.value}.docx") as archive:
        for name in archive.namelist():
            if name.startswith("word/") and name.endswith(".xml"):
                root = etree.fromstring(archive.read(name))
                used = {
                    e.get(f"{W}val")
                    for tag in ("pStyle", "rStyle", "tblStyle", "basedOn", "next")
                    for e in root.iter(f"{W}{tag}")
                }
                assert used <= set(known), name


@pytest.mark.parametrize("document", list(Document))
def test_nothing_stale_and_no_update_question(document: Document) -> None:
    with zipfile.ZipFile(FOLDER / f"{document.value}.docx") as archive:
        names = archive.namelist()
        settings = archive.read("word/settings.xml")
        everything = b"".join(archive.read(name) for name in names)
    assert not [name for name in names if "customXml" in name or "stylesWithEffects" in name]
    assert b"updateFields" not in settings
    assert b"w:dirty" not in everything
    assert b'w:val="15"' in settings
    assert b'<w:lang w:val="sv-SE"' in everything
    assert b"Carlito" in everything


@pytest.mark.parametrize("document", list(Document))
def test_page_is_a4_with_the_margins_of_the_house(document: Document) -> None:
    section = part(document, "word/document.xml").find(f"{W}body/{W}sectPr")
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    assert (size.get(f"{W}w"), size.get(f"{W}h")) == ("11906", "16838")
    bottom = {Document.PROTOKOLL: 30}.get(document, 26)
    assert [round(int(margins.get(f"{W}{side}")) / 56.69) for side in ("left", "right", "top", "bottom")] == [
        25,
        25,
        28,
        bottom,
    ]


@pytest.mark.parametrize("document", [Document.KALLELSE, Document.PROTOKOLL])
def test_tables_have_marked_headers_and_rows_that_are_not_split(document: Document) -> None:
    tables = list(part(document, "word/document.xml").iter(f"{W}tbl"))
    assert len(tables) >= 2
    for table in tables:
        rows = table.findall(f"{W}tr")
        assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
        assert table.find(f"{W}tblPr/{W}tblCaption") is not None
        assert table.find(f"{W}tblPr/{W}tblDescription") is not None
        grid = [int(c.get(f"{W}w")) for c in table.iter(f"{W}gridCol")]
        assert sum(grid) == int(table.find(f"{W}tblPr/{W}tblW").get(f"{W}w"))


@pytest.mark.parametrize("document", list(Document))
def test_no_empty_paragraph_stands_for_space_in_the_text(document: Document) -> None:
    body = part(document, "word/document.xml").find(f"{W}body")
    blank = [p for p in body.iterchildren(f"{W}p") if not "".join(p.itertext()).strip()]
    empty = [p for p in blank if p.find(f"{W}r/{W}tab") is None]  # a tab draws a line to write on
    assert [p.find(f"{W}pPr/{W}pStyle").get(f"{W}val") for p in empty] in ([], ["Omslagslinje"])
