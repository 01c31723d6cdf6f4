"""Every fault in a SIE file is named in Swedish with its line, and nothing else in the file is lost by it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from finsam_desktop.sources.sie import FaultLevel, SieFile, read_sie
from tests.unit.sources import sie_files

BASE = sie_files.HEAD.replace("{type}", "4") + sie_files.accounts()
LINES = BASE.count("\n")
GOOD = '#VER A 1 20260115 "Bra"\n{\n#TRANS 3510 {} -10.50\n#TRANS 1930 {} 10.50\n}\n'
ERROR, WARNING, NOTE = FaultLevel.ERROR, FaultLevel.WARNING, FaultLevel.NOTE


def voucher(*rows: str, head: str = '#VER A 2 20260116 "Fel"') -> str:
    return "\n".join((head, "{", *rows, "}", ""))


BALANCED = ("#TRANS 3510 {} -1", "#TRANS 1930 {} 1")

#: What is added after BASE; line of the fault counted from there (None: the whole file), its level, its words.
FAULTS: dict[str, tuple[str, int | None, FaultLevel, str]] = {
    "unbalanced": (voucher("#TRANS 3510 {} -1", "#TRANS 1930 {} 1.50"), 1, ERROR,
                   "Verifikation A 2 går inte ihop: debet och kredit skiljer 0,50 kr."),
    "no amount": (voucher(*BALANCED, "#TRANS 1930 {}"), 5, ERROR, "#TRANS saknar giltigt belopp ()"),
    "amount in words": (voucher(*BALANCED, "#TRANS 1930 {} tio"), 5, ERROR, "saknar giltigt belopp (tio)"),
    "no account": (voucher(*BALANCED, "#TRANS {} 5"), 5, ERROR, "#TRANS saknar giltigt konto"),
    "outside a voucher": ("#TRANS 1930 {} 5\n", 1, ERROR, "#TRANS står utanför en verifikation och är inte räknad."),
    "day that is not": (voucher(*BALANCED, head='#VER A 2 20260230 "Fel"'), 1, ERROR,
                        "Verifikation A 2 har inget giltigt datum (20260230)."),
    "no day": (voucher(*BALANCED, head="#VER A 2"), 1, ERROR, "har inget giltigt datum ()"),
    "row's day": (voucher("#TRANS 3510 {} -1 20261301", "#TRANS 1930 {} 1"), 3, WARNING,
                  "#TRANS har datumet 20261301, som inte finns. Verifikationens datum gäller."),
    "object list": (voucher("#TRANS 3510 {1} -1", "#TRANS 1930 {} 1"), 3, ERROR,
                    "Objektlistan i #TRANS går inte att förstå. Beloppet räknas utan objekt."),
    "object list open": (voucher('#TRANS 3510 {1 "100" -1', "#TRANS 1930 {} 1"), 3, WARNING,
                         "Objektlistan är inte rätt skriven."),
    "unclosed voucher": ('#VER A 2 20260116 "Fel"\n{\n#TRANS 3510 {} -1\n#TRANS 1930 {} 1\n' + GOOD, 1, WARNING,
                         "Verifikation A 2 saknar avslutande klammer."),
    "cut file": ('#VER A 2 20260116 "Fel"\n{\n#TRANS 3510 {} -1\n#TRANS 1930 {} 1\n', 4, ERROR,
                 "Filen slutar mitt i en verifikation. Den är kanske bara delvis kopierad."),
    "brace alone": ("}\n", 1, WARNING, "En klammer står utanför en verifikation."),
    "voucher without rows": (voucher(), 1, NOTE, "Verifikation A 2 har inga rader."),
    "too many decimals": (voucher("#TRANS 3510 {} -1.005", "#TRANS 1930 {} 1.01"), 3, NOTE,
                          "Beloppet -1.005 har fler än två decimaler och är avrundat till öre."),
    "no quote": ('#KONTO 1999 "Halv\n', 1, WARNING, "Ett citattecken saknas i slutet av en text."),
    "line break in text": ('#KONTO 1999 "Halv\noch hel"\n', 2, WARNING, "Raden börjar inte med # och är inte läst."),
    "account without number": ('#KONTO\n', 1, WARNING, "#KONTO saknar kontonummer."),
    "account in letters": ('#KONTO 19A "Bank"\n', 1, NOTE, "Kontot 19A är inte ett tal."),
    "account twice": ('#KONTO 1930 "Annat"\n', 1, NOTE, "Konto 1930 finns två gånger. Det första namnet gäller"),
    "account kind": ("#KTYP 1930 X\n", 1, WARNING, "Kontotypen X för konto 1930 finns inte. Den ska vara"),
    "dimension": ('#DIM ett "Ställe"\n', 1, WARNING, "Dimensionen ett är inget nummer."),
    "object": ('#OBJEKT 1\n', 1, WARNING, "#OBJEKT saknar dimension eller objektnummer."),
    "year": ("#RAR -2 20240101 2024\n", 1, ERROR, "Räkenskapsåret -2 20240101–2024 går inte att förstå."),
    "year backwards": ("#RAR -2 20241231 20240101\n", 1, ERROR, "Räkenskapsåret -2"),
    "year twice": ("#RAR 0 20260101 20261231\n", 1, WARNING, "Räkenskapsår 0 finns två gånger. Det första gäller."),
    "balance": ("#IB 0 1930\n", 1, ERROR, "#IB saknar giltigt år, konto eller belopp och är inte räknad."),
    "balance's year": ("#UB i 1930 5\n", 1, ERROR, "#UB saknar giltigt år, konto eller belopp"),
    "period": ("#PSALDO 0 202613 1930 {} 5\n", 1, ERROR, "#PSALDO saknar giltigt år, period, konto eller belopp"),
    "budget": ("#PBUDGET 0 202601 3510 {} många\n", 1, ERROR, "#PBUDGET saknar giltigt år, period, konto eller belopp"),
    "period's objects": ("#PSALDO 0 202601 1930 {1} 5\n", 1, ERROR, "Objektlistan i #PSALDO går inte att förstå."),
    "period outside": ("#PSALDO 0 202701 1930 {} 5\n", 1, WARNING, "Perioden 202701 ligger utanför räkenskapsåret."),
    "balance twice": ("#IB 0 1930 5\n#IB 0 1930 5\n", None, WARNING,
                      "#IB för konto 1930, år 0, finns 2 gånger. Den sista gäller."),
    "period twice": ("#PSALDO 0 202601 1930 {} 5\n#PSALDO 0 202601 1930 {} 5\n", None, WARNING,
                     "#PSALDO för konto 1930, 202601, finns 2 gånger. Den sista gäller."),
    "opening balances": ("#IB 0 1930 5\n", None, WARNING, "De ingående balanserna går inte ihop. De skiljer 5,00 kr."),
    "closing balances": ("#UB 0 1930 5\n#RES 0 3510 -4\n", None, WARNING,
                         "Utgående balanser och resultat går inte ihop. De skiljer 1,00 kr."),
    "balance against rows": (GOOD + "#UB 0 1930 99\n", None, WARNING,
                             "Utgående balans på konto 1930 är 99,00 kr, men raderna i filen ger 10,50 kr."),
    "result against rows": (GOOD + "#RES 0 3510 -99\n", None, WARNING,
                            "Resultatet på konto 3510 är −99,00 kr, men raderna i filen ger −10,50 kr."),
    "voucher outside the year": (voucher(*BALANCED, head="#VER A 2 20251230") + "#IB 0 1930 0\n", None, WARNING,
                                 "Filen har verifikationer utanför räkenskapsåret: 2025-12. De räknas inte till det."),
    "account unknown": (voucher("#TRANS 3999 {} -1", "#TRANS 1930 {} 1"), None, NOTE, "1 konto utan #KONTO: 3999."),
    "dimension unknown": (voucher('#TRANS 3510 {77 "A"} -1', "#TRANS 1930 {} 1"), None, NOTE,
                          "Dimension 77 används men är inte beskriven med #DIM."),
    "checksum cut": ("#KSUMMA\n", 1, ERROR, "Kontrollsumman i slutet av filen saknas. Filen är avkortad."),
    "checksum wrong": ("#KSUMMA\n#KONTO 1 X\n#KSUMMA 17\n", 3, ERROR, "Kontrollsumman stämmer inte."),
    "checksum in words": ("#KSUMMA\n#KONTO 1 X\n#KSUMMA åtta\n", 3, ERROR, "Kontrollsumman stämmer inte."),
    "said twice": ('#FNAMN "Annan"\n', 1, NOTE, "#FNAMN finns mer än en gång. Den första gäller."),
    "long line": ("#PROSA " + "x" * 200_000 + "\n", 1, ERROR, "Raden har 200007 tecken och är inte läst."),
}  # fmt: skip

#: What is changed in BASE, and the words of the fault for the whole file.
WHOLE = {
    "no flag": (("#FLAGGA 0\n", ""), NOTE, "Filen saknar #FLAGGA"),
    "imported": (("#FLAGGA 0", "#FLAGGA 1"), NOTE, "Filen är märkt som redan inläst"),
    "no type": (("#SIETYP 4\n", ""), NOTE, "Filen saknar #SIETYP. Typen är avgjord av innehållet."),
    "odd type": (("#SIETYP 4", "#SIETYP 9"), WARNING, "SIE typ 9 finns inte."),
    "wrong type": (("#SIETYP 4", "#SIETYP 2"), NOTE, "Filen säger att den är av typ 2 men innehåller"),
    "currency": (("#VALUTA SEK", "#VALUTA NOK"), WARNING, "Beloppen är i NOK, inte i kronor."),
    "organisation": (("222000-1234", "222000"), NOTE, "Organisationsnumret 222000 har inte tio siffror."),
    "no year": (("#RAR 0 20260101 20261231\n", ""), WARNING, "Räkenskapsåret (#RAR 0) saknas. Beloppen"),
    "odd day": (("#GEN 20260905", "#GEN igår"), NOTE, "Datumet i #GEN finns inte: igår."),
    "nulls": (("Exempelbygden", "Exempel\0bygden"), WARNING, "Filen innehåller nolltecken, som är borttagna."),
}  # fmt: skip


def read(text: str) -> SieFile:
    return read_sie(text.encode("cp437"), "bok.se")


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_named_with_its_line(name: str) -> None:
    added, line, level, words = FAULTS[name]
    sie = read(BASE + added)
    found = [fault for fault in sie.faults if words in str(fault).replace("\u00a0", " ")]
    assert found, [str(fault) for fault in sie.faults]
    assert found[0].level is level
    assert found[0].line == (0 if line is None else LINES + line)
    assert str(found[0]).startswith(f"Rad {LINES + line}: " if line else found[0].text)
    assert "!" not in str(found[0])


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_costs_nothing_else(name: str) -> None:
    """A good voucher and a good balance after the fault are read, and its line is right."""
    added, _, _, _ = FAULTS[name]
    if name == "unclosed voucher":
        added = added.removesuffix(GOOD)
    text = BASE + added + GOOD.replace("A 1", "Z 9") + '#OIB 0 1930 {1 "100"} 17.25\n'
    sie = read(text)
    last = sie.vouchers[-1]
    assert (last.series, last.number, last.sum) == ("Z", "9", 0)
    assert [row.amount for row in last.transactions] == [Decimal("-10.50"), Decimal("10.50")]
    assert text.split("\n")[last.line - 1].startswith("#VER Z 9")
    assert [b.amount for b in sie.balances if b.kind == "OIB"] == [Decimal("17.25")]


@pytest.mark.parametrize("name", WHOLE)
def test_a_fault_of_the_whole_file(name: str) -> None:
    (old, new), level, words = WHOLE[name]
    assert old in BASE
    sie = read(BASE.replace(old, new) + GOOD + "#IB 0 1930 0\n")
    found = [fault for fault in sie.faults if words in fault.text]
    assert found, [str(fault) for fault in sie.faults]
    assert (found[0].level, found[0].line) == (level, 0)
    assert len(sie.vouchers) == 1


def test_there_are_more_than_thirty_kinds_of_fault() -> None:
    assert len(FAULTS) + len(WHOLE) >= 50


def test_a_sound_file_has_no_faults() -> None:
    assert read(BASE + GOOD).faults == ()


def test_the_same_fault_over_and_over_is_counted() -> None:
    sie = read(BASE + "}\n" * 5_000)
    assert len(sie.faults) == 25
    assert sie.more_faults == 4_975


def test_mangled_letters_are_mended_and_told() -> None:
    mangled = (BASE + GOOD).encode("cp437").decode("cp1252", "ignore")
    sie = read_sie(mangled.encode("utf-8"), "bok.se")
    assert sie.accounts["2440"].name == "Leverantörsskulder"
    assert "Å, ä och ö var förvanskade" in sie.faults[0].text
    twice = (BASE + GOOD).encode("utf-8").decode("cp1252", "ignore")
    assert read_sie(twice.encode("utf-8"), "bok.se").accounts["2440"].name == "Leverantörsskulder"


def test_letters_that_cannot_be_told_are_counted() -> None:
    sie = read_sie(("\ufeff" + BASE).encode("utf-8") + b'#KONTO 1999 "\xff\xfe"\n', "bok.se")
    assert sie.faults[0].text == "2 tecken i filen gick inte att tyda och visas som \ufffd."
