"""The open file as the views see it, and the guide to writing a view against it.

How a view works
----------------
* A view is a `View` (see `ui/view.py`) made by `make(shell)` in its module of `ui/views` the first time it is shown.
  `shell` gives it `session`, `jobs`, `dialogs`, `settings`, `notify(Notice)` and `go(place, target)`.
* It reads values from `session.association`, `session.meetings` and `session.meeting(id)`; they are frozen.
* It changes by making a new value and calling
  `session.change("Ny rubrik för ärende 5", before, after, merge=f"title:{item.id}")`. The label is Swedish and is
  what stands after "Ångra:". `merge` joins the steps of one spell of typing. The answer is True when it is done;
  on a fault the user has been told, nothing has changed, and the view shows what the session holds.
* It listens to `session.changed(change)`, connected to a bound method, and refreshes what `change.before` and
  `change.after` concern. Fields of the kit ignore `set_text` while they hold text that is not yet taken in, so a
  refresh never eats a word. Undo and redo come the same way, with `change.kind` "undo" or "redo".
* `opened()` and `closed()` say that another file is in hand; then everything is read anew.
* Long work goes through `shell.jobs.run(...)` with plain values, never with widgets or the session.
* What a user must know goes through `shell.notify(Notice(...))`; no dialog unless an answer is needed.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from finsam_desktop.errors import UserError
from finsam_desktop.settings import SettingsStore
from finsam_desktop.ui.dialog_service import PARCEL_SUFFIX

if TYPE_CHECKING:
    from finsam_desktop.domain.association import Association
    from finsam_desktop.domain.meeting import Meeting
    from finsam_desktop.workspace import Change, HistoryEntry, MeetingHead, Workspace

_log = logging.getLogger(__name__)

T = TypeVar("T")


class Session(QObject):
    """The open workspace. One per window; the only thing in the window that holds a `Workspace`."""

    changed = Signal(object)
    """A `workspace.Change` has been made, undone or redone."""
    opened = Signal()
    closed = Signal()
    notified = Signal(str, object)
    warned = Signal(str)
    """A sentence for the strip, and the word of its action or None. "Ångra" undoes the latest change."""
    parcel_chosen = Signal(object)
    """A mötespaket (Path) was to be opened: it may need a password, and it may be an answer."""
    slow_chosen = Signal(object, object)
    """A file (Path) was to be opened, and takes a while: the second opens it, in any thread, for ``take``."""
    failed = Signal(object)
    """A `UserError` to show; nothing has changed."""

    def __init__(
        self,
        settings: SettingsStore,
        parent: QObject | None = None,
        *,
        clock: Callable[[], dt.datetime] = dt.datetime.now,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._clock = clock
        self._workspace: Workspace | None = None
        self._unsubscribe: Callable[[], None] | None = None
        self._fault: UserError | None = None
        self._unsaved: dict[str, _Unsaved] = {}
        self.parcel_password: str | None = None
        """What the open mötespaket was unlocked with, for as long as it is open; never written anywhere."""

    # -- the file -------------------------------------------------------------------------------------

    @property
    def is_open(self) -> bool:
        return self._workspace is not None

    @property
    def is_parcel(self) -> bool:
        """Whether the open file is a receiver's copy of a mötespaket, not an association's own."""
        return self._workspace is not None and self._workspace.association.parcel is not None

    @property
    def workspace(self) -> Workspace:
        """The open workspace, for work that the session does not wrap; RuntimeError when no file is open."""
        if self._workspace is None:
            raise RuntimeError("no file is open")
        return self._workspace

    @property
    def path(self) -> Path | None:
        return self._workspace.path if self._workspace else None

    @property
    def read_only(self) -> bool:
        return self._workspace.read_only if self._workspace else True

    @property
    def made_folder(self) -> Path:
        """Where what is made is put: in the folder chosen for it, if it is there, else beside the file. For a
        mötespaket where it came from, else the chosen folder: its working copy lies among the program's own files."""
        chosen = self._settings.settings.export_folder
        if not self.is_parcel:
            return chosen if chosen is not None and chosen.is_dir() else self.workspace.path.parent
        from finsam_desktop.parcels.folders import folder_of

        return folder_of(self.workspace.path) or chosen or Path.home()

    def open(
        self,
        path: Path,
        *,
        read_only: bool = False,
        take_over: str = "",
        parcel_password: str | None = None,
    ) -> bool:
        """Open a file in place of the one that is open. False, and a notice, when it cannot be; then the
        old file stays open; so it does with a large file of an earlier version, until that has been made anew beside
        the window. A file locked by somebody else raises the failure with that person's name;
        ``take_over`` names that person's computer when the user knows that nobody has it open there.

        ``parcel_password`` is what a mötespaket was unlocked with, when ``path`` is its working copy.
        """
        from finsam_desktop.workspace import Workspace, takes_time_to_open

        path = Path(path).resolve()
        if path.suffix.lower() == PARCEL_SUFFIX:
            self.parcel_chosen.emit(path)
            return False
        if self._workspace is not None and self._workspace.path.resolve() == path:
            return True
        opening = partial(
            Workspace.open,
            path,
            user=self.user,
            clock=self._clock,
            read_only=read_only,
            take_over=take_over,
        )
        if takes_time_to_open(path):
            self.slow_chosen.emit(path, opening)
            return False
        return self._take(self._guarded(opening), parcel_password)

    def take(self, workspace: Workspace) -> None:
        """Take a workspace that was opened in the background in place of the one that is open."""
        self._take(workspace)

    def create(self, path: Path, association: Association) -> bool:
        """Make a new file with an association and open it. An existing file is never written over."""
        from finsam_desktop.workspace import Workspace

        return self._take(
            self._guarded(
                lambda: Workspace.create(Path(path), association, user=self.user, clock=self._clock)
            )
        )

    def close(self) -> None:
        """Close the file; what was written is already in it."""
        if self._workspace is None:
            return
        workspace, self._workspace, self._fault = self._workspace, None, None
        self.parcel_password = None
        self._unsaved.clear()
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None
        workspace.close()
        self.closed.emit()

    @property
    def recent_files(self) -> tuple[Path, ...]:
        """Files opened lately that still exist, the latest first."""
        return tuple(path for path in self._settings.settings.recent_files if path.exists())

    @property
    def user(self) -> str:
        """Whose name stands in history and lock: from the settings, else the computer's."""
        return self._settings.settings.user_name or _name_from_computer()

    def _take(self, workspace: Workspace | None, parcel_password: str | None = None) -> bool:
        if workspace is None:
            return False
        if self.save_again() is not None:  # told already; whoever leaves all the same closes the file first
            workspace.close()
            return False
        self.close()
        self._workspace, self.parcel_password = workspace, parcel_password
        self._unsubscribe = workspace.subscribe(self._workspace_changed)
        self._settings.remember_file(workspace.path)
        self.opened.emit()
        return True

    # -- values ---------------------------------------------------------------------------------------

    @property
    def today(self) -> dt.date:
        return self._clock().date()

    @property
    def now(self) -> dt.datetime:
        return self._clock()

    @property
    def association(self) -> Association:
        return self.workspace.association

    @property
    def meetings(self) -> tuple[Meeting, ...]:
        """All meetings by date; none when one of them cannot be read, and then the file is about to be closed."""
        if self._workspace is None:
            return ()
        try:
            return self._workspace.meetings
        except UserError as error:
            self.give_up(self._workspace, error)
            return ()

    @property
    def heads(self) -> tuple[MeetingHead, ...]:
        """Which meetings there are, by date, without reading them."""
        return self._workspace.heads if self._workspace else ()

    def give_up(self, workspace: Workspace, error: UserError) -> None:
        """Close the file, part of which cannot be read, when what is being done now is done; the user is told.

        ``workspace`` is what was read. A thread that reads it when it is closed fails too: that says nothing of the
        file that is open now, though it may be the same.
        """
        if self._fault is None and workspace is self._workspace:
            self._fault = error
            QTimer.singleShot(0, self._close_unreadable)

    def _close_unreadable(self) -> None:
        error, self._fault = self._fault, None
        if error is not None:
            self.close()
            self.failed.emit(error)

    def meeting(self, meeting_id: str) -> Meeting:
        """A meeting by id; KeyError when it has been removed."""
        return self.workspace.meeting(meeting_id)

    def find(self, meeting_id: object) -> Meeting | None:
        """A meeting by id, alone read; None when there is none, or it cannot be read and the file is about to close."""
        if self._workspace is None or not isinstance(meeting_id, str):
            return None
        try:
            return self._workspace.meeting(meeting_id)
        except KeyError:
            return None
        except UserError as error:
            self.give_up(self._workspace, error)
            return None

    def as_read(self, meeting: Meeting) -> Meeting:
        """The meeting with its references as words. The other meetings are read only where it has any."""
        from finsam_desktop.domain.references import refers, resolved

        return resolved(meeting, self.meetings) if refers(meeting) else meeting

    @property
    def saved_at(self) -> dt.datetime | None:
        """When the latest change was written to the file."""
        return self._workspace.saved_at if self._workspace else None

    def history(self, subject: str | None = None, limit: int = 200) -> tuple[HistoryEntry, ...]:
        """What has happened, latest first; about one meeting when `subject` is its id."""
        return self.workspace.history(subject, limit) if self._workspace else ()

    # -- change ---------------------------------------------------------------------------------------

    def change(
        self,
        label: str,
        before: Association | Meeting | None,
        after: Association | Meeting | None,
        *,
        merge: str = "",
        tell: bool = False,
        with_unsaved: bool = False,
    ) -> bool:
        """Put `after` in the place of `before`, at once and undoable. `tell` shows the label with "Ångra".

        False, and a notice, when it could not be written; then nothing has changed. ``with_unsaved`` says that `after`
        is made of a meeting that shows what is ``unsaved``; words that are written in it (``merge``) are kept so too.
        """
        from finsam_desktop.domain.meeting import Meeting
        from finsam_desktop.workspace import NotSavedError, StaleChangeError

        whose = after.id if isinstance(after, Meeting) else ""
        if whose in self._unsaved and not with_unsaved and self.save_again() is not None:
            return False
        kept = self._unsaved.pop(whose, None)
        try:
            self.workspace.change(label, before, after, merge=merge)
        except UserError as error:
            _log.info("told the user: %s", error)
            if merge and with_unsaved and isinstance(error, NotSavedError) and isinstance(before, Meeting):
                assert isinstance(after, Meeting)
                kept = _Unsaved(label, before, after, error)
            if kept is not None and not isinstance(error, StaleChangeError):
                self._unsaved[whose] = kept
            self.failed.emit(error)
            return False
        if tell:
            self.notified.emit(label, "Ångra")
        return True

    def unsaved(self, meeting_id: str) -> Meeting | None:
        """The meeting with words that were written and could not be saved, such as on a full disk; else None."""
        kept = self._unsaved.get(meeting_id)
        return kept.after if kept is not None else None

    def save_again(self) -> UserError | None:
        """Save what could not be saved before; why not, when something still cannot be."""
        for kept in tuple(self._unsaved.values()):
            if not self.change(kept.label, kept.before, kept.after, with_unsaved=True):
                return kept.error
        return None

    def forget_unsaved(self) -> None:
        """Let go of what could not be saved."""
        self._unsaved.clear()

    @property
    def undo_label(self) -> str | None:
        return self._workspace.undo_label if self._workspace else None

    @property
    def redo_label(self) -> str | None:
        return self._workspace.redo_label if self._workspace else None

    def undo(self) -> bool:
        """Take back the latest change; False when there is none or it could not be done."""
        return self._workspace is not None and self._guarded(self._workspace.undo) is not None

    def redo(self) -> bool:
        """Do again what was taken back."""
        return self._workspace is not None and self._guarded(self._workspace.redo) is not None

    def guarded(self, action: Callable[[], T]) -> T | None:
        """Do something with files; a `UserError` becomes a notice and the answer None."""
        return self._guarded(action)

    def _guarded(self, action: Callable[[], T]) -> T | None:
        try:
            return action()
        except UserError as error:
            _log.info("told the user: %s", error)
            self.failed.emit(error)
            return None

    def _workspace_changed(self, change: Change) -> None:
        self.changed.emit(change)


@dataclass(frozen=True, slots=True)
class _Unsaved:
    """Words that could not be saved: the meeting as it is stored, and with them; why it was not."""

    label: str
    before: Meeting
    after: Meeting
    error: UserError


def _name_from_computer() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "Okänd"
