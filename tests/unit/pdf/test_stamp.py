"""The stamp as it is seen: drawn pages, measured in millimetres on the picture."""

from __future__ import annotations

import io
from dataclasses import dataclass

import pikepdf
import pypdfium2 as pdfium
import pytest
from pikepdf import Array, Dictionary, Name

from finsam_desktop import paths
from finsam_desktop.pdf.merge import Part, merge
from finsam_desktop.pdf.page_facts import PdfFacts, look_at
from tests.made_pdfs import A4, Made, made, page_texts

MM = 72 / 25.4
DOTS = 4.0
"""Dots per point in the drawn pages: 0.09 mm each."""
_MARKED = bytes(b"x"[0] if value < 200 else b" "[0] for value in range(256))


@dataclass(frozen=True)
class Ink:
    """Where marks are on a page as seen, in mm from the top left corner, and the page's size in mm."""

    left: float
    top: float
    right: float
    bottom: float
    width: float
    height: float


def ink(pdf: bytes, *, page: int = 0, above: float = 1.0, below: float = 0.0, unit: float = 1.0) -> Ink:
    """The box of all marks between two heights, as shares of the page from its top."""
    document = pdfium.PdfDocument(pdf)
    try:
        drawn = document[page]
        width, height = drawn.get_size()
        cut = (0, height * (1 - above), 0, height * below)
        bitmap = drawn.render(scale=DOTS, crop=cut, grayscale=True, draw_annots=False)
        pixels, stride, wide, high = bytes(bitmap.buffer), bitmap.stride, bitmap.width, bitmap.height
    finally:
        document.close()
    first = height * below * DOTS
    lines = [pixels[row * stride : row * stride + wide].translate(_MARKED) for row in range(high)]
    marked = [row for row, line in enumerate(lines) if b"x" in line]
    assert marked, "nothing is drawn there"
    left = min(lines[row].find(b"x") for row in marked)
    right = max(lines[row].rfind(b"x") + 1 for row in marked)
    mm = unit / DOTS / MM
    top, bottom = (first + marked[0]) * mm, (first + marked[-1] + 1) * mm
    return Ink(left * mm, top, right * mm, bottom, width * DOTS * mm, height * DOTS * mm)


def stamped(how: Made, facts: PdfFacts | None = None, label: str = "Bilaga 3 till punkt 7") -> bytes:
    part = Part(title=how.name, pdf=made(how), stamp=label, facts=facts)
    return merge([part], title="x", fonts=paths.resources() / "fonts").pdf


@pytest.mark.parametrize("rotate", [0, 90, 180, 270, -90, 450])
@pytest.mark.parametrize(
    ("size", "crop", "text_at"),
    [
        (A4, None, (200, 420)),
        (A4[::-1], None, (300, 300)),
        (A4, (50, 60, 500, 700), (200, 420)),
        ((1200, 1300), (300, 200, 900, 1100), (550, 700)),
    ],
)
def test_stands_right_at_the_top_as_seen(
    rotate: int,
    size: tuple[float, float],
    crop: tuple[float, float, float, float] | None,
    text_at: tuple[float, float],
) -> None:
    pdf = stamped(Made("x", size=size, crop=crop, rotate=rotate, text_at=text_at))
    seen = ink(pdf, above=0.1)
    assert seen.right == pytest.approx(seen.width - 15, abs=0.3), "15 mm from the side"
    # The baseline is 9 mm from the top; letters reach half a millimetre below it and 2.3 above.
    assert seen.bottom == pytest.approx(9.52, abs=0.15)
    assert seen.top == pytest.approx(6.70, abs=0.15)
    assert 40 < seen.right - seen.left < 60
    assert "Bilaga 3 till punkt 7 · sida 1 (1) · 1 (1)" in page_texts(pdf)[0]


