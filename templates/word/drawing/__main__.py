"""Write the Word templates: ``python templates/word/drawing/__main__.py [FOLDER]``, by default into
templates/word."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

_HERE = Path(__file__).resolve().parent
_NAMES = (
    "kallelse",
    "protokoll",
    "tertialrapport",
    "protokollsutdrag",
    "anslag",
    "proforma",
    "tjansteskrivelse",
    "skrivelse",
    "remissvar",
    "insatsbeslut",
    "samradsinbjudan",
    "minnesanteckningar",
    "sammantradesplan",
    "forbundsordning",
    "ekonomi-i-korthet",
    "budget",
    "arsredovisning",
    "handlingar",
)


def main(arguments: list[str]) -> int:
    """Build every template. The files are the same, byte by byte, until something here changes."""
    # The package is found by its place: templates are no part of the installed program.
    sys.path.insert(0, str(_HERE.parent))
    folder = Path(arguments[0]) if arguments else _HERE.parent
    docx = importlib.import_module("drawing.package").docx
    for name in _NAMES:
        target = folder / f"{name}.docx"
        target.write_bytes(docx(importlib.import_module(f"drawing.{name.replace('-', '_')}").template()))
        print(target)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
