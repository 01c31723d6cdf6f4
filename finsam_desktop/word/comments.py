"""A copy of a template with a Word comment at each problem, so that its author sees it where it stands."""

from __future__ import annotations

from collections.abc import Iterable
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
    """The template with a comment at each problem. Problems outside the body are told at its first paragraph.

    Raises UnsafeTemplate for a file that cannot be read at all.
    """
    data, name = read_bytes(source)
    package = read_package(data, name)
    parts = dict(package.parts)
    main = main_part(parts, content_types(parts), name)
    root = parse_xml(parts[main], main)
    paragraphs = list(root.iter(P, A_P))
    part = next((r.target for r in relations(parts, main) if r.kind == "comments"), "")
    comments = parse_xml(parts[part] if part else _EMPTY.encode("utf-8"), part or "comments.xml")
    next_id = 1 + max((whole(c.get(ID)) for c in comments.iter(w("comment"))), default=-1)
    for problem in problems:
        inside = problem.part_name == main and problem.index is not None and problem.index < len(paragraphs)
        target = paragraphs[problem.index] if inside and problem.index is not None else _first(root)
        if target is None:
            continue
        comments.append(_comment(next_id, problem.message if inside else str(problem), problem.severity))
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


def _first(root: Any) -> Any:
    body = root.find(names.BODY)
    if body is None:
        return None
    found = next(body.iter(P), None)
    if found is None:
        found = etree.Element(P)
        body.insert(0, found)
    return found


def _comment(number: int, text: str, severity: str) -> Any:
    comment = etree.Element(w("comment"), {ID: str(number), w("author"): AUTHOR, w("initials"): "MK"})
    run = etree.SubElement(etree.SubElement(comment, P), names.RUN)
    node = etree.SubElement(run, names.T)
    node.text = f"{_WORDS.get(severity, '')}: {text}"
    node.set(names.XML_SPACE, "preserve")
    return comment


def _anchor(paragraph: Any, number: int) -> None:
    if paragraph.tag == A_P:  # text in a drawing takes no comments; its paragraph does
        paragraph = next(paragraph.iterancestors(P), None)
        if paragraph is None:
            return
    start = etree.Element(w("commentRangeStart"), {ID: str(number)})
    at = 1 if len(paragraph) and paragraph[0].tag == PPR else 0
    paragraph.insert(at, start)
    paragraph.append(etree.Element(w("commentRangeEnd"), {ID: str(number)}))
    run = etree.SubElement(paragraph, names.RUN)
    etree.SubElement(run, w("commentReference"), {ID: str(number)})
