"""The association's own colour, made dark enough to read on white paper."""

from __future__ import annotations

import re

from finsam_desktop.domain.accessibility import contrast_on_white

ACCENT = "1D4B5E"
"""The accent of the templates that follow with the program."""
LEAST_CONTRAST = 4.5
"""Contrast ratio of text on white (WCAG 2.1 AA)."""


def readable(colour: str) -> str:
    """#RRGGBB as RRGGBB, darkened step by step until it can be read on white; our own accent when it is no
    colour."""
    match = re.fullmatch(r"#?([0-9A-Fa-f]{6})", colour.strip())
    if match is None:
        return ACCENT
    found = match.group(1).upper()
    while contrast_on_white(found) < LEAST_CONTRAST:
        found = "".join(f"{int(int(found[i : i + 2], 16) * 0.95):02X}" for i in (0, 2, 4))
    return found
