"""An association described by hand in a TOML file, to start a new .finsam file from."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec

from finsam_desktop.domain.association import Association
from finsam_desktop.errors import UserError
from finsam_desktop.storage.codec import dropped_field
from finsam_desktop.storage.place import explain
from finsam_desktop.toml_text import read_toml

_ADVICE = "Jämför med templates/associations/exempel.toml, där varje rad är förklarad."


def load_preset(path: Path) -> Association:
    """The association in a TOML file with the fields of ``Association``. UserError naming file and place."""
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
    try:
        association = msgspec.convert(data, Association)
    except msgspec.ValidationError as error:
        raise UserError(f"{path.name}: {explain(str(error))}.", advice=_ADVICE, detail=str(error)) from error
    unknown = dropped_field(data, msgspec.to_builtins(association))
    if unknown:
        raise UserError(f"{path.name}: fältet {unknown} finns inte.", advice=_ADVICE)
    _check_references(path, association)
    return association


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
