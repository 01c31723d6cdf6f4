"""An answer that is remembered is the one of the very value that was asked about."""

from __future__ import annotations

import gc
import weakref
from dataclasses import dataclass
from datetime import date

import pytest

from finsam_desktop.domain import remembering
from finsam_desktop.domain.remembering import remembered


@dataclass(frozen=True)
class _Seat:
    name: str


def test_it_is_worked_out_once_for_each_value() -> None:
    asked: list[str] = []

    @remembered
    def shouted(seat: _Seat, day: date) -> str:
        asked.append(seat.name)
        return f"{seat.name.upper()} {day}"

    one, other = _Seat("ledamot"), _Seat("ersättare")
    first, second = date(2026, 1, 1), date(2026, 2, 1)
    for _ in range(2):
        assert shouted(one, first) == "LEDAMOT 2026-01-01"
        assert shouted(other, first) == "ERSÄTTARE 2026-01-01"
        assert shouted(one, date(2026, 2, 1)) == "LEDAMOT 2026-02-01"
        assert shouted(one, second) == "LEDAMOT 2026-02-01"
    assert asked == ["ledamot", "ersättare", "ledamot"]


def test_no_later_value_gets_the_answer_of_one_that_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembering, "MOST", 7)

    @remembered
    def name(seat: _Seat) -> str:
        return seat.name

    for number in range(2000):
        assert name(_Seat(str(number))) == str(number)
        if not number % 500:
            gc.collect()


def test_texts_and_days_are_known_by_what_they_are() -> None:
    asked: list[str] = []

    @remembered
    def said(name: str, day: date) -> str:
        asked.append(name)
        return f"{name} {day}"

    for _ in range(2):
        name = "".join(["leda", "mot"])  # another text each time
        assert said(name, date(2026, 1, 1)) == "ledamot 2026-01-01"
    assert asked == ["ledamot"]


def test_so_many_answers_are_kept_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembering, "MOST", 3)

    @remembered
    def name(seat: _Seat) -> str:
        return seat.name

    def kept(number: int) -> weakref.ref[_Seat]:
        seat = _Seat(str(number))
        name(seat)
        return weakref.ref(seat)

    first = [kept(number) for number in range(3)]
    assert all(seat() is not None for seat in first)
    fourth = kept(3)
    gc.collect()
    assert not any(seat() is not None for seat in first), "it begins anew"
    assert fourth() is not None


def test_an_answer_that_is_no_or_nothing_is_remembered_too() -> None:
    asked: list[str] = []

    @remembered
    def is_vacant(seat: _Seat) -> bool:
        asked.append(seat.name)
        return False

    seat = _Seat("ledamot")
    assert not is_vacant(seat)
    assert not is_vacant(seat)
    assert asked == ["ledamot"]


def test_nothing_is_remembered_of_a_fault() -> None:
    asked: list[int] = []

    @remembered
    def fails_once(seat: _Seat) -> str:
        asked.append(1)
        if len(asked) == 1:
            raise KeyError(seat.name)
        return seat.name

    seat = _Seat("ordförande")
    try:
        fails_once(seat)
    except KeyError:
        pass
    assert fails_once(seat) == "ordförande"


def test_a_tuple_is_known_by_what_is_in_it_and_in_which_order() -> None:
    asked: list[str] = []

    @remembered
    def joined(seats: tuple[_Seat, ...]) -> str:
        asked.append("")
        return ", ".join(seat.name for seat in seats)

    one, other = _Seat("ledamot"), _Seat("ersättare")
    assert joined((one, other)) == joined((one, other)) == "ledamot, ersättare"
    assert joined((other, one)) == "ersättare, ledamot"
    assert joined((one, _Seat("ersättare"))) == "ledamot, ersättare"
    assert joined(()) == ""
    assert len(asked) == 4
