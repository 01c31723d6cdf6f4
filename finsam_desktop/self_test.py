"""`finsam-desktop --self-test`: proves that an installed copy is whole, without touching the user's own files."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

Check = tuple[str, Callable[[Path], str]]
"""What a step is called, and what does it in a folder of the test's own: a fact to print, or an exception."""

_PASSWORD = "självtestets lösenord"


def run(checks: Sequence[Check] | None = None) -> int:
    """Do every check, print a Swedish line for each; 0 when all went well, else 1."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    failures = 0
    wanted = _CHECKS if checks is None else checks
    before = os.environ.get("FINSAM_CONFIG_DIR")
    with tempfile.TemporaryDirectory(prefix="finsam-", ignore_cleanup_errors=True) as folder:
        os.environ["FINSAM_CONFIG_DIR"] = folder
        for name, check in wanted:
            try:
                fact = check(Path(folder))
            except Exception as error:  # every fault is a finding of this test
                failures += 1
                print(f"✗ {name}: {type(error).__name__}: {error}", flush=True)
            else:
                print(f"✓ {name}: {fact}", flush=True)
    if before is None:
        del os.environ["FINSAM_CONFIG_DIR"]
    else:
        os.environ["FINSAM_CONFIG_DIR"] = before
    print(
        "Programmet är helt." if not failures else f"{failures} av {len(wanted)} prov gick inte.", flush=True
    )
    return 1 if failures else 0


def _resources(_folder: Path) -> str:
    from finsam_desktop import paths

    wanted = {
        "typsnitt": (paths.resources() / "fonts", "*.otf", 4),
        "ikoner": (paths.resources() / "icons", "*.svg", 40),
        "kapitel i handboken": (paths.resources() / "handbook", "*.md", 10),
        "Word-mallar": (paths.templates() / "word", "*.docx", 14),
        "ärendemallar": (paths.templates() / "items", "*.toml", 1),
        "kontoplaner": (paths.templates() / "accounts", "*.toml", 2),
        "mejltexter": (paths.templates() / "mail", "*.txt", 1),
    }
    counts = []
    for name, (place, pattern, least) in wanted.items():
        number = len(list(place.glob(pattern)))
        if number < least:
            raise FileNotFoundError(f"{number} {name} i {place}, minst {least} behövs")
        counts.append(f"{number} {name}")
    return ", ".join(counts)


def _templates(_folder: Path) -> str:
    """Every template filled with the example."""
    from finsam_desktop.documents.kinds import Document
    from finsam_desktop.documents.rendering import built_in_template, fill
    from finsam_desktop.documents.template_examples import example_contexts

    size = 0
    for document in Document:
        template = built_in_template(document)
        fields = next(iter(example_contexts(document).values()))
        made = fill(template.read_bytes(), fields, template.name, ours=True).docx
        if not made.startswith(b"PK"):
            raise ValueError(f"{template.name} gav inget dokument")
        size += len(made)
    return f"{len(Document)} mallar ifyllda, {size // 1024} kB"


def _own_template(_folder: Path) -> str:
    """A template of the association's own, which is checked and filled in a process apart."""
    from finsam_desktop.documents.kinds import Document
    from finsam_desktop.documents.rendering import built_in_template, fill
    from finsam_desktop.documents.template_check import check
    from finsam_desktop.documents.template_examples import example_contexts

    template = built_in_template(Document.KALLELSE)
    wrong = [
        problem
        for problem in check(template.read_bytes(), Document.KALLELSE, template.name)
        if problem.severity == "error"
    ]
    if wrong:
        raise ValueError(wrong[0].message)
    fields = next(iter(example_contexts(Document.KALLELSE).values()))
    made = fill(template.read_bytes(), fields, template.name).docx
    return f"granskad och ifylld i en egen process, {len(made) // 1024} kB"


def _document(folder: Path) -> str:
    from finsam_desktop import demo

    made = demo.create(folder / "exempel")
    missing = [path.name for path in made if not path.is_file() or not path.stat().st_size]
    if missing:
        raise FileNotFoundError(", ".join(missing))
    return f"{len(made)} filer skapade"


def _reopened(folder: Path) -> str:
    """A change that is saved, closed and there again."""
    from finsam_desktop.workspace import Workspace

    path = next((folder / "exempel").glob("*.finsam"))
    place = "Självtestets rum, Storgatan 1"
    with Workspace.open(path, user="Självtest") as workspace:
        meeting = workspace.meetings[-1]
        workspace.change("Byt plats", meeting, replace(meeting, place=place))
    with Workspace.open(path, user="Självtest") as workspace:
        if workspace.meeting(meeting.id).place != place:
            raise ValueError("ändringen är borta")
        return f"{workspace.association.name}, {len(workspace.meetings)} sammanträden"


def _upgraded(folder: Path) -> str:
    """A file of the first version: made one of this version, with the old one kept beside it."""
    from finsam_desktop import paths
    from finsam_desktop.workspace import Workspace

    shipped = paths.resources() / "self-test" / "version-1.finsam"
    place = folder / "uppgradering"
    place.mkdir()
    path = place / "bygden.finsam"
    shutil.copyfile(shipped, path)
    for _ in range(2):
        with Workspace.open(path, user="Självtest") as workspace:
            items = sum(len(meeting.items) for meeting in workspace.meetings)
            if not items:
                raise ValueError("filens ärenden är borta")
            meeting = workspace.meetings[0]
            workspace.change("Byt plats", meeting, replace(meeting, place=f"{meeting.place} 2"))
    kept = [each for each in place.glob("*.finsam") if each != path]
    if not kept or kept[0].read_bytes() != shipped.read_bytes():
        raise ValueError("den gamla filen är inte kvar")
    return f"version 1 öppnad och uppgraderad, {items} ärenden"


