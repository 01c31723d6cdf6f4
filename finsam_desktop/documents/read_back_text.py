"""A text of the data with what was changed in Word: what stands as it was keeps its source, references stay live."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from finsam_desktop.documents.read_back_groups import looks
from finsam_desktop.domain.references import References
from finsam_desktop.domain.wording import no_break
from finsam_desktop.word.as_markdown import as_markdown, markdown_paragraphs
from finsam_desktop.word.reading import WordParagraph, plain

_MARK = re.compile(r"\{(?:§|[Bb]ilaga|[Pp]unkt):[^{}\s]{1,80}\}")
_TOKENS = re.compile(r"\w+|\s+|[^\w\s]")
_ITEM = re.compile(r"\s*(\d|[-*+])[.)]?\s")
_GAP = re.compile(r"\n[ \t]*\n")


def merged(
    source: str,
    now: Sequence[WordParagraph],
    wanted: Sequence[WordParagraph],
    shift: int,
    references: References,
) -> str:
    """The Markdown that prints ``wanted``, where ``source`` prints ``now``."""
    blocks = _blocks(source)
    printed = [_printed(block, shift, references) for block in blocks]
    if [one.key for found in printed for one in found] != [one.key for one in now]:
        blocks, printed = [source], [list(now)]
    owners = [number for number, found in enumerate(printed) for _ in found]
    old = [(one.key, look) for one, look in zip(now, looks(now), strict=True)]
    new = [(one.key, look) for one, look in zip(wanted, looks(wanted), strict=True)]
    stands: dict[int, int] = {}
    for code, a, b, c, d in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if code == "equal":
            stands.update(zip(range(a, b), range(c, d), strict=True))
    made: list[str] = []
    at = place = 0
    pending: list[int] = []
    for number, found in enumerate(printed):
        places = [stands.get(p) for p in range(place, place + len(found))]
        place += len(found)
        if found and all(p is not None for p in places) and _in_a_row(places):
            made += _written(wanted[at : places[0]], [blocks[n] for n in pending], shift, references)
            made.append(blocks[number])
            at, pending = int(places[-1] or 0) + 1, []
        else:
            pending.append(number)
    made += _written(wanted[at:], [blocks[n] for n in pending], shift, references)
    assert len(owners) == len(now)
    text = ""
    for block in made:
        if block.strip():
            gap = "\n" if _continues(text, block) else "\n\n"
            text += f"{gap}{block}" if text else block
    return text


def _continues(text: str, block: str) -> bool:
    """Whether the block goes on with the list that the text ends in."""
    last, first = _ITEM.match(text.rpartition("\n")[2]), _ITEM.match(block)
    return last is not None and first is not None and last[1].isdigit() == first[1].isdigit()


def _in_a_row(places: Sequence[int | None]) -> bool:
    return all(b == (a or 0) + 1 for a, b in pairwise(places))


def _blocks(source: str) -> list[str]:
    """Parts of the text between empty lines; what is indented after a list belongs to it."""
    blocks: list[str] = []
    for block in _GAP.split(source.strip("\n")):
        if not block.strip():
            continue
        if blocks and block[:1] in " \t":
            blocks[-1] += f"\n\n{block}"
        else:
            blocks.append(block)
    return blocks


def _printed(block: str, shift: int, references: References) -> list[WordParagraph]:
    return list(markdown_paragraphs(no_break(references.resolve(block)), shift))


def _written(
    wanted: Sequence[WordParagraph], blocks: Sequence[str], shift: int, references: References
) -> list[str]:
    text = as_markdown(wanted, shift=shift)
    before = "\n\n".join(blocks)
    return [relinked(before, references.resolve(before), text, references)] if text else []


def relinked(source: str, said: str, text: str, references: References) -> str:
    """``text`` with the references of ``source`` where their words still stand. ``said`` is the source in words."""
    if "{" not in source or not _MARK.search(source):
        return text
    tokens: list[str] = []
    marks: dict[int, tuple[int, str]] = {}
    at = 0
    for found in _MARK.finditer(source):
        tokens += _TOKENS.findall(source[at : found.start()])
        words = _TOKENS.findall(references.resolve(found[0]))
        marks[len(tokens)] = (len(words), found[0])
        tokens += words
        at = found.end()
    tokens += _TOKENS.findall(source[at:])
    new = _TOKENS.findall(text)
    old = [_same(token) for token in tokens]
    same: dict[int, int] = {}
    codes = SequenceMatcher(a=old, b=[_same(token) for token in new], autojunk=False).get_opcodes()
    for code, a, b, c, d in codes:
        if code == "equal":
            same.update(zip(range(a, b), range(c, d), strict=True))
    for start, (length, mark) in sorted(marks.items(), reverse=True):
        places = [same.get(place) for place in range(start, start + length)]
        if places and places[0] is not None and all(p == places[0] + k for k, p in enumerate(places)):
            new[places[0] : places[0] + length] = [mark]
    return "".join(new)


def _same(token: str) -> str:
    return plain(token) or " "
