"""The receiver's window: one calm place, private notes, and what is made lands where the file came from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLabel

from finsam_desktop.domain import agenda
from finsam_desktop.domain.agenda import Attachment
from finsam_desktop.domain.parcel_values import Receiver
from finsam_desktop.parcels import received
from finsam_desktop.ui.dialog_service import PARCEL_SUFFIX
from finsam_desktop.ui.main_window import IN_PARCEL
from finsam_desktop.ui.place_names import PLACES
from finsam_desktop.ui.views.chair.place import EXPORTS, ChairView
from finsam_desktop.ui.views.parcel_make import ParcelMakeView
from finsam_desktop.ui.views.parcel_open import ParcelOpenView
from finsam_desktop.ui.widgets.rows import RowRole
from finsam_desktop.workspace import NotSavedError, Workspace
from tests.parcel_meeting import PASSWORD
from tests.ui.opened_files import Opened
from tests.ui.parcel_windows import ParcelCase
from tests.ui.sweeps import nameless, out_of_reach
from tests.ui.waiting import wait_until


@pytest.fixture
def case(
    qapp: object, tmp_path: Path, no_pages: None, monkeypatch: pytest.MonkeyPatch
) -> Iterator[ParcelCase]:
    made = ParcelCase(tmp_path)
    monkeypatch.setattr("finsam_desktop.parcels.received.copies_folder", lambda: made.copies)
    yield made
    made.close()


@pytest.fixture
def locked(
    qapp: object, tmp_path: Path, no_pages: None, monkeypatch: pytest.MonkeyPatch
) -> Iterator[ParcelCase]:
    """As ``case``, with a password on the file. Trying one takes half a second, as it is meant to."""
    made = ParcelCase(tmp_path, password=PASSWORD)
    monkeypatch.setattr("finsam_desktop.parcels.received.copies_folder", lambda: made.copies)
    yield made
    made.close()


def opening(case: ParcelCase, path: Path | None = None) -> ParcelOpenView:
    case.window.open_file(path or case.sent)
    case.rest()
    view = case.window.current_view()
    assert isinstance(view, ParcelOpenView)
    return view


def unlock(case: ParcelCase, password: str = PASSWORD) -> None:
    page = opening(case).page
    page.field.setText(password)
    QTest.keyClick(page.field, Qt.Key.Key_Return)
    case.rest()


def chair(case: ParcelCase) -> ChairView:
    if case.password is not None:
        unlock(case)
    else:
        case.window.open_file(case.sent)
        case.rest()
    view = case.window.current_view()
    assert isinstance(view, ChairView)
    return view


def test_a_wrong_password_is_told_in_the_window_and_the_right_one_opens(locked: ParcelCase) -> None:
    view = opening(locked)
    assert view.page.is_asking()
    assert locked.window.focusWidget() is view.page.field
    unlock(locked, "fel lösenord helt")
    view = locked.window.current_view()
    assert isinstance(view, ParcelOpenView)
    assert "stämmer inte" in view.page.field.accessibleDescription()
    assert locked.session.path == locked.file, "the file that was open stays"
    view.page.field.setText("")
    QTest.keyClick(view.page.field, Qt.Key.Key_Return)
    assert view.page.field.accessibleDescription() == "Skriv lösenordet först."
    view.page.field.setText(f" {PASSWORD}\u00a0")
    view.page.button.click()
    locked.rest()
    assert isinstance(locked.window.current_view(), ChairView)


def test_a_damaged_file_is_told_with_a_way_to_another(case: ParcelCase) -> None:
    case.sent.write_bytes(case.sent.read_bytes()[:200])
    view = opening(case)
    assert "skadad eller avhuggen" in view.page.fault_text()
    assert view.page.other.isVisible()


def test_an_answer_without_the_associations_file_says_what_to_do(case: ParcelCase) -> None:
    answer = case.answer()
    case.session.close()
    view = opening(case, answer)
    assert "svar" in view.page.fault_text()
    assert view.page.other.text() == "Öppna förbundets fil"
    view._open_own(case.file)
    case.rest()
    assert case.window.place == "parcel_back"


def test_a_parcel_that_is_open_elsewhere_is_told(case: ParcelCase) -> None:
    copy = received.unpack(case.sent, user="Maria Ekvall", folder=case.copies)
    with Workspace.open(copy, user="Maria Ekvall"):
        view = opening(case)
        assert "redan öppet i ett annat fönster" in view.page.fault_text()
        assert case.session.path == case.file


def test_the_receiver_has_one_place_and_nothing_of_the_associations(case: ParcelCase) -> None:
    view = chair(case)
    window = case.window
    assert not window.places.isVisible()
    for place in PLACES:
        window.go(place.id)
        assert window.place == "chair"
        assert not window.actions.is_available(f"go_{place.id}")
    assert not window.actions.is_available("new_meeting")
    assert all(window.actions.is_available(one) for one in (*EXPORTS, "send_back", "approve_minutes"))
    window.go("meeting", "mote/protokoll/i3")
    assert view.page.item_id == "i3"
    assert "overview" not in IN_PARCEL
    status = view.status()
    assert status is not None
    assert status.note == "Mötespaket från Sara Lindmark till Maria Ekvall"


def test_items_are_marked_with_what_has_been_written(case: ParcelCase) -> None:
    page = chair(case).page
    QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    page.show_item("i2")
    page.item.talk.note.setPlainText("Fråga Lena")
    page.item.talk.comment.setPlainText("Stämmer det?")
    page.item.minutes.text.setPlainText("Annan text.")
    page.flush()
    row = page.model.rows()[page.model.row_of("i2")]
    assert [part.text for part in row.meta if not isinstance(part, str)] == [
        "Anteckning",
        "Kommentar",
        "Ändrat",
    ]
    assert case.session.undo_label is not None
    for _ in range(3):
        case.window.undo()
    assert page.model.rows()[page.model.row_of("i2")].meta == ()
    assert page.item.talk.note.text() == ""
    assert page.item.minutes.text.text() == "Avtalet gäller lokalerna på Torget."


def test_a_sub_item_stands_under_its_item_and_is_read_out_as_one(case: ParcelCase) -> None:
    page = chair(case).page
    meeting = case.meeting
    items = agenda.demote(meeting.items, "i3")
    assert case.session.change("Gör till underpunkt", meeting, replace(meeting, items=items))
    case.rest()
    top, sub = (page.model.index(page.model.row_of(one)) for one in ("i2", "i3"))
    assert sub.row() == top.row() + 1
    assert (top.data(RowRole.CHILD), sub.data(RowRole.CHILD)) == (False, True)
    assert sub.data(Qt.ItemDataRole.AccessibleTextRole) == "Underpunkt A, Sammanträdesplan"
    assert not str(top.data(Qt.ItemDataRole.AccessibleTextRole)).startswith("Underpunkt")


def test_what_is_written_stays_when_the_file_is_opened_again(case: ParcelCase) -> None:
    page = chair(case).page
    page.show_item("i2")
    page.item.talk.note.setPlainText("Fråga Lena")
    page.flush()
    case.session.close()
    page = chair(case).page
    page.show_item("i2")
    assert page.item.talk.note.text() == "Fråga Lena"


def test_what_could_not_be_saved_stays_in_its_field_and_is_saved_when_it_can(
    case: ParcelCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a full disk: the words were gone when one went to another item."""
    page = chair(case).page

    def full(*_: object, **__: object) -> None:
        raise NotSavedError(case.session.workspace.path, "disken är full")

    page.show_item("i2")
    with monkeypatch.context() as patch:
        patch.setattr(case.session.workspace, "_commit", full)
        page.item.talk.note.setPlainText("Fråga Lena")
        page.item.talk.comment.setPlainText("Stämmer det?")
        page.item.minutes.text.setPlainText("Annan text.")
        page.show_item("i3")
        assert "disken är full" in case.notice()
        assert page.item.talk.note.text() == ""
        page.show_item("i2")
        assert page.item.talk.note.text() == "Fråga Lena"
        assert page.item.talk.comment.text() == "Stämmer det?"
        assert page.item.minutes.text.text() == "Annan text."
    page.show_item("i3")
    (comment,) = case.meeting.comments
    assert (comment.item_id, comment.text) == ("i2", "Stämmer det?")
    item = agenda.find(case.meeting.items, "i2")
    assert item is not None
    assert item.minutes_text == "Annan text."
    assert case.session.association.parcel is not None
    assert [one.text for one in case.session.association.parcel.notes] == ["Fråga Lena"]
    for _ in range(3):
        case.window.undo()
    page.show_item("i2")
    assert page.item.talk.note.text() == "", "what was saved is not kept beside"
    assert page.item.minutes.text.text() == "Avtalet gäller lokalerna på Torget."


