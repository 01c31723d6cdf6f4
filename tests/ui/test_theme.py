"""Colours and type: every pair that is read together has the contrast WCAG asks for, in every appearance."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFontInfo, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

import finsam_desktop
from finsam_desktop.ui.main_window import MainWindow
from finsam_desktop.ui.style_sheet import style_sheet
from finsam_desktop.ui.theme import (
    ROLES,
    Appearance,
    FontRole,
    Role,
    Scheme,
    Theme,
    contrast_ratio,
    current_theme,
    tokens,
)
from finsam_desktop.ui.widgets.surfaces import Label, Pane, SectionHead

TEXT, GRAPHIC = 4.5, 3.0

GROUNDS: tuple[Role, ...] = ("base", "sunk", "window", "side", "desk", "accent_bg", "accent_bg2")
# text3 is never used on `side` and `desk` (visual.md §1), and only for what need not be read to act.
TEXT_PAIRS: tuple[tuple[Role, Role], ...] = (
    *(("text", ground) for ground in GROUNDS),
    *(("text2", ground) for ground in GROUNDS),
    *(("text3", ground) for ground in ("base", "sunk", "window")),
    *((role, ground) for role in ("accent", "warn", "err", "ok") for ground in ("base", "sunk", "window")),
    ("accent", "accent_bg"), ("accent", "accent_bg2"), ("accent", "side"),
    ("on_accent", "accent"), ("warn", "warn_bg"), ("err", "err_bg"), ("ok", "ok_bg"), ("text2", "warn_bg"),
    ("page_text", "page"), ("text", "c_soft"), ("text", "warn_bg"), ("text", "err_bg"), ("text", "ok_bg"),
)  # fmt: skip
GRAPHIC_PAIRS: tuple[tuple[Role, Role], ...] = (
    ("ctl", "base"), ("ctl", "window"), ("ctl", "sunk"), ("focus", "base"), ("focus", "window"), ("focus", "side"),
    *(("grip", ground) for ground in ("base", "sunk", "window", "side", "desk")),
    ("focus", "accent_bg"), ("c_edge", "base"), ("c_budget", "base"), ("accent", "base"), ("text3", "base"),
)  # fmt: skip


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    theme = current_theme()
    yield theme
    theme.set_scheme(Scheme.LIGHT)


@pytest.mark.parametrize("appearance", Appearance)
@pytest.mark.parametrize(
    ("pairs", "least"), [(TEXT_PAIRS, TEXT), (GRAPHIC_PAIRS, GRAPHIC)], ids=["text", "graphic"]
)
def test_contrast(appearance: Appearance, pairs: tuple[tuple[Role, Role], ...], least: float) -> None:
    table = tokens(appearance)
    poor = {
        (one, other): round(ratio, 2)
        for one, other in pairs
        if (ratio := contrast_ratio(QColor(table[one]), QColor(table[other]))) < least
    }
    assert not poor


def test_contrast_ratio_is_the_one_of_wcag() -> None:
    assert contrast_ratio(QColor("white"), QColor("black")) == pytest.approx(21.0)
    assert contrast_ratio(QColor("#777777"), QColor("white")) == pytest.approx(4.48, abs=0.01)
    assert contrast_ratio(QColor("#0F5A70"), QColor("white")) == pytest.approx(7.7, abs=0.05)


@pytest.mark.parametrize("appearance", Appearance)
def test_every_role_has_a_colour(appearance: Appearance) -> None:
    table = tokens(appearance)
    assert set(table) == set(ROLES)
    assert all(QColor(value).isValid() for value in table.values())


def test_high_contrast_draws_every_line_in_the_colour_of_text() -> None:
    for appearance in (Appearance.CONTRAST_LIGHT, Appearance.CONTRAST_DARK):
        table = tokens(appearance)
        assert {table[role] for role in ("line", "line2", "ctl")} == {table["text"]}
        assert {table[role] for role in ("accent_bg", "warn_bg", "err_bg", "ok_bg")} == {table["base"]}


def test_colours_are_written_in_the_theme_only() -> None:
    package = Path(finsam_desktop.__file__).parent
    files = [*(package / "ui").rglob("*.py"), package / "app.py", package / "__main__.py"]
    guilty = {
        str(path.relative_to(package)): found
        for path in files
        if path.name != "theme.py"
        and (found := re.findall(r"[\"']#[0-9A-Fa-f]{3,8}\b", path.read_text("utf-8")))
    }
    assert len(files) > 20
    assert not guilty


def test_style_sheet_never_sets_a_size_of_text_or_touches_item_views(theme: Theme) -> None:
    for appearance in Appearance:
        theme.show_appearance(appearance)
        sheet = style_sheet(theme)
        assert "$" not in sheet
        assert "font-size" not in sheet
        assert not re.search(r"QListView|QTableView|QTreeView|QHeaderView|^\s*\*|QWidget", sheet, re.M)


@pytest.mark.parametrize("appearance", Appearance)
@pytest.mark.parametrize("ground", ["base", "desk", "side"])
@pytest.mark.parametrize("upright", [True, False], ids=["vertical", "horizontal"])
def test_scroll_bars_can_be_seen_and_gripped(
    theme: Theme, qtbot: QtBot, appearance: Appearance, ground: Role, upright: bool
) -> None:
    theme.show_appearance(appearance)
    outer, area, inner = Pane(ground), QScrollArea(), QWidget()
    qtbot.addWidget(outer)
    theme.dress(outer)
    QVBoxLayout(outer).addWidget(area)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    inner.setFixedSize(100 if upright else 2000, 2000 if upright else 100)
    area.setWidget(inner)
    outer.resize(240, 240)
    outer.show()
    bar = area.verticalScrollBar() if upright else area.horizontalScrollBar()
    thick, length = (bar.width(), bar.height()) if upright else (bar.height(), bar.width())
    assert thick >= 12
    shown = outer.grab(QRect(bar.mapTo(outer, QPoint(0, 0)), bar.size())).toImage()
    middle = thick * shown.height() // bar.height() // 2
    colours = [
        shown.pixelColor(middle, y) if upright else shown.pixelColor(y, middle) for y in (10, length - 10)
    ]
    assert contrast_ratio(*colours) >= (7 if appearance.is_contrast else 3)
    # Pressed at its very edge, the handle follows the mouse.
    handle, edge = (QPoint(1, 10), QPoint(1, 60)) if upright else (QPoint(10, 1), QPoint(60, 1))
    QTest.mousePress(bar, Qt.MouseButton.LeftButton, pos=handle)
    QTest.mouseMove(bar, edge)
    assert bar.isSliderDown()
    QTest.mouseRelease(bar, Qt.MouseButton.LeftButton, pos=edge)


def test_no_widget_has_a_style_sheet_of_its_own() -> None:
    package = Path(finsam_desktop.__file__).parent / "ui"
    guilty = [path.name for path in package.rglob("*.py") if ".setStyleSheet(" in path.read_text("utf-8")]
    assert guilty == ["theme.py"]


def test_forcing_dark_changes_palette_and_tells(theme: Theme, qtbot: QtBot, qapp: QApplication) -> None:
    theme.set_scheme(Scheme.LIGHT)
    with qtbot.waitSignal(theme.changed, timeout=1000):
        theme.set_scheme(Scheme.DARK)
    assert theme.appearance is Appearance.DARK
    assert qapp.palette().color(QPalette.ColorRole.Base) == QColor(tokens(Appearance.DARK)["base"])
    theme.set_scheme(Scheme.LIGHT)
    assert qapp.palette().color(QPalette.ColorRole.Base) == QColor("#FFFFFF")


def test_disabled_is_told_apart_in_every_appearance(theme: Theme) -> None:
    disabled, active = QPalette.ColorGroup.Disabled, QPalette.ColorGroup.Active
    for appearance in (Appearance.LIGHT, Appearance.DARK):
        theme.show_appearance(appearance)
        palette = theme.palette()
        for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
            assert palette.color(disabled, role) != palette.color(active, role)


def test_every_size_follows_the_size_of_body_text(theme: Theme) -> None:
    roles: tuple[FontRole, ...] = ("display", "title", "body", "meta", "small")
    before = {role: theme.font(role).pointSizeF() for role in roles}
    row = theme.px(30)
    theme.set_text_size(before["body"] * 2)
    try:
        for role in roles:
            assert theme.font(role).pointSizeF() == pytest.approx(before[role] * 2)
        assert theme.px(30) == pytest.approx(row * 2, abs=1)
    finally:
        theme.set_text_size(before["body"])
    assert theme.px(30) == row


def test_what_is_shown_already_follows_the_size_of_text(
    theme: Theme, window: MainWindow, qtbot: QtBot
) -> None:
    """Every widget with a font of its own: one that took it once, when it was made, would stay small."""
    window.go("meeting", "2026-11-26/dagordning/r05")
    # The parts of the editor come one by one.
    qtbot.waitUntil(lambda: any(type(each).__name__ == "_Tag" for each in window.findChildren(QWidget)))
    window.open_palette()
    before = theme.font("body").pointSizeF()
    owners = [w for w in window.findChildren(QWidget) if w.testAttribute(Qt.WidgetAttribute.WA_SetFont)]
    sizes = [widget.font().pointSizeF() for widget in owners]
    assert {type(widget).__name__ for widget in owners} >= {"_Tag", "QLineEdit", "Label"}
    theme.set_text_size(before * 2)
    try:
        left = [
            type(widget).__name__
            for widget, size in zip(owners, sizes, strict=True)
            if isValid(widget) and widget.font().pointSizeF() != pytest.approx(size * 2, rel=0.02)
        ]
        assert not left
    finally:
        theme.set_text_size(before)


def test_inter_is_bundled_with_its_licence(theme: Theme) -> None:
    assert QFontInfo(theme.font("body")).family() == "Inter"
    fonts = Path(finsam_desktop.__file__).parent.parent / "resources" / "fonts"
    for family in ("Inter", "Carlito"):
        assert "SIL Open Font License" in (fonts / f"OFL-{family}.txt").read_text("utf-8")
    assert (fonts.parent / "icons" / "LICENSE-lucide.txt").exists()


def test_there_is_one_theme(theme: Theme) -> None:
    assert current_theme() is theme


def test_what_was_hidden_while_the_theme_changed_comes_up_in_the_new_colours(
    theme: Theme, qtbot: QtBot
) -> None:
    theme.show_appearance(Appearance.LIGHT)
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    label, heading = Label("Översikt", "title"), SectionHead("Frister", "3 veckor")
    column.addWidget(label)
    column.addWidget(heading)
    theme.show_appearance(Appearance.DARK)
    page.show()
    qtbot.waitExposed(page)
    shown = {
        each.text(): each.palette().color(QPalette.ColorRole.WindowText) for each in page.findChildren(QLabel)
    }
    assert shown["Översikt"] == shown["Frister"] == theme.color("text")
    assert shown["3 veckor"] == theme.color("text2")
