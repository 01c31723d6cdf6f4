"""What is left of last year's paper: blanks, wrong periods and dates, shares that no number of people can give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from finsam_desktop.domain import wording
from finsam_desktop.domain.agenda import AgendaItem, walk
from finsam_desktop.domain.catalogue_use import PREVIOUS_MINUTES, previous_meeting
from finsam_desktop.domain.deadlines import fixes_budget
from finsam_desktop.domain.meeting import MeetingKind
from finsam_desktop.domain.rules.finding import Case, Hit, Place, Rule, Severity
from finsam_desktop.domain.rules.text_places import TEXT_FIELDS, texts_of

GOOD_PRACTICE = "God sed, ingen lagregel"

_BLANKS = (
    re.compile(r"\{[^{}\n]+\}"),
    re.compile(r"(?<!\w)[xX]{2,}(?!\w)"),
    re.compile(r"(?<!\w)ÅÅÅÅ(?:-MM-DD)?(?!\w)"),
    re.compile(r"(?<!\w)20XX(?!\w)"),
    re.compile(r"(?<!\w)NN(?!\w)"),
    re.compile(r"_{3,}"),
)
_MONTH = "|".join(wording.MONTHS)
_DAY = re.compile(
    rf"\b(?:(\d{{4}})-(\d{{2}})-(\d{{2}})|(\d{{1,2}})[ \u00a0]({_MONTH})[ \u00a0](\d{{4}}))\b", re.IGNORECASE
)
_WEEKDAY = re.compile(rf"\b({'|'.join(wording.WEEKDAYS)})(?:en)?(?: den)? (?=\d)", re.IGNORECASE)
_DECIDED = re.compile(
    r"\b(?:beslutad|fastställd|antagen|godkänd)\w* av styrelsen\b[^.\n]{0,15}?(?=\d)", re.IGNORECASE
)
_TERTIAL = re.compile(r"\b(?:tertial(?:rapport)?[ \u00a0]?|T)([123])\b", re.IGNORECASE)
_PERIODS = {"januari–april": 1, "januari–augusti": 2, "januari–december": 3}
_PERIOD = re.compile(r"\b(januari)\s?[–-]\s?(april|augusti|december)\b", re.IGNORECASE)
_COMPARES = re.compile(
    r"(?:jämför\w*|än|mot|förra|föregående|sedan|efter|från)\b[^.\n]{0,25}$", re.IGNORECASE
)
_SHARE_OF = re.compile(
    r"\b(\d{1,3}(?:,\d)?)[ \u00a0]?(?:procent|%)[ \u00a0]av[ \u00a0](?:de[ \u00a0]|totalt[ \u00a0])?(\d{1,4})\b"
    r"(?![ \u00a0]?(?:\d{3}\b|%|procent|kr|tkr|mkr|miljoner))"  # "15 procent av 11 490 tkr" is no share of people
)
_OF_WHICH = re.compile(
    r"\b(\d{1,4})[ \u00a0]\w+(?:[ \u00a0]\w+)?,?[ \u00a0]varav[ \u00a0](\d{1,3}(?:,\d)?)[ \u00a0]?(?:procent|%)"
)
_NOT_PEOPLE = re.compile(r"\b\d{1,4}[ \u00a0](?:kr|tkr|mkr|kronor|miljoner|procent)\b")


def days_in(text: str) -> Iterator[tuple[int, date]]:
    """(place, day) of every date in the text, as 2026-10-29 or 29 oktober 2026; impossible ones are left out."""
    for found in _DAY.finditer(text):
        if found[1]:
            year, month, day = int(found[1]), int(found[2]), int(found[3])
        else:
            year, month, day = int(found[6]), wording.MONTHS.index(found[5].lower()) + 1, int(found[4])
        try:
            yield found.start(), date(year, month, day)
        except ValueError:
            continue


def _blanks(case: Case) -> Iterator[Hit]:
    if case.adjusted:
        return
    for item in walk(case.meeting.items):
        seen: set[str] = set()
        for field, text in texts_of(item):
            for pattern in _BLANKS:
                for found in pattern.finditer(text):
                    if found[0] in seen:
                        continue
                    seen.add(found[0])
                    yield Hit(
                        title=f"”{found[0]}” står kvar i texten",
                        advice=f"Fyll i uppgiften, eller ta bort den: ”{_around(text, found)}”",
                        place=Place(item_id=item.id, field=field),
                    )


def _around(text: str, found: re.Match[str]) -> str:
    start, end = max(0, found.start() - 30), min(len(text), found.end() + 30)
    inside = " ".join(text[start:end].split())
    return f"{'…' if start else ''}{inside}{'…' if end < len(text) else ''}"


def report_tertial(item: AgendaItem) -> int | None:
    """The tertial the item reports: as the report says, else by its template or title; None when it is no report."""
    if item.report is not None:
        return item.report.tertial
    found = re.fullmatch(r"tertialrapport-([123])", item.template_id) or re.match(
        r"(?:rapport )?tertial(?:rapport)? ?([123])\b", item.title, re.IGNORECASE
    )
    return int(found[1]) if found else None


def _periods(case: Case) -> Iterator[Hit]:
    for item in case.meeting.items:
        number = report_tertial(item)
        if number is None:
            continue
        for one in walk((item,)):
            hit = _wrong_tertial(one, number)
            if hit is not None:
                yield hit
        year = item.report.year if item.report is not None else _report_year(case.meeting.date, number)
        named = re.search(r"\b(20\d\d)\b", item.title)
        if named is not None and int(named[1]) != year:
            yield Hit(
                title=f"Rubriken säger {named[1]}, men rapporten gäller {year}",
                advice="Rätta årtalet i rubriken.",
                place=Place(item_id=item.id, field="title"),
            )


def _report_year(day: date, number: int) -> int:
    return day.year - 1 if number == 3 and day.month <= 6 else day.year


def _wrong_tertial(item: AgendaItem, number: int) -> Hit | None:
    for field, text in texts_of(item):
        if field == "decision":
            continue
        named = [(found, int(found[1]), found[0].strip()) for found in _TERTIAL.finditer(text)]
        named += [
            (found, _PERIODS[f"{found[1]}–{found[2]}".lower()], found[0]) for found in _PERIOD.finditer(text)
        ]
        for found, wrong, words in named:
            if wrong != number and not _COMPARES.search(text[: found.start()]):
                return Hit(
                    title=f"Texten nämner {words.lower()}, men rapporten gäller tertial {number}",
                    advice=f"Se efter om texten är kvar från en tidigare rapport: ”{_around(text, found)}”",
                    place=Place(item_id=item.id, field=field),
                )
    return None


def _years(case: Case) -> Iterator[Hit]:
    for item in walk(case.meeting.items):
        if not fixes_budget(item):
            continue
        wanted = case.meeting.date.year + 1
        named = re.search(r"\b(20\d\d)\b", item.title)
        if named is not None and int(named[1]) != wanted:
            yield Hit(
                title=f"Rubriken säger {named[1]}, men budgeten gäller {wanted}",
                advice="Se efter om ärendet är kvar från förra året.",
                place=Place(item_id=item.id, field="title"),
            )


def _decided_early(case: Case) -> Iterator[Hit]:
    if case.held:
        return
    for item in walk(case.meeting.items):
        for field, text in texts_of(item):
            for found in _DECIDED.finditer(text):
                day = next((day for place, day in days_in(text) if place >= found.end() - 1), None)
                if day is not None and day >= case.meeting.date:
                    yield Hit(
                        title=f"”{' '.join(found[0].split())} {wording.long_date(day)}” står före sammanträdet",
                        advice="Styrelsen har inte beslutat än. Skriv att det är ett förslag.",
                        place=Place(item_id=item.id, field=field),
                    )


def _weekdays(case: Case) -> Iterator[Hit]:
    for item in walk(case.meeting.items):
        for field, text in texts_of(item):
            days = dict(days_in(text))
            for found in _WEEKDAY.finditer(text):
                day = days.get(found.end())
                if day is None or wording.WEEKDAYS[day.weekday()] == found[1].lower():
                    continue
                real = wording.WEEKDAYS[day.weekday()]
                yield Hit(
                    title=f"Den {wording.long_date(day)} är en {real}, inte en {found[1].lower()}",
                    advice="Rätta veckodagen eller datumet.",
                    place=Place(item_id=item.id, field=field),
                )


def _previous_minutes(case: Case) -> Iterator[Hit]:
    previous = previous_meeting(case.meeting, case.meetings)
    if previous is None or case.adjusted:
        return
    for item in case.meeting.items:
        if item.template_id != PREVIOUS_MINUTES:
            continue
        for field, text in texts_of(item):
            named = [day for _, day in days_in(text)]
            if named and previous.date not in named:
                yield Hit(
                    title=f"Texten gäller sammanträdet den {wording.long_date(named[0])}, men det förra var den "
                    f"{wording.long_date(previous.date)}",
                    advice="Rätta datum och paragrafer till det förra sammanträdets.",
                    place=Place(item_id=item.id, field=field),
                )
                break


# -- shares of people ----------------------------------------------------------------------------------


def nearest_shares(share: Decimal, whole: int) -> tuple[tuple[int, Decimal], tuple[int, Decimal]] | None:
    """The two numbers of people nearest a share (percent) of ``whole`` that cannot be; None when it can.

    A share can be when some number of people gives it, rounded half up to as many decimals as it is written with.
    74 of 25 cannot: 18 people are 72 percent and 19 are 76.
    """
    if whole <= 0 or not 0 <= share <= 100:
        return None
    exponent = share.as_tuple().exponent
    quantum = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)

    def percent(people: int) -> Decimal:
        return (Decimal(people) * 100 / whole).quantize(quantum, rounding=ROUND_HALF_UP)

    below = int(share * whole / 100)
    if any(percent(people) == share for people in (below, min(below + 1, whole))):
        return None
    return (below, percent(below)), (below + 1, percent(below + 1))


def _shares(case: Case) -> Iterator[Hit]:
    for item in walk(case.meeting.items):
        for field, text in texts_of(item):
            for share, whole in shares_in(text):
                near = nearest_shares(share, whole)
                if near is None:
                    continue
                (low, low_share), (high, high_share) = near
                yield Hit(
                    title=f"{_number(share)} procent av {whole} går inte ihop: {low} personer är {_number(low_share)} "
                    f"procent, {high} är {_number(high_share)}",
                    advice="Kontrollera antalet och andelen mot underlaget.",
                    place=Place(item_id=item.id, field=field),
                )


def shares_in(text: str) -> Iterator[tuple[Decimal, int]]:
    """(percent, whole) where a text tells a share of a number: "74 procent av 25", "54 personer, varav 80 %"."""
    for found in _SHARE_OF.finditer(text):
        yield Decimal(found[1].replace(",", ".")), int(found[2])
    for found in _OF_WHICH.finditer(text):
        if not _NOT_PEOPLE.match(found[0]):
            yield Decimal(found[2].replace(",", ".")), int(found[1])


def _number(value: Decimal) -> str:
    return f"{value}".replace(".", ",")


RULES = (
    Rule(
        id="T01",
        text="Inga platshållare står kvar i texten.",
        source=GOOD_PRACTICE,
        severity=Severity.ERROR,
        check=_blanks,
        places=TEXT_FIELDS,
        kinds=tuple(MeetingKind),
    ),
    Rule(
        id="T02",
        text="En rapport nämner sin egen period.",
        source=GOOD_PRACTICE,
        severity=Severity.WARNING,
        check=_periods,
        places=TEXT_FIELDS,
        kinds=tuple(MeetingKind),
    ),
    Rule(
        id="T02",
        text="Budgeten gäller nästa år.",
        source="KL 11 kap. 5 §, 23 § finsamlagen",
        severity=Severity.WARNING,
        check=_years,
        places=("title",),
    ),
    Rule(
        id="T03",
        text="Inget sägs vara beslutat före sammanträdet.",
        source=GOOD_PRACTICE,
        severity=Severity.ERROR,
        check=_decided_early,
        places=TEXT_FIELDS,
        kinds=tuple(MeetingKind),
    ),
    Rule(
        id="T04",
        text="En andel av ett antal personer går att få.",
        source="Uträkning",
        severity=Severity.WARNING,
        check=_shares,
        places=TEXT_FIELDS,
        kinds=tuple(MeetingKind),
    ),
    Rule(
        id="T07",
        text="Föregående protokoll är det förra sammanträdets.",
        source=GOOD_PRACTICE,
        severity=Severity.WARNING,
        check=_previous_minutes,
        places=TEXT_FIELDS,
    ),
    Rule(
        id="T08",
        text="Veckodag och datum stämmer med varandra.",
        source="Kalendern",
        severity=Severity.WARNING,
        check=_weekdays,
        places=TEXT_FIELDS,
        kinds=tuple(MeetingKind),
    ),
)
