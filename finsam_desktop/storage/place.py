"""What msgspec finds wrong with a text, in Swedish and with the place."""

from __future__ import annotations

import re

_KINDS = {
    "str": "text",
    "int": "ett heltal",
    "float": "ett decimaltal",
    "bool": "true eller false",
    "object": "ett objekt",
    "array": "en lista",
    "null": "inget",
    "date": "ett datum",
    "time": "ett klockslag",
    "decimal": "ett tal",
    "bytes": "text i base64",
}


def explain(error: str) -> str:
    """A Swedish clause for msgspec's message, such as "items[0].title ska vara text men är ett heltal"."""
    what, _, place = error.partition(" - at `$")
    place = place.rstrip("`").lstrip(".") or "innehållet"
    if found := re.fullmatch(r"Expected `(.+)`, got `(.+)`", what):
        wanted, got = (_kinds(names) for names in found.groups())
        return f"{place} ska vara {wanted} men är {got}"
    if found := re.fullmatch(r"Object missing required field `(.+)`", what):
        return f"{place} saknar fältet {found[1]}"
    if found := re.fullmatch(r"Invalid enum value (.+)", what):
        return f"{place} har värdet {found[1]}, som inte är ett av de tillåtna"
    if "date" in what:
        return f"{place} ska vara ett datum som finns, skrivet som 2026-10-29"
    if "time" in what:
        return f"{place} ska vara ett klockslag, skrivet som 09:00:00"
    if "decimal" in what:
        return f"{place} ska vara ett tal"
    return f"{place} går inte att läsa"


def _kinds(names: str) -> str:
    return " eller ".join(_KINDS.get(name, name) for name in re.split(r"\s*\|\s*", names))
