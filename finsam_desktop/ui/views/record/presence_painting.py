"""How the grid of presence is painted: its head, its names, and a person's part of the bar in each cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from finsam_desktop.ui.models.attendance_grid import Cell, CellKind, GridColumn, GridRow, RowKind
from finsam_desktop.ui.models.attendance_model import AttendanceRole
from finsam_desktop.ui.theme import Role, Theme, current_theme

AnyIndex = QModelIndex | QPersistentModelIndex
NAME_WIDTH = 286
LEAST_COLUMN = 30
_VCENTER = Qt.AlignmentFlag.AlignVCenter
_LEFT = _VCENTER | Qt.AlignmentFlag.AlignLeft
_CENTER = Qt.AlignmentFlag.AlignCenter


class PresenceHead(QHeaderView):
    """§ above, number on the agenda below; decisions strong, decided ones with a tick."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._view = view
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(current_theme().px(LEAST_COLUMN))

    def sizeHint(self) -> QSize:
        # The height is all that is asked for; Qt's own answer looks at every column each time.
        return QSize(self.length(), current_theme().px(50))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme, end = current_theme(), self.length() - self.offset()
        painter = QPainter(self.viewport())
        rest = QRect(end, 0, self.viewport().width() - end, self.viewport().height())
        painter.fillRect(rest, theme.color("base"))
        painter.fillRect(QRect(end, rest.bottom(), rest.width(), 1), theme.color("line2"))
        painter.end()

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        theme = current_theme()
        painter.save()
        painter.fillRect(rect, theme.color("base"))
        column = self.model().headerData(logicalIndex, Qt.Orientation.Horizontal, AttendanceRole.COLUMN)
        at_hand = logicalIndex == self._view.currentIndex().column() and logicalIndex > 0
        if at_hand:
            painter.fillRect(rect, theme.color("accent_bg2"))
        half = rect.height() // 2
        upper = QRect(rect.left(), rect.top() + theme.px(4), rect.width(), half - theme.px(2))
        lower = QRect(rect.left(), rect.top() + half, rect.width(), half - theme.px(2))
        if isinstance(column, GridColumn):
            self._paint_column(painter, theme, column, upper, lower, at_hand)
        else:
            painter.setPen(theme.color("text2"))
            painter.setFont(theme.font("label"))
            painter.drawText(upper.adjusted(theme.px(16), 0, 0, 0), _LEFT, "Paragraf")
            painter.setFont(theme.font("meta"))
            painter.drawText(lower.adjusted(theme.px(16), 0, 0, 0), _LEFT, "Ärende på dagordningen")
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.color("line2"))
        painter.restore()

    def _paint_column(
        self, painter: QPainter, theme: Theme, column: GridColumn, upper: QRect, lower: QRect, at_hand: bool
    ) -> None:
        painter.setFont(theme.font("body_strong" if column.decides or at_hand else "body"))
        painter.setPen(theme.color("accent" if at_hand else "text" if column.decides else "text2"))
        painter.drawText(upper, _CENTER, str(column.paragraph))
        if column.decided:
            width = theme.px(6)
            left = upper.center().x() - width // 2
            painter.fillRect(QRect(left, upper.bottom() - 1, width, theme.px(2)), theme.color("accent"))
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("text2"))
        painter.drawText(lower, _CENTER, column.number)


