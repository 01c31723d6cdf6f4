"""The values a template can print beside plain text, numbers and dates. All frozen, all plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, TypeAlias

from finsam_desktop.word.errors import ValueFault


class _Formatted:
    """A value with a look of its own: as text it would lose it, or show Python's inside, so it refuses."""

    __slots__ = ()

    def __str__(self) -> str:
        raise ValueFault(
            "Formaterad text kan inte ändras av filter eller sättas ihop. Skriv fältet ensamt i taggen."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Span(_Formatted):
    """A stretch of text with one look. Bold and italic use the template's styles Strong and Emphasis."""

    text: str
    bold: bool = False
    italic: bool = False
    style: str = ""
    """Name of a character style; overrides bold and italic."""


@dataclass(frozen=True, slots=True)
class Link(_Formatted):
    """A hyperlink with words: ``Link("Riksdagens webbplats", "https://…")``, or to a bookmark: ``Link("§ 67",
    "#p67")``.

    Only http, https, mailto and bookmarks in the same document are let through.
    """

    text: str
    target: str


@dataclass(frozen=True, slots=True)
class Anchor(_Formatted):
    """Text with a bookmark on it, so that a Link, PageReference or REF field can point at it."""

    text: str
    name: str


@dataclass(frozen=True, slots=True)
class PageReference(_Formatted):
    """The page number of an Anchor: a PAGEREF field that shows ``cached`` until Word updates it."""

    name: str
    cached: str = ""


@dataclass(frozen=True, slots=True)
class NoBreakHyphens:
    """Text whose hyphens never end a line (an ISO date): each becomes ``w:noBreakHyphen``."""

    text: str

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True, slots=True)
class PageBreak(_Formatted):
    """A page break, as a block or in a run."""


@dataclass(frozen=True, slots=True)
class Picture(_Formatted):
    """A PNG, JPEG, GIF or BMP in the line of text. ``width_mm`` or ``height_mm`` alone keeps the proportions;
    neither: the picture's own size, at most 160 mm wide. ``description`` is the alternative text; "" marks it
    decorative."""

    data: bytes
    width_mm: float | None = None
    height_mm: float | None = None
    description: str = ""


Inline: TypeAlias = str | Span | Link | Anchor | PageReference | NoBreakHyphens | Picture


@dataclass(frozen=True, slots=True)
class RichText(_Formatted):
    """Runs of text: ``RichText(("Beslut: ", Span(text="bifall", bold=True)))``. Printed by ``{{ }}`` and ``{{r }}``."""

    parts: tuple[Inline, ...] = ()

    def __bool__(self) -> bool:
        return any(part if isinstance(part, str) else True for part in self.parts)


@dataclass(frozen=True, slots=True)
class Paragraph(_Formatted):
    """One paragraph in a named style; for lists of blocks in ``{{p }}``."""

    content: Inline | RichText
    style: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkdownStyles:
    """Which of the template's styles, by name, each kind of paragraph gets.

    ``paragraph`` "" means the style of the paragraph where ``{{p }}`` stands, else Body Text.
    """

    paragraph: str = ""
    heading: str = "heading {level}"
    bullet: str = "List Bullet"
    number: str = "List Number"
    quote: str = "Quote"
    strong: str = "Strong"
    emphasis: str = "Emphasis"
    link: str = "Hyperlink"
    table: str = "Förbundstabell"


@dataclass(frozen=True, slots=True)
class Markdown(_Formatted):
    """Text with Markdown marks: paragraphs, bold, italic, lists, links, tables, headings, quotations.

    ``shift`` is added to every heading's level (1 makes ``# x`` a heading 2). ``breaks``: a single line break
    in the text
    is a line break in the document, as the writer saw it.
    """

    text: str
    styles: MarkdownStyles = field(default_factory=MarkdownStyles)
    shift: int = 0
    breaks: bool = True

    def __bool__(self) -> bool:
        return bool(self.text.strip())


Align: TypeAlias = Literal["left", "right", "center"]
Cell: TypeAlias = "str | int | float | Decimal | Inline | RichText | Markdown | None"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a Table. ``title`` may hold line breaks; ``width_mm`` None shares what is left of the
    table's width."""

    title: str = ""
    width_mm: float | None = None
    align: Align = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a Table: ``heading`` a subheading inside it, ``sum`` a rule above and bold, ``total`` also a
    rule below."""

    cells: tuple[Cell, ...]
    kind: Literal["row", "heading", "sum", "total"] = "row"


@dataclass(frozen=True, slots=True, kw_only=True)
class TableStyles:
    """Names of the styles used in a table, its caption and its note."""

    text: str = "Tabelltext"
    number: str = "Tabelltal"
    header: str = "Tabellrubrik"
    header_number: str = "Tabellrubrik tal"
    caption: str = "caption"
    note: str = "Tabellnot"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(_Formatted):
    """A native Word table: repeated header row, no row split over pages, widths in mm.

    Numbers given as numbers are written the Swedish way (non-breaking space, decimal comma, real minus sign).
    ``caption`` stands above as "Tabell n. caption", ``note`` below; ``description`` is the alternative text. ``number``
    sets n where the table is copied out of a document in which it had another place.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: str = ""
    description: str = ""
    note: str = ""
    style: str = "Förbundstabell"
    width_mm: float = 160.0
    styles: TableStyles = field(default_factory=TableStyles)
    label: str = "Tabell"
    header: bool = True
    keep_whole_rows: int = 14
    number: int | None = None

    def __bool__(self) -> bool:
        return bool(self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One series of a Chart; None where there is no value. ``colour`` is RRGGBB or "" for the chart's own order."""

    name: str
    values: tuple[float | int | Decimal | None, ...]
    colour: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart(_Formatted):
    """A native bar chart that can be edited in Word: bars from 0, values at the bars' ends, no grid, no value axis.

    ``number_format`` is Excel's, by default with a non-breaking space whatever the computer's language.
    ``horizontal`` None chooses by the length of the categories' names (over 12 characters).
    """

    categories: tuple[str, ...]
    series: tuple[Series, ...]
    caption: str = ""
    description: str = ""
    note: str = ""
    width_mm: float = 160.0
    height_mm: float = 80.0
    horizontal: bool | None = None
    accent: str = "1D4B5E"
    light: str = "D5DCE0"
    ink: str = "1F2529"
    font: str = "Calibri"
    number_format: str = "[>=1000]#\u00a0##0;0"
    label: str = "Diagram"
    styles: TableStyles = field(default_factory=TableStyles)


Block: TypeAlias = "Markdown | Table | Chart | Paragraph | PageBreak | Picture | RichText | str"

VALUE_TYPES: tuple[type, ...] = (
    Span,
    Link,
    Anchor,
    PageReference,
    NoBreakHyphens,
    PageBreak,
    Picture,
    RichText,
    Paragraph,
    Markdown,
    Table,
    Chart,
)

Context: TypeAlias = Mapping[str, object]
