"""Saved mails (.eml, .msg) read: who wrote what to whom and when, and what was attached."""

from __future__ import annotations

import email
import email.policy
import html
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

from finsam_desktop.word.office_html import OfficeHtmlParser

MAX_BODY = 400_000
_PARTS_AT_MOST = 200
_BOUNDARIES_AT_MOST = 300
_HEADER_AT_MOST = 10_000
"""Characters of a header that are looked at: two hundred addresses. The library takes minutes for a hostile one."""
_MONTHS = ("januari februari mars april maj juni juli augusti september oktober november december").split()


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """A file that came with a mail."""

    name: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A mail as it is read. ``sent`` is written out in Swedish time, empty when the mail does not tell."""

    sender: str = ""
    to: str = ""
    copy: str = ""
    sent: str = ""
    subject: str = ""
    body: str = ""
    attached: tuple[Attached, ...] = ()


class _Bounded(email.policy.EmailPolicy):
    """Headers cut before they are understood."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:_HEADER_AT_MOST]


_POLICY = _Bounded()


def read_eml(content: bytes) -> Mail:
    """The mail in a .eml file. ValueError when it is none, or made of parts in parts without end."""
    if content.lower().count(b"boundary=") > _BOUNDARIES_AT_MOST:
        raise ValueError("too many parts")
    message = email.message_from_bytes(content, policy=_POLICY)
    if not isinstance(message, EmailMessage) or not (
        message.get("From") or message.get("Subject") or message.get("To")
    ):
        raise ValueError("no header of a mail")
    body = _body(message)
    attached = tuple(_attached(part) for part in _own_parts(message) if _is_attached(part))
    return Mail(
        sender=_header(message, "From"),
        to=_header(message, "To"),
        copy=_header(message, "Cc"),
        sent=_when(_date(message)),
        subject=_header(message, "Subject"),
        body=body[:MAX_BODY],
        attached=attached[:_PARTS_AT_MOST],
    )


def _own_parts(message: EmailMessage) -> Iterator[EmailMessage]:
    """The parts of a mail, without those of mails that are attached to it."""
    left = [message]
    while left:
        part = left.pop(0)
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            left = [child for child in part.get_payload() if isinstance(child, EmailMessage)] + left
        else:
            yield part


def _is_attached(part: EmailMessage) -> bool:
    if part.get_content_type() == "message/rfc822" or part.get_content_disposition() == "attachment":
        return True
    # A picture in the text has a number to be shown by; what has a name only is a file that came with the mail.
    return bool(part.get_filename()) and not part.get("Content-ID")


def _attached(part: EmailMessage) -> Attached:
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        first = inner[0] if isinstance(inner, list) and inner else None
        subject = _header(first, "Subject") if isinstance(first, EmailMessage) else ""
        return Attached(name=_line(part.get_filename() or subject or "Mejl"), size=len(bytes(part)))
    payload = part.get_payload(decode=True)
    return Attached(
        name=_line(part.get_filename() or "Namnlös fil"),
        size=len(payload) if isinstance(payload, bytes) else 0,
    )


def _header(message: EmailMessage, name: str) -> str:
    try:
        return _line(str(message.get(name) or ""))
    except (ValueError, IndexError, LookupError, AttributeError):  # broken headers, as strangers write them
        return ""


def _date(message: EmailMessage) -> datetime | None:
    try:
        return parsedate_to_datetime(str(message.get("Date") or ""))
    except (ValueError, TypeError, IndexError):
        return None


def _body(message: EmailMessage) -> str:
    try:
        part = message.get_body(("plain", "html"))
        if part is None:
            return ""
        text = part.get_content()
    except (KeyError, LookupError, ValueError, AttributeError):
        return ""
    if not isinstance(text, str):
        return ""
    return text_of_html(text) if part.get_content_type() == "text/html" else text


