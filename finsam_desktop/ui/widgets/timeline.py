"""The coming dates on one line: today, meetings filled, deadlines hollow; a far date past a break."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from finsam_desktop.domain.wording import MONTHS, WEEKDAYS
from finsam_desktop.ui.theme import Theme, current_theme

_WEEKS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEvent:
    """A day on the line; ``meeting`` is drawn filled, a deadline hollow, ``late`` in the warning colour."""

    day: date
    title: str
    fact: str = ""
    meeting: bool = False
    late: bool = False


class Timeline(QWidget):
    """Eight weeks from just before today; the first day after them stands past a break in the line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = date.min
        self._events: tuple[TimelineEvent, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Frister")

    def set_events(self, events: tuple[TimelineEvent, ...], today: date) -> None:
        """Show other dates."""
        self._today = today
        self._events = tuple(sorted(events, key=lambda event: event.day))
        self.setAccessibleDescription(". ".join(f"{e.title} {_short(e.day)}" for e in self._events))
        self.update()

    def sizeHint(self) -> QSize:
        theme = current_theme()
        return QSize(theme.px(600), theme.px(122))

    minimumSizeHint = sizeHint

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._today == date.min:
            return
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        start = self._today - timedelta(days=5)
        end = start + timedelta(weeks=_WEEKS)
        near = tuple(event for event in self._events if start <= event.day <= end)
        far = tuple(event for event in self._events if event.day > end)
        broken = self.width() - theme.px(110) if far else self.width()
        axis = theme.px(68)
        self._paint_axis(painter, theme, axis, broken, start)
        days = (end - start).days

        def x_of(day: date) -> float:
            return (day - start).days / days * (broken - theme.px(24))

        self._paint_today(painter, theme, axis, x_of(self._today))
        taken: list[QRectF] = [QRectF(x_of(self._today), 0, theme.px(100), theme.px(18))]
        for event in near:
            self._paint_event(painter, theme, event, x_of(event.day), axis, taken)
        if far:
            self._paint_event(painter, theme, far[0], broken + theme.px(24), axis, taken)
        painter.end()

    def _paint_axis(self, painter: QPainter, theme: Theme, axis: int, broken: int, start: date) -> None:
        painter.setPen(QPen(theme.color("text3"), 1))
        painter.drawLine(0, axis, broken, axis)
        if broken < self.width():
            dotted = QPen(theme.color("text3"), 1, Qt.PenStyle.DotLine)
            painter.setPen(dotted)
            painter.drawLine(broken, axis, self.width(), axis)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("text3"))
        monday = start + timedelta(days=-start.weekday() % 7)
        for week in range(_WEEKS):
            day = monday + timedelta(weeks=week)
            x = (day - start).days / (_WEEKS * 7) * (broken - theme.px(24))
            painter.drawLine(QPointF(x, axis), QPointF(x, axis + theme.px(4)))
            painter.drawText(QPointF(x + 3, axis + theme.px(15)), f"v {day.isocalendar().week}")

    def _paint_today(self, painter: QPainter, theme: Theme, axis: int, x: float) -> None:
        painter.setPen(QPen(theme.color("accent"), 2))
        painter.drawLine(QPointF(x, theme.px(2)), QPointF(x, axis))
        painter.setBrush(theme.color("accent"))
        painter.drawEllipse(QPointF(x, axis), 3, 3)
        painter.setFont(theme.font("meta_strong"))
        painter.drawText(QPointF(x + theme.px(6), theme.px(13)), f"I dag {_short(self._today)}")

    def _paint_event(
        self, painter: QPainter, theme: Theme, event: TimelineEvent, x: float, axis: int, taken: list[QRectF]
    ) -> None:
        title_font, fact_font = theme.font("meta_strong"), theme.font("meta")
        fact = event.fact or _short(event.day)
        width = max(
            QFontMetricsF(title_font).horizontalAdvance(event.title),
            QFontMetricsF(fact_font).horizontalAdvance(fact),
        )
        height = QFontMetricsF(fact_font).height()
        left = min(x + theme.px(6), self.width() - width - 2)
        # Above the line if there is room, else below; a label is never drawn over another.
        above = QRectF(left, axis - theme.px(12) - 2 * height, width, 2 * height)
        below = QRectF(left, axis + theme.px(18), width, 2 * height)
        free = next(
            (box for box in (above, below) if not any(box.intersects(other) for other in taken)), None
        )
        painter.setPen(QPen(theme.color("text3"), 1))
        if free is not None:
            taken.append(free.adjusted(0, 0, theme.px(8), 0))
            edge = free.top() if free is above else free.bottom()
            painter.drawLine(QPointF(x, axis), QPointF(x, edge))
            painter.setFont(title_font)
            painter.setPen(theme.color("text"))
            painter.drawText(QPointF(left, free.top() + height * 0.8), event.title)
            painter.setFont(fact_font)
            painter.setPen(theme.color("warn" if event.late else "text2"))
            painter.drawText(QPointF(left, free.top() + height * 1.8), fact)
        painter.setPen(QPen(theme.color("accent" if event.meeting else "text2"), 1.8))
        painter.setBrush(theme.color("accent" if event.meeting else "base"))
        painter.drawEllipse(QPointF(x, axis), theme.px(4.5), theme.px(4.5))


def _short(day: date) -> str:
    """ "tors 22 okt"."""
    weekday = {3: "tors"}.get(day.weekday(), WEEKDAYS[day.weekday()][:3])
    return f"{weekday} {day.day} {MONTHS[day.month - 1][:3] if day.month != 6 else 'juni'}"
