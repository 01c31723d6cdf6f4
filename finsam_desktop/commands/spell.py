"""`finsam spell`: words of a meeting that the dictionary lacks, and the association's own list."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from finsam_desktop.commands.common import (
    DONE,
    FINDINGS,
    as_json,
    command,
    file_and_meeting,
    open_file,
    print_json,
)
from finsam_desktop.errors import UserError

if TYPE_CHECKING:
    from finsam_desktop.workspace import Workspace


def add(commands: Any) -> None:
    """Add the command."""
    spell = command(commands, "spell", _spell, "visa ord i ett sammanträde som inte finns i ordlistan")
    file_and_meeting(spell, optional=True)
    spell.add_argument("--suggest", action="store_true", help="visa förslag till varje ord, tar tid")
    spell.add_argument(
        "--add", metavar="ORD", action="append", default=[], help="lägg ett ord i förbundets ordlista"
    )
    spell.add_argument("--remove", metavar="ORD", action="append", default=[], help="ta bort ett ord ur den")
    as_json(spell)


def _spell(options: argparse.Namespace) -> int:
    changes = bool(options.add or options.remove)
    with open_file(options.file, read_only=not changes) as workspace:
        if changes:
            _change(workspace, options.add, options.remove)
        if options.meeting is None:
            own = workspace.association.own_words
            if options.json:
                print_json(list(own))
            else:
                print("\n".join(own) or "Förbundets ordlista är tom.")
            return DONE
        found = _unknown(workspace, options.meeting, suggest=options.suggest)
    if options.json:
        print_json(found)
    else:
        print("\n".join(map(_line, found)) or "Alla ord finns i ordlistan.")
    return FINDINGS if found else DONE


def _change(workspace: Workspace, added: list[str], removed: list[str]) -> None:
    before = workspace.association
    missing = [word for word in removed if word not in before.own_words]
    if missing:
        raise UserError(
            f"”{missing[0]}” står inte i förbundets ordlista.", advice="Se listan med: finsam spell FIL"
        )
    if not all(word.split() == [word] for word in added):
        raise UserError("Ett ord i ordlistan får inte ha mellanslag.", advice="Lägg till orden var för sig.")
    words = tuple(sorted({*before.own_words, *added} - set(removed), key=str.casefold))
    workspace.change("Ändra ordlistan", before, replace(before, own_words=words))


def _unknown(workspace: Workspace, wanted: str, *, suggest: bool) -> list[dict[str, Any]]:
    """Each unknown word once: where it stands first, how often, and what may have been meant."""
    from finsam_desktop.domain.references import References
    from finsam_desktop.search.field_texts import of_meeting
    from finsam_desktop.search.finding import Place
    from finsam_desktop.search.wording import place_words, thing_words
    from finsam_desktop.spelling.dictionary import Dictionary
    from finsam_desktop.spelling.words import is_own, own_words, words_of

    meeting = workspace.find_meeting(wanted)
    dictionary, own = Dictionary(), own_words(workspace.association)
    found: dict[str, dict[str, Any]] = {}
    for thing in of_meeting(meeting, References(workspace.meetings, meeting).resolve):
        for text in thing.texts:
            if text.field in ("file_name", "sender", "masked", "secret"):
                continue
            for _, _, word in words_of(text.text):
                if word in found:
                    found[word]["count"] += 1
                elif not is_own(word, own) and not dictionary.knows(word):
                    where = place_words(thing, Place(text="", marks=(), field=text.field))
                    name = f"{thing_words(thing)} ”{thing.title}”" if thing.title else thing_words(thing)
                    found[word] = {
                        "word": word,
                        "count": 1,
                        "where": ", ".join(p for p in (name, where) if p),
                    }
    if suggest:
        for one in found.values():
            one["suggestions"] = dictionary.suggestions(one["word"])
    return list(found.values())


def _line(found: dict[str, Any]) -> str:
    times = f", {found['count']} gånger" if found["count"] > 1 else ""
    meant = f"\n    Förslag: {', '.join(found['suggestions']) or 'inga'}" if "suggestions" in found else ""
    return f"{found['word']}: {found['where']}{times}{meant}"
