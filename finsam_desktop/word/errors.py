"""What a template's author is told: what is wrong, in which part and paragraph, and at which tag."""

from __future__ import annotations


class TemplateError(Exception):
    """A fault in a template, or in a value given to it, that its author can find and mend.

    ``message`` is Swedish and complete on its own. ``part`` names the part ("brödtexten", "sidhuvudet"),
    ``paragraph`` is the number of the paragraph in that part counted from 1, ``where`` the same in words
    ("stycke 7", "tabell 2, rad 3, cell 1"), ``tag`` the tag as written, ``context`` the text around it.
    ``detail`` is for a technician.
    """

    def __init__(
        self,
        message: str,
        *,
        part: str = "",
        paragraph: int | None = None,
        where: str = "",
        tag: str = "",
        context: str = "",
        detail: str = "",
    ) -> None:
        super().__init__(message)
        self.message = message
        self.part = part
        self.paragraph = paragraph
        self.where = where
        self.tag = tag
        self.context = context
        self.detail = detail

    def __str__(self) -> str:
        place = ", ".join(part for part in (self.part, self.where) if part)
        text = self.message
        if place:
            text += f" Det gäller {place}"
            text += f": ”{self.context}”." if self.context else "."
        if self.tag and self.tag not in text:
            text += f" Taggen är {self.tag}"
        return text

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), self.__dict__))


def _rebuild(kind: type[TemplateError], attributes: dict[str, object]) -> TemplateError:
    error = kind(str(attributes["message"]))
    error.__dict__.update(attributes)
    return error


class UnsafeTemplate(TemplateError):
    """A file that is refused before its contents are used: a zip bomb, macros, a link to another machine …"""


class ValueFault(Exception):
    """A value that cannot stand in a Word file. Becomes a TemplateError with the tag's place."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
