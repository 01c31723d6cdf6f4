"""The words of a text that are to be in a dictionary, and those an association brings itself. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from finsam_desktop.domain.association import Association

LONGEST = 60
"""Longer ones are no words: a file's name, a line of signs."""
_PASSED = re.compile(
    r"""\{\{.*?\}\} | \{%.*?%\} | \{[^{}\n]{0,80}\}          # template marks, references, phrases' variables
      | \b[\w.+-]+@[\w.-]+\b | \b(?:https?://|www\.)\S+       # e-mail, addresses on the web
      | \b[\w-]+\.(?:docx?|xlsx?|pptx?|pdf|se|nu|com|org|eu|finsam|odt|csv|txt|jpe?g|png)\b
      | [\#@/\\]\w+                                           # a phrase's name, a path
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_LETTERS = r"(?:[^\W_][\u0300-\u036f]*)+"
_WORD = re.compile(rf"{_LETTERS}(?:[\u00ad'’:.-]{_LETTERS})*")
_PART = re.compile(r"[-.]")
_HANGS = frozenset("-\u2010\u2011")


def words_of(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, length and spelling of every word to look up, in order.

    Not e-mail addresses, references, template marks and file names; not words with figures in them, of one letter, or
    in capitals, as abbreviations are ("OSL", "OSL:s"). Of a word with hyphens the last part is.
    """
    passed = [found.span() for found in _PASSED.finditer(text)] if _may_pass(text) else []
    for found in _WORD.finditer(text):
        start = found.start()
        if any(first <= start < last for first, last in passed):
            continue
        if text[found.end() : found.end() + 1] in _HANGS:  # "skatte- och"
            continue
        # Of "arbets-liv" the last part: the ones before it may be stems that never stand alone.
        whole = found[0]
        word = whole if whole.isalpha() else _PART.split(whole)[-1]
        clean = _looked_up(word)
        if clean:
            yield found.end() - len(word), len(word), clean


@lru_cache(maxsize=50_000)
def _looked_up(word: str) -> str:
    """The spelling of a word that is to be known; empty for one that is not."""
    clean = spelling(word)
    return clean if _is_to_be_known(clean) else ""


def spelling(word: str) -> str:
    """The word as a dictionary has it: composed letters, no soft hyphens, a straight apostrophe."""
    return unicodedata.normalize("NFC", word).replace("\u00ad", "").replace("’", "'")


def own_words(association: Association) -> frozenset[str]:
    """The words that are right in this association: its own list, and the names in its register."""
    texts = [association.name, association.seat, association.court, association.minutes_kept_at]
    texts += [association.letterhead.address]
    for person in association.people:
        texts += (person.name, person.party)
    for member in association.members:
        texts += (member.name, member.contact)
    texts += [appointment.title for appointment in association.appointments]
    texts += [team.name for team in association.teams]
    texts += [word for measure in association.measures for word in (measure.name, measure.performer)]
    texts += [indicator.name for indicator in association.indicators]
    found = set(association.own_words)
    for text in texts:
        found.update(word for _, _, word in words_of(text))
    return frozenset(found)


def is_own(word: str, own: frozenset[str]) -> bool:
    """Whether the association knows the word: as it stands, with a small first letter, or with a genitive's s."""
    for form in (word, word[:1].lower() + word[1:]):
        if form in own or (
            form.endswith("s") and (form[:-1] in own or (form[:-2] in own and form[-2] in ":'"))
        ):
            return True
    return False


def _may_pass(text: str) -> bool:
    return any(sign in text for sign in "{@#./\\")


def _is_to_be_known(word: str) -> bool:
    if not 1 < len(word) <= LONGEST or any(letter.isdigit() for letter in word):
        return False
    # "KL", "OSL:s", "IT"; and "FK's": capitals but for an ending.
    stem = re.split("[:']", word)[0]
    return not (len(stem) > 1 and stem.isupper()) and not (len(stem) > 2 and stem[1:].upper() == stem[1:])
