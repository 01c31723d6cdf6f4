"""A mötespaket there and back: made, opened, worked in, sent back and gone through, as files."""

from __future__ import annotations

import os
import sqlite3
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from finsam_desktop import parcel_return, parcels
from finsam_desktop.domain import approving, parcel, sealing
from finsam_desktop.domain.adjusting import adjust, signers
from finsam_desktop.domain.agenda import AgendaItem, Attachment, insert, move, remove, update
from finsam_desktop.domain.association import Letterhead
from finsam_desktop.domain.confidentiality import MaskedWord
from finsam_desktop.domain.live import LiveNote, LiveRecord
from finsam_desktop.domain.meeting import Adjuster, Meeting, MeetingState, Signing
from finsam_desktop.domain.parcel_receivers import receivers
from finsam_desktop.domain.parcel_talk import with_comment, with_note
from finsam_desktop.domain.parcel_values import Receiver, ReceiverRole
from finsam_desktop.errors import UserError
from finsam_desktop.storage import parcel_file
from finsam_desktop.workspace import Workspace
from tests.board import DAY, association, decided_item, held
from tests.leaks import unpacked as everything

CHAIR = Receiver(name="Anna", role=ReceiverRole.CHAIR, person_id="anna")
ADJUSTER = Receiver(name="Cia", role=ReceiverRole.ADJUSTER, person_id="cia")
AT = datetime(2026, 11, 2, 9, 0)
LATER = AT + timedelta(days=2)
NOTE = "Fråga Bo om pengarna först"
PASSWORD = "tallar vid sjön"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parcel_file, "WORK", 2**6)


def the_meeting() -> Meeting:
    items = tuple(
        decided_item(f"p{n}", title=f"Ärende {n}", minutes_text=f"Text i ärende {n}.") for n in range(4)
    )
    return held(
        *items,
        adjusters=(Adjuster(person_id="cia", deputy_id="dan"),),
        live=LiveRecord(notes=(LiveNote(item_id="p1", text="Egen anteckning hos sekreteraren"),)),
    )


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Workspace]:
    """The association's own file, with the meeting, a bilaga, a logo and the meetings around it."""
    with Workspace.create(tmp_path / "Exempel.finsam", association(), user="Sekreteraren") as workspace:
        paper = workspace.add_file(b"Rapportens sidor " * 50)
        logo = workspace.add_file(b"logotyp")
        before = workspace.association
        workspace.change("Logotyp", before, replace(before, letterhead=Letterhead(logo=logo)))
        spring = Meeting(id="vår", date=date(2026, 4, 22), items=(AgendaItem(id="v1", title="Vårens"),))
        workspace.change("Vår", None, spring)
        workspace.change("Nästa", None, Meeting(id="nästa", date=date(2026, 12, 10)))
        meeting = the_meeting()
        bilaga = Attachment(id="bil", title="Rapport", file_name="Rapport.pdf", sha256=paper, size=850)
        meeting = with_item(meeting, "p1", attachments=(bilaga,))
        workspace.change("Mötet", None, meeting)
        yield workspace


def with_item(meeting: Meeting, item_id: str, **fields: object) -> Meeting:
    return replace(meeting, items=update(meeting.items, item_id, lambda one: replace(one, **fields)))


def sent(office: Workspace, path: Path, receiver: Receiver = CHAIR, **options: object) -> parcels.MadeParcel:
    return parcels.make_parcel(office, "mötet", path, receiver=receiver, at=AT, **options)  # type: ignore[arg-type]


def opened(path: Path, password: str | None = None, name: str = "copies") -> parcels.OpenParcel:
    folder = path.parent / name
    return parcels.open_parcel(path, password, user="Anna", folder=folder, clock=lambda: LATER)


def changed(copy: parcels.OpenParcel, after: Meeting) -> None:
    copy.change("Ändra", copy.meeting, after)


