"""Tabs in three dresses: the meeting's steps, the tabs of a pane, and a two-part choice. All are tab bars,
so arrow keys and screen readers work without more."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QTabBar, QWidget

from finsam_desktop.ui import icons
from finsam_desktop.ui.theme import Theme, current_theme
from finsam_desktop.ui.widgets.states import STATE_LOOK, State

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_CENTER = Qt.AlignmentFlag.AlignCenter


class _PaintedTabs(QTabBar):
    def __init__(self, name: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setDrawBase(False)
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    def _paint_focus(self, painter: QPainter, theme: Theme, rect: QRect) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("focus"), theme.focus_width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(rect).adjusted(2, 2, -2, -2), 3, 3)


class StepBar(_PaintedTabs):
    """The six steps of a meeting: state icon, name and one line of fact. Any order, no arrows, no numbers."""

    def __init__(self, names: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__("Sammanträdets steg", parent)
        self._states = [State.NOT_BEGUN] * len(names)
        self._facts = [""] * len(names)
        for name in names:
            self.addTab(name)
        self.setExpanding(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_step(self, index: int, state: State, fact: str) -> None:
        """Show how far a step has come and one line about it."""
        self._states[index], self._facts[index] = state, fact
        self.setAccessibleTabName(
            index, f"{self.tabText(index)}, {STATE_LOOK[state].word}, {fact}".rstrip(", ")
        )
        self.setTabToolTip(index, fact)
        self.update()

    def _shows_facts(self) -> bool:
        """Facts are shown where all of them have room; else the names stand alone and the facts are tooltips."""
        theme = current_theme()
        metrics = QFontMetrics(theme.font("meta"))
        widest = max((metrics.horizontalAdvance(fact) for fact in self._facts), default=0)
        return widest + theme.px(14 + 16 + 8 + 8) <= self.width() // max(self.count(), 1)

    def _widths(self) -> list[int]:
        """Six equal steps; where a name would be cut, what is over is shared out beside what the names need."""
        theme, count = current_theme(), max(self.count(), 1)
        names = QFontMetrics(theme.font("body_strong"))
        needs = [
            names.horizontalAdvance(self.tabText(i)) + theme.px(14 + 16 + 8 + 8) + 1
            for i in range(self.count())
        ]
        fits = max(needs, default=0) <= self.width() // count
        least = [0] * self.count() if fits or sum(needs) > self.width() else needs
        share, odd = divmod(self.width() - sum(least), count)
        return [need + share + (1 if i < odd else 0) for i, need in enumerate(least)]

    def tabSizeHint(self, index: int) -> QSize:
        return QSize(self._widths()[index], current_theme().px(52))

    minimumTabSizeHint = tabSizeHint

    def sizeHint(self) -> QSize:
        return QSize(current_theme().px(600), current_theme().px(52))

    def minimumSizeHint(self) -> QSize:
        return QSize(current_theme().px(300), current_theme().px(52))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("window"))
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), theme.color("line"))
        for index in range(self.count()):
            if self.isTabVisible(index):
                self._paint_step(painter, theme, index, self.tabRect(index))
        painter.end()

    def _paint_step(self, painter: QPainter, theme: Theme, index: int, rect: QRect) -> None:
        chosen = index == self.currentIndex()
        if chosen:
            painter.fillRect(rect, theme.color("base"))
            bar = QRect(rect.left(), rect.bottom() - theme.px(3) + 1, rect.width(), theme.px(3))
            painter.fillRect(bar, theme.color("accent"))
        elif index + 1 < self.count() and self.isTabVisible(index + 1) and index + 1 != self.currentIndex():
            inset = theme.px(12)
            line = QRect(rect.right(), rect.top() + inset, 1, rect.height() - 2 * inset)
            painter.fillRect(line, theme.color("line2"))
        look = STATE_LOOK[self._states[index]]
        side = theme.px(16)
        left = rect.left() + theme.px(14)
        name_font, fact_font = theme.font("body_strong"), theme.font("meta")
        names, facts = QFontMetrics(name_font), QFontMetrics(fact_font)
        with_fact = self._shows_facts() and bool(self._facts[index])
        block = names.height() + (facts.height() if with_fact else 0)
        top = rect.top() + (rect.height() - block) // 2
        icons.paint_icon(
            painter,
            look.icon or "circle",
            left,
            top + (names.height() - side) / 2,
            side,
            theme.color(look.color),
        )
        text_left = left + side + theme.px(8)
        width = rect.right() - text_left - theme.px(8)
        painter.setFont(name_font if chosen else theme.font("body_medium"))
        painter.setPen(theme.color("text"))
        name = names.elidedText(self.tabText(index), Qt.TextElideMode.ElideRight, width)
        painter.drawText(QRect(text_left, top, width, names.height()), _LEFT, name)
        if with_fact:
            painter.setFont(fact_font)
            painter.setPen(theme.color("text2"))
            fact = facts.elidedText(self._facts[index], Qt.TextElideMode.ElideRight, width)
            painter.drawText(QRect(text_left, top + names.height(), width, facts.height()), _LEFT, fact)
        if chosen and self.hasFocus():
            self._paint_focus(painter, theme, rect)


class PaneTabs(_PaintedTabs):
    """The tabs of a pane: a word with a 3 px underline; a tab may carry a count (only *Kontroller* does)."""

    def __init__(self, names: tuple[str, ...], name: str = "Flikar", parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._counts: dict[int, int] = {}
        self.set_names(names)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)  # in large type many tabs are wider than the pane

    def set_names(self, names: tuple[str, ...]) -> None:
        """Show other tabs, the first one chosen, without a word to listeners."""
        blocked = self.blockSignals(True)
        while self.count():
            self.removeTab(0)
        self._counts.clear()
        for text in names:
            self.addTab(text)
        self.blockSignals(blocked)

    def set_count(self, index: int, count: int) -> None:
        """Show a count beside the tab's word; 0 hides it."""
        self._counts[index] = count
        name = self.tabText(index)
        self.setAccessibleTabName(index, f"{name}, {count} fynd" if count else name)
        self.updateGeometry()
        self.setTabText(index, name)
        self.update()

    def _badge_width(self, theme: Theme, index: int) -> int:
        count = self._counts.get(index, 0)
        if not count:
            return 0
        metrics = QFontMetrics(theme.font("meta_strong"))
        return max(theme.px(18), metrics.horizontalAdvance(str(count)) + theme.px(10))

    def tabSizeHint(self, index: int) -> QSize:
        theme = current_theme()
        width = QFontMetrics(theme.font("body_strong")).horizontalAdvance(self.tabText(index))
        badge = self._badge_width(theme, index)
        return QSize(width + theme.px(24) + (badge + theme.px(6) if badge else 0), theme.px(41))

    minimumTabSizeHint = tabSizeHint

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index in range(self.count()):
            rect = self.tabRect(index)
            chosen = index == self.currentIndex()
            font = theme.font("body_strong" if chosen else "body_medium")
            left = rect.left() + theme.px(12)
            width = QFontMetrics(theme.font("body_strong")).horizontalAdvance(self.tabText(index))
            if chosen:
                bar = QRect(left, rect.bottom() - theme.px(3) + 1, rect.width() - theme.px(24), theme.px(3))
                painter.fillRect(bar, theme.color("accent"))
            painter.setFont(font)
            painter.setPen(theme.color("text" if chosen else "text2"))
            painter.drawText(QRect(left, rect.top(), width + 4, rect.height()), _LEFT, self.tabText(index))
            badge = self._badge_width(theme, index)
            if badge:
                side = theme.px(18)
                area = QRectF(left + width + theme.px(6), rect.center().y() - side / 2 + 0.5, badge, side)
                painter.setPen(theme.color("warn_line"))
                painter.setBrush(theme.color("warn_bg"))
                painter.drawRoundedRect(area, side / 2, side / 2)
                painter.setFont(theme.font("meta_strong"))
                painter.setPen(theme.color("warn"))
                painter.drawText(area, _CENTER, str(self._counts.get(index, 0)))
            if chosen and self.hasFocus():
                self._paint_focus(painter, theme, rect)
        painter.end()


