"""A mötespaket as a file: a head that can be read without a password, and what it holds, locked or not.

The format stands in docs/file-format.md. What comes from outside is believed in nothing: sizes, checksums, names and
the cost of the password are tried before anything is unpacked.
"""

from __future__ import annotations

import json
import os
import struct
import zipfile
import zlib
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

from finsam_desktop.domain.association import Association
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.parcel_values import ParcelCopy
from finsam_desktop.errors import UserError
from finsam_desktop.storage.codec import CodecError, UnknownFieldError, decode, digest, encode
from finsam_desktop.storage.safewrite import write_file

SUFFIX = ".motespaket"
"""Without å and ö, and no kind of file that mail programs stop."""
MAGIC = b"FINSAMPK"
VERSION = 1
LARGEST = 400 * 2**20
"""Bytes of the largest mötespaket, and of all that is in one."""
MAIL_LIMIT = 20 * 2**20
"""Bytes that most mail servers take."""
_LARGEST_HEAD = 4096
_START = struct.Struct(">8sHI")
_INNER, _FILES = "paket.json", "filer/"

WORK = 2**17
"""What a guess at the password costs: scrypt's n, with r 8 and p 1, is 128 MB and some 0.4 s."""
_MOST_WORK = 2**20
SHORTEST_PASSWORD = 8


class RefusedParcelError(UserError):
    """The file cannot be used; nothing has been changed. ``why`` is a clause."""

    def __init__(self, file_name: str, why: str, *, advice: str = "", detail: str = "") -> None:
        advice = advice or "Be avsändaren att skicka paketet på nytt. Inget hos dig har ändrats."
        super().__init__(f"{file_name} öppnades inte: {why}.", advice=advice, detail=detail)


class WrongPasswordError(RefusedParcelError):
    """The mötespaket is locked, and the password does not fit, or none was given."""

    def __init__(self, file_name: str, *, given: bool) -> None:
        if given:
            why, advice = "lösenordet stämmer inte", "Kontrollera stora och små bokstäver och försök igen."
        else:
            why = "paketet är låst med lösenord"
            advice = "Skriv lösenordet. Det ska ha kommit på annat sätt än med mejlet."
        super().__init__(file_name, why, advice=advice)


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelHead:
    """What is seen without a password. ``answer`` is set for a mötespaket on its way back."""

    id: str
    answer: bool
    protected: bool
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelContent:
    """What a mötespaket holds.

    ``meeting`` is as it stands now and ``base`` as it was sent first. ``others`` are the meetings that numbers and
    references rest on, without their words. ``reply_id`` and ``replied_at`` are an answer's. ``file_names`` in
    ``files`` are SHA-256.
    """

    parcel: ParcelCopy
    association: Association
    meeting: Meeting
    base: Meeting
    others: tuple[Meeting, ...] = ()
    reply_id: str = ""
    replied_at: datetime | None = None
    program: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A mötespaket in memory: what it holds, and the contents of its files by SHA-256."""

    content: ParcelContent
    files: dict[str, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lock:
    """How the content is locked: scrypt's numbers and salt, the nonce of AES-256-GCM, and a check of the password."""

    method: Literal["scrypt+aes-256-gcm"]
    n: int
    r: int
    p: int
    salt: str
    nonce: str
    check: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head:
    format: Literal["finsam-motespaket"]
    id: str
    answer: bool
    size: int
    sha256: str
    lock: _Lock | None = None


# -- out -------------------------------------------------------------------------------------------


def packed(parcel: Parcel, password: str | None) -> bytes:
    """The file's bytes. UserError: the password is too short, or it is all too large."""
    body = _zipped(parcel)
    if len(body) > LARGEST:
        raise UserError(
            f"Paketet blir större än {LARGEST // 2**20} MB.",
            advice="Gör de största bilagorna mindre, eller lämna över dem för sig.",
        )
    lock, key = _new_lock(password) if password is not None else (None, b"")
    size = len(body) + (16 if lock is not None else 0)
    start = _start(parcel.content, size, "0" * 64, lock)
    if lock is not None:
        body = _cipher(key).encrypt(bytes.fromhex(lock.nonce), body, _bound(start))
    start = _start(parcel.content, size, sha256(body).hexdigest(), lock)
    return start + sha256(start).digest() + body


