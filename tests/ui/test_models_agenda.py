"""The agenda model: moves by mouse, keys and undo come to the same thing, and the views keep their place."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, QModelIndex, QPersistentModelIndex, Qt, QUrl
from PySide6.QtTest import QAbstractItemModelTester

from finsam_desktop.domain.agenda import AgendaItem, Attachment, Items
from finsam_desktop.domain.association import Association, Person
from finsam_desktop.domain.catalogue import ItemType
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.ui.models.agenda_model import AgendaModel
from finsam_desktop.ui.models.agenda_rows import agenda_rows, end_time
from finsam_desktop.ui.widgets.rows import RowRole
from finsam_desktop.ui.widgets.states import State

ASSOCIATION = Association(name="Samordningsförbundet Test", people=(Person(id="p1", name="Eva Ek"),))


def item(name: str, *subs: str, minutes: int = 10) -> AgendaItem:
    return AgendaItem(id=name, title=name.upper(), minutes=minutes, sub_items=tuple(item(s) for s in subs))


def meeting(items: Items) -> Meeting:
    return Meeting(date=date(2026, 10, 29), start=time(8, 30), items=items)


class Shown:
    """A model that shows what is asked of it at once, as the session does."""

    def __init__(self, *items: AgendaItem) -> None:
        self.model = AgendaModel()
        self.tester = QAbstractItemModelTester(
            self.model, QAbstractItemModelTester.FailureReportingMode.Fatal
        )
        self.labels: list[str] = []
        self.model.edited.connect(self.change)
        self.show(items)

    def show(self, items: Items) -> None:
        self.model.show(items, agenda_rows(meeting(items), ASSOCIATION, {}))

    def change(self, label: str, items: Items) -> None:
        self.labels.append(label)
        self.show(items)

    def ids(self) -> list[object]:
        return [outline(one) for one in self.model.items]

    def seen(self, parent: QModelIndex | None = None) -> list[object]:
        """What a view would find by asking the model."""
        found: list[object] = []
        parent = parent or QModelIndex()
        for row in range(self.model.rowCount(parent)):
            index = self.model.index(row, 0, parent)
            below = self.seen(index)
            found.append((index.data(RowRole.KEY), below) if below else index.data(RowRole.KEY))
        return found


def outline(one: AgendaItem) -> object:
    return (one.id, [outline(sub) for sub in one.sub_items]) if one.sub_items else one.id


def test_rows_say_number_time_bilaga_and_presenter(qtbot):
    items = (
        item("a", minutes=5),
        AgendaItem(
            id="b",
            title="Avslut",
            type=ItemType.DECISION,
            presenter_id="p1",
            minutes=15,
            attachments=(Attachment(id="f1", title="PM"),),
        ),
    )
    rows = agenda_rows(meeting(items), ASSOCIATION, {"b": State.CONSIDER})
    assert (rows["b"].number, rows["b"].clock, rows["b"].presenter) == ("2", "08.35", "Eva Ek")
    assert [part.text for part in rows["b"].meta] == ["Beslut", "Bilaga\u00a01", "Eva Ek"]
    assert rows["b"].spoken == "2 Avslut, Beslut, Bilaga\u00a01, Eva Ek, klockan 08.35, Att överväga"
    assert rows["a"].formal
    assert end_time(meeting(items)) == time(8, 50)


def test_move_rows_moves_and_keeps_the_persistent_index(qtbot):
    shown = Shown(item("a"), item("b"), item("c"), item("d"))
    kept = QPersistentModelIndex(shown.model.index_of("a"))
    moves: list[int] = []
    shown.model.rowsMoved.connect(lambda *_: moves.append(1))
    assert shown.model.moveRows(QModelIndex(), 0, 1, QModelIndex(), 3)
    assert shown.ids() == shown.seen() == ["b", "c", "a", "d"]
    assert kept.row() == 2
    assert moves == [1], "one row moved, not all between"
    assert shown.labels == ["Flytta ärende 1"]


def test_alt_arrows(qtbot):
    shown = Shown(item("a"), item("b", "b1", "b2"), item("c"))
    assert shown.model.move_by(shown.model.index_of("c"), -1)
    assert shown.seen() == ["a", "c", ("b", ["b1", "b2"])]
    assert shown.model.move_by(shown.model.index_of("b1"), 1)
    assert shown.seen() == ["a", "c", ("b", ["b2", "b1"])]
    assert shown.labels[-1] == "Flytta underpunkt A"
    assert not shown.model.move_by(shown.model.index_of("a"), -1)
    assert not shown.model.move_by(shown.model.index_of("b1"), 1)


def test_demote_and_promote(qtbot):
    shown = Shown(item("a"), item("b"), item("c", "c1"))
    assert shown.model.demote(shown.model.index_of("b"))
    assert shown.seen() == [("a", ["b"]), ("c", ["c1"])]
    assert not shown.model.demote(shown.model.index_of("c")), "an item with sub-items stays"
    assert shown.model.promote(shown.model.index_of("b"))
    assert shown.seen() == ["a", "b", ("c", ["c1"])]
    assert shown.labels == ["Gör ärende 2 till underpunkt", "Gör underpunkt A till eget ärende"]


def drop(shown: Shown, item_id: str, row: int, parent: QModelIndex) -> bool:
    data = shown.model.mimeData([shown.model.index_of(item_id)])
    return shown.model.dropMimeData(data, Qt.DropAction.MoveAction, row, 0, parent)


def test_drop_between_rows_on_a_row_and_after_the_last(qtbot):
    shown = Shown(item("a"), item("b"), item("c"), item("d"))
    drop(shown, "d", 1, QModelIndex())
    assert shown.seen() == ["a", "d", "b", "c"]
    drop(shown, "a", -1, shown.model.index_of("b"))  # on b: takes b's place, never replaces it
    assert shown.seen() == ["d", "b", "a", "c"]
    drop(shown, "d", -1, QModelIndex())
    assert shown.seen() == ["b", "a", "c", "d"]


def test_drop_into_and_out_of_sub_items(qtbot):
    shown = Shown(item("a", "a1"), item("b"), item("c"))
    drop(shown, "b", 0, shown.model.index_of("a"))
    assert shown.seen() == [("a", ["b", "a1"]), "c"]
    drop(shown, "a1", 2, QModelIndex())
    assert shown.seen() == [("a", ["b"]), "c", "a1"]
    assert not drop(shown, "a", 0, shown.model.index_of("c")), "sub-items have no sub-items"
    assert shown.seen() == [("a", ["b"]), "c", "a1"]


def test_files_dropped_on_an_item(qtbot, tmp_path: Path):
    shown = Shown(item("a"), item("b"))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "PM.docx"))])
    got: list[tuple[list[Path], str]] = []
    shown.model.files_dropped.connect(lambda paths, item_id: got.append((paths, item_id)))
    assert shown.model.dropMimeData(data, Qt.DropAction.CopyAction, -1, -1, shown.model.index_of("b"))
    assert got == [([tmp_path / "PM.docx"], "b")]
    assert shown.seen() == ["a", "b"]


def test_nothing_moves_when_the_minutes_are_locked(qtbot):
    shown = Shown(item("a"), item("b"))
    shown.model.set_editable(False)
    assert not shown.model.move_by(shown.model.index_of("b"), -1)
    assert not drop(shown, "b", 0, QModelIndex())
    assert not shown.model.flags(shown.model.index_of("a")) & Qt.ItemFlag.ItemIsDragEnabled


def test_rename_in_the_list(qtbot):
    shown = Shown(item("a"), item("b", "b1"))
    assert shown.model.setData(shown.model.index_of("b1"), " Ny rubrik ")
    assert shown.model.index_of("b1").data() == "Ny rubrik"
    assert not shown.model.setData(shown.model.index_of("b1"), "   "), (
        "a heading is never emptied by accident"
    )


@st.composite
def outlines(draw: st.DrawFn) -> Items:
    names = draw(st.permutations("abcdefgh"))
    names = names[: draw(st.integers(0, 8))]
    items: list[AgendaItem] = []
    for name in names:
        if items and draw(st.booleans()):
            above = items.pop()
            subs = (*(sub.id for sub in above.sub_items), name)
            items.append(item(above.id, *subs))
        else:
            items.append(item(name))
    return tuple(items)


@given(before=outlines(), after=outlines())
def test_any_agenda_can_follow_any_other(qapp, before: Items, after: Items):
    shown = Shown(*before)
    kept = {one: QPersistentModelIndex(shown.model.index_of(one)) for one in "abcdefgh"}
    shown.show(after)
    assert shown.seen() == [outline(one) for one in after]
    for name, index in kept.items():
        if index.isValid():
            assert index.data(RowRole.KEY) == name
