"""Under the grid: how many decide each paragraph, and whether they may."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from finsam_desktop.ui import icons
from finsam_desktop.ui.models.attendance_grid import Cell, GridRow, RowKind
from finsam_desktop.ui.models.attendance_model import AttendanceModel
from finsam_desktop.ui.theme import Theme, current_theme
from finsam_desktop.ui.views.record.presence_grid import PresenceGrid

_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_CENTER = Qt.AlignmentFlag.AlignCenter


class PresenceCounts(QWidget):
    """The last row, always in sight under the grid: how many decide each paragraph, and whether they may."""

    def __init__(self, grid: PresenceGrid, model: AttendanceModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid, self._model = grid, model
        self.setFixedHeight(current_theme().px(42))
        grid.horizontalScrollBar().valueChanged.connect(self.update)
        grid.cell_chosen.connect(self.update)
        grid.horizontalHeader().sectionResized.connect(self.update)

    def refresh(self) -> None:
        """Show the model's numbers; said in words for screen readers."""
        row = self._row()
        if row is not None:
            columns = self._model.grid.columns
            few = [str(c.paragraph) for c, cell in zip(columns, row.cells, strict=True) if not cell.quorate]
            words = f"Inte beslutför i § {', '.join(few)}" if few else "Beslutför i alla paragrafer"
            self.setAccessibleName(f"{row.name}, {row.note}. {words}.")
        self.update()

    def _row(self) -> GridRow | None:
        return next((row for row in self._model.grid.rows if row.kind is RowKind.COUNT), None)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, row = current_theme(), self._row()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.color("base"))
        if row is not None:
            names = self._grid.name_width()
            painter.save()
            painter.setClipRect(names, 0, self._grid.viewport().width() - names, self.height())
            for place, cell in enumerate(row.cells):
                left = self._grid.columnViewportPosition(place + 1)
                self._paint_count(painter, theme, QRect(left, 0, self._grid.columnWidth(place + 1), self.height()),
                                  cell, place + 1 == self._grid.currentIndex().column())  # fmt: skip
            painter.restore()
            self._paint_name(painter, theme, row)
        painter.fillRect(0, 0, self.width(), 1, theme.color("line2"))
        painter.end()

    def _paint_name(self, painter: QPainter, theme: Theme, row: GridRow) -> None:
        font = theme.font("body_strong")
        area = QRectF(theme.px(16), 0, self._grid.name_width() - theme.px(20), self.height())
        painter.setFont(font)
        painter.setPen(theme.color("text"))
        painter.drawText(area, _LEFT, row.name)
        area.setLeft(area.left() + QFontMetricsF(font).horizontalAdvance(row.name) + theme.px(10))
        painter.setFont(theme.font("meta"))
        painter.setPen(theme.color("text2"))
        painter.drawText(area, _LEFT, row.note)

    def _paint_count(self, painter: QPainter, theme: Theme, rect: QRect, cell: Cell, at_hand: bool) -> None:
        if at_hand:
            painter.fillRect(rect, theme.color("accent_bg2"))
        upper = QRect(rect.left(), theme.px(4), rect.width(), rect.height() // 2 - theme.px(3))
        painter.setFont(theme.font("body" if cell.quorate else "body_strong"))
        painter.setPen(theme.color("text" if cell.quorate else "err"))
        painter.drawText(upper, _CENTER, str(cell.count))
        side = theme.px(13)
        name, role = ("check", theme.color("ok")) if cell.quorate else ("circle-x", theme.color("err"))
        icons.paint_icon(
            painter, name, rect.center().x() - side / 2 + 1, rect.center().y() + theme.px(2), side, role
        )
