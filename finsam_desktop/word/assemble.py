"""The finished file: rendered parts, new parts, and the relations, types, styles and lists that go with them."""

from __future__ import annotations

from finsam_desktop.word import names
from finsam_desktop.word.package import Chunks, Package, Packed, pack, write_package
from finsam_desktop.word.relations import append, parse_xml, rels_name, to_bytes
from finsam_desktop.word.work import Work

_TYPES_PART = "[Content_Types].xml"
_TEMPLATE_TYPE = b"wordprocessingml.template.main+xml"
_DOCUMENT_TYPE = b"wordprocessingml.document.main+xml"
_NUMBERING_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"
_EMPTY_RELS = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="{names.RELS}"></Relationships>'
).encode()


def assemble(
    package: Package,
    types: dict[str, str],
    main: str,
    rendered: dict[str, Chunks],
    work: Work,
) -> bytes:
    """The .docx as bytes, always the same for the same input."""
    changed = dict(rendered)
    overrides: dict[str, str] = {}
    styles = work.styles.content()
    if styles is not None:
        changed[work.styles.part] = (styles,)
    numbering = work.numbering.content()
    if numbering is not None:
        name = work.numbering.part
        if not name:
            name = "word/numbering.xml"
            overrides[name] = _NUMBERING_TYPE
            work.new_relations.setdefault(main, []).append(
                ("rIdNyNumrering", "numbering", "numbering.xml", False)
            )
        changed[name] = (numbering,)
    for part in work.new_parts:
        changed[part.name] = (part.content,)
        overrides[part.name] = part.content_type
    for owner, rows in work.new_relations.items():
        name = rels_name(owner)
        before = b"".join(changed.get(name, ())) or package.parts.get(name) or _EMPTY_RELS
        changed[name] = (with_relations(before, rows),)
    # A .dotx becomes a .docx: Word refuses a document that says it is a template.
    own_types = package.parts[_TYPES_PART].replace(_TEMPLATE_TYPE, _DOCUMENT_TYPE)
    parts: dict[str, Packed] = {_TYPES_PART: pack(with_types(own_types, overrides))}
    for name in package.parts:
        if name != _TYPES_PART:
            content = changed.pop(name, None)
            parts[name] = package.packed[name] if content is None else pack(*content)
    for name, content in changed.items():
        parts[name] = pack(*content)
    return write_package(parts)


def with_relations(content: bytes, rows: list[tuple[str, str, str, bool]]) -> bytes:
    """The relationships part with rows (id, kind, target, external) added."""
    root = parse_xml(content, "relationerna")
    for rid, kind, target, external in rows:
        values = {"Id": rid, "Type": f"{names.R}/{kind}", "Target": target}
        if external:
            values["TargetMode"] = "External"
        append(root, f"{{{names.RELS}}}Relationship", values)
    return to_bytes(root)


def with_types(content: bytes, overrides: dict[str, str]) -> bytes:
    """The content types with these parts' types added."""
    if not overrides:
        return content
    root = parse_xml(content, "[Content_Types].xml")
    for name, kind in overrides.items():
        append(root, f"{{{names.TYPES}}}Override", {"PartName": f"/{name}", "ContentType": kind})
    return to_bytes(root)
