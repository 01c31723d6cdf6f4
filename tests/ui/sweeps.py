"""What can be wrong with what a window shows: texts that are cut off, and texts that do not stand out."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QLabel,
    QPushButton,
    QTabBar,
    QWidget,
)

from finsam_desktop.ui.theme import contrast_ratio

LEAST_CONTRAST = 4.5
"""WCAG 2.1, 1.4.3; a little is allowed for the smoothing of thin strokes."""
_SMOOTHING = 0.4


def cut_off(window: QWidget) -> list[str]:
    """The texts of labels, buttons, tabs and choices that have less room than they need, or are pushed out of sight."""
    found = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or not widget.width():
            continue
        text = _text(widget)
        if text and (_too_small(widget) or _beyond_the_edge(widget)):
            place = QRect(widget.mapTo(window, widget.rect().topLeft()), widget.size()).getRect()
            found.append(f"{type(widget).__name__} {text[:60]!r} at {place}")
    return found


def faint(window: QWidget) -> list[str]:
    """The texts of labels and buttons whose colour does not stand out from what is behind it."""
    picture = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    scale = picture.devicePixelRatio()
    found = []
    for widget in window.findChildren(QWidget):
        if not isinstance(widget, (QLabel, QPushButton)) or not widget.isVisible() or not widget.isEnabled():
            continue
        text = _text(widget)
        if len(text.strip()) < 3 or widget.visibleRegion().boundingRect() != widget.rect():
            continue
        corner = widget.mapTo(window, widget.rect().topLeft())
        ratio = _contrast(picture, QRect(corner * scale, widget.size() * scale))
        if ratio < LEAST_CONTRAST - _SMOOTHING:
            found.append(f"{type(widget).__name__} {text[:60]!r}: {ratio:.1f}")
    return found


def _text(widget: QWidget) -> str:
    if isinstance(widget, QLabel):
        return widget.text()
    if isinstance(widget, QAbstractButton):
        return widget.text()
    if isinstance(widget, QComboBox):
        return widget.currentText()
    if isinstance(widget, QTabBar):
        return " | ".join(widget.tabText(n) for n in range(widget.count()) if widget.isTabVisible(n))
    return ""


def _too_small(widget: QWidget) -> bool:
    if isinstance(widget, QLabel):
        if widget.wordWrap():
            return widget.height() + 1 < widget.heightForWidth(widget.width())
        margins = widget.width() - widget.contentsRect().width()
        return widget.width() + 1 < widget.fontMetrics().horizontalAdvance(widget.text()) + margins
    if isinstance(widget, QPushButton):
        return (
            widget.width() + 1 < widget.sizeHint().width()
            or widget.height() + 1 < widget.fontMetrics().height()
        )
    if isinstance(widget, QTabBar):
        shown = [widget.tabRect(n).width() for n in range(widget.count()) if widget.isTabVisible(n)]
        return not widget.usesScrollButtons() and widget.width() + 1 < sum(shown)
    if isinstance(widget, QComboBox):
        return widget.height() + 1 < widget.fontMetrics().height()
    return False


def _beyond_the_edge(widget: QWidget) -> bool:
    """Whether it goes out at the side of something that does not scroll sideways."""
    parent = widget.parentWidget()
    left, right = 0, widget.width()
    child: QWidget = widget
    while parent is not None and not child.isWindow():
        left += child.x()
        right += child.x()
        if left < -1 or right > parent.width() + 1:
            area = parent.parentWidget()
            scrolls = (
                isinstance(area, QAbstractScrollArea)
                and parent is area.viewport()
                and area.horizontalScrollBarPolicy() is not Qt.ScrollBarPolicy.ScrollBarAlwaysOff
            )
            return not scrolls
        child, parent = parent, parent.parentWidget()
    return False


def _contrast(picture: QImage, area: QRect) -> float:
    """The largest contrast to the commonest colour in an area."""
    area = area.intersected(picture.rect())
    pixels = memoryview(picture.constBits()).cast("I")
    line = picture.bytesPerLine() // 4
    colours: Counter[int] = Counter()
    for y in range(area.top(), area.bottom() + 1):
        colours.update(pixels[y * line + area.left() : y * line + area.right() + 1])
    if len(colours) < 2:
        return 21.0  # nothing is drawn there
    ground = QColor.fromRgb(colours.most_common(1)[0][0])
    return max(contrast_ratio(ground, QColor.fromRgb(colour)) for colour in colours)
