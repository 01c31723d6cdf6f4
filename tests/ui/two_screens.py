"""Mötesläge on a computer with a projector: run as a program, since Qt asks for its screens once.

``python -m tests.ui.two_screens FOLDER`` goes through every scene below and prints what failed in each as JSON. The
screens are Qt's own for programs without a display; they are plugged in and out as its own tests do that.
"""

from __future__ import annotations

import ctypes
import datetime as dt
import json
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

TABLE = {"name": "Bordet", "x": 0, "y": 0, "width": 1440, "height": 900, "logicalDpi": 96, "logicalBaseDpi": 96,
         "dpr": 1}  # fmt: skip
PROJECTOR = {**TABLE, "name": "Projektorn", "x": 1440, "width": 1920, "height": 1080, "dpr": 1.5}
OLD_PROJECTOR = {**PROJECTOR, "width": 1024, "height": 768, "dpr": 1}
SCENES = (
    "it_fills_the_other_screen", "what_is_kept_from_all_is_not_there", "it_stays_while_the_window_is_minimised",
    "without_a_second_screen_it_is_a_window", "it_goes_where_the_secretary_is_not", "an_old_projector_has_room",
    "it_is_closed_and_opened_while_the_meeting_goes_on", "it_goes_with_a_meeting_that_is_taken_away",
    "nothing_is_left_when_the_window_closes",
)  # fmt: skip
"""The last one closes the window."""


def _layout(*screens: dict[str, object]) -> str:
    return json.dumps(
        {"synchronousWindowSystemEvents": False, "windowFrameMargins": True, "screens": list(screens)}
    )


def set_screens(*screens: dict[str, object]) -> None:
    """Plug screens in and out."""
    import PySide6
    import shiboken6
    from PySide6.QtCore import QByteArray, QJsonDocument

    folder = Path(PySide6.__file__).parent / "Qt" / "lib"
    gui, core = (ctypes.CDLL(str(folder / f"libQt6{name}.so.6")) for name in ("Gui", "Core"))
    pointer = ctypes.c_void_p
    gui._ZN15QGuiApplication23platformNativeInterfaceEv.restype = pointer
    native = gui._ZN15QGuiApplication23platformNativeInterfaceEv()
    methods = ctypes.cast(ctypes.cast(native, ctypes.POINTER(pointer))[0], ctypes.POINTER(pointer))
    name = _Bytes(None, b"setConfiguration", len(b"setConfiguration"))
    # nativeResourceForIntegration comes after the twelve virtual functions of QObject.
    ask = ctypes.CFUNCTYPE(pointer, pointer, ctypes.POINTER(_Bytes))(methods[12])
    change = ctypes.CFUNCTYPE(None, pointer, pointer)(ask(native, ctypes.byref(name)))
    document = QJsonDocument.fromJson(QByteArray(_layout(*screens).encode()))
    made = (ctypes.c_char * 64)()
    core._ZNK13QJsonDocument6objectEv.argtypes = [pointer, pointer]
    core._ZNK13QJsonDocument6objectEv(ctypes.addressof(made), shiboken6.getCppPointer(document)[0])
    change(ctypes.addressof(made), native)


class _Bytes(ctypes.Structure):
    """A QByteArray over bytes of ours."""

    _fields_ = (("d", ctypes.c_void_p), ("ptr", ctypes.c_char_p), ("size", ctypes.c_ssize_t))


