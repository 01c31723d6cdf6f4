"""A copy of a template with a Word comment at each problem, so that its author sees it where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any

from lxml import etree

from finsam_desktop.word import names
from finsam_desktop.word.assemble import with_relations, with_types
from finsam_desktop.word.check import Problem
from finsam_desktop.word.names import A_P, ID, PPR, P, w, whole
from finsam_desktop.word.package import pack, read_bytes, read_package, write_package
from finsam_desktop.word.relations import content_types, main_part, parse_xml, relations, rels_name, to_bytes

AUTHOR = "Mallkontroll"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_EMPTY = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:comments xmlns:w="{names.W}"/>'
_EMPTY_RELS = f'<Relationships xmlns="{names.RELS}"></Relationships>'
_WORDS = {"error": "Fel", "warning": "Varning", "note": "Att veta"}


def commented_copy(source: str | Path | bytes, problems: Iterable[Problem]) -> bytes:
    """The template with a comment at each problem.

    Word takes comments in the body only. A problem in a header or footer is told at the first paragraph of the first
    section that shows it, one in a footnote or endnote at the reference to it, one in a text box or a chart at the
    paragraph that holds it, one of the whole file at the first paragraph; each then begins with its place.

    Raises UnsafeTemplate for a file that cannot be read at all.
    """
    data, name = read_bytes(source)
    package = read_package(data, name)
    parts = dict(package.parts)
    main = main_part(parts, content_types(parts), name)
    root = parse_xml(parts[main], main)
    part = next((r.target for r in relations(parts, main) if r.kind == "comments"), "")
    comments = parse_xml(parts[part] if part else _EMPTY.encode("utf-8"), part or "comments.xml")
    next_id = 1 + max((whole(c.get(ID)) for c in comments.iter(w("comment"))), default=-1)
    homes = _Homes(parts, main, root)
    for problem in problems:
        target = homes.find(problem)
        if target is None:
            continue
        comments.append(_comment(next_id, _told(problem, homes.is_at(problem, target))))
        _anchor(target, next_id)
        next_id += 1
    parts[main] = to_bytes(root)
    if not part:
        part = "word/comments.xml"
        rels = parts.get(rels_name(main), _EMPTY_RELS.encode("utf-8"))
        parts[rels_name(main)] = with_relations(rels, [("rIdMallkontroll", "comments", f"/{part}", False)])
        parts["[Content_Types].xml"] = with_types(parts["[Content_Types].xml"], {part: _TYPE})
    parts[part] = to_bytes(comments)
    return write_package({name: pack(content) for name, content in parts.items()})


class _Homes:
    """Which paragraph of the body shows where a problem is: Word takes no comments anywhere else."""

    def __init__(self, parts: dict[str, bytes], main: str, root: Any) -> None:
        self._parts, self._main, self._root = parts, main, root
        self._paragraphs = list(root.iter(P, A_P))
        self._ids: dict[str, set[str]] = {}
        for relation in relations(parts, main):
            self._ids.setdefault(relation.target, set()).add(relation.id)

    def find(self, problem: Problem) -> Any:
        """The problem's own paragraph, the one that refers to the note, the first of the section; else the first."""
        name, index = problem.part_name, problem.index
        if name == self._main and index is not None and index < len(self._paragraphs):
            return _outermost(self._paragraphs[index])
        found = None
        if name and name != self._main and name in self._parts:
            found = self._of_note(name, index) if index is not None else None
            found = found if found is not None else self._of_part(name)
        return found if found is not None else _first(self._root)

    def is_at(self, problem: Problem, target: Any) -> bool:
        """Whether the problem is in that very paragraph, so that its place need not be told."""
        index = problem.index
        if problem.part_name != self._main or index is None or index >= len(self._paragraphs):
            return False
        return self._paragraphs[index] is target

    def _of_note(self, name: str, index: int) -> Any:
        """The paragraph with the reference to the footnote or endnote that holds the part's paragraph ``index``."""
        if not name.rpartition("/")[2].startswith(("footnotes", "endnotes")):
            return None
        inside = next(islice(parse_xml(self._parts[name], name).iter(P, A_P), index, None), None)
        note = next(inside.iterancestors(w("footnote"), w("endnote")), None) if inside is not None else None
        if note is None:
            return None
        kind = names.w(etree.QName(note).localname + "Reference")
        references = (found for found in self._root.iter(kind) if found.get(ID) == note.get(ID))
        return next((_outermost(reference) for reference in references), None)

    def _of_part(self, name: str) -> Any:
        """The first paragraph of the section with this header or footer, or that holds this chart or drawing."""
        ids = self._ids.get(name, set())
        for element in self._root.iter():
            if not isinstance(element.tag, str) or not ids.intersection(
                value for key, value in element.items() if key.startswith(f"{{{names.R}}}")
            ):
                continue
            if element.tag in (w("headerReference"), w("footerReference")):
                return self._first_of_section(element.getparent())
            return _outermost(element)
        return None

    def _first_of_section(self, properties: Any) -> Any:
        """The section that ends with these properties begins after the one before."""
        body = self._root.find(names.BODY)
        sections = list(body.iter(names.SECTPR)) if body is not None else []
        before = sections[sections.index(properties) - 1] if properties in sections[1:] else None
        end = next(before.iterancestors(P), None) if before is not None else None
        if end is None:
            return _first(self._root)
        following = (found for sibling in end.itersiblings() for found in sibling.iter(P))
        return next(following, end)


def _first(root: Any) -> Any:
    body = root.find(names.BODY)
    if body is None:
        return None
    found = next(body.iter(P), None)
    if found is None:
        found = etree.Element(P)
        body.insert(0, found)
    return found


def _outermost(element: Any) -> Any:
    """The paragraph outside any text box or drawing: those take no comments."""
    found = element if element.tag == P else None
    for ancestor in element.iterancestors(P):
        found = ancestor
    return found


def _told(problem: Problem, there: bool) -> str:
    """What the comment says; where it is not at the very place, that comes first."""
    text = f"{_WORDS.get(problem.severity, '')}: {problem.message}"
    place = ", ".join(word for word in (problem.part, problem.where) if word)
    if there or not place:
        return text
    around = f": ”{problem.context}”" if problem.context else ""
    return f"{place[:1].upper()}{place[1:]}{around}. {text}"


def _comment(number: int, text: str) -> Any:
    comment = etree.Element(w("comment"), {ID: str(number), w("author"): AUTHOR, w("initials"): "MK"})
    run = etree.SubElement(etree.SubElement(comment, P), names.RUN)
    node = etree.SubElement(run, names.T)
    node.text = text
    node.set(names.XML_SPACE, "preserve")
    return comment


def _anchor(paragraph: Any, number: int) -> None:
    start = etree.Element(w("commentRangeStart"), {ID: str(number)})
    at = 1 if len(paragraph) and paragraph[0].tag == PPR else 0
    paragraph.insert(at, start)
    paragraph.append(etree.Element(w("commentRangeEnd"), {ID: str(number)}))
    run = etree.SubElement(paragraph, names.RUN)
    etree.SubElement(run, w("commentReference"), {ID: str(number)})
