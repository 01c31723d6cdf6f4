"""What goes with a mötespaket and what stays at home, and what becomes of it when it comes back.

A mötespaket holds one meeting whole, what its papers print of the association, and of other meetings only what numbers
and references rest on.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from hashlib import sha256
from typing import Any

from finsam_desktop.domain import references
from finsam_desktop.domain.agenda import AgendaItem, Attachment, Items, walk
from finsam_desktop.domain.association import Association, Role
from finsam_desktop.domain.attendance import ConflictOfInterest, Presence
from finsam_desktop.domain.confidentiality import Secret
from finsam_desktop.domain.figures import FigureTable
from finsam_desktop.domain.live import LiveRecord
from finsam_desktop.domain.meeting import CalendarEntry, Meeting
from finsam_desktop.domain.parcel_forest import same
from finsam_desktop.domain.parcel_merge import ThreeWay
from finsam_desktop.domain.parcel_values import ParcelReply, Receiver, SentParcel
from finsam_desktop.domain.sentences import next_meeting

AT_HOME: Mapping[type, frozenset[str]] = {
    Meeting: frozenset(("calendar", "signed_minutes", "parcels", "redacted_under", "live"))
}
"""What never goes with a mötespaket, the association's own notes on a meeting among it."""

TALK: Mapping[type, frozenset[str]] = {Meeting: frozenset(("comments", "approvals"))}
"""What goes with it and comes back in its own way: added to what is there, never compared."""

SECRETARYS: Mapping[type, frozenset[str]] = {
    Meeting: frozenset((
        "state", "seals", "signatures", "adjusted_on", "frozen_paragraphs", "frozen_attachments", "frozen_register",
        "public_notices", "dispatches", "utskick", "sent_for_adjustment", "corrections", "masked",
    )),
}  # fmt: skip
"""What is recorded by the association alone: it is told when a receiver has altered it, and never taken in."""

NOT_COMPARED: Mapping[type, frozenset[str]] = {Meeting: AT_HOME[Meeting] | TALK[Meeting]}
OFFICE = (Role.DIRECTOR, Role.SECRETARY, Role.ECONOMIST, Role.PROCESS_LEADER)
"""Roles whose addresses the papers print."""
MOVABLE = (AgendaItem, Attachment)
TOGETHER: Mapping[type, frozenset[str]] = {
    Attachment: frozenset(("file_name", "sha256", "size", "pages", "reviewed", "barriers")),
    FigureTable: frozenset(("columns", "rows", "source_unit", "costs_positive")),
    Presence: frozenset(one.name for one in fields(Presence)) - {"person_id"},
    ConflictOfInterest: frozenset(("reason", "substitute_id", "ruling")),
}
"""Fields that mean something only with each other: a bilaga's file, a table's figures, when somebody was there."""


def sent_meeting(meeting: Meeting, receiver: Receiver | None = None) -> Meeting:
    """The meeting as it goes out; with a ``receiver`` without what others have commented in theirs."""
    theirs = {one.id for one in meeting.parcels if receiver is None or one.receiver == receiver}
    comments = tuple(
        one for one in meeting.comments if receiver is None or not one.parcel_id or one.parcel_id in theirs
    )
    return replace(
        meeting,
        comments=comments,
        calendar=CalendarEntry(),
        signed_minutes=(),
        parcels=(),
        redacted_under=(),
        live=LiveRecord(),
    )


def sent_association(association: Association, meeting: Meeting) -> Association:
    """Of the association what the meeting's papers print and its views show: addresses to the office only, no fees,
    and activity and plans only where the meeting has a report."""
    words = frozenset(_words(meeting))
    appointed = {one.person_id for one in association.appointed(meeting.date)}
    printed = {one.person_id for one in association.appointments if one.role in OFFICE}
    printed |= {item.memo.author_id for item in walk(meeting.items) if item.memo is not None}
    people = tuple(
        one if one.id in printed else replace(one, email="", phone="")
        for one in association.people
        if one.id in words or one.id in appointed
    )
    here = {one.id for one in people}
    reports = any(one.report is not None for one in walk(meeting.items))
    return replace(
        association,
        rules=replace(association.rules, fees=()),
        members=tuple(replace(one, contact="") for one in association.members),
        people=people,
        appointments=tuple(one for one in association.appointments if one.person_id in here),
        word_templates=tuple(replace(one, source="") for one in association.word_templates),
        delegations=(),
        delegated_decisions=(),
        audits=(),
        measures=association.measures
        if reports
        else tuple(one for one in association.measures if one.id in words),
        teams=association.teams if reports else (),
        indicators=association.indicators if reports else (),
        readings=association.readings if reports else (),
        plans=association.plans if reports else (),
        annual_reports=(),
        account_plan=None,
        mail_texts=(),
        report_inputs=(),
        parcel=None,
    )


