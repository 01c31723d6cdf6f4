"""One part of a template made ready: its tags put in place, its source compiled, each tag's place remembered."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container
from dataclasses import dataclass, field
from typing import Any, Literal

from jinja2 import Template
from jinja2.exceptions import TemplateSyntaxError
from lxml import etree

from finsam_desktop.word import cells, flatten, identities, names, pairing, structure
from finsam_desktop.word.errors import TemplateError
from finsam_desktop.word.flatten import PLACE_CLOSE, PLACE_OPEN, PLACEHOLDER
from finsam_desktop.word.names import TBL, TC, TR, P
from finsam_desktop.word.places import around, locate, part_word
from finsam_desktop.word.relations import parse_xml
from finsam_desktop.word.sandbox import WordEnvironment, block_source, print_source
from finsam_desktop.word.scan import Loose, Tag, scan
from finsam_desktop.word.sites import Mode, Site, Sites
from finsam_desktop.word.structure import StructureFault
from finsam_desktop.word.syntax import swedish
from finsam_desktop.word.work import ParagraphPlace

Kind = Literal["word", "drawing", "properties", "rels"]

BESIDE = (
    "Bredvid taggen står annan text. Texten följer med i dokumentet, men andra program tar bort den. "
    "Låt taggen stå ensam."
)
MAX_TAG = 4_000
"""Longest tag in characters. Longer ones are attacks on the reader of expressions, which is recursive."""
_RESERVED = re.compile("[\ufdd0-\ufdef]")
_ATTRIBUTE_TAG = re.compile(rb'="[^"<]*(\{[{%#]|%7B%7B)')
_LOOSE_SPACE = re.compile(rb">\s+<")
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_STRUCTURAL = {P, TBL, TR, TC, names.BODY, names.RUN, names.w("hdr"), names.w("ftr"), names.w("sdtContent")}
_NOISE = (names.w("proofErr"), names.w("lastRenderedPageBreak"))
_RSIDS = tuple(names.w(n) for n in ("rsidR", "rsidRPr", "rsidRDefault", "rsidP", "rsidTr", "rsidDel"))


@dataclass(slots=True)
class Ready:
    """A part between reading and compiling."""

    root: Any
    sites: Sites
    faults: list[StructureFault]
    looks: structure.Looks = field(default_factory=structure.Looks)


@dataclass(slots=True)
class CompiledPart:
    """A part that has tags. ``render`` it with ``root_render_func``; ``fault`` says where an error came from."""

    name: str
    word: str
    kind: Kind
    template: Template
    sites: list[Site]
    lines: list[int]
    line_sites: list[int]
    raw: bytes
    looks: tuple[str, ...] = ()
    places: tuple[ParagraphPlace, ...] = ()
    source: str = ""
    may_be_emptied: bool = True
    warnings: tuple[str, ...] = ()
    has_captions: bool = False

    def fault(self, message: str, line: int | None, detail: str = "") -> TemplateError:
        """The error with the place of the tag on that line of the source."""
        if line is None or not self.lines:
            return TemplateError(message, part=self.word, detail=detail)
        return error_at(message, self.site_at(line), self.raw, self.name, self.word, detail)

    def site_at(self, line: int) -> Site:
        """The tag on a line of the source."""
        return self.sites[self.line_sites[max(0, bisect_right(self.lines, line - 1) - 1)]]


def error_at(message: str, site: Site, raw: bytes, name: str, word: str, detail: str = "") -> TemplateError:
    """The error with the place of the tag in the part as it was before anything was moved."""
    if site.paragraph < 0:
        return TemplateError(message, part=word, tag=site.tag.raw, detail=detail)
    place = locate(parse_xml(raw, name), word, site.paragraph)
    return TemplateError(
        message,
        part=word,
        paragraph=place.paragraph,
        where=place.where,
        tag=site.tag.raw,
        context=around(place.text, site.tag.start),
        detail=detail,
    )


def collect(
    root: Any, kind: Kind, raw: bytes, order: dict[Any, int]
) -> tuple[Sites, list[tuple[int, Loose]]]:
    """All tags of a part, with their placeholders put in the tree, and half tags with their paragraph."""
    sites = Sites()
    loose: list[tuple[int, Loose]] = []
    if kind in ("word", "drawing"):
        for _, paragraph in flatten.paragraphs(root):
            _collect_paragraph(order.get(paragraph, -1), paragraph, sites, loose)
        if _ATTRIBUTE_TAG.search(raw):
            _collect_attributes(root, sites, loose, "attribute", order)
    elif kind == "rels":
        _collect_attributes(root, sites, loose, "target", order)
    else:
        for element in root.iter():
            if element.text and "{" in element.text and len(element) == 0:
                element.text = _with_placeholders(element.text, sites, loose, element, -1, "element")
    return sites, loose


def _collect_paragraph(number: int, paragraph: Any, sites: Sites, loose: list[tuple[int, Loose]]) -> None:
    mode: Mode = "text" if paragraph.tag == P else "element"
    for fields in (False, True):
        found = flatten.pieces(paragraph, fields=fields)
        if not flatten.has_brace(found):
            continue
        if fields and "{{" not in "".join(piece.text for piece in found):
            continue
        tags, halves = flatten.find_tags(found)
        loose.extend((number, half) for half in halves)
        numbers = []
        for tag in tags:
            site = sites.add(tag, number, _node_at(found, tag.start), "field" if fields else mode)
            numbers.append(site.number)
        flatten.place(found, tags, numbers)


def _node_at(found: list[flatten.Piece], at: int) -> Any:
    return next(piece.node for piece in found if piece.start <= at < piece.start + len(piece.text))


def _collect_attributes(
    root: Any, sites: Sites, loose: list[tuple[int, Loose]], mode: Mode, order: dict[Any, int]
) -> None:
    for element in root.iter():
        for name, value in element.items():
            if mode == "target":
                if name != "Target" or element.get("TargetMode") != "External":
                    continue
                value = _unquoted(value)
            if "{{" not in value and "{%" not in value and "{#" not in value:
                continue
            paragraph = next((a for a in element.iterancestors(P) if a in order), None)
            number = order[paragraph] if paragraph is not None else -1
            element.set(name, _with_placeholders(value, sites, loose, element, number, mode))


def _unquoted(target: str) -> str:
    """Word writes the braces of an address as %7B and %7D."""
    if "%7B%7B" not in target.upper():
        return target
    from urllib.parse import unquote

    return unquote(target)


def _with_placeholders(
    text: str, sites: Sites, loose: list[tuple[int, Loose]], node: Any, paragraph: int, mode: Mode
) -> str:
    tags, halves = scan(text)
    loose.extend((paragraph, half) for half in halves)
    out: list[str] = []
    at = 0
    for tag in tags:
        site = sites.add(tag, paragraph, node, mode)
        out.append(text[at : tag.start] + f"{PLACE_OPEN}{site.number}{PLACE_CLOSE}")
        at = tag.end
    return "".join(out) + text[at:]


def compile_part(
    name: str,
    content: bytes,
    kind: Kind,
    environment: WordEnvironment,
    *,
    word: str = "",
    numbered: Container[int] = (),
) -> CompiledPart | None:
    """The part made ready, or None if it has no tags. Raises TemplateError with the place of what is wrong."""
    word = word or part_word(name)
    ready = prepare(name, content, kind, word, numbered)
    if ready.faults:
        fault = ready.faults[0]
        raise error_at(fault.message, fault.site, content, name, word)
    if not ready.sites.items and not (b"{_" in content or b"_}" in content):
        return None
    part = _with_source(ready, name, word, kind, content)
    try:
        part.template = environment.from_string(part.source)
    except TemplateSyntaxError as error:
        raise part.fault(swedish(error.message or ""), error.lineno, str(error)) from None
    except (RecursionError, MemoryError, SyntaxError, ValueError, OverflowError) as error:
        message = "Mallen är för invecklad: för många block i varandra."
        raise TemplateError(message, part=word, detail=str(error)) from None
    part.has_captions = kind == "word" and re.search(rb"[>\s\"]SEQ\s", content) is not None
    part.warnings = tuple(str(error_at(BESIDE, site, content, name, word)) for site in ready.looks.beside)
    return part


def prepare(name: str, content: bytes, kind: Kind, word: str, numbered: Container[int] = ()) -> Ready:
    """The part's tree with every tag put in place, and all that is wrong with how tags stand to each other."""
    root = parse_xml(content, name)
    if kind == "word" and root.nsmap.get("w") != names.W:
        message = "Mallen är sparad i ett ovanligt format. Spara den i Word som vanlig .docx."
        raise TemplateError(message, part=word)
    _tidy(root, content)
    order = {paragraph: number for number, paragraph in flatten.paragraphs(root)}
    if kind == "word":
        merge_paragraphs(root)
    sites, loose = collect(root, kind, content, order)
    faults = [StructureFault(half.message, Site(0, _half_tag(half), number)) for number, half in loose]
    ready = Ready(root, sites, faults)
    if not sites.items:
        return ready
    for site in sites.items:
        unknown = pairing.unknown_word(site) if site.tag.kind == "block" else None
        if len(site.tag.body) > MAX_TAG:
            unknown = f"Taggen är orimligt lång ({len(site.tag.body)} tecken)."
        if unknown:
            faults.append(StructureFault(unknown, site))
    if kind in ("word", "drawing"):
        ready.looks = structure.lift(root, sites, faults)
        cells.shape(sites, faults)
    loops = pairing.pair(root, sites, faults)
    if kind == "word" and not faults:
        identities.make_unique(loops, sites, numbered)
    return ready


