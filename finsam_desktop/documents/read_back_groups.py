"""What an edited document says in each field, and what it says that is no field's.

Every paragraph of both documents ends in exactly one place: in a field, or among what could not be placed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from itertools import pairwise

from finsam_desktop.documents.read_back_alignment import Pair
from finsam_desktop.documents.read_back_places import Placed, Stretch
from finsam_desktop.documents.read_back_values import Group
from finsam_desktop.word.reading import Run, WordParagraph, plain

TEXT, CLAUSES = "text", "decision.clauses"
GROWING = (
    TEXT, CLAUSES, "proposal.clauses", "motions", "propositions", "dissents", "notes", "recipients",
)  # fmt: skip
"""Fields that may get more paragraphs."""
HEADINGS = {
    "yrkanden": "motions", "propositionsordning": "propositions", "reservation": "dissents",
    "reservationer": "dissents", "protokollsanteckning": "notes", "protokollsanteckningar": "notes",
    "sammanfattning": TEXT, "expedieras till": "recipients",
}  # fmt: skip
"""Headings that a person writes with the part that comes after them."""
_ATT = re.compile(r"^att[\s]+", re.IGNORECASE)
_TOKENS = re.compile(r"\w+|\s+|[^\w\s]")
_SAME_SIGN = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2011": "-", "\t": " ", "\n": " "})


@dataclass(frozen=True, slots=True)
class Fragment:
    """A field's part of a paragraph of the edited document. ``place`` is the paragraph's place there."""

    paragraph: WordParagraph
    place: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Loose:
    """Words that are nobody's field: in the base (``old``), in the edited document (``new``), or changed from one to
    the other. ``item_id`` is the § they stand in; ``after`` the words before them."""

    old: str = ""
    new: str = ""
    item_id: str = ""
    after: str = ""
    place: int | None = None
    base: int | None = None
    part: str = "body"
    groups: tuple[Group, ...] = ()
    moved: bool = False
    whole: bool = False
    """A whole § that was taken away."""
    heading: str = ""
    """The field that the paragraph is the heading of, for one that a person has added."""


@dataclass(slots=True)
class Distribution:
    """What each field says in the edited document (``said``) and said in the base (``before``), and what is loose."""

    said: dict[Group, list[Fragment]] = field(default_factory=dict)
    before: dict[Group, list[WordParagraph]] = field(default_factory=dict)
    loose: list[Loose] = field(default_factory=list)
    places: dict[int, Group | None] = field(default_factory=dict)
    """For each paragraph of the edited document the field it went to, None for the template's own or what is loose."""


def distribute(base: Sequence[Placed], word: Sequence[WordParagraph], pairs: Sequence[Pair]) -> Distribution:
    """Take the paragraphs of the edited document to the fields they belong to."""
    return _Distributor(base, word, pairs).made


