"""What needs a second thought before it is printed: where sources disagree, and groups so small that people show."""

from __future__ import annotations

import re
from collections.abc import Iterator

from finsam_desktop.domain.agenda import AgendaItem, walk
from finsam_desktop.domain.figures import ColumnKind, ColumnRole, FigureTable, RowKind
from finsam_desktop.domain.meeting import MeetingKind
from finsam_desktop.domain.rules.finding import Case, Hit, Place, Rule, Severity
from finsam_desktop.domain.rules.text_places import TEXT_FIELDS, text_of, texts_of
from finsam_desktop.domain.small_groups import FEWEST
from finsam_desktop.domain.wording import join_names

_NETWORK = re.compile(r"\bNNS\b|nationella nätverket för samordningsförbund|\bserviceavgift", re.IGNORECASE)
_FEW = re.compile(
    r"\b(1|2|3|4|en|ett|två|tre|fyra)[ \u00a0](?:(?:pågående|aktiva?|nya?|avslutade?|tidigare)[ \u00a0])?"
    r"(?:deltagare|klient(?:er)?|patient(?:er)?|individ(?:er)?|ungdom(?:ar)?)\b",
    re.IGNORECASE,
)
_FEW_BY_SEX = re.compile(
    r"\b(?:[1-4]|en|ett|två|tre|fyra)[ \u00a0](?:kvinna|kvinnor|man|män)\b", re.IGNORECASE
)
_PERSONAL_NUMBER = re.compile(r"(?<![\d-])(?:19|20)?(\d{6})[-+](\d{4})(?![\d-])")


def _network(case: Case) -> Iterator[Hit]:
    for item in case.meeting.items:
        if item.template_id == "nns-avgift" or _NETWORK.search(text_of(item)):
            yield Hit(
                title="Källorna säger olika om NNS-medlemskap",
                advice="Försäkringskassans utredning (2025): medlemskap, avgift och personal till NNS är inte "
                "förenligt med finsamlagen. Advokatfirman Delphi (2022): medlemskap i en förening är oproblematiskt. "
                "Styrelsen avgör.",
                place=Place(item_id=item.id, field="title"),
            )


def small_groups(table: FigureTable) -> tuple[str, ...]:
    """Labels of the rows that count fewer than five people in some column, in table order."""
    label = table.column_index(ColumnRole.LABEL)
    if label is None:
        return ()
    counts = [index for index, column in enumerate(table.columns) if column.kind is ColumnKind.COUNT]
    return tuple(
        row.cells[label].text
        for row in table.rows
        if row.kind is RowKind.ROW and any(0 < (row.cells[index].amount or 0) < FEWEST for index in counts)
    )


def _small_groups(case: Case) -> Iterator[Hit]:
    for item in walk(case.meeting.items):
        for table in item.figures:
            labels = small_groups(table)
            if labels:
                yield Hit(
                    title="Grupper med färre än fem personer",
                    advice=f"{table.title}: {join_names(labels)}. Slå ihop rader. Dölj inte en ensam cell, "
                    "summan röjer den.",
                    place=Place(item_id=item.id, field="figures"),
                )
        yield from _few_in_texts(item)


def _few_in_texts(item: AgendaItem) -> Iterator[Hit]:
    quotes: dict[str, list[str]] = {}
    for field, text in texts_of(item):
        if field != "title":
            found = [
                " ".join(match[0].split())
                for pattern in (_FEW, _FEW_BY_SEX)
                for match in pattern.finditer(text)
            ]
            quotes.setdefault(field, []).extend(
                quote for quote in found if quote not in quotes.get(field, [])
            )
    for field, said in quotes.items():
        if said:
            more = f" och {len(said) - 3} till" if len(said) > 3 else ""
            yield Hit(
                title=f"Färre än fem personer: {', '.join(f'”{quote}”' for quote in said[:3])}{more}",
                advice="Tillsammans med plats och insats kan någon gå att känna igen. Slå ihop grupper, eller "
                "skriv ”färre än fem”.",
                place=Place(item_id=item.id, field=field),
            )


def is_personal_number(digits: str) -> bool:
    """Whether ten digits ÅÅMMDDNNNN are a person's number: a real day (or plus 60) and the right check digit."""
    month, day = int(digits[2:4]), int(digits[4:6])
    day -= 60 if day > 60 else 0
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return False
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(digits))
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0


def _personal_numbers(case: Case) -> Iterator[Hit]:
    for item in walk(case.meeting.items):
        for field, text in texts_of(item):
            if any(is_personal_number(f"{m[1]}{m[2]}") for m in _PERSONAL_NUMBER.finditer(text)):
                yield Hit(
                    title="Ett personnummer står i texten",
                    advice="Handlingen läggs ofta ut på webben. Ta bort numret, eller skriv namnet i stället.",
                    place=Place(item_id=item.id, field=field),
                )
                break


RULES = (
    Rule(
        id="R80",
        text="Källorna är oense om medlemskap i NNS. Båda visas.",
        source="Försäkringskassan 2025, Advokatfirman Delphi 2022",
        severity=Severity.NOTE,
        check=_network,
        places=("title",),
        kinds=tuple(MeetingKind),
    ),
    Rule(
        id="R96",
        text="Inga uppgifter om grupper med färre än fem personer.",
        source="OSL 21 kap. 1 §, dataskyddsförordningen artikel 9",
        severity=Severity.WARNING,
        check=_small_groups,
        places=("figures", *TEXT_FIELDS),
        kinds=tuple(MeetingKind),
    ),
    Rule(
        id="R95",
        text="Inga personnummer står i texterna.",
        source="Dataskyddsförordningen artikel 87, 3 kap. 10 § lagen (2018:218)",
        severity=Severity.ERROR,
        check=_personal_numbers,
        places=TEXT_FIELDS,
        kinds=tuple(MeetingKind),
    ),
)
