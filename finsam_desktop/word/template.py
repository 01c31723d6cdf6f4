"""A Word template: read and checked once, rendered many times."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from jinja2.exceptions import SecurityError, UndefinedError
from jinja2.exceptions import TemplateError as JinjaError
from markupsafe import Markup

from finsam_desktop.word import finish, safety
from finsam_desktop.word.assemble import assemble
from finsam_desktop.word.compile import CompiledPart, Kind, compile_part
from finsam_desktop.word.emit import FILTERS, emit
from finsam_desktop.word.errors import TemplateError, ValueFault
from finsam_desktop.word.numbering import Numbering
from finsam_desktop.word.package import Chunks, Package, read_bytes, read_package
from finsam_desktop.word.places import header_kinds, part_word
from finsam_desktop.word.relations import content_types, main_part
from finsam_desktop.word.sandbox import WordEnvironment, start_render
from finsam_desktop.word.styles import Styles
from finsam_desktop.word.syntax import swedish
from finsam_desktop.word.values import VALUE_TYPES
from finsam_desktop.word.work import Work, begin

_WORD_TYPES = ("header+xml", "footer+xml", "footnotes+xml", "endnotes+xml", "comments+xml")
_PROPERTY_TYPES = ("core-properties+xml", "custom-properties+xml", "extended-properties+xml")
_DRAWING_TYPES = ("drawingml.chart+xml", "drawingml.diagramData+xml")
_PLAIN = frozenset((str, int, float, bool, type(None), Decimal, date, datetime, time, timedelta)) | frozenset(
    VALUE_TYPES
)
_INSTEAD = {
    "RichText": "RichText eller Markdown ur finsam_desktop.word",
    "RichTextParagraph": "Markdown eller Paragraph ur finsam_desktop.word",
    "Listing": "vanlig text",
    "InlineImage": "Picture ur finsam_desktop.word",
    "Subdoc": "Markdown, Table, Paragraph eller en lista av dem i {{p …}}",
}
_DEEPEST = 50
_CACHE_SIZE = 16
_BATCH = 2_000

_environment: WordEnvironment | None = None
_cache: OrderedDict[bytes, _Compiled] = OrderedDict()
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Rendered:
    """A document and what its maker should know about it, in Swedish."""

    docx: bytes
    warnings: tuple[str, ...]


@dataclass(slots=True)
class _Compiled:
    package: Package
    types: dict[str, str]
    main: str
    parts: list[CompiledPart]
    styles: Styles
    numbering: Numbering


class WordTemplate:
    """A .docx with Jinja tags. Compiled at once, so a broken template is told before anything is rendered.

    ``source`` is a path or the file's bytes. Raises TemplateError (UnsafeTemplate for a file that is refused unopened).
    The same bytes are compiled once per process.
    """

    def __init__(self, source: str | Path | bytes) -> None:
        data, self.name = read_bytes(source)
        self._compiled = _compiled(data, self.name)

    def render(self, context: Mapping[str, object]) -> bytes:
        """The finished .docx. The same template and context give the same bytes.

        Raises TemplateError for a missing field, a value that cannot stand in a document, or any other fault.
        """
        return self.render_with_warnings(context).docx

    def render_with_warnings(self, context: Mapping[str, object]) -> Rendered:
        """As ``render``, with warnings beside the document."""
        compiled = self._compiled
        values = plain(context)
        work = Work(compiled.styles.copy(), compiled.numbering.copy())
        work.taken_names = {name.lower() for name in compiled.package.parts}
        begin(work)
        start_render(list(values))
        try:
            rendered = {part.name: _render_part(part, values, work) for part in compiled.parts}
            work.warnings.extend(warning for part in compiled.parts for warning in part.warnings)
            docx = assemble(compiled.package, compiled.types, compiled.main, rendered, work)
        finally:
            begin(None)
        return Rendered(docx, tuple(dict.fromkeys(work.warnings)))

    def part_name(self, word: str) -> str:
        """The part that errors call by this word ("sidhuvudet"); "" if it has no tags."""
        return next((part.name for part in self._compiled.parts if part.word == word), "")

    def fields(self) -> set[str]:
        """The fields the template reads, dotted: ``meeting.date``, and ``items[].title`` for what a loop reads."""
        from finsam_desktop.word.fields import fields_of

        found: set[str] = set()
        for part in self._compiled.parts:
            found.update(fields_of(environment().parse(part.source)))
        return found


def environment() -> WordEnvironment:
    """The one environment all templates run in."""
    global _environment
    if _environment is None:
        _environment = WordEnvironment(emit, FILTERS)
    return _environment


def _compiled(data: bytes, name: str) -> _Compiled:
    key = hashlib.sha256(data).digest()
    with _lock:
        found = _cache.get(key)
        if found is not None:
            _cache.move_to_end(key)
            return found
    made = _compile(data, name)
    with _lock:
        _cache[key] = made
        while len(_cache) > _CACHE_SIZE:
            _cache.popitem(last=False)
    return made


def _compile(data: bytes, name: str) -> _Compiled:
    package = read_package(data, name)
    types = content_types(package.parts)
    main = main_part(package.parts, types, name)
    safety.refuse(package, types, name)
    styles = Styles(package.parts, main)
    numbering = Numbering(package.parts, main)
    found = renderable(package.parts, types, main)
    heads = any(types.get(part_name, "").endswith(("header+xml", "footer+xml")) for part_name, _ in found)
    kinds = header_kinds(package.parts, main) if heads else {}
    compiled = (
        compile_part(
            part_name,
            package.parts[part_name],
            kind,
            environment(),
            word=part_word(part_name, kinds),
            numbered=numbering,
        )
        for part_name, kind in found
    )
    parts = [part for part in compiled if part is not None]
    return _Compiled(package, types, main, parts, styles, numbering)


def renderable(parts: dict[str, bytes], types: dict[str, str], main: str) -> list[tuple[str, Kind]]:
    """The parts that may hold tags, the body first, and how each is read."""
    found: list[tuple[str, Kind]] = [(main, "word")]
    for name, kind in types.items():
        if name == main or b"{" not in parts[name]:
            if name.endswith(".rels") and b"%7B" in parts[name]:
                found.append((name, "rels"))
            continue
        if kind.endswith(_WORD_TYPES):
            found.append((name, "word"))
        elif kind.endswith(_PROPERTY_TYPES):
            found.append((name, "properties"))
        elif kind.endswith(_DRAWING_TYPES):
            found.append((name, "drawing"))
        elif name.endswith(".rels"):
            found.append((name, "rels"))
    return found


def plain(context: Mapping[str, object]) -> dict[str, Any]:
    """The context, seen to be plain data. Raises TemplateError naming a field that is not."""
    values = {str(name): value for name, value in context.items()}
    _check_plain(values, "", 0)
    return values


def _check_plain(value: Any, path: str, depth: int) -> None:
    kind = type(value)
    if kind in _PLAIN:
        return
    if depth > _DEEPEST:
        raise TemplateError(f"Fältet {path[:60]} har för många nivåer.")
    if kind is dict:
        for name, inner in value.items():
            if type(inner) not in _PLAIN:
                _check_plain(inner, f"{path}.{name}" if path else str(name), depth + 1)
    elif kind is list or kind is tuple:
        for inner in value:
            if type(inner) not in _PLAIN:
                _check_plain(inner, f"{path}[]", depth + 1)
    elif isinstance(value, Markup) or not isinstance(value, str | int | float):
        if kind.__module__.partition(".")[0] == "docxtpl":
            instead = _INSTEAD.get(kind.__name__, "värden ur finsam_desktop.word")
            raise TemplateError(
                f"Fältet {path} har ett värde från docxtpl ({kind.__name__}). Använd {instead} i stället."
            )
        raise TemplateError(
            f"Fältet {path} har ett värde av ett slag som en mall inte kan ta emot ({kind.__name__})."
        )


def _render_part(part: CompiledPart, values: dict[str, Any], work: Work) -> Chunks:
    """The part's XML in pieces of some hundred kilobytes: a long document is never whole in memory as text."""
    work.part = part.name.replace("_rels/", "").removesuffix(".rels") if part.kind == "rels" else part.name
    work.looks, work.places, work.folded, work.linked = part.looks, part.places, False, False
    work.without_value = []
    template = part.template
    chunks: list[bytes] = []
    try:
        pieces = template.root_render_func(template.new_context(values))
        while batch := list(islice(pieces, _BATCH)):
            chunks.append("".join(batch).encode("utf-8"))
    except _FAULTS as error:
        raise part.fault(_told(error), _line(error, part), _detail(error)) from None
    work.warnings.extend(_without_value(part, work))
    if any(b"{_" in chunk or b"_}" in chunk for chunk in chunks):
        work.warnings.extend(_masked_braces(chunks))
    if work.folded or work.linked or part.has_captions or (part.may_be_emptied and part.kind == "word"):
        chunks = [_mended(b"".join(chunks).decode("utf-8"), part, work).encode("utf-8")]
    complaint = finish.complaint(chunks)
    if complaint:
        message = "Dokumentet blev inte helt: ett block i mallen börjar på en nivå och slutar på en annan."
        raise TemplateError(message, part=part.word, detail=complaint)
    return tuple(chunks)


