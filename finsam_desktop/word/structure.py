"""Tags that stand for a whole paragraph, row, cell or run: ``{%p %}``, ``{%tr %}``, ``{%tc %}``, ``{%r %}``,
``{{p }}``.

docxtpl replaces the whole element and throws away what else stands in it. Here the element goes only when
nothing else is
in it; otherwise tags before the content are put before the element and tags after it behind, so no text is lost and
``{%tr for … %}`` and ``{%tr endfor %}`` may share a row.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from finsam_desktop.word import names
from finsam_desktop.word.flatten import PLACE_CLOSE, PLACE_OPEN, PLACEHOLDER
from finsam_desktop.word.names import A_P, A_R, PPR, RPR, RUN, SECTPR, TC, TR, P
from finsam_desktop.word.sandbox import print_source
from finsam_desktop.word.sites import Site, Sites
from finsam_desktop.word.work import ParagraphPlace

_ELEMENT = {"p": (P, A_P), "tr": (TR,), "tc": (TC,), "r": (RUN, A_R)}
_NAME = {"p": "stycket", "tr": "raden", "tc": "cellen"}
_IGNORED = {
    names.w(n) for n in ("instrText", "delText", "lastRenderedPageBreak", "proofErr", "commentReference")
}
_OBJECTS = {
    names.w(n)
    for n in ("drawing", "pict", "object", "sym", "fldChar", "footnoteReference", "endnoteReference")
}
_RANGES = {
    names.w(start): names.w(end)
    for start, end in (
        ("bookmarkStart", "bookmarkEnd"),
        ("commentRangeStart", "commentRangeEnd"),
        ("permStart", "permEnd"),
        ("moveFromRangeStart", "moveFromRangeEnd"),
        ("moveToRangeStart", "moveToRangeEnd"),
    )
}


class StructureFault(Exception):
    """A tag that cannot be put where it stands."""

    def __init__(self, message: str, site: Site) -> None:
        super().__init__(message)
        self.message = message
        self.site = site


@dataclass(slots=True)
class Looks:
    """What replaced runs and paragraphs looked like, by number, for the values printed there."""

    runs: list[str] = field(default_factory=list)
    places: list[ParagraphPlace] = field(default_factory=list)
    beside: list[Site] = field(default_factory=list)
    """Block tags with text beside them: legal here, but docxtpl would throw the text away."""


def lift(root: Any, sites: Sites, faults: list[StructureFault]) -> Looks:
    """Move every scoped tag out to the level it speaks of. Tags that cannot be moved are added to ``faults``."""
    looks = Looks()
    scoped = [site for site in sites.items if site.tag.scope and site.mode == "text"]
    for site in scoped:
        if site.tag.scope == "r":
            try:
                _lift_run(site, sites, looks)
            except StructureFault as fault:
                faults.append(fault)
    gone: list[Any] = []
    for scope in ("tc", "tr", "p"):
        members = [site for site in scoped if site.tag.scope == scope]
        for element, group in _grouped(members, scope, faults):
            try:
                _lift_element(element, group, scope, looks, gone)
            except StructureFault as fault:
                faults.append(fault)
    _drop_half_ranges(root, gone)
    return looks


def _grouped(
    members: list[Site], scope: str, faults: list[StructureFault]
) -> Iterator[tuple[Any, list[Site]]]:
    groups: dict[Any, list[Site]] = {}
    for site in members:
        element = site.node
        while element is not None and element.tag not in _ELEMENT[scope]:
            element = element.getparent()
        if element is None:
            faults.append(
                StructureFault(f"Taggen {site.tag.raw} ska stå i en tabell, men gör det inte.", site)
            )
            continue
        groups.setdefault(element, []).append(site)
    yield from groups.items()


def _lift_element(element: Any, members: list[Site], scope: str, looks: Looks, gone: list[Any]) -> None:
    numbers = {site.number: site for site in members}
    before, after, content = _sides(element, numbers, scope)
    for site in members:
        _remove_placeholder(site)
        if site.tag.kind == "print":
            if scope != "p":
                raise StructureFault(
                    f"{{{{{scope} …}}}} finns inte. Skriv {{{{p …}}}} eller {{%{scope} … %}}.", site
                )
            if content:
                raise StructureFault(
                    "Bredvid {{p …}} står annan text. Taggen ska stå ensam i sitt stycke.", site
                )
            looks.places.append(_place(element))
            site.source = print_source(f"({site.tag.body})|_block({len(looks.places) - 1})")
    if content:
        looks.beside.extend(site for site in members if site.tag.kind == "block")
    parent = element.getparent()
    for site in before:
        parent.insert(parent.index(element), _marker(site.number))
    at = parent.index(element) + 1
    for site in after:
        parent.insert(at, _marker(site.number))
        at += 1
    if content or _carries_section(element):
        return
    gone.append(element)
    parent.remove(element)


def _sides(element: Any, numbers: dict[int, Site], scope: str) -> tuple[list[Site], list[Site], bool]:
    """The tags before and after the element's content. Without content all are before."""
    before: list[Site] = []
    after: list[Site] = []
    content = False
    for token in _tokens(element):
        site = numbers.get(token)
        if site is None:
            if after:
                raise StructureFault(
                    f"Taggen {after[0].tag.raw} gäller hela {_NAME[scope]}, men det står annat på båda sidor om den. "
                    "Flytta taggen till ett eget stycke eller en egen rad.",
                    after[0],
                )
            content = True
        elif content:
            after.append(site)
        else:
            before.append(site)
    return before, after, content


