"""What has been sent, and what is new since then."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from finsam_desktop.domain.agenda import AgendaItem, Attachment, update
from finsam_desktop.domain.meeting import Meeting, MeetingState
from finsam_desktop.domain.numbering import attachment_numbers
from finsam_desktop.domain.sending import is_replaced, sent_files, unsent, with_utskick

AT = datetime(2026, 10, 20, 9, 30)


def meeting(*names: str) -> Meeting:
    items = tuple(
        AgendaItem(
            id=f"i{name}", title="", attachments=(Attachment(id=name, title=name, sha256=f"fil-{name}"),)
        )
        for name in names
    )
    return Meeting(date=date(2026, 10, 29), items=items)


def with_file(value: Meeting, name: str, sha256: str) -> Meeting:
    def changed(item: AgendaItem) -> AgendaItem:
        return replace(item, attachments=(replace(item.attachments[0], sha256=sha256),))

    return replace(value, items=update(value.items, f"i{name}", changed))


def ids(attachments: tuple[Attachment, ...]) -> list[str]:
    return [attachment.id for attachment in attachments]


def test_before_anything_is_sent_all_is_new() -> None:
    assert ids(unsent(meeting("a", "b"))) == ["a", "b"]


def test_a_pack_is_noted_with_numbers_and_files_and_the_meeting_is_called() -> None:
    after = with_utskick(meeting("a", "b"), AT, "2026-10-29 Handlingar.pdf")
    (one,) = after.utskick
    assert (one.sent_at, one.file_name, one.supplementary) == (AT, "2026-10-29 Handlingar.pdf", False)
    assert [(e.attachment_id, e.number, e.sha256) for e in one.attachments] == [
        ("a", 1, "fil-a"),
        ("b", 2, "fil-b"),
    ]
    assert (after.state, after.notice_date) == (MeetingState.NOTIFIED, AT.date())
    assert unsent(after) == ()


def test_a_meeting_that_has_been_called_keeps_its_day_and_state() -> None:
    before = replace(meeting("a"), state=MeetingState.HELD, notice_date=date(2026, 10, 1))
    after = with_utskick(before, AT, "x.pdf")
    assert (after.state, after.notice_date) == (MeetingState.HELD, date(2026, 10, 1))
    dated = replace(meeting("a"), notice_date=date(2026, 10, 1))
    assert with_utskick(dated, AT, "x.pdf").notice_date == date(2026, 10, 1)


def test_what_is_new_and_what_was_changed_is_unsent() -> None:
    sent = with_utskick(meeting("a", "b"), AT, "x.pdf")
    more = replace(sent, items=(*meeting("ny").items, *sent.items))
    changed = with_file(more, "b", "annan")
    assert ids(unsent(changed)) == ["ny", "b"]
    files = sent_files(changed)
    assert [is_replaced(one, files) for one in unsent(changed)] == [False, True]


def test_a_supplement_carries_only_what_was_unsent_and_then_nothing_is() -> None:
    sent = with_utskick(meeting("a", "b"), AT, "x.pdf")
    more = with_file(replace(sent, items=(*meeting("ny").items, *sent.items)), "b", "annan")
    after = with_utskick(more, AT, "y.pdf", supplementary=True)
    assert [(e.attachment_id, e.number) for e in after.utskick[-1].attachments] == [("ny", 3), ("b", 2)]
    assert unsent(after) == ()
    assert attachment_numbers(after) == {"ny": 3, "a": 1, "b": 2}


def test_a_pack_noted_by_an_older_version_does_not_say_that_files_were_changed() -> None:
    sent = with_utskick(meeting("a"), AT, "x.pdf")
    entries = tuple(replace(entry, sha256="") for entry in sent.utskick[0].attachments)
    old = replace(sent, utskick=(replace(sent.utskick[0], attachments=entries),))
    assert unsent(old) == ()
