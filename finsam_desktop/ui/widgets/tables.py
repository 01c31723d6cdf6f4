"""Tables as in print: hairlines between rows, figures right-aligned, sum rows strong with a line above.

A model gives its look by `TableRole`; alignment comes from `Qt.TextAlignmentRole` as usual.
"""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
    SignalInstance,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen
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
from finsam_desktop.ui.theme import Role, current_theme
from finsam_desktop.ui.widgets.states import STATE_LOOK, State


class TableRole(IntEnum):
    """What a cell can say besides its text. Types in parentheses."""

    SUM = Qt.ItemDataRole.UserRole + 41  # (bool) sum row: weight 600, line above
    STATE = Qt.ItemDataRole.UserRole + 42  # (State) icon before the text
    TONE = Qt.ItemDataRole.UserRole + 43  # (Role) colour of the text
    VERB = Qt.ItemDataRole.UserRole + 44  # (bool) the cell is a verb one can press
    ICON = Qt.ItemDataRole.UserRole + 45  # (str) icon before the text
    STRONG = Qt.ItemDataRole.UserRole + 46  # (bool)
    INDENT = Qt.ItemDataRole.UserRole + 47  # (int) steps
    DOUBT = Qt.ItemDataRole.UserRole + 48  # (bool) a doubtful value: warn frame and ground


def row_height() -> int:
    """The height of a row of one line, in pixels."""
    theme = current_theme()
    return max(theme.px(29), QFontMetrics(theme.font("body_strong")).height() + theme.px(10))


