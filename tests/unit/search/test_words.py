"""What counts as the same word: case, å ä ö, composed letters, soft hyphens, parts of compounds; and the marks."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam_desktop.search.finding import LONGEST, find_in_file, marks, piece
from finsam_desktop.search.folding import folded, shown
from finsam_desktop.search.query import MOST_WORDS, query


def has(text: str, word: str) -> bool:
    wanted = query(word).words
    return bool(wanted) and all(one in folded(shown(text)) for one in wanted)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("rehabiliteringsinsatser", "insats"),
        ("FÖRBUNDSSTYRELSEN i Östersund", "förbundsstyrelsen"),
        ("Ångermanlands län", "ångermanland"),
        ("a\u030angermanland och o\u0308rnsko\u0308ldsvik", "Örnsköldsvik"),
        ("rehabili\u00adterings\u00adinsats", "rehabiliteringsinsats"),
        ("1\u00a0724 tkr", "1 724"),
        ("en idé av André", "ide andre"),
        ("ﬁnansiering", "finansiering"),
        ("08.30–12.00", "08.30-12.00"),
        ("styrelsen\nbeslutar", '"styrelsen beslutar"'),
        ("Sida 3, \u200bspecial", "special"),
    ],
)
def test_it_is_found(text: str, word: str) -> None:
    assert has(text, word)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Åsa", "asa"),
        ("Öberg", "oberg"),
        ("asa", "åsa"),
        ("lån", "lan"),
        ("beslutar styrelsen", '"styrelsen beslutar"'),
    ],
)
def test_it_is_another_word(text: str, word: str) -> None:
    assert not has(text, word)


@given(st.text())
def test_folding_keeps_every_place(text: str) -> None:
    clean = shown(text)
    assert len(folded(clean)) == len(clean)
    assert shown(clean) == clean
    assert folded(shown(unicodedata.normalize("NFD", text))) == folded(clean)


@given(st.text(alphabet="abåä ", max_size=30), st.lists(st.text(alphabet="abåä", min_size=1, max_size=3)))
def test_the_marks_are_the_letters_of_the_words(text: str, words: list[str]) -> None:
    marked = {place for start, length in marks(text, words) for place in range(start, start + length)}
    covered: set[int] = set()
    for word in words:
        place = 0
        while (found := text.find(word, place)) >= 0:
            covered |= set(range(found, found + len(word)))
            place = found + len(word)
    assert marked == covered


@given(st.text(alphabet="ab \n", max_size=600), st.integers(0, 590))
def test_a_piece_holds_the_first_mark_whole(text: str, at: int) -> None:
    text = text[:at] + "X" * 5 + text[at:]
    start = text.index("X")
    cut, where = piece(text, ((start, 5),))
    assert len(cut) <= LONGEST + 4
    assert [cut[first : first + length] for first, length in where] == ["XXXXX"]
    assert "\n" not in cut


def test_a_query_keeps_each_word_once_and_what_stands_together() -> None:
    assert query('Budget  "Styrelsen beslutar" budget').words == ("budget", "styrelsen beslutar")
    assert query('  "" ').words == ()
    assert query('öppet "citat').words == ("öppet", "citat")
    assert len(query(" ".join(f"ord{n}" for n in range(40))).words) == MOST_WORDS


def test_a_place_in_a_file_is_its_page_or_its_paragraph() -> None:
    text = "första sidan\fandra sidan om insats\foch insats i budget"
    found = find_in_file(text, folded(text), ("sida 1", "sida 2", "sida 3"), ("insats", "budget"))
    assert [place.label for place in found] == ["sida 3", "sida 2"]
    assert [found[0].text[start : start + length] for start, length in found[0].marks] == ["insats", "budget"]
    text = "ett\ntvå insats\ntre insats"
    assert [one.label for one in find_in_file(text, folded(text), ("",), ("insats",))] == [
        "stycke 2",
        "stycke 3",
    ]
