"""The meeting as a whole, for the one who got it: who sent it, what one says of it, justering and the way back."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from finsam_desktop.domain import wording
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.parcel_values import RECEIVER_ROLES, ParcelCopy
from finsam_desktop.ui.views.chair.approval import ApprovalPart
from finsam_desktop.ui.views.chair.sending import SendingPart
from finsam_desktop.ui.views.chair.talk import TalkPart
from finsam_desktop.ui.views.meeting.open_meeting import OpenMeeting
from finsam_desktop.ui.views.page import Page
from finsam_desktop.ui.widgets.surfaces import IconLabel, Label, SectionHead

HOW = (
    "Välj ett ärende till vänster. Du läser, antecknar för dig själv, kommenterar och ändrar i protokollet. Allt "
    "sparas av sig självt. När du är klar skickar du tillbaka en fil, och sekreteraren tar emot det som ska med."
)
PUBLIC = "Det här är den offentliga versionen: det som har sekretess är inte med."


class ChairWhole(Page):
    """The page."""

    def __init__(self, desk: OpenMeeting, base: Meeting, parent: QWidget | None = None) -> None:
        super().__init__("Hela mötet", text_width=720, parent=parent)
        self._desk = desk
        self._sender = Label("", "body_medium", wrap=True)
        self._note = Label("", "body", wrap=True)
        self._public = IconLabel("lock", PUBLIC, "body", "text2", wrap=True)
        self.talk = TalkPart(desk)
        self.approval = ApprovalPart(desk)
        self.sending = SendingPart(desk, base)
        self.sending.made.connect(self._show_result)
        self.add(SectionHead("Till dig"))
        for widget in (self._sender, self._note, self._public, Label(HOW, "body", "text2", wrap=True)):
            self.add(widget)
        self.add(SectionHead("Om hela mötet"), space_before=12)
        self.add(self.talk)
        self.add(self.approval, space_before=12)
        self.add(self.sending, space_before=12)

    def refresh(self, has_minutes: bool) -> None:
        """Show what the file holds."""
        copy = self._desk.association.parcel
        if copy is None:
            return
        self._sender.setText(sender_words(copy))
        self._note.setText(copy.note)
        self._note.setVisible(bool(copy.note))
        self._public.setVisible(copy.public)
        self.talk.show_item("")
        self.approval.refresh(has_minutes)
        self.sending.refresh()

    def _show_result(self) -> None:
        """What was made is last on the page."""
        self.show_part(self.sending.result)

    def flush(self) -> None:
        """Take in what is still in the fields."""
        self.talk.flush()


def sender_words(copy: ParcelCopy) -> str:
    """ "Från Sara Lindmark till Maria Ekvall, ordförande, 30 oktober 2026 kl. 09.00."."""
    at = copy.made_at
    sender = f"Från {copy.made_by} till" if copy.made_by else "Till"
    day = f"{wording.long_date(at.date())} kl.{wording.NBSP}{wording.clock(at.time())}"
    return f"{sender} {copy.receiver.name}, {RECEIVER_ROLES[copy.receiver.role]}, {day}."
