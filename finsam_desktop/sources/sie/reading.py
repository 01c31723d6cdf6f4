"""Reading a SIE file of type 1, 2, 3, 4E or 4I, from any program, with every fault named by its line.

Source: SIE filformat, utgåva 4B (2008-09-30). Where real files differ from it they are read as they are meant.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, Final

from finsam_desktop.errors import UserError
from finsam_desktop.sources.sie import checking, fields
from finsam_desktop.sources.sie.checksum import agrees
from finsam_desktop.sources.sie.encoding import decode
from finsam_desktop.sources.sie.faults import Faults
from finsam_desktop.sources.sie.fields import Field
from finsam_desktop.sources.sie.values import (
    Account,
    Balance,
    Dimension,
    FinancialYear,
    PeriodBalance,
    SieFile,
    SieKind,
    SieObject,
)
from finsam_desktop.sources.sie.voucher_reading import VoucherReader
from finsam_desktop.sources.sie.vouchers import Vouchers, as_date, kr

MAX_BYTES: Final = 60 * 2**20
#: No program writes lines like this; a longer one is named and left out.
MAX_LINE: Final = 100_000
#: A plan of accounts with all that a large organisation adds to it has some thousands.
MAX_ACCOUNTS: Final = 50_000
#: Vouchers read by one search.
_AT_A_TIME: Final = 256
_MAX_NOTES: Final = 1_000

_START: Final = re.compile(rb"^[\s\xef\xbb\xbf\xff\xfe\x00]*#\x00?[A-Za-z]")
_KNOWN: Final = re.compile(
    rb"^[ \t]*#(FLAGGA|SIETYP|FORMAT|PROGRAM|GEN|FNAMN|RAR|KONTO|VER|IB|UB|RES|PSALDO|TRANS)\b",
    re.MULTILINE | re.IGNORECASE,
)
_VOUCHER: Final = re.compile(r"^[ \t]*+#VER[ \t]", re.MULTILINE)
_LABEL: Final = re.compile(r"#([^\s{\"]+)")

Progress = Callable[[int, int], None]


def is_sie(content: bytes) -> bool:
    """Whether the bytes are a SIE file's, whatever the file is called."""
    head = content[:4096]
    if not _START.match(head):
        return False
    return bool(_KNOWN.search(head.replace(b"\0", b"").replace(b"\r", b"\n")))


def read_sie(content: bytes, file_name: str, progress: Progress | None = None) -> SieFile:
    """The SIE file in ``content``. Faults inside it are in ``faults``; they stop nothing.

    ``progress(done, total)`` is called now and then, in bytes, and may raise to stop. UserError when the file is no
    SIE file at all or larger than any bookkeeping (60 megabytes).
    """
    if len(content) > MAX_BYTES:
        raise UserError(
            f"Filen {file_name} är större än {MAX_BYTES // 2**20} megabyte.",
            advice="Be den som sköter bokföringen om en SIE-fil för ett enda år.",
        )
    sha256 = hashlib.sha256(content).hexdigest()
    text, encoding, remark = decode(content)
    reader = _Reader(file_name, encoding)
    if remark:
        reader.faults.warning(0, remark)
    reader.read(_lines_of(text, reader.faults), progress)
    if not reader.known:
        raise UserError(
            f"Filen {file_name} är ingen SIE-fil.",
            advice="En SIE-fil börjar med #FLAGGA. Be den som sköter bokföringen om en SIE-fil av typ 4.",
        )
    return reader.file(sha256)


