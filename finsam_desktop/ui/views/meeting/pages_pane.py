"""A pane that shows pages: a strip with name, page and zoom, the pages, and a line that says what laid them out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from finsam_desktop.errors import UserError
from finsam_desktop.pdf.libreoffice import PROGRAM
from finsam_desktop.ui.models.page_model import PageModel
from finsam_desktop.ui.next_turn import NextTurn
from finsam_desktop.ui.page_press import AT_ONCE, BUNDLED, Printed
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.meeting.page_view import PageView
from finsam_desktop.ui.widgets.buttons import IconButton, secondary_button
from finsam_desktop.ui.widgets.surfaces import Label, Pane

if TYPE_CHECKING:
    from finsam_desktop.domain.agenda import AgendaItem
    from finsam_desktop.pdf.drawing import PageImage
    from finsam_desktop.ui.jobs import Progress
    from finsam_desktop.ui.page_press import PagePress
    from finsam_desktop.ui.view import Shell

ZOOMS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
WORKING = "Gör i ordning sidorna …"


class PagesPane(QWidget):
    """Pages and what belongs to them. ``open_wanted`` when the user asks for the file itself."""

    open_wanted = Signal()

    def __init__(
        self, shell: Shell, name: str, open_words: str = "Öppna i Word", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._shell = shell
        self._open_words = open_words
        self._closed = False
        self._printed: Printed | None = None
        self._wanted: set[int] = set()
        self._filling = False
        self._fill_soon = NextTurn(self, self._fill)
        self.model = PageModel(self)
        self.pages = PageView(self.model)
        self.pages.wanted.connect(self._note_wanted)
        self.pages.verticalScrollBar().valueChanged.connect(self._tell_page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_strip(name))
        column.addWidget(self._make_stack(), 1)
        column.addWidget(self._make_foot())

    def close_pane(self) -> None:
        """No more drawings."""
        self._closed = True
        self._fill_soon.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_strip()

    def _fit_strip(self) -> None:
        """Where the strip is too narrow for all of it, the word about the zoom goes first, never the name's end."""
        parts = (self._name, self._back, self._where, self._on, self._smaller, self._zoom_word, self._larger)
        needed = sum(part.sizeHint().width() for part in parts) + current_theme().px(24 + 4 * 8)
        self._zoom_word.setVisible(needed <= self._strip.width())

    # -- making ---------------------------------------------------------------------------------------

    def _make_strip(self, name: str) -> QWidget:
        theme = current_theme()
        strip = self._strip = Pane("window", "bottom")
        strip.setFixedHeight(theme.px(38))
        self._name = Label(name, "label")
        self._where = Label("", "meta", "text2")
        self._back, self._on = (
            IconButton("chevron-left", "Förra sidan"),
            IconButton("chevron-right", "Nästa sida"),
        )
        self._smaller, self._larger = IconButton("zoom-out", "Mindre"), IconButton("zoom-in", "Större")
        self._zoom_word = Label("Sidbredd", "meta", "text2")
        self._back.clicked.connect(self._previous_page)
        self._on.clicked.connect(self._next_page)
        self._smaller.clicked.connect(self._zoom_out)
        self._larger.clicked.connect(self._zoom_in)
        row = QHBoxLayout(strip)
        row.setContentsMargins(theme.px(16), 0, theme.px(8), 1)
        row.setSpacing(theme.px(4))
        row.addWidget(self._name)
        row.addStretch(1)
        for widget in (self._back, self._where, self._on):
            row.addWidget(widget)
        row.addStretch(1)
        for widget in (self._smaller, self._zoom_word, self._larger):
            row.addWidget(widget)
        return strip

    def _make_stack(self) -> QWidget:
        theme = current_theme()
        self._calm = Label("", "body", "text2", wrap=True)
        self._calm.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._open = secondary_button(self._open_words, "external-link")
        self._open.clicked.connect(self.open_wanted)
        calm = Pane("desk")
        column = QVBoxLayout(calm)
        column.setContentsMargins(theme.px(20), theme.px(20), theme.px(20), theme.px(20))
        column.setSpacing(theme.px(12))
        column.addWidget(self._calm)
        column.addWidget(self._open, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self._stack = QStackedWidget()
        self._stack.addWidget(calm)
        self._stack.addWidget(self.pages)
        return self._stack

    def _make_foot(self) -> QWidget:
        theme = current_theme()
        self._foot = Pane("window", "top")
        self._laid_out_by = Label("", "meta", "text2", wrap=True)
        row = QHBoxLayout(self._foot)
        row.setContentsMargins(theme.px(16), theme.px(5), theme.px(16), theme.px(5))
        row.addWidget(self._laid_out_by, 1)
        self._foot.setVisible(False)
        return self._foot

    # -- what is shown --------------------------------------------------------------------------------

    def _say(self, text: str, *, can_open: bool = False) -> None:
        """Words in place of pages."""
        self._calm.setText(text)
        self._open.setVisible(can_open)
        self._stack.setCurrentIndex(0)
        self._foot.setVisible(False)
        self._tell_page()

    def _show_printed(self, printed: Printed, items: Sequence[AgendaItem]) -> None:
        """These pages, at the place where the view is."""
        self._printed = printed
        self._wanted.clear()
        scroll = self.pages.verticalScrollBar().value()
        self.model.show(printed.pages, items)
        self._stack.setCurrentIndex(1)
        self.pages.verticalScrollBar().setValue(scroll)
        self._laid_out_by.setText(laid_out_by(printed))
        self._foot.setVisible(True)
        self._tell_page()

    def _say_fault(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self._say(str(error), can_open=True)
            return
        self._say("Sidorna gick inte att visa. Dokumentet är oskadat.", can_open=True)
        raise error

    # -- drawing on demand ----------------------------------------------------------------------------

    def _note_wanted(self, page: int) -> None:
        if not self._closed:
            self._wanted.add(page)
            self._fill_soon.start()

    def _fill(self) -> None:
        if self._filling or self._closed or self._printed is None:
            return
        rows = sorted(row for row in self._wanted if not self.model.is_drawn(row))
        if not rows:
            return
        self._filling = True
        self._shell.jobs.run(
            _Filling(self._shell.press, self._printed, rows[0], AT_ONCE),
            label="Ritar sidor",
            on_done=self._filled,
            on_error=self._not_filled,
            cancel=False,
        )

    def _filled(self, result: object) -> None:
        self._filling = False
        if self._closed or not isValid(self):
            return
        assert isinstance(result, tuple)
        printed, first, pages = result
        if printed is self._printed:
            self.model.fill(first, pages)
            self._wanted -= set(range(first, first + AT_ONCE))
        if self._wanted:
            self._fill_soon.start()

    def _not_filled(self, error: Exception) -> None:
        self._filling = False
        if not self._closed and isValid(self):
            self._wanted.clear()
            self._say_fault(error)

    # -- the strip ------------------------------------------------------------------------------------

    def _tell_page(self, _value: int = 0) -> None:
        count = self.model.rowCount() if self._stack.currentIndex() == 1 else 0
        page = self.pages.current_page()
        self._where.setText(f"Sida {page + 1} av {count}" if count else "")
        self._fit_strip()
        for button, useful in ((self._back, page > 0), (self._on, page < count - 1)):
            button.setEnabled(bool(count) and useful)

    def _previous_page(self) -> None:
        self._go_to(self.pages.current_page() - 1)

    def _next_page(self) -> None:
        self._go_to(self.pages.current_page() + 1)

    def _go_to(self, page: int) -> None:
        index = self.model.index(page)
        if index.isValid():
            self.pages.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtTop)
            self._tell_page()

    def _zoom_out(self) -> None:
        self._set_zoom(max((z for z in ZOOMS if z < self.pages.zoom), default=ZOOMS[0]))

    def _zoom_in(self) -> None:
        self._set_zoom(min((z for z in ZOOMS if z > self.pages.zoom), default=ZOOMS[-1]))

    def _set_zoom(self, zoom: float) -> None:
        self.pages.set_zoom(zoom)
        self._zoom_word.setText("Sidbredd" if zoom == 1.0 else f"{round(zoom * 100)}\u00a0%")


def laid_out_by(printed: Printed) -> str:
    """What made the pages, in words."""
    if printed.note:
        return printed.note
    if printed.provisional:
        return "Ungefärliga sidor, inbyggd visning. Sidorna enligt LibreOffice kommer strax."
    if printed.program == BUNDLED:
        return "Ungefärliga sidor, inbyggd visning. Med LibreOffice på datorn visas de som de blir."
    if printed.program == PROGRAM:
        return "Sidorna enligt LibreOffice"
    return "Sidorna ur filen" if printed.program == "filen" else f"Sidorna enligt {printed.program}"


class _Filling:
    """The work as a value: some pages drawn, with what they are pages of."""

    def __init__(self, press: PagePress, printed: Printed, first: int, count: int) -> None:
        self._press, self._printed, self._first, self._count = press, printed, first, count

    def __call__(self, progress: Progress) -> tuple[Printed, int, tuple[PageImage, ...]]:
        first, pages = self._press.draw(self._printed, self._first, self._count, progress)
        return self._printed, first, pages
