"""One call for all files, watched: a file that hangs or stops it takes nothing with it, and no process is left."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from finsam_desktop.pdf import libreoffice
from finsam_desktop.pdf.batch import Limits
from finsam_desktop.pdf.libreoffice import PROBLEMS, Made, find_libreoffice, make_pdfs
from finsam_desktop.pdf.process_tree import ProcessTree
from finsam_desktop.pdf.profile import borrowed
from tests.unit.pdf.stand_ins import StandIn, is_running

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script")
QUICK = Limits(start=4.0, file=1.5, megabyte=0)


@pytest.fixture
def stand_in(tmp_path: Path) -> StandIn:
    return StandIn(tmp_path)


def convert(stand_in: StandIn, *texts: str, **options: object) -> tuple[Made, ...]:
    folder = stand_in.program.parent
    sources = []
    for number, text in enumerate(texts):
        sources.append(folder / f"{number}.docx")
        sources[-1].write_text(text)
    (folder / "out").mkdir()
    given = {"program": stand_in.program, "profiles": folder / "profiles", "limits": QUICK, **options}
    return make_pdfs(sources, folder / "out", **given)  # type: ignore[arg-type]


def test_all_files_are_made_in_one_call_and_in_order(stand_in: StandIn) -> None:
    made = convert(stand_in, "ett", "två", "tre")
    assert [one.pdf.split()[1].decode() for one in made] == ["ett", "två", "tre"]
    assert stand_in.calls == [["0.docx", "1.docx", "2.docx"]]


def test_a_file_that_stops_the_program_takes_no_other_with_it(stand_in: StandIn) -> None:
    made = convert(stand_in, "ett", "crash", "tre", "crash", "fem")
    assert [bool(one.pdf) for one in made] == [True, False, True, False, True]
    assert {made[1].problem, made[3].problem} == {PROBLEMS["stopped"]}
    assert stand_in.calls[1:] == [["2.docx", "3.docx", "4.docx"], ["4.docx"]]


def test_a_file_that_hangs_is_ended_with_all_it_started_and_the_rest_is_made(stand_in: StandIn) -> None:
    made = convert(stand_in, "ett", "hang", "tre")
    assert [bool(one.pdf) for one in made] == [True, False, True]
    assert made[1] == Made(problem=PROBLEMS["slow"], lasting=False)
    assert stand_in.left_running() == []


def test_a_file_that_is_refused_or_half_made_is_told_without_another_call(stand_in: StandIn) -> None:
    made = convert(stand_in, "refuse", "två", "half")
    assert [one.problem for one in made] == [PROBLEMS[""], "", PROBLEMS[""]]
    assert len(stand_in.calls) == 1


def test_a_program_that_is_not_there_is_told(stand_in: StandIn, tmp_path: Path) -> None:
    stand_in.program.unlink()
    (made,) = convert(stand_in, "ett")
    assert made.problem
    assert not made.pdf


def test_who_stops_the_work_ends_all_that_was_started(stand_in: StandIn) -> None:
    class Enough(Exception):
        pass

    def step(_done: int) -> None:
        if stand_in.has_started(0.0):
            raise Enough

    with pytest.raises(Enough):
        convert(stand_in, "hang", step=step, limits=Limits(start=30, file=30))
    assert stand_in.left_running() == []


def test_the_program_ends_when_we_are_killed(stand_in: StandIn, tmp_path: Path) -> None:
    (tmp_path / "0.docx").write_text("hang")
    (tmp_path / "out").mkdir()
    work = (
        "from pathlib import Path; from finsam_desktop.pdf.libreoffice import make_pdfs; p = Path(r'%s');"
        "make_pdfs([p / '0.docx'], p / 'out', program=p / 'soffice', profiles=p / 'profiles')"
    )
    us = subprocess.Popen([sys.executable, "-c", work % tmp_path])
    assert stand_in.has_started()
    us.send_signal(signal.SIGKILL)
    us.wait()
    assert stand_in.left_running() == []


def test_a_tree_that_has_ended_by_itself_leaves_no_child_behind() -> None:
    tree = ProcessTree(["sh", "-c", "sleep 300 & echo $!; exit 3"])
    assert tree.finished(10) == 3
    child = int(tree.words())
    tree.end()
    tree.end()
    end = time.monotonic() + 10  # being killed takes the system a moment
    while is_running(child) and time.monotonic() < end:
        time.sleep(0.02)
    assert not is_running(child)


def test_two_at_once_never_share_a_profile(tmp_path: Path) -> None:
    seen = []
    with borrowed(tmp_path) as first:
        thread = threading.Thread(target=lambda: seen.append(_borrow(tmp_path)))
        thread.start()
        thread.join()
        settings = (first / "user" / "registrymodifications.xcu").read_text(encoding="utf-8")
    assert seen == [tmp_path / "2"]
    assert first == tmp_path / "1"
    assert _borrow(tmp_path) == first
    assert 'name="DisableMacrosExecution" oor:op="fuse"><value>true' in settings


def _borrow(folder: Path) -> Path:
    with borrowed(folder) as profile:
        return profile


def test_libreoffice_can_be_hidden(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(libreoffice.shutil, "which", lambda name: str(tmp_path / name))
    monkeypatch.delenv("FINSAM_WITHOUT")
    assert find_libreoffice() == tmp_path / "soffice"
    monkeypatch.setenv("FINSAM_WITHOUT", "libreoffice")
    assert find_libreoffice() is None