def _masked_braces(chunks: list[bytes]) -> Iterator[str]:
    """What docxtpl takes for braces. The template's own are braces by now, so these stand in values."""
    if any(mark in chunk for mark in (b"{_{", b"}_}", b"{_%", b"%_}") for chunk in chunks):
        yield "En text innehåller {_{, }_}, {_% eller %_} och skrivs precis så."


def _without_value(part: CompiledPart, work: Work) -> Iterator[str]:
    """Where a field without a value was printed, once for each tag."""
    lines = {part.template.get_corresponding_lineno(line) for line in work.without_value}
    for line in sorted(lines):
        yield str(part.fault("Fältet har inget värde, så inget skrevs.", line))


def _mended(xml: str, part: CompiledPart, work: Work) -> str:
    """What can only be put right when the part is seen whole."""
    if work.folded:
        xml = finish.unfold_runs(xml)
    if work.linked and finish.has_nested_links(xml):
        message = "En länk skrivs inuti en annan länk. Ta bort länken runt taggen i mallen."
        raise TemplateError(message, part=part.word)
    if part.may_be_emptied and part.kind == "word":
        xml = finish.repair(xml)
    if part.has_captions:
        from finsam_desktop.word.captions import renumbered

        xml = renumbered(xml)
    return xml


_FAULTS = (
    ValueFault,
    TemplateError,
    JinjaError,
    RuntimeError,
    AssertionError,  # Jinja's |truncate raises it for a length below 3
    MemoryError,
    TypeError,
    ValueError,
    ArithmeticError,
    LookupError,
    AttributeError,
)


def _told(error: BaseException) -> str:
    """What went wrong in a tag, in Swedish."""
    text = str(error)
    if isinstance(error, ValueFault | TemplateError | UndefinedError):
        return error.message or "Ett fält saknas."
    if isinstance(error, SecurityError):
        return f"Taggen är inte tillåten. {text}"
    if isinstance(error, JinjaError):
        return swedish(text)
    if isinstance(error, RecursionError):
        return "Mallen anropar sig själv utan slut."
    if isinstance(error, MemoryError | OverflowError):
        return "Uttrycket ger orimligt mycket text eller ett orimligt stort tal."
    if "not iterable" in text:
        return "Slingan ska gå igenom en lista, men fältet är ingen lista."
    return "Taggen går inte att räkna ut med det värde som fältet har."


def _detail(error: BaseException) -> str:
    return error.detail if isinstance(error, TemplateError) else str(error)


def _line(error: BaseException, part: CompiledPart) -> int | None:
    """The line of the part's source where the error arose."""
    line = None
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_globals.get("__jinja_template__") is part.template:
            line = part.template.get_corresponding_lineno(trace.tb_lineno)
        trace = trace.tb_next
    return line
