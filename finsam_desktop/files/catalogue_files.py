"""Item templates in files: read `templates/items/*.toml`, and write one to share with another association."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from finsam_desktop import paths
from finsam_desktop.domain.association import Role
from finsam_desktop.domain.catalogue import Frame, ItemTemplate, ItemType
from finsam_desktop.domain.meeting import MeetingKind
from finsam_desktop.errors import UserError
from finsam_desktop.toml_text import read_toml

_Choice = TypeVar("_Choice", bound=StrEnum)

_TEXTS = ("id", "title", "summary", "lead", "presenter_role", "deadline", "minutes_text", "type", "frame")
_LISTS = ("clauses", "basis", "recipients", "keywords", "meeting_kinds")
_NUMBERS = ("minutes", "order")
KEYS = (*_TEXTS, *_LISTS, *_NUMBERS, "months")
"""Every key an [[item]] may have. Not ``own``: that says that a template lives in the association."""

_KINDS_OF_VALUE = {
    **dict.fromkeys(_TEXTS, "en text inom citattecken"),
    **dict.fromkeys(_LISTS, "en lista med texter"),
    **dict.fromkeys(_NUMBERS, "ett heltal"),
    "months": "en lista med månadsnummer, 1–12",
}


@cache
def standard_templates() -> tuple[ItemTemplate, ...]:
    """The templates that come with the program; read once."""
    return load_templates(paths.templates() / "items")


def load_templates(folder: Path) -> tuple[ItemTemplate, ...]:
    """Every template in the folder's .toml files, by file name and then in the file's order.

    UserError names file and line: unreadable file, broken TOML, unknown key (with the nearest known), wrong
    kind of value, missing id or title, an id used twice.
    """
    try:
        files = sorted(path for path in folder.iterdir() if path.suffix.lower() == ".toml")
    except OSError as error:
        raise UserError(
            f"Mappen med ärendemallar, {folder}, går inte att läsa.",
            advice="Kontrollera att mappen finns. Installera om programmet om den saknas.",
            detail=str(error),
        ) from error
    found: dict[str, tuple[ItemTemplate, str]] = {}
    for path in files:
        for template, line in _read(path):
            if template.id in found:
                raise UserError(
                    f"{path.name}, rad {line}: mallen {template.id} finns redan i {found[template.id][1]}.",
                    advice="Ge den ena mallen ett annat id.",
                )
            found[template.id] = (template, path.name)
    return tuple(template for template, _ in found.values())


def save_template(template: ItemTemplate, path: Path) -> None:
    """Write one template as a .toml file that ``load_templates`` reads. UserError when that fails."""
    import tomli_w

    from finsam_desktop.storage.safewrite import write_file

    values: dict[str, Any] = {}
    for key in KEYS:
        value = getattr(template, key)
        if isinstance(value, tuple):
            value = list(value)
        if value is not None and value != "" and value != [] and not (key == "order" and value == 0):
            values[key] = str(value) if isinstance(value, StrEnum) else value
    write_file(path, tomli_w.dumps({"item": [values]}, multiline_strings=False).encode())


def _read(path: Path) -> list[tuple[ItemTemplate, int]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
        data = read_toml(text.replace("\r\n", "\n"))
    except OSError as error:
        raise UserError(
            f"Filen {path.name} går inte att läsa.",
            advice="Kontrollera att du får läsa filen.",
            detail=str(error),
        ) from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise UserError(
            f"{path.name}, rad {line}: filen är inte sparad som UTF-8.",
            advice="Öppna filen i en texteditor och spara den som UTF-8.",
            detail=str(error),
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise UserError(
            f"{path.name}, rad {_line_of(error, text)}: filen följer inte TOML-formatet.",
            advice="Se efter om det saknas ett citattecken, ett likhetstecken eller en hakparentes på raden.",
            detail=str(error),
        ) from error
    return _Lines(path.name, text).templates(data)


def _line_of(error: tomllib.TOMLDecodeError, text: str) -> int:
    place = re.search(r"line (\d+)", str(error))
    return int(place[1]) if place else len(text.splitlines())


class _Lines:
    """A file's templates, with the line of every key for the messages."""

    def __init__(self, name: str, text: str) -> None:
        self._name = name
        self._lines = text.splitlines()
        self._heads = [
            number
            for number, line in enumerate(self._lines, start=1)
            if re.match(r"\s*\[\[\s*item\s*\]\]", line)
        ]

    def templates(self, data: Mapping[str, Any]) -> list[tuple[ItemTemplate, int]]:
        for key in data:
            if key != "item":
                raise self._error(
                    self._line(key, 1, len(self._lines) + 1),
                    f"{key} är okänt",
                    "Skriv varje mall under en rad med [[item]].",
                )
        entries = data.get("item", [])
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise self._error(1, "mallarna är inte en lista", "Skriv varje mall under en rad med [[item]].")
        return [(self._template(entry, place), self._head(place)) for place, entry in enumerate(entries)]

    def _head(self, place: int) -> int:
        return self._heads[place] if place < len(self._heads) else 1

    def _line(self, key: str, first: int, end: int) -> int:
        wanted = re.compile(rf"""\s*["']?{re.escape(key)}["']?\s*=""")
        numbers = range(first, min(end, len(self._lines) + 1))
        return next((number for number in numbers if wanted.match(self._lines[number - 1])), first)

    def _key_line(self, key: str, place: int) -> int:
        end = self._head(place + 1) if place + 1 < len(self._heads) else len(self._lines) + 1
        return self._line(key, self._head(place), end)

    def _error(self, line: int, problem: str, advice: str) -> UserError:
        return UserError(f"{self._name}, rad {line}: {problem}.", advice=advice)

    def _template(self, entry: Mapping[str, Any], place: int) -> ItemTemplate:
        for key, value in entry.items():
            self._check(key, value, place)
        for key in ("id", "title"):
            if not entry.get(key, "").strip():
                raise self._error(self._head(place), f"mallen saknar {key}", f'Lägg till raden {key} = "…".')
        values: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()
        }
        values["type"] = self._choice(ItemType, "type", entry.get("type", ItemType.NONE), place)
        values["frame"] = self._choice(Frame, "frame", entry.get("frame", Frame.NONE), place)
        if entry.get("presenter_role"):
            self._choice(Role, "presenter_role", entry["presenter_role"], place)
        for kind in entry.get("meeting_kinds", ()):
            self._choice(MeetingKind, "meeting_kinds", kind, place)
        return ItemTemplate(**values)

    def _check(self, key: str, value: Any, place: int) -> None:
        line = self._key_line(key, place)
        if key not in KEYS:
            near = get_close_matches(key, KEYS, n=1, cutoff=0)
            raise self._error(line, f"{key} är inget som en mall kan ha", f"Menar du {near[0]}?")
        if not _fits(key, value):
            raise self._error(line, f"{key} har fel slags värde", f"Skriv {_KINDS_OF_VALUE[key]}.")

    def _choice(self, choices: type[_Choice], key: str, value: str, place: int) -> _Choice:
        try:
            return choices(value)
        except ValueError:
            known = [choice.value for choice in choices]
            near = get_close_matches(value, known, n=1, cutoff=0.5)
            advice = f"Menar du {near[0]}?" if near else f"Välj bland {', '.join(known)}."
            raise self._error(self._key_line(key, place), f"{value} finns inte för {key}", advice) from None


def _fits(key: str, value: object) -> bool:
    if key in _TEXTS:
        return isinstance(value, str)
    if key in _LISTS:
        return isinstance(value, list) and all(isinstance(one, str) for one in value)
    if key == "months":
        return isinstance(value, list) and all(_is_number(one) and 1 <= one <= 12 for one in value)
    return _is_number(value) and isinstance(value, int) and value >= 0


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
