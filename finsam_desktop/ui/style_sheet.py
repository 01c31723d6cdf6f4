"""The one style sheet, generated from the theme: buttons, fields and scroll bars.

Item views and headers are left to Fusion, palette and delegates; a style sheet on them switches the native drawing
off. A focus edge is 2 px instead of 1, so the padding gives back one pixel on each side.
"""

from __future__ import annotations

from pathlib import Path
from string import Template

from finsam_desktop.ui import icons
from finsam_desktop.ui.theme import ROLES, Theme

_SHEET = Template(
    """
QPushButton { background: $base; color: $text; border: 1px solid $ctl; border-radius: ${radius}px;
  padding: ${pad_v}px ${pad_h}px; min-height: ${button_h}px; font-weight: 500; }
QPushButton:hover { background: $accent_bg2; }
QPushButton:pressed { background: $accent_bg; }
QPushButton:focus { border: ${focus_w}px solid $focus; padding: ${fpad_v}px ${fpad_h}px; }
QPushButton:disabled { color: $text3; border-color: $line2; background: $window; }
QPushButton[kind="primary"] { background: $accent; color: $on_accent; border-color: $accent; font-weight: 600; }
QPushButton[kind="primary"]:hover, QPushButton[kind="primary"]:pressed { background: $accent; }
QPushButton[kind="primary"]:focus { border: ${focus_w}px solid $text; }
QPushButton[kind="primary"]:disabled { background: $line2; color: $text2; border-color: $line2; }
QPushButton[kind="link"] { background: transparent; color: $accent; border: 1px solid transparent;
  padding: ${lpad_v}px ${lpad_h}px; min-height: 0px; }
QPushButton[kind="link"]:hover { background: $accent_bg2; }
QPushButton[kind="link"]:focus { border: ${focus_w}px solid $focus; padding: ${lfpad_v}px ${lfpad_h}px; }
QPushButton[kind="quiet"] { background: transparent; color: $text2; border: 1px solid transparent;
  padding: ${lpad_v}px ${lpad_h}px; min-height: 0px; font-weight: 400; }
QPushButton[kind="quiet"]:hover { background: $accent_bg2; }
QPushButton[kind="quiet"]:focus { border: ${focus_w}px solid $focus; padding: ${lfpad_v}px ${lfpad_h}px; }
QPushButton[kind="link"]:disabled { color: $text3; background: transparent; }
QToolButton { background: transparent; color: $text; border: 1px solid transparent; border-radius: ${radius}px;
  padding: ${tpad}px; }
QToolButton:hover { background: $accent_bg2; }
QToolButton:pressed, QToolButton:checked { background: $accent_bg; }
QToolButton:focus { border: ${focus_w}px solid $focus; padding: ${tfpad}px; }
QToolButton:disabled { color: $text3; }
QToolButton::menu-indicator { image: none; }
QLineEdit, QSpinBox, QComboBox { background: $base; color: $text; border: 1px solid $ctl;
  border-radius: ${radius}px; padding: ${epad_v}px ${epad_h}px; min-height: ${field_h}px;
  selection-background-color: $accent; selection-color: $on_accent; }
QPlainTextEdit { background: $base; color: $text; border: 1px solid $ctl; border-radius: ${radius}px;
  padding: ${ppad}px ${ppad_h}px; selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit:focus, QSpinBox:focus, QComboBox:focus, QComboBox:on { border: ${focus_w}px solid $focus;
  padding: ${efpad_v}px ${efpad_h}px; }
QPlainTextEdit:focus { border: ${focus_w}px solid $focus; padding: ${pfpad}px ${pfpad_h}px; }
QLineEdit:disabled, QSpinBox:disabled, QComboBox:disabled, QPlainTextEdit:disabled { color: $text2;
  background: $sunk; border-color: $line2; }
QLineEdit:read-only, QPlainTextEdit:read-only { background: $sunk; }
QLineEdit[plain="true"], QLineEdit[plain="true"]:focus { border: 0px; background: transparent; padding: 0px; }
QLineEdit[cell="true"], QLineEdit[cell="true"]:focus { border: ${focus_w}px solid $focus; border-radius: 0px;
  padding: 0px 5px; min-height: 0px; }
QPlainTextEdit[plain="true"] { border: 0px; background: transparent; padding: 0px; }
QPlainTextEdit[plain="true"]:focus { border: 0px; background: $accent_bg2; padding: 0px; }
QLineEdit[state="err"], QPlainTextEdit[state="err"] { border-color: $err; }
QLineEdit[state="warn"], QPlainTextEdit[state="warn"] { border-color: $warn; }
QSpinBox::up-button, QSpinBox::down-button { width: 0px; border: 0px; }
QComboBox, QComboBox:focus, QComboBox:on { padding-right: 0px; }
QComboBox { padding-left: ${cpad}px; }
QComboBox:focus, QComboBox:on { padding-left: ${cfpad}px; }
QComboBox::drop-down { subcontrol-origin: padding; subcontrol-position: center right; width: ${arrow_w}px;
  border: 0px; }
QComboBox::down-arrow { image: url("$glyphs/chevron-down-$key.svg"); width: ${glyph}px; height: ${glyph}px; }
QCheckBox, QRadioButton { spacing: ${gap}px; color: $text; padding: 2px; border: 1px solid transparent;
  border-radius: ${radius}px; }
QCheckBox:focus, QRadioButton:focus { border: ${focus_w}px solid $focus; padding: 1px; }
QCheckBox:disabled, QRadioButton:disabled { color: $text3; }
QCheckBox::indicator, QRadioButton::indicator { width: ${box}px; height: ${box}px; border: 1px solid $ctl;
  background: $base; border-radius: ${radius}px; }
QRadioButton::indicator { border-radius: ${round_box}px; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent;
  image: url("$glyphs/check-$key.svg"); }
QRadioButton::indicator:checked { background: $accent; border-color: $accent;
  image: url("$glyphs/dot-$key.svg"); }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: $line2; background: $window; }
QMenuBar { background: transparent; border: 0px; }
QMenuBar::item { background: transparent; color: $text; padding: ${mpad_v}px ${mpad_h}px;
  border-radius: ${radius}px; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: $accent_bg; color: $text; }
QMenuBar::item:disabled { color: $text3; }
QToolTip { background: $base; color: $text; border: 1px solid $line2; padding: ${tpad}px; }
"""
)