class TableDelegate(QStyledItemDelegate):
    """Draws a cell: text, optional icon, hairline below."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        theme = current_theme()
        strong = bool(index.data(TableRole.SUM)) or bool(index.data(TableRole.STRONG))
        verb = bool(index.data(TableRole.VERB))
        metrics = QFontMetrics(theme.font("body_strong" if strong else "body_medium" if verb else "body"))
        text = str(index.data() or "")
        width = metrics.horizontalAdvance(text) + theme.px(16)
        if index.data(TableRole.STATE) or index.data(TableRole.ICON):
            width += theme.px(24)
        width += theme.px(12) * int(index.data(TableRole.INDENT) or 0)
        return QSize(width, row_height())

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme = current_theme()
        rect = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.color("accent_bg"))
        total = bool(index.data(TableRole.SUM))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.color("line"))
        if total:
            painter.fillRect(QRect(rect.left(), rect.top() - 1, rect.width(), 1), theme.color("ctl"))
        area = QRectF(rect).adjusted(theme.px(8), 0, -theme.px(8), 0)
        area.setLeft(area.left() + theme.px(12) * int(index.data(TableRole.INDENT) or 0))
        if index.data(TableRole.DOUBT):
            painter.setPen(theme.color("warn"))
            painter.setBrush(theme.color("warn_bg"))
            painter.drawRect(QRectF(rect).adjusted(1.5, 1.5, -1.5, -2.5))
        state, icon = index.data(TableRole.STATE), index.data(TableRole.ICON)
        verb = bool(index.data(TableRole.VERB))
        if isinstance(state, State) or icon:
            look = STATE_LOOK[state] if isinstance(state, State) else None
            side = theme.px(16)
            role: Role = look.color if look else "accent" if verb else "text2"
            name = look.icon if look else str(icon)
            if name:
                y = area.center().y() - side / 2
                icons.paint_icon(painter, name, area.left(), y, side, theme.color(role))
            area.setLeft(area.left() + side + theme.px(8))
        tone: Role = index.data(TableRole.TONE) or ("accent" if verb else "text")
        strong = total or bool(index.data(TableRole.STRONG))
        font = theme.font("body_strong" if strong else "body_medium" if verb else "body")
        painter.setFont(font)
        painter.setPen(theme.color(tone))
        alignment = index.data(Qt.ItemDataRole.TextAlignmentRole) or Qt.AlignmentFlag.AlignLeft
        flags = int(Qt.AlignmentFlag(alignment)) | int(Qt.AlignmentFlag.AlignVCenter)
        text = QFontMetrics(font).elidedText(
            str(index.data() if index.data() is not None else ""),
            Qt.TextElideMode.ElideRight,
            int(area.width()) + 1,
        )
        painter.drawText(area, flags, text)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.color("focus"), theme.focus_width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(rect).adjusted(1, 1, -1, -2))
        painter.restore()


class TableHead(QHeaderView):
    """Column heads: small, weight 500, text2, a line below, no fill."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setHighlightSections(False)
        self.setSectionsClickable(False)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.setMinimumSectionSize(current_theme().px(36))

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        theme = current_theme()
        lines = (
            1
            + max(
                (
                    str(self.model().headerData(i, Qt.Orientation.Horizontal) or "").count("\n")
                    for i in range(self.count())
                ),
                default=0,
            )
            if self.model() is not None
            else 1
        )
        return QSize(hint.width(), QFontMetrics(theme.font("label")).height() * lines + theme.px(14))

    def sectionSizeFromContents(self, logicalIndex: int) -> QSize:
        theme = current_theme()
        text = str(self.model().headerData(logicalIndex, Qt.Orientation.Horizontal) or "")
        metrics = QFontMetrics(theme.font("label"))
        width = max((metrics.horizontalAdvance(line) for line in text.split("\n")), default=0)
        return QSize(width + theme.px(16), metrics.height() + theme.px(14))

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        theme = current_theme()
        painter.save()
        painter.fillRect(rect, theme.color("base"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.color("line2"))
        alignment = self.model().headerData(
            logicalIndex, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole
        )
        flags = int(Qt.AlignmentFlag(alignment or Qt.AlignmentFlag.AlignLeft)) | int(
            Qt.AlignmentFlag.AlignVCenter
        )
        left = theme.px(8)
        painter.setFont(theme.font("label"))
        painter.setPen(theme.color("text2"))
        text = str(self.model().headerData(logicalIndex, Qt.Orientation.Horizontal) or "")
        painter.drawText(rect.adjusted(left, 0, -theme.px(8), -1), flags, text)
        painter.restore()


def _changes(model: QAbstractItemModel) -> tuple[SignalInstance, ...]:
    """The signals of a model after which its cells may be wider or narrower."""
    return (
        model.dataChanged, model.modelReset, model.layoutChanged, model.headerDataChanged,
        model.rowsInserted, model.rowsRemoved, model.rowsMoved,
        model.columnsInserted, model.columnsRemoved, model.columnsMoved,
    )  # fmt: skip


class DataTable(QTableView):
    """A table on the ground of the page. `opened(index)` on Enter and double click, `verb_clicked` on a verb cell.

    ``dense`` rows stand closer, for a table that is looked at beside a chart.
    """

    opened = Signal(QModelIndex)
    verb_clicked = Signal(QModelIndex)

    def __init__(self, name: str, parent: QWidget | None = None, *, dense: bool = False) -> None:
        super().__init__(parent)
        self._dense = dense
        self._widths: dict[int, int] = {}
        self.setAccessibleName(name)
        self.setHorizontalHeader(TableHead(self))
        self.verticalHeader().hide()
        # All rows are of one line. Asked for their contents they would ask every cell, at every layout.
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._fit_rows()
        current_theme().changed.connect(self._fit_rows)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setItemDelegate(TableDelegate(self))
        self.doubleClicked.connect(self.opened)

    def setModel(self, model: QAbstractItemModel | None) -> None:
        before = self.model()
        if before is not None:
            for signal in _changes(before):
                signal.disconnect(self._forget_widths)
        self._widths.clear()
        if model is not None:
            for signal in _changes(model):  # before the head's own: it may ask for the widths at once
                signal.connect(self._forget_widths)
        super().setModel(model)

    def sizeHintForColumn(self, column: int) -> int:
        """Worked out once for what the model holds: a layout asks for it several times, and it asks every cell."""
        if column not in self._widths:
            self._widths[column] = super().sizeHintForColumn(column)
        return self._widths[column]

    def _forget_widths(self) -> None:
        self._widths.clear()

    def _fit_rows(self) -> None:
        self._widths.clear()
        height = row_height() - current_theme().px(9) if self._dense else row_height()
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)

    def stretch_column(self, column: int) -> None:
        """Let one column take the width that is left; the others take what their content needs."""
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)

    def fit_height(self) -> None:
        """Make the table as tall as its rows, for tables that stand in a page and do not scroll themselves."""
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(self.verticalHeader().length() + self.horizontalHeader().sizeHint().height() + 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() and index.isValid():
            (self.verb_clicked if index.data(TableRole.VERB) else self.opened).emit(index)
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.data(TableRole.VERB) and event.button() is Qt.MouseButton.LeftButton:
            self.verb_clicked.emit(index)
