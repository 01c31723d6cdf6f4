"""What can hinder a reader in a file, and how clear a colour is: the values; the checks are among the rules."""

from __future__ import annotations

from enum import StrEnum

PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".heic")
RULE_LETTER = "A"
"""The first letter of the rules that are about accessibility, shown as a group of their own."""


class Barrier(StrEnum):
    """Something in a file that a screen reader cannot get past; kept in ``Attachment.barriers`` by value."""

    SCANNED = "scanned"
    UNTAGGED = "untagged"
    NO_TITLE = "no_title"
    NO_LANGUAGE = "no_language"


def is_picture_name(file_name: str) -> bool:
    """Whether the file is a picture by its name."""
    return file_name.lower().endswith(PICTURES)


def contrast_on_white(colour: str) -> float:
    """Contrast ratio 1–21 of RRGGBB on white (WCAG 2.1)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 1.05 / (luminance + 0.05)
