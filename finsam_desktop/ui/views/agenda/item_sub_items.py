"""The sub-items of an item, in its editor."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QModelIndex, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.ui.models.row_model import Row, RowModel
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.meeting.open_meeting import OpenMeeting
from finsam_desktop.ui.widgets.buttons import link_button
from finsam_desktop.ui.widgets.rows import RowDelegate, RowList, RowRole


class ItemSubItems(QWidget):
    """Lists A, B …; Enter goes to one, "Ny underpunkt" adds one last."""

    item_wanted = Signal(str)

    def __init__(self, desk: OpenMeeting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._item_id = ""
        self._model = RowModel(parent=self)
        self._list = RowList("Underpunkter", self, RowDelegate(self, number_width=12, indent=0))
        self._list.setModel(self._model)
        self._list.opened.connect(self._open)
        self._add = link_button("Ny underpunkt", "plus")
        self._add.clicked.connect(self.add)
        foot = QHBoxLayout()
        foot.addWidget(self._add)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_theme().px(4))
        column.addWidget(self._list)
        column.addLayout(foot)

    def show_item(self, item: AgendaItem) -> None:
        """Show the item's sub-items."""
        self._item_id = item.id
        numbers = self._desk.numbers()
        self._model.set_rows(
            tuple(Row(key=sub.id, number=numbers.get(sub.id, ""), title=sub.title) for sub in item.sub_items)
        )
        self._fit()
        self._add.setVisible(not self._desk.locked)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._fit)

    def _fit(self) -> None:
        """As tall as its rows, which wrap by the width."""
        self._list.setFixedHeight(max(self._list.height_of_rows(), 1))

    def add(self) -> None:
        """Add an empty sub-item and go to it."""
        new = AgendaItem(title="Ny underpunkt")
        name = self._desk.item_name(self._item_id)
        if self._desk.change_item(
            f"Ny underpunkt i {name}",
            self._item_id,
            lambda item: replace(item, sub_items=(*item.sub_items, new)),
        ):
            self.item_wanted.emit(new.id)

    def _open(self, index: QModelIndex) -> None:
        self.item_wanted.emit(index.data(RowRole.KEY))