class Segment(_PaintedTabs):
    """Two or three equal buttons of which one is chosen; the chosen has accent edge and ground."""

    def __init__(self, names: tuple[str, ...], name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        for text in names:
            self.addTab(text)
        self.setExpanding(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def tabSizeHint(self, index: int) -> QSize:
        theme = current_theme()
        own = QFontMetrics(theme.font("body_strong")).horizontalAdvance(self.tabText(index)) + theme.px(24)
        return QSize(max(own, self.width() // max(self.count(), 1)), theme.px(30))

    def minimumTabSizeHint(self, index: int) -> QSize:
        return QSize(current_theme().px(40), current_theme().px(30))

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(current_theme().font("body_strong"))
        widest = max((metrics.horizontalAdvance(self.tabText(i)) for i in range(self.count())), default=0)
        return QSize((widest + current_theme().px(28)) * self.count(), current_theme().px(30))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(theme.color("line2"))
        painter.setBrush(theme.color("sunk"))
        painter.drawRoundedRect(frame, 4, 4)
        share = frame.width() / max(self.count(), 1)
        for index in range(self.count()):
            area = QRectF(frame.left() + share * index, frame.top(), share, frame.height())
            chosen = index == self.currentIndex()
            if chosen:
                focused = self.hasFocus()
                painter.setPen(QPen(theme.color("accent"), theme.focus_width if focused else 1))
                painter.setBrush(theme.color("accent_bg"))
                inset = 0.5 if focused else 0.0
                painter.drawRoundedRect(area.adjusted(inset, inset, -inset, -inset), 4, 4)
            painter.setFont(theme.font("body_strong" if chosen else "body_medium"))
            painter.setPen(theme.color("text" if self.isTabEnabled(index) else "text3"))
            painter.drawText(area, _CENTER, self.tabText(index))
        painter.end()
