"""The place "chair": a mötespaket as its receiver sees it. Reads, notes, comments, changes, approves, sends back."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from finsam_desktop.documents import About, Document
from finsam_desktop.documents.kinds import WHOLE
from finsam_desktop.domain import wording
from finsam_desktop.domain.agenda import parent_of
from finsam_desktop.domain.parcel_values import RECEIVER_ROLES
from finsam_desktop.domain.phrases import HOTKEYS
from finsam_desktop.ui.actions import LETTERS
from finsam_desktop.ui.view import Head, Shell, Status, View
from finsam_desktop.ui.views.chair.page import MINUTES, NOTICE, ChairPage, has_minutes
from finsam_desktop.ui.views.chair.rooms import ChairRooms
from finsam_desktop.ui.views.meeting.export import MeetingExport
from finsam_desktop.ui.views.meeting.facts import STATE_TAGS, meeting_title
from finsam_desktop.ui.views.meeting.kinds import document_after, document_before
from finsam_desktop.ui.views.meeting.open_meeting import OpenMeeting
from finsam_desktop.ui.views.meeting.pdf_export import PdfExport
from finsam_desktop.ui.widgets.buttons import primary_button, secondary_button

EXPORTS = (
    "make_notice", "make_notice_pdf", "make_minutes", "make_minutes_pdf", "make_extract", "make_extract_pdf",
)  # fmt: skip
"""What Exportera offers, by the actions' ids."""


def make(shell: Shell) -> View:
    """The view of the place "chair"."""
    return ChairView(shell)


