"""A sheet with the recognised table framed; what lies outside the table is pale."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from finsam_desktop.ui.models.sheet_model import SheetModel, SheetRole
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.widgets.surfaces import Pane

AnyIndex = QModelIndex | QPersistentModelIndex
_WIDEST = 200
_MEASURED_ROWS = 60
_MEASURED_COLUMNS = 40
_LOOKED_OVER = 12


class _CellDelegate(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        theme = current_theme()
        rect = option.rect
        painter.save()
        if index.data(SheetRole.DOUBT):
            painter.fillRect(rect, theme.color("warn_bg"))
        elif index.data(SheetRole.HEADER):
            painter.fillRect(rect, theme.color("accent_bg"))
        elif option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.color("accent_bg2"))
        inside = index.data(SheetRole.INSIDE) and not index.data(SheetRole.LEFT_OUT)
        strong = index.data(SheetRole.HEADER) or index.data(SheetRole.STRONG)
        painter.setFont(theme.font("meta_strong" if strong else "meta"))
        painter.setPen(theme.color("text" if inside else "text3"))
        text = str(index.data() or "")
        align = index.data(Qt.ItemDataRole.TextAlignmentRole)
        area = rect.adjusted(theme.px(6), 0, -theme.px(6) + _free_to_the_right(index, option.widget), 0)
        shown = QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, int(align), shown)
        if index.data(SheetRole.DOUBT):
            painter.setPen(QPen(theme.color("warn"), 2))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.color("focus"), theme.focus_width))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        painter.restore()


def _free_to_the_right(index: AnyIndex, view: object) -> int:
    """Width of the empty cells that a text may flow out over, as in Excel; numbers stay in their cell."""
    if not isinstance(view, QTableView) or not index.data() or index.data(SheetRole.NUMBER):
        return 0
    width = 0
    last = min(index.model().columnCount(), index.column() + 1 + _LOOKED_OVER)
    for column in range(index.column() + 1, last):
        if index.sibling(index.row(), column).data():
            break
        width += view.columnWidth(column)
    return width


class _SheetHeader(QHeaderView):
    """Letters and row numbers as quiet as the rest of the sheet, without the style's raised buttons."""

    def __init__(self, orientation: Qt.Orientation, parent: QWidget) -> None:
        super().__init__(orientation, parent)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        theme = current_theme()
        painter.save()
        painter.fillRect(rect, theme.color("sunk"))
        painter.setPen(theme.color("line2"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.setPen(theme.color("text2"))
        painter.setFont(theme.font("meta"))
        name = self.model().headerData(section, self.orientation())
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(name))
        painter.restore()


class SheetView(QTableView):
    """The sheet to the left in Siffror. Enter or a click on a cell chooses it; the frame follows the model's table."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Blad i arbetsboken")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setItemDelegate(_CellDelegate(self))
        self.setHorizontalHeader(_SheetHeader(Qt.Orientation.Horizontal, self))
        self.setVerticalHeader(_SheetHeader(Qt.Orientation.Vertical, self))
        self.setCornerWidget(Pane("base", "top left"))
        self.verticalHeader().setDefaultSectionSize(current_theme().px(27))

    def setModel(self, model: SheetModel) -> None:  # type: ignore[override]
        super().setModel(model)
        model.modelReset.connect(self._fit_columns)

    def _fit_columns(self) -> None:
        model = self.model()
        metrics = QFontMetrics(current_theme().font("meta_strong"))
        widest, least, air = (current_theme().px(length) for length in (_WIDEST, 64, 14))
        # A very wide sheet keeps the usual width to the right: measuring all of it would be felt.
        for column in range(min(model.columnCount(), _MEASURED_COLUMNS)):
            cells = (model.index(row, column) for row in range(min(model.rowCount(), _MEASURED_ROWS)))
            # A text that has an empty neighbour flows out over it and need not widen its own column.
            texts = (str(i.data() or "") for i in cells if not _free_to_the_right(i, self))
            width = max((metrics.horizontalAdvance(text) for text in texts), default=0) + air
            self.setColumnWidth(column, max(least, min(widest, width)))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        model = self.model()
        if not isinstance(model, SheetModel) or model.table is None:
            return
        table = model.table
        first = self.visualRect(model.index(table.top - 1, table.left - 1))
        last = self.visualRect(model.index(table.bottom - 1, table.right - 1))
        self._paint_frame(first.united(last), table.cells)

    def _paint_frame(self, frame: QRect, cells: str) -> None:
        theme = current_theme()
        painter = QPainter(self.viewport())
        painter.setPen(QPen(theme.color("accent"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(frame.adjusted(0, 0, -1, -1))
        text = f"Igenkänd tabell {cells}"
        font = theme.font("small_strong")
        width = QFontMetrics(font).horizontalAdvance(text) + theme.px(14)
        height = theme.px(19)
        label = QRect(frame.right() - width, frame.top() - height, width, height)
        if label.top() < 0:
            label.moveTop(frame.bottom())
        painter.fillRect(label, theme.color("accent"))
        painter.setFont(font)
        painter.setPen(theme.color("on_accent"))
        painter.drawText(label, Qt.AlignmentFlag.AlignCenter, text)
        side = theme.px(6)
        painter.setPen(QPen(theme.color("accent"), 2))
        painter.setBrush(theme.color("base"))
        for corner in (frame.topLeft(), frame.bottomRight()):
            painter.drawRect(QRectF(corner.x() - side / 2, corner.y() - side / 2, side, side))
        painter.end()
