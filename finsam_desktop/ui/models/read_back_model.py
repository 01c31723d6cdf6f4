"""A document that came back from Word, as rows: changes, what could not be placed, tracked changes, comments."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime

from PySide6.QtCore import QObject

from finsam_desktop.documents.read_back_values import FieldChange, ReadBack, Remark, Tracked, Unplaced
from finsam_desktop.domain import wording
from finsam_desktop.ui.models.row_model import Row, RowModel
from finsam_desktop.ui.widgets.rows import MetaPart
from finsam_desktop.ui.widgets.states import State

TAKEN, LEFT, QUEUED = "Intagen", "Lämnad", "Tas in"
BRIEF = 90
"""So much of a text is shown in its row."""


class ReadBackModel(RowModel):
    """Rows of a reading. Keys are "change:KEY", "loose:N", "tracked:N" and "remark:ID"."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent=parent)
        self.found: ReadBack | None = None
        self._left: frozenset[str] = frozenset()
        self._queued: frozenset[str] = frozenset()

    def show_reading(self, found: ReadBack, left: Collection[str], queued: Collection[str] = ()) -> None:
        """Show a reading; ``left`` are the rows that somebody has chosen to let be, ``queued`` those being taken in."""
        self.found, self._left, self._queued = found, frozenset(left), frozenset(queued)
        self.set_rows(tuple(self._rows_of(found)))

    def change(self, key: str) -> FieldChange | None:
        return (
            self.found.change(key.removeprefix("change:"))
            if self.found and key.startswith("change:")
            else None
        )

    def unplaced(self, key: str) -> Unplaced | None:
        if self.found is None or not key.startswith("loose:"):
            return None
        place = int(key.removeprefix("loose:"))
        return self.found.unplaced[place] if place < len(self.found.unplaced) else None

    def tracked(self, key: str) -> Tracked | None:
        if self.found is None or not key.startswith("tracked:"):
            return None
        return next((one for one in self.found.tracked if f"tracked:{one.number}" == key), None)

    def remark(self, key: str) -> Remark | None:
        if self.found is None or not key.startswith("remark:"):
            return None
        return next((one for one in self.found.remarks if f"remark:{one.comment.id}" == key), None)

    def is_left(self, key: str) -> bool:
        """Whether somebody has chosen to let it be."""
        return key in self._left

    def is_open(self, key: str) -> bool:
        """Whether it waits for an answer: a change that can be taken in and has not been let be."""
        change = self.change(key)
        return change is not None and change.can_be_taken and key not in self._left | self._queued

    def next_open(self, row: int) -> int:
        """The row of the next change that waits, after ``row`` and then from the start; −1 for none."""
        rows = self.rows()
        order = [*range(row + 1, len(rows)), *range(row + 1)]
        return next((at for at in order if self.is_open(rows[at].key)), -1)

    def waiting(self) -> tuple[FieldChange, ...]:
        """The changes that wait and are not changed in the program too: what "Ta in alla som går" takes."""
        if self.found is None:
            return ()
        return tuple(
            one for one in self.found.changes if self.is_open(f"change:{one.key}") and not one.conflict
        )

    def _rows_of(self, found: ReadBack) -> Iterator[Row]:
        if found.changes:
            left = sum(self.is_open(f"change:{one.key}") for one in found.changes)
            yield Row(title="Ändringar", heading=True, time=f"{left} kvar" if left else "klart")
            yield from (self._change_row(one) for one in found.changes)
        if found.unplaced:
            yield Row(title="Kan inte placeras", heading=True, time=str(len(found.unplaced)))
            for place, one in enumerate(found.unplaced):
                text = one.new or one.old or "En bild"
                yield Row(
                    title=_brief(text), key=f"loose:{place}", meta=(MetaPart(one.kind), MetaPart(one.where)),
                    leading=State.CONSIDER,
                )  # fmt: skip
        if found.tracked:
            yield Row(title="Spårade ändringar", heading=True, time=str(len(found.tracked)))
            for tracked in found.tracked:
                yield Row(
                    title=_brief(tracked_words(tracked)), key=f"tracked:{tracked.number}",
                    meta=(MetaPart(signed(tracked.author, tracked.at)), MetaPart(tracked.where)),
                    icon="check" if tracked.accepted else "x", time="" if tracked.accepted else "Inte godtagen",
                )  # fmt: skip
        if found.remarks:
            yield Row(title="Kommentarer", heading=True, time=str(len(found.remarks)))
            for remark in found.remarks:
                comment = remark.comment
                yield Row(
                    title=_brief(comment.text), key=f"remark:{comment.id}",
                    meta=(MetaPart(signed(comment.author, comment.at)), MetaPart(remark.where)),
                    icon="message-square" if not comment.resolved else "check",
                    time="Löst" if comment.resolved else "",
                )  # fmt: skip

    def _change_row(self, one: FieldChange) -> Row:
        key = f"change:{one.key}"
        left = self.is_left(key)
        if one.is_in:
            state, told = State.DONE, TAKEN
        elif one.problem:
            state, told = State.CONSIDER, "Kan inte tas in"
        elif key in self._queued:
            state, told = State.UNDER_WAY, QUEUED
        elif left:
            state, told = State.NONE, LEFT
        else:
            state, told = (State.CONSIDER, "Ändrad på båda håll") if one.conflict else (State.NOT_BEGUN, "")
        return Row(
            title=one.name, key=key, meta=(MetaPart(one.where),), leading=state, icon="x" if told == LEFT else "",
            time=told,
        )  # fmt: skip


def signed(author: str, at: datetime | None) -> str:
    """ "Birgitta Almkvarn, 12 november 2026 klockan 09.30"."""
    when = f"{wording.long_date(at.date())} klockan {at:%H.%M}" if at is not None else "utan datum"
    return f"{author or 'okänd'}, {when}"


def tracked_words(one: Tracked) -> str:
    """What a tracked change did, in words."""
    if one.kind == "format":
        return f"Formatet är ändrat: {one.added}"
    verb = "Flyttat" if one.kind == "move" else ""
    if one.removed and one.added:
        return f"{verb or 'Ändrat'}: {one.removed} → {one.added}"
    if one.removed:
        return f"{'Flyttat härifrån' if verb else 'Borttaget'}: {one.removed}"
    return f"{'Flyttat hit' if verb else 'Tillagt'}: {one.added}"


def _brief(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= BRIEF else f"{text[:BRIEF].rstrip()} …"
