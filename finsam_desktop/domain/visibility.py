"""The public version: the values without what may not be published, so that whatever is made of them is public.

A confidential item or attachment keeps its id, and so its number, and nothing else. Masked words are replaced in every
text, whatever field it is in; groups of fewer than five persons are merged. The values that come out are for making
papers of. They are never stored: the seal of adjusted minutes stands over the full version, of which this is a copy.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from finsam_desktop.domain import references
from finsam_desktop.domain.agenda import AgendaItem, Attachment, Items, walk
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.confidentiality import MaskedWord, Secret
from finsam_desktop.domain.decisions import Decision
from finsam_desktop.domain.figures import FigureCell, FigureTable
from finsam_desktop.domain.live import LiveRecord
from finsam_desktop.domain.masking import Masking, parts_left
from finsam_desktop.domain.meeting import CalendarEntry, Dispatch, Meeting
from finsam_desktop.domain.numbering import NBSP
from finsam_desktop.domain.papers import StatisticTable
from finsam_desktop.domain.removals import Places, Removal, field_label
from finsam_desktop.domain.sealing import opened
from finsam_desktop.domain.small_groups import (
    few_in_words,
    merged_figures,
    merged_readings,
    merged_statistics,
)
from finsam_desktop.domain.sweeping import Sweep, Where, ids_of
from finsam_desktop.domain.wording import join_names

FEW = "Färre än fem personer"
"""The reason given where a small group was merged (R96)."""
_OWNERS = (AgendaItem, Attachment, Meeting, Association)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicVersion:
    """The values to make public papers of, and what was taken out of them.

    ``meetings`` are all the meetings, this one among them. ``removed`` may name what was taken away: it is for the
    association's own register and never for publishing. ``left`` counts parts of masked names that still stand in the
    meeting, such as a surname alone; somebody has to look at them. ``items`` and ``attachments`` are the ids of those
    that are emptied, with the ground.
    """

    association: Association
    meeting: Meeting
    meetings: tuple[Meeting, ...]
    removed: tuple[Removal, ...] = ()
    left: Mapping[str, int] = field(default_factory=dict)
    items: Mapping[str, Secret] = field(default_factory=dict)
    attachments: Mapping[str, Secret] = field(default_factory=dict)


def public_version(association: Association, meetings: Iterable[Meeting], meeting: Meeting) -> PublicVersion:
    """The public version of the meeting, and of everything else that a paper of it may draw on.

    Item numbers, § and bilaga numbers are those of the full version, and references keep the words they have there.
    What is masked for the meeting is masked in the association and in the other meetings too; these lose what is
    confidential and masked in them as well.
    """
    known = tuple(meetings)
    ids = _ids(association, (meeting, *known))
    own = _Publishing(meeting, meeting.masked, ids)
    public = own.meeting(references.resolved(meeting, known))
    others = {
        one.id: _Publishing(one, (*meeting.masked, *one.masked), ids).meeting(one)
        for one in known
        if one.id != meeting.id
    }
    published = own.association(association)
    public = replace(public, redacted_under=own.sections())
    return PublicVersion(
        association=published,
        meeting=public,
        meetings=tuple(others.get(one.id, public) for one in known) if known else (public,),
        removed=own.removals(),
        left=own.left(public),
        items=own.items,
        attachments=own.attachments,
    )


def _ids(association: Association, meetings: tuple[Meeting, ...]) -> dict[str, str]:
    """Every id as it is; one that itself holds a masked word, from another program, gets a name without."""
    masking = Masking(word for one in meetings for word in one.masked)
    found = sorted(ids_of((association, *meetings)))
    return {one: f"dold-{place}" if masking.finds(one) else one for place, one in enumerate(found)}


def ground(secret: Secret) -> str:
    """ "enligt 26 kap. 1 § OSL"; "enligt OSL" where no provision has been chosen."""
    return f"enligt {cited(secret.section)}OSL"


def cited(section: str) -> str:
    """The provision with a space after it, kept together on a line; "" for none."""
    kept = (
        section.strip()
        .replace("kap. ", f"kap.{NBSP}")
        .replace(" §", f"{NBSP}§")
        .replace(" kap", f"{NBSP}kap")
    )
    return f"{kept} " if kept else ""


def removal_sentence(sections: Iterable[str]) -> str:
    """The sentence of a masked copy, with the provisions it rests on, each once and in the order of the act."""
    found = sorted({one.strip() for one in sections if one.strip()}, key=_in_order)
    named = [cited(one).strip() for one in found]
    return f"Uppgifter har tagits bort enligt {cited(join_names(named))}offentlighets- och sekretesslagen (2009:400)."


def _in_order(section: str) -> tuple[list[int], str]:
    return [int(number) for number in re.findall(r"\d{1,9}", section)], section


class _Publishing:
    """The making of one public meeting, with what it takes away on the way."""

    def __init__(self, meeting: Meeting, words: Iterable[MaskedWord], ids: Mapping[str, str]) -> None:
        self.items: dict[str, Secret] = {}
        self.attachments: dict[str, Secret] = {}
        self._words = tuple(words)
        self._masking = Masking(self._words)
        self._places = Places(meeting)
        self._removed: list[Removal] = []
        self._masked: Counter[tuple[MaskedWord, str]] = Counter()
        self._few: Counter[tuple[str, str]] = Counter()
        self._sweep = Sweep(self._text, self._part, _OWNERS, ids)

    def meeting(self, meeting: Meeting) -> Meeting:
        """The meeting without what is confidential, its other texts masked."""
        tops = tuple(_confidential(meeting.items))
        gone = frozenset(part.id for item in tops for part in walk((item,)))
        moved = {part.id: item.id for item in tops for part in walk(item.sub_items)}
        for file in meeting.signed_minutes:
            self._removed.append(
                Removal(
                    what=f"Det undertecknade protokollet, {file.file_name}",
                    where="Sammanträdet",
                    reason="Är en bild av den fullständiga versionen",
                )
            )
        return self._sweep.of(
            replace(
                meeting,
                items=self._items(meeting.items),
                attendance=_attendance(meeting, gone, moved),
                corrections=tuple(one for one in meeting.corrections if one.item_id not in gone),
                dispatches=tuple(_dispatches(meeting.dispatches, gone)),
                seals=tuple(opened(seal) for seal in meeting.seals),
                frozen_register=(
                    replace(meeting.frozen_register, references=()) if meeting.frozen_register else None
                ),
                signed_minutes=(),
                calendar=CalendarEntry(sequence=meeting.calendar.sequence),
                masked=(),
                comments=(),
                approvals=(),
                parcels=(),
                live=LiveRecord(),
            )
        )

    def association(self, association: Association) -> Association:
        """The association with masked words replaced and small groups of persons merged."""
        merged = merged_readings(association.teams, association.indicators, association.readings)
        for name, year, tertial in merged.merged:
            self._removed.append(
                Removal(what=name, where=f"Förbundet, avläsningarna tertial {tertial} {year}", reason=FEW)
            )
        if merged.merged:
            association = replace(association, teams=merged.teams, readings=merged.readings)
        return self._sweep.of(replace(association, parcel=None, own_words=()))

    def sections(self) -> tuple[str, ...]:
        """The provisions that something was taken away under; ("",) when only without one, () when nothing was."""
        secrets = [*self.items.values(), *self.attachments.values()]
        secrets += [word.secret for word, _ in self._masked]
        named = dict.fromkeys(self._masking.masked(one.section.strip()) for one in secrets)
        return tuple(one for one in named if one) or (("",) if named else ())

    def removals(self) -> tuple[Removal, ...]:
        """What was taken away: whole items and attachments, then words and small groups, place by place."""
        words = (
            Removal(
                what=f"”{word.words}”",
                where=_counted(where, count),
                section=word.secret.section,
                reason=word.secret.reason,
            )
            for (word, where), count in self._masked.items()
        )
        few = (
            Removal(what=f"”{said}”", where=_counted(where, count), reason=FEW)
            for (said, where), count in self._few.items()
        )
        return (*self._removed, *words, *few)

    def left(self, public: Meeting) -> dict[str, int]:
        """Parts of masked names that stand in the public meeting's items."""
        texts: list[str] = []

        def seen(text: str, _where: Where) -> str:
            texts.append(text)
            return text

        Sweep(seen, lambda part, _: part, (), {}).of(public.items)
        return parts_left(self._words, texts)

    # -- items -------------------------------------------------------------------------------------

    def _items(self, items: Items) -> Items:
        return tuple(self._item(item) for item in items)

    def _item(self, item: AgendaItem) -> AgendaItem:
        if item.confidential:
            return self._emptied(item)
        return replace(
            item,
            secret=Secret(),
            sub_items=self._items(item.sub_items),
            attachments=tuple(
                self._attachment(one, one.secret) if one.confidential else replace(one, secret=Secret())
                for one in item.attachments
            ),
        )

    def _emptied(self, item: AgendaItem) -> AgendaItem:
        """An item with its number and the ground, and its attachments' numbers. It is made anew, so that nothing
        that an item may hold in the future comes with it."""
        self._removed.append(
            Removal(
                what=f"Ärendet ”{item.title}”",
                where=self._places.of(item),
                section=item.secret.section,
                reason=item.secret.reason,
            )
        )
        parts = tuple(walk((item,)))
        self.items |= {part.id: item.secret for part in parts}
        return AgendaItem(
            id=item.id,
            title=f"Ärendet är borttaget {ground(item.secret)}",
            attachments=tuple(
                self._attachment(one, one.secret if one.confidential and one.secret.section else item.secret)
                for part in parts
                for one in part.attachments
            ),
            minutes_text=removal_sentence((item.secret.section,)),
            decision=Decision(immediately_adjusted=any(part.decision.immediately_adjusted for part in parts)),
            confidential=True,
            secret=Secret(section=item.secret.section),
        )

    def _attachment(self, attachment: Attachment, secret: Secret) -> Attachment:
        self._removed.append(
            Removal(
                what=f"Bilagan ”{attachment.title}”",
                where=self._places.of(attachment),
                section=secret.section,
                reason=secret.reason,
            )
        )
        self.attachments[attachment.id] = secret
        return Attachment(
            id=attachment.id,
            title=f"Bilagan är borttagen {ground(secret)}",
            confidential=True,
            secret=Secret(section=secret.section),
        )

    # -- every text and table ----------------------------------------------------------------------

    def _text(self, text: str, where: Where) -> str:
        place = ""

        def found(word: MaskedWord) -> None:
            nonlocal place
            place = place or self._place(where)
            self._masked[word, place] += 1

        def few(said: str) -> None:
            self._few[" ".join(said.split()), self._place(where)] += 1

        masked = self._masking.masked(text, found)
        return few_in_words(masked, few) if isinstance(where[0], AgendaItem) else masked

    def _part(self, value: Any, where: Where) -> Any:
        if isinstance(value, FigureTable):
            return self._told(merged_figures(value), where)
        if isinstance(value, StatisticTable):
            return self._told(merged_statistics(value), where)
        if isinstance(value, FigureCell) and value.override is not None:
            return replace(value, override=None)
        return value

    def _told(self, merged: tuple[Any, tuple[str, ...]], where: Where) -> Any:
        table, labels = merged
        if labels:
            what = f"{join_names(labels)} i tabellen ”{table.title}”"
            self._removed.append(Removal(what=what, where=self._place(where), reason=FEW))
        return table

    def _place(self, where: Where) -> str:
        owner, name = where
        return f"{self._places.of(owner)}, {field_label(type(owner), name)}"


