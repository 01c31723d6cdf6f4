"""Colours, type and measures: named roles, one table per appearance, and the palette and fonts made from them.

Nothing else in the program holds a colour value or a font size. Painted widgets ask `current_theme()` inside
`paintEvent`; widgets that keep something derived from the theme listen to `Theme.changed`.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Literal, get_args
from weakref import ReferenceType, ref

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

Role = Literal[
    "window", "side", "base", "sunk", "desk", "text", "text2", "text3", "accent", "focus", "on_accent",
    "accent_bg", "accent_bg2", "accent_line", "warn", "warn_bg", "warn_line", "err", "err_bg", "ok", "ok_bg",
    "ctl", "grip", "line", "line2", "c_soft", "c_edge", "c_budget", "page", "page_text", "page_line", "dim", "shadow",
]  # fmt: skip
FontRole = Literal[
    "display", "title", "editor_title", "section", "body", "body_medium", "body_strong", "label", "meta",
    "meta_strong", "small", "small_strong",
]  # fmt: skip

ROLES: tuple[Role, ...] = get_args(Role)


class Scheme(Enum):
    """What the user has asked for; the value is what the settings file holds."""

    SYSTEM = "system"
    LIGHT = "ljust"
    DARK = "mörkt"


class Appearance(Enum):
    """What is shown: one table of colours each."""

    LIGHT = "light"
    DARK = "dark"
    CONTRAST_LIGHT = "contrast_light"
    CONTRAST_DARK = "contrast_dark"

    @property
    def is_dark(self) -> bool:
        return self in (Appearance.DARK, Appearance.CONTRAST_DARK)

    @property
    def is_contrast(self) -> bool:
        return self in (Appearance.CONTRAST_LIGHT, Appearance.CONTRAST_DARK)


Tokens = Mapping[Role, str]

_LIGHT: dict[Role, str] = {
    "window": "#F3F3F0", "side": "#EAEAE6", "base": "#FFFFFF", "sunk": "#F8F8F6", "desk": "#E4E5E1",
    "text": "#1B2125", "text2": "#525B62", "text3": "#646D74",
    "accent": "#0F5A70", "focus": "#0F5A70", "on_accent": "#FFFFFF",
    "accent_bg": "#E0ECEF", "accent_bg2": "#F0F6F7", "accent_line": "#A5C6CF",
    "warn": "#7D4C00", "warn_bg": "#FBF1DC", "warn_line": "#E3C68B", "err": "#9E261D", "err_bg": "#FAE9E6",
    "ok": "#24683C", "ok_bg": "#E5F1E8", "ctl": "#848C92", "grip": "#7A8288", "line": "#DEDFDB", "line2": "#C6C9C6",
    "c_soft": "#CFE1E6", "c_edge": "#5A8A98", "c_budget": "#7F888E",
    "page": "#FFFFFF", "page_text": "#1B2125", "page_line": "#C6C9C6", "dim": "#59000000", "shadow": "#28000000",
}  # fmt: skip
_DARK: dict[Role, str] = {
    "window": "#1C2022", "side": "#171A1C", "base": "#24292B", "sunk": "#202426", "desk": "#181B1D",
    "text": "#E9ECED", "text2": "#AEB7BC", "text3": "#98A2A8",
    "accent": "#7FC4D6", "focus": "#7FC4D6", "on_accent": "#0C2229",
    "accent_bg": "#21404A", "accent_bg2": "#24353B", "accent_line": "#3A6977",
    "warn": "#E9BC6A", "warn_bg": "#3A3020", "warn_line": "#6A5530", "err": "#F2A097", "err_bg": "#42292A",
    "ok": "#8CCB9F", "ok_bg": "#22372A", "ctl": "#78838A", "grip": "#78838A", "line": "#353C40", "line2": "#485157",
    "c_soft": "#2F4C56", "c_edge": "#6FA3B1", "c_budget": "#8F9AA0",
    "page": "#F6F5F1", "page_text": "#1B2125", "page_line": "#C6C9C6", "dim": "#59000000", "shadow": "#50000000",
}  # fmt: skip


def _contrast_table(base: str, text: str, accent: str, warn: str, err: str, ok: str) -> dict[Role, str]:
    """High contrast: every ground is the base, every line and edge is the text, states keep their hue."""
    table: dict[Role, str] = dict.fromkeys(ROLES, base)
    lines: tuple[Role, ...] = (
        "text", "text2", "text3", "ctl", "grip", "line", "line2", "c_edge", "c_budget", "warn_line",
    )  # fmt: skip
    table |= dict.fromkeys(lines, text)
    hues: dict[Role, str] = {
        "accent": accent, "focus": accent, "accent_line": accent, "warn": warn, "err": err, "ok": ok,
        "page": "#FFFFFF", "page_text": "#000000", "page_line": "#000000", "dim": "#80000000", "shadow": "#00000000",
    }  # fmt: skip
    table |= hues
    return table


_TABLES: Mapping[Appearance, Tokens] = MappingProxyType(
    {
        Appearance.LIGHT: _LIGHT,
        Appearance.DARK: _DARK,
        Appearance.CONTRAST_LIGHT: _contrast_table(
            "#FFFFFF", "#000000", "#00344A", "#5C3600", "#7A0F08", "#0B4A22"
        ),
        Appearance.CONTRAST_DARK: _contrast_table(
            "#000000", "#FFFFFF", "#6FE3FF", "#FFD24A", "#FF9B93", "#7CF29A"
        ),
    }
)

_DESIGN_PX = 13.0
"""The size of body text in the drawings; every length in the drawings is given at this size."""
_SMALLEST_POINTS = 9.75
"""Body text is never smaller than in the drawings: 13 px at 96 dots per inch."""

_FONTS: Mapping[FontRole, tuple[float, int]] = MappingProxyType(
    {
        "display": (1.7, 600),
        "title": (1.3, 600),
        "editor_title": (1.4, 600),
        "section": (1.08, 600),
        "body": (1.0, 400),
        "body_medium": (1.0, 500),
        "body_strong": (1.0, 600),
        "label": (0.92, 500),
        "meta": (0.92, 400),
        "meta_strong": (0.92, 600),
        "small": (0.85, 400),
        "small_strong": (0.85, 600),
    }
)


def tokens(appearance: Appearance) -> Tokens:
    """The colour table of an appearance: role to `#RRGGBB`, or `#AARRGGBB` where it is see-through."""
    return _TABLES[appearance]


def contrast_ratio(one: QColor, other: QColor) -> float:
    """The contrast between two opaque colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: QColor) -> float:
    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())


