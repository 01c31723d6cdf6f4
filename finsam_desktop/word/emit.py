"""What each kind of value becomes where a tag prints it. The door between Jinja and the document being made."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from jinja2.runtime import Undefined
from markupsafe import Markup

from finsam_desktop.word import escape
from finsam_desktop.word.errors import ValueFault
from finsam_desktop.word.escape import Xml, text
from finsam_desktop.word.values import (
    Anchor,
    Chart,
    Link,
    Markdown,
    NoBreakHyphens,
    PageBreak,
    PageReference,
    Paragraph,
    Picture,
    RichText,
    Span,
    Table,
)
from finsam_desktop.word.work import current

if TYPE_CHECKING:
    from finsam_desktop.word.work import Work

RUN_OPEN, RUN_CLOSE = "\ufde0", "\ufde1"  # around runs printed inside a run; opened up by finish.unfold_runs
_INLINE = (RichText, Span, Link, Anchor, PageReference, Picture)
_BLOCKS = (Markdown, Table, Chart, Paragraph)


def emit(value: object) -> str:
    """The XML of a value printed by ``{{ }}`` inside ``w:t``."""
    if type(value) is str:
        return text(value)
    if type(value) is int:
        return str(value)
    return _emit_other(value)


def _emit_other(value: object) -> str:
    if isinstance(value, Markup):
        return value if isinstance(value, Xml) else Markup(value)
    if value is None:
        _note_nothing()
        return ""
    if isinstance(value, NoBreakHyphens):
        return escape.text(value.text).replace("-", escape.HYPHEN)
    if isinstance(value, _INLINE):
        work = current()
        work.folded = True
        return f"{RUN_OPEN}{_runs_xml(value, work, '')}{RUN_CLOSE}"
    if isinstance(value, PageBreak):
        return '</w:t><w:br w:type="page"/><w:t xml:space="preserve">'
    if isinstance(value, _BLOCKS):
        raise ValueFault("Värdet är hela stycken. Skriv {{p …}} ensamt i ett stycke i stället för {{ … }}.")
    if isinstance(value, list | tuple | set | Iterator):
        raise ValueFault(
            "Värdet är en lista. Skriv en for-slinga runt taggen, eller {{p …}} ensamt i ett stycke."
        )
    if isinstance(value, dict):
        raise ValueFault("Värdet har flera delfält. Skriv vilket som menas, till exempel {{ mote.datum }}.")
    if callable(value) and not isinstance(value, Undefined):
        raise ValueFault(
            "Det här är ingen text utan något som ska anropas. Skriv () efter, eller kontrollera fältets namn."
        )
    return escape.text(str(value))


def _note_nothing() -> None:
    """Remember the line of the template that printed a field without a value; docxtpl would print "None" there."""
    frame = sys._getframe(2)
    while (before := frame.f_back) is not None and "__jinja_template__" not in frame.f_globals:
        frame = before
    current().without_value.append(frame.f_lineno)


def _as_text(value: object) -> str:
    if value is None:
        _note_nothing()
        return ""
    if isinstance(value, Undefined):
        return str(value)
    if isinstance(value, Markup):
        return str(value.striptags()) if "<" in value else str(value.unescape())
    if isinstance(value, NoBreakHyphens | Link | Anchor | Span):
        return value.text
    if isinstance(value, RichText):
        return "".join(_as_text(part) for part in value.parts)
    if isinstance(value, _BLOCKS + (Picture, PageReference, PageBreak)):
        raise ValueFault("Här kan bara vanlig text stå.")
    return str(value)


def in_element(value: object) -> Xml:
    """Filter for properties and charts: escaped text, no elements."""
    return Xml(escape.plain(_as_text(value)))


def in_attribute(value: object) -> Xml:
    """Filter for attributes: alternative texts, tooltips."""
    return Xml(escape.attribute(_as_text(value)))


def in_field(value: object) -> Xml:
    """Filter for field codes. Quotation marks and backslashes would change the code, so they are refused."""
    code = _as_text(value)
    if any(mark in code for mark in '"\\\n\r{}'):
        raise ValueFault(
            f"Texten ”{code[:60]}” kan inte stå i en fältkod: den har citattecken, snedstreck eller radbrytning."
        )
    return Xml(escape.plain(code))


def in_target(value: object) -> Xml:
    """Filter for a hyperlink's address in the template's relationships."""
    from finsam_desktop.word.rich import safe_target

    return Xml(escape.attribute(safe_target(_as_text(value))))


def colour(value: object) -> Xml:
    """Filter for ``{% cellbg %}``: RRGGBB, with or without #, or nothing."""
    code = "" if value is None else _as_text(value).strip().lstrip("#")
    if code in ("", "auto"):
        return Xml("auto")
    if len(code) != 6 or any(char not in "0123456789abcdefABCDEF" for char in code):
        raise ValueFault(f"”{code[:40]}” är inte en färg. Skriv sex tecken, som D5DCE0.")
    return Xml(code.upper())


