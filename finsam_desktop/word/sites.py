"""Where each tag of a part stands: what it was written as, what Jinja gets instead, and how to tell its author."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from finsam_desktop.word.sandbox import block_source, print_source, remark_source
from finsam_desktop.word.scan import Tag

Mode = Literal["text", "element", "attribute", "field", "target"]


@dataclass(slots=True)
class Site:
    """A tag at its place. ``paragraph`` is the number of the paragraph in document order, from 0; -1 where
    there is none."""

    number: int
    tag: Tag
    paragraph: int
    node: Any = None
    mode: Mode = "text"
    source: str = ""


@dataclass(slots=True)
class Sites:
    """All tags of a part, and those the engine adds. Numbers are what the placeholders carry."""

    items: list[Site] = field(default_factory=list)

    def add(self, tag: Tag, paragraph: int, node: Any, mode: Mode) -> Site:
        site = Site(len(self.items), tag, paragraph, node, mode, _source(tag, mode))
        self.items.append(site)
        return site

    def derive(self, origin: Site, source: str) -> Site:
        """A tag the engine writes itself because of ``origin``; faults in it are told at the origin's place."""
        site = Site(len(self.items), origin.tag, origin.paragraph, None, "attribute", source)
        self.items.append(site)
        return site


def _source(tag: Tag, mode: Mode) -> str:
    if tag.kind == "comment":
        return remark_source(tag.trim_before, tag.trim_after) if tag.trim_before or tag.trim_after else ""
    if tag.kind == "block":
        return block_source(tag.body, tag.trim_before, tag.trim_after)
    if mode == "text" or not tag.body:
        return print_source(tag.body, tag.trim_before, tag.trim_after)
    return print_source(f"({tag.body})|_{mode}", tag.trim_before, tag.trim_after)