def test_a_unit_other_than_a_point_is_honoured() -> None:
    pdf = stamped(Made("x", size=(A4[0] / 2, A4[1] / 2), unit=2.0, text_at=(100, 200)))
    seen = ink(pdf, above=0.1)
    share = seen.width / 210  # PDFium draws the units as points
    assert share == pytest.approx(0.5, abs=0.01)
    assert seen.right / share == pytest.approx(195, abs=0.4)
    assert seen.bottom / share == pytest.approx(9.5, abs=0.4)


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("size", [A4, A4[::-1], (420, 595)])
def test_a_page_with_marks_at_its_top_is_made_smaller_and_nothing_is_covered(
    rotate: int, size: tuple[float, float]
) -> None:
    frame = b"4 4 %.2f %.2f re 6 w S" % (size[0] - 8, size[1] - 8)
    how = Made("x", size=size, rotate=rotate, extra=frame, text_at=(size[0] / 2, size[1] / 2))
    assert look_at(made(how)).pages[0].top == pytest.approx(0.35, abs=0.4)
    pdf = stamped(how)
    own = stamped(how, label="")
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        low = ink(pdf)
        assert [float(edge) for edge in opened.pages[0].MediaBox] == pytest.approx([0, 0, *size], abs=0.01)
    assert low.bottom == pytest.approx(low.height - 0.35, abs=0.3), "made smaller towards the bottom"
    stamp = ink(pdf, above=9.75 / low.height)
    assert stamp.bottom <= 9.75
    assert stamp.left > 0.02 * low.width, "the frame does not reach the stamp"
    first_own = ink(pdf, below=9.9 / low.height)
    assert first_own.top >= 10.2
    scale = (low.height - first_own.top) / (low.height - ink(own).top)
    assert scale == pytest.approx(0.95, abs=0.004) or scale < 0.95
    middle = (first_own.left + first_own.right) / 2
    assert middle == pytest.approx(low.width / 2, abs=0.3), "towards the middle"


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_low_page_gets_room_above_it(rotate: int) -> None:
    size = (400, 200) if rotate in (0, 180) else (200, 400)
    frame = b"4 4 %.2f %.2f re 6 w S" % (size[0] - 8, size[1] - 8)
    pdf = stamped(Made("x", size=size, rotate=rotate, extra=frame, text_at=(size[0] / 2, size[1] / 2)))
    whole = ink(pdf)
    assert (whole.width, whole.height) == (
        pytest.approx(400 / MM, abs=0.2),
        pytest.approx(200 / MM + 10.4, abs=0.2),
    )
    assert ink(pdf, below=9.9 / whole.height).top == pytest.approx(10.75, abs=0.3)


def test_a_page_without_marks_at_its_top_is_left_as_it_was() -> None:
    facts = look_at(made(Made("x", text_at=(60, 700))))
    assert facts.pages[0].top is None
    with pikepdf.open(io.BytesIO(stamped(Made("x", text_at=(60, 700))))) as pdf:
        assert b" cm " not in pdf.pages[0].Contents[0].read_bytes()


def test_a_narrow_page_gets_smaller_letters() -> None:
    seen = ink(stamped(Made("x", size=(120, 500), text_at=(10, 100))), above=0.1)
    assert seen.left > 2
    assert seen.right < seen.width - 2


def test_a_content_that_does_not_keep_count_does_not_move_the_stamp() -> None:
    astray = Made("x", extra=b"q 0.5 0 0 0.5 0 0 cm q 1 0 0 1 200 200 cm", text_at=(300, 300))
    seen = ink(stamped(astray), above=0.1)
    assert (seen.right, seen.bottom) == (pytest.approx(195, abs=0.3), pytest.approx(9.52, abs=0.15))
    restored = Made("x", extra=b"Q Q 0.5 0 0 0.5 0 0 cm", text_at=(300, 300))
    assert (look_at(made(restored)).pages[0].before, look_at(made(astray)).pages[0].after) == (2, 2)
    seen = ink(stamped(restored), above=0.1)
    assert (seen.right, seen.bottom) == (pytest.approx(195, abs=0.3), pytest.approx(9.52, abs=0.15))


