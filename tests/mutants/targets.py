"""Which modules are tried, and which tests are to notice; what no test can notice, with the reason."""

from __future__ import annotations

TARGETS: dict[str, tuple[str, ...]] = {
    "attendance": ("unit/domain/test_attendance.py", "properties/test_attendance_oracle.py"),
    "attendance_sentences": (
        "unit/domain/test_attendance_sentences.py",
        "properties/test_attendance_oracle.py",
    ),
    "voting": ("unit/domain/test_voting.py", "unit/domain/test_vote_cases.py"),
    "vote_sentences": ("unit/domain/test_vote_cases.py", "unit/domain/test_sentences_decisions.py"),
    "decision_sentences": ("unit/domain/test_sentences_decisions.py", "unit/domain/test_vote_cases.py"),
    "numbering": (
        "unit/domain/test_numbering_borders.py",
        "unit/domain/test_numbering.py",
        "properties/test_numbering.py",
    ),
    "deadlines": ("unit/domain/test_deadlines_borders.py", "unit/domain/test_deadlines.py"),
}
"""Module of ``finsam_desktop.domain`` → test files under ``tests/``, the quickest first."""

EQUIVALENT: dict[str, str] = {
    "voting: return yes > no ⟶ Gt made GtE": "The two numbers are known to differ there.",
    "attendance: last = order.get(presence.to_item, len(meeting.items) - 1) ⟶ Sub made Add": (
        "Any number after the last place means the same."
    ),
}
"""Faults that change nothing that can be seen, by module and ``Fault.key``, with the reason."""
