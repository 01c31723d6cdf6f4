"""Mallar: item templates for agendas, Word templates for documents, phrases for the minutes and texts for mails."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget

from finsam_desktop.documents import Document
from finsam_desktop.ui.view import Head, Shell
from finsam_desktop.ui.views.item_templates_pane import ItemTemplatesPane
from finsam_desktop.ui.views.mail_texts_pane import MailTextsPane
from finsam_desktop.ui.views.phrases_pane import PhrasesPane
from finsam_desktop.ui.views.tabbed import TabbedView
from finsam_desktop.ui.views.word_templates_pane import WordTemplatesPane


class TemplatesView(TabbedView):
    """Four tabs over the same association."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.items = ItemTemplatesPane(shell)
        self.word = WordTemplatesPane(shell)
        self.phrases = PhrasesPane(shell)
        self.mails = MailTextsPane(shell)
        parts = (
            ("Ärendemallar", self.items),
            ("Word-mallar", self.word),
            ("Fraser", self.phrases),
            ("Mejltexter", self.mails),
        )
        self.show_parts("Slag av mallar", parts)

    def head(self) -> Head:
        return Head(title="Mallar", facts=self.items.facts() if self.shell.session.is_open else ())

    def show_target(self, target: str) -> None:
        """An item template's id; "word", or "word/<document>" such as "word/kallelse"; "fraser"; "mejl"."""
        if not target:
            return
        place, _, document = target.partition("/")
        self.tabs.setCurrentIndex({"word": 1, "fraser": 2, "mejl": 3}.get(place, 0))
        if place in ("fraser", "mejl"):
            return
        if place != "word":
            self.items.choose(target)
        elif document in set(Document):
            self.word.choose(Document(document))

    def panes(self) -> tuple[QWidget, ...]:
        return (self.tabs, *self._shown().panes())

    def primary(self) -> QPushButton | None:
        return self._shown().primary()

    def _shown(self) -> ItemTemplatesPane | WordTemplatesPane | PhrasesPane | MailTextsPane:
        return (self.items, self.word, self.phrases, self.mails)[self.tabs.currentIndex()]


def make(shell: Shell) -> TemplatesView:
    """The view for the place "templates"."""
    return TemplatesView(shell)
