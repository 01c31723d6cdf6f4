"""Words that should be the same and are not: one event under two names, and slips of the pen in the field's own words.

Only what is certain is told; a spelling programme is Word's business.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from finsam_desktop.domain import wording
from finsam_desktop.domain.agenda import AgendaItem, walk
from finsam_desktop.domain.meeting import MeetingKind
from finsam_desktop.domain.rules.finding import Case, Hit, Place, Rule, Severity
from finsam_desktop.domain.rules.text_places import TEXT_FIELDS, texts_of

GOOD_PRACTICE = "God sed, ingen lagregel"
_EVENTS = ("årsmöte", "årsstämma", "medlemsmöte", "föreningsstämma", "medlemssamråd", "planeringsdag")
_EVENT = re.compile(rf"\b({'|'.join(_EVENTS)})(?:t|et|n|en|s|ets|ens)?\b", re.IGNORECASE)
_MONTH = "|".join(wording.MONTHS)
_ON_DAY = re.compile(
    rf"\b(?:(\d{{4}})-(\d{{2}})-(\d{{2}})|(\d{{1,2}})[ \u00a0]({_MONTH})(?:[ \u00a0](\d{{4}}))?)\b",
    re.IGNORECASE,
)
_NEAR = 45
"""How many characters may stand between an event and its day, within one sentence."""
_TERMS = (
    "arbetsmarknad",
    "arbetsförmedling",
    "ansvarsfrihet",
    "beslutsunderlag",
    "delegationsordning",
    "försäkringskassa",
    "förbundsordning",
    "föredragningslista",
    "förvaltningsrätt",
    "helårsprognos",
    "kommunfullmäktige",
    "medlemsbidrag",
    "medlemssamråd",
    "protokollsjusterare",
    "regionfullmäktige",
    "rehabilitering",
    "revisionsberättelse",
    "samordningsförbund",
    "samordningsteam",
    "sammanträde",
    "tertialrapport",
    "tjänsteskrivelse",
    "verksamhetsberättelse",
    "verksamhetsplan",
    "årsredovisning",
)
"""The stems of the field's long words; a word that is one slip from one of them is a slip."""
_WORD = re.compile(r"\w{10,}")
_PHRASES = (
    (re.compile(r"\b(?:enligt|bifogat)[ \u00a0](förlag)\b", re.IGNORECASE), "förslag"),
    (re.compile(r"\b(förlag)[ \u00a0]till[ \u00a0]beslut\b", re.IGNORECASE), "förslag"),
)
"""Slips that are words of their own, in company where they cannot be meant."""


def _days(text: str, year: int) -> Iterator[tuple[int, int, date]]:
    """(start, end, day) of every date; one without a year is taken to be in ``year``."""
    for found in _ON_DAY.finditer(text):
        try:
            if found[1]:
                day = date(int(found[1]), int(found[2]), int(found[3]))
            else:
                month = wording.MONTHS.index(found[5].lower()) + 1
                day = date(int(found[6] or year), month, int(found[4]))
        except ValueError:
            continue
        yield found.start(), found.end(), day


def events_in(text: str, year: int) -> Iterator[tuple[str, date]]:
    """(word, day) of every event that a text dates: "årsmöte 2021-12-02", "2 december hålls medlemsmöte"."""
    days = tuple(_days(text, year))
    for found in _EVENT.finditer(text):
        for start, end, day in days:
            between = text[end : found.start()] if end <= found.start() else text[found.end() : start]
            # A full stop ends the sentence, but not the one in a clock time such as 09.00.
            if len(between) <= _NEAR and not re.search(r"\.(?!\d)|\n", between):
                yield found[1].lower(), day


def _two_names(case: Case) -> Iterator[Hit]:
    year = case.meeting.date.year
    for item in case.meeting.items:
        names: dict[date, dict[str, AgendaItem]] = {}
        for one in walk((item,)):
            parts = [text for _, text in texts_of(one)]
            # A title often says what, and the text below it when.
            for text in (*parts, " ".join(parts[:2])):
                for word, day in events_in(text, year):
                    names.setdefault(day, {}).setdefault(word, one)
        for day, words in names.items():
            if len(words) > 1:
                one = list(words.values())[-1]
                said = " och ".join(f"”{word}”" for word in words)
                yield Hit(
                    title=f"Mötet den {wording.long_date(day)} kallas både {said}",
                    advice="Använd ett ord för samma möte, det som står i inbjudan.",
                    place=Place(item_id=one.id, field="summary" if one.summary.strip() else "title"),
                )


@lru_cache(maxsize=10_000)
def slip(word: str) -> str:
    """The stem that a word was meant to begin with when it is one slip from it; empty when it is none.

    A slip is a letter too many, one too few, or two that have changed places, not in the stem's last two letters
    where words bend. "arbetsmarkandstorgen" gives "arbetsmarknad".
    """
    lowered = word.lower()
    if len(lowered) < 10:
        return ""
    for term in _TERMS:
        if lowered.startswith(term) or lowered[0] != term[0]:
            continue
        safe = len(term) - 2
        for place in range(1, safe):
            swapped = term[:place] + term[place + 1] + term[place] + term[place + 2 :]
            dropped = term[:place] + term[place + 1 :]
            if swapped != term and lowered.startswith(swapped):
                return term
            if lowered.startswith(dropped) and not term.startswith(lowered[: len(term)]):
                return term
        for place in range(1, safe):
            if lowered[:place] == term[:place] and lowered[place + 1 : len(term) + 1] == term[place:]:
                return term
    return ""


def _slips(case: Case) -> Iterator[Hit]:
    if case.adjusted:
        return
    for item in walk(case.meeting.items):
        told: set[str] = set()
        for field, text in texts_of(item):
            found = [(match[0], slip(match[0])) for match in _WORD.finditer(text)]
            found += [(match[1], meant) for pattern, meant in _PHRASES for match in pattern.finditer(text)]
            for word, meant in found:
                if meant and meant not in told:
                    told.add(meant)
                    yield Hit(
                        title=f"”{word}” ser ut som ett skrivfel",
                        advice=f"Var det ”{meant}” som skulle stå? Rätta, eller låt stå.",
                        place=Place(item_id=item.id, field=field),
                    )


RULES = (
    Rule(
        id="T09",
        text="Ett och samma möte har ett namn.",
        source=GOOD_PRACTICE,
        severity=Severity.NOTE,
        check=_two_names,
        places=("summary", "title"),
        kinds=tuple(MeetingKind),
    ),
    Rule(
        id="T13",
        text="Förbundets vanligaste ord är rätt stavade.",
        source=GOOD_PRACTICE,
        severity=Severity.NOTE,
        check=_slips,
        places=TEXT_FIELDS,
        kinds=tuple(MeetingKind),
    ),
)
