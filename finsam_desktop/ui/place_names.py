"""The places of the program: what they are called, in order. Light: the window knows them before it shows them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A place the user can go to. `id` names the view that is registered for it."""

    id: str
    name: str
    icon: str


PLACES: tuple[Place, ...] = (
    Place("overview", "Översikt", "house"),
    Place("meetings", "Sammanträden", "calendar-days"),
    Place("decisions", "Beslut", "gavel"),
    Place("year_wheel", "Årshjul", "refresh-cw"),
    Place("figures", "Siffror", "table-2"),
    Place("association", "Förbundet", "users"),
    Place("templates", "Mallar", "file-text"),
)
FOOT_PLACES: tuple[Place, ...] = (
    Place("handbook", "Handbok", "circle-question-mark"),
    Place("settings", "Inställningar", "settings"),
)
