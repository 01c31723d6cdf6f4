"""Handlingar as a table: numbers follow from the order, drops say where a bilaga is to go."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, Qt, QUrl
from PySide6.QtTest import QAbstractItemModelTester

from finsam_desktop.domain.agenda import AgendaItem, Attachment
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.ui.models.attachment_model import AttachmentModel, attachment_rows, facts, size_text


def pm(name: str, **more: object) -> Attachment:
    return Attachment(id=name, title=name, file_name=f"{name}.docx", sha256="00", size=1200, **more)


MEETING = Meeting(
    date=date(2026, 10, 29),
    items=(
        AgendaItem(id="a", title="Rapport", attachments=(pm("r1"),)),
        AgendaItem(
            id="b",
            title="Budget",
            attachments=(pm("b1"), Attachment(id="b2", title="Saknad")),
            sub_items=(AgendaItem(id="b-a", title="Del", attachments=(pm("b3", confidential=True),)),),
        ),
    ),
)


@pytest.fixture
def model(qapp):
    model = AttachmentModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    model.show(attachment_rows(MEETING))
    return model


def test_rows_in_order_with_item_and_state(model):
    rows = attachment_rows(MEETING)
    assert [(row.number, row.item, row.state) for row in rows] == [
        ("1", "1 Rapport", "Finns"),
        ("2", "2 Budget", "Finns"),
        ("3", "2 Budget", "Filen saknas"),
        ("4", "2A Budget", "Sekretess"),
    ]
    assert rows[0].spoken == "Bilaga 1 r1, ärende 1 Rapport, Word, 1\u00a0kB, Finns"
    assert [model.index(2, c).data() for c in range(6)] == ["3", "Saknad", "2 Budget", "", "", "Filen saknas"]


def test_a_new_title_refreshes_without_reset(model, qtbot):
    renamed = replace(pm("r1"), title="Tertialrapport")
    items = (replace(MEETING.items[0], attachments=(renamed,)), *MEETING.items[1:])
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        model.show(attachment_rows(replace(MEETING, items=items)))
    assert model.index_of("r1").data() == "Tertialrapport"


def test_dropping_a_bilaga_on_another(model, qtbot):
    data = model.mimeData([model.index_of("r1")])
    with qtbot.waitSignal(model.moved) as moved:
        assert model.dropMimeData(data, Qt.DropAction.MoveAction, -1, -1, model.index_of("b2"))
    assert moved.args == ["r1", "b", 1]


def test_dropping_files(model, qtbot, tmp_path: Path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "ny.pdf"))])
    with qtbot.waitSignal(model.files_dropped) as dropped:
        model.dropMimeData(data, Qt.DropAction.CopyAction, -1, -1, QModelIndex())
    assert dropped.args == [[tmp_path / "ny.pdf"], ""]
    with qtbot.waitSignal(model.files_dropped) as dropped:
        model.dropMimeData(data, Qt.DropAction.CopyAction, -1, -1, model.index_of("b1"))
    assert dropped.args[1] == "b"


def test_renaming(model, qtbot):
    with qtbot.waitSignal(model.renamed) as renamed:
        assert model.setData(model.index_of("b1"), "Budget 2027")
    assert renamed.args == ["b1", "Budget 2027"]
    assert not model.setData(model.index_of("b1"), " ")


def test_locked_numbers(model):
    model.set_editable(False)
    assert not model.flags(model.index_of("b1")) & Qt.ItemFlag.ItemIsEditable


def test_size_and_facts():
    assert [size_text(n) for n in (0, 820, 14_200, 1_240_000)] == [
        "",
        "820\u00a0B",
        "14\u00a0kB",
        "1,2\u00a0MB",
    ]
    assert facts(Attachment(title="x")) == "Filen saknas"
    assert (
        facts(pm("x", pages=2, dated=date(2026, 10, 14)))
        == "2 sidor · Word · 1\u00a0kB · inkom 2026-10-14 · offentlig"
    )
