"""One structure for screen readers, made of the parts' own.

Every part becomes a Part under one Document, with its title and, where it differs, its language. What its own structure
says stays as it was: elements are moved, not made anew. Keys of pages and annotations are numbered on, and names that
two parts use in different senses are told apart. A part without a structure is wrapped page by page: its text can be
read, in the order it was drawn, but it has no headings or lists, and nothing else is claimed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pikepdf

_DEEPEST = 64
_MOST = 2_000_000
STANDARD = frozenset(
    "/Document /Part /Art /Sect /Div /BlockQuote /Caption /TOC /TOCI /Index /NonStruct /Private /P /H /H1 /H2 /H3 /H4"
    " /H5 /H6 /L /LI /Lbl /LBody /Table /TR /TH /TD /THead /TBody /TFoot /Span /Quote /Note /Reference /BibEntry /Code"
    " /Link /Annot /Ruby /RB /RT /RP /Warichu /WT /WP /Figure /Formula /Form".split()
)


@dataclass(slots=True)
class TaggedPart:
    """A part to take in: ``source`` and its pages as they are in the larger PDF.

    ``tagged`` False: the pages are wrapped. ``pictures`` are the numbers of pages that are nothing but a picture.
    """

    title: str
    source: pikepdf.Pdf
    pages: Sequence[Any]
    tagged: bool
    language: str
    pictures: frozenset[int] = frozenset()


class Structure:
    """The structure of a PDF that grows part by part."""

    def __init__(self, pdf: pikepdf.Pdf, title: str, language: str) -> None:
        from pikepdf import Array, Dictionary, Name, String

        self._pdf = pdf
        self._language = language
        self._root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self._document = pdf.make_indirect(
            Dictionary(
                Type=Name.StructElem, S=Name.Document, P=self._root, T=String(title), Lang=String(language)
            )
        )
        self._root.K = Array([self._document])
        self._parts: list[Any] = []
        self._roles: dict[str, str] = {}
        self._classes: dict[str, Any] = {}
        self._ids: list[tuple[bytes, Any]] = []
        self._spaces: list[Any] = []
        self._numbers: list[Any] = []
        self._next = 0

    def add(self, part: TaggedPart) -> None:
        """Take in a part, after those before it."""
        root = part.source.Root.get("/StructTreeRoot") if part.tagged else None
        self._parts.append(self._tagged(part, root) if root is not None else self._wrapped(part))

    def finish(self) -> None:
        """Write what was gathered into the PDF."""
        from pikepdf import Array, Dictionary, Name, String

        root = self._root
        self._document.K = Array(self._parts)
        root.ParentTree = self._pdf.make_indirect(Dictionary(Nums=Array(self._numbers)))
        root.ParentTreeNextKey = self._next
        if self._roles:
            root.RoleMap = Dictionary({name: Name(role) for name, role in self._roles.items()})
        if self._classes:
            root.ClassMap = Dictionary(self._classes)
        if self._spaces:
            root.Namespaces = Array(self._spaces)
        if self._ids:
            names: list[Any] = []
            for key, element in sorted(self._ids, key=lambda pair: pair[0]):
                names += [String(key), element]
            leaf = Dictionary(Names=Array(names), Limits=Array([names[0], names[-2]]))
            root.IDTree = Dictionary(Kids=Array([self._pdf.make_indirect(leaf)]))
        self._pdf.Root.StructTreeRoot = root
        self._pdf.Root.MarkInfo = Dictionary(Marked=True)

    # -- a part with a structure --------------------------------------------------------------------------

    def _tagged(self, part: TaggedPart, root: Any) -> Any:
        from pikepdf import Array, Dictionary, Name, String

        if not root.is_indirect:
            root = part.source.make_indirect(root)
        copied = self._pdf.copy_foreign(root)
        top = _list(copied.get("/K"))
        self._tell_apart(copied, top)
        only = top[0] if len(top) == 1 and isinstance(top[0], Dictionary) else None
        if only is not None and str(only.get("/S", "")) == "/Document":
            element = only
            element.S = Name.Part
        else:
            element = self._pdf.make_indirect(Dictionary(Type=Name.StructElem, K=Array(top)))
            element.S = Name.Part
            for child in top:
                if isinstance(child, Dictionary):
                    child.P = element
        element.P = self._document
        element.T = String(part.title)
        language = _text(part.source.Root.get("/Lang")) or part.language
        if language.lower() != self._language.lower() and "/Lang" not in element:
            element.Lang = String(language)
        self._number_on(part, copied.get("/ParentTree"))
        return element

    def _number_on(self, part: TaggedPart, tree: Any) -> None:
        """Give the part's pages and annotations keys after those that are taken."""
        first, seen, last = self._next, set(), -1
        for key, value in _numbers(tree):
            self._numbers += [first + key, value]
            seen.add(key)
            last = max(last, key)
        self._next = first + last + 1
        if not first:
            return
        for page in part.pages:
            if "/StructParents" in page:
                key = int(page.StructParents)
                seen.discard(key)
                page.StructParents = first + key
            for note in _list(page.get("/Annots")) if "/Annots" in page else ():
                if "/StructParent" in note:
                    key = int(note.StructParent)
                    seen.discard(key)
                    note.StructParent = first + key
        if seen:
            self._number_objects(part.pages, seen, first)

    def _number_objects(self, pages: Sequence[Any], left: set[int], first: int) -> None:
        """Keys that no page or annotation has belong to pictures and forms drawn on the pages."""
        from pikepdf import Dictionary, Name, Stream

        done: set[tuple[int, int]] = set()
        waiting = [page.get("/Resources") for page in pages]
        while waiting and left:
            resources = waiting.pop()
            drawn = resources.get("/XObject") if isinstance(resources, Dictionary) else None
            if not isinstance(drawn, Dictionary):
                continue
            for name in drawn.keys():
                thing = drawn[name]
                if not isinstance(thing, Stream) or thing.objgen in done:
                    continue
                done.add(thing.objgen)
                for field in ("/StructParent", "/StructParents"):
                    if field in thing:
                        key = int(thing[field])
                        left.discard(key)
                        thing[Name(field)] = first + key
                waiting.append(thing.get("/Resources"))

    def _tell_apart(self, root: Any, top: list[Any]) -> None:
        """Rename what an earlier part uses in another sense, and take in the part's roles, classes and ids."""
        renamed: dict[str, str] = {}
        for name, role in _roles(root.get("/RoleMap")).items():
            free, number = name, 2
            while free in STANDARD or self._roles.get(free, role) != role:
                free = f"{name}-{number}"
                number += 1
            if free != name:
                renamed[name] = free
            self._roles[free] = role
        classes = _names(root.get("/ClassMap"))
        other_class = {name: f"{name}-{len(self._parts) + 1}" for name in classes if name in self._classes}
        self._classes |= {other_class.get(name, name): value for name, value in classes.items()}
        self._spaces += _list(root.get("/Namespaces"))
        ids = root.get("/IDTree") is not None
        if not (renamed or other_class or ids):
            return
        mark = b"%d-" % (len(self._parts) + 1)
        for element in _elements(top):
            self._rename(element, renamed, other_class, mark if ids else b"")

    def _rename(self, element: Any, roles: dict[str, str], classes: dict[str, str], mark: bytes) -> None:
        from pikepdf import Array, Dictionary, Name, String

        kind = str(element.get("/S", ""))
        if kind in roles:
            element.S = Name(roles[kind])
        if classes and "/C" in element:
            given = [
                Name(classes.get(str(c), str(c))) if isinstance(c, Name) else c for c in _list(element.C)
            ]
            element.C = Array(given) if len(given) > 1 else given[0]
        if not mark:
            return
        if "/ID" in element:
            key = mark + bytes(element.ID)
            element.ID = String(key)
            self._ids.append((key, element))
        for look in _list(element.get("/A")):
            if isinstance(look, Dictionary) and "/Headers" in look:
                look.Headers = Array([String(mark + bytes(one)) for one in _list(look.Headers)])

    # -- a part without one -------------------------------------------------------------------------------

    def _wrapped(self, part: TaggedPart) -> Any:
        from pikepdf import Array, Dictionary, Name, String

        element = self._pdf.make_indirect(Dictionary(Type=Name.StructElem, P=self._document))
        element.S, element.T = Name.Part, String(part.title)
        made = []
        for number, page in enumerate(part.pages):
            for note in _list(page.get("/Annots")):
                if "/StructParent" in note:
                    del note[Name.StructParent]
            if page.get("/Contents") is None:
                continue
            one = self._pdf.make_indirect(Dictionary(Type=Name.StructElem, P=element, Pg=page, K=0))
            picture = number in part.pictures
            one.S = Name.Figure if picture else Name.P
            if picture:
                words = f"{part.title}, sida {number + 1} av {len(part.pages)}, som bild utan läsbar text"
                one.Alt = String(words)
                one.A = Dictionary(O=Name.Layout, Placement=Name.Block, BBox=page.MediaBox)
            page.StructParents = self._next
            self._numbers += [self._next, Array([one])]
            self._next += 1
            made.append(one)
        element.K = Array(made)
        return element


