"""What must stand in the data for a document to print what somebody wrote in Word.

Nothing is guessed: each way of writing it into the data is only a proposal, and ``read_back`` keeps the one that makes
the document print exactly what stands in Word, and nothing else in it another way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import islice, product

from finsam_desktop.documents.kinds import Document
from finsam_desktop.documents.read_back_text import merged, relinked
from finsam_desktop.documents.read_back_values import Group
from finsam_desktop.domain import decision_sentences
from finsam_desktop.domain.agenda import AgendaItem, find, update
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.decisions import Dissent, MinuteNote, Motion, MotionKind, Outcome, Proposal
from finsam_desktop.domain.ids import new_id
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.minutes_text import MinutesText
from finsam_desktop.domain.references import References
from finsam_desktop.domain.sentences import chooses_adjusters, person_name
from finsam_desktop.domain.text_places import TextPlace, text_places, with_text
from finsam_desktop.word.reading import WordParagraph, plain

_MOST_WAYS = 24
"""Ways of exchanging words in several texts that are tried."""
_ENDINGS = (", och", " och", ",", ".", ";")


class Proposals:
    """Ways to make one field print something else. ``meeting`` is as it is now, its references still marks."""

    def __init__(
        self, document: Document, association: Association, meetings: Sequence[Meeting], meeting: Meeting
    ) -> None:
        self._document, self._association, self._meeting = document, association, meeting
        self._meetings = tuple(meetings)
        self.references = References(self._meetings, meeting)

    def of(
        self, group: Group, now: Sequence[WordParagraph], wanted: Sequence[WordParagraph], shift: int
    ) -> Iterator[Meeting]:
        """The meeting in each way that may print ``wanted`` in the field that now prints ``now``."""
        old, new = [one.key for one in now if one.key], [one.key for one in wanted if one.key]
        item = find(self._meeting.items, group.item_id)
        minutes = self._document is Document.PROTOKOLL
        if item is not None:
            match group.part:
                case "title":
                    yield from self._title(item, " ".join(new), minutes)
                case "text":
                    yield from self._text(item, now, wanted, shift, minutes)
                case "decision.clauses" if minutes:
                    yield from self._clauses(item, old, new)
                case "proposal.clauses":
                    yield from self._proposal(item, old, new)
                case "propositions":
                    text = "\n\n".join(new)
                    yield self._with(item, decision=replace(item.decision, propositions=text))
                case "recipients":
                    lines = [line.strip() for one in wanted for line in one.text.split("\n")]
                    yield self._with(item, recipients=tuple(line for line in lines if line))
                case "motions" | "notes" | "dissents":
                    yield from self._sentences(item, group.part, old, new)
                case "decision.condition":
                    yield from self._condition(item, new)
        if len(old) == len(new):
            yield from self._replaced(group.item_id, old, new)

    def _with(self, item: AgendaItem, **fields: object) -> Meeting:
        changed = update(self._meeting.items, item.id, lambda one: replace(one, **fields))  # type: ignore[arg-type]
        return replace(self._meeting, items=changed)

    # -- one field each --------------------------------------------------------------------------------

    def _title(self, item: AgendaItem, text: str, minutes: bool) -> Iterator[Meeting]:
        if not text:
            return
        field = "minutes_title" if minutes else "title"
        before = getattr(item, field) or item.title
        yield self._with(
            item, **{field: relinked(before, self.references.resolve(before), text, self.references)}
        )

    def _text(
        self,
        item: AgendaItem,
        now: Sequence[WordParagraph],
        wanted: Sequence[WordParagraph],
        shift: int,
        minutes: bool,
    ) -> Iterator[Meeting]:
        field = "minutes_text" if minutes else "summary"
        source = item.summary
        if minutes:
            source = MinutesText(self._meeting, self._association, self._meetings).text(item)
        text = merged(source, now, wanted, shift, self.references)
        ending = decision_sentences.outcome_sentence(item.decision) if minutes else ""
        if ending and text.endswith(ending):
            yield self._with(item, **{field: text.removesuffix(ending).rstrip()})
        yield self._with(item, **{field: text})

    def _clauses(self, item: AgendaItem, old: Sequence[str], new: Sequence[str]) -> Iterator[Meeting]:
        decision = item.decision
        if decision.outcome not in (Outcome.OWN_WORDS, Outcome.AS_PROPOSED) or not new:
            return
        if decision.outcome is Outcome.AS_PROPOSED and chooses_adjusters(item):
            return
        own = decision.outcome is Outcome.OWN_WORDS
        stored = decision.clauses if own else item.proposal.clauses
        told = MinutesText(self._meeting, self._association, self._meetings)
        propositions = "\n\n".join(told.of(item).propositions)
        for clauses in self._series(stored, old, new):
            changed = replace(decision, outcome=Outcome.OWN_WORDS, clauses=clauses)
            if not own:
                changed = replace(changed, condition=decision.condition or item.proposal.condition)
            yield self._with(item, decision=changed)
            if not own and propositions:
                yield self._with(item, decision=replace(changed, propositions=propositions))

    def _proposal(self, item: AgendaItem, old: Sequence[str], new: Sequence[str]) -> Iterator[Meeting]:
        proposal: Proposal = item.proposal
        for clauses in self._series(proposal.clauses, old, new):
            yield self._with(item, proposal=replace(proposal, clauses=clauses))

    def _series(
        self, stored: Sequence[str], old: Sequence[str], new: Sequence[str]
    ) -> Iterator[tuple[str, ...]]:
        """Att-satser that print as ``new``: those that stand as they were keep their source."""
        kept = [clause for clause in stored if clause.strip()]
        source: dict[int, int] = {}
        if len(kept) == len(old):
            for code, a, b, c, d in SequenceMatcher(a=list(old), b=list(new), autojunk=False).get_opcodes():
                if code == "equal" or (code == "replace" and b - a == d - c):
                    source.update(zip(range(c, d), range(a, b), strict=True))
        for bare in (True, False):
            made = []
            for place, text in enumerate(new):
                before = kept[source[place]] if place in source else ""
                if before and old[source[place]] == text:
                    made.append(before)
                    continue
                said = _without_ending(text) if bare else text
                made.append(relinked(before, self.references.resolve(before), said, self.references))
            yield tuple(made)
        yield tuple(_without_ending(text) for text in new)
        yield tuple(new)

    def _condition(self, item: AgendaItem, new: Sequence[str]) -> Iterator[Meeting]:
        text = " ".join(new)
        for said in dict.fromkeys(
            (text.removeprefix("Beslutet gäller under förutsättning att ").rstrip("."), text)
        ):
            yield self._with(item, decision=replace(item.decision, condition=said))

    # -- sentences with a name in them -----------------------------------------------------------------

    def _sentences(
        self, item: AgendaItem, part: str, old: Sequence[str], new: Sequence[str]
    ) -> Iterator[Meeting]:
        """A series of sentences where some were taken away, some added and the rest stand."""
        values: Sequence[object] = getattr(item.decision, part)
        if len(values) != len(old):
            return
        made: list[object] = []
        for code, a, b, c, d in SequenceMatcher(a=list(old), b=list(new), autojunk=False).get_opcodes():
            if code == "equal":
                made += values[a:b]
                continue
            for text in new[c:d]:
                value = self._parsed(part, text)
                if value is None:
                    return
                made.append(value)
        yield self._with(item, decision=replace(item.decision, **{part: tuple(made)}))  # type: ignore[arg-type]

    def _parsed(self, part: str, text: str) -> MinuteNote | Motion | Dissent | None:
        """The motion, note or reservation that the sentence tells of, None where it is not plain."""
        for person in self._association.people:
            name = plain(person_name(self._association, person.id))
            if not text.startswith(f"{name} "):
                continue
            rest = text.removeprefix(f"{name} ")
            if part == "notes" and (found := re.match(r"lämnar följande protokollsanteckning: (.+)", rest)):
                return MinuteNote(person_id=person.id, text=found[1])
            if part == "dissents" and rest == "reserverar sig mot beslutet.":
                return Dissent(person_id=person.id)
            if part == "motions":
                return _motion(person.id, rest)
        return None

    # -- a word inside a sentence that the program makes ---------------------------------------------------

    def _replaced(self, item_id: str, old: Sequence[str], new: Sequence[str]) -> Iterator[Meeting]:
        """The meeting with the same words exchanged in the texts of its own that the sentences may hold."""
        places = [one for one in text_places(self._meeting) if one.item_id == item_id and plain(one.text)]
        ways: list[list[tuple[TextPlace, str]]] = []
        for before, after in zip(old, new, strict=True):
            if before == after:
                continue
            found = [(one, self._exchanged(one.text, before, after)) for one in places]
            ways.append([(one, text) for one, text in found if text is not None and text != one.text])
        for way in islice(product(*ways), _MOST_WAYS) if ways else ():
            meeting = self._meeting
            for one, text in way:
                meeting = with_text(meeting, one.path, text)
            yield meeting

    def _exchanged(self, text: str, before: str, after: str) -> str | None:
        said = plain(self.references.resolve(text))
        for form in dict.fromkeys(
            (said, said.rstrip("."), said[:1].upper() + said[1:], said[:1].lower() + said[1:])
        ):
            at = before.find(form)
            while at >= 0 and form:
                ahead, behind = before[:at], before[at + len(form) :]
                if (
                    after.startswith(ahead)
                    and after.endswith(behind)
                    and len(after) >= len(ahead) + len(behind)
                ):
                    new = after[len(ahead) : len(after) - len(behind)]
                    if not new.strip():
                        return None
                    return relinked(text, self.references.resolve(text), new, self.references)
                at = before.find(form, at + 1)
        return None


def _without_ending(text: str) -> str:
    for ending in _ENDINGS:
        if text.endswith(ending):
            return text.removesuffix(ending).rstrip()
    return text


def _motion(person_id: str, rest: str) -> Motion | None:
    if rest == "yrkar bifall till förslaget.":
        return Motion(id=new_id(), person_id=person_id, kind=MotionKind.SUPPORT)
    if rest == "yrkar avslag på förslaget.":
        return Motion(id=new_id(), person_id=person_id, kind=MotionKind.REJECTION)
    found = re.fullmatch(r"yrkar att (.+?)\.?", rest)
    if found is None:
        return None
    return Motion(id=new_id(), person_id=person_id, kind=MotionKind.OWN, text=found[1])
