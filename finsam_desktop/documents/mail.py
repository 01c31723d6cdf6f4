"""Mail drafts (.eml): made to be opened in the user's own mail program and sent from there. Nothing is sent here."""

from __future__ import annotations

import mimetypes
import re
from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256
from pathlib import Path

_TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".odp": "application/vnd.oasis.opendocument.presentation",
    ".pdf": "application/pdf",
    ".ics": "text/calendar",
    ".txt": "text/plain",
    ".csv": "text/csv",
    ".json": "application/json",
    ".md": "text/markdown",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".zip": "application/zip",
}
"""Kept here so that a file has the same type on every computer; the system's own table comes second."""
_FOLD = "\r\n "
_CHUNK = 45
"""Bytes of text in an encoded word: with its frame it is 75 signs long, the most that is allowed."""
_PLAIN_WORDS = re.compile(r"[A-Za-z0-9'-]+(?: [A-Za-z0-9'-]+)*")
_LARGEST = 20 * 1024 * 1024
"""Bytes of attachments that most mail systems take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """Whom a mail goes to. ``email`` is one address in ASCII."""

    email: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """A file that goes with a mail. ``parameters`` are those of its type, such as a calendar's method."""

    name: str
    content: bytes = field(repr=False)
    parameters: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A mail ready to send. The body is plain text with ``\\n`` between lines."""

    subject: str
    body: str
    to: tuple[Mailbox, ...] = ()
    copies: tuple[Mailbox, ...] = ()
    hidden: tuple[Mailbox, ...] = ()
    attached: tuple[Attached, ...] = ()

    @property
    def size(self) -> int:
        """Bytes of the attachments as they lie in the mail, which takes four for every three."""
        return sum(-(-len(one.content) // 3) * 4 for one in self.attached)

    @property
    def is_large(self) -> bool:
        """Whether many mail systems would refuse it."""
        return self.size > _LARGEST


def draft_bytes(draft: Draft) -> bytes:
    """The draft as a file that Outlook and Thunderbird open ready to send (.eml).

    The same draft gives the same bytes: Message-ID and the marks between parts come from what it says, and neither
    tells of computer or day. It has no Date and no From; the mail program puts those in when it is sent.
    """
    digest = _digest(draft)
    head = [
        "X-Unsent: 1",  # Outlook opens it for sending, not as something received
        "X-Mozilla-Draft-Info: internal/draft; vcard=0; receipt=0; DSN=0; uuencode=0",
        f"Message-ID: <{digest[:32]}@utkast.finsam-desktop.invalid>",
        f"Subject: {_words(draft.subject)}",
    ]
    for header, people in (("To", draft.to), ("Cc", draft.copies), ("Bcc", draft.hidden)):
        if people:
            head.append(f"{header}: " + f",{_FOLD}".join(_address(one) for one in people))
    mail = EmailMessage(policy=SMTP)
    mail.set_content(_body(draft.body), subtype="plain", charset="utf-8")
    for one in draft.attached:
        main, _, sub = media_type(one.name).partition("/")
        mail.add_attachment(
            one.content, main, sub, filename=_one_line(one.name) or "Bilaga", params=dict(one.parameters)
        )
    if draft.attached:
        mail.set_boundary(f"=_{digest[32:]}_=")
    # The library's own folding of long names with å, ä or ö loses spaces and, after colons, whole addresses.
    return "".join(f"{line}\r\n" for line in head).encode("ascii") + mail.as_bytes()


def media_type(name: str) -> str:
    """What kind of file it is by its name, such as "application/pdf"; what is unknown is application/octet-stream."""
    suffix = Path(name).suffix.lower()
    found = _TYPES.get(suffix) or mimetypes.guess_type(f"x{suffix}", strict=False)[0]
    # A mail within a mail may not be put in base64 (RFC 2046), and would then not come out byte for byte.
    return found if found and not found.startswith(("message/", "multipart/")) else "application/octet-stream"


def mailboxes(people: Iterable[tuple[str, str]]) -> tuple[Mailbox, ...]:
    """Mailboxes of (name, address) pairs."""
    return tuple(Mailbox(name=name, email=email) for name, email in people)


def attachments_of(content: bytes) -> tuple[Attached, ...]:
    """The files in a draft as a mail program reads them."""
    from email.parser import BytesParser

    mail = BytesParser(EmailMessage, policy=SMTP).parsebytes(content)
    return tuple(
        Attached(name=part.get_filename() or "", content=bytes(part.get_payload(decode=True) or b""))  # type: ignore[arg-type]
        for part in mail.iter_attachments()
    )


def told_apart(before: bytes, after: bytes) -> tuple[str, ...]:
    """What to say of a draft that someone has changed since it was made."""
    return () if before == after else ("Mejlutkastet är ändrat sedan det skapades.",)


def _address(one: Mailbox) -> str:
    """ "Eva Blomhed <eva@example.se>" as a header holds it."""
    name = _one_line(one.name)
    if not name:
        return one.email
    if _PLAIN_WORDS.fullmatch(name):
        return f"{name} <{one.email}>"
    if name.isascii() and len(name) <= _CHUNK and "=?" not in name:
        quoted = name.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{quoted}" <{one.email}>'
    return f"{_encoded(name)}{_FOLD}<{one.email}>"


def _words(text: str) -> str:
    """Text of a header: as it is where it can be, else as encoded words (RFC 2047)."""
    line = _one_line(text)
    return line if line.isascii() and len(line) <= _CHUNK and "=?" not in line else _encoded(line)


def _encoded(line: str) -> str:
    """Encoded words of at most 75 signs, one a line; no sign is split between two."""
    chunks, size = [""], 0
    for sign in line:
        length = len(sign.encode())
        if size + length > _CHUNK:
            chunks.append("")
            size = 0
        chunks[-1] += sign
        size += length
    return _FOLD.join(f"=?utf-8?B?{b64encode(chunk.encode()).decode()}?=" for chunk in chunks)


def _one_line(text: str) -> str:
    """A header is one line, and a sign that cannot be seen could end it."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _body(text: str) -> str:
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ").replace("\x00", "")
    return plain.rstrip("\n") + "\n"


def _digest(draft: Draft) -> str:
    said: Sequence[object] = (
        draft.subject,
        draft.body,
        *((line, one.name, one.email) for line, people in _lines(draft) for one in people),
        *((one.name, sha256(one.content).hexdigest()) for one in draft.attached),
    )
    return sha256(repr(said).encode()).hexdigest()


def _lines(draft: Draft) -> tuple[tuple[str, tuple[Mailbox, ...]], ...]:
    return (("to", draft.to), ("cc", draft.copies), ("bcc", draft.hidden))
