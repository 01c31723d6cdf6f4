"""``python -m tests.mutants MODULE [--sample N] [--json]``: how many faults in a module its tests notice.

Each fault is tried in a process of its own that is branched off from this one, where pytest is already loaded; the
module's source is changed in memory as it is imported, so that no file is touched. A test that does not end within
the time counts as having noticed. Needs ``os.fork``, so not on Windows.
"""

from __future__ import annotations

import argparse
import importlib.abc
import importlib.machinery
import importlib.util
import io
import json
import os
import random
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import hypothesis
import pytest

from tests.mutants.faults import Fault, faults, with_fault
from tests.mutants.targets import EQUIVALENT, TARGETS

TESTS = Path(__file__).resolve().parents[1]
DOMAIN = TESTS.parent / "finsam_desktop" / "domain"
SECONDS = 60
AT_ONCE = min(4, os.cpu_count() or 1)


class _Faulty(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives one module another source when it is imported."""

    def __init__(self, name: str, source: str) -> None:
        self._name, self._source = name, source

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        return importlib.util.spec_from_loader(name, self) if name == self._name else None

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self._source, f"<{self._name} with a fault>", "exec"), module.__dict__)


def run_tests(module: str, source: str) -> int:
    """The tests' exit code with this source, in this very process: 0 when nothing was noticed."""
    sys.meta_path.insert(0, _Faulty(f"finsam_desktop.domain.{module}", source))
    hypothesis.settings.register_profile(
        "mutants", max_examples=60, deadline=None, database=None, derandomize=True
    )
    hypothesis.settings.load_profile("mutants")
    files = [str(TESTS / file) for file in TARGETS[module]]
    options = ["-x", "-q", "-m", "not long", "-p", "no:cacheprovider", "--noconftest", "--assert=plain"]
    options += ["-o", "filterwarnings=ignore"]
    return int(pytest.main([*options, *files]))


def branch(module: str, source: str) -> int:
    """Begin the tests in a branch of this process, silently; its process id."""
    process = os.fork()
    if process:
        return process
    signal.alarm(SECONDS)
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    sys.stdout = sys.stderr = io.StringIO()
    code = 1
    try:
        code = run_tests(module, source)
    finally:
        os._exit(code)


def unnoticed(module: str, source: str, tried: Sequence[Fault]) -> list[Fault]:
    """The faults in the module's source that no test notices."""
    running: dict[int, Fault] = {}
    alive: list[Fault] = []
    waiting = list(tried)
    while waiting or running:
        while waiting and len(running) < AT_ONCE:
            fault = waiting.pop(0)
            running[branch(module, with_fault(source, fault))] = fault
        process, status = os.wait()
        fault = running.pop(process)
        if os.waitstatus_to_exitcode(status) == 0:
            alive.append(fault)
    return sorted(alive, key=lambda fault: fault.line)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("module", choices=sorted(TARGETS))
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    # The tests' own packages must be loaded in each branch; what they all need is loaded once, here.
    sys.dont_write_bytecode = True
    source = (DOMAIN / f"{options.module}.py").read_text(encoding="utf-8")
    every = [f for f in faults(source) if f"{options.module}: {f.key}" not in EQUIVALENT]
    tried = every
    if options.sample:
        tried = random.Random(options.seed).sample(every, min(options.sample, len(every)))
    whole = branch(options.module, source)
    sound = os.waitstatus_to_exitcode(os.waitpid(whole, 0)[1])
    if sound:
        sys.exit(f"{options.module}: the tests fail without any fault (exit code {sound})")
    alive = unnoticed(options.module, source, tried)
    told = {
        "module": options.module,
        "tried": len(tried),
        "noticed": len(tried) - len(alive),
        "unnoticed": [f"{fault.line}: {fault.key}" for fault in alive],
    }
    if options.json:
        print(json.dumps(told, ensure_ascii=False))
    else:
        share = 100 * (len(tried) - len(alive)) / max(1, len(tried))
        print(f"{options.module}: {told['noticed']} of {told['tried']} faults noticed ({share:.1f} %)")
        print("\n".join(f"  {line}" for line in told["unnoticed"]))  # type: ignore[attr-defined]


if __name__ == "__main__":
    main()