def answer_of(
    office: Workspace, tmp_path: Path, edit: object = None, *, receiver: Receiver = CHAIR, name: str = "a"
) -> Path:
    """A mötespaket made, opened, edited by a function of the meeting, and sent back."""
    made = sent(office, tmp_path / f"{name}.motespaket", receiver)
    with opened(made.path, name=name) as copy:
        if callable(edit):
            changed(copy, edit(copy.meeting))
        return copy.send_back(tmp_path / f"{name} svar.motespaket", at=LATER).path


# -- out -------------------------------------------------------------------------------------------


def test_what_is_opened_is_the_meeting_with_its_papers(office: Workspace, tmp_path: Path) -> None:
    made = sent(office, tmp_path / "p.motespaket", note="Läs gärna § 3.", password=PASSWORD)
    assert made.path.read_bytes()[:8] == b"FINSAMPK"
    assert made.size == made.path.stat().st_size
    with opened(made.path, PASSWORD) as copy:
        meeting = office.meeting("mötet")
        assert copy.meeting == replace(meeting, live=LiveRecord(), parcels=())
        assert copy.base == copy.meeting
        assert (copy.copy.note, copy.copy.receiver, copy.copy.made_by) == (
            "Läs gärna § 3.",
            CHAIR,
            "Sekreteraren",
        )
        for name in (copy.meeting.items[2].attachments[0].sha256, copy.workspace.association.letterhead.logo):
            assert copy.workspace.file(name) == office.file(name)
        assert copy.workspace.undo_label is None
        assert not copy.workspace.read_only
    kept = office.meeting("mötet").parcels[0]
    assert (kept.receiver, kept.made_at, kept.protected, kept.public) == (CHAIR, AT, True, False)
    assert office.undo_label == "Mötespaket till Anna"


def test_what_is_not_needed_stays_at_home(office: Workspace, tmp_path: Path) -> None:
    before = office.association
    people = tuple(replace(one, email="hemlig@ek.example", phone="070-1234567") for one in before.people)
    outside = replace(people[0], id="utomstående", name="Ulla Utomstående")
    office.change("Adresser", before, replace(before, people=(*people, outside)))
    made = sent(office, tmp_path / "p.motespaket")
    seen = [part for _, part in everything(_body(made.path.read_bytes()))]
    for word in ("hemlig@ek.example", "070-1234567", "Ulla", "Egen anteckning hos sekreteraren"):
        assert not any(word.encode() in part for part in seen), word
    assert any("Text i ärende 1.".encode() in part for part in seen)


def _body(data: bytes) -> bytes:
    return data[14 + parcel_file._START.unpack(data[:14])[2] + 32 :]


def test_numbers_and_references_are_those_of_the_whole_file(office: Workspace, tmp_path: Path) -> None:
    from finsam_desktop.domain.numbering import attachment_numbers, paragraphs
    from finsam_desktop.domain.references import References, resolved

    meeting = office.meeting("mötet")
    after = with_item(meeting, "p2", minutes_text="Se {§:v1}, {§:p1} och {bilaga:bil}.")
    office.change("Hänvisa", meeting, after)
    with opened(sent(office, tmp_path / "p.motespaket").path) as copy:
        here, there = copy.workspace.meetings, office.meetings
        assert paragraphs(here, copy.meeting) == paragraphs(there, after)
        assert attachment_numbers(copy.meeting) == attachment_numbers(after)
        words = resolved(copy.meeting, here).items[3].minutes_text
        assert words == resolved(after, there).items[3].minutes_text
        assert words == "Se §\u00a01, §\u00a04 och bilaga\u00a01."
        assert {one.words for one in References(here, copy.meeting).targets()} == {
            one.words for one in References(there, after).targets()
        }


