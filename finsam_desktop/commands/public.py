"""`finsam public`: what is kept from the public version, on what ground, and what is then taken away."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
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
)
from finsam_desktop.errors import UserError

if TYPE_CHECKING:
    from finsam_desktop.domain.confidentiality import Secret
    from finsam_desktop.domain.meeting import Meeting
    from finsam_desktop.domain.removals import Removal


def add(commands: Any) -> None:
    """Add the commands."""
    public = group(commands, "public", "den offentliga versionen: vad som tas bort och på vilken grund")
    report = command(public, "report", _report, "visa vad som tas bort ur den offentliga versionen")
    file_and_meeting(report)
    report.add_argument("--csv", metavar="UT", type=Path, help="spara också som kalkylblad")
    as_json(report)
    mark = command(public, "mark", _mark, "ange sekretess för ett ärende eller en bilaga, eller maskera ord")
    file_and_meeting(mark)
    what = mark.add_mutually_exclusive_group(required=True)
    what.add_argument("--item", metavar="PUNKT", help="ärendet, till exempel 7 eller 7B")
    what.add_argument("--attachment", metavar="NUMMER", type=int, help="bilagans nummer")
    what.add_argument("--words", metavar="ORD", help="namn eller andra ord som maskeras överallt")
    mark.add_argument("--section", metavar="LAGRUM", default="", help="till exempel ”26 kap. 1 §”")
    mark.add_argument(
        "--reason", metavar="SKÄL", default="", help="för den egna förteckningen, trycks aldrig"
    )
    mark.add_argument("--instead", metavar="TEXT", default="", help="det som skrivs i stället för orden")
    mark.add_argument(
        "--reviewed", action="store_true", help="bilagans bilder är granskade, inget att maskera"
    )
    mark.add_argument("--undo", action="store_true", help="ta bort sekretessen, orden eller granskningen")
    grounds = command(public, "grounds", _grounds, "visa vanliga bestämmelser i OSL")
    as_json(grounds)


def _report(options: argparse.Namespace) -> int:
    from finsam_desktop.documents.public_files import file_removals
    from finsam_desktop.documents.removal_list import save_removals
    from finsam_desktop.domain.visibility import public_version

    with open_file(options.file, read_only=True) as workspace:
        meeting = workspace.find_meeting(options.meeting)
        version = public_version(workspace.association, workspace.meetings, meeting)
        files = file_removals(version.meeting, meeting.masked, workspace.file)
    removed = (*version.removed, *files)
    if options.csv is not None:
        save_removals(options.csv, removed)
    if options.json:
        print_json([_as_data(one) for one in removed])
    elif not removed:
        print("Inget tas bort. Den offentliga versionen är den fullständiga.")
    else:
        print("\n".join(_line(one) for one in removed))
    for part, count in version.left.items():
        times = "en gång" if count == 1 else f"{count} gånger"
        print(f"Att se över: ”{part}” är en del av ett maskerat namn och står kvar {times}.", file=sys.stderr)
    return FINDINGS if any(not one.section and not one.reason for one in removed) else DONE


def _as_data(removal: Removal) -> dict[str, str]:
    return {
        "what": removal.what, "where": removal.where, "section": removal.section, "reason": removal.reason
    }  # fmt: skip


def _line(removal: Removal) -> str:
    why = ", ".join(one for one in (removal.section, removal.reason) if one) or "ingen grund vald"
    return f"{removal.what}: {removal.where}. {why[:1].upper()}{why[1:]}".replace("\u00a0", " ")


def _mark(options: argparse.Namespace) -> int:
    from finsam_desktop.domain.confidentiality import Secret

    secret = (
        Secret() if options.undo else Secret(section=options.section.strip(), reason=options.reason.strip())
    )
    with open_file(options.file) as workspace:
        before = workspace.find_meeting(options.meeting)
        if options.words is not None:
            label, after = _with_words(before, options, secret)
        elif options.item is not None:
            label, after = _with_item(before, options, secret)
        else:
            label, after = _with_attachment(before, options, secret)
        if after == before:
            raise UserError("Inget ändrades: så är det redan.", advice="Se efter med finsam public report.")
        workspace.change(label, before, after)
    print(label)
    return DONE


def _with_words(meeting: Meeting, options: argparse.Namespace, secret: Secret) -> tuple[str, Meeting]:
    from finsam_desktop.domain.confidentiality import MaskedWord

    words = " ".join(options.words.split())
    if not any(letter.isalnum() for letter in words):
        raise UserError("Det finns inga ord att maskera.", advice="Skriv ett namn efter --words.")
    others = tuple(one for one in meeting.masked if one.words.casefold() != words.casefold())
    if options.undo:
        return f"Ta bort ”{words}” bland ord som maskeras", replace(meeting, masked=others)
    new = MaskedWord(words=words, instead=options.instead.strip(), secret=secret)
    old = next((one for one in meeting.masked if one.words.casefold() == words.casefold()), None)
    if old is not None and replace(new, id=old.id, words=old.words) == old:
        return "", meeting
    return f"Maskera ”{words}”", replace(meeting, masked=(*others, new))


def _with_item(meeting: Meeting, options: argparse.Namespace, secret: Secret) -> tuple[str, Meeting]:
    from finsam_desktop.attach_figures import find_item
    from finsam_desktop.domain.agenda import update

    item = find_item(meeting, options.item)
    items = update(
        meeting.items, item.id, lambda one: replace(one, confidential=not options.undo, secret=secret)
    )
    label = f"{_verb(options)} ärende {options.item}"
    return label, replace(meeting, items=items)


def _with_attachment(meeting: Meeting, options: argparse.Namespace, secret: Secret) -> tuple[str, Meeting]:
    from finsam_desktop.domain.agenda import update, walk
    from finsam_desktop.domain.numbering import attachment_numbers

    numbers = attachment_numbers(meeting)
    found = next(
        ((item, one) for item in walk(meeting.items) for one in item.attachments
         if numbers[one.id] == options.attachment),
        None,
    )  # fmt: skip
    if found is None:
        raise UserError(
            f"Bilaga {options.attachment} finns inte i sammanträdet.",
            advice=f"Bilagorna är 1–{max(numbers.values())}."
            if numbers
            else "Sammanträdet har inga bilagor.",
        )
    item, old = found
    if options.reviewed:
        new, label = replace(old, reviewed=not options.undo), f"Granskning av bilaga {options.attachment}"
    else:
        new = replace(old, confidential=not options.undo, secret=secret)
        label = f"{_verb(options)} bilaga {options.attachment}"
    attachments = tuple(new if one.id == old.id else one for one in item.attachments)
    items = update(meeting.items, item.id, lambda one: replace(one, attachments=attachments))
    return label, replace(meeting, items=items)


def _verb(options: argparse.Namespace) -> str:
    return "Ta bort sekretess för" if options.undo else "Ange sekretess för"


def _grounds(options: argparse.Namespace) -> int:
    from finsam_desktop.domain.secrecy_grounds import GROUNDS

    if options.json:
        print_json([{"section": one.section, "about": one.about} for one in GROUNDS])
    else:
        print("\n".join(one.label for one in GROUNDS))
    return DONE
