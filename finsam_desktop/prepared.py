"""What an association hands out with the program: forbund.toml beside it, offered at the first start."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from finsam_desktop.errors import UserError

if TYPE_CHECKING:
    from finsam_desktop.storage.preset import Prepared as Prepared

NAME = "forbund.toml"
PLACE = "FINSAM_PRESET"
"""Environment: the preset's file, in place of the one beside the program."""


def beside_program() -> Path | None:
    """The preset that lies beside the program, None when there is none."""
    return next((path for path in _places() if path.is_file()), None)


def _places() -> Iterator[Path]:
    named = os.environ.get(PLACE)
    if named:
        yield Path(named)
        return
    program = Path(sys.executable).resolve().parent
    yield program / NAME
    yield program.parent / NAME  # where the interpreter has a folder of its own
    if sys.platform.startswith("linux"):
        yield Path("/etc/finsam-desktop") / NAME


def load(path: Path) -> Prepared:
    """What the preset holds. UserError naming file and place."""
    from finsam_desktop.documents.kinds import Document
    from finsam_desktop.storage.preset import load_prepared

    found = load_prepared(path)
    known = {document.value: document for document in Document}
    for name, content in found.files.items():
        if name == "logo":
            from finsam_desktop.files.logo_files import check_logo

            check_logo(content, f"{path.name}: files.logo")
            continue
        if name not in known:
            raise UserError(
                f"{path.name}: files.templates.{name} är inget dokument.",
                advice=f"Dokumenten heter {', '.join(known)}.",
            )
        from finsam_desktop.documents.template_check import check

        problems = [p for p in check(content, known[name], name) if p.severity == "error"]
        if problems:
            raise UserError(
                f"{path.name}: mallen files.templates.{name} har fel: {problems[0].message}",
                advice="Kontrollera mallen under Mallar i programmet och lägg in den på nytt.",
            )
    return found
