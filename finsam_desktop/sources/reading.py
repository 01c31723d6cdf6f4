"""Reading a spreadsheet file of any kind the program knows into a Workbook."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Final

from finsam_desktop.errors import UserError
from finsam_desktop.sources.container import MAX_FILE_BYTES, locked_with_password
from finsam_desktop.sources.workbook import Workbook

SIE_SUFFIXES: Final = (".se", ".si", ".sie")
#: Everything that figures can be read from.
SPREADSHEET_SUFFIXES: Final = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv", *SIE_SUFFIXES)

#: Called now and then with how much is done of how much; may raise to stop the reading.
Progress = Callable[[int, int], None]

_ZIP: Final = b"PK\x03\x04"
_BEFORE_HASH: Final = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"
_FINSAM_ID: Final = b"FnSm"
_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RESAVE_AS_TABLE: Final = "Be avsändaren om Excel-filen eller SIE-filen."
_KINDS: Final = (
    (
        b"SQLite format 3\0",
        "en databas (SQLite)",
        "Siffror läses ur Excel, LibreOffice, CSV eller SIE. " + _RESAVE_AS_TABLE,
    ),
    (b"II*\0", "en bild", "Siffror i en bild kan inte läsas. Be avsändaren om Excel-filen."),
    (b"GIF8", "en bild", "Siffror i en bild kan inte läsas. Be avsändaren om Excel-filen."),
    (b"MZ", "ett program", "Öppna det inte. Be avsändaren om Excel-filen."),
    (b"Rar!", "ett packat arkiv", "Packa upp arkivet och välj arbetsboken i det."),
    (b"7z\xbc\xaf", "ett packat arkiv", "Packa upp arkivet och välj arbetsboken i det."),
    (b"\x1f\x8b", "en packad fil", "Packa upp filen och välj arbetsboken."),
    (b"%PDF", "en PDF-fil", "Tabeller i en PDF kan inte läsas. Be avsändaren om Excel-filen."),
    (b"{\\rtf", "ett textdokument (RTF)", "Be avsändaren om Excel-filen."),
    (b"\x89PNG", "en bild", "Siffror i en bild kan inte läsas. Be avsändaren om Excel-filen."),
    (b"\xff\xd8\xff", "en bild", "Siffror i en bild kan inte läsas. Be avsändaren om Excel-filen."),
)


def read_workbook(path: Path, progress: Progress | None = None) -> Workbook:
    """The workbook in the file at ``path``, whatever spreadsheet kind it is; values only, macros are never run.

    A bookkeeping file (SIE) becomes its reports. ``progress`` may raise to stop. UserError naming file, sheet and cell
    when it is missing, locked, damaged, unsafe, or never calculated.
    """
    content = file_content(path)
    return read_workbook_bytes(content, path.name, progress)


def read_workbook_bytes(content: bytes, file_name: str, progress: Progress | None = None) -> Workbook:
    """As ``read_workbook``, from the bytes of a file called ``file_name``."""
    if not content:
        raise UserError(f"Filen {file_name} är tom.", advice="Hämta filen igen från avsändaren.")
    sha256 = hashlib.sha256(content).hexdigest()
    suffix = Path(file_name).suffix.lower()
    if content.startswith(_ZIP):
        workbook = _read_zip(content, file_name, sha256, progress)
    elif content.startswith(_COMPOUND):
        workbook = _read_compound(content, file_name, sha256)
    elif suffix in SIE_SUFFIXES or (content.lstrip(_BEFORE_HASH)[:1] == b"#" and _is_sie(content)):
        workbook = _read_bookkeeping(content, file_name, progress)
    elif suffix in (".csv", ".tsv", ".txt"):
        from finsam_desktop.sources.delimited import read_delimited

        workbook = read_delimited(content, file_name, sha256, progress)
    else:
        raise _wrong_kind(content, file_name)
    _refuse_uncalculated(workbook)
    return workbook


def file_content(path: Path) -> bytes:
    """The bytes of the file at ``path``; UserError when it is missing, too large or may not be read."""
    try:
        if path.is_dir():
            raise UserError(f"{path.name} är en mapp.", advice="Välj filen med siffrorna i mappen.")
        if path.stat().st_size > MAX_FILE_BYTES:
            raise UserError(
                f"Filen {path.name} är större än {MAX_FILE_BYTES // 2**20} megabyte.",
                advice="Spara det blad som behövs i en egen arbetsbok.",
            )
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UserError(
            f"Filen {path.name} finns inte längre i mappen {path.parent}.",
            advice="Kontrollera om den har flyttats eller bytt namn och välj den igen.",
        ) from error
    except PermissionError as error:
        raise UserError(
            f"Filen {path.name} får inte läsas.",
            advice="Stäng den om den är öppen i ett annat program, eller be den som äger mappen om tillgång.",
            detail=str(error),
        ) from error
    except OSError as error:
        raise UserError(
            f"Filen {path.name} gick inte att läsa.",
            advice="Kontrollera att disken eller nätverksmappen är ansluten och försök igen.",
            detail=str(error),
        ) from error


def _is_sie(content: bytes) -> bool:
    from finsam_desktop.sources.sie.reading import is_sie

    return is_sie(content)


def _read_bookkeeping(content: bytes, file_name: str, progress: Progress | None) -> Workbook:
    from finsam_desktop.sources.sie.reading import read_sie
    from finsam_desktop.sources.sie.tables import sie_workbook

    known = any(content.startswith(start) for start in (*(kind[0] for kind in _KINDS), b"<?xml"))
    if known and not _is_sie(content):
        raise _wrong_kind(content, file_name)
    workbook = sie_workbook(read_sie(content, file_name, progress))
    if not workbook.sheets:
        raise UserError(
            f"{file_name} är en SIE-fil utan belopp för räkenskapsåret.",
            advice="Be den som sköter bokföringen om en SIE-fil av typ 4 för det år som rapporten gäller.",
            detail="\n".join(workbook.remarks),
        )
    return workbook


def _read_zip(content: bytes, file_name: str, sha256: str, progress: Progress | None) -> Workbook:
    # The first part of an OpenDocument file is its type, stored uncompressed (ODF 1.3 part 2, 3.3).
    if content[30:38] == b"mimetype" and b"opendocument.spreadsheet" in content[38:120]:
        from finsam_desktop.sources.calamine import read_ods

        return read_ods(content, file_name, sha256)
    from finsam_desktop.sources.xlsx import read_xlsx

    return read_xlsx(content, file_name, sha256, progress)


def _read_compound(content: bytes, file_name: str, sha256: str) -> Workbook:
    # Names in a compound file's directory are UTF-16 ([MS-CFB] 2.6.1).
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise locked_with_password(file_name)
    if not any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
        raise UserError(
            f"Filen {file_name} är ingen arbetsbok.",
            advice="Kontrollera att det är rätt fil. Äldre Word-dokument har samma inre form men inga blad.",
        )
    from finsam_desktop.sources.calamine import read_xls

    return read_xls(content, file_name, sha256)


def _wrong_kind(content: bytes, file_name: str) -> UserError:
    for start, what, advice in _KINDS:
        if content.startswith(start):
            if what.startswith("en databas") and _is_finsam(content, file_name):
                return UserError(
                    f"Filen {file_name} är ett förbunds fil i Finsam Desktop, inte en källa med siffror.",
                    advice="Öppna den med Arkiv, Öppna. Siffror läses ur Excel, LibreOffice, CSV eller SIE.",
                )
            return UserError(f"Filen {file_name} är {what}, inte en arbetsbok.", advice=advice)
    head = content[:4096]
    if b"<html" in head.lower() or b"<table" in head.lower():
        return UserError(
            f"Filen {file_name} är en webbsida med Excel-namn, inte en arbetsbok.",
            advice="Öppna den i Excel, välj Spara som och spara den som Excel-arbetsbok (.xlsx).",
        )
    if head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<?xml"):
        sie5 = b"sie.se" in head
        return UserError(
            f"Filen {file_name} är " + ("en SIE 5-fil (XML)." if sie5 else "en XML-fil, inte en arbetsbok."),
            advice="Be den som sköter bokföringen om en SIE-fil av typ 4."
            if sie5
            else "Öppna den i det program som gjorde den och spara den som Excel-arbetsbok (.xlsx).",
        )
    if b"\0" not in head and not Path(file_name).suffix.lower().startswith((".xls", ".ods")):
        return UserError(
            f"Filen {file_name} är en textfil och ingen arbetsbok.",
            advice="Är det en tabell med komma, semikolon eller tabb mellan värdena, byt filnamnets slut till .csv.",
        )
    if b"\0" not in head:
        return UserError(
            f"Filen {file_name} är en textfil med Excel-namn, inte en arbetsbok.",
            advice="Be avsändaren om Excel-filen. Är det en kommaseparerad fil, byt filnamnets slut till .csv.",
        )
    return UserError(
        f"Filen {file_name} är ingen arbetsbok, eller så är den skadad.",
        advice="Hämta filen igen från avsändaren, eller öppna den i Excel och spara den som .xlsx.",
    )


def _is_finsam(content: bytes, file_name: str) -> bool:
    # The application id of an association's file stands at byte 68 of the SQLite header; see docs/file-format.md.
    return file_name.lower().endswith(".finsam") or content[68:72] == _FINSAM_ID


def _refuse_uncalculated(workbook: Workbook) -> None:
    """A workbook whose every formula lacks its value was made by a program that does not calculate."""
    formulas = sum(len(sheet.formulas) for sheet in workbook.sheets)
    if not formulas:
        return
    missing = [(sheet.name, address) for sheet in workbook.sheets for address in sheet.uncalculated()]
    if len(missing) == formulas:
        sheet, address = missing[0]
        raise UserError(
            f"{workbook.file_name} har formler men inga uträknade värden, först i cell {address} på bladet {sheet}.",
            advice="Öppna filen i Excel, spara den och lägg in den igen. Då räknar Excel ut värdena.",
        )