def write(path: Path, data: bytes) -> None:
    """Write the file whole or not at all. UserError when it cannot be."""
    write_file(path, data)


def _start(content: ParcelContent, size: int, checksum: str, lock: _Lock | None) -> bytes:
    head = _Head(
        format="finsam-motespaket",
        id=content.parcel.id,
        answer=bool(content.reply_id),
        size=size,
        sha256=checksum,
        lock=lock,
    )
    data = encode(head)
    return _START.pack(MAGIC, VERSION, len(data)) + data


def _bound(start: bytes) -> bytes:
    """What of the head the lock holds: all but the checksum, which is of what is locked."""
    head = json.loads(start[_START.size :])
    head["sha256"] = ""
    return start[: _START.size] + json.dumps(head, sort_keys=True).encode()


def _zipped(parcel: Parcel) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in (
            (_INNER, encode(parcel.content)),
            *((_FILES + one, parcel.files[one]) for one in sorted(parcel.files)),
        ):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return buffer.getvalue()


def _words(password: str) -> str:
    """The password with one plain space between its words: one that is pasted out of a mail has others around it."""
    return " ".join(password.split())


def _new_lock(password: str) -> tuple[_Lock, bytes]:
    password = _words(password)
    if len(password) < SHORTEST_PASSWORD:
        raise UserError(
            f"Lösenordet är för kort: det ska ha minst {SHORTEST_PASSWORD} tecken.",
            advice="Välj några ord som du kan säga i telefon.",
        )
    salt = os.urandom(16)
    key, check = _derived(password, salt, WORK, 8, 1)
    lock = _Lock(
        method="scrypt+aes-256-gcm",
        n=WORK,
        r=8,
        p=1,
        salt=salt.hex(),
        nonce=os.urandom(12).hex(),
        check=check.hex(),
    )
    return lock, key


def _derived(password: str, salt: bytes, n: int, r: int, p: int) -> tuple[bytes, bytes]:
    """The key, and what tells a wrong password from a damaged file."""
    import unicodedata

    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    # The same letters are written in two ways on different computers.
    words = unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
    made = Scrypt(salt=salt, length=48, n=n, r=r, p=p).derive(words)
    return made[:32], made[32:]


def _cipher(key: bytes) -> Any:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key)


# -- in --------------------------------------------------------------------------------------------


def read_bytes(path: Path) -> bytes:
    """The bytes of a file that may be a mötespaket. UserError when it cannot be read or is too large."""
    try:
        size = path.stat().st_size
        if size > LARGEST + 2**20:
            raise RefusedParcelError(path.name, f"den är större än {LARGEST // 2**20} MB")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UserError(
            f"Filen {path.name} finns inte i mappen {path.parent}.",
            advice="Kontrollera om den har flyttats eller fått ett annat namn.",
        ) from error
    except OSError as error:
        raise UserError(
            f"Filen {path.name} går inte att läsa.",
            advice="Spara den på din egen dator och försök igen.",
            detail=str(error),
        ) from error


def head(data: bytes, file_name: str = "Filen") -> ParcelHead:
    """What is seen without a password. RefusedParcelError for what is no whole mötespaket of this version."""
    start, _ = _checked(data, file_name)
    return ParcelHead(id=start.id, answer=start.answer, protected=start.lock is not None, size=len(data))


def unpacked(data: bytes, password: str | None = None, file_name: str = "Filen") -> Parcel:
    """What the file holds. WrongPasswordError; RefusedParcelError for everything else that is not as it should be."""
    start, body = _checked(data, file_name)
    if start.lock is not None:
        body = _opened(data, start, start.lock, body, password, file_name)
    parcel = _read(body, file_name)
    content = parcel.content
    if (content.parcel.id, bool(content.reply_id)) != (start.id, start.answer):
        raise RefusedParcelError(file_name, "dess delar hör inte ihop")
    if content.meeting.id != content.parcel.meeting_id or content.base.id != content.parcel.meeting_id:
        raise RefusedParcelError(file_name, "dess delar hör inte ihop", detail="meeting id")
    return parcel


