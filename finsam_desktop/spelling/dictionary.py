"""The dictionary: hunspell with the Swedish words of ``resources/spelling`` and those of the associations' world."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from finsam_desktop.errors import UserError
from finsam_desktop.paths import resources

LANGUAGE = "sv_SE"
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
            self._hunspell.add_with_affix(word, like) if like else self._hunspell.add(word)

    def knows(self, word: str) -> bool:
        """Whether the word is spelt right; a word that begins a sentence may be large."""
        return bool(self._hunspell.spell(word))

    def suggestions(self, word: str) -> tuple[str, ...]:
        """At most five words that may have been meant, the likeliest first. May take a second."""
        return tuple(dict.fromkeys(self._hunspell.suggest(word)))[:MOST]


def unknown(words: Iterable[str], knows: Callable[[str], bool]) -> list[str]:
    """The words that are not known, each once, in order."""
    return [word for word in dict.fromkeys(words) if not knows(word)]


def _terms(path: Path) -> list[tuple[str, str]]:
    """Words, each with the word that it is inflected like; none where the file is missing."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError:
        return []
    pairs = (line.partition("/") for line in lines if line.strip() and not line.startswith("#"))
    return [(word.strip(), like.strip()) for word, _, like in pairs]
