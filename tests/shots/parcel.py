"""A mötespaket of the example's meeting, with a chair's answer, so that its views can be seen."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from finsam_desktop.domain import agenda
from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.meeting import Meeting, MeetingState
from finsam_desktop.domain.parcel_receivers import receivers
from finsam_desktop.domain.parcel_talk import with_comment, with_note
from finsam_desktop.parcels import received
from finsam_desktop.workspace import Workspace
from tests.shots import word
from tests.shots.camera import Camera, rest

MEETING = "2026-10-29"
SECRETARY, CHAIR = "Ola Rimfors", "Birgitta Almkvarn"
PASSWORD = "grind vante sjuk kajuta"
NAMES = ("parcel-make", "parcel-password", "parcel-damaged", "parcel-back", "parcel-back-comment",
         "parcel-back-approval", "read_back", "read_back-none", "chair", "chair-item", "chair-item-low",
         "chair-minutes", "chair-record", "chair-approve", "chair-send", "chair-history", "chair-settings",
         "chair-handbook")  # fmt: skip
SENT_AT, BACK_AT = dt.datetime(2026, 11, 2, 9, 15), dt.datetime(2026, 11, 3, 14, 20)


@dataclass(frozen=True)
class Prepared:
    """The association's file with the meeting not yet adjusted, the paket with and without a password, the answer."""

    own: Path
    sent: Path
    locked: Path
    damaged: Path
    answer: Path


def take(camera: Camera, file: Path, folder: Path) -> None:
    """Making a mötespaket, opening one, the receiver's window, and what came back."""
    if not camera.wants(*NAMES):
        return
    window, go = camera.window, camera.window.go
    made = prepare(file, folder)
    window.open_file(made.own)
    camera.settle()
    camera.take("parcel-make", partial(go, "parcel_make", MEETING))
    camera.take("parcel-password", partial(window.open_file, made.locked))
    camera.take("parcel-damaged", partial(window.open_file, made.damaged))
    word.take(camera, folder)
    window.open_file(made.answer)
    camera.settle()
    camera.take("parcel-back", partial(go, "parcel_back"))
    camera.take("parcel-back-comment", partial(_choose, window, "comment:"))
    camera.take("parcel-back-approval", partial(_choose, window, "approval:"))
    window.open_file(made.sent)
    camera.settle()
    camera.take("chair", partial(go, "chair"))
    camera.take("chair-item", partial(go, "chair", "p07"))
    camera.take("chair-item-low", partial(_show_low, window))
    camera.take("chair-minutes", partial(_show_minutes, window))
    camera.take("chair-record", partial(_show_record, window))
    camera.take("chair-approve", partial(window.actions.run, "approve_minutes"))
    camera.take("chair-send", partial(window.actions.run, "send_back"))
    for place in ("history", "settings", "handbook"):
        camera.take(f"chair-{place}", partial(go, place))


def _choose(window: Any, kind: str) -> None:
    """Choose the first row of a kind in what came back with a mötespaket."""
    window.go("parcel_back")
    view = window.current_view()
    row = next(at for at, one in enumerate(view.model.rows()) if one.key.startswith(kind))
    view.list.setCurrentIndex(view.model.index(row))


def _show_minutes(window: Any) -> None:
    window.go("chair", "p07")
    page = window.current_view().page
    page.item.ensureWidgetVisible(page.item.minutes.printed)


def _show_record(window: Any) -> None:
    """Presence and decisions, as the receiver may correct them."""
    window.go("chair", "p07")
    window.current_view().rooms.show_record("p07")


def _show_low(window: Any) -> None:
    """An item at its end: the talk about it."""
    window.go("chair", "p07")
    rest(400)
    scroll = window.current_view().page.item.verticalScrollBar()
    scroll.setValue(scroll.maximum())


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
