"""What the guide does in the background: reading a preset, and making the file, the meeting and its kallelse."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from finsam_desktop.errors import UserError
from finsam_desktop.guide import Answers

if TYPE_CHECKING:
    from finsam_desktop.ui.jobs import Progress
    from finsam_desktop.ui.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """What was made. ``fault`` is why there is a file and no kallelse."""

    file: Path
    meeting_id: str = ""
    notice: Path | None = None
    fault: UserError | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A preset, with its files checked."""

    path: Path

    def __call__(self, _progress: Progress) -> object:
        from finsam_desktop.prepared import load

        return load(self.path)


class Beginning:
    """The file with its association; with ``meeting`` the first meeting and its kallelse too."""

    def __init__(
        self, answers: Answers, file: Path, files: dict[str, bytes], session: Session, *, meeting: bool
    ) -> None:
        self._answers = answers if meeting else replace(answers, day=None)
        self._file, self._files = file, files
        self._user, self._now = session.user, session.now

    def __call__(self, progress: Progress) -> object:
        from finsam_desktop import guide
        from finsam_desktop.workspace import Workspace

        progress.step(self._file.name, 0, 2)
        meeting_id = guide.begin(self._answers, self._file, user=self._user, at=self._now, files=self._files)
        if not meeting_id:
            return Begun(file=self._file)
        progress.step("kallelsen", 1, 2)
        try:
            with Workspace.open(self._file, user=self._user) as workspace:
                notice = guide.make_notice(workspace, meeting_id, self._now.date())
        except UserError as error:
            return Begun(file=self._file, meeting_id=meeting_id, fault=error)
        return Begun(file=self._file, meeting_id=meeting_id, notice=notice)
