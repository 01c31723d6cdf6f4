"""Files that become bilagor are read beside the window, in order, and are added whatever is gone to meanwhile."""

from __future__ import annotations

import threading
from datetime import date
from pathlib import Path

import pytest

from finsam_desktop.domain import agenda
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.ui.views.meeting import file_reading
from finsam_desktop.ui.views.meeting.page import MeetingPage
from tests.ui.meeting_cases import MeetingCase
from tests.ui.test_pack_panel import wait

PDF = b"%PDF-1.7\n"
ITEM = "p06"


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Files that are looked through until the event is set."""
    go_on = threading.Event()
    real = file_reading.barriers

    def looked_through(content: bytes) -> tuple[str, ...]:
        if content.startswith(b"%PDF"):
            assert threading.current_thread() is not threading.main_thread()
            assert go_on.wait(60)
        return real(content)

    monkeypatch.setattr(file_reading, "barriers", looked_through)
    return go_on


def titles(case: MeetingCase) -> list[str]:
    item = agenda.find(case.session.meeting(case.page.desk.meeting_id).items, ITEM)
    assert item is not None
    return [attachment.title for attachment in item.attachments]


def test_bilagor_come_in_the_order_they_were_added(
    case: MeetingCase, tmp_path: Path, slow: threading.Event
) -> None:
    before = titles(case)
    for name, content in (("Första.pdf", PDF), ("Andra.txt", b"text"), ("Tredje.pdf", PDF)):
        (tmp_path / name).write_bytes(content)
        case.page.attachments.add_files((tmp_path / name,), ITEM)
    assert titles(case) == before, "the window goes on meanwhile"
    slow.set()
    wait(lambda: titles(case) == [*before, "Första", "Andra", "Tredje"])
    assert "”Tredje” lades till i ärende" in case.notice()


def test_a_bilaga_is_added_though_another_meeting_is_gone_to(
    case: MeetingCase, tmp_path: Path, slow: threading.Event
) -> None:
    (tmp_path / "Sen.pdf").write_bytes(PDF)
    before, meeting = titles(case), case.page.desk.meeting_id
    case.page.attachments.add_files((tmp_path / "Sen.pdf",), ITEM)
    case.session.change("Nytt sammanträde", None, Meeting(id="nytt", date=date(2027, 2, 4)))
    case.window.go("meeting", "nytt")
    assert "nytt" in {page.desk.meeting_id for page in case.window.findChildren(MeetingPage)}
    slow.set()
    wait(lambda: not case.window.jobs.running())
    item = agenda.find(case.session.meeting(meeting).items, ITEM)
    assert item is not None
    assert [one.title for one in item.attachments] == [*before, "Sen"]


def test_what_is_stopped_or_cannot_be_read_keeps_no_other_waiting(
    case: MeetingCase, tmp_path: Path, slow: threading.Event
) -> None:
    for name in ("Stoppad.pdf", "Borta.pdf", "Kvar.pdf"):
        (tmp_path / name).write_bytes(PDF)
    before = titles(case)
    case.page.attachments.add_files((tmp_path / "Stoppad.pdf", tmp_path / "Borta.pdf"), ITEM)
    case.page.attachments.add_files((tmp_path / "Borta.pdf",), ITEM)
    case.page.attachments.add_files((tmp_path / "Kvar.pdf",), ITEM)
    case.window.jobs.running()[-1].cancel()
    (tmp_path / "Borta.pdf").unlink()
    slow.set()
    wait(lambda: titles(case) == [*before, "Kvar"])


@pytest.mark.parametrize("beside", ["Rapport.pdf", "Rapport.txt"])
def test_one_empty_file_keeps_no_other_out(case: MeetingCase, tmp_path: Path, beside: str) -> None:
    (tmp_path / beside).write_bytes(PDF)
    (tmp_path / "Tom.docx").write_bytes(b"")
    (tmp_path / "Mapp").mkdir()
    before = titles(case)
    case.page.attachments.add_files((tmp_path / "Tom.docx", tmp_path / beside), ITEM)
    wait(lambda: titles(case) == [*before, "Rapport"])
    wait(lambda: case.notice().startswith("Tom.docx lades inte till, men de andra filerna gjorde det."))
    assert "Tom.docx är tom." in case.notice()
    assert "Inget har ändrats" not in case.notice()
    case.page.attachments.add_files((tmp_path / "Tom.docx", tmp_path / "Mapp", tmp_path / beside), ITEM)
    wait(lambda: titles(case) == [*before, "Rapport", "Rapport"])
    wait(lambda: case.notice().startswith("Tom.docx, Mapp lades inte till, men de andra filerna gjorde det."))
    case.page.attachments.add_files((tmp_path / "Tom.docx", tmp_path / "Mapp"), ITEM)
    wait(lambda: case.notice().startswith("Tom.docx, Mapp lades inte till. "))
    assert titles(case) == [*before, "Rapport", "Rapport"]


def test_a_file_closed_meanwhile_gets_nothing_and_the_user_is_told(
    case: MeetingCase, tmp_path: Path, slow: threading.Event
) -> None:
    (tmp_path / "Sen.pdf").write_bytes(PDF)
    case.page.attachments.add_files((tmp_path / "Sen.pdf",), ITEM)
    case.session.close()
    slow.set()
    wait(lambda: not case.window.jobs.running())
    notice = case.window.strip.notice
    assert notice is not None
    assert notice.text.startswith("Sen.pdf lades inte till.")
