"""Word by word: the pieces give both texts back, and changed words are found as a reader would point at them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from finsam_desktop.domain.word_changes import Kind, Piece, told, word_changes

WORDS = st.lists(st.sampled_from(("budget", "nio", "tio", "1 724", "å", ".", "\n", "–")), max_size=12).map(
    " ".join
)


def side(pieces: tuple[Piece, ...], *kinds: Kind) -> str:
    return "".join(piece.text for piece in pieces if piece.kind in kinds)


@given(st.one_of(WORDS, st.text(max_size=40)), st.one_of(WORDS, st.text(max_size=40)))
def test_the_pieces_give_both_texts_back(before: str, after: str) -> None:
    pieces = word_changes(before, after)
    assert side(pieces, Kind.SAME, Kind.REMOVED) == before
    assert side(pieces, Kind.SAME, Kind.ADDED) == after
    assert (before == after) == all(piece.kind is Kind.SAME for piece in pieces)


def test_one_word_is_one_change() -> None:
    pieces = word_changes("Styrelsen godkänner nio förslag.", "Styrelsen godkänner tio förslag.")
    assert [(piece.kind, piece.text) for piece in pieces] == [
        (Kind.SAME, "Styrelsen godkänner "),
        (Kind.REMOVED, "nio"),
        (Kind.ADDED, "tio"),
        (Kind.SAME, " förslag."),
    ]
    assert told(pieces) == "Borttaget: nio. Tillagt: tio."


def test_a_number_is_one_word() -> None:
    pieces = word_changes("cirka 22\u00a0000 kr och 0,9 procent", "cirka 22\u00a0400 kr och 0,8 procent")
    changed = [piece.text for piece in pieces if piece.kind is not Kind.SAME]
    assert changed == ["22\u00a0000", "22\u00a0400", "0,9", "0,8"]


def test_words_changed_side_by_side_are_one_change() -> None:
    pieces = word_changes("att godkänna planen", "att avslå förslaget")
    assert [piece.text for piece in pieces] == ["att ", "godkänna planen", "avslå förslaget"]


def test_a_changed_space_is_told_too() -> None:
    assert told(word_changes("§ 67", "§\u00a067")) == "Borttaget: mellanrum. Tillagt: mellanrum."
    assert told(word_changes("lika", "lika")) == ""


def test_a_text_as_long_as_a_book_is_compared_at_once() -> None:
    lines = [f"Rad {n} med några ord till." for n in range(6000)]
    before = "\n".join(lines)
    lines[3000] = "En helt annan rad."
    pieces = word_changes(before, "\n".join(lines))
    assert side(pieces, Kind.ADDED).strip() == "En helt annan rad."
