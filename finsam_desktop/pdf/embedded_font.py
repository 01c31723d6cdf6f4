"""A TrueType font as PDF wants it embedded: only the glyphs that are used, with their widths and what they mean.

The glyphs are renumbered from 0; a character code in the page is its glyph's number (Identity-H). Licences such as the
OFL allow embedding in documents; the font's name gets the six letters that mark a subset.
"""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pikepdf

_KEPT = ("cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep")
_MORE, _WORDS, _SCALE, _TWO_SCALES, _MATRIX = 0x20, 0x01, 0x08, 0x40, 0x80


@dataclass(frozen=True, slots=True)
class Subset:
    """The glyphs of some characters: the font file, the glyph of each character, widths in 1/1000 em."""

    name: str
    file: bytes
    glyphs: dict[str, int]
    widths: tuple[int, ...]
    box: tuple[int, int, int, int]
    ascent: int
    descent: int
    bold: bool

    def encoded(self, text: str) -> bytes:
        """The text as a hexadecimal string of a content stream."""
        glyphs = self.glyphs
        return b"<%b>" % "".join([f"{glyphs.get(character, 0):04X}" for character in text]).encode("ascii")

    def width(self, text: str, size: float) -> float:
        """How wide the text is, in the unit of ``size``."""
        return sum(self.widths[self.glyphs.get(character, 0)] for character in text) * size / 1000


@lru_cache(maxsize=16)
def subset(path: Path, characters: frozenset[str], name: str) -> Subset:
    """The font with the glyphs of these characters; what it does not have is shown as its empty box."""
    font = _Font(path.read_bytes())
    order = sorted(characters)
    wanted = [font.glyph(character) for character in order]
    old = [0]
    for glyph in wanted:
        if glyph not in old:
            old.append(glyph)
    for glyph in old:  # grows while it is walked: the parts of a composed glyph are needed too
        old += [part for part in dict.fromkeys(font.parts(glyph)) if part not in old]
    new = {glyph: number for number, glyph in enumerate(old)}
    file = font.rebuilt(old, new)
    tag = hashlib.sha256(path.name.encode() + "".join(order).encode()).digest()
    letters = "".join(chr(ord("A") + byte % 26) for byte in tag[:6])
    scale = 1000 / font.units
    return Subset(
        name=f"{letters}+{name}",
        file=file,
        glyphs={character: new[glyph] for character, glyph in zip(order, wanted, strict=True)},
        widths=tuple(round(font.advance(glyph) * scale) for glyph in old),
        box=(*(round(edge * scale) for edge in font.box),),  # type: ignore[arg-type]
        ascent=round(font.ascent * scale),
        descent=round(font.descent * scale),
        bold="Bold" in name,
    )


def embed(pdf: pikepdf.Pdf, font: Subset) -> pikepdf.Object:
    """The font as an object of the PDF."""
    from pikepdf import Array, Dictionary, Name, String

    file = pdf.make_stream(font.file)
    file.Length1 = len(font.file)
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name("/" + font.name),
        Flags=4,
        FontBBox=Array(font.box),
        ItalicAngle=0,
        Ascent=font.ascent,
        Descent=font.descent,
        CapHeight=font.ascent,
        StemV=120 if font.bold else 80,
        FontFile2=file,
    )
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=Name("/" + font.name),
        CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
        FontDescriptor=pdf.make_indirect(descriptor),
        CIDToGIDMap=Name.Identity,
        DW=0,
        W=Array([0, Array(font.widths)]),
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=Name("/" + font.name),
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([pdf.make_indirect(descendant)]),
            ToUnicode=pdf.make_stream(_to_unicode(font)),
        )
    )


