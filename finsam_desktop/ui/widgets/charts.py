"""Two charts: costs through the year, and equity against its cap. The table beside them is the truth.

Each says its figures in words to a screen reader.
Amounts are in kr; what is written is in tkr.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

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

from finsam_desktop.domain.wording import MONTHS, number
from finsam_desktop.ui.theme import Theme, current_theme

_KR_PER_TKR = 1000
HEIGHT = 172
"""Of a chart, in pixels of the drawing."""
_OPENS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_UNDER = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop


@dataclass(frozen=True, slots=True, kw_only=True)
class CostCurves:
    """Accumulated costs in kr: budget and forecast for the year, outcome to the end of ``last_month``."""

    last_month: int
    budget: Decimal
    outcome: Decimal
    forecast: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class EquityBar:
    """Equity at the end of a year and the recommended cap, in kr; ``key`` is what the bar leads to."""

    year: int
    amount: Decimal
    cap: Decimal | None
    forecast: bool
    key: str = ""


class CostChart(QWidget):
    """Budget as a thin grey line, outcome solid, forecast dashed; the labels stand at the lines' ends.

    ``opened`` on a click and on Enter: the figures it is drawn of are asked for.
    """

    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip("Visa ärendet med siffrorna")
        self._curves: CostCurves | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Kostnader, ackumulerat")

    def set_curves(self, curves: CostCurves) -> None:
        """Show other figures."""
        self._curves = curves
        self.setAccessibleDescription(
            f"Budget för året {_tkr(curves.budget)} tkr, utfall till och med {MONTHS[curves.last_month - 1]} "
            f"{_tkr(curves.outcome)} tkr, prognos för året {_tkr(curves.forecast)} tkr."
        )
        self.update()

    def sizeHint(self) -> QSize:
        theme = current_theme()
        return QSize(theme.px(280), theme.px(HEIGHT))

    minimumSizeHint = sizeHint

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.opened.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _OPENS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._curves is None:
            return
        theme = current_theme()
        painter = QPainter(self)
        if self.hasFocus():
            _paint_focus(painter, theme, QRectF(self.rect()))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = QFontMetricsF(theme.font("small"))
        left = metrics.horizontalAdvance("00 000") + theme.px(10)
        right = QFontMetricsF(theme.font("label")).horizontalAdvance("Prognos") + theme.px(10)
        area = QRectF(left, theme.px(12), self.width() - left - right, self.height() - theme.px(40))
        top = float(max(self._curves.budget, self._curves.forecast, self._curves.outcome, Decimal(1)))
        step = _step(top / _KR_PER_TKR) * _KR_PER_TKR
        self._paint_axes(painter, theme, area, top, step)
        self._paint_lines(painter, theme, area, top)
        painter.end()

    def _paint_axes(self, painter: QPainter, theme: Theme, area: QRectF, top: float, step: float) -> None:
        painter.setFont(theme.font("small"))
        value = 0.0
        while value <= top * 1.001:
            y = area.bottom() - area.height() * value / top
            painter.setPen(QPen(theme.color("text3" if value == 0 else "line"), 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(theme.color("text3"))
            box = QRectF(0, y - 10, area.left() - theme.px(8), 20)
            painter.drawText(box, _RIGHT, _tkr(Decimal(value)))
            value += step
        assert self._curves is not None
        for month, name in enumerate(MONTHS, start=1):
            last = month == self._curves.last_month
            painter.setFont(theme.font("small_strong" if last else "small"))
            painter.setPen(theme.color("text" if last else "text3"))
            x = area.left() + area.width() * month / 12
            box = QRectF(x - 15, area.bottom() + theme.px(6), 30, 20)
            painter.drawText(box, _UNDER, name[0])

    def _paint_lines(self, painter: QPainter, theme: Theme, area: QRectF, top: float) -> None:
        curves = self._curves
        assert curves is not None

        def point(month: int, kr: Decimal) -> QPointF:
            return QPointF(
                area.left() + area.width() * month / 12, area.bottom() - area.height() * float(kr) / top
            )

        start, now = point(0, Decimal(0)), point(curves.last_month, curves.outcome)
        budget, forecast = point(12, curves.budget), point(12, curves.forecast)
        painter.setPen(QPen(theme.color("c_budget"), 1.5))
        painter.drawLine(start, budget)
        painter.setPen(QPen(theme.color("accent"), 2.2))
        painter.drawLine(start, now)
        dashed = QPen(theme.color("accent"), 2, Qt.PenStyle.CustomDashLine)
        dashed.setDashPattern([4, 3])
        painter.setPen(dashed)
        painter.drawLine(now, forecast)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent"))
        painter.drawEllipse(now, theme.px(4), theme.px(4))
        height = QFontMetricsF(theme.font("label")).height()
        # Two labels that would lie on each other are pushed apart, the upper up and the lower down.
        overlap = max(0.0, height - abs(budget.y() - forecast.y())) / 2
        sign = -1 if budget.y() <= forecast.y() else 1
        for name, end, shift in (("Budget", budget, sign * overlap), ("Prognos", forecast, -sign * overlap)):
            painter.setFont(theme.font("meta_strong" if name == "Prognos" else "meta"))
            painter.setPen(theme.color("accent" if name == "Prognos" else "text2"))
            painter.drawText(QPointF(area.right() + theme.px(8), end.y() + shift + height / 3), name)
        painter.setFont(theme.font("meta_strong"))
        painter.setPen(theme.color("accent"))
        width = QFontMetricsF(theme.font("meta_strong")).horizontalAdvance("Utfall")
        painter.drawText(now + QPointF(-width - theme.px(2), -theme.px(8)), "Utfall")


class EquityChart(QWidget):
    """A bar per year, the cap as a dark tick, what is above it hatched, the forecast with a dashed edge.

    ``opened(key)`` on a click on a bar, and on Enter: ← and → go between the bars.
    """

    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: tuple[EquityBar, ...] = ()
        self._at = -1
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Eget kapital mot rekommenderat tak")

    def set_bars(self, bars: tuple[EquityBar, ...]) -> None:
        """Show other years."""
        self._bars = bars
        self._at = len(bars) - 1
        self.setAccessibleDescription(". ".join(_bar_in_words(bar) for bar in bars))
        self.update()

    def sizeHint(self) -> QSize:
        theme = current_theme()
        return QSize(theme.px(300), theme.px(HEIGHT))

    minimumSizeHint = sizeHint

    def bar_at(self, x: float) -> int:
        """The place of the bar at a distance from the left edge, -1 where there is none."""
        slot = self._slot()
        place = int(x // slot) if slot > 0 else -1
        return place if 0 <= place < len(self._bars) else -1

    def _slot(self) -> float:
        return (self.width() - current_theme().px(72)) / max(1, len(self._bars))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = self.bar_at(event.position().x())
        if event.button() is Qt.MouseButton.LeftButton and place >= 0:
            self._at = place
            self.opened.emit(self._bars[place].key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and self._bars and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            by = -1 if event.key() == Qt.Key.Key_Left else 1
            self._at = max(0, min(self._at + by, len(self._bars) - 1))
            self.setAccessibleName(
                f"Eget kapital mot rekommenderat tak. {_bar_in_words(self._bars[self._at])}"
            )
            self.update()
        elif plain and self._bars and event.key() in _OPENS:
            self.opened.emit(self._bars[self._at].key)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            place = self.bar_at(event.pos().x())
            if place >= 0:
                QToolTip.showText(event.globalPos(), _bar_in_words(self._bars[place]), self)
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._bars:
            return
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        bottom = self.height() - theme.px(40)
        top = max(float(value) for bar in self._bars for value in (bar.amount, bar.cap or Decimal(0)))
        label_width = theme.px(72)
        slot = self._slot()
        width = min(slot * 0.65, theme.px(64))
        for place, bar in enumerate(self._bars):
            middle = slot * (place + 0.5)
            self._paint_bar(painter, theme, bar, QRectF(middle - width / 2, 0, width, bottom), top)
            if self.hasFocus() and place == self._at:
                edge = QRectF(slot * place + 2, 1, slot - 4, self.height() - 2)
                _paint_focus(painter, theme, edge)
        painter.setPen(QPen(theme.color("text3"), 1))
        painter.drawLine(QPointF(0, bottom), QPointF(self.width() - label_width, bottom))
        last = self._bars[-1]
        if last.cap is not None:
            y = bottom - (bottom - theme.px(14)) * float(last.cap) / top
            painter.setFont(theme.font("meta_strong"))
            painter.setPen(theme.color("text"))
            x = self.width() - label_width + theme.px(6)
            painter.drawText(QPointF(x, y + 4), "Tak")
            painter.setFont(theme.font("small"))
            painter.setPen(theme.color("text2"))
            painter.drawText(QPointF(x, y + theme.px(20)), _tkr(last.cap))
        painter.end()

    def _paint_bar(self, painter: QPainter, theme: Theme, bar: EquityBar, slot: QRectF, top: float) -> None:
        bottom = slot.bottom()
        full = bottom - theme.px(14)
        height = full * max(float(bar.amount), 0.0) / top
        rect = QRectF(slot.left(), bottom - height, slot.width(), height)
        edge = QPen(theme.color("c_edge"), 1.5 if bar.forecast else 1)
        if bar.forecast:
            edge.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(edge)
        painter.setBrush(theme.color("c_soft"))
        painter.drawRect(rect)
        if bar.cap is not None:
            y = bottom - full * float(bar.cap) / top
            if bar.amount > bar.cap:
                painter.fillRect(
                    QRectF(rect.left(), rect.top(), rect.width(), y - rect.top()),
                    QBrush(theme.color("c_edge"), Qt.BrushStyle.BDiagPattern),
                )
            painter.setPen(QPen(theme.color("text"), 2))
            painter.drawLine(QPointF(slot.left() - theme.px(8), y), QPointF(slot.right() + theme.px(8), y))
        painter.setPen(theme.color("text"))
        painter.setFont(theme.font("meta_strong" if bar.forecast else "meta"))
        inside = QRectF(rect.left(), rect.top() + theme.px(4), rect.width(), 20)
        painter.drawText(inside, _UNDER, _tkr(bar.amount))
        below = QRectF(slot.left() - 20, bottom + theme.px(4), slot.width() + 40, 20)
        painter.drawText(below, _UNDER, str(bar.year))
        if bar.forecast:
            painter.setFont(theme.font("small"))
            painter.setPen(theme.color("text2"))
            painter.drawText(below.translated(0, theme.px(16)), _UNDER, "prognos")


def _paint_focus(painter: QPainter, theme: Theme, rect: QRectF) -> None:
    painter.setPen(QPen(theme.color("focus"), theme.focus_width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect.adjusted(1, 1, -1, -1))


def _tkr(kr: Decimal) -> str:
    return number(kr / _KR_PER_TKR)


def _step(top: float) -> float:
    """A round distance between the lines of a scale from 0 to ``top``: two to four lines."""
    for size in (1, 2, 4, 5, 10, 20, 40, 50):
        for scale in (1, 10, 100, 1000, 10_000):
            if 2 <= top / (size * scale) <= 4:
                return float(size * scale)
    return top / 2


def _bar_in_words(bar: EquityBar) -> str:
    kind = "prognos" if bar.forecast else "utfall"
    cap = f", tak {_tkr(bar.cap)} tkr" if bar.cap is not None else ""
    return f"{bar.year}, {kind}: {_tkr(bar.amount)} tkr{cap}"
