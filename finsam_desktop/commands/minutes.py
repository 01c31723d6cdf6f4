"""`finsam minutes`, `finsam attendance`: who was there and what the minutes say of each item, from the record."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from finsam_desktop.commands.common import DONE, as_json, command, file_and_meeting, open_file, print_json
from finsam_desktop.errors import UserError

if TYPE_CHECKING:
    from finsam_desktop.domain.agenda import AgendaItem
    from finsam_desktop.domain.association import Association
    from finsam_desktop.domain.decision_sentences import Clauses
    from finsam_desktop.domain.meeting import Meeting
    from finsam_desktop.domain.minutes_text import ItemText, MinutesText


def add(commands: Any) -> None:
    """Add the commands."""
    minutes = command(commands, "minutes", _minutes, "visa vad protokollet säger om varje paragraf")
    file_and_meeting(minutes)
    minutes.add_argument("--item", metavar="ÄRENDE", help="bara det ärendet: 7, 7B eller §67")
    as_json(minutes)
    attendance = command(commands, "attendance", _attendance, "visa närvarolistan")
    file_and_meeting(attendance)
    as_json(attendance)


def find_item(meeting: Meeting, meetings: tuple[Meeting, ...], text: str) -> AgendaItem:
    """The item named by its number on the agenda ("7", "7B"), its § ("§67") or its id. UserError without one."""
    from finsam_desktop.domain.agenda import find
    from finsam_desktop.domain.numbering import paragraphs, sub_letter

    wanted = text.replace("\u00a0", " ").replace(" ", "").upper()
    sections = paragraphs(meetings, meeting)
    named: dict[str, AgendaItem] = {}
    for place, item in enumerate(meeting.items):
        names = [str(place + 1)] + ([f"§{sections[item.id]}"] if item.id in sections else [])
        for name in names:
            named[name] = item
            for index, sub in enumerate(item.sub_items):
                named[f"{name}{sub_letter(index)}"] = sub
    found = named.get(wanted) or find(meeting.items, text)
    if found is None:
        last = f"1–{len(meeting.items)}" if meeting.items else "inga"
        raise UserError(
            f"Det finns inget ärende ”{text}” i sammanträdet {meeting.date.isoformat()}.",
            advice=f"Ärendena är {last}. Skriv till exempel 7, 7B eller §67.",
        )
    return found


def _minutes(options: argparse.Namespace) -> int:
    from finsam_desktop.domain.agenda import walk
    from finsam_desktop.domain.minutes_text import MinutesText

    with open_file(options.file, read_only=True) as workspace:
        meeting = workspace.find_meeting(options.meeting)
        told = MinutesText(meeting, workspace.association, workspace.meetings)
        if options.item is not None:
            items = tuple(walk((find_item(meeting, workspace.meetings, options.item),)))
        else:
            items = tuple(walk(meeting.items))
        association = workspace.association
    if options.json:
        print_json([_item_data(association, told, item) for item in items])
    else:
        print("\n\n".join("\n".join(_item_lines(association, told, item)) for item in items))
    return DONE


def _item_data(association: Association, told: MinutesText, item: AgendaItem) -> dict[str, object]:
    text = told.of(item)
    return {
        "id": item.id,
        "number": _number(told, item),
        "paragraph": text.paragraph,
        "title": item.minutes_title or item.title,
        "leader": _name(association, text.leader.person_id) if text.leader is not None else "",
        "quorate": text.quorate,
        "deciders": [
            {
                "name": _name(association, one.person_id),
                "serving_for": _name(association, one.serving_for) if one.serving_for else "",
            }
            for one in text.deciders
        ],
        "parts": {heading: [_spaced(line) for line in lines] for heading, lines in _parts(text)},
    }


def _item_lines(association: Association, told: MinutesText, item: AgendaItem) -> Iterator[str]:
    text = told.of(item)
    section = f"§ {text.paragraph}, " if text.paragraph is not None else ""
    yield f"{section}ärende {_number(told, item)}: {item.minutes_title or item.title}"
    names = [
        _name(association, one.person_id)
        + (f" (för {_name(association, one.serving_for)})" if one.serving_for else "")
        for one in text.deciders
    ]
    yield f"  Beslutande ({len(names)}): {', '.join(names) or 'ingen'}"
    if not text.quorate:
        yield "  Styrelsen är inte beslutför."
    for heading, lines in _parts(text):
        yield f"  {heading}"
        yield from (f"    {_spaced(line)}" for line in lines)


def _parts(text: ItemText) -> Iterator[tuple[str, list[str]]]:
    """The parts that say something, each with its heading, in the order of print."""
    from finsam_desktop.domain.vote_sentences import BALLOT_WORDS

    parts = (
        ("Närvaro", text.arrivals),
        ("Jäv", text.conflicts),
        ("Text", [line for line in text.text.splitlines() if line.strip()]),
        ("Deltagande på distans", text.distance),
        ("Yrkanden", text.motions),
        ("Propositionsordning", text.propositions),
        ("Omröstning", [f"{line.name}: {BALLOT_WORDS[line.ballot]}" for line in text.ballots]),
        ("Resultat", [text.result]),
        ("Val", text.election),
        ("Beslut", [*_decision_lines(text.decision), *text.after_decision]),
        ("Reservation", text.dissents),
        ("Protokollsanteckning", text.notes),
        ("Efter paragrafen", text.departures),
    )
    for heading, lines in parts:
        said = [line for line in lines if line]
        if said:
            yield heading, said


def _decision_lines(decision: Clauses | None) -> list[str]:
    if decision is None:
        return []
    return [decision.lead, *(f"att {clause}" for clause in decision.clauses), decision.condition]


def _number(told: MinutesText, item: AgendaItem) -> str:
    from finsam_desktop.domain.agenda import parent_of
    from finsam_desktop.domain.numbering import agenda_numbers

    numbers = agenda_numbers(told.meeting)
    parent = parent_of(told.meeting.items, item.id)
    return numbers[item.id] if parent is None else f"{numbers[parent.id]}{numbers[item.id]}"


def _name(association: Association, person_id: str) -> str:
    from finsam_desktop.domain.sentences import person_name

    return person_name(association, person_id)


def _spaced(text: str) -> str:
    """With plain spaces: a terminal and a script do not break lines at numbers."""
    return text.replace("\u00a0", " ")


def _attendance(options: argparse.Namespace) -> int:
    from finsam_desktop.documents.presence import Presence
    from finsam_desktop.domain.numbering import paragraphs

    with open_file(options.file, read_only=True) as workspace:
        meeting = workspace.find_meeting(options.meeting)
        numbers = paragraphs(workspace.meetings, meeting)
        association = workspace.association
    if not numbers:
        raise UserError(
            f"Sammanträdet {meeting.date.isoformat()} har inga paragrafer, så närvaron följer inga paragrafer.",
            advice="Lägg in ärenden, eller ange ett sammanträde där styrelsen beslutar.",
        )
    presence = Presence(association, meeting, numbers)
    rows = [{key: _spaced(str(value)) for key, value in row.items()} for row in presence.deciding_rows()]
    deputies = _spaced(presence.deputies()).splitlines()
    others = _spaced(presence.others())
    if options.json:
        print_json({"deciding": rows, "deputies": deputies, "others": others})
        return DONE
    print("Beslutande")
    for row in rows:
        print(
            "  "
            + "  ·  ".join(part for part in (row["name"], row["member"], f"§ {row['paragraphs']}") if part)
        )
    for heading, lines in (("Ersättare", deputies), ("Övriga", [others] if others else [])):
        if lines:
            print(heading)
            print("\n".join(f"  {line}" for line in lines))
    return DONE
