"""Smaller pictures: what is scanned or photographed with more pixels than a page can show is drawn with fewer."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pikepdf

LONGEST = 1754
"""Pixels of the longer side: 150 per inch on a whole A4 page, which prints well and reads well on a screen."""
_LEAST_BYTES = 30_000
_QUALITY = 80


def make_pictures_smaller(pdf: pikepdf.Pdf) -> int:
    """Draw large pictures with fewer pixels; how many bytes that saved.

    Pictures in black and white only, and those with colours that are not plain grey or RGB, are left as they are, and
    so is one that would not become smaller.
    """
    from pikepdf import Stream

    saved = 0
    for thing in pdf.objects:
        if isinstance(thing, Stream) and str(thing.get("/Subtype", "")) == "/Image":
            saved += _make_smaller(thing)
    return saved


def _make_smaller(image: Any) -> int:
    from pikepdf import Name, PdfImage

    if any(name in image for name in ("/ImageMask", "/Mask", "/Decode", "/SMaskInData")):
        return 0
    try:
        width, height, bits = int(image.Width), int(image.Height), int(image.get("/BitsPerComponent", 0))
        before = len(image.read_raw_bytes())
        if max(width, height) <= LONGEST * 1.2 or bits != 8 or before < _LEAST_BYTES:
            return 0
        picture = PdfImage(image).as_pil_image()
        if picture.mode not in ("L", "RGB"):
            return 0
        scale = LONGEST / max(width, height)
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        made = io.BytesIO()
        picture.resize(size).save(made, "JPEG", quality=_QUALITY, optimize=True)
    except Exception:  # a picture that cannot be read is left as it is
        return 0
    data = made.getvalue()
    if len(data) >= before:
        return 0
    image.write(data, filter=Name.DCTDecode)
    image.Width, image.Height = size
    image.ColorSpace = Name.DeviceGray if picture.mode == "L" else Name.DeviceRGB
    return before - len(data)
