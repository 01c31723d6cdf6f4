"""`finsam accessibility`: look at the files of the bilagor again, and say what their pictures show."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace
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
)
from finsam_desktop.errors import UserError

if TYPE_CHECKING:
    from finsam_desktop.domain.agenda import Attachment
    from finsam_desktop.domain.meeting import Meeting


def add(commands: Any) -> None:
    """Add the commands."""
    room = group(commands, "accessibility", "tillgänglighet: det som hindrar den som använder skärmläsare")
    check = command(room, "check", _check, "se efter i bilagornas filer, och visa allt som hindrar")
    file_and_meeting(check)
    as_json(check)
    describe = command(room, "describe", _describe, "skriv vad bilden i en bilaga visar")
    file_and_meeting(describe)
    describe.add_argument("attachment", metavar="BILAGA", type=int, help="bilagans nummer")
    describe.add_argument("text", metavar="TEXT", help="läses upp i stället för bilden; tomt tar bort")


def _check(options: argparse.Namespace) -> int:
    from datetime import date

    from finsam_desktop.documents.file_barriers import barriers
    from finsam_desktop.domain.accessibility import RULE_LETTER
    from finsam_desktop.domain.rules import check

    with open_file(options.file) as workspace:
        before = workspace.find_meeting(options.meeting)

        def looked_at(one: Attachment) -> Attachment:
            return replace(one, barriers=barriers(workspace.file(one.sha256))) if one.sha256 else one

        after = _changed(before, looked_at)
        if after != before:
            workspace.change("Kontrollera bilagornas tillgänglighet", before, after)
        found = [
            one
            for one in check(after, workspace.association, workspace.meetings, date.today())
            if one.rule.startswith(RULE_LETTER)
        ]
    if options.json:
        print_json(
            [
                {"rule": one.rule, "title": one.title, "advice": one.advice, "source": one.source}
                for one in found
            ]
        )
    else:
        print("\n".join(f"{one.rule}  {one.title}. {one.advice}" for one in found) or "Inget hindrar.")
    return FINDINGS if found else DONE


def _describe(options: argparse.Namespace) -> int:
    from finsam_desktop.domain.numbering import attachment_numbers

    text = " ".join(options.text.split())
    with open_file(options.file) as workspace:
        before = workspace.find_meeting(options.meeting)
        numbers = attachment_numbers(before)
        wanted = next((key for key, number in numbers.items() if number == options.attachment), "")
        after = _changed(before, lambda one: replace(one, description=text) if one.id == wanted else one)
        if not wanted:
            raise UserError(
                f"Bilaga {options.attachment} finns inte i sammanträdet.",
                advice=f"Bilagorna är 1–{max(numbers.values())}."
                if numbers
                else "Sammanträdet har inga bilagor.",
            )
        if after != before:
            workspace.change(f"Beskriv bilaga {options.attachment}", before, after)
    print(text or f"Bilaga {options.attachment} har ingen beskrivning.")
    return DONE


def _changed(meeting: Meeting, change: Callable[[Attachment], Attachment]) -> Meeting:
    from finsam_desktop.domain.agenda import update, walk

    items = meeting.items
    for item in walk(meeting.items):
        new = tuple(change(one) for one in item.attachments)
        if new != item.attachments:
            items = update(items, item.id, lambda one, new=new: replace(one, attachments=new))  # type: ignore[misc]
    return replace(meeting, items=items) if items is not meeting.items else meeting
