"""`finsam read-back`, `finsam replace`: edits made in Word, and words exchanged over a whole meeting."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from finsam_desktop.commands.common import (
    BAD_INPUT,
    DONE,
    as_json,
    command,
    day,
    file_and_meeting,
    open_file,
    print_json,
)
from finsam_desktop.errors import UserError

if TYPE_CHECKING:
    from finsam_desktop.documents.read_back_values import FieldChange, ReadBack
    from finsam_desktop.domain.replacing import Hit


def add(commands: Any) -> None:
    """Add the commands."""
    back = command(
        commands,
        "read-back",
        _read_back,
        "läs in det som har ändrats i Word i ett protokoll eller en kallelse",
    )
    file_and_meeting(back)
    back.add_argument("docx", metavar="DOKUMENT", type=Path, help="det ändrade Word-dokumentet")
    back.add_argument(
        "--take", metavar="NR", nargs="+", help="ta in ändringarna med de numren, eller alla som går med alla"
    )
    back.add_argument(
        "--reject", metavar="NR", nargs="+", type=int, default=(), help="läs utan de spårade ändringarna"
    )
    back.add_argument("--today", metavar="DAG", type=day, default=None, help=argparse.SUPPRESS)
    as_json(back)
    swap = command(commands, "replace", _replace, "sök och ersätt i ett sammanträdes texter")
    file_and_meeting(swap)
    swap.add_argument("words", metavar="ORD", help="det som ska bytas")
    swap.add_argument("new", metavar="NYTT", nargs="?", help="det nya; utan det visas bara ställena")
    swap.add_argument("--whole-words", action="store_true", help="bara hela ord")
    swap.add_argument("--match-case", action="store_true", help="skilj på stora och små bokstäver")
    swap.add_argument("--only", metavar="NR", nargs="+", type=int, help="bara ställena med de numren")
    as_json(swap)


def _read_back(options: argparse.Namespace) -> int:
    from finsam_desktop import minutes_read_back

    content = minutes_read_back.read_file(options.docx)
    with open_file(options.file, read_only=options.take is None) as workspace:
        meeting = workspace.find_meeting(options.meeting)
        known = minutes_read_back.material(workspace, meeting.id, options.today or date.today())
        opened = minutes_read_back.opened(known, content, options.docx.name)
        found = minutes_read_back.compared(opened, frozenset(options.reject))
        if options.take is None:
            _show(found, as_json=options.json)
            return DONE
        chosen = _chosen(found, options.take)
        after, done, left = minutes_read_back.take_all(known, opened.document, chosen)
        workspace.change(f"Ta in {len(done)} ändringar ur {options.docx.name}", meeting, after)
    if options.json:
        print_json({
            "taken": [_change_data(one) for one in done],
            "left": [{**_change_data(one), "problem": error.message} for one, error in left],
        })  # fmt: skip
    else:
        for change in done:
            print(f"Tog in {_of(change)}.")
        if not chosen:
            print("Det finns inget att ta in.")
        for change, error in left:
            print(f"Tog inte in {_of(change)}. {error.message} {error.advice}".rstrip())
    return BAD_INPUT if left and not done else DONE


def _chosen(found: ReadBack, wanted: list[str]) -> list[FieldChange]:
    if wanted == ["alla"]:
        return [one for one in found.changes if one.can_be_taken and not one.conflict]
    chosen = []
    for text in wanted:
        if not text.isdigit() or not 1 <= int(text) <= len(found.changes):
            raise UserError(
                f"Det finns ingen ändring med numret {text}.",
                advice="Kör kommandot utan --take för att se numren, eller skriv --take alla.",
            )
        chosen.append(found.changes[int(text) - 1])
    return chosen


def _of(change: FieldChange) -> str:
    return f"”{change.name}” under {change.where}".replace("\u00a0", " ")


def _show(found: ReadBack, *, as_json: bool) -> None:
    if as_json:
        print_json(_data(found))
        return
    print(f"{found.file_name} jämförs med {_lower(found.compared_with)}.")
    if found.is_unchanged:
        print("Ingen text är ändrad.")
    for number, change in enumerate(found.changes, start=1):
        state = "finns redan i programmet" if change.is_in else ""
        if change.problem:
            state = f"kan inte tas in: {change.problem} {change.advice}"
        elif change.conflict:
            state = "ändrat även i programmet"
        where = f"{change.where}: {change.name}".replace("\u00a0", " ")
        print(f"\n{number}. {where}{f' ({state})' if state else ''}")
        print(f"   före:  {_line(change.before)}\n   i Word: {_line(change.word)}")
        if change.conflict:
            print(f"   nu:    {_line(change.now)}")
    if found.unplaced:
        print("\nKan inte placeras:")
    for one in found.unplaced:
        words = " → ".join(_line(text) for text in (one.old, one.new) if text)
        print(
            f"- {one.kind} i {one.where}: {words or '(bild)'}. {one.why} {one.advice}".replace("\u00a0", " ")
        )
    for tracked in found.tracked:
        words = " → ".join(text for text in (tracked.removed, tracked.added) if text)
        when = f"{tracked.at:%Y-%m-%d %H.%M}" if tracked.at else "utan datum"
        print(f"Spårad ändring {tracked.number}, {tracked.author}, {when}: {_line(words)}")
    for remark in found.remarks:
        for comment in (remark.comment, *remark.comment.replies):
            when = f"{comment.at:%Y-%m-%d %H.%M}" if comment.at else "utan datum"
            print(
                f"Kommentar i {remark.where}, {comment.author}, {when}: {_line(comment.text)}".replace(
                    "\u00a0", " "
                )
            )


def _line(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\n", " / ") or "(tomt)"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _data(found: ReadBack) -> dict[str, object]:
    return {
        "document": found.document.value,
        "compared_with": found.compared_with,
        "exact": found.exact,
        "changes": [_change_data(one) for one in found.changes],
        "unplaced": [
            {
                "kind": one.kind, "where": one.where, "old": one.old, "new": one.new, "after": one.after,
                "why": one.why, "advice": one.advice,
            }
            for one in found.unplaced
        ],
        "tracked": [
            {
                "number": one.number, "kind": one.kind, "author": one.author,
                "at": one.at.isoformat() if one.at else None, "removed": one.removed, "added": one.added,
                "where": one.where, "accepted": one.accepted,
            }
            for one in found.tracked
        ],
        "comments": [
            {
                "author": one.comment.author, "at": one.comment.at.isoformat() if one.comment.at else None,
                "text": one.comment.text, "about": one.comment.quoted, "resolved": one.comment.resolved,
                "where": one.where,
                "replies": [{"author": reply.author, "text": reply.text} for reply in one.comment.replies],
            }
            for one in found.remarks
        ],
    }  # fmt: skip


def _change_data(change: FieldChange) -> dict[str, object]:
    return {
        "where": change.where, "field": change.name, "before": change.before, "word": change.word,
        "now": change.now, "can_be_taken": change.can_be_taken, "is_in": change.is_in, "conflict": change.conflict,
        "problem": change.problem, "advice": change.advice, "tracked": list(change.revisions),
    }  # fmt: skip


# -- sök och ersätt --------------------------------------------------------------------------------


def _replace(options: argparse.Namespace) -> int:
    from finsam_desktop.domain.replacing import Wanted, hits, replaced

    wanted = Wanted(words=options.words, whole_words=options.whole_words, match_case=options.match_case)
    with open_file(options.file, read_only=options.new is None) as workspace:
        meeting = workspace.find_meeting(options.meeting)
        found = hits(meeting, workspace.meetings, wanted)
        chosen = [
            hit
            for number, hit in enumerate(found, start=1)
            if hit.refusal is None and (options.only is None or number in options.only)
        ]
        if options.new is not None and chosen:
            try:
                after = replaced(meeting, chosen, options.new)
            except ValueError as error:
                raise UserError(str(error)) from error
            workspace.change(f"Ersätt ”{options.words}” med ”{options.new}”", meeting, after)
    done = options.new is not None
    if options.json:
        print_json(
            [_hit_data(number, hit, done and hit in chosen) for number, hit in enumerate(found, start=1)]
        )
        return DONE
    if not found:
        print(f"”{options.words}” står ingenstans i sammanträdets texter.")
    for number, hit in enumerate(found, start=1):
        told = f" (ändras inte: {hit.refusal.why})" if hit.refusal is not None else ""
        print(f"{number}. {hit.place.label}: {_line(hit.before)}[{_line(hit.found)}]{_line(hit.after)}{told}")
    if done:
        print(f"Ersatte {len(chosen)} av {len(found)} ställen." if found else "Inget är ändrat.")
    return DONE


def _hit_data(number: int, hit: Hit, replaced: bool) -> dict[str, object]:
    return {
        "number": number, "field": hit.place.label, "item": hit.place.item_id, "before": hit.before,
        "found": hit.found, "after": hit.after, "replaced": replaced,
        "refused": hit.refusal.why if hit.refusal is not None else "",
    }  # fmt: skip
