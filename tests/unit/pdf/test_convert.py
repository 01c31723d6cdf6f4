"""Every file becomes pages or a page that says why: with LibreOffice and without, again from the cache, and safely."""

from __future__ import annotations

import http.server
import io
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import docx
import openpyxl
import pikepdf
import pypdfium2 as pdfium
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm
from PIL import Image, ImageDraw

from finsam_desktop.pdf import apart, works
from finsam_desktop.pdf.batch import Limits
from finsam_desktop.pdf.cache import ConversionCache
from finsam_desktop.pdf.convert import BUNDLED, Converted, SourceFile, convert_all
from finsam_desktop.pdf.libreoffice import find_libreoffice
from finsam_desktop.pdf.recognise import Unfit
from tests.unit.pdf.hostile_files import bomb, docx_that_reaches_out, odt_that_reaches_out
from tests.unit.pdf.ole_files import ole, outlook_mail
from tests.unit.pdf.stand_ins import StandIn
from tests.unit.pdf.test_mail_pages import mail
from tests.unit.pdf.test_recognise import word_file, workbook_file


def picture(kind: str, **options: object) -> bytes:
    image = Image.new("RGB", (300, 200), "white")
    ImageDraw.Draw(image).rectangle((0, 0, 60, 60), fill="red")
    content = io.BytesIO()
    image.save(content, kind, **options)  # type: ignore[arg-type]
    return content.getvalue()


def pdf_file(pages: int = 2, **options: object) -> bytes:
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page(page_size=(595, 842))
    content = io.BytesIO()
    pdf.save(content, **options)  # type: ignore[arg-type]
    return content.getvalue()


def text_of(pdf: bytes) -> str:
    document = pdfium.PdfDocument(pdf)
    text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return text


def convert(tmp_path: Path, *files: tuple[str, bytes], **options: object) -> tuple[Converted, ...]:
    sources = [SourceFile(name=name, content=content) for name, content in files]
    return convert_all(sources, profile=tmp_path / "profiles", **options)  # type: ignore[arg-type]


LOCKED = (
    ("last.docx", ole({"EncryptedPackage": b"x"})),
    ("last.xlsx", ole({"EncryptedPackage": b"x"})),
    ("last.pdf", pdf_file(encryption=pikepdf.Encryption(user="hemligt", owner="hemligt"))),
)


def test_without_an_office_program_what_can_be_made_is_made_and_the_rest_is_told(tmp_path: Path) -> None:
    files = (
        ("rapport.docx", word_file("Rapportens text")),
        ("tabell.xlsx", workbook_file()),
        ("brev.eml", bytes(mail())),
        ("brev.msg", outlook_mail()),
        ("text.txt", "Åtta öl".encode("cp1252")),
        ("plan.md", b"# Plan"),
        ("bild.png", picture("PNG")),
        ("fil.pdf", pdf_file()),
        ("bild.odp", word_file()[:0] or b"PK"),
        ("gammal.doc", ole({"WordDocument": bytes(512)})),
        *LOCKED,
        ("bomb.docx", bomb(30)),
        ("okand.dwg", b"AC1027"),
    )
    made = dict(zip([name for name, _ in files], convert(tmp_path, *files), strict=True))
    assert {name for name, one in made.items() if one.program == BUNDLED} == {
        "rapport.docx", "tabell.xlsx", "brev.eml", "brev.msg", "text.txt", "plan.md",
    }  # fmt: skip
    assert "Rapportens text" in text_of(made["rapport.docx"].pdf)
    assert "12,5" in text_of(made["tabell.xlsx"].pdf)
    assert "Anna Åkesson" in text_of(made["brev.eml"].pdf)
    assert "yttrande.pdf" in text_of(made["brev.msg"].pdf)
    assert "Åtta öl" in text_of(made["text.txt"].pdf)
    assert [made[name].problem for name in ("bild.png", "fil.pdf")] == ["", ""]
    assert "lösenord" in made["last.docx"].problem
    assert "lösenord" in made["last.pdf"].problem
    assert "Excel" in made["last.xlsx"].advice
    assert "LibreOffice finns inte" in made["gammal.doc"].problem
    assert "sv.libreoffice.org" in made["gammal.doc"].advice
    for name, one in made.items():
        document = pdfium.PdfDocument(one.pdf)
        assert len(document) >= 1
        document.close()
        if one.problem:
            shown = " ".join(text_of(one.pdf).split())
            assert name in shown
            assert one.problem in shown
            assert one.advice in shown


