"""The dictionary: hunspell with the Swedish words of ``resources/spelling`` and those of the associations' world."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from finsam_desktop.errors import UserError
from finsam_desktop.paths import resources

LANGUAGE = "sv_SE"
_DOTTED = {"a": "åä", "o": "ö", "å": "aä", "ä": "aåe", "ö": "o", "A": "ÅÄ", "O": "Ö", "Å": "A", "Ä": "A", "Ö": "O",
           "e": "äé"}  # fmt: skip
MOST = 5
"""Suggestions given for a word."""


def folder() -> Path:
    """Where the dictionary lies."""
    return resources() / "spelling"


class Dictionary:
    """Loads in some tenths of a second and takes 30 MB. UserError when its files or the library are missing."""

    def __init__(self, place: Path | None = None) -> None:
        place = place or folder()
        files = [place / f"{LANGUAGE}.aff", place / f"{LANGUAGE}.dic"]
        missing = [file.name for file in files if not file.is_file()]
        try:
            import hunspell  # type: ignore[import-untyped]

            if missing:  # the library itself says nothing, and ends the process or knows no words
                raise OSError(", ".join(missing))
            self._hunspell = hunspell.Hunspell(LANGUAGE, hunspell_data_dir=str(place))
        except Exception as error:  # the library raises what it meets
            raise UserError(
                "Den svenska ordlistan saknas, så stavningen kan inte kontrolleras.",
                advice="Installera om programmet. Allt annat fungerar som vanligt.",
                detail=f"{place}: {error!r}",
            ) from error
        for word, like in _terms(place / "samordning.txt"):
            if like:
                self._hunspell.add_with_affix(word, like)
            self._hunspell.add(word)

    def knows(self, word: str) -> bool:
        """Whether the word is spelt right; a word that begins a sentence may be large."""
        return bool(self._hunspell.spell(word))

    def near(self, word: str) -> tuple[str, ...]:
        """Words that the commonest slips may have made this one of; at once."""
        return tuple(dict.fromkeys(one for one in _slips(word) if self.knows(one)))[:MOST]

    def suggestions(self, word: str) -> tuple[str, ...]:
        """At most five words that may have been meant, the likeliest first. May take a second."""
        found = dict.fromkeys((*self.near(word), *self._hunspell.suggest(word)))
        # Of long compounds the library often thinks of nothing.
        return tuple(found or dict.fromkeys(one for one in _edits(word) if self.knows(one)))[:MOST]


def _slips(word: str) -> Iterator[str]:
    """The word without the commonest slips: a letter too few or too many of two alike, two changed about, a ring or
    dots forgotten. The library thinks of these in short words only, not in long compounds."""
    for place, letter in enumerate(word):
        if letter == word[place - 1 : place]:
            yield word[:place] + word[place + 1 :]
        elif letter.isalpha():
            yield word[: place + 1] + letter.lower() + word[place + 1 :]
    for place in range(len(word) - 1):
        one, other = word[place], word[place + 1]
        yield word[:place] + (other.upper() if one.isupper() else other) + one.lower() + word[place + 2 :]
    for place, letter in enumerate(word):
        for dotted in _DOTTED.get(letter, ""):
            yield word[:place] + dotted + word[place + 1 :]


def _edits(word: str) -> Iterator[str]:
    """The word with one letter less, then with one more."""
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]
    for letter in "nrstaeldikgmåäöovfpbhujcyxzwq":
        for place in range(1, len(word) + 1):
            yield word[:place] + letter + word[place:]


def _terms(path: Path) -> list[tuple[str, str]]:
    """Words, each with the word that it is inflected like; none where the file is missing."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError:
        return []
    pairs = (line.partition("/") for line in lines if line.strip() and not line.startswith("#"))
    return [(word.strip(), like.strip()) for word, _, like in pairs]
