"""What a Word file may not bring with it. Looked for before the file is used, in the parts' names, types and
relations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from finsam_desktop.word.errors import UnsafeTemplate
from finsam_desktop.word.package import MAX_XML, Package
from finsam_desktop.word.relations import MACRO_TYPES, content_types, parse_xml, relations

_DANGEROUS_FIELDS = (
    "DDE",
    "DDEAUTO",
    "INCLUDETEXT",
    "INCLUDEPICTURE",
    "INCLUDE",
    "IMPORT",
    "DATABASE",
    "LINK",
    "MACROBUTTON",
    "RD",
)
_SPLIT_FIELD = re.compile(r"[\s\"]+")


@dataclass(frozen=True, slots=True)
class Danger:
    """Something dangerous in a file: what it is, and the part it is in."""

    message: str
    part: str


def refuse(package: Package, types: dict[str, str], name: str) -> None:
    """Raise UnsafeTemplate for the first danger."""
    for danger in dangers(package, types):
        raise UnsafeTemplate(f"{name} tas inte emot. {danger.message}", part=danger.part)


def dangers(package: Package, types: dict[str, str] | None = None) -> Iterator[Danger]:
    """Everything in the file that could run code or fetch something from elsewhere."""
    parts = package.parts
    types = content_types(parts) if types is None else types
    for name, content in parts.items():
        lower = name.lower()
        kind = types.get(name, "")
        if kind in MACRO_TYPES or "vbaproject" in lower or "vbaProject" in kind or "vbadata" in lower:
            yield Danger("Den innehåller makron. Spara den som .docx utan makron.", name)
        elif (
            "oleobject" in lower or "activex" in lower or (lower.endswith(".bin") and "embeddings/" in lower)
        ):
            yield Danger(
                "Den innehåller ett inbäddat program (OLE eller ActiveX). Ta bort det inbäddade objektet.",
                name,
            )
        elif lower.endswith((".exe", ".dll", ".js", ".vbs", ".ps1", ".bat", ".cmd", ".lnk", ".hta")):
            yield Danger("Den innehåller ett program.", name)
        elif (
            "attachedtoolbars" in lower
            or "keymapcustomizations" in lower
            or lower == "word/customizations.xml"
        ):
            yield Danger("Den innehåller egna verktygsfält eller kortkommandon som kan starta makron.", name)
        if lower.endswith((".xml", ".rels")):
            yield from _in_xml(name, content)
    for name in parts:
        if name.endswith(".rels"):
            yield from _in_relations(parts, name)


def _in_xml(name: str, content: bytes) -> Iterator[Danger]:
    if len(content) > MAX_XML:
        yield Danger("En del är orimligt stor.", name)
        return
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        yield Danger(
            "En del har en dokumenttypsdeklaration (DOCTYPE), som kan hämta filer från datorn.", name
        )
    if (
        content[:2] in (b"\xff\xfe", b"\xfe\xff")
        or content[:4].count(b"\0") >= 2
        or re.match(rb"\s*<\?xml[^>]*encoding=[\"'](?!utf-8|us-ascii)", content[:200], re.IGNORECASE)
    ):
        yield Danger("En del är skriven med en annan teckenkod än UTF-8 och kan inte granskas.", name)
    if b"altChunk" in content and re.search(rb"<(?:[\w.-]+:)?altChunk[\s/>]", content):
        yield Danger("Den hämtar in en annan fil i dokumentet (altChunk).", name)
    if b"OLEObject" in content and re.search(rb"<(?:[\w.-]+:)?OLEObject[\s/>]", content):
        yield Danger("Den innehåller ett inbäddat program (OLE).", name)
    if b"instr" in content:
        for code in _field_codes(parse_xml(content, name)):
            words = [word for word in _SPLIT_FIELD.split(code.strip()) if word]
            for word in words[:1]:
                if word.upper() in _DANGEROUS_FIELDS:
                    yield Danger(
                        f"Den innehåller fältet {word.upper()}, som hämtar innehåll utanför dokumentet.", name
                    )


def _field_codes(root: Any) -> Iterator[str]:
    """Field codes, put together where Word (or someone hiding) has split them over several elements."""
    pieces: list[str] = []
    for element in root.iter("{*}instrText", "{*}fldChar", "{*}fldSimple"):
        kind = element.tag.rsplit("}", 1)[-1]
        if kind == "instrText":
            pieces.append(element.text or "")
            continue
        if kind == "fldSimple":
            yield next((value for name, value in element.items() if name.endswith("}instr")), "")
        if pieces:
            yield "".join(pieces)
            pieces = []
    if pieces:
        yield "".join(pieces)


def _in_relations(parts: dict[str, bytes], name: str) -> Iterator[Danger]:
    folder, _, leaf = name.rpartition("_rels/")
    for relation in relations(parts, folder + leaf.removesuffix(".rels")):
        if relation.kind == "attachedTemplate" and relation.external:
            yield Danger("Den är kopplad till en annan mall (attachedTemplate) som Word skulle hämta.", name)
        elif relation.kind in ("oleObject", "control", "activeXControlBinary", "vbaProject"):
            yield Danger("Den innehåller ett inbäddat program (OLE, ActiveX eller makron).", name)
        elif relation.kind == "aFChunk":
            yield Danger("Den hämtar in en annan fil i dokumentet (altChunk).", name)
        elif relation.kind in ("subDocument", "frame"):
            yield Danger("Den hämtar in ett annat dokument.", name)
        elif relation.external and relation.kind != "hyperlink":
            yield Danger(
                "Den hämtar innehåll från en annan plats (till exempel en länkad bild). Infoga det i "
                "dokumentet i stället.",
                name,
            )
        elif relation.external and not _harmless(relation.target):
            yield Danger(f"Den har en länk som kan starta ett program: {relation.target[:60]}", name)


def _harmless(target: str) -> bool:
    scheme = re.match(r"\s*([a-zA-Z][a-zA-Z0-9+.\-]*):", target)
    if target.startswith(("\\\\", "//")):
        return False
    return scheme is None or scheme.group(1).lower() in ("http", "https", "mailto", "tel")
