"""What a Word file says: its paragraphs, tracked changes and comments, read so that no word is passed over.

A program that saved the file may have split runs, added spelling marks, wrapped text in content controls or moved it
into another part; none of that changes what is read here. Tracked changes are kept apart, so that the same file can be
read with any of them accepted or not. Numbers of pages are worked out by the program that shows them and are left out.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from finsam_desktop.word import names
from finsam_desktop.word.names import ID, VAL, w, whole
from finsam_desktop.word.package import read_package
from finsam_desktop.word.reading_comments import Comment, moment, read_comments
from finsam_desktop.word.relations import content_types, main_part, parse_xml, relations

BODY, TEXT_BOX, HEADER, FOOTER, FOOTNOTE, ENDNOTE = (
    "body",
    "textbox",
    "header",
    "footer",
    "footnotes",
    "endnotes",
)
_PARTS = {"header": HEADER, "footer": FOOTER, "footnotes": FOOTNOTE, "endnotes": ENDNOTE}

_INS, _DEL = {w("ins"), w("moveTo")}, {w("del"), w("moveFrom")}
_MOVES = {w("moveTo"), w("moveFrom")}
_FORMAT = {
    w(f"{name}Change") for name in ("rPr", "pPr", "tblPr", "trPr", "tcPr", "sectPr", "tblGrid", "numbering")
}
_SIGNS = {names.TAB: "\t", w("ptab"): "\t", names.BR: "\n", names.CR: "\n", names.NO_BREAK_HYPHEN: "-"}
_TEXT = {
    names.T,
    w("delText"),
    f"{{{names.A}}}t",
    "{http://schemas.openxmlformats.org/officeDocument/2006/math}t",
}
_COUNTED = re.compile(r"\s*(?:PAGE|NUMPAGES|PAGEREF|SECTIONPAGES|SECTION)\b", re.IGNORECASE)
"""Fields whose result is a number of pages."""
_PICTURES = {w("drawing"), w("pict"), w("object")}
_STRONG, _EMPHASIS = {"strong", "stark"}, {"emphasis", "betoning"}
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A tracked change: who made it and when, and the words it took away and put in. ``kind`` is "change", "move" or
    "format"; the last changes no words, and ``added`` then is the text whose look was changed."""

    number: int
    kind: str
    author: str
    at: datetime | None
    removed: str = ""
    added: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Text of one look. ``inserted`` and ``deleted`` are numbers of tracked changes, 0 for none."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""
    inserted: int = 0
    deleted: int = 0

    @property
    def look(self) -> tuple[bool, bool, str]:
        return self.bold, self.italic, self.link


@dataclass(frozen=True, slots=True, kw_only=True)
class WordParagraph:
    """One paragraph. ``part`` is where it stands, ``cell`` (table, row, column) in a table of the part, counted from 0.

    ``style`` is the style's name, ``bullets`` "" or the kind of list it stands in: "bullet" or "number".
    ``revisions`` and ``comments`` touch it, by number and id.
    """

    part: str
    runs: tuple[Run, ...]
    style: str = ""
    cell: tuple[int, int, int] | None = None
    bullets: str = ""
    level: int = 0
    outline: int = 0
    bookmarks: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    revisions: tuple[int, ...] = ()
    pictures: int = 0
    mark_inserted: int = 0
    mark_deleted: int = 0
    row_inserted: int = 0
    row_deleted: int = 0

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    @property
    def key(self) -> str:
        """The text as it is compared: without what a program may change by itself, such as kinds of spaces."""
        return plain(self.text)


def plain(text: str) -> str:
    """The text with every run of spaces as one, and without marks that are not seen."""
    return _SPACES.sub(" ", _INVISIBLE.sub("", text).replace("\u2011", "-")).strip()