class Scenes:
    """The scenes, each from the meeting's beginning with the window for all open on the projector."""

    def __init__(self, folder: Path) -> None:
        from tests.ui.test_live_view import Live

        self.live = Live(folder)

    @property
    def screen(self) -> Any:
        """The window for all."""
        window = self.live.view.for_all.window
        assert window is not None, "the window for all is gone"
        return window

    def begin(self) -> None:
        from PySide6.QtCore import Qt

        from tests.ui.waiting import wait_until

        set_screens(TABLE, PROJECTOR)
        wait_until(lambda: names() == ["Bordet", "Projektorn"])
        self.live.begin()
        assert self.live.view.for_all.window is None
        modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        self.live.press(Qt.Key.Key_E, modifiers)
        wait_until(lambda: self.is_on("Projektorn"))

    def is_on(self, name: str) -> bool:
        """Whether it fills the screen with that name."""
        window = self.screen
        there = window.screen()
        return bool(
            window.isVisible() and window.isFullScreen() and there.name() == name
        ) and window.geometry() == there.geometry()  # fmt: skip

    def it_fills_the_other_screen(self) -> None:
        from PySide6.QtWidgets import QApplication

        window = self.live.case.window
        assert self.is_on("Projektorn")
        assert self.screen.screen().devicePixelRatio() == 1.5
        assert self.screen.windowHandle().transientParent() is None, (
            "it would lie over the secretary's window"
        )
        assert window.screen().name() == "Bordet"
        assert QApplication.activeWindow() is window, "the keys go on to the secretary's window"
        texts = [one.stage._clauses.font().pointSizeF() for one in (self.screen, self.live.view)]
        assert texts[0] > 1.5 * texts[1], "it is read from the other end of the room"
        self._nothing_is_cut()

    def what_is_kept_from_all_is_not_there(self) -> None:
        from finsam_desktop.domain import agenda
        from tests.ui.test_live_view import MASKED, on_the_screen

        live = self.live
        live.view.side.note.insertPlainText("Hemlig tanke")
        for item in agenda.walk(live.case.meeting.items):
            live.view.show_item(item.id)
            seen = on_the_screen(live) + self.screen.windowTitle()
            for hidden in ("Hemlig tanke", "Qvarnhed", MASKED):
                assert hidden not in seen, (hidden, item.id)

    def it_stays_while_the_window_is_minimised(self) -> None:
        from tests.ui.waiting import wait_until

        live, item = self.live, self.live.item
        live.view.open_now()
        live.case.window.showMinimized()
        wait_until(live.case.window.isMinimized)
        live.now += dt.timedelta(seconds=50)
        live.view._tick()
        assert live.view._timer.isActive(), "the meeting goes on"
        assert self.is_on("Projektorn")
        live.case.window.showNormal()
        wait_until(lambda: not live.case.window.isMinimized())
        assert self.is_on("Projektorn")
        live.view._keep_times()
        assert live.case.meeting.live.seconds(item) >= 50

    def without_a_second_screen_it_is_a_window(self) -> None:
        from PySide6.QtWidgets import QApplication

        from finsam_desktop.domain.decisions import Outcome
        from tests.ui.test_live_view import Key, on_the_screen
        from tests.ui.waiting import wait_until

        live = self.live
        set_screens(TABLE)
        wait_until(lambda: names() == ["Bordet"] and not self.screen.isFullScreen())
        room = live.case.window.screen().availableGeometry()
        wait_until(lambda: room.contains(self.screen.geometry()))
        assert self.screen.isVisible()
        assert QApplication.activeWindow() is live.case.window, "nobody writes in the window for all"
        live.press(Key.Key_B)
        assert live.outcome() is Outcome.AS_PROPOSED
        assert "Enligt förslaget" in on_the_screen(live)
        set_screens(TABLE, PROJECTOR)
        wait_until(lambda: self.is_on("Projektorn"))
        assert "Enligt förslaget" in on_the_screen(live)

    def it_goes_where_the_secretary_is_not(self) -> None:
        from PySide6.QtGui import QGuiApplication

        from tests.ui.waiting import wait_until

        live = self.live
        live.view.toggle_screen()
        live.case.window.setScreen(QGuiApplication.screens()[1])
        live.case.window.move(1500, 20)
        wait_until(lambda: live.case.window.screen().name() == "Projektorn")
        live.view.toggle_screen()
        wait_until(lambda: self.is_on("Bordet"))
        live.case.window.setScreen(QGuiApplication.screens()[0])
        live.case.window.move(20, 20)
        wait_until(lambda: live.case.window.screen().name() == "Bordet")

    def an_old_projector_has_room(self) -> None:
        from finsam_desktop.domain import agenda
        from tests.ui.waiting import wait_until

        set_screens(TABLE)
        wait_until(lambda: not self.screen.isFullScreen())
        set_screens(TABLE, OLD_PROJECTOR)
        wait_until(lambda: self.is_on("Projektorn"))
        assert self.screen.width() == 1024
        for item in agenda.walk(self.live.case.meeting.items):
            self.live.view.show_item(item.id)
            self._nothing_is_cut()

    def it_is_closed_and_opened_while_the_meeting_goes_on(self) -> None:
        from PySide6.QtTest import QTest

        from tests.ui.test_live_view import Key
        from tests.ui.waiting import wait_until

        live, first = self.live, self.screen
        first.close()  # as Alt+F4 does
        assert live.view.for_all.window is None
        assert not live.view.top.for_all.isChecked()
        set_screens(TABLE)
        wait_until(lambda: names() == ["Bordet"])
        assert live.view.for_all.window is None, "a screen that goes opens nothing"
        set_screens(TABLE, PROJECTOR)
        wait_until(lambda: len(names()) == 2)
        assert live.view.for_all.window is None
        live.view.top.for_all.click()
        wait_until(lambda: self.is_on("Projektorn"))
        QTest.keyClick(self.screen.stage, Key.Key_Escape)
        assert live.view.for_all.window is None
        assert live.view.isVisible()

    def it_goes_with_a_meeting_that_is_taken_away(self) -> None:
        from tests.ui.waiting import wait_until

        live, shown = self.live, self.screen
        while live.case.session.undo_label not in (None, "Nytt"):
            live.case.window.undo()
        assert self.is_on("Projektorn")
        live.case.window.undo()
        wait_until(lambda: live.case.window.place == "meetings")
        assert live.view.for_all.window is None
        assert not shown.isVisible()
        assert windows() == [live.case.window]
        live.case.window.redo()
        assert live.view.for_all.window is None

    def nothing_is_left_when_the_window_closes(self) -> None:
        from tests.ui.waiting import wait_until

        self.live.case.window.close()
        wait_until(lambda: windows() == [])

    def _nothing_is_cut(self) -> None:
        from tests.ui.waiting import wait_until

        wait_until(lambda: not self._cut())

    def _cut(self) -> list[str]:
        """The texts that do not have the room they need."""
        stage = self.screen.stage
        shown = [one for one in stage._labels if one.isVisible()]
        wide = [
            one.text()
            for one in shown
            if one.mapTo(stage.widget(), one.rect().topRight()).x() > stage.viewport().width()
        ]
        every = (*shown, self.screen._meeting)
        return wide + [one.text() for one in every if one.heightForWidth(one.width()) > one.height() + 1]


def names() -> list[str]:
    """The screens that are there."""
    from PySide6.QtGui import QGuiApplication

    return [one.name() for one in QGuiApplication.screens()]


def windows() -> list[Any]:
    """The windows that are seen."""
    from PySide6.QtWidgets import QApplication

    return [one for one in QApplication.topLevelWidgets() if one.isVisible()]


def _tried(scene: Callable[[], None]) -> str:
    try:
        scene()
    except Exception:
        return traceback.format_exc()
    return ""


def main() -> None:
    folder = Path(sys.argv[1])
    layout = folder / "screens.json"
    layout.write_text(_layout(TABLE, PROJECTOR), encoding="utf-8")
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={layout}"
    from finsam_desktop import app

    qt = app.make_qt([])
    scenes = Scenes(folder)
    failed = {
        name: _tried(scenes.begin) or _tried(getattr(scenes, name)) for name in SCENES
    }  # fmt: skip
    print(json.dumps(failed), flush=True)
    del qt
    # The screens that were taken away would be taken away once more.
    os._exit(0)


if __name__ == "__main__":
    main()
