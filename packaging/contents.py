"""What a package holds: the libraries with their licences, a bill of materials, and the list of its files.

Standard library only. The libraries are those that the program itself needs (pyproject.toml), found among what is
installed beside the Python that runs this, with the markers of the system that the package is for.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

_LICENCE_FILE = re.compile(r"(licen[cs]e|copying|notice|authors)", re.IGNORECASE)
_NAME = re.compile(r"^\s*([A-Za-z0-9][A-Za-z0-9._-]*)")
QT_DUTIES = """\
Finsam Desktop använder Qt och Qt for Python (PySide6, Shiboken6) under GNU Lesser General Public License, version 3.

- Licensen finns i den här mappen, i LGPL-3.0.txt och GPL-3.0.txt.
- Biblioteken är oförändrade och ligger som egna filer i programmets mapp. Du får byta dem mot egna byggen av samma
  version: ersätt filerna i mappen PySide6 och shiboken6.
- Källkoden till biblioteken finns hos The Qt Company, https://download.qt.io/official_releases/
- Du får ta isär programmet för att rätta fel i ändringar som du själv gör av biblioteken.
"""


@dataclass(frozen=True)
class Library:
    """A library in the package: its name, version, licence as it states it, and its licence texts by file name."""

    name: str
    version: str
    licence: str
    texts: tuple[tuple[str, str], ...]

    @property
    def purl(self) -> str:
        """The package URL of the library."""
        return f"pkg:pypi/{_normal(self.name)}@{self.version}"


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _applies(requirement: str, system: str) -> bool:
    """Whether a requirement holds for ``system`` ("linux" or "win32"); extras never do."""
    from packaging.markers import Marker, default_environment

    _, _, marker = requirement.partition(";")
    if not marker.strip():
        return True
    environment: dict[str, str] = {**default_environment(), "extra": ""}
    if system == "win32":
        environment |= {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"}
    return Marker(marker.strip()).evaluate(environment)


def runtime_names(requirements: Iterable[str], system: str) -> tuple[str, ...]:
    """The normalised names of everything that ``requirements`` need, themselves included, in order of name."""
    found: set[str] = set()
    waiting = [requirement for requirement in requirements if _applies(requirement, system)]
    while waiting:
        match = _NAME.match(waiting.pop())
        name = _normal(match[1]) if match is not None else ""
        if not name or name in found:
            continue
        found.add(name)
        try:
            needs = metadata.requires(name) or []
        except metadata.PackageNotFoundError:
            continue  # needed on the other system only; its wheel is fetched all the same
        waiting += [need for need in needs if _applies(need, system)]
    return tuple(sorted(found))


def libraries(requirements: Iterable[str], system: str) -> tuple[Library, ...]:
    """The libraries behind ``requirements`` with their licences, as they are installed here."""
    return tuple(_library(name) for name in runtime_names(requirements, system) if _is_installed(name))


def _is_installed(name: str) -> bool:
    try:
        metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return False
    return True


def _library(name: str) -> Library:
    found = metadata.distribution(name)
    texts = []
    for file in found.files or ():
        if ".dist-info" in str(file) and _LICENCE_FILE.search(file.name):
            path = Path(str(file.locate()))
            if path.is_file():
                texts.append((file.name, path.read_text("utf-8", "replace")))
    stated = found.metadata.get("License-Expression") or found.metadata.get("License") or ""
    if not stated or len(stated) > 80:
        classes = [c for c in found.metadata.get_all("Classifier") or [] if c.startswith("License ::")]
        stated = classes[0].rsplit("::", 1)[-1].strip() if classes else "se licenstexten"
    return Library(found.metadata["Name"], found.version, stated, tuple(texts))


def write_licences(folder: Path, found: Iterable[Library], own: Path) -> None:
    """Every library's licence in ``folder``, an overview, the program's own licence and what the LGPL asks for."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = []
    for library in found:
        rows.append(f"{library.name} {library.version}: {library.licence}")
        for number, (name, text) in enumerate(library.texts):
            ending = f" {number + 1}" if number else ""
            target = folder / f"{library.name}{ending} {Path(name).stem}.txt"
            target.write_text(text, encoding="utf-8", newline="\n")
    (folder / "Finsam Desktop LICENSE.txt").write_bytes(own.read_bytes())
    (folder / "Qt.txt").write_text(QT_DUTIES, encoding="utf-8", newline="\n")
    (folder / "Innehåll.txt").write_text("\n".join(rows) + "\n", encoding="utf-8", newline="\n")


def bill_of_materials(version: str, found: Iterable[Library], parts: Iterable[tuple[str, str]] = ()) -> str:
    """A CycloneDX 1.5 bill of materials as JSON, the same for the same contents.

    ``parts`` are name and version of what is no Python library, such as Python itself.
    """
    components: list[dict[str, object]] = [
        {"type": "application", "name": name, "version": number} for name, number in parts
    ]
    for library in found:
        components.append({
            "type": "library", "name": library.name, "version": library.version, "purl": library.purl,
            "bom-ref": library.purl, "licenses": [{"license": {"name": library.licence}}],
        })  # fmt: skip
    bill = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "Finsam Desktop", "version": version}},
        "components": components,
    }
    return json.dumps(bill, ensure_ascii=False, indent=2) + "\n"


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())


def file_list(folder: Path) -> str:
    """SHA-256, size and path of every file in the folder, sorted: two builds of the same tree can be compared."""
    lines = []
    for path in _files(folder):
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        lines.append(f"{digest} {path.stat().st_size:>10} {path.relative_to(folder).as_posix()}")
    return "\n".join(lines) + "\n"


def size(folder: Path) -> int:
    """Bytes of all files in the folder."""
    return sum(path.stat().st_size for path in _files(folder))
