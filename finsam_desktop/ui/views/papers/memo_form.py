"""Tjänsteskrivelse: who writes, and the texts beside the item's own proposal and summary."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from finsam_desktop.domain.papers import Memo
from finsam_desktop.ui.views.papers.form import Field, PaperForm
from finsam_desktop.ui.widgets.fields import ChoiceField, DateField
from finsam_desktop.ui.widgets.forms import FormLine, FormRow
from finsam_desktop.ui.widgets.text_edits import GrowingTextEdit


class MemoForm(PaperForm):
    """Proposal and summary are the item's: they are written once, above."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.author = ChoiceField()
        self.author.setMinimumContentsLength(12)
        self.dated = DateField()
        self.background = GrowingTextEdit(
            "", "Vad som har hänt och vad som gäller", min_lines=3, markdown=True
        )
        self.assessment = GrowingTextEdit("", "Varför förslaget är det bästa", min_lines=3, markdown=True)
        self.consequences = GrowingTextEdit(
            "", "Vad det kostar och hur det betalas", min_lines=2, markdown=True
        )
        self.add_row(FormLine((FormRow("Handläggare", self.author), 3), (FormRow("Datum", self.dated), 2)))
        self.add_row(FormRow("Bakgrund", self.background))
        self.add_row(FormRow("Bedömning", self.assessment))
        self.add_row(FormRow("Ekonomiska konsekvenser", self.consequences))
        self.listen()

    def set_people(self, people: tuple[tuple[str, str], ...]) -> None:
        """Those who can write a memo: id and name."""
        if tuple(self.author.itemText(i) for i in range(1, self.author.count())) != tuple(
            n for _, n in people
        ):
            self.author.set_choices((("", "Föredraganden"), *people))

    def editors(self) -> tuple[Field, ...]:
        return (self.background, self.assessment, self.consequences, self.author, self.dated)

    def fill(self, value: Memo) -> None:
        self.author.set_value(value.author_id)
        if not self.dated.hasFocus():
            self.dated.set_value(value.dated)
        self.background.set_text(value.background)
        self.assessment.set_text(value.assessment)
        self.consequences.set_text(value.consequences)

    def read(self, value: Memo) -> Memo:
        return replace(
            value,
            author_id=str(self.author.value() or ""),
            dated=self.dated.value(),
            background=self.background.text(),
            assessment=self.assessment.text(),
            consequences=self.consequences.text(),
        )
