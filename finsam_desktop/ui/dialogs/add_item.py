"""Adding items: a panel in the list's place that searches the item templates by a few letters."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from finsam_desktop.domain import wording
from finsam_desktop.domain.catalogue import ItemTemplate
from finsam_desktop.ui.models.row_model import Row, RowModel
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.widgets.buttons import IconButton
from finsam_desktop.ui.widgets.rows import MetaPart, RowDelegate, RowList, RowRole
from finsam_desktop.ui.widgets.surfaces import Label, Pane

OWN = "own"


def _own_title(template: ItemTemplate) -> str:
    return template.title


def template_row(template: ItemTemplate, title: str) -> Row:
    """How a template is shown among the hits."""
    word = wording.ITEM_TYPES[template.type]
    parts = [MetaPart(word, accent=template.type.decides)] if word else []
    parts += [MetaPart(basis) for basis in template.basis[:1]]
    return Row(key=template.id, title=title, meta=tuple(parts), icon="file-text")


class AddItemPanel(Pane):
    """A search field and the hits. ``template_chosen(id)``, ``own_chosen(title)``, ``closed()``.

    Arrow keys choose while the cursor stays in the field; Enter takes, Escape closes.
    """

    template_chosen = Signal(str)
    own_chosen = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("base", "", parent)
        theme = current_theme()
        self._templates: tuple[ItemTemplate, ...] = ()
        self._title: Callable[[ItemTemplate], str] = _own_title
        self._month = 0
        self.search = QLineEdit()
        self.search.setPlaceholderText("Sök bland ärendemallarna")
        self.search.setAccessibleName("Sök ärendemall")
        self.search.textChanged.connect(self._refresh)
        self.search.installEventFilter(self)
        close = IconButton("x", "Stäng")
        close.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.setContentsMargins(theme.px(12), theme.px(8), theme.px(8), theme.px(8))
        head.addWidget(self.search, 1)
        head.addWidget(close)
        self._model = RowModel(parent=self)
        self.list = RowList("Ärendemallar", self, RowDelegate(self, number_width=20, indent=4))
        self.list.setModel(self._model)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.clicked.connect(self._take)
        help_line = Label("Enter lägger till. Esc stänger.", "meta", "text2")
        help_line.setContentsMargins(theme.px(16), theme.px(8), theme.px(16), theme.px(8))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        column.addWidget(help_line)

    def open(
        self, templates: Sequence[ItemTemplate], title: Callable[[ItemTemplate], str], month: int = 0
    ) -> None:
        """Start a new search. ``title`` gives a template's title as it will be in this meeting, held in
        ``month``.
        """
        self._month = month
        self._title = title
        self._templates = tuple(templates)
        self.search.clear()
        self._refresh()
        self.search.setFocus()

    def _refresh(self, _text: str = "") -> None:
        from finsam_desktop.domain.catalogue_use import search_templates

        text = self.search.text().strip()
        found = search_templates(self._templates, text, month=self._month) if text else self._templates
        own = Row(
            key=OWN,
            title=f"Eget ärende: ”{text}”" if text else "Eget ärende",
            meta="Tomt ärende med egen rubrik",
            icon="plus",
        )
        hits = tuple(template_row(template, self._title(template)) for template in found)
        self._model.set_rows((*hits, own) if text and hits else (own, *hits))
        self.list.setCurrentIndex(self._model.index(0))
        self.list.scrollToTop()

    def _take(self, index: QModelIndex) -> None:
        key = index.data(RowRole.KEY)
        if key == OWN:
            self.own_chosen.emit(self.search.text().strip())
        elif key:
            self.template_chosen.emit(key)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            key = event.key()
            if key == Qt.Key.Key_Escape:
                self.closed.emit()
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take(self.list.currentIndex())
                return True
            if key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
                self.list.keyPressEvent(event)
                return True
        return super().eventFilter(watched, event)
