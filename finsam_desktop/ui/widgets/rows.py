"""Rows of lists: number, title that wraps to two lines, meta lines, state icon, time. One delegate for them all.

A model gives its data by `RowRole`; everything but TITLE may be missing. `Qt.DisplayRole` should give the title
too, and `Qt.AccessibleTextRole` the whole row in words (see `row_in_words`).
"""

from __future__ import annotations

from enum import IntEnum
from html import escape

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from finsam_desktop.ui import icons
from finsam_desktop.ui.theme import FontRole, Role, Theme, current_theme
from finsam_desktop.ui.widgets import row_meta
from finsam_desktop.ui.widgets.row_meta import MetaPart
from finsam_desktop.ui.widgets.states import STATE_LOOK, State

AnyIndex = QModelIndex | QPersistentModelIndex


class RowRole(IntEnum):
    """What a row can say. Types in parentheses."""

    NUMBER = Qt.ItemDataRole.UserRole + 1  # (str) right-aligned in its own column
    TITLE = Qt.ItemDataRole.UserRole + 2  # (str)
    META = Qt.ItemDataRole.UserRole + 3  # (tuple[MetaPart, ...] or str)
    STATE = Qt.ItemDataRole.UserRole + 4  # (State) icon before the time
    TIME = Qt.ItemDataRole.UserRole + 5  # (str) right-aligned
    QUIET = Qt.ItemDataRole.UserRole + 6  # (bool) a row without content: one line, weight 400
    CHILD = Qt.ItemDataRole.UserRole + 7  # (bool) a sub-item
    HEADING = Qt.ItemDataRole.UserRole + 8  # (bool) a group heading; TIME holds its count
    ICON = Qt.ItemDataRole.UserRole + 9  # (str) icon in place of the number
    VERB = Qt.ItemDataRole.UserRole + 10  # (str) accent word at the right edge, in place of the time
    KEY = Qt.ItemDataRole.UserRole + 11  # (str) what the row stands for
    LEADING = Qt.ItemDataRole.UserRole + 12  # (State) state icon in place of the number
    MARKS = Qt.ItemDataRole.UserRole + 13  # (tuple[tuple[int, int], ...]) matches in the title: start, length
    PARENT_SELECTED = Qt.ItemDataRole.UserRole + 14  # (bool) the item this sub-item belongs to is selected
    TIME_TONE = Qt.ItemDataRole.UserRole + 15  # (str: "text", "warn", "err", "text2")


def row_in_words(index: AnyIndex) -> str:
    """The whole row as a screen reader should say it."""
    number = index.data(RowRole.NUMBER)
    if index.data(RowRole.CHILD):
        number = f"Underpunkt {number or ''}".rstrip()
    parts = [number, index.data(RowRole.TITLE)]
    meta = index.data(RowRole.META)
    if isinstance(meta, str):
        parts.append(meta)
    elif meta:
        parts.extend(part.text for part in meta)
    for role in (RowRole.LEADING, RowRole.STATE):
        state = index.data(role)
        if isinstance(state, State):
            parts.append(STATE_LOOK[state].word)
    parts.append(index.data(RowRole.TIME))
    return ", ".join(part for part in parts if part)


MAX_LINES = 3
"""A title longer than this ends in an ellipsis; the whole of it is in the tooltip and the accessible text."""
_SURELY_SHORT = 60


