"""SIE files of every type, encoding and habit of writing are read whole, and to the öre."""

from __future__ import annotations

import zlib
from datetime import date
from decimal import Decimal

import pytest

from finsam_desktop.domain.figures import Period
from finsam_desktop.errors import UserError
from finsam_desktop.sources.sie import FaultLevel, SieFile, SieKind, is_sie, read_sie
from finsam_desktop.sources.sie.balances import accumulated, balances, latest_tertial, tertial
from finsam_desktop.sources.sie.checksum import checksum
from tests.unit.sources import sie_files

KINDS = ("1", "2", "3", "4E", "4I")
T2 = Period(start=date(2026, 1, 1), end=date(2026, 8, 31))


def read(text: str, encoding: str = "cp437", name: str = "bok.se") -> SieFile:
    return read_sie(text.replace("\n", "\r\n").encode(encoding), name)


def totals(sie: SieFile) -> dict[str, tuple[int, Decimal]]:
    """The same figures as the oracle's, from what was read."""
    groups: dict[str, list[Decimal]] = {}
    for balance in sie.balances:
        groups.setdefault(f"#{balance.kind}", []).append(balance.amount)
    for post in sie.period_balances:
        groups.setdefault(f"#{post.kind}", []).append(post.amount)
    rows = [row.amount for voucher in sie.vouchers for row in voucher.transactions if not row.removed]
    if rows:
        groups["#TRANS"] = rows
    return {kind: (len(amounts), sum(amounts, Decimal())) for kind, amounts in groups.items()}


