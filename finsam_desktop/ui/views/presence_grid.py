"""The grid of people and paragraphs: bars for presence, words for exceptions, one letter per key."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
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

from finsam_desktop.ui import icons
from finsam_desktop.ui.models.attendance_grid import Cell, CellKind, GridColumn, GridRow, RowKind
from finsam_desktop.ui.models.attendance_model import AttendanceModel, AttendanceRole
from finsam_desktop.ui.theme import Theme, current_theme

AnyIndex = QModelIndex | QPersistentModelIndex
NAME_WIDTH = 286
LEAST_COLUMN = 30
_VCENTER = Qt.AlignmentFlag.AlignVCenter
_LEFT = _VCENTER | Qt.AlignmentFlag.AlignLeft
_CENTER = Qt.AlignmentFlag.AlignCenter


class _Head(QHeaderView):
    """§ above, number on the agenda below; decisions strong, decided ones with a tick."""

    def __init__(self, view: PresenceGrid) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._view = view
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(current_theme().px(LEAST_COLUMN))

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), current_theme().px(50))

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


class _Delegate(QStyledItemDelegate):
    """Paints a person's part of the bar in one cell, a name, or the number who decide."""

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        theme = current_theme()
        row = index.data(AttendanceRole.ROW)
        kind = row.kind if isinstance(row, GridRow) else RowKind.PERSON
        return QSize(theme.px(LEAST_COLUMN), theme.px(28 if kind is RowKind.HEADING else 30))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        theme, rect = current_theme(), option.rect
        row = index.data(AttendanceRole.ROW)
        if not isinstance(row, GridRow):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = theme.color("line2" if row.kind is RowKind.HEADING else "line")
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), line)
        if index.column() == 0:
            self._paint_name(painter, theme, rect, row, option)
        elif row.kind is RowKind.PERSON:
            cell = index.data(AttendanceRole.CELL)
            paint_bar(painter, theme, rect, cell, tall=cell.kind is CellKind.SERVING and _is_deputy(row))
            view = option.widget
            if isinstance(view, QAbstractItemView) and view.currentIndex() == index:
                focused = option.state & QStyle.StateFlag.State_HasFocus
                painter.setPen(QPen(theme.color("focus"), theme.focus_width if focused else 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -2), 3, 3)
        painter.restore()

    def _paint_name(
        self, painter: QPainter, theme: Theme, rect: QRect, row: GridRow, option: QStyleOptionViewItem
    ) -> None:
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
        note = QFontMetricsF(meta).elidedText(row.note, Qt.TextElideMode.ElideRight, max(area.width(), 0))
        painter.drawText(area, _LEFT, note)

    def helpEvent(
        self, event: object, view: QAbstractItemView, option: QStyleOptionViewItem, index: AnyIndex
    ) -> bool:
        from PySide6.QtWidgets import QToolTip

        text = index.data(Qt.ItemDataRole.AccessibleTextRole)
        QToolTip.showText(event.globalPos(), text or "", view)  # type: ignore[attr-defined]
        return True


def _is_deputy(row: GridRow) -> bool:
    return any(cell.word.startswith("för ") for cell in row.cells)


def paint_bar(painter: QPainter, theme: Theme, rect: QRect, cell: Cell, *, tall: bool = False) -> None:
    """One cell's part of a person's bar: round where it starts and ends, a thin line for who only attends."""
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
    if cell.kind is CellKind.AWAY:
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


