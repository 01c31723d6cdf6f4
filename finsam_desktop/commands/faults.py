"""Reports of faults that the window has met: listed, or one shown whole. They hold nothing of the association."""

from __future__ import annotations

import argparse
from typing import Any

from finsam_desktop.commands.common import DONE, command


def add(commands: Any) -> None:
    """Add the command."""
    show = command(commands, "fault-reports", _show, "visa den senaste felrapporten, eller lista dem")
    show.add_argument("--list", action="store_true", help="lista felrapporterna, den senaste först")


def _show(options: argparse.Namespace) -> int:
    from finsam_desktop.faults.reports import kept
    from finsam_desktop.settings import data_folder

    reports = kept(data_folder())
    if not reports:
        print("Det finns inga felrapporter.")
    elif options.list:
        for report in reports:
            print(f"{report.at:%Y-%m-%d %H.%M}  {report.path}")
    else:
        print(reports[0].text, end="")
    return DONE
