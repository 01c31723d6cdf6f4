"""Backups of the open file, for the window and the command line alike: where they are, making, looking, restoring."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from finsam_desktop.domain.version_changes import VersionChanges
    from finsam_desktop.storage.backups import Backup as Backup
    from finsam_desktop.storage.backups import Restored as Restored
    from finsam_desktop.storage.records import HistoryEntry
    from finsam_desktop.storage.salvage import Salvaged as Salvaged
    from finsam_desktop.workspace import Edit, Workspace

Step = Callable[[int, int], None]


def backup_root() -> Path:
    """The folder under which every file's backups lie: beside the program's log, never beside the file."""
    from finsam_desktop.settings import data_folder

    return data_folder() / "sakerhetskopior"


def back_up(file: Path, *, at: datetime, root: Path | None = None, step: Step | None = None) -> Backup | None:
    """Back up a file and thin its older backups; None when nothing has changed since the latest one."""
    from finsam_desktop.storage.backups import folder_of, make_backup, thin

    folder = folder_of(file, root or backup_root())
    made = make_backup(file, folder, at=at, step=step)
    if made is not None:
        thin(folder, at)
    return made


def backups_of(file: Path, *, root: Path | None = None) -> tuple[Backup, ...]:
    """The backups of a file, the newest first."""
    from finsam_desktop.storage.backups import backups, folder_of

    return backups(folder_of(file, root or backup_root()))


def all_backups(*, root: Path | None = None) -> tuple[Backup, ...]:
    """The backups of every file, the newest first: for when the file itself is gone or cannot be read."""
    from finsam_desktop.storage.backups import backups

    folders = sorted((root or backup_root()).glob("*"))
    return tuple(
        sorted((b for folder in folders for b in backups(folder)), key=lambda backup: backup.at, reverse=True)
    )


def look(backup: Backup) -> Restored:
    """The values in a backup, to look at before it is restored."""
    from finsam_desktop.storage.backups import restored

    return restored(backup)


def changes_since(workspace: Workspace, backup: Backup, limit: int = 10_000) -> tuple[HistoryEntry, ...]:
    """What has been done in the open file since the backup, the newest first: what restoring would leave out."""
    return tuple(entry for entry in workspace.history(limit=limit) if entry.number > backup.changes)


def restore_to(backup: Backup, target: Path, *, step: Step | None = None) -> None:
    """Make the file anew at ``target``, where nothing may be. The open file is not touched."""
    from finsam_desktop.storage.backups import restore

    restore(backup, target, step=step)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """All that puts an open file back to a backup, ready to be done as one change: ``label`` is its name in Ångra."""

    label: str
    edits: tuple[Edit, ...]


def differences(workspace: Workspace, earlier: Restored) -> VersionChanges:
    """What is otherwise in the open file than in the backup."""
    from finsam_desktop.domain.version_changes import changes

    return changes(earlier.association, earlier.meetings, workspace.association, workspace.meetings)


def prepare_over(
    workspace: Workspace, backup: Backup, *, at: datetime, root: Path | None = None, step: Step | None = None
) -> Overlay:
    """Make ready to put the open file back to a backup: back it up as it is, and take in the files it lacks.

    Nothing is changed until ``workspace.change_together(overlay.label, overlay.edits)``, which Ångra takes back.
    FileError when the backup lacks something; the file is as it was then.
    """
    from finsam_desktop.storage.backups import content
    from finsam_desktop.workspace import MissingContentError

    earlier = look(backup)
    back_up(workspace.path, at=at, root=root, step=step)
    here = set(_contents((workspace.association, *workspace.meetings)))
    lacking = sorted(set(_contents((earlier.association, *earlier.meetings))) - here)
    for done, sha256 in enumerate(lacking):
        if step is not None:
            step(done, len(lacking))
        try:
            workspace.file(sha256)
        except MissingContentError:
            workspace.add_file(content(backup, sha256))
    return Overlay(
        label=f"Återställ säkerhetskopian {backup.at:%Y-%m-%d %H.%M}", edits=_edits(workspace, earlier)
    )


def restore_over(
    workspace: Workspace, backup: Backup, *, at: datetime, root: Path | None = None, step: Step | None = None
) -> int:
    """Put the open file back to a backup, as one change that can be undone; how many values were changed.

    AdjustedError when it would alter minutes that were adjusted since; nothing is changed then.
    """
    overlay = prepare_over(workspace, backup, at=at, root=root, step=step)
    if overlay.edits:
        workspace.change_together(overlay.label, overlay.edits)
    return len(overlay.edits)


def _edits(workspace: Workspace, earlier: Restored) -> tuple[Edit, ...]:
    now = {meeting.id: meeting for meeting in workspace.meetings}
    then = {meeting.id: meeting for meeting in earlier.meetings}
    edits: list[Edit] = [(now.get(key), then.get(key)) for key in {**now, **then}]
    edits.append((workspace.association, earlier.association))
    return tuple(edit for edit in edits if edit[0] != edit[1])


def _contents(value: object) -> Iterator[str]:
    """The SHA-256 of every file that a value names."""
    if isinstance(value, tuple):
        for one in value:
            yield from _contents(one)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            inner = getattr(value, field.name)
            if field.name in ("sha256", "logo") and isinstance(inner, str) and len(inner) == 64:
                yield inner
            elif not isinstance(inner, str):
                yield from _contents(inner)


def salvage_to(damaged: Path, target: Path, *, step: Step | None = None) -> Salvaged:
    """Put what can be read of a damaged file in a new one at ``target``. The damaged file is not touched.

    ``step(done, total)`` tells how far it has come, in pages, and may raise to stop; nothing is left then.
    """
    from finsam_desktop.storage.salvage import salvage

    return salvage(damaged, target, step=step)
