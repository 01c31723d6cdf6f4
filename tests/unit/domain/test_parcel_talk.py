"""A receiver's words beside the items: one comment and one note on each, others' words untouched."""

from __future__ import annotations

from datetime import date, datetime

from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.parcel_talk import own_comment, own_note, with_comment, with_note
from finsam_desktop.domain.parcel_values import Comment, ParcelCopy, Receiver

AT, LATER = datetime(2026, 11, 2, 9, 0), datetime(2026, 11, 2, 9, 5)
COPY = ParcelCopy(id="p1", meeting_id="m", receiver=Receiver(name="Maria Ekvall"), made_at=AT)
OTHERS = Comment(id="c0", text="Se över beloppet.", by="Sara Lindmark", written_at=AT, item_id="i1")
MEETING = Meeting(id="m", date=date(2026, 10, 29), comments=(OTHERS,))


def test_a_comment_is_written_changed_and_taken_away() -> None:
    written = with_comment(MEETING, COPY, "i1", " Stämmer det? ", AT)
    mine = own_comment(written, COPY, "i1")
    assert mine is not None
    assert (mine.text, mine.by, mine.parcel_id) == ("Stämmer det?", "Maria Ekvall", "p1")
    changed = with_comment(written, COPY, "i1", "Stämmer det verkligen?", LATER)
    again = own_comment(changed, COPY, "i1")
    assert again is not None
    assert (again.id, again.written_at) == (mine.id, LATER)
    assert changed.comments[0] == OTHERS
    assert with_comment(changed, COPY, "i1", "  ", LATER) == MEETING


def test_items_and_the_meeting_have_a_comment_each() -> None:
    both = with_comment(with_comment(MEETING, COPY, "i1", "ett", AT), COPY, "", "allt", AT)
    assert [one.item_id for one in both.comments] == ["i1", "i1", ""]
    assert own_comment(both, COPY, "i2") is None


def test_a_note_is_the_copys_own() -> None:
    noted = with_note(with_note(COPY, "i1", "fråga Lena", AT), "", "ta med kaffe", AT)
    note = own_note(noted, "i1")
    assert note is not None
    assert note.text == "fråga Lena"
    changed = with_note(noted, "i1", "fråga Lena i morgon", LATER)
    assert [one.text for one in changed.notes] == ["fråga Lena i morgon", "ta med kaffe"]
    assert with_note(with_note(changed, "i1", "", LATER), "", "", LATER) == COPY
