"""Which block tag closes which, where loops reach, and whether what lies between is whole XML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from finsam_desktop.word import names
from finsam_desktop.word.flatten import PLACE_OPEN, PLACEHOLDER
from finsam_desktop.word.sites import Site, Sites
from finsam_desktop.word.structure import StructureFault

_OPENERS = {"for", "if", "macro", "call", "filter", "with", "autoescape", "block"}
_MIDDLE = {"elif": ("if",), "else": ("if", "for")}
_NEVER = {
    "include": "Taggen include finns inte: en mall kan inte hämta andra filer.",
    "import": "Taggen import finns inte: en mall kan inte hämta andra filer.",
    "from": "Taggen from finns inte: en mall kan inte hämta andra filer.",
    "extends": "Taggen extends finns inte: en mall kan inte bygga på en annan fil.",
}
_CELL_WORDS = {"cellbg", "colspan", "hm", "vm"}
_REPEATING = {"for", "macro", "call"}


@dataclass(slots=True)
class Block:
    """An opened block: its tag, the element that holds the placeholder, and the loops around it."""

    site: Site
    holder: Any
    middles: list[tuple[Site, Any]] = field(default_factory=list)


@dataclass(slots=True)
class Loop:
    """A for-loop or macro: the first and last placeholder, and the elements that lie between them in document order."""

    opening: Site
    opening_holder: Any
    outer: Loop | None
    elements: list[Any] = field(default_factory=list)


def is_opener(site: Site) -> bool:
    """Whether the tag opens a block that an end tag must close."""
    word = site.tag.word
    if word == "set":
        return "=" not in re.sub(r"(['\"]).*?\1", "", site.tag.body)
    return word in _OPENERS


def pair(root: Any, sites: Sites) -> list[Loop]:
    """All loops of the part, outermost first, with what they repeat. Raises StructureFault at the tag that is wrong."""
    stack: list[Block] = []
    loops: list[Loop] = []
    open_loops: list[tuple[Block, Loop]] = []
    for element, site in _walk(root, sites):
        if site is None:
            if open_loops:
                open_loops[-1][1].elements.append(element)
            continue
        if site.tag.kind != "block":
            continue
        word = site.tag.word
        if word in _NEVER:
            raise StructureFault(_NEVER[word], site)
        if is_opener(site):
            block = Block(site, element)
            stack.append(block)
            if word in _REPEATING:
                loop = Loop(site, element, open_loops[-1][1] if open_loops else None)
                loops.append(loop)
                open_loops.append((block, loop))
        elif word in _MIDDLE:
            if not stack or stack[-1].site.tag.word not in _MIDDLE[word]:
                raise StructureFault(
                    f"{site.tag.raw} står inte inuti något {{% {_MIDDLE[word][0]} … %}}.", site
                )
            _same_level(stack[-1], site, element)
            stack[-1].middles.append((site, element))
        elif word.startswith("end"):
            block = _close(stack, site)
            _same_level(block, site, element)
            if open_loops and open_loops[-1][0] is block:
                open_loops.pop()
    if stack:
        raise StructureFault(
            f"Blocket {stack[-1].site.tag.raw} öppnas här men stängs aldrig. Det saknas en {{% end{stack[-1].site.tag.word} %}}.",
            stack[-1].site,
        )
    return loops


def _close(stack: list[Block], site: Site) -> Block:
    word = site.tag.word
    wanted = word.removeprefix("end")
    if not stack:
        raise StructureFault(
            f"{site.tag.raw} stänger ett block som inte är öppnat. Det saknas en {{% {wanted} … %}} före.",
            site,
        )
    block = stack[-1]
    if block.site.tag.word != wanted:
        opened = any(other.site.tag.word == wanted for other in stack)
        if opened:
            raise StructureFault(
                f"Blocket {block.site.tag.raw} öppnas här men stängs aldrig: {site.tag.raw} kommer före dess "
                f"{{% end{block.site.tag.word} %}}.",
                block.site,
            )
        raise StructureFault(f"{site.tag.raw} kan inte stänga {block.site.tag.raw}.", site)
    stack.pop()
    return block


def _same_level(block: Block, site: Site, holder: Any) -> None:
    """What lies between the two tags must be whole elements, seen from both ends."""
    first, second = _chain(block.holder), _chain(holder)
    while first and second and first[0] is second[0]:
        first, second = first[1:], second[1:]
    if [element.tag for element in first] != [element.tag for element in second]:
        raise StructureFault(
            f"{block.site.tag.raw} och {site.tag.raw} står inte på samma nivå: den ena står i {_level(block.holder)} "
            f"och den andra i {_level(holder)}. Skriv båda på samma sätt, till exempel med {{%p … %}} i egna stycken.",
            site,
        )


def _chain(holder: Any) -> list[Any]:
    chain = [] if holder.tag == names.MARK else [holder]
    chain.extend(holder.iterancestors())
    chain.reverse()
    return chain


_LEVEL_WORDS = {
    names.BODY: "brödtexten",
    names.TC: "en tabellcell",
    names.TR: "en tabellrad",
    names.TBL: "en tabell",
    names.P: "ett stycke",
    names.RUN: "löpande text",
    names.T: "löpande text",
}


def _level(holder: Any) -> str:
    parent = holder if holder.tag != names.MARK else holder.getparent()
    word = _LEVEL_WORDS.get(parent.tag, "ett annat element")
    if parent.tag == names.T and next(parent.iterancestors(names.TC), None) is not None:
        word += " i en tabellcell"
    return word


def _walk(root: Any, sites: Sites) -> Iterator[tuple[Any, Site | None]]:
    """Every element in document order, and every tag where its placeholder stands."""
    for element in root.iter():
        if element.tag == names.MARK:
            yield element, sites.items[int(element.get("n"))]
            continue
        yield element, None
        text = element.text
        if text and PLACE_OPEN in text:
            for match in PLACEHOLDER.finditer(text):
                yield element, sites.items[int(match.group(1))]


def unknown_word(site: Site) -> str | None:
    """A Swedish message where the tag begins with a word that is no statement."""
    word = site.tag.word
    known = (
        _OPENERS
        | set(_MIDDLE)
        | _CELL_WORDS
        | {"set", "raw", "endraw"}
        | {f"end{w}" for w in _OPENERS | {"set"}}
    )
    if word in known or word in _NEVER:
        return None
    if word in ("p", "tr", "tc", "r"):
        return f"Skriv {{%{word} utan mellanslag före {word}."
    return f"Taggen börjar med {word or 'ett tecken'}, som inte är något mallen kan göra. Ett värde skrivs {{{{ … }}}}."
