"""An item sent to and received from other associations, and their answers, in the real window."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from finsam_desktop.ui.main_window import MainWindow
from finsam_desktop.ui.views.meeting.page import MeetingPage
from finsam_desktop.ui.views.meeting.place import MeetingView


def opened(window: MainWindow, target: str) -> MeetingPage:
    window.go("meeting", target)
    view = window.current_view()
    assert isinstance(view, MeetingView)
    assert view.page is not None
    return view.page


def test_an_item_is_sent_shown_received_and_undone(window: MainWindow, tmp_path: Path) -> None:
    page = opened(window, "2026-10-29/dagordning/p08")
    path = tmp_path / "samråd.finsam-arende"
    page.joint._item_id = "p08"
    page.joint.save(path)
    assert path.exists()
    page = opened(window, "2026-11-26")
    before = page.desk.meeting
    box = page.joint.show_received(path)
    assert box is not None
    assert "Sammankallande part för medlemssamråd" in box.text()
    assert page.desk.meeting == before
    box.buttons()[0].click()
    assert len(page.desk.meeting.items) == len(before.items) + 1
    assert page.agenda().editor.item_id not in {item.id for item in before.items}
    window.session.undo()
    assert page.desk.meeting == before
    box.close()


def test_a_file_that_is_no_item_is_told_and_changes_nothing(window: MainWindow, tmp_path: Path) -> None:
    page = opened(window, "2026-11-26")
    before = page.desk.meeting
    odd = tmp_path / "odd.finsam-arende"
    odd.write_bytes(b"PK\x03\x04")
    assert page.joint.show_received(odd) is None
    assert page.desk.meeting == before
    assert window.strip.notice is not None
    assert "togs inte emot" in window.strip.notice.text


def test_the_other_boards_answers_are_recorded_also_after_the_adjustment(window: MainWindow) -> None:
    page = opened(window, "2026-10-29/dagordning/p08")
    joint = page.agenda().editor.joint
    boards = page.desk.item("p08").joint  # type: ignore[union-attr]
    joint.add_board()
    row = joint.rows[-1]
    row.association.setText("Förbundet Norr")
    row.association.flush()
    row.answer.set_value(True)
    row.answer.chosen.emit(True)
    row.decided.setText("2026-11-05")
    row.decided.editingFinished.emit()
    row.paragraph.setText("44")
    row.paragraph.editingFinished.emit()
    item = page.desk.item("p08")
    assert item is not None
    added = item.joint[-1]
    assert (added.association, added.agreed, added.decided_on, added.paragraph) == (
        "Förbundet Norr",
        True,
        date(2026, 11, 5),
        44,
    )
    joint._dropped(row)
    item = page.desk.item("p08")
    assert item is not None
    assert item.joint == boards