class Theme(QObject):
    """The appearance in force. One per `QApplication`; reached with `current_theme()`."""

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._scheme = Scheme.SYSTEM
        self._system_palette = QPalette(app.palette())
        self._appearance = Appearance.LIGHT
        self._tokens: Tokens = _LIGHT
        self._fonts: dict[FontRole, QFont] = {}
        self._points = max(
            QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).pointSizeF(), _SMALLEST_POINTS
        )
        self._unit = 1.0
        self._sheet = ""
        self._dressed: list[ReferenceType[QWidget]] = []
        # Not Qt's own: an object that the interpreter never destroys leaves its folder behind at exit.
        self._glyphs = TemporaryDirectory(prefix="finsam-", ignore_cleanup_errors=True)
        self._hints = app.styleHints()
        # The object behind accessibility() dies with its Python wrapper, so it is kept here.
        self._accessibility = self._hints.accessibility()
        self._hints.colorSchemeChanged.connect(self._refresh)
        self._accessibility.contrastPreferenceChanged.connect(self._refresh)

    # -- what views ask for ---------------------------------------------------------------------------

    @property
    def appearance(self) -> Appearance:
        return self._appearance

    @property
    def scheme(self) -> Scheme:
        """What the user asked for: as the system, light or dark."""
        return self._scheme

    def color(self, role: Role) -> QColor:
        """The colour of a role. Ask again in every `paintEvent`; it changes with the appearance."""
        return QColor(self._tokens[role])

    def value(self, role: Role) -> str:
        """The colour as style sheets write it."""
        return self._tokens[role]

    def font(self, role: FontRole) -> QFont:
        """The font of a role, with tabular figures. Shared: copy before changing it."""
        font = self._fonts.get(role)
        if font is None:
            factor, weight = _FONTS[role]
            font = self._make_font(factor, weight)
            self._fonts[role] = font
        return font

    def px(self, length: float) -> int:
        """A length of the drawings (given at 13 px body text) at the size of text in force, in pixels."""
        return max(1, round(length * self._unit)) if length else 0

    @property
    def focus_width(self) -> int:
        """Width of the focus frame in pixels."""
        return 3 if self._appearance.is_contrast else 2

    @property
    def glyph_folder(self) -> str:
        """Where the small tinted pictures of the style sheet are kept while the program runs."""
        return Path(self._glyphs.name).as_posix()

    # -- what the application sets --------------------------------------------------------------------

    def dress(self, window: QWidget) -> None:
        """Put the style sheet on a window and on all that comes into it, now and whenever the theme changes.

        On the application it would also be worked out for every part of a page that is being put together, again and
        again as parts are put into parts: two thirds of the time it takes to show a page for the first time.
        """
        self._dressed = [ref(each) for each in (*self._windows(), window)]
        window.setStyleSheet(self._sheet)

    def _windows(self) -> list[QWidget]:
        found = [held() for held in self._dressed]
        return [window for window in found if window is not None and isValid(window)]

    def install(self) -> None:
        """Put style, fonts and palette on the application; windows are dressed one by one."""
        from finsam_desktop.ui import fonts

        fonts.load_interface_fonts()
        self._app.setStyle("Fusion")
        self._refresh()

    def set_scheme(self, scheme: Scheme) -> None:
        """Follow the system, or hold to light or dark."""
        self._scheme = scheme
        wanted = {
            Scheme.SYSTEM: Qt.ColorScheme.Unknown,
            Scheme.LIGHT: Qt.ColorScheme.Light,
            Scheme.DARK: Qt.ColorScheme.Dark,
        }[scheme]
        self._hints.setColorScheme(wanted)
        self._refresh()

    def set_text_size(self, points: float) -> None:
        """Set the size of body text in points; everything else follows."""
        self._points = points
        self._refresh()

    def show_appearance(self, appearance: Appearance) -> None:
        """Show one appearance whatever system and settings say; for pictures and tests."""
        self._apply(appearance)

    def _refresh(self) -> None:
        self._apply(self._wanted_appearance())

    def _wanted_appearance(self) -> Appearance:
        dark = self._scheme is Scheme.DARK or (
            self._scheme is Scheme.SYSTEM and self._hints.colorScheme() is Qt.ColorScheme.Dark
        )
        if self._accessibility.contrastPreference() is Qt.ContrastPreference.HighContrast:
            return Appearance.CONTRAST_DARK if dark else Appearance.CONTRAST_LIGHT
        return Appearance.DARK if dark else Appearance.LIGHT

    def _apply(self, appearance: Appearance) -> None:
        from finsam_desktop.ui.style_sheet import style_sheet

        self._appearance = appearance
        self._tokens = self._with_system_contrast(tokens(appearance))
        self._fonts.clear()
        body = self.font("body")
        metrics = QFontMetricsF(body)
        self._unit = max(metrics.fontDpi() * self._points / 72 / _DESIGN_PX, 0.5)
        self._app.setFont(body)
        self._app.setPalette(self.palette())
        self._sheet = style_sheet(self)
        for window in self._windows():
            window.setStyleSheet(self._sheet)
        self.changed.emit()

    def _with_system_contrast(self, table: Tokens) -> Tokens:
        """In high contrast the system's own colours, when it has such; otherwise the table."""
        if not self._appearance.is_contrast:
            return table
        colours = self._system_palette
        base, text = colours.color(QPalette.ColorRole.Base), colours.color(QPalette.ColorRole.Text)
        if contrast_ratio(base, text) < 15 or (base.lightness() < 128) is not self._appearance.is_dark:
            return table
        swap = {table["base"]: base.name(), table["text"]: text.name()}
        return {role: swap.get(value, value) for role, value in table.items()}

    def palette(self) -> QPalette:
        """The palette made from the tokens, every role and the disabled group too."""
        color, roles = self.color, QPalette.ColorRole
        active: dict[QPalette.ColorRole, Role] = {
            roles.Window: "window", roles.WindowText: "text", roles.Base: "base", roles.AlternateBase: "sunk",
            roles.Text: "text", roles.PlaceholderText: "text3", roles.Button: "window", roles.ButtonText: "text",
            roles.BrightText: "err", roles.ToolTipBase: "base", roles.ToolTipText: "text",
            roles.Highlight: "accent", roles.HighlightedText: "on_accent", roles.Accent: "accent",
            roles.Link: "accent", roles.LinkVisited: "accent", roles.Light: "base", roles.Midlight: "window",
            roles.Mid: "line2", roles.Dark: "ctl", roles.Shadow: "line2",
        }  # fmt: skip
        palette = QPalette()
        for qt_role, role in active.items():
            palette.setColor(qt_role, color(role))
        disabled = QPalette.ColorGroup.Disabled
        for qt_role in (roles.WindowText, roles.Text, roles.ButtonText, roles.HighlightedText, roles.Link):
            palette.setColor(disabled, qt_role, color("text3"))
        palette.setColor(disabled, roles.Base, color("window"))
        palette.setColor(disabled, roles.Highlight, color("line2"))
        return palette

    def _make_font(self, factor: float, weight: int) -> QFont:
        from finsam_desktop.ui.fonts import INTERFACE_FAMILY

        font = QFont(INTERFACE_FAMILY)
        font.setPointSizeF(self._points * factor)
        font.setWeight(QFont.Weight(weight))
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        font.setFeature(QFont.Tag("tnum"), 1)
        return font


_PROPERTY = "finsam_theme"


def current_theme() -> Theme:
    """The theme of the running application; made and installed on first use."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise RuntimeError("the theme needs a QApplication")
    theme = app.property(_PROPERTY)
    if not isinstance(theme, Theme):
        theme = Theme(app)
        app.setProperty(_PROPERTY, theme)
        theme.install()
    return theme
