"""A random user at the real window, and a plain model of what the window must hold after each of its doings.

The model is a value and two lists of earlier and later ones; it knows nothing of the workspace's own undo.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field, fields, is_dataclass, replace
from pathlib import Path
from random import Random

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.ui.main_window import MainWindow
from finsam_desktop.ui.views.meeting.page import MeetingPage
from finsam_desktop.ui.views.meeting.place import MeetingView
from finsam_desktop.workspace import Workspace
from tests.system.meeting_hands import Key, Modifier

DRAFT = "2026-11-26"
STEPS = ("dagordning", "handlingar", "kallelse", "narvaro", "protokoll", "efter")
PLACES = (
    "overview", "meetings", "decisions", "year_wheel", "figures", "association", "templates", "settings",
    "handbook", "keys", "history",
)  # fmt: skip
WORDS = ("å", "Ärende", " ÖVRIGT", "§ 7", "{{x}}", "<b>", "\u00a0kr", " och", "🙂", "‏", '"', "att\u00ad")

_LEFT_ALONE = frozenset(
    # What ends the program, asks the system's own dialogs, or is done by the driver itself.
    {
        "quit",
        "print",
        "close_file",
        "undo",
        "redo",
        "open_example",
        "remove_item",
        "move_item_up",
        "move_item_down",
    }
)


@dataclass(frozen=True)
class Held:
    """All that is in the file, as values."""

    association: Association
    meetings: tuple[Meeting, ...]

    def items(self) -> tuple[AgendaItem, ...]:
        return self.draft().items

    def draft(self) -> Meeting:
        return next(each for each in self.meetings if each.id == DRAFT)

    def with_items(self, items: tuple[AgendaItem, ...]) -> Held:
        changed = tuple(replace(each, items=items) if each.id == DRAFT else each for each in self.meetings)
        return replace(self, meetings=changed)


@dataclass
class Model:
    """What the window must hold: the value now, and those that undo and redo lead to."""

    now: Held
    earlier: list[Held] = field(default_factory=list)
    later: list[Held] = field(default_factory=list)

    def becomes(self, after: Held) -> None:
        if after != self.now:
            self.earlier.append(self.now)
            self.later.clear()
            self.now = after

    def undo(self) -> None:
        if self.earlier:
            self.later.append(self.now)
            self.now = self.earlier.pop()

    def redo(self) -> None:
        if self.later:
            self.earlier.append(self.now)
            self.now = self.later.pop()

    def reopened(self) -> None:
        self.earlier.clear()
        self.later.clear()


def differences(held: object, wanted: object, place: str = "") -> list[str]:
    """Where two values differ, for the message of a failure."""
    if held == wanted:
        return []
    if is_dataclass(held) and type(held) is type(wanted):
        return [
            each
            for one in fields(held)
            for each in differences(getattr(held, one.name), getattr(wanted, one.name), f"{place}.{one.name}")
        ]
    if isinstance(held, tuple) and isinstance(wanted, tuple) and len(held) == len(wanted):
        pairs = enumerate(zip(held, wanted, strict=True))
        return [each for n, (one, other) in pairs for each in differences(one, other, f"{place}[{n}]")]
    return [f"{place}: {held!r} is held, {wanted!r} was wanted"]


class Driver:
    """Does one random thing after the other in a window with the example open; ``diary`` says what."""

    def __init__(self, window: MainWindow, path: Path, rng: Random) -> None:
        self.window, self.path, self.rng = window, path, rng
        self.diary: list[str] = []
        self._time = dt.datetime(2026, 11, 16, 9, 0)
        window.session._clock = lambda: self._time
        self.model = Model(self.held())
        window.session.failed.connect(self._told)
        self._reopen()  # nothing to do again from another sequence
        self._doings: tuple[tuple[int, Callable[[], None]], ...] = (
            (6, self._write_title),
            (4, self._write_summary),
            (3, self._paste_items),
            (4, self._move_item),
            (2, self._remove_item),
            (7, self._undo),
            (4, self._redo),
            (3, self._go_somewhere),
            (4, self._go_to_step),
            (3, self._press_in_the_grid),
            (4, self._do_an_action),
            (3, self._press_keys),
            (1, self._reopen),
            (1, self._look_otherwise),
        )

    # -- what the tests ask -------------------------------------------------------------------------

    def act(self) -> None:
        """Do one thing, then hold the window against the model."""
        self._time += dt.timedelta(minutes=1)  # so that two doings are never one spell of typing
        weights = [weight for weight, _ in self._doings]
        self.rng.choices([doing for _, doing in self._doings], weights)[0]()
        self._rest()
        self._close_what_asks()
        self._no_window_is_left()
        self._same()

    def end(self) -> None:
        """Hold the file itself against the model, and undo everything."""
        with Workspace.open(self.path, user="läsare", read_only=True) as read:
            assert Held(read.association, read.meetings) == self.model.now
        while self.model.earlier:
            self._time += dt.timedelta(minutes=1)
            self._undo()
            self._rest()
            self._same()
        assert self.window.session.undo_label is None
        self.window.session.failed.disconnect(self._told)

    def _same(self) -> None:
        held, wanted = self.held(), self.model.now
        if held != wanted:
            parts = (
                *zip(held.meetings, wanted.meetings, strict=False),
                (held.association, wanted.association),
            )
            told = [difference for pair in parts for difference in differences(*pair)]
            raise AssertionError("\n".join(told[:12]) or "other meetings")

    def held(self) -> Held:
        session = self.window.session
        return Held(session.association, session.meetings)

    # -- edits whose outcome the model knows --------------------------------------------------------

    def _write_title(self) -> None:
        item = self._choose_item()
        if item is None:
            return
        page = self._page()
        page.agenda().rename_current()
        text = self._type()
        self.diary.append(f"rubrik {item.id}: {text!r}")
        self.window.flush()
        # The whole heading is marked when it is to be written anew. An empty or odd one is the field's to judge.
        self._title_is(item, " ".join(text.split()))

    def _title_is(self, item: AgendaItem, text: str) -> None:
        after = next((each for each in self.held().items() if each.id == item.id), None)
        assert after is not None
        shown = " ".join(after.title.split())
        assert shown in (text, item.title), (shown, text)
        self.model.becomes(self._with(item, replace(item, title=after.title)))

    def _write_summary(self) -> None:
        item = self._choose_item()
        if item is None:
            return
        editor = self._page().agenda().editor
        field = editor.summary
        field.setFocus()
        assert self._focus() is field
        QTest.keyClick(self._focus(), Key.Key_End, Modifier.ControlModifier)
        text = self._type()
        self.diary.append(f"sammanfattning {item.id}: {text!r}")
        self.window.flush()
        after = next(each for each in self.held().items() if each.id == item.id)
        assert text.strip() in after.summary, (text, after.summary)
        assert after.summary.strip().startswith(item.summary.strip()[:20].strip())
        self.model.becomes(self._with(item, replace(item, summary=after.summary)))

    def _paste_items(self) -> None:
        item = self._choose_item()
        titles = [f"Inklistrat ärende {self.rng.randrange(1000)}" for _ in range(self.rng.randint(1, 3))]
        QGuiApplication.clipboard().setText("\n".join(f"{n}. {title}" for n, title in enumerate(titles, 1)))
        before = self.model.now.items()
        self.diary.append(f"klistra in {len(titles)} efter {item and item.id}")
        self._trigger("paste_headings")
        after = self.held().items()
        new = [each for each in after if each not in before]
        assert [each.title for each in new] == titles
        assert tuple(each for each in after if each in before) == before
        self.model.becomes(self.model.now.with_items(after))

    def _move_item(self) -> None:
        item = self._choose_item()
        if item is None:
            return
        self._page().agenda().tree.setFocus()
        down = self.rng.random() < 0.5
        self.diary.append(f"flytta {item.id} {'ner' if down else 'upp'}")
        self._trigger("move_item_down" if down else "move_item_up")
        items = list(self.model.now.items())
        here = items.index(item)
        there = here + (1 if down else -1)
        if 0 <= there < len(items):
            items.insert(there, items.pop(here))
        self.model.becomes(self.model.now.with_items(tuple(items)))

    def _remove_item(self) -> None:
        if len(self.model.now.items()) < 4:
            return
        item = self._choose_item()
        if item is None:
            return
        self._page().agenda().tree.setFocus()
        self.diary.append(f"ta bort {item.id}")
        self._trigger("remove_item")
        self.model.becomes(
            self.model.now.with_items(tuple(each for each in self.model.now.items() if each is not item))
        )

    def _undo(self) -> None:
        self.diary.append(f"ångra {self.window.session.undo_label}")
        self.window.undo()
        self.model.undo()

    def _redo(self) -> None:
        self.diary.append(f"gör om {self.window.session.redo_label}")
        self.window.redo()
        self.model.redo()

    # -- doings that change nothing, or what the model takes over ------------------------------------

    def _go_somewhere(self) -> None:
        place = self.rng.choice(PLACES)
        self.diary.append(f"gå till {place}")
        self.window.go(place)

    def _go_to_step(self) -> None:
        meeting = self.rng.choice([each.id for each in self.model.now.meetings])
        step = self.rng.choice(STEPS)
        self.diary.append(f"gå till {meeting}/{step}")
        self.window.go("meeting", f"{meeting}/{step}")

    def _press_in_the_grid(self) -> None:
        """Letters in the grid of Närvaro och beslut: each one change at most."""
        self.window.go("meeting", f"{DRAFT}/narvaro")
        self._rest()
        self.window.step_pane(1)
        letter = self.rng.choice("FKGUJTDSBNL ")
        for _ in range(self.rng.randint(0, 4)):
            QTest.keyClick(self._focus(), self.rng.choice((Key.Key_Down, Key.Key_Right, Key.Key_Tab)))
            self._take_over()  # an arrow may choose another answer
        if isinstance(self._focus(), (QLineEdit, QTextEdit, QPlainTextEdit)):
            return
        self.diary.append(f"tangent {letter!r} i {type(self._focus()).__name__}")
        QTest.keyClick(self._focus(), Qt.Key(ord(letter)))
        self._take_over()

    def _do_an_action(self) -> None:
        from finsam_desktop.ui.actions import ACTIONS

        spec = self.rng.choice([each for each in ACTIONS if each.id not in _LEFT_ALONE])
        self.diary.append(f"gör {spec.id}")
        self._trigger(spec.id)
        self._rest()
        self._close_what_asks()
        if spec.id == "new_association":
            self._open_again()  # the file is closed for a new one
        self._take_over()
        if all(meeting.id != DRAFT for meeting in self.model.now.meetings):
            self._undo()  # the meeting that the other doings are about was taken away

    def _press_keys(self) -> None:
        key = self.rng.choice(
            (
                Key.Key_F6,
                Key.Key_F8,
                Key.Key_Escape,
                Key.Key_Tab,
                Key.Key_Backtab,
                Key.Key_Down,
                Key.Key_PageDown,
            )
        )
        self.diary.append(key.name)
        for _ in range(self.rng.randint(1, 3)):
            QTest.keyClick(self._focus(), key)
            self._take_over()

    def _reopen(self) -> None:
        self.diary.append("stäng och öppna")
        self.window.flush()
        self.window.session.close()
        self._open_again()

    def _open_again(self) -> None:
        assert not self.window.session.is_open
        self.window.open_file(self.path)
        assert self.window.session.is_open
        self._set_clock()
        self.model.reopened()

    def _told(self, fault: Exception) -> None:
        self.diary.append(f"fel: {fault!r}")

    def _look_otherwise(self) -> None:
        self.diary.append("annan storlek")
        self.window.resize(*self.rng.choice(((1440, 900), (1280, 800), (980, 720), (1920, 1080))))

    # -- ways ---------------------------------------------------------------------------------------

    def _take_over(self) -> None:
        """Make what the window holds the model's; what happened must be one step of undo, or none."""
        self.window.flush()
        self._rest()
        self._time += dt.timedelta(minutes=1)
        self.model.becomes(self.held())

    def _choose_item(self) -> AgendaItem | None:
        items = self.model.now.items()
        if not items:
            return None
        item = self.rng.choice(items)
        self.window.go("meeting", f"{DRAFT}/dagordning/{item.id}")
        self._rest()
        assert self._page().agenda().item_id == item.id
        return item

    def _with(self, item: AgendaItem, after: AgendaItem) -> Held:
        return self.model.now.with_items(
            tuple(after if each is item else each for each in self.model.now.items())
        )

    def _type(self) -> str:
        text = "".join(self.rng.choice(WORDS) for _ in range(self.rng.randint(1, 4))).strip() or "Ord"
        from PySide6.QtGui import QKeyEvent

        for sign in text:
            for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
                QApplication.sendEvent(self._focus(), QKeyEvent(kind, 0, Modifier.NoModifier, sign))
        return text

    def _trigger(self, action_id: str) -> None:
        action = self.window.actions[action_id]
        if action.isEnabled():
            action.trigger()
        self._rest()

    def _page(self) -> MeetingPage:
        view = self.window.current_view()
        assert isinstance(view, MeetingView)
        assert view.page is not None
        return view.page

    def _focus(self) -> QWidget:
        return QApplication.focusWidget() or self.window

    def _set_clock(self) -> None:
        self.window.session.workspace._clock = lambda: self._time

    def _rest(self) -> None:
        """Let the window work until nothing goes on in the background."""
        for _ in range(400):
            loop = QEventLoop()
            QTimer.singleShot(2, loop.quit)
            loop.exec()
            if not self.window.jobs.running():
                return

    def _close_what_asks(self) -> None:
        """Say no to every dialog and menu, as Escape does."""
        for each in QApplication.topLevelWidgets():
            if each.isVisible() and isinstance(each, QDialog):
                each.reject()
            elif each.isVisible() and each.windowType() is Qt.WindowType.Popup:
                each.close()  # a menu, or the list of a combo box
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.window.activateWindow()  # as a window manager does when a dialog is closed
        self._rest()

    def _no_window_is_left(self) -> None:
        left = [
            f"{type(each).__name__} {each.windowTitle()}"
            for each in QApplication.topLevelWidgets()
            if each is not self.window and (each.isVisible() or isinstance(each, QDialog))
        ]
        assert not left, (left, self.diary[-3:])
