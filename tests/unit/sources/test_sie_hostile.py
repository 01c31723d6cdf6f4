"""SIE files that want to do harm, and those that are only odd: read or refused, quickly and in little memory."""

from __future__ import annotations

import sys
import time
from contextlib import suppress
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finsam_desktop.errors import UserError
from finsam_desktop.sources import read_workbook_bytes, recognise
from finsam_desktop.sources.sie import read_sie
from tests.unit.sources import cost, sie_files
from tests.unit.sources.test_sie import totals

HEAD = b"#FLAGGA 0\n#SIETYP 4\n#RAR 0 20260101 20261231\n"
LONG = 10_000_000

HOSTILE = {
    "long text": HEAD + b'#PROSA "' + b"x" * LONG + b'"\n',
    "long quotes": HEAD + b'#PROSA "' + b'\\"' * (LONG // 2) + b"\n",
    "open quotes": HEAD + b'#KONTO 1 "' * 200_000,
    "long object list": HEAD + b"#PSALDO 0 202601 1 {" + b'1 "a" ' * (LONG // 6) + b"} 5\n",
    "open braces": HEAD + b"{" * LONG,
    "nested braces": HEAD + (b'#VER A 1 20260101 "x"\n{\n' * 100_000),
    "nulls": HEAD + b"\0" * LONG,
    "nulls between": HEAD + b"#KONTO 1930 B\0a\0nk\n" * 50_000,
    "long amount": HEAD + b"#IB 0 1930 " + b"9" * 90_000 + b"\n#IB 0 1930 1" + b"0" * 17 + b".5\n",
    "every line a fault": HEAD + b"x\n" * 500_000,
    "every line an account": HEAD + b"".join(b"#KONTO %d a\n" % n for n in range(150_000)),
    "no line ends": b"#FLAGGA 0 " + b"#VER " * (LONG // 5),
    "bell and backspace": HEAD + bytes(range(1, 32)) * 100_000,
}


@pytest.mark.skipif(sys.platform != "linux", reason="measures memory by /proc")
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_costs_little(name: str, tmp_path: Path) -> None:
    hostile, good = tmp_path / "bok.se", tmp_path / "bra.se"
    hostile.write_bytes(HOSTILE[name])
    good.write_bytes(sie_files.made("4E").encode("cp437"))
    taken = cost.of_reading(hostile, good)
    assert taken.seconds < cost.MOST_SECONDS, taken
    assert taken.megabytes < cost.MOST_MEGABYTES, taken


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("nested braces", "bok.se är trasig på fler än 20000 rader, senast på rad "),
        (
            "every line a fault",
            "bok.se är trasig på fler än 20000 rader, senast på rad 20004. Raden börjar inte med #",
        ),
        ("every line an account", "Filen bok.se har fler än 50000 konton."),
    ],
)
def test_a_file_of_nothing_but_faults_is_refused_with_its_line(name: str, told: str) -> None:
    with pytest.raises(UserError) as caught:
        read_sie(HOSTILE[name], "bok.se")
    assert caught.value.message.startswith(told)
    assert caught.value.advice == "Be den som sköter bokföringen om en ny SIE-fil av typ 4."


def test_a_file_that_is_too_large_is_refused_before_it_is_read() -> None:
    started = time.process_time()
    with pytest.raises(UserError, match="större än 60 megabyte"):
        read_sie(HEAD + b" " * (61 * 2**20), "bok.se")
    assert time.process_time() - started < 1


def test_words_that_look_like_commands_are_only_words() -> None:
    text = sie_files.made("4E").replace("Köpta insatser", "=cmd|' /C calc'!A0")
    book = read_workbook_bytes(text.encode("cp437"), "bok.se")
    sheet = book.sheets[0]
    assert any(cell.value == "=cmd|' /C calc'!A0" for row in sheet.rows for cell in row)
    assert sheet.formulas == frozenset()


def _noise(content: bytes) -> None:
    with suppress(UserError):
        recognise(read_workbook_bytes(content, "bok.se"))


LINES = sie_files.made("4E").encode("cp437").split(b"\n")
ODD = st.one_of(
    st.sampled_from(LINES),
    st.sampled_from([b"{", b"}", b'"', b"#VER", b"#TRANS", b"#TRANS 1930", b"#RTRANS 1930 {} 5", b"#BTRANS 1 {} 5",
                     b"#RAR 0 20260101 20261231", b"#RAR 0 99991231 99991231", b"#PSALDO 0 999912 1 {} 5",
                     b"#OMFATTN 00010101", b"#KSUMMA", b"#KSUMMA 1", b"\0", b"\xff\xfe", b"#IB 0 1930 1e5"]),
    st.binary(max_size=30),
)  # fmt: skip


@given(st.lists(ODD, max_size=40))
@settings(max_examples=150, deadline=None)
def test_nothing_is_too_odd(lines: list[bytes]) -> None:
    _noise(b"#FLAGGA 0\n" + b"\n".join(lines))


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_damaged_file_is_read_or_refused(data: st.DataObject) -> None:
    content = bytearray(
        sie_files.made(data.draw(st.sampled_from(["1", "2", "3", "4E", "4I"]))).encode("cp437")
    )
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(content) - 1))
        match data.draw(st.integers(0, 3)):
            case 0:
                content[place] = data.draw(st.integers(0, 255))
            case 1:
                del content[place : place + data.draw(st.integers(1, 50))]
            case 2:
                content[place:place] = data.draw(st.binary(max_size=20))
            case _:
                content[place:place] = content[: data.draw(st.integers(0, 200))]
        if not content:
            return
    _noise(bytes(content))


