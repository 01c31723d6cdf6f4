"""Two threads that load from the same package at once, each in a program of its own."""

from __future__ import annotations

import ast
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import finsam_desktop

LATER = "import time; time.sleep(0.1)"
TWO_THREADS = """
import sys, threading
from finsam_desktop import import_order

if sys.argv[2] == "packages first":
    import_order.packages_first()
sys.path.insert(0, sys.argv[1])
failed = []

def load(lines):
    try:
        package = "inköp.inne" if lines.startswith("from ..") else "inköp"
        exec(lines, {"__package__": package, "__name__": "inköp.x"} if lines.startswith("from .") else {})
    except (ImportError, RuntimeError) as error:  # Python's own _DeadlockError is a RuntimeError
        failed.append(error)

threads = [threading.Thread(target=load, args=(lines,)) for lines in sys.argv[3:]]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join(30)
print(len(failed))
"""


def _failures(folder: Path, order: str, *lines: str) -> int:
    run = [sys.executable, "-c", TWO_THREADS, str(folder), order, *lines]
    return int(subprocess.run(run, capture_output=True, text=True, check=True, timeout=60).stdout)


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package whose first lines load, slowly, what is in it, which in turn needs something else of the package."""
    inner = tmp_path / "inköp" / "inne"
    inner.mkdir(parents=True)
    (tmp_path / "inköp" / "__init__.py").write_text(
        "import time\ntime.sleep(0.3)\nfrom inköp.vara import PRICE\n"
    )
    (tmp_path / "inköp" / "vara.py").write_text(
        "import time\ntime.sleep(0.1)\nfrom inköp import färg\nPRICE = 3\n"
    )
    (tmp_path / "inköp" / "färg.py").write_text("RED = 1\n")
    (inner / "__init__.py").write_text("import time\ntime.sleep(0.3)\nfrom inköp.inne.hylla import ROWS\n")
    (inner / "hylla.py").write_text("import time\ntime.sleep(0.1)\nfrom inköp.inne import låda\nROWS = 4\n")
    (inner / "låda.py").write_text("BOXES = 2\n")
    return tmp_path


def test_python_alone_fails_where_one_thread_loads_the_package_and_another_what_is_in_it(
    package: Path,
) -> None:
    """The day this fails, Python has mended it and the module can go."""
    # On a busy machine the second thread may begin when the first has ended.
    lines = ("import inköp", "from inköp.vara import PRICE")
    assert any(_failures(package, "as Python does", *lines) for _ in range(10))


@pytest.mark.parametrize(
    "lines",
    [
        ("import inköp", "from inköp.vara import PRICE"),
        ("from inköp.vara import PRICE", "import inköp.vara"),
        ("import inköp.inne", "from inköp.inne.hylla import ROWS", "from inköp import inne"),
        ("from .inne.hylla import ROWS", "import inköp.inne", "from .vara import PRICE"),
        ("from finsam_desktop.import_order import load; load('inköp.inne.hylla')", "import inköp.inne"),
        (
            "import inköp.inne",
            f"import inköp; {LATER}; from finsam_desktop.import_order import load; load('inköp.inne.hylla')",
        ),
        ("from ..inne.hylla import ROWS", "from ..vara import PRICE", "import inköp.inne"),
    ],
)
def test_a_package_is_loaded_before_what_is_in_it(package: Path, lines: tuple[str, ...]) -> None:
    assert _failures(package, "packages first", *lines) == 0


def test_a_module_that_is_not_there_is_told_as_before(package: Path) -> None:
    assert (
        _failures(package, "packages first", "import inköp.saknas", "import saknas.alls", "import saknas")
        == 3
    )


def test_no_modules_of_ours_wait_for_each_other() -> None:
    """Two packages that need each other when they are loaded would be the same trap, whatever the order."""
    folder = Path(finsam_desktop.__file__).parent
    paths = {_name(path, folder): path for path in folder.rglob("*.py")}
    needs = {
        name: {
            needed for line in _lines(ast.parse(path.read_text(encoding="utf-8"))) for needed in _named(line)
        }
        for name, path in paths.items()
    }
    waits = {
        name: {part for needed in found & paths.keys() for part in (*_packages(needed), needed)}
        - {name, *_packages(name)}
        for name, found in needs.items()
    }
    order = list(TopologicalSorter(waits).static_order())  # raises CycleError and names them
    assert len(order) == len(paths)
    assert "finsam_desktop.sources.recognition" in waits["finsam_desktop.sources.mapped_books"], (
        "nothing was read"
    )


def _name(path: Path, folder: Path) -> str:
    parts = path.relative_to(folder.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _packages(name: str) -> list[str]:
    parts = name.split(".")
    return [".".join(parts[:count]) for count in range(1, len(parts))]


def _lines(tree: ast.AST) -> list[ast.Import | ast.ImportFrom]:
    """Every import that is done when the module is loaded."""
    found: list[ast.Import | ast.ImportFrom] = []
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            found.append(node)
        elif isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            continue
        elif not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            found.extend(_lines(node))
    return found


def _named(line: ast.Import | ast.ImportFrom) -> list[str]:
    if isinstance(line, ast.Import):
        return [name.name for name in line.names]
    return [line.module or "", *(f"{line.module}.{name.name}" for name in line.names)]
