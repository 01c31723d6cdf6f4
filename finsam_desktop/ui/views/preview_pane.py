"""Förhandsvisning: the pages of the document that the step makes, drawn from the real Word file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    QStandardPaths,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListView,
    QStackedWidget,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from finsam_desktop.documents import Document
from finsam_desktop.documents.kinds import KINDS
from finsam_desktop.documents.page_images import PageImage, draw_pages, find_libreoffice, to_pdf
from finsam_desktop.errors import UserError
from finsam_desktop.ui.models.page_model import PageModel, PageRole
from finsam_desktop.ui.theme import Appearance, current_theme, tokens
from finsam_desktop.ui.views.open_meeting import OpenMeeting
from finsam_desktop.ui.widgets.buttons import IconButton, secondary_button
from finsam_desktop.ui.widgets.surfaces import Label, Pane

if TYPE_CHECKING:
    from finsam_desktop.ui.jobs import Progress

IDLE_MS = 1200
DRAWN_WIDTH = 900
_MARGIN = 20
ZOOMS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
AnyIndex = QModelIndex | QPersistentModelIndex

NO_LIBREOFFICE = (
    "Sidorna visas här när LibreOffice finns på datorn. Dokumentet blir detsamma utan: "
    "välj Öppna i Word för att se det."
)


def make_pages(values: tuple[object, ...], profile: Path, progress: Progress) -> tuple[PageImage, ...]:
    """Render, convert and draw; runs in the background with plain values only."""
    from finsam_desktop.documents import render

    progress.step()
    content = render(*values)  # type: ignore[arg-type]
    progress.step()
    pdf = to_pdf(content, profile=profile)
    return draw_pages(pdf, DRAWN_WIDTH)


class _PageDelegate(QStyledItemDelegate):
    """Paints a page with its thin shadow, and the mark of the item at hand."""

    def __init__(self, view: PageView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        image = index.data(PageRole.IMAGE)
        width = self._view.page_width()
        gap = current_theme().px(14)
        return QSize(
            width + 2 * current_theme().px(_MARGIN), round(width * image.height() / image.width()) + gap
        )

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        theme = current_theme()
        image = index.data(PageRole.IMAGE)
        page = self.page_rect(option.rect, index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(page.adjusted(-1, -1, 2, 3), theme.color("shadow"))
        ratio = self._view.devicePixelRatioF()
        scaled = image.scaled(
            page.size() * ratio,
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        scaled.setDevicePixelRatio(ratio)
        painter.drawImage(page.topLeft(), scaled)
        mark = index.data(PageRole.MARK)
        if mark:
            area = QRectF(page)
            area.setTop(page.top() + page.height() * mark[0])
            area.setBottom(page.top() + page.height() * mark[1])
            area.setLeft(page.left() + page.width() * 0.06)
            area.setRight(page.right() - page.width() * 0.06)
            # Multiplied, so that the ink of the page stays as dark as it is.
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
            # The page is paper whatever the theme, so its mark is the light one.
            painter.fillRect(area, QColor(tokens(Appearance.LIGHT)["accent_bg"]))
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
            painter.fillRect(
                QRectF(area.left(), area.top(), theme.px(2), area.height()), theme.color("c_edge")
            )
        painter.restore()

    def page_rect(self, rect: QRect, index: AnyIndex) -> QRect:
        """Where the page itself is within its row."""
        image = index.data(PageRole.IMAGE)
        width = self._view.page_width()
        left = rect.left() + max(current_theme().px(_MARGIN), (self._view.viewport().width() - width) // 2)
        return QRect(
            left, rect.top() + current_theme().px(14), width, round(width * image.height() / image.width())
        )


class PageView(QListView):
    """Pages under each other on the desk. ``pressed_at(page, share)`` on a click."""

    pressed_at = Signal(int, float)

    def __init__(self, model: PageModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zoom = 1.0
        self.setAccessibleName("Sidor")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setItemDelegate(_PageDelegate(self))
        self.setModel(model)
        self._apply_theme()
        current_theme().changed.connect(self._apply_theme)

    def _apply_theme(self) -> None:
        palette = self.palette()
        palette.setColor(palette.ColorRole.Base, current_theme().color("desk"))
        self.setPalette(palette)
        self.scheduleDelayedItemsLayout()

    def page_width(self) -> int:
        """Width of a page in pixels at the zoom in force; 1 is the width of the pane."""
        return max(60, round((self.viewport().width() - 2 * current_theme().px(_MARGIN)) * self._zoom))

    @property
    def zoom(self) -> float:
        return self._zoom

    def set_zoom(self, zoom: float) -> None:
        """1 fits the page's width to the pane."""
        self._zoom = zoom
        self.setHorizontalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAsNeeded if zoom > 1 else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )
        self.scheduleDelayedItemsLayout()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def current_page(self) -> int:
        """The page in the middle of the view, from 0."""
        index = self.indexAt(QRect(0, 0, self.viewport().width(), self.viewport().height()).center())
        return index.row() if index.isValid() else 0

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        delegate = self.itemDelegate()
        if index.isValid() and isinstance(delegate, _PageDelegate):
            page = delegate.page_rect(self.visualRect(index), index)
            self.pressed_at.emit(index.row(), (event.position().y() - page.top()) / max(page.height(), 1))


