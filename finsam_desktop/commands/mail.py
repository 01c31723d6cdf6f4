"""`finsam mail`, `mail-text` and `calendar`: mail drafts, the texts behind them, and calendar files."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from finsam_desktop.commands.common import (
    DONE,
    as_json,
    command,
    file_and_meeting,
    open_file,
    out,
    print_json,
)
from finsam_desktop.domain.mail_texts import MAIL_NAMES, MailKind
from finsam_desktop.errors import UserError

if TYPE_CHECKING:
    from finsam_desktop.mailing import Made, Order
    from finsam_desktop.workspace import Workspace

_KINDS = tuple(kind.value for kind in MailKind)
_WITH = {"dokument": "paper", "pdf": "pdf", "handlingar": "pack", "kalender": "calendar"}


def add(commands: Any) -> None:
    """Add the commands."""
    mail = command(commands, "mail", _mail, "skapa ett mejlutkast; programmet skickar inget")
    file_and_meeting(mail)
    mail.add_argument(
        "-o", "--out", metavar="MAPP", type=Path, help="mappen för utkastet, annars filens mapp"
    )
    mail.add_argument("--kind", metavar="SLAG", choices=_KINDS, help=f"ett av {', '.join(_KINDS)}")
    mail.add_argument("--bcc", action="store_true", help="alla som hemlig kopia")
    mail.add_argument(
        "--skip", metavar="PERSON", action="append", default=[], help="den personen ska inte ha mejlet"
    )
    mail.add_argument(
        "--with",
        dest="parcels",
        metavar="VAD",
        action="append",
        choices=tuple(_WITH),
        help="vad som följer med: dokument, pdf, handlingar, kalender; kan anges flera gånger",
    )
    mail.add_argument("--attach", metavar="FIL", type=Path, action="append", default=[], help="en egen fil")
    mail.add_argument("--link", metavar="ADRESS", default="", help="var handlingarna finns")
    mail.add_argument("--public", action="store_true", help="den offentliga versionen")
    mail.add_argument("--to", dest="who", action="store_true", help="visa bara vilka mejlet går till")
    as_json(mail)

    text = command(commands, "mail-text", _mail_text, "visa eller byt texten i ett slags mejl")
    text.add_argument("file", metavar="FIL", type=Path)
    text.add_argument("kind", metavar="SLAG", choices=_KINDS, help=f"ett av {', '.join(_KINDS)}")
    change = text.add_mutually_exclusive_group()
    change.add_argument(
        "--set", dest="new", metavar="TEXTFIL", type=Path, help="en textfil som börjar med Ämne: …"
    )
    change.add_argument("--reset", action="store_true", help="programmets text igen")

    calendar = command(
        commands, "calendar", _calendar, "skapa en kalenderfil för ett sammanträde eller ett år"
    )
    calendar.add_argument("file", metavar="FIL", type=Path)
    calendar.add_argument("what", metavar="SAMMANTRÄDE|ÅR", help="ett sammanträdes datum, eller ett år")
    out(calendar)
    calendar.add_argument("--public", action="store_true", help="utan personer och adresser")
    as_json(calendar)


def _mail(options: argparse.Namespace) -> int:
    from finsam_desktop import mailing

    with open_file(options.file, read_only=options.who) as workspace:
        meeting = workspace.find_meeting(options.meeting)
        kind = MailKind(options.kind) if options.kind else mailing.usual_kind(meeting)
        order = _order(options, workspace, meeting.id, kind)
        if options.who:
            return _show_people(order, options.json)
        folder = options.out or options.file.resolve().parent
        made = mailing.make_mail(
            workspace, meeting.id, order, folder, today=date.today(), now=datetime.now().astimezone()
        )
        mailing.note(workspace, made)
    return _told(made, options.json)


def _order(options: argparse.Namespace, workspace: Workspace, meeting_id: str, kind: MailKind) -> Order:
    from finsam_desktop.domain.addressees import addressees, all_hidden
    from finsam_desktop.mailing import Order, Parcel

    meeting = workspace.meeting(meeting_id)
    people = () if options.public else addressees(meeting, workspace.association, kind)
    for name in options.skip:
        found = [one for one in people if name.strip().casefold() in one.name.casefold()]
        if len(found) != 1:
            known = ", ".join(one.name for one in people) or "inga"
            raise UserError(
                f"”{name}” är {'flera' if found else 'ingen'} av mottagarna.",
                advice=f"Mottagarna är {known}.",
            )
        people = tuple(one for one in people if one is not found[0])
    return Order(
        kind=kind,
        people=all_hidden(people) if options.bcc else people,
        parcels=frozenset(Parcel(_WITH[one]) for one in options.parcels) if options.parcels else None,
        files=tuple(options.attach),
        link=options.link,
        public=options.public,
    )


def _show_people(order: Order, as_data: bool) -> int:
    from finsam_desktop.domain.addressees import LINE_NAMES

    people = order.people or ()
    if as_data:
        print_json(
            [
                {"name": one.name, "role": one.role, "line": one.line, "email": one.email, "fault": one.fault}
                for one in people
            ]
        )
        return DONE
    for one in people:
        print(f"{LINE_NAMES[one.line]:<12}  {one.name}, {one.role}: {one.email or one.fault}")
    return DONE


def _told(made: Made, as_data: bool) -> int:
    result = made.result
    if as_data:
        print_json({"path": str(result.path), "beside": result.beside, "told": list(made.told)})
        return DONE
    if result.beside:
        print("Filen har ändrats sedan den skapades. Den är orörd, det nya ligger bredvid.")
    for sentence in made.told:
        print(sentence)
    print(result.path)
    return DONE


def _mail_text(options: argparse.Namespace) -> int:
    from finsam_desktop.domain.mail_texts import written_text
    from finsam_desktop.files.mail_text_files import load_text, text_for

    kind = MailKind(options.kind)
    name = MAIL_NAMES[kind].lower()
    changes = options.new is not None or options.reset
    with open_file(options.file, read_only=not changes) as workspace:
        before = workspace.association
        kept = tuple(one for one in before.mail_texts if one.kind != kind.value)
        if options.new is not None:
            text = load_text(options.new, kind)
            workspace.change(f"Ändra mejltexten {name}", before, replace(before, mail_texts=(*kept, text)))
        elif options.reset:
            workspace.change(f"Programmets mejltext {name}", before, replace(before, mail_texts=kept))
        print(written_text(text_for(workspace.association, kind)), end="")
    return DONE


def _calendar(options: argparse.Namespace) -> int:
    from finsam_desktop import mailing

    now = datetime.now().astimezone()
    with open_file(options.file) as workspace:
        if options.what.strip().isdigit() and len(options.what.strip()) == 4:
            result = mailing.make_year(
                workspace, int(options.what), options.out, now=now, public=options.public
            )
            made = mailing.Made(result=result)
        else:
            made = mailing.make_invitation(
                workspace, options.what, options.out, now=now, public=options.public
            )
            mailing.note(workspace, made)
    return _told(made, options.json)
