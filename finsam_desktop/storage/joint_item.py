"""A joint item as a file (.finsam-arende) that one association sends to others, which take it up with the same words.

The file is JSON: no folders, no compression, nothing that runs. It holds the item without what belongs to the sender's
own meeting, the attachments' contents, and a SHA-256 of it all. What comes from outside is believed in nothing:
sizes, names, numbers of things and the checksum are tried before the item is shown.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

import msgspec

from finsam_desktop.domain.agenda import AgendaItem, Attachment, walk
from finsam_desktop.domain.decisions import Decision
from finsam_desktop.domain.ids import new_id
from finsam_desktop.domain.papers import JointBoard
from finsam_desktop.domain.references import carried
from finsam_desktop.errors import UserError
from finsam_desktop.storage.codec import CodecError, UnknownFieldError, decode, digest, encode
from finsam_desktop.storage.place import explain

FORMAT: Literal["finsam-arende"] = "finsam-arende"
VERSION = 1
SUFFIX = ".finsam-arende"
MAX_BYTES = 150 * 2**20
MAX_ATTACHMENTS, MAX_BOARDS, MAX_SUB_ITEMS = 100, 50, 100
MAX_TEXT = 2_000_000
"""Characters in all of the item's words together: more than any real item, far less than what stops a window."""


class RefusedItemError(UserError):
    """The file cannot be used; nothing has been taken in. ``why`` is a clause."""

    def __init__(self, file_name: str, why: str, *, advice: str = "", detail: str = "") -> None:
        advice = advice or "Be avsändaren att spara ärendet på nytt. Ditt förbund är orört."
        super().__init__(f"{file_name} togs inte emot: {why}.", advice=advice, detail=detail)


@dataclass(frozen=True, slots=True, kw_only=True)
class JointItem:
    """An item on its way between associations. ``files`` holds contents by their SHA-256.

    ``boards`` are all associations that are to decide, the sender's first; ``presenter`` is in words, since ids
    mean nothing elsewhere.
    """

    sender: str
    made_on: date
    item: AgendaItem
    boards: tuple[JointBoard, ...] = ()
    presenter: str = ""
    files: dict[str, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    """What the file holds: the package and the SHA-256 of its JSON."""

    format: Literal["finsam-arende"]
    version: int
    sha256: str
    content: JointItem


def plain(item: AgendaItem) -> AgendaItem:
    """The item without what belongs to the sender's meeting, register or decision; ids are new, and references
    to its own attachments and sub-items follow them."""
    return carried(item, _anew(item))


def _anew(item: AgendaItem) -> AgendaItem:
    memo = replace(item.memo, author_id="") if item.memo is not None else None
    return replace(
        item,
        id=new_id(),
        presenter_id="",
        reference="",
        origin="",
        minutes_title="",
        minutes_text="",
        decision=Decision(),
        memo=memo,
        measure_id="",
        joint=(),
        sub_items=tuple(_anew(sub) for sub in item.sub_items),
        attachments=tuple(replace(attachment, id=new_id()) for attachment in item.attachments),
    )


def write(package: JointItem) -> bytes:
    """The file's bytes."""
    file = _File(format=FORMAT, version=VERSION, sha256=_checksum(package), content=package)
    return msgspec.json.format(encode(file), indent=1) + b"\n"


def _checksum(package: JointItem) -> str:
    return digest(encode(package))


def read(data: bytes, *, file_name: str = "Filen") -> JointItem:
    """The package in a file. RefusedItemError, in words, for everything that is not a whole and harmless one."""
    if len(data) > MAX_BYTES:
        raise RefusedItemError(file_name, f"den är större än {MAX_BYTES // 2**20} MB")
    _check_head(data, file_name)
    try:
        file = decode(data, _File)
    except UnknownFieldError as error:
        raise RefusedItemError(
            file_name, "den innehåller något som programmet inte känner till", detail=str(error)
        ) from error
    except CodecError as error:
        raise RefusedItemError(file_name, explain(str(error)), detail=str(error)) from error
    package = file.content
    if file.sha256 != _checksum(package):
        raise RefusedItemError(file_name, "innehållet har ändrats på vägen")
    _check_content(package, file_name)
    return replace(package, item=plain(package.item))


def _check_head(data: bytes, file_name: str) -> None:
    try:
        head: Any = json.loads(data)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError, ValueError) as error:
        raise RefusedItemError(
            file_name, "det är inte ett ärende från Finsam Desktop", detail=str(error)
        ) from error
    if not isinstance(head, dict) or head.get("format") != FORMAT:
        raise RefusedItemError(
            file_name,
            "det är inte ett ärende från Finsam Desktop",
            advice=f"Välj en fil som slutar på {SUFFIX}.",
        )
    version = head.get("version")
    if isinstance(version, int) and not isinstance(version, bool) and version > VERSION:
        raise RefusedItemError(
            file_name,
            "den är skapad i en nyare version",
            advice="Uppdatera programmet för att ta emot den.",
            detail=f"format version {version}, program {VERSION}",
        )
    if version != VERSION or isinstance(version, bool):
        raise RefusedItemError(file_name, "dess version känns inte igen", detail=repr(version))


def _check_content(package: JointItem, file_name: str) -> None:
    items = tuple(walk((package.item,)))
    attachments = [attachment for item in items for attachment in item.attachments]
    if any(sub.sub_items for sub in package.item.sub_items) or len(items) > MAX_SUB_ITEMS:
        raise RefusedItemError(file_name, "ärendet har fler underpunkter än ett ärende kan ha")
    if len(attachments) > MAX_ATTACHMENTS or len(package.boards) > MAX_BOARDS:
        raise RefusedItemError(file_name, "ärendet har fler bilagor eller förbund än vad som är rimligt")
    if len(encode(package.item)) > MAX_TEXT or not package.item.title.strip():
        raise RefusedItemError(file_name, "ärendets text är orimligt lång eller saknar rubrik")
    if not all(table.is_sound for item in items for table in item.figures):
        raise RefusedItemError(file_name, "en tabell i ärendet är inte hel")
    for attachment in attachments:
        _check_attachment(attachment, package.files, file_name)
    known = {attachment.sha256 for attachment in attachments}
    for sha256, content in package.files.items():
        if sha256 not in known or digest(content) != sha256:
            raise RefusedItemError(
                file_name, "en bilagas innehåll är skadat eller hör inte till ärendet", detail=sha256
            )


def _check_attachment(attachment: Attachment, files: dict[str, bytes], file_name: str) -> None:
    name = attachment.file_name
    odd = name.strip(". ") != name or any(c in '/\\:*?"<>|' or ord(c) < 32 for c in name) or len(name) > 200
    if name and odd:
        raise RefusedItemError(
            file_name, "en bilaga har ett filnamn som inte går att lita på", detail=repr(name)
        )
    if attachment.sha256 and attachment.sha256 not in files:
        raise RefusedItemError(file_name, f"innehållet i bilagan ”{attachment.title}” saknas")