def read_msg(content: bytes) -> Mail:
    """The mail in a .msg file of Outlook. ValueError when it is none."""
    import olefile

    with olefile.OleFileIO(io.BytesIO(content)) as archive:
        streams = {"/".join(entry).casefold(): entry for entry in archive.listdir(streams=True)}

        def read(place: str, limit: int = 20_000_000) -> bytes:
            entry = streams.get(place.casefold())
            return archive.openstream(entry).read(limit) if entry else b""

        def text(prefix: str, number: str) -> str:
            wide = read(f"{prefix}__substg1.0_{number}001F")
            if wide:
                return wide.decode("utf-16-le", "replace").rstrip("\0")
            return read(f"{prefix}__substg1.0_{number}001E").decode("cp1252", "replace").rstrip("\0")

        folders = dict.fromkeys(entry[0] for entry in archive.listdir(streams=True) if len(entry) > 1)
        attached = []
        for folder in folders:
            if not folder.startswith("__attach"):
                continue
            name = text(f"{folder}/", "3707") or text(f"{folder}/", "3704") or text(f"{folder}/", "3001")
            data = streams.get(f"{folder}/__substg1.0_37010102".casefold())
            attached.append(
                Attached(name=_line(name) or "Namnlös fil", size=archive.get_size(data) if data else 0)
            )
        body = text("", "1000")
        if not body.strip():
            page = read("__substg1.0_10130102").decode("utf-8", "replace") or text("", "1013")
            body = text_of_html(page)
        address = text("", "5D01") or text("", "0C1F")
        sender = text("", "0C1A")
        if address and "@" in address and address.casefold() != sender.casefold():
            sender = f"{sender} <{address}>".strip()
        mail = Mail(
            sender=_line(sender),
            to=_line(text("", "0E04")),
            copy=_line(text("", "0E03")),
            sent=_when(_sent(read("__properties_version1.0"))),
            subject=_line(text("", "0037")),
            body=body[:MAX_BODY],
            attached=tuple(attached),
        )
    if not (mail.sender or mail.subject or mail.body):
        raise ValueError("nothing of a mail in it")
    return mail


def _sent(properties: bytes) -> datetime | None:
    """When it was sent or delivered: 100 ns since 1601, in entries of 16 bytes after a head of 32."""
    found: dict[int, int] = {}
    for place in range(32, len(properties) - 15, 16):
        tag = int.from_bytes(properties[place : place + 4], "little")
        if tag in (0x00390040, 0x0E060040):
            found[tag] = int.from_bytes(properties[place + 8 : place + 16], "little")
    ticks = found.get(0x00390040) or found.get(0x0E060040)
    try:
        return datetime.fromtimestamp(ticks / 1e7 - 11_644_473_600, UTC) if ticks else None
    except (ValueError, OverflowError, OSError):
        return None


def _when(moment: datetime | None) -> str:
    """ "28 oktober 2021 kl. 14.05", in Swedish time."""
    if moment is None:
        return ""
    if moment.tzinfo is not None:
        try:
            moment = moment.astimezone(ZoneInfo("Europe/Stockholm"))
        except (KeyError, OSError, OverflowError, ValueError):
            pass
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year} kl. {moment:%H.%M}"


def _line(text: str) -> str:
    return " ".join(text.split())[:2000]


class _Words(OfficeHtmlParser):
    """The words of a page, with line breaks where blocks end."""

    _BLOCKS = frozenset(
        "address article blockquote div h1 h2 h3 h4 h5 h6 li ol p pre section table tr ul".split()
    )
    _SILENT = frozenset(("head", "script", "style", "title"))

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag in self._SILENT:
            self._silent += 1
        elif tag == "br" or tag in self._BLOCKS:
            self.pieces.append("\n")
        if tag == "li":
            self.pieces.append("• ")
        if tag in ("td", "th"):
            self.pieces.append("\t")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in self._BLOCKS:
            self.pieces.append("\n\n" if tag == "p" else "\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.pieces.append(re.sub(r"[ \t\r\n]+", " ", data))


def text_of_html(page: str) -> str:
    """The words of a web page, without looking at anything it points to."""
    reader = _Words()
    try:
        reader.feed(page[: 5 * MAX_BODY])
        reader.close()
    except (AssertionError, ValueError):  # marks that the parser gives up on
        return html.unescape(re.sub(r"<[^>]{0,2000}>", " ", page))
    lines = [" ".join(line.split(" ")).strip() for line in "".join(reader.pieces).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
