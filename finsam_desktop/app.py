"""Builds the window's object graph once: settings, theme, session, window. No global singletons.

Everything heavy is imported when it is first used, so that the window is there at once.
"""

from __future__ import annotations

import datetime as dt
import importlib.util
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QSettings, QTranslator
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from finsam_desktop import __version__, import_order
from finsam_desktop.paths import resources
from finsam_desktop.settings import SettingsStore, config_folder, data_folder
from finsam_desktop.ui.automatic_backups import AutomaticBackups
from finsam_desktop.ui.file_care import FileCare
from finsam_desktop.ui.garbage import GarbageHere
from finsam_desktop.ui.main_window import WELCOME, MainWindow
from finsam_desktop.ui.place_names import FOOT_PLACES, PLACES
from finsam_desktop.ui.preloading import Preloading
from finsam_desktop.ui.session import Session
from finsam_desktop.ui.slow_opening import SlowOpening
from finsam_desktop.ui.theme import Scheme, current_theme
from finsam_desktop.ui.view import View
from finsam_desktop.ui.widgets.notification import Notice
from finsam_desktop.ui.widgets.states import State

if TYPE_CHECKING:
    from types import ModuleType

    from finsam_desktop.faults.runs import Run
    from finsam_desktop.ui.fault_watch import FaultWatch

OTHER_PLACES = (
    WELCOME,
    "meeting",
    "live",
    "history",
    "search",
    "first_steps",
    "backups",
    "salvage",
    "keys",
    "crash_report",
    "parcel_make",
    "parcel_open",
    "chair",
    "parcel_back",
    "read_back",
    "replace",
)
"""Places that are not in the list to the left."""


SWITCH_S = 0.0005
"""How long a thread may keep the interpreter while another waits. The window's thread gives it away at most calls of
Qt: with Python's own 5 ms it took ten times as long to open a meeting while another thread was counting; with this it
takes twice as long, and the other thread loses a few hundredths."""


@dataclass(slots=True)
class Application:
    """The parts of the running program, for `__main__` and the tests."""

    qt: QApplication
    settings: SettingsStore
    session: Session
    window: MainWindow
    translator: QTranslator

    def show(self, path: Path | None = None, *, example: bool = False) -> None:
        """Show the window with a file, the example association, or the ways in."""
        self.window.go(WELCOME)
        self.window.show()
        for complaint in self.settings.complaints:
            self.window.notify(Notice(text=complaint, state=State.CONSIDER))
        if path is not None:
            self.window.open_file(path)
        elif example:
            self.window.open_example()


def make_qt(arguments: Sequence[str]) -> QApplication:
    """The `QApplication`, named so that settings and files land in the program's own folders."""
    existing = QApplication.instance()
    qt = existing if isinstance(existing, QApplication) else QApplication(list(arguments))
    qt.setApplicationName("Finsam Desktop")
    qt.setApplicationVersion(__version__)
    qt.setOrganizationName("Finsam Desktop")
    qt.setDesktopFileName("finsam-desktop")
    qt.setWindowIcon(QIcon(str(resources() / "app" / "finsam-desktop.svg")))
    QLocale.setDefault(QLocale("sv_SE"))
    return qt


def build(
    qt: QApplication,
    settings: SettingsStore | None = None,
    *,
    clock: Callable[[], dt.datetime] = dt.datetime.now,
    remember_geometry: bool = True,
) -> Application:
    """Make session and window. Nothing is shown yet and no file is open. `clock` is what the window goes by."""
    sys.setswitchinterval(SWITCH_S)
    import_order.packages_first()
    settings = settings or SettingsStore()
    translator = QTranslator(qt)
    if translator.load("qtbase_sv", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        qt.installTranslator(translator)
    theme = current_theme()
    scheme = Scheme(settings.settings.colour_scheme)
    if scheme is not theme.scheme:
        theme.set_scheme(scheme)
    session = Session(settings, clock=clock)
    kept = QSettings(str(config_folder() / "fönster.ini"), QSettings.Format.IniFormat)
    window = MainWindow(session, settings, geometry=kept if remember_geometry else None)
    session.setParent(window)
    AutomaticBackups(session, window.jobs, window)
    FileCare(window)
    SlowOpening(window)
    Preloading(session, window)
    GarbageHere(window)
    for place in (*(known.id for known in (*PLACES, *FOOT_PLACES)), *OTHER_PLACES):
        window.register_view(place, _factory(place))
    return Application(qt=qt, settings=settings, session=session, window=window, translator=translator)


def _factory(place: str) -> Callable[[MainWindow], View]:
    """A view is made by `make(shell)` in the place's module; a place without one says that it is to come."""

    def make(window: MainWindow) -> View:
        module = _view_module(place)
        if module is None:
            from finsam_desktop.ui.views.placeholder import PlaceholderView

            return PlaceholderView(window, place)
        view: View = module.make(window)
        return view

    return make


def _view_module(place: str) -> ModuleType | None:
    """`ui/views/<place>.py`, or `ui/views/<place>/place.py` where the place has parts of its own."""
    name = f"finsam_desktop.ui.views.{place}"
    spec = importlib.util.find_spec(name)
    if spec is None:
        return None
    return import_order.load(name if spec.submodule_search_locations is None else f"{name}.place")


def watch_faults(application: Application, run: Run | None = None) -> FaultWatch:
    """From now on a fault in the program goes to the log, to a report and to the strip, never to the user raw."""
    from finsam_desktop.ui.fault_watch import FaultWatch

    watch = FaultWatch(application.window, data_folder(), run)
    watch.install()
    application.qt.commitDataRequest.connect(watch.session_ends)
    return watch