def test_confidential_things_go_along_and_it_is_said(office: Workspace, tmp_path: Path) -> None:
    meeting = office.meeting("mötet")
    secret = with_item(meeting, "p2", confidential=True, minutes_text="Hemligt om Karl")
    office.change("Sekretess", meeting, replace(secret, masked=(MaskedWord(words="Karlsson"),)))
    open_one = sent(office, tmp_path / "p.motespaket")
    assert "fullständiga versionen" in open_one.told[0]
    assert "inte låst" in open_one.told[0]
    assert "inte låst" not in sent(office, tmp_path / "q.motespaket", password=PASSWORD).told[0]
    with opened(open_one.path) as copy:
        assert copy.meeting.items[3].minutes_text == "Hemligt om Karl"
    public = sent(office, tmp_path / "o.motespaket", public=True)
    seen = [part for _, part in everything(_body(public.path.read_bytes()))]
    assert not any(b"Hemligt om Karl" in part or b"Karlsson" in part for part in seen)
    with opened(public.path, name="public") as copy:
        assert copy.meeting.items[3].confidential
        assert copy.copy.public
        assert copy.meeting.items[2].attachments[0].sha256 == "", "its file is no pdf that can be cleaned"
        with pytest.raises(UserError, match="offentliga versionen"):
            parcels.approve(copy.workspace, LATER)
    assert any("följer inte med" in one for one in public.told)


def test_the_public_version_changes_only_what_was_written_in_it(office: Workspace, tmp_path: Path) -> None:
    meeting = office.meeting("mötet")
    secret = with_item(meeting, "p2", confidential=True, minutes_text="Hemligt om Karl")
    office.change("Sekretess", meeting, secret)
    made = sent(office, tmp_path / "p.motespaket", public=True)
    with opened(made.path) as copy:
        changed(copy, with_item(copy.meeting, "p0", minutes_text="Nytt."))
        back = copy.send_back(tmp_path / "b.motespaket", at=LATER).path
    answer = parcel_return.returned(office, back)
    assert [(one.key, one.conflict) for one in answer.changes] == [
        ("field/AgendaItem/p0/minutes_text", False)
    ]
    after = parcel_return.take(office, answer, [answer.changes[0].key], at=LATER).meeting
    assert after.items[3].minutes_text == "Hemligt om Karl"


def test_a_mailable_size_is_minded(
    office: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parcel_file, "MAIL_LIMIT", 1000)
    assert any("mejlservrar" in one for one in sent(office, tmp_path / "p.motespaket").told)


def test_a_parcel_that_cannot_be_written_leaves_nothing(office: Workspace, tmp_path: Path) -> None:
    before = office.meeting("mötet")
    with pytest.raises(UserError):
        sent(office, tmp_path / "finns inte" / "p.motespaket")
    with pytest.raises(UserError, match="för kort"):
        sent(office, tmp_path / "p.motespaket", password="kort")
    assert office.meeting("mötet") == before
    assert not list(tmp_path.glob("*.motespaket"))


# -- the receiver ----------------------------------------------------------------------------------


def test_opened_again_it_is_as_it_was_left(office: Workspace, tmp_path: Path) -> None:
    made = sent(office, tmp_path / "p.motespaket", password=PASSWORD)
    with opened(made.path, PASSWORD) as copy:
        changed(copy, with_item(copy.meeting, "p1", minutes_text="Mina ord."))
        place = copy.workspace.path
    with opened(made.path, PASSWORD) as copy:
        assert copy.workspace.path == place
        assert copy.meeting.items[2].minutes_text == "Mina ord."
        assert copy.base.items[2].minutes_text == "Text i ärende 1."
    with opened(place) as copy:
        assert copy.meeting.items[2].minutes_text == "Mina ord.", "the copy itself can be opened too"


