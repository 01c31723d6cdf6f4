"""What a returned mötespaket changes, in words: where it is, which field, and what stood, stands and is proposed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from finsam_desktop.domain import numbering, parcel
from finsam_desktop.domain.agenda import AgendaItem, Attachment, find, parent_of, walk
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.attendance import ConflictOfInterest, Presence, present_by_default
from finsam_desktop.domain.deadlines import reached
from finsam_desktop.domain.decisions import Candidate, CastBallot
from finsam_desktop.domain.field_words import described, in_detail, kind_name, label, said
from finsam_desktop.domain.figures import FigureTable
from finsam_desktop.domain.meeting import Meeting, MeetingState
from finsam_desktop.domain.parcel_forest import Address, Path, Slot, key_of, shapes
from finsam_desktop.domain.parcel_merge import Difference, What
from finsam_desktop.domain.record_words import NOT_THERE, PRESENT
from finsam_desktop.domain.references import References
from finsam_desktop.domain.word_changes import Piece, word_changes
from finsam_desktop.domain.wording import file_size

_TOLD_WHOLE = (Presence, ConflictOfInterest)
"""What is told as one thing, whatever in it has been changed."""
_SPEAKS_FOR_ITSELF = ("decision", "proposal", "attendance")
"""Parts whose fields have names that need no other before them."""
SAID_ALIKE = "(en annan uppgift med samma ord)"
THE_MEETING = "Sammanträdet"
ON_THE_AGENDA = "På dagordningen"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """A change that came back, in words.

    ``place`` is the item or the meeting ("§ 14 Budget", "Sammanträdet"), ``item_id`` the item's id or "". ``field`` is
    what has been changed ("Texten i protokollet"). ``old`` is what was sent, ``mine`` what stands now, ``theirs`` what
    came back; "" for nothing. ``is_text`` says that they are running text, of which words can be shown.
    ``conflict``: both have changed it, ``why`` says how. What is not ``acceptable`` cannot be taken in as things stand.
    ``needs`` are the keys of what is taken in with it. ``declined``: it came before and was declined.
    """

    key: str
    what: What
    place: str
    item_id: str
    field: str
    old: str
    mine: str
    theirs: str
    is_text: bool = False
    conflict: bool = False
    acceptable: bool = True
    why: str = ""
    needs: tuple[str, ...] = ()
    declined: bool = False
    fingerprint: str = ""

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """What it would do to what stands now, word by word."""
        return word_changes(self.mine, self.theirs)

    @property
    def own_pieces(self) -> tuple[Piece, ...]:
        """What we have changed ourselves since it was sent, word by word."""
        return word_changes(self.old, self.mine)


def in_words(
    differences: Iterable[Difference],
    association: Association,
    meetings: Iterable[Meeting],
    versions: tuple[Meeting, Meeting, Meeting],
    declined: Iterable[str] = (),
) -> tuple[tuple[FieldChange, ...], tuple[str, ...]]:
    """The differences in words, in the order of the agenda; and the names of what only the association records.

    ``versions`` are base, mine and theirs; ``declined`` the fingerprints of what was declined before.
    """
    return _Telling(association, tuple(meetings), versions, frozenset(declined)).told(tuple(differences))


class _Telling:
    def __init__(
        self,
        association: Association,
        meetings: tuple[Meeting, ...],
        versions: tuple[Meeting, Meeting, Meeting],
        declined: frozenset[str],
    ) -> None:
        self._association, self._versions, self._declined = association, versions, declined
        self._base, self._mine, self._theirs = versions
        everyone = tuple(self._mine if one.id == self._mine.id else one for one in meetings)
        self._references = References(everyone, self._mine)
        self._written = reached(self._mine, MeetingState.HELD)
        self._sections = numbering.paragraphs(everyone, self._mine)
        self._numbers = {**numbering.agenda_numbers(self._theirs), **numbering.agenda_numbers(self._mine)}
        order = [item.id for item in walk(self._theirs.items)]
        order += [item.id for item in walk(self._mine.items) if item.id not in order]
        self._order = {item_id: place for place, item_id in enumerate(order)}

    def told(self, differences: tuple[Difference, ...]) -> tuple[tuple[FieldChange, ...], tuple[str, ...]]:
        by_key = {one.key: one for one in differences}
        hidden = {key for one in differences for key in self._led(one, by_key)}
        ours = [one for one in differences if self._secretarys(one)]
        changes = [
            self._change(one) for one in differences if one.key not in hidden and not self._secretarys(one)
        ]
        changes.sort(key=lambda one: self._order.get(one.item_id, -1))
        return tuple(changes), tuple(dict.fromkeys(label(Meeting, _root_field(one)) for one in ours))

    def _secretarys(self, one: Difference) -> bool:
        return _root_field(one) in parcel.SECRETARYS[Meeting]

    def _led(self, one: Difference, by_key: dict[str, Difference]) -> Iterator[str]:
        """Keys of the fields that are shown with this one, the first of those that belong together."""
        same = sorted(key for key in self._bound(one) if key in by_key)
        yield from same[1:] if same[:1] == [one.key] else ()

    def _bound(self, one: Difference) -> tuple[str, ...]:
        """Keys of the fields that this one is changed with, its own among them; () for one that stands alone."""
        group = parcel.TOGETHER.get(self._kind(one.address), frozenset())
        if one.what is not What.FIELD or len(one.path) != 1 or one.path[0] not in group:
            return ()
        same = tuple(key for key in (one.key, *one.needs) if key.rpartition("/")[2] in group)
        whole = self._kind(one.address) in _TOLD_WHOLE or one.path[0] in ("sha256", "columns", "rows")
        return same if len(same) > 1 or whole else ()

    # -- one change -----------------------------------------------------------------------------------

    def _change(self, one: Difference) -> FieldChange:
        item_id = self._item_of(one.address)
        texts = self._texts(one)
        why = self._why(one)
        return FieldChange(
            key=one.key,
            what=one.what,
            place=self._place(one.address, item_id),
            item_id=item_id,
            field=self._field(one),
            old=texts[0],
            mine=texts[1],
            theirs=texts[2],
            is_text=one.what is What.FIELD and any(_running(v) for v in (one.old, one.mine, one.theirs)),
            conflict=one.conflict,
            acceptable=not one.blocked,
            why=why,
            needs=one.needs,
            declined=one.fingerprint in self._declined,
            fingerprint=one.fingerprint,
        )

    def _texts(self, one: Difference) -> tuple[str, str, str]:
        values = (one.old, one.mine, one.theirs)
        if one.what is What.ORDER:
            said_ = [
                self._listed(value, version) for value, version in zip(values, self._versions, strict=True)
            ]
        elif one.what is What.MOVED:
            said_ = [
                self._stands(one.address, value, version)
                for value, version in zip(values, self._versions, strict=True)
            ]
        elif one.what is What.FIELD:
            said_ = [
                self._group(one, version) or self._said(value, one.path[-1])
                for value, version in zip(values, self._versions, strict=True)
            ]
            if said_[1] == said_[2]:
                said_ = [in_detail(value, one.path[-1], self._name) for value in values]
            if said_[1] == said_[2]:
                said_[2] += f" {SAID_ALIKE}"
        else:
            said_ = [
                self._of_none(one.address) if value is None else described(value, self._name)
                for value in values
            ]
        return said_[0], said_[1], said_[2]

    def _of_none(self, address: Address) -> str:
        """What is so where nothing is noted: of somebody's presence what the role says, of other things nothing."""
        if self._kind(address) is not Presence:
            return ""
        person_id = address[-1].removeprefix("#")
        there = present_by_default(self._association, person_id, self._mine.date)
        return PRESENT if there else NOT_THERE

    def _said(self, value: object, name: str) -> str:
        words = said(value, name, self._name)
        return self._references.resolve(words)

    def _group(self, one: Difference, version: Meeting) -> str:
        """A file, a table's figures or somebody's presence in words, where the field is one of those that belong
        together."""
        if not self._bound(one):
            return ""
        found: Any = _part(version, one.address)
        if found is None:
            return self._of_none(one.address)
        if isinstance(found, _TOLD_WHOLE):
            return described(found, self._name)
        if isinstance(found, Attachment):
            return (
                f"{found.file_name or 'Utan fil'} ({file_size(found.size)})" if found.sha256 else "Utan fil"
            )
        if isinstance(found, FigureTable):
            rows = [" | ".join(column.title for column in found.columns)]
            return "\n".join([*rows, *(said(row, "rows", self._name) for row in found.rows)])
        return ""

    def _field(self, one: Difference) -> str:
        if one.what is What.MOVED:
            return "Plats"
        if one.what is What.ORDER:
            return f"Ordning: {self._slot_name(one.address, one.path).lower()}"
        thing = self._thing(one.address)
        kind = self._kind(one.address)
        if kind is Presence or (one.what is What.FIELD and kind in (*_TOLD_WHOLE, CastBallot)):
            return thing
        if one.what is What.FIELD:
            name = self._field_name(one, kind)
            return f"{thing}: {name[:1].lower()}{name[1:]}" if thing else name
        thing = thing or kind_name(type(one.theirs or one.mine))
        thing = f"{thing[:1].lower()}{thing[1:]}"
        if one.what is What.REMOVED:
            return f"Borttaget: {thing}"
        return f"{'Återkommer' if one.old is not None else 'Tillagt'}: {thing}"

    def _field_name(self, one: Difference, kind: type) -> str:
        if self._bound(one):
            return label(kind, "sha256" if kind is Attachment else "rows")
        name = label(_owner(kind, one.path), one.path[-1])
        if len(one.path) == 1 or one.path[0] in _SPEAKS_FOR_ITSELF:
            return name
        return f"{label(kind, one.path[0])}: {name[:1].lower()}{name[1:]}"

    def _why(self, one: Difference) -> str:
        if one.blocked:
            return "Det går inte ihop med hur dagordningen ser ut nu. Ändra själv om det ska bli så."
        if not one.conflict:
            return ""
        if one.what is What.ADDED and one.old is not None:
            return "Du har tagit bort det. I svaret har det ändrats."
        if one.what is What.REMOVED:
            return "Du har ändrat det. I svaret har det tagits bort."
        if one.needs and not _both(one):
            return "Det hänger ihop med något annat som ni båda har ändrat."
        return "Ni har båda ändrat det."

    # -- names ----------------------------------------------------------------------------------------

    def _name(self, an_id: str) -> str:
        """What an id is called."""
        person = self._person(an_id)
        if person:
            return person
        member = self._association.member(an_id)
        if member is not None:
            return member.name
        return self._item_name(an_id) if an_id in self._order else self._known.get(an_id, an_id)

    def _person(self, person_id: str) -> str:
        person = self._association.person(person_id)
        return person.name if person is not None else ""

    @cached_property
    def _known(self) -> dict[str, str]:
        """What motions, bilagor, majorities, insatser and teams are called, by id."""
        found = {one.id: one.matter for one in self._association.rules.majorities}
        found |= {one.id: one.name for one in self._association.measures}
        found |= {one.id: one.name for one in self._association.teams}
        for version in self._versions:
            for item in walk(version.items):
                found |= {one.id: one.title for one in item.attachments}
                found |= {
                    one.id: f"yrkandet av {self._person(one.person_id)}" for one in item.decision.motions
                }
        return found

    def _item(self, item_id: str) -> AgendaItem | None:
        return next(
            (item for one in (self._mine, self._theirs, self._base) if (item := find(one.items, item_id))),
            None,
        )

    def _item_name(self, item_id: str) -> str:
        """ "§ 67 Budget", "Ärende 7 B Budget"; a new one by its title."""
        item = self._item(item_id)
        if item is None:
            return ""
        title = (item.minutes_title if self._written else "") or item.title or "Utan rubrik"
        there = find(self._mine.items, item_id)
        if there is None:
            return title
        above = parent_of(self._mine.items, item_id)
        top = above.id if above is not None else item_id
        letter = f" {self._numbers.get(item_id, '')}" if above is not None else ""
        section = self._sections.get(top)
        if self._written and section is not None:
            return f"{numbering.section_label((section,))}{letter} {title}"
        return f"Ärende{numbering.NBSP}{self._numbers.get(top, '')}{letter} {title}"

    def _place(self, address: Address, item_id: str) -> str:
        if item_id:
            return self._item_name(item_id)
        return (
            label(Meeting, "attendance") if address and address[0].startswith("attendance") else THE_MEETING
        )

    def _item_of(self, address: Address) -> str:
        """The item that a node is in, "" for the meeting."""
        if not address:
            return ""
        if address[0] == AgendaItem.__name__:
            return address[1]
        if address[0] == "attendance.conflicts" and len(address) == 2:
            item_id = address[1].rpartition("|")[2]
            return item_id if item_id in self._order else ""
        if address[0] == Attachment.__name__:
            for version in (self._mine, self._theirs, self._base):
                for item in walk(version.items):
                    if any(one.id == address[1] for one in item.attachments):
                        return item.id
        return ""

    def _kind(self, address: Address) -> type:
        found = next((part for v in self._versions if (part := _part(v, address)) is not None), None)
        return type(found) if found is not None else Meeting

    def _thing(self, address: Address) -> str:
        """What in the item or the meeting it is: "Bilagan Budget", "Yrkande av Anna Ek"; "" for the item itself."""
        if not address or (address[0] == AgendaItem.__name__ and len(address) == 2):
            return ""
        found: Any = next((part for v in self._versions if (part := _part(v, address)) is not None), None)
        if found is None:
            return ""
        name = kind_name(type(found))
        title = getattr(found, "title", "") or getattr(found, "heading", "")
        if title:
            return f"{name} {title}"
        person = getattr(found, "person_id", "")
        if not person and isinstance(found, Candidate):
            return f"{name} {found.name}"
        if person and name in ("Justerare", "Kandidat"):
            return f"{name} {self._name(person)}"
        if person:
            joint = "av" if name in ("Yrkande", "Reservation", "Protokollsanteckning", "Röst") else "för"
            return f"{name} {joint} {self._name(person)}"
        return name

    def _slot_name(self, address: Address, path: Path) -> str:
        return label(_owner(self._kind(address), path), path[-1])

    def _listed(self, addresses: tuple[Address, ...], version: Meeting) -> str:
        return "\n".join(f"{n}. {self._short(address)}" for n, address in enumerate(addresses, start=1))

    def _short(self, address: Address) -> str:
        if address[0] == AgendaItem.__name__ and len(address) == 2:
            item = self._item(address[1])
            return item.title if item is not None else ""
        return self._thing(address)

    def _stands(self, address: Address, slot: Slot | None, version: Meeting) -> str:
        """Where a node stands in a version: under which item, after which."""
        if slot is None:
            return ""
        owner, path = slot
        where = ON_THE_AGENDA if not owner else f"Under {self._item_name(owner[1])}"
        inside = _siblings(version, owner, path)
        ids = [one.id for one in inside]
        place = ids.index(address[-1]) if address[-1] in ids else 0
        if place == 0:
            return f"{where}, först"
        return f"{where}, efter {inside[place - 1].title}"


