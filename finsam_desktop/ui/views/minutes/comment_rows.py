"""Comments as they were written: who, when and the words. Read only."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from finsam_desktop.domain import wording
from finsam_desktop.domain.parcel_values import Comment
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.widgets.surfaces import Label


class CommentRows(QWidget):
    """A head and the comments below it; hidden where there are none."""

    def __init__(self, head: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = current_theme()
        self._comments: tuple[Comment, ...] = ()
        self._labels: list[tuple[Label, Label]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(2))
        self._column.addWidget(Label(head, "label", "text2"))
        self.hide()

    def show_comments(self, comments: tuple[Comment, ...]) -> None:
        """Show these, in the order they were written."""
        self.setVisible(bool(comments))
        if comments == self._comments:
            return
        self._comments = comments
        while len(self._labels) < len(comments):
            who, text = Label("", "meta_strong", "text2"), Label("", "body", wrap=True)
            self._labels.append((who, text))
            self._column.addWidget(who)
            self._column.addWidget(text)
        for place, (who, text) in enumerate(self._labels):
            there = place < len(comments)
            who.setVisible(there)
            text.setVisible(there)
            if there:
                done = "  ·  Hanterad" if comments[place].handled_at is not None else ""
                who.setText(f"{signed(comments[place])}{done}")
                text.setText(comments[place].text)

    def text(self) -> str:
        """All of it, for tests."""
        return "\n".join(f"{signed(one)}\n{one.text}" for one in self._comments)


def signed(comment: Comment) -> str:
    """ "Maria Ekvall, 2 november 2026 kl. 09.00"."""
    at = comment.written_at
    return (
        f"{comment.by or 'Okänd'}, {wording.long_date(at.date())} kl.{wording.NBSP}{wording.clock(at.time())}"
    )
