"""Tags for the cell they stand in: ``{% cellbg %}``, ``{% colspan %}``, ``{% hm %}``, ``{% vm %}``."""

from __future__ import annotations

from typing import Any

from lxml import etree

from finsam_desktop.word import names
from finsam_desktop.word.flatten import PLACE_CLOSE, PLACE_OPEN
from finsam_desktop.word.names import PPR, TC, TCPR, VAL, P, whole
from finsam_desktop.word.sandbox import block_source, print_source
from finsam_desktop.word.sites import Site, Sites
from finsam_desktop.word.structure import StructureFault

_ORDER = [
    names.w(n)
    for n in ("cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd", "noWrap", "tcMar")
]
WORDS = ("cellbg", "colspan", "hm", "vm")


def shape(sites: Sites, faults: list[StructureFault]) -> None:
    """Turn the cell tags into cell properties. One outside a table is added to ``faults``."""
    for site in list(sites.items):
        word = site.tag.word
        if site.tag.kind != "block" or word not in WORDS:
            continue
        cell = next(site.node.iterancestors(TC), None)
        if cell is None:
            faults.append(StructureFault(f"Taggen {site.tag.raw} ska stå i en tabellcell.", site))
            continue
        site.node.text = site.node.text.replace(f"{PLACE_OPEN}{site.number}{PLACE_CLOSE}", "")
        argument = site.tag.body.removeprefix(word).strip()
        if word in ("cellbg", "colspan") and not argument:
            faults.append(StructureFault(f"Taggen {site.tag.raw} saknar värde.", site))
            continue
        _SHAPERS[word](cell, site, sites, argument)


def _background(cell: Any, site: Site, sites: Sites, argument: str) -> None:
    shading = _property(cell, "shd")
    shading.attrib.clear()
    shading.set(VAL, "clear")
    shading.set(names.w("color"), "auto")
    shading.set(names.w("fill"), _placeholder(sites.derive(site, print_source(f"({argument})|_colour"))))


def _span(cell: Any, site: Site, sites: Sites, argument: str) -> None:
    _property(cell, "gridSpan").set(
        VAL, _placeholder(sites.derive(site, print_source(f"({argument})|_count")))
    )


def _merge_across(cell: Any, site: Site, sites: Sites, argument: str) -> None:
    span = _property(cell, "gridSpan")
    times = f"{whole(span.get(VAL))} * " if whole(span.get(VAL)) else ""
    span.set(VAL, _placeholder(sites.derive(site, print_source(f"({times}loop.length)|_count"))))
    _around(cell, cell, site, sites)


def _merge_down(cell: Any, site: Site, sites: Sites, argument: str) -> None:
    merge = _property(cell, "vMerge")
    value = print_source("'restart' if loop.first else 'continue'")
    merge.set(VAL, _placeholder(sites.derive(site, value)))
    for paragraph in cell.findall(P):
        content = [child for child in paragraph if child.tag != PPR]
        if content:
            _around(content[0], content[-1], site, sites)


def _around(first: Any, last: Any, site: Site, sites: Sites) -> None:
    last.addnext(_marker(sites.derive(site, block_source("endif"))))
    first.addprevious(_marker(sites.derive(site, block_source("if loop.first"))))


_SHAPERS = {"cellbg": _background, "colspan": _span, "hm": _merge_across, "vm": _merge_down}


def _property(cell: Any, name: str) -> Any:
    properties = cell.find(TCPR)
    if properties is None:
        properties = etree.Element(TCPR)
        cell.insert(0, properties)
    found = properties.find(names.w(name))
    if found is not None:
        return found
    found = etree.Element(names.w(name))
    rank = _ORDER.index(found.tag)
    at = sum(1 for child in properties if child.tag in _ORDER and _ORDER.index(child.tag) < rank)
    properties.insert(at, found)
    return found


def _marker(site: Site) -> Any:
    return etree.Element(names.MARK, n=str(site.number))


def _placeholder(site: Site) -> str:
    return f"{PLACE_OPEN}{site.number}{PLACE_CLOSE}"
