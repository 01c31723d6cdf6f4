"""Masked words are found however they are written, and nothing else is."""

from __future__ import annotations

import unicodedata
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam_desktop.domain.confidentiality import MaskedWord
from finsam_desktop.domain.masking import BAR, Masking

ONE = Masking((MaskedWord(words="Åsa Öbergh"),))


@pytest.mark.parametrize(
    "written",
    [
        "Åsa Öbergh", "åsa öbergh", "ÅSA ÖBERGH", "Åsa Öberghs", "Åsa Öbergh:s", "Åsa\u00a0Öbergh", "Åsa\nÖbergh",
        "Åsa\r\n  Öbergh", "**Åsa** Öbergh", "**Åsa Öbergh**", "Åsa *Öbergh*s", "Åsa Ö\u00adbergh", "Å\u200bsa Öbergh",
        "Åsa_Öbergh", "åsa.öbergh", "Åsa-Öbergh", "[Åsa](https://exempel.se/a) Öbergh", "Åsa Ö\\bergh",
        unicodedata.normalize("NFD", "Åsa Öbergh"), quote("Åsa Öbergh"), "Åsas Öbergh"[:3] + " Öbergh", "ÅsaÖbergh",
    ],
)  # fmt: skip
def test_it_is_found_however_it_is_written(written: str) -> None:
    masked = ONE.masked(f"Hos {written}, enligt intyg")
    assert masked in (f"Hos {BAR}, enligt intyg", f"Hos **{BAR}, enligt intyg", f"Hos **{BAR}**, enligt intyg",
                      f"Hos [{BAR}, enligt intyg", f"Hos {BAR}*, enligt intyg")  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["Åsa Öberghsson", "Kåsa Öbergh", "Åsa", "Öbergh", "Åsa och Bo Öbergh", "Asa Obergh", ""],
)
def test_other_words_stand(text: str) -> None:
    assert ONE.masked(text) == text


def test_a_number_is_found_with_and_without_its_hyphen_but_not_inside_a_longer_one() -> None:
    masking = Masking((MaskedWord(words="850101-1234"),))
    assert masking.masked("850101-1234 och 8501011234") == f"{BAR} och {BAR}"
    assert masking.masked("1850101-1234, 850101-12345") == "1850101-1234, 850101-12345"


def test_the_longest_goes_first_and_each_is_told() -> None:
    words = (MaskedWord(words="Kim"), MaskedWord(words="Kim Ek", instead="NN"))
    told: list[str] = []
    assert Masking(words).masked("Kim Ek och Kim", lambda word: told.append(word.words)) == f"NN och {BAR}"
    assert told == ["Kim Ek", "Kim"]


def test_words_of_marks_only_mask_nothing() -> None:
    assert Masking((MaskedWord(words=" … "),)).masked("a … b") == "a … b"


@given(
    st.text(min_size=1, max_size=12).filter(lambda text: any(one.isalnum() for one in text)),
    st.text(alphabet=" .,;\n\u00a0()", max_size=3),
)
def test_no_word_stands_after_masking(word: str, between: str) -> None:
    masking = Masking((MaskedWord(words=word, instead="¤"),))
    assert not masking.finds(masking.masked(f"Före{between or ' '}{word}{between or ' '}efter, {word}."))
