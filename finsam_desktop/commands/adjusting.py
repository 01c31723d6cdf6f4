"""`finsam adjust`, `notices`, `extract` and `dispatch`: justering, anslag, protokollsutdrag and expediering."""

from __future__ import annotations

import argparse
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from finsam_desktop.commands.common import (
    DONE,
    FINDINGS,
    as_json,
    command,
    day,
    file_and_meeting,
    open_file,
    out,
    print_json,
    user,
)
from finsam_desktop.errors import UserError

if TYPE_CHECKING:
    from finsam_desktop.after_meeting import Made
    from finsam_desktop.domain.meeting import Meeting
    from finsam_desktop.workspace import Workspace


def add(commands: Any) -> None:
    """Add the commands."""
    adjust = command(commands, "adjust", _adjust, "anteckna justeringen, eller visa hur långt den har kommit")
    file_and_meeting(adjust)
    what = adjust.add_mutually_exclusive_group()
    what.add_argument("--on", metavar="DAG", type=day, help="protokollet justerades den dagen")
    what.add_argument("--reopen", action="store_true", help="öppna protokollet igen, om det inte är anslaget")
    what.add_argument(
        "--correct", nargs=2, metavar=("GAMMALT", "NYTT"), help="skriv en rättelse bredvid det justerade"
    )
    adjust.add_argument(
        "--item", metavar="§", help="bara den paragrafen: omedelbar justering, eller rättelse i den"
    )
    adjust.add_argument(
        "--by", metavar="NAMN", help="vem som gör rättelsen, till exempel Ola Rimfors, sekreterare"
    )
    as_json(adjust)

    notices = command(commands, "notices", _notices, "visa anslagen, anteckna dem, eller skapa texterna")
    file_and_meeting(notices)
    notices.add_argument(
        "-o", "--out", metavar="MAPP", type=Path, help="skapa anslag och mejlutkast i mappen"
    )
    notices.add_argument("--posted", metavar="MEDLEM", help="anslaget är uppe hos medlemmen")
    notices.add_argument("--removed", metavar="MEDLEM", help="anslaget är nedtaget hos medlemmen")
    notices.add_argument("--on", metavar="DAG", type=day, help="vilken dag, annars i dag")
    notices.add_argument("--link", metavar="ADRESS", default="", help="var anslaget syns")
    notices.add_argument("--evidence", metavar="TEXT", default="", help="hur vi vet att det sattes upp")
    notices.add_argument("--item", metavar="§", help="anslaget om en omedelbart justerad paragraf")
    as_json(notices)

    extract = command(commands, "extract", _extract, "skapa ett protokollsutdrag")
    file_and_meeting(extract)
    extract.add_argument("sections", metavar="§", nargs="+", help="paragrafens nummer, ett eller flera")
    out(extract)
    extract.add_argument("--recipient", metavar="MOTTAGARE", default="", help="vem utdraget är till")

    dispatch = command(commands, "dispatch", _dispatch, "visa vad som ska till vem, eller expediera allt")
    file_and_meeting(dispatch)
    dispatch.add_argument(
        "-o", "--out", metavar="MAPP", type=Path, help="skapa utdragen i mappen och för in dem"
    )
    dispatch.add_argument(
        "--to", metavar="MOTTAGARE", action="append", default=[], help="bara till den mottagaren"
    )
    dispatch.add_argument(
        "--manner", metavar="SÄTT", default="", help="hur de skickas, till exempel med e-post"
    )
    dispatch.add_argument("--again", action="store_true", help="skicka också det som har skickats förut")
    as_json(dispatch)


def _find(workspace: Workspace, text: str) -> Meeting:
    """The meeting; UserError where the board decides nothing, so that there are no minutes to adjust."""
    meeting = workspace.find_meeting(text)
    if not meeting.kind.decides:
        raise UserError(
            f"Vid sammanträdet {meeting.date.isoformat()} fattas inga beslut, så det finns inget att justera.",
            advice="Det gäller medlemssamråd och planeringsdagar. Välj ett av styrelsens sammanträden.",
        )
    return meeting


def _item_ids(workspace: Workspace, meeting: Meeting, sections: list[str]) -> tuple[str, ...]:
    """Ids of the items with these § numbers; UserError when the meeting has none of that number."""
    from finsam_desktop.domain.numbering import paragraphs, section_label

    numbers = paragraphs(workspace.meetings, meeting)
    by_number = {f"{number}": item_id for item_id, number in numbers.items()}
    found = []
    for section in sections:
        wanted = section.replace("§", "").strip()
        if wanted not in by_number:
            known = section_label(numbers.values()) or "inga paragrafer"
            raise UserError(
                f"Sammanträdet har ingen § {wanted}.",
                advice=f"Protokollet har {known}.".replace("\u00a0", " "),
            )
        found.append(by_number[wanted])
    return tuple(found)


