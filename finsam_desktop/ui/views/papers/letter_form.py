"""Skrivelse: to whom, what is asked for, why, and who sign."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from finsam_desktop.domain.papers import Letter, Signatory
from finsam_desktop.ui.views.agenda.proposal_editor import with_att, without_att
from finsam_desktop.ui.views.papers.form import Field, PaperForm
from finsam_desktop.ui.widgets.clauses import ClauseListEdit
from finsam_desktop.ui.widgets.fields import DateField
from finsam_desktop.ui.widgets.forms import FormLine, FormRow
from finsam_desktop.ui.widgets.prose_line import ProseLine
from finsam_desktop.ui.widgets.text_edits import GrowingTextEdit, TextField


def read_signatories(text: str) -> tuple[Signatory, ...]:
    """One on each line: "Namn, titel, organisation"; what comes after the second comma is the organisation."""
    lines = ([part.strip() for part in line.split(",", 2)] for line in text.splitlines() if line.strip())
    made = ((*parts, "", "")[:3] for parts in lines)
    return tuple(Signatory(name=name, title=title, organisation=where) for name, title, where in made)


def written_signatories(signatories: tuple[Signatory, ...]) -> str:
    """Those who sign as they are typed, one on each line."""
    lines = []
    for one in signatories:
        parts = [one.name, one.title, one.organisation]
        while parts and not parts[-1]:
            parts.pop()
        lines.append(", ".join(parts))
    return "\n".join(lines)


class LetterForm(PaperForm):
    """A letter to a member or someone else."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.receiver, self.heading, self.decider = TextField(), ProseLine(), TextField()
        self.dated = DateField()
        self.clauses = ClauseListEdit("", placeholder="att …")
        self.clauses.set_lead_in("")
        self.background = GrowingTextEdit("", "Varför mottagaren får skrivelsen", min_lines=3, markdown=True)
        self.text = GrowingTextEdit("", min_lines=2, markdown=True)
        self.signatories = GrowingTextEdit("", "Namn, titel, organisation", min_lines=2)
        self.add_row(FormLine((FormRow("Mottagare", self.receiver), 3), (FormRow("Datum", self.dated), 2)))
        self.add_row(FormRow("Rubrik", self.heading, "Lämna tomt för ärendets rubrik."))
        self.add_row(FormRow("Den som ombeds besluta", self.decider, "Lämna tomt om det är mottagaren."))
        self.add_row(FormRow("Förslag till beslut", self.clauses))
        self.add_row(FormRow("Bakgrund", self.background))
        self.add_row(FormRow("Övrig text", self.text))
        self.add_row(
            FormRow("Undertecknas av", self.signatories, "En på varje rad: namn, titel, organisation.")
        )
        self.listen()
        self.clauses.edited.connect(self.take)

    def editors(self) -> tuple[Field, ...]:
        return (
            self.receiver, self.heading, self.decider, self.background, self.text, self.signatories, self.dated,
        )  # fmt: skip

    def flush(self) -> None:
        super().flush()
        self.clauses.flush()

    def set_read_only(self, read_only: bool) -> None:
        super().set_read_only(read_only)
        self.clauses.set_read_only(read_only)

    def fill(self, value: Letter) -> None:
        self.receiver.set_text(value.receiver)
        if not self.dated.hasFocus():
            self.dated.set_value(value.dated)
        self.heading.set_text(value.heading)
        self.decider.set_text(value.decider)
        if self._clauses() != value.clauses:
            self.clauses.set_clauses(tuple(map(with_att, value.clauses)))
        self.background.set_text(value.background)
        self.text.set_text(value.text)
        if read_signatories(self.signatories.text()) != value.signatories:
            self.signatories.set_text(written_signatories(value.signatories))

    def read(self, value: Letter) -> Letter:
        return replace(
            value,
            receiver=self.receiver.text(),
            dated=self.dated.value(),
            heading=self.heading.text(),
            decider=self.decider.text(),
            clauses=self._clauses(),
            background=self.background.text(),
            text=self.text.text(),
            signatories=read_signatories(self.signatories.text()),
        )

    def _clauses(self) -> tuple[str, ...]:
        return tuple(text for clause in self.clauses.clauses() if (text := without_att(clause)))
