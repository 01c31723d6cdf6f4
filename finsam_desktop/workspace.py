"""The open association: its values, and the one door through which they change.

Values are frozen, so nothing can change but by ``Workspace.change``. It commits to the file before it
returns, and only then is the new value what the workspace shows: memory never runs ahead of the file. Undo,
history and what views show all hang on that one stream of changes.

Importing this module is light: SQLAlchemy and msgspec are imported when a file is opened or made.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING

from finsam_desktop.domain.adjusting import forbidden_change
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.errors import UserError
from finsam_desktop.storage.errors import (
    DamagedFileError,
    FileError,
    LockedError,
    MissingContentError,
    MissingFileError,
    NewerFileError,
    NotFinsamFileError,
    NotSavedError,
    ReadOnlyError,
)
from finsam_desktop.storage.records import ExportRecord, HistoryEntry, Kind, MeetingHead

if TYPE_CHECKING:
    from finsam_desktop.storage.document import DocumentFile

__all__ = [
    "AdjustedError",
    "Change",
    "DamagedFileError",
    "Document",
    "ExportRecord",
    "FileError",
    "HistoryEntry",
    "LockedError",
    "MeetingHead",
    "MissingContentError",
    "MissingFileError",
    "NewerFileError",
    "NotFinsamFileError",
    "NotSavedError",
    "ReadOnlyError",
    "StaleChangeError",
    "Workspace",
    "load_preset",
    "subject_of",
]

Document = Association | Meeting
"""The two kinds of values that are stored."""

ASSOCIATION = "association"

JOIN_WITHIN = timedelta(seconds=10)
"""How soon typing must go on to belong to the same undo step."""

Listener = Callable[["Change"], None]
Edit = tuple[Document | None, Document | None]
"""A value before and after; None before is a new meeting, None after a removed one."""

QUICK_TO_COPY = 10_000_000
"""Bytes of a file that are copied in no time to speak of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What happened to one value. ``before`` None: it is new; ``after`` None: it was removed."""

    label: str
    before: Document | None
    after: Document | None
    at: datetime
    kind: Kind = "do"

    @property
    def subject(self) -> str:
        """The meeting's id, or "association"."""
        return _subject(self.before, self.after)


class StaleChangeError(UserError):
    """The value that a change starts from is not the one that is open: someone changed it in between."""

    def __init__(self, label: str) -> None:
        super().__init__(
            f"”{label}” gjordes inte: innehållet har ändrats sedan du började.",
            advice="Se över det som står nu och gör om ändringen.",
        )


class AdjustedError(UserError):
    """The change would alter adjusted minutes, or the numbers of others. Nothing has changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """What one undo takes back: edits in the order they were made, of one label."""

    label: str
    edits: tuple[Edit, ...]


def make_ready() -> None:
    """Load what opening a file takes, before anybody waits for it. For a thread of its own."""
    from finsam_desktop.storage import codec, document  # noqa: F401

    codec.make_ready()


def subject_of(value: Document) -> str:
    """What identifies a stored value: the meeting's id, or "association"."""
    return value.id if isinstance(value, Meeting) else ASSOCIATION


def takes_time_to_open(path: Path) -> bool:
    """Whether opening copies a large file whole: one of an earlier version is made anew, with a copy beside it."""
    from finsam_desktop.storage.database import is_older

    return is_older(path) and path.stat().st_size > QUICK_TO_COPY


def load_preset(path: Path) -> Association:
    """The association described in a TOML file (templates/associations). UserError naming file and place."""
    from finsam_desktop.storage.preset import load_preset as load

    return load(path)