def test_own_notes_are_never_in_what_is_sent(office: Workspace, tmp_path: Path) -> None:
    made = sent(office, tmp_path / "p.motespaket")
    with opened(made.path) as copy:
        before = copy.workspace.association
        note = with_note(copy.copy, "p1", NOTE, LATER)
        copy.workspace.change("Anteckning", before, replace(before, parcel=note))
        assert copy.copy.notes[0].text == NOTE
        typed = with_item(copy.meeting, "p1", minutes_text=f"{NOTE} struket")
        changed(copy, typed)
        copy.workspace.undo()
        back = copy.send_back(tmp_path / "b.motespaket", at=LATER).path
        again = copy.send_back(tmp_path / "c.motespaket", password=PASSWORD, at=LATER).path
        assert copy.copy.notes[0].text == NOTE
        assert copy.copy.sent_back_at is not None
        stored = sqlite3.connect(f"file:{copy.workspace.path}?mode=ro", uri=True)
        values = [
            zlib.decompress(one)
            for (one,) in stored.execute("select value from history where value not null")
        ]
        stored.close()
        assert any(NOTE.encode() in one for one in values), "the looking finds what is there"
    for data in (back.read_bytes(), _body(back.read_bytes()), again.read_bytes()):
        seen = [part for _, part in everything(data)]
        assert not any(
            form in part
            for part in seen
            for form in (NOTE.encode(), NOTE.encode("utf-16-le"), b"om pengarna")
        )
    answer = parcels.read_parcel(again, PASSWORD)
    assert answer.content.parcel.notes == ()
    assert answer.files == {}


def test_notes_go_along_to_the_next_parcel_of_the_same_meeting(office: Workspace, tmp_path: Path) -> None:
    with opened(sent(office, tmp_path / "p.motespaket").path) as copy:
        before = copy.workspace.association
        noted = with_note(with_note(copy.copy, "p1", NOTE, LATER), "p3", "Om ett ärende som tas bort", LATER)
        copy.workspace.change("Anteckning", before, replace(before, parcel=noted))
    meeting = office.meeting("mötet")
    office.change("Ta bort", meeting, replace(meeting, items=remove(meeting.items, "p3")))
    newer = parcels.make_parcel(office, "mötet", tmp_path / "q.motespaket", receiver=CHAIR, at=LATER)
    with opened(newer.path) as copy:
        assert {(one.item_id, one.text) for one in copy.copy.notes} == {
            ("p1", NOTE),
            ("", "Om ett ärende som tas bort"),
        }


def test_what_cannot_be_opened_leaves_no_copy(office: Workspace, tmp_path: Path) -> None:
    made = sent(office, tmp_path / "p.motespaket", password=PASSWORD)
    for password in (None, "fel lösenord"):
        with pytest.raises(UserError):
            opened(made.path, password)
    made.path.write_bytes(made.path.read_bytes()[:-1])
    with pytest.raises(UserError, match="skadad"):
        opened(made.path, PASSWORD)
    assert not (tmp_path / "copies").exists()


def test_an_answer_is_not_opened_as_a_parcel_nor_a_parcel_as_an_answer(
    office: Workspace, tmp_path: Path
) -> None:
    made = sent(office, tmp_path / "p.motespaket")
    back = answer_of(office, tmp_path)
    with pytest.raises(UserError, match="är ett svar till Samordningsförbundet Exempel"):
        opened(back)
    with pytest.raises(UserError, match="är inte ett svar"):
        parcel_return.returned(office, made.path)
    with pytest.raises(UserError, match="är inte ett mötespaket"):
        parcels.OpenParcel(office)


def test_leftovers_of_a_stopped_opening_are_cleared(office: Workspace, tmp_path: Path) -> None:
    made = sent(office, tmp_path / "p.motespaket")
    with opened(made.path) as copy:
        place = copy.workspace.path
    place.rename(place.with_name(f"{place.stem} (skapas).finsam"))
    with opened(made.path) as copy:
        assert copy.workspace.path == place
    assert [one.name for one in place.parent.iterdir() if one.suffix == ".finsam"] == [place.name]


# -- back ------------------------------------------------------------------------------------------