@pytest.mark.long
@given(st.lists(ODD, max_size=25))
@settings(max_examples=10_000, deadline=None)
def test_nothing_is_too_odd_ten_thousand_times(lines: list[bytes]) -> None:
    _noise(b"#FLAGGA 0\n" + b"\n".join(lines))


# -- made and read again -----------------------------------------------------------------------------

AMOUNTS = st.integers(-(10**13), 10**13).map(lambda ore: Decimal(ore).scaleb(-2))
TEXTS = st.text(st.sampled_from('abcåäöÅÄÖé &<>{}\\"\t#0'), max_size=12)


def quoted(text: str) -> str:
    return '"' + text.replace('"', '\\"') + '"'


@st.composite
def files(draw: st.DrawFn) -> str:
    """A file of type 4 with rows that balance, in one of the habits of writing."""
    gap = draw(st.sampled_from([" ", "\t", "  "]))
    lines = ["#FLAGGA 0", "#SIETYP 4", "#RAR 0 20260101 20261231"]
    for number in range(draw(st.integers(0, 6))):
        text = draw(TEXTS).replace("\\", "")
        lines += [f"#VER{gap}A{gap}{number}{gap}2026{draw(st.integers(1, 12)):02}15{gap}{quoted(text)}", "{"]
        amounts = draw(st.lists(AMOUNTS, min_size=1, max_size=4))
        for amount in (*amounts, -sum(amounts, Decimal())):
            objects = draw(st.sampled_from(["", ' 1 "100" ', '"1" "20 0" "6" "P"', "1 100"]))
            end = draw(
                st.sampled_from(
                    ["", f"{gap}20260101", f'{gap}""{gap}{quoted(text)}', f'{gap}""{gap}""{gap}2.5']
                )
            )
            lines.append(
                f"{gap}#TRANS{gap}{draw(st.integers(1000, 9999))}{gap}{{{objects}}}{gap}{amount:.2f}{end}"
            )
        lines.append(draw(st.sampled_from(["}", "}\n", "  }"])))
    for _ in range(draw(st.integers(0, 5))):
        account, amount = draw(st.integers(1000, 9999)), draw(AMOUNTS)
        lines.append(f"#PSALDO 0 2026{draw(st.integers(1, 12)):02} {account} {{}} {amount:.2f}")
        lines.append(f"#IB 0 {account} {amount:.2f}")
    return "\n".join(lines) + "\n"


@given(files(), st.sampled_from(["cp437", "utf-8", "cp1252"]))
@settings(max_examples=100, deadline=None)
def test_what_is_written_is_what_is_read(text: str, encoding: str) -> None:
    sie = read_sie(text.encode(encoding), "bok.se")
    expected: dict[str, tuple[int, Decimal]] = {}
    for line in text.split("\n"):
        words = line.split("}", 1)
        label = line.split()[0] if line.split() else ""
        if label not in ("#TRANS", "#PSALDO", "#IB"):
            continue
        amount = Decimal((words[1].split()[0]) if label != "#IB" else line.split()[3])
        count, total = expected.get(label, (0, Decimal()))
        expected[label] = count + 1, total + amount
    assert totals(sie) == expected
    assert sie.errors == ()
    assert all(voucher.sum == 0 for voucher in sie.vouchers)
