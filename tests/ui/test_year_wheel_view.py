"""Årshjul in the real window: picture and list, months edited in place, a year proposed, the paper."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import pypdfium2
from PySide6.QtCore import QPointF, Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from finsam_desktop.domain.year_wheel import Standing
from finsam_desktop.ui.main_window import MainWindow
from finsam_desktop.ui.views.meeting.place import MeetingView
from finsam_desktop.ui.views.year_wheel.place import YearWheelView
from finsam_desktop.ui.widgets import wheel
from finsam_desktop.ui.year_print import print_year
from tests.system.meeting_hands import settle


def opened(window: MainWindow, target: str = "") -> YearWheelView:
    window.go("year_wheel", target)
    view = window.current_view()
    assert isinstance(view, YearWheelView)
    settle(5)
    return view


def key_of(view: YearWheelView, template_id: str) -> str:
    return next(key for key in view._entries if key.startswith(f"{template_id}:"))


def test_everything_in_the_picture_is_reached_by_arrows_and_said_in_words(window: MainWindow) -> None:
    view = opened(window)
    picture = view.picture
    picture.setFocus()
    QTest.keyClick(picture, Qt.Key.Key_Home)
    seen = {picture.current}
    for _ in range(len(picture.stops()) - 1):
        QTest.keyClick(picture, Qt.Key.Key_Right)
        seen.add(picture.current)
        assert picture.accessibleName().startswith("Årshjul 2026. ")
        assert len(picture.accessibleName()) > len("Årshjul 2026. ")
    assert seen == set(picture.stops())
    meetings = {f"meeting:{m.id}" for m in window.session.meetings if m.date.year == 2026}
    assert meetings <= seen
    assert "Budgetsammanträde torsdag 26\u00a0november" in picture.accessibleDescription()


def test_a_click_on_a_month_goes_there_in_the_list(window: MainWindow) -> None:
    view = opened(window)
    picture = view.picture
    scale = picture._scale()
    march = wheel.point_at(75, (wheel.INNER + wheel.OUTER) / 2)
    place = QPointF(picture.width() / 2 + march.x() * scale, (wheel.HALF_HEIGHT + march.y()) * scale)
    assert picture.hit(place) == "month:3"
    QTest.mouseClick(picture, Qt.MouseButton.LeftButton, pos=place.toPoint())
    assert picture.content.month == 3
    entry = view._entry()
    assert entry is not None
    assert entry.month == 3


def test_enter_on_a_meeting_in_the_picture_opens_it(window: MainWindow) -> None:
    view = opened(window)
    view.picture.setFocus()
    view.picture._at = view.picture.stops().index("meeting:2026-11-26")
    QTest.keyClick(view.picture, Qt.Key.Key_Return)
    assert window.current_view() is not view


def test_marks_lie_on_the_day_and_periods_never_overlap_in_a_lane() -> None:
    assert wheel.angle_of(date(2026, 1, 1)) < 1
    assert 359 < wheel.angle_of(date(2026, 12, 31)) < 360
    angles = [wheel.angle_of(date(2026, month, 15)) for month in range(1, 13)]
    assert all(28 < later - earlier < 32 for earlier, later in pairwise(angles))
    periods = (
        wheel.WheelPeriod(title="a", first=1, last=3),
        wheel.WheelPeriod(title="b", first=3, last=5),
        wheel.WheelPeriod(title="c", first=4, last=6),
    )
    assert wheel.lanes(periods) == {"a": 0, "b": 1, "c": 0}


def test_months_are_edited_in_place_and_undone(window: MainWindow) -> None:
    view = opened(window, "behovsanalys")
    entry = view._entry()
    assert entry is not None
    assert entry.template.months == (6,)
    view.panel.boxes[8].click()
    assert view._entries["behovsanalys:9"].template.months == (6, 9)
    for box in (5, 8):
        view.panel.boxes[box].click()
    assert window.session.association.item_templates[0].months  # the last month stays
    assert "minst en månad" in (window.strip.notice.text if window.strip.notice else "")
    while window.session.undo_label:
        window.session.undo()
    assert window.session.association.item_templates == ()
    assert view._entries["behovsanalys:6"].template.months == (6,)


def test_an_item_is_added_to_the_agenda_before_the_closing_frame(window: MainWindow) -> None:
    view = opened(window)
    key = next(k for k, e in view._entries.items() if e.standing is Standing.TO_PLACE)
    view._choose(f"template:{key}")
    before = window.session.meeting("2026-11-26")
    view._add()
    after = window.session.meeting("2026-11-26")
    assert len(after.items) == len(before.items) + 1
    assert after.items[-1] == before.items[-1]
    assert view._entries[key].standing is Standing.ON_AGENDA
    window.session.undo()
    assert window.session.meeting("2026-11-26") == before


def test_a_year_is_proposed_and_made_as_one_step(window: MainWindow) -> None:
    view = opened(window, "föreslå")
    assert view.plan.year.value() == 2027
    view.plan.avoid.setText("2027-11-18, 7 oktober")
    view.plan.avoid.flush()
    days = {one.date for one in view.plan.proposed}
    assert not days & {date(2027, 11, 18), date(2027, 10, 7)}
    view.plan.avoid.setText("i höst")
    view.plan.avoid.flush()
    assert view.plan.wishes().avoid == ()
    assert "går inte att läsa" in view.plan.avoid.accessibleDescription()
    view.plan.avoid.setText("")
    view.plan.avoid.flush()
    before = window.session.meetings
    view.plan.button.click()
    assert len(window.session.meetings) == len(before) + len(days)
    assert view._year == 2027
    assert view.stack.currentIndex() == 0
    window.session.undo()
    assert window.session.meetings == before


def test_what_remains_of_the_year_leads_to_its_place(window: MainWindow) -> None:
    view = opened(window)
    place = view._tasks_model.row_of("samrad")
    view._follow_task(view._tasks_model.index(place))
    shown = window.current_view()
    assert isinstance(shown, MeetingView)
    assert shown.page is not None
    assert shown.page.step == "kallelse"


def test_the_models_behave(window: MainWindow) -> None:
    view = opened(window)
    for model in (view._model, view._tasks_model, view.plan._model):
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    view._year_after()
    view._year_before()
    assert view._year == 2026


def test_the_year_is_printed_with_picture_and_list(window: MainWindow, tmp_path: Path) -> None:
    view = opened(window)
    assert view._wheel is not None
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "årshjul.pdf"))
    print_year(printer, view._wheel, view.picture.content, window.session.association.name)
    pdf = pypdfium2.PdfDocument(tmp_path / "årshjul.pdf")
    text = "".join(page.get_textpage().get_text_range() for page in pdf)
    assert "årshjul 2026" in text
    assert "Tertialrapport 2, januari–augusti 2026" in text
    assert len(pdf) <= 2
    pdf.close()


def test_the_plan_of_the_year_is_made_in_word(window: MainWindow, qtbot: QtBot) -> None:
    view = opened(window)
    view.paper.click()
    path = window.session.workspace.path.parent / "Sammanträdesplan 2026.docx"
    qtbot.waitUntil(
        lambda: window.strip.notice is not None and path.name in window.strip.notice.text, timeout=60_000
    )
    assert path.exists()
    view._show_year(2031)
    assert not view.paper.isEnabled()
