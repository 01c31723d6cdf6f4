"""The chair's one place: the items to the left, the item at hand in the middle, its pages to the right."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import cast

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from finsam_desktop.documents import Document
from finsam_desktop.domain.agenda import parent_of, walk
from finsam_desktop.domain.deadlines import reached
from finsam_desktop.domain.meeting import Meeting, MeetingState
from finsam_desktop.domain.parcel_talk import changed_items
from finsam_desktop.ui.models.row_model import Row, RowModel
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.chair.minutes import MinutesPart
from finsam_desktop.ui.views.chair.reading import ReadingPart
from finsam_desktop.ui.views.chair.talk import TalkPart
from finsam_desktop.ui.views.chair.whole import ChairWhole
from finsam_desktop.ui.views.meeting.attachment_actions import AttachmentActions
from finsam_desktop.ui.views.meeting.kinds import document_after, document_before
from finsam_desktop.ui.views.meeting.open_meeting import OpenMeeting
from finsam_desktop.ui.views.meeting.pdf_preview import PdfPreview
from finsam_desktop.ui.views.meeting.preview_pane import PreviewPane
from finsam_desktop.ui.views.page import Page
from finsam_desktop.ui.views.tabbed import LaterPart
from finsam_desktop.ui.widgets.rows import MetaPart, RowDelegate, RowList, RowRole
from finsam_desktop.ui.widgets.steps import PaneTabs
from finsam_desktop.ui.widgets.surfaces import HairLine, Pane, SectionHead

WHOLE = "whole"
SIDE_WIDTH = 424
NARROW_BELOW = 1050
"""With less room than this the pages wait until they are asked for."""
MINUTES, NOTICE, PAPER = range(3)
"""The tabs of the right pane."""


class ChairSide(Pane):
    """The pages: of the protokoll, of the kallelse, and of the bilaga that was chosen last."""

    def __init__(self, desk: OpenMeeting, parent: QWidget | None = None) -> None:
        super().__init__("base", "left", parent)
        kind = desk.meeting.kind
        self.documents = (document_after(kind), document_before(kind))
        names = ("Protokoll" if kind.decides else "Anteckningar", "Kallelse" if kind.decides else "Inbjudan")
        self.tabs = PaneTabs((*names, "Bilaga"), "Sidor")
        self.preview = PreviewPane(desk)
        self._shell = desk.shell
        self._paper: PdfPreview | None = None
        self._stack = QStackedWidget()
        self._stack.addWidget(self.preview)
        self._line = HairLine("line")
        self.tabs.setContentsMargins(current_theme().px(4), 0, 0, 0)
        self.tabs.currentChanged.connect(self._chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs)
        column.addWidget(self._line)
        column.addWidget(self._stack, 1)

    @property
    def paper(self) -> PdfPreview:
        """The pages of a bilaga, made when one is shown first."""
        if self._paper is None:
            self._paper = PdfPreview(self._shell)
            self._stack.addWidget(self._paper)
        return self._paper

    @property
    def document(self) -> Document:
        """The document whose pages are shown; the protokoll's while a bilaga is."""
        index = self.tabs.currentIndex()
        return self.documents[index if index < PAPER else 0]

    def show_tab(self, index: int) -> None:
        """Show the protokoll, the kallelse or the bilaga."""
        self.tabs.setCurrentIndex(index)
        self._chosen(index)

    def show_tabs(self, shown: bool) -> None:
        """Whether the pane has tabs of its own; in a narrow window the page has them."""
        self.tabs.setVisible(shown)
        self._line.setVisible(shown)

    def close_panes(self) -> None:
        """No more drawings."""
        self.preview.close_pane()
        if self._paper is not None:
            self._paper.close_pane()

    def _chosen(self, index: int) -> None:
        self._stack.setCurrentWidget(self.paper if index == PAPER else self.preview)
        if index != PAPER:
            self.preview.show_document(self.documents[index])


class ChairItem(Page):
    """One item: what was laid before the board, what the chair writes, and the words of the protokoll."""

    def __init__(self, desk: OpenMeeting, parent: QWidget | None = None) -> None:
        super().__init__("Ärendet", text_width=720, parent=parent)
        self._desk = desk
        self.reading = ReadingPart(desk)
        self.talk = TalkPart(desk)
        self.minutes = MinutesPart(desk)
        self._minutes_head = SectionHead("Protokollet")
        self.add(self.reading)
        self.add(SectionHead("Anteckningar och kommentarer"), space_before=12)
        self.add(self.talk)
        self.add(self._minutes_head, space_before=12)
        self.add(self.minutes)

    def show_item(self, item_id: str) -> bool:
        """Show an item by id; False when it is gone."""
        item = self._desk.item(item_id)
        if item is None:
            return False
        written = has_minutes(self._desk.meeting)
        self.reading.show_item(item)
        self.talk.show_item(item_id)
        self._minutes_head.setVisible(written)
        self.minutes.setVisible(written)
        if written:
            self.minutes.show_item(item)
        return True

    def flush(self) -> None:
        """Take in what is still in the fields."""
        self.talk.flush()
        self.minutes.flush()


