"""The coming dates on one line: today, meetings filled, deadlines hollow; a far date past a break."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from finsam_desktop.domain.wording import MONTHS, WEEKDAYS
from finsam_desktop.ui.theme import Theme, current_theme

_WEEKS = 8
_LEAST = 122
_ONE_LINE = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip
_LEFT, _RIGHT = _ONE_LINE | Qt.AlignmentFlag.AlignLeft, _ONE_LINE | Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEvent:
    """A day on the line; ``meeting`` is drawn filled, a deadline hollow, ``late`` in the warning colour."""

    day: date
    title: str
    fact: str = ""
    meeting: bool = False
    late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _LaidOut:
    """The line's height, where it breaks, its first day, where today is; events with their places and labels."""

    axis: int
    broken: int
    start: date
    now: float
    placed: tuple[tuple[TimelineEvent, float], ...]
    boxes: tuple[QRectF | None, ...]


class Timeline(QWidget):
    """Eight weeks from just before today; the first day after them stands past a break in the line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = date.min
        self._events: tuple[TimelineEvent, ...] = ()
        self._needed = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Frister")

    def set_events(self, events: tuple[TimelineEvent, ...], today: date) -> None:
        """Show other dates."""
        self._today = today
        self._events = tuple(sorted(events, key=lambda event: event.day))
        self.setAccessibleDescription(". ".join(f"{e.title} {_short(e.day)}" for e in self._events))
        self._fit()
        self.update()

    def sizeHint(self) -> QSize:
        theme = current_theme()
        return QSize(theme.px(600), self._needed or theme.px(_LEAST))

    minimumSizeHint = sizeHint

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Take the height that the labels need at this width."""
        theme = current_theme()
        lowest = max((box.bottom() for box in self._laid_out().boxes if box is not None), default=0.0)
        needed = max(theme.px(_LEAST), round(lowest) + theme.px(6))
        if needed != self._needed:
            self._needed = needed
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._today == date.min:
            return
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        laid = self._laid_out()
        axis, placed, boxes = laid.axis, laid.placed, laid.boxes
        self._paint_axis(painter, theme, axis, laid.broken, laid.start)
        self._paint_today(painter, theme, axis, laid.now)
        painter.setPen(QPen(theme.color("text3"), 1))
        for (_, x), box in zip(placed, boxes, strict=True):
            if box is not None:
                edge = box.top() if box.bottom() < axis else box.bottom()
                painter.drawLine(QPointF(x, axis), QPointF(x, edge))
        for (event, x), box in zip(placed, boxes, strict=True):
            if box is not None:
                self._paint_label(painter, theme, event, box, before=box.right() < x)
            painter.setPen(QPen(theme.color("accent" if event.meeting else "text2"), 1.8))
            painter.setBrush(theme.color("accent" if event.meeting else "base"))
            painter.drawEllipse(QPointF(x, axis), theme.px(4.5), theme.px(4.5))
        painter.end()

    def _laid_out(self) -> _LaidOut:
        """Where everything stands at this width."""
        if self._today == date.min:
            return _LaidOut(axis=0, broken=0, start=self._today, now=0.0, placed=(), boxes=())
        theme = current_theme()
        start = self._today - timedelta(days=5)
        end = start + timedelta(weeks=_WEEKS)
        near = tuple(event for event in self._events if start <= event.day <= end)
        far = tuple(event for event in self._events if event.day > end)
        broken = self.width() - theme.px(140) if far else self.width()
        axis = theme.px(64)
        days = (end - start).days

        def x_of(day: date) -> float:
            return (day - start).days / days * (broken - theme.px(24))

        now = x_of(self._today)
        taken: list[QRectF] = [QRectF(now, 0, theme.px(100), theme.px(18)), QRectF(now - 2, 0, 4, axis)]
        placed = [(event, x_of(event.day)) for event in near]
        placed += [(event, broken + theme.px(24.0)) for event in far[:1]]
        after = [*(x for _, x in placed[1:]), float(self.width())]
        boxes = [
            self._place(theme, event, x, axis, taken, next_x)
            for (event, x), next_x in zip(placed, after, strict=True)
        ]
        return _LaidOut(
            axis=axis, broken=broken, start=start, now=now, placed=tuple(placed), boxes=tuple(boxes)
        )

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

    def _place(
        self, theme: Theme, event: TimelineEvent, x: float, axis: int, taken: list[QRectF], next_x: float
    ) -> QRectF | None:
        """Where the event's two lines fit: above the line, else below it in two rows; None when nowhere.

        Below the line they stand before the day when the next one is so near that its label would need a row of its
        own.
        """
        width = max(
            QFontMetricsF(theme.font("meta_strong")).horizontalAdvance(event.title),
            QFontMetricsF(theme.font("meta")).horizontalAdvance(event.fact or _short(event.day)),
        )
        height = 2 * QFontMetricsF(theme.font("meta")).height()
        left = min(x + theme.px(6), self.width() - width - 2)
        above = QRectF(left, axis - theme.px(12) - height, width, height)
        below = QRectF(left, axis + theme.px(18), width, height)
        places = [above, below, below.translated(0, height + theme.px(2))]
        before = below.translated(x - theme.px(6) - width - below.left(), 0)
        if next_x < below.right() and before.left() > 0:
            places.insert(1, before)
        for box in places:
            if not any(box.intersects(other) for other in taken):
                taken.append(box.adjusted(0, 0, theme.px(8), 0))
                return box
        return None

    def _paint_label(
        self, painter: QPainter, theme: Theme, event: TimelineEvent, box: QRectF, *, before: bool
    ) -> None:
        upper = QRectF(box.left(), box.top(), box.width(), box.height() / 2)
        side = _RIGHT if before else _LEFT
        # The ground hides the stem of an event whose label stands further down.
        painter.fillRect(box, theme.color("base"))
        painter.setFont(theme.font("meta_strong"))
        painter.setPen(theme.color("text"))
        painter.drawText(upper, side, event.title)
        painter.setFont(theme.font("meta"))
        painter.setPen(theme.color("warn" if event.late else "text2"))
        painter.drawText(upper.translated(0, upper.height()), side, event.fact or _short(event.day))


def _short(day: date) -> str:
    """ "tors 22 okt", "ons 31 mars"."""
    weekday = "tors" if day.weekday() == 3 else WEEKDAYS[day.weekday()][:3]
    month = MONTHS[day.month - 1]
    return f"{weekday} {day.day} {month if len(month) <= 4 else month[:3]}"
