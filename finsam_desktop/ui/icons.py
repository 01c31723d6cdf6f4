"""Icons: Lucide drawings tinted from the theme, drawn once per name, size, colour and pixel ratio."""

from __future__ import annotations

from functools import cache, lru_cache

from PySide6.QtCore import QByteArray, QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
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


def icon(name: str, role: Role = "text", size: int = 16, disabled: Role = "text3") -> QIcon:
    """A `QIcon` in a colour of the theme, for buttons and menus. Make it anew when the theme changes."""
    theme = current_theme()
    result = QIcon()
    pixels = theme.px(size)
    for ratio in (1.0, 1.5, 2.0):
        result.addPixmap(_pixmap(name, pixels, theme.color(role).name(), ratio))
        result.addPixmap(
            _pixmap(name, pixels, theme.color(disabled).name(), ratio), QIcon.Mode.Disabled, QIcon.State.Off
        )
    return result