class NameDelegate(QStyledItemDelegate):
    """Paints a name, or the heading over names."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        theme, rect = current_theme(), option.rect
        row = index.data(AttendanceRole.ROW)
        if not isinstance(row, GridRow):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), line_below(theme, row))
        self._paint_name(painter, theme, rect, row)
        painter.restore()

    def _paint_name(self, painter: QPainter, theme: Theme, rect: QRect, row: GridRow) -> None:
        area = QRectF(rect).adjusted(theme.px(16), 0, -theme.px(6), 0)
        if row.kind is RowKind.HEADING:
            painter.setFont(theme.font("meta_strong"))
            painter.setPen(theme.color("text2"))
            painter.drawText(area, _LEFT, row.name)
            return
        font = theme.font("body" if row.away else "body_medium")
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(theme.color("text2" if row.away else "text"))
        name = metrics.elidedText(row.name, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, _LEFT, name)
        area.setLeft(area.left() + metrics.horizontalAdvance(name) + theme.px(8))
        meta = theme.font("meta")
        painter.setFont(meta)
        painter.setPen(theme.color("text2"))
        words, note = QFontMetricsF(meta), row.note
        if words.horizontalAdvance(note) > area.width():
            note = note.replace("ordförande", "ordf.")
        note = words.elidedText(note, Qt.TextElideMode.ElideRight, max(area.width(), 0))
        painter.drawText(area, _LEFT, note)

    def helpEvent(
        self, event: object, view: QAbstractItemView, option: QStyleOptionViewItem, index: AnyIndex
    ) -> bool:
        from PySide6.QtWidgets import QToolTip

        text = index.data(Qt.ItemDataRole.AccessibleTextRole)
        QToolTip.showText(event.globalPos(), text or "", view)  # type: ignore[attr-defined]
        return True


def line_below(theme: Theme, row: GridRow) -> QColor:
    """The line under a row."""
    return theme.color("line2" if row.kind is RowKind.HEADING else "line")


def paint_person(
    painter: QPainter, theme: Theme, row: GridRow, edges: Sequence[int], first: int, y: int, height: int
) -> None:
    """A person's bars over some of the paragraphs: from ``first``, with ``edges`` as their left and right sides.

    What goes on in one cell after the other is painted at once: a cell at a time takes ten times as long.
    """
    tall = any(cell.word.startswith("för ") for cell in row.cells)
    place, last = first, first + len(edges) - 2
    while place <= last:
        start = row.cells[place]
        end = place
        while end < last and _goes_on(row.cells[end], row.cells[end + 1]):
            end += 1
        left, right = edges[place - first], edges[end + 1 - first]
        if start.kind is not CellKind.AWAY:
            bar = start if end == place else replace(start, ends=row.cells[end].ends)
            is_tall = tall and start.kind is CellKind.SERVING
            paint_bar(painter, theme, QRect(left, y, right - left, height), bar, tall=is_tall)
        place = end + 1


def _goes_on(cell: Cell, after: Cell) -> bool:
    """Whether the next cell's bar is the same bar; one with a mark of its own is painted by itself."""
    if cell.mark or after.mark or cell.ends or after.starts:
        return False
    return cell.kind is after.kind and cell.kind in (CellKind.PRESENT, CellKind.SERVING)


def paint_bar(painter: QPainter, theme: Theme, rect: QRect, cell: Cell, *, tall: bool = False) -> None:
    """Some cells' part of a person's bar: round where it starts and ends, a thin line for who only attends."""
    middle = rect.center().y() + 0.5
    if cell.kind is CellKind.CONFLICT:
        area = QRectF(rect.center().x() - theme.px(14), middle - theme.px(10), theme.px(28), theme.px(20))
        painter.setPen(theme.color("warn_line"))
        painter.setBrush(theme.color("warn_bg"))
        painter.drawRoundedRect(area, 4, 4)
        painter.setPen(theme.color("warn"))
        painter.setFont(theme.font("small_strong"))
        painter.drawText(area, _CENTER, "Jäv")
        return
    if cell.kind is CellKind.OUT:
        _paint_mark(painter, theme, rect, cell.mark, "text2")
    if cell.kind in (CellKind.AWAY, CellKind.OUT):
        return
    left = rect.left() + (theme.px(3) if cell.starts else -theme.px(6))
    right = rect.right() + 1 - (theme.px(3) if cell.ends else -theme.px(6))
    painter.save()
    painter.setClipRect(rect)
    if cell.kind is CellKind.PRESENT:
        height = theme.px(2)
        painter.fillRect(QRectF(left, middle - height / 2, right - left, height), theme.color("c_budget"))
    else:
        height = theme.px(18 if tall else 8)
        painter.setPen(theme.color("c_edge"))
        painter.setBrush(theme.color("c_soft"))
        radius = 4 if tall else height / 2
        area = QRectF(left, middle - height / 2, right - left, height)
        painter.drawRoundedRect(area, radius, radius)
    painter.restore()
    if cell.mark:
        _paint_mark(painter, theme, rect, cell.mark, "warn")


def _paint_mark(painter: QPainter, theme: Theme, rect: QRect, word: str, role: Role) -> None:
    """A short word within the cell, on the ground."""
    painter.setFont(theme.font("small"))
    width = min(painter.fontMetrics().horizontalAdvance(word) + theme.px(4), rect.width())
    area = QRect(0, 0, width, theme.px(16))
    area.moveCenter(rect.center())
    painter.fillRect(area, theme.color("base"))
    painter.setPen(theme.color(role))
    painter.drawText(area, _CENTER, word)
