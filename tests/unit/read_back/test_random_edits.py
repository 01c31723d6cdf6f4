"""No word of any edit in Word is lost: every one is among what is told, counted apart from the reading itself."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from finsam_desktop import minutes_read_back as back
from finsam_desktop.documents import Document
from finsam_desktop.documents.read_back_values import ReadBack
from tests.unit.read_back.made_minutes import (
    made,
    material,
    original,
    read,
    texts,
)
from tests.unit.read_back.word_edits import Edited, set_text, text_of, w

NBSP = "\u00a0"
SIGNS = "abcåäö *_#[]()-.1"
KINDS = ("word", "word", "add", "remove", "tracked", "tracked add", "split", "cut", "move")


def _some_words(chance: Random) -> str:
    return "x" + "".join(chance.choice(SIGNS) for _ in range(chance.randint(1, 12))).strip() + "x"


def _edit(file: Edited, chance: Random) -> str:
    """One edit somewhere in the document, as a person makes it."""
    kind, words = chance.choice(KINDS), _some_words(chance)
    body = [
        one
        for one in file.paragraphs()
        if text_of(one).strip() and "\n" not in text_of(one) and one.find(f".//{w('del')}") is None
        and one.find(f".//{w('ins')}") is None
    ]  # fmt: skip
    paragraph = chance.choice(body)
    text = text_of(paragraph)
    in_body = paragraph.getparent().tag == w("body") and len(body) > 20
    places = [n for n, sign in enumerate(text) if sign == " "]
    first = text.split(" ")[0]
    unique = "\t" not in first and sum(first in text_of(one) for one in file.paragraphs()) == 1
    if kind == "split":
        file.split_runs(paragraph)
    elif kind == "add" and in_body:
        file.add_after(paragraph, f"{words} tillagt")
    elif kind == "tracked add" and in_body:
        file.tracked_paragraph_after(paragraph, f"{words} tillagt")
    elif kind == "remove" and in_body:
        file.remove(paragraph)
    elif kind == "move" and in_body:
        target = chance.choice(
            [one for one in body if one.getparent().tag == w("body") and one is not paragraph]
        )
        target.addnext(paragraph)
    elif kind == "tracked" and unique and len(first) > 3:
        file.tracked_replace(first, words)
    elif kind == "cut" and len(places) > 2:
        set_text(paragraph, text[: places[len(places) // 2]])
    elif places:
        place = chance.choice(places)
        set_text(paragraph, f"{text[:place]} {words}{text[place:]}")
    return f"{kind}: {text[:40]}"


def _words(lines: list[str]) -> Counter[str]:
    return Counter(word for line in lines for word in line.replace(NBSP, " ").split())


def _told(found: ReadBack) -> tuple[Counter[str], Counter[str]]:
    old = [text for one in found.changes for text in one.before.splitlines()] + [
        one.old for one in found.unplaced
    ]
    new = [text for one in found.changes for text in one.word.splitlines()] + [
        one.new for one in found.unplaced
    ]
    return _words(old), _words(new)


def check_no_word_is_lost(seed: int) -> None:
    """Every word that came or went is in a change or among what could not be placed, counted from the two files alone;
    and what was taken in is what a new export prints."""
    chance = Random(seed)
    file = Edited(original())
    made_edits = [_edit(file, chance) for _ in range(chance.randint(1, 5))]
    before, after = _words(texts(original())), _words(texts(file.docx))
    found = read(file.docx)
    gone, came = _told(found)
    assert not (before - after) - gone, (seed, made_edits, (before - after) - gone)
    assert not (after - before) - came, (seed, made_edits, (after - before) - came)
    chosen = [one for one in found.changes if one.can_be_taken]
    meeting, done, _ = back.take_all(material(), found.document, chosen)
    printed = made(Document.PROTOKOLL, meeting)
    again = {one.key: one for one in read(printed).changes}
    for change in done:
        assert again[change.key].word.split() == change.word.split(), (seed, made_edits)
    listed_too = any(one.name == "Rubrik" for one in done)  # the list of items follows by itself
    if len(done) == len(found.changes) and not found.unplaced and not listed_too:
        assert texts(printed) == texts(file.docx), (seed, made_edits)


@pytest.mark.parametrize("seed", range(4))
def test_no_word_of_any_edit_is_lost(seed: int) -> None:
    check_no_word_is_lost(seed)


@pytest.mark.long
@pytest.mark.parametrize("first", range(100, 500, 50))
def test_no_word_of_many_edits_is_lost(first: int) -> None:
    for seed in range(first, first + 50):
        check_no_word_is_lost(seed)
