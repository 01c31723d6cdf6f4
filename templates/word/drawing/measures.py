"""Measures of the page: what is written in mm and pt here becomes the units of WordprocessingML."""

from __future__ import annotations

ACCENT = "1D4B5E"
INK = "1F2529"
MUTED = "525B63"
RULE = "A9B1B7"
LIGHT_RULE = "D3D8DC"

PAGE_WIDTH, PAGE_HEIGHT = 210, 297
MARGIN_LEFT, MARGIN_RIGHT, MARGIN_TOP, MARGIN_BOTTOM = 25, 25, 28, 26
TEXT_WIDTH = PAGE_WIDTH - MARGIN_LEFT - MARGIN_RIGHT
HEADER_DISTANCE, FOOTER_DISTANCE = 13, 11
LETTERHEAD_HEIGHT = 15.5
"""The logo of 11.5 mm and the air below it; kept without logo, so that the text begins at the same place."""
GUTTER = 18
"""Numbers stand at 0, text at the gutter."""
VALUE = 36
"""Where the value of a fact row begins."""


def dxa(mm: float) -> int:
    """Millimetres in twentieths of a point, the unit of indents and widths."""
    return round(mm * 1440 / 25.4)


def twips(points: float) -> int:
    """Points in twentieths of a point, the unit of space before and after."""
    return round(points * 20)


def half_points(points: float) -> int:
    """Points in the unit of font sizes."""
    return round(points * 2)


def eighths(points: float) -> int:
    """Points in the unit of border widths."""
    return round(points * 8)