def _tokens(element: Any) -> Iterator[int]:
    """The numbers of placeholders and -1 for any other content, in order."""
    for node in element.iter():
        tag = node.tag
        if tag in _IGNORED:
            continue
        if tag == names.MARK:
            yield int(node.get("n"))
        elif tag in _OBJECTS or (tag == names.BR and node.get(names.w("type")) in ("page", "column")):
            yield -1
        elif node.text:
            at = 0
            for match in PLACEHOLDER.finditer(node.text):
                if node.text[at : match.start()].strip():
                    yield -1
                yield int(match.group(1))
                at = match.end()
            if node.text[at:].strip():
                yield -1


def _marker(number: int) -> Any:
    return etree.Element(names.MARK, n=str(number))


def _remove_placeholder(site: Site) -> None:
    node = site.node
    if node.tag != names.MARK:
        node.text = (node.text or "").replace(f"{PLACE_OPEN}{site.number}{PLACE_CLOSE}", "")


def _carries_section(element: Any) -> bool:
    return element.tag == P and element.find(f"{PPR}/{SECTPR}") is not None


def _place(paragraph: Any) -> ParagraphPlace:
    ppr = paragraph.find(PPR)
    if ppr is None:
        return ParagraphPlace("", "", "")
    style = ppr.find(names.w("pStyle"))
    kept = deepcopy(ppr)
    for child in (SECTPR, RPR, names.w("pPrChange")):
        for found in kept.findall(child):
            kept.remove(found)
    return ParagraphPlace(to_text(kept), style.get(names.VAL, "") if style is not None else "", "")


def _lift_run(site: Site, sites: Sites, looks: Looks) -> None:
    """Cut the run in two at the tag."""
    node = site.node
    run = node.getparent()
    if run is None or run.tag not in _ELEMENT["r"]:
        raise StructureFault(f"Taggen {site.tag.raw} står inte i vanlig text.", site)
    mark = f"{PLACE_OPEN}{site.number}{PLACE_CLOSE}"
    head, _, tail = (node.text or "").partition(mark)
    rpr = run.find(RPR) if run.tag == RUN else None
    rest = etree.Element(run.tag)
    if rpr is not None:
        rest.append(deepcopy(rpr))
    following = list(node.itersiblings())
    if tail:
        second = etree.SubElement(rest, node.tag)
        second.text = tail
        second.set(names.XML_SPACE, "preserve")
        _move_sites(tail, node, second, sites)
    for sibling in following:
        rest.append(sibling)
    node.text = head
    marker = _marker(site.number)
    run.addnext(marker)
    if len(rest) > (rpr is not None):
        marker.addnext(rest)
    if not head:
        run.remove(node)
        if len(run) == (rpr is not None):
            run.getparent().remove(run)
    site.node = marker
    if site.tag.kind == "print":
        looks.runs.append(to_text(rpr) if rpr is not None else "")
        site.source = print_source(f"({site.tag.body})|_runs({len(looks.runs) - 1})")


def _move_sites(tail: str, old: Any, new: Any, sites: Sites) -> None:
    for site in sites.items:
        if site.node is old and f"{PLACE_OPEN}{site.number}{PLACE_CLOSE}" in tail:
            site.node = new


def to_text(element: Any) -> str:
    """The element as XML, with the namespaces of a Word part taken as known."""
    copy = deepcopy(element)
    etree.cleanup_namespaces(copy)
    text: str = etree.tostring(copy, encoding="unicode", with_tail=False)
    return text.replace(f' xmlns:w="{names.W}"', "", 1)


_HOLDERS = {
    names.w(n) for n in ("tc", "hdr", "ftr", "footnote", "endnote", "comment", "txbxContent", "sdtContent")
}


def may_be_emptied(root: Any, sites: Sites) -> bool:
    """Whether blocks can leave a table without rows, a row without cells or a cell without a last paragraph."""
    holders = {marker.getparent() for marker in root.iter(names.MARK)}
    for holder in holders:
        if holder.tag in _HOLDERS:
            return True
        if holder.tag in (names.TBL, TR) and not _has_lasting(holder, sites):
            return True
    return False


def _has_lasting(holder: Any, sites: Sites) -> bool:
    """Whether the table or row has a child of its kind outside every block."""
    wanted = TR if holder.tag == names.TBL else TC
    depth = 0
    for child in holder:
        if child.tag == names.MARK:
            word = sites.items[int(child.get("n"))].source.strip("\ufdd2\ufdd3\n- ")
            depth += -1 if word.startswith("end") else 1 if word.split(" ")[0] in _OPENING else 0
        elif child.tag == wanted and depth == 0:
            return True
    return False


_OPENING = {"for", "if", "macro", "call", "filter", "with", "set", "autoescape", "block"}


def _drop_half_ranges(root: Any, gone: list[Any]) -> None:
    """Take away the other end of bookmarks and the like whose one end went with a tag's paragraph."""
    lost: set[tuple[str, str]] = set()
    for element in gone:
        for start, end in _RANGES.items():
            lost.update((start, node.get(names.ID, "")) for node in element.iter(start, end))
    if not lost:
        return
    for start, end in _RANGES.items():
        for node in list(root.iter(start, end)):
            if (start, node.get(names.ID, "")) in lost:
                node.getparent().remove(node)