class ChairPage(QWidget):
    """The three panes. ``item_changed()`` when another item is at hand, ``record_wanted(item id)`` for Närvaro och
    beslut of one."""

    item_changed = Signal()
    record_wanted = Signal(str)

    def __init__(self, desk: OpenMeeting, base: Meeting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        desk.setParent(self)
        self._base = base
        self._item_id = ""
        self._wants_side = False
        self.attachments = AttachmentActions(desk, self)
        self.model = RowModel(parent=self)
        self.list = RowList("Ärenden", self, RowDelegate(number_width=34))
        self.list.setModel(self.model)
        self._item: ChairItem | None = None
        self._whole = LaterPart(self._make_whole)
        self.side = ChairSide(desk)
        self._make_page()
        self._connect()
        self.refresh()
        self.side.show_tab(MINUTES if has_minutes(desk.meeting) else NOTICE)
        self.list.setCurrentIndex(self.model.index(0))

    # -- what the view uses ---------------------------------------------------------------------------

    @property
    def item_id(self) -> str:
        """The item at hand, "" for the meeting as a whole."""
        return self._item_id

    @property
    def item(self) -> ChairItem:
        """The page of an item, made when one is shown first."""
        if self._item is None:
            self._item = ChairItem(self.desk)
            self._item.reading.paper_wanted.connect(self._show_paper)
            self._item.reading.copy_wanted.connect(self.attachments.open_copy)
            self._item.minutes.record_wanted.connect(self.record_wanted)
            self._middle.addWidget(self._item)
        return self._item

    @property
    def whole(self) -> ChairWhole:
        """The page of the meeting as a whole, made when it has been shown or is asked for."""
        return cast(ChairWhole, self._whole.made())

    def panes(self) -> tuple[QWidget, ...]:
        """The panes F6 goes between."""
        middle = self.item if self._item_id else self._whole
        shown = (self.list_pane, middle, self.side)
        return tuple(pane for pane in shown if pane.isVisibleTo(self))

    def show_item(self, item_id: str) -> None:
        """Go to an item, or with "" to the meeting as a whole."""
        row = self.model.row_of(item_id or WHOLE)
        if row >= 0:
            self.list.setCurrentIndex(self.model.index(row))

    def show_pages(self, tab: int) -> None:
        """Show the pages of the protokoll or the kallelse, also in a narrow window."""
        self.side.show_tab(tab)
        self._wants_side = True
        self._place_side()

    def flush(self) -> None:
        """Take in what is still in the fields."""
        if self._item is not None:
            self._item.flush()
        self._whole.flush()

    def close_page(self) -> None:
        """Take in the last words and stop following the file."""
        self.flush()
        self.side.close_panes()
        self.attachments.close()
        self.desk.close()

    def refresh(self) -> None:
        """Show what the meeting holds."""
        self.model.set_rows(tuple(self._rows()))
        if self._item_id and not self.item.show_item(self._item_id):
            self.show_item("")
        if not self._item_id:
            # Only while it is seen: what an approval covers takes a tenth of a second to work out.
            self._refresh_whole()

    # -- showing --------------------------------------------------------------------------------------

    def _rows(self) -> Iterator[Row]:
        desk = self.desk
        meeting, copy = desk.meeting, desk.association.parcel
        sections, numbers = desk.sections(), desk.numbers()
        changed = changed_items(self._base, desk.stored)
        noted = {one.item_id for one in copy.notes} if copy is not None else set()
        talked = {one.item_id for one in desk.stored.comments}

        def marks(item_id: str) -> tuple[MetaPart, ...]:
            words = (
                ("Anteckning", "lock", item_id in noted),
                ("Kommentar", "message-square", item_id in talked),
                ("Ändrat", "pencil", item_id in changed),
            )
            return tuple(MetaPart(text, icon) for text, icon, there in words if there)

        yield Row(title="Hela mötet", key=WHOLE, icon="file-text", meta=marks(""))
        for item in meeting.items:
            for one in walk((item,)):
                top = parent_of(meeting.items, one.id) is None
                yield Row(
                    title=one.minutes_title or one.title,
                    key=one.id,
                    number=str(sections.get(one.id, "")) or numbers[one.id] if top else numbers[one.id],
                    meta=marks(one.id),
                    child=not top,
                )

    def _chose(self, index: QModelIndex) -> None:
        key = str(index.data(RowRole.KEY))
        wanted = "" if key == WHOLE else key
        if wanted != self._item_id:
            self.flush()
        self._item_id = wanted
        if wanted:
            self.item.show_item(wanted)
            self.item.verticalScrollBar().setValue(0)
            self.side.preview.set_item(wanted)
        else:
            self._refresh_whole()
        self._middle.setCurrentWidget(self.item if wanted else self._whole)
        self.item_changed.emit()

    def _opened(self, _index: QModelIndex) -> None:
        """Enter goes to what one writes first."""
        (self.item.talk.note if self._item_id else self.whole.talk.note).setFocus()

    def _show_paper(self, attachment_id: str) -> None:
        found = self.attachments.find(attachment_id)
        if found is None:
            return
        attachment = found[1]
        name = attachment.file_name or attachment.title
        content = partial(self._content, attachment.sha256)
        self.side.paper.show_file(name, attachment.title, attachment.sha256, content)
        self.show_pages(PAPER)

    def _content(self, sha256: str) -> bytes | None:
        return self.desk.session.workspace.file(sha256) if sha256 else None

    # -- making ---------------------------------------------------------------------------------------

    def _make_whole(self) -> QWidget:
        whole = ChairWhole(self.desk, self._base)
        whole.refresh(has_minutes(self.desk.meeting))
        return whole

    def _refresh_whole(self) -> None:
        whole = cast("ChairWhole | None", self._whole.there)
        if whole is not None:
            whole.refresh(has_minutes(self.desk.meeting))

    def _make_page(self) -> None:
        theme = current_theme()
        self.list_pane = Pane("base", "right")
        column = QVBoxLayout(self.list_pane)
        column.setContentsMargins(0, 0, 1, 0)
        column.addWidget(self.list)
        self.list_pane.setMinimumWidth(theme.px(200))
        self._middle = QStackedWidget()
        self._middle.addWidget(self._whole)
        self._middle.setMinimumWidth(theme.px(340))
        self.side.setMinimumWidth(theme.px(320))
        self._narrow_tabs = PaneTabs(("Ärendet", "Protokoll", "Kallelse", "Bilaga"), "Rutor")
        for index in range(3):
            self._narrow_tabs.setTabText(index + 1, self.side.tabs.tabText(index))
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        for place, widget in enumerate((self.list_pane, self._middle, self.side)):
            self._splitter.addWidget(widget)
            self._splitter.setStretchFactor(place, int(place == 1))
        self._splitter.setSizes([theme.px(328), theme.px(680), theme.px(SIDE_WIDTH)])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._narrow_tabs)
        outer.addWidget(self._splitter, 1)

    def _connect(self) -> None:
        self.desk.changed.connect(self.refresh)
        self.list.chosen.connect(self._chose)
        self.list.opened.connect(self._opened)
        self.side.preview.item_wanted.connect(self.show_item)
        self._narrow_tabs.currentChanged.connect(self._narrow_tab_chosen)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_side()

    def minimumSizeHint(self) -> QSize:
        return QSize(current_theme().px(560), current_theme().px(320))

    def _place_side(self) -> None:
        """The pages: beside the item where there is room, in its place when asked for, else away."""
        narrow = self.width() < current_theme().px(NARROW_BELOW)
        self._narrow_tabs.setVisible(narrow)
        self.side.show_tabs(not narrow)
        self.side.setVisible(not narrow or self._wants_side)
        self._middle.setVisible(not narrow or not self._wants_side)
        chosen = 1 + self.side.tabs.currentIndex() if self._wants_side else 0
        blocked = self._narrow_tabs.blockSignals(True)
        self._narrow_tabs.setCurrentIndex(chosen)
        self._narrow_tabs.blockSignals(blocked)

    def _narrow_tab_chosen(self, index: int) -> None:
        self.flush()
        self._wants_side = index > 0
        if index:
            self.side.show_tab(index - 1)
        self._place_side()


def has_minutes(meeting: Meeting) -> bool:
    """Whether there are words of a protokoll to read: the meeting is held, or something is recorded."""
    recorded = any(one.minutes_text or one.decision.clauses for one in walk(meeting.items))
    return reached(meeting, MeetingState.HELD) or meeting.opened_at is not None or recorded
