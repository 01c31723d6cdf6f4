"""The example association: a whole meeting from workbook to kallelse, protokoll and tertialrapport.

Everything it says lies as data in `resources/example`; this module takes it through the same functions as a
user's own work. The folder also gets the real notice of 2021-10-28, to hold the program against reality.
"""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import TypeVar

from finsam_desktop import paths
from finsam_desktop.domain import agenda
from finsam_desktop.domain.adjusting import adjust
from finsam_desktop.domain.agenda import AgendaItem, Attachment
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.figures import FigureTable, Purpose
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.errors import UserError
from finsam_desktop.workspace import Workspace

T = TypeVar("T")

USER = "Exempelförbundet"
_FIGURE_IDS = {
    Purpose.INCOME_STATEMENT: "tabell-resultat",
    Purpose.BALANCE_SHEET: "tabell-balans",
    Purpose.INDICATORS: "tabell-teamen",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One association of the example: its data files, and which documents are made of which meeting."""

    association: str
    meetings: tuple[str, ...]
    workbook: str
    report_item: str
    report_attachment: str
    read_on: date
    documents: tuple[tuple[str, str], ...]
    logo: str = ""
    bookkeeping: str = ""


INVENTED = Example(
    association="exempelbygden",
    meetings=("2026-04-22", "2026-09-17", "2026-10-29", "2026-11-26"),
    workbook="Resultatrapport T2 2026.xlsx",
    report_item="p05",
    report_attachment="b02",
    read_on=date(2026, 9, 24),
    documents=(("2026-10-29", "kallelse"), ("2026-10-29", "protokoll"), ("2026-10-29", "tertialrapport")),
    logo="logotyp.png",
    bookkeeping="Bokföring 2026.se",
)
REAL = Example(
    association="umearegionen",
    meetings=("2021-10-28",),
    workbook="Resultatrapport T2 2021.xlsx",
    report_item="p05",
    report_attachment="b02",
    read_on=date(2021, 10, 15),
    documents=(("2021-10-28", "kallelse"), ("2021-10-28", "tertialrapport")),
)
REAL_FOLDER = "Verklig kallelse 2021-10-28"


def create(folder: Path, *, again: bool = False) -> tuple[Path, ...]:
    """Make the example in ``folder`` and return every file made, the .finsam file first.

    ``again`` first removes what an earlier run made there, and nothing else. UserError when the folder
    already holds an example and ``again`` is not given, or when it cannot be written to.
    """
    if again:
        _remove_earlier(folder)
    return (*_make(INVENTED, folder), *_make(REAL, folder / REAL_FOLDER))


def _remove_earlier(folder: Path) -> None:
    for example, place in ((INVENTED, folder), (REAL, folder / REAL_FOLDER)):
        (place / f"{example.association}.finsam").unlink(missing_ok=True)
        for name in _sources(example):
            (place / name).unlink(missing_ok=True)
        for meeting, document in example.documents:
            (place / _file_name(meeting, document)).unlink(missing_ok=True)


def _sources(example: Example) -> tuple[str, ...]:
    """The files that its figures come from."""
    return tuple(name for name in (example.workbook, example.bookkeeping) if name)


def _file_name(meeting: str, document: str) -> str:
    return f"{meeting} {document.capitalize()}.docx"


def _make(example: Example, folder: Path) -> tuple[Path, ...]:
    from finsam_desktop.documents import Document
    from finsam_desktop.documents.export import export

    try:
        folder.mkdir(parents=True, exist_ok=True)
        workbook = folder / example.workbook
        for name in _sources(example):
            shutil.copyfile(paths.resources() / "example" / name, folder / name)
    except OSError as error:
        raise UserError(
            f"Det går inte att skriva i mappen {folder}.", advice="Välj en annan mapp.", detail=str(error)
        ) from error
    target = folder / f"{example.association}.finsam"
    made = [target, *(folder / name for name in _sources(example))]
    with Workspace.create(target, association(example), user=USER) as workspace:
        _add_logo(workspace, example)
        for day in example.meetings:
            meeting = _with_files(workspace, example, _meeting(example, day), workbook)
            workspace.change(f"Lägg till sammanträdet {day}", None, meeting)
        _adjust(workspace)
        for day, document in sorted(example.documents, key=lambda made_of: made_of[1] != "tertialrapport"):
            out = folder / _file_name(day, document)
            result = export(workspace, day, Document(document), out, today=example.read_on)
            made.append(result.path)
            if document == "tertialrapport":
                _attach_report(workspace, example, day, result.path)
    return tuple(made)


def _add_logo(workspace: Workspace, example: Example) -> None:
    if not example.logo:
        return
    digest = workspace.add_file((paths.resources() / "example" / example.logo).read_bytes())
    before = workspace.association
    after = replace(before, letterhead=replace(before.letterhead, logo=digest))
    workspace.change("Lägg in logotypen", before, after)


def association(example: Example) -> Association:
    """The example's association as the data file says; the logo is a file and comes by itself."""
    return _read(example.association, Association)


def _meeting(example: Example, day: str) -> Meeting:
    return _read(f"{example.association}-{day}", Meeting)


def _read(name: str, kind: type[T]) -> T:
    import msgspec

    from finsam_desktop.known_types import known

    known(kind)
    path = paths.resources() / "example" / f"{name}.toml"
    return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), kind, strict=False)


