"""What has been seen of PDFs, kept in a folder of the program's own: drawing every page again would take seconds."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path

from finsam_desktop.pdf.page_facts import PdfFacts, look_at

_VERSION = "1"
"""Counted up whenever the same PDF would give other facts than before."""
_MOST = 2000
"""Files kept; the oldest go first."""


class FactsCache:
    """Facts by the PDF's content. Nothing in the folder is ever needed; a fault of the disk is no fault of ours."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def look_at(self, pdf: bytes) -> PdfFacts:
        """As ``page_facts.look_at``, but read from the folder where they are known."""
        path = self._folder / f"{hashlib.sha256(pdf).hexdigest()}-{_VERSION}.sidfakta"
        with suppress(OSError, ValueError):
            return PdfFacts.from_json(path.read_bytes())
        facts = look_at(pdf)
        self._keep(path, facts.to_json())
        return facts

    def number(self, name: str) -> int | None:
        """A number that was remembered under a name."""
        with suppress(OSError, ValueError):
            return int(self._named(name).read_text(encoding="ascii"))
        return None

    def remember(self, name: str, number: int) -> None:
        """Remember a number, to begin from the next time."""
        self._keep(self._named(name), str(number).encode("ascii"))

    def _named(self, name: str) -> Path:
        return self._folder / f"{hashlib.sha256(name.encode('utf-8', 'replace')).hexdigest()}.sidantal"

    def _keep(self, path: Path, content: bytes) -> None:
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            waiting = path.with_suffix(".del")
            waiting.write_bytes(content)
            waiting.replace(path)
            kept = [one for one in self._folder.iterdir() if one.suffix in (".sidfakta", ".sidantal")]
            if len(kept) > _MOST:
                for one in sorted(kept, key=lambda one: one.stat().st_mtime)[: len(kept) - _MOST * 4 // 5]:
                    one.unlink(missing_ok=True)
