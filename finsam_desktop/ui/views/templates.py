"""Mallar: the item templates that agendas are made of, and the Word templates that documents are made with."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget

from finsam_desktop.documents import Document
from finsam_desktop.ui.view import Head, Shell
from finsam_desktop.ui.views.item_templates_pane import ItemTemplatesPane
from finsam_desktop.ui.views.tabbed import TabbedView
from finsam_desktop.ui.views.word_templates_pane import WordTemplatesPane


class TemplatesView(TabbedView):
    """Two tabs over the same association."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.items = ItemTemplatesPane(shell)
        self.word = WordTemplatesPane(shell)
        self.show_parts("Slag av mallar", (("Ärendemallar", self.items), ("Word-mallar", self.word)))

    def head(self) -> Head:
        return Head(title="Mallar", facts=self.items.facts() if self.shell.session.is_open else ())

    def show_target(self, target: str) -> None:
        """An item template's id; "word", or "word/<document>" such as "word/kallelse"."""
        if not target:
            return
        place, _, document = target.partition("/")
        self.tabs.setCurrentIndex(1 if place == "word" else 0)
        if place != "word":
            self.items.choose(target)
        elif document in set(Document):
            self.word.choose(Document(document))

    def panes(self) -> tuple[QWidget, ...]:
        shown = self.items if self.tabs.currentIndex() == 0 else self.word
        return (self.tabs, *shown.panes())

    def primary(self) -> QPushButton | None:
        return self.items.primary() if self.tabs.currentIndex() == 0 else self.word.primary()


def make(shell: Shell) -> TemplatesView:
    """The view for the place "templates"."""
    return TemplatesView(shell)
