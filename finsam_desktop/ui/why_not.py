"""Why an action cannot be done where one stands, in words that say what to do first."""

from __future__ import annotations

from finsam_desktop.ui.actions import LETTERS, ActionSpec

OPEN_FILE = "Öppna ett förbund först"
OPEN_MEETING = "Öppna ett sammanträde först"
LEAVE_LIVE = "Lämna mötesläget först (Esc)"
GO_LIVE = "Gå till ett sammanträdes mötesläge först"
RECEIVE = "Ta emot ett mötespaket först"
GO_YEAR_WHEEL = "Gå till Årshjul först (Ctrl+4)"
GO_CHAIR = "Gå tillbaka till sammanträdet först"
AT_HOME = "Görs i förbundets egen fil"

IN_LIVE = frozenset(
    ("live_note", "live_shared", "live_screen", "live_larger", "live_smaller", "live_full_screen", "adjourn")
)
"""What only mötesläge does."""
BY_RECEIVER = frozenset(
    (
        "make_notice", "make_notice_pdf", "make_minutes", "make_minutes_pdf", "make_extract", "make_extract_pdf",
        "approve_minutes", "send_back", "preview", *LETTERS.values(),
    )
)  # fmt: skip
"""What the receiver of a mötespaket does with the meeting."""
_ELSEWHERE = {"take_others": RECEIVE, "print": GO_YEAR_WHEEL}


def why_not(spec: ActionSpec, place: str, *, is_open: bool, is_parcel: bool) -> str:
    """What to do before an action that nobody does at ``place``; "" for one that belongs to the other kind of file."""
    if is_open and spec.needs == ("own" if is_parcel else "parcel"):
        return ""
    if not is_open:
        return OPEN_FILE
    if is_parcel:
        return GO_CHAIR if spec.id in BY_RECEIVER and place != "chair" else AT_HOME
    if spec.id in _ELSEWHERE:
        return _ELSEWHERE[spec.id]
    if spec.id in IN_LIVE:
        return GO_LIVE
    return LEAVE_LIVE if place == "live" else OPEN_MEETING
