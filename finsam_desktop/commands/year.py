"""The year: decisions and what came of them, delegated decisions, and the plan of meetings."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from finsam_desktop.commands.common import (
    DONE,
    as_json,
    command,
    day,
    group,
    open_file,
    print_json,
)
from finsam_desktop.errors import UserError

if TYPE_CHECKING:
    from finsam_desktop.domain.planning import ProposedMeeting
    from finsam_desktop.domain.register import DecisionEntry


def add(commands: Any) -> None:
    """Add the commands."""
    decisions = command(commands, "decisions", _decisions, "visa styrelsens beslut och vad som återstår")
    decisions.add_argument("file", metavar="FIL", type=Path)
    decisions.add_argument("--open", action="store_true", help="bara uppdrag som inte är klara")
    decisions.add_argument("--overdue", action="store_true", help="bara försenade uppdrag")
    decisions.add_argument("--year", metavar="ÅR", type=_year, help="bara beslut från det året")
    decisions.add_argument("--responsible", metavar="NAMN", default="", help="bara den personens uppdrag")
    decisions.add_argument("--text", metavar="ORD", default="", help="ord i rubrik, beslut eller uppdrag")
    decisions.add_argument("-o", "--out", metavar="UT.xlsx", type=Path, help="spara som arbetsbok")
    _today(decisions)
    as_json(decisions)

    follow_up = command(commands, "follow-up", _follow_up, "anteckna vad som ska göras, eller har gjorts")
    follow_up.add_argument("file", metavar="FIL", type=Path)
    follow_up.add_argument("paragraph", metavar="§", type=_paragraph, help="till exempel 67")
    follow_up.add_argument("year", metavar="ÅR", type=_year)
    follow_up.add_argument("--task", metavar="TEXT", help="vad som ska göras")
    follow_up.add_argument("--responsible", metavar="NAMN", help="vem som ska göra det")
    follow_up.add_argument("--due", metavar="ÅÅÅÅ-MM-DD", type=day, help="sista dag")
    follow_up.add_argument("--report", metavar="TEXT", help="vad som har gjorts")
    ended = follow_up.add_mutually_exclusive_group()
    ended.add_argument("--done", action="store_true", help="uppdraget är klart")
    ended.add_argument("--dropped", action="store_true", help="uppdraget utgår")
    ended.add_argument("--open", action="store_true", help="uppdraget pågår igen")
    _today(follow_up)

    delegated = group(commands, "delegated", "delegationsbeslut: lista, lägg till och anmäl")
    shown = command(delegated, "list", _delegated, "visa delegationsbesluten")
    shown.add_argument("file", metavar="FIL", type=Path)
    as_json(shown)
    added = command(delegated, "add", _add_delegated, "lägg till ett delegationsbeslut")
    added.add_argument("file", metavar="FIL", type=Path)
    added.add_argument("text", metavar="BESLUT")
    added.add_argument("--date", metavar="ÅÅÅÅ-MM-DD", type=day, required=True, help="dagen för beslutet")
    added.add_argument("--by", metavar="NAMN", default="", help="vem som beslutade")
    added.add_argument("--reference", metavar="DNR", default="", help="diarienummer")
    report = command(delegated, "report", _report_delegated, "anmäl dem som väntar vid ett sammanträde")
    report.add_argument("file", metavar="FIL", type=Path)
    report.add_argument("meeting", metavar="SAMMANTRÄDE", help="datum, till exempel 2026-10-29")

    plan = command(commands, "plan", _plan, "föreslå ett års sammanträden, runt helger och lagens dagar")
    plan.add_argument("file", metavar="FIL", type=Path)
    plan.add_argument("year", metavar="ÅR", type=_plan_year)
    plan.add_argument("--create", action="store_true", help="skapa utkast för dem som inte finns")
    plan.add_argument("--weekday", choices=_WEEKDAYS, help="veckodag, annars den ni brukar ha")
    plan.add_argument(
        "--avoid", metavar="ÅÅÅÅ-MM-DD", type=day, action="append", default=[], help="dag som inte passar"
    )
    plan.add_argument("--planning-day", action="store_true", help="ta med en planeringsdag")
    as_json(plan)


_WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag")


def _today(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--today", metavar="ÅÅÅÅ-MM-DD", type=day, default=None, help="räkna från den dagen")


def _paragraph(text: str) -> int:
    number = text.strip().lstrip("§").strip()
    if not number.isdigit():
        raise argparse.ArgumentTypeError(f"{text} är inte en paragraf, skriv som 67")
    return int(number)


def _year(text: str) -> int:
    if not (text.isdigit() and len(text) == 4):
        raise argparse.ArgumentTypeError(f"{text} är inte ett år, skriv som 2026")
    return int(text)


def _plan_year(text: str) -> int:
    if not (text.isdigit() and 2000 <= int(text) <= 2100):
        raise argparse.ArgumentTypeError(f"{text} är inte ett år, skriv som 2027")
    return int(text)


# -- decisions --------------------------------------------------------------------------------------------


def _decisions(options: argparse.Namespace) -> int:
    from finsam_desktop.domain.register import OPEN_STATES, DecisionFilter, EntryState, chosen, register
    from finsam_desktop.files import register_files

    today = options.today or date.today()
    states = (EntryState.OVERDUE,) if options.overdue else OPEN_STATES if options.open else ()
    wanted = DecisionFilter(
        text=options.text, year=options.year, states=states, responsible=options.responsible
    )
    with open_file(options.file, read_only=True) as workspace:
        entries = chosen(register(workspace.meetings), wanted, today)
    if options.out is not None:
        register_files.save(options.out, entries, today)
        print(options.out)
    elif options.json:
        print_json([_entry(entry, today) for entry in entries])
    else:
        for entry in entries:
            print("\n".join(_lines(entry, today)))
        if not entries:
            print("Inga beslut.")
    return DONE


def _entry(entry: DecisionEntry, today: date) -> dict[str, Any]:
    follow_up = entry.follow_up
    return {
        "meeting": entry.meeting.date.isoformat(),
        "paragraph": entry.paragraph,
        "letter": entry.letter,
        "title": entry.title,
        "outcome": entry.item.decision.outcome,
        "clauses": list(entry.clauses),
        "state": entry.state(today),
        "task": follow_up.task if follow_up else "",
        "responsible": follow_up.responsible if follow_up else "",
        "due": follow_up.due.isoformat() if follow_up and follow_up.due else None,
        "report": follow_up.report if follow_up else "",
        "reported_on": follow_up.reported_on.isoformat() if follow_up and follow_up.reported_on else None,
    }


def _lines(entry: DecisionEntry, today: date) -> list[str]:
    from finsam_desktop.domain.register import ENTRY_STATES

    lines = [f"{entry.meeting.date} {entry.label}  {entry.title}: {entry.words}"]
    follow_up = entry.follow_up
    if follow_up is not None:
        due = f", senast {follow_up.due}" if follow_up.due else ""
        who = f" ({follow_up.responsible})" if follow_up.responsible else ""
        lines.append(f"    {ENTRY_STATES[entry.state(today)]}: {entry.task}{who}{due}")
    return lines


def _follow_up(options: argparse.Namespace) -> int:
    from finsam_desktop.domain.decisions import FollowUp, FollowUpState
    from finsam_desktop.domain.register import register, with_follow_up

    def fits(entry: DecisionEntry) -> bool:
        return entry.meeting.date.year == options.year and entry.paragraph == options.paragraph

    with open_file(options.file) as workspace:
        entry = next((one for one in register(workspace.meetings) if fits(one)), None)
        if entry is None:
            raise UserError(
                f"Det finns inget beslut i § {options.paragraph} år {options.year} i {options.file.name}.",
                advice=f"Se besluten med ”finsam decisions {options.file} --year {options.year}”.",
            )
        before = entry.follow_up or FollowUp()
        given = {key: getattr(options, key) for key in ("task", "responsible", "due", "report")}
        fields: dict[str, Any] = {key: value for key, value in given.items() if value is not None}
        if options.report is not None:
            fields["reported_on"] = options.today or date.today()
        if options.done or options.dropped or options.open:
            fields["state"] = (
                FollowUpState.DONE
                if options.done
                else FollowUpState.DROPPED
                if options.dropped
                else FollowUpState.OPEN
            )
        if not fields:
            raise UserError(
                "Det står inget att anteckna.",
                advice="Ange till exempel --responsible, --due, --report eller --done.",
            )
        after = with_follow_up(entry.meeting, entry.item.id, replace(before, **fields))
        workspace.change(f"Uppföljning av {entry.label}", entry.meeting, after)
    print(f"{entry.label} {options.year}: {entry.title}")
    return DONE


# -- delegated decisions ----------------------------------------------------------------------------------


def _delegated(options: argparse.Namespace) -> int:
    with open_file(options.file, read_only=True) as workspace:
        days = {meeting.id: meeting.date.isoformat() for meeting in workspace.meetings}
        found = sorted(workspace.association.delegated_decisions, key=lambda one: one.decided_on)
    rows = [
        {
            "decided_on": one.decided_on.isoformat(),
            "text": one.text,
            "decided_by": one.decided_by,
            "reference": one.reference,
            "reported_at": days.get(one.reported_at, one.reported_at),
        }
        for one in found
    ]
    if options.json:
        print_json(rows)
        return DONE
    for row in rows:
        told = f"anmält {row['reported_at']}" if row["reported_at"] else "inte anmält"
        print(f"{row['decided_on']}  {row['text']} ({row['decided_by'] or 'okänd'}), {told}")
    if not rows:
        print("Inga delegationsbeslut.")
    return DONE


def _add_delegated(options: argparse.Namespace) -> int:
    from finsam_desktop.domain.delegation import DelegatedDecision

    if not options.text.strip():
        raise UserError("Beslutet saknar text.", advice="Skriv kort vad som beslutades.")
    decision = DelegatedDecision(
        decided_on=options.date, text=options.text, decided_by=options.by, reference=options.reference
    )
    with open_file(options.file) as workspace:
        before = workspace.association
        after = replace(before, delegated_decisions=(*before.delegated_decisions, decision))
        workspace.change("Lägg till delegationsbeslut", before, after)
    print(f"Delegationsbeslutet den {options.date} är tillagt.")
    return DONE


def _report_delegated(options: argparse.Namespace) -> int:
    from finsam_desktop.domain.delegation import reported, unreported

    with open_file(options.file) as workspace:
        meeting = workspace.find_meeting(options.meeting)
        before = workspace.association
        told = unreported(before.delegated_decisions, meeting.date)
        decisions = reported(before.delegated_decisions, meeting.id, meeting.date)
        if told:
            workspace.change(
                f"Anmäl delegationsbeslut {meeting.date}",
                before,
                replace(before, delegated_decisions=decisions),
            )
    print(f"{len(told)} delegationsbeslut är anmälda vid sammanträdet {meeting.date}.")
    return DONE


# -- the plan ---------------------------------------------------------------------------------------------


def _plan(options: argparse.Namespace) -> int:
    from finsam_desktop.domain.planning import Wishes, drafts, propose
    from finsam_desktop.files.catalogue_files import standard_templates

    wishes = Wishes(
        weekday=_WEEKDAYS.index(options.weekday) if options.weekday else None,
        avoid=tuple(options.avoid),
        planning_day=options.planning_day,
    )
    with open_file(options.file, read_only=not options.create) as workspace:
        proposed = propose(options.year, workspace.association, workspace.meetings, wishes)
        if options.create:
            made = drafts(proposed, workspace.association, standard_templates(), workspace.meetings)
            workspace.change_together(
                f"Sammanträdesplan {options.year}", tuple((None, meeting) for meeting in made)
            )
    if options.json:
        print_json([_proposal(one) for one in proposed])
        return DONE
    for one in proposed:
        print(f"{one.date}  {one.title}: {one.slot.purpose}" + (" (finns redan)" if one.existing else ""))
        for line in (*one.why, *(f"Att tänka på: {drawback}" for drawback in one.drawbacks)):
            print(f"    {line}")
    if options.create:
        print(f"{len(made)} utkast är skapade i {options.file}.")
    return DONE


def _proposal(one: ProposedMeeting) -> dict[str, Any]:
    return {
        "date": one.date.isoformat(),
        "kind": one.slot.kind,
        "purpose": one.slot.purpose,
        "why": list(one.why),
        "drawbacks": list(one.drawbacks),
        "existing": one.existing,
    }
