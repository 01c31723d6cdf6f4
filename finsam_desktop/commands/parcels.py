"""Mötespaket: made for the chair or a justerare, worked in, sent back, and what came back taken in."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from finsam_desktop.commands.common import (
    DONE,
    FINDINGS,
    as_json,
    command,
    day,
    file_and_meeting,
    group,
    open_file,
    out,
    print_json,
    read,
    user,
)
from finsam_desktop.errors import UserError

if TYPE_CHECKING:
    from finsam_desktop.domain.agenda import AgendaItem
    from finsam_desktop.domain.parcel_values import Receiver
    from finsam_desktop.domain.parcel_words import FieldChange
    from finsam_desktop.parcels.received import MadeParcel, OpenParcel
    from finsam_desktop.parcels.returning import Returned
    from finsam_desktop.workspace import Workspace


def add(commands: Any) -> None:
    """Add the commands."""
    parcel = group(commands, "parcel", "mötespaket till ordföranden och justerare, och svaren på dem")
    _add_office(parcel)
    _add_receiver(parcel)


def _add_office(parcel: Any) -> None:
    make = command(parcel, "make", _make, "gör ett mötespaket av ett sammanträde")
    file_and_meeting(make)
    out(make)
    make.add_argument("--to", metavar="NAMN", required=True, help="vem paketet är till")
    make.add_argument(
        "--role", choices=("ordförande", "justerare"), help="för den som inte finns bland förslagen"
    )
    make.add_argument("--note", metavar="TEXT", default="", help="vad du vill säga till mottagaren")
    make.add_argument(
        "--public", action="store_true", help="den offentliga versionen, utan det som är sekretess"
    )
    _password(make)
    compare = command(parcel, "compare", _compare, "visa vad ett svar ändrar, fält för fält")
    _file_and_answer(compare)
    as_json(compare)
    take = command(parcel, "take", _take, "ta in det du väljer av ett svar")
    _file_and_answer(take)
    take.add_argument("--all", action="store_true", help="allt som inte båda har ändrat")
    take.add_argument(
        "--only", metavar="NUMMER", nargs="+", type=int, default=[], help="bara de här, se compare"
    )
    take.add_argument("--decline", metavar="NUMMER", nargs="+", type=int, default=[], help="avböj de här")
    confirm = command(parcel, "confirm", _confirm, "anteckna att en mottagare har justerat protokollet")
    file_and_meeting(confirm)
    confirm.add_argument("name", metavar="NAMN")


def _add_receiver(parcel: Any) -> None:
    show = command(parcel, "show", _show, "visa vad ett mötespaket innehåller")
    _parcel(show)
    as_json(show)
    opening = command(parcel, "open", _open, "gör en arbetskopia att arbeta i, och skriv ut var den ligger")
    _parcel(opening)
    comment = command(parcel, "comment", _comment, "skriv en kommentar som följer med svaret")
    _parcel(comment)
    comment.add_argument("item", metavar="ÄRENDE", help="nummer, till exempel 8; ”-” för hela sammanträdet")
    comment.add_argument("text", metavar="TEXT")
    note = command(parcel, "note", _note, "skriv en egen anteckning, som aldrig skickas")
    _parcel(note)
    note.add_argument("item", metavar="ÄRENDE")
    note.add_argument("text", metavar="TEXT")
    edit = command(parcel, "edit", _edit, "ändra det som står i protokollet under ett ärende")
    _parcel(edit)
    edit.add_argument("item", metavar="ÄRENDE", help="till exempel 7, 7B eller §67")
    edit.add_argument("--title", metavar="TEXT", help="rubrik i protokollet; tom för dagordningens")
    edit.add_argument("--text", metavar="TEXT", help="text i protokollet")
    edit.add_argument("--text-file", metavar="FIL", type=Path, help="text i protokollet, ur en textfil")
    edit.add_argument(
        "--clause", metavar="TEXT", action="append", help="en att-sats, utan att; flera för flera"
    )
    edit.add_argument("--reason", metavar="TEXT", help="motivering till beslutet")
    approve = command(parcel, "approve", _approve, "markera protokollet som justerat, så som det står")
    _parcel(approve)
    approve.add_argument("--withdraw", action="store_true", help="ta tillbaka markeringen")
    approve.add_argument("--on", metavar="DAG", type=day, help="dagen, i dag om inget anges")
    back = command(parcel, "send-back", _send_back, "gör svaret på ett mötespaket")
    _parcel(back)
    out(back)
    back.add_argument("--unlocked", action="store_true", help="lås inte svaret, fast paketet var låst")
    back.add_argument("--mail", action="store_true", help="gör också ett mejlutkast till sekreteraren")
    forget = command(parcel, "forget", _forget, "ta bort arbetskopian av ett mötespaket")
    forget.add_argument("copy", metavar="ARBETSKOPIA", type=Path)


def _password(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--password", action="store_true", help="lås med lösenord, som frågas efter")
    parser.add_argument("--password-file", metavar="FIL", type=Path, help="lösenordet är filens första rad")


def _parcel(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("parcel", metavar="PAKET", type=Path, help="mötespaketet, eller arbetskopian av det")
    _password(parser)


def _file_and_answer(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FIL", type=Path)
    parser.add_argument("answer", metavar="SVAR", type=Path)
    _password(parser)


def _word(options: argparse.Namespace) -> str | None:
    """The password: of the file, of the one who is asked, or None."""
    if options.password_file is not None:
        words: str = (
            read(options.password_file).decode("utf-8-sig", "replace").partition("\n")[0].rstrip("\r")
        )
        return words
    if options.password:
        from getpass import getpass

        return getpass("Lösenord: ")
    return None


def _tell(made: MadeParcel) -> None:
    print(made.path)
    for one in made.told:
        print(one)


# -- the association's side ------------------------------------------------------------------------


def _make(options: argparse.Namespace) -> int:
    from finsam_desktop.parcels.received import make_parcel

    with open_file(options.file) as workspace:
        meeting = workspace.find_meeting(options.meeting)
        receiver = _receiver(workspace, meeting.id, options.to, options.role)
        if os.path.lexists(options.out):
            raise UserError(f"{options.out} finns redan.", advice="Välj ett annat namn.")
        _tell(
            make_parcel(
                workspace,
                meeting.id,
                options.out,
                receiver=receiver,
                password=_word(options),
                note=options.note,
                public=options.public,
            )
        )
    return DONE


def _receiver(workspace: Workspace, meeting_id: str, name: str, role: str | None) -> Receiver:
    """Who is meant: one of those who may get it, by any part of the name, else a new one with a role."""
    from finsam_desktop.domain.parcel_receivers import receivers
    from finsam_desktop.domain.parcel_values import RECEIVER_ROLES, Receiver

    known = receivers(workspace.meeting(meeting_id), workspace.association)
    found = [one for one in known if name.casefold() in one.name.casefold()]
    if len(found) == 1:
        return found[0]
    if role is not None and not found:
        return Receiver(name=name, role=next(one for one, word in RECEIVER_ROLES.items() if word == role))
    names = ", ".join(f"{one.name} ({RECEIVER_ROLES[one.role]})" for one in known)
    raise UserError(
        f"”{name}” {'kan vara flera' if found else 'varken leder eller justerar sammanträdet'}.",
        advice=f"Ange ett av namnen: {names}. För någon annan: lägg till --role."
        if names
        else "Lägg till --role.",
    )


def _compare(options: argparse.Namespace) -> int:
    from finsam_desktop.parcels.returning import returned

    with open_file(options.file, read_only=True) as workspace:
        answer = returned(workspace, options.answer, _word(options))
    if options.json:
        print_json(_as_json(answer))
    else:
        print("\n".join(_lines(answer)))
    return FINDINGS if answer.changes or answer.comments else DONE


def _lines(answer: Returned) -> Iterable[str]:
    yield f"Svar från {answer.receiver.name}, {answer.replied_at:%Y-%m-%d kl. %H.%M}"
    yield from answer.told
    for number, one in enumerate(answer.changes, start=1):
        yield ""
        marks = [word for word, so in (("KROCK", one.conflict), ("avböjd förut", one.declined)) if so]
        yield f"{number}. {one.place}: {one.field}" + (f" ({', '.join(marks)})" if marks else "")
        if one.why:
            yield f"   {one.why}"
        versions = (("Skickades", one.old), ("Nu", one.mine), ("Svaret", one.theirs))
        for name, text in versions if one.conflict else versions[1:]:
            yield f"   {name}: {_indented(text) or '(inget)'}"
    for comment in answer.comments:
        yield ""
        yield f"Kommentar av {comment.by}, {comment.written_at:%Y-%m-%d kl. %H.%M}{_about(answer, comment.item_id)}:"
        yield f"   {_indented(comment.text)}"
    for approval in answer.approvals:
        yield ""
        yield f"Justerat av {approval.approval.name} den {approval.approval.approved_on}."
        if approval.changed:
            yield f"   Det som står nu skiljer sig från det som godkändes: {', '.join(approval.changed)}."


def _about(answer: Returned, item_id: str) -> str:
    from finsam_desktop.domain.agenda import find

    item = find(answer.theirs.items, item_id) or find(answer.mine.items, item_id)
    return f", om ”{item.title}”" if item is not None else ""


def _indented(text: str) -> str:
    return text.replace("\n", "\n      ")


def _as_json(answer: Returned) -> dict[str, object]:
    return {
        "from": answer.receiver.name,
        "at": answer.replied_at.isoformat(),
        "told": list(answer.told),
        "changes": [
            {
                "number": number,
                "key": one.key,
                "place": one.place,
                "item": one.item_id,
                "field": one.field,
                "old": one.old,
                "mine": one.mine,
                "theirs": one.theirs,
                "conflict": one.conflict,
                "acceptable": one.acceptable,
                "why": one.why,
                "needs": list(one.needs),
                "declined": one.declined,
            }
            for number, one in enumerate(answer.changes, start=1)
        ],
        "comments": [
            {"by": one.by, "at": one.written_at.isoformat(), "item": one.item_id, "text": one.text}
            for one in answer.comments
        ],
        "approvals": [
            {
                "name": one.approval.name,
                "on": one.approval.approved_on.isoformat(),
                "sha256": one.approval.sha256,
                "changed": list(one.changed),
            }
            for one in answer.approvals
        ],
    }


def _take(options: argparse.Namespace) -> int:
    from finsam_desktop.parcels.returning import returned, take

    with open_file(options.file) as workspace:
        answer = returned(workspace, options.answer, _word(options))
        chosen = [_numbered(answer, number).key for number in options.only]
        declined = [_numbered(answer, number).key for number in options.decline]
        if options.all:
            chosen += [one.key for one in answer.acceptable if one.key not in declined]
        taken = take(workspace, answer, chosen, declined)
    print(
        f"Infört: {taken.taken}. Avböjt: {taken.declined}. Kommentarer: {taken.comments}. "
        f"Justeringar: {taken.approvals}."
    )
    left = len([one for one in answer.conflicts if one.key not in (*chosen, *declined)])
    if left:
        print(f"{left} krockar är kvar. Välj med --only eller --decline.")
    return FINDINGS if left else DONE


def _numbered(answer: Returned, number: int) -> FieldChange:
    if 1 <= number <= len(answer.changes):
        return answer.changes[number - 1]
    raise UserError(
        f"Det finns ingen ändring {number} i svaret.",
        advice=f"Numren är 1 till {len(answer.changes)}; ”finsam parcel compare” visar dem."
        if answer.changes
        else "Svaret har inga ändringar.",
    )


def _confirm(options: argparse.Namespace) -> int:
    from finsam_desktop.parcels.returning import confirm

    with open_file(options.file) as workspace:
        meeting = workspace.find_meeting(options.meeting)
        found = [one for one in meeting.approvals if options.name.casefold() in one.name.casefold()]
        if len(found) != 1:
            names = ", ".join(one.name for one in meeting.approvals) or "ingen"
            raise UserError(
                f"”{options.name}” har inte markerat protokollet som justerat.",
                advice=f"Det har {names}. Ta först in svaret med ”finsam parcel take”.",
            )
        made = confirm(workspace, meeting.id, found[0].id)
        workspace.change(made.label, made.before, made.after)
    print(f"{made.label} den {found[0].approved_on}.")
    for one in made.told:
        print(one)
    return DONE


# -- the receiver's side ---------------------------------------------------------------------------


def _opened(options: argparse.Namespace) -> OpenParcel:
    from finsam_desktop.parcels.received import open_parcel

    return open_parcel(options.parcel, _word(options), user=user())


def _show(options: argparse.Namespace) -> int:
    from finsam_desktop.parcels.received import look, read_parcel

    password = _word(options)
    head = look(options.parcel)
    if head.protected and password is None:
        if options.json:
            print_json({"protected": True, "answer": head.answer, "size": head.size})
        else:
            kind = "Svar på ett mötespaket" if head.answer else "Mötespaket"
            print(f"{kind}, låst med lösenord och helt. Lägg till --password för att se innehållet.")
        return DONE
    content = read_parcel(options.parcel, password).content
    copy, meeting = content.parcel, content.meeting
    if options.json:
        print_json(
            {
                "protected": head.protected,
                "answer": head.answer,
                "size": head.size,
                "association": content.association.name,
                "meeting": meeting.date.isoformat(),
                "receiver": copy.receiver.name,
                "role": copy.receiver.role.value,
                "made_at": copy.made_at.isoformat(),
                "made_by": copy.made_by,
                "note": copy.note,
                "public": copy.public,
                "items": [item.title for item in meeting.items],
                "comments": len(meeting.comments),
                "approvals": [one.name for one in meeting.approvals],
            }
        )
        return DONE
    print(f"{'Svar från' if head.answer else 'Mötespaket till'} {copy.receiver.name}")
    print(f"{content.association.name}, {meeting.date}{', offentlig version' if copy.public else ''}")
    if copy.note:
        print(copy.note)
    for number, item in enumerate(meeting.items, start=1):
        print(f"{number:>3}. {item.title}")
    return DONE


def _open(options: argparse.Namespace) -> int:
    with _opened(options) as copy:
        print(copy.workspace.path)
    return DONE


def _item_id(copy: OpenParcel, text: str) -> str:
    from finsam_desktop.commands.minutes import find_item

    return "" if text == "-" else find_item(copy.meeting, copy.workspace.meetings, text).id


def _comment(options: argparse.Namespace) -> int:
    from finsam_desktop.domain.parcel_talk import with_comment

    with _opened(options) as copy:
        before = copy.meeting
        after = with_comment(before, copy.copy, _item_id(copy, options.item), options.text, datetime.now())
        copy.change("Kommentar", before, after)
    print("Kommentaren följer med svaret.")
    return DONE


def _note(options: argparse.Namespace) -> int:
    from finsam_desktop.domain.parcel_talk import with_note

    with _opened(options) as copy:
        before = copy.workspace.association
        noted = with_note(copy.copy, _item_id(copy, options.item), options.text, datetime.now())
        copy.workspace.change("Egen anteckning", before, replace(before, parcel=noted))
    print("Anteckningen ligger bara i arbetskopian.")
    return DONE


def _edit(options: argparse.Namespace) -> int:
    """The texts that are given; a reference is written as in the window: {§ 14}."""
    from finsam_desktop.commands.minutes import find_item
    from finsam_desktop.domain import agenda, references
    from finsam_desktop.domain.deadlines import reached
    from finsam_desktop.domain.meeting import MeetingState

    changes = _texts(options)
    with _opened(options) as copy:
        before, meetings = copy.meeting, copy.workspace.meetings
        item = find_item(before, meetings, options.item)
        if reached(before, MeetingState.ADJUSTED):
            raise UserError(
                "Inget ändrades: protokollet är justerat.",
                advice="Skriv en kommentar till sekreteraren i stället.",
            )
        known = references.References(meetings, before)
        seen = references.shown(before, known)
        items = agenda.update(seen.items, item.id, lambda one: _rewritten(one, changes))
        after = references.taken(replace(seen, items=items), known)
        if after == before:
            print("Det står redan så.")
            return DONE
        name = f"ärende {options.item}"
        copy.change(f"Ändra i {name}", before, after)
    print(f"Ändrat i {name}. Det följer med svaret.")
    return DONE


def _texts(options: argparse.Namespace) -> dict[str, Any]:
    """What was given, by the fields of the item and its decision."""
    if options.text is not None and options.text_file is not None:
        raise UserError("Ange antingen --text eller --text-file.", advice="Ta bort den ena.")
    text = options.text
    if options.text_file is not None:
        text = read(options.text_file).decode("utf-8-sig", "replace").replace("\r\n", "\n").rstrip("\n")
    title = " ".join(options.title.split()) if options.title is not None else None
    given = {
        "minutes_title": title,
        "minutes_text": text,
        "clauses": options.clause,
        "reason": options.reason,
    }
    found = {name: value for name, value in given.items() if value is not None}
    if not found:
        raise UserError("Inget ändrades.", advice="Ange --title, --text, --clause eller --reason.")
    return found


def _rewritten(item: AgendaItem, changes: dict[str, Any]) -> AgendaItem:
    from finsam_desktop.domain.decisions import Outcome

    decision = item.decision
    if "clauses" in changes:
        words = tuple(one.strip().removeprefix("att ") for one in changes["clauses"] if one.strip())
        decision = replace(decision, clauses=words, outcome=Outcome.OWN_WORDS)
    if "reason" in changes:
        decision = replace(decision, reason=changes["reason"])
    return replace(
        item,
        minutes_title=changes.get("minutes_title", item.minutes_title),
        minutes_text=changes.get("minutes_text", item.minutes_text),
        decision=decision,
    )


def _approve(options: argparse.Namespace) -> int:
    from finsam_desktop.parcels.received import approve

    at = datetime.combine(
        options.on or date.today(), datetime.now().time() if options.on is None else time(12)
    )
    with _opened(options) as copy:
        before, after, label = approve(copy.workspace, at, withdrawn=options.withdraw)
        copy.workspace.change(label, before, after)
        for one in after.approvals:
            if one not in before.approvals:
                print(f"Justerat av {one.name} den {one.approved_on}. Kontrollsumma {one.sha256}")
    if options.withdraw:
        print("Markeringen är borttagen.")
    return DONE


def _send_back(options: argparse.Namespace) -> int:
    if os.path.lexists(options.out):
        raise UserError(f"{options.out} finns redan.", advice="Välj ett annat namn.")
    password = _word(options)
    from finsam_desktop.parcels.received import open_parcel

    with open_parcel(options.parcel, password, user=user()) as copy:
        made = copy.send_back(options.out, password=None if options.unlocked else password)
        _tell(made)
        if options.mail:
            from finsam_desktop.parcels.answer_mail import make_answer_mail

            protected = password is not None and not options.unlocked
            draft = make_answer_mail(copy.workspace, made.path, protected=protected)
            print(draft.path)
            for one in draft.told:
                print(one)
    return DONE


def _forget(options: argparse.Namespace) -> int:
    from finsam_desktop.parcels.received import forget

    forget(options.copy)
    print(f"{options.copy.name} är borttagen, med dina anteckningar.")
    return DONE
