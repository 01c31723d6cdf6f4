"""A standard item template as it is read: how its item will look on an agenda today."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QVBoxLayout, QWidget

from finsam_desktop.domain import wording
from finsam_desktop.domain.association import Role
from finsam_desktop.domain.catalogue import Frame, ItemTemplate
from finsam_desktop.domain.catalogue_use import EVERY_MONTH, filled, month_range
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.page import Page
from finsam_desktop.ui.widgets.surfaces import Label, SectionHead

_FRAME = {
    Frame.OPENING: "Inleder varje sammanträde",
    Frame.CLOSING: "Avslutar varje sammanträde",
}


def when(template: ItemTemplate) -> str:
    """When in the year an item comes up: "september–oktober", "varje sammanträde", or empty."""
    if template.frame is not Frame.NONE:
        return _FRAME[template.frame]
    return "Varje sammanträde" if set(template.months) == set(EVERY_MONTH) else month_range(template.months)


class ItemTemplateReading(Page):
    """The texts of a template, section by section; sections without text are not shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Ärendemallen", text_width=720, margin=16, parent=parent)
        self._title = Label("", "editor_title", wrap=True)
        self._facts = Label("", "body", "text2", wrap=True)
        self.add(self._title)
        self.add(self._facts)
        self._sections: dict[str, tuple[QWidget, Label]] = {}
        for name in (
            "Sammanfattning",
            "Förslag till beslut",
            "Text i protokollet",
            "Lagrum",
            "Expedieras till",
        ):
            section, text = QWidget(), Label("", "body", wrap=True)
            column = QVBoxLayout(section)
            column.setContentsMargins(0, current_theme().px(12), 0, 0)
            column.setSpacing(current_theme().px(8))
            column.addWidget(SectionHead(name))
            column.addWidget(text)
            self._sections[name] = (section, text)
            self.add(section)

    def show_template(self, template: ItemTemplate, values: Mapping[str, str]) -> None:
        """Show a template with the variables in braces filled from ``values``."""
        self._title.setText(filled(template.title, values))
        role = wording.ROLES[Role(template.presenter_role)] if template.presenter_role else ""
        facts = (
            wording.ITEM_TYPES[template.type],
            when(template).capitalize(),
            f"Senast {template.deadline}" if template.deadline else "",
            f"Föredragande: {role}" if role else "",
            f"{template.minutes}\u00a0min" if template.minutes else "",
        )
        self._facts.setText(" · ".join(fact for fact in facts if fact))
        clauses = "\n".join(f"att {clause}" for clause in template.clauses)
        texts = {
            "Sammanfattning": template.summary,
            "Förslag till beslut": f"{template.lead}\n{clauses}" if clauses else "",
            "Text i protokollet": template.minutes_text,
            "Lagrum": "\n".join(template.basis),
            "Expedieras till": ", ".join(template.recipients),
        }
        for name, (section, label) in self._sections.items():
            label.setText(filled(texts[name], values))
            section.setVisible(bool(texts[name]))