def test_a_pdf_is_kept_as_it_came_unless_it_must_be_mended(tmp_path: Path) -> None:
    whole = pdf_file()
    owned = pdf_file(encryption=pikepdf.Encryption(user="", owner="hemligt"))
    broken = whole.replace(b"startxref\n", b"startxref\n9")
    made = convert(tmp_path, ("a.pdf", whole), ("b.pdf", owned), ("c.pdf", broken), ("d.pdf", whole[:60]))
    assert made[0] == Converted(pdf=whole, tagged=False, program="")
    for one in made[1:3]:
        assert one.problem == ""
        with pikepdf.open(io.BytesIO(one.pdf)) as opened:
            assert not opened.is_encrypted
            assert len(opened.pages) == 2
    assert "skadad" in made[3].problem


def test_a_pdf_that_shows_nothing_by_itself_is_told(tmp_path: Path) -> None:
    pdf = pikepdf.open(io.BytesIO(pdf_file(1)))
    pdf.Root.Collection = pikepdf.Dictionary()
    portfolio = io.BytesIO()
    pdf.save(portfolio)
    del pdf.Root.Collection
    pdf.Root.NeedsRendering = True
    form = io.BytesIO()
    pdf.save(form)
    made = convert(
        tmp_path, ("a.pdf", portfolio.getvalue()), ("b.pdf", form.getvalue()), ("c.pdf", pdf_file(0))
    )
    assert [
        "portfölj" in made[0].problem,
        "formulär" in made[1].problem,
        "inga sidor" in made[2].problem,
    ] == [True] * 3


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP"])
def test_a_picture_is_upright_on_its_page_and_says_nothing_of_its_camera(tmp_path: Path, kind: str) -> None:
    exif = Image.Exif()
    exif[0x010F] = "HEMLIG KAMERA"
    turned = kind == "JPEG"
    if turned:
        exif[0x0112] = 6  # the camera was held on its side
    content = picture(kind, **({"exif": exif} if kind in ("JPEG", "PNG", "WEBP") else {}))
    (made,) = convert(tmp_path, (f"bild.{kind.lower()}", content))
    assert made.problem == ""
    assert made.tagged
    assert b"HEMLIG KAMERA" not in made.pdf
    document = pdfium.PdfDocument(made.pdf)
    page = document[0]
    width, height = page.get_size()
    assert (width > height) != turned
    shown = page.render(scale=1).to_pil().convert("RGB")
    red = [
        (x, y) for x in range(0, shown.width, 4) for y in range(0, shown.height, 4) if _is_red(shown, x, y)
    ]
    middle = (
        sum(x for x, _ in red) / len(red) / shown.width,
        sum(y for _, y in red) / len(red) / shown.height,
    )
    # The red corner is up to the left; turned a quarter clockwise it is up to the right.
    assert middle[1] < 0.5
    assert (middle[0] > 0.5) == turned
    document.close()


def _is_red(image: Image.Image, x: int, y: int) -> bool:
    red, green, blue = image.getpixel((x, y))  # type: ignore[misc]
    return bool(red > 200 and green < 90 and blue < 90)


def test_every_page_of_a_scanned_file_comes(tmp_path: Path) -> None:
    pages = [Image.new("1", (200, 300), 1) for _ in range(3)]
    content = io.BytesIO()
    pages[0].save(content, "TIFF", save_all=True, append_images=pages[1:], compression="group4")
    (made,) = convert(tmp_path, ("skanning.tif", content.getvalue()))
    with pikepdf.open(io.BytesIO(made.pdf)) as pdf:
        assert len(pdf.pages) == 3


@pytest.mark.parametrize("cut", [20, 200])
def test_a_picture_that_was_cut_off_is_told(tmp_path: Path, cut: int) -> None:
    (made,) = convert(tmp_path, ("bild.png", picture("PNG")[:cut]))
    assert "skadad" in made.problem