def test_each_change_is_told_taken_in_and_undone(office: Workspace, tmp_path: Path) -> None:
    def edit(meeting: Meeting) -> Meeting:
        meeting = with_item(meeting, "p1", minutes_text="Ordföranden informerade.")
        meeting = replace(meeting, items=move(meeting.items, "p3", 1), place="Björken")
        return replace(meeting, items=insert(meeting.items, 5, AgendaItem(id="ny", title="Nytt ärende")))

    back = answer_of(office, tmp_path, edit)
    before = office.meeting("mötet")
    answer = parcel_return.returned(office, back)
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
    taken = parcel_return.take(office, answer, [one.key], at=LATER)
    assert taken.meeting.items[2].minutes_text == "Ordföranden informerade."
    assert taken.meeting.place == "Linden"
    assert office.undo_label == "Ta in ”Text i protokollet” från Anna"
    office.undo()
    assert office.meeting("mötet") == before
    everything_ = parcel_return.take(office, answer, [c.key for c in answer.changes], at=LATER)
    assert parcel.sent_meeting(everything_.meeting) == parcels.read_parcel(back).content.meeting
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
    answer = parcel_return.returned(office, back)
    (conflict,) = answer.conflicts
    assert (conflict.old, conflict.mine, conflict.theirs) == ("Text i ärende 1.", "Mina ord.", "Annas ord.")
    assert conflict.why == "Ni har båda ändrat det."
    taken = parcel_return.take(office, answer, [one.key for one in answer.acceptable], at=LATER)
    assert (taken.meeting.items[2].title, taken.meeting.items[2].minutes_text) == ("Ny rubrik", "Mina ord.")
    answer = parcel_return.again(office, answer)
    taken = parcel_return.take(office, answer, [conflict.key], at=LATER)
    assert taken.meeting.items[2].minutes_text == "Annas ord."


def test_declined_changes_are_remembered_and_change_nothing_else(office: Workspace, tmp_path: Path) -> None:
    back = answer_of(office, tmp_path, lambda m: replace(m, place="Björken"))
    answer = parcel_return.returned(office, back)
    before = office.meeting("mötet")
    taken = parcel_return.take(office, answer, (), [one.key for one in answer.changes], at=LATER)
    assert replace(taken.meeting, parcels=()) == replace(before, parcels=())
    assert (taken.taken, taken.declined) == (0, 1)
    answer = parcel_return.returned(office, back)
    assert [one.declined for one in answer.changes] == [True]
    assert not answer.acceptable
    assert "redan gåtts igenom" in answer.told[0]
    office.undo()
    assert [one.declined for one in parcel_return.again(office, answer).changes] == [False]


def test_a_choice_made_of_what_no_longer_stands_is_refused(office: Workspace, tmp_path: Path) -> None:
    back = answer_of(office, tmp_path, lambda m: replace(m, place="Björken", adjustment_place="Kansliet"))
    answer = parcel_return.returned(office, back)
    mine = office.meeting("mötet")
    office.change("Plats", mine, replace(mine, place="Eken"))
    with pytest.raises(UserError, match="ändrats sedan du började jämföra"):
        parcel_return.take(office, answer, [one.key for one in answer.changes], at=LATER)
    assert office.meeting("mötet").place == "Eken"
    assert office.undo_label == "Plats"
    with pytest.raises(KeyError):
        parcel_return.take(office, answer, ["field/finns/inte"])


