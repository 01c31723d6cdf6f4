"""A kallelse or protokoll that was edited in Word, held against the document it was made from and against the data.

A change can be taken in only when the program then prints exactly what stands in Word, and nothing else in the document
differently: each way of writing it into the data is tried and the document's fields are made again. What does not pass
is shown with its words, its place and what to do, never guessed at and never left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from finsam_desktop.documents.kinds import Document
from finsam_desktop.documents.read_back_alignment import align
from finsam_desktop.documents.read_back_fields import Proposals
from finsam_desktop.documents.read_back_groups import (
    Distribution,
    Loose,
    distribute,
    fragments,
    looks,
    says,
    split,
)
from finsam_desktop.documents.read_back_places import Leaves, Placed
from finsam_desktop.documents.read_back_values import (
    SENTENCE,
    FieldChange,
    Group,
    ReadBack,
    Remark,
    Tracked,
    Unplaced,
    advice_for,
    field_name,
    follows,
)
from finsam_desktop.domain.adjusting import Refusal, forbidden_change
from finsam_desktop.domain.agenda import find, parent_of
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.numbering import agenda_numbers, paragraphs
from finsam_desktop.domain.wording import join_names
from finsam_desktop.word.reading import BODY, TEXT_BOX, WordParagraph, WordText, plain

Fields = Callable[[Meeting], Mapping[str, object]]
"""The fields that the document is made of, for a meeting."""

_PARTS = {
    "header": "Sidhuvudet", "footer": "Sidfoten", "footnotes": "Fotnoterna", "endnotes": "Slutnoterna",
    TEXT_BOX: "En textruta",
}  # fmt: skip
_FRONT = "Första sidorna"


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """The document that was made, with what each part comes from. ``exact``: it is the very one, not one like it."""

    placed: tuple[Placed, ...]
    told: str
    exact: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Now:
    """The data as it is: what a change is tried on."""

    document: Document
    association: Association
    meetings: tuple[Meeting, ...]
    meeting: Meeting
    fields: Fields


def read_back(
    now: Now, base: Base, word: WordText, file_name: str, rejected: Collection[int] = frozenset()
) -> ReadBack:
    """Everything that differs, with each tracked change read as accepted but for the ``rejected``."""
    return _ReadBack(now, base, word, frozenset(rejected)).made(file_name)


def taken(now: Now, change: FieldChange) -> Meeting | Refusal:
    """The meeting with the change in it, or why it cannot be."""
    return _Trial(now).of(change.group, change.paragraphs, {})


class Taking:
    """Changes taken in one after another, each tried on what the ones before it have made."""

    def __init__(self, now: Now) -> None:
        self._trial = _Trial(now)

    @property
    def meeting(self) -> Meeting:
        """The meeting with what has been taken in so far."""
        return self._trial.now.meeting

    def take(self, change: FieldChange) -> Refusal | None:
        """Take a change in, or say why it cannot be."""
        trial = self._trial
        made = trial.of(change.group, change.paragraphs, {})
        if isinstance(made, Refusal):
            return made
        meetings = tuple(made if one.id == made.id else one for one in trial.now.meetings)
        self._trial = _Trial(replace(trial.now, meeting=made, meetings=meetings), trial.leaves_of(made))
        return None


def transferred(now: Sequence[Placed], base: Sequence[WordParagraph]) -> tuple[Placed, ...]:
    """The paragraphs of an older document with what they come from, told by those of the one made now."""
    found: list[Placed] = []
    item_id = ""
    for ours, theirs in align(now, base):
        if ours is not None:
            item_id = now[ours].item_id
        if theirs is None:
            continue
        paragraph = base[theirs]
        parts = split(now[ours].stretches, paragraph) if ours is not None else None
        stretches = (
            tuple((g, part.text) for g, part in parts if part.text) if parts else ((None, paragraph.text),)
        )
        found.append(Placed(paragraph, stretches, item_id))
    return tuple(found)


class _Trial:
    """Ways of taking a change in, tried against what the document would print."""

    def __init__(self, now: Now, leaves: Leaves | None = None) -> None:
        self.now = now
        self._tried: tuple[Meeting, Leaves] | None = None
        self.leaves = leaves or self.leaves_of(now.meeting)
        self.printed = _said(self.leaves)
        self._proposals = Proposals(now.document, now.association, now.meetings, now.meeting)

    def leaves_of(self, meeting: Meeting) -> Leaves:
        """The texts of the document of a meeting; of the one that was tried last they are known."""
        if self._tried is not None and self._tried[0] is meeting:
            return self._tried[1]
        leaves = Leaves(self.now.fields(meeting), meeting)
        self._tried = (meeting, leaves)
        return leaves

    def of(
        self, group: Group, wanted: Sequence[WordParagraph], others: Mapping[Group, tuple[str, ...]]
    ) -> Meeting | Refusal:
        """The meeting that prints ``wanted`` in the field; ``others`` are the fields that Word says otherwise too."""
        keys = says(wanted)
        best: Meeting | None = None
        moved: set[str] = set()
        refusal: Refusal | None = None
        for meeting in self._proposals.of(
            group, self.leaves.paragraphs(group), wanted, self.leaves.shift(group)
        ):
            if meeting == self.now.meeting:
                continue
            leaves = self.leaves_of(meeting)
            if leaves.said(group) != keys:
                continue
            wrong = [
                one
                for one in leaves.differing(self.leaves)
                if one != group
                and not follows(one)
                and leaves.said(one) not in (self.printed.get(one, ()), others.get(one))
            ]
            if wrong:
                moved.update(field_name(one, self.now.document) for one in wrong)
                continue
            refusal = forbidden_change(self.now.meeting, meeting, self.now.meetings)
            if refusal is not None:
                return refusal
            if not leaves.is_markdown(group) or looks(leaves.paragraphs(group)) == looks(wanted):
                return meeting
            best = best or meeting
        if best is not None:
            return best
        if moved:
            what = join_names(sorted(moved))
            return Refusal(
                why=f"Det skulle också ändra annat i dokumentet: {what}.",
                advice=advice_for(group, self.now.document),
            )
        return Refusal(why=SENTENCE, advice=advice_for(group, self.now.document))


def _said(leaves: Leaves) -> dict[Group, tuple[str, ...]]:
    return {group: tuple(key for key in keys if key) for group, keys in leaves.printed().items()}


class _ReadBack:
    def __init__(self, now: Now, base: Base, word: WordText, rejected: frozenset[int]) -> None:
        self._now, self._base, self._word, self._rejected = now, base, word, rejected
        self._view = word.paragraphs(rejected)
        self._sections = paragraphs(now.meetings, now.meeting)
        self._numbers = agenda_numbers(now.meeting)
        self._trial = _Trial(now)

    def made(self, file_name: str) -> ReadBack:
        body = [one for one in self._base.placed if one.paragraph.part == BODY]
        view = [one for one in self._view if one.part == BODY]
        found = distribute(body, view, align(body, view))
        changes, followed = self._changes(found)
        tracked = tuple(self._tracked())
        return ReadBack(
            document=self._now.document,
            meeting_id=self._now.meeting.id,
            file_name=file_name,
            compared_with=self._base.told,
            exact=self._base.exact,
            changes=tuple(replace(one, revisions=_made_by(one, tracked)) for one in changes),
            unplaced=(*followed, *self._unplaced(found), *self._outside()),
            tracked=tracked,
            remarks=tuple(self._remarks()),
        )

    # -- fields ----------------------------------------------------------------------------------------

    def _changes(self, found: Distribution) -> tuple[list[FieldChange], list[Unplaced]]:
        differing: dict[Group, tuple[str, ...]] = {}
        look_only: set[Group] = set()
        for group, before in found.before.items():
            said = list(fragments(found.said.get(group, [])))
            if says(before) != says(said):
                differing[group] = says(said)
            elif self._trial.leaves.is_markdown(group) and looks(before) != looks(said):
                differing[group] = says(said)
                look_only.add(group)
        changes, repeated = [], []
        for group, keys in differing.items():
            if follows(group):
                repeated += self._repeated(group, found, keys, differing)
                continue
            changes.append(self._change(group, found, differing, look=group in look_only))
        order = {item_id: place for place, item_id in enumerate(["", *self._order()])}
        changes.sort(key=lambda one: order.get(one.group.item_id, len(order)))
        return changes, repeated

    def _order(self) -> Iterator[str]:
        from finsam_desktop.domain.agenda import walk

        return (item.id for item in walk(self._now.meeting.items))

    def _change(
        self, group: Group, found: Distribution, differing: Mapping[Group, tuple[str, ...]], *, look: bool
    ) -> FieldChange:
        said = found.said.get(group, [])
        wanted = tuple(fragments(said))
        keys, before = says(wanted), says(found.before[group])
        now = self._trial.printed.get(group, ())
        revisions = tuple(dict.fromkeys(n for one in wanted for n in one.revisions))
        change = FieldChange(
            key=f"{group.item_id}/{group.part}", group=group, where=self.where(group.item_id), name=self._name(group),
            before=_told(group, found.before[group]), word=_told(group, wanted),
            now=_told(group, self._trial.leaves.paragraphs(group)),
            paragraphs=wanted, look=look, revisions=revisions,
        )  # fmt: skip
        leaves = self._trial.leaves
        same_look = not leaves.is_markdown(group) or looks(leaves.paragraphs(group)) == looks(wanted)
        if now == keys and same_look:
            return replace(change, is_in=True)
        made = self._trial.of(group, wanted, differing)
        conflict = now not in (before, keys) and bool(now or before)
        if isinstance(made, Refusal):
            rows = self._rows(found.before[group], wanted)
            told = replace(change, before=rows[0], word=rows[1]) if rows is not None else change
            return replace(told, conflict=conflict, problem=made.why, advice=made.advice)
        return replace(change, conflict=conflict, freezes=self._freezes(group))

    def _rows(self, before: Sequence[WordParagraph], word: Sequence[WordParagraph]) -> tuple[str, str] | None:
        """What differs in a column of a table, each after the first cell of its row; None where rows differ in
        number, or where it is no table."""
        if len(before) != len(word) or not all(one.cell is not None and one.cell[2] for one in before):
            return None
        heads = {
            one.paragraph.cell[:2]: one.key
            for one in self._base.placed
            if one.paragraph.cell is not None and one.paragraph.cell[2] == 0
        }
        pairs = [
            (heads.get(a.cell[:2], ""), a, b)
            for a, b in zip(before, word, strict=True)
            if a.cell and a.key != b.key
        ]
        told = [
            [f"{head}: {side.key}" for head, *both in pairs for side in (both[place],)] for place in (0, 1)
        ]
        return "\n".join(told[0]), "\n".join(told[1])

    def _freezes(self, group: Group) -> bool:
        item = find(self._now.meeting.items, group.item_id)
        if item is None or self._now.document is not Document.PROTOKOLL:
            return False
        if group.part == "text":
            return not item.minutes_text.strip()
        return group.part == "propositions" and not item.decision.propositions.strip()

    def _repeated(
        self,
        group: Group,
        found: Distribution,
        keys: tuple[str, ...],
        differing: Mapping[Group, tuple[str, ...]],
    ) -> list[Unplaced]:
        """A text that repeats another: nothing to tell when the other was changed alike, or says so already."""
        title = Group(group.item_id, "title")
        if group.part.endswith(".title") and keys in (differing.get(title), self._trial.printed.get(title)):
            return []
        if keys == self._trial.printed.get(group):
            return []
        return [
            Unplaced(
                kind="Ändrat", old=_lines(found.before[group]), new=_lines(fragments(found.said.get(group, []))),
                where=self.where(group.item_id), why=f"{self._name(group)} görs av programmet.",
                advice=advice_for(group, self._now.document), item_id=group.item_id,
            )
        ]  # fmt: skip

    def _name(self, group: Group) -> str:
        return field_name(group, self._now.document)

    # -- what has no field -----------------------------------------------------------------------------

    def _unplaced(self, found: Distribution) -> Iterator[Unplaced]:
        for one in found.loose:
            yield self._loose(one)

    def _loose(self, one: Loose) -> Unplaced:
        why, advice = (
            "Texten hör inte till något fält.",
            "Skriv in den där den hör hemma, eller låt den vara.",
        )
        if one.part == "picture":
            kind, why, advice = "Bild", "En bild kan inte tas in.", "Lägg bilden som bilaga till ärendet."
        elif one.moved:
            kind, why, advice = (
                "Ändrat",
                "Texten står i en annan kolumn eller tabell.",
                "Rätta det i programmet.",
            )
        elif one.whole:
            kind, why = "Borttaget", "Hela paragrafen är borttagen ur dokumentet."
            advice = "Ta bort ärendet i Dagordning om det ska bort."
        elif one.groups:
            kind = "Ändrat" if one.new else "Borttaget"
            why, advice = (
                "Ändringen rör ord som mallen eller programmet skriver.",
                advice_for(one.groups[-1], self._now.document),
            )
        elif one.old:
            kind = "Ändrat" if one.new else "Borttaget"
            why, advice = "Orden står i mallen.", "Ändra dem i Word-mallen under Mallar."
        else:
            kind = "Tillagt"
            if one.heading:
                why, advice = (
                    "Rubriken skrivs av programmet när delen har något att säga.",
                    "Den behöver inte tas in.",
                )
        return Unplaced(
            kind=kind, old=one.old, new=one.new, where=self.where(one.item_id), after=one.after[-80:],
            why=why, advice=advice, item_id=one.item_id,
        )  # fmt: skip

    def _outside(self) -> Iterator[Unplaced]:
        """Headers, footers, notes and text boxes: what they say that they did not. A program may store them in another
        order, or once for each kind of page, so only the words count."""
        old: dict[str, Counter[str]] = {}
        for placed in self._base.placed:
            if placed.paragraph.part != BODY and placed.key:
                old.setdefault(placed.paragraph.part, Counter())[placed.key] += 1
        new: dict[str, Counter[str]] = {}
        for one in self._view:
            if one.part != BODY and one.key:
                new.setdefault(one.part, Counter())[one.key] += 1
        for part in dict.fromkeys([*old, *new]):
            was, has = old.get(part, Counter()), new.get(part, Counter())
            strict = part not in ("header", "footer")
            gone = list((was - has).elements()) if strict else [text for text in was if text not in has]
            added = list((has - was).elements()) if strict else [text for text in has if text not in was]
            for text in gone:
                yield self._out("Borttaget", part, old=text)
            for text in added:
                yield self._out("Tillagt", part, new=text)

    def _out(self, kind: str, part: str, old: str = "", new: str = "") -> Unplaced:
        where = _PARTS.get(part, part)
        return Unplaced(
            kind=kind, old=old, new=new, where=where, why=f"{where} hör inte till någon paragraf.",
            advice="Skriv in texten där den hör hemma, eller låt den vara.",
        )  # fmt: skip

    # -- tracked changes and comments ------------------------------------------------------------------

    def _tracked(self) -> Iterator[Tracked]:
        places = self._line_places()
        homes: dict[int, str] = {}
        for line, item_id in zip(self._word.lines, places, strict=True):
            for number in (*line.revisions, line.mark_inserted, line.mark_deleted):
                homes.setdefault(number, item_id if line.part == BODY else line.part)
        for one in self._word.revisions:
            if one.kind == "change" and not one.removed and not one.added:
                continue
            home = homes.get(one.number, "")
            yield Tracked(
                number=one.number, kind=one.kind, author=one.author or "okänd", at=one.at, removed=one.removed,
                added=one.added, where=_PARTS.get(home) or self.where(home), accepted=one.number not in self._rejected,
                item_id="" if home in _PARTS else home,
            )  # fmt: skip

    def _remarks(self) -> Iterator[Remark]:
        homes: dict[str, str] = {}
        for line, item_id in zip(self._word.lines, self._line_places(), strict=True):
            for one in line.comments:
                homes.setdefault(one, item_id)
        for comment in self._word.comments:
            home = homes.get(comment.id, "")
            yield Remark(comment=comment, where=self.where(home), item_id=home)

    def _line_places(self) -> list[str]:
        """The item that each line of the file stands in, told by the headings above it."""
        marks = {
            name: one.item_id for one in self._base.placed for name in one.paragraph.bookmarks if one.item_id
        }
        keys = {
            one.key: one.item_id
            for one in self._base.placed
            if one.item_id and any(group.part == "heading" for group in one.groups)
        }
        places, item_id = [], ""
        for line in self._word.lines:
            named = next((marks[name] for name in line.bookmarks if name in marks), "")
            item_id = named or keys.get(line.key, "") or item_id
            places.append(item_id if line.part in (BODY, TEXT_BOX) else "")
        return places

    def where(self, item_id: str) -> str:
        """ "§ 67 Långsiktig finansiering", "Punkt 7 …" in a kallelse, or the first pages."""
        item = find(self._now.meeting.items, item_id)
        if item is None:
            return _FRONT if not item_id else "Ett ärende som inte finns längre"
        parent = parent_of(self._now.meeting.items, item_id)
        top = parent or item
        letter = self._numbers.get(item_id, "") if parent is not None else ""
        number = self._sections.get(top.id)
        minutes = self._now.document is Document.PROTOKOLL and number is not None
        label = f"§\u00a0{number}{letter}" if minutes else f"Punkt\u00a0{self._numbers[top.id]}{letter}"
        title = (item.minutes_title if minutes else "") or item.title
        return f"{label} {title}"


def _made_by(change: FieldChange, tracked: Sequence[Tracked]) -> tuple[int, ...]:
    """The numbers of the tracked changes that the change comes from."""
    before, after = plain(change.before), plain(change.word)
    found = [
        one.number
        for one in tracked
        if one.item_id == change.group.item_id
        and one.kind != "format"
        and (
            one.number in change.revisions
            or (one.removed and one.removed in before)
            or (one.added and one.added in after)
        )
    ]
    return tuple(found)


def _told(group: Group, found: Sequence[WordParagraph]) -> str:
    """What a field says, with the "att" that the template sets before each att-sats."""
    lines = _lines(found)
    if not group.part.endswith("clauses") or not lines:
        return lines
    return "\n".join(f"att {line}" for line in lines.split("\n"))


def _lines(found: Sequence[WordParagraph] | Iterator[WordParagraph]) -> str:
    """The paragraphs as lines, as they are read."""
    return "\n".join(one.text.strip() for one in found if one.key)
