"""Organisationsnummer: ten digits, the last of which is a check on the others."""

from __future__ import annotations

import re

PLACEHOLDER = "2220000000"
"""The number that stands in examples; its check digit is wrong on purpose."""


def org_number_fault(text: str) -> str:
    """What is wrong with an organisationsnummer, in a sentence; empty when it is right or left out."""
    digits = re.sub(r"[\s-]", "", text)
    if not digits or digits == PLACEHOLDER:
        return ""
    if not re.fullmatch(r"[0-9]{10}", digits):
        return "Ett organisationsnummer har tio siffror, till exempel 222000-0000."
    total = sum(sum(divmod(int(digit) * (2 - place % 2), 10)) for place, digit in enumerate(digits))
    return "" if total % 10 == 0 else "Kontrollsiffran stämmer inte. Se efter om någon siffra är omkastad."
