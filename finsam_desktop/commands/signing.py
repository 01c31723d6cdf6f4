"""`finsam sign`, `signed` and `verify-signature`: signed protokoll and the signatures in them."""

from __future__ import annotations

import argparse
import getpass
import os
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from finsam_desktop.commands.common import (
    DONE,
    FINDINGS,
    as_json,
    command,
    file_and_meeting,
    open_file,
    out,
    print_json,
    read,
)
from finsam_desktop.errors import UserError

if TYPE_CHECKING:
    from finsam_desktop.archive.signing import Found, Key
    from finsam_desktop.workspace import Workspace

PASSWORD = "FINSAM_PASSWORD"


def add(commands: Any) -> None:
    """Add the commands."""
    sign = command(commands, "sign", _sign, "skriv under protokollet som PDF/A med eget certifikat")
    file_and_meeting(sign)
    key = sign.add_mutually_exclusive_group(required=True)
    key.add_argument("--p12", metavar="CERTIFIKAT", type=Path, help="certifikat med nyckel (.p12 eller .pfx)")
    key.add_argument("--card", metavar="BIBLIOTEK", type=Path, help="kortets programbibliotek (PKCS#11)")
    sign.add_argument("--token", metavar="KORT", default="", help="kortets namn, med --card")
    sign.add_argument("--certificate", metavar="NAMN", default="", help="certifikatets namn på kortet")
    sign.add_argument(
        "--password-file", metavar="FIL", type=Path, help=f"annars frågas det, eller läses ur {PASSWORD}"
    )
    sign.add_argument("--pdf", metavar="PDF", type=Path, help="skriv under den här filen i stället")
    out(sign)
    sign.add_argument("--keep", action="store_true", help="lägg också in den bland undertecknade protokoll")

    signed = command(commands, "signed", _signed, "visa, lägg in eller ta bort undertecknade protokoll")
    file_and_meeting(signed)
    what = signed.add_mutually_exclusive_group()
    what.add_argument(
        "--add", metavar="FIL", type=Path, help="en skannad eller e-underskriven PDF, eller en bild"
    )
    what.add_argument("--remove", metavar="NAMN", help="ta bort filen med det namnet")
    what.add_argument("--get", metavar="NAMN", help="spara filen med det namnet, med -o")
    signed.add_argument("--note", metavar="TEXT", default="", help="vad filen är")
    signed.add_argument("-o", "--out", metavar="UT", type=Path)
    as_json(signed)

    verify = command(
        commands, "verify-signature", _verify, "visa vem som har skrivit under en PDF, och om den är hel"
    )
    verify.add_argument("pdf", metavar="PDF", type=Path)
    as_json(verify)


def _sign(options: argparse.Namespace) -> int:
    from finsam_desktop import signed_papers
    from finsam_desktop.domain.signed_minutes import ADD

    key = _key(options)
    with open_file(options.file) as workspace:
        meeting = workspace.find_meeting(options.meeting)
        pdf = read(options.pdf) if options.pdf is not None else None
        now = datetime.now().astimezone()
        result, _ = signed_papers.make_signed(workspace, meeting.id, key, options.out, now=now, pdf=pdf)
        if options.keep:
            after = signed_papers.take_in(workspace, meeting.id, result.path, today=now.date())
            workspace.change(ADD, workspace.meeting(meeting.id), after)
    if result.beside:
        print(f"{options.out} har ändrats sedan den skapades. Den är orörd, det nya ligger bredvid.")
    print(result.path)
    return DONE


def _key(options: argparse.Namespace) -> Key:
    from finsam_desktop.archive.signing import Card, KeyFile

    password = _password(options, "PIN-kod: " if options.card else "Lösenord: ")
    if options.card:
        return Card(library=options.card, token=options.token, pin=password, certificate=options.certificate)
    return KeyFile(content=read(options.p12), password=password, name=options.p12.name)


def _password(options: argparse.Namespace, question: str) -> str:
    if options.password_file is not None:
        return read(options.password_file).decode("utf-8", "replace").strip("\r\n")
    if PASSWORD in os.environ:
        return os.environ[PASSWORD]
    try:
        return getpass.getpass(question)
    except (EOFError, OSError) as error:
        raise UserError(
            "Lösenordet saknas.", advice=f"Ange --password-file, eller sätt {PASSWORD}.", detail=str(error)
        ) from error


def _signed(options: argparse.Namespace) -> int:
    from finsam_desktop import signed_papers
    from finsam_desktop.domain import signed_minutes
    from finsam_desktop.storage.safewrite import write_file

    with open_file(options.file, read_only=not (options.add or options.remove)) as workspace:
        meeting = workspace.find_meeting(options.meeting)
        if options.add is not None:
            after = signed_papers.take_in(
                workspace, meeting.id, options.add, today=date.today(), note=options.note
            )
            workspace.change(signed_minutes.ADD, meeting, after)
        elif options.remove is not None:
            stored = _named(workspace, meeting.id, options.remove)
            workspace.change(signed_minutes.REMOVE, meeting, signed_minutes.without(meeting, stored.id))
        elif options.get is not None:
            stored = _named(workspace, meeting.id, options.get)
            target = options.out or Path(stored.file_name)
            if target.exists():
                raise UserError(
                    f"Det finns redan en fil som heter {target}.", advice="Ange ett annat namn med -o."
                )
            write_file(target, workspace.file(stored.sha256))
            print(target)
            return DONE
        meeting = workspace.meeting(meeting.id)
        looks = [(one, signed_papers.look_at_stored(workspace, one)) for one in meeting.signed_minutes]
    if options.json:
        print_json(
            [
                {
                    "file_name": one.file_name,
                    "sha256": one.sha256,
                    "size": one.size,
                    "added_on": one.added_on.isoformat() if one.added_on else None,
                    "note": one.note,
                    "kind": look.words,
                    "signatures": [_data(found) for found in look.signatures],
                }
                for one, look in looks
            ]
        )
        return DONE
    for one, look in looks:
        print(f"{one.file_name}  {look.words}{f', {one.note}' if one.note else ''}")
        for found in look.signatures:
            print(f"  {found.sentence}")
    if not looks:
        print("Inget undertecknat protokoll är inlagt.")
    return FINDINGS if any(look.good is False for _one, look in looks) else DONE


def _named(workspace: Workspace, meeting_id: str, name: str) -> Any:
    known = workspace.meeting(meeting_id).signed_minutes
    found = [one for one in known if one.file_name.casefold() == name.strip().casefold()]
    if not found:
        names = ", ".join(one.file_name for one in known) or "inga"
        raise UserError(f"Det finns inget undertecknat protokoll ”{name}”.", advice=f"Filerna är {names}.")
    return found[-1]


def _verify(options: argparse.Namespace) -> int:
    from finsam_desktop.archive.signing import verify_pdf

    found = verify_pdf(read(options.pdf))
    if options.json:
        print_json([_data(one) for one in found])
    elif not found:
        print(f"{options.pdf.name} har ingen elektronisk underskrift.")
    else:
        print("\n".join(one.sentence for one in found))
    return DONE if found and all(one.good for one in found) else FINDINGS


def _data(found: Found) -> dict[str, object]:
    return {
        "signer": found.signer,
        "issuer": found.issuer,
        "signed_at": found.signed_at.isoformat() if found.signed_at else None,
        "intact": found.intact,
        "whole": found.whole,
        "in_time": found.in_time,
        "good": found.good,
    }