@dataclass(frozen=True)
class WordText:
    """A whole file. ``lines`` are the paragraphs with all tracked changes in them; ``paragraphs`` gives a reading."""

    lines: tuple[WordParagraph, ...]
    revisions: tuple[Revision, ...]
    comments: tuple[Comment, ...]

    @cached_property
    def every(self) -> frozenset[int]:
        """The numbers of all tracked changes."""
        return frozenset(one.number for one in self.revisions)

    def paragraphs(self, rejected: Container[int] = frozenset()) -> tuple[WordParagraph, ...]:
        """The paragraphs that say something, as the file reads with every tracked change accepted but the rejected.

        ``rejected=self.every`` gives the original.
        """
        found: list[WordParagraph] = []
        waiting: WordParagraph | None = None
        for line in self.lines:
            if (line.row_inserted and line.row_inserted in rejected) or (
                line.row_deleted and line.row_deleted not in rejected
            ):
                continue
            if line.revisions:
                line = replace(line, runs=tuple(run for run in line.runs if _stands(run, rejected)))
            if waiting is not None and (waiting.part, waiting.cell) == (line.part, line.cell):
                line = _joined(waiting, line)
            elif waiting is not None:
                found.append(waiting)
            joins = (line.mark_inserted and line.mark_inserted in rejected) or (
                line.mark_deleted and line.mark_deleted not in rejected
            )
            waiting = line if joins else None
            if not joins:
                found.append(line)
        if waiting is not None:
            found.append(waiting)
        return tuple(one for one in found if one.key or one.pictures)


def _stands(run: Run, rejected: Container[int]) -> bool:
    if run.inserted and run.inserted in rejected:
        return False
    return not run.deleted or run.deleted in rejected


def _joined(first: WordParagraph, second: WordParagraph) -> WordParagraph:
    """Two paragraphs as one: the mark between them is gone. An empty one gives nothing but what is fixed to it."""
    look = second if not first.key and second.key else first
    return replace(
        look,
        runs=(*first.runs, *second.runs),
        bookmarks=(*first.bookmarks, *second.bookmarks),
        comments=tuple(dict.fromkeys((*first.comments, *second.comments))),
        revisions=tuple(dict.fromkeys((*first.revisions, *second.revisions))),
        pictures=first.pictures + second.pictures,
        mark_inserted=second.mark_inserted,
        mark_deleted=second.mark_deleted,
    )


def read_word(data: bytes, name: str = "filen") -> WordText:
    """Read a .docx file. UnsafeTemplate, naming ``name``, for what is no sound Word file or too large to be one."""
    parts = read_package(data, name).parts
    main = main_part(parts, content_types(parts), name)
    reader = _Reader(parts, main)
    reader.read(main, BODY)
    for relation in relations(parts, main):
        if relation.kind in _PARTS and relation.target in parts:
            reader.read(relation.target, _PARTS[relation.kind])
    known = frozenset(one for line in reader.lines for one in line.comments)
    return WordText(
        lines=tuple(reader.lines),
        revisions=tuple(_finished(one) for one in reader.revisions),
        comments=read_comments(parts, main, reader.quoted, known),
    )


@dataclass(slots=True)
class _Found:
    """A tracked change in the making."""

    number: int
    kind: str
    author: str
    at: datetime | None
    removed: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)


def _finished(found: _Found) -> Revision:
    return Revision(
        number=found.number, kind=found.kind, author=found.author, at=found.at,
        removed=plain("".join(found.removed)), added=plain("".join(found.added)),
    )  # fmt: skip


@dataclass(slots=True)
class _Line:
    """A paragraph being read. ``last`` is the tracked change that the text so far ended with."""

    runs: list[Run] = field(default_factory=list)
    bookmarks: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    revisions: list[int] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    pictures: int = 0
    last: _Found | None = None


@dataclass(frozen=True, slots=True)
class _Around:
    """What holds of the place being read: tracked changes and look."""

    inserted: int = 0
    deleted: int = 0
    link: str = ""


