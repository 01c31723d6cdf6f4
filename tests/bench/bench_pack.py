"""Packs: twelve items with fifteen bilagor of ten kinds, and the merge itself against bare pikepdf."""

from __future__ import annotations

import io
import tempfile
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pikepdf
from pikepdf import Dictionary, Name, OutlineItem

from finsam_desktop import paths
from finsam_desktop.documents.kinds import Document
from finsam_desktop.documents.pack import PackOptions, PackTools, build_pack
from finsam_desktop.pdf.convert import SourceFile, convert_all
from finsam_desktop.pdf.libreoffice import find_libreoffice
from finsam_desktop.pdf.merge import Part, merge
from finsam_desktop.pdf.page_facts import PdfFacts, look_at
from tests import board_pack
from tests.bench.measure import Measure, interleaved_seconds
from tests.made_pdfs import Made, made
from tests.reference import example

TODAY = date(2026, 10, 20)
OUTLINE = tuple((f"Rubrik {number}", number % 4, ()) for number in range(16))


def measures() -> list[Measure]:
    """Seconds of a first build and of one after an item has been moved; the merge as a share of bare pikepdf's."""
    return [*_builds(), *_merges(), _two_hundred_pages()]


def _builds() -> list[Measure]:
    if find_libreoffice() is None:
        return []
    with tempfile.TemporaryDirectory() as name:
        where, tools = board_pack.source(), PackTools.in_folder(Path(name))
        begun = time.perf_counter()
        build_pack(where, "", PackOptions(), tools=tools, today=TODAY)
        first = time.perf_counter() - begun
        again = []
        for place in range(5):
            items = list(where.meeting.items)
            items.insert(place, items.pop(9))
            where.meeting = replace(where.meeting, items=tuple(items))
            begun = time.perf_counter()
            build_pack(where, "", PackOptions(), tools=tools, today=TODAY)
            again.append(time.perf_counter() - begun)
    return [
        Measure(name="handlingar, 15 bilagor, första gången", value=first, unit="s", goal=60.0),
        Measure(name="handlingar efter att ett ärende flyttats", value=sorted(again)[2], unit="s", goal=5.0),
    ]


def _merges() -> list[Measure]:
    """The parts are as LibreOffice makes them, tagged and with 16 bookmarks; the long one is made by hand."""
    found = []
    sources = [(5, made(Made("bilaga", 233, outline=OUTLINE)))]
    if find_libreoffice() is not None:
        sources.insert(0, (10, _kallelse()))
    for copies, pdf in sources:
        facts = look_at(pdf)
        bare, ours = interleaved_seconds(
            lambda pdf=pdf, copies=copies: _bare(pdf, copies),
            lambda pdf=pdf, copies=copies, facts=facts: _ours(pdf, copies, facts),
        )
        name = f"sätta ihop {copies} x {len(facts.pages)} sidor mot bara pikepdf"
        found.append(Measure(name=name, value=ours / bare, unit="x", goal=1.3))
    return found


def _kallelse() -> bytes:
    """The example's kallelse as LibreOffice lays it out."""
    docx = example.docx(Document.KALLELSE)
    with tempfile.TemporaryDirectory() as name:
        files = [SourceFile(name="kallelse.docx", content=docx)]
        (converted,) = convert_all(files, profile=Path(name), libreoffice=find_libreoffice())
    return converted.pdf


def _two_hundred_pages() -> Measure:
    pdfs = [
        made(Made(f"bilaga {number}", 10, tagged=number % 2 == 0, outline=OUTLINE[:4]))
        for number in range(20)
    ]

    def build() -> None:
        _merged([(pdf, look_at(pdf)) for pdf in pdfs])

    (seconds,) = interleaved_seconds(build, turns=5)
    return Measure(name="200 sidor, sedda och satta ihop", value=seconds, unit="s", goal=15.0)


def _ours(pdf: bytes, copies: int, facts: PdfFacts) -> bytes:
    return _merged([(pdf, facts)] * copies)


def _merged(pdfs: list[tuple[bytes, PdfFacts]]) -> bytes:
    parts = [
        Part(title=f"Bilaga {number}", pdf=pdf, stamp=f"Bilaga {number} till punkt {number}", facts=facts)
        for number, (pdf, facts) in enumerate(pdfs, start=1)
    ]
    return merge(parts, title="Handlingar", fonts=paths.resources() / "fonts").pdf


def _bare(pdf: bytes, copies: int) -> bytes:
    """Merge, a bookmark for each file and a stamp on each page, and nothing else."""
    out = pikepdf.new()
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding
    )
    font = out.make_indirect(font)
    with out.open_outline() as outline:
        for number in range(1, copies + 1):
            source = pikepdf.open(io.BytesIO(pdf))
            count, first = len(source.pages), len(out.pages)
            out.pages.extend(source.pages)
            outline.root.append(OutlineItem(f"Bilaga {number}", first, "Fit"))
            for place in range(count):
                page = out.pages[first + place]
                width, height = float(page.mediabox[2]), float(page.mediabox[3])
                page.contents_add(b"q\n", prepend=True)
                name = str(page.add_resource(font, Name.Font))[1:].encode()
                text = f"Bilaga {number} \u2013 sida {place + 1} av {count}".encode("cp1252")
                page.contents_add(
                    b"Q q BT /%s 9 Tf %.1f %.1f Td (%s) Tj ET Q" % (name, width - 150, height - 24, text)
                )
    target = io.BytesIO()
    out.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return target.getvalue()
