"""`finsam find`: words in every field and in the text of the files."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from finsam_desktop.commands.common import DONE, FINDINGS, as_json, command, open_file, print_json

if TYPE_CHECKING:
    from finsam_desktop.search.finding import Place
    from finsam_desktop.searching import Found, Hit

_KINDS = {
    "sammantraden": "meeting", "arenden": "item", "beslut": "decision", "protokoll": "minutes",
    "handlingar": "file", "forbundet": "association",
}  # fmt: skip


def add(commands: Any) -> None:
    """Add the command."""
    find = command(commands, "find", _find, "sök ord i alla fält och i bilagornas text")
    find.add_argument("file", metavar="FIL", type=Path)
    find.add_argument("words", metavar="ORD", nargs="+", help="delar av ord räcker; alla ska finnas")
    find.add_argument("--year", metavar="ÅR", type=int, help="bara sammanträden det året")
    find.add_argument("--kind", choices=sorted(_KINDS), help="bara den sortens text")
    find.add_argument(
        "--most", metavar="ANTAL", type=int, default=60, help="högst så många träffar, 60 annars"
    )
    find.add_argument("--no-files", action="store_true", help="läs inte bilagor som inte är lästa än")
    as_json(find)


def _find(options: argparse.Namespace) -> int:
    from finsam_desktop.search.query import Kind, query
    from finsam_desktop.searching import Search, index_folder
    from finsam_desktop.settings import cache_folder

    wanted = query(
        " ".join(f'"{word}"' if " " in word else word for word in options.words),
        year=options.year,
        kind=Kind(_KINDS[options.kind]) if options.kind else None,
    )
    with open_file(options.file, read_only=True) as workspace:
        search = Search(workspace, index_folder(cache_folder()))
        try:
            if not options.no_files:
                search.read_files(_told if sys.stderr.isatty() else None)
            found = search.find(wanted, most=max(options.most, 0))
        finally:
            search.close()
    if options.json:
        print_json(_values(found))
    else:
        print("\n".join([*_lines(found), _sum(found)]))
    return DONE if found.total else FINDINGS


def _told(name: str, done: int, total: int) -> None:
    print(f"\rLäser bilagor, {total - done} kvar ", end="\n" if done == total else "", file=sys.stderr)


def _lines(found: Found) -> list[str]:
    from finsam_desktop.domain.wording import long_date
    from finsam_desktop.search.wording import place_words, thing_words

    lines = []
    for hit in found.hits:
        parts = (
            long_date(hit.meeting.date) if hit.meeting is not None else "",
            hit.number or thing_words(hit.thing),
            hit.thing.title,
            f"filen {hit.file_name}" if hit.sha256 else "",
            "SEKRETESS" if hit.confidential else "",
        )
        lines.append(", ".join(part for part in parts if part))
        for place in hit.places[:3]:
            where = place_words(hit.thing, place)
            lines.append(f"    {where}: {_marked(place)}" if where else f"    {_marked(place)}")
        if len(hit.places) > 3:
            lines.append(f"    … och {len(hit.places) - 3} ställen till")
    return lines


def _marked(place: Place) -> str:
    """The text with stars around what was found."""
    text = place.text
    for start, length in reversed(place.marks):
        text = f"{text[:start]}*{text[start : start + length]}*{text[start + length :]}"
    return text


def _sum(found: Found) -> str:
    count = "1 träff" if found.total == 1 else f"{found.total} träffar"
    said = [f"{count}, de {len(found.hits)} senaste visas." if found.total > len(found.hits) else f"{count}."]
    for number, one, many in (
        (found.unread, "1 fil är inte läst än.", "filer är inte lästa än."),
        (found.wordless, "1 fil har ingen text att söka i.", "filer har ingen text att söka i."),
        (found.closed, "1 fil gick inte att läsa.", "filer gick inte att läsa."),
    ):
        if number:
            said.append(one if number == 1 else f"{number} {many}")
    return " ".join(said)


def _values(found: Found) -> dict[str, object]:
    return {
        "total": found.total,
        "files": {"unread": found.unread, "wordless": found.wordless, "closed": found.closed},
        "hits": [_value(hit) for hit in found.hits],
    }


def _value(hit: Hit) -> dict[str, object]:
    from finsam_desktop.search.wording import place_words, thing_words

    return {
        "meeting": hit.meeting.id if hit.meeting is not None else "",
        "date": hit.meeting.date.isoformat() if hit.meeting is not None else "",
        "what": thing_words(hit.thing),
        "number": hit.number,
        "title": hit.thing.title,
        "confidential": hit.confidential,
        "file": hit.file_name if hit.sha256 else "",
        "places": [
            {"where": place_words(hit.thing, one), "field": one.field, "text": one.text, "marks": one.marks}
            for one in hit.places
        ],
    }