def _adjust(options: argparse.Namespace) -> int:
    from finsam_desktop.domain import adjusting

    with open_file(
        options.file, read_only=not (options.on or options.reopen or options.correct)
    ) as workspace:
        meeting = _find(workspace, options.meeting)
        items = _item_ids(workspace, meeting, [options.item]) if options.item is not None else ()
        if options.on is not None:
            changed, label = _adjusted(workspace, meeting, items, options.on)
            workspace.change(label, meeting, changed)
        elif options.reopen:
            workspace.change(adjusting.REOPEN, meeting, adjusting.reopen(meeting))
        elif options.correct:
            workspace.change("Skriv en rättelse", meeting, _corrected(meeting, items, options))
        meeting = workspace.meeting(meeting.id)
        association = workspace.association
    steps = adjusting.steps(meeting, association, items if items in _apart(meeting) else ())
    broken = _broken(meeting)
    if options.json:
        print_json({"steps": [_step_data(step) for step in steps], "changed_since": broken})
    else:
        for step in steps:
            print(_step_line(step))
        for correction in meeting.corrections:
            print(adjusting.correction_sentence(correction))
        if broken:
            print("Ändrat sedan justeringen, utanför programmet: " + ", ".join(broken))
    return FINDINGS if broken else DONE


def _adjusted(
    workspace: Workspace, meeting: Meeting, items: tuple[str, ...], on: date
) -> tuple[Meeting, str]:
    from finsam_desktop.domain import adjusting

    if meeting.adjusted_on is not None:
        raise UserError(
            f"Protokollet är redan justerat, den {meeting.adjusted_on.isoformat()}.",
            advice="Öppna det igen med --reopen, om det inte är anslaget.",
        )
    values = (meeting, workspace.association, workspace.meetings)
    if items:
        changed = adjusting.adjust_items(*values, items, on=on, at=datetime.now(), by=user())
        return changed, "Justera paragrafen omedelbart"
    return adjusting.adjust(*values, on=on, at=datetime.now(), by=user()), "Protokollet är justerat"


def _corrected(meeting: Meeting, items: tuple[str, ...], options: argparse.Namespace) -> Meeting:
    from finsam_desktop.domain import adjusting

    old, new = options.correct
    if meeting.adjusted_on is None:
        raise UserError("Protokollet är inte justerat.", advice="Rätta direkt i texten i stället.")
    try:
        return adjusting.correct(
            meeting, items[0] if items else "", old, new, by=options.by or "", on=date.today()
        )
    except ValueError as error:
        raise UserError(str(error), advice="Ange vem med --by, och paragrafen med --item.") from error


def _apart(meeting: Meeting) -> tuple[tuple[str, ...], ...]:
    from finsam_desktop.domain.deadlines import announced_apart

    return announced_apart(meeting)


def _broken(meeting: Meeting) -> list[str]:
    from finsam_desktop.domain import sealing

    return [sealing.name_of(part, meeting) for part in sealing.broken(meeting)]


def _step_data(step: Any) -> dict[str, object]:
    def iso(value: date | None) -> str | None:
        return value.isoformat() if value is not None else None

    return {
        "stage": step.stage.value,
        "title": step.title,
        "done_on": iso(step.done_on),
        "earliest": iso(step.earliest),
        "latest": iso(step.latest),
        "days_left": step.days_left(date.today()),
        "source": step.source,
    }


def _step_line(step: Any) -> str:
    if step.done_on is not None:
        when = f"{step.done_on}"
    elif step.latest is not None:
        left = step.days_left(date.today())
        when = f"senast {step.latest}, " + (f"{left} dagar kvar" if left >= 0 else f"{-left} dagar för sent")
    else:
        when = f"tidigast {step.earliest}" if step.earliest is not None else "inte än"
    return f"{step.title:<32}{when}  ({step.source})"