_SCROLL_BARS = Template(
    """
QScrollBar { background: transparent; border: 0px; }
QScrollBar:vertical { width: ${bar}px; }
QScrollBar:horizontal { height: ${bar}px; }
QScrollBar::handle { background: $grip; border-radius: ${grip_round}px; margin: ${grip_edge}px; }
QScrollBar::handle:hover, QScrollBar::handle:pressed { background: $text2; }
QScrollBar::handle:vertical { min-height: ${handle}px; }
QScrollBar::handle:horizontal { min-width: ${handle}px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0px; height: 0px; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
"""
)
"""A calm handle on whatever ground the bar stands on. The margin around it can be gripped too: the whole width can."""

_CONTRAST = Template(
    """
QScrollBar { background: $base; border: 0px; }
QScrollBar:vertical { width: ${bar}px; }
QScrollBar:horizontal { height: ${bar}px; }
QScrollBar::handle { background: $text; border: 3px solid $base; }
QScrollBar::handle:vertical { min-height: ${handle}px; }
QScrollBar::handle:horizontal { min-width: ${handle}px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0px; height: 0px; }
QScrollBar::add-page, QScrollBar::sub-page { background: $base; }
"""
)
"""In high contrast the handle is a block in the colour of text, on the ground's own colour."""


def style_sheet(theme: Theme) -> str:
    """The style sheet for the theme in force; writes the small pictures it refers to."""
    px, focus = theme.px, theme.focus_width
    values: dict[str, object] = {role: theme.value(role) for role in ROLES}
    pads = {"pad_v": 4, "pad_h": 13, "lpad_v": 3, "lpad_h": 7, "epad_v": 4, "epad_h": 9}
    values.update({name: px(length) for name, length in pads.items()})
    extra = focus - 1
    values.update(
        fpad_v=px(4) - extra, fpad_h=px(13) - extra, lfpad_v=px(3) - extra, lfpad_h=px(7) - extra,
        efpad_v=px(4) - extra, efpad_h=px(9) - extra, ppad=px(4), pfpad=px(4) - extra,
        ppad_h=px(9), pfpad_h=px(9) - extra, cpad=px(11), cfpad=px(11) - extra,
        tpad=px(5), tfpad=px(5) - extra, mpad_v=px(5), mpad_h=px(10),
        radius=4, focus_w=focus, button_h=px(22), field_h=px(22), arrow_w=px(28), glyph=px(16), gap=px(8),
        box=px(16), round_box=px(16) // 2, key=theme.appearance.value,
        glyphs=_write_glyphs(theme),
    )  # fmt: skip
    bars = _CONTRAST if theme.appearance.is_contrast else _SCROLL_BARS
    width, edge = px(14), px(4)
    round_end = (width - 2 * edge) // 2
    return _SHEET.substitute(values) + bars.substitute(
        values, bar=width, handle=px(36), grip_edge=edge, grip_round=round_end
    )


def _write_glyphs(theme: Theme) -> str:
    """Arrow, tick and dot in the theme's colours. Style sheets can only take pictures from files."""
    folder = Path(theme.glyph_folder)
    key = theme.appearance.value
    drawings = {
        "chevron-down": icons.tinted_svg("chevron-down", theme.color("text2")),
        "check": icons.tinted_svg("check", theme.color("on_accent")),
        "dot": icons.tinted_svg("dot", theme.color("on_accent")),
    }
    for name, drawing in drawings.items():
        (folder / f"{name}-{key}.svg").write_bytes(drawing)
    return folder.as_posix()