class RowDelegate(QStyledItemDelegate):
    """Draws rows as in the drawings: hairline from the title's left edge, accent bar on the selected row."""

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        number_width: int = 26,
        indent: int = 8,
        gap: int = 12,
        margin: int = 12,
        min_height: int = 30,
        two_line_height: int = 46,
        lines: bool = True,
    ) -> None:
        super().__init__(parent)
        self._lines = lines
        self._number_width = number_width
        self._indent = indent
        self._gap = gap
        self._margin = margin
        self._min_height = min_height
        self._two_line_height = two_line_height
        self._line_heights: dict[str, float] = {}

    # -- measures -------------------------------------------------------------------------------------

    def _title_left(self, theme: Theme, index: AnyIndex) -> int:
        left = theme.px(self._indent + self._number_width) + theme.px(self._gap)
        return left + theme.px(15) if index.data(RowRole.CHILD) else left

    def _right_width(self, theme: Theme, index: AnyIndex) -> float:
        """Width of verb or time at the right edge."""
        verb = index.data(RowRole.VERB)
        text, font = (
            (verb, theme.font("body_medium")) if verb else (index.data(RowRole.TIME), theme.font("meta"))
        )
        return QFontMetricsF(font).horizontalAdvance(text) + theme.px(10) if text else 0.0

    def _title_font(self, theme: Theme, index: AnyIndex, selected: bool) -> FontRole:
        if index.data(RowRole.HEADING):
            return "label"
        if index.data(RowRole.CHILD):
            return "meta"
        if selected and not index.data(RowRole.QUIET):
            return "body_strong"
        return "body" if index.data(RowRole.QUIET) else "body_medium"

    def _lay_out_title(self, theme: Theme, index: AnyIndex, width: float, selected: bool) -> QTextLayout:
        """The title broken into lines. Strong when selected, unless that takes another line: a row keeps its height."""
        plain = self._break_title(theme, index, width, self._title_font(theme, index, False))
        if not selected:
            return plain
        strong = self._break_title(theme, index, width, self._title_font(theme, index, True))
        return strong if strong.lineCount() == plain.lineCount() else plain

    def _title_height(self, theme: Theme, index: AnyIndex, width: float) -> float:
        """The height of the title's lines. One that fits in a line needs no lines broken: most of a thousand do."""
        text, font = self._title(index), theme.font(self._title_font(theme, index, False))
        metrics = QFontMetricsF(font)
        if "\n" not in text and not index.data(RowRole.MARKS) and metrics.horizontalAdvance(text) < width - 1:
            return self._line_height(font)
        return self._lay_out_title(theme, index, width, False).boundingRect().height()

    def _line_height(self, font: QFont) -> float:
        key = font.key()
        if key not in self._line_heights:
            layout = QTextLayout("Åg", font)
            layout.beginLayout()
            layout.createLine().setLineWidth(1000.0)
            layout.endLayout()
            self._line_heights[key] = layout.boundingRect().height()
        return self._line_heights[key]

    def _break_title(self, theme: Theme, index: AnyIndex, width: float, font: FontRole) -> QTextLayout:
        text = self._title(index)
        layout = self._laid_out(theme, index, text, width, font)
        if layout.lineCount() > MAX_LINES:
            start = layout.lineAt(MAX_LINES - 1).textStart()
            room = max(width, 40.0)
            last = QFontMetricsF(theme.font(font)).elidedText(
                " ".join(text[start : start + 400].split()), Qt.TextElideMode.ElideRight, room
            )
            # No-break spaces keep the last line whole; a word wrap in it would make one line more.
            layout = self._laid_out(theme, index, text[:start] + last.replace(" ", "\u00a0"), width, font)
        return layout

    def _title(self, index: AnyIndex) -> str:
        return str(index.data(RowRole.TITLE) or index.data(Qt.ItemDataRole.DisplayRole) or "")

    def _laid_out(
        self, theme: Theme, index: AnyIndex, text: str, width: float, font: FontRole
    ) -> QTextLayout:
        """The text in lines, at most one more than there is room for."""
        layout = QTextLayout(text, theme.font(font))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WordWrap)
        layout.setTextOption(option)
        layout.setFormats(
            [_strong(theme, start, length) for start, length in index.data(RowRole.MARKS) or ()]
        )
        layout.beginLayout()
        y = 0.0
        while layout.lineCount() <= MAX_LINES:
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(max(width, 40.0))
            line.setPosition(QPointF(0, y))
            y += line.height()
        layout.endLayout()
        return layout

    def _one_line(self, index: AnyIndex) -> bool:
        return not index.data(RowRole.META) or bool(index.data(RowRole.QUIET))

    def _title_width(self, theme: Theme, index: AnyIndex, width: int) -> float:
        free = width - self._title_left(theme, index) - theme.px(self._margin)
        if self._one_line(index):
            free -= round(self._right_width(theme, index))
            if index.data(RowRole.STATE):
                free -= theme.px(24)
            if index.data(RowRole.META):
                free -= round(self._meta_width(theme, index)) + theme.px(12)
        elif index.data(RowRole.VERB):
            free -= round(self._right_width(theme, index))
        return float(free)

    def _meta_parts(self, index: AnyIndex) -> tuple[MetaPart, ...]:
        meta = index.data(RowRole.META)
        if not meta:
            return ()
        return (MetaPart(meta),) if isinstance(meta, str) else tuple(meta)

    def _lay_out_meta(self, theme: Theme, index: AnyIndex, width: int) -> row_meta.MetaLines:
        """The lines below the title of a row that is ``width`` pixels wide, beside time and state."""
        room = width - 1 - self._title_left(theme, index) - theme.px(self._margin)
        room -= round(self._right_width(theme, index))
        state = index.data(RowRole.STATE)
        if isinstance(state, State) and STATE_LOOK[state].icon:
            room -= theme.px(15) + theme.px(4) + theme.px(6)
        return row_meta.lay_out(theme, self._meta_parts(index), float(room))

    def _meta_width(self, theme: Theme, index: AnyIndex) -> float:
        width = 0.0
        for part in self._meta_parts(index):
            font = theme.font("meta_strong" if part.accent else "meta")
            width += QFontMetricsF(font).horizontalAdvance(part.text) + theme.px(12)
            width += theme.px(16) if part.icon else 0
        return width

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        theme = current_theme()
        view = option.widget
        width = view.viewport().width() if isinstance(view, QAbstractItemView) else option.rect.width()
        height = self._title_height(theme, index, self._title_width(theme, index, width))
        if index.data(RowRole.HEADING):
            return QSize(width, max(theme.px(34), round(height) + theme.px(12)))
        if index.data(RowRole.CHILD):
            if not self._one_line(index):
                height += self._lay_out_meta(theme, index, width).height(theme) + theme.px(2)
            return QSize(width, max(theme.px(26), round(height) + theme.px(8)))
        if self._one_line(index):
            return QSize(width, max(theme.px(self._min_height), round(height) + theme.px(12)))
        height += self._lay_out_meta(theme, index, width).height(theme) + theme.px(3)
        return QSize(width, max(theme.px(self._two_line_height), round(height) + theme.px(13)))

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: AnyIndex
    ) -> bool:
        """What a row could not show all of: its title, the lines below it, or both."""
        if event.type() is QEvent.Type.ToolTip and index.isValid():
            cut = self._cut_texts(current_theme(), index, view.viewport().width())
            if cut:
                QToolTip.showText(event.globalPos(), "<br>".join(map(escape, cut)), view)
                return True
        return bool(super().helpEvent(event, view, option, index))  # type: ignore[arg-type]

    def _cut_texts(self, theme: Theme, index: AnyIndex, width: int) -> list[str]:
        cut, title = [], self._title(index)
        if len(title) > _SURELY_SHORT:
            room = self._title_width(theme, index, width)
            layout = self._laid_out(theme, index, title, room, self._title_font(theme, index, False))
            if layout.lineCount() > MAX_LINES:
                cut.append(title)
        if not self._one_line(index) and self._lay_out_meta(theme, index, width).is_cut:
            cut.append(" · ".join(part.text for part in self._meta_parts(index)))
        return cut

    # -- painting -------------------------------------------------------------------------------------

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        theme = current_theme()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index.data(RowRole.HEADING):
            self._paint_heading(painter, theme, option.rect, index)
        else:
            self._paint_row(painter, theme, option, index)
        painter.restore()

    def _paint_heading(self, painter: QPainter, theme: Theme, rect: QRect, index: AnyIndex) -> None:
        # It stands above what it is the heading of: the numbers or icons, else the titles.
        left = rect.left() + (
            theme.px(self._indent) if self._number_width else self._title_left(theme, index)
        )
        area = QRect(
            left, rect.top(), rect.right() - left - theme.px(self._margin), rect.height() - theme.px(4)
        )
        painter.setFont(theme.font("meta_strong"))
        painter.setPen(theme.color("text2"))
        painter.drawText(area, _BOTTOM | Qt.AlignmentFlag.AlignLeft, str(index.data(RowRole.TITLE) or ""))
        count = index.data(RowRole.TIME)
        if count:
            painter.drawText(area, _BOTTOM | Qt.AlignmentFlag.AlignRight, str(count))
        if self._lines:
            painter.fillRect(QRect(left, rect.bottom(), area.width(), 1), theme.color("line2"))

    def _paint_row(
        self, painter: QPainter, theme: Theme, option: QStyleOptionViewItem, index: AnyIndex
    ) -> None:
        rect = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        self._paint_ground(painter, theme, option, index, selected)
        title_left = rect.left() + self._title_left(theme, index)
        layout = self._lay_out_title(theme, index, self._title_width(theme, index, rect.width()), selected)
        one_line = self._one_line(index)
        title_height = layout.boundingRect().height()
        meta_height = row_meta.line_height(theme)
        meta = row_meta.MetaLines() if one_line else self._lay_out_meta(theme, index, rect.width())
        block = title_height if one_line else title_height + meta.height(theme) + theme.px(2)
        top = rect.top() + (rect.height() - block) / 2
        enabled = bool(option.state & QStyle.StateFlag.State_Enabled)
        painter.setPen(theme.color("text" if enabled else "text3"))
        layout.draw(painter, QPointF(title_left, top))
        self._paint_marks(painter, theme, layout, index, title_left, top)
        first_line = layout.lineAt(0).height() if layout.lineCount() else meta_height
        self._paint_lead(painter, theme, rect, index, top, first_line, selected)
        y = top if one_line else top + title_height + theme.px(2)
        right = float(rect.right() - theme.px(self._margin))
        line_height = title_height if one_line else meta_height
        right = self._paint_right(painter, theme, index, rect, right, y, line_height, one_line)
        if not one_line:
            row_meta.paint(painter, theme, meta, title_left, right, y)
        elif index.data(RowRole.META):
            last = layout.lineAt(layout.lineCount() - 1)
            left = title_left + last.naturalTextWidth() + theme.px(10)
            beside = row_meta.lay_out(theme, self._meta_parts(index), right - left, 1)
            row_meta.paint(painter, theme, beside, left, right, top + (title_height - meta_height) / 2)

    def _paint_ground(
        self, painter: QPainter, theme: Theme, option: QStyleOptionViewItem, index: AnyIndex, selected: bool
    ) -> None:
        rect = option.rect
        if selected:
            painter.fillRect(rect, theme.color("accent_bg"))
            painter.fillRect(
                QRect(rect.left(), rect.top(), theme.px(3), rect.height()), theme.color("accent")
            )
        elif index.data(RowRole.PARENT_SELECTED):
            painter.fillRect(rect, theme.color("accent_bg2"))
            bar = QRect(rect.left(), rect.top(), theme.px(3), rect.height())
            painter.fillRect(bar, theme.color("accent_line"))
        elif (
            option.state & QStyle.StateFlag.State_MouseOver and option.state & QStyle.StateFlag.State_Enabled
        ):
            painter.fillRect(rect, theme.color("accent_bg2"))
        if self._lines and not index.data(RowRole.CHILD):
            left = rect.left() + self._title_left(theme, index)
            line = QRect(left, rect.bottom(), rect.right() - left - theme.px(self._margin), 1)
            painter.fillRect(line, theme.color("line"))
        focused = option.state & QStyle.StateFlag.State_HasFocus
        if focused or (selected and theme.appearance.is_contrast):
            pen = QPen(theme.color("focus"), theme.focus_width if focused else 2)
            painter.setPen(pen)
            painter.drawRect(QRectF(rect).adjusted(1.5, 1.5, -1.5, -1.5))

    def _paint_lead(
        self,
        painter: QPainter,
        theme: Theme,
        rect: QRect,
        index: AnyIndex,
        top: float,
        height: float,
        selected: bool,
    ) -> None:
        """Number, state icon or icon before the title."""
        column = QRectF(rect.left() + theme.px(self._indent), top, theme.px(self._number_width), height)
        state, icon = index.data(RowRole.LEADING), index.data(RowRole.ICON)
        if isinstance(state, State) or icon:
            look = STATE_LOOK[state] if isinstance(state, State) else None
            name = look.icon if look else str(icon)
            colour = theme.color(look.color if look else "text2")
            side = theme.px(17)
            if name:
                icons.paint_icon(
                    painter, name, column.right() - side, column.center().y() - side / 2, side, colour
                )
            return
        number = index.data(RowRole.NUMBER)
        if not number:
            return
        quiet = bool(index.data(RowRole.QUIET))
        child = bool(index.data(RowRole.CHILD))
        font: FontRole = "meta" if child else "body" if quiet else "body_strong"
        painter.setFont(theme.font(font))
        painter.setPen(theme.color("text" if selected or not quiet else "text2"))
        if child:
            # A sub-item's letter stands where the titles of the items begin.
            column.moveLeft(column.right() + theme.px(12))
        side = Qt.AlignmentFlag.AlignLeft if child else Qt.AlignmentFlag.AlignRight
        painter.drawText(column, _VCENTER | side, str(number))

    def _paint_right(
        self,
        painter: QPainter,
        theme: Theme,
        index: AnyIndex,
        rect: QRect,
        right: float,
        y: float,
        height: float,
        one_line: bool,
    ) -> float:
        """Verb, time and state icon from the right; returns what is left for the meta line."""
        verb, time = index.data(RowRole.VERB), index.data(RowRole.TIME)
        if verb:
            painter.setFont(theme.font("body_medium"))
            painter.setPen(theme.color("accent"))
            area = QRectF(rect.left(), rect.top(), right - rect.left(), rect.height())
            painter.drawText(area, _VCENTER | Qt.AlignmentFlag.AlignRight, str(verb))
            right -= self._right_width(theme, index)
        elif time:
            tone: Role = index.data(RowRole.TIME_TONE) or "text2"
            painter.setFont(theme.font("meta_strong" if tone in ("warn", "err") else "meta"))
            painter.setPen(theme.color(tone))
            area = QRectF(rect.left(), y, right - rect.left(), height)
            painter.drawText(area, _VCENTER | Qt.AlignmentFlag.AlignRight, str(time))
            right -= self._right_width(theme, index)
        state = index.data(RowRole.STATE)
        if isinstance(state, State) and STATE_LOOK[state].icon:
            look = STATE_LOOK[state]
            side = theme.px(15)
            right -= side + theme.px(4)
            icons.paint_icon(
                painter, look.icon, right, y + (height - side) / 2, side, theme.color(look.color)
            )
            right -= theme.px(6)
        return right

    def _paint_marks(
        self, painter: QPainter, theme: Theme, layout: QTextLayout, index: AnyIndex, left: float, top: float
    ) -> None:
        """The underline of what a search matched."""
        for start, length in index.data(RowRole.MARKS) or ():
            line = layout.lineForTextPosition(start)
            if not line.isValid():
                continue
            x1, x2 = _cursor_x(line, start), _cursor_x(line, start + length)
            y = top + line.y() + line.ascent() + theme.px(3)
            painter.fillRect(QRectF(left + x1, y, x2 - x1, max(1.0, theme.px(1))), theme.color("accent"))


