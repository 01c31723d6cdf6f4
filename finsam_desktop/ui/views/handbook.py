"""Handbok: the pages in `resources/handbook`, read where the program is used."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, QUrl
from PySide6.QtGui import QImage, QTextCursor, QTextDocument
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTextBrowser, QWidget

from finsam_desktop import paths
from finsam_desktop.ui.models.row_model import Row, RowModel
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.view import Head, Shell, View
from finsam_desktop.ui.widgets.rows import RowDelegate, RowList, RowRole

_TEXT_WIDTH = 760


class _Text(QTextBrowser):
    """A page of the handbook; pictures are made to fit the text's width."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self.setAccessibleName("Handbokens text")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.document().setDocumentMargin(current_theme().px(28))

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return super().loadResource(kind, name)
        picture = QImage(str(self._folder / QUrl(name).path()))
        ratio = self.devicePixelRatioF()
        width = round(min(current_theme().px(_TEXT_WIDTH), picture.width()) * ratio)
        shown = picture.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
        shown.setDevicePixelRatio(ratio)
        return shown


class HandbookView(View):
    """Pages to the left, the page to the right."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        theme = current_theme()
        folder = paths.resources() / "handbook"
        self._pages = tuple(sorted(folder.glob("*.md")))
        self._list = RowList("Handbokens sidor", delegate=RowDelegate(number_width=0))
        self._list.setModel(RowModel(tuple(Row(title=_title(p), key=p.stem) for p in self._pages), self))
        self._list.setFixedWidth(theme.px(300))
        self._list.chosen.connect(self._show)
        self._browser = _Text(folder)
        self._browser.setMaximumWidth(theme.px(_TEXT_WIDTH + 2 * 28 + 16))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._list)
        row.addWidget(self._browser, 1)
        row.addStretch(0)
        self._list.setCurrentIndex(self._list.model().index(0, 0))

    def head(self) -> Head:
        return Head(title="Handbok")

    def show_target(self, target: str) -> None:
        """Show the page whose file name starts or ends with ``target``."""
        for place, page in enumerate(self._pages):
            if target and target in page.stem:
                self._list.setCurrentIndex(self._list.model().index(place, 0))

    def panes(self) -> tuple[QWidget, ...]:
        return (self._list, self._browser)

    def _show(self, index: QModelIndex) -> None:
        page = next(p for p in self._pages if p.stem == index.data(RowRole.KEY))
        self._browser.setMarkdown(page.read_text(encoding="utf-8"))
        self._browser.moveCursor(QTextCursor.MoveOperation.Start)


def _title(page: Path) -> str:
    with page.open(encoding="utf-8") as lines:
        return next(lines).lstrip("# ").strip()


def make(shell: Shell) -> HandbookView:
    """The view for the place "handbook"."""
    return HandbookView(shell)
