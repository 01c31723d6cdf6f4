"""A meeting as JSON that other programs can read and write: itself, the register it needs, and its files.

Described in docs/file-format.md; ``schema`` gives the JSON Schema. The round trip is exact.
"""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal, Protocol

import msgspec

from finsam_desktop.domain.agenda import Attachment, walk
from finsam_desktop.domain.association import Appointment, Association, Member, Person
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.errors import UserError
from finsam_desktop.storage.codec import CodecError, Document, UnknownFieldError, decode, digest, encode
from finsam_desktop.storage.errors import MissingContentError
from finsam_desktop.storage.place import explain
from finsam_desktop.storage.preset import load_preset

__all__ = ["FORMAT", "VERSION", "export_data", "import_data", "load_preset", "schema"]

FORMAT: Literal["finsam-meeting"] = "finsam-meeting"
VERSION = 1


class RefusedError(UserError):
    """The JSON cannot be used; nothing has been taken in. ``why`` is a clause."""

    def __init__(self, file_name: str, why: str, *, advice: str = "", detail: str = "") -> None:
        super().__init__(f"{file_name} lästes inte in: {why}.", advice=advice, detail=detail)


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """Who the meeting's ids are: the part of the association's register that the meeting needs."""

    name: str
    org_number: str = ""
    members: tuple[Member, ...] = ()
    people: tuple[Person, ...] = ()
    appointments: tuple[Appointment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A meeting on its way between programs. ``files`` holds contents in base64 by their SHA-256."""

    format: Literal["finsam-meeting"]
    version: int
    register: Register
    meeting: Meeting
    files: dict[str, bytes]


class OpenAssociation(Protocol):
    """What is needed of a workspace."""

    @property
    def association(self) -> Association: ...
    @property
    def meetings(self) -> tuple[Meeting, ...]: ...
    def meeting(self, meeting_id: str) -> Meeting: ...
    def file(self, sha256: str) -> bytes: ...
    def add_file(self, content: bytes) -> str: ...
    def change_together(
        self, label: str, edits: tuple[tuple[Document | None, Document | None], ...]
    ) -> object: ...


def export_data(workspace: OpenAssociation, meeting_id: str) -> bytes:
    """A meeting as JSON in UTF-8. KeyError: no such meeting; UserError: a stored file is missing."""
    meeting = workspace.meeting(meeting_id)
    return data_of(workspace.association, meeting, dict(_files(workspace, meeting)))


def data_of(association: Association, meeting: Meeting, files: dict[str, bytes] | None = None) -> bytes:
    """A meeting as JSON, with the contents of its ``files`` by SHA-256, or without where they lie beside it."""
    exchange = Exchange(
        format=FORMAT,
        version=VERSION,
        register=_register(association, meeting),
        meeting=meeting,
        files=files or {},
    )
    return msgspec.json.format(encode(exchange), indent=2) + b"\n"


def import_data(workspace: OpenAssociation, data: bytes, *, file_name: str = "Filen") -> Meeting:
    """Take a meeting in as one change that can be undone; a meeting with the same id is replaced.

    People and members that the register lacks are added to it, with their appointments; those it has are left
    as they are. RefusedError naming ``file_name`` and the place when the JSON cannot be used.
    """
    exchange = _read(data.removeprefix(BOM_UTF8), file_name)
    _check_files(workspace, exchange, file_name)
    _check_tables(exchange.meeting, file_name)
    before, meeting = workspace.association, exchange.meeting
    if (exchange.register.org_number, exchange.register.name) != (before.org_number, before.name):
        _check_same_people(before, exchange.register, file_name)
    after = _with_register(before, exchange.register)
    current = next((known for known in workspace.meetings if known.id == meeting.id), None)
    for content in exchange.files.values():
        workspace.add_file(content)
    workspace.change_together(
        f"Läs in sammanträdet {meeting.date.isoformat()}", ((before, after), (current, meeting))
    )
    return meeting


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the exchange format."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Finsam Desktop: a meeting",
        **msgspec.json.schema(Exchange),
    }


# Out


def _register(association: Association, meeting: Meeting) -> Register:
    """Everyone the meeting names, everyone appointed on its day, and what they are appointed to."""
    named = set(_texts(msgspec.to_builtins(meeting)))
    appointed = {a.person_id for a in association.appointed(meeting.date)}
    people = tuple(p for p in association.people if p.id in named or p.id in appointed)
    ids = {person.id for person in people}
    appointments = tuple(a for a in association.appointments if a.person_id in ids)
    represented = named | {a.member_id for a in appointments}
    return Register(
        name=association.name,
        org_number=association.org_number,
        members=tuple(member for member in association.members if member.id in represented),
        people=people,
        appointments=appointments,
    )


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)


def _attachments(meeting: Meeting) -> Iterator[Attachment]:
    for item in walk(meeting.items):
        yield from item.attachments


def _files(workspace: OpenAssociation, meeting: Meeting) -> Iterator[tuple[str, bytes]]:
    for sha256 in sorted({a.sha256 for a in _attachments(meeting) if a.sha256}):
        yield sha256, workspace.file(sha256)


# In


def _read(data: bytes, file_name: str) -> Exchange:
    try:
        head = json.loads(data)
    except UnicodeDecodeError as error:
        raise RefusedError(
            file_name, "den är inte text i UTF-8", advice="Spara den som UTF-8.", detail=str(error)
        ) from error
    except json.JSONDecodeError as error:
        raise RefusedError(
            file_name,
            f"det är inte rätt skriven JSON. Felet finns på rad {error.lineno}, tecken {error.colno}",
            detail=str(error),
        ) from error
    except (RecursionError, ValueError) as error:  # nested too deeply, or a number of thousands of digits
        raise RefusedError(file_name, "det är inte ett sammanträde", detail=str(error)) from error
    _check_head(head, file_name)
    try:
        return decode(data, Exchange)
    except UnknownFieldError as error:
        raise RefusedError(
            file_name,
            f"fältet {error} finns inte i formatet",
            advice="Rätta fältets namn. Alla namn finns i det schema som ”finsam schema” skriver ut.",
        ) from error
    except CodecError as error:
        raise RefusedError(file_name, explain(str(error)), detail=str(error)) from error


def _check_head(head: Any, file_name: str) -> None:
    """Refuse what is not ours, and what is newer, before looking at the rest."""
    if not isinstance(head, dict) or head.get("format") != FORMAT:
        raise RefusedError(
            file_name,
            "det är inte ett sammanträde från Finsam Desktop",
            advice=f"Fältet format ska vara ”{FORMAT}”.",
        )
    version = head.get("version")
    if isinstance(version, int) and version > VERSION:
        raise RefusedError(
            file_name,
            "den är skapad i en nyare version",
            advice="Uppdatera programmet för att läsa in den.",
            detail=f"format version {version}, program {VERSION}",
        )
    if version != VERSION or isinstance(version, bool):
        raise RefusedError(file_name, f"fältet version ska vara {VERSION}")


def _check_files(workspace: OpenAssociation, exchange: Exchange, file_name: str) -> None:
    for sha256, content in exchange.files.items():
        if digest(content) != sha256:
            raise RefusedError(
                file_name, f"innehållet i files.{sha256} är skadat", advice="Hämta filen igen."
            )
    for attachment in _attachments(exchange.meeting):
        if not attachment.sha256 or attachment.sha256 in exchange.files:
            continue
        try:
            workspace.file(attachment.sha256)
        except MissingContentError as error:
            raise RefusedError(
                file_name,
                f"innehållet i bilagan ”{attachment.title}” saknas",
                advice="Exportera sammanträdet på nytt.",
                detail=attachment.sha256,
            ) from error


def _check_tables(meeting: Meeting, file_name: str) -> None:
    for item in walk(meeting.items):
        for table in item.figures:
            if not table.is_sound:
                raise RefusedError(
                    file_name,
                    f"tabellen ”{table.title}” har en rad med fel antal celler, eller ett orimligt tal",
                    advice="Varje rad ska ha en cell för varje kolumn.",
                )


def _with_register(association: Association, register: Register) -> Association:
    """The association with the people, appointments and members that it lacks."""
    people = tuple(p for p in register.people if association.person(p.id) is None)
    members = tuple(m for m in register.members if association.member(m.id) is None)
    ids = {person.id for person in people}
    return replace(
        association,
        people=(*association.people, *people),
        members=(*association.members, *members),
        appointments=(*association.appointments, *(a for a in register.appointments if a.person_id in ids)),
    )


def _check_same_people(association: Association, register: Register, file_name: str) -> None:
    """Refuse another association's ids when they mean someone else here."""
    pairs = [(p, association.person(p.id)) for p in register.people]
    pairs += [(m, association.member(m.id)) for m in register.members]  # type: ignore[misc]
    for theirs, ours in pairs:
        if ours is not None and ours.name != theirs.name:
            raise RefusedError(
                file_name,
                f"den kommer från {register.name}, där {theirs.id} är {theirs.name}, "
                f"men här är {theirs.id} {ours.name}",
                advice="Ge personen eller medlemmen ett annat id i den ena filen.",
            )
