"""Sök i allt: words in every field and in the text of the bilagor, with year and kind to choose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from finsam_desktop.search.query import KIND_WORDS, Kind, query
from finsam_desktop.ui.models.row_model import Row, RowModel
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.view import Head, Shell, View
from finsam_desktop.ui.views.search.detail import SearchDetail, followed, hit_row
from finsam_desktop.ui.widgets.fields import ChoiceField
from finsam_desktop.ui.widgets.forms import FormLine, FormRow
from finsam_desktop.ui.widgets.rows import RowDelegate, RowList, RowRole
from finsam_desktop.ui.widgets.surfaces import Label, Pane
from finsam_desktop.ui.widgets.text_edits import TextField

if TYPE_CHECKING:
    from finsam_desktop.searching import Found

PAGE = 60
"""Hits shown at a time; the last row shows as many more."""
REST_MS = 180
_MORE = "more"
NOTHING = "Inget hittades. Prova ett annat ord eller en del av ordet."
_HOW = "Skriv ett ord eller en del av ett. Alla ord ska finnas i samma ärende, bilaga eller fil."


class SearchView(View):
    """The place "search". Its target is the text to search for."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self._found: Found | None = None
        self._most = PAGE
        self._asked = 0
        self._desk = shell.search_desk
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._ask)
        self.text = TextField(placeholder="Till exempel insats, årsredovisning eller ett namn")
        self.text.textChanged.connect(self._start_over)
        self.text.installEventFilter(self)
        self.year, self.kind = ChoiceField(), ChoiceField()
        self.kind.set_choices(((None, "Allt"), *((kind, words) for kind, words in KIND_WORDS.items())))
        for choice in (self.year, self.kind):
            choice.currentIndexChanged.connect(self._start_over)
        self._model = RowModel(parent=self)
        self.list = RowList("Träffar", delegate=RowDelegate(number_width=18, indent=12))
        self.list.setModel(self._model)
        self.list.chosen.connect(self._chose)
        self.list.opened.connect(self._followed)
        self.count = Label("", "label")
        self.files = Label("", "meta", "text2", wrap=True)
        self.detail = SearchDetail(shell)
        self.detail.place_wanted.connect(self._go)
        self._lay_out()
        self._desk.answered.connect(self._answered)
        self._desk.files_changed.connect(self._ask)
        shell.session.changed.connect(self._rest.start)
        shell.session.closed.connect(self.detail.close_pane)
        self._fill_years()
        self._show()

    def _lay_out(self) -> None:
        theme = current_theme()
        left = Pane("base")
        column = QVBoxLayout(left)
        column.setContentsMargins(theme.px(20), theme.px(14), theme.px(8), theme.px(8))
        column.setSpacing(theme.px(10))
        column.addWidget(FormRow("Sök i alla fält och bilagornas text", self.text))
        column.addWidget(FormLine((FormRow("År", self.year), 2), (FormRow("Var", self.kind), 3)))
        column.addWidget(self.count)
        column.addWidget(self.list, 1)
        column.addWidget(self.files)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(left)
        self._splitter.addWidget(self.detail)
        self._splitter.setStretchFactor(0, 3)
        self._splitter.setStretchFactor(1, 2)
        self._splitter.setSizes([theme.px(700), theme.px(520)])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._splitter)

    # -- what the window asks -------------------------------------------------------------------------

    def head(self) -> Head:
        return Head(title="Sök i allt")

    def show_target(self, target: str) -> None:
        self._fill_years()
        if target:
            self.text.setText(target)
        self.text.setFocus()
        self.text.selectAll()
        self._rest.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._rest.start()

    def panes(self) -> tuple[QWidget, ...]:
        return (self.text, self.list, self.detail)

    # -- asking ---------------------------------------------------------------------------------------

    def _start_over(self, _value: object = None) -> None:
        self._most = PAGE
        self._rest.start()

    def _ask(self) -> None:
        self._rest.stop()
        if not self.shell.session.is_open or not self.isVisible():
            return
        year, kind = self.year.value(), self.kind.value()
        wanted = query(
            self.text.text(),
            year=year if isinstance(year, int) else None,
            kind=kind if isinstance(kind, Kind) else None,
        )
        self._asked = self._desk.ask(wanted, self._most)

    def _answered(self, number: int, found: object) -> None:
        from finsam_desktop.searching import Found

        if number == self._asked and isinstance(found, Found):
            self._found = found
            self._show()

    # -- showing --------------------------------------------------------------------------------------

    def _show(self) -> None:
        found, has_words = self._found, bool(self.text.text().strip())
        hits = found.hits if found is not None and has_words else ()
        rows = [hit_row(hit, number) for number, hit in enumerate(hits)]
        left = found.total - len(hits) if found is not None and has_words else 0
        if left:
            rows.append(Row(title=f"Visa {min(left, PAGE)} till", key=_MORE, icon="chevron-down", quiet=True))
        if not rows:
            answer = NOTHING if found is not None else "Söker …"
            said = answer if has_words else _HOW
            rows = [Row(title=said, quiet=True)]
        chosen = self.list.currentIndex().row() if self._most > PAGE else 0
        self._model.set_rows(tuple(rows))
        self.count.setText(_count(found) if has_words and found is not None else "")
        self.files.setText(_files(found, reading=self._desk.is_reading) if found is not None else "")
        self.files.setVisible(bool(self.files.text()))
        if hits:
            place = min(max(chosen, 0), len(rows) - 1)
            self.list.setCurrentIndex(self._model.index(place))
            self._chose(self._model.index(place))
        else:
            self.detail.show_hit(None)

    def _fill_years(self) -> None:
        years = sorted({meeting.date.year for meeting in self.shell.session.meetings}, reverse=True)
        before = self.year.value()
        blocked = self.year.blockSignals(True)
        self.year.set_choices(((None, "Alla år"), *((year, str(year)) for year in years)))
        self.year.set_value(before)
        self.year.setCurrentIndex(max(self.year.currentIndex(), 0))
        self.year.blockSignals(blocked)

    def _chose(self, index: QModelIndex) -> None:
        key = str(index.data(RowRole.KEY) or "")
        if self._found is not None and key.isdigit() and int(key) < len(self._found.hits):
            self.detail.show_hit(self._found.hits[int(key)])

    def _followed(self, index: QModelIndex) -> None:
        """Enter: go to the place; for words in a file, open the file."""
        if index.data(RowRole.KEY) == _MORE:
            self._most += PAGE
            self._ask()
            return
        self._chose(index)
        hit = self.detail.hit
        if hit is not None and index.data(RowRole.KEY):
            if hit.sha256:
                self.detail.open_file()
            else:
                self._go(hit, hit.places[0] if hit.places else None)

    def _go(self, hit: object, place: object) -> None:
        from finsam_desktop.searching import Hit

        if isinstance(hit, Hit):
            self.shell.go(*followed(hit, place))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the field: down to the hits, Enter to the one chosen."""
        if watched is self.text and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down:
                self.list.setFocus(Qt.FocusReason.TabFocusReason)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.list.currentIndex().isValid():
                self._followed(self.list.currentIndex())
                return True
        return super().eventFilter(watched, event)


def _count(found: Found) -> str:
    return "1 träff" if found.total == 1 else f"{found.total} träffar"


def _files(found: Found, *, reading: bool) -> str:
    """What the search could not look in."""
    said = []
    if found.unread:
        files = "1 fil" if found.unread == 1 else f"{found.unread} filer"
        said.append(f"{files} återstår att läsa." if reading else f"{files} har inte lästs än.")
    if found.wordless:
        one = found.wordless == 1
        said.append(
            f"{'1 fil' if one else f'{found.wordless} filer'} är inskannade eller bilder och saknar text att söka i."
        )
    if found.closed:
        said.append(f"{'1 fil' if found.closed == 1 else f'{found.closed} filer'} gick inte att läsa.")
    return " ".join(said)


def make(shell: Shell) -> SearchView:
    """The view of the place "search"."""
    return SearchView(shell)
