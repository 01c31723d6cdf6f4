"""What every document carries of the association: names, address lines, logo."""

from __future__ import annotations

import struct
from collections.abc import Callable

from finsam_desktop.documents.values import DOT
from finsam_desktop.domain.association import Association
from finsam_desktop.word import Picture

LOGO_HEIGHT = 11.5
LOGO_MAX_WIDTH = 60.0
_NARROW = 16.0
"""Widest logo in mm that has room beside the name."""
_FORM = "Samordningsförbundet "


def letterhead(association: Association, files: Callable[[str], bytes]) -> dict[str, object]:
    """The fields ``association``, ``logo`` and ``wide_logo``."""
    logo, wide = _logos(association, files)
    return {"association": _association(association), "logo": logo, "wide_logo": wide}


def _association(association: Association) -> dict[str, object]:
    head = association.letterhead
    number = f"org.nr {association.org_number}" if association.org_number else ""
    name = association.name
    return {
        "name": name,
        "letterhead_name": name.replace(_FORM, _FORM.rstrip() + "\n", 1) if name.startswith(_FORM) else name,
        "org_number": association.org_number,
        "seat": association.seat,
        "address": head.address,
        "phone": head.phone,
        "email": head.email,
        "website": head.website,
        "address_line": DOT.join(part for part in (name, head.address, number) if part),
        "contact_line": DOT.join(part for part in (head.phone, head.email, head.website) if part),
    }


def _logos(association: Association, files: Callable[[str], bytes]) -> tuple[Picture | str, Picture | str]:
    """The logo for its own cell and the one that takes the name's place; at most one of them is a picture."""
    if not association.letterhead.logo:
        return "", ""
    data = files(association.letterhead.logo)
    width, height = picture_size(data)
    scaled = LOGO_HEIGHT * width / height
    described = f"Logotyp för {association.name}"
    if scaled <= _NARROW:
        return Picture(data, height_mm=LOGO_HEIGHT, description=described), ""
    if scaled <= LOGO_MAX_WIDTH:
        return "", Picture(data, height_mm=LOGO_HEIGHT, description=described)
    return "", Picture(data, width_mm=LOGO_MAX_WIDTH, description=described)


def picture_size(data: bytes) -> tuple[int, int]:
    """Width and height of a PNG or JPEG in pixels; square when the file tells nothing."""
    if data[:8] == b"\x89PNG\r\n\x1a\n" and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return (width, height) if width and height else (1, 1)
    return _jpeg_size(data)


def _jpeg_size(data: bytes) -> tuple[int, int]:
    place = 2
    while data[:2] == b"\xff\xd8" and place + 9 <= len(data) and data[place] == 0xFF:
        marker = data[place + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[place + 5 : place + 9])
            return (width, height) if width and height else (1, 1)
        place += 2 + struct.unpack(">H", data[place + 2 : place + 4])[0]
    return 1, 1
