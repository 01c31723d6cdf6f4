"""Run every `bench_*.py` of this folder, print what they measured, and exit 1 when a goal is missed.

    python -m tests.bench            all
    python -m tests.bench start      bench_start.py only

A module offers `measures() -> list[Measure]`; a value is the median of at least five turns.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.bench.measure import Measure


def main(names: Sequence[str]) -> int:
    modules = [path.stem for path in sorted(Path(__file__).parent.glob("bench_*.py"))]
    unknown = {f"bench_{name}" for name in names}.difference(modules)
    if unknown:
        print(f"Finns inte: {', '.join(sorted(unknown))}. Välj bland: {', '.join(modules)}", file=sys.stderr)
        return 2
    taken: list[Measure] = []
    for module in modules:
        if not names or module.removeprefix("bench_") in names:
            print(f"Mäter {module} …", file=sys.stderr, flush=True)
            taken += importlib.import_module(f"tests.bench.{module}").measures()
    print(table(taken))
    return 0 if all(measure.met for measure in taken) else 1


def table(taken: Sequence[Measure]) -> str:
    """The measures in columns: name, value, unit, goal and whether it was met."""
    width = max((len(measure.name) for measure in taken), default=0)
    unit = max((len(measure.unit) for measure in taken), default=0)
    lines = [f"{'':{width}}  {'värde':>10} {'':{unit}}  {'mål':>9}"]
    for measure in taken:
        goal = "" if measure.goal is None else f"≤ {measure.goal:g}"
        verdict = "" if measure.goal is None else ("nått" if measure.met else "MISSAT")
        value = f"{measure.value:.3f}"
        lines.append(
            f"{measure.name:{width}}  {value:>10} {measure.unit:{unit}}  {goal:>9}  {verdict}".rstrip()
        )
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
