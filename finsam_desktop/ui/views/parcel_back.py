"""The place "parcel_back": a mötespaket that came back, change by change, beside what stands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from finsam_desktop.domain import adjusting
from finsam_desktop.domain.agenda import find
from finsam_desktop.domain.numbering import paragraphs, section_label
from finsam_desktop.errors import UserError
from finsam_desktop.ui.dialog_service import PARCEL_FILES
from finsam_desktop.ui.models.answer_model import OPEN, TAKEN, AnswerModel
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.view import Head, Shell, Status, View
from finsam_desktop.ui.views.chair.page import has_minutes
from finsam_desktop.ui.views.parcels.answer import AnswerPage
from finsam_desktop.ui.views.parcels.password import ASK_OWN, ParcelPassword
from finsam_desktop.ui.views.parcels.result import counted
from finsam_desktop.ui.widgets.buttons import primary_button
from finsam_desktop.ui.widgets.notification import Notice
from finsam_desktop.ui.widgets.rows import RowDelegate, RowList, RowRole
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.surfaces import IconLabel, Pane

if TYPE_CHECKING:
    from finsam_desktop.parcels.returning import Returned
    from finsam_desktop.ui.jobs import Progress
    from finsam_desktop.workspace import Workspace

NOTHING = "Inget är ändrat, kommenterat eller justerat i det som kom tillbaka."
CHOOSE = "Välj en ändring till vänster."


def make(shell: Shell) -> View:
    """The view of the place "parcel_back"."""
    return ParcelBackView(shell)


class AnswerList(RowList):
    """The rows of an answer. ``took()`` on J, ``declined()`` on N."""

    took = Signal()
    declined = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        letter = event.text().casefold() if plain else ""
        if letter == "j":
            self.took.emit()
        elif letter == "n":
            self.declined.emit()
        else:
            super().keyPressEvent(event)


class ParcelBackView(View):
    """``show_target`` names the file. What is taken in or declined is one change each, with undo."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self._path = Path()
        self._tried = False
        self.first: Returned | None = None
        self.model = AnswerModel(self)
        self.list = AnswerList("Det som kom tillbaka", self, RowDelegate(number_width=20))
        self.list.setModel(self.model)
        self.page = AnswerPage()
        self.password = ParcelPassword(ASK_OWN)
        self.all = primary_button("Ta emot allt som inte krockar", "check")
        self.all.setParent(self)
        self.all.hide()
        self._told = IconLabel("info", "", "body", "text2", wrap=True)
        self._make_layout()
        self._connect()

    # -- what the window asks -------------------------------------------------------------------------

    def head(self) -> Head:
        if self.first is None:
            return Head(title="Ta emot mötespaket", back=("Sammanträden", "meetings"))
        first = self.first
        counts = (
            counted(len(first.changes), "ändring", "ändringar"),
            counted(len(first.conflicts), "krock", "krockar") if first.conflicts else "",
            counted(len(first.comments), "kommentar", "kommentarer") if first.comments else "",
        )
        return Head(
            title=f"Svar från {first.receiver.name}",
            back=("Sammanträdet", f"meeting/{first.meeting_id}"),
            facts=tuple(one for one in counts if one),
        )

    def head_widgets(self) -> tuple[QWidget, ...]:
        return (self.all,) if self.first is not None else ()

    def panes(self) -> tuple[QWidget, ...]:
        return (self.list, self.page) if self.first is not None else (self.password,)

    def primary(self) -> QPushButton | None:
        if self.first is not None:
            return self.all
        return self.password.button if self.password.is_asking() else None

    def status(self) -> Status | None:
        return Status(note=self._path.name) if self.first is not None else None

    def show_target(self, target: str) -> None:
        if target:
            self._path, self._tried = Path(target), False
            self.first = None
            self._stack.setCurrentWidget(self.password)
            self.password.show_name(self._path.name)
            self._read(None)

    def actions_taken(self) -> dict[str, object]:
        return {"take_others": self.take_others}

    # -- reading --------------------------------------------------------------------------------------

    def _read(self, password: str | None) -> None:
        self._tried = password is not None
        work = _Reading(self.shell.session.workspace, self._path, password)
        self.shell.jobs.run(
            work, label=f"Läser {self._path.name}", on_done=self._got, on_error=self._failed, cancel=False
        )

    def _got(self, answer: object) -> None:
        assert isinstance(answer, tuple)
        path, returned = answer
        if not isValid(self) or path != self._path:
            return
        self.first = returned
        self._stack.setCurrentWidget(self._splitter_pane)
        self._show(returned)
        row = self.model.next_open(-1)
        first = next((at for at, one in enumerate(self.model.rows()) if not one.heading), -1)
        self.list.setCurrentIndex(self.model.index(row if row >= 0 else first))
        self._show_chosen()
        self.list.setFocus()
        self.head_changed.emit()

    def _failed(self, error: Exception) -> None:
        from finsam_desktop.parcels.received import is_wrong_password

        if not isinstance(error, UserError):
            raise error
        if not isValid(self):
            return
        if is_wrong_password(error):
            self.password.ask(wrong=self._tried)
        else:
            self.password.tell(error)
        self.head_changed.emit()

    def _choose(self) -> None:
        self.shell.dialogs.open_file("Ta emot mötespaket", PARCEL_FILES, self._open, self._path.parent)

    def _open(self, path: Path) -> None:
        self.shell.session.open(path)

    # -- showing --------------------------------------------------------------------------------------

    def _follow(self, _change: object) -> None:
        """The meeting has changed: by what was taken in, by undo, or elsewhere."""
        if self.first is None:
            return
        from finsam_desktop.parcels.returning import again

        session, first = self.shell.session, self.first
        now = session.guarded(lambda: again(session.workspace, first))
        if now is not None:
            self._show(now)
            self._show_chosen()
            self.head_changed.emit()

    def _show(self, now: Returned) -> None:
        assert self.first is not None
        self.model.show_answer(self.first, now)
        self._told.set_text(" ".join(self.first.told))
        self._strip.setVisible(bool(self.first.told))
        others = len(now.acceptable)
        only_talk = not self.first.changes and bool(self.first.comments or self.first.approvals)
        self.all.setText(
            "Ta emot kommentarer och justering" if only_talk else "Ta emot allt som inte krockar"
        )
        talk = bool(now.comments) or any(not one.is_known for one in now.approvals)
        self.all.setEnabled((others > 0 or talk) and not self.shell.session.read_only)

    def _show_chosen(self) -> None:
        key = self._key()
        if self.first is None:
            return
        writable = not self.shell.session.read_only
        if key.startswith("change:"):
            change = self.model.change(key)
            assert change is not None
            names = {one.key: one.field for one in self.first.changes}
            needed = tuple(names[one] for one in change.needs if one in names)
            sender = self.first.receiver.name
            self.page.show_change(change, self.model.became(key), sender, needed, can_write=writable)
        elif key.startswith("comment:"):
            comment = self.model.comment(key)
            assert comment is not None
            place = self._place_of(comment.item_id)
            handled = self._handled_at(comment.id) is not None
            self.page.show_comment(comment, place, is_handled=handled, can_write=writable)
        elif key.startswith("approval:"):
            found = self.model.approval(key)
            assert found is not None
            noted = found.approval.person_id in self._signed()
            waits = any(self.model.became(f"change:{one.key}") == OPEN for one in self.first.changes)
            self.page.show_approval(found, is_noted=noted, changes_wait=waits, can_write=writable)
        else:
            self.page.show_nothing(CHOOSE if self.model.rows() else NOTHING)

    def _key(self) -> str:
        return str(self.list.currentIndex().data(RowRole.KEY) or "")

    def _place_of(self, item_id: str) -> str:
        assert self.first is not None
        meeting = self.first.mine
        item = find(meeting.items, item_id) if item_id else None
        if item is None:
            return "Hela mötet"
        number = paragraphs(self.shell.session.meetings, meeting).get(item_id)
        title = item.minutes_title or item.title
        return f"{section_label((number,))} {title}" if number is not None else title

    def _handled_at(self, comment_id: str) -> object:
        assert self.first is not None
        meeting = self.shell.session.meeting(self.first.meeting_id)
        return next((one.handled_at for one in meeting.comments if one.id == comment_id), None)

    def _signed(self) -> set[str]:
        assert self.first is not None
        session = self.shell.session
        meeting = session.meeting(self.first.meeting_id)
        people = adjusting.signers(meeting, session.association)
        return {one.person_id for one in people if one.signature is not None}

    # -- settling -------------------------------------------------------------------------------------

    def take_current(self) -> None:
        """Take in the change at hand, and go on to the next."""
        change = self.model.change(self._key()) if self._key().startswith("change:") else None
        if change is None or not change.acceptable or self.model.became(self._key()) == TAKEN:
            return
        self._settle((change.key,), ())

    def decline_current(self) -> None:
        """Decline the change at hand, and go on to the next."""
        change = self.model.change(self._key()) if self._key().startswith("change:") else None
        if change is None or self.model.became(self._key()) != OPEN:
            return
        self._settle((), (change.key,))

    def take_others(self) -> None:
        """Take in all that does not clash, with comments and approvals."""
        now = self.model.now
        if now is not None and self.all.isEnabled():
            self._settle(tuple(one.key for one in now.acceptable), (), tell=True)

    def _settle(self, chosen: tuple[str, ...], declined: tuple[str, ...], *, tell: bool = False) -> bool:
        from finsam_desktop.parcels.returning import take

        session, now = self.shell.session, self.model.now
        if now is None or session.read_only:
            return False
        at = session.now.replace(microsecond=0)
        done = session.guarded(lambda: take(session.workspace, now, chosen, declined, at=at))
        if done is None:
            return False
        if tell:
            self.shell.notify(
                Notice(text=_summary(done.taken, done.comments), action="Ångra", on_action=self._undo)
            )
        row = self.model.next_open(self.list.currentIndex().row())
        if row >= 0 and not tell:
            self.list.setCurrentIndex(self.model.index(row))
        return True

    def _undo(self) -> None:
        self.shell.session.undo()

    def _confirm(self) -> None:
        from finsam_desktop.parcels.returning import confirm

        session = self.shell.session
        found = self.model.approval(self._key())
        if found is None or self.first is None:
            return
        if not found.is_known and not self._settle((), (), tell=False):
            return
        meeting_id, approval_id = self.first.meeting_id, found.approval.id
        made = session.guarded(lambda: confirm(session.workspace, meeting_id, approval_id))
        if (
            made is not None
            and session.change(made.label, made.before, made.after, tell=not made.told)
            and made.told
        ):
            self.shell.notify(Notice(text=f"{made.label}. {' '.join(made.told)}", state=State.CONSIDER))

    def _handle(self) -> None:
        from finsam_desktop.parcels.returning import handled

        session = self.shell.session
        comment = self.model.comment(self._key())
        if comment is None or self.first is None:
            return
        known = {one.id for one in session.meeting(self.first.meeting_id).comments}
        if comment.id not in known and not self._settle((), ()):
            return
        before = session.meeting(self.first.meeting_id)
        done = self._handled_at(comment.id) is not None
        at = None if done else session.now.replace(microsecond=0)
        label = "Kommentaren är inte hanterad" if done else "Kommentaren är hanterad"
        session.change(label, before, handled(before, comment.id, session.user, at), tell=True)

    def _go_to_item(self, *_: object) -> None:
        key = self._key()
        if self.first is None:
            return
        item_id = ""
        if key.startswith("change:"):
            change = self.model.change(key)
            item_id = change.item_id if change is not None else ""
        elif key.startswith("comment:"):
            comment = self.model.comment(key)
            item_id = comment.item_id if comment is not None else ""
        step = "protokoll" if has_minutes(self.first.mine) else "dagordning"
        if key.startswith("approval:"):
            step = "efter"
        self.shell.go("meeting", f"{self.first.meeting_id}/{step}/{item_id}".rstrip("/"))

    # -- making ---------------------------------------------------------------------------------------

    def _make_layout(self) -> None:
        theme = current_theme()
        left = Pane("base", "right")
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 1, 0)
        column.addWidget(self.list)
        left.setMinimumWidth(theme.px(220))
        strip = Pane("sunk", "bottom")
        strip_row = QVBoxLayout(strip)
        strip_row.setContentsMargins(theme.px(16), theme.px(8), theme.px(16), theme.px(8))
        strip_row.addWidget(self._told)
        self._strip = strip
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(left)
        splitter.addWidget(self.page)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([theme.px(360), theme.px(880)])
        self._splitter_pane = QWidget()
        inner = QVBoxLayout(self._splitter_pane)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addWidget(strip)
        inner.addWidget(splitter, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.password)
        self._stack.addWidget(self._splitter_pane)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)

    def _connect(self) -> None:
        self.list.chosen.connect(self._show_chosen)
        self.list.opened.connect(self._go_to_item)
        self.list.took.connect(self.take_current)
        self.list.declined.connect(self.decline_current)
        self.page.take_pressed.connect(self.take_current)
        self.page.decline_pressed.connect(self.decline_current)
        self.page.item_pressed.connect(self._go_to_item)
        self.page.confirm_pressed.connect(self._confirm)
        self.page.handled_pressed.connect(self._handle)
        self.all.clicked.connect(self.take_others)
        self.password.given.connect(self._read)
        self.password.other_wanted.connect(self._choose)
        self.shell.session.changed.connect(self._follow)


def _summary(taken: int, comments: int) -> str:
    parts = [
        counted(taken, "ändring", "ändringar") if taken else "",
        counted(comments, "kommentar", "kommentarer") if comments else "",
    ]
    told = " och ".join(part for part in parts if part)
    return f"Mottaget: {told}." if told else "Svaret är mottaget."


class _Reading:
    """The work as a value: the file is unlocked and held against the meeting."""

    def __init__(self, workspace: Workspace, path: Path, password: str | None) -> None:
        self._workspace, self._path, self._password = workspace, path, password

    def __call__(self, _progress: Progress) -> tuple[Path, Returned]:
        from finsam_desktop.parcels.returning import returned

        return self._path, returned(self._workspace, self._path, self._password)