def test_a_file_that_is_too_much_for_the_child_is_left_out_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow_for_one(*arguments: object, **options: object) -> object:
        return real(*arguments, **{**options, "limits": Limits(start=10, file=3, megabyte=0)})  # type: ignore[arg-type]

    real = apart.do_apart
    monkeypatch.setattr(apart, "do_apart", slow_for_one)
    # A picture that says it is a hundred thousand pixels wide and high.
    huge = picture("PNG")[:16] + (100_000).to_bytes(4) * 2 + picture("PNG")[24:]
    made = convert(tmp_path, ("a.png", picture("PNG")), ("b.png", huge), ("c.png", picture("PNG")))
    assert [one.problem == "" for one in made] == [True, False, True]


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script")
class TestTheCache:
    def test_nothing_is_converted_twice(self, tmp_path: Path) -> None:
        stand_in = StandIn(tmp_path)
        cache = ConversionCache(tmp_path / "cache")
        # A text file goes to LibreOffice as a document, whose bytes the stand-in cannot tell; RTF goes as it is.
        files = [
            ("a.rtf", b"{\\rtf1 ett}"),
            ("b.rtf", b"{\\rtf1 tv}"),
            ("c.png", picture("PNG")),
            ("d.dwg", b"?"),
        ]
        first = convert(tmp_path, *files, cache=cache, libreoffice=stand_in.program)
        assert stand_in.calls == [["0000.rtf", "0001.rtf"]]
        again = convert(tmp_path, *files[::-1], cache=cache, libreoffice=stand_in.program)
        assert again[::-1] == first
        assert len(stand_in.calls) == 1
        convert(tmp_path, *files, ("e.rtf", b"{\\rtf1 tre}"), cache=cache, libreoffice=stand_in.program)
        assert stand_in.calls[1:] == [["0004.rtf"]]
        convert(tmp_path, ("a.rtf", b"{\\rtf1 ett!}"), cache=cache, libreoffice=stand_in.program)
        assert len(stand_in.calls) == 3

    def test_a_bilaga_that_gets_another_number_is_not_converted_again(self, tmp_path: Path) -> None:
        stand_in = StandIn(tmp_path)
        cache = ConversionCache(tmp_path / "cache")
        for title in ("Bilaga 3 Budget", "Bilaga 4 Budget"):
            file = SourceFile(name="budget.rtf", content=b"{\\rtf1 ett}", title=title)
            convert_all([file], profile=tmp_path / "p", cache=cache, libreoffice=stand_in.program)
        assert len(stand_in.calls) == 1

    def test_the_same_file_twice_is_converted_once(self, tmp_path: Path) -> None:
        stand_in = StandIn(tmp_path)
        made = convert(
            tmp_path, ("a.rtf", b"{\\rtf1 ett}"), ("a.rtf", b"{\\rtf1 ett}"), libreoffice=stand_in.program
        )
        assert stand_in.calls == [["0000.rtf"]]
        assert made[0] == made[1]

    def test_another_version_of_libreoffice_converts_again(self, tmp_path: Path) -> None:
        stand_in = StandIn(tmp_path)
        cache = ConversionCache(tmp_path / "cache")
        for version in ("7.4", "7.5 ny"):
            (tmp_path / "versionrc").write_text(version)
            convert(tmp_path, ("a.rtf", b"{\\rtf1 ett}"), cache=cache, libreoffice=stand_in.program)
        assert len(stand_in.calls) == 2

    def test_who_stops_the_work_gets_his_own_error_and_all_is_ended(self, tmp_path: Path) -> None:
        class Enough(Exception):
            pass

        stand_in = StandIn(tmp_path)
        (tmp_path / "soffice").write_text(
            (tmp_path / "soffice").read_text().replace('text == "hang"', "True")
        )

        def step(_done: int, total: int) -> None:
            assert total == 2
            if stand_in.has_started(0.0):
                raise Enough

        files = (("a.rtf", b"{\\rtf1 hang}"), ("b.png", picture("PNG")))
        with pytest.raises(Enough):
            convert(tmp_path, *files, step=step, libreoffice=stand_in.program)
        assert stand_in.left_running() == []

    def test_what_libreoffice_fails_at_is_made_by_the_bundled_renderer(self, tmp_path: Path) -> None:
        (tmp_path / "soffice").write_text("#!/bin/sh\nexit 7\n")
        (tmp_path / "soffice").chmod(0o755)
        made = convert(
            tmp_path,
            ("a.docx", word_file("Ändå")),
            ("b.rtf", b"{\\rtf1 x}"),
            libreoffice=tmp_path / "soffice",
        )
        assert made[0].program == BUNDLED
        assert "Ändå" in text_of(made[0].pdf)
        assert "LibreOffice" in made[1].problem


