"""Background work: answers come on the window's thread; faults and stops end a job once and leave nothing behind."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QThread, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from finsam_desktop.ui import jobs as jobs_module
from finsam_desktop.ui.jobs import Jobs, Progress


@pytest.fixture
def jobs(qapp: QApplication) -> Iterator[Jobs]:
    jobs = Jobs()
    yield jobs
    assert jobs.shut_down(60_000)


def test_result_comes_on_the_windows_thread(jobs: Jobs, qtbot: QtBot) -> None:
    seen: list[tuple[object, bool]] = []
    worker_thread: list[int] = []

    def work(_progress: Progress) -> int:
        worker_thread.append(threading.get_ident())
        return 42

    def done(result: object) -> None:
        seen.append((result, QThread.currentThread() is QApplication.instance().thread()))

    jobs.run(work, label="Räkna", on_done=done)
    assert len(jobs.running()) == 1
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [(42, True)]
    assert worker_thread != [threading.get_ident()]
    assert jobs.running() == ()


def test_progress_says_what_which_and_how_many_left(jobs: Jobs, qtbot: QtBot) -> None:
    go_on = threading.Event()
    seen: list[tuple[str, int, int]] = []

    def work(progress: Progress) -> None:
        progress.step("Tertialrapport 2.docx", 1, 3)
        go_on.wait(60)

    job = jobs.run(work, label="Gör PDF av", on_progress=lambda *said: seen.append(said))
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [("Tertialrapport 2.docx", 1, 3)]
    assert job.in_words() == "Gör PDF av Tertialrapport 2.docx, 2 filer kvar"
    assert job.share == pytest.approx(1 / 3)
    job._note("x", 2, 3)
    assert job.in_words().endswith("1 fil kvar")
    go_on.set()
    qtbot.waitUntil(lambda: not jobs.running())


def test_a_fault_reaches_the_one_who_asked(jobs: Jobs, qtbot: QtBot) -> None:
    faults: list[Exception] = []

    def work(_progress: Progress) -> None:
        raise ValueError("trasig")

    jobs.run(work, label="Läs", on_error=faults.append)
    qtbot.waitUntil(lambda: bool(faults))
    assert str(faults[0]) == "trasig"
    assert jobs.running() == ()


def test_a_fault_nobody_waits_for_is_announced(jobs: Jobs, qtbot: QtBot) -> None:
    def work(_progress: Progress) -> None:
        raise ValueError("trasig")

    with qtbot.waitSignal(jobs.failed, timeout=3000) as caught:
        jobs.run(work, label="Läs")
    assert str(caught.args[0]) == "trasig"


def test_a_stopped_job_ends_without_an_answer(jobs: Jobs, qtbot: QtBot) -> None:
    started, answers = threading.Event(), []

    def work(progress: Progress) -> str:
        started.set()
        while True:
            progress.step("fil", 0, 1)
            threading.Event().wait(0.005)

    job = jobs.run(work, label="Gör", on_done=answers.append, on_error=answers.append)
    assert started.wait(60)
    job.cancel()
    qtbot.waitUntil(lambda: not jobs.running())
    assert answers == []


def test_what_must_not_be_broken_off_is_waited_for(jobs: Jobs, qtbot: QtBot) -> None:
    finished: list[bool] = []

    def work(progress: Progress) -> None:
        threading.Event().wait(0.2)
        progress.step("sist")
        finished.append(True)

    job = jobs.run(work, label="Skriv", cancel=False)
    job.cancel()
    assert jobs.shut_down(60_000)
    assert finished == [True]
    qtbot.waitUntil(lambda: not jobs.running())


def test_work_waits_at_its_steps_while_the_window_has_something_to_do(
    jobs: Jobs, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs_module, "WORK_S", -1)  # at every step
    monkeypatch.setattr(jobs_module, "MOST_WAIT_S", 30)
    order: list[str] = []

    def work(progress: Progress) -> None:
        for _ in range(3):
            progress.give_way()
            order.append("work")

    def press() -> None:
        jobs.run(work, label="Läser", quiet=True)
        time.sleep(0.2)  # gives the interpreter away, as most calls of Qt do
        order.append("window")

    QTimer.singleShot(0, press)
    qtbot.waitUntil(lambda: len(order) == 4)
    assert order == ["window", "work", "work", "work"]


def test_work_goes_on_beside_a_window_that_never_rests(
    jobs: Jobs, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs_module, "WORK_S", -1)  # at every step
    monkeypatch.setattr(jobs_module, "MOST_WAIT_S", 0.01)
    done = threading.Event()
    heard: list[bool] = []

    def work(progress: Progress) -> None:
        for _ in range(3):
            progress.step()
        done.set()

    def press() -> None:
        jobs.run(work, label="Läser")
        heard.append(done.wait(10))

    QTimer.singleShot(0, press)
    qtbot.waitUntil(lambda: bool(heard), timeout=15_000)
    assert heard == [True]


def test_closing_does_not_wait_for_work_that_waits_for_the_window(
    jobs: Jobs, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs_module, "WORK_S", -1)  # at every step
    monkeypatch.setattr(jobs_module, "MOST_WAIT_S", 30)
    ended: list[bool] = []

    def work(progress: Progress) -> None:
        progress.give_way()

    def close() -> None:
        jobs.run(work, label="Sparar", cancel=False)
        ended.append(jobs.shut_down(10_000))

    QTimer.singleShot(0, close)
    qtbot.waitUntil(lambda: bool(ended), timeout=15_000)
    assert ended == [True]
