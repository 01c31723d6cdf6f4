"""`finsam convert`: files of many kinds as PDF, as they become in a pack."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from finsam_desktop.commands.common import DONE, FINDINGS, as_json, command, print_json, read
from finsam_desktop.errors import UserError


def add(commands: Any) -> None:
    """Add the command."""
    convert = command(commands, "convert", _convert, "gör om filer till PDF")
    convert.add_argument("files", metavar="FILER", type=Path, nargs="+")
    convert.add_argument(
        "-o", "--out", metavar="MAPP", type=Path, required=True, help="mappen för PDF-filerna"
    )
    convert.add_argument(
        "--without-libreoffice", action="store_true", help="gör som om LibreOffice inte fanns"
    )
    convert.add_argument("--no-cache", action="store_true", help="gör om också det som är gjort förut")
    as_json(convert)


def _convert(options: argparse.Namespace) -> int:
    from finsam_desktop.pdf.cache import ConversionCache
    from finsam_desktop.pdf.convert import BUNDLED, SourceFile, convert_all
    from finsam_desktop.pdf.libreoffice import find_libreoffice
    from finsam_desktop.settings import cache_folder
    from finsam_desktop.storage.safewrite import write_file

    targets = _targets(options.files, options.out)
    files = [SourceFile(name=path.name, content=read(path)) for path in options.files]
    folder = cache_folder()
    made = convert_all(
        files,
        profile=folder / "libreoffice",
        cache=None if options.no_cache else ConversionCache(folder / "sidor"),
        libreoffice=None if options.without_libreoffice else find_libreoffice(),
    )
    try:
        options.out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"Mappen {options.out} går inte att göra.", detail=str(error)) from error
    for target, one in zip(targets, made, strict=True):
        write_file(target, one.pdf)
    if options.json:
        print_json(
            [
                {
                    "file": str(path), "pdf": str(target), "tagged": one.tagged, "program": one.program,
                    "problem": one.problem, "advice": one.advice,
                }
                for path, target, one in zip(options.files, targets, made, strict=True)
            ]
        )  # fmt: skip
    else:
        for path, target, one in zip(options.files, targets, made, strict=True):
            if one.problem:
                print(f"{path.name}: {one.problem} {one.advice}".strip(), file=sys.stderr)
            else:
                by = f" (ungefärliga sidor, {BUNDLED})" if one.program == BUNDLED else ""
                print(f"{target}{by}")
    return FINDINGS if any(one.problem for one in made) else DONE


def _targets(files: list[Path], folder: Path) -> list[Path]:
    """The names of the PDFs; two files of one name without ending keep their endings. UserError where one is there."""
    stems = [path.stem.casefold() for path in files]
    targets = [
        folder / (f"{path.stem}.pdf" if stems.count(path.stem.casefold()) == 1 else f"{path.name}.pdf")
        for path in files
    ]
    for path, target in zip(files, targets, strict=True):
        if target.exists():
            raise UserError(
                f"Filen {target} finns redan och skrivs inte över.",
                advice="Välj en annan mapp, eller ta bort filen först.",
                detail=str(path),
            )
    if len({str(target).casefold() for target in targets}) < len(targets):
        raise UserError("Två av filerna har samma namn.", advice="Byt namn på en av dem.")
    return targets