class PreviewPane(QWidget):
    """The pages of one document of the meeting. ``item_wanted(id)`` on a click in the page.

    Pages are drawn only while the pane is seen, some time after the last change; one drawing at a time.
    """

    item_wanted = Signal(str)
    open_wanted = Signal()

    def __init__(self, desk: OpenMeeting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._document = Document.KALLELSE
        self._running = False
        self._stale = True
        self._closed = False
        self._item_id = ""
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(IDLE_MS)
        self._idle.timeout.connect(self._draw)
        self.model = PageModel(self)
        self.pages = PageView(self.model)
        self.pages.pressed_at.connect(self._pressed)
        self.pages.verticalScrollBar().valueChanged.connect(self._tell_page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_strip())
        column.addWidget(self._make_stack(), 1)
        desk.changed.connect(self._note_change)

    def show_document(self, document: Document) -> None:
        """Which document to show."""
        if document is not self._document:
            self._document = document
            self._name.setText(f"{KINDS[document].label}.docx")
            self.model.show((), ())
            self._stale = True
            self._soon(0)

    def set_item(self, item_id: str) -> None:
        """Mark an item on the pages and bring it into view."""
        self._item_id = item_id
        index = self.model.set_item(item_id)
        mark = self.model.mark_on(index.row()) if index.isValid() else None
        if mark is not None:
            rect = self.pages.visualRect(index)
            bar = self.pages.verticalScrollBar()
            top = bar.value() + rect.top() + round(rect.height() * mark[0])
            bottom = bar.value() + rect.top() + round(rect.height() * mark[1])
            if top < bar.value() or bottom > bar.value() + self.pages.viewport().height():
                bar.setValue(top - current_theme().px(60))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_strip()

    def _fit_strip(self) -> None:
        """Where the strip is too narrow for all of it, the word about the zoom goes first, never the name's end."""
        parts = (self._name, self._back, self._where, self._on, self._smaller, self._zoom_word, self._larger)
        needed = sum(part.sizeHint().width() for part in parts) + current_theme().px(24 + 4 * 8)
        self._zoom_word.setVisible(needed <= self._strip.width())

    def close_pane(self) -> None:
        """No more drawings."""
        self._closed = True
        self._idle.stop()

    # -- making ---------------------------------------------------------------------------------------

    def _make_strip(self) -> QWidget:
        theme = current_theme()
        strip = self._strip = Pane("window", "bottom")
        strip.setFixedHeight(theme.px(38))
        self._name = Label("Kallelse.docx", "label")
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
        self._open = secondary_button("Öppna i Word", "external-link")
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
        self._say("Gör i ordning sidorna …")
        return self._stack

    def _say(self, text: str, *, can_open: bool = False) -> None:
        self._calm.setText(text)
        self._open.setVisible(can_open)
        self._stack.setCurrentIndex(0)
        self._tell_page()

    # -- drawing --------------------------------------------------------------------------------------

    def _note_change(self) -> None:
        self._stale = True
        self._soon(IDLE_MS)

    def _soon(self, wait: int) -> None:
        if self.isVisible() and not self._closed:
            self._idle.start(wait)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._soon(60)

    def _draw(self) -> None:
        if self._running or self._closed or not self._stale:
            return
        if find_libreoffice() is None:
            self._say(NO_LIBREOFFICE, can_open=True)
            return
        self._running, self._stale = True, False
        desk = self._desk
        values = (
            self._document, desk.association, desk.meetings, desk.stored, desk.session.workspace.file, desk.today,
        )  # fmt: skip
        profile = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.CacheLocation))
        profile = profile / "libreoffice"
        desk.shell.jobs.run(
            _Drawing(values, profile),
            label=f"Visar sidorna i {KINDS[self._document].label}.docx",
            on_done=self._drawn,
            on_error=self._not_drawn,
            cancel=False,
        )

    def _drawn(self, pages: object) -> None:
        self._running = False
        if self._closed or not isValid(self):
            return
        if self._stale:
            self._soon(IDLE_MS)
        assert isinstance(pages, tuple)
        scroll = self.pages.verticalScrollBar().value()
        self.model.show(pages, self._desk.meeting.items)
        self._stack.setCurrentIndex(1)
        self.pages.verticalScrollBar().setValue(scroll)
        self.set_item(self._item_id)
        self._tell_page()

    def _not_drawn(self, error: Exception) -> None:
        self._running = False
        if self._closed or not isValid(self):
            return
        if isinstance(error, UserError):
            self._say(str(error), can_open=True)
            return
        self._say("Sidorna gick inte att visa. Dokumentet är oskadat.", can_open=True)
        raise error

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

    def _pressed(self, page: int, share: float) -> None:
        item_id = self.model.item_at(page, share)
        if item_id:
            self.item_wanted.emit(item_id)


class _Drawing:
    """The work as a value: called in the background with the job's progress."""

    def __init__(self, values: tuple[object, ...], profile: Path) -> None:
        self._values, self._profile = values, profile

    def __call__(self, progress: Progress) -> object:
        self._profile.mkdir(parents=True, exist_ok=True)
        return make_pages(self._values, self._profile, progress)
