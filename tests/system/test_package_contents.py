"""What a package says of what it holds: a licence for everything, and a bill of materials that names it."""

from __future__ import annotations

import importlib.util
import json
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(
    not Path("/usr/share/common-licenses").is_dir(),
    reason="packages are made on Debian, which has the licences",
)


@pytest.fixture(scope="module")
def contents() -> ModuleType:
    spec = importlib.util.spec_from_file_location("package_contents", ROOT / "packaging" / "contents.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def needs() -> list[str]:
    return list(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"])


def test_every_library_has_its_licence(contents: ModuleType, needs: list[str], tmp_path: Path) -> None:
    found = contents.libraries(needs, "linux")
    assert {"pikepdf", "chunspell", "cryptography", "rdocx", "pypdfium2"} <= {one.name for one in found}
    contents.write_licences(tmp_path, found, ROOT / "LICENSE")
    texts = {path.name for path in tmp_path.iterdir()}
    told_of = {"PySide6_Essentials", "shiboken6"}  # in Qt.txt
    without = [one.name for one in found if not any(name.startswith(f"{one.name} ") for name in texts)]
    assert set(without) <= told_of
    assert {"Qt.txt", "Hunspell.txt", "LGPL-3.0.txt", "LGPL-2.1.0.txt", "GPL-3.0.txt"} <= texts
    assert any("pdfium.txt" in name for name in texts)
    assert {"Carlito OFL-1.1.txt", "Inter OFL-1.1.txt", "Lucide ISC.txt"} <= texts
    listed = (tmp_path / "Innehåll.txt").read_text("utf-8")
    assert "Svensk ordlista (sv_SE) (stavning): LGPL-3.0" in listed


def test_the_bill_names_what_is_no_library_too(contents: ModuleType, needs: list[str]) -> None:
    bill = json.loads(
        contents.bill_of_materials("1", contents.libraries(needs, "win32"), [("CPython", "3.12.10")])
    )
    names = [component["name"] for component in bill["components"]]
    assert {"CPython", "Hunspell", "Svensk ordlista (sv_SE)", "cryptography", "chunspell", "pyHanko"} <= set(
        names
    )
    assert len(names) == len(set(names))
    assert all(
        component.get("licenses") for component in bill["components"] if component["type"] != "application"
    )
