"""A protokoll that somebody has changed in Word, so that what is read back can be seen."""

from __future__ import annotations

import datetime as dt
from functools import partial
from pathlib import Path

from tests.shots.camera import Camera

MEETING = "2026-10-29"


def take(camera: Camera, folder: Path) -> None:
    """The protokoll of the open file's meeting, edited in Word, beside what stands. The meeting is not adjusted."""
    from finsam_desktop.documents import Document
    from finsam_desktop.documents.export import export
    from tests.unit.read_back.word_edits import Edited

    if not camera.wants("read_back", "read_back-none"):
        return
    workspace, made = camera.window.session.workspace, folder / "Protokoll.docx"
    export(workspace, MEETING, Document.PROTOKOLL, made, today=dt.date(2026, 11, 2))
    edited = folder / "Protokoll från ordföranden.docx"
    file = Edited(made.read_bytes())
    file.replace("Incheckning genomförs", "Incheckning sker")
    file.tracked_replace("Utcheckning genomförs", "Utcheckning sker")
    file.replace("Beslutsunderlag", "Underlag")
    file.comment(file.find("Incheckning sker"), "Var det så?")
    edited.write_bytes(file.docx)
    camera.take("read_back", partial(camera.window.go, "read_back", f"{MEETING}|{edited}"))
    camera.take("read_back-none", partial(camera.window.go, "read_back", f"{MEETING}|{made}"))
