"""The line at the top of every page of a bilaga, and room for it: "**Bilaga 3 till punkt 7** · sida 2 (5) · 41 (112)".

Right, 9 mm from the top edge and 15 mm from the side as the page is seen: rotation, crop box and a unit other than a
point are honoured. A page with marks where the line would stand is made smaller towards its bottom centre; nothing is
covered. The line is an artifact: a screen reader, which has the bookmarks, does not read it on every page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from finsam_desktop.pdf.embedded_font import Subset, embed, subset

if TYPE_CHECKING:
    from pathlib import Path

    import pikepdf

    from finsam_desktop.pdf.page_facts import PageFacts

MM = 72 / 25.4
SIZE = 9.0
TOP, SIDE = 9 * MM, 15 * MM
_CLEAR = 10.4 * MM
"""Where marks may begin below the line."""
_SMALLER = 0.95
_LOW = 100 * MM
"""A page lower than this gets room above it instead: made smaller it would be hard to read."""
_INK = b"0.14 g"
_CHARACTERS = frozenset("Bilaga till punkt § sida 0123456789 ()·ABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖ\u00a0")
_BEGIN = b"/Artifact <</Type/Pagination/Subtype/Header/Attached[/Top]>> BDC q "


@dataclass(frozen=True, slots=True)
class Sight:
    """How a page is seen: its box, its turn in degrees, and how many points its unit is."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int = 0
    unit: float = 1.0

    @property
    def width(self) -> float:
        """Points from left to right as seen."""
        across = self.top - self.bottom if self.turn in (90, 270) else self.right - self.left
        return across * self.unit

    @property
    def height(self) -> float:
        """Points from bottom to top as seen."""
        up = self.right - self.left if self.turn in (90, 270) else self.top - self.bottom
        return up * self.unit

    def matrix(self) -> tuple[float, float, float, float, float, float]:
        """From points as seen, from the bottom left corner, to the page's own coordinates."""
        u = 1 / self.unit
        match self.turn:
            case 90:
                return 0, u, -u, 0, self.right, self.bottom
            case 180:
                return -u, 0, 0, -u, self.right, self.top
            case 270:
                return 0, -u, u, 0, self.left, self.top
        return u, 0, 0, u, self.left, self.bottom

    def clip(self) -> bytes:
        """The content that keeps what was outside the page from being seen when the page is moved or grows."""
        edges = (self.left, self.bottom, self.right - self.left, self.top - self.bottom)
        return b"%.4f %.4f %.4f %.4f re W n " % edges

    def place(self, x: float, y: float) -> tuple[float, float]:
        """A point as seen in the page's own coordinates."""
        a, b, c, d, e, f = self.matrix()
        return a * x + c * y + e, b * x + d * y + f


