"""Bookmarks: ours, and each part's own nested under its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from finsam_desktop.pdf.targets import Place, Targets, written

if TYPE_CHECKING:
    import pikepdf

    from finsam_desktop.pdf.stamp import Shrunk

_MOST = 5000
"""Bookmarks taken over from one part; more is a file that is broken or means ill."""
_DEEPEST = 30


@dataclass(slots=True)
class Bookmark:
    """A bookmark. ``target`` is where it leads, as PDF has it; None leads nowhere."""

    title: str
    target: Any = None
    open: bool = False
    under: list[Bookmark] = field(default_factory=list)


def own_bookmarks(
    source: pikepdf.Pdf, targets: Targets, pages: Sequence[Any], shrunk: Sequence[Shrunk | None]
) -> list[Bookmark]:
    """The bookmarks of a part, leading to the same pages in the larger PDF."""
    from pikepdf import Dictionary

    root = source.Root.get("/Outlines")
    first = root.get("/First") if isinstance(root, Dictionary) else None
    found: list[Bookmark] = []
    seen: set[tuple[int, int]] = set()
    waiting: list[tuple[Any, list[Bookmark], int]] = [(first, found, 0)]
    while waiting and len(seen) < _MOST:
        entry, beside, depth = waiting.pop()
        if not isinstance(entry, Dictionary) or entry.objgen in seen:
            continue
        seen.add(entry.objgen)
        place: Place | None = (
            targets.place(entry.get("/Dest")) if "/Dest" in entry else targets.of_action(entry.get("/A"))
        )
        title = " ".join(str(entry.get("/Title", "")).split()) or "Utan namn"
        mark = Bookmark(title, written(place, pages, shrunk) if place is not None else None)
        beside.append(mark)
        waiting.append((entry.get("/Next"), beside, depth))
        waiting.append((entry.get("/First"), mark.under if depth < _DEEPEST else beside, depth + 1))
    return found


def write_outline(pdf: pikepdf.Pdf, marks: Sequence[Bookmark]) -> None:
    """Make these the bookmarks of the PDF."""
    from pikepdf import Dictionary, Name

    if not marks:
        return
    root = pdf.make_indirect(Dictionary(Type=Name.Outlines))
    root.Count = _write(pdf, root, marks)
    pdf.Root.Outlines = root
    pdf.Root.PageMode = Name.UseOutlines


def _write(pdf: pikepdf.Pdf, parent: Any, marks: Sequence[Bookmark]) -> int:
    """Write the bookmarks under ``parent``; how many are seen when it is open."""
    from pikepdf import Dictionary, String

    made = []
    shown = 0
    for mark in marks:
        entry = Dictionary(Title=String(mark.title), Parent=parent)
        if mark.target is not None:
            entry.Dest = mark.target
        item = pdf.make_indirect(entry)
        made.append(item)
        shown += 1
        if mark.under:
            count = _write(pdf, item, mark.under)
            item.Count = count if mark.open else -count
            shown += count if mark.open else 0
    for before, after in pairwise(made):
        before.Next = after
        after.Prev = before
    parent.First, parent.Last = made[0], made[-1]
    return shown
