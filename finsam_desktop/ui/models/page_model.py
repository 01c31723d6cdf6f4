"""The pages of a document as pictures in a list, and which item stands where on them.

Pages are drawn when they are looked at, and only the latest drawn are kept: a page takes 5 MB.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QImage

from finsam_desktop.documents.page_images import PageImage
from finsam_desktop.domain.agenda import AgendaItem

PAGES_KEPT = 24
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class PageRole(IntEnum):
    """Named data of a page."""

    IMAGE = Qt.ItemDataRole.UserRole + 400
    MARK = Qt.ItemDataRole.UserRole + 401
    SIZE = Qt.ItemDataRole.UserRole + 402


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemPlace:
    """Where an item's heading stands: page from 0, and how far down as a share of the page."""

    item_id: str
    page: int
    top: float


def item_places(items: Sequence[AgendaItem], pages: Sequence[PageImage]) -> tuple[ItemPlace, ...]:
    """Where the items' headings are, in order. The last place where a title stands is its heading: lists and
    references come before. Items that are not found are left out, and so are places out of order."""
    found: list[ItemPlace] = []
    for item in items:
        title = " ".join((item.minutes_title or item.title).split()).casefold()[:28]
        plain = " ".join(item.title.split()).casefold()[:28]
        places = [
            ItemPlace(item_id=item.id, page=number, top=top)
            for number, page in enumerate(pages)
            for text, top, _bottom in page.texts
            if title and any(word in " ".join(text.split()).casefold() for word in (title, plain))
        ]
        if found:
            places = [place for place in places if (place.page, place.top) > (found[-1].page, found[-1].top)]
        if places:
            found.append(places[-1] if not found else places[0])
    return tuple(found)


class PageModel(QAbstractListModel):
    """One row per page. ``MARK`` is the share of the page, top and bottom, where the item at hand stands, ``SIZE`` the
    page's proportions; ``IMAGE`` is a null picture until the page is drawn."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pages: tuple[PageImage, ...] = ()
        self._images: dict[int, QImage] = {}
        self._places: tuple[ItemPlace, ...] = ()
        self._item_id = ""

    def show(self, pages: tuple[PageImage, ...], items: Sequence[AgendaItem]) -> None:
        """Show these pages; as many as before are exchanged in place, so that the view stays where it is."""
        same = len(pages) == len(self._pages)
        if not same:
            self.beginResetModel()
        self._pages, self._places = pages, item_places(items, pages)
        self._images = {}
        for number, page in enumerate(pages):
            self._keep(number, page)
        if not same:
            self.endResetModel()
        elif pages:
            self.dataChanged.emit(self.index(0), self.index(len(pages) - 1))

    def fill(self, first: int, pages: Sequence[PageImage]) -> None:
        """Take in pages that have been drawn, from row ``first``."""
        for number, page in enumerate(pages, first):
            if number < len(self._pages):
                self._keep(number, page)
                self.dataChanged.emit(self.index(number), self.index(number))

    def is_drawn(self, row: int) -> bool:
        """Whether the page's picture is at hand."""
        return row in self._images

    def _keep(self, number: int, page: PageImage) -> None:
        if not page.pixels:
            return
        image = QImage(page.pixels, page.width, page.height, page.stride, QImage.Format.Format_RGB32).copy()
        self._images.pop(number, None)
        self._images[number] = image
        while len(self._images) > PAGES_KEPT:
            del self._images[next(iter(self._images))]

    def set_item(self, item_id: str) -> QModelIndex:
        """Mark an item; gives the page where it begins, or an invalid index."""
        self._item_id = item_id
        if self._pages:
            self.dataChanged.emit(self.index(0), self.index(len(self._pages) - 1))
        place = next((p for p in self._places if p.item_id == item_id), None)
        return self.index(place.page) if place is not None else QModelIndex()

    def item_at(self, page: int, share: float) -> str:
        """The item that stands at a place on a page, empty above the first."""
        above = [p for p in self._places if (p.page, p.top) <= (page, share)]
        return above[-1].item_id if above else ""

    def mark_on(self, page: int) -> tuple[float, float] | None:
        """The part of the page that the marked item takes, or None."""
        number = next((i for i, p in enumerate(self._places) if p.item_id == self._item_id), -1)
        if number < 0:
            return None
        start = self._places[number]
        end = self._places[number + 1] if number + 1 < len(self._places) else None
        last = end.page if end is not None else start.page
        if not start.page <= page <= last:
            return None
        top = start.top if page == start.page else self._head(page)
        top -= 0.008
        bottom = end.top - 0.012 if end is not None and page == end.page else self._foot(page)
        return (top, bottom) if bottom > top else None

    def _head(self, page: int) -> float:
        return min((top for _text, top, _bottom in self._pages[page].texts if top > 0.09), default=0.09)

    def _foot(self, page: int) -> float:
        bottoms = [bottom for _text, _top, bottom in self._pages[page].texts if bottom < 0.93]
        return max(bottoms, default=0.93) + 0.008

    # -- Qt's questions -------------------------------------------------------------------------------

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._pages)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._pages):
            return None
        if role == PageRole.IMAGE:
            return self._images.get(index.row(), QImage())
        if role == PageRole.SIZE:
            return QSize(self._pages[index.row()].width, self._pages[index.row()].height)
        if role == PageRole.MARK:
            return self.mark_on(index.row())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            words = " ".join(text for text, _top, _bottom in self._pages[index.row()].texts)
            page = f"Sida {index.row() + 1} av {len(self._pages)}"
            return page if role == Qt.ItemDataRole.DisplayRole else f"{page}. {words}"
        return None