def test_comments_come_with_name_and_time_and_can_be_handled(office: Workspace, tmp_path: Path) -> None:
    made = sent(office, tmp_path / "p.motespaket")
    with opened(made.path) as copy:
        changed(copy, with_comment(copy.meeting, copy.copy, "p1", "Stämmer summan?", LATER))
        back = copy.send_back(tmp_path / "b.motespaket", at=LATER).path
        changed(copy, with_comment(copy.meeting, copy.copy, "p1", "Stämmer summan i tabellen?", LATER))
        later = copy.send_back(tmp_path / "c.motespaket", at=LATER + timedelta(hours=1)).path
    answer = parcel_return.returned(office, back)
    assert not answer.changes
    (comment,) = answer.comments
    assert (comment.by, comment.written_at, comment.item_id) == ("Anna", LATER, "p1")
    parcel_return.take(office, answer, (), at=LATER)
    meeting = office.meeting("mötet")
    after = parcel_return.handled(meeting, comment.id, "Sekreteraren", LATER)
    office.change("Hanterad", meeting, after)
    assert parcel_return.returned(office, back).comments == ()
    parcel_return.take(office, parcel_return.returned(office, later), (), at=LATER)
    (now,) = office.meeting("mötet").comments
    assert (now.text, now.handled_at) == ("Stämmer summan i tabellen?", None)
    assert (
        "Ett senare svar" in parcel_return.returned(office, back).told[0]
        or "redan" in parcel_return.returned(office, back).told[0]
    )


def test_an_approval_holds_until_what_was_approved_is_changed(office: Workspace, tmp_path: Path) -> None:
    def approve(copy: parcels.OpenParcel) -> None:
        before, after, label = parcels.approve(copy.workspace, LATER)
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
    answer = parcel_return.returned(office, made_back.path)
    (approval,) = answer.approvals
    assert approval.changed == ("§\u00a04 Ärende 1",)
    assert not approval.is_known
    parcel_return.take(office, answer, [one.key for one in answer.changes], at=LATER)
    (approval,) = parcel_return.returned(office, made_back.path).approvals
    assert approval.changed == ()
    assert approval.is_known
    meeting = office.meeting("mötet")
    office.change("Stavfel", meeting, with_item(meeting, "p0", minutes_text="Ändrat efter."))
    with pytest.raises(UserError, match="inte längre som"):
        parcel_return.confirm(office, "mötet", approval.approval.id)
    office.undo()
    confirmed = parcel_return.confirm(office, "mötet", approval.approval.id)
    assert "skriva under på papper" in confirmed.told[0]
    office.change(confirmed.label, confirmed.before, confirmed.after)
    (signed,) = office.meeting("mötet").signatures
    assert (signed.person_id, signed.signed_on, signed.manner) == ("anna", LATER.date(), Signing.PAPER)
    # The adjustment itself does not make the approval fall.
    meeting = office.meeting("mötet")
    office.change("Justera", meeting, adjust(meeting, office.association, office.meetings, at=LATER, by="x"))
    (approval,) = parcel_return.returned(office, made_back.path).approvals
    assert approval.changed == ()


def test_electronic_signing_is_recorded_where_the_rules_have_it(office: Workspace, tmp_path: Path) -> None:
    before = office.association
    office.change("Regler", before, replace(before, rules=replace(before.rules, electronic_signing=True)))

    def approve(meeting: Meeting) -> Meeting:
        return approving.approved(office.association, office.meetings, meeting, ADJUSTER, DAY, LATER)

    meeting = office.meeting("mötet")
    office.change("Godkänn", meeting, approve(meeting))
    approval = office.meeting("mötet").approvals[0]
    confirmed = parcel_return.confirm(office, "mötet", approval.id)
    assert confirmed.told == ()
    assert confirmed.after.signatures[0].manner is Signing.ELECTRONIC
    with pytest.raises(KeyError):
        parcel_return.confirm(office, "mötet", "finns inte")


def test_an_approval_of_somebody_who_does_not_adjust_is_not_a_signature(office: Workspace) -> None:
    meeting = office.meeting("mötet")
    guest = Receiver(name="Gästen")
    office.change(
        "Godkänn",
        meeting,
        approving.approved(office.association, office.meetings, meeting, guest, DAY, LATER),
    )
    with pytest.raises(UserError, match="inte vald att justera"):
        parcel_return.confirm(office, "mötet", office.meeting("mötet").approvals[0].id)


