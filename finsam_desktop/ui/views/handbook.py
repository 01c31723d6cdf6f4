"""Handbok: the pages in `resources/handbook`, read where the program is used."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, QTimer, QUrl
from PySide6.QtGui import QImage, QKeyEvent, QResizeEvent, QTextCursor, QTextDocument, QWheelEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTextBrowser, QWidget

from finsam_desktop import paths
from finsam_desktop.ui.models.row_model import Row, RowModel
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.view import Head, Shell, View
from finsam_desktop.ui.widgets.rows import RowDelegate, RowList, RowRole

_TEXT_WIDTH, _MARGIN = 760, 28

CHAPTERS: dict[str, str] = {
    "welcome": "01-kom-igang",
    "first_steps": "01-kom-igang",
    "overview": "01-kom-igang#Översikten",
    "meetings": "02-ett-sammantrade",
    "meeting": "02-ett-sammantrade",
    "meeting/dagordning": "02-ett-sammantrade#Dagordning",
    "meeting/handlingar": "11-handlingar",
    "meeting/kallelse": "02-ett-sammantrade#Kallelse",
    "meeting/narvaro": "02-ett-sammantrade#Närvaro och beslut",
    "live": "17-moteslage",
    "meeting/protokoll": "02-ett-sammantrade#Protokoll",
    "meeting/efter": "06-efter-motet",
    "decisions": "08-aret#Beslut och uppföljning",
    "year_wheel": "08-aret#Årshjul",
    "figures": "03-siffror",
    "figures/Rapporter": "03-siffror#Rapporter",
    "figures/Ekonomi": "03-siffror#Ekonomi",
    "figures/Verksamhet": "09-mal-och-budget#Verksamhet: team och indikatorer",
    "figures/Budget och plan": "09-mal-och-budget#Budget och plan",
    "association": "08-aret",
    "association/Uppgifter": "01-kom-igang#Förbundets uppgifter",
    "association/Medlemmar": "01-kom-igang#Förbundets uppgifter",
    "association/Ledamöter och personer": "07-lagens-kontroller#Registret i Excel",
    "association/Förbundsordning": "07-lagens-kontroller#Förbundsordning och revision",
    "association/Insatser": "10-rapporter",
    "association/Revision": "07-lagens-kontroller#Förbundsordning och revision",
    "association/Kontroller": "07-lagens-kontroller",
    "templates": "04-mallar",
    "templates/Ärendemallar": "04-mallar#Ärendemallar",
    "templates/Word-mallar": "04-mallar#Word-mallar",
    "templates/Fraser": "02-ett-sammantrade#Närvaro och beslut",
    "templates/Mejltexter": "13-utskick-och-arkiv#Texten i mejlen",
    "search": "14-sok-och-stavning",
    "history": "05-dina-uppgifter",
    "backups": "05-dina-uppgifter#Säkerhetskopior",
    "salvage": "05-dina-uppgifter#Om filen är skadad",
    "crash_report": "05-dina-uppgifter#Om programmet avslutas oväntat",
    "read_back": "16-protokoll-i-word",
    "replace": "16-protokoll-i-word#Sök och ersätt",
    "parcel_make": "15-ordforanden#Skapa ett mötespaket",
    "parcel_open": "15-ordforanden#När du har fått ett mötespaket",
    "chair": "15-ordforanden#När du har fått ett mötespaket",
    "parcel_back": "15-ordforanden#Ta emot svaret",
    "settings": "05-dina-uppgifter",
    "keys": "01-kom-igang#Hitta med Ctrl+K",
}
"""The chapter, and after # the heading in it, that F1 opens: by place, or by place and `View.topic()`."""


def chapter_for(place: str, topic: str = "") -> str:
    """The chapter for where one stands; the empty string is the first one."""
    return CHAPTERS.get(f"{place}/{topic}") or CHAPTERS.get(place, "")


class _Text(QTextBrowser):
    """A page of the handbook; pictures are made to fit the text's width."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._wanted = ""
        self._page = ""
        self._drawn_for = 0
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(150)  # not for every step of a window that is being made narrower
        self._again.timeout.connect(self._draw_again)
        self.setAccessibleName("Handbokens text")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.document().setDocumentMargin(current_theme().px(_MARGIN))
        self.setLineWrapMode(QTextBrowser.LineWrapMode.FixedPixelWidth)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return super().loadResource(kind, name)
        picture = QImage(str(self._folder / QUrl(name).path()))
        ratio = self.devicePixelRatioF()
        width = round(min(self._drawn_for, picture.width()) * ratio)
        shown = picture.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
        shown.setDevicePixelRatio(ratio)
        return shown

    def show_page(self, text: str) -> None:
        """Show a page, in Markdown, from its start."""
        self._page = text
        self._drawn_for = self._picture_width()
        self.setMarkdown(text)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _picture_width(self) -> int:
        widest = current_theme().px(_TEXT_WIDTH)
        # Before it is shown nobody knows; most windows have room for the whole.
        free = self.viewport().width() - 2 * current_theme().px(_MARGIN) if self.isVisible() else widest
        return max(min(widest, free), 1)

    def _draw_again(self) -> None:
        """The page with its pictures at the width there is now, scrolled to the same part of it."""
        if self._drawn_for == self._picture_width():
            return
        bar = self.verticalScrollBar()
        part = bar.value() / max(bar.maximum(), 1)
        self.show_page(self._page)
        bar.setValue(round(part * bar.maximum()))
        self._reach()

    def show_heading(self, heading: str) -> None:
        """Put the heading with this text at the top; the page's start where there is none."""
        self._wanted = heading
        self._reach()
        QTimer.singleShot(0, self._reach)  # a page that is shown for the first time has no width yet

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # The lines end where they are read well, and the scroll bar stands at the window's edge.
        self.setLineWrapColumnOrWidth(
            min(self.viewport().width(), current_theme().px(_TEXT_WIDTH + 2 * _MARGIN))
        )
        if self._page and self._drawn_for != self._picture_width():
            self._again.start()
        self._reach()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._wanted = ""
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._wanted = ""
        super().keyPressEvent(event)

    def _reach(self) -> None:
        """Scroll to what is wanted, until the reader scrolls."""
        block = self.document().begin()
        while self._wanted and block.isValid():
            if block.blockFormat().headingLevel() and block.text().strip() == self._wanted:
                self.setTextCursor(QTextCursor(block))
                bar = self.verticalScrollBar()
                bar.setValue(bar.value() + self.cursorRect().top() - current_theme().px(12))
                return
            block = block.next()


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
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._list)
        row.addWidget(self._browser, 1)
        self._list.setCurrentIndex(self._list.model().index(0, 0))

    def head(self) -> Head:
        return Head(title="Handbok")

    def show_target(self, target: str) -> None:
        """Show the page whose file name holds ``target``, at the heading that may stand after "#"."""
        name, _, heading = target.partition("#")
        for place, page in enumerate(self._pages):
            if name and name in page.stem:
                self._list.setCurrentIndex(self._list.model().index(place, 0))
                self._browser.show_heading(heading)

    def panes(self) -> tuple[QWidget, ...]:
        return (self._list, self._browser)

    def _show(self, index: QModelIndex) -> None:
        page = next(p for p in self._pages if p.stem == index.data(RowRole.KEY))
        self._browser.show_page(page.read_text(encoding="utf-8"))


def _title(page: Path) -> str:
    with page.open(encoding="utf-8") as lines:
        return next(lines).lstrip("# ").strip()


def make(shell: Shell) -> HandbookView:
    """The view for the place "handbook"."""
    return HandbookView(shell)
