"""The seal of adjusted minutes: SHA-256 over exactly what they print, part by part, so that a change is named.

The seal shows that something has been altered since the adjustment, by another program or by accident. It is no
signature: whoever can write the file can also make a new seal. The minutes that count are those that were signed.
"""

from __future__ import annotations

import json
from dataclasses import MISSING as NO_DEFAULT
from dataclasses import Field, fields, is_dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from hashlib import sha256
from typing import Any

from finsam_desktop.domain import references
from finsam_desktop.domain.agenda import AgendaItem, Attachment, find, walk
from finsam_desktop.domain.association import Association, Letterhead, Member, Person
from finsam_desktop.domain.decisions import Decision
from finsam_desktop.domain.meeting import FrozenRegister, Meeting, Seal, SealedPart
from finsam_desktop.domain.numbering import section_label
from finsam_desktop.domain.sentences import next_meeting

PARTS = {
    "facts": "plats, tid och ordning",
    "attendance": "närvaron",
    "adjustment": "justeringen",
    "numbers": "paragrafernas och bilagornas nummer",
    "register": "namn och uppdrag som de var då",
}
"""The parts of the record beside its items, and what they are called."""

_PART_FIELDS = {
    "facts": ("id", "date", "start", "end", "place", "form", "kind", "reference", "opened_at", "closed_at",
              "adjournments"),
    "attendance": ("attendance",),
    "adjustment": ("adjusters", "adjustment_place", "adjustment_date", "adjusted_on", "signatures"),
    "numbers": ("frozen_paragraphs", "frozen_attachments"),
    "register": ("frozen_register",),
}  # fmt: skip

UNSEALED: dict[type, frozenset[str]] = {
    Meeting: frozenset((
        "items", "state", "notice_date", "absence_deadline", "first_paragraph", "public_notices", "cancelled_on",
        "cancel_reason", "public_announced", "budget_published", "consulted_on", "corrections", "seals", "dispatches",
        "sent_for_adjustment", "participants", "convener", "associations", "masked", "utskick", "signed_minutes",
        "calendar", "redacted_under", "comments", "approvals", "parcels", "live",
    )),
    AgendaItem: frozenset((
        "minutes", "template_id", "origin", "memo", "letter", "referral", "measure_id", "joint", "confidential",
        "secret",
    )),
    Attachment: frozenset((
        "file_name", "sha256", "size", "pages", "confidential", "secret", "reviewed", "description", "barriers",
    )),
    Decision: frozenset(("follow_up",)),
}  # fmt: skip
"""What is not in the minutes, or lives on after them. A field that is not named here is sealed.

A bilaga's content is a part of its own, so that a file that was missing at the adjustment can be put in later.
"""


def parts(meeting: Meeting, items: tuple[str, ...] = ()) -> tuple[SealedPart, ...]:
    """The SHA-256 of every part of the record; of these items only, where some are named."""
    found = []
    if not items:
        order = [item.id for item in meeting.items]
        for name, names in _PART_FIELDS.items():
            content = {field: canonical(getattr(meeting, field)) for field in names}
            found.append(_part(name, {**content, "order": order} if name == "facts" else content))
    for item in meeting.items:
        if not items or item.id in items:
            number = [entry.number for entry in meeting.frozen_paragraphs if items and entry.id == item.id]
            found.append(_part(item.id, [canonical(item), number]))
            found += [
                SealedPart(name=attachment.id, sha256=attachment.sha256)
                for one in walk((item,))
                for attachment in one.attachments
                if attachment.sha256
            ]
    return tuple(found)


def fingerprint(meeting: Meeting, items: tuple[str, ...] = ()) -> str:
    """SHA-256 in hexadecimal of what the minutes print, or of these items only."""
    return of_parts(parts(meeting, items))


def sealed(meeting: Meeting, at: datetime, by: str, on: date, items: tuple[str, ...] = ()) -> Meeting:
    """The meeting with a seal over all of it, or over these items."""
    made = parts(meeting, items)
    seal = Seal(sha256=of_parts(made), sealed_at=at, sealed_by=by, items=items, adjusted_on=on, parts=made)
    return replace(meeting, seals=(*meeting.seals, seal))


def opened(seal: Seal) -> Seal:
    """The seal without its fingerprints, for a copy that differs: guesses could be tried on them."""
    return replace(seal, sha256=of_parts(()), parts=())


def whole_seal(meeting: Meeting) -> Seal | None:
    """The seal over the whole record, or None until the minutes are adjusted."""
    return next((seal for seal in reversed(meeting.seals) if not seal.items), None)


def sealed_items(meeting: Meeting) -> frozenset[str]:
    """Ids of the items that a seal covers."""
    if whole_seal(meeting) is not None:
        return frozenset(item.id for item in meeting.items)
    return frozenset(item_id for seal in meeting.seals for item_id in seal.items)


def broken(meeting: Meeting) -> tuple[str, ...]:
    """Names of the sealed parts that are no longer what was adjusted; empty when all is well.

    An item's name is its id, another part's is in ``PARTS``, and a bilaga's its id. "seal" when the seal itself has
    been altered.
    """
    found: dict[str, None] = {}
    for seal in meeting.seals:
        now = {part.name: part.sha256 for part in parts(meeting, seal.items)}
        if of_parts(seal.parts) != seal.sha256:
            found["seal"] = None
        for part in seal.parts:
            if now.get(part.name) != part.sha256:
                found[part.name] = None
    return tuple(found)


