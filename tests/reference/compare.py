"""Compare a document's outline with the expected one in tests/reference/expected, and show what differs."""

from __future__ import annotations

import difflib
import os
from pathlib import Path

EXPECTED = Path(__file__).parent / "expected"
UPDATE = "FINSAM_UPDATE_REFERENCE"


def assert_as_expected(name: str, actual: str) -> None:
    """Fail with a diff when the text is not the expected one. FINSAM_UPDATE_REFERENCE=1 writes it instead."""
    path = EXPECTED / f"{name}.txt"
    if os.environ.get(UPDATE) == "1":
        EXPECTED.mkdir(exist_ok=True)
        path.write_text(actual, encoding="utf-8", newline="\n")
    expected = path.read_text(encoding="utf-8")
    if expected == actual:
        return
    diff = difflib.unified_diff(
        expected.splitlines(), actual.splitlines(), f"expected {name}", f"made {name}", lineterm="", n=2
    )
    raise AssertionError(
        "\n".join(diff) + f"\n\nRead the difference. If it is what you meant, run again with {UPDATE}=1."
    )
