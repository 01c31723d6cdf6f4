"""Making the handlingar in the real window: progress, cancel, what came of it, and what is noted as sent."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QAbstractItemModelTester

from finsam_desktop.documents.pack import Pack, PackEntry, PackOptions, PackProblem
from finsam_desktop.errors import UserError
from finsam_desktop.files import pack_files
from finsam_desktop.files.pack_files import SavedPack
from finsam_desktop.ui.views.meeting.pack_panel import PackPanel
from finsam_desktop.ui.views.meeting.papers_step import PapersStep
from tests.ui.meeting_cases import MeetingCase

MISSING = PackProblem(
    title="Bilaga 3 Förslag", text="Filen saknas.", advice="Lägg in den.", attachment_id="b03", left_out=True
)


@pytest.fixture
def panel(case: MeetingCase) -> PackPanel:
    case.page.show_step("handlingar")
    step = case.page._steps["handlingar"]
    assert isinstance(step, PapersStep)
    return step.pack


@pytest.fixture
def asked(case: MeetingCase, monkeypatch: pytest.MonkeyPatch) -> list[PackOptions]:
    """The packs that are asked for; making one is a file with a few bytes."""
    wanted: list[PackOptions] = []

    def save(_workspace: object, _meeting: str, options: PackOptions, out: Path, **_: object) -> SavedPack:
        wanted.append(options)
        name = "2026-10-29 Tilläggshandlingar.pdf" if options.supplementary else "2026-10-29 Handlingar.pdf"
        path = out / name
        path.write_bytes(b"%PDF")
        entry = PackEntry(title="Innehåll", first_page=1, pages=1, size=4, tagged=True)
        pack = Pack(
            pdf=b"x" * 2_345_000, file_name=name, title="", entries=(entry,), pages=112, problems=(MISSING,)
        )
        return SavedPack(pack=pack, path=path)

    monkeypatch.setattr(pack_files, "save_pack", save)
    monkeypatch.setattr(pack_files, "standard_tools", lambda: None)
    return wanted


def wait(done: Callable[[], bool]) -> None:
    for _ in range(200):
        if done():
            return
        loop = QEventLoop()
        QTimer.singleShot(20, loop.quit)
        loop.exec()
    raise AssertionError("it never came")


def make(panel: PackPanel) -> None:
    panel.make.click()
    wait(lambda: panel._job is None)


def test_the_result_is_told_with_pages_size_and_what_is_missing(
    case: MeetingCase, panel: PackPanel, asked: list[PackOptions]
) -> None:
    assert not panel._strip.isVisibleTo(panel), "nothing has been made"
    make(panel)
    assert asked == [PackOptions()]
    assert panel._result.text() == "2026-10-29 Handlingar.pdf"
    assert panel._facts.text().replace("\u00a0", " ") == "112 sidor · 2,3 MB · 1 handling kunde inte tas med"
    assert "Handlingarna är skapade: 2026-10-29 Handlingar.pdf, 112 sidor." in case.notice()
    assert panel._advice.text() == "Lägg in den."
    QAbstractItemModelTester(panel._model, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_pressing_a_problem_leads_to_its_bilaga(
    case: MeetingCase, panel: PackPanel, asked: list[PackOptions]
) -> None:
    make(panel)
    panel._problem_opened(panel._model.index(0, 1))
    step = case.page._steps["handlingar"]
    assert isinstance(step, PapersStep)
    assert step._current_id() == "b03"


def test_a_pack_is_noted_as_sent_once_and_can_be_undone(
    case: MeetingCase, panel: PackPanel, asked: list[PackOptions]
) -> None:
    make(panel)
    assert panel.sent.isVisibleTo(panel)
    panel.sent.click()
    (utskick,) = case.meeting.utskick
    assert utskick.file_name == "2026-10-29 Handlingar.pdf"
    assert [entry.number for entry in utskick.attachments] == [1, 2, 3, 4, 5, 6, 7]
    assert panel._told.text().startswith("Skickade måndag 19")
    assert not panel.sent.isVisibleTo(panel)
    assert case.session.undo()
    assert case.meeting.utskick == ()
    assert panel.sent.isVisibleTo(panel)


def test_a_supplement_can_be_made_when_something_is_new(
    case: MeetingCase, panel: PackPanel, asked: list[PackOptions], tmp_path: Path
) -> None:
    def supplement() -> bool:
        menu = panel.menu()
        action = next(one for one in menu.actions() if one.text() == "Skapa tilläggshandlingar")
        menu.deleteLater()
        return action.isEnabled()

    assert not supplement()
    make(panel)
    panel.sent.click()
    assert not supplement(), "nothing is new"
    (tmp_path / "ny.pdf").write_bytes(b"%PDF-1.7")
    case.page.attachments.add_files((tmp_path / "ny.pdf",), "p06")
    wait(supplement)
    assert panel._told.text().endswith("1 ny eller ändrad bilaga sedan dess")
    panel._start_supplementary()
    wait(lambda: panel._job is None)
    assert asked[-1].supplementary
    panel.sent.click()
    assert [one.supplementary for one in case.meeting.utskick] == [False, True]
    assert [entry.number for entry in case.meeting.utskick[1].attachments] == [8]


def test_choices_go_with_the_pack_and_the_public_one_is_not_noted_as_sent(
    panel: PackPanel, asked: list[PackOptions]
) -> None:
    panel.double_sided.setChecked(True)
    panel.small_pictures.setChecked(True)
    panel._start_public()
    wait(lambda: panel._job is None)
    assert asked == [PackOptions(public=True, duplex=True, smaller_pictures=True)]
    assert not panel.sent.isVisibleTo(panel)


def test_the_work_can_be_stopped_and_a_fault_is_told(
    case: MeetingCase, panel: PackPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[bool] = []

    def slow(*_: object, step: Callable[[str, int, int], None], **__: object) -> SavedPack:
        begun.append(True)
        while True:
            step("Avtal", 1, 9)

    monkeypatch.setattr(pack_files, "standard_tools", lambda: None)
    monkeypatch.setattr(pack_files, "save_pack", slow)
    panel.make.click()
    wait(lambda: bool(begun))
    assert not panel.make.isEnabled()
    assert panel.cancel.isVisibleTo(panel)
    panel.cancel.click()
    wait(lambda: panel._job is None)
    assert panel.make.isEnabled()
    assert panel.result is None

    def refused(*_: object, **__: object) -> SavedPack:
        raise UserError("Disken är full.", advice="Ta bort något.")

    monkeypatch.setattr(pack_files, "save_pack", refused)
    make(panel)
    assert "Disken är full." in case.notice()


def test_file_and_folder_open_with_one_press(
    panel: PackPanel, asked: list[PackOptions], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda url: opened.append(Path(url.toLocalFile())) or True
    )
    make(panel)
    panel.open.click()
    panel.folder.click()
    assert panel.result is not None
    path = panel.result.path
    assert opened == [path, path.parent]
    path.unlink()
    panel.refresh()
    assert not panel._strip.isVisibleTo(panel), "a file that is gone is not offered"


def test_the_step_has_the_filled_button(case: MeetingCase, panel: PackPanel) -> None:
    assert case.page.primary() is panel.make