_VCENTER = Qt.AlignmentFlag.AlignVCenter
_BOTTOM = Qt.AlignmentFlag.AlignBottom


def _strong(theme: Theme, start: int, length: int) -> QTextLayout.FormatRange:
    """A part of a title that a search matched, at weight 600."""
    found = QTextLayout.FormatRange()
    found.start, found.length = start, length
    found.format.setFont(theme.font("body_strong"))
    return found


def _cursor_x(line: object, position: int) -> float:
    """`QTextLine.cursorToX` gives a number or a (number, position) pair, depending on the overload taken."""
    x = line.cursorToX(position)  # type: ignore[attr-defined]
    return float(x[0] if isinstance(x, tuple) else x)


_BATCH = 120
"""Rows laid out at a time."""


_Move = QAbstractItemView.CursorAction
_UPWARDS = (_Move.MoveUp, _Move.MoveLeft, _Move.MovePrevious, _Move.MovePageUp)


class RowList(QListView):
    """A list on the work area's ground, drawn by a `RowDelegate`; rows grow with the width of the list.

    `opened(index)` comes on Enter, F2 and double click; `chosen(index)` whenever the current row changes.
    """

    opened = Signal(QModelIndex)
    chosen = Signal(QModelIndex)
    verb_clicked = Signal(QModelIndex)

    def __init__(self, name: str, parent: QWidget | None = None, delegate: RowDelegate | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setUniformItemSizes(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        # A long list is laid out in parts, so that it never stops the window.
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(_BATCH)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setItemDelegate(delegate or RowDelegate(self))
        self.doubleClicked.connect(self.opened)
        current_theme().changed.connect(self._relayout)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        verb = index.data(RowRole.VERB) if index.isValid() else None
        if verb and event.button() is Qt.MouseButton.LeftButton:
            width = QFontMetricsF(current_theme().font("body_medium")).horizontalAdvance(verb)
            if event.position().x() > self.viewport().width() - width - current_theme().px(24):
                self.verb_clicked.emit(index)

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        super().currentChanged(current, previous)  # type: ignore[arg-type]
        if current.isValid():
            self.chosen.emit(current)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Keys pass over headings: nothing shows that one is at hand, and Enter does nothing there."""
        index = super().moveCursor(action, modifiers)
        step = -1 if action in _UPWARDS else 1
        while index.isValid() and index.data(RowRole.HEADING):
            index = index.siblingAtRow(index.row() + step)
        if index.isValid():
            return index
        if step < 0:
            self.scrollToTop()  # so that the first heading is seen
        return self.currentIndex()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2) and not event.modifiers():
            if self.currentIndex().isValid():
                self.opened.emit(self.currentIndex())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._relayout()

    def scrollTo(
        self,
        index: AnyIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Scroll to a row, also to one that is not laid out yet: then all are."""
        if index.row() >= _BATCH and self.layoutMode() is QListView.LayoutMode.Batched:
            self.setLayoutMode(QListView.LayoutMode.SinglePass)
            self.doItemsLayout()
            hint = QAbstractItemView.ScrollHint.PositionAtCenter  # seen also when the width changes after
        super().scrollTo(index, hint)  # type: ignore[arg-type]

    def _relayout(self) -> None:
        self.scheduleDelayedItemsLayout()

    def height_of_rows(self) -> int:
        """The height of all rows together, for lists that stand in a page and do not scroll themselves."""
        model = self.model()
        return sum(self.sizeHintForRow(row) for row in range(model.rowCount())) if model else 0
