"""Every field that a Word template can print, with explanation and example, to copy into the template."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from finsam_desktop.documents import Document
from finsam_desktop.documents.fields import Field, fields
from finsam_desktop.domain.catalogue_use import fold
from finsam_desktop.ui.models.row_model import Row, RowModel
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.widgets.buttons import secondary_button
from finsam_desktop.ui.widgets.forms import FormRow
from finsam_desktop.ui.widgets.rows import RowDelegate, RowList, RowRole
from finsam_desktop.ui.widgets.surfaces import Label, Pane, PaneHead
from finsam_desktop.ui.widgets.text_edits import TextField

_GROUPS = (
    ("Förbundet", ("association.", "logo", "wide_logo")),
    ("Dokumentet", ("document.",)),
    ("Sammanträdet", ("meeting.",)),
    ("Underpunkterna i ett ärende", ("items[].sub_items[].",)),
    ("Ärendena", ("items",)),
    ("Anslag och bevis", ("announcement.", "notices")),
    ("Skrivelsen", ("memo.", "letter.", "referral.", "measure.")),
    ("Bladen", ("sheets",)),
    ("Rapporten", ("report.",)),
)
_OTHERS = "Listor"


class TemplateFieldsPane(Pane):
    """The fields of one document. ``copied(tag)`` when one has been put in the clipboard."""

    copied = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("base", "left", parent)
        theme = current_theme()
        self._fields: tuple[Field, ...] = ()
        self._head = PaneHead("Fält")
        self.search = TextField(placeholder="Ord i förklaringen eller fältets namn")
        self.search.textChanged.connect(self._narrow)
        self._model = RowModel(parent=self)
        self.list = RowList("Fält", delegate=RowDelegate(number_width=0, indent=16))
        self.list.setModel(self._model)
        self.list.chosen.connect(self._show)
        self.list.opened.connect(self._copy)
        self.copy = secondary_button("Kopiera fältet", "copy")
        self.copy.clicked.connect(self._copy)
        self._tag = Label("", "body_strong", wrap=True)
        self._explanation = Label("", "body", wrap=True)
        self._example = Label("", "meta", "text2", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        sought = FormRow("Sök fält", self.search)
        sought.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(8))
        column.addWidget(sought)
        column.addWidget(self.list, 1)
        column.addWidget(self._make_foot())

    def _make_foot(self) -> QWidget:
        theme = current_theme()
        foot = Pane("sunk", "top")
        column = QVBoxLayout(foot)
        column.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12))
        column.setSpacing(theme.px(4))
        for label in (self._tag, self._explanation, self._example):
            column.addWidget(label)
        column.addSpacing(theme.px(4))
        column.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignLeft)
        return foot

    def show_document(self, document: Document) -> None:
        """Show the fields that a template of the document can print."""
        listed = fields(document)
        if listed == self._fields:
            return
        self._fields = listed
        self._head.set_fact(f"{len(listed)} fält")
        self._narrow()

    def field(self) -> Field | None:
        """The field chosen."""
        key = self.list.currentIndex().data(RowRole.KEY)
        return next((field for field in self._fields if field.name == key), None)

    def _narrow(self, _text: str = "") -> None:
        words = fold(self.search.text()).split()
        found = [field for field in self._fields if all(word in _searched(field) for word in words)]
        rows = _rows(found)
        chosen = self.field()
        self._model.set_rows(rows or (Row(title="Inget fält innehåller de orden.", quiet=True),))
        place = self._model.row_of(chosen.name) if chosen is not None else -1
        if place < 0:
            place = next((number for number, row in enumerate(rows) if row.key), 0)
        self.list.setCurrentIndex(self._model.index(place))
        self._show()

    def _show(self, _index: QModelIndex | None = None) -> None:
        field = self.field()
        self.copy.setEnabled(field is not None)
        self._tag.setText(field.tag if field else "")
        self._explanation.setText(field.explanation if field else "")
        self._example.setText(f"{_in_use(field)} {self._loop(field)}".strip() if field else "")

    def _loop(self, field: Field) -> str:
        """The loop that a field is printed in, as one more sentence; empty for a field outside loops."""
        around = field.name[:-2] if field.name.endswith("[]") else field.name.rpartition("[].")[0]
        found = next((each for each in self._fields if each.name == around), None)
        return f"Står inne i {found.tag}." if found is not None else ""

    def _copy(self, _index: object = None) -> None:
        field = self.field()
        if field is not None:
            QApplication.clipboard().setText(field.tag)
            self.copied.emit(field.tag)


def _group(field: Field) -> str:
    return next((name for name, starts in _GROUPS if field.name.startswith(starts)), _OTHERS)


def _rows(found: list[Field]) -> tuple[Row, ...]:
    """The fields under a heading each, in the order they are explained."""
    rows: list[Row] = []
    for name in dict.fromkeys(_group(field) for field in found):
        group = [field for field in found if _group(field) == name]
        rows.append(Row(title=name, heading=True, time=str(len(group))))
        rows += [Row(key=field.name, title=field.explanation, meta=field.tag) for field in group]
    return tuple(rows)


def _searched(field: Field) -> str:
    return fold(f"{field.explanation} {field.name}")


def _in_use(field: Field) -> str:
    """How a field is used: an example of what it prints, or what a loop and a condition need."""
    if field.tag.startswith("{%tr for"):
        return "Upprepar tabellrader. Avsluta med {%tr endfor %} i en egen rad."
    if field.tag.startswith("{%p for"):
        return "Upprepar stycken. Avsluta med {%p endfor %} i ett eget stycke."
    if field.tag.startswith("{%p if"):
        return (
            "Skriver ut det som följer när fältet har ett värde. Avsluta med {%p endif %} i ett eget stycke."
        )
    if field.block:
        return f"Står ensamt i ett stycke och skriver ut: {field.example}"
    return f"Exempel: {field.example}"