class _Distributor:
    def __init__(self, base: Sequence[Placed], word: Sequence[WordParagraph], pairs: Sequence[Pair]) -> None:
        self._base, self._word, self._pairs = base, word, pairs
        self.made = Distribution()
        self._item_id, self._after, self._under = "", "", ""
        self._last: Placed | None = None
        for one in base:
            for group, text in one.stretches:
                if group is not None:
                    self.made.before.setdefault(group, []).append(
                        _part_of(one.paragraph, one.stretches, group, text)
                    )
                    self.made.said.setdefault(group, [])
        self._heads = _heading_styles(base)
        self._gone = self._whole_items()
        for item_id in self._gone:
            self._whole(item_id)
        for at, (ours, theirs) in enumerate(pairs):
            self._pair(at, ours, theirs)

    def _pair(self, at: int, ours: int | None, theirs: int | None) -> None:
        if ours is not None:
            self._item_id, self._under = self._base[ours].item_id, ""
        if ours is not None and theirs is not None:
            self._both(ours, theirs)
        elif ours is not None:
            self._removed(ours)
        elif theirs is not None:
            self._added(at, theirs)
        if ours is not None:
            self._last = self._base[ours]
        if theirs is not None and self._word[theirs].key:
            self._after = self._word[theirs].key

    def _both(self, ours: int, theirs: int) -> None:
        old, new = self._base[ours], self._word[theirs]
        self.made.places[theirs] = old.groups[0] if len(old.groups) == 1 else None
        moved = (old.paragraph.cell is None) != (new.cell is None) or (
            old.paragraph.cell is not None and new.cell is not None and old.paragraph.cell[2] != new.cell[2]
        )
        parts = None if moved else split(old.stretches, new)
        if parts is None:
            self._keep(old, theirs)
            self.made.loose.append(
                Loose(
                    old=old.key, new=new.key, item_id=self._item_id, after=self._after, place=theirs, base=ours,
                    groups=old.groups, moved=moved, part=new.part,
                )
            )  # fmt: skip
            return
        for group, part in parts:
            if group is not None:
                self.made.said[group].append(Fragment(part, theirs))
        if new.pictures > old.paragraph.pictures:
            self._picture(theirs)

    def _keep(self, old: Placed, theirs: int) -> None:
        """The fields of a paragraph that could not be read say what they said."""
        for group, text in old.stretches:
            if group is not None:
                part = _part_of(old.paragraph, old.stretches, group, text)
                self.made.said[group].append(Fragment(part, theirs))

    def _whole_items(self) -> list[str]:
        """Items of which nothing is left."""
        left: dict[str, bool] = {}
        for ours, theirs in self._pairs:
            if ours is not None and self._base[ours].item_id:
                item_id = self._base[ours].item_id
                left[item_id] = left.get(item_id, False) or theirs is not None
        return [item_id for item_id, some in left.items() if not some]

    def _whole(self, item_id: str) -> None:
        """A § that was taken away is told of as one, and its fields say what they said."""
        texts = []
        for one in self._base:
            if one.item_id != item_id:
                continue
            texts.append(one.paragraph.text)
            for group, text in one.stretches:
                if group is not None:
                    self.made.said[group].append(
                        Fragment(_part_of(one.paragraph, one.stretches, group, text), -1)
                    )
        self.made.loose.append(Loose(old="\n".join(texts), item_id=item_id, whole=True))

    def _removed(self, ours: int) -> None:
        old = self._base[ours]
        if old.item_id in self._gone:
            return
        own = [text for group, text in old.stretches if group is None and plain(text) not in ("", "att")]
        if len(old.groups) == 1 and not own:
            return
        for group, text in old.stretches:
            if group is not None:
                self.made.said[group].append(
                    Fragment(_part_of(old.paragraph, old.stretches, group, text), -1)
                )
        self.made.loose.append(
            Loose(old=old.key, item_id=self._item_id, after=self._after, base=ours, groups=old.groups)
        )

    def _added(self, at: int, theirs: int) -> None:
        new = self._word[theirs]
        if not new.key:
            self._picture(theirs)
            return
        heading = HEADINGS.get(new.key.lower().rstrip(":"), "")
        if heading and self._item_id:
            self._under = heading
            self._loose(theirs, heading=heading)
            return
        group = self._home(at, new)
        if group is None:
            self._loose(theirs)
            return
        self.made.places[theirs] = group
        part = replace(new, runs=_without_att(new.runs)) if group.part.endswith("clauses") else new
        self.made.said.setdefault(group, []).append(Fragment(part, theirs))
        self.made.before.setdefault(group, [])
        if new.pictures:
            self._picture(theirs)

    def _loose(self, theirs: int, heading: str = "") -> None:
        new = self._word[theirs]
        self.made.places[theirs] = None
        self.made.loose.append(
            Loose(
                new=new.key,
                item_id=self._item_id,
                after=self._after,
                place=theirs,
                part=new.part,
                heading=heading,
            )
        )

    def _picture(self, theirs: int) -> None:
        self.made.places.setdefault(theirs, None)
        self.made.loose.append(Loose(item_id=self._item_id, after=self._after, place=theirs, part="picture"))

    def _home(self, at: int, new: WordParagraph) -> Group | None:
        """The field that an added paragraph belongs to, None where it is not plain which."""
        if self._under and self._item_id:
            return Group(self._item_id, self._under)
        before = self._fitting(_growing(self._last), new)
        after = self._fitting(_growing(self._next(at)), new)
        if new.cell is not None:
            inside = before is not None and before == after and before.part == TEXT
            return before if inside else None
        if before is None and self._last is not None and self._last.item_id and after is None:
            return self._empty_text(new)
        if before is not None and after is not None and before != after:
            looks = {one: self._looks(one) for one in (before, after)}
            fits = [one for one, look in looks.items() if (new.style, bool(new.bullets)) in look]
            return fits[0] if fits else before
        return before or after

    def _fitting(self, group: Group | None, new: WordParagraph) -> Group | None:
        """The field, if a paragraph that looks so can belong to it: a heading of a § is no att-sats."""
        if group is None or (new.style, bool(new.bullets)) in self._looks(group):
            return group
        if new.style in self._heads:
            return None
        if group.part.endswith("clauses"):
            return group if _ATT.match(new.text) else None
        return group

    def _empty_text(self, new: WordParagraph) -> Group | None:
        """A § that says nothing yet gets its first text right under its heading, and nowhere else."""
        last = self._last
        if last is None or not {group.part for group in last.groups} & {"title", "facts", "type"}:
            return None
        group = Group(last.item_id, TEXT)
        if new.style in self._heads:
            return None
        return group if group not in self.made.before or not self.made.before[group] else None

    def _looks(self, group: Group) -> set[tuple[str, bool]]:
        return {(one.style, bool(one.bullets)) for one in self.made.before.get(group, ())}

    def _next(self, at: int) -> Placed | None:
        return next((self._base[i] for i, _ in self._pairs[at + 1 :] if i is not None), None)