def test_a_pattern_follows_a_page_that_is_made_smaller() -> None:
    with pikepdf.open(io.BytesIO(made(Made("x", text_at=(60, 835))))) as pdf:
        tile = pdf.make_stream(b"0 g 0 0 20 20 re f")
        tile.Type, tile.PatternType, tile.PaintType, tile.TilingType = Name.Pattern, 1, 1, 1
        tile.BBox, tile.XStep, tile.YStep = Array([0, 0, 1000, 1000]), 1000, 1000
        tile.Resources, tile.Matrix = Dictionary(), Array([1, 0, 0, 1, 100, 400])
        page = pdf.pages[0].obj
        page.Resources.Pattern = Dictionary(P=tile)
        page.Contents = Array([page.Contents, pdf.make_stream(b"/Pattern cs /P scn 50 350 200 200 re f")])
        target = io.BytesIO()
        pdf.save(target)
    part = Part(title="x", pdf=target.getvalue(), stamp="Bilaga 1 till punkt 1")
    result = merge([part], title="x", fonts=paths.resources() / "fonts").pdf
    square = ink(result, below=0.3)
    # The corner at (100, 400) goes to 0.95 of the way from the bottom's middle: 114.9 and 380 points.
    assert square.left == pytest.approx((297.64 - 0.95 * 197.64) / MM, abs=0.2)
    assert square.height - square.bottom == pytest.approx(380 / MM, abs=0.2)
    assert square.right - square.left == pytest.approx(19 / MM, abs=0.2)


def test_a_part_that_is_itself_a_pack_gets_the_new_stamp_beside_its_own() -> None:
    inner = stamped(Made("inre"), label="Bilaga 1 till punkt 2")
    outer = merge(
        [Part(title="yttre", pdf=inner, stamp="Bilaga 9 till § 67")],
        title="x",
        fonts=paths.resources() / "fonts",
    )
    text = page_texts(outer.pdf)[0]
    assert "Bilaga 1 till punkt 2 · sida 1 (1)" in text
    assert "Bilaga 9 till § 67 · sida 1 (1)" in text


def test_the_fonts_are_embedded_and_hold_only_what_is_used() -> None:
    with pikepdf.open(io.BytesIO(stamped(Made("x")))) as pdf:
        fonts = [font for key, font in pdf.pages[0].Resources.Font.items() if key.startswith("/Finsam")]
        assert len(fonts) == 2
        for font in fonts:
            descriptor = font.DescendantFonts[0].FontDescriptor
            assert str(font.BaseFont)[7] == "+"
            assert len(descriptor.FontFile2.read_bytes()) < 30_000
            assert "/ToUnicode" in font


def test_the_stamp_is_no_part_of_what_is_read_aloud() -> None:
    with pikepdf.open(io.BytesIO(stamped(Made("x", tagged=True)))) as pdf:
        content = b"\n".join(stream.read_bytes() for stream in pdf.pages[0].Contents)
    before, _, stamp = content.partition(b"/Artifact")
    assert b"/MCID 0" in before
    assert b"Tj" in stamp
    assert stamp.rstrip().endswith(b"EMC")


@pytest.mark.parametrize("size", [A4, (400.0, 200.0)])
def test_what_lies_outside_the_page_does_not_come_into_sight(size: tuple[float, float]) -> None:
    """A page cut from a larger one hides what is beside it, and goes on doing so when it is moved or grows."""
    left, bottom = 300.0, 400.0
    crop = (left, bottom, left + size[0], bottom + size[1])
    # Two points from the edge: a clip may share a row of dots with what it hides.
    beside = b"0 g 0 0 %.2f 1600 re f %.2f 0 400 1600 re f 0 %.2f 1600 500 re f " % (
        left - 2, crop[2] + 2, crop[3] + 2,
    )  # fmt: skip
    inside = b"%.2f %.2f 20 6 re f" % (left + 40, crop[3] - 10)
    how = Made("x", size=(1600, 1600), crop=crop, extra=beside + inside, text_at=(left + 30, bottom + 30))
    pdf = stamped(how)
    if size == A4:
        seen = ink(pdf, below=0.08)
        assert seen.left > 0.04 * seen.width
        assert seen.right < 0.96 * seen.width
    else:
        with pytest.raises(AssertionError, match="nothing is drawn"):
            ink(pdf, above=6 / (200 / MM + 10.4))
