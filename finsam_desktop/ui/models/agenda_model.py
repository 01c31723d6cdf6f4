"""The agenda as a tree model: items with their sub-items. The model shows a value; it never changes one.

A move by the mouse, by Alt+arrow or by undo comes down to `show` with another order, which tells the views
with begin/endMoveRows, so that selection and focus stay on the same item. `moveRows` and `dropMimeData` only
say what the user wants, through `edited` and `files_dropped`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from finsam_desktop.domain import agenda
from finsam_desktop.domain.agenda import AgendaItem, Items
from finsam_desktop.ui.models.agenda_rows import AgendaRow
from finsam_desktop.ui.widgets.rows import RowRole

MIME_TYPE = "application/x-finsam-agenda-item"
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()

_ROW_DATA: dict[int, Callable[[AgendaRow], Any]] = {
    RowRole.NUMBER: lambda row: row.number,
    RowRole.TITLE: lambda row: row.title,
    RowRole.META: lambda row: row.meta,
    RowRole.STATE: lambda row: row.state,
    RowRole.TIME: lambda row: row.clock,
    RowRole.QUIET: lambda row: row.formal,
    RowRole.CHILD: lambda row: row.sub_item,
    RowRole.KEY: lambda row: row.item_id,
}


class _Node:
    """One row; kept by the model because a QModelIndex keeps no reference to what it points at."""

    __slots__ = ("children", "item_id", "parent")

    def __init__(self, item_id: str, parent: _Node | None) -> None:
        self.item_id = item_id
        self.parent = parent
        self.children: list[_Node] = []


class AgendaModel(QAbstractItemModel):
    """Items and sub-items in order.

    ``edited(label, items)`` asks for another order; ``files_dropped(paths, item_id)`` for new bilagor, with
    an empty id when they were dropped beside the items.
    """

    edited = Signal(str, object)
    files_dropped = Signal(list, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._root = _Node("", None)
        self._nodes: dict[str, _Node] = {}
        self._items: Items = ()
        self._rows: dict[str, AgendaRow] = {}
        self._chosen = ""
        self._editable = True

    # -- what is shown --------------------------------------------------------------------------------

    def show(self, items: Items, rows: Mapping[str, AgendaRow]) -> None:
        """Show these items, telling the views only what differs."""
        before = self._rows
        if not self._items:
            self._show_first(items, rows)
            return
        self._rows = {**before, **rows}
        self._items = items
        self._arrange(self._root, items)
        for item in agenda.walk(items):
            self._arrange(self._nodes[item.id], item.sub_items)
        # What is left behind the wanted rows goes last, when nothing that stays is below it any more.
        self._drop_stale(self._root, len(items))
        for item in agenda.walk(items):
            self._drop_stale(self._nodes[item.id], len(item.sub_items))
        self._rows = dict(rows)
        for item_id, row in rows.items():
            if before.get(item_id) != row:
                index = self.index_of(item_id)
                self.dataChanged.emit(index, index)

    def _show_first(self, items: Items, rows: Mapping[str, AgendaRow]) -> None:
        """Show a whole agenda where there was none: told once, not row by row."""
        self.beginResetModel()
        self._root, self._nodes = _Node("", None), {}
        self._items, self._rows = items, dict(rows)
        self._grow(self._root, items)
        self.endResetModel()

    def _grow(self, parent: _Node, items: Items) -> None:
        for item in items:
            node = _Node(item.id, parent)
            parent.children.append(node)
            self._nodes[item.id] = node
            self._grow(node, item.sub_items)

    def set_editable(self, editable: bool) -> None:
        """Whether rows can be moved and renamed; not when the minutes are adjusted."""
        self._editable = editable

    def set_chosen(self, item_id: str) -> None:
        """Which item is at hand: its sub-items are tinted with it."""
        before, self._chosen = self._chosen, item_id
        for changed in {before, item_id}:
            node = self._nodes.get(changed)
            if node is not None and node.children:
                self.dataChanged.emit(self._index(node.children[0]), self._index(node.children[-1]))

    @property
    def items(self) -> Items:
        return self._items

    def index_of(self, item_id: str) -> QModelIndex:
        """Where the item is; an invalid index when it is not there."""
        node = self._nodes.get(item_id)
        return QModelIndex() if node is None else self._index(node)

    def item_id(self, index: Index) -> str:
        """The id of the row's item, empty for no row."""
        return self._node(index).item_id

    def _arrange(self, parent: _Node, items: Items) -> None:
        wanted = [item.id for item in items]
        self._move_one(parent, wanted)
        for place, item_id in enumerate(wanted):
            if place < len(parent.children) and parent.children[place].item_id == item_id:
                continue
            node = self._nodes.get(item_id)
            if node is None:
                self._insert(parent, place, item_id)
            else:
                self._move(node, parent, place)

    def _move_one(self, parent: _Node, wanted: Sequence[str]) -> None:
        """When one row has moved among its siblings, move just that one instead of all between."""
        current = [node.item_id for node in parent.children]
        if sorted(current) != sorted(wanted) or current == list(wanted):
            return
        first = next(i for i, (a, b) in enumerate(zip(current, wanted, strict=True)) if a != b)
        moved = current[first]
        if [i for i in current if i != moved] == [i for i in wanted if i != moved]:
            self._move(parent.children[first], parent, list(wanted).index(moved) + 1)

    def _insert(self, parent: _Node, place: int, item_id: str) -> None:
        self.beginInsertRows(self._index(parent), place, place)
        node = _Node(item_id, parent)
        parent.children.insert(place, node)
        self._nodes[item_id] = node
        self.endInsertRows()

    def _move(self, node: _Node, parent: _Node, place: int) -> None:
        """Move a row before ``place`` as it is counted before the move (Qt's way of counting)."""
        source = node.parent
        assert source is not None
        row = source.children.index(node)
        self.beginMoveRows(self._index(source), row, row, self._index(parent), place)
        source.children.pop(row)
        parent.children.insert(place - 1 if source is parent and place > row else place, node)
        node.parent = parent
        self.endMoveRows()

    def _drop_stale(self, parent: _Node, keep: int) -> None:
        last = len(parent.children) - 1
        if last < keep:
            return
        self.beginRemoveRows(self._index(parent), keep, last)
        for node in parent.children[keep:]:
            self._forget(node)
        del parent.children[keep:]
        self.endRemoveRows()

    def _forget(self, node: _Node) -> None:
        for child in node.children:
            self._forget(child)
        del self._nodes[node.item_id]

    # -- Qt's questions -------------------------------------------------------------------------------

    def index(self, row: int, column: int, parent: Index = _ROOT) -> QModelIndex:
        node = self._node(parent)
        if column != 0 or not 0 <= row < len(node.children):
            return QModelIndex()
        return self.createIndex(row, 0, node.children[row])

    def parent(self, index: Index = _ROOT) -> QModelIndex:  # type: ignore[override]
        node = self._node(index)
        return QModelIndex() if node.parent is None else self._index(node.parent)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return len(self._node(parent).children)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self._rows.get(self._node(index).item_id)
        if row is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.spoken
        if role == RowRole.PARENT_SELECTED:
            parent = agenda.parent_of(self._items, row.item_id) if row.sub_item else None
            return parent is not None and parent.id == self._chosen
        getter = _ROW_DATA.get(role)
        return getter(row) if getter is not None else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """A new heading typed in the list (F2)."""
        item = agenda.find(self._items, self._node(index).item_id)
        title = str(value).strip()
        if role != Qt.ItemDataRole.EditRole or item is None or not title or title == item.title:
            return False
        items = agenda.update(self._items, item.id, lambda one: replace(one, title=title))
        self.edited.emit(f"Byt rubrik på {self._named(item)}", items)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        flag = Qt.ItemFlag
        if not index.isValid():
            return flag.ItemIsDropEnabled
        usual = flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsDropEnabled
        return usual | flag.ItemIsDragEnabled | flag.ItemIsEditable if self._editable else usual

    # -- what the user wants --------------------------------------------------------------------------

    def moveRows(self, source: Index, row: int, count: int, destination: Index, place: int) -> bool:
        """Ask for one row to be moved before ``place`` among the children of ``destination``."""
        if count != 1 or not self._editable:
            return False
        parent, target = self._node(source), self._node(destination)
        if not 0 <= row < len(parent.children):
            return False
        item_id = parent.children[row].item_id
        items = self._moved(item_id, target.item_id, place)
        if items is None or items == self._items:
            return False
        item = agenda.find(self._items, item_id)
        assert item is not None
        self.edited.emit(f"Flytta {self._named(item)}", items)
        return True

    def _moved(self, item_id: str, target_id: str, place: int) -> Items | None:
        """The items after the move; None when it cannot be made. An item with sub-items stays an item."""
        parent = agenda.parent_of(self._items, item_id)
        siblings = parent.sub_items if parent is not None else self._items
        at = next(i for i, item in enumerate(siblings) if item.id == item_id)
        if target_id == (parent.id if parent is not None else ""):
            return agenda.move(self._items, item_id, place - 1 if place > at else place)
        item = agenda.find(self._items, item_id)
        target = agenda.find(self._items, target_id)
        assert item is not None
        if target_id == item_id:
            return None
        rest = agenda.remove(self._items, item_id)
        if not target_id:
            return agenda.insert(rest, place, item)
        if item.sub_items or target is None or agenda.parent_of(self._items, target_id) is not None:
            return None
        return agenda.update(
            rest, target_id, lambda one: replace(one, sub_items=agenda.insert(one.sub_items, place, item))
        )

    def move_by(self, index: Index, steps: int) -> bool:
        """Move a row up (−1) or down (+1) among its siblings."""
        if not index.isValid():
            return False
        place = index.row() + steps
        if not 0 <= place < self.rowCount(index.parent()):
            return False
        return self.moveRows(index.parent(), index.row(), 1, index.parent(), place + (1 if steps > 0 else 0))

    def demote(self, index: Index) -> bool:
        """Make an item a sub-item of the one above."""
        return self._shift(index, agenda.demote, "Gör {} till underpunkt")

    def promote(self, index: Index) -> bool:
        """Make a sub-item an item of its own."""
        return self._shift(index, agenda.promote, "Gör {} till eget ärende")

    def _shift(self, index: Index, function: Any, label: str) -> bool:
        item = agenda.find(self._items, self._node(index).item_id)
        if item is None or not self._editable:
            return False
        items = function(self._items, item.id)
        if items is self._items:
            return False
        self.edited.emit(label.format(self._named(item)), items)
        return True

    # -- drag and drop --------------------------------------------------------------------------------

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction

    def mimeTypes(self) -> list[str]:
        return [MIME_TYPE, "text/uri-list"]

    def mimeData(self, indexes: Sequence[Index]) -> QMimeData:
        data = QMimeData()
        if indexes:
            data.setData(MIME_TYPE, QByteArray(self.item_id(indexes[0]).encode()))
        return data

    def canDropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        if data.hasUrls():
            return any(url.isLocalFile() for url in data.urls())
        return data.hasFormat(MIME_TYPE) and self._editable

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """Files become bilagor of the item they fall on; an item goes where it is dropped."""
        if data.hasUrls():
            paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
            if paths:
                self.files_dropped.emit(paths, self._node(parent).item_id)
            return bool(paths)
        if not data.hasFormat(MIME_TYPE):
            return False
        node = self._nodes.get(bytes(data.data(MIME_TYPE).data()).decode())
        if node is None or node.parent is None:
            return False
        target, place = parent, row
        if row < 0 and parent.isValid():  # dropped on an item: it takes that item's place
            target, place = parent.parent(), parent.row()
            if self._node(target) is node.parent and place > node.parent.children.index(node):
                place += 1
        elif row < 0:
            place = self.rowCount(parent)
        return self.moveRows(self._index(node.parent), node.parent.children.index(node), 1, target, place)

    # -- nodes ----------------------------------------------------------------------------------------

    def _node(self, index: Index) -> _Node:
        node = index.internalPointer() if index.isValid() else None
        return node if isinstance(node, _Node) else self._root

    def _index(self, node: _Node) -> QModelIndex:
        if node.parent is None:
            return QModelIndex()
        return self.createIndex(node.parent.children.index(node), 0, node)

    def _named(self, item: AgendaItem) -> str:
        row = self._rows.get(item.id)
        if row is None:
            return "ärendet"
        return f"underpunkt {row.number}" if row.sub_item else f"ärende {row.number}"
