"""Pages under each other on the desk, as large as the pane is wide."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from finsam_desktop.ui.models.page_model import PageModel, PageRole
from finsam_desktop.ui.theme import Appearance, current_theme, tokens
from finsam_desktop.ui.widgets.surfaces import Pane

_MARGIN = 20
AnyIndex = QModelIndex | QPersistentModelIndex


class _PageDelegate(QStyledItemDelegate):
    """Paints a page with its thin shadow, and the mark of the item at hand."""

    def __init__(self, view: PageView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        size = index.data(PageRole.SIZE)
        width = self._view.page_width()
        gap = current_theme().px(14)
        return QSize(
            width + 2 * current_theme().px(_MARGIN), round(width * size.height() / size.width()) + gap
        )

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        theme = current_theme()
        image = index.data(PageRole.IMAGE)
        page = self.page_rect(option.rect, index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(page.adjusted(-1, -1, 2, 3), theme.color("shadow"))
        if image.isNull():
            painter.fillRect(page, theme.color("page"))
            self._view.wanted.emit(index.row())
        else:
            ratio = self._view.devicePixelRatioF()
            scaled = image.scaled(
                page.size() * ratio,
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            scaled.setDevicePixelRatio(ratio)
            painter.drawImage(page.topLeft(), scaled)
            # A white sheet would shine in the dark: it gets the colour of the theme's paper, and black stays black.
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
            painter.fillRect(page, theme.color("page"))
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        if theme.appearance.is_contrast:  # paper on a desk of the same white
            painter.setPen(theme.color("page_line"))
            painter.drawRect(page.adjusted(-1, -1, 0, 0))
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
        size = index.data(PageRole.SIZE)
        width = self._view.page_width()
        left = rect.left() + max(current_theme().px(_MARGIN), (self._view.viewport().width() - width) // 2)
        top = rect.top() + current_theme().px(14)
        return QRect(left, top, width, round(width * size.height() / size.width()))


class PageView(QListView):
    """``pressed_at(page, share)`` on a click; ``wanted(page)`` when a page is seen that is not drawn yet."""

    pressed_at = Signal(int, float)
    wanted = Signal(int)

    def __init__(self, model: PageModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zoom = 1.0
        self.setAccessibleName("Sidor")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setItemDelegate(_PageDelegate(self))
        self.setAutoFillBackground(True)  # the scroll bars stand on the desk too
        self.setCornerWidget(Pane("desk"))
        self.setModel(model)
        self._apply_theme()
        current_theme().changed.connect(self._apply_theme)

    def _apply_theme(self) -> None:
        palette = self.palette()
        for role in (palette.ColorRole.Base, palette.ColorRole.Window):
            palette.setColor(role, current_theme().color("desk"))
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

    def seen_pages(self) -> tuple[int, int]:
        """The first page that is seen, from 0, and how many there are."""
        top = self.indexAt(QRect(0, 0, self.viewport().width(), 1).center())
        first = top.row() if top.isValid() else 0
        last, height = first, 0
        while height < self.viewport().height() and last + 1 < self.model().rowCount():
            last += 1
            height = self.visualRect(self.model().index(last, 0)).top()
        return first, max(1, last - first)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        delegate = self.itemDelegate()
        if index.isValid() and isinstance(delegate, _PageDelegate):
            page = delegate.page_rect(self.visualRect(index), index)
            self.pressed_at.emit(index.row(), (event.position().y() - page.top()) / max(page.height(), 1))
