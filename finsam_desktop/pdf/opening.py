"""Whether a file from outside may be handed to the system to be opened, and under which name.

Only kinds that a handling can be are opened. What is a program on some system is so by its ending, and there are more
such endings than anybody can list; so what is not known as a document is refused.
"""

from __future__ import annotations

import io
import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from finsam_desktop.errors import UserError
from finsam_desktop.pdf.recognise import ENDINGS, Unfit, recognise

DOCUMENTS: Final = frozenset((
    *ENDINGS, ".dot", ".dotx", ".dotm", ".xlt", ".xltx", ".xltm", ".xlsb", ".pot", ".potx", ".potm", ".pps", ".ppsm",
    ".ott", ".ots", ".otp", ".odg", ".csv", ".heic", ".ics", ".se", ".si", ".sie", ".asice", ".motespaket",
))  # fmt: skip
"""Endings of what is opened."""
PROGRAMS: Final = frozenset(
    ".app .application .appref-ms .bat .chm .cmd .com .command .cpl .deb .desktop .dll .dmg .exe .gadget .hta .inf .iso"
    " .img .jar .js .jse .lnk .msc .msi .msix .msp .mst .pif .pl .pkg .ppam .ps1 .psm1 .py .pyw .rb .reg .rpm .scf .scr"
    " .sct .settingcontent-ms .sh .sys .url .vb .vbe .vbs .vhd .vhdx .wll .wsc .wsf .wsh .xlam .xll".split()
)
"""Endings of programs and scripts; they are refused like all that is unknown, but called what they are."""
_WEB: Final = frozenset(".htm .html .mht .mhtml .shtml .svg .svgz .xht .xhtml .xml .xsl .xslt".split())
_ARCHIVES: Final = frozenset(".7z .bz2 .cab .gz .rar .tar .tgz .xz .zip".split())
_MACHINE: Final = (b"\x7fELF", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"\xca\xfe\xba\xbe")
_MACRO_PARTS: Final = ("vbaproject.bin", "basic/", "scripts/", "macrosheets/", "activex/")
_MACROS_IN_OLE: Final = "_VBA_PROJECT".encode("utf-16-le")
_MACRO_ENDINGS: Final = frozenset(".docm .dotm .xlsm .xltm .pptm .potm .ppsm".split())
_LONGEST: Final = 120
RESEND: Final = "Be den som skickade filen om den som PDF eller Word-fil."


@dataclass(frozen=True, slots=True, kw_only=True)
class Openable:
    """A file that may be opened: the name to give it, and what to ask first, "" for nothing."""

    name: str
    question: str = ""


def openable(file_name: str, content: bytes) -> Openable:
    """What is to be done to open a file from outside.

    UserError, with what to do instead: it is a program or a script, whatever it is called; a web page or a drawing that
    can run one; an archive; or nothing that is known as a document. One with another ending, or none, that is a
    document by its content gets the ending of that.
    """
    name = plain_name(file_name)
    ending = PurePath(name).suffix.lower()
    if ending in PROGRAMS:
        raise _refused(
            name,
            "det är ett program eller ett skript, och sådana hör inte till handlingarna",
            f"{RESEND} Väntade du dig ingen sådan fil, så öppna den inte någon annanstans heller.",
        )
    if _is_program(content):
        raise _refused(
            name,
            "innehållet är ett program, fast namnet säger något annat",
            "Fråga den som skickade filen, på telefon. Öppna den inte någon annanstans heller.",
        )
    if ending in _WEB:
        raise _refused(name, "en sådan fil kan köra skript och hämta annat från nätet", RESEND)
    if ending in _ARCHIVES:
        raise _refused(
            name, "den är ett arkiv med andra filer i", "Be den som skickade den om filerna var för sig."
        )
    if ending not in DOCUMENTS:
        ending = _by_content(name, content)
        if not ending:
            raise _refused(name, "filen känns inte igen som en handling", RESEND)
        name += ending
    if ending in _MACRO_ENDINGS or _has_macros(content):
        question = (
            f"{name} innehåller makron, små program som kan köras när den öppnas. Öppna den bara om du väntade dig den "
            "från den som skickade den."
        )
        return Openable(name=name, question=question)
    return Openable(name=name)


def plain_name(file_name: str) -> str:
    """The name as the system will understand it: no folders, nothing unseen, no dots or spaces at the end.

    Windows drops those, so that "Rapport.exe ." is a program; signs that turn the direction of writing hide an ending.
    """
    seen = "".join(sign for sign in file_name if unicodedata.category(sign) not in ("Cc", "Cf", "Cs"))
    last = seen.replace("\\", "/").rstrip("/").rpartition("/")[2]
    name = "".join("_" if sign in '<>:"|?*' else sign for sign in last).strip().rstrip(" .")
    path = PurePath(name or "Bilaga")
    return f"{path.stem[:_LONGEST]}{path.suffix}"


def _refused(name: str, why: str, advice: str) -> UserError:
    return UserError(f"{name} öppnades inte: {why}.", advice=advice)


def _is_program(content: bytes) -> bool:
    start = content[:512]
    windows = start.startswith(b"MZ") and b"\0" in start  # a text may begin so too
    return windows or start.startswith(_MACHINE)


def _by_content(name: str, content: bytes) -> str:
    try:
        return recognise(name, content)[1]
    except Unfit:
        return ""


def _has_macros(content: bytes) -> bool:
    if content.startswith(b"PK"):
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                names = [one.lower() for one in archive.namelist()]
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            return False
        return any(part in name for name in names for part in _MACRO_PARTS)
    return content.startswith(b"\xd0\xcf\x11\xe0") and _MACROS_IN_OLE in content
