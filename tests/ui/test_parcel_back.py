"""What came back with a mötespaket: shown side by side, taken in or declined by key, undone, and refused in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest

from finsam_desktop.domain import agenda
from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.parcel_values import Comment
from finsam_desktop.domain.word_changes import Kind
from finsam_desktop.ui.models.answer_model import DECLINED, OPEN, TAKEN, AnswerModel
from finsam_desktop.ui.views.parcel_back import ParcelBackView
from finsam_desktop.ui.widgets.rows import RowRole
from tests.ui.parcel_windows import NOW, ParcelCase

Change = Callable[[Meeting], Meeting]


def text_of(item_id: str, text: str) -> Change:
    def changed(item: AgendaItem) -> AgendaItem:
        return replace(item, minutes_text=text)

    return lambda meeting: replace(meeting, items=agenda.update(meeting.items, item_id, changed))


def clause_of(item_id: str, clause: str) -> Change:
    def changed(item: AgendaItem) -> AgendaItem:
        return replace(item, decision=replace(item.decision, clauses=(clause,)))

    return lambda meeting: replace(meeting, items=agenda.update(meeting.items, item_id, changed))


def comment(text: str, item_id: str = "i2") -> Change:
    said = Comment(id=text, text=text, by="Maria Ekvall", written_at=NOW, item_id=item_id)
    return lambda meeting: replace(meeting, comments=(*meeting.comments, said))


@pytest.fixture
def case(
    qapp: object, tmp_path: Path, no_pages: None, monkeypatch: pytest.MonkeyPatch
) -> Iterator[ParcelCase]:
    made = ParcelCase(tmp_path)
    monkeypatch.setattr("finsam_desktop.parcels.received.copies_folder", lambda: made.copies)
    yield made
    made.close()


def received(case: ParcelCase, answer: Path) -> ParcelBackView:
    case.window.open_file(answer)
    case.rest()
    view = case.window.current_view()
    assert isinstance(view, ParcelBackView)
    return view


def text(case: ParcelCase, item_id: str) -> str:
    item = agenda.find(case.meeting.items, item_id)
    assert item is not None
    return item.minutes_text


def rows(view: ParcelBackView) -> list[tuple[str, str]]:
    return [(row.title, row.time) for row in view.model.rows()]


def change_own(case: ParcelCase, change: Change) -> None:
    assert case.session.change("Skriv", case.meeting, change(case.meeting))


def test_conflicts_come_first_with_three_versions_and_marked_words(case: ParcelCase) -> None:
    answer = case.answer(
        text_of("i2", "Avtalet gäller lokalerna på Storgatan."),
        text_of("i1", "Ordföranden hälsar välkommen."),
    )
    change_own(case, text_of("i2", "Avtalet gäller alla lokalerna på Torget."))
    view = received(case, answer)
    QAbstractItemModelTester(view.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    shown = [(title.replace("\u00a0", " "), time) for title, time in rows(view)]
    assert shown == [
        ("Krockar", "1 kvar"),
        ("§ 62 Avtal om lokaler", OPEN),
        ("Ändringar", "1 kvar"),
        ("§ 61 Mötets öppnande", OPEN),
    ]
    sides = view.page.sides.texts()
    assert len(sides) == 3
    assert [piece.text.strip() for piece in sides[1].pieces() if piece.kind is Kind.ADDED] == ["alla"]
    assert [piece.text for piece in sides[2].pieces() if piece.kind is Kind.ADDED] == ["Storgatan"]
    assert "Borttaget: Torget. Tillagt: Storgatan." in sides[2].accessibleDescription()
    assert sides[2].accessibleName() == "Från Maria Ekvall: Avtalet gäller lokalerna på Storgatan."


def test_j_takes_n_declines_and_each_is_undone_by_name(case: ParcelCase) -> None:
    view = received(
        case, case.answer(text_of("i2", "Nytt om lokaler."), clause_of("i3", "fastställa planen"))
    )
    before = case.meeting
    QTest.keyClick(view.list, Qt.Key.Key_J)
    assert text(case, "i2") == "Nytt om lokaler."
    assert case.session.undo_label == "Ta in ”Text i protokollet” från Maria Ekvall"
    assert view.list.currentIndex().data(RowRole.KEY).startswith("change:"), "on to the next"
    QTest.keyClick(view.list, Qt.Key.Key_N)
    third = agenda.find(case.meeting.items, "i3")
    assert third is not None
    assert third.decision.clauses == ("fastställa sammanträdesplanen",)
    assert [time for _, time in rows(view)] == ["klart", TAKEN, DECLINED]
    case.window.undo()
    case.window.undo()
    assert case.meeting == before
    assert [time for _, time in rows(view)] == ["2 kvar", OPEN, OPEN]
    case.window.redo()
    assert text(case, "i2") == "Nytt om lokaler."


def test_a_declined_change_can_be_taken_after_all(case: ParcelCase) -> None:
    view = received(case, case.answer(text_of("i2", "Nytt om lokaler.")))
    view.page.decline.click()
    assert not view.page.decline.isVisible()
    assert text(case, "i2") == "Avtalet gäller lokalerna på Torget."
    view.page.take.click()
    assert text(case, "i2") == "Nytt om lokaler."


def test_all_that_does_not_clash_is_taken_at_once(case: ParcelCase) -> None:
    answer = case.answer(
        text_of("i1", "A"), text_of("i2", "B"), clause_of("i3", "C"), comment("Stämmer det?")
    )
    change_own(case, text_of("i2", "Mitt"))
    view = received(case, answer)
    assert view.primary() is view.all
    assert case.window.actions.run("take_others")
    third = agenda.find(case.meeting.items, "i3")
    assert third is not None
    assert (text(case, "i1"), text(case, "i2"), third.decision.clauses) == ("A", "Mitt", ("C",))
    assert [one.text for one in case.meeting.comments] == ["Stämmer det?"]
    assert case.notice() == "Mottaget: 2 ändringar och 1 kommentar."
    assert not view.all.isEnabled()


def test_comments_lead_to_their_item_and_are_ticked_off(case: ParcelCase) -> None:
    view = received(case, case.answer(comment("Stämmer beloppet?"), comment("Tack för i går.", "")))
    assert view.all.text() == "Ta emot kommentarer och justering"
    view.all.click()
    key = next(row.key for row in view.model.rows() if row.title == "Stämmer beloppet?")
    view.list.setCurrentIndex(view.model.index(view.model.row_of(key)))
    view.page.handled.click()
    handled = {one.text: one.handled_by for one in case.meeting.comments}
    assert handled == {"Stämmer beloppet?": "Sara Lindmark", "Tack för i går.": ""}
    QTest.keyClick(view.list, Qt.Key.Key_Return)
    case.rest()
    assert case.window.place == "meeting"
    page = case.window.current_view().page  # type: ignore[union-attr]
    assert page.step == "protokoll"
    step = page._steps["protokoll"]
    assert "Stämmer beloppet?" in step.comments.text()


def test_an_approval_is_noted_when_it_is_of_what_stands(case: ParcelCase) -> None:
    view = received(case, case.answer(text_of("i2", "Nytt om lokaler."), approve=True))
    row = next(at for at, one in enumerate(view.model.rows()) if one.key.startswith("approval:"))
    view.list.setCurrentIndex(view.model.index(row))
    assert not view.page.confirm.isVisible(), "what was approved is not yet what stands"
    view.take_others()
    view.list.setCurrentIndex(view.model.index(row))
    assert view.page.confirm.isVisible()
    view.page.confirm.click()
    assert [(one.person_id, one.signed_on) for one in case.meeting.signatures] == [
        ("Maria Ekvall", NOW.date())
    ]
    assert "antecknad" in view.page.became.text()
    assert not view.page.confirm.isVisible()


def test_an_answer_with_nothing_says_so(case: ParcelCase) -> None:
    view = received(case, case.answer())
    assert view.model.rows() == ()
    assert "Inget är ändrat" in view.page._title.text()
    assert not view.all.isEnabled()


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda case, path: path.write_bytes(path.read_bytes()[:-40]), "skadad"),
        (lambda case, path: path.write_bytes(b"PK\x03\x04 inte ett paket"), "inte ett mötespaket"),
        (lambda case, path: path.write_bytes(case.sent.read_bytes()), "inte ett svar"),
        (lambda case, path: case.session.change("Ta bort", case.meeting, None), "finns inte i"),
    ],
    ids=["damaged", "something else", "not an answer", "another meeting"],
)
def test_what_cannot_be_received_is_told_and_changes_nothing(
    case: ParcelCase, make: Callable[[ParcelCase, Path], object], told: str
) -> None:
    answer = case.answer(text_of("i2", "Nytt"))
    make(case, answer)
    meetings = case.session.meetings
    case.window.go("parcel_back", str(answer))
    case.rest()
    view = case.window.current_view()
    assert isinstance(view, ParcelBackView)
    assert told in view.password.fault_text()
    assert view.password.other.isVisible()
    assert case.session.meetings == meetings


def test_a_dropped_answer_is_shown(case: ParcelCase) -> None:
    answer = case.answer(text_of("i2", "Nytt om lokaler."))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(answer))])
    event = QDropEvent(
        QPoint(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    case.window.dropEvent(event)
    case.rest()
    assert case.window.place == "parcel_back"
    assert isinstance(case.window.current_view().model, AnswerModel)  # type: ignore[union-attr]


def test_the_same_answer_again_tells_that_it_has_been_gone_through(case: ParcelCase) -> None:
    answer = case.answer(text_of("i2", "Nytt om lokaler."), text_of("i1", "Annat"))
    view = received(case, answer)
    view.take_current()
    case.window.go("overview")
    again = received(case, answer)
    assert again._strip.isVisible()
    assert "redan" in again._told.text()
    assert len([row for row in again.model.rows() if row.key.startswith("change:")]) == 1


@pytest.mark.parametrize("width", [1440, 980, 800])
def test_the_versions_are_whole_at_every_width(case: ParcelCase, width: int) -> None:
    long = "Styrelsen diskuterar avtalet och vad det kostar i år och nästa år. " * 3
    answer = case.answer(text_of("i2", long + "Hyran är 12 000 kr."))
    change_own(case, text_of("i2", long))
    case.window.resize(width, 720)
    view = received(case, answer)
    case.rest()
    texts = view.page.sides.texts()
    assert [one.height() >= one.heightForWidth(one.width()) for one in texts] == [True] * 3
    lefts = {one.mapTo(view, one.rect().topLeft()).x() for one in texts}
    assert len(lefts) == (3 if width == 1440 else 1), (
        "side by side where there is room, else one below the other"
    )


def test_in_a_file_that_is_only_read_nothing_can_be_taken(case: ParcelCase) -> None:
    answer = case.answer(text_of("i2", "Nytt om lokaler."))
    case.session.close()
    assert case.session.open(case.file, read_only=True)
    view = received(case, answer)
    assert not view.all.isEnabled()
    assert not view.page.take.isVisible()
    QTest.keyClick(view.list, Qt.Key.Key_J)
    assert text(case, "i2") == "Avtalet gäller lokalerna på Torget."
