"""A held meeting with everything that minutes tell of, its protokoll as made, and reading an edited one back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from finsam_desktop import demo
from finsam_desktop import minutes_read_back as back
from finsam_desktop.documents import Document
from finsam_desktop.documents.read_back_values import ReadBack
from finsam_desktop.documents.rendering import render
from finsam_desktop.domain.agenda import AgendaItem, update
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.decisions import Decision, MinuteNote, Outcome
from finsam_desktop.domain.meeting import Meeting, MeetingState
from finsam_desktop.storage.records import ExportRecord
from finsam_desktop.word.reading import read_word

TODAY = date(2026, 11, 2)
MADE_AT = datetime(2026, 11, 2, 14, 8)
LISTED = "Förbundschefen går igenom:\n\n- läget\n- planen\n\nSe {§:p07} och **särskilt** budgeten."


@lru_cache(maxsize=1)
def values() -> tuple[Association, tuple[Meeting, ...], Meeting]:
    """The association, its meetings, and the one whose minutes are written: not adjusted."""
    association = demo.association(demo.INVENTED)
    association = replace(association, letterhead=replace(association.letterhead, logo=""))
    meetings = [demo._meeting(demo.INVENTED, day) for day in demo.INVENTED.meetings]
    held = next(one for one in meetings if one.date == date(2026, 10, 29))
    held = replace(held, adjusted_on=None, public_notices=(), signatures=(), state=MeetingState.MINUTES)
    held = with_item(held, "p13", minutes_text=LISTED)
    noted = Decision(
        outcome=Outcome.NOTED, notes=(MinuteNote(person_id=association.people[0].id, text="Bra ordnat"),)
    )
    held = with_item(held, "p12", decision=noted)
    return association, tuple(held if one.id == held.id else one for one in meetings), held


def with_item(meeting: Meeting, item_id: str, **fields: object) -> Meeting:
    return replace(meeting, items=update(meeting.items, item_id, lambda one: replace(one, **fields)))  # type: ignore[arg-type]


def item(meeting: Meeting, item_id: str) -> AgendaItem:
    return next(one for one in meeting.items if one.id == item_id)


def _no_file(_sha256: str) -> bytes:
    raise AssertionError("the meeting's documents need no stored file")


def made(document: Document, meeting: Meeting) -> bytes:
    """The document as the program makes it."""
    association, meetings, _ = values()
    known = tuple(meeting if one.id == meeting.id else one for one in meetings)
    return render(document, association, known, meeting, _no_file, TODAY)


@lru_cache(maxsize=4)
def original(document: Document = Document.PROTOKOLL) -> bytes:
    return made(document, values()[2])


def material(meeting: Meeting | None = None, *exports: tuple[Document, bytes, Meeting]) -> back.Material:
    """What reading needs; without ``exports`` the protokoll was made of the meeting as it is in ``values``."""
    association, meetings, held = values()
    now = meeting or held
    recorded = exports or ((Document.PROTOKOLL, original(), held),)
    records = tuple(
        (
            ExportRecord(
                meeting_id=now.id, document=document.value, path=Path(f"{document}.docx"),
                sha256=sha256(content).hexdigest(), content=content, at=MADE_AT,
            ),
            then,
        )
        for document, content, then in recorded
    )  # fmt: skip
    known = tuple(now if one.id == now.id else one for one in meetings)
    return back.Material(
        association=association, meetings=known, meeting=now, files={}, exports=records, today=TODAY
    )


def read(docx: bytes, known: back.Material | None = None, rejected: frozenset[int] = frozenset()) -> ReadBack:
    """The document read back."""
    return back.compared(back.opened(known or material(), docx, "Protokoll.docx"), rejected)


def taken(docx: bytes, known: back.Material | None = None) -> tuple[Meeting, ReadBack]:
    """The meeting with everything that goes taken in."""
    known = known or material()
    found = read(docx, known)
    meeting, _, left = back.take_all(
        known, found.document, [one for one in found.changes if one.can_be_taken]
    )
    assert not left, [(change.name, error.message) for change, error in left]
    return meeting, found


def texts(docx: bytes) -> list[str]:
    """Every paragraph of the body as it is compared."""
    return [one.key for one in read_word(docx).paragraphs() if one.part == "body"]