def test_an_answer_cannot_speak_for_somebody_else(office: Workspace, tmp_path: Path) -> None:
    def forge(meeting: Meeting) -> Meeting:
        return approving.approved(office.association, office.meetings, meeting, ADJUSTER, DAY, LATER)

    back = answer_of(office, tmp_path, forge)
    assert parcel_return.returned(office, back).approvals == ()


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
    first = parcel_return.returned(office, one)
    second = parcel_return.returned(office, other)
    assert "Svar har ännu inte kommit från Cia." in first.told
    parcel_return.take(office, first, [c.key for c in first.changes], at=LATER)
    with pytest.raises(UserError, match="ändrats sedan"):
        parcel_return.take(office, second, [c.key for c in second.changes], at=LATER)
    second = parcel_return.again(office, second)
    assert {(c.field, c.conflict) for c in second.changes} == {
        ("Text i protokollet", True),
        ("Sammanfattning", False),
    }
    (conflict,) = second.conflicts
    assert (conflict.mine, conflict.theirs) == ("Annas.", "Cias.")
    parcel_return.take(office, second, [c.key for c in second.acceptable], at=LATER)
    item = office.meeting("mötet").items[2]
    assert (item.minutes_text, item.title, item.summary) == ("Annas.", "Ny rubrik", "Tillägg")


def test_a_newer_parcel_and_an_unknown_one_are_told(office: Workspace, tmp_path: Path) -> None:
    back = answer_of(office, tmp_path, lambda m: replace(m, place="Björken"))
    parcels.make_parcel(office, "mötet", tmp_path / "q.motespaket", receiver=CHAIR, at=LATER)
    assert any("Ett nyare paket till Anna" in one for one in parcel_return.returned(office, back).told)
    meeting = office.meeting("mötet")
    office.change("Glöm", meeting, replace(meeting, parcels=()))
    answer = parcel_return.returned(office, back)
    assert any("äldre kopia" in one for one in answer.told)
    assert len(answer.changes) == 1
    assert parcel_return.take(office, answer, [answer.changes[0].key], at=LATER).meeting.place == "Björken"


def test_other_associations_meetings_and_bases_are_refused(office: Workspace, tmp_path: Path) -> None:
    back = answer_of(office, tmp_path, lambda m: replace(m, place="Björken"))
    with Workspace.create(tmp_path / "Annat.finsam", association(name="Annat förbund"), user="B") as other:
        with pytest.raises(UserError, match=r"Samordningsförbundet Exempel finns inte i Annat\.finsam"):
            parcel_return.returned(other, back)
        other.change("Samma id", None, Meeting(id="mötet", date=DAY))
        with pytest.raises(UserError, match="det hör till Samordningsförbundet Exempel"):
            parcel_return.returned(other, back)
    content = parcels.read_parcel(back).content
    altered = replace(content, base=replace(content.base, place="Förfalskat"))
    back.write_bytes(parcel_file.packed(parcel_file.Parcel(content=altered, files={}), None))
    with pytest.raises(UserError, match="ändrats på vägen"):
        parcel_return.returned(office, back)
    other_base = replace(content.base, place="Annat")
    altered = replace(
        content, base=other_base, parcel=replace(content.parcel, base_sha256=parcel.fingerprint(other_base))
    )
    back.write_bytes(parcel_file.packed(parcel_file.Parcel(content=altered, files={}), None))
    with pytest.raises(UserError, match="bygger inte på det som skickades till Anna"):
        parcel_return.returned(office, back)
    meeting = office.meeting("mötet")
    office.change("Ta bort", meeting, None)
    with pytest.raises(UserError, match="Sammanträdet har tagits bort"):
        parcel_return.returned(office, answer_path(tmp_path, content))


