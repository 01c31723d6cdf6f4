"""The association of many years that others measure with: whole, lawful, and the same each time."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pypdfium2

from finsam_desktop.domain import sealing
from finsam_desktop.domain.agenda import walk
from finsam_desktop.domain.meeting import MeetingState
from finsam_desktop.workspace import Workspace
from tests.years import ITEMS, MEETINGS, make_years


def test_a_year_is_whole_and_can_be_read(tmp_path: Path) -> None:
    path = make_years(tmp_path / "ett.finsam", years=1, attachments_mb=2)
    with Workspace.open(path, user="Anna") as workspace:
        meetings = workspace.meetings
        assert len(meetings) == MEETINGS
        assert sum(len(meeting.items) for meeting in meetings) == ITEMS
        assert not any(sealing.broken(meeting) for meeting in meetings)
        assert sum(meeting.state is MeetingState.ARCHIVED for meeting in meetings) == 7
        assert workspace.history(meetings[0].id)[-1].label == "Nytt sammanträde"
        assert workspace.value_at(workspace.history(meetings[0].id)[0]) == meetings[0]
        bilagor = [a for m in meetings for item in walk(m.items) for a in item.attachments]
        assert sum(a.size for a in bilagor) > 1_500_000
        for bilaga in bilagor:
            _check(bilaga.file_name, workspace.file(bilaga.sha256))


def _check(name: str, content: bytes) -> None:
    """A reader of its kind finds words in it."""
    if name.endswith(".pdf"):
        pdf = pypdfium2.PdfDocument(content)
        assert len(pdf[0].get_textpage().get_text_range()) > 500
    elif name.endswith(".xlsx"):
        sheet = openpyxl.load_workbook(io.BytesIO(content))["Uppföljning"]
        assert sheet["A1"].value == "Insats"
    else:
        assert "å" in zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()


def test_the_same_call_makes_the_same_values(tmp_path: Path) -> None:
    one, two = (make_years(tmp_path / f"{name}.finsam", years=1, attachments_mb=0) for name in "ab")
    with Workspace.open(one, user="Anna") as first, Workspace.open(two, user="Anna") as second:
        assert first.meetings == second.meetings
        assert first.association == second.association


def test_no_years_is_an_association_without_meetings(tmp_path: Path) -> None:
    with Workspace.open(make_years(tmp_path / "ny.finsam", years=0), user="Anna") as workspace:
        assert workspace.association.name
        assert workspace.meetings == ()
