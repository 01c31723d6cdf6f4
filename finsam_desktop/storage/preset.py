"""An association described by hand in a TOML file, with its logo and Word templates: what a new file starts from."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec

from finsam_desktop.domain.association import Association
from finsam_desktop.errors import UserError
from finsam_desktop.known_types import known
from finsam_desktop.storage.codec import dropped_field
from finsam_desktop.storage.place import explain
from finsam_desktop.toml_text import read_toml

LARGEST = 20_000_000
"""Bytes of a logo or template. Larger ones are not read."""
_ADVICE = "Jämför med templates/associations/exempel.toml, där varje rad är förklarad."


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What an association's preset holds. ``files`` are contents: the logo under "logo", and Word templates under the
    document each is for, such as "kallelse"."""

    path: Path
    association: Association
    files: Mapping[str, bytes]


def load_preset(path: Path) -> Association:
    """The association in a TOML file with the fields of ``Association``. UserError naming file and place."""
    return load_prepared(path).association


def load_prepared(path: Path) -> Prepared:
    """The association in a TOML file, and the files its table [files] names, beside it or in a folder beside it.

    UserError naming file and place.
    """
    association, named = _read(path)
    return Prepared(
        path=path,
        association=association,
        files={name: _file(path, name, place) for name, place in named.items()},
    )


def _file(path: Path, name: str, place: str) -> bytes:
    """A file that the preset names; it may not lie outside the preset's own folder."""
    where = f"{path.name}: files.{'' if name == 'logo' else 'templates.'}{name}"
    folder = path.parent.resolve()
    file = (folder / place).resolve()
    if folder not in file.parents:
        raise UserError(
            f"{where} ligger utanför mappen {path.parent}.", advice="Lägg filen bredvid förinställningen."
        )
    endings = (".png", ".jpg", ".jpeg") if name == "logo" else (".docx",)
    if file.suffix.lower() not in endings:
        raise UserError(f"{where} ska vara en fil som slutar på {' eller '.join(endings)}, inte {place}.")
    try:
        if file.stat().st_size > LARGEST:
            raise UserError(f"{where}: {place} är för stor.", advice="En logotyp eller mall är under 20 MB.")
        return file.read_bytes()
    except OSError as error:
        raise UserError(
            f"{where}: {place} gick inte att läsa.",
            advice=f"Lägg filen i mappen {path.parent}.",
            detail=str(error),
        ) from error


def _files_named(path: Path, table: object) -> dict[str, str]:
    """The files in the table [files]: the logo's place and the templates' by document."""
    if not isinstance(table, dict):
        raise UserError(f"{path.name}: files ska vara en egen grupp av rader.", advice=_ADVICE)
    templates = table.get("templates", {})
    unknown = sorted(set(table) - {"logo", "templates"})
    if unknown or not isinstance(templates, dict):
        raise UserError(
            f"{path.name}: fältet files.{(unknown or ['templates'])[0]} finns inte.", advice=_ADVICE
        )
    found = {**({"logo": table["logo"]} if "logo" in table else {}), **templates}
    wrong = next((name for name, place in found.items() if not isinstance(place, str) or not place), None)
    if wrong is not None:
        raise UserError(f"{path.name}: files.{wrong} ska vara ett filnamn.", advice=_ADVICE)
    return {str(name): str(place) for name, place in found.items()}


def _read(path: Path) -> tuple[Association, dict[str, str]]:
    try:
        data: dict[str, Any] = read_toml(path.read_text("utf-8-sig"), parse_float=Decimal)
    except FileNotFoundError as error:
        raise UserError(f"Filen {path.name} finns inte i mappen {path.parent}.") from error
    except OSError as error:
        raise UserError(f"{path.name} gick inte att läsa.", detail=str(error)) from error
    except UnicodeDecodeError as error:
        raise UserError(
            f"{path.name} är inte en textfil i UTF-8.", advice=_ADVICE, detail=str(error)
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise UserError(f"{path.name} är inte rätt skriven.", advice=_ADVICE, detail=str(error)) from error
    named = _files_named(path, data.pop("files", {}))
    try:
        known(Association)
        association = msgspec.convert(data, Association)
    except msgspec.ValidationError as error:
        raise UserError(f"{path.name}: {explain(str(error))}.", advice=_ADVICE, detail=str(error)) from error
    unknown = dropped_field(data, msgspec.to_builtins(association))
    if unknown:
        raise UserError(f"{path.name}: fältet {unknown} finns inte.", advice=_ADVICE)
    _check_references(path, association)
    return association, named


def _check_references(path: Path, association: Association) -> None:
    """Refuse an appointment of someone who is not in the file: it would be silently empty everywhere."""
    for number, appointment in enumerate(association.appointments, start=1):
        if association.person(appointment.person_id) is None:
            raise UserError(
                f"{path.name}: uppdrag {number} gäller en person, ”{appointment.person_id}”, "
                "som inte finns i filen.",
                advice=_ADVICE,
            )
        if appointment.member_id and association.member(appointment.member_id) is None:
            raise UserError(
                f"{path.name}: uppdrag {number} gäller en medlem, ”{appointment.member_id}”, "
                "som inte finns i filen.",
                advice=_ADVICE,
            )
