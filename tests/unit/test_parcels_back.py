"""A mötespaket that comes back: each change told, taken in only when chosen, and strangers refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from finsam_desktop.domain import approving, parcel, sealing
from finsam_desktop.domain.adjusting import adjust
from finsam_desktop.domain.agenda import AgendaItem, Attachment, insert, move
from finsam_desktop.domain.meeting import Meeting, MeetingState, Signing
from finsam_desktop.domain.parcel_talk import with_comment
from finsam_desktop.domain.parcel_values import Comment, Receiver
from finsam_desktop.errors import UserError
from finsam_desktop.parcels import received, returning
from finsam_desktop.storage import parcel_file
from finsam_desktop.workspace import Workspace
from tests.board import DAY, association
from tests.parcel_cases import (
    ADJUSTER,
    CHAIR,
    LATER,
    answer_of,
    changed,
    opened,
    sent,
    with_item,
)

# -- back ------------------------------------------------------------------------------------------


def test_each_change_is_told_taken_in_and_undone(office: Workspace, tmp_path: Path) -> None:
    def edit(meeting: Meeting) -> Meeting:
        meeting = with_item(meeting, "p1", minutes_text="Ordföranden informerade.")
        meeting = replace(meeting, items=move(meeting.items, "p3", 1), place="Björken")
        return replace(meeting, items=insert(meeting.items, 5, AgendaItem(id="ny", title="Nytt ärende")))

    back = answer_of(office, tmp_path, edit)
    before = office.meeting("mötet")
    answer = returning.returned(office, back)
    told = {(one.place, one.field): (one.old, one.mine, one.theirs) for one in answer.changes}
    assert told["Sammanträdet", "Plats"] == ("Linden", "Linden", "Björken")
    assert told["§\u00a04 Ärende 1", "Text i protokollet"] == (
        "Text i ärende 1.",
        "Text i ärende 1.",
        "Ordföranden informerade.",
    )
    assert {field for _, field in told} == {
        "Plats",
        "Text i protokollet",
        "Ordning: ärenden",
        "Tillagt: ärende",
    }
    assert not answer.conflicts
    assert answer.told == ()
    one = next(one for one in answer.changes if one.field == "Text i protokollet")
    assert "".join(piece.text for piece in one.pieces if piece.kind != "removed") == one.theirs
    taken = returning.take(office, answer, [one.key], at=LATER)
    assert taken.meeting.items[2].minutes_text == "Ordföranden informerade."
    assert taken.meeting.place == "Linden"
    assert office.undo_label == "Ta in ”Text i protokollet” från Anna"
    office.undo()
    assert office.meeting("mötet") == before
    everything_ = returning.take(office, answer, [c.key for c in answer.changes], at=LATER)
    assert parcel.sent_meeting(everything_.meeting) == received.read_parcel(back).content.meeting
    office.undo()
    assert office.meeting("mötet") == before


def test_what_both_have_changed_is_a_conflict_and_taken_only_when_chosen(
    office: Workspace, tmp_path: Path
) -> None:
    back = answer_of(
        office, tmp_path, lambda m: with_item(m, "p1", minutes_text="Annas ord.", title="Ny rubrik")
    )
    mine = office.meeting("mötet")
    office.change("Skriv", mine, with_item(mine, "p1", minutes_text="Mina ord."))
    answer = returning.returned(office, back)
    (conflict,) = answer.conflicts
    assert (conflict.old, conflict.mine, conflict.theirs) == ("Text i ärende 1.", "Mina ord.", "Annas ord.")
    assert conflict.why == "Ni har båda ändrat det."
    taken = returning.take(office, answer, [one.key for one in answer.acceptable], at=LATER)
    assert (taken.meeting.items[2].title, taken.meeting.items[2].minutes_text) == ("Ny rubrik", "Mina ord.")
    answer = returning.again(office, answer)
    taken = returning.take(office, answer, [conflict.key], at=LATER)
    assert taken.meeting.items[2].minutes_text == "Annas ord."


def test_what_is_declined_is_remembered_in_a_file_that_knows_nothing_of_the_parcel(
    office: Workspace, tmp_path: Path
) -> None:
    """Of a file restored from a backup of before the mötespaket was made: the row stayed open for ever."""
    back = answer_of(office, tmp_path, lambda m: replace(m, place="Björken"))
    mine = office.meeting("mötet")
    office.change("Som i säkerhetskopian", mine, replace(mine, parcels=()))
    answer = returning.returned(office, back)
    assert any("inte antecknat" in one for one in answer.told)
    taken = returning.take(office, answer, (), [answer.changes[0].key], at=LATER)
    assert taken.meeting.place == "Linden"
    (sent,) = taken.meeting.parcels
    assert (sent.receiver, sent.base_sha256) == (CHAIR, mine.parcels[0].base_sha256)
    assert len(sent.replies) == 1
    assert [one.declined for one in returning.again(office, answer).changes] == [True]
    office.undo()
    assert office.meeting("mötet").parcels == ()


def test_declined_changes_are_remembered_and_change_nothing_else(office: Workspace, tmp_path: Path) -> None:
    back = answer_of(office, tmp_path, lambda m: replace(m, place="Björken"))
    answer = returning.returned(office, back)
    before = office.meeting("mötet")
    taken = returning.take(office, answer, (), [one.key for one in answer.changes], at=LATER)
    assert replace(taken.meeting, parcels=()) == replace(before, parcels=())
    assert (taken.taken, taken.declined) == (0, 1)
    answer = returning.returned(office, back)
    assert [one.declined for one in answer.changes] == [True]
    assert not answer.acceptable
    assert "redan gåtts igenom" in answer.told[0]
    office.undo()
    assert [one.declined for one in returning.again(office, answer).changes] == [False]


def test_a_choice_made_of_what_no_longer_stands_is_refused(office: Workspace, tmp_path: Path) -> None:
    back = answer_of(office, tmp_path, lambda m: replace(m, place="Björken", adjustment_place="Kansliet"))
    answer = returning.returned(office, back)
    mine = office.meeting("mötet")
    office.change("Plats", mine, replace(mine, place="Eken"))
    with pytest.raises(UserError, match="ändrats sedan du började jämföra"):
        returning.take(office, answer, [one.key for one in answer.changes], at=LATER)
    assert office.meeting("mötet").place == "Eken"
    assert office.undo_label == "Plats"
    with pytest.raises(KeyError):
        returning.take(office, answer, ["field/finns/inte"])


def test_comments_come_with_name_and_time_and_can_be_handled(office: Workspace, tmp_path: Path) -> None:
    made = sent(office, tmp_path / "p.motespaket")
    with opened(made.path) as copy:
        changed(copy, with_comment(copy.meeting, copy.copy, "p1", "Stämmer summan?", LATER))
        back = copy.send_back(tmp_path / "b.motespaket", at=LATER).path
        changed(copy, with_comment(copy.meeting, copy.copy, "p1", "Stämmer summan i tabellen?", LATER))
        later = copy.send_back(tmp_path / "c.motespaket", at=LATER + timedelta(hours=1)).path
    answer = returning.returned(office, back)
    assert not answer.changes
    (comment,) = answer.comments
    assert (comment.by, comment.written_at, comment.item_id) == ("Anna", LATER, "p1")
    returning.take(office, answer, (), at=LATER)
    meeting = office.meeting("mötet")
    after = returning.handled(meeting, comment.id, "Sekreteraren", LATER)
    office.change("Hanterad", meeting, after)
    assert returning.returned(office, back).comments == ()
    returning.take(office, returning.returned(office, later), (), at=LATER)
    (now,) = office.meeting("mötet").comments
    assert (now.text, now.handled_at) == ("Stämmer summan i tabellen?", None)
    assert (
        "Ett senare svar" in returning.returned(office, back).told[0]
        or "redan" in returning.returned(office, back).told[0]
    )


def test_an_approval_holds_until_what_was_approved_is_changed(office: Workspace, tmp_path: Path) -> None:
    def approve(copy: received.OpenParcel) -> None:
        before, after, label = received.approve(copy.workspace, LATER)
        copy.workspace.change(label, before, after)

    made = sent(office, tmp_path / "p.motespaket")
    with opened(made.path) as copy:
        changed(copy, with_item(copy.meeting, "p1", minutes_text="Rättat."))
        approve(copy)
        changed(copy, with_item(copy.meeting, "p2", minutes_text="Efteråt."))
        assert "Du har ändrat sedan" in copy.send_back(tmp_path / "x.motespaket", at=LATER).told[0]
        copy.workspace.undo()
        copy.workspace.undo()
        approve(copy)
        made_back = copy.send_back(tmp_path / "b.motespaket", at=LATER)
        assert made_back.told == ()
    answer = returning.returned(office, made_back.path)
    (approval,) = answer.approvals
    assert approval.changed == ("§\u00a04 Ärende 1",)
    assert not approval.is_known
    returning.take(office, answer, [one.key for one in answer.changes], at=LATER)
    (approval,) = returning.returned(office, made_back.path).approvals
    assert approval.changed == ()
    assert approval.is_known
    meeting = office.meeting("mötet")
    office.change("Stavfel", meeting, with_item(meeting, "p0", minutes_text="Ändrat efter."))
    with pytest.raises(UserError, match="inte längre som"):
        returning.confirm(office, "mötet", approval.approval.id)
    office.undo()
    confirmed = returning.confirm(office, "mötet", approval.approval.id)
    assert "skriva under på papper" in confirmed.told[0]
    office.change(confirmed.label, confirmed.before, confirmed.after)
    (signed,) = office.meeting("mötet").signatures
    assert (signed.person_id, signed.signed_on, signed.manner) == ("anna", LATER.date(), Signing.PAPER)
    # The adjustment itself does not make the approval fall.
    meeting = office.meeting("mötet")
    office.change("Justera", meeting, adjust(meeting, office.association, office.meetings, at=LATER, by="x"))
    (approval,) = returning.returned(office, made_back.path).approvals
    assert approval.changed == ()


def test_electronic_signing_is_recorded_where_the_rules_have_it(office: Workspace, tmp_path: Path) -> None:
    before = office.association
    office.change("Regler", before, replace(before, rules=replace(before.rules, electronic_signing=True)))

    def approve(meeting: Meeting) -> Meeting:
        return approving.approved(office.association, office.meetings, meeting, ADJUSTER, DAY, LATER)

    meeting = office.meeting("mötet")
    office.change("Godkänn", meeting, approve(meeting))
    approval = office.meeting("mötet").approvals[0]
    confirmed = returning.confirm(office, "mötet", approval.id)
    assert confirmed.told == ()
    assert confirmed.after.signatures[0].manner is Signing.ELECTRONIC
    with pytest.raises(KeyError):
        returning.confirm(office, "mötet", "finns inte")


def test_an_approval_of_somebody_who_does_not_adjust_is_not_a_signature(office: Workspace) -> None:
    meeting = office.meeting("mötet")
    guest = Receiver(name="Gästen")
    office.change(
        "Godkänn",
        meeting,
        approving.approved(office.association, office.meetings, meeting, guest, DAY, LATER),
    )
    with pytest.raises(UserError, match="inte vald att justera"):
        returning.confirm(office, "mötet", office.meeting("mötet").approvals[0].id)


def test_an_answer_cannot_speak_for_somebody_else(office: Workspace, tmp_path: Path) -> None:
    def forge(meeting: Meeting) -> Meeting:
        return approving.approved(office.association, office.meetings, meeting, ADJUSTER, DAY, LATER)

    back = answer_of(office, tmp_path, forge)
    assert returning.returned(office, back).approvals == ()


def test_two_justerare_at_once(office: Workspace, tmp_path: Path) -> None:
    one = answer_of(
        office, tmp_path, lambda m: with_item(m, "p1", minutes_text="Annas.", title="Ny rubrik"), name="a"
    )
    other = answer_of(
        office,
        tmp_path,
        lambda m: with_item(m, "p1", minutes_text="Cias.", summary="Tillägg"),
        receiver=ADJUSTER,
        name="b",
    )
    first = returning.returned(office, one)
    second = returning.returned(office, other)
    assert "Svar har ännu inte kommit från Cia." in first.told
    returning.take(office, first, [c.key for c in first.changes], at=LATER)
    with pytest.raises(UserError, match="ändrats sedan"):
        returning.take(office, second, [c.key for c in second.changes], at=LATER)
    second = returning.again(office, second)
    assert {(c.field, c.conflict) for c in second.changes} == {
        ("Text i protokollet", True),
        ("Sammanfattning av ärendet", False),
    }
    (conflict,) = second.conflicts
    assert (conflict.mine, conflict.theirs) == ("Annas.", "Cias.")
    returning.take(office, second, [c.key for c in second.acceptable], at=LATER)
    item = office.meeting("mötet").items[2]
    assert (item.minutes_text, item.title, item.summary) == ("Annas.", "Ny rubrik", "Tillägg")


def test_a_newer_parcel_and_an_unknown_one_are_told(office: Workspace, tmp_path: Path) -> None:
    back = answer_of(office, tmp_path, lambda m: replace(m, place="Björken"))
    received.make_parcel(office, "mötet", tmp_path / "q.motespaket", receiver=CHAIR, at=LATER)
    assert any("Ett nyare paket till Anna" in one for one in returning.returned(office, back).told)
    meeting = office.meeting("mötet")
    office.change("Glöm", meeting, replace(meeting, parcels=()))
    answer = returning.returned(office, back)
    assert any("äldre kopia" in one for one in answer.told)
    assert len(answer.changes) == 1
    assert returning.take(office, answer, [answer.changes[0].key], at=LATER).meeting.place == "Björken"


def test_other_associations_meetings_and_bases_are_refused(office: Workspace, tmp_path: Path) -> None:
    back = answer_of(office, tmp_path, lambda m: replace(m, place="Björken"))
    with Workspace.create(tmp_path / "Annat.finsam", association(name="Annat förbund"), user="B") as other:
        with pytest.raises(UserError, match=r"Samordningsförbundet Exempel finns inte i Annat\.finsam"):
            returning.returned(other, back)
        other.change("Samma id", None, Meeting(id="mötet", date=DAY))
        with pytest.raises(UserError, match="det hör till Samordningsförbundet Exempel"):
            returning.returned(other, back)
    content = received.read_parcel(back).content
    altered = replace(content, base=replace(content.base, place="Förfalskat"))
    back.write_bytes(parcel_file.packed(parcel_file.Parcel(content=altered, files={}), None))
    with pytest.raises(UserError, match="ändrats på vägen"):
        returning.returned(office, back)
    other_base = replace(content.base, place="Annat")
    altered = replace(
        content, base=other_base, parcel=replace(content.parcel, base_sha256=parcel.fingerprint(other_base))
    )
    back.write_bytes(parcel_file.packed(parcel_file.Parcel(content=altered, files={}), None))
    with pytest.raises(UserError, match="bygger inte på det som skickades till Anna"):
        returning.returned(office, back)
    meeting = office.meeting("mötet")
    office.change("Ta bort", meeting, None)
    with pytest.raises(UserError, match="Sammanträdet har tagits bort"):
        returning.returned(office, answer_path(tmp_path, content))


def answer_path(tmp_path: Path, content: parcel_file.ParcelContent) -> Path:
    path = tmp_path / "igen.motespaket"
    path.write_bytes(parcel_file.packed(parcel_file.Parcel(content=content, files={}), None))
    return path


def test_what_only_the_association_records_is_told_and_left(office: Workspace, tmp_path: Path) -> None:
    back = answer_of(office, tmp_path, lambda m: replace(m, state=MeetingState.ARCHIVED, place="Björken"))
    answer = returning.returned(office, back)
    assert [one.field for one in answer.changes] == ["Plats"]
    assert any("Hur långt sammanträdet har kommit" in one for one in answer.told)
    after = returning.take(office, answer, [one.key for one in answer.changes], at=LATER).meeting
    assert after.state is not MeetingState.ARCHIVED


def test_adjusted_minutes_are_not_changed_by_an_answer(office: Workspace, tmp_path: Path) -> None:
    back = answer_of(
        office,
        tmp_path,
        lambda m: replace(with_item(m, "p1", minutes_text="Sent."), notice_date=date(2026, 10, 1)),
    )
    meeting = office.meeting("mötet")
    office.change("Justera", meeting, adjust(meeting, office.association, office.meetings, at=LATER, by="x"))
    answer = returning.returned(office, back)
    refused = {one.field: one.acceptable for one in answer.changes}
    assert refused == {"Text i protokollet": False, "Kallelsens dag": True}
    assert any("Protokollet är justerat här" in one for one in answer.told)
    with pytest.raises(UserError):
        returning.take(office, answer, [one.key for one in answer.changes], at=LATER)
    returning.take(office, answer, [one.key for one in answer.acceptable], at=LATER)
    assert sealing.broken(office.meeting("mötet")) == ()


def test_a_new_file_comes_with_its_content_or_not_at_all(office: Workspace, tmp_path: Path) -> None:
    made = sent(office, tmp_path / "p.motespaket")
    with opened(made.path) as copy:
        name = copy.workspace.add_file(b"Reservationens text")
        paper = Attachment(id="res", title="Reservation", file_name="Reservation.docx", sha256=name, size=19)
        changed(copy, with_item(copy.meeting, "p2", attachments=(paper,)))
        back = copy.send_back(tmp_path / "b.motespaket", at=LATER).path
    answer = returning.returned(office, back)
    (change,) = answer.changes
    assert change.field == "Tillagt: bilaga Reservation"
    assert change.acceptable
    returning.take(office, answer, [change.key], at=LATER)
    assert office.file(name) == b"Reservationens text"
    office.undo()
    content = received.read_parcel(back).content
    answer = returning.returned(office, answer_path(tmp_path, content))
    assert [one.acceptable for one in answer.changes] == [False]
    assert "följde inte med" in answer.changes[0].why


def test_what_one_has_commented_is_not_sent_to_another(office: Workspace, tmp_path: Path) -> None:
    made = sent(office, tmp_path / "p.motespaket")
    with opened(made.path) as copy:
        changed(copy, with_comment(copy.meeting, copy.copy, "p1", "Bara till sekreteraren", LATER))
        back = copy.send_back(tmp_path / "b.motespaket", at=LATER).path
    returning.take(office, returning.returned(office, back), (), at=LATER)
    meeting = office.meeting("mötet")
    own = Comment(text="Till er båda", by="Sekreteraren", written_at=LATER)
    office.change("Kommentar", meeting, replace(meeting, comments=(*meeting.comments, own)))
    for receiver, texts in (
        (ADJUSTER, {"Till er båda"}),
        (CHAIR, {"Till er båda", "Bara till sekreteraren"}),
    ):
        newer = sent(office, tmp_path / f"{receiver.name}.motespaket", receiver)
        found = received.read_parcel(newer.path).content.meeting
        assert {one.text for one in found.comments} == texts
        assert found.parcels == ()


def test_a_working_copy_neither_receives_answers_nor_makes_parcels(office: Workspace, tmp_path: Path) -> None:
    back = answer_of(office, tmp_path, lambda m: replace(m, place="Björken"))
    with opened(tmp_path / "a.motespaket", name="a") as copy:
        with pytest.raises(UserError, match="arbetskopia"):
            returning.returned(copy.workspace, back)
        with pytest.raises(UserError, match="arbetskopia"):
            sent(copy.workspace, tmp_path / "c.motespaket")
    assert not (tmp_path / "c.motespaket").exists()
