"""The places in the real window with the example association: they show what the values say, and lead on."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QAbstractItemView
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from finsam_desktop.domain.association import Association, MemberKind, Role
from finsam_desktop.domain.meeting import Meeting, MeetingState
from finsam_desktop.ui.main_window import MainWindow
from finsam_desktop.ui.models.cells_model import CellsModel, TableCell, TableColumn
from finsam_desktop.ui.models.row_model import Row, RowModel
from finsam_desktop.ui.views.association.place import AssociationView
from finsam_desktop.ui.views.decisions.place import DecisionsView
from finsam_desktop.ui.views.handbook import HandbookView
from finsam_desktop.ui.views.meetings import MeetingsView
from finsam_desktop.ui.views.overview import place as overview
from finsam_desktop.ui.views.overview.place import OverviewView
from finsam_desktop.ui.views.year_wheel.place import YearWheelView
from finsam_desktop.ui.widgets.charts import EquityBar
from finsam_desktop.ui.widgets.rows import RowRole
from finsam_desktop.ui.widgets.states import State


def titles(view: QAbstractItemView) -> list[str]:
    model = view.model()
    return [str(model.index(row, 0).data(RowRole.TITLE)) for row in range(model.rowCount())]


def at(view: QAbstractItemView, title: str) -> int:
    return next(i for i, text in enumerate(titles(view)) if title in text)


def go(window: MainWindow, place: str, kind: type, target: str = ""):
    window.go(place, target)
    view = window.current_view()
    assert isinstance(view, kind)
    worked_out(window)
    return view


def worked_out(window: MainWindow) -> None:
    """Wait for what is worked out in the background."""
    for _ in range(400):
        loop = QEventLoop()
        QTimer.singleShot(10, loop.quit)
        loop.exec()
        if not window.jobs.running():
            return
    raise AssertionError("the background work does not end")


# -- Sammanträden ---------------------------------------------------------------------------------------------


def test_meetings_stand_by_year_the_latest_first(window: MainWindow) -> None:
    view = go(window, "meetings", MeetingsView)
    assert titles(view._list) == [
        "2026",
        "Torsdag 26\u00a0november",
        "Torsdag 29\u00a0oktober",
        "Torsdag 17\u00a0september",
        "Onsdag 22\u00a0april",
    ]
    meta = view._list.model().index(2, 0).data(RowRole.META)
    assert meta[0].text == "Anslaget"
    assert meta[-1].text == "§§\u00a061–75"


def test_enter_opens_the_meeting(window: MainWindow, qtbot: QtBot) -> None:
    view = go(window, "meetings", MeetingsView)
    view._list.setCurrentIndex(view._list.model().index(2, 0))
    qtbot.keyClick(view._list, Qt.Key.Key_Return)
    assert window.place == "meeting"
    assert window.current_view().head().title == "Styrelsens sammanträde 29\u00a0oktober 2026"


def test_arrows_pass_over_the_year(window: MainWindow, qtbot: QtBot) -> None:
    window.session.change("Nytt", None, Meeting(id="nytt", date=dt.date(2027, 2, 4)))
    view = go(window, "meetings", MeetingsView)
    rows = view._list.model()
    years = [row for row in range(rows.rowCount()) if rows.index(row, 0).data(RowRole.HEADING)]
    assert years[:2] == [0, 2]
    view._list.setCurrentIndex(rows.index(1, 0))
    for key, row in ((Qt.Key.Key_Down, 3), (Qt.Key.Key_Up, 1), (Qt.Key.Key_Up, 1), (Qt.Key.Key_Home, 1)):
        qtbot.keyClick(view._list, key)
        assert view._list.currentIndex().row() == row
        assert view._list.selectionModel().isSelected(rows.index(row, 0))
    qtbot.keyClick(view._list, Qt.Key.Key_End)
    assert view._list.currentIndex().row() == rows.rowCount() - 1
    qtbot.keyClick(view._list, Qt.Key.Key_PageUp)
    assert view._list.currentIndex().row() not in (-1, *years)


def test_a_new_meeting_comes_with_its_frame(window: MainWindow, qtbot: QtBot) -> None:
    view = go(window, "meetings", MeetingsView, "ny")
    form = view._form
    assert form.isVisible()
    assert form._start.value() == dt.time(8, 30)
    form._date.setText("2027-02-11")
    form._date.editingFinished.emit()
    qtbot.mouseClick(form.button, Qt.MouseButton.LeftButton)
    made = next(m for m in window.session.meetings if m.date == dt.date(2027, 2, 11))
    assert made.items[0].title == "Mötets öppnande"
    assert made.items[-1].title == "Mötets avslutande"
    assert window.place == "meeting"
    assert window.session.undo_label == "Nytt sammanträde 2027-02-11"
    window.session.undo()
    assert made not in window.session.meetings


def test_a_new_meeting_without_a_date_says_so(window: MainWindow, qtbot: QtBot) -> None:
    view = go(window, "meetings", MeetingsView, "ny")
    before = window.session.meetings
    qtbot.mouseClick(view._form.button, Qt.MouseButton.LeftButton)
    assert window.session.meetings == before
    assert "datum" in view._form._date.accessibleDescription()


def test_esc_in_any_field_takes_back_a_new_meeting(window: MainWindow, qtbot: QtBot) -> None:
    view = go(window, "meetings", MeetingsView, "ny")
    before = window.session.meetings
    for field in (view._form._date, view._form._kind, view._form._place, view._form.button):
        view._ask()
        qtbot.keyClick(field, Qt.Key.Key_Escape)
        assert not view._form.isVisible(), field.accessibleName()
        assert view._new.isEnabled()
    assert window.session.meetings == before


def test_no_meetings_explains_itself(window: MainWindow, tmp_path) -> None:
    assert window.session.create(tmp_path / "tomt.finsam", Association(name="Tomma förbundet"))
    view = go(window, "meetings", MeetingsView)
    assert view._stack.currentIndex() == 1
    view._empty.action_pressed.emit()
    assert view._form.isVisible()


# -- Översikt -------------------------------------------------------------------------------------------------


def test_overview_answers_what_is_next_and_what_is_lacking(window: MainWindow) -> None:
    view = go(window, "overview", OverviewView)
    assert view._when.text() == "Nästa sammanträde, om 4\u00a0dagar"
    assert view._title.text() == "Styrelsen torsdag 26\u00a0november 2026"
    left = titles(view._left_list)
    assert "Beslutsärende utan förslag till beslut" in left
    assert "Bilaga 3 saknas" in left
    assert view.status().must_mend == 2
    assert "30\u00a0november" in view.status().deadline


def test_overview_follows_a_change_at_once(window: MainWindow) -> None:
    view = go(window, "overview", OverviewView)
    meeting = window.session.meeting("2026-11-26")
    window.session.change("Flytta", meeting, replace(meeting, date=dt.date(2026, 12, 3)))
    worked_out(window)
    assert "3\u00a0december" in view._title.text()
    window.session.undo()
    worked_out(window)
    assert "26\u00a0november" in view._title.text()


def test_overview_shows_the_money_as_the_table_has_it(window: MainWindow) -> None:
    view = go(window, "overview", OverviewView)
    model = view._table_model
    rows = {
        model.index(r, 0).data(): [model.index(r, c).data() for c in (1, 2, 3)]
        for r in range(model.rowCount())
    }
    assert rows["Summa kostnader"][0] == "−12\u00a0635"
    assert rows["Resultat"][0] == "−1\u00a0146"
    assert rows["Resultat"][2] == "−286"
    assert "1\u00a0724" in view._equity.accessibleDescription()
    assert "2\u00a0074" in view._equity_note.text()


def test_a_row_of_what_remains_leads_to_its_item(window: MainWindow) -> None:
    view = go(window, "overview", OverviewView)
    row = at(view._left_list, "Beslutsärende utan förslag")
    view._left_list.opened.emit(view._left_list.model().index(row, 0))
    assert window.place == "meeting"


def test_a_tabled_item_waits_until_it_comes_up_again(window: MainWindow) -> None:
    column = go(window, "overview", OverviewView)._open
    assert not column.left.rows()
    assert not column._left_head.isVisibleTo(column)
    meeting = window.session.meeting("2026-11-26")
    kept = tuple(item for item in meeting.items if item.title != "Upphandling av revisionsstöd")
    window.session.change("Ta bort", meeting, replace(meeting, items=kept))
    worked_out(window)
    assert [row.title for row in column.left.rows()] == ["Upphandling av revisionsstöd"]


def test_open_assignments_come_with_the_overdue_first_and_lead_to_the_register(window: MainWindow) -> None:
    column = go(window, "overview", OverviewView)._open
    first = column.assignments.rows()[0]
    assert first.title == "Dokumentera riskanalysen till internkontrollplanen"
    assert [part.text for part in first.meta if not isinstance(part, str)] == [
        "Ekonomen",
        "10 dagar försenat",
    ]
    column._follow_assignment(column.assignments.index(0))
    view = window.current_view()
    assert isinstance(view, DecisionsView)
    assert view.register.form._entry is not None
    assert view.register.form._entry.item.id == "q06"


def test_what_the_law_wants_of_the_year_goes_when_it_is_done(window: MainWindow) -> None:
    column = go(window, "overview", OverviewView)._open
    assert "Samråd med medlemmarna om budgeten" in [row.title for row in column.tasks.rows()]
    meeting = window.session.meeting("2026-11-26")
    window.session.change("Samråd", meeting, replace(meeting, consulted_on=dt.date(2026, 11, 10)))
    worked_out(window)
    assert "Samråd med medlemmarna om budgeten" not in [row.title for row in column.tasks.rows()]


@pytest.mark.parametrize("size", [(1440, 900), (1280, 800)])
def test_all_of_overview_is_seen_at_once(window: MainWindow, size: tuple[int, int], qtbot: QtBot) -> None:
    window.resize(*size)
    view = go(window, "overview", OverviewView)
    worked_out(window)
    qtbot.waitUntil(lambda: not view._page.verticalScrollBar().isVisible())
    parts = (view._chart, view._table, view._equity, view._equity_note, view._timeline, view._open._task_list)
    for part in parts:
        bottom = part.mapTo(view, part.rect().bottomLeft()).y()
        assert 0 < bottom < view.height(), part.accessibleName()
    said = [view._table_model.index(row, 0).data() for row in range(view._table_model.rowCount())]
    assert {"Summa intäkter", "Summa kostnader", "Resultat"} <= set(said)
    assert ("Fyrpartssamverkan" in said) is (size == (1440, 900))
    window.resize(1440, 900)
    assert view._table_model.rowCount() > 6


def test_no_view_is_shown_again_while_its_file_is_closed(window: MainWindow) -> None:
    shown = []
    for place, target in (("association", "personer"), ("decisions", ""), ("overview", "")):
        window.go(place, target)
        worked_out(window)
        shown.append(window.current_view())
    before = window.session.association
    assert window.session.change("Byt namn", before, replace(before, name="Samordningsförbundet Nybygden"))
    seen: list[object] = []
    watch = _Shown(seen)
    for view in shown:
        view.installEventFilter(watch)
    window.session.close()
    assert seen == []


class _Shown(QObject):
    """Notes what is shown."""

    def __init__(self, seen: list[object]) -> None:
        super().__init__()
        self._seen = seen

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show:
            self._seen.append(watched)
        return False


def test_dates_come_before_advice_in_what_remains(window: MainWindow) -> None:
    window.resize(1440, 1100)
    view = go(window, "overview", OverviewView)
    worked_out(window)
    states = [row.leading for row in view._left.rows() if row.leading is not State.NONE]
    assert states == sorted(states, key=list(overview._FIRST).index)
    assert State.MUST_MEND in states


def test_charts_lead_to_their_figures_by_click_and_key(window: MainWindow) -> None:
    view = go(window, "overview", OverviewView)
    view._chart.setFocus()
    QTest.keyClick(view._chart, Qt.Key.Key_Return)
    assert window.place == "meeting"
    assert window.current_view().page.agenda().item_id == view._facts.economy.item.id
    view = go(window, "overview", OverviewView)
    view._equity.setFocus()
    QTest.keyClick(view._equity, Qt.Key.Key_Left)
    assert "2025, utfall" in view._equity.accessibleName()
    QTest.mouseClick(view._equity, Qt.MouseButton.LeftButton, pos=view._equity.rect().center() / 3)
    assert window.place == "meeting"
    view = go(window, "overview", OverviewView)
    view._equity.set_bars((EquityBar(year=2027, amount=Decimal(1), cap=None, forecast=True),))
    QTest.keyClick(view._equity, Qt.Key.Key_Space)
    assert window.place == "figures", "a bar without an item leads to the years of economy"


def test_overview_of_an_empty_association(window: MainWindow, tmp_path) -> None:
    assert window.session.create(tmp_path / "tomt.finsam", Association(name="Tomma förbundet"))
    view = go(window, "overview", OverviewView)
    assert view._no_meeting.isVisibleTo(view)
    assert not view._economy_band.isVisibleTo(view)
    assert view.status().must_mend == 0


# -- Beslut ---------------------------------------------------------------------------------------------------


def test_decisions_are_found_by_word_and_by_paragraph(window: MainWindow) -> None:
    register = go(window, "decisions", DecisionsView).register
    everything = titles(register.list)
    assert "Sammankallande part för medlemssamråd" in everything
    register.search.setText("§67")
    assert [t for t in titles(register.list) if "oktober" not in t] == [
        "Långsiktig finansiering av Nätverket Samordning och ombud vid medlemsmöte"
    ]
    register.search.setText("")
    assert titles(register.list) == everything


def test_a_decision_leads_to_its_paragraph(window: MainWindow) -> None:
    register = go(window, "decisions", DecisionsView).register
    register.choose("p09")
    register.form._show_meeting()
    assert window.place == "meeting"


# -- Årshjul --------------------------------------------------------------------------------------------------


def test_the_year_has_every_month_its_meetings_and_the_lawful_days(window: MainWindow) -> None:
    view = go(window, "year_wheel", YearWheelView)
    shown = titles(view.list)
    assert [t for t in shown if t in ("Januari", "Juni", "December")] == ["Januari", "Juni", "December"]
    assert any("29\u00a0oktober" in t for t in shown)
    assert {"Årsredovisning 2025 klar", "Budget 2027 fastställd"} <= set(titles(view.tasks))
    assert not any("{" in t for t in shown)


# -- Förbundet ------------------------------------------------------------------------------------------------


def test_a_fact_of_the_association_is_changed_and_undone(window: MainWindow, qtbot: QtBot) -> None:
    view = go(window, "association", AssociationView)
    _, field = view.facts._fields["seat"]
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "Nyby")
    view.flush()
    assert window.session.association.seat == "Nyby"
    window.session.undo()
    assert window.session.association.seat == "Exempelby"
    assert field.text() == "Exempelby"


def test_the_contribution_takes_an_amount_as_people_write_it(window: MainWindow) -> None:
    view = go(window, "association", AssociationView)
    view.facts._take_contribution("11 490 000,50 kr")
    assert window.session.association.rules.contribution == Decimal("11490000.50")
    view.facts._take_contribution("mycket")
    assert window.session.association.rules.contribution == Decimal("11490000.50")
    assert "belopp" in view.facts._contribution.accessibleDescription()


def test_a_member_is_added_changed_and_removed(window: MainWindow, qtbot: QtBot) -> None:
    view = go(window, "association", AssociationView, "medlemmar")
    register = view.members
    register.add()
    register._name.selectAll()
    qtbot.keyClicks(register._name, "Granby kommun")
    register.flush()
    added = window.session.association.members[-1]
    assert (added.name, added.kind) == ("Granby kommun", MemberKind.MUNICIPALITY)
    register.remove()
    assert added.id not in {m.id for m in window.session.association.members}
    window.session.undo()
    assert added in window.session.association.members


def test_text_being_typed_belongs_to_the_person_shown(window: MainWindow, qtbot: QtBot) -> None:
    """Regression: choosing another person must not write the first one's text into the second."""
    view = go(window, "association", AssociationView, "personer/askvist")
    register = view.people
    register._phone.selectAll()
    qtbot.keyClicks(register._phone, "070-1")
    register.choose("tallhed")
    people = {p.id: p for p in window.session.association.people}
    assert people["askvist"].phone == "070-1"
    assert people["tallhed"].phone == ""
    assert register._name.text() == "Peter Tallhed"


