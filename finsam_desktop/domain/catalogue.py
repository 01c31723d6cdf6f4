"""Item templates: the recurring items of the year, and what a new item takes from one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ItemType(StrEnum):
    """What the board is to do with an item; NONE for a round that is neither."""

    NONE = "none"
    FORMALITY = "formality"
    INFORMATION = "information"
    DISCUSSION = "discussion"
    DECISION = "decision"
    INFORMATION_DISCUSSION = "information_discussion"
    INFORMATION_DECISION = "information_decision"

    @property
    def decides(self) -> bool:
        """Whether the board is asked for a decision."""
        return self in (ItemType.DECISION, ItemType.INFORMATION_DECISION)


class Frame(StrEnum):
    """Where in the fixed frame of every meeting a template stands; NONE for all other items."""

    NONE = "none"
    OPENING = "opening"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemTemplate:
    """A template for an item (templates/items/*.toml). ``months`` 1–12; ``minutes`` of meeting time.

    ``presenter_role`` is a value of Role or empty; ``basis`` the legal basis as printed, such as
    "23 § finsamlagen"; ``meeting_kinds`` values of MeetingKind, empty for all; ``order`` sorts the frame.
    """

    id: str
    title: str
    type: ItemType = ItemType.NONE
    summary: str = ""
    lead: str = "Styrelsen beslutar"
    clauses: tuple[str, ...] = ()
    presenter_role: str = ""
    minutes: int | None = None
    months: tuple[int, ...] = ()
    basis: tuple[str, ...] = ()
    deadline: str = ""
    recipients: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    minutes_text: str = ""
    frame: Frame = Frame.NONE
    order: int = 0
    meeting_kinds: tuple[str, ...] = ()
    own: bool = False