def _to_unicode(font: Subset) -> bytes:
    # Two characters may share a glyph, as a space and one that does not break do: it is read as the first.
    meaning = {glyph: character for character, glyph in sorted(font.glyphs.items(), reverse=True) if glyph}
    lines = [
        f"<{glyph:04X}> <{meaning[glyph].encode('utf-16-be').hex().upper()}>" for glyph in sorted(meaning)
    ]
    blocks = [lines[start : start + 100] for start in range(0, len(lines), 100)]
    shown = "".join(f"{len(b)} beginbfchar\n" + "\n".join(b) + "\nendbfchar\n" for b in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        f"{shown}endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode("ascii")


class _Font:
    """The tables of a TrueType file."""

    def __init__(self, data: bytes) -> None:
        self.tables: dict[str, bytes] = {}
        (count,) = struct.unpack_from(">H", data, 4)
        for number in range(count):
            tag, _, offset, length = struct.unpack_from(">4sLLL", data, 12 + 16 * number)
            self.tables[tag.decode("latin-1")] = data[offset : offset + length]
        head, hhea = self.tables["head"], self.tables["hhea"]
        (self.units,) = struct.unpack_from(">H", head, 18)
        self.box: tuple[int, ...] = struct.unpack_from(">4h", head, 36)
        self.ascent, self.descent = struct.unpack_from(">2h", hhea, 4)
        (self._metrics,) = struct.unpack_from(">H", hhea, 34)
        (long,) = struct.unpack_from(">h", head, 50)
        (count,) = struct.unpack_from(">H", self.tables["maxp"], 4)
        loca = self.tables["loca"]
        places = struct.unpack_from(f">{count + 1}{'L' if long else 'H'}", loca)
        self._places = places if long else tuple(2 * place for place in places)
        self._characters = _characters(self.tables["cmap"])

    def glyph(self, character: str) -> int:
        return self._characters.get(ord(character), 0)

    def advance(self, glyph: int) -> int:
        return self._metric(glyph)[0]

    def _metric(self, glyph: int) -> tuple[int, int]:
        table, last = self.tables["hmtx"], self._metrics - 1
        if glyph <= last:
            advance, side = struct.unpack_from(">Hh", table, 4 * glyph)
            return advance, side
        (advance,) = struct.unpack_from(">H", table, 4 * last)
        (side,) = struct.unpack_from(">h", table, 4 * self._metrics + 2 * (glyph - last - 1))
        return advance, side

    def outline(self, glyph: int) -> bytes:
        return self.tables["glyf"][self._places[glyph] : self._places[glyph + 1]]

    def parts(self, glyph: int) -> list[int]:
        """The glyphs a composed glyph is made of."""
        return [part for _, part in _components(self.outline(glyph))]

    def rebuilt(self, old: list[int], new: dict[int, int]) -> bytes:
        """A font file with these glyphs, in this order."""
        outlines = b""
        places = [0]
        for glyph in old:
            outline = bytearray(self.outline(glyph))
            for place, part in _components(bytes(outline)):
                struct.pack_into(">H", outline, place, new[part])
            outlines += bytes(outline) + b"\0" * (-len(outline) % 4)
            places.append(len(outlines))
        head = bytearray(self.tables["head"])
        struct.pack_into(">L", head, 8, 0)
        struct.pack_into(">h", head, 50, 1)
        hhea = bytearray(self.tables["hhea"])
        struct.pack_into(">H", hhea, 34, len(old))
        maxp = bytearray(self.tables["maxp"])
        struct.pack_into(">H", maxp, 4, len(old))
        made = {
            "head": bytes(head),
            "hhea": bytes(hhea),
            "maxp": bytes(maxp),
            "glyf": outlines,
            "loca": struct.pack(f">{len(places)}L", *places),
            "hmtx": b"".join(struct.pack(">Hh", *self._metric(glyph)) for glyph in old),
        }
        return _file({tag: made.get(tag) or self.tables[tag] for tag in _KEPT if tag in made | self.tables})


def _file(tables: dict[str, bytes]) -> bytes:
    count = len(tables)
    power = count.bit_length() - 1
    header = struct.pack(">LHHHH", 0x00010000, count, 16 << power, power, 16 * count - (16 << power))
    offset = 12 + 16 * count
    directory, body = b"", b""
    for tag in sorted(tables):
        content = tables[tag]
        padded = content + b"\0" * (-len(content) % 4)
        total = sum(struct.unpack(f">{len(padded) // 4}L", padded)) & 0xFFFFFFFF
        directory += struct.pack(">4sLLL", tag.encode("latin-1"), total, offset + len(body), len(content))
        body += padded
    whole = bytearray(header + directory + body)
    total = sum(struct.unpack(f">{len(whole) // 4}L", whole)) & 0xFFFFFFFF
    head = offset + sum(len(tables[t]) + -len(tables[t]) % 4 for t in sorted(tables) if t < "head")
    struct.pack_into(">L", whole, head + 8, (0xB1B0AFBA - total) & 0xFFFFFFFF)
    return bytes(whole)


def _components(outline: bytes) -> list[tuple[int, int]]:
    """(place in the outline, glyph) of every part of a composed glyph; none of a simple one."""
    if len(outline) < 10 or struct.unpack_from(">h", outline)[0] >= 0:
        return []
    found, place, flags = [], 10, _MORE
    while flags & _MORE:
        flags, part = struct.unpack_from(">HH", outline, place)
        found.append((place + 2, part))
        place += 8 if flags & _WORDS else 6
        place += 2 if flags & _SCALE else 4 if flags & _TWO_SCALES else 8 if flags & _MATRIX else 0
    return found


def _characters(cmap: bytes) -> dict[int, int]:
    """The glyph of every character of the basic plane (format 4)."""
    (count,) = struct.unpack_from(">H", cmap, 2)
    places = [struct.unpack_from(">HHL", cmap, 4 + 8 * number) for number in range(count)]
    place = next(offset for platform, coding, offset in places if (platform, coding) in ((3, 1), (0, 3)))
    segments = struct.unpack_from(">H", cmap, place + 6)[0] // 2
    ends = struct.unpack_from(f">{segments}H", cmap, place + 14)
    starts = struct.unpack_from(f">{segments}H", cmap, place + 16 + 2 * segments)
    deltas = struct.unpack_from(f">{segments}H", cmap, place + 16 + 4 * segments)
    ranges_at = place + 16 + 6 * segments
    found: dict[int, int] = {}
    for number, (start, end, delta) in enumerate(zip(starts, ends, deltas, strict=True)):
        (shift,) = struct.unpack_from(">H", cmap, ranges_at + 2 * number)
        for code in range(start, min(end, 0xFFFE) + 1):
            glyph = code
            if shift:
                (glyph,) = struct.unpack_from(">H", cmap, ranges_at + 2 * number + shift + 2 * (code - start))
                if not glyph:
                    continue
            found[code] = (glyph + delta) & 0xFFFF
    return found
