"""`finsam pack`: kallelse and bilagor as one PDF."""

from __future__ import annotations

import argparse
from datetime import date, datetime
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
)
from finsam_desktop.errors import UserError

if TYPE_CHECKING:
    from finsam_desktop.files.pack_files import SavedPack


def add(commands: Any) -> None:
    """Add the command."""
    pack = command(commands, "pack", _pack, "skapa handlingarna: kallelse och bilagor som en PDF")
    file_and_meeting(pack)
    out(pack)
    pack.add_argument(
        "--supplementary",
        action="store_true",
        help="tilläggshandlingar: bara det som är nytt eller ändrat sedan det som är skickat",
    )
    pack.add_argument(
        "--public",
        action="store_true",
        help="den offentliga versionen, utan det som är sekretess eller maskerat",
    )
    pack.add_argument("--duplex", action="store_true", help="varje bilaga börjar på en högersida")
    pack.add_argument(
        "--smaller-pictures", action="store_true", help="rita om stora bilder med färre bildpunkter"
    )
    pack.add_argument(
        "--paragraphs", action="store_true", help="skriv ”till § 67” på sidorna, även före justeringen"
    )
    pack.add_argument("--sent", action="store_true", help="anteckna att handlingarna är skickade")
    as_json(pack)


def _pack(options: argparse.Namespace) -> int:
    from finsam_desktop.documents.pack_papers import PackOptions
    from finsam_desktop.domain.sending import with_utskick
    from finsam_desktop.files.pack_files import SENT, SUPPLEMENT_SENT, save_pack, standard_tools

    if options.sent and options.public:
        raise UserError(
            "Den offentliga versionen skickas inte till styrelsen.",
            advice="Anteckna de fullständiga handlingarna som skickade, utan --public.",
        )
    chosen = PackOptions(
        supplementary=options.supplementary,
        public=options.public,
        duplex=options.duplex,
        smaller_pictures=options.smaller_pictures,
        by_paragraph=True if options.paragraphs else None,
    )
    with open_file(options.file) as workspace:
        meeting = workspace.find_meeting(options.meeting)
        saved = save_pack(
            workspace, meeting.id, chosen, options.out, tools=standard_tools(), today=date.today()
        )
        if options.sent:
            label = SUPPLEMENT_SENT if options.supplementary else SENT
            after = with_utskick(
                meeting, datetime.now(), saved.path.name, supplementary=options.supplementary
            )
            workspace.change(label, meeting, after)
    if options.json:
        print_json(_data(saved, sent=options.sent))
    else:
        print("\n".join(_lines(saved)))
    return FINDINGS if saved.pack.problems else DONE


def _lines(saved: SavedPack) -> list[str]:
    from finsam_desktop.domain.wording import file_size

    pack = saved.pack
    lines = [
        f"{entry.first_page:>5}  {entry.pages:>4} s  {file_size(entry.size):>9}  {entry.label} {entry.title}".rstrip()
        for entry in pack.entries
    ]
    lines += [
        f"Att se över: {problem.title}: {problem.text} {problem.advice}".rstrip() for problem in pack.problems
    ]
    lines += [f"Borttaget: {one.what}, {one.where}" for one in pack.removed]
    if saved.beside:
        lines.append("Filen som fanns har ändrats sedan den skapades. Den är orörd, den nya ligger bredvid.")
    lines.append(f"{saved.path}  {pack.pages} sidor, {file_size(len(pack.pdf))}")
    return lines


def _data(saved: SavedPack, *, sent: bool) -> dict[str, object]:
    pack = saved.pack
    return {
        "path": str(saved.path),
        "beside": saved.beside,
        "title": pack.title,
        "pages": pack.pages,
        "size": len(pack.pdf),
        "sent": sent,
        "entries": [
            {
                "label": entry.label.replace("\u00a0", " "),
                "title": entry.title,
                "attachment": entry.attachment_id,
                "first_page": entry.first_page,
                "pages": entry.pages,
                "size": entry.size,
                "tagged": entry.tagged,
            }
            for entry in pack.entries
        ],
        "problems": [
            {
                "title": problem.title,
                "text": problem.text,
                "advice": problem.advice,
                "attachment": problem.attachment_id,
                "left_out": problem.left_out,
            }
            for problem in pack.problems
        ],
        "removed": [
            {"what": one.what, "where": one.where, "section": one.section, "reason": one.reason}
            for one in pack.removed
        ],
    }
