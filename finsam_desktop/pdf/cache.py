"""PDFs made before, by the content they were made of."""

from __future__ import annotations

from pathlib import Path


class ConversionCache:
    """PDFs in a folder of the program's own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
