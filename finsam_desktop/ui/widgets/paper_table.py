"""A figure table as it will look in Word: on paper in light and dark alike, with the very strings that are printed."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from finsam_desktop.domain.figures import RowKind
from finsam_desktop.domain.figures_layout import Align, PrintedRow, PrintedTable
from finsam_desktop.ui.theme import Theme, current_theme

_MARGIN = 20
_ROW = 21
_GAP = 12


class PaperTable(QWidget):
    """Draws a `PrintedTable`; empty until there is one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table: PrintedTable | None = None
        self._doubts: frozenset[str] = frozenset()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)
        self.setAccessibleName("Så blir tabellen i Word")

    def set_table(self, table: PrintedTable | None, doubts: frozenset[str] = frozenset()) -> None:
        """Show another table; ``doubts`` are source addresses to mark."""
        self._table, self._doubts = table, doubts
        if table is not None:
            lines = (", ".join(cell for cell in row.cells if cell) for row in table.rows)
            self.setAccessibleDescription(f"{table.title}. " + ". ".join(lines))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        theme = current_theme()
        if self._table is None:
            return QSize(theme.px(300), theme.px(200))
        heads = max((len(column.lines) for column in self._table.columns), default=1)
        rows = len(self._table.rows) + heads + 6
        return QSize(theme.px(340), theme.px(2 * _MARGIN + rows * _ROW))

    minimumSizeHint = sizeHint

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.color("page"))
        painter.setPen(theme.color("line"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        if self._table is not None:
            margin = theme.px(_MARGIN)
            width = self.width() - 2 * margin
            needed = sum(self._needed(theme, self._table))
            # A wide table is drawn smaller, as on a page seen whole, and never cut.
            scale = min(1.0, width / needed)
            painter.translate(margin, margin)
            painter.scale(scale, scale)
            area = QRectF(0, 0, width / scale, (self.height() - 2 * margin) / scale)
            self._paint_table(painter, theme, self._table, area)
        painter.end()

    def _paint_table(self, painter: QPainter, theme: Theme, table: PrintedTable, area: QRectF) -> None:
        row_height = theme.px(_ROW)
        painter.setFont(theme.font("body_strong"))
        painter.setPen(theme.color("page_text"))
        painter.drawText(area, int(Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap), table.title)
        y = area.top() + row_height * 1.3
        edges = self._edges(theme, table, area)
        heads = max((len(column.lines) for column in table.columns), default=1)
        self._rule(painter, theme, area, y, 1.6)
        painter.setFont(theme.font("small_strong"))
        for column, (left, width) in zip(table.columns, edges, strict=True):
            box = QRectF(left, y, width, heads * row_height * 0.8 + 6)
            painter.drawText(
                box, _flags(column.align) | int(Qt.AlignmentFlag.AlignBottom), "\n".join(column.lines)
            )
        y += heads * row_height * 0.8 + 8
        self._rule(painter, theme, area, y, 0.9)
        for row in table.rows:
            self._paint_row(painter, theme, table, row, edges, y, row_height)
            if row.kind in (RowKind.SUM, RowKind.TOTAL):
                self._rule(painter, theme, area, y, 0.9)
            y += row_height
        self._rule(painter, theme, area, y, 0.9)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("page_text"))
        note = QRectF(area.left(), y + 6, area.width(), 5 * row_height)
        painter.drawText(note, int(Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap), table.note)

    def _paint_row(
        self,
        painter: QPainter,
        theme: Theme,
        table: PrintedTable,
        row: PrintedRow,
        edges: list[tuple[float, float]],
        y: float,
        height: float,
    ) -> None:
        strong = row.kind is not RowKind.ROW
        painter.setFont(theme.font("small_strong" if strong else "small"))
        metrics = QFontMetricsF(painter.font())
        for text, address, column, (left, width) in zip(
            row.cells, row.addresses, table.columns, edges, strict=True
        ):
            box = QRectF(left, y, width, height)
            if address and address in self._doubts:
                painter.setPen(QPen(theme.color("warn_line"), 1.4))
                painter.setBrush(theme.color("page"))
                painter.drawRoundedRect(box.adjusted(0, 2, 4, -2), 3, 3)
            painter.setPen(theme.color("page_text"))
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
            painter.drawText(box, _flags(column.align) | int(Qt.AlignmentFlag.AlignVCenter), shown)

    def _edges(self, theme: Theme, table: PrintedTable, area: QRectF) -> list[tuple[float, float]]:
        """Left edge and width of each column: numbers take what they need, the labels the rest."""
        needed = self._needed(theme, table)
        gap = theme.px(_GAP)
        flexible = [i for i, column in enumerate(table.columns) if column.align is Align.LEFT] or [0]
        spare = area.width() - sum(needed)
        for place in flexible:
            needed[place] += spare / len(flexible)
        edges: list[tuple[float, float]] = []
        x = area.left()
        for width in needed:
            edges.append((x, width - gap / 2))
            x += width
        return edges

    def _needed(self, theme: Theme, table: PrintedTable) -> list[float]:
        """The width each column takes when nothing is cut."""
        metrics = QFontMetricsF(theme.font("small_strong"))
        return [
            max(
                (metrics.horizontalAdvance(text) for text in (*c.lines, *(r.cells[i] for r in table.rows))),
                default=0,
            )
            + theme.px(_GAP)
            for i, c in enumerate(table.columns)
        ]

    def _rule(self, painter: QPainter, theme: Theme, area: QRectF, y: float, width: float) -> None:
        painter.setPen(QPen(theme.color("page_text"), width))
        painter.drawLine(int(area.left()), int(y), int(area.right()), int(y))


def _flags(align: Align) -> int:
    return int(Qt.AlignmentFlag.AlignRight if align is Align.RIGHT else Qt.AlignmentFlag.AlignLeft)
