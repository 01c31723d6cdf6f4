"""Texts of the mails that go with a meeting: what each says, and how its fields are filled.

A text is plain: words and fields within braces, such as {datum}. A line whose field has no value is left out, so
that one text fits every meeting without rules to write.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum


class MailKind(StrEnum):
    """What a mail is about. The value names its text, templates/mail/<value>.txt."""

    KALLELSE = "kallelse"
    TILLAGG = "tillagg"
    ANDRING = "andring"
    INSTALLT = "installt"
    SAMRAD = "samrad"
    JUSTERING = "justering"


MAIL_NAMES = {
    MailKind.KALLELSE: "Kallelse",
    MailKind.TILLAGG: "Tilläggshandlingar",
    MailKind.ANDRING: "Ändrad tid eller plats",
    MailKind.INSTALLT: "Inställt sammanträde",
    MailKind.SAMRAD: "Inbjudan till samråd",
    MailKind.JUSTERING: "Protokoll för justering",
}
"""What each mail is called where it is chosen."""

MAIL_FIELDS = {
    "förbund": "förbundets namn",
    "sammanträde": "slaget av sammanträde, till exempel sammanträde eller extra sammanträde",
    "datum": "dagen, till exempel 29 oktober 2026",
    "veckodag": "veckodagen, till exempel torsdag",
    "tid": "tiden, till exempel 9.00–12.00",
    "plats": "platsen",
    "form": "hur man deltar, när det går att delta på distans",
    "anmälan": "meningen om hur och när frånvaro anmäls",
    "offentligt": "meningen om att sammanträdet är offentligt när budgeten fastställs",
    "dagordning": "ärendena, en rad för varje",
    "bilagor": "namnen på filerna som följer med",
    "länk": "adressen där handlingarna finns, när de inte följer med",
    "orsak": "orsaken till att sammanträdet är inställt",
    "justeras": "dagen då protokollet senast ska vara justerat",
    "justerare": "de som justerar protokollet",
    "nästa": "dagen för nästa sammanträde",
    "avsändare": "sekreterarens namn",
    "telefon": "sekreterarens eller förbundets telefon",
    "e-post": "sekreterarens eller förbundets e-post",
}
"""The fields of a text, and what each becomes."""

_FIELD = re.compile(r"\{([^{}\n]*)\}")
_BLANK_LINES = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class MailText:
    """A text for a mail: ``kind`` is a ``MailKind``'s value. Both texts may hold fields within braces."""

    kind: str
    subject: str
    body: str


def read_text(kind: str, text: str) -> MailText:
    """The text of a file: "Ämne: …" on its first line, then the body. Without such a line the subject is empty."""
    first, _, rest = text.lstrip("\ufeff").replace("\r\n", "\n").partition("\n")
    head, colon, subject = first.partition(":")
    if colon and head.strip().casefold() == "ämne":
        return MailText(kind=kind, subject=subject.strip(), body=rest.strip("\n"))
    return MailText(kind=kind, subject="", body=f"{first}\n{rest}".strip("\n"))


def written_text(text: MailText) -> str:
    """The text as its file holds it; ``read_text`` gives it back."""
    return f"Ämne: {text.subject}\n\n{text.body}\n"


def chosen(kind: MailKind, own: Iterable[MailText], standard: Sequence[MailText]) -> MailText:
    """The association's own text of the kind, else the program's. KeyError when there is neither."""
    for text in (*own, *standard):
        if text.kind == kind.value:
            return text
    raise KeyError(kind.value)


def unknown_fields(text: MailText) -> tuple[tuple[str, str], ...]:
    """Each field that there is none of, and the nearest known name or ""."""
    found = dict.fromkeys(name.strip() for name in _FIELD.findall(f"{text.subject}\n{text.body}"))
    return tuple(
        (name, next(iter(get_close_matches(name.casefold(), MAIL_FIELDS, n=1, cutoff=0.6)), ""))
        for name in found
        if name.casefold() not in MAIL_FIELDS
    )


def filled(text: MailText, values: Mapping[str, str]) -> tuple[str, str]:
    """Subject and body with their fields filled.

    A line whose fields are all without a value is left out; in a line where some have one, the others become
    nothing. Words within braces that are no field stay as they are, so that they are seen before the mail is sent.
    """
    lines: list[str] = []
    for line in text.body.split("\n"):
        known = [name for name in _names(line) if name in MAIL_FIELDS]
        if not known or any(values.get(name, "") for name in known):
            lines.append(_put(line, values).rstrip())
    body = _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip("\n")
    return " ".join(_put(text.subject, values).split()), body


def _names(line: str) -> list[str]:
    return [name.strip().casefold() for name in _FIELD.findall(line)]


def _put(line: str, values: Mapping[str, str]) -> str:
    def value(found: re.Match[str]) -> str:
        name = found[1].strip().casefold()
        return values.get(name, "") if name in MAIL_FIELDS else found[0]

    return _FIELD.sub(value, line)
