"""`finsam report`: the tertialrapport's texts, and any paper of an item made its bilaga."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from finsam_desktop.commands.common import (
    DONE,
    FINDINGS,
    as_json,
    command,
    file_and_meeting,
    group,
    open_file,
    print_json,
    read,
)
from finsam_desktop.documents.kinds import KINDS, Document
from finsam_desktop.errors import UserError

if TYPE_CHECKING:
    from finsam_desktop.domain.agenda import AgendaItem
    from finsam_desktop.domain.meeting import Meeting
    from finsam_desktop.domain.report import TertialReport
    from finsam_desktop.workspace import Workspace

_PAPERS = (Document.TERTIALRAPPORT, *(document for document, kind in KINDS.items() if kind.of_item))


def add(commands: Any) -> None:
    """Add the group `finsam report`."""
    report = group(commands, "report", "tertialrapport och andra rapporter i ett ärende")
    begin = command(report, "begin", _begin, "börja en tertialrapport med förra periodens texter")
    file_and_meeting(begin)
    begin.add_argument("item", metavar="ÄRENDE", help="ärendets nummer, till exempel 5 eller 5B")
    begin.add_argument("--year", metavar="ÅR", type=int, help="året, när ärendet inte säger det")
    begin.add_argument("--tertial", type=int, choices=(1, 2, 3), help="tertialet, när ärendet inte säger det")

    show = command(report, "show", _show, "visa avsnitten och vad som är kvar från förra perioden")
    file_and_meeting(show)
    as_json(show)

    write = command(report, "write", _write, "skriv en av rapportens texter")
    file_and_meeting(write)
    write.add_argument("part", metavar="AVSNITT", help="avsnittets rubrik eller nummer")
    write.add_argument("text", metavar="TEXTFIL", type=Path, help="texten, i UTF-8")

    keep = command(report, "keep", _keep, "säg att en text från förra perioden gäller fortfarande")
    file_and_meeting(keep)
    keep.add_argument("part", metavar="AVSNITT", help="avsnittets rubrik eller nummer")

    attach = command(report, "attach", _attach, "gör en rapport eller skrivelse till bilaga i sitt ärende")
    file_and_meeting(attach)
    attach.add_argument(
        "document",
        metavar="DOKUMENT",
        nargs="?",
        choices=tuple(document.value for document in _PAPERS),
        default=Document.TERTIALRAPPORT.value,
        help="tertialrapport om inget anges",
    )
    attach.add_argument("--item", metavar="ÄRENDE", help="ärendet, när flera har dokumentet")
    attach.add_argument(
        "--replace", action="store_true", help="byt också ut en bilaga som är ändrad för hand"
    )
    as_json(attach)


def _begin(options: argparse.Namespace) -> int:
    from finsam_desktop.attach_figures import find_item
    from finsam_desktop.domain.report_carrying import carried_texts, new_report, period_of

    with open_file(options.file) as workspace:
        meeting = workspace.find_meeting(options.meeting)
        item = find_item(meeting, options.item)
        if item.report is not None:
            raise UserError(
                f"Ärende {options.item} har redan en tertialrapport.",
                advice="Skriv i den med finsam report write.",
            )
        year, tertial = period_of(item, meeting)
        period = (options.year or year, options.tertial or tertial)
        report = new_report(workspace.association, workspace.meetings, meeting, item, period=period)
        _change(workspace, meeting, item, report, f"Ny tertialrapport i ärende {options.item}")
    from_where = f" med texterna i {report.begun_from}" if report.begun_from else ""
    print(f"Tertialrapport {report.tertial} {report.year} är påbörjad{from_where}.")
    for text in carried_texts(report):
        print(f"  att skriva om: {text.heading}")
    return DONE


def _show(options: argparse.Namespace) -> int:
    from finsam_desktop.domain.report_carrying import carried_texts

    with open_file(options.file, read_only=True) as workspace:
        meeting = workspace.find_meeting(options.meeting)
        _item, report = _report_of(meeting)
    carried = {text.key for text in carried_texts(report)}
    parts = _parts(report)
    if options.json:
        print_json(
            {
                "year": report.year,
                "tertial": report.tertial,
                "begun_from": report.begun_from,
                "parts": [
                    {"number": number, "heading": heading, "text": text, "carried": key in carried}
                    for number, (key, heading, text) in enumerate(parts, start=1)
                ],
            }
        )
        return DONE
    print(f"Tertialrapport {report.tertial} {report.year}")
    for number, (key, heading, text) in enumerate(parts, start=1):
        state = f"text från {report.begun_from or 'förra perioden'}" if key in carried else ""
        print(f"{number:>3}  {heading}  {state or ('' if text.strip() else 'utan text')}".rstrip())
    return FINDINGS if carried else DONE


def _write(options: argparse.Namespace) -> int:
    from finsam_desktop.domain.report_carrying import with_text

    try:
        text = read(options.text).decode("utf-8-sig").replace("\r\n", "\n").strip()
    except UnicodeDecodeError as error:
        raise UserError(
            f"{options.text} är inte skriven i UTF-8.", advice="Spara filen som UTF-8 och försök igen."
        ) from error
    with open_file(options.file) as workspace:
        meeting = workspace.find_meeting(options.meeting)
        item, report = _report_of(meeting)
        key, heading = _part(report, options.part)
        _change(workspace, meeting, item, with_text(report, key, text), f"Skriv i {heading}")
    print(f"{heading} är skrivet.")
    return DONE


def _keep(options: argparse.Namespace) -> int:
    from finsam_desktop.domain.report_carrying import keep

    with open_file(options.file) as workspace:
        meeting = workspace.find_meeting(options.meeting)
        item, report = _report_of(meeting)
        key, heading = _part(report, options.part)
        _change(workspace, meeting, item, keep(report, key), f"Texten i {heading} gäller")
    print(f"Texten i {heading} gäller också den här perioden.")
    return DONE


def _attach(options: argparse.Namespace) -> int:
    from finsam_desktop.attach_figures import find_item
    from finsam_desktop.documents.page_numbers import measured
    from finsam_desktop.paper_attachment import Attaching, attach_paper

    with open_file(options.file) as workspace:
        meeting = workspace.find_meeting(options.meeting)
        item_id = find_item(meeting, options.item).id if options.item else ""
        answer = attach_paper(
            workspace,
            meeting.id,
            Document(options.document),
            item_id,
            today=date.today(),
            measure=measured,
            replace_changed=options.replace,
        )
    kept = answer.state is Attaching.KEPT
    if options.json:
        print_json(
            {
                "state": answer.state.value,
                "title": answer.attachment.title,
                "file_name": answer.attachment.file_name,
                "pages": answer.attachment.pages,
                "differences": list(answer.differences),
                "warnings": list(answer.paper.warnings),
            }
        )
        return FINDINGS if kept else DONE
    print(answer.sentence)
    print("\n".join(answer.differences), end="\n" if answer.differences else "")
    for warning in answer.paper.warnings:
        print(f"Att se över: {warning}")
    if kept:
        print("Ange --replace för att byta ut den.")
    if answer.paper.edited is not None:
        print(f"{answer.paper.edited.name} har ändrats i Word. De ändringarna är inte med i bilagan.")
    return FINDINGS if kept else DONE


def _report_of(meeting: Meeting) -> tuple[AgendaItem, TertialReport]:
    from finsam_desktop.documents.kinds import report_item

    item = report_item(meeting)
    if item is None or item.report is None:
        raise UserError(
            f"Sammanträdet {meeting.date} har ingen tertialrapport.",
            advice="Börja en med finsam report begin FIL SAMMANTRÄDE ÄRENDE.",
        )
    return item, item.report


def _parts(report: TertialReport) -> list[tuple[str, str, str]]:
    """(key, heading, text) of every text in the report's order."""
    from finsam_desktop.domain.report_carrying import TEXT_NAMES

    own = [(name, heading, str(getattr(report, name))) for name, heading in TEXT_NAMES.items()]
    return [*own[:2], *((one.id, one.heading, one.text) for one in report.sections), *own[2:]]


def _part(report: TertialReport, wanted: str) -> tuple[str, str]:
    """The key and heading of the part with that number or heading."""
    parts = _parts(report)
    for number, (key, heading, _text) in enumerate(parts, start=1):
        if wanted.strip() == str(number) or wanted.strip().casefold() == heading.casefold():
            return key, heading
    raise UserError(
        f"Rapporten har inget avsnitt {wanted}.",
        advice=f"Avsnitten är {', '.join(heading for _, heading, _ in parts)}.",
    )


def _change(
    workspace: Workspace, meeting: Meeting, item: AgendaItem, report: TertialReport, label: str
) -> None:
    from finsam_desktop.domain import agenda

    items = agenda.update(meeting.items, item.id, lambda one: replace(one, report=report))
    workspace.change(label, meeting, replace(meeting, items=items))
