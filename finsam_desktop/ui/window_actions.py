"""What the window itself does: files, places, panes, colours, help; and what Ctrl+K finds and does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QAction, QDesktopServices

from finsam_desktop.ui.actions import shortcut_text
from finsam_desktop.ui.dialog_service import FINSAM_FILES, OPENED_FILES, WORD_FILES
from finsam_desktop.ui.theme import Scheme, current_theme

if TYPE_CHECKING:
    from finsam_desktop.ui.command_palette import CommandPalette
    from finsam_desktop.ui.finding_things import Hit
    from finsam_desktop.ui.main_window import MainWindow


SHEET_FILES = "Kalkylblad (*.xlsx)"
MOST_NEW = 4
"""Meetings that Ctrl+K goes through while one writes; the background does the rest."""
MOST_TEXTS = 5


class WindowActions(QObject):
    """The handlers of the window's own actions. Lives with the window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._asked = (0, "")
        handlers: dict[str, Callable[[], object]] = {
            "new_association": self._new_association,
            "open_file": self._open_file,
            "open_example": window.open_example,
            "show_folder": self._show_folder,
            "close_file": self._close_file,
            "quit": window.close,
            "settings": self._settings,
            "undo": window.undo,
            "redo": window.redo,
            "find": window.open_palette,
            "next_pane": self._next_pane,
            "previous_pane": self._previous_pane,
            "next_finding": self._next_finding,
            "previous_finding": self._previous_finding,
            "primary": window.press_primary,
            "scheme_system": self._scheme_system,
            "scheme_light": self._scheme_light,
            "scheme_dark": self._scheme_dark,
            "jobs": window.status.progress.show_jobs,
            "handbook": self._handbook,
            "keys": self._keys,
            "crash_reports": window.show_reports,
            "first_steps": self._first_steps,
            "backups": self._backups,
            "salvage": self._salvage,
            "about": self._about,
            "go_overview": self._go_overview,
            "go_meetings": self._go_meetings,
            "go_decisions": self._go_decisions,
            "go_year_wheel": self._go_year_wheel,
            "go_figures": self._go_figures,
            "go_association": self._go_association,
            "go_templates": self._go_templates,
            "new_meeting": self._new_meeting,
            "history": self._history,
            "search": self._search,
            "attendance_sheet": self._attendance_sheet,
            "make_charter": self._make_charter,
        }
        for action_id, handler in handlers.items():
            window.actions.handle(action_id, handler)
        menu = window.actions.recent_menu
        if menu is not None:
            menu.aboutToShow.connect(self._fill_recent)
            menu.triggered.connect(self._open_recent)

    # -- files ----------------------------------------------------------------------------------------

    def _new_association(self) -> None:
        if self._window.may_leave(self._new_association):
            self._window.session.close()
            self._window.go("welcome")

    def _open_file(self) -> None:
        recent = self._window.session.recent_files
        folder = recent[0].parent if recent else Path.home()
        self._window.dialogs.open_file("Öppna en fil", OPENED_FILES, self._window.open_file, folder)

    def _close_file(self) -> None:
        if self._window.may_leave(self._close_file):
            self._window.session.close()

    def _show_folder(self) -> None:
        path = self._window.session.path
        if path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))

    def _fill_recent(self) -> None:
        menu = self._window.actions.recent_menu
        if menu is None:
            return
        menu.clear()
        for path in self._window.session.recent_files:
            menu.addAction(path.name).setData(str(path))
        if menu.isEmpty():
            menu.addAction("Inga filer än").setEnabled(False)

    def _open_recent(self, action: QAction) -> None:
        if action.data():
            self._window.open_file(Path(action.data()))

    # -- panes, findings, places ----------------------------------------------------------------------

    def _next_pane(self) -> None:
        self._window.step_pane(1)

    def _previous_pane(self) -> None:
        self._window.step_pane(-1)

    def _next_finding(self) -> None:
        self._window.step_finding(1)

    def _previous_finding(self) -> None:
        self._window.step_finding(-1)

    def _go_overview(self) -> None:
        self._window.go("overview")

    def _go_meetings(self) -> None:
        self._window.go("meetings")

    def _go_decisions(self) -> None:
        self._window.go("decisions")

    def _go_year_wheel(self) -> None:
        self._window.go("year_wheel")

    def _go_figures(self) -> None:
        self._window.go("figures")

    def _go_association(self) -> None:
        self._window.go("association")

    def _go_templates(self) -> None:
        self._window.go("templates")

    def _new_meeting(self) -> None:
        self._window.go("meetings", "ny")

    def _history(self) -> None:
        self._window.go("history")

    def _search(self) -> None:
        self._window.go("search")

    def _make_charter(self) -> None:
        """Ask where to save the checklist of the förbundsordning."""
        from finsam_desktop.documents.charter_file import FILE_NAME

        session = self._window.session
        assert session.path is not None
        suggestion = session.path.parent / FILE_NAME
        self._window.dialogs.save_file(
            "Spara kontrollen av förbundsordningen", WORD_FILES, self._save_charter, suggestion
        )

    def _save_charter(self, path: Path) -> None:
        from finsam_desktop.documents.charter_file import save

        session = self._window.session
        saved = session.guarded(
            partial(save, path, session.association, session.workspace.file, session.today)
        )
        if saved is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(saved)))

    def _attendance_sheet(self) -> None:
        """Ask where to save who attended, of the latest year with a meeting that has been held."""
        session = self._window.session
        held = [m.date.year for m in session.meetings if m.date <= session.today and m.kind.decides]
        year = max(held, default=session.today.year)
        assert session.path is not None
        suggestion = session.path.parent / f"Närvaro och arvoden {year}.xlsx"
        save = partial(self._save_attendance, year)
        self._window.dialogs.save_file("Spara närvaro- och arvodesunderlag", SHEET_FILES, save, suggestion)

    def _save_attendance(self, year: int, path: Path) -> None:
        from finsam_desktop.domain.fees import year_attended
        from finsam_desktop.files import attendance_files

        session = self._window.session
        rows = year_attended(session.association, session.meetings, year)
        title = f"Närvaro- och arvodesunderlag {year}"
        saved = session.guarded(partial(attendance_files.save, path, session.association, rows, title))
        if saved is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(saved)))

    def _settings(self) -> None:
        self._window.go("settings")

    def _handbook(self) -> None:
        """Open the handbook where it tells of what is shown."""
        from finsam_desktop.ui.views.handbook import chapter_for

        view = self._window.current_view()
        topic = view.topic() if view is not None else ""
        self._window.go("handbook", chapter_for(self._window.place, topic))

    def _keys(self) -> None:
        self._window.go("keys")

    def _first_steps(self) -> None:
        self._window.go("first_steps")

    def _backups(self) -> None:
        self._window.go("backups")

    def _salvage(self) -> None:
        """Ask which file is damaged, and show what can be had of it."""
        recent = self._window.session.recent_files
        folder = recent[0].parent if recent else Path.home()
        self._window.dialogs.open_file("Välj en skadad fil", FINSAM_FILES, self._show_salvage, folder)

    def _show_salvage(self, path: Path) -> None:
        self._window.go("salvage", str(path))

    def _about(self) -> None:
        from finsam_desktop import __version__

        self._window.dialogs.show_about(__version__)

    # -- colours --------------------------------------------------------------------------------------

    def _scheme_system(self) -> None:
        self._set_scheme(Scheme.SYSTEM)

    def _scheme_light(self) -> None:
        self._set_scheme(Scheme.LIGHT)

    def _scheme_dark(self) -> None:
        self._set_scheme(Scheme.DARK)

    def _set_scheme(self, scheme: Scheme) -> None:
        current_theme().set_scheme(scheme)
        self._window.settings.change(colour_scheme=scheme.value)

    # -- Ctrl+K ---------------------------------------------------------------------------------------

    def search(self, text: str) -> tuple[Hit, ...]:
        """What Ctrl+K shows for a text."""
        session = self._window.session
        association = session.association if session.is_open else None
        return self._window.search_desk.things.find(
            text, association, session.meetings, self._things_to_do(), most_new=MOST_NEW
        )

    def _things_to_do(self) -> Iterator[Hit]:
        """Every action, with the reason where it cannot be done now; none of another kind of file."""
        from finsam_desktop.ui.finding_things import NOT_NOW, TO_DO, Hit
        from finsam_desktop.ui.why_not import why_not

        session, place = self._window.session, self._window.place
        for spec, can in self._window.actions.offered():
            reason = "" if can else why_not(spec, place, is_open=session.is_open, is_parcel=session.is_parcel)
            if can or reason:
                yield Hit(
                    group=NOT_NOW if reason else TO_DO[0], icon=spec.icon or "chevron-right", title=spec.text,
                    meta=spec.hint or spec.menu, action=spec.id, reason=reason,
                    key=shortcut_text(spec.shortcut) if spec.shortcut else "",
                )  # fmt: skip

    def ask_for_texts(self, text: str) -> None:
        """Look for what stands in Ctrl+K in all texts too; the answer comes a moment later."""
        from finsam_desktop.search.query import query

        session = self._window.session
        words = query(text)
        if session.is_open and not session.is_parcel and sum(map(len, words.words)) > 1:
            self._asked = (self._window.search_desk.ask(words, MOST_TEXTS), text)

    def show_texts(self, number: int, found: object) -> None:
        """Put the hits in texts below the others, if they are still what is asked for."""
        from finsam_desktop.ui.command_palette import CommandPalette
        from finsam_desktop.ui.search_places import lines_of

        palette = self._window.findChild(CommandPalette)
        if number == self._asked[0] and palette is not None:
            palette.add_hits(self._asked[1], lines_of(found, self._asked[1], MOST_TEXTS))  # type: ignore[arg-type]

    def take(self, hit: Hit) -> None:
        """Do or open what was chosen in Ctrl+K."""
        if hit.action and not hit.reason:
            self._window.actions.run(hit.action)
        elif not hit.action:
            self._window.go(hit.place, hit.target)


def take_window_actions(window: MainWindow) -> None:
    """Let the window take its own actions."""
    from finsam_desktop.ui.leaving_actions import LeavingActions
    from finsam_desktop.ui.parcel_actions import ParcelActions

    WindowActions(window).setObjectName("window_actions")
    LeavingActions(window).setObjectName("leaving_actions")
    ParcelActions(window).setObjectName("parcel_actions")


def search_for(window: MainWindow) -> Callable[[str], tuple[Hit, ...]]:
    """The search of Ctrl+K in this window."""
    return _of(window).search


def palette_texts(window: MainWindow, palette: CommandPalette) -> None:
    """Let Ctrl+K show hits in texts too."""
    palette.asked.connect(_of(window).ask_for_texts)
    window.search_desk.answered.connect(_of(window).show_texts)


def take_hit(window: MainWindow) -> Callable[[Hit], None]:
    """What is done with a hit in this window."""
    return _of(window).take


def _of(window: MainWindow) -> WindowActions:
    found = window.findChild(WindowActions, "window_actions")
    if not isinstance(found, WindowActions):
        raise RuntimeError("the window has no actions")
    return found
