"""A number format tells days, times, shares and decimals apart; serial numbers become the right day."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from finsam_desktop.sources.number_formats import FormatKind, decimals, kind, moment, quoted, scale


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("General", FormatKind.NUMBER), ('#,##0 "dagar"', FormatKind.NUMBER), ("#,##0;[Red]-#,##0", FormatKind.NUMBER),
        ("[h]:mm", FormatKind.NUMBER), ("0.0%", FormatKind.PERCENT), ("yyyy-mm-dd", FormatKind.DATE),
        ("[$-41D]d mmmm yyyy;@", FormatKind.DATE), ("mmm-yy", FormatKind.DATE), ("hh:mm", FormatKind.TIME),
        ("@", FormatKind.TEXT),
    ],
)  # fmt: skip
def test_kinds(code: str, expected: FormatKind) -> None:
    assert kind(code) is expected


def test_decimals_scale_and_words() -> None:
    assert [decimals(code) for code in ("General", "0", "#,##0.00", '0.0 "kr."', "@")] == [
        None,
        0,
        2,
        1,
        None,
    ]
    assert [scale(code) for code in ("#,##0", "#,##0,", "#,##0.0,,")] == [0, 1, 2]
    assert [quoted(code) for code in ('#,##0 "tkr"', "#,##0 [$kr-41D]", "0")] == ["tkr", "kr", ""]


@pytest.mark.parametrize(
    ("serial", "expected"),
    [
        (1, date(1900, 1, 1)), (59, date(1900, 2, 28)), (61, date(1900, 3, 1)), (46265, date(2026, 8, 31)),
        (46265.5729166667, datetime(2026, 8, 31, 13, 45)), (46264.9999999, date(2026, 8, 31)), (0.5, time(12)),
        (-1, None), (3_000_000, None),
    ],
)  # fmt: skip
def test_serial_numbers(serial: float, expected: object) -> None:
    assert moment(serial, from_1904=False) == expected
