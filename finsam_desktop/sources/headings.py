"""What the words of a report's headings and rows mean: which column is the budget, which row is the result."""

from __future__ import annotations

import re
from typing import Final

from finsam_desktop.domain.figures import ColumnRole, Post, Purpose, RowKind, Unit
from finsam_desktop.sources import periods

#: The first that fits decides: "Avvikelse mot budget" is a deviation and "Prognos mot budget" a forecast.
_ROLES: Final = (
    (ColumnRole.ACCOUNT, r"^(konto|kontonr|konto ?nr|kontonummer|kto)\b"),
    (ColumnRole.DEVIATION, r"\b(avvikelse|avvik|avv|differens|diff|skillnad)"),
    (ColumnRole.DEVIATION, r"\b(budget|prognos|utfall)\w* ?(mot|minus|jmf|[-–/]) ?(budget|prognos|utfall)"),
    (ColumnRole.OTHER, r"%|\b(procent|andel|föregående prognos|förra prognosen)\b"),
    (ColumnRole.OTHER, r"\b(kvar|återstår|återstående|anmärkning|kommentar)\b"),
    (ColumnRole.FULL_YEAR_FORECAST, r"\b(helårs)?prognos|\bhelårsbedömning\b"),
    (ColumnRole.PREVIOUS_OUTCOME, r"\b(föreg|föregående|fg|f\.?g\.?|förra|fjol|samma period|bokslut)\b"),
    (ColumnRole.PREVIOUS_OUTCOME, r"\b(ingående balans|ib)\b"),
    (ColumnRole.BUDGET, r"budget|\bplan\b|\bram\b"),
    (
        ColumnRole.OUTCOME,
        r"utfall|\back\b|ackumul|\bhittills\b|\bperioden\b|\bredovisat\b|\bverkligt\b|^period\b",
    ),
    (ColumnRole.OUTCOME, r"utgående balans|\bub\b|\bbelopp\b(?! i)"),
    (ColumnRole.LABEL, r"benämning|kontonamn|belopp i|^(namn|post|rad|text|beskrivning)\b"),
    (ColumnRole.LABEL, r"^(verksamhet|insats|team|område|mål|mått|typ)\b"),
)
_ROLE_PATTERNS: Final = tuple((role, re.compile(pattern)) for role, pattern in _ROLES)

_COUNT: Final = re.compile(
    r"\b(antal|aktiva|avslutade|inskrivna|pågående|nya|deltagare|personer|kvinnor|män|samtal|besök|möten|ärenden|platser)\b"
)
_PERCENT: Final = re.compile(r"%|\b(procent|andel|andelen)\b")
_UNITS: Final = (
    (Unit.MKR, re.compile(r"\b(mkr|mnkr|msek|miljoner kronor|miljoner kr)\b")),
    (Unit.TKR, re.compile(r"\b(tkr|kkr|ksek|tsek|tusental|tusentals kronor|tusen kronor|tusental kronor)\b")),
    (Unit.KR, re.compile(r"\b(kr|kronor|sek)\b")),
)

_SUM: Final = re.compile(
    r"^(delsumma|summa|s:a|sum|totalt?|samtliga|alla team|hela förbundet|netto)\b|\bsumma$|\btotalt$"
)
_RESULT: Final = re.compile(
    r"^(=\s*)?((års|period|årets|periodens|verksamhetens|beräknat|redovisat|ackumulerat)\s*)?(resultat)"
    r"( (efter|före|för)\b.*|s?räkning.*)?$|^(över|under)skott$"
)
_TOTAL: Final = r"^(summa|s:a|totala?t?)\W*"
_POSTS: Final = (
    (Post.TOTAL_EQUITY_AND_LIABILITIES, _TOTAL + r"eget kapital( och|,| &|\s*\+).*skulder"),
    (
        Post.TOTAL_EQUITY_AND_LIABILITIES,
        _TOTAL + r"(skulder( och|,| &).*eget kapital|.*passiva|ek och skulder)",
    ),
    (Post.TOTAL_ASSETS, _TOTAL + r"(tillgångar|aktiva)"),
    (Post.CLOSING_EQUITY, _TOTAL + r"eget kapital$"),
    (
        Post.CLOSING_EQUITY,
        r"^(utgående|ub)\W*(balans\W*)?(eget kapital|ek)\b|^eget kapital,? (utgående|ub)\b",
    ),
    (Post.CLOSING_EQUITY, r"eget kapital (vid|i)\w* (\w+ )?(slut|utgång)"),
    (
        Post.OPENING_EQUITY,
        r"^(ingående|ib)\W*(balans\W*)?(eget kapital|ek)\b|^eget kapital,? (ingående|ib)\b",
    ),
    (Post.OPENING_EQUITY, r"eget kapital (vid|i)\w* (\w+ )?(början|ingång)"),
    (Post.INCOME, _TOTAL + r"((verksamhetens|rörelsens|rörelse)\W?)?intäkter"),
    (Post.INCOME, r"^(verksamhetens |rörelsens )?intäkter(,| -| –)?( totalt| summa)?$"),
    (Post.COSTS, _TOTAL + r"((verksamhetens|rörelsens|rörelse)\W?)?kostnader"),
    (Post.COSTS, r"^(verksamhetens |rörelsens )?kostnader(,| -| –)?( totalt| summa)?$"),
)
_POST_PATTERNS: Final = tuple((post, re.compile(pattern)) for post, pattern in _POSTS)
_COST_HEADING: Final = re.compile(r"kostnad|utgift")
_INCOME_HEADING: Final = re.compile(r"intäkt|bidrag|inkomst")