class ChairView(View):
    """The receiver's whole window. ``show_target`` names an item by id."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        copy = shell.session.association.parcel
        assert copy is not None, "the window goes here only with a receiver's copy open"
        from finsam_desktop.parcels.received import base_of

        base = base_of(shell.session.workspace)
        self.page = ChairPage(OpenMeeting(shell, copy.meeting_id), base)
        self.export = MeetingExport(self.page.desk, self)
        self.pdf = PdfExport(self.page.desk, self)
        self.rooms = ChairRooms(self.page, self.export)
        self._export = secondary_button("Exportera", "upload")
        self._approve = secondary_button("Justera", "circle-check")
        self._send = primary_button("Skicka tillbaka", "send")
        self._quiet_send = secondary_button("Skicka tillbaka", "send")
        self._quiet_send.clicked.connect(self.send_back)
        self._export.clicked.connect(self._show_exports)
        self._approve.clicked.connect(self.show_approval)
        self._send.clicked.connect(self.send_back)
        for button in (self._export, self._approve, self._send, self._quiet_send):
            button.setParent(self)
            button.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.rooms)
        self.page.desk.changed.connect(self.head_changed)
        self.page.item_changed.connect(self._item_changed)
        self.rooms.moved.connect(self.head_changed)
        self.page.side.preview.open_wanted.connect(self._open_document)
        shell.session.closed.connect(self._file_closed)

    # -- what the window asks -------------------------------------------------------------------------

    def head(self) -> Head:
        meeting, copy = self.page.desk.meeting, self.shell.session.association.parcel
        icon, tone = STATE_TAGS[meeting.state]
        role = RECEIVER_ROLES[copy.receiver.role] if copy is not None else ""
        return Head(
            title=meeting_title(meeting),
            tag=(wording.STATES[meeting.state], icon, tone),
            facts=(f"Mötespaket till {role}n",),
        )

    def head_widgets(self) -> tuple[QWidget, ...]:
        """One filled button at a time: Närvaro och beslut has its own."""
        return (self._export, self._approve, self._quiet_send if self.rooms.is_recording else self._send)

    def status(self) -> Status | None:
        copy = self.shell.session.association.parcel
        if copy is None:
            return None
        sender = f" från {copy.made_by}" if copy.made_by else ""
        return Status(note=f"Mötespaket{sender} till {copy.receiver.name}")

    def show_target(self, target: str) -> None:
        if target:
            self.rooms.show_reading(target)

    def panes(self) -> tuple[QWidget, ...]:
        return self.rooms.panes()

    def primary(self) -> QPushButton | None:
        return self.rooms.record.primary() if self.rooms.is_recording else self._send

    def flush(self) -> None:
        self.rooms.flush()

    def actions_taken(self) -> dict[str, object]:
        return {
            "make_notice": self._make_notice,
            "make_notice_pdf": self._make_notice_pdf,
            "make_minutes": self._make_minutes,
            "make_minutes_pdf": self._make_minutes_pdf,
            "make_extract": self._make_extract,
            "make_extract_pdf": self._make_extract_pdf,
            "approve_minutes": self.show_approval,
            "send_back": self.send_back,
            "preview": self._show_pages,
            **{action: _Record(self, letter) for letter, action in LETTERS.items()},
            **{f"phrase_{number}": _Phrase(self, number) for number in range(1, HOTKEYS + 1)},
        }

    # -- what is done ---------------------------------------------------------------------------------

    def show_approval(self) -> None:
        """Go to where the minutes are approved."""
        self.flush()
        self.rooms.show_reading("")
        part = self.page.whole.approval
        self.page.whole.show_part(part)
        (part.button if part.button.isVisible() else part.take_back).setFocus()

    def send_back(self) -> None:
        """Go to where the file to mail back is made."""
        self.flush()
        self.rooms.show_reading("")
        part = self.page.whole.sending
        self.page.whole.show_part(part)
        part.button.setFocus()

    def _make(self, document: Document, *, pdf: bool, about: About = WHOLE) -> None:
        self.flush()
        (self.pdf if pdf else self.export).make(document, about)

    def _notice(self) -> Document:
        return document_before(self.page.desk.meeting.kind)

    def _minutes(self) -> Document:
        return document_after(self.page.desk.meeting.kind)

    def _make_notice(self) -> None:
        self._make(self._notice(), pdf=False)

    def _make_notice_pdf(self) -> None:
        self._make(self._notice(), pdf=True)

    def _make_minutes(self) -> None:
        self._make(self._minutes(), pdf=False)

    def _make_minutes_pdf(self) -> None:
        self._make(self._minutes(), pdf=True)

    def _make_extract(self) -> None:
        self._extract(pdf=False)

    def _make_extract_pdf(self) -> None:
        self._extract(pdf=True)

    def _extract(self, *, pdf: bool) -> None:
        """An extract is of the paragraph at hand."""
        meeting = self.page.desk.meeting
        item_id = self.rooms.record.decision.item_id if self.rooms.is_recording else self.page.item_id
        parent = parent_of(meeting.items, item_id) if item_id else None
        top = parent.id if parent is not None else item_id
        if not top:
            self.page.desk.tell("Välj först det ärende till vänster som utdraget gäller.")
            return
        self._make(Document.PROTOKOLLSUTDRAG, pdf=pdf, about=About(items=(top,)))

    def _show_exports(self) -> None:
        menu = QMenu(self)
        menu.setAccessibleName("Exportera")
        for action_id in EXPORTS:
            menu.addAction(self.shell.actions[action_id])
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._export.mapToGlobal(QPoint(0, self._export.height())))

    def _show_pages(self) -> None:
        self.rooms.show_reading()
        self.page.show_pages(MINUTES if has_minutes(self.page.desk.meeting) else NOTICE)

    def _open_document(self) -> None:
        self.flush()
        self.export.make(self.page.side.document, open_after=True)

    def _item_changed(self) -> None:
        self.shell.actions.refresh()

    def _file_closed(self) -> None:
        """The window takes the view away; what still works in the background is not to come back to it."""
        self.page.close_page()


class _Record:
    """Records what a letter of the grid says; an action's handler."""

    def __init__(self, view: ChairView, letter: str) -> None:
        self._view, self._letter = view, letter

    def __call__(self) -> None:
        self._view.rooms.press(self._letter)


class _Phrase:
    """Sets in a phrase where the cursor stands; an action's handler."""

    def __init__(self, view: ChairView, number: int) -> None:
        self._view, self._number = view, number

    def __call__(self) -> None:
        self._view.rooms.phrases.insert_number(self._number)