class PresenceGrid(QTableView):
    """The grid. ``key_pressed(letter)`` for F K G J Y V R and " "; ``cell_chosen()`` when another cell is at hand."""

    key_pressed = Signal(str)
    cell_chosen = Signal()

    def __init__(self, model: AttendanceModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._names: QTableView | None = None
        self.setAccessibleName("Närvaro per person och paragraf")
        self.setHorizontalHeader(_Head(self))
        self._look(self)
        self.setModel(model)
        self._names = self._make_names()
        self.horizontalHeader().sectionPressed.connect(self._column_pressed)
        model.modelReset.connect(self._fit)
        current_theme().changed.connect(self._fit)
        self._fit()

    # -- what the step uses ---------------------------------------------------------------------------

    def row(self) -> GridRow | None:
        """The person at hand."""
        return self._model.row_at(self.currentIndex())

    def column(self) -> GridColumn | None:
        """The paragraph at hand."""
        return self._model.column_at(self.currentIndex().column())

    def choose(self, item_id: str, person_id: str = "") -> None:
        """Go to a paragraph, at the same person or another."""
        grid = self._model.grid
        if not grid.columns:
            return
        row = self.currentIndex().row()
        wanted = person_id or (grid.rows[row].person_id if 0 <= row < len(grid.rows) else "")
        people = [i for i, one in enumerate(grid.rows) if one.kind is RowKind.PERSON]
        place = next((i for i in people if grid.rows[i].person_id == wanted), people[0] if people else 0)
        self.setCurrentIndex(self._model.index(place, grid.column_of(item_id) + 1))

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()
        self.horizontalHeader().viewport().update()
        self.cell_chosen.emit()

    # -- keys -----------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = " " if event.key() == Qt.Key.Key_Space else event.text().upper()
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        if plain and letter in ("F", "K", "G", "J", "Y", "V", "R", " "):
            self.key_pressed.emit(letter)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._step_row(-1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    def _step_row(self, step: int) -> None:
        """Up and down over headings, from person to person."""
        rows = self._model.grid.rows
        row = self.currentIndex().row() + step
        while 0 <= row < len(rows) and rows[row].kind is not RowKind.PERSON:
            row += step
        if 0 <= row < len(rows):
            self.setCurrentIndex(self._model.index(row, max(self.currentIndex().column(), 1)))

    def _column_pressed(self, section: int) -> None:
        column = self._model.column_at(section)
        if column is not None:
            self.choose(column.item_id)

    # -- look -----------------------------------------------------------------------------------------

    def _look(self, view: QTableView) -> None:
        view.setShowGrid(False)
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setItemDelegate(_Delegate(view))
        view.verticalHeader().hide()
        view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        view.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setTabKeyNavigation(False)

    def _make_names(self) -> QTableView:
        """The frozen first column: a second view of the same model on top."""
        names = QTableView(self)
        names.setHorizontalHeader(_Head(self))
        self._look(names)
        names.setModel(self._model)
        names.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        names.setAccessibleName("Personer")
        names.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        names.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().valueChanged.connect(names.verticalScrollBar().setValue)
        names.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        names.clicked.connect(self._name_pressed)
        return names

    def _name_pressed(self, index: QModelIndex) -> None:
        row = self._model.row_at(index)
        if row is not None and row.kind is RowKind.PERSON:
            self.setCurrentIndex(self._model.index(index.row(), max(self.currentIndex().column(), 1)))
            self.setFocus()

    def _fit(self) -> None:
        """Share the width between the paragraphs; scroll sideways only when they would be too narrow."""
        theme = current_theme()
        count = self._model.columnCount()
        name = theme.px(NAME_WIDTH)
        for number, row in enumerate(self._model.grid.rows):
            for view in (self, self._names):
                if view is not None:
                    view.setRowHidden(number, row.kind is RowKind.COUNT)
        free = self.viewport().width() - name - theme.px(10)
        each = max(theme.px(LEAST_COLUMN), free // max(count - 1, 1)) if count > 1 else 0
        each = min(each, theme.px(64))
        self.setColumnWidth(0, name)
        for column in range(1, count):
            self.setColumnWidth(column, each)
        names = self._names
        if names is not None:
            names.setColumnWidth(0, name)
            for column in range(1, count):
                names.setColumnHidden(column, True)
            height = self.viewport().height() + self.horizontalHeader().height()
            names.setGeometry(self.frameWidth(), self.frameWidth(), name, height)
            names.raise_()
            names.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def scrollTo(
        self, index: AnyIndex, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Keep the cell clear of the frozen names."""
        super().scrollTo(index, hint)
        left = self.visualRect(index).left() - current_theme().px(NAME_WIDTH)
        if index.column() > 0 and left < 0:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() + left)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        column = self.currentIndex().column()
        if column > 0:
            painter = QPainter(self.viewport())
            area = QRect(self.columnViewportPosition(column), 0, self.columnWidth(column), self._bottom())
            painter.fillRect(area, theme.color("accent_bg2"))
            painter.end()
        super().paintEvent(event)
        self._paint_words(theme)

    def _bottom(self) -> int:
        last = self._model.rowCount() - 1
        return self.rowViewportPosition(last) + self.rowHeight(last) if last >= 0 else 0

    def _paint_words(self, theme: Theme) -> None:
        """The words of exceptions, last and over several cells: a cell's own painting would be covered."""
        painter = QPainter(self.viewport())
        names = theme.px(NAME_WIDTH)
        painter.setClipRect(QRect(names, 0, self.viewport().width() - names, self.viewport().height()))
        for number, row in enumerate(self._model.grid.rows):
            y, height = self.rowViewportPosition(number), self.rowHeight(number)
            for place, cell in enumerate(row.cells):
                if cell.word and cell.kind is not CellKind.CONFLICT:
                    span = self._span(row, place)
                    self._paint_word(painter, theme, cell, place + 1, y, height, span)
        painter.end()

    def _span(self, row: GridRow, place: int) -> int:
        """Width of the bar that begins in a cell."""
        end = place
        while end + 1 < len(row.cells) and not row.cells[end].ends:
            end += 1
        return sum(self.columnWidth(column + 1) for column in range(place, end + 1))

    def _paint_word(
        self, painter: QPainter, theme: Theme, cell: Cell, column: int, y: int, height: int, span: int
    ) -> None:
        left = self.columnViewportPosition(column)
        before = cell.kind is CellKind.AWAY and cell.word.startswith("kom")
        quiet = cell.kind is CellKind.AWAY and not cell.word.startswith(("kom", "gick"))
        painter.setFont(theme.font("meta" if quiet else "label"))
        painter.setPen(theme.color("text2" if quiet else "text"))
        if before:
            area = QRect(
                left - theme.px(200), y, theme.px(200) + self.columnWidth(column) - theme.px(4), height
            )
            painter.drawText(area, _VCENTER | Qt.AlignmentFlag.AlignRight, cell.word)
        else:
            inset = theme.px(9 if cell.kind is CellKind.SERVING else 6)
            area = QRect(left + inset, y, theme.px(400), height)
            width = painter.fontMetrics().horizontalAdvance(cell.word) + theme.px(8)
            if cell.kind is CellKind.SERVING and inset + width > span:
                # Longer than its bar: the word stands after it, on the ground.
                area.moveLeft(left + span + theme.px(4))
                painter.fillRect(
                    QRect(area.left(), y + theme.px(4), width, height - theme.px(8)), theme.color("base")
                )
            painter.drawText(area, _LEFT, cell.word)


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
            names = theme.px(NAME_WIDTH)
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
        area = QRectF(theme.px(16), 0, theme.px(NAME_WIDTH - 20), self.height())
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
