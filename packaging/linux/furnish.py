"""Puts icons, licences, the bill of materials and the list of files in a package's tree: furnish.py TREE VERSION.

Run with the Python of the build, where the libraries of the package are installed.
"""

from __future__ import annotations

import platform
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "packaging"))

import contents  # noqa: E402
import icons  # noqa: E402


def main(tree: Path, number: str) -> None:
    """Fill the tree."""
    for svg, kind, name in (
        ("finsam-desktop.svg", "apps", "finsam-desktop"),
        ("finsam-file.svg", "mimetypes", "application-x-finsam"),
    ):
        drawing = ROOT / "resources" / "app" / svg
        theme = tree / "usr/share/icons/hicolor"
        for side in icons.SIZES:
            target = theme / f"{side}x{side}" / kind / f"{name}.png"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(icons.png(drawing, side))
        target = theme / "scalable" / kind / f"{name}.svg"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(drawing.read_bytes())
    needs = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    found = contents.libraries(needs, "linux")
    papers = tree / "usr/share/doc/finsam-desktop"
    licences = papers / "licenser"
    contents.write_licences(licences, found, ROOT / "LICENSE")
    (papers / "copyright").write_bytes((ROOT / "LICENSE").read_bytes())
    (papers / "sbom.cdx.json").write_text(
        contents.bill_of_materials(number, found, [("CPython", platform.python_version())]), encoding="utf-8"
    )
    (papers / "filer.txt").write_text(contents.file_list(tree / "usr/lib/finsam-desktop"), encoding="utf-8")
    print(f"{len(found)} bibliotek, {contents.size(tree) / 1e6:.0f} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
