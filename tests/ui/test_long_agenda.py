"""An agenda of two hundred items, and titles of two thousand characters: opened without waiting."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy
from PySide6.QtWidgets import QStyleOptionViewItem

from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.catalogue import ItemType
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.ui.models.agenda_model import AgendaModel
from finsam_desktop.ui.models.agenda_rows import agenda_rows
from finsam_desktop.ui.models.row_model import Row, RowModel
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.widgets.rows import MAX_LINES, RowDelegate, RowList
from tests.board import association, meeting
from tests.ui.meeting_cases import MeetingCase, draft
from tests.ui.waiting import wait_until


def long(one: Meeting) -> Meeting:
    extra = tuple(AgendaItem(id=f"x{n}", title=f"Ärende {n}", type=ItemType.DECISION) for n in range(200))
    return replace(draft(one), items=(*one.items[:7], *extra, *one.items[7:]))


def test_a_long_agenda_is_shown_before_it_is_checked(qapp: object, tmp_path: Path, no_pages: None) -> None:
    case = MeetingCase(tmp_path, long)
    page = case.page
    assert page.desk._findings == ()
    assert len(page.agenda().tree.model().items) == len(case.meeting.items)
    wait_until(lambda: len(page.finding_states()) >= 200)
    assert len(page.desk.findings()) >= 200
    # The rows of the findings wait until somebody looks at them.
    assert not page.side.findings.list._rows
    page.show_findings()
    assert len(page.side.findings.list._rows) >= 200
    case.close()


def test_a_whole_agenda_is_told_once_and_changes_one_by_one(qapp: object) -> None:
    model = AgendaModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    resets, inserted = QSignalSpy(model.modelReset), QSignalSpy(model.rowsInserted)
    whole = long(meeting(AgendaItem(id="a", title="A", sub_items=(AgendaItem(id="b", title="B"),))))
    model.show(whole.items, agenda_rows(whole, association(), {}))
    assert (resets.count(), inserted.count()) == (1, 0)
    assert model.item_id(model.index(0, 0, model.index_of("a"))) == "b"
    more = replace(whole, items=(*whole.items, AgendaItem(id="sist", title="Sist")))
    model.show(more.items, agenda_rows(more, association(), {}))
    assert (resets.count(), inserted.count()) == (1, 1)
    model.show((), {})
    assert model.rowCount() == 0


@pytest.mark.parametrize("length", [1, 60, 2000])
def test_a_title_fills_at_most_three_lines(qapp: object, length: int) -> None:
    shown = RowList("Prov", delegate=RowDelegate())
    model = RowModel((Row(title="Ord " * (length // 4 + 1), key="a", meta="Beslut"),), parent=shown)
    shown.setModel(model)
    shown.resize(320, 400)
    delegate = shown.itemDelegate()
    assert isinstance(delegate, RowDelegate)
    layout = delegate._lay_out_title(current_theme(), model.index(0), 200.0, False)
    assert layout.lineCount() <= MAX_LINES
    assert layout.text().endswith("…") == (length == 2000)
    height = delegate.sizeHint(QStyleOptionViewItem(), model.index(0)).height()
    line = QFontMetricsF(current_theme().font("body_medium")).height()
    assert height < 6 * line
    # Nothing is lost for a screen reader.
    spoken = model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert len(spoken) >= length


def test_one_endless_word_is_cut_too(qapp: object) -> None:
    shown = RowList("Prov", delegate=RowDelegate())
    model = RowModel((Row(title="x" * 2000, key="a"),), parent=shown)
    shown.setModel(model)
    delegate = shown.itemDelegate()
    assert isinstance(delegate, RowDelegate)
    assert delegate._lay_out_title(current_theme(), model.index(0), 200.0, False).lineCount() <= MAX_LINES
