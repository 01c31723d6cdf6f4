"""What a hostile template is given: as much as an ordinary meeting."""

from __future__ import annotations

from datetime import date


def context() -> dict[str, object]:
    """What a hostile template is given."""
    return {"namn": "Åsa", "xs": [1, 2], "d": {"k": 1}, "many": list(range(3000)), "datum": date(2026, 1, 1)}