def test_a_new_person_gets_an_appointment(window: MainWindow, qtbot: QtBot) -> None:
    view = go(window, "association", AssociationView, "personer")
    register = view.people
    register.add()
    qtbot.keyClicks(register._name, "Ylva Ek")
    register._role.set_value(Role.DEPUTY)
    register._role.chosen.emit(Role.DEPUTY)
    person = window.session.association.people[-1]
    appointment = window.session.association.appointments[-1]
    assert person.name == "Ylva Ek"
    assert (appointment.person_id, appointment.role) == (person.id, Role.DEPUTY)


# -- Handbok --------------------------------------------------------------------------------------------------


def test_the_handbook_opens_every_page(window: MainWindow) -> None:
    view = go(window, "handbook", HandbookView)
    model = view._list.model()
    assert model.rowCount() >= 5
    for row in range(model.rowCount()):
        view._list.setCurrentIndex(model.index(row, 0))
        assert len(view._browser.toPlainText()) > 200
        assert "**" not in view._browser.toPlainText()
    view.show_target("siffror")
    assert "Siffror ur Excel" in view._browser.toPlainText()


# -- models ---------------------------------------------------------------------------------------------------


def test_plain_models_keep_qts_rules() -> None:
    rows = RowModel((Row(title="Ett", key="1"),))
    tester = QAbstractItemModelTester(rows, QAbstractItemModelTester.FailureReportingMode.Fatal)
    rows.set_rows((Row(title="Ett", key="1"), Row(title="Grupp", heading=True), Row(title="Två", key="2")))
    assert rows.row_of("2") == 2
    assert rows.row_of("") == -1
    assert not rows.flags(rows.index(1)) & Qt.ItemFlag.ItemIsSelectable
    cells = CellsModel((TableColumn(title="Post"), TableColumn(title="tkr", right=True)))
    cell_tester = QAbstractItemModelTester(cells, QAbstractItemModelTester.FailureReportingMode.Fatal)
    cells.set_table(
        (TableColumn(title="Post"), TableColumn(title="tkr", right=True)),
        ((TableCell(text="Resultat"), TableCell(text="−286", sum=True)),),
    )
    assert cells.index(0, 1).data(Qt.ItemDataRole.AccessibleTextRole) == "tkr: −286"
    del tester, cell_tester


def test_every_state_has_a_place_in_the_list(window: MainWindow) -> None:
    view = go(window, "meetings", MeetingsView)
    meeting = window.session.meeting("2026-11-26")
    for state in MeetingState:
        changed = replace(meeting, state=state)
        window.session.change("Läge", meeting, changed)
        meeting = changed
    assert titles(view._list)[1] == "Torsdag 26\u00a0november"


def test_an_overview_that_is_gone_when_it_has_been_worked_out_says_nothing(
    window: MainWindow, qtbot: QtBot
) -> None:
    gone = go(window, "overview", OverviewView)
    gone._refresh()
    assert window.jobs.running()
    window._forget_views()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qtbot.waitUntil(lambda: not window.jobs.running(), timeout=20_000)
    assert not isValid(gone), "and what it was told of came to nobody: an error here fails the test"
