"""Pictures of the example documents' pages, by LibreOffice and poppler; without them there are none, and it says so."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

DOTS_PER_INCH = 80
DOCUMENTS = ("kallelse", "protokoll", "tertialrapport")


def take(out: Path, only: str) -> int:
    """Write `kallelse-1.png` and so on into ``out``. 0 when done, 1 when a program is missing or fails."""
    wanted = [name for name in DOCUMENTS if not only or name.startswith(only.partition("-")[0])]
    if not wanted:
        return 0
    office, poppler = shutil.which("soffice"), shutil.which("pdftoppm")
    if office is None or poppler is None:
        print("Inga bilder av dokumenten: LibreOffice och poppler-utils behövs.", file=sys.stderr)
        return 1
    from finsam_desktop import demo

    with tempfile.TemporaryDirectory(prefix="finsam-sidor-") as name:
        folder = Path(name)
        made = [path for path in demo.create(folder) if path.parent == folder and path.suffix == ".docx"]
        convert = [office, f"-env:UserInstallation={(folder / 'profil').as_uri()}", "--headless"]
        convert += ["--convert-to", "pdf", "--outdir", str(folder), *map(str, made)]
        subprocess.run(convert, check=True, capture_output=True, timeout=180)
        for document in wanted:
            pdf = next(path for path in folder.glob("*.pdf") if document in path.name.lower())
            prefix = [poppler, "-r", str(DOTS_PER_INCH), "-png", str(pdf), str(out / document)]
            subprocess.run(prefix, check=True, timeout=60)
    return 0
