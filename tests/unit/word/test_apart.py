"""Templates from outside, in a process that is stopped: never over 2 s or 300 MB, with the program's own limits."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from finsam_desktop.word import (
    Limits,
    Markdown,
    Picture,
    Problem,
    TemplateError,
    UnsafeTemplate,
    WordTemplate,
    check_in_child,
    check_template,
    comment_in_child,
    commented_copy,
    fields_in_child,
    render_in_child,
    try_in_child,
)
from finsam_desktop.word import apart as apart_module
from finsam_desktop.word.check import try_out
from finsam_desktop.word.limits import MEGABYTES, SECONDS, excess, limits_for
from finsam_desktop.word.process_use import Use, use_of
from tests.bench import bench_word
from tests.unit.word.building import docx
from tests.unit.word.hostile import CONTAINERS, NEED_A_CHILD, TEMPLATES

ROOT = Path(__file__).resolve().parents[3]
MOST_SECONDS, MOST_MEGABYTES = 2.0, 300
BESIDES = ("fil larger than any template", "fil dense xml")
NAMES = (*BESIDES, *(f"fil {name}" for name in CONTAINERS), *(f"mall {name}" for name in TEMPLATES))
_OTHERS = tuple(name for name in NAMES if name not in BESIDES and name[5:] not in NEED_A_CHILD)
FEW = (*BESIDES, *(f"mall {name}" for name in NEED_A_CHILD), *_OTHERS[::6])
HARD_TO_CHECK = (*BESIDES, "mall very many tags", "mall very many expressions")
_MEASURED = """
import json, resource, sys
from pathlib import Path
from finsam_desktop.word import TemplateError, check_in_child, render_in_child
from tests.unit.word.hostile_context import context
names, folder = json.loads(sys.argv[2]), Path(sys.argv[1])
def used():
    # Processor time of this process and its children: a machine that is busy with other things does not add to it.
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
found = {}
for name in names:
    path, taken = folder / f"{name}.docx", []
    for turn in range(3):
        begin = used()
        try:
            render_in_child(path, context())
        except TemplateError as error:
            told = error.message
        else:
            told = ""
        taken.append(used() - begin)
        if taken[-1] <= 2.0:
            break
    found[name] = (min(taken), told)
checks = {}
for name in json.loads(sys.argv[3]):
    begin = used()
    check_in_child(folder / f"{name}.docx", {"namn"})
    checks[name] = used() - begin
own = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(json.dumps({"found": found, "checks": checks, "own": own / 1024, "children": children / 1024}))
"""


def measured(folder: Path, names: tuple[str, ...], checked: tuple[str, ...]) -> dict[str, Any]:
    """What a fresh process that renders and checks the files sees: seconds, messages and the peaks of memory."""
    subprocess.run([sys.executable, "-m", "tests.unit.word.hostile", str(folder)], cwd=ROOT, check=True)
    done = subprocess.run(
        [sys.executable, "-c", _MEASURED, str(folder), json.dumps(names), json.dumps(checked)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


@pytest.mark.skipif(sys.platform != "linux", reason="mäts på Linux")
def test_nothing_hostile_takes_long_or_much(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """The program's own limits, start of the child included, as the system has measured them."""
    thorough = request.config.getoption("--all", default=False)
    names = NAMES if thorough else FEW
    assert len(names) >= 25
    answer = measured(tmp_path, names, NAMES if thorough else HARD_TO_CHECK)
    found = answer["found"]
    assert [name for name, (_, told) in found.items() if not told or "Traceback" in told] == []
    assert {name: seconds for name, (seconds, _) in found.items() if seconds > MOST_SECONDS} == {}
    assert {name: seconds for name, seconds in answer["checks"].items() if seconds > MOST_SECONDS} == {}
    assert answer["children"] <= MOST_MEGABYTES
    assert answer["own"] <= MOST_MEGABYTES


def test_a_long_document_gets_the_time_and_memory_it_needs() -> None:
    template, context = bench_word.template(), bench_word.context(5000)
    assert len(render_in_child(template, context).docx) > 200_000


