"""The handbook says what is so: names in bold exist, F1 opens the right chapter, the guide is as told."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from finsam_desktop import guide, paths
from finsam_desktop.app import OTHER_PLACES
from finsam_desktop.ui.actions import ACTIONS, LOCAL_KEYS, MENUS, shortcut_text
from finsam_desktop.ui.main_window import MainWindow
from finsam_desktop.ui.place_names import FOOT_PLACES, PLACES
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.handbook import CHAPTERS, HandbookView, chapter_for
from finsam_desktop.ui.views.meeting.facts import STEP_KEYS
from tests.ui.waiting import wait_until

FOLDER = paths.resources() / "handbook"
PAGES = sorted(FOLDER.glob("*.md"))
PACKAGE = Path(paths.__file__).parent


OTHER_PROGRAMS = {"Spåra ändringar", "Bokmärken"}
"""Names that Word and readers of PDF have."""


@cache
def source() -> str:
    """The program's code in one piece, without the marks of menus' letters and with no-break spaces as spaces."""
    code = "\n".join(file.read_text("utf-8") for file in sorted(PACKAGE.rglob("*.py")))
    return code.replace("&", "").replace("\\u00a0", " ").replace("\u00a0", " ")


def is_shown(words: str) -> bool:
    """Whether the code holds these words as a text of their own."""
    return any(f'"{words}{end}' in source() for end in ('"', '…"', ':"', ".")) or f'"{words}",' in source()


def keys() -> set[str]:
    """Every key that does something, as it is written."""
    found = {shortcut_text(spec.shortcut) for spec in ACTIONS if spec.shortcut}
    found |= {spec.letter for spec in ACTIONS if spec.letter}
    return found | {part.strip() for _, written, _ in LOCAL_KEYS for part in re.split(r"[,·]| i ", written)}


def names_in(page: Path) -> list[str]:
    """What stands in bold as a name: not the words that lead a paragraph, and not what is stressed."""
    bold = re.findall(r"\*\*([^*]+)\*\*", page.read_text("utf-8"))
    return [
        name for name in bold if not name.endswith((":", ".")) and name[0] != "{" and not name[0].islower()
    ]


def is_there(name: str) -> bool:
    """Whether the program shows this name. A way through a menu is there when every part of it is."""
    for part in re.split(r" [›>] ", " ".join(name.split())):
        if part in keys() or part in MENUS or part in OTHER_PROGRAMS or is_shown(part.rstrip("….")):
            continue
        if "…" in part and all(bit in source() for bit in part.split("…") if bit.strip()):
            continue
        return False
    return True


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_name_in_bold_exists(page: Path) -> None:
    missing = [name for name in names_in(page) if not is_there(name)]
    assert not missing


def test_a_name_that_does_not_exist_is_seen() -> None:
    assert is_there("Skapa kallelse")
    assert is_there("Arkiv › Säkerhetskopior")
    assert not is_there("Arkiv › Säkerhetskopiera allt till molnet")
    assert not is_there("Ctrl+Skift+Ä")


def test_links_and_pictures_are_there() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)]+)\)", page.read_text("utf-8")):
            assert (FOLDER / target).is_file(), (page.name, target)


# -- F1 -----------------------------------------------------------------------------------------------


def test_every_place_has_a_chapter_with_its_heading() -> None:
    places = {place.id for place in (*PLACES, *FOOT_PLACES)} | set(OTHER_PLACES)
    assert not sorted(places - set(CHAPTERS) - {"handbook"})
    assert {f"meeting/{step}" for step in STEP_KEYS} <= set(CHAPTERS)
    for target in CHAPTERS.values():
        stem, _, heading = target.partition("#")
        page = FOLDER / f"{stem}.md"
        assert page.is_file(), target
        headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
        assert not heading or heading in headings, target


def test_f1_opens_where_one_stands(window: MainWindow) -> None:
    for place, target, title in (
        ("overview", "", "Kom igång"),
        ("meeting", "2026-11-26/narvaro", "Ett sammanträde"),
        ("meeting", "2026-11-26/efter", "Efter mötet"),
        ("figures", "verksamhet", "Verksamhet"),
        ("association", "revision", "Lagens kontroller"),
        ("backups", "", "Vad som händer"),
    ):
        window.go(place, target)
        window.actions["handbook"].trigger()
        view = window.current_view()
        assert isinstance(view, HandbookView)
        assert str(view._list.currentIndex().data()).startswith(title)


def test_the_heading_stands_at_the_top(window: MainWindow, qtbot: QtBot) -> None:
    window.go("meeting", "2026-11-26/narvaro")
    window.actions["handbook"].trigger()
    view = window.current_view()
    assert isinstance(view, HandbookView)
    browser = view._browser

    def at_top() -> str:
        return browser.cursorForPosition(QPoint(60, 20)).block().text()

    qtbot.waitUntil(lambda: at_top() == "Närvaro och beslut")
    browser.resize(browser.width() - 200, browser.height())
    assert at_top() == "Närvaro och beslut", "the text has more lines, and the heading is where it was"


def test_the_tabs_that_are_named_exist(window: MainWindow) -> None:
    """A tab that is renamed would silently open the wrong chapter."""
    for place in ("figures", "association", "templates"):
        window.go(place)
        view = window.current_view()
        tabs = view.tabs  # type: ignore[union-attr]
        shown = {tabs.tabText(index) for index in range(tabs.count())}
        assert {key.partition("/")[2] for key in CHAPTERS if key.startswith(f"{place}/")} <= shown
        assert all(chapter_for(place, tab) for tab in shown)


# -- the first ten minutes ----------------------------------------------------------------------------


def test_the_first_chapter_follows_the_guide() -> None:
    text = (FOLDER / "01-kom-igang.md").read_text("utf-8")
    rows = re.findall(r"^\| \*\*([^*]+)\*\* \|", text, re.MULTILINE)
    assert rows == [field.label for field in guide.FIELDS]
    assert "Åtta fält" in text
    assert len(guide.FIELDS) == 8


def test_lines_are_no_longer_than_they_are_read_well_and_the_scroll_bar_is_at_the_edge(
    window: MainWindow,
) -> None:
    window.go("handbook")
    browser = window.current_view()._browser
    for width in (1440, 1000):
        window.resize(width, 900)
        wait_until(
            lambda: (
                not browser.horizontalScrollBar().isVisible()
                and browser.document().textWidth() == min(browser.viewport().width(), current_theme().px(816))
            )
        )
        bar = browser.verticalScrollBar()
        assert bar.mapTo(window, bar.rect().topRight()).x() == window.width() - 1
