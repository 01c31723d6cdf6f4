"""Every place and every tab is gone to in turn, twice: it is shown, nothing goes wrong and the keyboard is somewhere.

`dev.py bench window` runs this with twenty years in the file and prints the longest stop.
"""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from finsam_desktop.ui.main_window import MainWindow
from finsam_desktop.ui.views.tabbed import TabbedView
from finsam_desktop.ui.widgets.states import State
from tests.system.heartbeat import Heartbeat
from tests.system.meeting_hands import settle

PLACES = (
    "overview", "meetings", "decisions", "figures", "year_wheel", "association", "templates", "search", "history",
    "backups", "handbook", "settings", "keys", "first_steps",
)  # fmt: skip


def test_every_place_answers(window: MainWindow, heartbeat: Heartbeat) -> None:
    window.activateWindow()
    for turn in ("första gången", "andra gången"):
        for place in PLACES:
            heartbeat.begins(f"{place}, {turn}")
            window.go(place)
            shown(window, place)
            view = window.current_view()
            if isinstance(view, TabbedView):
                for tab in range(view.tabs.count()):
                    heartbeat.begins(f"{place}, {view.tabs.tabText(tab)}, {turn}")
                    view.tabs.setCurrentIndex(tab)
                    shown(window, place)
                view.tabs.setCurrentIndex(0)
    heartbeat.begins("sökning")
    window.go("search", "bilaga")
    shown(window, "search")


def shown(window: MainWindow, place: str) -> None:
    """Wait until all is shown, and look that it is."""
    settle(20)
    view = window.current_view()
    assert view is not None
    for _ in range(1200):
        is_made = not isinstance(view, TabbedView) or view.shown() is not None
        if is_made and not window.jobs.running():
            break
        settle(20)
    assert is_made, place
    assert not window.jobs.running(), place
    assert window.place == place
    assert view.isVisible()
    focus = QApplication.focusWidget()
    assert focus is not None, place
    assert focus.isVisible(), place
    notice = window.strip.notice
    assert notice is None or notice.state is not State.MUST_MEND, notice
