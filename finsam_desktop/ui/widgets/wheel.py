"""The picture of the year: a ring of months, periods inside it, meetings and lawful days around it.

The picture is never the only way: everything in it stands in the list beside it. It can be walked with the arrow
keys, Enter opens what is chosen, and a screen reader is told each thing in words.
"""

from __future__ import annotations

import calendar
import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from finsam_desktop.domain.wording import MONTHS, short_date
from finsam_desktop.ui.theme import FontRole, Role, current_theme

MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "Maj", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dec")
OUTER, INNER = 176.0, 142.0
LANE, LANE_GAP = 22.0, 4.0
HALF, HALF_HEIGHT = 240.0, 216.0
"""The picture is drawn 2 × HALF wide and 2 × HALF_HEIGHT high with the middle in (0, 0), and scaled to its widget."""
LEGEND = 34.0
"""Height of the line below that says what the signs mean."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WheelMark:
    """A day in the picture: a meeting (``meeting``) or a lawful last day. ``key`` is what opening it leads to."""

    key: str
    day: date
    title: str
    meeting: bool = True
    done: bool = False
    coming: bool = False

    @property
    def words(self) -> str:
        """The mark as a screen reader says it."""
        done = ", klart" if self.done else ""
        return f"{self.title} {short_date(self.day)}{done}"


@dataclass(frozen=True, slots=True, kw_only=True)
class WheelPeriod:
    """A stretch of whole months inside the ring."""

    title: str
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WheelContent:
    """What the picture shows. ``month`` is the one chosen, 0 for none; ``note`` the line below the year."""

    year: int
    marks: tuple[WheelMark, ...] = ()
    periods: tuple[WheelPeriod, ...] = ()
    today: date | None = None
    month: int = 0
    note: str = ""


Colour = Callable[[Role], QColor]
Fonts = Callable[[FontRole], QFont]


def angle_of(day: date) -> float:
    """Degrees clockwise from the top where the day stands; each month has thirty."""
    days = calendar.monthrange(day.year, day.month)[1]
    return (day.month - 1 + (day.day - 0.5) / days) * 30


def point_at(angle: float, radius: float) -> QPointF:
    """The point at an angle clockwise from the top."""
    turned = math.radians(angle)
    return QPointF(radius * math.sin(turned), -radius * math.cos(turned))


def lanes(periods: tuple[WheelPeriod, ...]) -> dict[str, int]:
    """Which lane inside the ring each period has: 0 nearest the ring, further in where they overlap."""
    placed: dict[str, int] = {}
    for period in periods:
        lane = 0
        while any(
            placed[other.title] == lane and other.first <= period.last and period.first <= other.last
            for other in periods
            if other.title in placed
        ):
            lane += 1
        placed[period.title] = lane
    return placed


class WheelPainter:
    """Draws a `WheelContent` around (0, 0); the same for window and paper."""

    def __init__(self, painter: QPainter, content: WheelContent, colour: Colour, font: Fonts) -> None:
        self._painter, self._content = painter, content
        self._colour, self._font = colour, font

    def paint(self, focused: str = "", chosen: str = "") -> None:
        """Draw it all; ``focused`` is the key that has the focus frame."""
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for month in range(1, 13):
            self._paint_month(month, focused)
        placed = lanes(self._content.periods)
        for period in self._content.periods:
            self._paint_period(period, placed[period.title])
        if self._content.today is not None and self._content.today.year == self._content.year:
            pen = QPen(self._colour("accent"), 2.5)
            self._painter.setPen(pen)
            at = angle_of(self._content.today)
            self._painter.drawLine(point_at(at, INNER - 5), point_at(at, INNER + 5))
            self._painter.drawLine(point_at(at, OUTER - 5), point_at(at, OUTER + 5))
        taken: list[QRectF] = []
        for mark in self._content.marks:
            self._paint_mark(mark, focused, taken)
        self._paint_middle()
        self._paint_legend()

    def _segment(self, start: float, end: float, inner: float, outer: float) -> QPainterPath:
        path = QPainterPath()
        box = QRectF(-outer, -outer, 2 * outer, 2 * outer)
        path.arcMoveTo(box, 90 - start)
        path.arcTo(box, 90 - start, start - end)
        small = QRectF(-inner, -inner, 2 * inner, 2 * inner)
        path.arcTo(small, 90 - end, end - start)
        path.closeSubpath()
        return path

    def _paint_month(self, month: int, focused: str) -> None:
        painter, colour = self._painter, self._colour
        today = self._content.today
        now = today is not None and (today.year, today.month) == (self._content.year, month)
        chosen = month == self._content.month
        path = self._segment((month - 1) * 30 + 0.6, month * 30 - 0.6, INNER, OUTER)
        painter.setBrush(colour("accent_bg" if chosen else "sunk"))
        painter.setPen(QPen(colour("accent" if chosen else "line2"), 1.6 if chosen else 1))
        painter.drawPath(path)
        if focused == f"month:{month}":
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour("focus"), 3))
            painter.drawPath(path)
        painter.setFont(self._font("body_strong" if now or chosen else "body"))
        painter.setPen(colour("accent" if now else "text"))
        middle = point_at(month * 30 - 15, (INNER + OUTER) / 2)
        painter.drawText(_around(middle, 60, 20), Qt.AlignmentFlag.AlignCenter, MONTH_NAMES[month - 1])

    def _paint_period(self, period: WheelPeriod, lane: int) -> None:
        painter, colour = self._painter, self._colour
        outer = INNER - 8 - lane * (LANE + LANE_GAP)
        start, end = (period.first - 1) * 30 + 1.0, period.last * 30 - 1.0
        painter.setBrush(colour("c_soft"))
        painter.setPen(QPen(colour("c_edge"), 1))
        painter.drawPath(self._segment(start, end, outer - LANE, outer))
        self._paint_on_arc(period.title, (start + end) / 2, outer - LANE / 2, end - start)

    def _paint_on_arc(self, text: str, middle: float, radius: float, room: float) -> None:
        """Text along an arc, letter by letter; in the lower half it is turned so that it can be read."""
        font = self._font("small")
        metrics = QFontMetricsF(font)
        lower = 90 < middle % 360 < 270
        widths = [metrics.horizontalAdvance(letter) for letter in text]
        whole = math.degrees(sum(widths) / radius)
        if whole > room - 2:
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, math.radians(room - 4) * radius)
            widths = [metrics.horizontalAdvance(letter) for letter in text]
            whole = math.degrees(sum(widths) / radius)
        self._painter.setFont(font)
        self._painter.setPen(self._colour("text"))
        at = middle + whole / 2 if lower else middle - whole / 2
        for letter, width in zip(text, widths, strict=True):
            step = math.degrees(width / radius)
            at += -step / 2 if lower else step / 2
            self._painter.save()
            self._painter.translate(point_at(at, radius))
            self._painter.rotate(at + 180 if lower else at)
            self._painter.drawText(QRectF(-width, -20, 2 * width, 40), Qt.AlignmentFlag.AlignCenter, letter)
            self._painter.restore()
            at += -step / 2 if lower else step / 2

    def _paint_mark(self, mark: WheelMark, focused: str, taken: list[QRectF]) -> None:
        painter, colour = self._painter, self._colour
        at = angle_of(mark.day)
        middle = mark_point(mark)
        if mark.meeting:
            painter.setPen(QPen(colour("c_budget" if mark.done else "accent"), 2))
            painter.setBrush(colour("c_budget" if mark.done else "accent" if mark.coming else "base"))
            painter.drawEllipse(middle, 6, 6)
        else:
            painter.setPen(QPen(colour("err"), 1.5))
            painter.setBrush(colour("base" if mark.done else "err"))
            painter.drawPath(_diamond(middle, 6.5))
        if focused == mark.key:
            painter.setPen(QPen(colour("focus"), 2.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(middle, 11, 11)
        if not mark.meeting:
            return
        label = f"{mark.day.day} {MONTHS[mark.day.month - 1][:3]}"
        font = self._font("meta" if mark.done else "meta_strong")
        metrics = QFontMetricsF(font)
        width, height = metrics.horizontalAdvance(label), metrics.height()
        outside = point_at(at, OUTER + 26)
        left = outside.x() - width / 2 + (width / 2) * math.sin(math.radians(at))
        box = QRectF(left, outside.y() - height / 2, width + 2, height)
        if any(box.intersects(other) for other in taken):
            return
        taken.append(box)
        painter.setFont(font)
        painter.setPen(colour("text2" if mark.done else "text"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, label)

    def _paint_middle(self) -> None:
        painter = self._painter
        painter.setFont(self._font("display"))
        painter.setPen(self._colour("text"))
        painter.drawText(
            _around(QPointF(0, -10), 140, 40), Qt.AlignmentFlag.AlignCenter, str(self._content.year)
        )
        painter.setFont(self._font("small"))
        painter.setPen(self._colour("text2"))
        painter.drawText(_around(QPointF(0, 16), 140, 40), Qt.AlignmentFlag.AlignCenter, self._content.note)

    def _paint_legend(self) -> None:
        painter, colour = self._painter, self._colour
        metrics = QFontMetricsF(self._font("meta"))
        entries = ("Sammanträde", "Period", "Lagens sista dag", "I dag")
        gap, icon = 18.0, 20.0
        whole = sum(metrics.horizontalAdvance(text) + icon for text in entries) + gap * (len(entries) - 1)
        x, y = -whole / 2, HALF_HEIGHT + LEGEND / 2
        for text in entries:
            middle = QPointF(x + 7, y)
            if text == "Sammanträde":
                painter.setPen(QPen(colour("accent"), 2))
                painter.setBrush(colour("accent"))
                painter.drawEllipse(middle, 5, 5)
            elif text == "Period":
                painter.setPen(QPen(colour("c_edge"), 1))
                painter.setBrush(colour("c_soft"))
                painter.drawRect(QRectF(x, y - 4, 14, 8))
            elif text == "I dag":
                painter.setPen(QPen(colour("accent"), 2.5))
                painter.drawLine(QPointF(x + 7, y - 7), QPointF(x + 7, y + 7))
            else:
                painter.setPen(QPen(colour("err"), 1.5))
                painter.setBrush(colour("err"))
                painter.drawPath(_diamond(middle, 5.5))
            width = metrics.horizontalAdvance(text)
            painter.setFont(self._font("meta"))
            painter.setPen(colour("text2"))
            painter.drawText(
                QRectF(x + icon, y - 12, width + 2, 24),
                Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
                text,
            )
            x += icon + width + gap


def mark_point(mark: WheelMark) -> QPointF:
    """Where the mark stands: meetings outside the ring, lawful days on it."""
    return point_at(angle_of(mark.day), OUTER + 12 if mark.meeting else (INNER + OUTER) / 2 + 11)


def _around(middle: QPointF, width: float, height: float) -> QRectF:
    return QRectF(middle.x() - width / 2, middle.y() - height / 2, width, height)


def _diamond(middle: QPointF, size: float) -> QPainterPath:
    path = QPainterPath(middle + QPointF(0, -size))
    for corner in (QPointF(size, 0), QPointF(0, size), QPointF(-size, 0)):
        path.lineTo(middle + corner)
    path.closeSubpath()
    return path


class YearPicture(QWidget):
    """The picture in the window. ``month_chosen(int)`` and ``opened(key)`` by mouse and keys."""

    month_chosen = Signal(int)
    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content = WheelContent(year=2000)
        self._at = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName("Årshjul")

    def set_content(self, content: WheelContent) -> None:
        """Show another year."""
        if content == self._content:
            return
        other_year = content.year != self._content.year
        self._content = content
        if other_year:
            now = content.today.month if content.today and content.today.year == content.year else 1
            self._at = self.stops().index(f"month:{now}")
        self._at = min(self._at, len(self.stops()) - 1)
        self._say()
        self.update()

    @property
    def content(self) -> WheelContent:
        return self._content

    def stops(self) -> tuple[str, ...]:
        """The keys that the arrows go between: each month with what is in it."""
        found: list[str] = []
        for month in range(1, 13):
            found.append(f"month:{month}")
            found += [mark.key for mark in self._content.marks if mark.day.month == month]
        return tuple(found)

    @property
    def current(self) -> str:
        """The key that the focus frame is on."""
        return self.stops()[self._at]

    def sizeHint(self) -> QSize:
        side = current_theme().px(500)
        return QSize(side, self.heightForWidth(side))

    def minimumSizeHint(self) -> QSize:
        side = current_theme().px(340)
        return QSize(side, self.heightForWidth(side))

    def heightForWidth(self, width: int) -> int:
        return round(min(width, current_theme().px(540)) * (2 * HALF_HEIGHT + LEGEND) / (2 * HALF))

    def _scale(self) -> float:
        return min(self.width() / (2 * HALF), self.height() / (2 * HALF_HEIGHT + LEGEND))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        scale = self._scale()
        painter.translate(self.width() / 2, HALF_HEIGHT * scale)
        painter.scale(scale, scale)
        unscaled = theme.px(1000) / 1000

        def font(role: FontRole) -> QFont:
            # The units are the drawing's pixels: the text keeps its size in them, so that it grows with the picture.
            sized = QFont(theme.font(role))
            sized.setPointSizeF(sized.pointSizeF() / unscaled)
            return sized

        WheelPainter(painter, self._content, theme.color, font).paint(self.current if self.hasFocus() else "")
        painter.end()

    # -- mouse and keys -------------------------------------------------------------------------------

    def hit(self, position: QPointF) -> str:
        """The key at a place in the widget: a mark before the month under it; empty for none."""
        scale = self._scale()
        x, y = (position.x() - self.width() / 2) / scale, position.y() / scale - HALF_HEIGHT
        for mark in self._content.marks:
            middle = mark_point(mark)
            if math.hypot(middle.x() - x, middle.y() - y) <= 12:
                return mark.key
        if INNER <= math.hypot(x, y) <= OUTER:
            return f"month:{int((math.degrees(math.atan2(x, -y)) % 360) // 30) + 1}"
        return ""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        key = self.hit(event.position())
        if key and event.button() is Qt.MouseButton.LeftButton:
            self._at = self.stops().index(key)
            self._open(key)
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        hand = Qt.CursorShape.PointingHandCursor if self.hit(event.position()) else Qt.CursorShape.ArrowCursor
        self.setCursor(hand)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            words = self._words(self.hit(event.pos().toPointF()))
            if words:
                QToolTip.showText(event.globalPos(), words, self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = Qt.Key
        last = len(self.stops()) - 1
        steps = {keys.Key_Right: 1, keys.Key_Down: 1, keys.Key_Left: -1, keys.Key_Up: -1}
        key = keys(event.key())
        if key in steps:
            self._go((self._at + steps[key]) % (last + 1))
        elif key in (keys.Key_Home, keys.Key_End):
            self._go(0 if key == keys.Key_Home else last)
        elif key in (keys.Key_Return, keys.Key_Enter, keys.Key_Space):
            self._open(self.current)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _go(self, place: int) -> None:
        self._at = place
        self._say()
        self.update()

    def _open(self, key: str) -> None:
        kind, _, month = key.partition(":")
        if kind == "month":
            self.month_chosen.emit(int(month))
        else:
            self.opened.emit(key)

    def _words(self, key: str) -> str:
        kind, _, month = key.partition(":")
        if kind == "month":
            return MONTHS[int(month) - 1].capitalize()
        return next((mark.words for mark in self._content.marks if mark.key == key), "")

    def _say(self) -> None:
        marks = ". ".join(mark.words for mark in self._content.marks)
        periods = ". ".join(
            f"{p.title} {MONTHS[p.first - 1]}–{MONTHS[p.last - 1]}" for p in self._content.periods
        )
        self.setAccessibleName(f"Årshjul {self._content.year}. {self._words(self.current)}")
        self.setAccessibleDescription(f"{self._content.note}. {marks}. {periods}")
