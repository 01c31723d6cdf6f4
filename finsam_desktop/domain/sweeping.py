"""Every text of a value changed by one function, wherever it stands: a field that is added later is reached too."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date, time
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import Any, TypeVar

from finsam_desktop.domain.agenda import Attachment
from finsam_desktop.domain.association import Letterhead, WordTemplateFile
from finsam_desktop.domain.figures import FigureSource
from finsam_desktop.domain.meeting import Seal, SealedPart, StoredFile

NOT_TEXT: Mapping[type, frozenset[str]] = {
    Attachment: frozenset(("sha256",)),
    FigureSource: frozenset(("sha256",)),
    Letterhead: frozenset(("logo", "accent")),
    Seal: frozenset(("sha256",)),
    SealedPart: frozenset(("sha256",)),
    StoredFile: frozenset(("sha256",)),
    WordTemplateFile: frozenset(("sha256", "document")),
}
"""The fields that hold no words: names of stored contents, a colour, and which document a template is of."""

Where = tuple[object, str]
"""The value that a text stands in and the name of its field: of the innermost item, attachment, meeting …"""

T = TypeVar("T")


def ids_of(value: object) -> frozenset[str]:
    """Every id in the value: what stands in a field called ``id``."""
    return frozenset(_ids(value))


def _ids(value: object) -> Iterator[str]:
    if isinstance(value, tuple):
        for one in value:
            yield from _ids(one)
    elif is_dataclass(value) and not isinstance(value, type):
        for name in _names(type(value)):
            inner = getattr(value, name)
            if name == "id" and isinstance(inner, str) and inner:
                yield inner
            elif not isinstance(inner, str):
                yield from _ids(inner)


class Sweep:
    """Walks a value and changes its texts.

    ``text`` is given each text and where it stands; ``part`` may exchange a whole dataclass before it is walked.
    ``owners`` are the kinds of value that a place is named after. A text that is one of ``ids`` becomes what it says
    there, so that what belongs together still does.
    TypeError for a kind of value that is unknown here: nothing is passed over in silence.
    """

    def __init__(
        self,
        text: Callable[[str, Where], str],
        part: Callable[[Any, Where], Any],
        owners: tuple[type, ...],
        ids: Mapping[str, str],
    ) -> None:
        self._text, self._part, self._owners, self._ids = text, part, owners, ids

    def of(self, value: T, where: Where = (None, "")) -> T:
        """The value with its texts changed; itself when none was."""
        changed: Any = self._of(value, where)
        return changed  # type: ignore[no-any-return]

    def _of(self, value: Any, where: Where) -> Any:
        if type(value) is str:
            return self._ids[value] if value in self._ids else self._text(value, where)
        if isinstance(value, tuple):
            inner = tuple(self._of(one, where) for one in value)
            return value if all(a is b for a, b in zip(inner, value, strict=True)) else inner
        if is_dataclass(value) and not isinstance(value, type):
            return self._fields(self._part(value, where), where)
        if value is None or isinstance(value, int | Decimal | date | time | Enum):
            return value
        raise TypeError(f"{type(value).__name__} cannot be made public")

    def _fields(self, value: Any, where: Where) -> Any:
        kind: type = type(value)
        left = NOT_TEXT.get(kind, frozenset())
        owner = isinstance(value, self._owners)
        new = {}
        for name in _names(kind):
            old = getattr(value, name)
            if name not in left:
                changed = self._of(old, (value, name) if owner else where)
                if changed is not old:
                    new[name] = changed
        return replace(value, **new) if new else value


@lru_cache(maxsize=256)
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))