def _counted(where: str, count: int) -> str:
    return where if count == 1 else f"{where}, {count} ställen"


def _confidential(items: Items) -> Iterator[AgendaItem]:
    """The confidential items and sub-items, without those below one that is."""
    for item in items:
        if item.confidential:
            yield item
        else:
            yield from _confidential(item.sub_items)


def _attendance(meeting: Meeting, gone: frozenset[str], moved: Mapping[str, str]) -> Any:
    """Who was there stays; why somebody was in conflict at what is gone does not. What stood at a sub-item that is
    gone stands at the item that holds its place."""
    attendance = meeting.attendance
    conflicts = tuple(
        replace(one, reason="", item_id=moved.get(one.item_id, one.item_id)) if one.item_id in gone else one
        for one in attendance.conflicts
    )
    presences = tuple(
        replace(
            one,
            from_item=moved.get(one.from_item, one.from_item),
            to_item=moved.get(one.to_item, one.to_item),
            away=tuple(
                replace(
                    away,
                    from_item=moved.get(away.from_item, away.from_item),
                    to_item=moved.get(away.to_item, away.to_item),
                )
                for away in one.away
            ),
        )
        for one in attendance.presences
    )
    return replace(attendance, conflicts=conflicts, presences=presences)


def _dispatches(dispatches: Iterable[Dispatch], gone: frozenset[str]) -> Iterator[Dispatch]:
    """What was sent out, without what is gone; a file of that is not named."""
    for one in dispatches:
        left = tuple(item_id for item_id in one.items if item_id not in gone)
        if len(left) == len(one.items):
            yield one
        elif left:
            yield replace(one, items=left, file_name="", manner="", recipient="")
