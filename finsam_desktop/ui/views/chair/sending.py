"""Skicka tillbaka: what goes back to the secretary and what does not, and the file to mail."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from finsam_desktop.domain import approving, wording
from finsam_desktop.domain.agenda import find
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.numbering import section_label
from finsam_desktop.domain.parcel_talk import changed_items
from finsam_desktop.errors import UserError
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.meeting.made_files import Opening
from finsam_desktop.ui.views.meeting.open_meeting import OpenMeeting
from finsam_desktop.ui.views.parcels.result import MadeParcel, OpenFolder, ParcelResult, moment, unused
from finsam_desktop.ui.widgets.buttons import secondary_button
from finsam_desktop.ui.widgets.new_password import NewPassword
from finsam_desktop.ui.widgets.notification import Notice
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.surfaces import IconLabel, Label, SectionHead

if TYPE_CHECKING:
    from finsam_desktop.parcels.answer_mail import MadeDraft
    from finsam_desktop.ui.jobs import Progress
    from finsam_desktop.workspace import Workspace

NOTHING = "Inget är ändrat, kommenterat eller justerat än. Du kan skicka tillbaka det ändå."
SAME_PASSWORD = "Lås med samma lösenord som paketet kom med"


class SendingPart(QWidget):
    """What goes back, and the button that makes the file."""

    made = Signal()

    def __init__(self, desk: OpenMeeting, base: Meeting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = current_theme()
        self._desk, self._base = desk, base
        self._working = False
        self.head = SectionHead("Skicka tillbaka")
        self.goes = Label("", "body", wrap=True)
        self.stays = IconLabel("lock", "", "body", "text2", wrap=True)
        self.same = QCheckBox(SAME_PASSWORD)
        self.password = NewPassword("Lås filen med lösenord")
        self.button = secondary_button("Skapa filen att mejla", "package")
        self.result = ParcelResult()
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self.head)
        for widget in (self.goes, self.stays, self.same, self.password):
            column.addWidget(widget)
        column.addLayout(row)
        column.addWidget(self.result)
        self.button.clicked.connect(self.make)
        self.result.mail.clicked.connect(self.make_mail)
        known = desk.session.parcel_password
        self.same.setVisible(known is not None)
        self.same.setChecked(known is not None)
        self.password.setVisible(known is None)
        copy = desk.association.parcel
        self.password.wanted.setChecked(known is None and copy is not None and copy.protected)

    def refresh(self) -> None:
        """Show what would go back now."""
        desk, copy = self._desk, self._desk.association.parcel
        if copy is None:
            return
        self.goes.setText(going_back(desk, self._base) or NOTHING)
        count = len(copy.notes)
        notes = "Din anteckning" if count == 1 else f"Dina {count} anteckningar"
        self.stays.set_text(f"{notes} följer inte med.")
        self.stays.setVisible(count > 0)
        at = copy.sent_back_at
        self.head.set_fact(f"Skapades senast {moment(at)}" if at is not None else "")

    def make(self) -> None:
        """Make the file in the background, where the mötespaket came from."""
        from finsam_desktop.parcels import received

        desk, session = self._desk, self._desk.session
        copy = desk.association.parcel
        if self._working or copy is None:
            return
        same = session.parcel_password is not None
        if not same and self.password.fault():
            return
        known = session.parcel_password if self.same.isChecked() else None
        password = known if same else self.password.password()
        out = unused(session.made_folder / received.answer_name(desk.stored, copy.receiver))
        self._working = True
        self.refresh()
        work = _Making(session.workspace, out, password, session.now.replace(microsecond=0))
        desk.shell.jobs.run(
            work, label=f"Skapar {out.name}", on_done=self._made, on_error=self._failed, cancel=False
        )

    def _made(self, answer: object) -> None:
        from finsam_desktop.parcels import received

        assert isinstance(answer, tuple)
        made, told, at = answer
        self._working = False
        session = self._desk.session
        if isValid(self):
            session.guarded(lambda: received.keep_answered(session.workspace, at))
            self.refresh()
            self.result.show_made(made)
            self.made.emit()
            self.result.folder.setFocus()
        text = f"Filen att skicka tillbaka är skapad: {made.path.name}"
        if told:
            text += f". {' '.join(told)}"
        self._desk.shell.notify(
            Notice(
                text=text,
                state=State.CONSIDER if told else State.DONE,
                action="Öppna mapp",
                on_action=OpenFolder(made.path.parent),
            )
        )

    def make_mail(self) -> None:
        """Make a mail draft to the secretary with the file attached, in the background."""
        made, desk = self.result.made, self._desk
        if made is None:
            return
        desk.shell.jobs.run(
            _Mail(desk.session.workspace, made),
            label="Skapar mejlutkast",
            on_done=self._mailed,
            on_error=self._failed,
            cancel=False,
        )

    def _mailed(self, draft: object) -> None:
        from finsam_desktop.parcels.answer_mail import MadeDraft

        assert isinstance(draft, MadeDraft)
        told = " ".join(draft.told)
        self._desk.shell.notify(
            Notice(
                text=f"Mejlutkast skapat: {draft.path.name}. {told}".strip(),
                state=State.CONSIDER if told else State.DONE,
                action="Öppna",
                on_action=Opening(draft.path),
            )
        )

    def _failed(self, error: Exception) -> None:
        self._working = False
        if isValid(self):
            self.refresh()
        if not isinstance(error, UserError):
            raise error
        self._desk.session.failed.emit(error)


def going_back(desk: OpenMeeting, base: Meeting) -> str:
    """What goes back in one sentence, "" for nothing."""
    meeting, copy = desk.stored, desk.association.parcel
    assert copy is not None
    changed = changed_items(base, meeting)
    sections = desk.sections()
    numbers = [sections[top] for top in _tops(meeting, changed) if top in sections]
    parts = []
    if changed - {""}:
        where = f" i {section_label(numbers)}" if numbers else ""
        parts.append(f"dina ändringar{where}")
    if "" in changed:
        parts.append("ändringar i mötets uppgifter")
    mine = [one for one in meeting.comments if one.parcel_id == copy.id]
    if mine:
        parts.append("din kommentar" if len(mine) == 1 else f"dina {len(mine)} kommentarer")
    if approving.approval_of(meeting, copy.receiver) is not None:
        parts.append("att du har justerat")
    words = wording.join_names(parts)
    to = f" till {copy.made_by}" if copy.made_by else ""
    return f"{words[:1].upper()}{words[1:]} följer med tillbaka{to}." if parts else ""


def _tops(meeting: Meeting, ids: frozenset[str]) -> tuple[str, ...]:
    """The items that are among these or hold one of them."""
    return tuple(
        item.id for item in meeting.items if item.id in ids or any(find((item,), one) for one in ids if one)
    )


class _Making:
    """The work as a value: called in the background."""

    def __init__(self, workspace: Workspace, out: Path, password: str | None, at: datetime) -> None:
        self._workspace, self._out, self._password, self._at = workspace, out, password, at

    def __call__(self, _progress: Progress) -> tuple[MadeParcel, tuple[str, ...], datetime]:
        from finsam_desktop.parcels import received

        made = received.send_back(self._workspace, self._out, password=self._password, at=self._at)
        shown = MadeParcel(path=made.path, protected=self._password is not None, receiver=made.receiver)
        return shown, made.told, self._at


class _Mail:
    """The work as a value: called in the background."""

    def __init__(self, workspace: Workspace, made: MadeParcel) -> None:
        self._workspace, self._made = workspace, made

    def __call__(self, _progress: Progress) -> MadeDraft:
        from finsam_desktop.parcels.answer_mail import make_answer_mail

        return make_answer_mail(self._workspace, self._made.path, protected=self._made.protected)