def count(value: object) -> Xml:
    """Filter for ``{% colspan %}``: a whole number from 1 to 63."""
    try:
        number = int(value)  # type: ignore[call-overload]
    except (TypeError, ValueError):
        raise ValueFault(f"colspan ska vara ett heltal, inte ”{str(value)[:40]}”.") from None
    if not 1 <= number <= 63:
        raise ValueFault(f"colspan ska vara mellan 1 och 63, inte {number}.")
    return Xml(str(number))


def runs(value: object, look: int) -> Xml:
    """Filter for ``{{r x}}``: whole runs. ``look`` is the number of the run's properties in the part."""
    work = current()
    return Xml(_runs_xml(value, work, work.looks[look]))


def _runs_xml(value: object, work: Work, rpr: str) -> str:
    from finsam_desktop.word.rich import runs_xml

    if value is None:
        _note_nothing()
        return ""
    if isinstance(value, _BLOCKS):
        raise ValueFault("Värdet är hela stycken. Skriv {{p …}} ensamt i ett stycke i stället för {{r …}}.")
    if isinstance(value, Markup):
        return f'<w:r>{rpr}<w:t xml:space="preserve">{value}</w:t></w:r>'
    return runs_xml(value, work, rpr)


def block(value: object, place: int) -> Xml:
    """Filter for ``{{p x}}``: whole paragraphs and tables. ``place`` is the number of the replaced paragraph's look."""
    from finsam_desktop.word.blocks import blocks_xml

    work = current()
    return Xml(blocks_xml(value, work, work.places[place]))


def fresh(key: str) -> Xml:
    """Filter: a new number for something repeated in a loop (bookmark, drawing); remembered until the next
    ``fresh``."""
    return Xml(str(current().fresh(key)))


def same(key: str) -> Xml:
    """Filter: the number that ``fresh`` gave last."""
    return Xml(str(current().same(key)))


def renamed(name: str) -> Xml:
    """Filter: a bookmark's name in a loop, made unique from the second time."""
    return Xml(escape.attribute(current().bookmark_name(name)))


def first(key: str) -> bool:
    """Filter: whether this is the first time in this document."""
    return current().first(key)


def restart(key: str) -> Xml:
    """Filter: the next list paragraph with this key begins a new list. Prints nothing."""
    current().restart(key)
    return Xml("")


def list_number(key: str, num_id: int) -> Xml:
    """Filter: the number of the list now going on under the key; the template's own for the first list."""
    return Xml(str(current().list_number(key, num_id)))


def no_break_hyphen(value: object) -> Any:
    """Filter for templates: ``{{ datum|nobreakhyphen }}`` never breaks a line at its hyphens."""
    return NoBreakHyphens(_as_text(value)) if not isinstance(value, Undefined) else value


def swedish_number(value: object, decimals: int = 0) -> object:
    """Filter for templates: 12635.5 as 12 635,5 with non-breaking space and a real minus sign."""
    from finsam_desktop.word.numbers import swedish

    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return swedish(value, decimals)
    return value


FILTERS: dict[str, Callable[..., Any]] = {
    "_element": in_element,
    "_attribute": in_attribute,
    "_field": in_field,
    "_target": in_target,
    "_colour": colour,
    "_count": count,
    "_runs": runs,
    "_block": block,
    "_fresh": fresh,
    "_same": same,
    "_renamed": renamed,
    "_first": first,
    "_restart": restart,
    "_list": list_number,
    "nobreakhyphen": no_break_hyphen,
    "tal": swedish_number,
}
