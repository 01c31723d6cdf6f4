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
COMMON_LICENCES = Path("/usr/share/common-licenses")
"""Debian's own copies of the licences that many programs have."""
LGPL = ("LGPL-3", "GPL-3", "LGPL-2.1")
"""Those that Qt, Hunspell and the dictionary are under."""
_STATED_ONLY = {"rdocx": "Apache-2.0"}
"""Libraries whose wheels hold no licence text, and the one that is laid beside them. Qt's are told in Qt.txt."""
_OURS = (
    ("fonts/OFL-Carlito.txt", "Carlito", "teckensnitt", "OFL-1.1"),
    ("fonts/OFL-Inter.txt", "Inter", "teckensnitt", "OFL-1.1"),
    ("icons/LICENSE-lucide.txt", "Lucide", "ikoner", "ISC"),
    ("spelling/LGPL-3.txt", "Svensk ordlista (sv_SE)", "stavning", "LGPL-3.0"),
)
"""What lies in resources/ by others: its licence there, name, what it is, the licence's short name."""
_NAME = re.compile(r"^\s*([A-Za-z0-9][A-Za-z0-9._-]*)")
QT_DUTIES = """\
Finsam Desktop använder Qt och Qt for Python (PySide6, Shiboken6) under GNU Lesser General Public License, version 3.

- Licensen finns i den här mappen, i LGPL-3.0.txt och GPL-3.0.txt.
- Biblioteken är oförändrade och ligger som egna filer i programmets mapp. Du får byta dem mot egna byggen av samma
  version: ersätt filerna i mappen PySide6 och shiboken6.
- Källkoden till biblioteken finns hos The Qt Company, https://download.qt.io/official_releases/
- Du får ta isär programmet för att rätta fel i ändringar som du själv gör av biblioteken.
"""
HUNSPELL_DUTIES = """\
Finsam Desktop använder Hunspell 1.7 och en svensk ordlista för stavningen.

- Hunspell finns under GNU Lesser General Public License, version 2.1 eller senare (LGPL-2.1.0.txt), eller GPL 2.0 eller
  Mozilla Public License 1.1. Biblioteket är oförändrat och ligger i mappen hunspell: libhunspell-1.7.so.0 i Linux,
  hunspell…pyd i Windows. Du får byta det mot ett eget bygge. Källkod: https://github.com/hunspell/hunspell
  och, för det som binder det till programmet, https://pypi.org/project/chunspell/
- Ordlistan sv_SE finns under GNU Lesser General Public License, version 3 (LGPL-3.0.txt). Den ligger som textfiler
  i mappen resources/spelling och får ändras eller bytas ut.
- Du får ta isär programmet för att rätta fel i ändringar som du själv gör av biblioteket.
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
        if ".dist-info" in str(file) and _LICENCE_FILE.search(str(file).partition(".dist-info")[2]):
            path = Path(str(file.locate()))
            if path.is_file():
                texts.append((_text_name(str(file)), path.read_text("utf-8", "replace")))
    stated = found.metadata.get("License-Expression") or found.metadata.get("License") or ""
    if not stated or len(stated) > 80:
        classes = [c for c in found.metadata.get_all("Classifier") or [] if c.startswith("License ::")]
        stated = classes[0].rsplit("::", 1)[-1].strip() if classes else "se licenstexten"
    return Library(found.metadata["Name"], found.version, stated, tuple(texts))


def _text_name(file: str) -> str:
    """What a licence's file is called beside others of the library: with its folders, as pypdfium2 has dozens."""
    inside = file.partition(".dist-info/")[2].removeprefix("licenses/").removeprefix("LICENSES/")
    return inside.replace("/", " ")


def write_licences(folder: Path, found: Iterable[Library], own: Path) -> None:
    """Every library's licence in ``folder``, an overview, the program's own licence and what the LGPL asks for."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = []
    for library in found:
        rows.append(f"{library.name} {library.version}: {library.licence}")
        texts = library.texts
        if _normal(library.name) in _STATED_ONLY:
            stated = _STATED_ONLY[_normal(library.name)]
            texts = (*texts, (stated + ".txt", (COMMON_LICENCES / stated).read_text("utf-8")))
        for number, (name, text) in enumerate(texts):
            ending = f" {number + 1}" if number else ""
            target = folder / f"{library.name}{ending} {Path(name).stem}.txt"
            target.write_text(text, encoding="utf-8", newline="\n")
    for path, name, what, licence in _OURS:
        rows.append(f"{name} ({what}): {licence}")
        target = folder / f"{name} {licence}.txt"
        target.write_bytes((own.parent / "resources" / path).read_bytes())
    for name in LGPL:
        (folder / f"{name}.0.txt").write_bytes((COMMON_LICENCES / name).read_bytes())
    (folder / "Hunspell.txt").write_text(HUNSPELL_DUTIES, encoding="utf-8", newline="\n")
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
    for _path, name, what, licence in _OURS:
        components.append({
            "type": "data", "name": name, "description": what, "licenses": [{"license": {"name": licence}}],
        })  # fmt: skip
    components.append({
        "type": "library", "name": "Hunspell", "version": "1.7",
        "licenses": [{"license": {"name": "LGPL-2.1-or-later OR GPL-2.0-or-later OR MPL-1.1"}}],
    })  # fmt: skip
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
