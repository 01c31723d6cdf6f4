"""Finding and masking words wherever they stand: in running text, Markdown, file names and addresses.

A masked name is found whatever its case, with a genitive -s, over line ends, no-break spaces, soft hyphens and marks
of Markdown, with dots or underscores between its words (an e-mail address, a file name), and whether its letters are
composed or not. It is not found inside a longer word, nor in another inflection.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from finsam_desktop.domain.confidentiality import MaskedWord

BAR = "[maskerat]"
"""What stands where masked words stood, unless other words were chosen."""

_INSIDE = r"[\u00ad\u034f\u200b-\u200f\u2060\ufeff*_~`\\]*"
"""What may stand between two letters of a word and is not seen, or is a mark of Markdown."""
_BETWEEN = r"(?:[\W_]|%20|\]\([^)\n]{0,400}\)){0,16}?"
"""What may stand between two words: spaces, line ends, quotation marks, dots; the target of a link."""
_PART = re.compile(r"[^\W_]+")

OnFound = Callable[[MaskedWord], None]


@dataclass(frozen=True, slots=True)
class Span:
    """Masked words in a text: from ``start`` up to ``end``."""

    start: int
    end: int
    word: MaskedWord


class Masking:
    """Masks words in texts. Longer words go first, so that "Anna Andersson" is masked as one where both are named."""

    def __init__(self, words: Iterable[MaskedWord]) -> None:
        named = [(one, _parts(one.words)) for one in words]
        ordered = sorted((pair for pair in named if pair[1]), key=lambda pair: -sum(map(len, pair[1])))
        self._patterns = [(one, _pattern(parts)) for one, parts in ordered]
        self._first = [_plain(parts[0])[:1] for _, parts in ordered]

    def __bool__(self) -> bool:
        return bool(self._patterns)

    def masked(self, text: str, on_found: OnFound | None = None) -> str:
        """The text with every masked word replaced; ``on_found`` is told of each, once for every place."""
        spans = self.spans(text)
        for span in reversed(spans):
            text = text[: span.start] + (span.word.instead or BAR) + text[span.end :]
        if on_found is not None:
            for span in spans:
                on_found(span.word)
        return text

    def spans(self, text: str) -> list[Span]:
        """Where masked words stand, in order and apart from each other."""
        if not self._patterns or not text:
            return []
        seen = unicodedata.normalize("NFKC", text.casefold())
        found: list[Span] = []
        for (word, pattern), letter in zip(self._patterns, self._first, strict=True):
            if letter in seen or "%" in seen:
                found += [Span(*match.span(), word) for match in pattern.finditer(text)]
        found.sort(key=lambda span: (span.start, -span.end))
        apart: list[Span] = []
        for span in found:
            if not apart or span.start >= apart[-1].end:
                apart.append(span)
            else:
                apart[-1] = Span(apart[-1].start, max(apart[-1].end, span.end), apart[-1].word)
        return apart

    def finds(self, text: str) -> bool:
        """Whether any masked word stands in the text."""
        return bool(self.spans(text))


def parts_left(words: Iterable[MaskedWord], texts: Iterable[str]) -> dict[str, int]:
    """How often a part of a masked name, such as the surname alone, stands in the texts: by the part as written.

    Only parts with a capital and three letters or more; numbers and small words say nothing by themselves.
    """
    parts = {
        part: _pattern([part])
        for word in words
        if len(named := _parts(word.words)) > 1
        for part in named
        if len(part) > 2 and part[0].isupper()
    }
    counts = dict.fromkeys(parts, 0)
    for text in texts:
        for part, pattern in parts.items():
            counts[part] += (
                sum(1 for _ in pattern.finditer(text)) if part.casefold() in text.casefold() else 0
            )
    return {part: count for part, count in counts.items() if count}


def _parts(words: str) -> list[str]:
    return _PART.findall(unicodedata.normalize("NFC", words))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text.casefold())


def _pattern(parts: list[str]) -> re.Pattern[str]:
    """The words with anything invisible inside them, not in the middle of a longer word or number."""
    middle = _BETWEEN.join(_INSIDE.join(_letter(one) for one in part) for part in parts)
    before = r"(?<!\d)" if parts[0][0].isdigit() else r"(?<![^\W\d_])"
    if parts[-1][-1].isdigit():
        return re.compile(f"{before}{middle}(?!\\d)", re.IGNORECASE)
    genitive = rf"(?:{_INSIDE}(?:[:'’´]?s))?"
    return re.compile(rf"{before}{middle}{genitive}(?!{_INSIDE}[^\W\d_])", re.IGNORECASE)


def _letter(letter: str) -> str:
    """A letter composed or not, "å" is also "a" with a ring after it, and as it is written in an address."""
    apart = unicodedata.normalize("NFD", letter)
    encoded = "".join(f"%{byte:02X}" for byte in letter.encode()) if not letter.isascii() else letter
    both = {letter, apart, unicodedata.normalize("NFC", letter), encoded}
    return re.escape(letter) if len(both) == 1 else f"(?:{'|'.join(map(re.escape, sorted(both)))})"