class Workspace:
    """An open .finsam file. Make one with ``create`` or ``open`` and close it, or use it in a with statement.

    It may be used from any thread; listeners are called in the thread that makes the change.
    Times are local and without time zone, as ``clock`` gives them.
    """

    def __init__(self, file: DocumentFile, user: str, clock: Callable[[], datetime]) -> None:
        self.path = file.path
        self.user = user
        self._file = file
        self._clock = clock
        self._guard = RLock()
        self._listeners: list[Listener] = []
        self._untold: deque[Change] = deque()
        self._telling = False
        self._undo: list[_Step] = []
        self._redo: list[_Step] = []
        self._merge = ""
        self._merge_at = datetime.min
        self._merge_row: int | None = None
        self._association, heads = file.load()
        self._heads = {head.id: head for head in heads}
        self._read: dict[str, Meeting] = {}
        self._in_order: tuple[Meeting, ...] | None = None
        latest = file.history(None, 1)
        self.saved_at: datetime = (
            latest[0].at if latest else datetime.fromtimestamp(self.path.stat().st_mtime)
        )

    @classmethod
    def create(
        cls,
        path: Path,
        association: Association,
        *,
        user: str,
        clock: Callable[[], datetime] = datetime.now,
    ) -> Workspace:
        """Make a file for an association and open it. FileError when something has that name already."""
        from finsam_desktop.storage.document import DocumentFile

        return cls._of(DocumentFile.create(path, association, user=user, at=clock()), user, clock)

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        user: str,
        clock: Callable[[], datetime] = datetime.now,
        read_only: bool = False,
        take_over: str = "",
    ) -> Workspace:
        """Open a file. It opens for reading when asked, and when the file or its folder cannot be written.

        LockedError tells who is writing in it; ``take_over`` names the other computer whose lock was left behind.
        Other FileErrors tell that it is missing, not a .finsam file, of a newer version or damaged. The file is
        untouched then. Meetings are read when they are asked for; damage in one is told then, see ``read_all``.
        """
        from finsam_desktop.storage.document import DocumentFile

        file = DocumentFile.open(path, user=user, at=clock(), read_only=read_only, take_over=take_over)
        return cls._of(file, user, clock)

    @classmethod
    def _of(cls, file: DocumentFile, user: str, clock: Callable[[], datetime]) -> Workspace:
        try:
            return cls(file, user, clock)
        except BaseException:
            file.close()
            raise

    def close(self) -> None:
        """Close the file and let others write in it. Safe to call twice."""
        self._file.close()

    def __enter__(self) -> Workspace:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # What is open

    @property
    def read_only(self) -> bool:
        """Whether changes are refused."""
        return bool(self._file.read_only_reason)

    @property
    def read_only_reason(self) -> str:
        """Why changes are refused, in Swedish; empty when they are not."""
        return self._file.read_only_reason

    @property
    def association(self) -> Association:
        """Everything that is not a meeting."""
        return self._association

    @property
    def heads(self) -> tuple[MeetingHead, ...]:
        """Which meetings there are, by date and id, without reading them."""
        return tuple(sorted(self._heads.values(), key=lambda head: (head.date, head.id)))

    @property
    def meetings(self) -> tuple[Meeting, ...]:
        """Every meeting, by date, start and id. Those not yet read are read now: DamagedFileError, NewerFileError."""
        with self._guard:
            if self._in_order is None:
                found = [self.meeting(meeting_id) for meeting_id in self._heads]
                self._in_order = tuple(sorted(found, key=lambda m: (m.date, m.start or time.min, m.id)))
            return self._in_order

    def meeting(self, meeting_id: str) -> Meeting:
        """The meeting with this id. KeyError when there is none; DamagedFileError, NewerFileError."""
        found = self._read.get(meeting_id)
        if found is None:
            with self._guard:
                found = self._read.get(meeting_id)
                if found is None:
                    found = self._read[meeting_id] = self._file.meeting(self._heads[meeting_id])
        return found

    def read_all(self, step: Callable[[int, int], None] | None = None) -> None:
        """Read every meeting, one at a time, so that nobody has to wait for them later.

        For a thread of its own: others are let in between. ``step(done, total)`` may raise to stop. DamagedFileError,
        NewerFileError: a meeting cannot be read.
        """
        wanted = tuple(self._heads)
        for done, meeting_id in enumerate(wanted):
            if step is not None:
                step(done, len(wanted))
            if meeting_id in self._heads:
                self.meeting(meeting_id)

    def _of_years(self, edits: tuple[Edit, ...]) -> dict[str, Meeting]:
        """The meetings of the years that the edits are about: no other's numbers hang on them."""
        years = {str(value.date)[:4] for edit in edits for value in edit if isinstance(value, Meeting)}
        near = [head.id for head in self._heads.values() if str(head.date)[:4] in years]
        return {meeting_id: self.meeting(meeting_id) for meeting_id in near}

    def find_meeting(self, text: str) -> Meeting:
        """The meeting on a date such as 2026-10-29, or with an id. UserError when none or several fit."""
        wanted = text.strip()
        if wanted in self._heads:
            return self.meeting(wanted)
        found = [self.meeting(head.id) for head in self.heads if head.date.isoformat() == wanted]
        found.sort(key=lambda m: (m.start or time.min, m.id))
        if len(found) == 1:
            return found[0]
        if found:
            lines = "\n".join(f"{m.id} (kl. {m.start:%H.%M})" if m.start else m.id for m in found)
            raise UserError(
                f"Det finns {len(found)} sammanträden den {wanted}.", advice=f"Ange ett av dem:\n{lines}"
            )
        dates = ", ".join(head.date.isoformat() for head in self.heads)
        raise UserError(
            f"Det finns inget sammanträde ”{wanted}” i {self.path.name}.",
            advice=f"Det finns sammanträden den {dates}." if dates else "Filen har inga sammanträden än.",
        )

    # The one door

    def change(
        self, label: str, before: Document | None, after: Document | None, *, merge: str = ""
    ) -> Change:
        """Change one value: commit it, then push undo and tell listeners.

        ``before`` must be what is open now (StaleChangeError); None makes a new meeting. ``after`` None
        removes the meeting. Equal values change nothing. With the same non-empty ``merge`` as the change just
        before, within ten seconds of it, both become one undo step and one row of history.
        AdjustedError: adjusted minutes are not changed, see ``adjusting.forbidden_change``. NotSavedError,
        ReadOnlyError. Then nothing has changed, neither in the file nor in memory.
        """
        return self._do(label, ((before, after),), merge)[0]

    def change_together(self, label: str, edits: Iterable[Edit]) -> tuple[Change, ...]:
        """Change several values as one: one transaction and one undo step. Else as ``change``."""
        return self._do(label, tuple(edits), "")

    def _do(self, label: str, edits: tuple[Edit, ...], merge: str) -> tuple[Change, ...]:
        with self._guard:
            at = self._clock()
            changes = _changes(label, edits, at, "do")
            for change in changes:
                self._check_current(change)
            effective = tuple(edit for edit in edits if not _same(*edit))
            if not effective:
                return changes
            self._check_adjusted(label, effective)
            joins = bool(merge) and merge == self._merge and at - self._merge_at < JOIN_WITHIN
            row = self._commit(label, effective, at, "do", self._merge_row if joins else None)
            self._merge, self._merge_at, self._merge_row = merge, at, row
            self._push(label, effective, joins)
            self._tell(_changes(label, effective, at, "do"))
            return changes

    def _push(self, label: str, edits: tuple[Edit, ...], joins: bool) -> None:
        self._redo.clear()
        if joins:
            edits = ((self._undo.pop().edits[0][0], edits[0][1]),)
        if joins and _same(*edits[0]):  # typed and erased again: nothing is left to undo
            self._merge = ""
            return
        self._undo.append(_Step(label=label, edits=edits))

    def undo(self) -> Change | None:
        """Take back the latest step. Gives its change, the meeting's if several; None when empty."""
        return self._step_back("undo", self._undo, self._redo)

    def redo(self) -> Change | None:
        """Make the latest undone step again. Gives its change, as ``undo``; None when there is none."""
        return self._step_back("redo", self._redo, self._undo)

    def _step_back(self, kind: Kind, source: list[_Step], target: list[_Step]) -> Change | None:
        with self._guard:
            if not source:
                return None
            step = source[-1]
            back = tuple((after, before) for before, after in reversed(step.edits))
            at = self._clock()
            self._commit(step.label, back, at, kind, None)
            target.append(replace(source.pop(), edits=back))
            self._merge = ""
            changes = _changes(step.label, back, at, kind)
            self._tell(changes)
            return next((change for change in changes if change.subject != ASSOCIATION), changes[0])

    @property
    def undo_label(self) -> str | None:
        """What undo would take back, None when there is nothing."""
        return self._undo[-1].label if self._undo else None

    @property
    def redo_label(self) -> str | None:
        """What redo would make again, None when there is nothing."""
        return self._redo[-1].label if self._redo else None

    def _check_current(self, change: Change) -> None:
        """Refuse a change that does not start from what is open."""
        before, subject = change.before, change.subject
        current = self.association if subject == ASSOCIATION else self._known(subject)
        if before is not current and (before is None or current is None or not _same(before, current)):
            raise StaleChangeError(change.label)

    def _known(self, meeting_id: str) -> Meeting | None:
        return self.meeting(meeting_id) if meeting_id in self._heads else None

    def _check_adjusted(self, label: str, edits: tuple[Edit, ...]) -> None:
        """Refuse what would alter adjusted minutes. Undo is not asked: it goes back the way it came."""
        known = self._of_years(edits)
        for before, after in edits:
            if isinstance(before, Association) or isinstance(after, Association):
                continue
            refusal = forbidden_change(before, after, known.values())
            if refusal is not None:
                raise AdjustedError(
                    f"”{label}” gjordes inte. {_sentence(refusal.why)}", advice=refusal.advice
                )
            if after is not None:
                known[after.id] = after
            elif before is not None:
                known.pop(before.id, None)

    def _commit(
        self, label: str, edits: tuple[Edit, ...], at: datetime, kind: Kind, replaces: int | None
    ) -> int:
        """Write to the file, and only then show the new values."""
        writes = [(_subject(before, after), after) for before, after in edits]
        row = self._file.write(writes, label=label, kind=kind, user=self.user, at=at, replaces=replaces)
        for subject, value in writes:
            if isinstance(value, Association):
                self._association = value
            elif value is None:
                del self._heads[subject]
                self._read.pop(subject, None)
            else:
                self._heads[subject] = _head_of(value)
                self._read[subject] = value
            self._in_order = None
        self.saved_at = at
        return row

    # Listening

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Be told of every change after it is saved. Gives the function that stops it."""
        self._listeners.append(listener)

        def unsubscribe() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return unsubscribe

    def _tell(self, changes: tuple[Change, ...]) -> None:
        """Tell all listeners of each change, in order, also when a listener makes another change.

        A listener that fails does not keep the others from being told; its error is raised afterwards.
        """
        self._untold.extend(changes)
        if self._telling:
            return
        self._telling = True
        failed: Exception | None = None
        try:
            while self._untold:
                change = self._untold.popleft()
                for listener in tuple(self._listeners):
                    try:
                        listener(change)
                    except Exception as error:
                        failed = failed or error
        finally:
            self._telling = False
        if failed is not None:
            raise failed

    # History, stored files, exports

    def history(self, subject: str | None = None, limit: int = 200) -> tuple[HistoryEntry, ...]:
        """The latest changes ever made in the file, newest first; of one subject or of all."""
        return self._file.history(subject, limit)

    def value_at(self, entry: HistoryEntry) -> Document | None:
        """The value as it was after a change, None when the change removed it."""
        return self._file.value_at(entry.number)

    def thin_history(self, step: Callable[[int, int], None] | None = None) -> int:
        """Remove old versions that nobody needs, see ``storage.thinning``; how many. For a thread of its own, as
        ``read_all``: others are let in between. Undo keeps its own values and needs none of them."""
        from finsam_desktop.storage.thinning import FINISHED, superfluous

        finished = [head.id for head in self.heads if head.state in FINISHED]
        gone = 0
        for done, subject in enumerate(subjects := (ASSOCIATION, *finished)):
            if step is not None:
                step(done, len(subjects))
            numbers = superfluous(self.path, subject, self._clock())
            if numbers:
                self._file.forget(numbers)
            gone += len(numbers)
        return gone

    def add_file(self, content: bytes) -> str:
        """Store a file and give its SHA-256, by which ``file`` finds it. Undo leaves it stored."""
        return self._file.add_file(content)

    def file(self, sha256: str) -> bytes:
        """A stored file's content. UserError when it is missing or no longer what was stored."""
        return self._file.file(sha256)

    def copy_to(self, target: Path) -> None:
        """Make a copy of the file as it is now; ``target`` is a new file."""
        self._file.copy_to(target)

    def record_export(self, meeting_id: str, document: str, path: Path, content: bytes) -> None:
        """Remember what was written to ``path``, to see later whether someone changed it by hand."""
        self._file.record_export(meeting_id, document, path, content, at=self._clock())

    def last_export(self, path: Path) -> ExportRecord | None:
        """What was last written to ``path``, None when nothing was."""
        found = self._file.exports(path=path)
        return found[-1] if found else None

    def exports(self, meeting_id: str) -> tuple[ExportRecord, ...]:
        """Every export of a meeting, oldest first; only the latest to each path has its content."""
        return self._file.exports(meeting_id=meeting_id)

    def made_files(self, meeting_id: str) -> tuple[ExportRecord, ...]:
        """As ``exports`` but without their content, which is quick however large a pack is."""
        return self._file.exports(meeting_id=meeting_id, contents=False)


def _changes(label: str, edits: tuple[Edit, ...], at: datetime, kind: Kind) -> tuple[Change, ...]:
    return tuple(Change(label=label, before=before, after=after, at=at, kind=kind) for before, after in edits)


def _subject(before: Document | None, after: Document | None) -> str:
    """What an edit is about. ValueError when it is no edit of one value."""
    subjects = {subject_of(value) for value in (before, after) if value is not None}
    if len(subjects) != 1:
        raise ValueError(f"an edit needs one value before and after, not {sorted(subjects)}")
    if (before is None or after is None) and ASSOCIATION in subjects:
        raise ValueError("the association can be neither made nor removed")
    return subjects.pop()


def _head_of(meeting: Meeting) -> MeetingHead:
    return MeetingHead(
        id=meeting.id,
        date=meeting.date,
        kind=meeting.kind.value,
        state=meeting.state.value,
        reference=meeting.reference,
    )


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _same(one: Document | None, other: Document | None) -> bool:
    """Whether two values are the same to the last digit: 1.10 and 1.1 are equal amounts but not the same."""
    return one is other or (one == other and repr(one) == repr(other))
