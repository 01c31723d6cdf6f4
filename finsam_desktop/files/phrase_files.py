"""The phrases that come with the program: `templates/phrases.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from finsam_desktop import paths
from finsam_desktop.domain.association import Phrase
from finsam_desktop.errors import UserError
from finsam_desktop.toml_text import read_toml


@cache
def standard_phrases() -> tuple[Phrase, ...]:
    """The program's own phrases, in their order; read once."""
    return load_phrases(paths.templates() / "phrases.toml")


def load_phrases(path: Path) -> tuple[Phrase, ...]:
    """The phrases of a file. UserError names the file and the phrase: unreadable, broken TOML, a phrase without
    key or text, a key with a space or used twice."""
    try:
        table = read_toml(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(
            f"Filen med fraser, {path}, går inte att läsa.",
            advice="Kontrollera att filen finns. Installera om programmet om den saknas.",
            detail=str(error),
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise UserError(
            f"Filen med fraser, {path}, är inte skriven som TOML.",
            advice="Rätta raden som nämns i uppgifterna om felet.",
            detail=str(error),
        ) from error
    found: dict[str, Phrase] = {}
    entries = table.get("phrase", [])
    for number, entry in enumerate(entries if isinstance(entries, list) else [entries], start=1):
        phrase = _phrase(path, number, entry)
        if phrase.key.casefold() in found:
            raise UserError(
                f"{path}: frasen {phrase.key} finns två gånger.", advice="Ge den ena ett annat namn."
            )
        found[phrase.key.casefold()] = phrase
    return tuple(found.values())


def _phrase(path: Path, number: int, entry: object) -> Phrase:
    key = entry.get("key") if isinstance(entry, dict) else None
    text = entry.get("text") if isinstance(entry, dict) else None
    if not isinstance(key, str) or not isinstance(text, str) or not text.strip():
        raise UserError(
            f"{path}: fras {number} saknar namn eller text.",
            advice='Skriv key = "namnet" och text = "texten" under [[phrase]].',
        )
    if not key or any(sign.isspace() or sign == "#" for sign in key):
        raise UserError(
            f"{path}: namnet på fras {number}, ”{key}”, går inte att skriva efter #.",
            advice="Ett namn är ett ord, utan mellanslag.",
        )
    return Phrase(key=key, text=text)
