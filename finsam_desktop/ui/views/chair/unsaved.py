"""Notes and comments that could not be saved, such as on a full disk: kept, shown and tried again until they can.

The words of the protokoll are kept by the session, see ``Session.unsaved``.
"""

from __future__ import annotations

from collections.abc import Callable

Save = Callable[[str, str], None]
"""Saves a text of an item, by the item's id."""


class Unsaved:
    """Texts by item and field: a field is filled anew when one goes to another item, and its words would be gone."""

    def __init__(self) -> None:
        self._texts: dict[tuple[str, str], tuple[str, Save]] = {}

    def took(self, item_id: str, field: str, text: str, save: Save, *, done: bool) -> None:
        """A text was saved, or not."""
        if done:
            self._texts.pop((item_id, field), None)
        else:
            self._texts[item_id, field] = (text, save)

    def text(self, item_id: str, field: str, stored: str) -> str:
        """What the field is to show."""
        kept = self._texts.get((item_id, field))
        return stored if kept is None else kept[0]

    def try_again(self) -> None:
        """Save what is left."""
        for (item_id, _field), (text, save) in tuple(self._texts.items()):
            save(item_id, text)
