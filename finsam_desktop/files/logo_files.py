"""The association's logo as a file: read, and refused where the documents could not draw it."""

from __future__ import annotations

from pathlib import Path

from finsam_desktop.errors import UserError

ENDINGS = (".png", ".jpg", ".jpeg")
LARGEST = 20_000_000
"""Bytes."""


def read_logo(path: Path) -> bytes:
    """The picture in a file. UserError when it cannot be read or is no picture."""
    try:
        if path.stat().st_size > LARGEST:
            raise UserError(f"Logotypen {path.name} är för stor.", advice="Spara den mindre än 20 MB.")
        content = path.read_bytes()
    except OSError as error:
        raise UserError(
            f"Logotypen {path.name} går inte att läsa.",
            advice="Kontrollera att filen finns kvar.",
            detail=str(error),
        ) from error
    check_logo(content, path.name)
    return content


def check_logo(content: bytes, name: str) -> None:
    """UserError, naming it, when the content is not a picture that documents can draw: PNG or JPEG."""
    from io import BytesIO

    from PIL import Image

    try:
        with Image.open(BytesIO(content), formats=("PNG", "JPEG")) as picture:
            picture.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise UserError(
            f"{name} är ingen bild som går att läsa.",
            advice="Spara logotypen på nytt som PNG eller JPEG.",
            detail=str(error),
        ) from error
