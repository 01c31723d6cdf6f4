"""Pictures in the line of text, measured from their own headers."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

from finsam_desktop.word import escape, names
from finsam_desktop.word.errors import ValueFault
from finsam_desktop.word.values import Picture

if TYPE_CHECKING:
    from finsam_desktop.word.work import Work

EMU_PER_MM = 36_000
_MAX_WIDTH_MM = 160.0
_MAX_BYTES = 30 * 1024 * 1024
_MM_PER_INCH = 25.4


@dataclass(frozen=True, slots=True)
class _Kind:
    extension: str
    content_type: str
    width: int
    height: int
    dpi: float


def picture_run(picture: Picture, work: Work) -> str:
    """A run with the picture, its part added to the document. Raises ValueFault for what is no picture."""
    kind = _measure(picture.data)
    width, height = _size(picture, kind)
    name = work.media(picture.data, kind.extension, kind.content_type)
    rid = work.relate("image", f"/{name}")
    number = work.new_id()
    graphic = (
        f'<pic:pic xmlns:pic="{names.PIC}"><pic:nvPicPr><pic:cNvPr id="{number}" name="Bild {number}"/><pic:cNvPicPr/>'
        f'</pic:nvPicPr><pic:blipFill><a:blip xmlns:r="{names.R}" r:embed="{rid}"/><a:stretch><a:fillRect/></a:stretch>'
        f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
    )
    return f"<w:r>{drawing(number, 'Bild', picture.description, width, height, names.PIC, graphic)}</w:r>"


def drawing(number: int, word: str, description: str, width: int, height: int, uri: str, graphic: str) -> str:
    """An inline drawing of ``width`` x ``height`` EMU. Without the dist attributes LibreOffice leaves 3 mm
    beside it."""
    mark = ""
    if not description:
        mark = (
            f'<a:extLst xmlns:a="{names.A}"><a:ext uri="{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}">'
            '<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/>'
            "</a:ext></a:extLst>"
        )
    return (
        f'<w:drawing><wp:inline xmlns:wp="{names.WP}" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f'<wp:docPr id="{number}" name="{word} {number}" descr="{escape.attribute(description)}">{mark}</wp:docPr>'
        f'<wp:cNvGraphicFramePr/><a:graphic xmlns:a="{names.A}"><a:graphicData uri="{uri}">{graphic}</a:graphicData>'
        "</a:graphic></wp:inline></w:drawing>"
    )


def _size(picture: Picture, kind: _Kind) -> tuple[int, int]:
    own_width = kind.width / kind.dpi * _MM_PER_INCH
    own_height = kind.height / kind.dpi * _MM_PER_INCH
    width, height = picture.width_mm, picture.height_mm
    if width is None and height is None:
        width = min(own_width, _MAX_WIDTH_MM)
    if width is None:
        assert height is not None
        width = own_width * height / own_height
    if height is None:
        height = own_height * width / own_width
    if not (0 < width < 2000 and 0 < height < 2000):
        raise ValueFault("Bildens mått i millimeter är orimligt.")
    return round(width * EMU_PER_MM), round(height * EMU_PER_MM)


def _measure(data: bytes) -> _Kind:
    if len(data) > _MAX_BYTES:
        raise ValueFault("Bilden är större än 30 MB.")
    try:
        kind = _png(data) or _jpeg(data) or _gif(data) or _bmp(data)
    except (struct.error, IndexError):
        raise ValueFault("Bilden är skadad.") from None
    if kind is None:
        raise ValueFault("Bilden är inte i ett format som Word tar emot. Spara den som PNG eller JPEG.")
    if not kind.width or not kind.height:
        raise ValueFault("Bilden är tom.")
    return kind


def _png(data: bytes) -> _Kind | None:
    if not data.startswith(b"\x89PNG\r\n\x1a\n"):
        return None
    width, height = struct.unpack(">II", data[16:24])
    dpi = 96.0
    at = data.find(b"pHYs", 0, 4096)
    if at > 0:
        per_metre, _, unit = struct.unpack(">IIB", data[at + 4 : at + 13])
        if unit == 1 and per_metre > 0:
            dpi = per_metre * 0.0254
    return _Kind("png", "image/png", width, height, dpi)


def _jpeg(data: bytes) -> _Kind | None:
    if not data.startswith(b"\xff\xd8\xff"):
        return None
    at = 2
    dpi = 96.0
    while at + 9 < len(data):
        marker, length = data[at + 1], struct.unpack(">H", data[at + 2 : at + 4])[0]
        if marker == 0xE0 and data[at + 4 : at + 9] == b"JFIF\0":
            unit, density = struct.unpack(">BH", data[at + 11 : at + 14])
            dpi = float(density) * (2.54 if unit == 2 else 1.0) if unit and density else dpi
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return _Kind("jpeg", "image/jpeg", width, height, dpi)
        at += 2 + length
    raise ValueFault("Bilden är skadad.")


def _gif(data: bytes) -> _Kind | None:
    if data[:6] not in (b"GIF87a", b"GIF89a"):
        return None
    width, height = struct.unpack("<HH", data[6:10])
    return _Kind("gif", "image/gif", width, height, 96.0)


def _bmp(data: bytes) -> _Kind | None:
    if data[:2] != b"BM":
        return None
    width, height = struct.unpack("<ii", data[18:26])
    return _Kind("bmp", "image/bmp", abs(width), abs(height), 96.0)