def test_approving_tells_what_has_changed_since(case: ParcelCase) -> None:
    view = chair(case)
    view.show_approval()
    part = view.page.whole.approval
    assert case.window.focusWidget() is part.button
    part.button.click()
    (approval,) = case.meeting.approvals
    assert approval.name == "Maria Ekvall"
    assert case.notice() == "Protokollet är markerat som justerat."
    assert approval.sha256[:4] in part._mine.text()
    assert not part._form.isVisible()
    view.page.show_item("i3")
    view.page.item.minutes.text.setPlainText("Planen har sju sammanträden.")
    view.flush()
    view.show_approval()
    assert "Sedan dess är ändrat: § 63 Sammanträdesplan".replace(
        "§ ", "§\u00a0"
    ) in part._mine.text().replace("§ ", "§\u00a0")
    assert part.button.text() == "Justera igen"
    part.take_back.click()
    assert case.meeting.approvals == ()
    case.window.undo()
    assert len(case.meeting.approvals) == 1


def test_the_way_back_says_what_goes_and_what_stays(locked: ParcelCase, opened: Opened) -> None:
    view = chair(locked)
    part = view.page.whole.sending
    assert "Inget är ändrat" in part.goes.text()
    view.page.show_item("i2")
    view.page.item.talk.note.setPlainText("Fråga Lena")
    view.page.item.talk.comment.setPlainText("Stämmer det?")
    view.page.item.minutes.text.setPlainText("Annan text.")
    view.flush()
    view.send_back()
    assert part.goes.text().replace("\u00a0", " ") == (
        "Dina ändringar i § 62 och din kommentar följer med tillbaka till Sara Lindmark."
    )
    assert part.stays.text() == "Din anteckning följer inte med."
    assert part.same.isChecked()
    part.button.click()
    locked.rest()
    (answer,) = locked.sent.parent.glob("*Från*")
    assert received.look(answer).protected
    assert received.read_parcel(answer, PASSWORD).content.reply_id
    assert part.result.isVisible()
    part.result.folder.click()
    assert opened.files == [answer.parent]
    part.button.click()
    locked.rest()
    assert len(list(locked.sent.parent.glob("*Från*"))) == 2, "an answer is never written over"


