"""Läs in ändringar: what was changed in Word in a kallelse or protokoll, beside what stood, taken in one by one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QSplitter, QVBoxLayout, QWidget
from shiboken6 import isValid

from finsam_desktop.errors import UserError
from finsam_desktop.ui.models.read_back_model import ReadBackModel
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.view import Head, Shell, View
from finsam_desktop.ui.views.read_back.page import ReadBackPage
from finsam_desktop.ui.widgets.buttons import primary_button
from finsam_desktop.ui.widgets.notification import Notice
from finsam_desktop.ui.widgets.rows import RowDelegate, RowList, RowRole
from finsam_desktop.ui.widgets.surfaces import Pane

if TYPE_CHECKING:
    from finsam_desktop.documents.read_back_values import FieldChange, ReadBack
    from finsam_desktop.domain.meeting import Meeting
    from finsam_desktop.minutes_read_back import Opened
    from finsam_desktop.ui.jobs import Progress
    from finsam_desktop.workspace import Change, Workspace

SEPARATOR = "|"
"""Between the meeting's id and the file in a target."""


def make(shell: Shell) -> View:
    """The view of the place "read_back"; its target is the meeting's id and the file."""
    return ReadBackView(shell)


def target(meeting_id: str, path: Path) -> str:
    """What to go to for a file of a meeting."""
    return f"{meeting_id}{SEPARATOR}{path}"


@dataclass(frozen=True, slots=True)
class _Answer:
    path: Path
    opened: Opened
    found: ReadBack


class _Read:
    """Reading a file: called in the background."""

    def __init__(self, workspace: Workspace, meeting_id: str, path: Path, today: date) -> None:
        self._workspace, self._meeting_id, self._path, self._today = workspace, meeting_id, path, today

    def __call__(self, _progress: Progress) -> _Answer:
        from finsam_desktop import minutes_read_back

        content = minutes_read_back.read_file(self._path)
        material = minutes_read_back.material(self._workspace, self._meeting_id, self._today)
        opened = minutes_read_back.opened(material, content, self._path.name)
        return _Answer(self._path, opened, minutes_read_back.compared(opened))


class _Compare:
    """The same file against the meeting as it is now, without the tracked changes that are not accepted."""

    def __init__(
        self,
        path: Path,
        opened: Opened,
        meetings: tuple[Meeting, ...],
        meeting: Meeting,
        rejected: frozenset[int],
    ) -> None:
        self._path, self._opened = path, opened
        self._meetings, self._meeting, self._rejected = meetings, meeting, rejected

    def __call__(self, _progress: Progress) -> _Answer:
        from dataclasses import replace

        from finsam_desktop import minutes_read_back

        material = replace(self._opened.material, meetings=self._meetings, meeting=self._meeting)
        opened = replace(self._opened, material=material)
        return _Answer(self._path, opened, minutes_read_back.compared(opened, self._rejected))


@dataclass(frozen=True, slots=True)
class _Taken:
    before: Meeting
    after: Meeting
    done: tuple[FieldChange, ...]
    left: tuple[tuple[FieldChange, UserError], ...]


class _Take:
    """Changes taken into the meeting: called in the background."""

    def __init__(
        self,
        opened: Opened,
        meetings: tuple[Meeting, ...],
        meeting: Meeting,
        changes: tuple[FieldChange, ...],
    ) -> None:
        self._opened, self._meetings, self._meeting, self._changes = opened, meetings, meeting, changes

    def __call__(self, _progress: Progress) -> _Taken:
        from dataclasses import replace

        from finsam_desktop import minutes_read_back

        material = replace(self._opened.material, meetings=self._meetings, meeting=self._meeting)
        after, done, left = minutes_read_back.take_all(material, self._opened.document, self._changes)
        return _Taken(material.meeting, after, done, left)


