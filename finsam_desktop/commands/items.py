"""Items of an agenda: moved to the next meeting, as in the window."""

from __future__ import annotations

import argparse
from datetime import date
from typing import Any

from finsam_desktop.commands.common import DONE, command, day, file_and_meeting, group, open_file


def add(commands: Any) -> None:
    """Add the commands."""
    items = group(commands, "items", "ärenden på en dagordning")
    moved = command(items, "move", _move, "flytta ärenden till nästa sammanträde, med bilagor")
    file_and_meeting(moved)
    moved.add_argument(
        "items", metavar="ÄRENDE", nargs="+", help="nummer på dagordningen, till exempel 8 eller 5B"
    )
    moved.add_argument("--to", metavar="DATUM", type=day, help="ett annat sammanträde än nästa utkast")


def _move(options: argparse.Namespace) -> int:
    from finsam_desktop.attach_figures import find_item
    from finsam_desktop.files.catalogue_files import standard_templates
    from finsam_desktop.item_moves import move_on, told

    with open_file(options.file) as workspace:
        meeting = workspace.find_meeting(options.meeting)
        wanted = [find_item(meeting, text).id for text in options.items]
        target = workspace.find_meeting(options.to.isoformat()).id if options.to is not None else ""
        moved = move_on(workspace, meeting.id, wanted, standard_templates(), date.today(), target_id=target)
        print(told(meeting, moved))
    return DONE
