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
_IN_LOOPS = {"hm", "vm"}
_REPEATING = {"for", "macro", "call"}


@dataclass(slots=True, eq=False)
class Block:
    """An opened block: its tag, and the element that holds the placeholder."""

    site: Site
    holder: Any


@dataclass(slots=True, eq=False)
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


def pair(root: Any, sites: Sites, faults: list[StructureFault]) -> list[Loop]:
    """All loops of the part, outermost first, with what they repeat. Every tag that is wrong is added to ``faults``."""
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
            faults.append(StructureFault(_NEVER[word], site))
        elif word in _IN_LOOPS and not open_loops:
            if not any(fault.site.tag is site.tag for fault in faults):
                faults.append(StructureFault(f"Taggen {site.tag.raw} ska stå inuti en for-slinga.", site))
        elif is_opener(site):
            block = Block(site, element)
            stack.append(block)
            if word in _REPEATING:
                loop = Loop(site, element, open_loops[-1][1] if open_loops else None)
                loops.append(loop)
                open_loops.append((block, loop))
        elif word in _MIDDLE:
            if not stack or stack[-1].site.tag.word not in _MIDDLE[word]:
                opener = f"{{% {_MIDDLE[word][0]} … %}}"
                faults.append(StructureFault(f"{site.tag.raw} står inte inuti något {opener}.", site))
            else:
                faults.extend(_same_level(stack[-1], site, element))
        elif word.startswith("end"):
            closed = _close(stack, site, faults)
            if closed is None:
                continue
            faults.extend(_same_level(closed, site, element))
            while open_loops and open_loops[-1][0] not in stack:
                open_loops.pop()
    faults.extend(_never_closed(block) for block in stack)
    return loops


def _never_closed(block: Block, before: Site | None = None) -> StructureFault:
    tag = block.site.tag
    text = f"Blocket {tag.raw} öppnas här men stängs aldrig. "
    if before is not None:
        text += f"{before.tag.raw} kommer före dess {{% end{tag.word} %}}."
    else:
        text += f"Det saknas en {{% end{tag.word} %}}."
    return StructureFault(text, block.site)


def _close(stack: list[Block], site: Site, faults: list[StructureFault]) -> Block | None:
    """The block that the end tag closes; blocks left open inside it are faults."""
    wanted = site.tag.word.removeprefix("end")
    if stack and not any(block.site.tag.word == wanted for block in stack):
        opened = stack.pop()
        text = (
            f"{site.tag.raw} kan inte stänga {opened.site.tag.raw}. Skriv {{% end{opened.site.tag.word} %}}."
        )
        faults.append(StructureFault(text, site))
        return opened
    if not stack:
        text = f"{site.tag.raw} stänger ett block som inte är öppnat. Det saknas en {{% {wanted} … %}} före."
        faults.append(StructureFault(text, site))
        return None
    while stack[-1].site.tag.word != wanted:
        faults.append(_never_closed(stack.pop(), site))
    return stack.pop()


def _same_level(block: Block, site: Site, holder: Any) -> Iterator[StructureFault]:
    """What lies between the two tags must be whole elements, seen from both ends."""
    first, second = _chain(block.holder), _chain(holder)
    while first and second and first[0] is second[0]:
        first, second = first[1:], second[1:]
    if [element.tag for element in first] != [element.tag for element in second]:
        yield StructureFault(
            f"{block.site.tag.raw} och {site.tag.raw} står inte på samma nivå: den ena står i "
            f"{_level(block.holder)} och den andra i {_level(holder)}. Skriv båda på samma sätt, till exempel med "
            "{%p … %} i egna stycken.",
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
