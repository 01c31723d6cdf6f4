"""After the meeting: the signed protokoll is kept and checked, the archive is made and verified, and all may leave."""

from __future__ import annotations

from pathlib import Path

import pytest

from finsam_desktop.archive.signing import sign_pdf
from finsam_desktop.archive.verify import verify
from finsam_desktop.ui.leaving_actions import LeavingActions
from finsam_desktop.ui.main_window import MainWindow
from finsam_desktop.ui.views.aftermath.archive import REMOVE, ArchiveSection
from finsam_desktop.ui.views.aftermath.step import AftermathStep
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.tables import TableRole
from finsam_desktop.workspace import Workspace
from tests.ui.opened_files import Opened
from tests.ui.waiting import rest
from tests.unit.archive.test_signing import certificate, key_file, now, plain_pdf

MEETING = "2026-10-29"


@pytest.fixture
def section(window: MainWindow) -> ArchiveSection:
    window.go("meeting", MEETING)
    page = window.current_view().page  # type: ignore[attr-defined]
    page.show_step("efter")
    step = page._steps["efter"]
    assert isinstance(step, AftermathStep)
    return step.archive


def told(window: MainWindow) -> str:
    return window.strip.notice.text if window.strip.notice is not None else ""


def test_signed_protokoll_are_kept_checked_and_taken_away(
    window: MainWindow, section: ArchiveSection, tmp_path: Path, opened: Opened
) -> None:
    assert not section._none.isHidden()
    signed = sign_pdf(plain_pdf(), key_file(), at=now())
    place = signed.index(b"/MediaBox") + 14
    harmed = signed[:place] + b"9" + signed[place + 1 :]
    for name, content in (("skannat.pdf", plain_pdf()), ("e.pdf", signed), ("ändrat.pdf", harmed)):
        (tmp_path / name).write_bytes(content)
    section.keep(tuple(tmp_path / name for name in ("skannat.pdf", "e.pdf", "ändrat.pdf")))
    rest(window)
    states = [section.model.index(row, 2).data(TableRole.STATE) for row in range(3)]
    assert states == [None, State.DONE, State.MUST_MEND]
    assert "e.pdf: Undertecknat av Birgitta Almkvarn" in section.said.text()
    assert "ändrat.pdf: Undertecknat av" in section.said.text()
    section.table.verb_clicked.emit(section.model.index(0, REMOVE - 1))
    assert opened.files[-1].read_bytes() == plain_pdf()
    section.table.verb_clicked.emit(section.model.index(0, REMOVE))
    meeting = window.session.meeting(window.session.workspace.find_meeting(MEETING).id)
    assert [one.file_name for one in meeting.signed_minutes] == ["e.pdf", "ändrat.pdf"]
    assert window.session.undo()
    assert section.model.rowCount() == 3
    (tmp_path / "fel.pdf").write_bytes(b"hej")
    section.keep((tmp_path / "fel.pdf",))
    assert "inte ett undertecknat protokoll" in told(window)
    assert section.model.rowCount() == 3


def test_an_archive_is_made_and_verified(
    window: MainWindow, section: ArchiveSection, monkeypatch: pytest.MonkeyPatch, opened: Opened
) -> None:
    monkeypatch.setattr("finsam_desktop.pdf.libreoffice.find_libreoffice", lambda: None)
    folder = window.session.workspace.path.parent
    for name in ("2026-10-29 Arkiv", "2026-10-29 Arkiv (2)"):
        section.make.click()
        assert not section.make.isEnabled()
        rest(window)
        assert verify(folder / name).whole
    assert "LibreOffice saknas" in section.told.text()
    section.check.click()
    rest(window)
    window.strip.close_notice()
    assert "Arkivet är helt" in told(window)
    window.strip.close_notice()
    (folder / "2026-10-29 Arkiv (2)" / "Ny.txt").write_text("x")
    section.check.click()
    rest(window)
    assert "Ny.txt: har kommit till" in told(window)
    section.open_folder.click()
    assert opened.files == [folder / "2026-10-29 Arkiv (2)"]


def test_the_password_is_asked_for_in_the_page_and_forgotten(
    window: MainWindow, section: ArchiveSection, tmp_path: Path
) -> None:
    (tmp_path / "c.p12").write_bytes(certificate())
    section._certificate_chosen(tmp_path / "c.p12")
    assert not section._asking.isHidden()
    section.password.setText("fel")
    monkey = pytest.MonkeyPatch()
    monkey.setattr("finsam_desktop.signed_papers.protokoll_pdf", lambda *_a, **_k: plain_pdf())
    try:
        section.sign_now.click()
        assert section.password.text() == ""
        rest(window)
        assert "gick inte att öppna med lösenordet" in told(window)
        window.strip.close_notice()
        section.password.setText("hemligt")
        section.sign_now.click()
        rest(window)
    finally:
        monkey.undo()
    rest(window)
    meeting = window.session.workspace.find_meeting(MEETING)
    assert [one.file_name for one in meeting.signed_minutes] == ["2026-10-29 Protokoll undertecknat.pdf"]
    assert section._asking.isHidden()
    assert section.model.index(0, 2).data(TableRole.STATE) is State.DONE


def test_all_leaves_and_comes_back_from_the_menu(window: MainWindow, tmp_path: Path) -> None:
    leaving = window.findChild(LeavingActions, "leaving_actions")
    assert isinstance(leaving, LeavingActions)
    assert window.actions.is_available("export_all")
    before = (window.session.association, window.session.meetings)
    place = tmp_path / "ut"
    place.mkdir()
    leaving.export(place)
    rest(window)
    (target,) = place.iterdir()
    assert target.name == "Samordningsförbundet Exempelbygden 2026-11-22"
    assert verify(target).whole
    leaving.import_from(target)
    leaving.import_to(tmp_path / "ny.finsam")
    rest(window)
    assert window.session.path == tmp_path / "ny.finsam"
    assert (window.session.association, window.session.meetings) == before
    window.session.close()
    assert not window.actions.is_available("export_all")
    assert window.actions.is_available("import_all")
    with Workspace.open(tmp_path / "ny.finsam", user="Bo") as workspace:
        assert workspace.history()
