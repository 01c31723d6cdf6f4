"""What can be wrong with what a window shows: texts cut off, texts that do not stand out, controls without a name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEventLoop, QRect, Qt, QTimer
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTabBar,
    QTextEdit,
    QWidget,
)

from finsam_desktop.ui.main_window import MainWindow
from finsam_desktop.ui.theme import Appearance, contrast_ratio, current_theme
from tests.ui.waiting import wait_for_later_turns

_CONTROLS = (
    QAbstractButton, QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox, QAbstractItemView, QTabBar,
)  # fmt: skip

BODY = 9.75
"""Points of body text at 100 %."""
LEAST_CONTRAST = 4.5
"""WCAG 2.1, 1.4.3; a little is allowed for the smoothing of thin strokes."""
_SMOOTHING = 0.4


def rest() -> None:
    """A moment for what is laid out and worked out anew."""
    loop = QEventLoop()
    QTimer.singleShot(60, loop.quit)
    loop.exec()


def settle(window: MainWindow) -> None:
    """Until nothing goes on in the background and nothing is still to be made."""
    rest()
    while window.jobs.running():
        rest()
    wait_for_later_turns(window)
    rest()


@contextmanager
def looking(window: MainWindow, percent: int, appearance: Appearance = Appearance.LIGHT) -> Iterator[None]:
    """The text so large, and the window in that appearance; afterwards as it was."""
    theme = current_theme()
    theme.set_text_size(BODY * percent / 100)
    theme.show_appearance(appearance)
    try:
        window._forget_views()
        yield
    finally:
        theme.set_text_size(BODY)
        theme.show_appearance(Appearance.LIGHT)


def told(found: dict[str, list[str]]) -> str:
    """What was found, page by page."""
    return "\n".join(f"{page}\n    " + "\n    ".join(faults) for page, faults in found.items())


def nameless(window: QWidget) -> list[str]:
    """The controls that a screen reader has no name for."""
    return [
        f"{type(each).__name__} at {each.mapTo(window, each.rect().topLeft()).toTuple()}"
        for each in controls(window)
        if not name_of(each)
    ]


def out_of_reach(window: QWidget) -> list[str]:
    """The buttons that Tab does not reach, and that are no grips: what Alt+arrow does as well."""
    return [
        name_of(each)
        for each in controls(window)
        if isinstance(each, QAbstractButton)
        and each.isEnabled()
        and not each.focusPolicy() & Qt.FocusPolicy.TabFocus
        and "Alt+Pil" not in name_of(each)
    ]


def controls(window: QWidget) -> list[QWidget]:
    """What can be operated: the controls of ours that are seen, whole."""
    return [
        each
        for each in window.findChildren(QWidget)
        if isinstance(each, _CONTROLS) and each.isVisible() and _whole(each)
    ]


def name_of(widget: QWidget) -> str:
    """What a screen reader calls a control."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name).strip() if interface is not None else ""


def _whole(widget: QWidget) -> bool:
    """Whether it is a control of ours, not a part of one (the line edit in a combo box, the corner of a table)."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, (QComboBox, QAbstractSpinBox, QAbstractItemView, QTabBar)):
            return False
        parent = parent.parentWidget()
    return not widget.objectName().startswith("qt_")


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