@pytest.mark.parametrize("encoding", ["cp437", "cp1252", "utf-8", "utf-8-sig", "utf-16", "mac_roman"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_type_in_every_encoding(kind: str, encoding: str) -> None:
    text = sie_files.made(kind)
    sie = read(text, encoding)
    assert sie.kind == kind
    assert totals(sie) == sie_files.oracle(text)
    assert sie.company == "Samordningsförbundet Exempelbygden"
    assert sie.accounts["3510"].name == "Bidrag Försäkringskassan"
    assert sie.prose == "Åäö är rätt"
    assert sie.errors == ()
    assert [str(fault) for fault in sie.faults if fault.level is FaultLevel.WARNING] == []


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r", "\n\n", "\r\n\x1a"])
def test_every_line_end(ending: str) -> None:
    text = sie_files.made("4E")
    sie = read_sie(text.replace("\n", ending).encode("cp437"), "bok.se")
    assert totals(sie) == sie_files.oracle(text)


def test_what_stands_about_the_file() -> None:
    sie = read(sie_files.made("4E"))
    assert (sie.program, sie.organisation_number, sie.plan_type) == (
        "Provbok Å 1.2",
        "222000-1234",
        "KOMMUN-BAS",
    )
    assert (sie.generated, sie.until, sie.tax_year) == (date(2026, 9, 5), date(2026, 8, 31), "2027")
    assert (sie.company_type, sie.currency, sie.already_imported) == ("X", "SEK", False)
    year = sie.year(-1)
    assert year is not None
    assert (year.start, year.end) == (date(2025, 1, 1), date(2025, 12, 31))
    assert sie.accounts["1930"].sru == ("7281",)
    assert (sie.accounts["6310"].unit, sie.accounts["6310"].kind) == ("tim", "K")
    assert sie.dimensions[21].parent == 1
    assert [(o.dimension, o.code, o.name) for o in sie.objects][2] == (21, "10001", "Steg för steg")


def test_vouchers_are_built_when_asked_for() -> None:
    sie = read(sie_files.made("4E"))
    voucher = sie.vouchers[16]
    assert (voucher.series, voucher.number, voucher.day, voucher.text) == (
        "A",
        "17",
        date(2026, 1, 15),
        "Bokföring 17",
    )
    first, second = voucher.transactions
    assert (first.account, first.amount, first.objects) == (
        "4510",
        Decimal("412500.03"),
        ((1, "100"), (6, "P1")),
    )
    assert (second.text, second.day) == ("motkonto å", date(2026, 1, 15))
    assert voucher.sum == 0
    assert sie.vouchers[-1] == list(sie.vouchers)[-1] == sie.vouchers[len(sie.vouchers) - 1]
    assert sie_files.made("4E").split("\n")[voucher.line - 1].startswith("#VER A 17 ")
    with pytest.raises(IndexError):
        sie.vouchers[len(sie.vouchers)]


STYLES = {
    "plain": '#VER A 1 20260115 "Text"\n{\n#TRANS 3510 {} -10.50\n#TRANS 1930 {} 10.50\n}\n',
    "tabs": '#VER\tA\t1\t20260115\t"Text"\n{\n\t#TRANS\t3510\t{}\t-10.50\n\t#TRANS\t1930\t{}\t10.50\n}\n',
    "quoted": '#VER "A" "1" "20260115" "Text"\n{\n#TRANS "3510" {} "-10.50"\n#TRANS "1930" {} "10.50"\n}\n',
    "empty": '#VER "" "" 20260115 "Text"\n{\n#TRANS 3510 { } -10.50\n#TRANS 1930 { } 10.50\n}\n',
    "no objects": '#VER A 1 20260115 "Text"\n{\n#TRANS 3510 -10.50\n#TRANS 1930 10.50\n}\n',
    "brace on line": '#VER A 1 20260115 "Text" {\n#TRANS 3510 {} -10.50\n#TRANS 1930 {} 10.50 }\n',
    "dashes in day": '#VER A 1 2026-01-15 "Text"\n{\n#TRANS 3510 {} -10.50\n#TRANS 1930 {} 10.50\n}\n',
    "comma": '#VER A 1 20260115 "Text"\n{\n#TRANS 3510 {} -10,50\n#TRANS 1930 {} 10,5\n}\n',
    "small letters": '#ver A 1 20260115 "Text"\n{\n#trans 3510 {} -10.5\n#trans 1930 {} +10.50\n}\n',
    "many decimals": '#VER A 1 20260115 "Text"\n{\n#TRANS 3510 {} -10.5000\n#TRANS 1930 {} 10.5000\n}\n',
    "signature": '#VER A 1 20260115 "Text" 20260116 "E Ö"\n{\n#TRANS 3510 {} -10.50 20260115 "t" 0 "E Ö"\n'
    '#TRANS 1930 {} 10.50 "" "" 3\n}\n',
    "more fields": '#VER A 1 20260115 "Text" 20260116 "E" x y\n{\n#TRANS 3510 {} -10.50 20260115 "t" 0 E new 7\n'
    "#TRANS 1930 {} 10.50\n}\n",
    "grouped": '#VER A 1 20260115 "Text"\n{\n#TRANS 3510 {} "-0 010,50"\n#TRANS 1930 {} 10.50\n}\n',
    "no number": '#VER A 20260115 "Text"\n{\n#TRANS 3510 {} -10.50\n#TRANS 1930 {} 10.50\n}\n',
    "note between": '#VER A 1 20260115 "Text"\n{\n#TRANS 3510 {} -10.50\n#MOMSKOD 10\n#TRANS 1930 {} 10.50\n}\n',
}  # fmt: skip


@pytest.mark.parametrize("style", STYLES)
def test_habits_of_writing(style: str) -> None:
    sie = read(sie_files.HEAD.replace("{type}", "4") + sie_files.accounts() + STYLES[style])
    (voucher,) = sie.vouchers
    assert [(row.account, row.amount) for row in voucher.transactions] == [
        ("3510", Decimal("-10.50")), ("1930", Decimal("10.50")),
    ]  # fmt: skip
    assert (voucher.day, voucher.text) == (date(2026, 1, 15), "Text")
    assert sie.errors == ()


def test_the_fast_and_the_slow_way_agree() -> None:
    """A note line inside each voucher makes the pattern stand aside; everything else must be the same."""
    text = sie_files.made("4E").replace('"motkonto å"', '"mot \\"konto\\" å" 2.5 sign')
    slow = text.replace("\n}\n", "\n#OKÄND\n}\n")
    fast, other = read(text), read(slow)
    assert len(other.notes) == len(sie_files.ROWS)
    assert [v.transactions for v in fast.vouchers] == [v.transactions for v in other.vouchers]
    assert [(v.series, v.number, v.day, v.text) for v in fast.vouchers] == [
        (v.series, v.number, v.day, v.text) for v in other.vouchers
    ]
    assert fast.vouchers.sums == other.vouchers.sums
    row = fast.vouchers[0].transactions[1]
    assert (row.text, row.quantity) == ('mot "konto" å', Decimal("2.50"))


def test_escaped_quotes_and_backslashes() -> None:
    text = (
        sie_files.HEAD.replace("{type}", "1") + '#KONTO 1930 "Kassa \\"special\\""\n#KONTO 1940 "C:\\bok\\"\n'
    )
    sie = read(text)
    assert sie.accounts["1930"].name == 'Kassa "special"'
    assert sie.accounts["1940"].name == "C:\\bok\\"


def test_removed_and_added_rows() -> None:
    """SIE filformat 4B, #BTRANS and #RTRANS: a copy follows each added row, a removed row does not count."""
    sie = read(sie_files.HEAD.replace("{type}", "4") + sie_files.accounts() + (
        '#VER "" "" 20260115 "Porto"\n{\n#TRANS 1930 {} -1000.00\n#TRANS 4510 {} 200.00\n#BTRANS 6310 {} 800.00\n'
        "#RTRANS 5011 {} 800.00\n#TRANS 5011 {} 800.00\n}\n"
        '#VER "" "" 20260116 "Porto"\n{\n#TRANS 1930 {} -7.00\n#RTRANS 5011 {} 7.00\n}\n'))  # fmt: skip
    first, second = sie.vouchers
    assert [(t.account, t.amount, t.removed, t.added) for t in first.transactions] == [
        ("1930", -1000, False, False), ("4510", 200, False, False), ("6310", 800, True, False),
        ("5011", 800, False, True),
    ]  # fmt: skip
    assert first.sum == second.sum == 0
    assert sie.vouchers.row_count == 5
    assert sie.errors == ()
    assert [str(f) for f in sie.faults if "RTRANS" in f.text] == [
        f"Rad {(sie_files.HEAD + sie_files.accounts()).count(chr(10)) + 12}: "
        "#RTRANS följs inte av en likadan #TRANS. Raden är räknad ändå."
    ]


def test_unknown_lines_are_kept_as_notes() -> None:
    sie = read(sie_files.made("1") + "#MOMSKOD 2610 10\n#NYHET {1 2} x\n")
    assert [text for _, text in sie.notes] == ["#MOMSKOD 2610 10", "#NYHET {1 2} x"]


# -- the checksum ------------------------------------------------------------------------------------


def spec_crc(data: bytes) -> int:
    """The table algorithm printed in the specification, section 10."""
    table = []
    for index in range(256):
        crc = index
        for _ in range(8):
            crc = (crc >> 1) ^ 0xEDB88320 if crc & 1 else crc >> 1
        table.append(crc)
    crc = 0xFFFFFFFF
    for byte in data:
        crc = (crc >> 8) & 0x00FFFFFF ^ table[(crc ^ byte) & 0xFF]
    return crc ^ 0xFFFFFFFF


def test_the_checksum_takes_labels_and_fields_only() -> None:
    lines = ['#KONTO  1915\t"Kassa \\"special\\""', '#TRANS 1930 {1 "10 0"} -5.00 "" "å {x}"', "{"]
    kept = '#KONTO1915Kassa "special"#TRANS1930110 0-5.00å {x}'.encode("cp437")
    assert checksum(lines) == spec_crc(kept) == zlib.crc32(kept)


@pytest.mark.parametrize("encoding", ["cp437", "utf-8"])
@pytest.mark.parametrize("signed", [False, True])
def test_a_checksum_is_verified(encoding: str, signed: bool) -> None:
    first, rest = sie_files.made("4E").split("\n", 1)
    total = checksum(rest.split("\n"))
    stated = total - 2**32 if signed and total >= 2**31 else total
    good = f"{first}\n#KSUMMA\n{rest}#KSUMMA {stated}\n"
    assert read(good, encoding).checksum_ok is True
    bad = read(good.replace("412500.04", "412500.05", 1), encoding)
    assert bad.checksum_ok is False
    assert any("Kontrollsumman stämmer inte" in fault.text for fault in bad.errors)
    cut = read(f"{first}\n#KSUMMA\n{rest}", encoding)
    assert any("Filen är avkortad" in fault.text for fault in cut.errors)
    assert read(f"{first}\n{rest}").checksum_ok is None


# -- sums by period ----------------------------------------------------------------------------------


def by_rows(account: str, months: range, objects: str = "") -> Decimal:
    total = Decimal()
    for month, number, amount, other, carried in sie_files.ROWS:
        if month in months and objects in carried:
            total += Decimal(amount) if number == account else 0
            total -= Decimal(amount) if other == account and not objects else 0
    return total


@pytest.mark.parametrize("kind", ["2", "3", "4E"])
@pytest.mark.parametrize(("first", "last"), [(1, 4), (1, 8), (5, 8), (1, 12)])
def test_outcomes_to_the_ore(kind: str, first: int, last: int) -> None:
    period = Period(start=date(2026, first, 1), end=date(2026, last, [31, 30, 31, 31][last // 4]))
    found = {balance.account: balance for balance in balances(read(sie_files.made(kind)), period)}
    for account in ("3510", "3520", "4510", "5011", "1930", "2440"):
        assert found[account].outcome == by_rows(account, range(first, last + 1))
        assert found[account].accumulated == by_rows(account, range(1, last + 1))
        assert found[account].previous_outcome == sum(
            (Decimal(f"{by_rows(account, range(m, m + 1)) * 9 / 10:.2f}") for m in range(first, last + 1)),
            Decimal(),
        )
    assert found["3510"].budget == -7_200_000
    assert found["3510"].budget_outcome == -600_000 * (last - first + 1)
    assert found["1930"].opening == 2_010_000
    assert found["1930"].closing == 2_010_000 + by_rows("1930", range(1, last + 1))
    assert found["1930"].previous_closing == 2_010_000


def test_tertials_follow_the_years_own_months() -> None:
    sie = read(sie_files.made("2").replace("20260101 20261231", "20250701 20260630"))
    assert tertial(sie, 1) == Period(start=date(2025, 7, 1), end=date(2025, 10, 31))
    assert tertial(sie, 3) == Period(start=date(2026, 3, 1), end=date(2026, 6, 30))
    usual = read(sie_files.made("2"))
    assert latest_tertial(usual) == 2
    assert accumulated(usual, 2) == T2


def test_sums_by_object() -> None:
    for kind in ("3", "4E"):
        sie = read(sie_files.made(kind))
        found = {b.account: b.outcome for b in balances(sie, T2, objects=((1, "100"),))}
        assert found["4510"] == by_rows("4510", range(1, 9), '"100"')
        assert found["3510"] == by_rows("3510", range(1, 9))
        assert "1930" not in found or found["1930"] == 0


def test_last_years_own_file_gives_last_year() -> None:
    before = read(sie_files.made("4E").replace("2025", "2024").replace("2026", "2025"))
    found = {b.account: b for b in balances(read(sie_files.made("4I")), T2, previous=before)}
    assert found["3510"].previous_outcome == by_rows("3510", range(1, 9))


def test_a_file_of_type_1_says_why_it_has_no_tertial() -> None:
    sie = read(sie_files.made("1"))
    with pytest.raises(UserError) as caught:
        balances(sie, T2)
    assert caught.value.message == (
        "bok.se är en SIE-fil av typ 1 och har bara saldon för hela året. "
        "Den kan inte ge siffror för januari–augusti 2026."
    )
    assert "SIE-fil av typ 4" in caught.value.advice
    year = {b.account: b for b in balances(sie, accumulated(sie, 3))}
    assert year["3510"].accumulated == -4_000_000
    assert year["3510"].previous_accumulated == -3_900_000
    assert year["1930"].closing == next(
        b.amount for b in sie.balances if (b.kind, b.year, b.account) == ("UB", 0, "1930")
    )


def test_objects_stand_in_only_where_the_account_itself_is_missing() -> None:
    text = sie_files.HEAD.replace("{type}", "3") + (
        '#PSALDO 0 202601 4510 {1 "100"} 10\n#PSALDO 0 202601 4510 {1 "200"} 5\n#PSALDO 0 202601 4510 {6 "P1"} 15\n'
        '#PSALDO 0 202601 5011 {} 7\n#PSALDO 0 202601 5011 {1 "100"} 6\n'
    )
    found = {b.account: b.outcome for b in balances(read(text), T2)}
    assert found == {"4510": 15, "5011": 7}


# -- what is no SIE file -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content", [b"<html><body>404</body></html>", b"# Rubrik\nText", b"#!/bin/sh\nls", b"hej", b""]
)
def test_other_files_are_no_sie_files(content: bytes) -> None:
    assert not is_sie(content)
    with pytest.raises(UserError, match=r"bok\.se är ingen SIE-fil"):
        read_sie(content, "bok.se")


@pytest.mark.parametrize("encoding", ["cp437", "utf-8-sig", "utf-16"])
def test_a_sie_file_is_known_by_its_content(encoding: str) -> None:
    assert is_sie(sie_files.made("4E").encode(encoding))


def test_kinds_are_told_from_the_content() -> None:
    assert read(sie_files.made("4E").replace("#SIETYP 4\n", "")).kind is SieKind.VOUCHERS
    assert read(sie_files.made("2").replace("#SIETYP 2", "#SIETYP 1")).kind is SieKind.PERIODS
