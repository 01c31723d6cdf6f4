"""What libraries in C read, damaged: PDFs, pictures, documents and workbooks, in the child that is made for it.

Whatever becomes of the child, each file has an answer: pages, or a reason in Swedish. Nothing of it is read here.
"""

from __future__ import annotations

import io
import random
from pathlib import Path

import pytest

from finsam_desktop import paths
from finsam_desktop.files import people_files
from finsam_desktop.pdf.apart import Limits, Task, do_apart
from finsam_desktop.pdf.tagged_page import message_page
from tests.fuzzing import ODD, Step, damaged, damaged_zip
from tests.properties.test_fuzz_documents import ASSOCIATION, TEMPLATES

LIMITS = Limits(start=60.0, file=30.0, megabyte=10.0)
"""For a machine that does other things too; what a file may take at rest is held in tests/unit/pdf."""


def _pdf() -> list[bytes]:
    import pikepdf

    plain = message_page("Underlag", ("Ett stycke text.",) * 30)
    packed = io.BytesIO()
    with pikepdf.open(io.BytesIO(plain)) as pdf:
        pdf.save(packed, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(plain)) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(owner="a", user=""))
    # Strings as they stand, so that damage meets what the file says and not only what it is packed with.
    open_ = io.BytesIO()
    with pikepdf.open(io.BytesIO(plain)) as pdf:
        pdf.save(open_, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.all)
    return [plain, packed.getvalue(), locked.getvalue(), open_.getvalue()]


def _pictures() -> list[bytes]:
    from PIL import Image

    found = []
    for kind in ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP"):
        out = io.BytesIO()
        image = Image.new("RGB", (60, 40), (200, 30, 40))
        image.putpixel((3, 3), (0, 0, 0))
        image.save(out, format=kind)
        found.append(out.getvalue())
    return found


KINDS = {
    "pdf": (_pdf, damaged, ("pdf", "prove", "draw"), ".pdf"),
    "pictures": (_pictures, damaged, ("picture",), ".png"),
    "word": (lambda: TEMPLATES, damaged_zip, ("word", "words"), ".docx"),
    "workbook": (lambda: [people_files.workbook(ASSOCIATION)], damaged_zip, ("workbook", "words"), ".xlsx"),
    "ods and xls": (
        lambda: [
            path.read_bytes()
            for path in sorted((Path(__file__).parents[1] / "data" / "spreadsheets").glob("Resultatrapport T2 2026.*s"))
        ],
        damaged,
        ("workbook",),
        "",
    ),
}  # fmt: skip
kinds = pytest.mark.parametrize("kind", KINDS)


def _damage(chance: random.Random) -> list[Step]:
    number = chance.choice((1, 1, 1, 2, 3, 6))
    return [
        Step(chance.randrange(8), chance.random(), chance.randrange(len(ODD)), chance.randint(1, 300))
        for _ in range(number)
    ]


def _tried(kind: str, folder: Path, first: int, count: int) -> tuple[int, int]:
    """How many were read, and how many refused."""
    seeds, damage_of, works, ending = KINDS[kind]
    whole, tasks = seeds(), []  # type: ignore[operator]
    for number in range(first, first + count):
        chance = random.Random(number)
        content = damage_of(whole[number % len(whole)], _damage(chance))
        suffix = ending or (".ods" if content[:2] == b"PK" else ".xls")
        (folder / f"{number}{suffix}").write_bytes(content)
        tasks.append(
            Task(key=str(number), work=works[number % len(works)], source=f"{number}{suffix}", title=f"Fil{suffix}",
                 ending=suffix, count="1", width="300", others="1")
        )  # fmt: skip
    results = do_apart(tasks, folder, limits=LIMITS)
    assert set(results) == {task.key for task in tasks}
    refused = [result for result in results.values() if result.reason]
    assert all(result.reason.endswith(".") and "Error" not in result.reason for result in refused)
    slow = [key for key, result in results.items() if not result.lasting]
    # The renderer of Word files takes the square of a footer's length; the child is stopped then, and it is told.
    assert len(slow) <= (count // 50 if kind == "word" else 0), slow
    return len(results) - len(refused), len(refused)


@kinds
def test_damaged_files_are_read_or_refused_apart(kind: str, tmp_path: Path) -> None:
    read, refused = _tried(kind, tmp_path, 0, 24 if kind in ("pdf", "pictures") else 8)
    assert read
    assert refused


@pytest.mark.long
@kinds
def test_many_damaged_files_apart(kind: str, tmp_path: Path) -> None:
    """A hundred at a time, so that what is left of one child does not help the next."""
    for first in range(1_000, 2_000, 100):
        (tmp_path / str(first)).mkdir()
        _tried(kind, tmp_path / str(first), first, 100)


def test_the_fonts_of_the_renderer_are_there() -> None:
    """Without them every document would be refused, and nothing tried."""
    assert list((paths.resources() / "fonts").glob("*.otf"))
