"""Handbok: the pages in `resources/handbook`, read where the program is used."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTextBrowser, QWidget

from finsam_desktop import paths
from finsam_desktop.ui.models.row_model import Row, RowModel
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.view import Head, Shell, View
from finsam_desktop.ui.widgets.rows import RowDelegate, RowList, RowRole


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
        self._browser = QTextBrowser()
        self._browser.setAccessibleName("Handbokens text")
        self._browser.setFrameShape(QFrame.Shape.NoFrame)
        self._browser.setOpenLinks(False)
        self._browser.setSearchPaths([str(folder)])
        self._browser.document().setDocumentMargin(theme.px(28))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._list)
        row.addWidget(self._browser, 1)
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
