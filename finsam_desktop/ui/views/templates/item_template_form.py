"""The form of an association's own item template."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from finsam_desktop.domain import wording
from finsam_desktop.domain.association import Role
from finsam_desktop.domain.catalogue import ItemTemplate, ItemType
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.page import Page
from finsam_desktop.ui.widgets.clauses import ClauseListEdit
from finsam_desktop.ui.widgets.fields import ChoiceField, CountField
from finsam_desktop.ui.widgets.forms import FormLine, FormRow
from finsam_desktop.ui.widgets.prose_line import ProseLine
from finsam_desktop.ui.widgets.recipients import RecipientsEdit
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.text_edits import GrowingTextEdit, TextField

_TYPES = tuple((kind, wording.ITEM_TYPES[kind] or "Ingen") for kind in ItemType)
_PRESENTERS = (("", "Ingen"), *((role.value, wording.ROLES[role].capitalize()) for role in Role))
_TITLE_HELP = (
    "{år} blir sammanträdets år. Det finns också {fg_år}, {nästa_år}, {treårsperiod}, {tertial} och {period}."
)


class MonthsField(QWidget):
    """The months of the year, each on or off. ``edited(tuple)`` gives the numbers 1–12 that are on."""

    edited = Signal(tuple)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = current_theme()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(theme.px(4))
        self.boxes = tuple(QCheckBox(month.capitalize()) for month in wording.MONTHS)
        for place, box in enumerate(self.boxes):
            box.toggled.connect(self._report)
            grid.addWidget(box, place // 4, place % 4)

    def months(self) -> tuple[int, ...]:
        """The months that are on."""
        return tuple(number for number, box in enumerate(self.boxes, start=1) if box.isChecked())

    def set_months(self, months: tuple[int, ...]) -> None:
        """Show months without reporting them."""
        for number, box in enumerate(self.boxes, start=1):
            box.blockSignals(True)
            box.setChecked(number in months)
            box.blockSignals(False)

    def _report(self, _on: bool) -> None:
        self.edited.emit(self.months())


class ItemTemplateForm(Page):
    """Everything of a template that its owner decides. ``edited(ItemTemplate)`` when something is written."""

    edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Egen ärendemall", text_width=720, margin=16, parent=parent)
        self._template: ItemTemplate | None = None
        self.title = ProseLine()
        self.type = ChoiceField(_TYPES)
        self.presenter = ChoiceField(_PRESENTERS)
        self.minutes = CountField(unit="min", most=600)
        self.months = MonthsField()
        self.summary = GrowingTextEdit("", "Vad ledamöterna behöver veta", min_lines=3)
        self.clauses = ClauseListEdit()
        self.minutes_text = GrowingTextEdit("", "Det som brukar stå i protokollet")
        self.basis = TextField()
        self.recipients = RecipientsEdit()
        self._title_row = FormRow("Rubrik", self.title, _TITLE_HELP)
        self.add(self._title_row)
        self.add(
            FormLine(
                (FormRow("Typ", self.type), 4),
                (FormRow("Föredragande", self.presenter), 4),
                (FormRow("Tid", self.minutes), 2),
            )
        )
        self.add(FormRow("Månader", self.months, "Årshjulet föreslår ärendet de här månaderna."))
        self.add(FormRow("Sammanfattning", self.summary))
        self.add(FormRow("Förslag till beslut", self.clauses))
        self.add(FormRow("Text i protokollet", self.minutes_text))
        self.add(FormRow("Lagrum", self.basis, "Skilj flera åt med semikolon."))
        self.add(FormRow("Expedieras till", self.recipients))
        self._connect()

    def _connect(self) -> None:
        for text in (self.title, self.summary, self.clauses, self.minutes_text, self.basis, self.months):
            text.edited.connect(self._take)
        self.recipients.edited.connect(self._take)
        for choice in (self.type, self.presenter):
            choice.chosen.connect(self._take)
        self.minutes.changed.connect(self._take)

    def show_template(self, template: ItemTemplate, recipients: tuple[str, ...] = ()) -> None:
        """Show a template; text being written stays. ``recipients`` are names to suggest."""
        self._template = template
        self.title.set_text(template.title)
        self._title_row.set_remark("")
        self.type.set_value(template.type)
        self.presenter.set_value(template.presenter_role)
        self.minutes.set_value(template.minutes)
        self.months.set_months(template.months)
        self.summary.set_text(template.summary)
        self.clauses.set_lead_in(template.lead)
        self.clauses.set_clauses(template.clauses)
        self.minutes_text.set_text(template.minutes_text)
        self.basis.set_text("; ".join(template.basis))
        self.recipients.set_suggestions(recipients)
        self.recipients.set_recipients(template.recipients)

    def flush(self) -> None:
        """Take in what is being typed."""
        for field in (self.title, self.summary, self.clauses, self.minutes_text, self.basis):
            field.flush()

    def focus_title(self) -> None:
        """Put the cursor in the heading, all of it marked."""
        self.title.setFocus()
        self.title.selectAll()

    def _take(self, _value: object = None) -> None:
        kind = self.type.value()
        if self._template is None or not isinstance(kind, ItemType):
            return
        title = " ".join(self.title.text().split())
        if not title:
            self._title_row.set_remark("Skriv en rubrik. Den gamla gäller tills dess.", State.MUST_MEND)
        else:
            self._title_row.set_remark("")
        written = replace(
            self._template,
            title=title or self._template.title,
            type=kind,
            presenter_role=str(self.presenter.value() or ""),
            minutes=self.minutes.value(),
            months=self.months.months(),
            summary=self.summary.text(),
            clauses=self.clauses.clauses(),
            minutes_text=self.minutes_text.text(),
            basis=tuple(part for text in self.basis.text().split(";") if (part := text.strip())),
            recipients=self.recipients.recipients(),
        )
        if written != self._template:
            self.edited.emit(written)