def name_of(part: str, meeting: Meeting) -> str:
    """A part in words: "§ 67 Budget", "närvaron", "bilagan Reservation"."""
    if part in PARTS:
        return PARTS[part]
    item = find(meeting.items, part)
    number = next((entry.number for entry in meeting.frozen_paragraphs if entry.id == part), None)
    if item is not None:
        label = f"{section_label((number,))} " if number is not None else ""
        return f"{label}{item.minutes_title or item.title}"
    for one in walk(meeting.items):
        for attachment in one.attachments:
            if attachment.id == part:
                return f"bilagan {attachment.title}"
    if number is not None:
        return section_label((number,))
    return "förseglingen" if part == "seal" else "en bilaga eller ett ärende som inte finns kvar"


# -- the register as it was ------------------------------------------------------------------------


def register_of(
    association: Association, meeting: Meeting, meetings: tuple[Meeting, ...], items: tuple[str, ...]
) -> FrozenRegister:
    """What the minutes print from outside themselves: the people they name and those appointed on the day, the
    members, the rules, the following meeting's day, and what the references of these items say."""
    day = meeting.date
    appointments = association.appointed(day)
    named = {a.person_id for a in appointments} | set(_texts(meeting))
    people = tuple(
        Person(id=one.id, name=one.name, party=one.party) for one in association.people if one.id in named
    )
    members = tuple(
        Member(id=one.id, name=one.name, kind=one.kind, share=one.share) for one in association.members
    )
    following = next_meeting(meeting, meetings)
    register = Association(
        name=association.name,
        org_number=association.org_number,
        seat=association.seat,
        minutes_kept_at=association.minutes_kept_at,
        minutes_published_at=association.minutes_published_at,
        court=association.court,
        rules=replace(association.rules, fees=(), charter=()),
        members=members,
        people=people,
        appointments=appointments,
        letterhead=Letterhead(),
    )
    frozen = FrozenRegister(association=register, references=references.frozen(meeting, meetings, items))
    if following is None:
        return frozen
    return replace(frozen, next_date=following.date, next_kind=following.kind)


def as_adjusted(
    association: Association, meetings: tuple[Meeting, ...], meeting: Meeting
) -> tuple[Association, tuple[Meeting, ...]]:
    """The association and the meetings as the minutes are to print them: as they were when they were adjusted.

    Until then they are as they are, but people named in items that were adjusted immediately keep their names.
    """
    frozen = meeting.frozen_register
    if frozen is None:
        return association, meetings
    then = frozen.association
    known = {person.id: person for person in then.people}
    people = tuple(
        replace(one, name=known[one.id].name, party=known[one.id].party) if one.id in known else one
        for one in association.people
    )
    here = {person.id for person in people}
    people += tuple(person for person in then.people if person.id not in here)
    if whole_seal(meeting) is None:
        return replace(association, people=people), meetings
    printed = replace(
        association,
        name=then.name,
        org_number=then.org_number,
        seat=then.seat,
        minutes_kept_at=then.minutes_kept_at,
        minutes_published_at=then.minutes_published_at,
        court=then.court,
        rules=then.rules,
        members=then.members,
        people=people,
        appointments=then.appointments,
    )
    earlier = tuple(one for one in meetings if one.date <= meeting.date and one.id != meeting.id)
    if frozen.next_date is None:
        return printed, (*earlier, meeting)
    following = Meeting(id="nästa", date=frozen.next_date, kind=frozen.next_kind)
    return printed, (*earlier, meeting, following)


def renamed(meeting: Meeting, association: Association) -> tuple[tuple[str, str], ...]:
    """(name then, name now) of people whose name or party has been changed since the adjustment."""
    if meeting.frozen_register is None:
        return ()
    found = []
    for then in meeting.frozen_register.association.people:
        now = association.person(then.id)
        if now is not None and (now.name, now.party) != (then.name, then.party):
            found.append((_named(then), _named(now)))
    return tuple(found)


def _named(person: Person) -> str:
    return f"{person.name} ({person.party})" if person.party else person.name


# -- canonical form --------------------------------------------------------------------------------


def canonical(value: object) -> Any:
    """The value as plain data that is the same in every version of the program: fields at their default are left
    out, so that a field that is added later changes no seal."""
    if is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: canonical(inner)
            for field in _sealed_fields(type(value))
            if not _is_default(field, inner := getattr(value, field.name))
        }
    if isinstance(value, tuple | list):
        return [canonical(one) for one in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | time | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value}"
    if value is None or isinstance(value, str | int | bool):
        return value
    raise TypeError(f"{type(value).__name__} has no canonical form")


@lru_cache(maxsize=128)
def _sealed_fields(kind: type) -> tuple[Field[Any], ...]:
    left_out = UNSEALED.get(kind, frozenset())
    return tuple(field for field in fields(kind) if field.name not in left_out)


def _is_default(field: Field[Any], value: object) -> bool:
    if field.default is NO_DEFAULT:
        return False
    return type(value) is type(field.default) and value == field.default


def _part(name: str, content: object) -> SealedPart:
    data = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return SealedPart(name=name, sha256=sha256(data.encode("utf-8", "surrogatepass")).hexdigest())


def of_parts(made: tuple[SealedPart, ...]) -> str:
    """SHA-256 in hexadecimal of all the parts together."""
    return _part("", [[part.name, part.sha256] for part in made]).sha256


def _texts(value: object) -> list[str]:
    """Every text of a value; ids are among them."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple):
        return [text for one in value for text in _texts(one)]
    if is_dataclass(value) and not isinstance(value, type):
        return [text for field in fields(value) for text in _texts(getattr(value, field.name))]
    return []