def _root_field(one: Difference) -> str:
    """The field of the meeting that a difference is in, "" when it is in an item or a bilaga."""
    if not one.address:
        return one.path[0]
    if one.address[0] in (AgendaItem.__name__, Attachment.__name__):
        return ""
    return one.address[0].split(".")[0]


def _both(one: Difference) -> bool:
    return bool(one.mine != one.old)


def _running(value: object) -> bool:
    return isinstance(value, str) or (isinstance(value, tuple) and bool(value) and isinstance(value[0], str))


def _owner(kind: type, path: Path) -> type:
    """The dataclass that the last field of a path is in."""
    for name in path[:-1]:
        inner = next((inner for field, _, inner in shapes(kind) if field == name), None)
        if inner is None:
            return kind
        kind = inner
    return kind


def _siblings(version: Meeting, owner: Address, path: Path) -> tuple[Any, ...]:
    if not owner:
        return version.items
    item = find(version.items, owner[1])
    return tuple(getattr(item, path[-1])) if item is not None else ()


def _part(version: Meeting, address: Address) -> object | None:
    """The part of a version that an address names, or None."""
    part: Any = version
    if address and address[0] in (AgendaItem.__name__, Attachment.__name__):
        items = tuple(walk(version.items))
        known = {(AgendaItem.__name__, one.id): one for one in items}
        files = {(Attachment.__name__, a.id): a for one in items for a in one.attachments}
        part, address = {**known, **files}.get((address[0], address[1])), address[2:]
    place = 0
    while part is not None and place < len(address):
        for name in address[place].split("."):
            part = getattr(part, name)
        place += 1
        if isinstance(part, tuple):
            if place == len(address):
                return None
            part = next((one for one in part if _has_key(one, address[place])), None)
            place += 1
    named: object | None = part
    return named


def _has_key(one: Any, key: str) -> bool:
    return f"#{key_of(one)}" == key
