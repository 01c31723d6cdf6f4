"""Finding the template's own styles by name, also as a Swedish Word or LibreOffice names them; adding one that
is missing."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from finsam_desktop.word import escape, names
from finsam_desktop.word.builtin_styles import ALIASES, DEFINITIONS, FALLBACKS
from finsam_desktop.word.names import VAL, w, whole
from finsam_desktop.word.relations import parse_xml, relations, to_bytes


@dataclass(slots=True)
class _Index:
    """What a template's style part holds, read at first need."""

    ids: dict[tuple[str, str], str]
    names: dict[str, str]
    all_ids: set[str]
    left: dict[str, int]
    numbers: dict[str, int]
    based_on: dict[str, str]


@dataclass(slots=True)
class Styles:
    """The styles of one document. ``added`` are those this rendering had to add, as XML."""

    parts: dict[str, bytes]
    main: str
    added: dict[str, str] = field(default_factory=dict)
    _index: list[_Index] = field(default_factory=list)  # shared by copies
    _variants: dict[str, str] = field(default_factory=dict)

    def copy(self) -> Styles:
        """For one rendering; what was read of the template is shared."""
        return Styles(self.parts, self.main, _index=self._index)

    @property
    def part(self) -> str:
        """The name of the style part; "" if the template has none."""
        found = (
            r.target
            for r in relations(self.parts, self.main)
            if r.kind == "styles" and r.target in self.parts
        )
        return next(found, "")

    def paragraph(self, name: str) -> str:
        """The id of the paragraph style, added from the built-in ones if need be; "" for plain paragraphs."""
        return self._find("paragraph", name)

    def character(self, name: str) -> str:
        """The id of the character style."""
        return self._find("character", name)

    def table(self, name: str) -> str:
        """The id of the table style."""
        return self._find("table", name)

    def variant(self, base: str, suffix: str, look: str) -> str:
        """The id of the paragraph style ``base`` (an id, "" for the default) with a look added.

        The template's own where it has one by that name ("Tabelltext centrerad"), else one added for this document.
        "" where the template has no styles at all.
        """
        base = base or self._lookup("paragraph", "Normal")
        name = f"{self.index().names.get(base, base) or 'Stycke'} {suffix}"
        key = name.lower()
        found = self._lookup("paragraph", name)
        if found or not self.part:
            return found
        style_id = self._variants.get(key)
        if style_id is None:
            stem = re.sub(r"[^A-Za-z0-9]", "", f"{base}{suffix.title()}") or "Stycke"
            style_id = stem
            while style_id in self.index().all_ids or style_id in self._variants.values():
                style_id += "Ny"
            self._variants[key] = style_id
            based = f'<w:basedOn w:val="{base}"/>' if base else ""
            self.added[key] = (
                f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{style_id}">'
                f'<w:name w:val="{escape.attribute(name)}"/>{based}{look}</w:style>'
            )
        return style_id

    def has(self, kind: str, name: str) -> bool:
        """Whether the template itself has the style."""
        return self._lookup(kind, name) != ""

    def left_indent(self, name: str) -> int:
        """The left indent of a paragraph style in twentieths of a point, following what it is based on."""
        index = self.index()
        style: str | None = self._lookup("paragraph", name)
        for _ in range(20):
            if not style:
                return 0
            if style in index.left:
                return index.left[style]
            style = index.based_on.get(style)
        return 0

    def number_of(self, name: str) -> int | None:
        """The numId of a list style, if the style is tied to a list."""
        index = self.index()
        style: str | None = self._lookup("paragraph", name)
        for _ in range(20):
            if not style:
                return None
            if style in index.numbers:
                return index.numbers[style]
            style = index.based_on.get(style)
        return None

    def index(self) -> _Index:
        if not self._index:
            self._index.append(_read(self.parts.get(self.part)))
        return self._index[0]

    def content(self) -> bytes | None:
        """The style part with what was added, or None if nothing was."""
        if not self.added or not self.part:
            return None
        root = parse_xml(self.parts[self.part], "styles.xml")
        added = f'<w:styles xmlns:w="{names.W}">{"".join(self.added.values())}</w:styles>'
        root.extend(list(parse_xml(added.encode("utf-8"), "styles.xml")))
        return to_bytes(root)

    def _lookup(self, kind: str, name: str) -> str:
        index = self.index()
        key = name.lower()
        for wanted in (key, *ALIASES.get(key, ())):
            found = index.ids.get((kind, wanted))
            if found:
                return found
        return ""

    def _find(self, kind: str, name: str) -> str:
        if not name:
            return ""
        found = self._lookup(kind, name)
        if found:
            return found
        key = name.lower()
        for other in FALLBACKS.get(key, ()):
            found = self._lookup(kind, other)
            if found:
                return found
        definition = DEFINITIONS.get(key)
        if definition is None or not self.part:
            return ""
        style_id = definition.style_id
        if style_id in self.index().all_ids:
            style_id += "Ny"
        if key not in self.added:
            self.added[key] = definition.xml(style_id, self._find("paragraph", definition.based_on))
        return style_id


def _read(content: bytes | None) -> _Index:
    index = _Index({}, {}, set(), {}, {}, {})
    if content is None:
        return index
    for style in parse_xml(content, "styles.xml").iter(w("style")):
        kind, style_id = style.get(w("type"), "paragraph"), style.get(w("styleId"), "")
        name = style.find(w("name"))
        shown = name.get(VAL, "") if name is not None else ""
        index.all_ids.add(style_id)
        index.names[style_id] = shown
        index.ids.setdefault((kind, shown.lower()), style_id)
        aliases = style.find(w("aliases"))
        for alias in (aliases.get(VAL, "") if aliases is not None else "").split(","):
            if alias.strip():
                index.ids.setdefault((kind, alias.strip().lower()), style_id)
        _read_shape(style, style_id, index)
    return index


def _read_shape(style: Any, style_id: str, index: _Index) -> None:
    based = style.find(w("basedOn"))
    if based is not None:
        index.based_on[style_id] = based.get(VAL, "")
    indent = style.find(f"{names.PPR}/{w('ind')}")
    if indent is not None:
        left = indent.get(w("left")) or indent.get(w("start"))
        if left and re.fullmatch(r"-?[0-9]{1,6}", left):
            index.left[style_id] = int(left)
    number = style.find(f"{names.PPR}/{w('numPr')}/{w('numId')}")
    if number is not None and whole(number.get(VAL)):
        index.numbers[style_id] = whole(number.get(VAL))
