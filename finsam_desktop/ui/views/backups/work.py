"""What the views of backups and salvage do in the background, as values that are called with their progress."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from finsam_desktop.domain.meeting import Meeting
    from finsam_desktop.domain.version_changes import FieldChange, VersionChanges
    from finsam_desktop.file_backups import Backup, Restored, Salvaged
    from finsam_desktop.ui.jobs import Progress
    from finsam_desktop.workspace import HistoryEntry, Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """A backup held against the open file; ``changes`` and what comes of it are empty where no file is open."""

    backup: Backup
    earlier: Restored
    changes: VersionChanges | None = None
    done_since: tuple[HistoryEntry, ...] = ()
    now: tuple[object, ...] = ()

    def fields_of(self, meeting_id: str) -> tuple[FieldChange, ...]:
        """Field by field, of a meeting or with the empty id of the association."""
        from finsam_desktop.domain.version_changes import field_changes

        if not meeting_id:
            return field_changes(self.earlier.association, self.now[0])  # type: ignore[arg-type]
        then = {meeting.id: meeting for meeting in self.earlier.meetings}
        now: dict[str, Meeting] = {meeting.id: meeting for meeting in self.now[1:]}  # type: ignore[attr-defined,misc]
        return field_changes(then.get(meeting_id), now.get(meeting_id))


@dataclass(frozen=True, slots=True)
class Listing:
    """The backups of a file, or of every file."""

    path: Path | None

    def __call__(self, _progress: Progress) -> object:
        from finsam_desktop.file_backups import all_backups, backups_of

        return backups_of(self.path) if self.path is not None else all_backups()


@dataclass(frozen=True, slots=True)
class Looking:
    """What a backup holds, and what is otherwise in the open file."""

    workspace: Workspace | None
    backup: Backup

    def __call__(self, _progress: Progress) -> object:
        from finsam_desktop.file_backups import changes_since, differences, look

        earlier = look(self.backup)
        if self.workspace is None:
            return Looked(backup=self.backup, earlier=earlier)
        return Looked(
            backup=self.backup,
            earlier=earlier,
            changes=differences(self.workspace, earlier),
            done_since=changes_since(self.workspace, self.backup, limit=500),
            now=(self.workspace.association, *self.workspace.meetings),
        )


@dataclass(frozen=True, slots=True)
class Making:
    """A backup of a file now."""

    path: Path
    at: datetime

    def __call__(self, progress: Progress) -> object:
        from finsam_desktop.file_backups import back_up

        return back_up(self.path, at=self.at, step=_stepping(progress))


@dataclass(frozen=True, slots=True)
class Restoring:
    """A backup as a new file."""

    backup: Backup
    path: Path

    def __call__(self, progress: Progress) -> object:
        from finsam_desktop.file_backups import restore_to

        restore_to(self.backup, self.path, step=_stepping(progress))
        return self.path


@dataclass(frozen=True, slots=True)
class Overlaying:
    """What puts the open file back to a backup, made ready; the change itself is made on the window's thread."""

    workspace: Workspace
    backup: Backup
    at: datetime

    def __call__(self, progress: Progress) -> object:
        from finsam_desktop.file_backups import prepare_over

        return prepare_over(self.workspace, self.backup, at=self.at, step=_stepping(progress))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rescued:
    """What could be had of a damaged file, in a file of its own at ``salvaged.target``, and the names of it."""

    salvaged: Salvaged
    association: str
    meetings: tuple[str, ...]
    backups: tuple[Backup, ...]


@dataclass(frozen=True, slots=True)
class Rescuing:
    """What can be read of a damaged file, put in a file among the program's own; the damaged one is not touched."""

    damaged: Path
    place: Path

    def __call__(self, progress: Progress) -> object:
        from finsam_desktop.domain import wording
        from finsam_desktop.file_backups import all_backups, salvage_to
        from finsam_desktop.workspace import Workspace

        self.place.parent.mkdir(parents=True, exist_ok=True)
        self.place.unlink(missing_ok=True)

        def step(done: int, total: int) -> None:
            progress.step(f"({100 * done // total} procent)")

        found = salvage_to(self.damaged, self.place, step=step)
        with Workspace.open(self.place, user="", read_only=True) as workspace:
            meetings = tuple(
                f"{wording.KINDS[m.kind]} {wording.long_date(m.date)}, {len(m.items)} ärenden"
                for m in reversed(workspace.meetings)
            )
            association = workspace.association.name if found.association else ""
        source = str(self.damaged)
        backups = tuple(backup for backup in all_backups() if backup.source == source)
        return Rescued(salvaged=found, association=association, meetings=meetings, backups=backups)


@dataclass(frozen=True, slots=True)
class Keeping:
    """What was rescued put where the user wants it; an existing file is not written over."""

    rescued: Path
    target: Path

    def __call__(self, _progress: Progress) -> object:
        from finsam_desktop.workspace import Workspace

        with Workspace.open(self.rescued, user="", read_only=True) as workspace:
            workspace.copy_to(self.target)
        self.rescued.unlink(missing_ok=True)
        return self.target


def moment(at: datetime) -> str:
    """A day and a time as a heading: "Torsdag 22 oktober 2026 07.41"."""
    from finsam_desktop.domain import wording

    day = wording.WEEKDAYS[at.weekday()].capitalize()
    return f"{day} {wording.long_date(at.date())} {wording.clock(at.time())}"


def _stepping(progress: Progress) -> Callable[[int, int], None]:
    """Progress as the engine reports it; it may be stopped at every step."""

    def step(done: int, total: int) -> None:
        progress.step("", done, total)

    return step
