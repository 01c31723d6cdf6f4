"""Pictures without what stands beside the picture: place, camera, names, comments and the small preview."""

from __future__ import annotations

import struct
import zlib


class NotCleaned(Exception):
    """A file that cannot be made surely public. The message says why, in Swedish, and nothing of what is in it."""


_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset(
    (
        b"IHDR",
        b"PLTE",
        b"IDAT",
        b"IEND",
        b"tRNS",
        b"gAMA",
        b"cHRM",
        b"sRGB",
        b"iCCP",
        b"pHYs",
        b"sBIT",
        b"bKGD",
    )
)
_EMF = b"\x01\x00\x00\x00"


def cleaned_picture(content: bytes) -> bytes:
    """The same picture, pixel by pixel, without anything else. NotCleaned for kinds that are not known here."""
    if content.startswith(b"\xff\xd8"):
        return _jpeg(content)
    if content.startswith(_PNG):
        return _png(content)
    if content.startswith((b"GIF87a", b"GIF89a")):
        return _gif(content)
    if content[:4] == _EMF and content[40:44] == b" EMF":
        return _emf(content)
    if content.startswith((b"BM", b"\xd7\xcd\xc6\x9a")):
        return content  # bitmaps and placeable metafiles hold nothing but the picture
    raise NotCleaned("Filen har en bild av ett slag som programmet inte kan rensa.")


def is_picture(content: bytes) -> bool:
    """Whether the content is a picture that can be cleaned."""
    return content.startswith((b"\xff\xd8", _PNG, b"GIF87a", b"GIF89a", b"BM"))


def _jpeg(content: bytes) -> bytes:
    """JFIF, colour profile and Adobe's mark stay; of EXIF only which way is up."""
    out = bytearray(b"\xff\xd8")
    place, turned = 2, 0
    while place + 4 <= len(content):
        if content[place] != 0xFF:
            raise NotCleaned("Bilden är skadad.")
        marker = content[place + 1]
        if marker == 0xFF:
            place += 1
            continue
        size = int.from_bytes(content[place + 2 : place + 4], "big")
        segment = content[place : place + 2 + size]
        if size < 2 or len(segment) < 2 + size:
            raise NotCleaned("Bilden är skadad.")
        if marker == 0xE1 and segment[4:10] == b"Exif\x00\x00":
            turned = turned or _orientation(segment[10:])
        if _kept(marker, segment):
            out += segment
        place += len(segment)
        if marker == 0xDA:
            if turned > 1:
                out[2:2] = _only_orientation(turned)
            return bytes(out) + _scans(content, place)
    raise NotCleaned("Bilden är skadad.")


def _kept(marker: int, segment: bytes) -> bool:
    if marker == 0xE0:
        return segment[4:9] == b"JFIF\x00" and len(segment) == 18  # without a preview of its own
    if marker == 0xE2:
        return segment[4:16] == b"ICC_PROFILE\x00"
    if marker == 0xEE:
        return segment[4:9] == b"Adobe"
    return not (0xE0 <= marker <= 0xEF or marker == 0xFE)


def _scans(content: bytes, place: int) -> bytes:
    """The picture's data to its end; further scans bring their tables, and comments between them go."""
    out = bytearray()
    while place < len(content) - 1:
        following = content.find(b"\xff", place)
        if following < 0 or following >= len(content) - 1:
            break
        marker = content[following + 1]
        if marker == 0 or 0xD0 <= marker <= 0xD7:
            out += content[place : following + 2]
            place = following + 2
        elif marker == 0xFF:
            out += content[place:following]
            place = following + 1
        elif marker == 0xD9:
            return bytes(out + content[place:following] + b"\xff\xd9")
        else:
            size = int.from_bytes(content[following + 2 : following + 4], "big")
            if size < 2:
                break
            out += content[place:following]
            if _kept(marker, content[following : following + 2 + size]):
                out += content[following : following + 2 + size]
            place = following + 2 + size
    return bytes(out + content[place:] + b"\xff\xd9")


def _orientation(exif: bytes) -> int:
    """The value of tag 0x0112 in the first directory, 0 when there is none."""
    order = {b"II": "<", b"MM": ">"}.get(exif[:2])
    if order is None or len(exif) < 10:
        return 0
    start = struct.unpack(f"{order}I", exif[4:8])[0]
    if start + 2 > len(exif):
        return 0
    for number in range(struct.unpack(f"{order}H", exif[start : start + 2])[0]):
        entry = exif[start + 2 + 12 * number : start + 14 + 12 * number]
        if len(entry) == 12 and struct.unpack(f"{order}H", entry[:2])[0] == 0x0112:
            value: int = struct.unpack(f"{order}H", entry[8:10])[0]
            return value if value <= 8 else 0
    return 0


def _only_orientation(turned: int) -> bytes:
    exif = b"MM\x00*\x00\x00\x00\x08" + struct.pack(">HHHIHHI", 1, 0x0112, 3, 1, turned, 0, 0)
    return b"\xff\xe1" + struct.pack(">H", len(exif) + 8) + b"Exif\x00\x00" + exif


def _png(content: bytes) -> bytes:
    out = bytearray(_PNG)
    place = len(_PNG)
    while place + 12 <= len(content):
        size = int.from_bytes(content[place : place + 4], "big")
        kind, chunk = content[place + 4 : place + 8], content[place : place + 12 + size]
        if len(chunk) < 12 + size or zlib.crc32(chunk[4:-4]) != int.from_bytes(chunk[-4:], "big"):
            raise NotCleaned("Bilden är skadad.")
        if kind in _PNG_KEPT:
            out += chunk
        if kind == b"IEND":
            return bytes(out)
        place += len(chunk)
    raise NotCleaned("Bilden är skadad.")


def _gif(content: bytes) -> bytes:
    """Comments and application data go, but for how often an animation is shown."""
    if len(content) < 13:
        raise NotCleaned("Bilden är skadad.")
    flags = content[10]
    place = 13 + (3 << ((flags & 7) + 1) if flags & 0x80 else 0)
    out = bytearray(content[:place])
    while place < len(content):
        kind = content[place]
        if kind == 0x3B:
            return bytes(out + b";")
        start = place
        if kind == 0x21:
            place = _past_blocks(content, place + 2)
            loops = content[start + 1] == 0xFF and content[start + 3 : start + 14] == b"NETSCAPE2.0"
            if content[start + 1] == 0xF9 or loops:
                out += content[start:place]
        elif kind == 0x2C:
            local = content[place + 9] if place + 9 < len(content) else 0
            place = _past_blocks(content, place + 11 + (3 << ((local & 7) + 1) if local & 0x80 else 0))
            out += content[start:place]
        else:
            break
    raise NotCleaned("Bilden är skadad.")


def _past_blocks(content: bytes, place: int) -> int:
    while place < len(content) and content[place]:
        place += content[place] + 1
    return place + 1


def _emf(content: bytes) -> bytes:
    """The description (the program's name and the picture's title) is written over."""
    count, start = struct.unpack("<II", content[60:68])
    end = start + 2 * count
    if not count or end > len(content):
        return content
    return content[:start] + bytes(2 * count) + content[end:]
