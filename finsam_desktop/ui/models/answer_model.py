"""What came back with a mötespaket, as rows: what both have changed first, then the rest, comments and approvals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from finsam_desktop.domain import wording
from finsam_desktop.domain.parcel_values import RECEIVER_ROLES, Comment
from finsam_desktop.domain.parcel_words import FieldChange
from finsam_desktop.ui.models.row_model import Row, RowModel
from finsam_desktop.ui.widgets.rows import MetaPart
from finsam_desktop.ui.widgets.states import State

if TYPE_CHECKING:
    from finsam_desktop.parcels.returning import Returned, ReturnedApproval

OPEN, TAKEN, DECLINED = "", "Mottagen", "Avböjd"
BRIEF = 90
"""So much of a text is shown in its row."""


class AnswerModel(RowModel):
    """Rows of an answer. Keys are "change:KEY", "comment:ID" and "approval:ID".

    ``first`` is the answer as it was when it was opened, and keeps its rows; ``now`` says what has become of them.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent=parent)
        self.first: Returned | None = None
        self.now: Returned | None = None

    def show_answer(self, first: Returned, now: Returned) -> None:
        """Show an answer as it stands now."""
        self.first, self.now = first, now
        self.set_rows(tuple(self._told_rows()))

    def change(self, key: str) -> FieldChange | None:
        """The change that a row is about, as it stands; as it was when it has been taken in."""
        assert self.first is not None
        assert self.now is not None
        wanted = key.removeprefix("change:")
        for answer in (self.now, self.first):
            for one in answer.changes:
                if one.key == wanted:
                    return one
        return None

    def comment(self, key: str) -> Comment | None:
        """The comment that a row is about."""
        assert self.first is not None
        wanted = key.removeprefix("comment:")
        return next((one for one in self.first.comments if one.id == wanted), None)

    def approval(self, key: str) -> ReturnedApproval | None:
        """The approval that a row is about, as it stands now."""
        assert self.now is not None
        wanted = key.removeprefix("approval:")
        return next((one for one in self.now.approvals if one.approval.id == wanted), None)

    def became(self, key: str) -> str:
        """What has become of a change: OPEN, TAKEN or DECLINED."""
        assert self.now is not None
        wanted = key.removeprefix("change:")
        found = next((one for one in self.now.changes if one.key == wanted), None)
        return TAKEN if found is None else DECLINED if found.declined else OPEN

    def next_open(self, row: int) -> int:
        """The row of the next change that is not settled, after ``row`` and then from the start; −1 for none."""
        rows = self.rows()
        order = [*range(row + 1, len(rows)), *range(row + 1)]
        return next(
            (at for at in order if rows[at].key.startswith("change:") and self.became(rows[at].key) == OPEN),
            -1,
        )

    def _told_rows(self) -> Iterator[Row]:
        assert self.first is not None
        first = self.first
        conflicts = {one.key for one in first.conflicts}
        clashing = [one for one in first.changes if one.key in conflicts]
        others = [one for one in first.changes if one.key not in conflicts]
        for head, group in (("Krockar", clashing), ("Ändringar", others)):
            if group:
                yield Row(title=head, heading=True, time=self._left(group))
                for one in group:
                    yield self._change_row(one, clash=head == "Krockar")
        if first.comments:
            yield Row(title="Kommentarer", heading=True, time=str(len(first.comments)))
            for comment in first.comments:
                yield self._comment_row(comment)
        if first.approvals:
            yield Row(title="Justering", heading=True)
            for approval in first.approvals:
                yield self._approval_row(f"approval:{approval.approval.id}")

    def _left(self, changes: list[FieldChange]) -> str:
        left = sum(1 for one in changes if self.became(one.key) == OPEN)
        return f"{left} kvar" if left else "klart"

    def _change_row(self, one: FieldChange, *, clash: bool) -> Row:
        became = self.became(one.key)
        open_state = State.CONSIDER if clash else State.NOT_BEGUN
        return Row(
            title=one.place,
            key=f"change:{one.key}",
            meta=(MetaPart(one.field),),
            leading=State.DONE if became == TAKEN else State.NONE if became == DECLINED else open_state,
            icon="x" if became == DECLINED else "",
            time=became,
        )

    def _comment_row(self, comment: Comment) -> Row:
        text = " ".join(comment.text.split())
        at = comment.written_at
        return Row(
            title=text if len(text) <= BRIEF else f"{text[:BRIEF].rstrip()} …",
            key=f"comment:{comment.id}",
            meta=f"{comment.by}, {wording.short_date(at.date())} {wording.clock(at.time())}",
            icon="message-square",
        )

    def _approval_row(self, key: str) -> Row:
        found = self.approval(key)
        assert found is not None
        one = found.approval
        changed = bool(found.changed)
        return Row(
            title=f"{one.name}, {RECEIVER_ROLES[one.role]}",
            key=key,
            meta=f"Justerade {wording.long_date(one.approved_on)}",
            leading=State.CONSIDER if changed else State.DONE,
        )
