"""Most small faults in what decides and counts are noticed by the tests: a few each time, all with ``--all``."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.mutants.faults import faults, with_fault
from tests.mutants.targets import EQUIVALENT, TARGETS

ROOT = Path(__file__).resolve().parents[2]
WANTED = 80
"""Percent of the faults that must be noticed."""

needs_fork = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="each fault is tried in a branch of the process"
)


def tried(module: str, *more: str) -> dict[str, Any]:
    run = subprocess.run(
        [sys.executable, "-m", "tests.mutants", module, "--json", *more],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    found: dict[str, Any] = json.loads(run.stdout)
    return found


@needs_fork
def test_a_few_faults_in_voting_are_noticed() -> None:
    found = tried("voting", "--sample", "4", "--seed", "3")
    assert found["tried"] == 4
    assert found["noticed"] >= 3, found["unnoticed"]


@needs_fork
@pytest.mark.long
@pytest.mark.parametrize("module", sorted(TARGETS))
def test_at_least_four_faults_of_five_are_noticed(module: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = tried(module)
    share = 100 * found["noticed"] / found["tried"]
    with capsys.disabled():
        print(f"\n{module}: {found['noticed']} of {found['tried']} faults noticed ({share:.1f} %)")
    assert share >= WANTED, "\n".join(found["unnoticed"])


SOURCE = '''"""A module."""
LIMIT: int = 3
def f(a: int = 0, *, b: bool = True) -> list[int] | None:
    """What it does, 7 times."""
    if a < LIMIT and not b:
        return None
    while a != 9:
        break
    return sorted(x + 1 for x in (a,) if x in (1,))
'''


def test_each_kind_of_fault_is_made_once_for_each_place_and_nothing_else_is_changed() -> None:
    found = faults(SOURCE)
    assert [(fault.line, fault.what) for fault in found] == [
        (2, "one more"),
        (3, "true and false turned"),
        (3, "one more"),
        (5, "the condition turned"),
        (5, "And made Or"),
        (5, "Lt made LtE"),
        (5, "not or minus left out"),
        (7, "the condition turned"),
        (7, "NotEq made Eq"),
        (7, "one more"),
        (8, "Break made Continue"),
        (9, "returns None"),
        (9, "sorted left out"),
        (9, "Add made Sub"),
        (9, "one more"),
        (9, "the filter turned"),
        (9, "In made NotIn"),
        (9, "one more"),
    ]
    sound = ast.unparse(ast.parse(SOURCE))
    wrong = [with_fault(SOURCE, fault) for fault in found]
    assert len({*wrong, sound}) == len(found) + 1
    assert all("What it does, 7 times." in source for source in wrong)


def test_what_cannot_be_noticed_is_still_in_the_code_and_has_a_reason() -> None:
    made = {
        f"{module}: {fault.key}"
        for module in TARGETS
        for fault in faults((ROOT / "finsam_desktop" / "domain" / f"{module}.py").read_text(encoding="utf-8"))
    }
    assert set(EQUIVALENT) <= made
    assert all(reason.endswith(".") for reason in EQUIVALENT.values())