def test_a_mail_draft_to_the_secretary_has_the_answer_with_it(case: ParcelCase) -> None:
    part = chair(case).page.whole.sending
    part.button.click()
    case.rest()
    assert part.result.mail.isVisible()
    part.result.mail.click()
    case.rest()
    (draft,) = case.sent.parent.glob("*.eml")
    assert draft.name == "2026-10-29 Mejl Från Maria Ekvall.eml"
    assert "Skriv in den i mejlprogrammet" in case.notice(), "nobody in this register has an address"
    assert b".motespaket" in draft.read_bytes()
    (answer,) = case.sent.parent.glob("*Från*.motespaket")
    answer.unlink()
    part.result.mail.click()
    case.rest()
    assert "gick inte att läsa" in case.notice()


def test_what_was_made_comes_in_sight(case: ParcelCase) -> None:
    case.window.resize(1280, 620)
    view = chair(case)
    view.send_back()
    case.rest()
    part = view.page.whole.sending
    wait_until(lambda: not part.button.visibleRegion().isEmpty())
    part.button.click()
    case.rest()
    wait_until(lambda: not part.result.mail.visibleRegion().isEmpty())


def test_a_program_among_the_handlingar_is_not_opened(case: ParcelCase, opened: Opened) -> None:
    """It came in a file by mail: what it is called is not what makes it a document."""
    view = chair(case)
    sha256 = case.session.workspace.add_file(b"MZ\x90\0 program")
    bilaga = Attachment(id="b", title="Rapport", file_name="Rapport.pdf.exe", sha256=sha256, size=11)
    items = agenda.update(case.meeting.items, "i2", lambda item: replace(item, attachments=(bilaga,)))
    assert case.session.change("Bilaga", case.meeting, replace(case.meeting, items=items))
    view.page.show_item("i2")
    (row,) = view.page.item.reading.papers()
    row.open_copy.click()
    assert opened.files == []
    assert "är ett program eller ett skript" in case.notice()
    assert "PDF" in case.notice()