@dataclass(frozen=True, slots=True)
class Shrunk:
    """How a page was made smaller: ``scale`` about a point of its own coordinates."""

    scale: float
    x: float
    y: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the page went."""
        return self.x + self.scale * (x - self.x), self.y + self.scale * (y - self.y)

    @property
    def operands(self) -> tuple[float, float, float, float, float, float]:
        """The matrix."""
        return self.scale, 0, 0, self.scale, self.x * (1 - self.scale), self.y * (1 - self.scale)


def sight(page: Any) -> Sight:
    """How the page is seen. A box that makes no sense is taken as A4."""
    media = _box(page.get("/MediaBox")) or (0.0, 0.0, 595.28, 841.89)
    crop = _box(page.get("/CropBox")) if "/CropBox" in page else None
    if crop is not None:
        cut = (
            max(media[0], crop[0]),
            max(media[1], crop[1]),
            min(media[2], crop[2]),
            min(media[3], crop[3]),
        )
        if cut[2] > cut[0] and cut[3] > cut[1]:
            media = cut
    turn, unit = 0, 1.0
    if "/Rotate" in page:
        try:
            turn = int(page.Rotate) % 360
        except (TypeError, ValueError):
            turn = 0
    if "/UserUnit" in page:
        try:
            unit = float(page.UserUnit)
        except (TypeError, ValueError):
            unit = 1.0
    return Sight(*media, turn if turn % 90 == 0 else 0, unit if unit > 0 else 1.0)


def _box(value: pikepdf.Object | None) -> tuple[float, float, float, float] | None:
    try:
        a, b, c, d = (float(edge) for edge in value)  # type: ignore[union-attr, arg-type]
    except (TypeError, ValueError):
        return None
    box = (min(a, c), min(b, d), max(a, c), max(b, d))
    return box if box[2] - box[0] >= 1 and box[3] - box[1] >= 1 else None


class Stamper:
    """Prints the line in one PDF."""

    def __init__(self, pdf: pikepdf.Pdf, labels: list[str], fonts: Path) -> None:
        letters = _CHARACTERS.union(*labels)
        self._pdf = pdf
        self._bold = subset(fonts / "Carlito-Bold.ttf", letters, "Carlito-Bold")
        self._plain = subset(fonts / "Carlito-Regular.ttf", letters, "Carlito")
        self._fonts = (embed(pdf, self._bold), embed(pdf, self._plain))
        self._named: dict[tuple[int, int], tuple[bytes, bytes]] = {}
        self._labels: dict[str, tuple[bytes, float]] = {}

    def line(self, page: Any, seen: Sight, label: str, rest: str) -> bytes:
        """The content that prints ``label`` in bold and then ``rest`` at the top of the page."""
        bold, plain = self._names(page)
        known = self._labels.get(label)
        if known is None:
            known = self._labels[label] = (self._bold.encoded(label), self._bold.width(label, SIZE))
        written, width = known
        width += self._plain.width(rest, SIZE)
        side = min(SIDE, seen.width * 0.1)
        size = SIZE * min(1.0, (seen.width - 2 * side) / width)
        x = seen.width - side - width * size / SIZE
        y = max(seen.height - TOP, 1.0)
        return (
            _BEGIN
            + b"%.4g %.4g %.4g %.4g %.2f %.2f cm " % seen.matrix()
            + b"BT %b %b %.3g Tf %.2f %.2f Td %b Tj %b %.3g Tf %b Tj ET Q EMC\n"
            % (_INK, bold, size, x, y, written, plain, size, self._plain.encoded(rest))
        )

    def _names(self, page: Any) -> tuple[bytes, bytes]:
        """The fonts' names in the page's resources; they are put there the first time."""
        from pikepdf import Dictionary, Name

        resources = page.get("/Resources")
        if resources is None:
            resources = page.Resources = Dictionary()
        fonts = resources.get("/Font")
        if fonts is None:
            resources.Font = Dictionary()
            fonts = resources.Font
        key = fonts.objgen if fonts.is_indirect else resources.objgen
        known = self._named.get(key) if key != (0, 0) else None
        if known is not None:
            return known
        names = []
        for start, font in zip(("FinsamB", "FinsamR"), self._fonts, strict=True):
            name, number = f"/{start}", 1
            while name in fonts and fonts[name].objgen != font.objgen:
                number += 1
                name = f"/{start}{number}"
            fonts[Name(name)] = font
            names.append(name.encode("ascii"))
        found = (names[0], names[1])
        if key != (0, 0):
            self._named[key] = found
        return found


def room(page: Any, seen: Sight, facts: PageFacts | None) -> tuple[Sight, Shrunk | None]:
    """Make room for the line where the page has marks at its top: how it is seen then, and how it was made smaller."""
    if facts is None or facts.top is None:
        return seen, None
    from pikepdf import Array, Name

    for name in ("/TrimBox", "/BleedBox", "/ArtBox"):
        if name in page:
            del page[Name(name)]
    if seen.height < _LOW:
        return _raised(page, seen, Array), None
    first = facts.top * MM
    scale = min(_SMALLER, (seen.height - _CLEAR) / (seen.height - first))
    x, y = seen.place(seen.width / 2, 0)
    return seen, Shrunk(scale, x, y)


def _raised(page: Any, seen: Sight, array: type[pikepdf.Array]) -> Sight:
    """The page with a strip of paper added above it, as seen."""
    more = _CLEAR / seen.unit
    left, bottom, right, top = seen.left, seen.bottom, seen.right, seen.top
    match seen.turn:
        case 0:
            top += more
        case 90:
            left -= more
        case 180:
            bottom -= more
        case _:
            right += more
    page.MediaBox = array([round(edge, 4) for edge in (left, bottom, right, top)])
    page.CropBox = page.MediaBox
    return Sight(left, bottom, right, top, seen.turn, seen.unit)


def move_patterns(pdf: pikepdf.Pdf, page: Any, shrunk: Shrunk) -> None:
    """Let patterns follow: they are laid out from the page's corner, whatever has been made smaller since."""
    from pikepdf import Array, Dictionary, Matrix, Stream

    resources = page.get("/Resources")
    patterns = resources.get("/Pattern") if resources is not None else None
    if patterns is None or not len(patterns.keys()):
        return
    moved = Dictionary()
    for name in patterns.keys():
        pattern = patterns[name]
        if isinstance(pattern, Stream):
            copied = pdf.copy_foreign(pattern) if pattern.is_owned_by(pdf) is False else _copied(pdf, pattern)
        else:
            copied = pdf.make_indirect(Dictionary(pattern))
        was = Matrix(*(float(v) for v in pattern.get("/Matrix", [1, 0, 0, 1, 0, 0])))
        now = was @ Matrix(*shrunk.operands)
        copied.Matrix = Array([round(value, 6) for value in now.shorthand])
        moved[name] = copied
    own = Dictionary(resources)
    own.Pattern = moved
    page.Resources = own


def _copied(pdf: pikepdf.Pdf, stream: pikepdf.Object) -> pikepdf.Object:
    made = pdf.make_stream(stream.read_raw_bytes())
    for name in stream.keys():
        if name != "/Length":
            made[name] = stream[name]
    return made


__all__ = ["SIZE", "Shrunk", "Sight", "Stamper", "Subset", "move_patterns", "room", "sight"]