def _notices(options: argparse.Namespace) -> int:
    from dataclasses import replace

    from finsam_desktop.after_meeting import make_notices
    from finsam_desktop.domain import adjusting, notices

    writes = any(one is not None for one in (options.out, options.posted, options.removed))
    with open_file(options.file, read_only=not writes) as workspace:
        meeting = _find(workspace, options.meeting)
        items = _item_ids(workspace, meeting, [options.item]) if options.item is not None else ()
        made = (
            make_notices(workspace, meeting.id, options.out, today=date.today(), items=items)
            if options.out
            else ()
        )
        on = options.on or date.today()
        for name, down in ((options.posted, False), (options.removed, True)):
            if name is None:
                continue
            meeting = workspace.meeting(meeting.id)
            row = _board(notices.rows(meeting, workspace.association, items), name)
            notice = replace(
                row.notice,
                posted=row.notice.posted if down else on,
                removed=on if down else row.notice.removed,
                address=options.link or row.notice.address,
                evidence=options.evidence or row.notice.evidence,
                posted_by=row.notice.posted_by,
            )
            label = f"{row.member.name}: anslaget {'nedtaget' if down else 'uppsatt'}"
            workspace.change(label, meeting, adjusting.post(meeting, workspace.association, notice))
        rows = notices.rows(workspace.meeting(meeting.id), workspace.association, items)
    if options.json:
        print_json([_row_data(row) for row in rows])
        return DONE
    for one in made:
        print(one.path)
    for row in rows:
        posted = (
            f"uppe {row.notice.posted}" if row.notice.posted is not None else f"senast {row.latest or '–'}"
        )
        down_on = (
            f"nere {row.notice.removed}"
            if row.notice.removed is not None
            else f"tidigast ned {row.down or '–'}"
        )
        print(
            f"{row.member.name:<32}{posted:<20}{down_on:<28}{row.notice.address or row.notice.evidence}".rstrip()
        )
    return DONE


def _board(rows: Any, name: str) -> Any:
    wanted = name.strip().casefold()
    found = (
        []
        if not wanted
        else [row for row in rows if wanted in (row.member.id.casefold(), row.member.name.casefold())]
    )
    if wanted and not found:
        found = [row for row in rows if wanted in row.member.name.casefold()]
    if len(found) != 1:
        known = ", ".join(row.member.name for row in rows)
        raise UserError(f"Det finns ingen anslagstavla hos ”{name}”.", advice=f"Anslagstavlor: {known}.")
    return found[0]


def _row_data(row: Any) -> dict[str, object]:
    notice = row.notice
    return {
        "member": row.member.name,
        "posted": notice.posted.isoformat() if notice.posted else None,
        "posted_by": notice.posted_by,
        "latest": row.latest.isoformat() if row.latest else None,
        "days_left": row.days_left(date.today()),
        "removed": notice.removed.isoformat() if notice.removed else None,
        "earliest_removal": row.down.isoformat() if row.down else None,
        "address": notice.address,
        "evidence": notice.evidence,
        "sent_on": notice.sent_on.isoformat() if notice.sent_on else None,
    }


def _extract(options: argparse.Namespace) -> int:
    from finsam_desktop.documents import Document
    from finsam_desktop.documents.export import export
    from finsam_desktop.documents.kinds import About

    with open_file(options.file) as workspace:
        meeting = workspace.find_meeting(options.meeting)
        about = About(items=_item_ids(workspace, meeting, options.sections), recipient=options.recipient)
        result = export(
            workspace, meeting.id, Document.PROTOKOLLSUTDRAG, options.out, about=about, today=date.today()
        )
    print(result.path)
    return DONE


def _dispatch(options: argparse.Namespace) -> int:
    from finsam_desktop.after_meeting import make_extracts
    from finsam_desktop.domain import dispatching

    with open_file(options.file, read_only=options.out is None) as workspace:
        meeting = workspace.find_meeting(options.meeting)
        made: tuple[Made, ...] = ()
        if options.out is not None:
            made = make_extracts(
                workspace,
                meeting.id,
                options.out,
                today=date.today(),
                by=user(),
                manner=options.manner,
                recipients=tuple(options.to),
                again=options.again,
            )
        meeting, meetings = workspace.meeting(meeting.id), workspace.meetings
    batches = dispatching.batches(meeting)
    if options.json:
        print_json([_batch_data(batch, meeting, meetings) for batch in batches])
        return DONE
    for one in made:
        print(one.path)
    for batch in batches:
        label = dispatching.section_names(meetings, meeting, batch.items).replace("\u00a0", " ")
        sent = batch.latest
        state = f"skickat {sent.sent_on}" if sent is not None and not batch.left else "inte skickat"
        if sent is not None and batch.left:
            left = dispatching.section_names(meetings, meeting, batch.left).replace("\u00a0", " ")
            state = f"skickat {sent.sent_on}, {left} återstår"
        print(f"{batch.recipient:<36}{label:<16}{state}")
    if not batches:
        print("Ingen paragraf har någon mottagare.")
    return DONE


def _batch_data(batch: Any, meeting: Meeting, meetings: Any) -> dict[str, object]:
    from finsam_desktop.domain.numbering import paragraphs

    numbers = paragraphs(meetings, meeting)
    return {
        "recipient": batch.recipient,
        "paragraphs": [numbers[item_id] for item_id in batch.items],
        "left": [numbers[item_id] for item_id in batch.left],
        "sent": [
            {
                "on": one.sent_on.isoformat(),
                "paragraphs": [numbers[item_id] for item_id in one.items if item_id in numbers],
                "manner": one.manner,
                "by": one.sent_by,
                "file": one.file_name,
            }
            for one in batch.sent
        ],
    }
