"""The table of who a mail goes to: a tick before each person, put and taken away by a click, Space or Enter."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from finsam_desktop.ui.models.recipients_model import RecipientsModel
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.widgets.tables import DataTable, TableDelegate


class _TickDelegate(TableDelegate):
    """Draws the tick box before the text of the first column."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        state = index.data(Qt.ItemDataRole.CheckStateRole)
        if state is None:
            super().paint(painter, option, index)
            return
        theme = current_theme()
        side = theme.px(14)
        whole = option.rect
        box = QRectF(whole.left() + theme.px(8), whole.center().y() - side / 2, side, side)
        moved = QStyleOptionViewItem(option)
        super().paint(painter, moved, index)
        ticked = Qt.CheckState(state) is Qt.CheckState.Checked
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("accent" if ticked else "ctl"), 1))
        painter.setBrush(theme.color("accent" if ticked else "base"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        if ticked:
            painter.setPen(QPen(theme.color("on_accent"), max(1.6, side / 8)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            points = ((0.24, 0.54), (0.43, 0.72), (0.77, 0.30))
            painter.drawPolyline(
                QPolygonF([QPointF(box.left() + x * side, box.top() + y * side) for x, y in points])
            )
        painter.restore()


class RecipientsTable(DataTable):
    """The people; press a row's first column, or Space on the row, to let someone get the mail or not."""

    def __init__(self, model: RecipientsModel, parent: QWidget | None = None) -> None:
        super().__init__("Vilka som får mejlet", parent)
        self.setItemDelegate(_TickDelegate(self))
        self.people = model
        self.setModel(model)
        self.stretch_column(3)
        self.verb_clicked.connect(self._pressed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() == Qt.Key.Key_Space and index.isValid():
            self.people.toggle(index.row())
            return
        super().keyPressEvent(event)

    def _pressed(self, index: QModelIndex) -> None:
        self.people.toggle(index.row())
