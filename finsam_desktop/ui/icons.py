"""Icons: Lucide drawings tinted from the theme, drawn once per name, size, colour and pixel ratio."""

from __future__ import annotations

from functools import cache, lru_cache

from PySide6.QtCore import QByteArray, QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from finsam_desktop import paths
from finsam_desktop.ui.theme import Role, current_theme


@cache
def svg(name: str) -> str:
    """The drawing `resources/icons/<name>.svg`; raises FileNotFoundError for a name that is not there."""
    return (paths.resources() / "icons" / f"{name}.svg").read_text("utf-8")


def tinted_svg(name: str, colour: QColor) -> bytes:
    """The drawing with its strokes in one colour."""
    return svg(name).replace("currentColor", colour.name()).encode()


@lru_cache(maxsize=512)
def _pixmap(name: str, size: int, colour: str, ratio: float) -> QPixmap:
    pixels = max(1, round(size * ratio))
    pixmap = QPixmap(pixels, pixels)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(tinted_svg(name, QColor(colour)))).render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def pixmap(name: str, size: int, colour: QColor, ratio: float = 1.0) -> QPixmap:
    """An icon as a picture `size` device-independent pixels wide."""
    return _pixmap(name, size, colour.name(), ratio)


def paint_icon(painter: QPainter, name: str, x: float, y: float, size: int, colour: QColor) -> None:
    """Paint an icon with its upper left corner at (x, y)."""
    device = painter.device()
    ratio = device.devicePixelRatioF() if device is not None else 1.0
    painter.drawPixmap(QPoint(round(x), round(y)), _pixmap(name, size, colour.name(), ratio))


def icon(name: str, role: Role = "text", size: int = 16, *, disabled: Role = "text3", gap: int = 0) -> QIcon:
    """A `QIcon` in a colour of the theme, for buttons and menus. Make it anew when the theme changes.

    `gap` is empty space to the right of the drawing, for buttons: Qt sets icon and text too close.
    """
    theme = current_theme()
    result = QIcon()
    pixels, space = theme.px(size), theme.px(gap)
    for ratio in _ratios():
        for mode, colour in ((QIcon.Mode.Normal, role), (QIcon.Mode.Disabled, disabled)):
            picture = _pixmap(name, pixels, theme.color(colour).name(), ratio)
            result.addPixmap(_widened(picture, space, ratio) if space else picture, mode)
    return result


def _ratios() -> tuple[float, ...]:
    """The pixel ratios of the screens there are."""
    return tuple(sorted({screen.devicePixelRatio() for screen in QGuiApplication.screens()})) or (1.0,)


def _widened(picture: QPixmap, space: int, ratio: float) -> QPixmap:
    wide = QPixmap(picture.width() + round(space * ratio), picture.height())
    wide.fill(Qt.GlobalColor.transparent)
    wide.setDevicePixelRatio(ratio)
    painter = QPainter(wide)
    painter.drawPixmap(0, 0, picture)
    painter.end()
    return wide
