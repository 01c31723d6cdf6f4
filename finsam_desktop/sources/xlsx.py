"""Reading .xlsx and .xlsm: values, number formats, errors, formulas, merged cells, names and tables; never macros.

Source: ECMA-376 part 1, 18 (SpreadsheetML), transitional and strict.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from finsam_desktop.errors import UserError
from finsam_desktop.sources.container import Container
from finsam_desktop.sources.number_formats import BUILT_IN, GENERAL
from finsam_desktop.sources.sheet_cells import SheetReader, plain_text
from finsam_desktop.sources.workbook import DefinedName, NamedTable, Sheet, Workbook

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_SHEETS: Final = 500

_SPACES: Final = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
_RELATIONS: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_USUAL_BOOK: Final = "xl/workbook.xml"
_ID: Final = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)
_OTHER_KINDS: Final = (
    ("word/document.xml", "ett Word-dokument", "Spara tabellen i en Excel-arbetsbok (.xlsx)."),
    ("ppt/presentation.xml", "en PowerPoint-presentation", "Spara tabellen i en Excel-arbetsbok (.xlsx)."),
    ("xl/workbook.bin", "en binär arbetsbok (.xlsb)", "Öppna den i Excel och spara den som .xlsx."),
)


def read_xlsx(
    content: bytes, file_name: str, sha256: str, progress: Callable[[int, int], None] | None = None
) -> Workbook:
    """The workbook in ``content``; UserError naming file, part and what to do when it is not one.

    ``progress(done, total)`` is called before each sheet and now and then in it, and may raise to stop.
    """
    container = Container(content, file_name)
    book_part = _book_part(container)
    book = container.xml(book_part)
    space = _space(book, file_name)
    parts = _relations(container, book_part)
    wanted = book.findall(f"{space}sheets/{space}sheet")
    if len(wanted) > MAX_SHEETS:
        raise UserError(
            f"{file_name} har {len(wanted)} blad. Programmet läser högst {MAX_SHEETS}.",
            advice="Spara de blad som behövs i en egen arbetsbok.",
        )
    properties = book.find(f"{space}workbookPr")
    from_1904 = properties is not None and properties.get("date1904") in ("1", "true")
    reader = SheetReader(
        file_name=file_name,
        strings=_shared_strings(container, parts),
        formats=_formats(container, parts),
        from_1904=from_1904,
    )
    sheets: list[Sheet] = []
    tables: list[NamedTable] = []
    for place, element in enumerate(wanted):
        step = partial(progress, place, len(wanted)) if progress is not None else None
        if step is not None:
            step()
        kind, part = parts.get(_relation_id(element), ("", ""))
        if kind != "worksheet":
            continue
        name = element.get("name", "")
        hidden = element.get("state", "visible") != "visible"
        sheets.append(reader.sheet(container.read(part), name, hidden, step))
        tables += _tables(container, part, name)
    if not sheets:
        raise UserError(
            f"{file_name} har inget blad med celler.",
            advice="Kontrollera att det är rätt fil. Blad som bara innehåller ett diagram läses inte.",
        )
    return Workbook(
        file_name=file_name,
        sha256=sha256,
        sheets=tuple(sheets),
        defined_names=tuple(
            DefinedName(name=element.get("name", ""), target=element.text or "")
            for element in book.iterfind(f"{space}definedNames/{space}definedName")
            if element.get("hidden") not in ("1", "true")
        ),
        tables=tuple(tables),
    )


def _book_part(container: Container) -> str:
    for part, what, advice in _OTHER_KINDS:
        if part in container.names:
            raise UserError(f"Filen {container.file_name} är {what}, inte en Excel-arbetsbok.", advice=advice)
    if _USUAL_BOOK in container.names:
        return _USUAL_BOOK
    if "_rels/.rels" in container.names:
        for kind, target in _relations(container, "").values():
            if kind == "officeDocument" and target in container.names:
                return target
    raise UserError(
        f"Filen {container.file_name} är ingen arbetsbok.",
        advice="Välj en fil som är sparad i Excel (.xlsx, .xls), LibreOffice (.ods) eller som text (.csv).",
    )


def _relations(container: Container, part: str) -> dict[str, tuple[str, str]]:
    """Relation id to (kind, part name) of what ``part`` refers to inside the file."""
    folder, name = posixpath.split(part)
    relations_part = posixpath.join(folder, "_rels", f"{name}.rels")
    if relations_part not in container.names:
        return {}
    found = {}
    for element in container.xml(relations_part).iter(_RELATIONS):
        if element.get("TargetMode") == "External":
            continue
        target = unquote(element.get("Target", ""))
        kind = element.get("Type", "").rpartition("/")[2]
        found[element.get("Id", "")] = (
            kind,
            posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/"),
        )
    return found


def _relation_id(element: _Element) -> str:
    return next((found for name in _ID if (found := element.get(name))), "")


def _space(root: _Element, file_name: str) -> str:
    for space in _SPACES:
        if root.tag.startswith(f"{{{space}}}"):
            return f"{{{space}}}"
    raise UserError(
        f"Filen {file_name} är ingen arbetsbok.",
        advice="Öppna den i det program som gjorde den och spara den som Excel-arbetsbok (.xlsx).",
        detail=f"Rotelement: {root.tag}",
    )


def _part_of_kind(parts: dict[str, tuple[str, str]], kind: str) -> str:
    return next((part for found, part in parts.values() if found == kind), "")


def _shared_strings(container: Container, parts: dict[str, tuple[str, str]]) -> tuple[str, ...]:
    part = _part_of_kind(parts, "sharedStrings")
    if part not in container.names:
        return ()
    root = container.xml(part)
    space = _space(root, container.file_name)
    return tuple(plain_text(item) for item in root.iterfind(f"{space}si"))


def _formats(container: Container, parts: dict[str, tuple[str, str]]) -> tuple[str, ...]:
    """The number format of each cell style, in the file's order; at least one."""
    part = _part_of_kind(parts, "styles")
    if part not in container.names:
        return (GENERAL,)
    root = container.xml(part)
    space = _space(root, container.file_name)
    own = {
        element.get("numFmtId", ""): element.get("formatCode", GENERAL)
        for element in root.iterfind(f"{space}numFmts/{space}numFmt")
    }
    formats = []
    for element in root.iterfind(f"{space}cellXfs/{space}xf"):
        number = element.get("numFmtId", "0")
        formats.append(own.get(number) or BUILT_IN.get(int(number) if number.isdecimal() else 0, GENERAL))
    return tuple(formats) or (GENERAL,)


def _tables(container: Container, part: str, sheet: str) -> list[NamedTable]:
    tables = []
    for kind, target in _relations(container, part).values():
        if kind == "table" and target in container.names:
            root = container.xml(target)
            name = root.get("displayName") or root.get("name") or ""
            tables.append(NamedTable(name=name, sheet=sheet, cells=root.get("ref", "")))
    return tables
