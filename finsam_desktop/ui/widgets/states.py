"""The states a thing can be in, each with its own shape, colour and word: never colour alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

from finsam_desktop.ui.theme import Role


class State(Enum):
    """How far something has come, or how grave a remark is."""

    NONE = "none"
    NOT_BEGUN = "not_begun"
    UNDER_WAY = "under_way"
    DONE = "done"
    NOTE = "note"
    CONSIDER = "consider"
    MUST_MEND = "must_mend"
    DATE = "date"
    DATE_WARN = "date_warn"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class StateLook:
    """Icon, colour and word of a state."""

    icon: str
    color: Role
    word: str


STATE_LOOK: Mapping[State, StateLook] = MappingProxyType(
    {
        State.NONE: StateLook("", "text2", ""),
        State.NOT_BEGUN: StateLook("circle", "text3", "Inte påbörjat"),
        State.UNDER_WAY: StateLook("half-circle", "accent", "Pågår"),
        State.DONE: StateLook("circle-check", "ok", "Klart"),
        State.NOTE: StateLook("info", "text2", "För kännedom"),
        State.CONSIDER: StateLook("triangle-alert", "warn", "Att överväga"),
        State.MUST_MEND: StateLook("circle-x", "err", "Att åtgärda"),
        State.DATE: StateLook("clock", "text2", "Frist"),
        State.DATE_WARN: StateLook("clock", "warn", "Frist, brådskar"),
        State.HINT: StateLook("lightbulb", "text2", "Förslag"),
    }
)
