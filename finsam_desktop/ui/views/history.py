"""Händelser: what has been changed, when and by whom, latest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from finsam_desktop.ui.view import Head, Shell, View
from finsam_desktop.ui.widgets.rows import RowDelegate, RowList, RowRole

if TYPE_CHECKING:
    from finsam_desktop.workspace import HistoryEntry

AnyIndex = QModelIndex | QPersistentModelIndex
_KINDS = {"undo": "Ångrat", "redo": "Gjort om"}


def make(shell: Shell) -> View:
    """The view of the place "history"."""
    return HistoryView(shell)


class HistoryModel(QAbstractListModel):
    """Changes as rows under the day they were made."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[HistoryEntry | str] = []

    def set_entries(self, entries: tuple[HistoryEntry, ...]) -> None:
        from finsam_desktop.domain import wording

        self.beginResetModel()
        self._rows = []
        day = None
        for entry in entries:
            if entry.at.date() != day:
                day = entry.at.date()
                self._rows.append(f"{wording.short_date(day)} {day.year}".capitalize())
            self._rows.append(entry)
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if isinstance(self._rows[index.row()], str):
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        values: dict[int, object]
        if isinstance(row, str):
            values = {
                Qt.ItemDataRole.DisplayRole: row,
                Qt.ItemDataRole.AccessibleTextRole: row,
                RowRole.TITLE: row,
                RowRole.HEADING: True,
            }
            return values.get(role)
        clock = f"{row.at:%H.%M}"
        meta = ", ".join(filter(None, (_KINDS.get(row.kind, ""), row.user)))
        values = {
            Qt.ItemDataRole.DisplayRole: row.label,
            Qt.ItemDataRole.AccessibleTextRole: f"{clock}, {row.label}, {meta}",
            RowRole.TITLE: row.label,
            RowRole.META: meta,
            RowRole.TIME: clock,
            RowRole.ICON: {"undo": "undo-2", "redo": "redo-2"}.get(row.kind, "pencil"),
        }
        return values.get(role)


class HistoryView(View):
    """The history of the open file."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self._model = HistoryModel(self)
        self._list = RowList("Händelser", delegate=RowDelegate(indent=20, margin=28))
        self._list.setModel(self._model)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._list)
        shell.session.changed.connect(self._refresh)
        self._refresh()

    def head(self) -> Head:
        return Head(title="Händelser", facts=("Allt som har ändrats, det senaste först",))

    def panes(self) -> tuple[QWidget, ...]:
        return (self._list,)

    def show_target(self, target: str) -> None:
        self._refresh()

    def _refresh(self) -> None:
        self._model.set_entries(self.shell.session.history())