def _heading_styles(base: Sequence[Placed]) -> set[str]:
    """The looks that only headings have: of items, and of the template's own words."""
    fixed = {
        one.paragraph.style
        for one in base
        if not one.groups or {g.part for g in one.groups} & {"title", "facts"}
    }
    running = {one.paragraph.style for one in base if len(one.groups) == 1 and one.groups[0].part in GROWING}
    return fixed - running


def _growing(one: Placed | None) -> Group | None:
    """The field that may get more paragraphs beside this one."""
    if one is None or len(one.groups) != 1:
        return None
    group = one.groups[0]
    return group if group.part in GROWING else None


def _without_att(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    text = "".join(run.text for run in runs)
    found = _ATT.match(text)
    return cut(runs, found.end(), len(text)) if found else runs


def _part_of(
    paragraph: WordParagraph, stretches: Sequence[Stretch], group: Group, text: str
) -> WordParagraph:
    at = 0
    for one, said in stretches:
        if one == group and said == text:
            return replace(paragraph, runs=cut(paragraph.runs, at, at + len(text)))
        at += len(said)
    return paragraph


def cut(runs: Sequence[Run], start: int, end: int) -> tuple[Run, ...]:
    """The runs between two places of their text."""
    found, at = [], 0
    for run in runs:
        text = run.text[max(0, start - at) : max(0, end - at)]
        at += len(run.text)
        if text:
            found.append(replace(run, text=text))
    return tuple(found)


def split(
    stretches: Sequence[Stretch], new: WordParagraph
) -> list[tuple[Group | None, WordParagraph]] | None:
    """The paragraph divided as the one it was; None where the template's own words have been changed."""
    bounds = _bounds(stretches, new.text)
    if bounds is None:
        return None
    return [
        (group, replace(new, runs=cut(new.runs, start, end)))
        for (group, _), (start, end) in zip(stretches, bounds, strict=True)
    ]


def _bounds(stretches: Sequence[Stretch], text: str) -> list[tuple[int, int]] | None:
    """Where each stretch begins and ends in the text."""
    now = text.translate(_SAME_SIGN)
    fixed = [(group, said.translate(_SAME_SIGN)) for group, said in stretches]
    if sum(group is not None for group, _ in fixed) == 1:
        place = next(at for at, (group, _) in enumerate(fixed) if group is not None)
        ahead = "".join(said for _, said in fixed[:place])
        behind = "".join(said for _, said in fixed[place + 1 :])
        if now.startswith(ahead) and now.endswith(behind) and len(now) >= len(ahead) + len(behind):
            edges = [0]
            for _, said in fixed[:place]:
                edges.append(edges[-1] + len(said))
            edges.append(len(now) - len(behind))
            for _, said in fixed[place + 1 :]:
                edges.append(edges[-1] + len(said))
            return list(pairwise(edges))
    return _by_words(fixed, now)


def _by_words(fixed: Sequence[Stretch], now: str) -> list[tuple[int, int]] | None:
    old, owners = list[str](), list[int]()
    for number, (_, said) in enumerate(fixed):
        for token in _TOKENS.findall(said):
            old.append(token)
            owners.append(number)
    new = _TOKENS.findall(now)
    taken: list[int] = []
    for code, a, b, c, d in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if code == "equal":
            taken += owners[a:b]
            continue
        touched = set(owners[a:b])
        if not touched:
            touched = {owners[place] for place in (a - 1, a) if 0 <= place < len(owners)}
            mine = sorted(one for one in touched if fixed[one][0] is not None)
            if not mine and not "".join(new[c:d]).strip():
                mine = sorted(touched)[:1]
            touched = set(mine[:1])
        blank = not "".join(old[a:b] + new[c:d]).strip()
        if len(touched) != 1 or (fixed[next(iter(touched))][0] is None and not blank):
            return None
        taken += [next(iter(touched))] * (d - c)
    if taken != sorted(taken):
        return None
    lengths = [0] * len(fixed)
    for number, token in zip(taken, new, strict=True):
        lengths[number] += len(token)
    edges = [0]
    for length in lengths:
        edges.append(edges[-1] + length)
    return list(pairwise(edges))


def says(paragraphs: Sequence[WordParagraph]) -> tuple[str, ...]:
    """The texts as they are compared; an empty one says nothing."""
    return tuple(key for one in paragraphs if (key := plain(one.text)))


def looks(paragraphs: Sequence[WordParagraph]) -> tuple[object, ...]:
    """Bold, italic, links and lists of paragraphs, with runs of one look as one: how a text with a look is compared."""
    found = []
    for one in paragraphs:
        stretches: list[tuple[str, tuple[bool, bool, str]]] = []
        for run in one.runs:
            look = run.look if run.text.strip() else (stretches[-1][1] if stretches else run.look)
            if stretches and stretches[-1][1] == look:
                stretches[-1] = (stretches[-1][0] + run.text, look)
            else:
                stretches.append((run.text, look))
        found.append((one.bullets, one.level, tuple((plain(text), look) for text, look in stretches)))
    return tuple(found)


def fragments(found: Sequence[Fragment]) -> Iterator[WordParagraph]:
    """The paragraphs of the fragments."""
    return (one.paragraph for one in found)
