"""Numbers in running text that do not agree with each other: how many dates, which sum, women and men."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from finsam_desktop.domain.agenda import walk
from finsam_desktop.domain.meeting import MeetingKind
from finsam_desktop.domain.rules.finding import Case, Hit, Place, Rule, Severity
from finsam_desktop.domain.rules.text_places import TEXT_FIELDS, texts_of
from finsam_desktop.domain.wording import NUMBER_WORDS, number

COUNTED = "Uträkning"
_COUNT = r"\d{1,2}|" + "|".join(NUMBER_WORDS[2:])
_SHORT_DAY = r"(?:[12]?\d|3[01]|0\d)/(?:1[0-2]|0?[1-9])"
_DATES = re.compile(
    rf"\b({_COUNT})[ \u00a0]+(?:\w+[ \u00a0]+)?(\w*(?:möten|tillfällen|träffar|sammanträden|samråd))[ \u00a0:,(]*"
    rf"({_SHORT_DAY}(?:(?:\s*[;,]\s*|\s+(?:och|samt)\s+|\s*[;,]\s*(?:och|samt)\s+){_SHORT_DAY})+)(?![/\d])",
    re.IGNORECASE,
)
_AMOUNT = r"([−-]?\d{1,3}(?:[ \u00a0]\d{3})+|[−-]?\d+(?:,\d+)?)[ \u00a0](tkr|kronor|kr|mkr)\b"
_COSTS = re.compile(rf"\bkostnader\w*\b[^.\n\d]{{0,60}}{_AMOUNT}", re.IGNORECASE)
_INCOME = re.compile(rf"\bintäkter\w*\b[^.\n\d]{{0,60}}{_AMOUNT}", re.IGNORECASE)
_RESULT = re.compile(
    rf"\b(?:under|över)(?:balanser\w*|balans|skott\w*)\b[^.\n\d]{{0,60}}{_AMOUNT}", re.IGNORECASE
)
_LESS = re.compile(r"\bunder(?:balans|skott)", re.IGNORECASE)
_SEXES = re.compile(
    rf"\b({_COUNT}|\d{{3,4}})[ \u00a0](?:personer|deltagare|individer|ungdomar|klienter|patienter)\b[,:]?[ \u00a0(]*"
    rf"(?:varav[ \u00a0])?({_COUNT}|\d{{3,4}}|en|ett)[ \u00a0](?:kvinn|män|man)(\w*)[ \u00a0]och[ \u00a0]"
    rf"({_COUNT}|\d{{3,4}}|en|ett)[ \u00a0](?:kvinn|män|man)\w*",
    re.IGNORECASE,
)
_PARTS = re.compile(
    r"\b(\d{1,3}(?:,\d)?)[ \u00a0]?(?:%|procent)[ \u00a0](?:är[ \u00a0])?(kvinnor|män)[ \u00a0]och[ \u00a0]"
    r"(\d{1,3}(?:,\d)?)[ \u00a0]?(?:%|procent)[ \u00a0](?:är[ \u00a0])?(kvinnor|män)\b",
    re.IGNORECASE,
)


def number_in(word: str) -> int:
    """A number written in figures or as a word up to twelve; 1 for "en" and "ett"."""
    lowered = word.lower()
    if lowered == "ett":
        return 1
    return NUMBER_WORDS.index(lowered) if lowered in NUMBER_WORDS else int(lowered)


def _dates(case: Case) -> Iterator[Hit]:
    for item in walk(case.meeting.items):
        for field, text in texts_of(item):
            for found in _DATES.finditer(text):
                said = number_in(found[1])
                listed = len(re.findall(_SHORT_DAY, found[3]))
                if said != listed:
                    yield Hit(
                        title=f"”{found[1]} {found[2]}” men {number(listed)} datum",
                        advice=f"Räkna datumen: {' '.join(found[3].split())}. Rätta antalet, eller lägg till det datum "
                        "som saknas.",
                        place=Place(item_id=item.id, field=field),
                    )


def _value(text: str) -> Decimal:
    return Decimal(re.sub(r"[ \u00a0]", "", text).replace("−", "-").replace(",", "."))


def _sums(case: Case) -> Iterator[Hit]:
    """Income, costs and what is between them, named in one paragraph and one unit."""
    for item in walk(case.meeting.items):
        for field, text in texts_of(item):
            for paragraph in re.split(r"\n\s*\n", text):
                hit = _result_of(paragraph)
                if hit is not None:
                    title, advice, severity = hit
                    yield Hit(
                        title=title,
                        advice=advice,
                        place=Place(item_id=item.id, field=field),
                        severity=severity,
                    )


def _result_of(paragraph: str) -> tuple[str, str, Severity] | None:
    costs, income, result = (pattern.search(paragraph) for pattern in (_COSTS, _INCOME, _RESULT))
    if costs is None or income is None or result is None:
        return None
    if len({costs[2].lower(), income[2].lower(), result[2].lower()}) != 1:
        return None
    between, said = _value(income[1]) - _value(costs[1]), abs(_value(result[1]))
    said = -said if _LESS.search(result[0]) else said
    unit = result[2].lower()
    if between == said:
        return None
    words = (
        f"{_shown(_value(income[1]))} − {_shown(_value(costs[1]))} = {_shown(between)} {unit}, men i texten står "
        f"{_shown(said)} {unit}"
    )
    step = Decimal(1).scaleb(_exponent(said))
    if abs(between - said) <= step:
        return words, "Skillnaden är en enhet och kan vara avrundning. Jämför med underlaget.", Severity.NOTE
    return words, "Kontrollera de tre beloppen mot underlaget.", Severity.WARNING


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _shown(value: Decimal) -> str:
    return number(value, -_exponent(value))


def _sexes(case: Case) -> Iterator[Hit]:
    for item in walk(case.meeting.items):
        for field, text in texts_of(item):
            for found in _SEXES.finditer(text):
                whole, one, other = (number_in(found[group]) for group in (1, 2, 4))
                if one + other != whole:
                    yield Hit(
                        title=f"Kvinnor och män är tillsammans {one + other}, inte {whole}",
                        advice=f"Kontrollera antalen: ”{' '.join(found[0].split())}”",
                        place=Place(item_id=item.id, field=field),
                    )
            for found in _PARTS.finditer(text):
                total = _value(found[1]) + _value(found[3])
                if found[2].lower() != found[4].lower() and abs(total - 100) > 1:
                    yield Hit(
                        title=f"Andelen kvinnor och män är tillsammans {_shown(total)} procent",
                        advice=f"Kontrollera andelarna: ”{' '.join(found[0].split())}”",
                        place=Place(item_id=item.id, field=field),
                    )


RULES = (
    Rule(
        id="T10",
        text="Antalet möten är lika med antalet datum.",
        source=COUNTED,
        severity=Severity.WARNING,
        check=_dates,
        places=TEXT_FIELDS,
        kinds=tuple(MeetingKind),
    ),
    Rule(
        id="T11",
        text="Intäkter, kostnader och resultat i en text stämmer med varandra; en enhet kan vara avrundning.",
        source=COUNTED,
        severity=Severity.WARNING,
        check=_sums,
        places=TEXT_FIELDS,
        kinds=tuple(MeetingKind),
    ),
    Rule(
        id="T12",
        text="Kvinnor och män är tillsammans så många som det står.",
        source=COUNTED,
        severity=Severity.WARNING,
        check=_sexes,
        places=TEXT_FIELDS,
        kinds=tuple(MeetingKind),
    ),
)
