"""Lists: each numbered list is an instance of its own that starts where it should."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from finsam_desktop.word import names
from finsam_desktop.word.names import VAL, w, whole
from finsam_desktop.word.relations import parse_xml, relations, to_bytes

LEVELS = 9
STEP = 340  # 6 mm in twentieths of a point
_BULLETS = ("•", "–", "•", "–", "•", "–", "•", "–", "•")
_FORMATS = (
    ("decimal", "%1."),
    ("lowerLetter", "%2)"),
    ("lowerRoman", "%3."),
    ("decimal", "%4."),
    ("lowerLetter", "%5)"),
    ("lowerRoman", "%6."),
    ("decimal", "%7."),
    ("lowerLetter", "%8)"),
    ("lowerRoman", "%9."),
)


@dataclass(slots=True)
class _Index:
    """What the template's numbering part holds."""

    abstract_of: dict[int, int]
    counts: dict[int, bool]
    levels: dict[int, int]
    highest_num: int
    highest_abstract: int


@dataclass(slots=True)
class Numbering:
    """The lists of one document. ``nums`` and ``abstracts`` are what this rendering added, as XML."""

    parts: dict[str, bytes]
    main: str
    nums: list[str] = field(default_factory=list)
    abstracts: list[str] = field(default_factory=list)
    _own: dict[tuple[str, int], int] = field(default_factory=dict)
    _bullet_num: dict[tuple[int | None, int], int] = field(default_factory=dict)
    _index: list[_Index] = field(default_factory=list)  # shared by copies

    def copy(self) -> Numbering:
        """For one rendering; what was read of the template is shared."""
        return Numbering(self.parts, self.main, _index=self._index)

    @property
    def part(self) -> str:
        """The name of the numbering part; "" if the template has none."""
        found = (
            r.target
            for r in relations(self.parts, self.main)
            if r.kind == "numbering" and r.target in self.parts
        )
        return next(found, "")

    def __contains__(self, num_id: object) -> bool:
        """Whether the list counts: numbers or letters, not bullets."""
        index = self.index()
        return isinstance(num_id, int) and index.counts.get(index.abstract_of.get(num_id, -1), False)

    def restarted(self, num_id: int, start: int = 1) -> int:
        """A new list like ``num_id`` that starts at ``start`` (every level at 1 below the first)."""
        abstract = self.index().abstract_of.get(num_id)
        return num_id if abstract is None else self._new_num(abstract, start)

    def numbered(self, style_num: int | None, indent: int, start: int, level: int) -> int:
        """A new numbered list, by the style's own definition where it has enough levels."""
        return self._new_num(self._abstract("number", style_num, indent), start, level)

    def bullets(self, style_num: int | None, indent: int) -> int:
        """A bullet list; bullets need no instance of their own."""
        index = self.index()
        if style_num is not None and index.levels.get(index.abstract_of.get(style_num, -1), 0) >= 3:
            return style_num
        key = (style_num, indent)
        if key not in self._bullet_num:
            self._bullet_num[key] = self._new_num(self._abstract("bullet", None, indent), None)
        return self._bullet_num[key]

    def content(self) -> bytes | None:
        """The numbering part with what was added, or None if nothing was. Definitions must stand before instances."""
        if not self.nums:
            return None
        original = self.parts.get(self.part) if self.part else None
        if original is None:
            original = f'<w:numbering xmlns:w="{names.W}"></w:numbering>'.encode()
        root = parse_xml(original, "numbering.xml")
        wrapped = (
            f'<w:numbering xmlns:w="{names.W}">{"".join(self.abstracts)}{"".join(self.nums)}</w:numbering>'
        )
        added = parse_xml(wrapped.encode("utf-8"), "numbering.xml")
        _insert(root, added)
        return to_bytes(root)

    def index(self) -> _Index:
        if not self._index:
            self._index.append(_read(self.parts.get(self.part) if self.part else None))
        return self._index[0]

    def _abstract(self, kind: str, style_num: int | None, indent: int) -> int:
        index = self.index()
        if style_num is not None:
            own = index.abstract_of.get(style_num, -1)
            if index.levels.get(own, 0) >= 3 and index.counts.get(own, False):
                return own
        if (kind, indent) not in self._own:
            number = index.highest_abstract + 1 + len(self.abstracts)
            self._own[kind, indent] = number
            self.abstracts.append(_abstract_xml(number, kind, indent))
        return self._own[kind, indent]

    def _new_num(self, abstract: int, start: int | None, level: int = 0) -> int:
        number = self.index().highest_num + 1 + len(self.nums)
        overrides = ""
        if start is not None:
            overrides = "".join(
                f'<w:lvlOverride w:ilvl="{n}"><w:startOverride w:val="{start if n == level else 1}"/></w:lvlOverride>'
                for n in range(LEVELS)
            )
        self.nums.append(
            f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{overrides}</w:num>'
        )
        return number


def _insert(root: Any, added: Any) -> None:
    first_num = root.find(w("num"))
    for child in list(added):
        if child.tag == w("abstractNum"):
            if first_num is not None:
                first_num.addprevious(child)
            else:
                root.append(child)
    last = root.findall(w("num"))
    at = root.index(last[-1]) + 1 if last else len(root)
    if not last:
        cleanup = root.find(w("numIdMacAtCleanup"))
        at = root.index(cleanup) if cleanup is not None else len(root)
    for child in list(added):
        root.insert(at, child)
        at += 1


def _abstract_xml(number: int, kind: str, indent: int) -> str:
    levels = []
    for level in range(LEVELS):
        left = indent + STEP * (level + 1)
        form, text = ("bullet", _BULLETS[level]) if kind == "bullet" else _FORMATS[level]
        levels.append(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>'
            f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{left}" w:hanging="{STEP}"/></w:pPr></w:lvl>'
        )
    return (
        f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>'
        f"{''.join(levels)}</w:abstractNum>"
    )


def _read(content: bytes | None) -> _Index:
    index = _Index({}, {}, {}, 0, -1)
    if content is None:
        return index
    root = parse_xml(content, "numbering.xml")
    for abstract in root.iter(w("abstractNum")):
        number = whole(abstract.get(w("abstractNumId")))
        levels = abstract.findall(w("lvl"))
        formats = [found.get(VAL) for level in levels if (found := level.find(w("numFmt"))) is not None]
        index.levels[number] = len(levels)
        index.counts[number] = bool(formats) and formats[0] not in ("bullet", "none")
        index.highest_abstract = max(index.highest_abstract, number)
    for num in root.iter(w("num")):
        number = whole(num.get(w("numId")))
        target = num.find(w("abstractNumId"))
        if target is not None:
            index.abstract_of[number] = whole(target.get(VAL))
        index.highest_num = max(index.highest_num, number)
    return index
