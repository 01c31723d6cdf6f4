"""Jinja's messages in Swedish."""

from __future__ import annotations

import re

_MESSAGES: tuple[tuple[str, str], ...] = (
    (r"No filter named '(.+?)'", "Filtret {0} finns inte."),
    (r"No test named '(.+?)'", "Villkoret ”is {0}” finns inte."),
    (
        r"expected token 'end of print statement', got '(.+?)'",
        "Taggen går inte att läsa: {0} står där taggen borde ta slut.",
    ),
    (
        r"expected token 'end of statement block', got '(.+?)'",
        "Taggen går inte att läsa: {0} står där taggen borde ta slut.",
    ),
    (
        r"expected token 'in', got '(.+?)'",
        "I en slinga ska det stå ”for namn in lista”, men ”in” saknas före {0}.",
    ),
    (r"[Ee]xpected token '(.+?)', got '(.+?)'", "Taggen går inte att läsa: {1} står där det borde stå {0}."),
    (
        r"Expected an expression, got 'end of (?:print statement|statement block)'",
        "Taggen är tom eller slutar för tidigt.",
    ),
    (r"[Ee]xpected an expression, got '(.+?)'", "Taggen går inte att läsa: {0} väntades inte där."),
    (r"unexpected '(.+?)'(?:, expected '(.+?)')?", "Taggen går inte att läsa: {0} väntades inte där."),
    (
        r"unexpected char (.+?) at",
        "Taggen går inte att läsa: tecknet {0} väntades inte. Kontrollera att citattecken står parvis.",
    ),
    (r"Encountered unknown tag '(.+?)'", "Taggen {0} finns inte, eller står utanför sitt block."),
    (r"Unexpected end of template", "Ett block öppnas men stängs aldrig."),
    (r"can't assign to '(.+?)'|cannot assign to '(.+?)'", "{0} går inte att ge ett värde."),
    (r"Missing end of raw directive", "Blocket raw avslutas inte."),
    (r"block '(.+?)' defined twice", "Blocket {0} finns två gånger."),
)


def swedish(message: str) -> str:
    """The Swedish for a syntax message; a general one if it is not known."""
    for pattern, text in _MESSAGES:
        match = re.search(pattern, message)
        if match:
            return text.format(*(group or "" for group in match.groups()))
    return "Taggen går inte att läsa."
