"""The lines below a row's title: parts with a dot between them, broken between parts or words where the width ends.

Two lines at most. What does not fit on them is cut with an ellipsis; the delegate then shows the whole in a tooltip.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter

from finsam_desktop.ui import icons
from finsam_desktop.ui.theme import Theme

META_LINES = 2
_DOT, _GAP, _ICON, _AFTER_ICON = 16, 8, 13, 3
"""In pixels of the drawings: the room for a dot, for the gap before an icon, the icon, the gap after it."""
_LEAST_ROOM = 60
"""A part is not begun at the end of a line that has less room than this."""
_MOST_WORDS = 60
"""No line has more."""
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


@dataclass(frozen=True, slots=True)
class MetaPart:
    """A piece of the meta line. `accent` is for *Beslut* and for places one can go to."""

    text: str
    icon: str = ""
    accent: bool = False

    def font(self, theme: Theme) -> QFont:
        return theme.font("meta_strong" if self.accent else "meta")


@dataclass(slots=True)
class _Piece:
    """Words of a part at their place in a line, and whether a dot stands before them."""

    x: float
    text: str
    part: MetaPart
    begins: bool
    dot: bool


@dataclass(slots=True)
class MetaLines:
    """The parts as they are drawn. `is_cut` when not all of them could be shown."""

    lines: list[list[_Piece]] = field(default_factory=list)
    is_cut: bool = False

    def height(self, theme: Theme) -> float:
        return len(self.lines) * line_height(theme)


def line_height(theme: Theme) -> float:
    """The height of one meta line."""
    return QFontMetricsF(theme.font("meta")).height()


_kept: dict[tuple[object, ...], MetaLines] = {}
_MOST_KEPT = 2000


def lay_out(theme: Theme, parts: Sequence[MetaPart], width: float, most: int = META_LINES) -> MetaLines:
    """Put the parts on at most ``most`` lines of ``width`` pixels. No part is on no line.

    What was worked out is kept: a list asks for each row several times, to measure and to draw it.
    """
    key = (tuple(parts), width, most, theme.font("meta").key())
    found = _kept.get(key)
    if found is None:
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        found = _kept[key] = _laid_out(theme, parts, width, most)
    return found


def _laid_out(theme: Theme, parts: Sequence[MetaPart], width: float, most: int) -> MetaLines:
    made = MetaLines()
    x = 0.0
    for part in parts:
        metrics = QFontMetricsF(part.font(theme))
        icon = theme.px(_ICON) + theme.px(_AFTER_ICON) if part.icon else 0.0
        whole = icon + metrics.horizontalAdvance(part.text)
        if not made.lines:
            made.lines.append([])
        lead = (theme.px(_GAP) if part.icon else theme.px(_DOT)) if made.lines[-1] else 0.0
        if x + lead + whole > width and made.lines[-1] and len(made.lines) < most:
            if whole <= width or width - x - lead < theme.px(_LEAST_ROOM):
                made.lines.append([])
                x, lead = 0.0, 0.0
        x += lead
        if x + whole <= width:
            made.lines[-1].append(_Piece(x, part.text, part, True, bool(lead) and not part.icon))
            x += whole
            continue
        x = _break(theme, made, part, x, width, most)
        if made.is_cut:
            break
    return made


def _break(theme: Theme, made: MetaLines, part: MetaPart, x: float, width: float, most: int) -> float:
    """Put a part that is wider than what is left of its line word by word; returns where it ends."""
    metrics = QFontMetricsF(part.font(theme))
    words = part.text.split(" ")
    at, begins = 0, True
    while at < len(words):
        icon = theme.px(_ICON) + theme.px(_AFTER_ICON) if part.icon and begins else 0.0
        dot = begins and bool(made.lines[-1]) and not part.icon
        room = width - x - icon
        if len(made.lines) == most:
            rest = " ".join(words[at:])
            if metrics.horizontalAdvance(rest) > room:
                made.is_cut = True
                if room < theme.px(24):
                    _end_in_ellipsis(theme, made.lines[-1], width)
                    return x
                rest = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, room)
            made.lines[-1].append(_Piece(x, rest, part, begins, dot))
            return x + icon + metrics.horizontalAdvance(rest)
        fits, over = at, min(len(words), at + _MOST_WORDS) + 1  # so many words fit, so many do not
        while over - fits > 1:
            middle = (fits + over) // 2
            if metrics.horizontalAdvance(" ".join(words[at:middle])) <= room:
                fits = middle
            else:
                over = middle
        last = fits if fits > at or x > 0 else at + 1
        used = metrics.horizontalAdvance(" ".join(words[at:last]))
        if last > at:
            made.lines[-1].append(_Piece(x, " ".join(words[at:last]), part, begins, dot))
            x, at, begins = x + icon + used, last, False
        if at < len(words):
            made.lines.append([])
            x = 0.0
    return x


def _end_in_ellipsis(theme: Theme, line: list[_Piece], width: float) -> None:
    """Let a full line tell that there is more."""
    if line:
        last = line[-1]
        icon = theme.px(_ICON) + theme.px(_AFTER_ICON) if last.part.icon and last.begins else 0.0
        metrics = QFontMetricsF(last.part.font(theme))
        room = width - last.x - icon - metrics.horizontalAdvance("…")
        words = last.text
        while words and metrics.horizontalAdvance(words) > room:
            words = words[:-1].rstrip()
        last.text = words.rstrip(" ,.") + "…"


def paint(painter: QPainter, theme: Theme, made: MetaLines, left: float, right: float, y: float) -> None:
    """Draw the lines with their upper left corner at ``left``, ``y``; what is wider is clipped at ``right``."""
    height = line_height(theme)
    for line in made.lines:
        for piece in line:
            x = left + piece.x
            if piece.dot:
                painter.setPen(theme.color("text2"))
                painter.setFont(theme.font("meta"))
                width = theme.px(_DOT)
                painter.drawText(QRectF(x - width, y, width, height), Qt.AlignmentFlag.AlignCenter, "·")
            if piece.part.icon and piece.begins:
                side = theme.px(_ICON)
                top = y + (height - side) / 2
                icons.paint_icon(painter, piece.part.icon, x, top, side, theme.color("text2"))
                x += side + theme.px(_AFTER_ICON)
            painter.setFont(piece.part.font(theme))
            painter.setPen(theme.color("accent" if piece.part.accent else "text2"))
            painter.drawText(QRectF(x, y, max(right - x, 1.0), height), _LEFT, piece.text)
        y += height