def _with_source(ready: Ready, name: str, word: str, kind: Kind, content: bytes) -> CompiledPart:
    source, lines, line_sites = _source(ready.root, ready.sites, word)
    looks = ready.looks
    return CompiledPart(
        name,
        word,
        kind,
        _NOTHING,
        ready.sites.items,
        lines,
        line_sites,
        content,
        tuple(looks.runs),
        tuple(looks.places),
        source,
        structure.may_be_emptied(ready.root, ready.sites),
    )


_NOTHING: Any = None


def _half_tag(half: Loose) -> Tag:
    return Tag(half.start, half.start + len(half.text), "comment", "", "", False, False, half.text)


def _tidy(root: Any, content: bytes) -> None:
    """Take away what Word writes for itself, and space between elements; what is left is what a reader sees."""
    for element in list(root.iter(*_NOISE)):
        element.getparent().remove(element)
    for name in _RSIDS:
        if name.rsplit("}", 1)[1].encode() in content:
            for element in root.iter(P, TR, names.RUN, SECT):
                element.attrib.pop(name, None)
    if _LOOSE_SPACE.search(content):
        for element in root.iter(
            *_STRUCTURAL, names.PPR, names.RPR, names.TCPR, names.TBLPR, names.w("tblGrid")
        ):
            if element.text and not element.text.strip():
                element.text = None
            for child in element:
                if child.tail and not child.tail.strip():
                    child.tail = None