def _checked(data: bytes, file_name: str) -> tuple[_Head, bytes]:
    if data[: len(MAGIC)] != MAGIC:
        named_so = file_name.lower().endswith(SUFFIX)
        raise RefusedParcelError(
            file_name,
            "det är inte ett mötespaket" if data else "den är tom",
            # One that is named so did not come whole, or was given the name by somebody.
            advice="" if named_so else f"Välj en fil som slutar på {SUFFIX}.",
        )
    damaged = RefusedParcelError(file_name, "den är skadad eller avhuggen")
    if len(data) < _START.size:
        raise damaged
    _, version, length = _START.unpack(data[: _START.size])
    if version > VERSION:
        raise RefusedParcelError(
            file_name,
            "den är skapad i en nyare version",
            advice="Uppdatera programmet för att öppna den.",
            detail=f"format version {version}, program {VERSION}",
        )
    end = _START.size + length
    if version < 1 or length > _LARGEST_HEAD or len(data) < end + 32:
        raise damaged
    if sha256(data[:end]).digest() != data[end : end + 32]:
        raise damaged
    try:
        start = decode(data[_START.size : end], _Head)
    except CodecError as error:
        raise RefusedParcelError(file_name, "den är skadad eller avhuggen", detail=str(error)) from error
    body = data[end + 32 :]
    if len(body) != start.size or sha256(body).hexdigest() != start.sha256:
        raise damaged
    return start, body


def _opened(
    data: bytes, start: _Head, lock: _Lock, body: bytes, password: str | None, file_name: str
) -> bytes:
    if not password:
        raise WrongPasswordError(file_name, given=False)
    altered = RefusedParcelError(file_name, "innehållet har ändrats på vägen")
    try:
        salt, nonce, check = (bytes.fromhex(one) for one in (lock.salt, lock.nonce, lock.check))
    except ValueError as error:
        raise altered from error
    n, r, p = lock.n, lock.r, lock.p
    dear = n > _MOST_WORK or n < 2 or n & (n - 1) or not 1 <= r <= 16 or not 1 <= p <= 4
    if dear or n * r > _MOST_WORK * 8 or len(nonce) != 12 or not 8 <= len(salt) <= 64:
        raise altered
    from cryptography.exceptions import InvalidTag

    for words in dict.fromkeys(
        (_words(password), password)
    ):  # older files may be locked with it as it was typed
        key, mine = _derived(words, salt, n, r, p)
        if mine == check:
            break
    else:
        raise WrongPasswordError(file_name, given=True)
    end = len(data) - len(body) - 32
    try:
        opened: bytes = _cipher(key).decrypt(nonce, body, _bound(data[:end]))
    except InvalidTag as error:
        raise altered from error
    return opened


def _read(body: bytes, file_name: str) -> Parcel:
    damaged = RefusedParcelError(file_name, "innehållet går inte att läsa")
    try:
        with zipfile.ZipFile(BytesIO(body)) as archive:
            entries = archive.infolist()
            names = [entry.filename for entry in entries]
            if sum(entry.file_size for entry in entries) > LARGEST:
                raise RefusedParcelError(file_name, f"innehållet är större än {LARGEST // 2**20} MB")
            if names[:1] != [_INNER] or len(set(names)) < len(names):
                raise damaged
            inner = _entry(archive, entries[0])
            files = {entry.filename.removeprefix(_FILES): _entry(archive, entry) for entry in entries[1:]}
    except (
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        RuntimeError,
        EOFError,
        ValueError,
        OSError,
    ) as error:
        raise damaged from error
    if any(digest(content) != name for name, content in files.items()):
        raise damaged
    return Parcel(content=_content(inner, file_name), files=files)


def _entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """An entry's bytes, never more than it says: zipfile stops at the size that the list gives."""
    with archive.open(entry) as file:
        return file.read(entry.file_size)


def _content(data: bytes, file_name: str) -> ParcelContent:
    try:
        return decode(data, ParcelContent)
    except UnknownFieldError as error:
        raise RefusedParcelError(
            file_name,
            "den är skapad i en nyare version",
            advice="Uppdatera programmet för att öppna den.",
            detail=str(error),
        ) from error
    except CodecError as error:
        raise RefusedParcelError(file_name, "innehållet går inte att läsa", detail=str(error)) from error