class ReadBackView(View):
    """The list to the left, what is chosen to the right.

    One piece of work at a time is done in the background; what is answered meanwhile waits in a queue, so that nobody
    has to wait between two answers.
    """

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self._meeting_id, self._path = "", Path()
        self._opened: Opened | None = None
        self._rejected: frozenset[int] = frozenset()
        self._left: set[str] = set()
        self._queue: dict[str, FieldChange] = {}
        self._busy = self._stale = False
        self._key = ""
        self.model = ReadBackModel(self)
        self.list = _AnsweredList("Det som är ändrat", self)
        self.list.setModel(self.model)
        self.list.chosen.connect(self._chose)
        self.list.view = self
        self.page = ReadBackPage()
        self.all = primary_button("Ta in alla som går", "check")
        self.all.setParent(self)
        self.all.hide()
        self.all.clicked.connect(self.take_all)
        self.page.yes_pressed.connect(self.say_yes)
        self.page.no_pressed.connect(self.say_no)
        self.page.item_pressed.connect(self._go_to_item)
        theme = current_theme()
        pane = Pane("base", "right")
        inner = QVBoxLayout(pane)
        inner.setContentsMargins(0, 0, 1, 0)
        inner.addWidget(self.list)
        pane.setMinimumWidth(theme.px(260))
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(pane)
        self._splitter.addWidget(self.page)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes([theme.px(380), theme.px(820)])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._splitter)
        shell.session.changed.connect(self._follow)
        shell.session.closed.connect(self._closed)

    # -- what the window asks -------------------------------------------------------------------------

    def head(self) -> Head:
        found = self.model.found
        facts: tuple[str, ...] = ()
        if found is not None:
            the = found.compared_with
            facts = (f"Jämförs med {the[:1].lower()}{the[1:]}",)
        return Head(
            title=f"Läs in {self._path.name}" if self._path.name else "Läs in ändringar",
            back=("Sammanträdet", "meeting"),
            facts=facts,
        )

    def head_widgets(self) -> tuple[QWidget, ...]:
        return (self.all,)

    def primary(self) -> QPushButton | None:
        return self.all if self.all.isEnabled() else None

    def panes(self) -> tuple[QWidget, ...]:
        return (self.list, self.page)

    def show_target(self, target: str) -> None:
        meeting_id, _, path = target.partition(SEPARATOR)
        if not path:
            return
        self._meeting_id, self._path = meeting_id, Path(path)
        self._opened, self._rejected, self._left, self._key = None, frozenset(), set(), ""
        self._queue.clear()
        self.model.found = None
        self.model.set_rows(())
        self.all.setEnabled(False)
        self.page.show_nothing(
            "Läser dokumentet", "Jämför det som står i Word med det som står i programmet."
        )
        self.head_changed.emit()
        session = self.shell.session
        work = _Read(session.workspace, meeting_id, self._path, session.today)
        self._run(work, f"Läser {self._path.name}", self._answered)

    # -- answers --------------------------------------------------------------------------------------

    def say_yes(self) -> None:
        """Take in the change, accept the tracked change, or keep the comment that is chosen."""
        change, tracked, remark = (
            self.model.change(self._key),
            self.model.tracked(self._key),
            self.model.remark(self._key),
        )
        if change is not None and change.can_be_taken:
            self._left.discard(self._key)
            self._take((change,))
            self._next()
        elif tracked is not None and not tracked.accepted:
            self._rejected -= {tracked.number}
            self._compare()
        elif remark is not None and self._opened is not None:
            from finsam_desktop.minutes_read_back import with_remark

            meeting = self.shell.session.meeting(self._meeting_id)
            after = with_remark(meeting, remark)
            if after is not meeting:
                self.shell.session.change(
                    f"Spara kommentar av {remark.comment.author}", meeting, after, tell=True
                )

    def say_no(self) -> None:
        """Let the change be, or read without the tracked change that is chosen."""
        change, tracked = self.model.change(self._key), self.model.tracked(self._key)
        if change is not None and change.can_be_taken:
            self._left.add(self._key)
            self._show()
            self._next()
        elif tracked is not None and tracked.accepted and tracked.kind != "format":
            self._rejected |= {tracked.number}
            self._compare()

    def take_all(self) -> None:
        """Take in every change that goes and is not changed in the program too."""
        self._take(self.model.waiting())

    def _take(self, changes: tuple[FieldChange, ...]) -> None:
        if changes and self._opened is not None and self._can_write:
            self._queue.update({f"change:{one.key}": one for one in changes})
            self._show()
            self._go_on()

    def _go_on(self) -> None:
        """Do what waits: changes to take in first, then see what stands."""
        if self._busy or self._opened is None or not self.shell.session.is_open:
            return
        session = self.shell.session
        try:
            meeting = session.meeting(self._meeting_id)
        except KeyError:
            self._nothing("Sammanträdet finns inte längre")
            return
        if self._queue and self._can_write:
            work = _Take(self._opened, session.meetings, meeting, tuple(self._queue.values()))
            self._run(work, "Tar in ändringar", self._taken)
        elif self._stale:
            self._stale = False
            again = _Compare(self._path, self._opened, session.meetings, meeting, self._rejected)
            self._run(again, "Jämför", self._answered)

    def _taken(self, answer: object) -> None:
        self._busy = False
        assert isinstance(answer, _Taken)
        if not isValid(self) or not self._can_write:
            return
        for change in (*answer.done, *(one for one, _error in answer.left)):
            self._queue.pop(f"change:{change.key}", None)
        if answer.done:
            one = answer.done[0]
            label = (
                f"Ta in ”{one.name}” i {one.where.partition(' ')[0]} ur Word"
                if len(answer.done) == 1
                else f"Ta in {len(answer.done)} ändringar ur Word"
            )
            self.shell.session.change(label, answer.before, answer.after, tell=True)
        for change, error in answer.left[:1]:
            self.shell.notify(Notice(text=f"{change.name} togs inte in. {error.message}"))
        self._stale = True
        self._go_on()

    # -- work in the background -----------------------------------------------------------------------

    def _run(self, work: object, label: str, on_done: object) -> None:
        self._busy = True
        self.shell.jobs.run(work, label=label, on_done=on_done, on_error=self._failed, cancel=False)  # type: ignore[arg-type]

    def _compare(self) -> None:
        self._stale = True
        self._go_on()

    def _answered(self, answer: object) -> None:
        self._busy = False
        assert isinstance(answer, _Answer)
        if not isValid(self) or not self.shell.session.is_open:
            return
        if answer.path != self._path:  # another file was asked for meanwhile
            return
        self._opened = answer.opened
        first = self.model.found is None
        self.model.found = answer.found
        self._show()
        self.head_changed.emit()
        if first:
            row = max(
                self.model.next_open(-1), next((n for n, one in enumerate(self.model.rows()) if one.key), -1)
            )
            start = self.model.next_open(-1)
            self._select(start if start >= 0 else row)
            self.list.setFocus()
        self._go_on()

    def _failed(self, error: Exception) -> None:
        self._busy = self._stale = False
        self._queue.clear()
        if not self.shell.session.is_open:
            return  # the file was closed under the work
        if not isinstance(error, UserError):
            raise error
        if isValid(self):
            if self.model.found is None:
                self._nothing(error.message, error.advice)
            self.shell.session.failed.emit(error)

    def _follow(self, change: Change) -> None:
        if self._opened is not None and change.subject == self._meeting_id:
            self._compare()

    def _closed(self) -> None:
        self._opened, self._meeting_id = None, ""
        self._queue.clear()
        self._nothing("Ingen fil är öppen")

    # -- showing --------------------------------------------------------------------------------------

    @property
    def _can_write(self) -> bool:
        return self.shell.session.is_open and not self.shell.session.read_only

    def _show(self) -> None:
        found = self.model.found
        if found is None:
            return
        self.model.show_reading(found, self._left, self._queue)
        self.all.setEnabled(bool(self.model.waiting()) and self._can_write)
        if not self.model.rows():
            self.page.show_nothing(
                "Ingen text är ändrad", "Dokumentet säger det som det sa när det skapades."
            )
            return
        row = self.model.row_of(self._key)
        if row >= 0 and self.list.currentIndex().row() != row:
            self.list.setCurrentIndex(self.model.index(row))
        self._show_chosen()

    def _nothing(self, title: str, text: str = "") -> None:
        self.model.found = None
        self.model.set_rows(())
        self.all.setEnabled(False)
        self.page.show_nothing(title, text)

    def _chose(self, index: QModelIndex) -> None:
        key = str(index.data(RowRole.KEY) or "")
        if key and key != self._key:
            self._key = key
            self._show_chosen()
            self.page.verticalScrollBar().setValue(0)

    def _show_chosen(self) -> None:
        found, key, can_write = self.model.found, self._key, self._can_write
        if found is None:
            return
        if (change := self.model.change(key)) is not None:
            tracked = tuple(one for one in found.tracked if one.number in change.revisions)
            self.page.show_change(change, tracked, left=self.model.is_left(key), can_write=can_write)
        elif (loose := self.model.unplaced(key)) is not None:
            self.page.show_unplaced(loose)
        elif (one := self.model.tracked(key)) is not None:
            self.page.show_tracked(one, can_write=can_write)
        elif (remark := self.model.remark(key)) is not None:
            kept = self.shell.session.meeting(self._meeting_id).comments
            is_kept = any((c.by, c.written_at) == (remark.comment.author, remark.comment.at) for c in kept)
            self.page.show_remark(remark, is_kept=is_kept, can_write=can_write)
        else:
            self.page.show_nothing("Välj en rad", "")

    def _next(self) -> None:
        row = self.model.next_open(self.list.currentIndex().row())
        if row >= 0:
            self._select(row)

    def _select(self, row: int) -> None:
        if row >= 0:
            self.list.setCurrentIndex(self.model.index(row))
            self._chose(self.model.index(row))

    def _go_to_item(self) -> None:
        found = self.model.found
        change, loose = self.model.change(self._key), self.model.unplaced(self._key)
        tracked, remark = self.model.tracked(self._key), self.model.remark(self._key)
        item_id = change.group.item_id if change else next(
            (one.item_id for one in (loose, tracked, remark) if one is not None), ""
        )  # fmt: skip
        step = "dagordning" if found is not None and found.document.value == "kallelse" else "protokoll"
        self.shell.go("meeting", f"{self._meeting_id}/{step}/{item_id}")


class _AnsweredList(RowList):
    """A list where J says yes and N says no to the row at hand."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent, RowDelegate())
        self.view: ReadBackView | None = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.view is not None and not event.modifiers():
            if event.key() == Qt.Key.Key_J:
                self.view.say_yes()
                return
            if event.key() == Qt.Key.Key_N:
                self.view.say_no()
                return
        super().keyPressEvent(event)
