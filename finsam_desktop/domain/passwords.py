"""Whether a password is hard to guess, told in plain words. Advice only: a person may choose any."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

_COMMON = (
    "lösenord", "losenord", "password", "qwerty", "abc123", "sommar", "vinter", "hösten", "våren", "finsam",
    "styrelse", "protokoll", "kallelse", "hemlig", "välkommen", "valkommen", "admin",
)  # fmt: skip
SHORTEST, LONG_ENOUGH = 8, 14
ADVICE = "Tre eller fyra ord som inte hör ihop är lätta att säga och svåra att gissa."


class Strength(StrEnum):
    """How hard a password is to guess."""

    NONE = "none"
    WEAK = "weak"
    FAIR = "fair"
    GOOD = "good"


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordHint:
    """How hard it is to guess, and a sentence about it ("" for no password)."""

    strength: Strength
    text: str = ""


def password_hint(password: str, names: Iterable[str] = ()) -> PasswordHint:
    """What to say of a password. ``names`` are words that anyone who finds the file knows, such as the receiver's."""
    if not password:
        return PasswordHint(strength=Strength.NONE)
    bare = password.casefold()
    if len(password) < SHORTEST:
        return _weak(f"Kort: {len(password)} tecken.")
    if len(set(bare)) < 5 or bare.isdigit():
        return _weak("Lätt att gissa.")
    known = {part for name in names for part in re.findall(r"\w{4,}", name.casefold())}
    rest = bare
    for word in sorted((*_COMMON, *known), key=len, reverse=True):
        rest = rest.replace(word, "")
    if rest != bare and len(re.sub(r"[\W\d_]", "", rest)) < 6:
        return _weak("Bygger på ett ord eller namn som är lätt att gissa.")
    if len(password) < LONG_ENOUGH:
        return PasswordHint(strength=Strength.FAIR, text=f"Går an. {ADVICE}")
    return PasswordHint(strength=Strength.GOOD, text="Bra, svårt att gissa.")


def _weak(why: str) -> PasswordHint:
    return PasswordHint(strength=Strength.WEAK, text=f"{why} {ADVICE}")
