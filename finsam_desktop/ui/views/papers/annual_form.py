"""Årsredovisningen: the texts of the förvaltningsberättelse, sick leave, adjustments and notes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from finsam_desktop.domain.annual import note_skeleton
from finsam_desktop.domain.annual_report import AnnualNote, AnnualReport, BalanceAdjustment, SickLeave
from finsam_desktop.domain.typed_numbers import read_kr, read_share
from finsam_desktop.domain.wording import number, percent
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.papers.form import Field, PaperForm
from finsam_desktop.ui.views.papers.referral_form import Part
from finsam_desktop.ui.widgets.buttons import link_button
from finsam_desktop.ui.widgets.fields import CountField
from finsam_desktop.ui.widgets.forms import FormLine, FormRow
from finsam_desktop.ui.widgets.prose_line import ProseLine
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.text_edits import GrowingTextEdit, TextField

T = TypeVar("T")
TEXTS = {
    "development": "Översikt över verksamhetens utveckling",
    "events": "Händelser av väsentlig betydelse",
    "governance": "Styrning och uppföljning av verksamheten",
    "management": "God ekonomisk hushållning och ekonomisk ställning",
    "staff": "Väsentliga personalförhållanden",
    "expected": "Förväntad utveckling",
}
COUNTS = {
    "employees": "Antal anställda",
    "women_employees": "Antal kvinnor",
    "men_employees": "Antal män",
}
SHARES = {
    "total": "Sjukfrånvaro",
    "long": "Varav 60 dagar eller mer",
    "women": "Sjukfrånvaro, kvinnor",
    "men": "Sjukfrånvaro, män",
    "before": "Föregående år",
}
ADJUSTMENTS_HELP = (
    "En rad för varje: benämning; belopp i kr som det ändrar resultatet, till exempel Reavinst; −12 000"
)


def read_adjustments(text: str) -> tuple[BalanceAdjustment, ...]:
    """One on each line, "Benämning; belopp". ValueError, in Swedish, when an amount cannot be read."""
    made = []
    for line in text.splitlines():
        label, _, amount = line.rpartition(";")
        if line.strip():
            kr = read_kr(amount)
            if not label.strip() or kr is None:
                raise ValueError(f"”{line.strip()}” går inte att läsa. Skriv benämning; belopp.")
            made.append(BalanceAdjustment(label=label.strip(), amount=kr))
    return tuple(made)


def written_adjustments(adjustments: tuple[BalanceAdjustment, ...]) -> str:
    """The adjustments as they are typed, one on each line."""
    return "\n".join(f"{each.label}; {_kr(each.amount)}" for each in adjustments)


def _kr(amount: Decimal) -> str:
    return number(amount, 0 if amount == amount.to_integral_value() else 2)


class _NotePart(Part):
    """A note: its heading and text."""

    def __init__(self, note: AnnualNote) -> None:
        super().__init__("noten")
        self.note = note
        self.heading = ProseLine(note.heading)
        self.text = GrowingTextEdit(note.text, "Vad noten upplyser om", min_lines=2, markdown=True)
        self.column.addWidget(FormRow("Rubrik", self.heading))
        self.column.addWidget(FormRow("Text", self.text))

    def editors(self) -> tuple[Field, ...]:
        return (self.heading, self.text)

    def show_value(self, note: AnnualNote) -> None:
        self.note = note
        self.heading.set_text(note.heading)
        self.text.set_text(note.text)

    def value(self) -> AnnualNote:
        return replace(self.note, heading=self.heading.text(), text=self.text.text())


class AnnualForm(PaperForm):
    """What a person writes of the årsredovisning of a year."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._read_only = False
        self.texts = {name: GrowingTextEdit("", min_lines=2, markdown=True) for name in TEXTS}
        self.counts = {name: CountField(most=9999) for name in COUNTS}
        self.shares = {name: TextField("", "4,2 %") for name in SHARES}
        self._share_rows = {name: FormRow(label, self.shares[name]) for name, label in SHARES.items()}
        self.adjustments = GrowingTextEdit("", "Reavinst; −12 000")
        self._adjustments_row = FormRow(
            "Poster som balanskravet räknar bort", self.adjustments, ADJUSTMENTS_HELP
        )
        self._notes: list[_NotePart] = []
        self._note_column = QVBoxLayout()
        self._note_column.setSpacing(current_theme().px(12))
        self.add_note_link = link_button("Ny not", "plus")
        for name, label in TEXTS.items():
            self.add_row(FormRow(label, self.texts[name]))
        self.add_row(FormLine(*((FormRow(label, self.counts[name]), 1) for name, label in COUNTS.items())))
        self.add_row(FormLine(*((self._share_rows[name], 1) for name in ("total", "long", "before"))))
        self.add_row(FormLine(*((self._share_rows[name], 1) for name in ("women", "men"))))
        self.add_row(self._adjustments_row)
        self._column.addLayout(self._note_column)
        self._column.addWidget(self.add_note_link, 0, Qt.AlignmentFlag.AlignLeft)
        self.add_note_link.clicked.connect(self.add_note)
        self.listen()
        for count in self.counts.values():
            count.changed.connect(self.take)

    def editors(self) -> tuple[Field, ...]:
        parts = [editor for note in self._notes for editor in note.editors()]
        return (*self.texts.values(), *self.shares.values(), self.adjustments, *parts)

    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only
        super().set_read_only(read_only)
        for count in self.counts.values():
            count.setReadOnly(read_only)
        self.add_note_link.setVisible(not read_only)
        for part in self._notes:
            part.set_removable(not read_only)

    def fill(self, value: AnnualReport) -> None:
        for name, editor in self.texts.items():
            editor.set_text(getattr(value, name))
        for name, count in self.counts.items():
            if not count.hasFocus():
                count.set_value(getattr(value.sick_leave, name))
        for name, share in self.shares.items():
            known = getattr(value.sick_leave, name)
            if not self._says(share, known):
                share.set_text("" if known is None else percent(known, 1))
        if not self._told(value.adjustments):
            self.adjustments.set_text(written_adjustments(value.adjustments))
        notes = value.notes or note_skeleton()
        if value.notes and [part.note.id for part in self._notes] != [note.id for note in notes]:
            self._make_notes(notes)
        elif not value.notes and [part.note.heading for part in self._notes] != [n.heading for n in notes]:
            self._make_notes(notes)
        for part, note in zip(self._notes, value.notes, strict=False):
            part.show_value(note)

    def read(self, value: AnnualReport) -> AnnualReport:
        sick: dict[str, Any] = {name: count.value() for name, count in self.counts.items()}
        for name, field in self.shares.items():
            sick[name] = self._readable(field.text(), read_share, self._share_rows[name])
        adjustments = self._readable(self.adjustments.text(), read_adjustments, self._adjustments_row)
        texts: dict[str, Any] = {name: editor.text() for name, editor in self.texts.items()}
        notes = tuple(part.value() for part in self._notes)
        untouched = not value.notes and [(n.heading, n.text) for n in notes] == [
            (n.heading, n.text) for n in note_skeleton()
        ]
        return replace(
            value,
            **texts,
            sick_leave=SickLeave(**sick),
            adjustments=adjustments,
            notes=() if untouched else notes,
        )

    # -- inside ---------------------------------------------------------------------------------------

    def add_note(self) -> None:
        """Put an empty note last and the cursor in its heading."""
        self.flush()
        known = self._value.notes or tuple(part.value() for part in self._notes)
        self._report(replace(self._value, notes=(*known, AnnualNote(heading=""))))
        self._notes[-1].heading.setFocus()

    def _remove_note(self, part: QWidget) -> None:
        self.flush()
        kept = tuple(one.value() for one in self._notes if one is not part)
        self._report(replace(self._value, notes=kept))

    def _report(self, value: AnnualReport) -> None:
        self.show_value(value)
        self.edited.emit(value, "notes")

    def _make_notes(self, notes: tuple[AnnualNote, ...]) -> None:
        for part in self._notes:
            self._note_column.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._notes = [_NotePart(note) for note in notes]
        for place, part in enumerate(self._notes, start=1):
            part.set_head(f"Not {place}")
            part.removal_wanted.connect(self._remove_note)
            part.set_removable(not self._read_only)
            self._note_column.addWidget(part)
            for editor in part.editors():
                self.listen_to(editor)
                if isinstance(editor, TextField | GrowingTextEdit):
                    editor.setReadOnly(self._read_only)

    def _readable(self, text: str, read: Callable[[str], T], row: FormRow) -> T:
        try:
            value = read(text)
        except ValueError as error:
            row.set_remark(str(error), State.MUST_MEND)
            raise
        row.set_remark("")
        return value

    def _says(self, field: TextField, known: Decimal | None) -> bool:
        try:
            return read_share(field.text()) == known
        except ValueError:
            return True  # what cannot be read is still being written

    def _told(self, known: tuple[BalanceAdjustment, ...]) -> bool:
        try:
            return read_adjustments(self.adjustments.text()) == known
        except ValueError:
            return True