@pytest.fixture
def web() -> Iterator[tuple[str, list[str]]]:
    """A web server on this machine, and what was asked of it."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(404)
            self.end_headers()

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()
    thread.join()


def web_workbook(address: str) -> bytes:
    book = openpyxl.Workbook()
    book.active["A1"] = f'=WEBSERVICE("{address}/funktion")'
    book.active["A2"] = "Vanligt blad"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.mark.needs_libreoffice
def test_a_hostile_file_reaches_neither_network_nor_disk_and_runs_nothing(
    tmp_path: Path, web: tuple[str, list[str]]
) -> None:
    address, asked = web
    secret = tmp_path / "hemlig.txt"
    secret.write_text("HEMLIGT", encoding="utf-8")
    (tmp_path / "hemlig.png").write_bytes(picture("PNG"))
    mark = tmp_path / "makrot-korde"
    files = (
        ("a.odt", odt_that_reaches_out(address, secret.as_uri(), str(mark))),
        ("b.docx", docx_that_reaches_out(address, (tmp_path / "hemlig.png").as_uri())),
        ("c.xlsx", web_workbook(address)),
        ("d.pptx", b"PK\x05\x06" + bytes(18)),
        *LOCKED,
        ("f.eml", bytes(mail())),
    )
    made = convert(tmp_path, *files, libreoffice=find_libreoffice_at_all())
    assert asked == []
    assert not mark.exists()
    assert [one.problem == "" for one in made] == [True, True, True, False, False, False, False, True]
    texts = [text_of(one.pdf) for one in made]
    assert all("Vanlig" in text for text in texts[:3])
    assert "HEMLIGT" not in texts[0]
    assert {one.program for one in made if not one.problem} == {"LibreOffice"}
    with pikepdf.open(io.BytesIO(made[1].pdf)) as pdf:
        assert not [image for page in pdf.pages for image in page.get_images()], (
            "a picture of this computer is in it"
        )
    for one in made:
        with pikepdf.open(io.BytesIO(one.pdf)) as pdf:
            assert pdf.Root.MarkInfo.Marked
            assert str(pdf.docinfo.Title)
            assert str(pdf.Root.Lang).startswith("sv")
            assert pdf.Root.ViewerPreferences.DisplayDocTitle


def find_libreoffice_at_all() -> Path:
    found = find_libreoffice()
    assert found is not None
    return found


@pytest.mark.needs_libreoffice
@pytest.mark.long
def test_the_trap_is_one(tmp_path: Path, web: tuple[str, list[str]]) -> None:
    """A plain call does reach out: the test above would see it."""
    address, asked = web
    source = tmp_path / "a.docx"
    source.write_bytes(docx_that_reaches_out(address, tmp_path.as_uri()))
    subprocess.run(
        [str(find_libreoffice_at_all()), f"-env:UserInstallation={(tmp_path / 'p').as_uri()}", "--headless"]
        + ["--convert-to", "pdf", "--outdir", str(tmp_path), str(source)],
        check=True,
        capture_output=True,
        timeout=120,
    )
    assert asked


def test_dates_have_their_hyphens_on_the_approximate_pages(tmp_path: Path) -> None:
    """The typeface has no sign for the hyphen that does not break: a box stood in its place in every date."""
    document = docx.Document()
    run = document.add_paragraph("Sammanträde ").add_run("2026")
    for part in ("10", "29"):
        run._r.append(OxmlElement("w:noBreakHyphen"))
        run.add_text(part)
    document.add_paragraph("och 2026\u201111\u201109")
    made = io.BytesIO()
    document.save(made)
    pdf = pdfium.PdfDocument(works.word_as_pdf(made.getvalue(), {}).content)
    text = pdf[0].get_textpage().get_text_range()
    assert "2026-10-29" in text
    assert "2026-11-09" in text
    assert "\u2011" not in text


def test_no_bar_goes_through_a_paragraph_with_a_hanging_indent() -> None:
    def dark(bar: bool) -> int:
        document = docx.Document()
        paragraph = document.add_paragraph("Styrelsen beslutar")
        paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = Cm(1), Cm(-1)
        if bar:
            borders = OxmlElement("w:pBdr")
            left = OxmlElement("w:left")
            for name, value in (("val", "single"), ("sz", "24"), ("space", "4"), ("color", "000000")):
                left.set(qn(f"w:{name}"), value)
            borders.append(left)
            paragraph._p.get_or_add_pPr().append(borders)
        made = io.BytesIO()
        document.save(made)
        page = pdfium.PdfDocument(works.word_as_pdf(made.getvalue(), {}).content)[0].render().to_pil()
        return sum(page.convert("L").histogram()[:128])

    assert dark(bar=True) == dark(bar=False) > 0


def test_what_is_no_word_file_is_told_as_before() -> None:
    for content in (b"", b"PK\x03\x04", b"inget"):
        with pytest.raises(Unfit):
            works.word_as_pdf(content, {})
