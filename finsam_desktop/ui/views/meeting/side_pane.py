"""The right pane of a meeting: pages, findings, and what is kept from the public version."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from finsam_desktop.documents import Document
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.meeting.findings_pane import FindingsPane
from finsam_desktop.ui.views.meeting.open_meeting import OpenMeeting
from finsam_desktop.ui.views.meeting.pdf_preview import PdfPreview
from finsam_desktop.ui.views.meeting.preview_pane import PreviewPane
from finsam_desktop.ui.views.meeting.public_pane import PublicPane
from finsam_desktop.ui.views.tabbed import LaterPart
from finsam_desktop.ui.widgets.steps import PaneTabs
from finsam_desktop.ui.widgets.surfaces import HairLine, Pane

if TYPE_CHECKING:
    from finsam_desktop.domain.agenda import Attachment

TABS = ("Förhandsvisning", "Kontroller", "Offentligt")


class SidePane(Pane):
    """Förhandsvisning, Kontroller and Offentligt. Each is made when it is first seen or asked for.

    The step beside it is what the user waits for: a `LaterPart` makes the pane that is seen in the turns after it.
    """

    item_wanted = Signal(str)
    open_wanted = Signal()
    paper_wanted = Signal()
    place_wanted = Signal(str, str, str, object)
    fix_wanted = Signal(str, str)
    document_wanted = Signal(object, object)

    def __init__(
        self, desk: OpenMeeting, documents: Callable[[], tuple[Document, ...]], parent: QWidget | None = None
    ) -> None:
        super().__init__("base", "left", parent)
        self._desk, self._documents = desk, documents
        self._item_id = ""
        self._document: Document | None = None
        self.tabs = PaneTabs(TABS, "Högra rutan")
        self._stack = QStackedWidget()
        self._parts = (
            LaterPart(self._make_pages), LaterPart(self._make_findings), LaterPart(self._make_public),
        )  # fmt: skip
        for part in self._parts:
            self._stack.addWidget(part)
        self.tabs.currentChanged.connect(self._show_tab)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        self.tabs.setContentsMargins(current_theme().px(4), 0, 0, 0)
        self._line = HairLine("line")
        column.addWidget(self.tabs)
        column.addWidget(self._line)
        column.addWidget(self._stack, 1)

    @property
    def preview(self) -> PreviewPane:
        """The pages of what we make."""
        self._parts[0].made()
        return self._preview

    @property
    def paper(self) -> PdfPreview:
        """The pages of a bilaga."""
        self._parts[0].made()
        return self._paper

    @property
    def findings(self) -> FindingsPane:
        self._parts[1].made()
        return self._findings

    @property
    def public(self) -> PublicPane:
        self._parts[2].made()
        return self._public

    def show_document(self, document: Document) -> None:
        """The pages of a document that we make."""
        self._document = document
        if self._parts[0].there is not None:
            self._pages.setCurrentWidget(self._preview)
            self._preview.show_document(document)

    def show_paper(self, attachment: Attachment, content: Callable[[], bytes | None]) -> None:
        """The pages of a bilaga."""
        self._parts[0].made()
        self._pages.setCurrentWidget(self._paper)
        name = attachment.file_name or attachment.title
        self._paper.show_file(name, attachment.title, attachment.sha256, content)

    def set_item(self, item_id: str) -> None:
        """Which item is at hand."""
        self._item_id = item_id
        if self._parts[0].there is not None:
            self._preview.set_item(item_id)
        if self._parts[1].there is not None:
            self._findings.set_item(item_id)

    def show_tabs(self, shown: bool) -> None:
        """Whether the pane has tabs of its own; in a narrow window the page has them."""
        self.tabs.setVisible(shown)
        self._line.setVisible(shown)

    def flush(self) -> None:
        """Take in what is still in fields."""
        self._parts[2].flush()

    def close_panes(self) -> None:
        """No more pages are drawn."""
        if self._parts[0].there is not None:
            self._preview.close_pane()
            self._paper.close_pane()

    def _show_tab(self, index: int) -> None:
        self._parts[index].made()
        self._stack.setCurrentIndex(index)

    def _make_pages(self) -> QWidget:
        self._pages = QStackedWidget()
        self._preview = PreviewPane(self._desk)
        self._paper = PdfPreview(self._desk.shell)
        self._pages.addWidget(self._preview)
        self._pages.addWidget(self._paper)
        self._preview.item_wanted.connect(self.item_wanted)
        self._preview.open_wanted.connect(self.open_wanted)
        self._paper.open_wanted.connect(self.paper_wanted)
        self._preview.set_item(self._item_id)
        if self._document is not None:
            self._preview.show_document(self._document)
        return self._pages

    def _make_findings(self) -> QWidget:
        self._findings = FindingsPane(self._desk)
        self._findings.place_wanted.connect(self.place_wanted)
        self._findings.fix_wanted.connect(self.fix_wanted)
        self._findings.set_item(self._item_id)
        return self._findings

    def _make_public(self) -> QWidget:
        self._public = PublicPane(self._desk, self._documents)
        self._public.document_wanted.connect(self.document_wanted)
        return self._public
