"""Where links and bookmarks of a part lead, once its pages are pages of a larger PDF.

Names of places hold within one file only, and two parts may use the same, so every place is written out: the page and
where on it. What would reach outside the pages, run something or carry a file along is taken away.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pikepdf

    from finsam_desktop.pdf.stamp import Shrunk

_KINDS = ("/XYZ", "/Fit", "/FitH", "/FitV", "/FitR", "/FitB", "/FitBH", "/FitBV")
_REMOVED = ("/FileAttachment", "/Movie", "/Sound", "/Screen", "/RichMedia", "/3D", "/TrapNet", "/PrinterMark")
_SAFE_ADDRESSES = ("http://", "https://", "mailto:")
_DEEPEST = 64


@dataclass(frozen=True, slots=True)
class Place:
    """A page of the part, from 0, and where on it: "/XYZ" and its numbers, for instance."""

    page: int
    view: tuple[Any, ...]


class Targets:
    """The places of one source file."""

    def __init__(self, source: pikepdf.Pdf) -> None:
        self._source = source
        self._pages: dict[tuple[int, int], int] | None = None
        self._named: dict[str, Any] = {}

    def place(self, target: Any, depth: int = 0) -> Place | None:
        """The place a target names, written out or by name; None when there is none."""
        from pikepdf import Array, Dictionary, Name, String

        if depth > 8 or target is None:
            return None
        if isinstance(target, Dictionary):
            return self.place(target.get("/D"), depth + 1)
        if isinstance(target, String | Name | str):
            return self.place(self._named.get(str(target)), depth + 1)
        if not isinstance(target, Array) or not len(target):
            return None
        return self._written(target)

    def of_action(self, action: Any) -> Place | None:
        """The place an action goes to within the file."""
        from pikepdf import Dictionary

        if not isinstance(action, Dictionary) or str(action.get("/S", "")) != "/GoTo":
            return None
        return self.place(action.get("/D"))

    def _written(self, target: Any) -> Place | None:
        from pikepdf import Dictionary

        if self._pages is None:
            self._pages = {page.obj.objgen: number for number, page in enumerate(self._source.pages)}
        first = target[0]
        if isinstance(first, Dictionary):
            number = self._pages.get(first.objgen)
        elif isinstance(first, int) and 0 <= first < len(self._pages):
            number = first
        else:
            number = None
        if number is None:
            return None
        kind = str(target[1]) if len(target) > 1 else "/Fit"
        if kind not in _KINDS:
            return Place(number, ("/Fit",))
        return Place(number, (kind, *(_plain(target[i]) for i in range(2, min(len(target), 6)))))

    def take_names(self) -> None:
        """Read the names of places, and take them out of the source: in a larger PDF they would not hold."""
        from pikepdf import Dictionary, Name

        root = self._source.Root
        old = root.get("/Dests")
        if isinstance(old, Dictionary):
            for key in old.keys():
                self._named[key] = old[key]
        names = root.get("/Names")
        tree = names.get("/Dests") if isinstance(names, Dictionary) else None
        for key, value in _leaves(tree):
            self._named.setdefault(key, value)
        for name in ("/Dests", "/Names", "/AcroForm"):
            if name in root:
                del root[Name(name)]


def _plain(value: Any) -> Any:
    """A number as Python has it; None for null."""
    return float(value) if value is not None else None


def _leaves(node: Any, depth: int = 0) -> Iterator[tuple[str, Any]]:
    """The names of a name tree with their values; a tree that bites its tail ends."""
    from pikepdf import Array, Dictionary

    if not isinstance(node, Dictionary) or depth > _DEEPEST:
        return
    names = node.get("/Names")
    if isinstance(names, Array):
        for place in range(0, len(names) - 1, 2):
            yield str(names[place]), names[place + 1]
    kids = node.get("/Kids")
    if isinstance(kids, Array):
        for kid in kids:
            yield from _leaves(kid, depth + 1)


def written(place: Place, pages: Sequence[Any], shrunk: Sequence[Shrunk | None]) -> Any:
    """The place in the larger PDF, whose pages of this part are ``pages``; it follows a page that was made smaller."""
    from pikepdf import Array, Name

    kind, *numbers = place.view
    change = shrunk[place.page]
    if change is not None:
        numbers = _moved(kind, numbers, change)
    return Array([pages[place.page], Name(kind), *numbers])


def _moved(kind: str, numbers: list[Any], change: Shrunk) -> list[Any]:
    def at(number: Any, across: bool) -> Any:
        if number is None:
            return None
        x, y = change.point(number, number)
        return round(x if across else y, 3)

    match kind:
        case "/XYZ":
            return [at(n, i == 0) if i < 2 else n for i, n in enumerate(numbers)]
        case "/FitH" | "/FitBH":
            return [at(n, False) for n in numbers]
        case "/FitV" | "/FitBV":
            return [at(n, True) for n in numbers]
        case "/FitR":
            return [at(n, i % 2 == 0) for i, n in enumerate(numbers)]
    return numbers


def clean_annotation(note: Any) -> bool:
    """Take away what an annotation would run or reach. False when nothing of it may stay."""
    from pikepdf import Dictionary, Name

    if str(note.get("/Subtype", "")) in _REMOVED:
        return False
    for name in ("/AA", "/PA", "/AF"):
        if name in note:
            del note[Name(name)]
    action = note.get("/A")
    if action is not None:
        kind = str(action.get("/S", "")) if isinstance(action, Dictionary) else ""
        address = str(action.get("/URI", "")) if kind == "/URI" else ""
        safe = kind in ("/GoTo", "/Named") or address.lower().startswith(_SAFE_ADDRESSES)
        if not safe:
            del note[Name.A]
        elif "/Next" in action:
            del action[Name.Next]
    return True


def shrink_annotation(note: Any, change: Shrunk) -> None:
    """Let an annotation follow a page that was made smaller."""
    from pikepdf import Array, Name

    for name in ("/Rect", "/QuadPoints", "/L", "/Vertices", "/CL"):
        points = note.get(name)
        if points is not None and len(points) % 2 == 0:
            numbers = [float(number) for number in points]
            pairs = (change.point(*numbers[i : i + 2]) for i in range(0, len(numbers), 2))
            note[Name(name)] = Array([round(value, 3) for pair in pairs for value in pair])
    strokes = note.get("/InkList")
    if strokes is not None:
        made = []
        for stroke in strokes:
            numbers = [float(number) for number in stroke]
            pairs = (change.point(*numbers[i : i + 2]) for i in range(0, len(numbers) - 1, 2))
            made.append(Array([round(value, 3) for pair in pairs for value in pair]))
        note.InkList = Array(made)
