"""What differs between an earlier version of an association's values and the present one, in words for the user."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum, StrEnum

from finsam_desktop.domain.agenda import AgendaItem, Attachment, walk
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.field_words import label
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.wording import FORMS, ITEM_TYPES, KINDS, STATES, clock, long_date, weekday_date

MEETING_WORDS = {
    "date": "Dag", "start": "Börjar", "end": "Slutar", "place": "Plats", "form": "Form", "kind": "Typ av sammanträde",
    "state": "Läge", "reference": "Diarienummer", "notice_date": "Kallelsens datum",
    "absence_deadline": "Sista dag för frånvaro", "attendance": "Närvaro", "adjusters": "Justerare",
    "public_notices": "Anslag", "dispatches": "Expediering", "utskick": "Utskick", "corrections": "Rättelser",
    "participants": "Deltagare", "signed_minutes": "Undertecknat protokoll", "comments": "Kommentarer",
}  # fmt: skip
"""What the fields of a meeting are called; any other is told of as one of several."""
ITEM_WORDS = {
    name: label(AgendaItem, name)
    for name in (
        "title", "type", "presenter_id", "presenter", "minutes", "reference", "summary", "proposal", "recipients",
        "figures", "report", "minutes_title", "minutes_text", "decision", "memo", "letter", "referral", "confidential",
    )
}  # fmt: skip
ASSOCIATION_WORDS = {
    "name": "Förbundets namn", "org_number": "Organisationsnummer", "seat": "Säte", "letterhead": "Brevhuvud",
    "rules": "Förbundets regler", "members": "Medlemmar", "people": "Personer", "appointments": "Uppdrag",
    "item_templates": "Ärendemallar", "word_templates": "Word-mallar", "phrases": "Fraser", "teams": "Team",
    "readings": "Verksamhetens siffror", "plans": "Budget och plan", "delegated_decisions": "Delegationsbeslut",
    "audits": "Revision", "measures": "Insatser", "mail_texts": "Mejltexter", "report_inputs": "Rapporter",
}  # fmt: skip
OTHER = "Annat"
_YES_NO = {True: "ja", False: "nej"}
_WORDS: dict[tuple[type, object], str] = {
    (type(member), member): words
    for table in (FORMS, ITEM_TYPES, KINDS, STATES)
    for member, words in table.items()
}


class What(StrEnum):
    """What has happened to a meeting since."""

    NEW = "new"
    GONE = "gone"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """A field that differs: ``place`` is the item's title, or empty for the meeting's or the association's own."""

    place: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingChange:
    """A meeting that differs, and how many of what. ``new`` are there now and not then, ``gone`` the other way."""

    meeting_id: str
    name: str
    what: What
    items_new: int = 0
    items_gone: int = 0
    items_changed: int = 0
    attachments_new: int = 0
    attachments_gone: int = 0
    attachments_changed: int = 0
    other: bool = False

    def in_words(self) -> str:
        """Such as "2 ärenden ändrade, 1 bilaga ny"."""
        if self.what is What.NEW:
            return "fanns inte då"
        if self.what is What.GONE:
            return "finns inte nu"
        counts = (
            (self.items_changed, "ärende ändrat", "ärenden ändrade"),
            (self.items_new, "ärende nytt", "ärenden nya"),
            (self.items_gone, "ärende borttaget", "ärenden borttagna"),
            (self.attachments_changed, "bilaga utbytt", "bilagor utbytta"),
            (self.attachments_new, "bilaga ny", "bilagor nya"),
            (self.attachments_gone, "bilaga borttagen", "bilagor borttagna"),
        )
        told = [f"{count} {one if count == 1 else several}" for count, one, several in counts if count]
        if self.other:
            told.append("uppgifter om sammanträdet" if not told else "och uppgifter om sammanträdet")
        return ", ".join(told).replace(", och", " och")


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionChanges:
    """All that differs. ``association`` names the parts of its facts, ``meetings`` are by date, the latest first."""

    association: tuple[str, ...]
    meetings: tuple[MeetingChange, ...]

    def __bool__(self) -> bool:
        return bool(self.association or self.meetings)


def changes(
    then: Association,
    then_meetings: Iterable[Meeting],
    now: Association,
    now_meetings: Iterable[Meeting],
) -> VersionChanges:
    """What is otherwise now than it was then."""
    before = {meeting.id: meeting for meeting in then_meetings}
    after = {meeting.id: meeting for meeting in now_meetings}
    found = [meeting_change(before.get(key), after.get(key)) for key in {**before, **after}]
    days = {key: meeting.date for key, meeting in {**before, **after}.items()}
    told = [change for change in found if change is not None]
    return VersionChanges(
        association=tuple(dict.fromkeys(change.label for change in field_changes(then, now))),
        meetings=tuple(sorted(told, key=lambda change: days[change.meeting_id], reverse=True)),
    )


