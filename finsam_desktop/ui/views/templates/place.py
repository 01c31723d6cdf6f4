"""Mallar: item templates for agendas, Word templates for documents, phrases for the minutes and texts for mails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton, QWidget

from finsam_desktop.documents import Document
from finsam_desktop.ui.view import Head, Shell
from finsam_desktop.ui.views.tabbed import LaterPart, TabbedView

if TYPE_CHECKING:  # a tab's modules are loaded when it is shown
    from finsam_desktop.ui.views.templates.item_templates_pane import ItemTemplatesPane
    from finsam_desktop.ui.views.templates.mail_texts_pane import MailTextsPane
    from finsam_desktop.ui.views.templates.phrases_pane import PhrasesPane
    from finsam_desktop.ui.views.templates.word_templates_pane import WordTemplatesPane

_PARTS = "finsam_desktop.ui.views.templates"


class TemplatesView(TabbedView):
    """Four tabs over the same association."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        parts = (
            ("Ärendemallar", LaterPart(self._make_items, f"{_PARTS}.item_templates_pane")),
            ("Word-mallar", LaterPart(self._make_word, f"{_PARTS}.word_templates_pane")),
            ("Fraser", LaterPart(self._make_phrases, f"{_PARTS}.phrases_pane")),
            ("Mejltexter", LaterPart(self._make_mails, f"{_PARTS}.mail_texts_pane")),
        )
        self.show_parts("Slag av mallar", parts)

    def head(self) -> Head:
        first = self.stack.widget(0)
        is_there = isinstance(first, LaterPart) and first.part is not None and self.shell.session.is_open
        return Head(title="Mallar", facts=self.items.facts() if is_there else ())

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
        return (self.tabs, *(self._shown().panes() if self.shown() is not None else (self.stack,)))

    def primary(self) -> QPushButton | None:
        return self._shown().primary()

    def _shown(self) -> ItemTemplatesPane | WordTemplatesPane | PhrasesPane | MailTextsPane:
        index = self.tabs.currentIndex()
        if index == 0:
            return self.items
        return self.word if index == 1 else self.phrases if index == 2 else self.mails

    @property
    def items(self) -> ItemTemplatesPane:
        """The item templates."""
        from finsam_desktop.ui.views.templates.item_templates_pane import ItemTemplatesPane

        return self.part(0, ItemTemplatesPane)

    def _make_items(self) -> QWidget:
        from finsam_desktop.ui.views.templates.item_templates_pane import ItemTemplatesPane

        return self.fresh(ItemTemplatesPane(self.shell))

    @property
    def word(self) -> WordTemplatesPane:
        """The Word templates."""
        from finsam_desktop.ui.views.templates.word_templates_pane import WordTemplatesPane

        return self.part(1, WordTemplatesPane)

    def _make_word(self) -> QWidget:
        from finsam_desktop.ui.views.templates.word_templates_pane import WordTemplatesPane

        return self.fresh(WordTemplatesPane(self.shell))

    @property
    def phrases(self) -> PhrasesPane:
        """The phrases for the minutes."""
        from finsam_desktop.ui.views.templates.phrases_pane import PhrasesPane

        return self.part(2, PhrasesPane)

    def _make_phrases(self) -> QWidget:
        from finsam_desktop.ui.views.templates.phrases_pane import PhrasesPane

        return self.fresh(PhrasesPane(self.shell))

    @property
    def mails(self) -> MailTextsPane:
        """The texts of mails."""
        from finsam_desktop.ui.views.templates.mail_texts_pane import MailTextsPane

        return self.part(3, MailTextsPane)

    def _make_mails(self) -> QWidget:
        from finsam_desktop.ui.views.templates.mail_texts_pane import MailTextsPane

        return self.fresh(MailTextsPane(self.shell))


def make(shell: Shell) -> TemplatesView:
    """The view for the place "templates"."""
    return TemplatesView(shell)
