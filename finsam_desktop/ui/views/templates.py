"""Mallar: the item templates that agendas are made of, and the Word templates that documents are made with."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from finsam_desktop.documents import Document
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.view import Head, Shell, View
from finsam_desktop.ui.views.item_templates_pane import ItemTemplatesPane
from finsam_desktop.ui.views.word_templates_pane import WordTemplatesPane
from finsam_desktop.ui.widgets.steps import PaneTabs
from finsam_desktop.ui.widgets.surfaces import Pane

_TABS = ("Ärendemallar", "Word-mallar")


class TemplatesView(View):
    """Two tabs over the same association."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        theme = current_theme()
        self.tabs = PaneTabs(_TABS, "Slag av mallar")
        self.items = ItemTemplatesPane(shell)
        self.word = WordTemplatesPane(shell)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.items)
        self._stack.addWidget(self.word)
        bar = Pane("base", "bottom")
        row = QVBoxLayout(bar)
        row.setContentsMargins(theme.px(14), 0, 0, 1)
        row.addWidget(self.tabs)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self._stack, 1)
        self.tabs.currentChanged.connect(self._show_tab)
        shell.session.changed.connect(self._refresh)
        shell.session.opened.connect(self._refresh)
        self._refresh()

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

    def flush(self) -> None:
        self.items.flush()

    def _show_tab(self, index: int) -> None:
        self.flush()
        self._stack.setCurrentIndex(index)

    def _refresh(self, _change: object = None) -> None:
        if not self.shell.session.is_open:
            return
        self.items.refresh()
        self.word.refresh()
        self.head_changed.emit()


def make(shell: Shell) -> TemplatesView:
    """The view for the place "templates"."""
    return TemplatesView(shell)
