"""Ids inside loops: what must be unique in a document gets a new number each time round.

Bookmarks, drawings, tracked changes and comments carry ids that Word wants to be unique. Paragraph ids are optional, so
those inside loops are taken away. Numbered lists written in the template begin anew each time their loop begins.
"""

from __future__ import annotations

from collections.abc import Container
from typing import Any

from lxml import etree

from finsam_desktop.word import names
from finsam_desktop.word.flatten import PLACE_CLOSE, PLACE_OPEN
from finsam_desktop.word.names import ID, VAL, W14, WP, WP14, P, w, whole
from finsam_desktop.word.pairing import Loop
from finsam_desktop.word.sandbox import block_source, print_source
from finsam_desktop.word.sites import Site, Sites

_PARA_IDS = (f"{{{W14}}}paraId", f"{{{W14}}}textId")
_DRAWING_IDS = (f"{{{WP14}}}anchorId", f"{{{WP14}}}editId")
_COMMENT = {w("commentRangeStart"), w("commentRangeEnd"), w("commentReference")}
_STARTS = {w("bookmarkStart"): "bookmarkEnd", w("permStart"): "permEnd"}
_ENDS = {w("bookmarkEnd"), w("permEnd")}
_CHANGES = {
    w(name)
    for name in (
        "ins",
        "del",
        "moveFrom",
        "moveTo",
        "rPrChange",
        "pPrChange",
        "tblPrChange",
        "trPrChange",
        "tcPrChange",
        "sectPrChange",
        "cellIns",
        "cellDel",
        "cellMerge",
        "numberingChange",
    )
}
_DRAWING = {f"{{{WP}}}docPr"}


def make_unique(loops: list[Loop], sites: Sites, numbered: Container[int]) -> None:
    """Replace ids inside loops by tags that give new ones. ``numbered`` are the numIds whose lists count."""
    for loop in loops:
        lists: dict[int, list[Any]] = {}
        for element in loop.elements:
            tag = element.tag
            if tag == P:
                for name in _PARA_IDS:
                    element.attrib.pop(name, None)
            elif tag in _STARTS:
                _renumber(element, f"{tag}{element.get(ID)}", loop, sites, fresh=True)
                name = element.get(w("name"))
                if name:
                    element.set(w("name"), _print(sites, loop, f"{name!r}|_renamed"))
            elif tag in _ENDS:
                _renumber(
                    element, f"{tag.replace('End', 'Start')}{element.get(ID)}", loop, sites, fresh=False
                )
            elif tag in _CHANGES:
                _renumber(element, "", loop, sites, fresh=True)
            elif tag in _DRAWING:
                element.set("id", _print(sites, loop, "''|_fresh"))
                for name in _DRAWING_IDS:
                    element.getparent().attrib.pop(name, None)
            elif tag in _COMMENT:
                _only_first(element, loop, sites)
            elif tag == ID and element.getparent().tag == w("sdtPr"):
                element.getparent().remove(element)
            elif tag == w("numId") and whole(element.get(VAL)) in numbered:
                lists.setdefault(whole(element.get(VAL)), []).append(element)
        for num_id, members in lists.items():
            _restart_list(num_id, members, loop, sites)


def _print(sites: Sites, loop: Loop, expression: str) -> str:
    return _placeholder(sites.derive(loop.opening, print_source(expression)))


def _placeholder(site: Site) -> str:
    return f"{PLACE_OPEN}{site.number}{PLACE_CLOSE}"


def _renumber(element: Any, key: str, loop: Loop, sites: Sites, *, fresh: bool) -> None:
    if element.get(ID) is not None:
        element.set(ID, _print(sites, loop, f"{key!r}|{'_fresh' if fresh else '_same'}"))


def _only_first(element: Any, loop: Loop, sites: Sites) -> None:
    """A comment in a loop stands the first time round only: a comment has one place."""
    key = f"{element.tag} {element.get(ID)}"
    element.addprevious(_marker(sites.derive(loop.opening, block_source(f"if {key!r}|_first"))))
    element.addnext(_marker(sites.derive(loop.opening, block_source("endif"))))


def _restart_list(num_id: int, members: list[Any], loop: Loop, sites: Sites) -> None:
    """One list paragraph in the loop: the loop makes the items, so the list begins where the loop begins.
    Several: they are the items, so it begins anew each time round."""
    key = f"list {loop.opening.number} {num_id}"
    for member in members:
        member.set(VAL, _print(sites, loop, f"{key!r}|_list({num_id})"))
    site = sites.derive(loop.opening, print_source(f"{key!r}|_restart"))
    holder = loop.opening_holder
    if len(members) > 1:
        _put_after(holder, loop.opening, site)
    else:
        _put_before(holder, loop.opening, site)


def _put_before(holder: Any, opening: Site, site: Site) -> None:
    if holder.tag == names.MARK:
        holder.addprevious(_marker(site))
    else:
        mark = _placeholder(opening)
        holder.text = holder.text.replace(mark, _placeholder(site) + mark)


def _put_after(holder: Any, opening: Site, site: Site) -> None:
    if holder.tag == names.MARK:
        holder.addnext(_marker(site))
    else:
        mark = _placeholder(opening)
        holder.text = holder.text.replace(mark, mark + _placeholder(site))


def _marker(site: Site) -> Any:
    return etree.Element(names.MARK, n=str(site.number))