def _pages(folder: Path) -> str:
    """A document as pages: by the bundled renderer, by LibreOffice where it is, and drawn as in the preview."""
    from finsam_desktop.pdf.apart import Task
    from finsam_desktop.pdf.convert import SourceFile, convert_all
    from finsam_desktop.pdf.drawing import unpacked
    from finsam_desktop.pdf.libreoffice import find_libreoffice
    from finsam_desktop.pdf.standing import StandingChild

    document = min((folder / "exempel").rglob("*kallelse*.docx"), default=None) or next(
        (folder / "exempel").rglob("*.docx")
    )
    source = SourceFile(name=document.name, content=document.read_bytes(), title="Kallelse")
    office = find_libreoffice()
    told = []
    for program in [None, *([office] if office is not None else [])]:
        (made,) = convert_all([source], profile=folder / "profil", libreoffice=program)
        if made.problem:
            raise ValueError(made.problem)
        told.append(f"{made.program} {len(made.pdf) // 1024} kB")
        pdf = made.pdf
    child = StandingChild()
    try:
        drawn = child.do(Task(key="1", work="draw", source="", count="1", width="400", others="1"), pdf)
    finally:
        child.close()
    if drawn.reason:
        raise ValueError(drawn.reason)
    pages = unpacked(drawn.content)
    if len(set(pages[0].pixels[::97])) < 3:
        raise ValueError("sidan är tom")
    return f"{', '.join(told)}, {len(pages)} sidor"


def _spelling(_folder: Path) -> str:
    """The dictionary, in this process; that it starts in one of its own is seen by its answer there."""
    import subprocess

    from finsam_desktop.spelling.dictionary import Dictionary

    dictionary = Dictionary()
    if not dictionary.knows("sammanträde") or dictionary.knows("samanträdde"):
        raise ValueError("ordboken känner inte igen orden")
    frozen = bool(getattr(sys, "frozen", False))
    command = [sys.executable] + (["--spell-child"] if frozen else ["-m", "finsam_desktop.spelling.child"])
    said = subprocess.run(
        command, input=b'{"know": ["protokoll"]}\n', capture_output=True, timeout=60, check=True
    ).stdout
    if b'"protokoll": true' not in said:
        raise ValueError("ordbokens process svarar inte")
    return f"förslag till samanträde: {', '.join(dictionary.suggestions('samanträde')[:2])}"


def _search(folder: Path) -> str:
    """SQLite's index of threes of letters, which the program brings along."""
    from finsam_desktop.search.folding import folded
    from finsam_desktop.storage.search_index import FileText, SearchIndex

    index = SearchIndex(folder / "index.sqlite", folded, folder / "exempel.finsam")
    try:
        index.add(
            [FileText(sha256="a" * 64, text="Samordningsförbundets årsredovisning", labels=("sida 1",))]
        )
        found = index.find((folded("förbund"), folded("REDOVISNING")))
    finally:
        index.close()
    if found != ("a" * 64,):
        raise ValueError("indexet hittar inte en del av ett ord")
    return "en del av ett sammansatt ord hittas"


def _parcel(folder: Path) -> str:
    """A locked mötespaket there and back."""
    from finsam_desktop.domain.parcel_values import Receiver
    from finsam_desktop.parcels import received
    from finsam_desktop.storage.parcel_file import WrongPasswordError
    from finsam_desktop.workspace import Workspace

    file, place = next((folder / "exempel").glob("*.finsam")), folder / "prov.motespaket"
    with Workspace.open(file, user="Självtest") as workspace:
        meeting = workspace.meetings[-1]
        received.make_parcel(
            workspace, meeting.id, place, receiver=Receiver(name="Provaren"), password=_PASSWORD,
            at=datetime(2026, 10, 20, 9),
        )  # fmt: skip
    if b"paket.json" in place.read_bytes():
        raise ValueError("paketet är inte låst")
    try:
        received.open_parcel(place, "fel lösenord", user="Provaren", folder=folder / "paket")
    except WrongPasswordError:
        pass
    else:
        raise ValueError("paketet öppnas med fel lösenord")
    with received.open_parcel(place, _PASSWORD, user="Provaren", folder=folder / "paket").workspace as opened:
        count = len(opened.meeting(meeting.id).items)
    return f"låst och öppnat, {count} ärenden"


def _window(folder: Path) -> str:
    from finsam_desktop import app

    qt = app.make_qt(sys.argv[:1])
    application = app.build(qt)
    application.show(next((folder / "exempel").glob("*.finsam")))
    application.window.go("meetings")
    picture = application.window.grab()
    colours = {picture.toImage().pixelColor(x, y).name() for x in range(0, 600, 7) for y in range(0, 400, 7)}
    title = application.window.windowTitle()
    application.window.close()
    if len(colours) < 4 or application.window.place != "meetings":
        raise ValueError("fönstret är tomt")
    return f"{title}, sammanträdena, {picture.width()} × {picture.height()}"


_CHECKS: tuple[Check, ...] = (
    ("Programmets filer", _resources),
    ("Word-mallar", _templates),
    ("Egen Word-mall", _own_template),
    ("Exempelförbundet", _document),
    ("Spara, stäng och öppna igen", _reopened),
    ("Fil från en äldre version", _upgraded),
    ("Sidor", _pages),
    ("Stavning", _spelling),
    ("Sökning", _search),
    ("Mötespaket", _parcel),
    ("Fönstret", _window),
)
