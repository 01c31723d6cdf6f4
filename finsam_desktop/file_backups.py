"""Backups of the open file, for the window and the command line alike: where they are, making, looking, restoring."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from finsam_desktop.storage.backups import Backup, Restored
    from finsam_desktop.storage.records import HistoryEntry
    from finsam_desktop.storage.salvage import Salvaged
    from finsam_desktop.workspace import Workspace

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


def salvage_to(damaged: Path, target: Path) -> Salvaged:
    """Put what can be read of a damaged file in a new one at ``target``. The damaged file is not touched."""
    from finsam_desktop.storage.salvage import salvage

    return salvage(damaged, target)