class _Reader:
    def __init__(self, parts: dict[str, bytes], main: str) -> None:
        self.lines: list[WordParagraph] = []
        self.revisions: list[_Found] = []
        self.quoted: dict[str, list[str]] = {}
        self._parts = parts
        self._styles = _style_names(parts, main)
        self._lists = _list_kinds(parts, main)
        self._tables = 0
        self._part, self._links = BODY, dict[str, str]()
        self._open_comments: list[str] = []
        self._fields: list[bool | None] = []

    def read(self, part: str, kind: str) -> None:
        root = parse_xml(self._parts[part], part)
        self._part = kind
        self._links = {one.id: one.target for one in relations(self._parts, part) if one.kind == "hyperlink"}
        self._fields, self._open_comments = [], []
        self._blocks(root, None, 0, 0)

    def _blocks(self, parent: Any, cell: tuple[int, int, int] | None, inserted: int, deleted: int) -> None:
        for child in _children(parent):
            if child.tag == names.P:
                self._paragraph(child, cell, inserted, deleted)
            elif child.tag == names.TBL:
                self._table(child)
            elif child.tag in (w("commentRangeStart"), w("commentRangeEnd")):
                self._comment_range(child, _Line())
            elif len(child) and child.tag != names.SECTPR:
                self._blocks(child, cell, inserted, deleted)

    def _table(self, table: Any) -> None:
        number = self._tables
        self._tables += 1
        for place, row in enumerate(_within(table, names.TR)):
            properties = row.find(names.TRPR)
            ins = self._of_mark(properties, w("ins"))
            gone = self._of_mark(properties, w("del"))
            for column, found in enumerate(_within(row, names.TC)):
                self._blocks(found, (number, place, column), ins, gone)

    def _of_mark(self, properties: Any, *tags: str) -> int:
        """The tracked change that put in or took away a row or a paragraph's mark; 0 without one."""
        for tag in tags:
            found = properties.find(tag) if properties is not None else None
            if found is not None:
                return self._revision(found, "move" if tag in _MOVES else "change", None).number
        return 0

    def _paragraph(
        self, element: Any, cell: tuple[int, int, int] | None, inserted: int, deleted: int
    ) -> None:
        line = _Line()
        properties = element.find(names.PPR)
        self._inside(element, line, _Around())
        self._format_changes(element, line)
        mark = properties.find(names.RPR) if properties is not None else None
        put = self._mark(mark, _INS, line)
        gone = self._mark(mark, _DEL, line)
        style = self._style(properties)
        bullets, level = self._list(properties, style)
        row = (inserted, deleted)
        self.lines.append(
            WordParagraph(
                part=self._part, runs=tuple(line.runs), style=style, cell=cell, bullets=bullets, level=level,
                outline=_outline(style), bookmarks=tuple(line.bookmarks),
                comments=tuple(dict.fromkeys((*self._open_comments, *line.comments))),
                revisions=tuple(dict.fromkeys((*line.revisions, *(n for n in row if n)))),
                pictures=line.pictures, mark_inserted=put, mark_deleted=gone,
                row_inserted=inserted, row_deleted=deleted,
            )
        )  # fmt: skip
        for box in line.boxes:
            part, self._part = self._part, TEXT_BOX
            self._blocks(box, None, inserted, deleted)
            self._part = part

    def _mark(self, properties: Any, tags: set[str], line: _Line) -> int:
        for child in properties if properties is not None else ():
            if child.tag in tags:
                found = self._revision(child, "move" if child.tag in _MOVES else "change", line)
                return found.number
        return 0

    def _revision(self, element: Any, kind: str, line: _Line | None) -> _Found:
        """The tracked change: the same as the one just before it in the paragraph when the same person made both."""
        author, at = element.get(w("author"), ""), moment(element.get(w("date")))
        last = line.last if line is not None else None
        if last is None or last.author != author or last.kind != kind:
            last = _Found(len(self.revisions) + 1, kind, author, at)
            self.revisions.append(last)
        if line is not None:
            line.last = last
            line.revisions.append(last.number)
        return last

    def _format_changes(self, element: Any, line: _Line) -> None:
        found = next((one for one in element.iter(*_FORMAT)), None)
        if found is not None:
            made = _Found(
                len(self.revisions) + 1, "format", found.get(w("author"), ""), moment(found.get(w("date")))
            )
            made.added.append("".join(run.text for run in line.runs))
            self.revisions.append(made)
            line.revisions.append(made.number)

    def _inside(self, parent: Any, line: _Line, around: _Around) -> None:
        for child in _children(parent):
            tag = child.tag
            if tag == names.RUN:
                self._run(child, line, around)
            elif tag in _INS or tag in _DEL:
                made = self._revision(child, "move" if tag in _MOVES else "change", line)
                now = (
                    replace(around, inserted=made.number)
                    if tag in _INS
                    else replace(around, deleted=made.number)
                )
                self._inside(child, line, now)
            elif tag == w("hyperlink"):
                target = self._links.get(child.get(f"{{{names.R}}}id", ""), "")
                self._inside(child, line, replace(around, link=target or f"#{child.get(w('anchor'), '')}"))
            elif tag == w("fldSimple"):
                if not _COUNTED.match(child.get(w("instr"), "")):
                    self._inside(child, line, around)
            elif tag == w("bookmarkStart"):
                line.bookmarks.append(child.get(w("name"), ""))
            elif tag in (w("commentRangeStart"), w("commentRangeEnd")):
                self._comment_range(child, line)
            elif tag in _TEXT:
                self._text(child.text or "", line, (False, False), around)
            elif tag != names.PPR and len(child):
                self._inside(child, line, around)

    def _comment_range(self, element: Any, line: _Line) -> None:
        number = element.get(ID, "")
        if element.tag == w("commentRangeStart"):
            self._open_comments.append(number)
            line.comments.append(number)
        elif number in self._open_comments:
            self._open_comments.remove(number)
            line.comments.append(number)

    def _run(self, element: Any, line: _Line, around: _Around) -> None:
        look = self._look(element.find(names.RPR))
        for child in _children(element):
            tag = child.tag
            if tag in _TEXT:
                self._text(child.text or "", line, look, around)
            elif tag in _SIGNS:
                self._text(_SIGNS[tag], line, look, around)
            elif tag == w("sym"):
                code = child.get(w("char"), "")
                self._text(
                    chr(int(code, 16)) if re.fullmatch("[0-9A-Fa-f]{4}", code) else "", line, look, around
                )
            elif tag == w("fldChar"):
                self._field(child.get(w("fldCharType"), ""))
            elif tag == names.INSTR:
                self._instruction(child.text or "")
            elif tag == w("commentReference"):
                line.comments.append(child.get(ID, ""))
            elif tag != names.RPR:
                self._drawn(child, line)

    def _drawn(self, element: Any, line: _Line) -> None:
        """A picture, or a text box, whose paragraphs are read by themselves."""
        boxes = list(_outer(element, w("txbxContent")))
        line.boxes += boxes
        if element.tag in _PICTURES and not boxes:
            line.pictures += 1

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(None)
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _instruction(self, text: str) -> None:
        if self._fields and self._fields[-1] is None and text.strip():
            self._fields[-1] = bool(_COUNTED.match(text))

    def _text(self, text: str, line: _Line, look: tuple[bool, bool], around: _Around) -> None:
        if not text or any(counted is True for counted in self._fields):
            return
        if around.inserted or around.deleted:
            made = self.revisions[max(around.inserted, around.deleted) - 1]
            (made.removed if around.deleted else made.added).append(text)
        else:
            line.last = None
            for number in self._open_comments:
                self.quoted.setdefault(number, []).append(text)
        if around.inserted and not around.deleted:
            for number in self._open_comments:
                self.quoted.setdefault(number, []).append(text)
        bold, italic = look
        line.runs.append(
            Run(
                text=text,
                bold=bold,
                italic=italic,
                link=around.link,
                inserted=around.inserted,
                deleted=around.deleted,
            )
        )

    def _look(self, properties: Any) -> tuple[bool, bool]:
        if properties is None:
            return False, False
        style = properties.find(w("rStyle"))
        name = self._styles.get(style.get(VAL, ""), "") if style is not None else ""
        bold = _is_on(properties.find(w("b"))) or name in _STRONG or name.endswith("strong emphasis")
        italic = _is_on(properties.find(w("i"))) or name in _EMPHASIS
        return bold, italic

    def _style(self, properties: Any) -> str:
        style = properties.find(w("pStyle")) if properties is not None else None
        return self._styles.get(style.get(VAL, ""), "") if style is not None else ""

    def _list(self, properties: Any, style: str) -> tuple[str, int]:
        numbered = properties.find(w("numPr")) if properties is not None else None
        number = numbered.find(w("numId")) if numbered is not None else None
        depth = numbered.find(w("ilvl")) if numbered is not None else None
        level = whole(depth.get(VAL)) if depth is not None else 0
        if number is not None:
            return self._lists.get((number.get(VAL, ""), str(level)), ""), level
        if "list bullet" in style or "punktlista" in style:
            return "bullet", 0
        return ("number", 0) if "list number" in style or "numrerad" in style else ("", 0)


