"""Justering in a mötespaket: what is approved, by whom and on which day, and whether it is still what stands."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from finsam_desktop.domain import approving, sealing, wording
from finsam_desktop.domain.agenda import walk
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.meeting import Meeting, SealedPart
from finsam_desktop.domain.numbering import section_label
from finsam_desktop.domain.parcel_values import RECEIVER_ROLES, Approval
from finsam_desktop.domain.remembering import remembered
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.meeting.open_meeting import OpenMeeting
from finsam_desktop.ui.widgets.buttons import link_button, secondary_button
from finsam_desktop.ui.widgets.fields import DateField
from finsam_desktop.ui.widgets.forms import FormLine, FormRow
from finsam_desktop.ui.widgets.surfaces import IconLabel, Label, SectionHead

MEANS = (
    "Justera när protokollet stämmer med vad styrelsen beslutade. Det här är en uppgift till sekreteraren, inte en "
    "underskrift: den sätts på papper eller med e-underskrift, så som ni brukar."
)
NOT_YET = "Det finns inget protokoll att justera än."
PUBLIC = "Det här är den offentliga versionen. Den justeras inte, eftersom det som är borttaget hör till protokollet."
DONE = "Det finns ett justerat protokoll. Det ändras inte mer."


class ApprovalPart(QWidget):
    """A day and a button; afterwards what was approved, with the mark of it, and a way back."""

    def __init__(self, desk: OpenMeeting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = current_theme()
        self._desk = desk
        self.day = DateField(desk.today, today=desk.today)
        self.button = secondary_button("Justera protokollet", "circle-check")
        self.take_back = link_button("Ta tillbaka justeringen", "undo-2")
        self._means = Label(MEANS, "body", "text2", wrap=True)
        self._what = Label("", "body", wrap=True)
        self._mine = IconLabel("circle-check", "", "body_medium", "ok", wrap=True)
        self._others = Label("", "body", wrap=True)
        self._form = QWidget()
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addStretch(1)
        form = QVBoxLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(theme.px(10))
        form.addWidget(FormLine((FormRow("Dag för justeringen", self.day), 1), (QWidget(), 2)))
        form.addLayout(row)
        back = QHBoxLayout()
        back.addWidget(self.take_back)
        back.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        self.head = SectionHead("Justering")
        column.addWidget(self.head)
        for widget in (self._means, self._what, self._mine):
            column.addWidget(widget)
        column.addLayout(back)
        column.addWidget(self._form)
        column.addWidget(self._others)
        self.button.clicked.connect(self.approve)
        self.take_back.clicked.connect(self.withdraw)

    def refresh(self, has_minutes: bool) -> None:
        """Show how it stands. ``has_minutes``: there is something to approve."""
        desk, copy = self._desk, self._desk.association.parcel
        if copy is None:
            return
        meeting = desk.stored
        sealed, writable = sealing.whole_seal(meeting) is not None, not desk.session.read_only
        mine = approving.approval_of(meeting, copy.receiver)
        changed = self._changed(mine)
        can = has_minutes and not copy.public and not sealed and writable
        self._form.setVisible(can and (mine is None or bool(changed)))
        self.button.setText("Justera igen" if changed else "Justera protokollet")
        self.take_back.setVisible(mine is not None and writable)
        why = DONE if sealed else PUBLIC if copy.public else MEANS if has_minutes else NOT_YET
        self._means.setText(why)
        self._means.setVisible(mine is None or not can)
        self._what.setVisible(can and mine is None)
        if can and mine is None:
            self._what.setText(approved_words(desk))
        self._show_mine(mine, changed)
        others = [one for one in meeting.approvals if one is not mine]
        self._others.setText("\n".join(approval_words(one) for one in others))
        self._others.setVisible(bool(others))
        self.head.set_fact(copy.receiver.name)

    def approve(self) -> None:
        """The minutes are approved as they stand, on the day in the field."""
        from finsam_desktop.parcels import received

        session = self._desk.session
        day = self.day.value()
        if not isinstance(day, date):
            self.day.setFocus()
            return
        at = datetime.combine(day, session.now.time().replace(microsecond=0))
        made = session.guarded(lambda: received.approve(session.workspace, at))
        if made is not None:
            before, after, label = made
            if session.change(label, before, after):
                self._desk.tell("Protokollet är markerat som justerat.", undo=True)
            self.take_back.setFocus()

    def withdraw(self) -> None:
        """The approval is taken back."""
        from finsam_desktop.parcels import received

        session = self._desk.session
        made = session.guarded(lambda: received.approve(session.workspace, session.now, withdrawn=True))
        if made is not None:
            before, after, label = made
            if session.change(label, before, after):
                self._desk.tell("Justeringen är tillbakatagen.", undo=True)
            self.button.setFocus()

    def _changed(self, approval: Approval | None) -> tuple[str, ...]:
        if approval is None:
            return ()
        desk = self._desk
        return approving.changed_since(approval, desk.association, desk.meetings, desk.stored)

    def _show_mine(self, mine: Approval | None, changed: tuple[str, ...]) -> None:
        self._mine.setVisible(mine is not None)
        if mine is None:
            return
        words = approval_words(mine)
        if changed:
            words += f" Sedan dess är ändrat: {wording.join_names(changed)}. Justera igen om det nu stämmer."
        self._mine.set_text(words)
        self._mine.set_look("triangle-alert" if changed else "circle-check", "warn" if changed else "ok")


def approval_words(approval: Approval) -> str:
    """ "Maria Ekvall, ordförande, justerade 3 november 2026. Kontrollkod 3f2a 91c4 77b0."."""
    role = RECEIVER_ROLES[approval.role]
    day = wording.long_date(approval.approved_on)
    return f"{approval.name}, {role}, justerade {day}. Kontrollkod {code(approval.sha256)}."


def code(sha256: str) -> str:
    """The first twelve letters of a checksum in fours, so that two people can compare them on the phone."""
    return wording.NBSP.join(sha256[start : start + 4] for start in (0, 4, 8))


@remembered
def _parts(
    association: Association, meetings: tuple[Meeting, ...], meeting: Meeting
) -> tuple[SealedPart, ...]:
    """As ``approving.parts``, worked out once for the same meeting: it takes a tenth of a second."""
    return approving.parts(association, meetings, meeting)


def approved_words(desk: OpenMeeting) -> str:
    """What an approval covers, and its mark as it stands."""
    meeting: Meeting = desk.stored
    sections = section_label(desk.sections().values())
    papers = sum(1 for item in walk(meeting.items) for _ in item.attachments)
    made = _parts(desk.association, desk.meetings, meeting)
    bilagor = f" och {papers} bilagor" if papers > 1 else " och 1 bilaga" if papers else ""
    return f"Gäller {sections or 'protokollet'}{bilagor} som de står nu. Kontrollkod {code(sealing.of_parts(made))}."
