"""Reading vouchers: the common way of writing them by pattern, many at a time; every other way line by line.

The pattern is used only when it accounts for every line of the vouchers. Tests hold the two against each other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Final

from finsam_desktop.sources.sie import fields
from finsam_desktop.sources.sie.faults import Faults
from finsam_desktop.sources.sie.fields import Field
from finsam_desktop.sources.sie.vouchers import ADDED, REMOVED, TRANS, Objects, Rows, kr

_FIELD: Final = r'("(?:[^"\\\n]++|\\[^\n])*+"|[^\s"{}][^\s{}]*+)'
_MORE: Final = rf"[ \t]++{_FIELD}"
_HEAD: Final = re.compile(
    rf"^[ \t]*+#VER{_MORE}{_MORE}[ \t]++\"?(\d{{8}})\"?(?:{_MORE})?+(?:{_MORE})?+(?:{_MORE})?+"
    r"[ \t]*+\n[ \t]*+\{[ \t]*+$",
    re.MULTILINE,
)
_ROW: Final = re.compile(
    r'^[ \t]*+#([BR]?)TRANS[ \t]++"?(\w++)"?[ \t]*+\{([^{}\n]*+)\}[ \t]*+"?(-?\d++)(?:\.(\d\d?)0*+)?+"?'
    rf'(?:[ \t]++(?:"?(\d{{8}})"?|"")(?:{_MORE}(?:{_MORE}(?:{_MORE})?+)?+)?+)?+[ \t]*+$',
    re.MULTILINE,
)
_KINDS: Final = {"": TRANS, "B": REMOVED, "R": ADDED}


class VoucherReader:
    """Takes vouchers in, one after the other; ``rows`` is what has been read."""

    def __init__(self, faults: Faults) -> None:
        self.rows = Rows()
        self._faults = faults
        self._accounts: dict[str, int] = {}
        self._objects: dict[str, int] = {"": 0}
        self._same_objects: dict[Objects, int] = {(): 0}
        self._texts: dict[str, str] = {"": ""}
        self._same: dict[str, str] = {}
        self._days: dict[str, int] = {"": 0}
        self._added: tuple[object, ...] | None = None
        self._open = False
        self._braced = False

    @property
    def open(self) -> bool:
        """Whether a voucher has begun and not ended."""
        return self._open

    @property
    def braced(self) -> bool:
        """Whether its opening brace has been read."""
        return self._braced

    def accounts(self) -> dict[str, int]:
        """Each account used, with its place in ``rows.accounts``."""
        return self._accounts

    def take(self, text: str, bounds: Sequence[int], line: int) -> int:
        """Read the vouchers between ``bounds`` in ``text``, the first on ``line``, if all are written the common way.

        Gives the number of the line after them, or 0, with nothing read, when one of them is written otherwise.
        """
        first, end = bounds[0], bounds[-1]
        heads = _HEAD.findall(text, first, end)
        found = _ROW.findall(text, first, end)
        all_lines = [text.count("\n", start, stop) for start, stop in pairwise(bounds)]
        ends_at = [_without_blank_lines(text, stop) for stop in bounds[1:]]
        lines = [
            count - (stop - last) for count, stop, last in zip(all_lines, bounds[1:], ends_at, strict=True)
        ]
        # Every voucher has one head of two lines. When as many lines as vouchers are left, those are the braces that
        # every voucher must end with, and nothing has been passed over.
        if len(heads) != len(lines) or sum(lines) != len(found) + 3 * len(lines) or not found:
            return 0
        if not all(text.startswith("}\n", last - 2) for last in ends_at):
            return 0
        kinds, numbers, lists, kronor, decimals, days, texts, quantities, _ = zip(*found, strict=True)
        ore = [
            int(whole + (rest if len(rest) == 2 else (rest + "00")[:2]))
            for whole, rest in zip(kronor, decimals, strict=True)
        ]
        own_days = [head[2] for head in heads]
        if any(kinds) or not self._learn(
            set(numbers), set(lists), {*days, *own_days}, {*texts, *(h[3] for h in heads)}
        ):
            return 0  # Removed and added rows are told line by line.
        ends = list(accumulate((count - 3 for count in lines), initial=0))
        if any(sum(ore[start:stop]) for start, stop in pairwise(ends)) or not all(
            map(self._days.__getitem__, own_days)
        ):
            return 0  # So are sums that disagree.
        rows, known_days, known_texts = self.rows, self._days, self._texts
        before = len(rows.ore)
        if any(quantities):
            for place, quantity in enumerate(quantities, start=before):
                self._quantity(_text(quantity), place)
        rows.account.extend([self._accounts[number] for number in numbers])
        rows.object.extend([self._objects[written] for written in lists])
        rows.ore.extend(ore)
        moments = [known_days[written] for written in days]
        for place, (start, stop) in enumerate(pairwise(ends)):
            rows.day.extend([moment or known_days[own_days[place]] for moment in moments[start:stop]])
        rows.kind.extend(bytes(len(ore)))
        rows.text.extend([known_texts[written] for written in texts])
        rows.first.extend([before + start for start in ends[:-1]])
        rows.voucher_day.extend([known_days[written] for written in own_days])
        starts = list(accumulate(all_lines, initial=line))
        rows.line.extend(starts[:-1])
        same = self._same
        rows.series.extend([same.setdefault(head[0], _text(head[0])) for head in heads])
        rows.number.extend([_text(head[1]) for head in heads])
        rows.voucher_text.extend([known_texts[head[3]] for head in heads])
        return starts[-1]

    def _learn(self, numbers: set[str], lists: set[str], days: set[str], texts: set[str]) -> bool:
        """Take in what has not been seen before; False when some of it cannot be understood."""
        if any(text not in self._objects and self._place_of_objects(text) is None for text in lists):
            return False
        if any(text not in self._days and self._day(text) is None for text in days):
            return False
        for number in sorted(numbers):
            if number not in self._accounts:
                self._account(number)
        for text in texts:
            if text not in self._texts:
                self._texts[text] = _text(text)
        return True

    def begin(self, given: list[Field], line: int) -> None:
        """A #VER line read by its fields."""
        if self._open:
            self.end(line, missing_brace=True)
        texts = [field.text for field in given if not field.braces] + [""] * 4
        series, number, day_text, text = texts[:4]
        day = fields.day(day_text)
        if day is None and (moved := fields.day(number)):
            # Some programs leave out an empty number: the day stands in its place.
            day, number, text = moved, "", day_text
        if not day:
            self._faults.error(
                line, f"Verifikation {_name(series, number)} har inget giltigt datum ({day_text})."
            )
        self._begin(series, number, day or 0, text, line)

    def brace(self, opening: bool, line: int) -> None:
        """A line with a brace."""
        if not self._open:
            self._faults.broken(line, "En klammer står utanför en verifikation.")
        elif opening:
            self._braced = True
        else:
            self.end(line)

    def row(self, kind: str, given: list[Field], line: int) -> None:
        """A #TRANS, #RTRANS or #BTRANS line read by its fields; ``kind`` is "", "R" or "B"."""
        label = f"#{kind}TRANS"
        if not self._open:
            self._faults.broken(line, f"{label} står utanför en verifikation och är inte räknad.", lost=True)
            return
        account = given[0].text if given and not given[0].braces else ""
        rest = given[1:]
        objects: Objects = ()
        if rest and rest[0].braces:
            understood = fields.objects(rest[0].text)
            rest = rest[1:]
            objects = understood or ()
            if understood is None:
                self._faults.error(
                    line, f"Objektlistan i {label} går inte att förstå. Beloppet räknas utan objekt."
                )
                objects = ()
        texts = [field.text for field in rest] + [""] * 4
        written = fields.amount(texts[0])
        if not account or written is None:
            what = "konto" if not account else "belopp"
            self._faults.error(line, f"{label} saknar giltigt {what} ({texts[0]}) och är inte räknad.")
            return
        if written.rounded:
            self._faults.note(
                line, f"Beloppet {texts[0]} har fler än två decimaler och är avrundat till öre."
            )
        day = fields.day(texts[1])
        if day is None:
            self._faults.warning(
                line, f"{label} har datumet {texts[1]}, som inte finns. Verifikationens datum gäller."
            )
            day = 0
        told = (account, objects, written.ore, day, texts[2])
        copy_of_added = kind == "" and self._added == told
        self._settle_added(copied=copy_of_added)
        if copy_of_added:
            return  # The copy that older programs read; the added row itself is kept.
        rows = self.rows
        rows.account.append(
            self._account(account) if account not in self._accounts else self._accounts[account]
        )
        rows.object.append(self._place(objects))
        rows.ore.append(written.ore)
        rows.day.append(day or rows.voucher_day[-1])
        rows.kind.append(_KINDS[kind])
        rows.text.append(self._same.setdefault(texts[2], texts[2]))
        self._quantity(texts[3], len(rows.ore) - 1)
        if kind == "R":
            self._added = told
            self._added_line = line

    def end(self, line: int, *, missing_brace: bool = False) -> None:
        """The voucher is over: its sum is checked."""
        self._settle_added(copied=False)
        self._open = False
        rows = self.rows
        first, name = rows.first[-1], _name(rows.series[-1], rows.number[-1])
        begun = rows.line[-1]
        if missing_brace:
            self._faults.broken(begun, f"Verifikation {name} saknar avslutande klammer.")
        kinds = rows.kind[first:]
        total = sum(ore for ore, kind in zip(rows.ore[first:], kinds, strict=True) if kind != REMOVED)
        if total:
            self._faults.error(
                begun, f"Verifikation {name} går inte ihop: debet och kredit skiljer {_kronor(abs(total))}."
            )
        if not kinds:
            self._faults.note(begun, f"Verifikation {name} har inga rader.")

    def _begin(self, series: str, number: str, day: int, text: str, line: int) -> None:
        rows = self.rows
        rows.first.append(len(rows.ore))
        rows.voucher_day.append(day)
        rows.line.append(line)
        rows.series.append(self._same.setdefault(series, series))
        rows.number.append(number)
        rows.voucher_text.append(self._same.setdefault(text, text))
        self._open, self._braced, self._added = True, False, None

    def _settle_added(self, *, copied: bool) -> None:
        """An added row without its copy: older programs would have missed it."""
        if self._added is not None and not copied:
            self._faults.note(
                self._added_line, "#RTRANS följs inte av en likadan #TRANS. Raden är räknad ändå."
            )
        self._added = None

    def _day(self, text: str) -> int | None:
        day = fields.day(text)
        if day is not None:
            self._days[text] = day
        return day

    def _account(self, number: str) -> int:
        self.rows.accounts.append(number)
        place = self._accounts[number] = len(self._accounts)
        return place

    def _place_of_objects(self, text: str) -> int | None:
        objects = fields.objects(text)
        if objects is None:
            return None
        place = self._objects[text] = self._place(objects)
        return place

    def _place(self, objects: Objects) -> int:
        place = self._same_objects.get(objects)
        if place is None:
            place = self._same_objects[objects] = len(self.rows.objects)
            self.rows.objects.append(objects)
        return place

    def _quantity(self, text: str, row: int) -> None:
        if text and (quantity := fields.amount(text)) is not None:
            self.rows.quantity[row] = kr(quantity.ore)


def _without_blank_lines(text: str, stop: int) -> int:
    """Where the last line before ``stop`` with something on it ends."""
    while text.startswith("\n\n", stop - 2):
        stop -= 1
    return stop


def _text(written: str) -> str:
    """A field as written, without its quotes."""
    if written.startswith('"'):
        written = written[1:-1]
        return written.replace('\\"', '"') if "\\" in written else written
    return written


def _name(series: str, number: str) -> str:
    return f"{series} {number}".strip() or "utan nummer"


def _kronor(ore: int) -> str:
    whole, rest = divmod(ore, 100)
    return f"{whole:,}".replace(",", "\u00a0") + f",{rest:02} kr"
