"""The papers of the example as PDF: PDF/UA without an error, tagged, titled, in Swedish, and poppler is content."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pdfua import validate

from finsam_desktop.documents import Document
from finsam_desktop.documents.file_barriers import barriers
from finsam_desktop.pdf.alternatives import chart_descriptions
from finsam_desktop.pdf.convert import Converted, SourceFile, convert_all
from finsam_desktop.pdf.libreoffice import find_libreoffice
from tests.reference import example

pytestmark = pytest.mark.needs_libreoffice

ALWAYS = (
    Document.KALLELSE,
    Document.PROTOKOLL,
    Document.TERTIALRAPPORT,
    Document.BUDGET,
    Document.HANDLINGAR,
)
"""In every run; between them they have all that the others have: lists, tables, charts, long texts."""
PAPERS = [one if one in ALWAYS else pytest.param(one, marks=pytest.mark.long) for one in Document]


@pytest.fixture(scope="module")
def papers(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> dict[Document, Converted]:
    """The documents of the example, made in one call."""
    wanted = tuple(Document) if request.config.getoption("--all") else ALWAYS
    files = [SourceFile(name=f"{one.value}.docx", content=docx(one)) for one in wanted]
    folder = tmp_path_factory.mktemp("libreoffice")
    made = convert_all(files, profile=folder, cache=None, step=None, libreoffice=find_libreoffice())
    return dict(zip(wanted, made, strict=True))


@cache
def docx(document: Document) -> bytes:
    return example.docx(document)


@pytest.mark.parametrize("document", PAPERS)
def test_the_pdf_is_pdf_ua(document: Document, papers: dict[Document, Converted], tmp_path: Path) -> None:
    made = papers[document]
    assert made.problem == ""
    path = tmp_path / "papper.pdf"
    path.write_bytes(made.pdf)
    assert [f"{one.rule_id} {one.message}" for one in validate(str(path)).findings] == []
    assert barriers(made.pdf) == ()
    with pikepdf.open(path) as pdf:
        assert str(pdf.Root.Lang) == "sv-SE"
        assert str(pdf.docinfo["/Title"])
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)


@pytest.mark.parametrize("document", PAPERS)
def test_poppler_finds_headings_in_order(
    document: Document, papers: dict[Document, Converted], tmp_path: Path
) -> None:
    if shutil.which("pdfinfo") is None:
        pytest.skip("pdfinfo is not installed")
    path = tmp_path / "papper.pdf"
    path.write_bytes(papers[document].pdf)
    told = subprocess.run(["pdfinfo", "-struct", str(path)], capture_output=True, text=True, check=True)
    assert told.stderr == ""
    tags = [line.strip().split(" ")[0].rstrip(":") for line in told.stdout.splitlines()]
    levels = [int(tag[1]) for tag in tags if len(tag) == 2 and tag[0] == "H" and tag[1].isdigit()]
    assert all(after <= before + 1 for before, after in zip([0, *levels], levels, strict=False)), levels
    assert ("Table" in tags) == ("TH" in tags), "a table without a header"


def test_charts_have_their_figures_in_words(papers: dict[Document, Converted]) -> None:
    with_charts = [one for one in papers if chart_descriptions(docx(one))]
    assert Document.TERTIALRAPPORT in with_charts
    for document in with_charts:
        with pikepdf.open(BytesIO(papers[document].pdf)) as pdf:
            told = {str(one.Alt) for one in pdf.objects if _is_figure(one) and "/Alt" in one}
        assert set(chart_descriptions(docx(document))) <= told


def _is_figure(thing: object) -> bool:
    return isinstance(thing, pikepdf.Dictionary) and str(thing.get("/S", "")) == "/Figure"