def _children(parent: Any) -> Iterator[Any]:
    """The elements inside, with one of the forms where a file gives several of the same thing."""
    for child in parent:
        if not isinstance(child.tag, str):
            continue
        if child.tag == f"{{{names.MC}}}AlternateContent":
            form = next(iter(child), None)
            if form is not None:
                yield from _children(form)
        else:
            yield child


def _within(parent: Any, tag: str) -> Iterator[Any]:
    """Rows of a table or cells of a row, also those inside content controls; not those of a table inside."""
    for child in _children(parent):
        if child.tag == tag:
            yield child
        elif child.tag not in (names.TBL, names.TR, names.TC, names.P):
            yield from _within(child, tag)


def _outer(element: Any, tag: str) -> Iterator[Any]:
    if element.tag == tag:
        yield element
        return
    for child in _children(element):
        yield from _outer(child, tag)


def _is_on(element: Any) -> bool:
    return element is not None and element.get(VAL, "1") not in ("0", "false", "off")


def _outline(style: str) -> int:
    found = re.fullmatch(r"(?:heading|rubrik) (\d)", style)
    return int(found[1]) if found else 0


def _part_of(parts: dict[str, bytes], main: str, kind: str) -> Any:
    target = next((one.target for one in relations(parts, main) if one.kind == kind), "")
    return parse_xml(parts[target], target) if target in parts else None


