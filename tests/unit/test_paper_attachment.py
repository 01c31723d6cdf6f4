"""One click makes a paper the item's bilaga; a later one renews it, and never over what a person has changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from finsam_desktop.documents import Document, file_name
from finsam_desktop.documents.export import export
from finsam_desktop.documents.page_numbers import PAGES
from finsam_desktop.domain import agenda
from finsam_desktop.domain.agenda import AgendaItem, Attachment
from finsam_desktop.domain.meeting import MeetingState
from finsam_desktop.domain.report import TertialReport
from finsam_desktop.errors import UserError
from finsam_desktop.paper_attachment import AttachedPaper, Attaching, attach_paper
from finsam_desktop.workspace import Workspace
from tests.reference import example
from tests.reference.outline import text_of

DAY = date(2026, 10, 20)
ITEM = "p05"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """The example before its October meeting: the report's item has no bilaga."""
    known = example.association()
    bare = replace(known, letterhead=replace(known.letterhead, logo=""))
    with Workspace.create(tmp_path / "a.finsam", bare, user="Test") as opened:
        meeting = example.meeting()
        open_meeting = replace(
            meeting, state=MeetingState.DRAFT, adjusted_on=None, signatures=(), public_notices=(), seals=()
        )
        items = agenda.update(open_meeting.items, ITEM, lambda item: replace(item, attachments=()))
        opened.change("Ny", None, replace(open_meeting, items=items))
        yield opened


def item(workspace: Workspace) -> AgendaItem:
    found = agenda.find(workspace.find_meeting("2026-10-29").items, ITEM)
    assert found is not None
    return found


def edit(workspace: Workspace, **values: object) -> None:
    meeting = workspace.find_meeting("2026-10-29")
    items = agenda.update(meeting.items, ITEM, lambda one: replace(one, **values))
    workspace.change("Ändra", meeting, replace(meeting, items=items))


def attach(workspace: Workspace, **more: object) -> AttachedPaper:
    return attach_paper(workspace, "2026-10-29", Document.TERTIALRAPPORT, today=DAY, **more)


def rewrite(workspace: Workspace) -> None:
    report = item(workspace).report
    assert isinstance(report, TertialReport)
    edit(workspace, report=replace(report, summary="En helt ny sammanfattning."))


def test_the_finished_file_is_stored_as_a_bilaga_with_title_date_and_pages(workspace: Workspace) -> None:
    answer = attach(workspace, measure=lambda _docx: {PAGES: 6})
    (bilaga,) = item(workspace).attachments
    assert answer.state is Attaching.NEW
    assert (bilaga.title, bilaga.dated, bilaga.pages, bilaga.sender) == (
        "Tertialrapport 2, januari–augusti 2026", date(2026, 10, 15), 6, "Förbundet"
    )  # fmt: skip
    assert bilaga.file_name == "2026-10-29 Tertialrapport.docx"
    assert "Resultatrapport" in text_of(workspace.file(bilaga.sha256))
    assert bilaga.size == len(workspace.file(bilaga.sha256))


def test_again_with_the_same_data_changes_nothing_and_says_so(workspace: Workspace) -> None:
    attach(workspace)
    before = workspace.find_meeting("2026-10-29")
    answer = attach(workspace)
    assert answer.state is Attaching.SAME
    assert "redan den senaste" in answer.sentence
    assert workspace.find_meeting("2026-10-29") == before


def test_changed_data_renews_the_bilaga_in_its_place_and_says_what(workspace: Workspace) -> None:
    first = attach(workspace).attachment
    other = Attachment(id="annan", title="Annan")
    edit(workspace, attachments=(first, other))
    rewrite(workspace)
    answer = attach(workspace)
    assert answer.state is Attaching.RENEWED
    assert any("En helt ny sammanfattning." in line for line in answer.differences)
    assert "ändrat" in answer.sentence
    renewed, kept = item(workspace).attachments
    assert (renewed.id, kept) == (first.id, other)
    assert "En helt ny sammanfattning." in text_of(workspace.file(renewed.sha256))


def test_a_bilaga_changed_by_hand_is_kept_until_told_otherwise(workspace: Workspace) -> None:
    first = attach(workspace).attachment
    by_hand = workspace.add_file(workspace.file(first.sha256) + b" ")
    edit(workspace, attachments=(replace(first, sha256=by_hand),))
    rewrite(workspace)
    answer = attach(workspace)
    assert answer.state is Attaching.KEPT
    assert item(workspace).attachments[0].sha256 == by_hand
    assert "ändrats för hand" in answer.sentence
    assert attach(workspace, replace_changed=True).state is Attaching.RENEWED
    assert item(workspace).attachments[0].sha256 != by_hand


def test_a_bilaga_that_waits_for_its_file_is_filled(workspace: Workspace) -> None:
    waiting = Attachment(id="b02", title="tertialrapport 2, Januari–augusti 2026", sender="Kansliet")
    edit(workspace, attachments=(waiting,))
    answer = attach(workspace)
    (filled,) = item(workspace).attachments
    assert answer.state is Attaching.NEW
    assert (filled.id, filled.sender, bool(filled.sha256)) == ("b02", "Kansliet", True)


def test_a_bilaga_that_was_renamed_is_still_found(workspace: Workspace) -> None:
    first = attach(workspace).attachment
    edit(workspace, attachments=(replace(first, title="Rapporten"),))
    rewrite(workspace)
    attach(workspace)
    assert [(a.id, a.title) for a in item(workspace).attachments] == [(first.id, "Rapporten")]


def test_the_exported_file_changed_in_word_is_told_of_and_left_alone(workspace: Workspace) -> None:
    meeting = workspace.find_meeting("2026-10-29")
    out = workspace.path.parent / file_name(Document.TERTIALRAPPORT, meeting)
    export(workspace, meeting.id, Document.TERTIALRAPPORT, out, today=DAY)
    assert attach(workspace).paper.edited is None
    out.write_bytes(out.read_bytes() + b" ")
    changed = out.read_bytes()
    rewrite(workspace)
    assert attach(workspace).paper.edited == out
    assert out.read_bytes() == changed


def test_nothing_is_attached_to_adjusted_minutes(workspace: Workspace) -> None:
    from datetime import datetime

    from finsam_desktop.domain.adjusting import adjust

    meeting = workspace.find_meeting("2026-10-29")
    sealed = adjust(
        replace(meeting, adjusted_on=date(2026, 11, 9)), workspace.association, workspace.meetings,
        at=datetime(2026, 11, 9, 12), by="Test",
    )  # fmt: skip
    workspace.change("Justera", meeting, sealed)
    with pytest.raises(UserError):
        attach(workspace)
    assert item(workspace).attachments == ()


@pytest.mark.parametrize(
    ("document", "item_id", "title"),
    [
        (Document.EKONOMI_I_KORTHET, ITEM, "Ekonomi i korthet, januari–augusti 2026"),
        (Document.TJANSTESKRIVELSE, "p07b", "Tjänsteskrivelse"),
    ],
)
def test_other_papers_become_bilagor_too(
    workspace: Workspace, document: Document, item_id: str, title: str
) -> None:
    answer = attach_paper(workspace, "2026-10-29", document, item_id, today=DAY)
    found = agenda.find(workspace.find_meeting("2026-10-29").items, item_id)
    assert found is not None
    assert answer.attachment in found.attachments
    assert answer.attachment.title == title


def test_an_item_that_is_not_there_is_refused(workspace: Workspace) -> None:
    with pytest.raises(UserError, match="finns inte"):
        attach_paper(workspace, "2026-10-29", Document.TJANSTESKRIVELSE, "finns-inte", today=DAY)
