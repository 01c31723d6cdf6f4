"""Texts and mails as a plain Word document that can be read: headings, paragraphs, lists, tables, and nothing else."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document
    from markdown_it.token import Token

    from finsam_desktop.pdf.mail import Mail

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LINES_AT_MOST = 60_000
_FONT = "Calibri"


def text_of(content: bytes) -> str:
    """The text of a file, in the encoding that its bytes show."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def document_of_text(text: str, title: str, language: str) -> bytes:
    """A text as it stands: each line of its own, an empty line between paragraphs kept as space."""
    document = _new(title, language)
    _lines(document, text)
    return _saved(document)


def document_of_mail(mail: Mail, title: str, language: str) -> bytes:
    """A mail: its subject as heading, who and when, the text, and the names of the files that came with it."""
    document = _new(mail.subject or title, language)
    document.add_heading(_clean(mail.subject or title), 1)
    for label, value in (
        ("Från", mail.sender),
        ("Till", mail.to),
        ("Kopia", mail.copy),
        ("Skickat", mail.sent),
    ):
        if value:
            paragraph = document.add_paragraph()
            paragraph.paragraph_format.space_after = _points(2)
            paragraph.add_run(f"{label}: ").bold = True
            paragraph.add_run(_clean(value))
    document.add_heading("Meddelande", 2)
    if mail.body.strip():
        _lines(document, mail.body)
    else:
        document.add_paragraph("Mejlet har ingen text.")
    if mail.attached:
        document.add_heading("Bifogade filer", 2)
        for file in mail.attached:
            document.add_paragraph(_clean(f"{file.name} ({_size(file.size)})"), style="List Bullet")
        document.add_paragraph("De bifogade filerna ingår inte i de här sidorna.")
    return _saved(document)


def document_of_markdown(text: str, title: str, language: str) -> bytes:
    """Markdown with headings, lists, tables, emphasis and links."""
    from markdown_it import MarkdownIt

    document = _new(title, language)
    _Markdown(document).write(MarkdownIt("commonmark").enable("table").parse(text))
    return _saved(document)


def document_of_tables(
    sheets: Sequence[tuple[str, Sequence[Sequence[str]]]], title: str, language: str
) -> bytes:
    """Sheets of a workbook under each other, each with its name; the first row is the heading of its table."""
    document = _new(title, language)
    widest = max((len(row) for _, rows in sheets for row in rows), default=0)
    if widest > 6:
        section = document.sections[0]
        section.page_width, section.page_height = section.page_height, section.page_width
        section.orientation = _landscape()
    for name, rows in sheets:
        document.add_heading(_clean(name) or "Blad", 1)
        _table(document, rows)
    return _saved(document)


def _new(title: str, language: str) -> Document:
    import docx
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt, RGBColor

    document = docx.Document()
    about = document.core_properties
    about.title, about.author, about.comments, about.language = _clean(title)[:250], "", "", language
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin = section.bottom_margin = Mm(25)
    for name, size in (("Normal", 11), ("Heading 1", 16), ("Heading 2", 13), ("Heading 3", 11.5)):
        style = document.styles[name]
        style.font.name, style.font.size = _FONT, Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in list(fonts.attrib):
            if "Theme" in attribute:
                del fonts.attrib[attribute]
        for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(kind), _FONT)
        if name != "Normal":
            style.font.color.rgb = RGBColor(0x1F, 0x1F, 0x1F)
            style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(12), Pt(4)
    document.styles["Normal"].paragraph_format.space_after = Pt(6)
    # The language of the defaults rules where a run says nothing.
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    if defaults is not None:
        said = defaults.find(qn("w:lang"))
        if said is None:
            said = OxmlElement("w:lang")
            defaults.append(said)
        said.set(qn("w:val"), language)
    return document


def _saved(document: Document) -> bytes:
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def _points(number: float) -> Any:
    from docx.shared import Pt

    return Pt(number)


def _landscape() -> Any:
    from docx.enum.section import WD_ORIENT

    return WD_ORIENT.LANDSCAPE


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)


def _lines(document: Document, text: str) -> None:
    """A paragraph for each block of lines, with line breaks between them; no empty paragraphs."""
    lines = _clean(text).expandtabs(8).splitlines()[:_LINES_AT_MOST]
    block: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            block.append(line.rstrip())
            continue
        if block:
            document.add_paragraph("\n".join(block))
            block = []


def _table(document: Document, rows: Sequence[Sequence[str]]) -> None:
    from docx.oxml import OxmlElement

    columns = max((len(row) for row in rows), default=0)
    if not columns:
        document.add_paragraph("Bladet är tomt.")
        return
    table = document.add_table(len(rows), columns)
    table.style = "Table Grid"
    for number, (row, line) in enumerate(zip(rows, table.rows, strict=True)):
        for cell, value in zip(line.cells, row, strict=False):
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = _points(0)
            run = paragraph.add_run(_clean(value))
            run.font.size = _points(9)
            run.bold = number == 0
            if value and not value.strip("-−0123456789 \u00a0,%"):
                paragraph.alignment = _right()
        if number == 0:
            line._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _right() -> Any:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    return WD_ALIGN_PARAGRAPH.RIGHT


def _size(size: int) -> str:
    if size < 1000:
        return f"{size} byte"
    return f"{round(size / 1000)} kB" if size < 1_000_000 else f"{size / 1e6:.1f} MB".replace(".", ",")


class _Markdown:
    """Writes the tokens of a Markdown text into a document."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._lists: list[str] = []
        self._level = 0
        self._rows: list[list[str]] = []

    def write(self, tokens: Sequence[Token]) -> None:
        """Every token in order."""
        for token in tokens:
            kind = token.type
            if kind in ("bullet_list_open", "ordered_list_open"):
                self._lists.append("List Bullet" if kind.startswith("bullet") else "List Number")
            elif kind in ("bullet_list_close", "ordered_list_close"):
                self._lists.pop()
            elif kind == "heading_open":
                self._level = min(int(token.tag[1]), 3)
            elif kind == "heading_close":
                self._level = 0
            elif kind in ("fence", "code_block"):
                run = self._document.add_paragraph().add_run(_clean(token.content.rstrip("\n")))
                run.font.name = "Consolas"
            elif kind == "html_block":
                self._document.add_paragraph(_clean(token.content.strip()))
            elif kind == "table_open":
                self._rows = []
            elif kind == "tr_open":
                self._rows.append([])
            elif kind == "table_close":
                _table(self._document, self._rows)
                self._rows = []
            elif kind == "inline":
                self._inline(token)

    def _inline(self, token: Token) -> None:
        if self._rows:
            self._rows[-1].append("".join(child.content for child in token.children or ()))
            return
        if self._level:
            paragraph = self._document.add_heading("", self._level)
        else:
            paragraph = self._document.add_paragraph(style=self._lists[-1] if self._lists else None)
        bold = italic = 0
        target = ""
        for child in token.children or ():
            kind = child.type
            if kind == "strong_open":
                bold += 1
            elif kind == "strong_close":
                bold -= 1
            elif kind == "em_open":
                italic += 1
            elif kind == "em_close":
                italic -= 1
            elif kind == "link_open":
                target = str(child.attrGet("href") or "")
            elif kind == "link_close":
                if target:
                    paragraph.add_run(_clean(f" ({target})"))
                target = ""
            elif kind in ("softbreak", "hardbreak"):
                paragraph.add_run(" " if kind == "softbreak" else "\n")
            elif child.content:
                run = paragraph.add_run(_clean(child.content))
                run.bold, run.italic = bold > 0 or None, italic > 0 or None
                target = "" if child.content == target else target