SECT = names.SECTPR


def merge_paragraphs(root: Any) -> None:
    """A paragraph that begins with ``{%-`` joins the one before; one that ends with ``-%}`` takes in the next."""
    for paragraph in list(root.iter(P)):
        text = flatten.text_of(paragraph)
        if not ("{%-" in text or "-%}" in text):
            continue
        if text.startswith("{%-"):
            before = paragraph.getprevious()
            if before is not None and before.tag == P:
                _join(before, paragraph)
                paragraph = before
                text = flatten.text_of(paragraph)
        if text.endswith("-%}"):
            after = paragraph.getnext()
            if after is not None and after.tag == P and not flatten.text_of(after).startswith("{%-"):
                # Joined backwards, so that a chain of such paragraphs is followed by the loop above.
                _prepend(after, paragraph)


def _join(into: Any, paragraph: Any) -> None:
    for child in list(paragraph):
        if child.tag != names.PPR:
            into.append(child)
    paragraph.getparent().remove(paragraph)


def _prepend(into: Any, paragraph: Any) -> None:
    own = into.find(names.PPR)
    theirs = paragraph.find(names.PPR)
    if own is not None and theirs is not None and own.find(SECT) is None:
        into.remove(own)
    at = 0
    for child in list(paragraph):
        if child.tag == names.PPR and into.find(names.PPR) is not None:
            at = 1
            continue
        into.insert(at, child)
        at += 1
    paragraph.getparent().remove(paragraph)


def _source(root: Any, sites: Sites, word: str) -> tuple[str, list[int], list[int]]:
    """The Jinja source, and the line where each tag begins."""
    xml = etree.tostring(root, encoding="unicode")
    out: list[str] = [_DECLARATION]
    line = 2
    lines: list[int] = []
    line_sites: list[int] = []
    at = 0
    for match in PLACEHOLDER.finditer(xml):
        literal = _unmasked(xml[at : match.start()])
        at = match.end()
        out.append(literal)
        line += literal.count("\n")
        number = int(match.group(1) or match.group(2))
        source = sites.items[number].source
        if source:
            lines.append(line)
            line_sites.append(number)
            out.append(source)
            line += 2
    out.append(_unmasked(xml[at:]))
    if any(_RESERVED.search(piece) for piece in out if piece[:1] not in "\ufdd2\ufdd4\ufdd6") or any(
        _RESERVED.search(site.tag.raw) for site in sites.items
    ):
        raise TemplateError("Mallen innehåller tecken som inte får finnas i text (U+FDD0–U+FDEF).", part=word)
    return "".join(out), lines, line_sites


def _unmasked(literal: str) -> str:
    """``{_{`` and the like are how a template's author writes braces that are no tag."""
    if "_" in literal:
        for masked, braces in (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}")):
            literal = literal.replace(masked, braces)
    return literal


def tag_source(site: Site, *, opener: bool) -> str:
    """A tag made into a whole template of its own, to see whether it can be read; "" where there is nothing to read."""
    tag = site.tag
    if tag.kind == "print":
        return print_source(tag.body)
    word = tag.word
    if tag.kind == "comment" or word.startswith("end") or word in cells.WORDS or tag.body == "else":
        return ""
    if word == "elif":
        return block_source("if 1") + block_source(tag.body) + block_source("endif")
    return block_source(tag.body) + (block_source(f"end{word}") if opener else "")
