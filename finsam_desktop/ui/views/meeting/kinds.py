"""What the meeting page has for each kind of meeting: names of the steps, and the papers before and after.

A consultation and a planning day decide nothing (R56): they have participants and notes in place of attendance and
minutes, and nothing is adjusted or announced afterwards.
"""

from __future__ import annotations

from finsam_desktop.documents import Document
from finsam_desktop.domain.meeting import MeetingKind

_BOARD = ("Dagordning", "Handlingar", "Kallelse", "Närvaro och beslut", "Protokoll", "Efter mötet")
_OTHER = ("Dagordning", "Handlingar", "Inbjudan", "Deltagare", "Minnesanteckningar", "Efter mötet")
LINES = {
    MeetingKind.ORDINARY: "Styrelsens vanliga sammanträde, med den fasta ramen och förslag ur årshjulet.",
    MeetingKind.EXTRA: "Kort dagordning. Hålls när en tredjedel av ledamöterna eller ordföranden begär det "
    "(KL 6 kap. 23 §).",
    MeetingKind.CONSTITUENT: "Ny mandatperiod: ordförande väljs, och den äldste ledamoten leder tills det är gjort "
    "(17 § finsamlagen).",
    MeetingKind.BUDGET: "Offentligt. Budgeten fastställs senast den 30 november, efter samråd "
    "(19 och 23 §§ finsamlagen).",
    MeetingKind.MEMBER_CONSULTATION: "Fem punkter enligt Nationella rådet. Inga beslut eller paragrafer: deltagare "
    "och minnesanteckningar.",
    MeetingKind.PLANNING_DAY: "Styrelsen diskuterar mål och inriktning. Inga beslut eller paragrafer, bara "
    "minnesanteckningar.",
}
"""One line about each kind, for the one who makes a meeting."""


def step_names(kind: MeetingKind) -> tuple[str, ...]:
    """The steps' names in their order."""
    return _BOARD if kind.decides else _OTHER


def shows_step(kind: MeetingKind, step: str) -> bool:
    """Whether the meeting has the step; what is adjusted and announced belongs to the board's meetings."""
    return kind.decides or step != "efter"


def document_before(kind: MeetingKind) -> Document:
    """What is sent before the meeting."""
    return Document.SAMRADSINBJUDAN if kind is MeetingKind.MEMBER_CONSULTATION else Document.KALLELSE


def document_after(kind: MeetingKind) -> Document:
    """What is written of the meeting."""
    return Document.PROTOKOLL if kind.decides else Document.MINNESANTECKNINGAR


def button_before(kind: MeetingKind) -> str:
    """The words of the button that makes the paper before."""
    return "Skapa inbjudan" if kind is MeetingKind.MEMBER_CONSULTATION else "Skapa kallelse"


def button_after(kind: MeetingKind) -> str:
    """The words of the button that makes the paper after."""
    return "Skapa protokoll" if kind.decides else "Skapa minnesanteckningar"
