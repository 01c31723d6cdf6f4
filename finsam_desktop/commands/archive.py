"""`finsam archive`, `export-all` and `import-all`: what is kept outside the program, and taken in again."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from finsam_desktop.commands.common import (
    DONE,
    FINDINGS,
    as_json,
    command,
    file_and_meeting,
    group,
    open_file,
    out,
    print_json,
    user,
)

if TYPE_CHECKING:
    from finsam_desktop.archive.manifest import Manifest


def add(commands: Any) -> None:
    """Add the commands."""
    archive = group(commands, "archive", "sammanträdets arkiv")
    make = command(archive, "make", _make, "skapa ett arkiv av ett sammanträde, som mapp eller zip")
    file_and_meeting(make)
    make.add_argument("-o", "--out", metavar="UT", type=Path, help="mappen eller zip-filen att skapa")
    make.add_argument("--zip", action="store_true", help="en zip-fil i stället för en mapp")
    make.add_argument("--no-pdf", action="store_true", help="utan PDF/A, bara Word")
    make.add_argument("--public", action="store_true", help="den offentliga versionen")
    as_json(make)
    verify = command(
        archive, "verify", _verify, "visa allt i ett arkiv som är ändrat, saknas eller har kommit till"
    )
    verify.add_argument("archive", metavar="ARKIV", type=Path)
    as_json(verify)

    export = command(commands, "export-all", _export_all, "exportera hela förbundet till vanliga mappar")
    export.add_argument("file", metavar="FIL", type=Path)
    export.add_argument("folder", metavar="MAPP", type=Path, help="en mapp som inte finns än")
    export.add_argument("--no-papers", action="store_true", help="utan Word-dokument, bara data och filer")
    as_json(export)
    taken = command(commands, "import-all", _import_all, "läs in ett exporterat förbund till en ny fil")
    taken.add_argument("folder", metavar="MAPP", type=Path)
    out(taken)


def _make(options: argparse.Namespace) -> int:
    from finsam_desktop import archiving

    with open_file(options.file, read_only=True) as workspace:
        target = options.out or archiving.archive_target(
            workspace,
            options.meeting,
            options.file.resolve().parent,
            public=options.public,
            as_zip=options.zip,
        )
        made = archiving.make_archive(
            workspace,
            options.meeting,
            target,
            now=datetime.now(),
            public=options.public,
            pdf=not options.no_pdf,
        )
    return _told(made.path, made.manifest, options.json)


def _told(path: Path, manifest: Manifest, as_data: bool) -> int:
    if as_data:
        print_json(
            {
                "path": str(path),
                "files": [
                    {"path": one.path, "sha256": one.sha256, "size": one.size, "claim": one.claim}
                    for one in manifest.entries
                ],
                "told": list(manifest.told),
            }
        )
        return DONE
    for sentence in manifest.told:
        print(sentence)
    print(f"{len(manifest.entries)} filer, {manifest.size / 1024**2:.1f} MB".replace(".", ","))
    print(path)
    return DONE


def _verify(options: argparse.Namespace) -> int:
    from finsam_desktop.archive.verify import verify

    verdict = verify(options.archive)
    if options.json:
        print_json(
            {
                "whole": verdict.whole,
                "files": len(verdict.manifest.entries),
                "found": [{"path": one.path, "flaw": one.flaw} for one in verdict.found],
            }
        )
    elif verdict.whole:
        print(f"Arkivet är helt: {len(verdict.manifest.entries)} filer, alla oförändrade.")
    else:
        print("\n".join(one.words for one in verdict.found))
    return DONE if verdict.whole else FINDINGS


def _export_all(options: argparse.Namespace) -> int:
    from finsam_desktop.leaving import export_all

    with open_file(options.file, read_only=True) as workspace:
        manifest = export_all(workspace, options.folder, now=datetime.now(), papers=not options.no_papers)
    return _told(options.folder, manifest, options.json)


def _import_all(options: argparse.Namespace) -> int:
    from finsam_desktop.leaving import import_all

    summary = import_all(options.folder, options.out, user=user())
    print(summary)
    print(options.out)
    return DONE
