"""A mötespaket of the example's meeting, with a chair's answer, so that its views can be seen."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path

from finsam_desktop.domain import agenda
from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.meeting import Meeting, MeetingState
from finsam_desktop.domain.parcel_receivers import receivers
from finsam_desktop.domain.parcel_talk import with_comment, with_note
from finsam_desktop.parcels import received
from finsam_desktop.workspace import Workspace

MEETING = "2026-10-29"
SECRETARY, CHAIR = "Ola Rimfors", "Birgitta Almkvarn"
PASSWORD = "grind vante sjuk kajuta"
NAMES = ("parcel-make", "parcel-password", "parcel-damaged", "parcel-back", "parcel-back-comment",
         "parcel-back-approval", "chair", "chair-item", "chair-minutes", "chair-send")  # fmt: skip
SENT_AT, BACK_AT = dt.datetime(2026, 11, 2, 9, 15), dt.datetime(2026, 11, 3, 14, 20)


@dataclass(frozen=True)
class Prepared:
    """The association's file with the meeting not yet adjusted, the paket with and without a password, the answer."""

    own: Path
    sent: Path
    locked: Path
    damaged: Path
    answer: Path


def prepare(example: Path, folder: Path) -> Prepared:
    """Make them of a copy of the example's file. The chair's working copy is where the program looks for it."""
    folder.mkdir()
    own = folder / "exempelbygden.finsam"
    sent, locked = folder / f"{MEETING} Till {CHAIR}.motespaket", folder / f"{MEETING} Låst.motespaket"
    damaged, answer = folder / f"{MEETING} Skadat.motespaket", folder / f"{MEETING} Från {CHAIR}.motespaket"
    with (
        Workspace.open(example, user=SECRETARY, read_only=True) as source,
        Workspace.create(own, source.association, user=SECRETARY) as made,
    ):
        _copy_meetings(source, made)
        receiver = receivers(made.meeting(MEETING), made.association)[0]
        note = "Läs gärna § 67 extra noga. Jag är osäker på beloppet."
        received.make_parcel(made, MEETING, sent, receiver=receiver, note=note, at=SENT_AT)
        received.write_parcel(made, MEETING, locked, receiver=receiver, password=PASSWORD, at=SENT_AT)
        _change(made, "p07", lambda item: _reworded(item, "cirka 22", "ungefär 22"))
    damaged.write_bytes(sent.read_bytes()[:-100])
    with Workspace.open(received.unpack(sent, user=CHAIR), user=CHAIR) as copy:
        _work_as_chair(copy)
        received.send_back(copy, answer, at=BACK_AT)
    return Prepared(own=own, sent=sent, locked=locked, damaged=damaged, answer=answer)


def _copy_meetings(source: Workspace, made: Workspace) -> None:
    logo = source.association.letterhead.logo
    names = {a.sha256 for m in source.meetings for item in agenda.walk(m.items) for a in item.attachments}
    for name in (names | {logo}) - {""}:
        made.add_file(source.file(name))
    for meeting in source.meetings:
        if meeting.date.isoformat() <= MEETING:
            made.change("Hämta", None, _written(meeting) if meeting.id == MEETING else meeting)


def _written(meeting: Meeting) -> Meeting:
    """The meeting with its minutes written and not yet adjusted."""
    return replace(
        meeting,
        state=MeetingState.MINUTES,
        adjusted_on=None,
        signatures=(),
        seals=(),
        public_notices=(),
        dispatches=(),
        frozen_register=None,
        frozen_paragraphs=(),
        frozen_attachments=(),
    )


def _work_as_chair(copy: Workspace) -> None:
    _change(copy, "p07", lambda item: _reworded(item, "32", "31"))
    _change(copy, "p09", lambda item: replace(item, minutes_text="Styrelsen tackar dem som deltog."))
    known = copy.association.parcel
    assert known is not None
    for item_id, text in (
        ("p07", "I handlingen står 31 000 kr. Stämmer det?"), ("p09", "Jag la till ett tack.")
    ):  # fmt: skip
        before = copy.meeting(MEETING)
        copy.change("Kommentera", before, with_comment(before, known, item_id, text, BACK_AT))
    noted = with_note(known, "p07", "Fråga Katrin om beloppet innan jag justerar.", BACK_AT)
    copy.change("Anteckna", copy.association, replace(copy.association, parcel=noted))
    before, after, label = received.approve(copy, BACK_AT)
    copy.change(label, before, after)


def _change(workspace: Workspace, item_id: str, function: object) -> None:
    before = workspace.meeting(MEETING)
    items = agenda.update(before.items, item_id, function)  # type: ignore[arg-type]
    workspace.change("Skriv", before, replace(before, items=items))


def _reworded(item: AgendaItem, old: str, new: str) -> AgendaItem:
    return replace(item, minutes_text=item.minutes_text.replace(old, new))