def _lines_of(text: str, faults: Faults) -> str:
    """The text with \\n after every line, without what is no text."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        faults.warning(0, "Filen innehåller nolltecken, som är borttagna.")
        text = text.replace("\0", "")
    # Ctrl+Z ends the file in programs from the days of DOS.
    text = text.replace("\x1a", "")
    return text if text.endswith("\n") else text + "\n"


class _Reader:
    """Takes the lines in and keeps what they say."""

    def __init__(self, file_name: str, encoding: str) -> None:
        self.faults = Faults(file_name)
        self.known = 0
        self._file_name = file_name
        self._encoding = encoding
        self._vouchers = VoucherReader(self.faults)
        self._first: dict[str, list[str]] = {}
        self._accounts: dict[str, Account] = {}
        self._dimensions: dict[int, Dimension] = {}
        self._objects: dict[tuple[int, str], SieObject] = {}
        self._years: dict[int, FinancialYear] = {}
        self._balances: list[Balance] = []
        self._periods: list[PeriodBalance] = []
        self._notes: list[tuple[int, str]] = []
        self._checksums: list[tuple[int, str]] = []
        self._checksum_ok: bool | None = None
        self._posts: dict[str, Callable[[list[Field], int], None]] = {
            "KONTO": self._account, "KTYP": self._account_kind, "ENHET": self._unit, "SRU": self._sru,
            "DIM": self._dimension, "UNDERDIM": self._dimension, "OBJEKT": self._object, "RAR": self._year,
            "KSUMMA": self._checksum,
        }  # fmt: skip

    # -- the lines -----------------------------------------------------------------------------------

    def read(self, text: str, progress: Progress | None) -> None:
        """Take in all lines."""
        bounds = [found.start() for found in _VOUCHER.finditer(text)]
        line = self._lines(text[: bounds[0]] if bounds else text, 1)
        bounds.append(len(text))
        for place in range(0, len(bounds) - 1, _AT_A_TIME):
            if progress is not None:
                progress(bounds[place], len(text))
            line = self._take(text, bounds[place : place + _AT_A_TIME + 1], line)
        if self._vouchers.open:
            self._vouchers.end(line, missing_brace=True)
            self.faults.error(
                line - 1, "Filen slutar mitt i en verifikation. Den är kanske bara delvis kopierad."
            )
        self._check_sum(text)

    def _take(self, text: str, bounds: list[int], line: int) -> int:
        """Read the vouchers between ``bounds``; those that are not written the common way line by line."""
        after = 0 if self._vouchers.open else self._vouchers.take(text, bounds, line)
        if after:
            self.known += 1
            return after
        if len(bounds) == 2:
            return self._lines(text[bounds[0] : bounds[1]], line)
        # In smaller parts, so that one odd voucher does not make its neighbours slow.
        step = max((len(bounds) - 1) // 16, 1)
        for place in range(0, len(bounds) - 1, step):
            line = self._take(text, bounds[place : place + step + 1], line)
        return line

    def _lines(self, text: str, line: int) -> int:
        """Read lines one by one, the first of them numbered ``line``; the number of the line after them."""
        for written in text.split("\n")[:-1]:
            self._line(written.strip(" \t\f\v\ufeff"), line)
            line += 1
        return line

    def _line(self, text: str, line: int) -> None:
        if not text:
            return
        if len(text) > MAX_LINE:
            self.faults.error(line, f"Raden har {len(text)} tecken och är inte läst.")
            return
        if text[0] in "{}":
            self._vouchers.brace(text[0] == "{", line)
            if text[1:].strip():
                self._line(text[1:].strip(), line)
            return
        found = _LABEL.match(text)
        if found is None:
            self.faults.broken(
                line, "Raden börjar inte med # och är inte läst. Det kan vara ett radbrott i en text."
            )
            self._note(line, text)
            return
        label = found.group(1).upper()
        # Some programs write a voucher's braces on its lines instead of on lines of their own.
        closing = label.endswith("TRANS") and text.endswith("}") and text.count("{") < text.count("}")
        opening = label == "VER" and text.endswith("{")
        given, wrong = fields.split(text[found.end() : -1] if closing or opening else text[found.end() :])
        if wrong:
            self.faults.warning(line, wrong)
        self._post(label, given, line, text)
        if closing or opening:
            self._vouchers.brace(opening, line)

    def _post(self, label: str, given: list[Field], line: int, text: str) -> None:
        if label in ("TRANS", "RTRANS", "BTRANS"):
            self._vouchers.row(label[:-5], given, line)
        elif label == "VER":
            self._vouchers.begin(given, line)
        elif label in ("IB", "UB", "RES", "OIB", "OUB"):
            self._balance(label, given, line)
        elif label in ("PSALDO", "PBUDGET"):
            self._period(label, given, line)
        elif label in self._posts:
            self._posts[label](given, line)
        elif label in _SINGLE:
            if label in self._first and label not in ("PROSA", "ADRESS"):
                self.faults.note(line, f"#{label} finns mer än en gång. Den första gäller.")
            self._first.setdefault(label, [field.text for field in given])
        else:
            self._note(line, text)
            return
        self.known += 1

    def _note(self, line: int, text: str) -> None:
        if len(self._notes) < _MAX_NOTES:
            self._notes.append((line, text[:500]))

    # -- the posts -----------------------------------------------------------------------------------

    def _account(self, given: list[Field], line: int) -> None:
        number, name = _texts(given, 2)
        if not number:
            self.faults.warning(line, "#KONTO saknar kontonummer.")
            return
        if not (number.isascii() and number.isdecimal()):
            self.faults.note(line, f"Kontot {number} är inte ett tal.")
        known = self._accounts.get(number)
        if known is not None and known.name and known.name != name:
            self.faults.note(
                line, f"Konto {number} finns två gånger. Det första namnet gäller: {known.name}."
            )
            name = known.name
        if known is None and len(self._accounts) >= MAX_ACCOUNTS:
            raise UserError(
                f"Filen {self._file_name} har fler än {MAX_ACCOUNTS} konton.",
                advice="Be den som sköter bokföringen om en ny SIE-fil av typ 4.",
            )
        self._accounts[number] = replace(known, name=name) if known else Account(number=number, name=name)

    def _account_kind(self, given: list[Field], line: int) -> None:
        number, kind = _texts(given, 2)
        if kind.upper() not in ("T", "S", "K", "I"):
            self.faults.warning(
                line, f"Kontotypen {kind} för konto {number} finns inte. Den ska vara T, S, K eller I."
            )
            return
        self._change(number, kind=kind.upper())

    def _unit(self, given: list[Field], _line: int) -> None:
        number, unit = _texts(given, 2)
        self._change(number, unit=unit)

    def _sru(self, given: list[Field], _line: int) -> None:
        number, code = _texts(given, 2)
        known = self._accounts.get(number)
        self._change(number, sru=(*(known.sru if known else ()), code))

    def _change(self, number: str, **changed: Any) -> None:
        """Add to an account, also to one that is declared later or not at all."""
        if number:
            self._accounts[number] = replace(self._accounts.get(number) or Account(number=number), **changed)

    def _dimension(self, given: list[Field], line: int) -> None:
        number, name, parent = _texts(given, 3)
        if not _is_number(number):
            self.faults.warning(line, f"Dimensionen {number} är inget nummer.")
            return
        above = int(parent) if _is_number(parent) else None
        self._dimensions[int(number)] = Dimension(number=int(number), name=name, parent=above)

    def _object(self, given: list[Field], line: int) -> None:
        number, code, name = _texts(given, 3)
        if not _is_number(number) or not code:
            self.faults.warning(line, "#OBJEKT saknar dimension eller objektnummer.")
            return
        self._objects[int(number), code] = SieObject(dimension=int(number), code=code, name=name)

    def _year(self, given: list[Field], line: int) -> None:
        number, first, last = _texts(given, 3)
        start, end = fields.day(first), fields.day(last)
        if not _is_year(number) or not start or not end or start > end:
            self.faults.error(line, f"Räkenskapsåret {number} {first}–{last} går inte att förstå.")
            return
        if int(number) in self._years:
            self.faults.warning(line, f"Räkenskapsår {number} finns två gånger. Det första gäller.")
            return
        first_day, last_day = as_date(start), as_date(end)
        assert first_day is not None
        assert last_day is not None
        self._years[int(number)] = FinancialYear(number=int(number), start=first_day, end=last_day)

    def _balance(self, label: str, given: list[Field], line: int) -> None:
        given, objects = self._without_objects(label, given, line)
        year, account, amount, quantity = _texts(given, 4)
        written = fields.amount(amount)
        if not _is_year(year) or not account or written is None:
            self.faults.error(line, f"#{label} saknar giltigt år, konto eller belopp och är inte räknad.")
            return
        self._tell_rounding(written, amount, line)
        size = fields.amount(quantity) if quantity else None
        self._balances.append(Balance(
            kind=label, year=int(year), account=account, amount=kr(written.ore), objects=objects,
            quantity=kr(size.ore) if size else None, line=line,
        ))  # fmt: skip

    def _period(self, label: str, given: list[Field], line: int) -> None:
        given, objects = self._without_objects(label, given, line)
        year, period, account, amount, quantity = _texts(given, 5)
        written = fields.amount(amount)
        month = int(period) if _is_number(period) and len(period) == 6 and _is_month(int(period)) else None
        if not _is_year(year) or month is None or not account or written is None:
            self.faults.error(
                line, f"#{label} saknar giltigt år, period, konto eller belopp och är inte räknad."
            )
            return
        self._tell_rounding(written, amount, line)
        size = fields.amount(quantity) if quantity else None
        self._periods.append(PeriodBalance(
            kind=label, year=int(year), period=month, account=account, amount=kr(written.ore), objects=objects,
            quantity=kr(size.ore) if size else None, line=line,
        ))  # fmt: skip

    def _without_objects(self, label: str, given: list[Field], line: int) -> tuple[list[Field], Any]:
        lists = [field for field in given if field.braces]
        objects = fields.objects(lists[0].text) if lists else ()
        if objects is None:
            self.faults.error(
                line, f"Objektlistan i #{label} går inte att förstå. Beloppet räknas utan objekt."
            )
            objects = ()
        return [field for field in given if not field.braces], objects

    def _tell_rounding(self, written: fields.Amount, text: str, line: int) -> None:
        if written.rounded:
            self.faults.note(line, f"Beloppet {text} har fler än två decimaler och är avrundat till öre.")

    def _checksum(self, given: list[Field], line: int) -> None:
        self._checksums.append((line, given[0].text if given else ""))

    def _check_sum(self, text: str) -> None:
        if not self._checksums:
            return
        first = next((line for line, stated in self._checksums if not stated), 0)
        last, stated = self._checksums[-1]
        if not stated:
            self._checksum_ok = False
            self.faults.error(first, "Kontrollsumman i slutet av filen saknas. Filen är avkortad.")
            return
        lines = text.split("\n")
        self._checksum_ok = agrees(lines[first : last - 1], stated, self._encoding)
        if not self._checksum_ok:
            self.faults.error(
                last, "Kontrollsumman stämmer inte. Filen kan ha ändrats eller skadats efter exporten."
            )

    # -- the file ------------------------------------------------------------------------------------

    def file(self, sha256: str) -> SieFile:
        """What has been read, checked as a whole."""
        for number in (1, 2, 6, 7, 8, 9, 10):
            used = any(dimension == number for dimension, _ in self._objects)
            if used and number not in self._dimensions:
                self._dimensions[number] = checking.RESERVED_DIMENSIONS[number]
        first = {label: [*texts, "", "", ""] for label, texts in self._first.items()}
        nothing = ["", "", ""]
        read = SieFile(
            file_name=self._file_name,
            sha256=sha256,
            kind=SieKind.YEAR,
            stated_type=first.get("SIETYP", nothing)[0],
            encoding=self._encoding,
            company=first.get("FNAMN", nothing)[0].strip(),
            organisation_number=first.get("ORGNR", nothing)[0].strip(),
            company_type=first.get("FTYP", nothing)[0],
            program=" ".join(first.get("PROGRAM", nothing)).strip(),
            generated=self._single_day("GEN"),
            until=self._single_day("OMFATTN"),
            tax_year=first.get("TAXAR", nothing)[0],
            currency=first.get("VALUTA", nothing)[0].upper() or "SEK",
            plan_type=first.get("KPTYP", nothing)[0],
            prose=first.get("PROSA", nothing)[0],
            already_imported=first.get("FLAGGA", nothing)[0] == "1",
            checksum_ok=self._checksum_ok,
            years=tuple(sorted(self._years.values(), key=lambda year: -year.number)),
            accounts=self._accounts,
            dimensions=self._dimensions,
            objects=tuple(self._objects.values()),
            balances=tuple(self._balances),
            period_balances=tuple(self._periods),
            vouchers=Vouchers(self._vouchers.rows),
            notes=tuple(self._notes),
        )
        read = checking.with_kind_and_year(read, "FLAGGA" in self._first, self.faults)
        checking.check(read, self._vouchers.accounts(), self.faults)
        return replace(read, faults=self.faults.kept(), more_faults=self.faults.more)

    def _single_day(self, label: str) -> date | None:
        text = self._first.get(label, [""])
        written = fields.day(text[0]) if text else 0
        if written is None:
            self.faults.note(0, f"Datumet i #{label} finns inte: {text[0]}.")
        return as_date(written or 0)


#: Posts that say one thing about the whole file.
_SINGLE: Final = frozenset((
    "FLAGGA", "SIETYP", "FORMAT", "PROGRAM", "GEN", "FNAMN", "FNR", "FTYP", "ORGNR", "ADRESS", "BKOD", "TAXAR",
    "VALUTA", "KPTYP", "PROSA", "OMFATTN",
))  # fmt: skip


def _texts(given: list[Field], count: int) -> list[str]:
    return ([field.text for field in given] + [""] * count)[:count]


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 7


def _is_month(number: int) -> bool:
    return 1900 <= number // 100 < 2200 and 1 <= number % 100 <= 12


def _is_year(text: str) -> bool:
    return _is_number(text.removeprefix("-"))