def meeting_change(then: Meeting | None, now: Meeting | None) -> MeetingChange | None:
    """What has become of one meeting; None when it is as it was."""
    either = now or then
    if either is None or then == now:
        return None
    name = f"{KINDS[either.kind]} {long_date(either.date)}"
    if then is None or now is None:
        return MeetingChange(meeting_id=either.id, name=name, what=What.NEW if then is None else What.GONE)
    items_then, items_now = _items(then), _items(now)
    files_then, files_now = _attachments(then), _attachments(now)
    both = items_then.keys() & items_now.keys()
    return MeetingChange(
        meeting_id=now.id,
        name=name,
        what=What.CHANGED,
        items_new=len(items_now.keys() - both),
        items_gone=len(items_then.keys() - both),
        items_changed=sum(bool(_item_fields(items_then[key], items_now[key])) for key in both),
        attachments_new=len(files_now.keys() - files_then.keys()),
        attachments_gone=len(files_then.keys() - files_now.keys()),
        attachments_changed=sum(files_then[k] != files_now[k] for k in files_then.keys() & files_now.keys()),
        other=bool(_own_fields(then, now)) or any(_order(then, now)),
    )


def field_changes(
    then: Meeting | Association | None, now: Meeting | Association | None
) -> tuple[FieldChange, ...]:
    """Field by field what differs; of a meeting that is only in one version, what it holds."""
    if isinstance(then, Association) and isinstance(now, Association):
        return tuple(_fields("", ASSOCIATION_WORDS, then, now))
    return tuple(_of_meetings(_meeting(then), _meeting(now)))


def _meeting(value: Meeting | Association | None) -> Meeting | None:
    return value if isinstance(value, Meeting) else None


def _of_meetings(then: Meeting | None, now: Meeting | None) -> Iterator[FieldChange]:
    if then is not None and now is not None:
        yield from _own_fields(then, now)
    before, after = (_items(one) if one is not None else {} for one in (then, now))
    for key in {**after, **before}:
        old, new = before.get(key), after.get(key)
        if old is not None and new is not None:
            yield from _item_fields(old, new)
        elif new is not None:
            yield FieldChange(place=new.title, label="Ärendet", before="", after=_summary(new))
        elif old is not None:
            yield FieldChange(place=old.title, label="Ärendet", before=_summary(old), after="")
    if then is not None and now is not None:
        yield from _order(then, now)


def _order(then: Meeting, now: Meeting) -> Iterator[FieldChange]:
    """The order of the items, where only that differs."""
    before, after = (list(_items(one)) for one in (then, now))
    if before != after and set(before) == set(after):
        titles = _items(now)
        yield FieldChange(
            place="",
            label="Ärendenas ordning",
            before="\n".join(titles[key].title for key in before),
            after="\n".join(titles[key].title for key in after),
        )


def _own_fields(then: Meeting, now: Meeting) -> tuple[FieldChange, ...]:
    return tuple(_fields("", MEETING_WORDS, then, now, left_out=("items",)))


def _item_fields(then: AgendaItem, now: AgendaItem) -> tuple[FieldChange, ...]:
    found = list(_fields(now.title, ITEM_WORDS, then, now, left_out=("sub_items", "attachments")))
    before, after = ({one.id: one for one in item.attachments} for item in (then, now))
    for key in {**after, **before}:
        old, new = before.get(key), after.get(key)
        if old != new:
            found.append(
                FieldChange(place=now.title, label="Bilaga", before=_attachment(old), after=_attachment(new))
            )
    return tuple(found)


def _fields(
    place: str, words: dict[str, str], then: object, now: object, *, left_out: tuple[str, ...] = ()
) -> Iterator[FieldChange]:
    """One change for each field with a name of its own, and the rest together where they differ in words."""
    for one in fields(now):  # type: ignore[arg-type]
        before, after = getattr(then, one.name), getattr(now, one.name)
        if one.name in left_out or before == after:
            continue
        label = words.get(one.name, OTHER)
        old, new = in_words(before), in_words(after)
        yield FieldChange(place=place, label=label, before=old, after=new)


def _items(meeting: Meeting) -> dict[str, AgendaItem]:
    return {item.id: item for item in walk(meeting.items)}


def _attachments(meeting: Meeting) -> dict[str, Attachment]:
    return {file.id: file for item in walk(meeting.items) for file in item.attachments}


def _summary(item: AgendaItem) -> str:
    return "\n".join(text for text in (item.title, item.summary, in_words(item.proposal)) if text)


def _attachment(file: Attachment | None) -> str:
    return "" if file is None else f"{file.title} ({file.file_name})" if file.file_name else file.title


def in_words(value: object) -> str:
    """A value as a person reads it: texts on lines, days and times as we write them; ids and checksums left out."""
    return "\n".join(line for line in _lines(value) if line)


def _lines(value: object) -> Iterator[str]:
    if value is None:
        return
    if isinstance(value, bool):
        yield _YES_NO[value]
    elif isinstance(value, Enum):
        yield _WORDS.get((type(value), value), "")
    elif isinstance(value, str):
        yield value
    elif isinstance(value, datetime):
        yield f"{long_date(value.date())} kl. {clock(value.time())}"
    elif isinstance(value, date):
        yield weekday_date(value)
    elif isinstance(value, time):
        yield clock(value)
    elif isinstance(value, (int, float, Decimal)):
        yield str(value).replace(".", ",")
    elif isinstance(value, (tuple, frozenset)):
        for one in value:
            yield from _lines(one)
    elif is_dataclass(value):
        for field in fields(value):
            if field.name != "id" and not field.name.endswith(("_id", "sha256")):
                yield from _lines(getattr(value, field.name))
