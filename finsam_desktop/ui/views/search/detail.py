"""The chosen hit of a search: every place where the words stand, and the pages of a bilaga at the place chosen."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from finsam_desktop.ui.models.row_model import Row, RowModel
from finsam_desktop.ui.opened_copies import OpenedCopies
from finsam_desktop.ui.search_places import icon_of, place_of, where_in_words
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.view import Shell
from finsam_desktop.ui.views.meeting.pdf_preview import PdfPreview
from finsam_desktop.ui.widgets.buttons import secondary_button
from finsam_desktop.ui.widgets.rows import RowDelegate, RowList, RowRole
from finsam_desktop.ui.widgets.surfaces import HairLine, Label, Pane

if TYPE_CHECKING:
    from collections.abc import Sequence

    from finsam_desktop.domain.agenda import AgendaItem
    from finsam_desktop.searching import Hit
    from finsam_desktop.ui.page_press import Printed

_PAGE = re.compile(r"(?:sida|bild) (\d+)")


class FoundPages(PdfPreview):
    """The pages of a file, shown at the page where something was found."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._page = 0

    def show_page(self, page: int) -> None:
        """Go to a page, counted from 0, now or when the pages are there."""
        self._page = page
        if self._printed is not None:
            self._go_to(page)

    def _show_printed(self, printed: Printed, items: Sequence[AgendaItem]) -> None:
        super()._show_printed(printed, items)
        self._go_to(self._page)


class SearchDetail(Pane):
    """What is shown beside the list of hits. ``place_wanted(Hit, Place)`` when the user follows a place."""

    place_wanted = Signal(object, object)

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__("base", "left", parent)
        self._shell = shell
        self._hit: Hit | None = None
        self._copies = OpenedCopies(shell)
        theme = current_theme()
        self._title = Label("", "section", wrap=True)
        self._where = Label("", "meta", "text2", wrap=True)
        self.go = secondary_button("Gå till stället", "corner-down-right")
        self.go.clicked.connect(self._go)
        self.open = secondary_button("Öppna filen", "external-link")
        self.open.clicked.connect(self.open_file)
        self._model = RowModel(parent=self)
        self.places = RowList("Ställen där orden finns", delegate=RowDelegate(number_width=18, indent=12))
        self.places.setModel(self._model)
        self.places.chosen.connect(self._chose)
        self.places.opened.connect(self._followed)
        self.pages = FoundPages(shell)
        self.pages.open_wanted.connect(self.open_file)
        head = QWidget()
        column = QVBoxLayout(head)
        column.setContentsMargins(theme.px(16), theme.px(14), theme.px(16), theme.px(12))
        column.setSpacing(theme.px(4))
        column.addWidget(self._title)
        column.addWidget(self._where)
        column.addSpacing(theme.px(6))
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(8))
        buttons.addWidget(self.go)
        buttons.addWidget(self.open)
        buttons.addStretch(1)
        column.addLayout(buttons)
        self._split = QSplitter(Qt.Orientation.Vertical)
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self.places)
        self._split.addWidget(self.pages)
        self._split.setSizes([theme.px(240), theme.px(460)])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(head)
        whole.addWidget(HairLine())
        whole.addWidget(self._split, 1)
        self.show_hit(None)

    @property
    def hit(self) -> Hit | None:
        return self._hit

    def show_hit(self, hit: Hit | None) -> None:
        """Show every place of a hit, None for none."""
        from finsam_desktop.search.wording import place_words

        self._hit = hit
        self.setVisible(hit is not None)
        if hit is None:
            return
        name, *rest = where_in_words(hit)
        self._title.setText(
            f"{name} {hit.thing.title}" if hit.number and hit.thing.title else hit.thing.title or name
        )
        self._where.setText(" · ".join(part for part in rest if part != hit.thing.title))
        self.open.setVisible(bool(self._file()))
        self._model.set_rows(
            tuple(
                Row(
                    title=place.text,
                    key=str(number),
                    marks=place.marks,
                    meta=place_words(hit.thing, place),
                    icon="lock" if hit.confidential else "search",
                )
                for number, place in enumerate(hit.places)
            )
        )
        self.pages.setVisible(bool(hit.sha256))
        if hit.sha256:
            read = partial(self._shell.session.workspace.file, hit.sha256)
            self.pages.show_file(hit.file_name, hit.thing.title, hit.sha256, read)
        if hit.places:
            self.places.setCurrentIndex(self._model.index(0))
            self._show_page(0)

    def open_file(self) -> None:
        """Open a copy of the bilaga in the system's program, if it is a document."""
        hit, sha256 = self._hit, self._file()
        if hit is None or not sha256:
            return
        read = partial(self._shell.session.workspace.file, sha256)
        self._copies.open(sha256, hit.file_name or hit.thing.title, read)

    def close_pane(self) -> None:
        """No more drawings, and the copies made for reading go."""
        self.pages.close_pane()
        self._copies.close()

    def _file(self) -> str:
        if self._hit is None:
            return ""
        return self._hit.sha256 or (self._hit.attachment.sha256 if self._hit.attachment is not None else "")

    def _go(self) -> None:
        self._followed(self.places.currentIndex())

    def _chose(self, index: QModelIndex) -> None:
        self._show_page(int(index.data(RowRole.KEY) or 0))

    def _followed(self, index: QModelIndex) -> None:
        if self._hit is not None:
            number = int(index.data(RowRole.KEY) or 0) if index.isValid() else 0
            place = self._hit.places[number] if number < len(self._hit.places) else None
            self.place_wanted.emit(self._hit, place)

    def _show_page(self, number: int) -> None:
        if self._hit is None or not self._hit.sha256 or number >= len(self._hit.places):
            return
        found = _PAGE.fullmatch(self._hit.places[number].label)
        self.pages.show_page(int(found[1]) - 1 if found else 0)


def hit_row(hit: Hit, number: int) -> Row:
    """A hit as a row: the best place's words, and below them where they stand."""
    from finsam_desktop.search.wording import place_words

    best = hit.places[0] if hit.places else None
    where = place_words(hit.thing, best) if best is not None else ""
    more = f"{len(hit.places)} ställen" if len(hit.places) > 1 else ""
    said = best.text if best is not None else ""
    meta = " · ".join(part for part in (where, *where_in_words(hit), more) if part and part != said)
    return Row(
        title=best.text if best is not None else hit.thing.title, key=str(number), icon=icon_of(hit), meta=meta,
        marks=best.marks if best is not None else (),
    )  # fmt: skip


def followed(hit: Hit, place: object) -> tuple[str, str]:
    """Where in the window a place of a hit is."""
    from finsam_desktop.search.finding import Place

    return place_of(hit, place if isinstance(place, Place) else None)