def answer_path(tmp_path: Path, content: parcel_file.ParcelContent) -> Path:
    path = tmp_path / "igen.motespaket"
    path.write_bytes(parcel_file.packed(parcel_file.Parcel(content=content, files={}), None))
    return path


def test_what_only_the_association_records_is_told_and_left(office: Workspace, tmp_path: Path) -> None:
    back = answer_of(office, tmp_path, lambda m: replace(m, state=MeetingState.ARCHIVED, place="Björken"))
    answer = parcel_return.returned(office, back)
    assert [one.field for one in answer.changes] == ["Plats"]
    assert any("Hur långt sammanträdet har kommit" in one for one in answer.told)
    after = parcel_return.take(office, answer, [one.key for one in answer.changes], at=LATER).meeting
    assert after.state is not MeetingState.ARCHIVED


def test_adjusted_minutes_are_not_changed_by_an_answer(office: Workspace, tmp_path: Path) -> None:
    back = answer_of(
        office,
        tmp_path,
        lambda m: replace(with_item(m, "p1", minutes_text="Sent."), notice_date=date(2026, 10, 1)),
    )
    meeting = office.meeting("mötet")
    office.change("Justera", meeting, adjust(meeting, office.association, office.meetings, at=LATER, by="x"))
    answer = parcel_return.returned(office, back)
    refused = {one.field: one.acceptable for one in answer.changes}
    assert refused == {"Text i protokollet": False, "Kallelsens dag": True}
    assert any("Protokollet är justerat här" in one for one in answer.told)
    with pytest.raises(UserError):
        parcel_return.take(office, answer, [one.key for one in answer.changes], at=LATER)
    parcel_return.take(office, answer, [one.key for one in answer.acceptable], at=LATER)
    assert sealing.broken(office.meeting("mötet")) == ()


def test_a_new_file_comes_with_its_content_or_not_at_all(office: Workspace, tmp_path: Path) -> None:
    made = sent(office, tmp_path / "p.motespaket")
    with opened(made.path) as copy:
        name = copy.workspace.add_file(b"Reservationens text")
        paper = Attachment(id="res", title="Reservation", file_name="Reservation.docx", sha256=name, size=19)
        changed(copy, with_item(copy.meeting, "p2", attachments=(paper,)))
        back = copy.send_back(tmp_path / "b.motespaket", at=LATER).path
    answer = parcel_return.returned(office, back)
    (change,) = answer.changes
    assert change.field == "Tillagt: bilaga Reservation"
    assert change.acceptable
    parcel_return.take(office, answer, [change.key], at=LATER)
    assert office.file(name) == b"Reservationens text"
    office.undo()
    content = parcels.read_parcel(back).content
    answer = parcel_return.returned(office, answer_path(tmp_path, content))
    assert [one.acceptable for one in answer.changes] == [False]
    assert "följde inte med" in answer.changes[0].why


def test_names_of_files_are_safe() -> None:
    meeting = Meeting(id="m", date=DAY)
    odd = Receiver(name='Anna / "Ek" <a:b>')
    assert parcels.file_name(meeting, odd) == "2026-10-29 Till Anna Ek a b.motespaket"
    assert parcels.answer_name(meeting, Receiver(name="///")) == "2026-10-29 Från mottagaren.motespaket"


def test_whom_it_may_go_to_are_those_who_adjust() -> None:
    found = receivers(the_meeting(), association())
    assert {one.person_id for one in found} >= {
        one.person_id for one in signers(the_meeting(), association())
    }


@pytest.mark.skipif(os.name == "nt", reason="rights of folders are others there")
def test_a_file_that_can_only_be_read_still_makes_a_parcel(office: Workspace, tmp_path: Path) -> None:
    path = office.path
    office.close()
    with Workspace.open(path, user="Bo", read_only=True) as workspace:
        made = sent(workspace, tmp_path / "p.motespaket")
        assert "antecknas inte" in made.told[-1]
        assert workspace.meeting("mötet").parcels == ()
