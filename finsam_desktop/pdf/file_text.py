"""The words of a file from outside, part by part, for searching: pages of a PDF, sheets, slides, or a whole text.

Runs in the child (``works.WORKS``): what the file holds may be hostile. What no person wrote is passed over in silence;
a file that cannot be read raises ``Unfit`` with the reason.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from finsam_desktop.pdf.recognise import (
    MAX_TEXT_BYTES,
    RESEND,
    Unfit,
    Way,
    locked,
    recognise,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

Part = tuple[str, str]
"""What the part is called ("sida 3", "" for a text without parts), and its text; paragraphs are lines."""
MOST_LETTERS = 3_000_000
"""Of one file: some thousand pages. What comes after is left out."""
MOST_PAGES = 3_000
_PLAIN = (".csv", ".tsv", ".log", ".se", ".si", ".htm", ".html", ".xml", ".json", ".toml")
"""Endings of texts that never become pages but have words."""
_BROKEN = re.compile(
    "(?:[\x02\ufffe]\\s*|[-\u00ad\u2010][ \t]*\r?\n\\s*)(?!(?:och|eller|samt|men|till)\\b)(?=[a-zåäöéü])"
)
"""A word divided at the end of a line; not "social-" before "och"."""


def parts_of(name: str, content: bytes) -> list[Part]:
    """The parts of a file that has any words; an empty list when it has none, as a picture. Raises Unfit."""
    parts: list[Part] = []
    letters = 0
    for label, text in _parts(name, content):
        text = text[: MOST_LETTERS - letters]
        letters += len(text)
        if text.strip():
            parts.append((label, text))
        if letters >= MOST_LETTERS:
            break
    return parts


def _parts(name: str, content: bytes) -> Iterator[Part]:
    ending = "." + name.rpartition(".")[2].lower()
    if ending in _PLAIN and b"\0" not in content[:4096]:
        yield from _plain(content, is_html=ending in (".htm", ".html"))
        return
    way, kind = recognise(name, content)
    if way is Way.PDF:
        yield from _pdf(content)
    elif way is Way.OFFICE:
        yield from _OFFICE.get(kind, _OFFICE.get(kind[:-1] + "x", _none))(content)
    elif way in (Way.TEXT, Way.MARKDOWN):
        yield from _plain(content)
    elif way in (Way.MAIL, Way.OUTLOOK):
        yield from _mail(content, way)


def _none(_content: bytes) -> Iterator[Part]:
    raise Unfit(
        "Filens text går inte att läsa, eftersom den är sparad i ett äldre format.",
        "Öppna den, spara den som .docx eller PDF och lägg in den i stället.",
    )


def _plain(content: bytes, *, is_html: bool = False) -> Iterator[Part]:
    from finsam_desktop.pdf.mail import text_of_html
    from finsam_desktop.pdf.readable import text_of

    content = content[:MAX_TEXT_BYTES]
    text = content.decode("cp437") if _is_of_dos(content) else text_of(content)
    yield "", text_of_html(text) if is_html else text


def _is_of_dos(content: bytes) -> bool:
    """Whether å, ä and ö are written as bookkeeping files of the old kind write them."""
    try:
        content.decode()
    except UnicodeDecodeError:
        return sum(map(content.count, (0x86, 0x84, 0x94))) > sum(map(content.count, (0xE5, 0xE4, 0xF6)))
    return False


def _mail(content: bytes, way: Way) -> Iterator[Part]:
    from finsam_desktop.pdf.mail import read_eml, read_msg

    mail = read_eml(content) if way is Way.MAIL else read_msg(content)
    names = [file.name for file in mail.attached]
    yield "", "\n".join((mail.subject, mail.sender, mail.to, mail.copy, mail.sent, mail.body, *names))


def _pdf(content: bytes) -> Iterator[Part]:
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise locked(".pdf") from error
        raise Unfit("PDF-filen är skadad och går inte att öppna.", RESEND) from error
    try:
        for number in range(min(len(pdf), MOST_PAGES)):
            try:
                page = pdf[number]
                text = page.get_textpage()
                said = text.get_text_range()
                text.close()
                page.close()
            except pypdfium2.PdfiumError:
                continue  # a page that cannot be read hides none of the others
            yield f"sida {number + 1}", _BROKEN.sub("", said)
    finally:
        pdf.close()


# -- Office files: the text of their paragraphs, whatever else they hold


def _word(content: bytes) -> Iterator[Part]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = sorted(
            name for name in archive.namelist() if name.startswith("word/") and name.endswith(".xml")
        )
        for start, label in (
            ("word/document", ""), ("word/footnotes", "fotnoterna"), ("word/endnotes", "slutnoterna"),
            ("word/header", "sidhuvudet"), ("word/footer", "sidfoten"), ("word/comments.", "kommentarerna"),
        ):  # fmt: skip
            texts = [_paragraphs(archive, name, "p") for name in names if name.startswith(start)]
            # Headers of the first and of even pages mostly say the same.
            yield label, "\n".join(dict.fromkeys(texts))


def _slides(content: bytes) -> Iterator[Part]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for folder, label in (("slides/slide", "bild"), ("notesSlides/notesSlide", "anteckning")):
            found = re.compile(rf"ppt/{folder}(\d+)\.xml").fullmatch
            numbers = sorted(int(match[1]) for name in archive.namelist() if (match := found(name)))
            for number in numbers:
                yield f"{label} {number}", _paragraphs(archive, f"ppt/{folder}{number}.xml", "p")


def _open_document(content: bytes) -> Iterator[Part]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name, label in (("content.xml", ""), ("styles.xml", "sidhuvudet")):
            lines = []
            for _, element in _events(archive, name, ("end",)):
                if _local(element) in ("p", "h"):
                    lines.append(_open_paragraph(element))
                    element.clear(keep_tail=True)
            yield label, "\n".join(line for line in lines if line.strip())


def _open_paragraph(element: _Element) -> str:
    pieces: list[str] = []
    for one in element.iter():
        spaced = " " if _local(one) in ("s", "tab", "line-break") else ""
        pieces += (one.text or "", spaced)
        if one is not element:
            pieces.append(one.tail or "")
    return "".join(pieces)


def _paragraphs(archive: zipfile.ZipFile, name: str, *kinds: str) -> str:
    """The text of each paragraph of a part, a line each; those inside text boxes stand on their own."""
    lines: list[str] = []
    pieces: list[list[str]] = [[]]
    for event, element in _events(archive, name, ("start", "end")):
        kind = _local(element)
        if event == "start":
            if kind in kinds:
                pieces.append([])
        elif kind in kinds:
            lines.append("".join(pieces.pop() if len(pieces) > 1 else pieces[0]))
            element.clear()
        elif kind in ("t", "delText", "text"):
            pieces[-1].append(element.text or "")
        elif kind in ("tab", "br", "cr"):
            pieces[-1].append(" ")
        elif kind == "noBreakHyphen":
            pieces[-1].append("-")
    return "\n".join(line for line in lines if line.strip())


def _workbook(content: bytes) -> Iterator[Part]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        shared = _shared_strings(archive)
        names = set(archive.namelist())
        for title, path in _sheets(archive):
            if path in names:
                yield f"bladet {title}", "\n".join(_rows(archive, path, shared))
        for name in sorted(names):
            if name.startswith(("xl/comments", "xl/threadedComments", "xl/drawings/drawing")):
                yield "kommentarer och rutor", _paragraphs(archive, name, "p", "comment", "threadedComment")


def _shared_strings(archive: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    shared: list[str] = []
    for _, element in _events(archive, "xl/sharedStrings.xml", ("end",)):
        if _local(element) == "si":
            shared.append("".join(one.text or "" for one in element.iter() if _local(one) == "t"))
            element.clear()
    return shared


def _sheets(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    """Name and part of each sheet, hidden ones too."""
    related = {
        element.get("Id"): str(element.get("Target")).removeprefix("/xl/").removeprefix("xl/")
        for _, element in _events(archive, "xl/_rels/workbook.xml.rels", ("end",))
        if _local(element) == "Relationship"
    }
    return [
        (str(element.get("name")), f"xl/{related.get(value)}")
        for _, element in _events(archive, "xl/workbook.xml", ("end",))
        if _local(element) == "sheet"
        for key, value in element.attrib.items()
        if str(key).endswith("}id")
    ]


def _rows(archive: zipfile.ZipFile, path: str, shared: list[str]) -> Iterator[str]:
    cells: list[str] = []
    for _, element in _events(archive, path, ("end",)):
        kind = _local(element)
        if kind == "c":
            cells.append(_cell(element, shared))
        elif kind == "row":
            line = " ".join(cell for cell in cells if cell)
            cells.clear()
            element.clear()
            if line:
                yield line


def _cell(element: _Element, shared: list[str]) -> str:
    said = element.get("t")
    value = next((one.text or "" for one in element if _local(one) == "v"), "")
    if said == "s":
        return shared[int(value)] if value.isdigit() and int(value) < len(shared) else ""
    if said == "inlineStr":
        return "".join(one.text or "" for one in element.iter() if _local(one) == "t")
    return value


def _old_workbook(content: bytes) -> Iterator[Part]:
    import python_calamine

    try:
        book = python_calamine.load_workbook(io.BytesIO(content))
        for name in book.sheet_names:
            rows = book.get_sheet_by_name(name).to_python()
            yield (
                f"bladet {name}",
                "\n".join(" ".join(str(cell) for cell in row if cell != "") for row in rows),
            )
    except (python_calamine.CalamineError, ValueError) as error:
        raise Unfit("Arbetsboken är skadad och går inte att öppna.", RESEND) from error


_RTF = re.compile(
    rb"\\'([0-9a-fA-F]{2})|\\u(-?\d{1,6})\s?\??|\\(par|line|tab|cell|row|page)\b ?|\\\*?[a-zA-Z]+-?\d* ?|\\([{}\\~_-])"
    rb"|([{}])|[\r\n]+"
)
_RTF_HIDDEN = re.compile(rb"\{\\(?:\*|fonttbl|colortbl|stylesheet|info|pict|themedata)")


def _rich_text(content: bytes) -> Iterator[Part]:
    """The words of a .rtf, without the groups that hold fonts, styles and pictures."""
    text: list[str] = []
    depth = hidden = 0
    place = 0
    for found in _RTF.finditer(content):
        if not hidden:
            text.append(content[place : found.start()].decode("cp1252", "replace"))
        place = found.end()
        code, number, breaks, sign, brace = found.groups()
        if brace == b"{":
            depth += 1
            if not hidden and _RTF_HIDDEN.match(content, found.start()):
                hidden = depth
        elif brace == b"}":
            hidden = 0 if depth == hidden else hidden
            depth -= 1
        elif not hidden and code:
            text.append(bytes.fromhex(code.decode()).decode("cp1252", "replace"))
        elif not hidden and number:
            text.append(chr(int(number) % 0x10000))
        elif not hidden and breaks:
            text.append("\n" if breaks in (b"par", b"line", b"row", b"page") else " ")
        elif not hidden and sign:
            text.append({b"~": "\u00a0", b"_": "-", b"-": ""}.get(sign, sign.decode()))
    yield "", "".join(text)


_OFFICE: Mapping[str, Callable[[bytes], Iterator[Part]]] = {
    ".docx": _word,
    ".dotx": _word,
    ".xlsx": _workbook,
    ".xltx": _workbook,
    ".pptx": _slides,
    ".ppsx": _slides,
    ".potx": _slides,
    ".odt": _open_document,
    ".odp": _open_document,
    ".odg": _open_document,
    ".ods": _old_workbook,
    ".xls": _old_workbook,
    ".rtf": _rich_text,
}


def _events(archive: zipfile.ZipFile, name: str, events: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    """The elements of a part as they are read; nothing outside the part is fetched."""
    from lxml import etree

    try:
        with archive.open(name) as part:
            yield from etree.iterparse(
                part, events=events, resolve_entities=False, no_network=True, recover=True
            )
    except (KeyError, etree.XMLSyntaxError):
        return  # a part that is missing or broken hides none of the others


def _local(element: _Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
