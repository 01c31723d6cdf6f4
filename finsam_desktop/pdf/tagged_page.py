"""Pages that we draw ourselves, tagged for screen readers: a page that stands in a file's place, and pictures."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from finsam_desktop import paths
from finsam_desktop.pdf.embedded_font import Subset, embed, subset

if TYPE_CHECKING:
    import pikepdf

MM = 72 / 25.4
WIDTH, HEIGHT = 210 * MM, 297 * MM
_LEFT, _TOP = 25 * MM, 30 * MM
_TEXT_WIDTH = WIDTH - 2 * _LEFT
_LINES_AT_MOST = 45


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture as PDF keeps it: ``data`` packed by ``filter`` (DCTDecode, FlateDecode), in pixels.

    ``turn`` is how many degrees clockwise it is to be turned to stand upright.
    """

    data: bytes
    filter: str
    width: int
    height: int
    colors: str
    turn: int = 0
    bits: int = 8
    inverted: bool = False


def message_page(title: str, paragraphs: Sequence[str], *, language: str = "sv-SE") -> bytes:
    """A page of A4 with a heading and paragraphs, as PDF."""
    title = _plain(title) or "Bilaga"
    paragraphs = [text for text in map(_plain, paragraphs) if text]
    bold, regular = (
        subset(paths.resources() / "fonts" / f"Carlito-{cut}.ttf", frozenset(text), f"Carlito-{cut}")
        for cut, text in (("Bold", title + " …"), ("Regular", "".join(paragraphs) + " …"))
    )
    pdf, page, root = _new(title, language, WIDTH, HEIGHT)
    from pikepdf import Dictionary, Name

    page.Resources = Dictionary(Font=Dictionary(B=embed(pdf, bold), R=embed(pdf, regular)))
    stream: list[bytes] = []
    kids: list[pikepdf.Object] = []
    y = HEIGHT - _TOP
    pieces = [("H1", title, bold, b"/B", 18.0, 23.0)]
    pieces += [("P", text, regular, b"/R", 11.5, 16.0) for text in paragraphs]
    for number, (kind, text, font, name, size, step) in enumerate(pieces):
        lines = _wrapped(text, font, size)
        stream.append(b"/%s <</MCID %d>> BDC BT %s %.1f Tf" % (kind.encode(), number, name, size))
        stream.append(b"%.1f TL %.2f %.2f Td" % (step, _LEFT, y))
        for place, line in enumerate(lines):
            ending = "" if place == len(lines) - 1 else " "
            stream.append(font.encoded(line + ending) + b" Tj T*")
        stream.append(b"ET EMC")
        y -= step * len(lines) + size * 0.8
        element = Dictionary(Type=Name.StructElem, S=Name("/" + kind), Pg=page, K=number, P=root)
        kids.append(pdf.make_indirect(element))
    page.Contents = pdf.make_stream(b"\n".join(stream))
    _finish(pdf, root, [(page, kids)], title)
    return _saved(pdf)


def picture_pages(
    pictures: Sequence[Picture], *, title: str, alternative: str, language: str = "sv-SE"
) -> bytes:
    """A page of A4 for every picture, upright or lying as the picture is, as large as fits within 15 mm margins."""
    from pikepdf import Array, Dictionary, Name

    pdf, first, root = _new(_plain(title), language, WIDTH, HEIGHT)
    pages: list[tuple[pikepdf.Object, list[pikepdf.Object]]] = []
    for number, picture in enumerate(pictures):
        turned = picture.turn in (90, 270)
        across, up = (picture.height, picture.width) if turned else (picture.width, picture.height)
        width, height = (HEIGHT, WIDTH) if across > up * 1.1 else (WIDTH, HEIGHT)
        if number == 0:
            page = first
        else:
            page = pdf.add_blank_page(page_size=(width, height)).obj
        page.MediaBox = Array([0, 0, round(width, 2), round(height, 2)])
        page.StructParents, page.Tabs = number, Name.S
        page.Resources = Dictionary(XObject=Dictionary(Im=_image(pdf, picture)))
        # Never larger than at 96 dots per inch: a small picture stays sharp.
        scale = min((width - 30 * MM) / across, (height - 30 * MM) / up, 0.75)
        wide, high = across * scale, up * scale
        left, bottom = (width - wide) / 2, (height - high) / 2
        matrix = _placed(picture.turn, left, bottom, wide, high)
        page.Contents = pdf.make_stream(
            b"/Figure <</MCID 0>> BDC q %s cm /Im Do Q EMC" % " ".join(f"{n:.3f}" for n in matrix).encode()
        )
        words = alternative if len(pictures) == 1 else f"{alternative}, sida {number + 1} av {len(pictures)}"
        box = Array([round(edge, 2) for edge in (left, bottom, left + wide, bottom + high)])
        element = Dictionary(Type=Name.StructElem, S=Name.Figure, Pg=page, K=0, P=root, Alt=_plain(words))
        element.A = Dictionary(O=Name.Layout, BBox=box, Placement=Name.Block)
        pages.append((page, [pdf.make_indirect(element)]))
    _finish(pdf, root, pages, _plain(title))
    return _saved(pdf)


