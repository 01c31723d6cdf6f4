"""Content types and relationships of a package: which part is what, and who points at whom."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import Any

from finsam_desktop.word import names
from finsam_desktop.word.errors import UnsafeTemplate

DOCUMENT_TYPES = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
)
MACRO_TYPES = (
    "application/vnd.ms-word.document.macroEnabled.main+xml",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
)
OFFICE_DOCUMENT = "/officeDocument"


@dataclass(frozen=True, slots=True)
class Relation:
    """One relationship. ``kind`` is the last word of its type; ``target`` a part's name, or an address if external."""

    id: str
    kind: str
    target: str
    external: bool


def parse_xml(content: bytes, part: str) -> Any:
    """The part's root element, strictly read: no DTD, no entities, nothing recovered."""
    from lxml import etree

    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise UnsafeTemplate(f"Delen {part} har en dokumenttypsdeklaration. Sådana filer öppnas inte.")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
        if root.getroottree().docinfo.doctype:  # the declaration may stand in UTF-16, unseen above
            raise UnsafeTemplate(f"Delen {part} har en dokumenttypsdeklaration. Sådana filer öppnas inte.")
        return root
    except etree.XMLSyntaxError as error:
        raise UnsafeTemplate(
            f"Delen {part} i mallen är skadad och går inte att läsa.", detail=str(error)
        ) from error


def to_bytes(root: Any) -> bytes:
    """The part as it is stored."""
    from lxml import etree

    xml: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
    return xml


def append(parent: Any, tag: str, values: dict[str, str]) -> None:
    """Add an empty element with attributes."""
    from lxml import etree

    etree.SubElement(parent, tag, values)


def rels_name(part: str) -> str:
    """Where the relationships of a part are kept; "" is the package itself."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def relations(parts: dict[str, bytes], part: str) -> tuple[Relation, ...]:
    """The relationships of one part, in order."""
    content = parts.get(rels_name(part))
    if content is None:
        return ()
    folder = posixpath.dirname(part)
    found = []
    for element in parse_xml(content, rels_name(part)).iter(f"{{{names.RELS}}}Relationship"):
        target = element.get("Target", "")
        external = element.get("TargetMode") == "External"
        if not external:
            target = (
                target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            )
        kind = element.get("Type", "").rsplit("/", 1)[-1]
        found.append(Relation(element.get("Id", ""), kind, target, external))
    return tuple(found)


def content_types(parts: dict[str, bytes]) -> dict[str, str]:
    """The content type of every part."""
    root = parse_xml(parts["[Content_Types].xml"], "[Content_Types].xml")
    defaults = {
        element.get("Extension", "").lower(): element.get("ContentType", "")
        for element in root.iter(f"{{{names.TYPES}}}Default")
    }
    overrides = {
        element.get("PartName", "").lstrip("/").lower(): element.get("ContentType", "")
        for element in root.iter(f"{{{names.TYPES}}}Override")
    }
    return {
        name: overrides.get(name.lower()) or defaults.get(name.rsplit(".", 1)[-1].lower(), "")
        for name in parts
        if name != "[Content_Types].xml"
    }


def main_part(parts: dict[str, bytes], types: dict[str, str], name: str) -> str:
    """The name of the document part. Raises UnsafeTemplate where the file is no Word document."""
    for relation in relations(parts, ""):
        if relation.kind == "officeDocument" and not relation.external:
            kind = types.get(relation.target, "")
            if kind in DOCUMENT_TYPES or kind in MACRO_TYPES:
                return relation.target
    raise UnsafeTemplate(f"{name} är inte ett Word-dokument (.docx).")
