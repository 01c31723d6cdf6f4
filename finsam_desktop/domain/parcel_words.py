"""What a returned mötespaket changes, in words: where it is, which field, and what stood, stands and is proposed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from finsam_desktop.domain.association import Association
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.parcel_merge import Difference, What
from finsam_desktop.domain.word_changes import Piece, word_changes


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """A change that came back, in words.

    ``place`` is the item or the meeting ("§ 14 Budget", "Sammanträdet"), ``item_id`` the item's id or "". ``field`` is
    what has been changed ("Texten i protokollet"). ``old`` is what was sent, ``mine`` what stands now, ``theirs`` what
    came back; "" for nothing. ``is_text`` says that they are running text, of which words can be shown.
    ``conflict``: both have changed it, ``why`` says how. What is not ``acceptable`` cannot be taken in as things stand.
    ``needs`` are the keys of what is taken in with it. ``declined``: it came before and was declined.
    """

    key: str
    what: What
    place: str
    item_id: str
    field: str
    old: str
    mine: str
    theirs: str
    is_text: bool = False
    conflict: bool = False
    acceptable: bool = True
    why: str = ""
    needs: tuple[str, ...] = ()
    declined: bool = False
    fingerprint: str = ""

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """What it would do to what stands now, word by word."""
        return word_changes(self.mine, self.theirs)

    @property
    def own_pieces(self) -> tuple[Piece, ...]:
        """What we have changed ourselves since it was sent, word by word."""
        return word_changes(self.old, self.mine)
