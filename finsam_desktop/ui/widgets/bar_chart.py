"""Bars in groups, with limits across them. The table beside the chart is the truth; a bar leads to its source.

Amounts are in kr; what is written is in tkr. Arrow keys go between bars, Enter opens the one in focus.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QFocusEvent,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from finsam_desktop.domain.wording import number
from finsam_desktop.ui.theme import Theme, current_theme

_KR_PER_TKR = 1000
_UNDER = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
_OVER = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom


class Look(StrEnum):
    """How a bar is drawn: what has happened full, a budget empty, what is expected with a dashed edge, plans dotted."""

    OUTCOME = "outcome"
    BUDGET = "budget"
    FORECAST = "forecast"
    PLAN = "plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar in kr. ``words`` says it to a screen reader and as a tooltip, ``key`` is what it leads to."""

    amount: Decimal
    look: Look = Look.OUTCOME
    words: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BarGroup:
    """The bars over one word of the scale, with a line of small print below it."""

    label: str
    bars: tuple[Bar, ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A line across the chart at an amount in kr, named at its right end."""

    label: str
    amount: Decimal
    dashed: bool = False


class BarChart(QWidget):
    """``opened(key)`` when a bar that leads somewhere is pressed."""

    opened = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._groups: tuple[BarGroup, ...] = ()
        self._limits: tuple[Limit, ...] = ()
        self._chosen = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        self.setMouseTracking(True)

    def set_chart(self, groups: tuple[BarGroup, ...], limits: tuple[Limit, ...] = ()) -> None:
        """Show other bars."""
        self._groups, self._limits = groups, limits
        self._chosen = min(self._chosen, max(len(self._bars()) - 1, 0))
        said = [bar.words for bar in self._bars()]
        said += [f"{limit.label} {_tkr(limit.amount)} tkr" for limit in limits]
        self.setAccessibleDescription(". ".join(said))
        self.updateGeometry()
        self.update()

    def bars(self) -> tuple[Bar, ...]:
        """Every bar in reading order."""
        return tuple(self._bars())

    def sizeHint(self) -> QSize:
        theme = current_theme()
        return QSize(theme.px(max(280, 90 * len(self._groups))), theme.px(200))

    def minimumSizeHint(self) -> QSize:
        return QSize(current_theme().px(220), current_theme().px(200))

    # -- the user ---------------------------------------------------------------------------------------

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = self._at(event.position())
        if place is not None and event.button() is Qt.MouseButton.LeftButton:
            self._chosen = place
            self.update()
            self._open()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self._at(event.position())
        leads = place is not None and bool(self._bars()[place].key)
        self.setCursor(Qt.CursorShape.PointingHandCursor if leads else Qt.CursorShape.ArrowCursor)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            place = self._at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self._bars()[place].words if place is not None else "", self)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, last = event.key(), len(self._bars()) - 1
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if key in steps and last >= 0:
            self._chosen = min(max(self._chosen + steps[Qt.Key(key)], 0), last)
            self.setAccessibleDescription(self._bars()[self._chosen].words)
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and last >= 0:
            self._open()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _open(self) -> None:
        bars = self._bars()
        if bars and bars[self._chosen].key:
            self.opened.emit(bars[self._chosen].key)

    def _at(self, point: QPointF) -> int | None:
        for place, (_, area) in enumerate(self._placed()):
            if area.adjusted(-2, -current_theme().px(16), 2, current_theme().px(4)).contains(point):
                return place
        return None

    def _bars(self) -> list[Bar]:
        return [bar for group in self._groups for bar in group.bars]

    # -- drawing ----------------------------------------------------------------------------------------

    def _area(self) -> QRectF:
        """Where the bars stand; limits are named to the right of it."""
        theme = current_theme()
        metrics = QFontMetricsF(theme.font("small_strong"))
        right = max((metrics.horizontalAdvance(each.label) for each in self._limits), default=0)
        right = right + theme.px(12) if right else 0
        top, below = theme.px(20), theme.px(42 if any(group.note for group in self._groups) else 26)
        if any(bar.amount < 0 for bar in self._bars()):
            below += theme.px(16)
        return QRectF(0, top, max(self.width() - right, 1), max(self.height() - top - below, 1))

    def _scale(self) -> tuple[float, float]:
        """The highest and the lowest amount, with nothing between them."""
        amounts = [float(bar.amount) for bar in self._bars()] + [float(each.amount) for each in self._limits]
        return max([*amounts, 0.0]) or (1.0 if not any(amounts) else 0.0), min([*amounts, 0.0])

    def _words_top(self) -> float:
        """Where the words under the bars begin: below the figures of bars that go down."""
        lower = any(bar.amount < 0 for bar in self._bars())
        return self._area().bottom() + current_theme().px(22 if lower else 6)

    def _y(self, amount: float) -> float:
        area, (high, low) = self._area(), self._scale()
        return area.top() + area.height() * (high - amount) / ((high - low) or 1.0)

    def _placed(self) -> Iterator[tuple[Bar, QRectF]]:
        area = self._area()
        slot = area.width() / max(len(self._groups), 1)
        zero = self._y(0.0)
        for place, group in enumerate(self._groups):
            width = min(slot * 0.92 / max(len(group.bars), 1), current_theme().px(56))
            left = area.left() + slot * (place + 0.5) - width * len(group.bars) / 2
            for number_of, bar in enumerate(group.bars):
                y = self._y(float(bar.amount))
                yield bar, QRectF(left + width * number_of, min(y, zero), width * 0.94, abs(zero - y))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._groups:
            return
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, (bar, area) in enumerate(self._placed()):
            self._paint_bar(painter, theme, bar, area)
            if self.hasFocus() and place == self._chosen:
                painter.setPen(QPen(theme.color("focus"), theme.focus_width))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(area.adjusted(-3, -3, 3, 3))
        area, zero = self._area(), self._y(0.0)
        painter.setPen(QPen(theme.color("text3"), 1))
        painter.drawLine(QPointF(area.left(), zero), QPointF(area.right(), zero))
        slot = area.width() / len(self._groups)
        for place, group in enumerate(self._groups):
            below = QRectF(area.left() + slot * place, self._words_top(), slot, theme.px(18))
            painter.setFont(theme.font("meta"))
            painter.setPen(theme.color("text"))
            painter.drawText(below, _UNDER, group.label)
            painter.setFont(theme.font("small"))
            painter.setPen(theme.color("text2"))
            painter.drawText(below.translated(0, theme.px(17)), _UNDER, group.note)
        self._paint_limits(painter, theme, area)
        painter.end()

    def _paint_bar(self, painter: QPainter, theme: Theme, bar: Bar, area: QRectF) -> None:
        edge = QPen(theme.color("c_edge"), 1)
        brush = QBrush(theme.color("c_soft"))
        if bar.look is Look.BUDGET:
            edge, brush = QPen(theme.color("c_budget"), 1.4), QBrush(Qt.BrushStyle.NoBrush)
        elif bar.look is Look.FORECAST:
            edge = QPen(theme.color("c_edge"), 1.5, Qt.PenStyle.DashLine)
        elif bar.look is Look.PLAN:
            edge = QPen(theme.color("c_budget"), 1.4, Qt.PenStyle.DotLine)
            brush = QBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(edge)
        painter.setBrush(brush)
        painter.drawRect(area)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("text"))
        text, words = QRectF(area.center().x() - 60, 0, 120, theme.px(16)), _tkr(bar.amount)
        if bar.amount < 0:
            painter.drawText(text.translated(0, area.bottom() + 1), _UNDER, words)
        elif (
            area.height() > theme.px(24) and painter.fontMetrics().horizontalAdvance(words) < area.width() - 4
        ):
            # Inside, and below a limit that would strike it out.
            top = area.top() + theme.px(5)
            for y in sorted(self._y(float(limit.amount)) for limit in self._limits):
                if top - 2 < y < top + theme.px(16):
                    top = y + theme.px(4)
            painter.drawText(text.translated(0, top), _UNDER, words)
        else:
            painter.drawText(text.translated(0, area.top() - theme.px(17)), _OVER, words)

    def _paint_limits(self, painter: QPainter, theme: Theme, area: QRectF) -> None:
        height = QFontMetricsF(theme.font("small")).height()
        taken: list[float] = []
        for limit in sorted(self._limits, key=lambda each: -each.amount):
            y = self._y(float(limit.amount))
            style = Qt.PenStyle.DashLine if limit.dashed else Qt.PenStyle.SolidLine
            painter.setPen(QPen(theme.color("text"), 1.6, style))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            # Two names that would lie on each other are pushed apart.
            top = y - height
            while any(abs(top - other) < 2 * height for other in taken):
                top += 1
            taken.append(top)
            painter.setFont(theme.font("small_strong"))
            painter.setPen(theme.color("text"))
            x = area.right() + theme.px(8)
            painter.drawText(QPointF(x, top + height * 0.8), limit.label)
            painter.setFont(theme.font("small"))
            painter.setPen(theme.color("text2"))
            painter.drawText(QPointF(x, top + height * 1.8), f"{_tkr(limit.amount)} tkr")


def _tkr(kr: Decimal) -> str:
    return number(kr / _KR_PER_TKR)