def _style_names(parts: dict[str, bytes], main: str) -> dict[str, str]:
    root = _part_of(parts, main, "styles")
    found = {}
    for style in root.iter(w("style")) if root is not None else ():
        name = style.find(w("name"))
        found[style.get(w("styleId"), "")] = (name.get(VAL, "") if name is not None else "").lower()
    return found


def _list_kinds(parts: dict[str, bytes], main: str) -> dict[tuple[str, str], str]:
    """ "bullet" or "number" by a list's number and level."""
    root = _part_of(parts, main, "numbering")
    if root is None:
        return {}
    levels: dict[str, dict[str, str]] = {}
    for abstract in root.iter(w("abstractNum")):
        kinds = levels.setdefault(abstract.get(w("abstractNumId"), ""), {})
        for level in abstract.iter(w("lvl")):
            form = level.find(w("numFmt"))
            value = form.get(VAL, "") if form is not None else "decimal"
            kinds[level.get(w("ilvl"), "0")] = {"bullet": "bullet", "none": ""}.get(value, "number")
    found = {}
    for num in root.iter(w("num")):
        link = num.find(w("abstractNumId"))
        for level_name, kind in levels.get(link.get(VAL, "") if link is not None else "", {}).items():
            found[num.get(w("numId"), ""), level_name] = kind
    return found
