"""A program that works with files until it is killed: started once, it makes a child for each piece of work.

`python -m tests.killing` reads a line of JSON at a time, {"work": "edit", "folder": …}, and answers with the child's
number; when the child is dead it answers with how it ended. A child says on its own file what it has done, and the test
holds the files against that.
"""

from __future__ import annotations

import itertools
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from finsam_desktop.domain import agenda
from finsam_desktop.domain.agenda import AgendaItem, Attachment
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.file_backups import back_up, backups_of, restore_to
from finsam_desktop.storage.exchange import export_data, import_data
from finsam_desktop.workspace import Workspace

NAME = "Bygden.finsam"
KEPT = Path(__file__).parent / "data" / "documents" / "version-1-example.finsam"
NOW = datetime(2026, 11, 22, 9)
Say = Callable[[object], None]


def edit(folder: Path, say: Say) -> None:
    """Type in a meeting, with an attachment now and then; says each number when it is saved."""
    with Workspace.open(folder / NAME, user="Anna") as workspace:
        meeting = workspace.meeting("m")
        last = int(agenda.find(meeting.items, "i7").minutes_text.split()[-1])  # type: ignore[union-attr]
        for number in itertools.count(last + 1):
            text = f" {number}"
            after = replace(
                meeting,
                items=agenda.update(
                    meeting.items,
                    "i7",
                    lambda item, text=text: replace(item, minutes_text=item.minutes_text + text),  # type: ignore[misc]
                ),
            )
            workspace.change("Skriv", meeting, after, merge=f"i7.{number // 20}")
            meeting = after
            if number % 30 == 0:
                workspace.add_file(str(number).encode() * 20_000)
            say(number)


def take_in(folder: Path, say: Say) -> None:
    """Read in a meeting with its attachments from JSON, and remove it again."""
    data = (folder / "sammanträde.json").read_bytes()
    with Workspace.open(folder / NAME, user="Anna") as workspace:
        while True:
            meeting = import_data(workspace, data)
            say("in")
            workspace.change("Ta bort", meeting, None)
            say("bort")


def write_out(folder: Path, say: Say) -> None:
    """Make the kallelse as a Word file, over the one that is there, and a meeting as JSON."""
    from finsam_desktop.documents import Document
    from finsam_desktop.documents.export import export

    with Workspace.open(folder / NAME, user="Anna") as workspace:
        for number in itertools.count():
            before = workspace.meeting("m")
            workspace.change("Plats", before, replace(before, place=f"Sal {number}"))
            say(
                export(
                    workspace, "m", Document.KALLELSE, folder / "Kallelse.docx", today=NOW.date()
                ).path.name
            )


def copy(folder: Path, say: Say) -> None:
    """Back up after each change."""
    with Workspace.open(folder / NAME, user="Anna") as workspace:
        for number in itertools.count():
            before = workspace.meeting("m")
            workspace.change("Plats", before, replace(before, place=f"Sal {number}"))
            workspace.add_file(os.urandom(30_000))
            back_up(folder / NAME, at=NOW + timedelta(hours=number), root=folder / "kopior")
            say(number)


def upgrade(folder: Path, say: Say) -> None:
    """Open files of version 1, one after the other."""
    for number in itertools.count():
        path = folder / f"gammal {number}.finsam"
        shutil.copyfile(KEPT, path)
        say(path.name)
        Workspace.open(path, user="Anna").close()
        for made in folder.glob(f"gammal {number - 1}*"):
            made.unlink()


def put_back(folder: Path, say: Say) -> None:
    """Make the file anew from its latest backup, again and again."""
    (backup, *_) = backups_of(folder / NAME, root=folder / "kopior")
    for number in itertools.count():
        restore_to(backup, folder / f"igen {number}.finsam")
        say(number)
        (folder / f"igen {number - 1}.finsam").unlink(missing_ok=True)


def thin(folder: Path, say: Say) -> None:
    """Thin the history of years ago; a new meeting with old changes each time."""
    day = datetime(2020, 3, 5, 9)
    for number in itertools.count():
        with Workspace.open(folder / NAME, user="Anna", clock=lambda: day) as workspace:
            for place in range(4):
                before = workspace.association
                workspace.change("Namn", before, replace(before, name=f"Bygden {number}.{place}"))
        with Workspace.open(folder / NAME, user="Anna", clock=lambda: NOW) as workspace:
            say(workspace.thin_history())


WORKS: dict[str, Callable[[Path, Say], None]] = {
    "edit": edit,
    "import": take_in,
    "export": write_out,
    "backup": copy,
    "upgrade": upgrade,
    "restore": put_back,
    "thin": thin,
}


def prepare(folder: Path) -> None:
    """The file that is worked with, a meeting as JSON and a backup."""
    items = tuple(
        AgendaItem(id=f"i{n}", title=f"Ärende {n}", summary="Underlag. " * 300, minutes_text="0")
        for n in range(15)
    )
    with Workspace.create(folder / NAME, Association(name="Bygden"), user="Anna") as workspace:
        workspace.change("Nytt", None, Meeting(id="m", date=date(2026, 10, 29), items=items))
        content = os.urandom(400_000)
        bilaga = Attachment(id="b", title="Rapport", sha256=workspace.add_file(content), size=len(content))
        other = Meeting(
            id="n",
            date=date(2026, 12, 3),
            items=(AgendaItem(id="n1", title="Rapport", attachments=(bilaga,)),),
        )
        workspace.change("Nytt", None, other)
        (folder / "sammanträde.json").write_bytes(export_data(workspace, "n"))
        back_up(folder / NAME, at=NOW, root=folder / "kopior")
        workspace.change("Ta bort", other, None)


def warm_up() -> None:
    """Import what the works need, so that a child does not spend its short life on that."""
    from finsam_desktop.documents import Document
    from finsam_desktop.documents.export import export

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepare(folder)
        with Workspace.open(folder / NAME, user="Anna") as workspace:
            export(workspace, "m", Document.KALLELSE, folder / "Kallelse.docx", today=NOW.date())
        shutil.copyfile(KEPT, folder / "gammal.finsam")
        Workspace.open(folder / "gammal.finsam", user="Anna").close()


def main() -> None:
    """Read orders until there are no more."""
    warm_up()
    for line in sys.stdin:
        order = json.loads(line)
        folder = Path(order["folder"])
        child = os.fork()
        if child == 0:
            said = os.open(folder / "sagt.txt", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)

            def say(what: object, said: int = said) -> None:
                os.write(said, f"{time.monotonic()} {what}\n".encode())

            try:
                WORKS[order["work"]](folder, say)
            finally:
                os._exit(1)
        print(child, flush=True)
        _, status = os.waitpid(child, 0)
        print(os.WTERMSIG(status) if os.WIFSIGNALED(status) else -1, flush=True)


if __name__ == "__main__":
    main()
