"""The window: menu row, places, head, the view in hand, notices and status bar. No knowledge of meetings."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QSettings, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from finsam_desktop.errors import UserError
from finsam_desktop.settings import SettingsStore, cache_folder
from finsam_desktop.ui.actions import Actions
from finsam_desktop.ui.dialog_service import PARCEL_SUFFIX, DialogService
from finsam_desktop.ui.focus_keeping import FocusKeeping
from finsam_desktop.ui.head_bar import HeadBar
from finsam_desktop.ui.jobs import Jobs
from finsam_desktop.ui.page_press import PagePress
from finsam_desktop.ui.session import Session
from finsam_desktop.ui.status_bar import StatusBar
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.top_bar import TopBar
from finsam_desktop.ui.view import Head, View
from finsam_desktop.ui.widgets.notification import Notice, NotificationStrip
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.surfaces import Pane

if TYPE_CHECKING:
    from finsam_desktop.ui.search_desk import SearchDesk
    from finsam_desktop.ui.spelling_desk import SpellingDesk
    from finsam_desktop.ui.widgets.places import PlaceList

_log = logging.getLogger(__name__)

ViewFactory = Callable[["MainWindow"], View]
WELCOME = "welcome"
OVERVIEW = "overview"
WITHOUT_FILE = (WELCOME, "handbook", "settings", "keys", "backups", "salvage", "crash_report", "parcel_open")
"""Places that have something to show while no file is open."""
IN_PARCEL = ("chair", "history", "handbook", "settings", "keys", "crash_report", "parcel_open")
"""Places that whoever has got a mötespaket goes to; everything of the meeting is in the first."""
_NARROW_BELOW = 1360


class MainWindow(QMainWindow):
    """The window of one session; it is the `Shell` that views are given."""

    actions: Actions  # type: ignore[assignment]  # hides QWidget.actions(), which nothing here uses

    def __init__(
        self, session: Session, settings: SettingsStore, *, geometry: QSettings | None = None
    ) -> None:
        super().__init__()
        self.session = session
        self.settings = settings
        self.jobs = Jobs(self)
        self.press = PagePress(cache_folder())
        self.dialogs = DialogService(self)
        self.actions = Actions(self)
        self._geometry = geometry
        self._factories: dict[str, ViewFactory] = {}
        self._views: dict[str, View] = {}
        self._place = ""
        self._landing = OVERVIEW
        self._ended = False
        self._palette: QWidget | None = None
        self._search_desk: SearchDesk | None = None
        self._spelling_desk: SpellingDesk | None = None
        self._places: PlaceList | None = None
        self._last_error: UserError | None = None
        self.setWindowTitle("Finsam Desktop")
        self.setAcceptDrops(True)
        self._build()
        self._connect()
        FocusKeeping(self, self.current_view)
        self._restore_geometry()

    # -- what views use -------------------------------------------------------------------------------

    def notify(self, notice: Notice) -> None:
        """Show a notice in the strip above the status bar."""
        self.strip.show_notice(notice)

    def show_error(self, error: UserError) -> None:
        """Tell of a fault: the strip says what happened and what to do, the details are one press away.

        Of a damaged file it offers to show what can be had of it; of a file that somebody has open, what can be done.
        """
        from finsam_desktop.workspace import DamagedFileError, LockedError

        if isinstance(error, LockedError):
            from finsam_desktop.ui.locked_file import notice_of

            self.notify(notice_of(self, error))
            return
        if isinstance(error, DamagedFileError) and error.path.resolve() != self.session.path:
            self.notify(
                Notice(
                    text=f"{error.message} Det går ofta att rädda det mesta, eller återställa en säkerhetskopia.",
                    state=State.MUST_MEND,
                    detail=error.detail,
                    action="Se vad som går att rädda",
                    on_action=partial(self.go, "salvage", str(error.path)),
                )
            )
            return
        self.notify(
            Notice(
                text=str(error),
                state=State.MUST_MEND,
                detail=error.detail,
                action="Visa detaljer" if error.detail else "",
                on_action=self._show_detail if error.detail else None,
            )
        )
        self._last_error = error

    def _show_detail(self) -> None:
        if self._last_error is not None:
            self.dialogs.show_error(self._last_error)

    def go(self, place: str, target: str = "") -> None:
        """Go to a place and show a target there; "place/target" is both. Unknown places are ignored with a line in
        the log."""
        place, _, rest = place.partition("/")
        target = target or rest
        if not self.session.is_open and place not in WITHOUT_FILE:
            place = WELCOME
        if self.session.is_parcel and place not in IN_PARCEL:
            # What Ctrl+K finds in a meeting is found in the receiver's one place too.
            place, target = "chair", target.rpartition("/")[2] if place == "meeting" else ""
        view = self.view(place)
        if view is None:
            _log.error("there is no place called %r", place)
            return
        current = self.current_view()
        if current is not None and current is not view:
            current.flush()
        self._place = place
        if target or current is not view:
            view.show_target(target)
        self._stack.setCurrentWidget(view)
        if self._places is not None:
            self._places.set_current("meetings" if place in ("meeting", "live") else place)
        self.actions.take(dict(view.actions_taken()))  # type: ignore[arg-type]
        self._show_head()
        self._update_frame()
        self._keep_focus(view)

    def _keep_focus(self, view: View) -> None:
        """Never leave the keyboard nowhere: without a focus even Tab does nothing."""
        focus = self.focusWidget()
        if focus is None or not focus.isVisibleTo(self):
            last = view.focusWidget()
            if last is not None and last.isVisibleTo(self):
                last.setFocus(Qt.FocusReason.OtherFocusReason)
            else:
                any(_focus_first(pane) for pane in view.panes())

    def open_at(self, path: Path, place: str) -> bool:
        """Open a file and show a place of it, "place/target", in the place of Översikt; False as `session.open`."""
        self._landing = place
        try:
            return self.session.open(path)
        finally:
            self._landing = OVERVIEW

    def open_example(self) -> None:
        """Make a fresh copy of the example association in the background and open it."""
        from finsam_desktop.ui.example import make_example

        self.jobs.run(
            make_example, label="Gör i ordning exempelförbundet", on_done=self._open_made, cancel=False
        )

    # -- views ----------------------------------------------------------------------------------------

    def register_view(self, place: str, factory: ViewFactory) -> None:
        """Say how the view of a place is made; it is made the first time it is shown."""
        self._factories[place] = factory

    def view(self, place: str) -> View | None:
        """The view of a place, made now if need be; None when no factory is registered."""
        if place not in self._views and place in self._factories:
            view = self._factories[place](self)
            view.head_changed.connect(self._head_changed)
            self._views[place] = view
            self._stack.addWidget(view)
        return self._views.get(place)

    def current_view(self) -> View | None:
        """The view that is shown."""
        return self._views.get(self._place)

    @property
    def places(self) -> PlaceList:
        """The places to the left; made when the first file is opened, since there is nowhere to go before."""
        if self._places is None:
            from finsam_desktop.ui.widgets.places import PlaceList

            self._places = PlaceList(self.centralWidget())
            self._places.place_chosen.connect(self.go)
            self._middle.insertWidget(0, self._places)
            self._fit_places()
        return self._places

    @property
    def place(self) -> str:
        """The id of the place that is shown."""
        return self._place

    @property
    def search_desk(self) -> SearchDesk:
        """The search of the open file; made when the first file is opened."""
        if self._search_desk is None:
            from finsam_desktop.ui.search_desk import SearchDesk

            self._search_desk = SearchDesk(self.session, self.jobs, self)
        return self._search_desk

    # -- building -------------------------------------------------------------------------------------

    def _build(self) -> None:
        current_theme().dress(self)
        self.top_bar = TopBar(self.actions)
        self.setMenuWidget(self.top_bar)
        self.head_bar = HeadBar()
        self._stack = QStackedWidget()
        self.strip = NotificationStrip()
        self.status = StatusBar(self.jobs)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.head_bar)
        right.addWidget(self._stack, 1)
        right.addWidget(self.strip)
        self._middle = QHBoxLayout()
        self._middle.setContentsMargins(0, 0, 0, 0)
        self._middle.setSpacing(0)
        self._middle.addLayout(right, 1)
        frame = Pane("base")
        column = QVBoxLayout(frame)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._middle, 1)
        column.addWidget(self.status)
        self.setCentralWidget(frame)
        px = current_theme().px
        self.setMinimumSize(px(720), px(480))
        self.resize(px(1440), px(900))

    def _connect(self) -> None:
        from finsam_desktop.ui.window_actions import take_window_actions

        take_window_actions(self)
        self.top_bar.find_pressed.connect(self.open_palette)
        self.top_bar.undo_pressed.connect(self.undo)
        self.top_bar.redo_pressed.connect(self.redo)
        self.head_bar.back_pressed.connect(self.go)
        self.status.findings_pressed.connect(self._show_findings)
        self.jobs.failed.connect(self._job_failed)
        self.session.opened.connect(self._file_opened)
        self.session.closed.connect(self._file_closed)
        self.session.changed.connect(self._value_changed)
        self.session.failed.connect(self.show_error)
        self.session.parcel_chosen.connect(self._parcel_chosen)
        self.session.notified.connect(self._notified)
        self.session.warned.connect(self._warned)

    # -- undo and Ctrl+K ------------------------------------------------------------------------------

    def undo(self) -> None:
        """Take in what is being written, then take back the latest change."""
        self.flush()
        self.session.undo()

    def redo(self) -> None:
        """Do again what was taken back."""
        self.flush()
        self.session.redo()

    def flush(self) -> None:
        """Take in text that is still in the fields of the view."""
        view = self.current_view()
        if view is not None:
            view.flush()

    def may_leave(self, leave: Callable[[], object]) -> bool:
        """Take in the last words before the file is left; False, and a notice with that way on, while some of them
        cannot be saved."""
        self.flush()
        error = self.session.save_again()
        if error is None:
            return True
        self.notify(
            Notice(
                text=f"{error} Det du skrev senast går förlorat om filen stängs.",
                state=State.MUST_MEND,
                detail=error.detail,
                action="Stäng ändå",
                on_action=partial(self._leave_anyway, leave),
            )
        )
        return False

    def _leave_anyway(self, leave: Callable[[], object]) -> None:
        self.session.forget_unsaved()
        leave()

    def open_palette(self) -> None:
        """Open Ctrl+K over the window."""
        from finsam_desktop.ui.command_palette import CommandPalette
        from finsam_desktop.ui.window_actions import palette_texts, search_for, take_hit

        if not isinstance(self._palette, CommandPalette):
            palette = CommandPalette(search_for(self), self)
            palette.chosen.connect(take_hit(self))
            palette_texts(self, palette)
            self._palette = palette
        self.flush()
        self._palette.open()

    # -- moving about ---------------------------------------------------------------------------------

    def step_pane(self, by: int) -> None:
        """Give the focus to the next (+1) or previous (-1) pane; the places are one of them (F6)."""
        view = self.current_view()
        panes: list[QWidget] = [self.places] if self.session.is_open and self.places.isVisible() else []
        if view is not None:
            panes.extend(pane for pane in view.panes() if pane.isVisible())
        if not panes:
            return
        focus = QApplication.focusWidget()
        here = next(
            (i for i, pane in enumerate(panes) if focus and (pane is focus or pane.isAncestorOf(focus))), -1
        )
        for offset in range(1, len(panes) + 1):
            pane = panes[(here + by * offset) % len(panes)]
            if _focus_first(pane):
                return

    def step_finding(self, by: int) -> None:
        """Open the next or previous finding of the view (F8)."""
        view = self.current_view()
        if view is not None:
            view.step_finding(by)

    def press_primary(self) -> None:
        """Press the view's filled button (Ctrl+Enter)."""
        view = self.current_view()
        button = view.primary() if view is not None else None
        if button is not None and button.isEnabled() and button.isVisible():
            self.flush()
            button.click()

    def _show_findings(self) -> None:
        self.step_finding(1)

    # -- what happens in the session ------------------------------------------------------------------

    def open_file(self, path: Path) -> None:
        """Open a file; a fault is told and the open one stays."""
        if self.may_leave(partial(self.open_file, path)):
            self.session.open(Path(path))

    def _parcel_chosen(self, path: Path) -> None:
        self.go("parcel_open", str(path))

    def _open_made(self, path: object) -> None:
        if isinstance(path, Path):
            self.open_file(path)

    def _file_opened(self) -> None:
        name = self.session.association.name
        self.places.set_association(name)
        path = self.session.path
        self.setWindowTitle(f"{name} – Finsam Desktop")
        self.setWindowFilePath(str(path) if path else "")
        self._forget_views()
        QTimer.singleShot(0, self, self._start_desks)
        self.go("chair" if self.session.is_parcel else self._landing)
        view = self.current_view()
        if view is not None:
            any(_focus_first(pane) for pane in view.panes())

    def _start_desks(self) -> None:
        """Search and spelling are made ready when the file has been shown."""
        if not self.session.is_open:
            return
        self.search_desk.start()
        if self._spelling_desk is None:
            from finsam_desktop.ui.spelling_desk import SpellingDesk

            self._spelling_desk = SpellingDesk(self)
        self._spelling_desk.start()

    def _file_closed(self) -> None:
        self.setWindowTitle("Finsam Desktop")
        self._forget_views()
        self.go(WELCOME)

    def _forget_views(self) -> None:
        """Views belong to one file; another file gets new ones."""
        self.actions.take({})
        self.head_bar.show_head(Head(title="", hidden=True), ())
        # The one that is shown goes last: in the place of a shown one the stack shows another, of a file that is gone.
        shown = self._stack.currentWidget()
        for view in sorted(self._views.values(), key=lambda one: one is shown):
            self._stack.removeWidget(view)
            view.deleteLater()
        self._views.clear()
        self._place = ""

    def _value_changed(self, _change: object) -> None:
        # "Ångra" in the strip means the change it tells of; after another one it would undo the wrong thing.
        if self.strip.notice is not None and self.strip.notice.action == "Ångra":
            self.strip.close_notice()
        self.places.set_association(self.session.association.name)
        self._update_frame()
        self._show_head()

    def _notified(self, text: str, action: object) -> None:
        undo = self.undo if action == "Ångra" else None
        self.notify(Notice(text=text, action=str(action or ""), on_action=undo))

    def _warned(self, text: str) -> None:
        """A warning stays until it has been read and closed."""
        self.notify(Notice(text=text, state=State.CONSIDER))

    def _job_failed(self, error: object) -> None:
        if isinstance(error, UserError):
            self.show_error(error)
        else:
            _log.error("a job ended with a fault of the program", exc_info=error)  # type: ignore[arg-type]
            self.show_unexpected(str(error))

    def show_unexpected(self, detail: str, *, saved: bool = True, memory: bool = False) -> None:
        """A fault in the program itself: say what is safe and show the report that is kept of it.

        ``saved``: all that was typed is in the file. ``memory``: the computer's memory did not suffice.
        """
        what = "Datorns arbetsminne räckte inte till." if memory else "Något gick fel i programmet."
        safe = (
            "Det du har skrivit är sparat."
            if saved
            else "Det du skrev sist i fältet kan saknas, allt annat är sparat."
        )
        advice = (
            "Stäng andra program och försök igen."
            if memory
            else "Starta om programmet om något ser konstigt ut."
        )
        self.notify(
            Notice(
                text=f"{what} {safe} {advice}",
                state=State.MUST_MEND,
                detail=detail,
                action="Visa rapporten" if "crash_report" in self._factories else "",
                on_action=self.show_reports,
            )
        )

    def show_reports(self) -> None:
        """Show the reports that are kept of faults, the latest first."""
        self.go("crash_report")

    # -- frame ----------------------------------------------------------------------------------------

    def _head_changed(self) -> None:
        if self.sender() is self.current_view():
            self._show_head()
            self._update_frame()

    def _show_head(self) -> None:
        view = self.current_view()
        if view is not None:
            self.head_bar.show_head(view.head(), view.head_widgets())

    def _update_frame(self) -> None:
        session, view = self.session, self.current_view()
        is_open = session.is_open
        alone = view is not None and view.alone()
        if is_open or self._places is not None:
            self.places.setVisible(is_open and not session.is_parcel and not alone)
        self.top_bar.setVisible(not alone)
        self.status.setVisible(not alone)
        self.actions.set_file_open(is_open, own=not session.is_parcel)
        self.top_bar.set_history(session.undo_label, session.redo_label, is_open=is_open)
        self.actions["undo"].setEnabled(session.undo_label is not None)
        self.actions["redo"].setEnabled(session.redo_label is not None)
        self.actions["undo"].setText(f"Ångra: {session.undo_label}" if session.undo_label else "Ångra")
        self.actions["redo"].setText(f"Gör om: {session.redo_label}" if session.redo_label else "Gör om")
        if is_open:
            self.status.show_saved(session.saved_at, read_only=session.read_only)
            self.status.show_status(view.status() if view is not None else None)
        else:
            from finsam_desktop import __version__

            self.status.show_closed(f"Version {__version__}  ·  Handbok F1")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_places()

    def _fit_places(self) -> None:
        narrow = self.width() < current_theme().px(_NARROW_BELOW)
        if self._places is not None and narrow is not self._places.is_narrow():
            self._places.set_narrow(narrow)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.WindowDeactivate:
            self.flush()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.strip.notice is not None:
            self.strip.close_notice()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _finsam_file(event.mimeData().urls()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _finsam_file(event.mimeData().urls())
        if path is not None:
            event.acceptProposedAction()
            self.open_file(path)

    # -- the end --------------------------------------------------------------------------------------

    def _restore_geometry(self) -> None:
        saved = self._geometry.value("window/geometry") if self._geometry is not None else None
        if isinstance(saved, QByteArray) and not saved.isEmpty():
            self.restoreGeometry(saved)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Take in the last words, let the work end, close the file."""
        if self._ended:
            super().closeEvent(event)
            return
        if not self.may_leave(self.close):
            event.ignore()
            return
        self._ended = True
        if self._geometry is not None:
            self._geometry.setValue("window/geometry", self.saveGeometry())
        self.press.close()
        if self._search_desk is not None:
            self._search_desk.shut_down()
        self.jobs.shut_down()
        for view in self._views.values():
            view.flush()
        self.session.closed.disconnect(self._file_closed)
        self.session.close()
        super().closeEvent(event)


def _focus_first(pane: QWidget) -> bool:
    """Give the focus to the first thing in a pane that takes it."""
    widget: QWidget | None = pane
    inside = [pane, *pane.findChildren(QWidget)]
    for widget in inside:
        if (
            widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and widget.isVisibleTo(pane.window())
            and widget.isEnabled()
        ):
            widget.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return True
    return False


def _finsam_file(urls: list) -> Path | None:  # type: ignore[type-arg]
    files = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
    return files[0] if len(files) == 1 and files[0].suffix.lower() in (".finsam", PARCEL_SUFFIX) else None
