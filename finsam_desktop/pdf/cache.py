"""PDFs made before, by the content they were made of, in a folder that is kept within a size.

Each entry begins with a line that tells the SHA-256 of what follows: an entry that was cut off or changed is not used.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

MAX_BYTES = 500_000_000
_THINNED = 0.8
PASSING_S = 600.0
"""How long a problem that may pass (a program that was too slow) is remembered."""
_ENDING = ".sidor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An entry: the PDF and what is known of it."""

    pdf: bytes
    tagged: bool
    program: str
    problem: str = ""
    lasting: bool = True


class ConversionCache:
    """PDFs in a folder of the program's own. Several programs may use it at once; nothing in it is ever needed."""

    def __init__(self, folder: Path, *, max_bytes: int = MAX_BYTES) -> None:
        self.folder = folder
        self._max_bytes = max_bytes

    def get(self, key: str) -> Kept | None:
        """What was kept under the key, when it is whole."""
        path = self._path(key)
        try:
            head, _, pdf = path.read_bytes().partition(b"\n")
            about = json.loads(head)
            whole = about.pop("sha256") == hashlib.sha256(pdf).hexdigest()
            kept = Kept(pdf=pdf, **about)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            whole = False
        with suppress(OSError):
            if not whole:
                path.unlink()
                return None
            if not kept.lasting and time.time() - path.stat().st_mtime > PASSING_S:
                path.unlink()
                return None
            if kept.lasting:
                os.utime(path)  # thinning takes the ones least used
        return kept if whole else None

    def put(self, key: str, kept: Kept) -> None:
        """Keep it. A full or closed disk is no fault: the work is done again the next time."""
        about = {
            "sha256": hashlib.sha256(kept.pdf).hexdigest(),
            "tagged": kept.tagged,
            "program": kept.program,
            "problem": kept.problem,
            "lasting": kept.lasting,
        }
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self.folder, suffix=".del")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(json.dumps(about, ensure_ascii=True).encode() + b"\n")
                    file.write(kept.pdf)
                os.replace(name, self._path(key))
            except OSError:
                with suppress(OSError):
                    os.unlink(name)
                raise

    def thin(self) -> None:
        """Take away the entries least used until the folder is well within its size."""
        entries = []
        with suppress(OSError):
            for path in self.folder.iterdir():
                with suppress(OSError):
                    about = path.stat()
                    if path.suffix == _ENDING:
                        entries.append((about.st_mtime, about.st_size, path))
                    elif path.suffix == ".del" and time.time() - about.st_mtime > 3600:
                        path.unlink()
        size = sum(entry[1] for entry in entries)
        if size <= self._max_bytes:
            return
        for _, entry_size, path in sorted(entries):
            if size <= self._max_bytes * _THINNED:
                break
            with suppress(OSError):
                path.unlink()
                size -= entry_size

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}{_ENDING}"