def _list(value: Any) -> list[Any]:
    from pikepdf import Array

    if value is None:
        return []
    return list(value) if isinstance(value, Array) else [value]


def _text(value: Any) -> str:
    return str(value) if value is not None else ""


def _names(value: Any) -> dict[str, Any]:
    from pikepdf import Dictionary

    return {name: value[name] for name in value.keys()} if isinstance(value, Dictionary) else {}


def _roles(value: Any) -> dict[str, str]:
    """What each name of a role map stands for in the end."""
    told = {name: str(role) for name, role in _names(value).items()}
    found = {}
    for name, role in told.items():
        for _ in range(_DEEPEST):
            if role in STANDARD or role not in told:
                break
            role = told[role]
        if role != name:
            found[name] = role
    return found


def _numbers(node: Any, depth: int = 0) -> Iterator[tuple[int, Any]]:
    """The keys of a number tree with their values."""
    from pikepdf import Array, Dictionary

    if not isinstance(node, Dictionary) or depth > _DEEPEST:
        return
    numbers = node.get("/Nums")
    if isinstance(numbers, Array):
        found = list(numbers)
        yield from zip(found[::2], found[1::2], strict=False)
    for kid in _list(node.get("/Kids")):
        yield from _numbers(kid, depth + 1)


def _elements(top: list[Any]) -> Iterator[Any]:
    """Every structure element, once."""
    from pikepdf import Dictionary

    waiting = list(top)
    seen: set[tuple[int, int]] = set()
    while waiting and len(seen) < _MOST:
        element = waiting.pop()
        if not isinstance(element, Dictionary) or "/S" not in element:
            continue
        if element.objgen != (0, 0):
            if element.objgen in seen:
                continue
            seen.add(element.objgen)
        yield element
        waiting += _list(element.get("/K"))