def role_of(title: str) -> ColumnRole:
    """The role that a column heading names; OTHER when it names none."""
    plain = _plain(title)
    return next((role for role, pattern in _ROLE_PATTERNS if pattern.search(plain)), ColumnRole.OTHER)


def says_count(title: str) -> bool:
    """True when a heading speaks of persons, meetings or the like."""
    return bool(_COUNT.search(_plain(title)))


def says_percent(title: str) -> bool:
    """True when a heading speaks of a share."""
    return bool(_PERCENT.search(_plain(title)))


def unit_of(text: str) -> Unit | None:
    """The unit that ``text`` names, or None."""
    plain = _plain(text)
    return next((unit for unit, pattern in _UNITS if pattern.search(plain)), None)


def is_sum(label: str) -> bool:
    """True when a row label says that the row adds up others."""
    return bool(_SUM.search(_plain(label)))


def is_result(label: str) -> bool:
    """True when a row label is the result of an income statement."""
    return bool(_RESULT.search(_plain(label)))


def post_of(label: str, purpose: Purpose) -> Post:
    """The post that a row label names, or NONE."""
    plain = _plain(label)
    for post, pattern in _POST_PATTERNS:
        if pattern.search(plain):
            if post in (Post.INCOME, Post.COSTS) and purpose is Purpose.BALANCE_SHEET:
                return Post.NONE
            return post
    return Post.RESULT if is_result(label) else Post.NONE


def row_kind_of(label: str, post: Post, purpose: Purpose) -> RowKind:
    """ROW or SUM from the label; the table's shape decides headings and the total."""
    if post is Post.RESULT:
        return RowKind.ROW if purpose is Purpose.BALANCE_SHEET else RowKind.SUM
    if post in (Post.INCOME, Post.COSTS):
        return RowKind.SUM
    if post is Post.CLOSING_EQUITY:
        return RowKind.SUM
    return (
        RowKind.SUM
        if (post is not Post.NONE and post is not Post.OPENING_EQUITY) or is_sum(label)
        else RowKind.ROW
    )


def begins_costs(label: str) -> bool | None:
    """True for a heading over costs, False for one over income, None for others."""
    plain = _plain(label)
    if _COST_HEADING.search(plain):
        return True
    return False if _INCOME_HEADING.search(plain) else None


def purpose_of(texts: str) -> Purpose:
    """What a table is for, from its title, sheet name and row labels."""
    plain = _plain(texts)
    if re.search(r"balans(rapport|räkning)|tillgångar|\bbalans\b", plain):
        return Purpose.BALANCE_SHEET
    if re.search(r"resultat(rapport|räkning)|driftredovisning|intäkter|kostnader", plain):
        return Purpose.INCOME_STATEMENT
    return Purpose.OTHER


def is_title(line: str) -> bool:
    """True when a line over a table can be its title: not a sender's name, a period, a unit or a day of printing."""
    plain = _plain(line)
    sender = re.search(r"^samordningsförbund|förbundet\b|\borg\.? ?nr\b", plain)
    rest = periods.without_time(
        re.sub(
            r"\b(period|perioden|belopp|i|kr|tkr|mkr|utskriven|utskrivet|utskrift|den|datum)\b", " ", plain
        )
    )
    return not sender and bool(re.search(r"[a-zåäö]{3}", rest))


def key_of(title: str, newest_year: int | None) -> str:
    """A heading without its period, with its year told from the newest one: the same in next period's file."""
    found = periods.years(title)
    distance = f" {found[-1] - newest_year:+d}" if found and newest_year is not None else ""
    return periods.without_time(title) + distance


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("\u00a0", " ").split())
