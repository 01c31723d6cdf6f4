"""Joint items: one item as a file between associations."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from finsam_desktop.commands.common import DONE, command, file_and_meeting, group, open_file, out


def add(commands: Any) -> None:
    """Add the commands."""
    joint = group(commands, "joint", "ärenden som flera förbund beslutar om: spara och ta emot")
    export = command(joint, "export", _export, "spara ett ärende som fil att skicka till andra förbund")
    file_and_meeting(export)
    export.add_argument("item", metavar="ÄRENDE", help="nummer på dagordningen, till exempel 8")
    out(export)
    received = command(joint, "import", _import, "ta emot ett ärende från ett annat förbund")
    file_and_meeting(received)
    received.add_argument("received", metavar="ÄRENDEFIL", type=Path)
    received.add_argument("--show", action="store_true", help="visa vad som kommer, utan att ta in det")


def _export(options: argparse.Namespace) -> int:
    from finsam_desktop.attach_figures import find_item
    from finsam_desktop.joint_items import save

    with open_file(options.file, read_only=True) as workspace:
        meeting = workspace.find_meeting(options.meeting)
        print(save(workspace, meeting, find_item(meeting, options.item), options.out, date.today()))
    return DONE


def _import(options: argparse.Namespace) -> int:
    from finsam_desktop.joint_items import described, read_file, take_in

    received = read_file(options.received)
    print("\n".join(described(received)))
    if options.show:
        return DONE
    with open_file(options.file) as workspace:
        meeting = workspace.find_meeting(options.meeting)
        item = take_in(workspace, meeting, received)
    print(f"”{item.title}” står nu på dagordningen {meeting.date}.")
    return DONE