def test_limits_grow_with_what_is_printed_and_not_with_the_template(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[Limits] = []

    def kept(text: int, pictures: int = 0) -> Limits:
        given.append(limits_for(text, pictures))
        return given[-1]

    monkeypatch.setattr(apart_module, "limits_for", kept)
    picture = Picture(b"\x89PNG" + bytes(3_000_000))
    for template, context in (
        (docx("{{ x }}"), {"x": "a"}),
        (docx("{{ x }}" * 300), {"x": "a"}),
        (docx("{{ x }}"), {"x": "a" * 1_000_000}),
        (docx("{{ x }}"), {"x": "a", "y": picture}),
    ):
        render_in_child(template, context)
    small, long_template, long_text, with_picture = given
    assert small.seconds == pytest.approx(SECONDS, abs=0.01)
    assert small == long_template
    assert long_text.seconds == pytest.approx(SECONDS + 2, abs=0.1)
    assert long_text.megabytes >= MEGABYTES + 40
    assert with_picture.seconds == pytest.approx(SECONDS, abs=0.01)
    assert with_picture.megabytes >= MEGABYTES + 18


def use(megabytes: int, seconds: float) -> Use:
    """What a child has used."""
    return Use(megabytes * 1_000_000, seconds)


@pytest.mark.parametrize(
    ("starting", "running", "used", "over"),
    [
        (0.5, None, use(30, 0.3), ""),
        (19.0, None, use(30, 0.3), ""),
        (21.0, None, use(30, 0.3), "start"),
        (21.0, None, None, "start"),
        (1.3, 1.0, use(60, 1.0), ""),
        (1.8, 1.5, use(60, 1.5), "time"),
        (2.1, 1.8, use(60, 1.5), "time"),
        (1.6, 1.3, use(60, 1.3), ""),  # a little more, so that a slow computer fails no sound template
        (1.6, 1.3, use(60, 0.7), ""),  # the machine was busy with other things
        (6.5, 6.1, use(60, 0.4), "time"),
        (1.6, 1.3, None, "time"),
        (9.0, 0.1, use(60, 0.1), ""),  # a slow start is no fault of the template
        (0.4, 0.1, use(221, 0.1), "memory"),
        (0.4, None, use(221, 0.1), "memory"),
    ],
)
def test_when_a_child_is_stopped(starting: float, running: float | None, used: Use | None, over: str) -> None:
    limits = Limits(seconds=1.2, megabytes=220)
    assert excess(limits, starting=starting, running=running, use=used) == over


def test_memory_is_watched_from_outside_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where the system sets no limit of its own: the child is stopped by what the parent reads."""
    monkeypatch.setattr(apart_module, "use_of", lambda process: use(500, 0.1))
    with pytest.raises(TemplateError, match="för mycket minne"):
        render_in_child(docx("{{ x }}"), {"x": 1})


def test_time_is_kept_where_the_system_tells_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart_module, "use_of", lambda process: None)
    assert render_in_child(docx("{{ x }}"), {"x": 1}).docx
    with pytest.raises(TemplateError, match="tog mer än 0,4 sekunder"):
        render_in_child(
            docx(TEMPLATES["loops over data"]), {"many": list(range(3000))}, limits=Limits(seconds=0.4)
        )


@pytest.mark.skipif(sys.platform != "linux", reason="läser /proc")
def test_the_use_of_a_process_is_the_systems_figure() -> None:
    here = use_of(os.getpid())
    assert here is not None
    with open("/proc/self/status", encoding="ascii") as status:
        resident = next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))
    assert here.resident == pytest.approx(resident * 1024, rel=0.1)
    assert here.seconds == pytest.approx(sum(os.times()[:2]), abs=0.1)
    assert use_of(2**22 + 1) is None


@pytest.mark.skipif(sys.platform == "win32", reason="mäts på Linux och macOS")
def test_the_limits_leave_this_process_alone() -> None:
    import resource

    before = resource.getrlimit(resource.RLIMIT_AS)
    render_in_child(docx("{{ x }}"), {"x": 1})
    assert resource.getrlimit(resource.RLIMIT_AS) == before


def test_a_good_template_renders_in_a_child_as_it_does_here() -> None:
    template = docx("{{ namn }}", "{%p for x in xs %}", "{{ x }}", "{%p endfor %}", "{{p md }}")
    context = {"namn": "Åsa", "xs": [1, 2], "md": Markdown("**a**\n\n1. b")}
    assert render_in_child(template, context) == WordTemplate(template).render_with_warnings(context)


def test_fields_problems_and_comments_are_the_same_in_a_child() -> None:
    template = docx("{{ namn }}", "{{ datm }}", "{%p for x in xs %}", "{{ x }}", "{%p endfor %}")
    assert fields_in_child(template) == WordTemplate(template).fields()
    problems = check_template(template, {"namn", "xs", "datum"}, {"plats": "Var?"})
    assert check_in_child(template, {"namn", "xs", "datum"}, {"plats": "Var?"}) == problems
    assert len(problems) == 2
    examples = {"inget": {"namn": 1, "xs": [], "datm": 1}, "exempel": {"namn": 1, "xs": []}}
    assert try_in_child(template, examples) == try_out(template, examples)
    assert try_in_child(template, examples)[0].message.startswith("Med exempel går mallen inte att fylla i.")
    assert comment_in_child(template, problems) == commented_copy(template, problems)


def test_a_fault_in_a_child_has_its_place() -> None:
    with pytest.raises(TemplateError) as caught:
        render_in_child(docx("rad", "{{ nam }}"), {"namn": 1})
    assert (caught.value.message, caught.value.paragraph) == ("Fältet nam finns inte. Menade du namn?", 2)


def test_a_refused_file_is_refused_in_a_child_too() -> None:
    for call in (
        partial(render_in_child, context={}),
        fields_in_child,
        partial(comment_in_child, problems=()),
    ):
        with pytest.raises(UnsafeTemplate, match="inte en Word-fil"):
            call(b"plain text")  # type: ignore[operator]
    (problem,) = check_in_child(b"plain text")
    assert (problem.severity, problem.code) == ("error", "file")


def test_a_check_that_takes_too_long_is_a_problem() -> None:
    (problem,) = check_in_child(docx(TEMPLATES["very many tags"]), limits=Limits(seconds=0.2))
    assert isinstance(problem, Problem)
    assert problem.severity == "error"
    assert problem.message == "Mallen tog mer än 0,2 sekunder och stoppades."


def test_a_child_that_dies_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart_module, "_program", lambda: [sys.executable, "-m", "no.such.module"])
    with pytest.raises(TemplateError) as caught:
        render_in_child(docx("{{ x }}"), {"x": 1})
    assert "gick inte att läsa" in caught.value.message
    assert "No module named" in caught.value.detail


def test_a_file_too_large_to_be_a_template_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "stor.docx"
    with path.open("wb") as file:
        file.truncate(51 * 1024 * 1024)
    with pytest.raises(UnsafeTemplate, match=r"stor\.docx är orimligt stor"):
        WordTemplate(path)