def _with_files(workspace: Workspace, example: Example, meeting: Meeting, workbook: Path) -> Meeting:
    tables = _tables(example, workbook) if agenda.find(meeting.items, example.report_item) else ()
    stored = {
        path.name.split(" ")[0]: path for path in (paths.resources() / "example" / "bilagor").glob("*.docx")
    }

    def complete(item: AgendaItem) -> AgendaItem:
        attachments = tuple(_stored(workspace, a, stored) for a in item.attachments)
        figures = tables if item.id == example.report_item else item.figures
        return replace(item, attachments=attachments, figures=figures)

    items = meeting.items
    for item in agenda.walk(meeting.items):
        items = agenda.update(items, item.id, complete)
    return replace(meeting, items=items)


def _stored(workspace: Workspace, attachment: Attachment, files: Mapping[str, Path]) -> Attachment:
    path = files.get(attachment.id)
    if path is None:
        return attachment
    content = path.read_bytes()
    name = path.name.partition(" ")[2]
    return replace(attachment, file_name=name, size=len(content), sha256=workspace.add_file(content))


def _tables(example: Example, workbook: Path) -> tuple[FigureTable, ...]:
    from finsam_desktop.sources import figure_table, read_workbook, recognise

    book = read_workbook(workbook)
    tables = (figure_table(book, found, read_on=example.read_on) for found in recognise(book))
    return tuple(replace(table, id=_FIGURE_IDS.get(table.purpose, table.id)) for table in tables)


def _adjust(workspace: Workspace) -> None:
    """Seal the minutes that were adjusted, in order; all meetings are there, since minutes name the next one."""
    for meeting in workspace.meetings:
        if meeting.adjusted_on is not None:
            at = datetime.combine(meeting.adjusted_on, time(14, 8))
            after = adjust(meeting, workspace.association, workspace.meetings, at=at, by=USER)
            workspace.change("Protokollet är justerat", meeting, after)


def _attach_report(workspace: Workspace, example: Example, day: str, report: Path) -> None:
    content = report.read_bytes()
    digest = workspace.add_file(content)
    meeting = workspace.find_meeting(day)

    def attached(item: AgendaItem) -> AgendaItem:
        attachments = tuple(
            replace(a, file_name=report.name, sha256=digest, size=len(content))
            if a.id == example.report_attachment
            else a
            for a in item.attachments
        )
        return replace(item, attachments=attachments)

    changed = replace(meeting, items=agenda.update(meeting.items, example.report_item, attached))
    workspace.change("Bifoga tertialrapporten", meeting, changed)
