"""The standing phrases for the minutes."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from finsam_desktop.commands.common import DONE, as_json, command, open_file, print_json


def add(commands: Any) -> None:
    """Add the command."""
    phrases = command(commands, "phrases", _phrases, "visa fraserna som kan sättas in i protokollet")
    phrases.add_argument("file", metavar="FIL", type=Path)
    as_json(phrases)


def _phrases(options: argparse.Namespace) -> int:
    from finsam_desktop.domain.phrases import HOTKEYS, merged
    from finsam_desktop.files.phrase_files import standard_phrases

    with open_file(options.file, read_only=True) as workspace:
        own = workspace.association.phrases
    rows = []
    for number, phrase in enumerate(merged(own, standard_phrases()), start=1):
        key = f"Ctrl+Skift+{number}" if number <= HOTKEYS else ""
        rows.append({"key": phrase.key, "text": phrase.text, "own": phrase in own, "hotkey": key})
    if options.json:
        print_json(rows)
        return DONE
    for row in rows:
        mark = "egen" if row["own"] else ""
        print(
            "  ".join(part for part in (f"#{row['key']}", str(row["text"]), str(row["hotkey"]), mark) if part)
        )
    return DONE
