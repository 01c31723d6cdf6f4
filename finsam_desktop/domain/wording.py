"""How numbers, dates, times and lists of names are written in Swedish, whatever the computer's own language.

Sources: documents.md's rules are the association's house style; Svenska skrivregler for the rest.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, time
from decimal import ROUND_HALF_UP, Decimal

from finsam_desktop.domain.association import Role
from finsam_desktop.domain.audit import DischargeOutcome
from finsam_desktop.domain.catalogue import ItemType
from finsam_desktop.domain.figures import UNIT_IN_KR, Unit
from finsam_desktop.domain.meeting import MeetingForm, MeetingKind, MeetingState

NBSP = "\u00a0"
MINUS = "\u2212"
EN_DASH = "–"

MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
NUMBER_WORDS = ("noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")

ITEM_TYPES = {
    ItemType.NONE: "",
    ItemType.FORMALITY: "Formalia",
    ItemType.INFORMATION: "Information",
    ItemType.DISCUSSION: "Diskussion",
    ItemType.DECISION: "Beslut",
    ItemType.INFORMATION_DISCUSSION: "Information, diskussion",
    ItemType.INFORMATION_DECISION: "Information, beslut",
}
ROLES = {
    Role.CHAIR: "ordförande",
    Role.VICE_CHAIR: "vice ordförande",
    Role.BOARD_MEMBER: "ledamot",
    Role.DEPUTY: "ersättare",
    Role.DIRECTOR: "förbundschef",
    Role.SECRETARY: "sekreterare",
    Role.ECONOMIST: "ekonom",
    Role.PROCESS_LEADER: "processledare",
    Role.AUDITOR: "revisor",
    Role.COOPTED: "adjungerad",
    Role.MEMBER_REPRESENTATIVE: "medlemsrepresentant",
}
STATES = {
    MeetingState.DRAFT: "Utkast",
    MeetingState.NOTIFIED: "Kallat",
    MeetingState.HELD: "Genomfört",
    MeetingState.MINUTES: "Protokoll",
    MeetingState.ADJUSTED: "Justerat",
    MeetingState.ANNOUNCED: "Anslaget",
    MeetingState.ARCHIVED: "Arkiverat",
}
KINDS = {
    MeetingKind.ORDINARY: "Ordinarie sammanträde",
    MeetingKind.EXTRA: "Extra sammanträde",
    MeetingKind.CONSTITUENT: "Konstituerande sammanträde",
    MeetingKind.BUDGET: "Budgetsammanträde",
    MeetingKind.MEMBER_CONSULTATION: "Medlemssamråd",
    MeetingKind.PLANNING_DAY: "Planeringsdag",
}
DISCHARGES = {
    DischargeOutcome.PENDING: "Inte prövad",
    DischargeOutcome.GRANTED: "Beviljad",
    DischargeOutcome.GRANTED_WITH_REMARK: "Beviljad med anmärkning",
    DischargeOutcome.REFUSED: "Inte beviljad",
}
FORMS = {
    MeetingForm.IN_PERSON: "På plats",
    MeetingForm.DISTANCE: "Distansmöte",
    MeetingForm.HYBRID: "På plats och på distans",
}


def number(value: Decimal | int, decimals: int = 0) -> str:
    """A number as "12 635" or "−1 145,7": no-break spaces, real minus, decimal comma, rounded half up."""
    quantum = Decimal(1).scaleb(-decimals)
    rounded = Decimal(value).quantize(quantum, rounding=ROUND_HALF_UP)
    whole, _, fraction = f"{abs(rounded):.{decimals}f}".partition(".")
    groups = f"{int(whole):,}".replace(",", NBSP)
    sign = MINUS if rounded < 0 else ""
    return f"{sign}{groups}" + (f",{fraction}" if fraction else "")


def amount(kr: Decimal, unit: Unit = Unit.TKR) -> str:
    """An amount given in kr, written in ``unit`` with the unit after it: "−286 tkr". Mkr has one decimal."""
    return f"{number(kr / UNIT_IN_KR[unit], 1 if unit is Unit.MKR else 0)}{NBSP}{unit}"


def percent(share: Decimal, decimals: int = 0) -> str:
    """A share (0.15) as "15 %"."""
    return f"{number(share * 100, decimals)}{NBSP}%"


def file_size(size: int) -> str:
    """A file's size as "820 B", "14 kB" or "1,2 MB" (1 kB is 1 000 bytes); empty for 0."""
    if not size:
        return ""
    if size < 1000:
        return f"{size}{NBSP}B"
    if size < 1_000_000:
        return f"{number(Decimal(size) / 1000)}{NBSP}kB"
    return f"{number(Decimal(size) / 1_000_000, 1)}{NBSP}MB"


def number_word(value: int) -> str:
    """Numbers up to twelve in words, else figures."""
    return NUMBER_WORDS[value] if 0 <= value < len(NUMBER_WORDS) else number(value)


def long_date(day: date) -> str:
    """ "29 oktober 2026", with no-break space between day and month."""
    return f"{day.day}{NBSP}{MONTHS[day.month - 1]} {day.year}"


def weekday_date(day: date) -> str:
    """ "torsdagen den 29 oktober 2026"."""
    return f"{WEEKDAYS[day.weekday()]}en den {long_date(day)}"


def short_date(day: date) -> str:
    """ "torsdag 29 oktober", as used in the window."""
    return f"{WEEKDAYS[day.weekday()]} {day.day}{NBSP}{MONTHS[day.month - 1]}"


def clock(at: time) -> str:
    """ "08.30"."""
    return f"{at.hour:02d}.{at.minute:02d}"


def clock_range(start: time | None, end: time | None) -> str:
    """ "08.30–12.00"; only the known end when one is missing."""
    return EN_DASH.join(clock(at) for at in (start, end) if at is not None)


def join_names(names: Sequence[str]) -> str:
    """ "A, B och C"."""
    if len(names) <= 1:
        return "".join(names)
    return f"{', '.join(names[:-1])} och {names[-1]}"


def days_from(day: date, today: date) -> str:
    """Relative time: "i dag", "i morgon", "om 3 dagar", "för 4 dagar sedan"."""
    distance = (day - today).days
    words = {0: "i dag", 1: "i morgon", -1: "i går"}
    if distance in words:
        return words[distance]
    return f"om {distance}{NBSP}dagar" if distance > 0 else f"för {-distance}{NBSP}dagar sedan"


_UNITS = "kr|tkr|mkr|%|procent|promille|kap|§"
_KEPT_TOGETHER = (
    (re.compile(r"(?<![\d,.])\d{1,3}(?: \d{3})+(?!\d)"), lambda found: found[0].replace(" ", NBSP)),
    (re.compile(rf"(\d) (?=(?:{_UNITS}|{'|'.join(MONTHS)})(?!\w))"), lambda found: f"{found[1]}{NBSP}"),
    (re.compile(r"(§|\b(?:[Kk]lockan|[Pp]unkt|[Bb]ilaga|[Dd]nr)) (?=\d)"), lambda found: f"{found[1]}{NBSP}"),
)


def no_break(text: str) -> str:
    """The text with numbers that a line end must not split: "1 724 tkr", "den 2 december", "§ 67",
    "klockan 08.30".

    Only plain spaces are exchanged, for no-break ones; no other character is touched.
    """
    for pattern, kept in _KEPT_TOGETHER:
        text = pattern.sub(kept, text)
    return text