def _new(
    title: str, language: str, width: float, height: float
) -> tuple[pikepdf.Pdf, pikepdf.Object, pikepdf.Object]:
    """A PDF with one empty page, that page, and the element that holds the document."""
    import pikepdf
    from pikepdf import Dictionary, Name, String

    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(round(width, 2), round(height, 2))).obj
    page.StructParents, page.Tabs = 0, Name.S
    pdf.Root.Lang = String(language)
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    document = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document))
    return pdf, page, document


def _finish(
    pdf: pikepdf.Pdf,
    document: pikepdf.Object,
    pages: Sequence[tuple[pikepdf.Object, list[pikepdf.Object]]],
    title: str,
) -> None:
    """Hang the elements of every page into the document, and say what it is."""
    from pikepdf import Array, Dictionary, Name

    document.K = Array([element for _, elements in pages for element in elements])
    numbers: list[object] = []
    for page, elements in pages:
        numbers += [page.StructParents, Array(elements)]
    tree = pdf.make_indirect(
        Dictionary(
            Type=Name.StructTreeRoot,
            K=document,
            ParentTree=pdf.make_indirect(Dictionary(Nums=Array(numbers))),
            ParentTreeNextKey=len(pages),
        )
    )
    document.P = tree
    pdf.Root.StructTreeRoot = tree
    pdf.docinfo["/Title"] = title
    metadata = pdf.make_stream(_metadata(title).encode("utf-8"))
    metadata.Type, metadata.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = metadata


def _metadata(title: str) -> str:
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">'
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(title)}</rdf:li></rdf:Alt></dc:title>'
        "<pdfuaid:part>1</pdfuaid:part></rdf:Description></rdf:RDF></x:xmpmeta>"
        '<?xpacket end="w"?>'
    )


def _saved(pdf: pikepdf.Pdf) -> bytes:
    target = io.BytesIO()
    pdf.save(target, min_version="1.7", deterministic_id=True)
    return target.getvalue()


def _image(pdf: pikepdf.Pdf, picture: Picture) -> pikepdf.Object:
    from pikepdf import Array, Name, Stream

    image = Stream(pdf, picture.data)
    image.Type, image.Subtype = Name.XObject, Name.Image
    image.Width, image.Height = picture.width, picture.height
    image.ColorSpace, image.BitsPerComponent = Name("/" + picture.colors), picture.bits
    image.Filter = Name("/" + picture.filter)
    if picture.inverted:
        image.Decode = Array([1, 0] * (4 if picture.colors == "DeviceCMYK" else 1))
    return pdf.make_indirect(image)


def _placed(turn: int, left: float, bottom: float, wide: float, high: float) -> tuple[float, ...]:
    """The matrix that puts the unit square, turned clockwise, into the box."""
    return {
        0: (wide, 0.0, 0.0, high, left, bottom),
        90: (0.0, -high, wide, 0.0, left, bottom + high),
        180: (-wide, 0.0, 0.0, -high, left + wide, bottom + high),
        270: (0.0, high, -wide, 0.0, left + wide, bottom),
    }[turn]


def _plain(text: str) -> str:
    """The text on one line, without signs that cannot be shown."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:2000]


def _wrapped(text: str, font: Subset, size: float) -> list[str]:
    """The text in lines no wider than the page's text. A word that is wider than a line is broken."""
    lines = [""]
    for word in text.split(" "):
        trial = f"{lines[-1]} {word}".strip()
        if font.width(trial, size) <= _TEXT_WIDTH:
            lines[-1] = trial
            continue
        if lines[-1]:
            lines.append("")
        for sign in word:
            if font.width(lines[-1] + sign, size) > _TEXT_WIDTH:
                lines.append("")
            lines[-1] += sign
    if len(lines) > _LINES_AT_MOST:
        lines = [*lines[: _LINES_AT_MOST - 1], "…"]
    return lines