def outlines(meeting: Meeting, meetings: Iterable[Meeting]) -> tuple[Meeting, ...]:
    """The other meetings that numbers and references of this one rest on, and the next one, without their words."""
    everyone = tuple(meetings)
    marked = set(references.marked(meeting))
    following = next_meeting(meeting, everyone)
    found = []
    for one in everyone:
        items = tuple(walk(one.items))
        parts = {item.id for item in items} | {a.id for item in items for a in item.attachments}
        near = one.date.year == meeting.date.year or (following is not None and one.id == following.id)
        if one.id != meeting.id and (near or marked & parts):
            found.append(_outline(one))
    return tuple(found)


def _outline(meeting: Meeting) -> Meeting:
    return Meeting(
        id=meeting.id,
        date=meeting.date,
        start=meeting.start,
        kind=meeting.kind,
        state=meeting.state,
        first_paragraph=meeting.first_paragraph,
        cancelled_on=meeting.cancelled_on,
        items=_outlined(meeting.items),
        frozen_paragraphs=meeting.frozen_paragraphs,
        frozen_attachments=meeting.frozen_attachments,
        utskick=tuple(replace(one, file_name="") for one in meeting.utskick),
    )


def _outlined(items: Items) -> Items:
    return tuple(
        AgendaItem(
            id=one.id,
            title="" if one.confidential else one.title,
            minutes_title="" if one.confidential else one.minutes_title,
            type=one.type,
            confidential=one.confidential,
            secret=Secret(section=one.secret.section),
            attachments=tuple(Attachment(id=a.id, title="") for a in one.attachments),
            sub_items=_outlined(one.sub_items),
        )
        for one in items
    )


def file_names(association: Association, *meetings: Meeting) -> frozenset[str]:
    """SHA-256 of every stored file that these need: bilagor, the logo and the association's Word templates."""
    found = {a.sha256 for one in meetings for item in walk(one.items) for a in item.attachments}
    found |= {one.sha256 for one in association.word_templates}
    return frozenset(found | {association.letterhead.logo}) - {""}


def fingerprint(meeting: Meeting) -> str:
    """SHA-256 of all that the meeting says: the same in every version of the program, since fields at their default
    are left out."""
    data = json.dumps(_said(meeting), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(data.encode("utf-8", "surrogatepass")).hexdigest()


def _said(value: object) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {
            one.name: _said(inner)
            for one in fields(value)
            if not same(inner := getattr(value, one.name), one.default)
        }
    return [_said(one) for one in value] if isinstance(value, tuple) else f"{value}"


def confidential(meeting: Meeting) -> bool:
    """Whether something in the meeting is kept from its public version."""
    items = tuple(walk(meeting.items))
    return bool(meeting.masked) or any(
        item.confidential or any(one.confidential for one in item.attachments) for item in items
    )


def with_files(meeting: Meeting, files: Mapping[str, tuple[str, int]]) -> Meeting:
    """The meeting with (SHA-256, bytes) of the bilagor named by id; ("", 0) for one whose file is left out."""

    def cleaned(item: AgendaItem) -> AgendaItem:
        return replace(
            item,
            attachments=tuple(
                replace(one, sha256=files[one.id][0], size=files[one.id][1]) if one.id in files else one
                for one in item.attachments
            ),
            sub_items=tuple(cleaned(sub) for sub in item.sub_items),
        )

    return replace(meeting, items=tuple(cleaned(item) for item in meeting.items))


def three_way(base: Meeting, mine: Meeting, theirs: Meeting) -> ThreeWay[Meeting]:
    """The meeting as it was sent, as it stands and as it came back."""
    return ThreeWay(base, mine, theirs, movable=MOVABLE, left_out=NOT_COMPARED, together=TOGETHER)


# -- what has been sent ----------------------------------------------------------------------------


def with_sent(meeting: Meeting, sent: SentParcel) -> Meeting:
    """The meeting with a mötespaket that was made of it; one with the same id is replaced."""
    others = tuple(one for one in meeting.parcels if one.id != sent.id)
    return replace(meeting, parcels=(*others, sent))


def sent_parcel(meeting: Meeting, parcel_id: str) -> SentParcel | None:
    """What is known of a mötespaket that was made of the meeting, or None."""
    return next((one for one in meeting.parcels if one.id == parcel_id), None)


def with_reply(
    meeting: Meeting, parcel_id: str, reply: ParcelReply | None, declined: Iterable[str] = ()
) -> Meeting:
    """The meeting with an answer gone through, and what was declined of it. As it is when nothing is known of the
    mötespaket."""
    sent = sent_parcel(meeting, parcel_id)
    if sent is None:
        return meeting
    replies = sent.replies
    if reply is not None:
        replies = (*(one for one in replies if one.id != reply.id), reply)
    gone = dict.fromkeys((*sent.declined, *declined))
    new = replace(sent, replies=replies, declined=tuple(gone))
    return replace(meeting, parcels=tuple(new if one is sent else one for one in meeting.parcels))


def _words(value: object) -> Iterable[str]:
    """Every text of a value; ids are among them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _words(one)
    elif is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            yield from _words(getattr(value, one.name))
