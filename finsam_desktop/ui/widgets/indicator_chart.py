"""An indicator through the years: a bar for each tertial, the latest year stronger. The table beside is the truth."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from finsam_desktop.ui.theme import current_theme

_WIDEST_BAR = 44
_MIDDLE = Qt.AlignmentFlag.AlignHCenter


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorPoint:
    """A bar: its period, its height and the number as it is written."""

    label: str
    amount: Decimal
    shown: str
    year: int


class IndicatorChart(QWidget):
    """Bars from nought, the number above each, the period below; no axis and no grid."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = ""
        self._points: tuple[IndicatorPoint, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def points(self) -> tuple[IndicatorPoint, ...]:
        """What is shown."""
        return self._points

    def set_points(self, title: str, points: tuple[IndicatorPoint, ...]) -> None:
        """Show other figures."""
        self._title, self._points = title, points
        self.setAccessibleName(title)
        self.setAccessibleDescription(", ".join(f"{point.label}: {point.shown}" for point in points))
        self.setVisible(bool(points))
        self.update()

    def sizeHint(self) -> QSize:
        theme = current_theme()
        return QSize(theme.px(360), theme.px(190))

    minimumSizeHint = sizeHint

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._points:
            return
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = QFontMetricsF(theme.font("label")).height()
        painter.setFont(theme.font("label"))
        painter.setPen(theme.color("text2"))
        painter.drawText(QRectF(0, 0, self.width(), line + 2), self._title)
        top, bottom = line * 2 + theme.px(10), self.height() - line - theme.px(8)
        step = min(self.width() / len(self._points), theme.px(92))
        highest = max((point.amount for point in self._points), default=Decimal(1)) or Decimal(1)
        latest = self._points[-1].year
        width = min(step * 0.6, theme.px(_WIDEST_BAR))
        for place, point in enumerate(self._points):
            height = float(point.amount / highest) * (bottom - top)
            middle = step * place + step / 2
            bar = QRectF(middle - width / 2, bottom - height, width, height)
            now = point.year == latest
            painter.setPen(QPen(theme.color("accent" if now else "c_edge"), 1))
            painter.setBrush(theme.color("accent" if now else "c_soft"))
            painter.drawRect(bar)
            painter.setFont(theme.font("small_strong" if now else "small"))
            painter.setPen(theme.color("text" if now else "text2"))
            above = QRectF(middle - step / 2, bar.top() - line - theme.px(2), step, line)
            painter.drawText(above, int(_MIDDLE | Qt.AlignmentFlag.AlignBottom), point.shown)
            below = QRectF(middle - step / 2, bottom + theme.px(5), step, line)
            painter.drawText(below, int(_MIDDLE | Qt.AlignmentFlag.AlignTop), point.label)
        painter.setPen(QPen(theme.color("ctl"), 1))
        painter.drawLine(0, round(bottom), round(step * len(self._points)), round(bottom))
        painter.end()