def test_documents_are_made_where_the_file_came_from(case: ParcelCase) -> None:
    view = chair(case)
    case.window.actions.run("make_extract")
    assert "Välj först" in case.notice()
    view.page.show_item("i2")
    for action in ("make_notice", "make_minutes", "make_extract"):
        case.window.actions.run(action)
        case.rest()
    names = {path.name.replace("\u00a0", " ") for path in case.sent.parent.glob("*.docx")}
    assert names == {
        "2026-10-29 Kallelse.docx",
        "2026-10-29 Protokoll.docx",
        "2026-10-29 Protokollsutdrag § 62.docx",
    }


@pytest.mark.needs_libreoffice
def test_an_extract_becomes_a_pdf(case: ParcelCase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()  # pages are wanted here
    monkeypatch.setattr("finsam_desktop.parcels.received.copies_folder", lambda: case.copies)
    view = chair(case)
    view.page.show_item("i2")
    case.window.actions.run("make_extract_pdf")
    for _ in range(6):
        case.rest()
    (made,) = case.sent.parent.glob("*.pdf")
    assert made.read_bytes().startswith(b"%PDF-")
    assert made.stem.replace("\u00a0", " ") == "2026-10-29 Protokollsutdrag § 62"


def test_where_the_folder_is_gone_what_is_made_goes_to_the_folder_for_exports(case: ParcelCase) -> None:
    view = chair(case)
    other = case.folder / "dokument"
    other.mkdir()
    case.application.settings.change(export_folder=other)
    case.sent.unlink()
    case.sent.parent.rmdir()
    view.page.whole.sending.button.click()
    case.rest()
    assert [path.suffix for path in other.iterdir()] == [PARCEL_SUFFIX]


def test_the_form_asks_for_a_name_and_for_the_same_password_twice(case: ParcelCase) -> None:
    case.window.go("parcel_make", "mote")
    view = case.window.current_view()
    assert isinstance(view, ParcelMakeView)
    before = len(case.meeting.parcels)
    view.receiver.set_value(view.receiver._values[-1])
    view._chosen(view.receiver.value())
    view.make()
    assert "Skriv vem" in view.name.accessibleDescription()
    view.name.setText("Eva Sjögren")
    view.password.wanted.setChecked(True)
    for first, again, told in (
        ("", "", "Skriv ett lösenord"),
        ("kort", "kort", "Minst 8"),
        (PASSWORD, "x", "inte lika"),
    ):
        view.password.first.setText(first)
        view.password.again.setText(again)
        view.make()
        case.rest()
        assert told in view.password.fault()
    assert len(case.meeting.parcels) == before
    view.password.again.setText(PASSWORD)
    view.make()
    case.rest()
    assert case.meeting.parcels[-1].receiver == Receiver(name="Eva Sjögren")
    assert view.password.first.text() == "", "a password is not kept"
    made = case.folder / case.meeting.parcels[-1].file_name
    assert received.look(made).protected
    case.window.undo()
    assert len(case.meeting.parcels) == before


def test_what_is_confidential_is_told_and_can_be_left_out(case: ParcelCase) -> None:
    case.window.go("parcel_make", "mote")
    view = case.window.current_view()
    assert isinstance(view, ParcelMakeView)
    assert not view.public.isVisible()
    before = case.meeting
    items = agenda.update(before.items, "i3", lambda item: replace(item, confidential=True))
    assert case.session.change("Sekretess", before, replace(before, items=items))
    assert view._secret.isVisible()
    view.public.setChecked(True)
    assert not view._secret.isVisible()
    view.make()
    case.rest()
    kept = case.meeting.parcels[-1]
    assert kept.public
    opened = received.read_parcel(case.folder / kept.file_name)
    assert "fastställa sammanträdesplanen" not in repr(opened.content)
    case.window.open_file(case.folder / kept.file_name)
    case.rest()
    receivers_view = case.window.current_view()
    assert isinstance(receivers_view, ChairView)
    receivers_view.show_approval()
    assert not receivers_view.page.whole.approval.button.isVisible()
    assert "offentliga versionen" in receivers_view.page.whole.approval._means.text()


def test_a_mail_draft_has_the_file_with_it(case: ParcelCase) -> None:
    case.window.go("parcel_make", "mote")
    view = case.window.current_view()
    assert isinstance(view, ParcelMakeView)
    view.make()
    case.rest()
    view._done.mail.click()
    case.rest()
    (draft,) = case.folder.glob("*.eml")
    assert b".motespaket" in draft.read_bytes()


def test_a_folder_that_cannot_be_written_in_is_told(
    case: ParcelCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = chair(case)
    part = view.page.whole.sending
    gone = case.folder / "finns inte"
    monkeypatch.setattr(type(case.session), "made_folder", property(lambda _self: gone))
    part.button.click()
    case.rest()
    assert case.notice()
    assert not part.result.isVisible()
    assert case.session.association.parcel is not None
    assert case.session.association.parcel.sent_back_at is None


def test_every_control_of_the_receivers_window_and_of_the_form_has_a_name(case: ParcelCase) -> None:
    case.window.activateWindow()
    case.window.go("parcel_make", "mote")
    view = case.window.current_view()
    assert isinstance(view, ParcelMakeView)
    view.password.wanted.setChecked(True)
    named(case)
    page = chair(case).page
    named(case)
    for item_id in ("i1", "i2"):
        page.show_item(item_id)
        named(case)


def named(case: ParcelCase) -> None:
    """Fail when a control that is seen has no name, or Tab does not reach a button."""
    assert nameless(case.window) == []
    assert out_of_reach(case.window) == []


@pytest.mark.parametrize("width", [1280, 980, 800])
def test_no_text_is_cut_off_in_a_narrow_window(case: ParcelCase, width: int) -> None:
    case.window.resize(width, 720)
    page = chair(case).page
    for item_id in ("", "i2"):
        page.show_item(item_id)
        case.rest()
        cut = [
            label.text()
            for label in page.findChildren(QLabel)
            if label.isVisible()
            and label.wordWrap()
            and label.text()
            and label.height() < label.heightForWidth(label.width())
        ]
        assert cut == []


def test_the_suffix_is_the_files_own() -> None:
    assert PARCEL_SUFFIX == received.SUFFIX
