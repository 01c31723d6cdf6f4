"""PDFs made by hand for the tests of packs: every page says which it is, so that one can see where a link leads."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pikepdf
import pypdfium2 as pdfium
from pikepdf import Array, Dictionary, Name, String

A4 = (595.28, 841.89)
OutlineTree = Sequence[tuple[str, int, "OutlineTree"]]
"""Title, page from 0 (below 0: no target) and what is under it."""


@dataclass(frozen=True)
class Made:
    """How a PDF is made. ``name`` is in the text of every page. Rotation, boxes and unit are the same on all."""

    name: str
    pages: int = 1
    size: tuple[float, float] = A4
    rotate: int = 0
    crop: tuple[float, float, float, float] | None = None
    unit: float = 1.0
    text_at: tuple[float, float] = (60.0, 300.0)
    outline: OutlineTree = ()
    links: tuple[tuple[int, int, str], ...] = ()
    """Page, target page and how: "direct", "name", "old name", "action"."""
    tagged: bool = False
    roles: dict[str, str] = field(default_factory=dict)
    ids: bool = False
    extra: bytes = b""
    language: str = "sv-SE"


def marker(name: str, page: int) -> str:
    """What stands on a page of a PDF; ``page`` from 0."""
    return f"{name}-sida-{page + 1}-slut"


def made(how: Made) -> bytes:
    """The PDF."""
    pdf = pikepdf.new()
    font = pdf.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    )
    for number in range(how.pages):
        pdf.add_blank_page(page_size=how.size)
        page = pdf.pages[-1].obj
        page.Resources = Dictionary(Font=Dictionary(F=font))
        if how.rotate:
            page.Rotate = how.rotate
        if how.crop is not None:
            page.CropBox = Array(how.crop)
        if how.unit != 1.0:
            page.UserUnit = how.unit
        x, y = how.text_at
        text = b"BT /F 12 Tf %.2f %.2f Td (%s) Tj ET" % (x, y, marker(how.name, number).encode("cp1252"))
        if how.tagged:
            kind = next(iter(how.roles), "/P").encode("latin-1")
            text = b"%s <</MCID 0>> BDC %s EMC" % (kind, text)
            page.StructParents = number
        page.Contents = pdf.make_stream(how.extra + b"\n" + text)
    if how.outline:
        with pdf.open_outline() as outline:
            outline.root.extend(_items(how.outline))
    _links(pdf, how)
    if how.tagged:
        _structure(pdf, how)
    target = io.BytesIO()
    pdf.save(target)
    return target.getvalue()


def _items(tree: OutlineTree) -> list[pikepdf.OutlineItem]:
    made_items = []
    for title, page, under in tree:
        item = pikepdf.OutlineItem(title, page if page >= 0 else None)
        item.children.extend(_items(under))
        made_items.append(item)
    return made_items


def _links(pdf: pikepdf.Pdf, how: Made) -> None:
    names: list[Any] = []
    old = Dictionary()
    for source, target, manner in how.links:
        place = Array([pdf.pages[target].obj, Name.XYZ, 0, 700, None])
        note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([50, 690, 200, 710]))
        name = f"plats{target}"
        if manner == "direct":
            note.Dest = place
        elif manner == "name":
            note.Dest = String(name)
            names += [String(name), Dictionary(D=place)]
        elif manner == "old name":
            note.Dest = Name("/" + name)
            old[Name("/" + name)] = place
        else:
            note.A = Dictionary(S=Name.GoTo, D=place)
        page = pdf.pages[source].obj
        if "/Annots" not in page:
            page.Annots = Array([])
        page.Annots.append(pdf.make_indirect(note))
    if names:
        pairs = sorted({str(names[i]): names[i + 1] for i in range(0, len(names), 2)}.items())
        leaf = Dictionary(Names=Array([part for pair in pairs for part in (String(pair[0]), pair[1])]))
        pdf.Root.Names = Dictionary(Dests=Dictionary(Kids=Array([pdf.make_indirect(leaf)])))
    if len(old.keys()):
        pdf.Root.Dests = old


def _structure(pdf: pikepdf.Pdf, how: Made) -> None:
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    document = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root))
    numbers: list[Any] = []
    kids = []
    for number, page in enumerate(pdf.pages):
        kind = Name(next(iter(how.roles), "/P"))
        element = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=kind, P=document, Pg=page.obj, K=0))
        if how.ids:
            element.ID = String(f"id{number}")
            element.A = Dictionary(O=Name.Table, Headers=Array([String("id0")]))
        numbers += [number, Array([element])]
        kids.append(element)
    following = how.pages
    for page in pdf.pages:
        for note in page.obj.get("/Annots", []):
            note.StructParent = following
            link = pdf.make_indirect(
                Dictionary(
                    Type=Name.StructElem,
                    S=Name.Link,
                    P=document,
                    K=Dictionary(Type=Name.OBJR, Obj=note, Pg=page.obj),
                )
            )
            numbers += [following, link]
            kids.append(link)
            following += 1
    document.K = Array(kids)
    root.K = document
    root.ParentTree = pdf.make_indirect(Dictionary(Nums=Array(numbers)))
    root.ParentTreeNextKey = following
    if how.roles:
        root.RoleMap = Dictionary({name: Name(role) for name, role in how.roles.items()})
    if how.ids:
        pairs = [part for number in range(how.pages) for part in (String(f"id{number}"), kids[number])]
        root.IDTree = Dictionary(Names=Array(pairs))
    pdf.Root.StructTreeRoot = root
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    pdf.Root.Lang = String(how.language)


# -- reading what came out, with other programs than the one that made it ----------------------------------


def page_texts(pdf: bytes) -> list[str]:
    """The text of every page, as PDFium reads it."""
    document = pdfium.PdfDocument(pdf)
    try:
        texts = []
        for page in document:
            text_page = page.get_textpage()
            texts.append(text_page.get_text_bounded())
            text_page.close()
            page.close()
        return texts
    finally:
        document.close()


def bookmarks(pdf: bytes) -> list[tuple[int, str, int | None]]:
    """Every bookmark as PDFium reads it: level, title and page from 0."""
    document = pdfium.PdfDocument(pdf)
    try:
        found = []
        for entry in document.get_toc(max_depth=40):
            target = entry.get_dest()
            found.append((entry.level, entry.get_title(), target.get_index() if target is not None else None))
        return found
    finally:
        document.close()


def link_targets(pdf: pikepdf.Pdf) -> Iterator[tuple[int, int, Any]]:
    """Every link within the PDF: the page it is on, the page it leads to, and the annotation."""
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    for number, page in enumerate(pdf.pages):
        for note in page.obj.get("/Annots", []):
            if "/Dest" in note:
                yield number, numbers[note.Dest[0].objgen], note


def assert_whole_structure(pdf: pikepdf.Pdf) -> None:
    """Every mark on every page belongs to an element that names it, and every element knows its parent."""
    root = pdf.Root.StructTreeRoot
    numbers = list(root.ParentTree.Nums)
    tree = dict(zip(numbers[::2], numbers[1::2], strict=True))
    assert list(tree) == sorted(tree), "a number tree is in order"
    assert int(root.ParentTreeNextKey) > max(tree, default=-1)
    waiting = [(root, kid) for kid in _kids(root)]
    reached = set()
    while waiting:
        parent, element = waiting.pop()
        if not isinstance(element, Dictionary) or "/S" not in element:
            continue
        assert element.P.objgen == parent.objgen, "an element knows its parent"
        assert element.objgen not in reached, "an element has one place"
        reached.add(element.objgen)
        waiting += [(element, kid) for kid in _kids(element)]
    used: set[int] = set()
    for page in pdf.pages:
        marks = _marks(page)
        if "/StructParents" in page.obj:
            key = int(page.obj.StructParents)
            assert key not in used, "two pages share a key"
            used.add(key)
            owners = tree[key]
            for mark in marks:
                element = owners[mark]
                assert element.objgen in reached
                assert (mark, page.obj.objgen) in _marks_of(element), "the element does not name the mark"
        else:
            assert not marks, "marks without a structure"
        for note in page.obj.get("/Annots", []):
            if "/StructParent" in note:
                key = int(note.StructParent)
                assert key not in used
                used.add(key)
                objects = [
                    kid.Obj.objgen
                    for kid in _kids(tree[key])
                    if isinstance(kid, Dictionary) and "/Obj" in kid
                ]
                assert note.objgen in objects, "the element is of another annotation"


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, Array) else [kids]


def _marks_of(element: Any) -> list[tuple[int, tuple[int, int]]]:
    """The marks that an element names, with their pages."""
    own = element.get("/Pg")
    found = []
    for kid in _kids(element):
        if isinstance(kid, int):
            found.append((kid, own.objgen))
        elif isinstance(kid, Dictionary) and "/MCID" in kid:
            found.append((int(kid.MCID), kid.get("/Pg", own).objgen))
    return found


def _marks(page: pikepdf.Page) -> list[int]:
    found = []
    for operands, operator in pikepdf.parse_content_stream(page, "BDC"):
        if str(operator) == "BDC" and isinstance(operands[1], Dictionary) and "/MCID" in operands[1]:
            found.append(int(operands[1].MCID))
    return found
