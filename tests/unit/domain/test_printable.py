"""Pasted text: words stay as they are, signs that no document can hold do not come along."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from finsam_desktop.domain.printable import one_line, without_controls
from finsam_desktop.word.escape import check


def test_line_ends_of_all_kinds_are_one() -> None:
    assert without_controls("a\r\nb\rc\vd\fe\u2028f\u2029g") == "a\nb\nc\nd\ne\nf\ng"


def test_a_heading_keeps_its_no_break_spaces_and_soft_hyphens() -> None:
    assert one_line(" Bidrag\t1\u00a0724 tkr\r\nför Sam\u00adordning \u0001\u0007") == (
        "Bidrag 1\u00a0724 tkr för Sam\u00adordning"
    )


def test_a_family_and_writing_from_right_to_left_are_left_alone() -> None:
    for text in ("👩\u200d👩\u200d👧 🙂", "\u200fשלום עולם", "a\u0308"):
        assert without_controls(text) == text == one_line(text)


@given(st.text())
def test_what_is_pasted_can_stand_in_a_word_file(text: str) -> None:
    check(without_controls(text))
    assert "\n" not in one_line(text)
    assert one_line(one_line(text)) == one_line(text)
