"""The secretary's own notes and times: kept in the meeting, in nothing that is made of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import time
from pathlib import Path
from typing import Any

import pytest

from finsam_desktop import archiving, demo, mailing
from finsam_desktop.documents.kinds import KINDS, About, Document
from finsam_desktop.documents.rendering import render
from finsam_desktop.domain import approving, parcel, sealing
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.live import LiveNote, LiveRecord, SpentTime, time_words, with_note, with_time
from finsam_desktop.domain.mail_texts import MailKind
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.visibility import public_version
from finsam_desktop.errors import UserError
from finsam_desktop.storage import codec
from tests.leaks import leaks
from tests.public_outputs import NOW, OUTPUTS, TODAY, Case, _Opened

NOTE = "Zqxanteckning"
RECORD = LiveRecord(
    notes=(LiveNote(text=f"{NOTE} allmänt"), LiveNote(item_id="p07", text=f"{NOTE} om ledamoten")),
    spent=(SpentTime(item_id="p07", seconds=754),),
    paused_at=time(10, 5),
)


def test_a_note_is_of_its_item_and_an_empty_one_goes_away() -> None:
    record = with_note(with_note(LiveRecord(), "a", "ett"), "b", "två")
    assert (record.note("a"), record.note("b"), record.note("c")) == ("ett", "två", "")
    assert with_note(record, "a", "  ").notes == (LiveNote(item_id="b", text="två"),)


def test_time_is_kept_once_for_each_item() -> None:
    record = with_time(with_time(LiveRecord(), "a", 10), "a", 95)
    assert record.spent == (SpentTime(item_id="a", seconds=95),)
    assert with_time(record, "a", 0).spent == ()


@pytest.mark.parametrize(
    ("seconds", "planned", "words"),
    [
        (0, 15, "0 av 15 minuter"),
        (15 * 60 + 59, 15, "15 av 15 minuter"),
        (17 * 60, 15, "17 av 15 minuter, 2 över"),
        (61, None, "1 minut"),
        (600, None, "10 minuter"),
    ],
)
def test_time_in_words(seconds: int, planned: int | None, words: str) -> None:
    assert time_words(seconds, planned) == words


@pytest.fixture
def noted() -> Meeting:
    meeting = demo._meeting(demo.INVENTED, "2026-10-29")
    return replace(meeting, live=RECORD)


def test_no_seal_nor_approval_is_broken_by_a_note(noted: Meeting) -> None:
    plain = replace(noted, live=LiveRecord())
    association = demo.association(demo.INVENTED)
    assert sealing.parts(noted) == sealing.parts(plain)
    assert approving.parts(association, (noted,), noted) == approving.parts(association, (plain,), plain)


def test_the_public_version_has_no_note(noted: Meeting) -> None:
    public = public_version(demo.association(demo.INVENTED), (noted,), noted)
    assert public.meeting.live == LiveRecord()
    assert NOTE.encode() not in codec.encode(public.meeting)


def full(case: Case, folder: Path) -> Iterator[tuple[str, bytes]]:
    """What is made of the full version: documents, mail, archive."""
    opened: Any = _Opened(case)
    for document in Document:
        about = About(items=("p07",)) if KINDS[document].of_item else About()
        try:
            yield document, render(document, *case_values(case), case.file, TODAY, about=about)
        except UserError:
            continue
    order = mailing.Order(kind=MailKind.KALLELSE, parcels=frozenset({mailing.Parcel.PAPER}))
    mailing.make_mail(opened, case.meeting.id, order, folder, today=TODAY, now=NOW)
    mailing.make_invitation(opened, case.meeting.id, folder, now=NOW)
    archiving.make_archive(opened, case.meeting.id, folder / "arkiv.zip", now=NOW, pdf=False)
    for path in folder.rglob("*"):
        if path.is_file():
            yield path.name, path.read_bytes()


def case_values(case: Case) -> tuple[Association, tuple[Meeting, ...], Meeting]:
    return case.association, case.meetings, case.meeting


def test_nothing_made_of_the_meeting_has_a_note(noted: Meeting, tmp_path: Path) -> None:
    bare = replace(
        noted,
        items=tuple(replace(item, attachments=(), figures=()) for item in noted.items[5:8]),
        signed_minutes=(),
    )
    case = Case(demo.association(demo.INVENTED), (bare,), bare, {})
    made = [*full(case, tmp_path)]
    for name in ("documents", "data", "mails", "archives"):
        made += OUTPUTS[name](case)
    assert {name.rpartition(".")[2] for name, _ in made} >= {"zip", "eml", "ics", "protokoll"}
    found = [leak for name, content in made for leak in leaks(content, (NOTE,), str(name))]
    assert not found


def test_a_motespaket_has_no_note_and_an_answer_takes_none_away(noted: Meeting) -> None:
    sent = parcel.sent_meeting(noted)
    assert NOTE.encode() not in codec.encode(sent)
    assert "live" in parcel.AT_HOME[Meeting]


def test_the_association_s_own_whole_export_keeps_the_notes(noted: Meeting) -> None:
    """Taking the whole of the file elsewhere loses nothing."""
    assert codec.decode(codec.encode(noted), Meeting).live == RECORD
