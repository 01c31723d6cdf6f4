"""Efter mötet: the ladder of stages, the adjustment, the announcement on every board, and what is sent to whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from shiboken6 import isValid

from finsam_desktop.domain import adjusting, deadlines, dispatching, wording
from finsam_desktop.domain.holidays import lawful_end
from finsam_desktop.domain.meeting import Meeting, MeetingState
from finsam_desktop.errors import UserError
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.aftermath.adjustment import AdjustmentSection, CorrectionsSection
from finsam_desktop.ui.views.aftermath.archive import ArchiveSection
from finsam_desktop.ui.views.aftermath.boards import BoardsSection, papers_made
from finsam_desktop.ui.views.aftermath.dispatch import DispatchSection
from finsam_desktop.ui.views.aftermath.stage_ladder import Stage, StageLadder
from finsam_desktop.ui.views.meeting.facts import brief
from finsam_desktop.ui.views.meeting.open_meeting import OpenMeeting
from finsam_desktop.ui.views.page import Page
from finsam_desktop.ui.views.when_seen import WhenSeen
from finsam_desktop.ui.widgets.buttons import link_button, primary_button
from finsam_desktop.ui.widgets.notification import Notice
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.surfaces import Label

if TYPE_CHECKING:
    from finsam_desktop.after_meeting import Made
    from finsam_desktop.ui.jobs import Progress
    from finsam_desktop.workspace import Workspace

NEXT = {
    MeetingState.DRAFT: (MeetingState.NOTIFIED, "Kallelsen är skickad"),
    MeetingState.NOTIFIED: (MeetingState.HELD, "Mötet är genomfört"),
    MeetingState.HELD: (MeetingState.MINUTES, "Protokollet är skrivet"),
    MeetingState.MINUTES: (MeetingState.ADJUSTED, "Protokollet är justerat"),
    MeetingState.ADJUSTED: (MeetingState.ANNOUNCED, "Anslagen är uppsatta"),
    MeetingState.ANNOUNCED: (MeetingState.ARCHIVED, "Handlingarna är arkiverade"),
}
ADJUSTS = "Ord, namn och nummer ligger sedan fast. Det som ändras efteråt skrivs som en rättelse."
SEALED = "Protokollet är anslaget och öppnas inte igen. Det som är fel skrivs som en rättelse."


class AftermathStep(Page):
    """The step Efter mötet."""

    def __init__(self, desk: OpenMeeting, parent: QWidget | None = None) -> None:
        super().__init__("Efter mötet", text_width=860, parent=parent)
        theme = current_theme()
        self._desk = desk
        self.ladder = StageLadder()
        self.forward = primary_button("")
        self.back = link_button("")
        self._explain = Label("", "meta", "text2", wrap=True)
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self.forward)
        row.addWidget(self.back)
        row.addWidget(self._explain, 1)
        self.adjustment = AdjustmentSection(desk)
        self.boards = BoardsSection(desk)
        self.dispatch = DispatchSection(desk)
        self.corrections = CorrectionsSection(desk)
        self.archive = ArchiveSection(desk)
        self.add(self.ladder)
        self.add(buttons, space_before=4)
        for section in (self.adjustment, self.boards, self.dispatch, self.corrections, self.archive):
            self.add(section, space_before=16)
        self._seen = WhenSeen(self, self.refresh)
        desk.changed.connect(self._seen.changed)
        self.forward.clicked.connect(self.go_on)
        self.back.clicked.connect(self.go_back)
        self.boards.papers_wanted.connect(self.make_papers)
        self.dispatch.extracts_wanted.connect(self.make_extracts)
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._seen.now()

    # -- what the page uses ---------------------------------------------------------------------------

    def panes(self) -> tuple[QWidget, ...]:
        return (self,)

    def primary(self) -> object:
        return self.forward

    def show_item(self, _item_id: str) -> None:
        """The step has no items."""

    def flush(self) -> None:
        """Take in what is being typed about a board."""
        self.boards.flush()

    def mark_field(self, field: str, text: str, state: State) -> None:
        """Show a finding at its field."""
        row = {
            "adjusted_on": self.adjustment.sent_row, "public_notices": self.boards.posted_row
        }.get(field)  # fmt: skip
        if row is not None:
            row.set_remark(text, state)
            self.ensureWidgetVisible(row)

    def refresh(self) -> None:
        """Show how far the meeting has come."""
        meeting, desk = self._desk.stored, self._desk
        self.ladder.show_stages(stages(meeting, desk))
        following = NEXT.get(meeting.state)
        self.forward.setVisible(following is not None and not desk.session.read_only)
        if following is not None:
            self.forward.setText(following[1])
        before = _before(meeting)
        self.back.setVisible(before is not None and not desk.session.read_only and _may_go_back(meeting))
        if before is not None:
            opens = meeting.state is MeetingState.ADJUSTED
            self.back.setText(
                adjusting.REOPEN if opens else f"Tillbaka till {wording.STATES[before].lower()}"
            )
        posted = meeting.state is MeetingState.ADJUSTED and not _may_go_back(meeting)
        self._explain.setText(ADJUSTS if meeting.state is MeetingState.MINUTES else SEALED if posted else "")
        for section in (self.adjustment, self.boards, self.dispatch, self.corrections, self.archive):
            section.refresh()

    # -- stages ---------------------------------------------------------------------------------------

    def go_on(self) -> None:
        """To the next stage; at the adjustment the minutes are sealed."""
        self.flush()
        desk, meeting = self._desk, self._desk.stored
        following = NEXT.get(meeting.state)
        if following is None:
            return
        state, words = following
        changed = replace(meeting, state=state)
        if state is MeetingState.NOTIFIED:
            changed = replace(changed, notice_date=meeting.notice_date or desk.today)
        if state is MeetingState.ADJUSTED:
            by = desk.session.user
            changed = adjusting.adjust(meeting, desk.association, desk.meetings, at=desk.session.now, by=by)
        if desk.change_stored(words, changed):
            desk.tell(f"{words}.", undo=True)

    def go_back(self) -> None:
        """To the stage before; adjusted minutes are opened again while they are announced nowhere."""
        meeting = self._desk.stored
        before = _before(meeting)
        if before is None or not _may_go_back(meeting):
            return
        opens = meeting.state is MeetingState.ADJUSTED
        changed = adjusting.reopen(meeting) if opens else replace(meeting, state=before)
        label = adjusting.REOPEN if opens else f"Tillbaka till {wording.STATES[before].lower()}"
        if self._desk.change_stored(label, changed):
            self._desk.tell(f"Sammanträdet är åter {wording.STATES[before].lower()}.", undo=True)

    # -- papers ---------------------------------------------------------------------------------------

    def make_papers(self, items: tuple[str, ...]) -> None:
        """Make the announcement and a mail draft for every board that is left, in a folder beside the file."""
        desk = self._desk
        folder = self._folder("Anslag")
        work = _Notices(desk.session.workspace, desk.meeting_id, folder, desk.today, items)
        desk.shell.jobs.run(
            work, label="Skapar anslag", on_done=partial(self._papers_done, folder, items), on_error=self._failed,
            cancel=False,
        )  # fmt: skip

    def _papers_done(self, folder: Path, items: tuple[str, ...], made: object) -> None:
        from finsam_desktop.after_meeting import SEND, sent_out

        assert isinstance(made, tuple)
        desk = self._desk
        papers_made(desk, folder, len(made))
        if isValid(self):
            desk.change_stored(SEND, sent_out(desk.stored, desk.association, desk.today, items))

    def make_extracts(self, recipients: tuple[str, ...], again: bool) -> None:
        """Make the extracts in a folder beside the file and put them in the log."""
        desk = self._desk
        folder = self._folder("Utdrag")
        work = _Extracts(desk.session.workspace, desk.meeting_id, folder, desk.today, recipients, again)
        desk.shell.jobs.run(
            work, label="Skapar protokollsutdrag", on_done=partial(self._extracts_done, folder),
            on_error=self._failed, cancel=False,
        )  # fmt: skip

    def _extracts_done(self, folder: Path, made: object) -> None:
        from finsam_desktop.after_meeting import DISPATCH, logged

        assert isinstance(made, tuple)
        desk, manner = self._desk, self.dispatch.manner.text().strip()
        if isValid(self):
            after = logged(desk.stored, made, today=desk.today, by=desk.session.user, manner=manner)
            desk.change_stored(DISPATCH, after)
        count = "Ett utdrag" if len(made) == 1 else f"{sentence_case(wording.number_word(len(made)))} utdrag"
        desk.shell.notify(Notice(text=f"{count} skapade i mappen {folder.name}.", state=State.DONE))

    def _folder(self, what: str) -> Path:
        desk = self._desk
        return desk.session.made_folder / f"{desk.stored.date.isoformat()} {what}"

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self._desk.session.failed.emit(error)


def sentence_case(text: str) -> str:
    """The text with its first letter large."""
    return text[:1].upper() + text[1:]


class _Notices:
    """Making the announcements, as a value: called in the background."""

    def __init__(
        self, workspace: Workspace, meeting_id: str, folder: Path, today: date, items: tuple[str, ...]
    ) -> None:
        self._values = (workspace, meeting_id, folder)
        self._today, self._items = today, items

    def __call__(self, _progress: Progress) -> tuple[Made, ...]:
        from finsam_desktop.after_meeting import make_notices

        return make_notices(*self._values, today=self._today, items=self._items, record=False)


class _Extracts:
    """Making the extracts, as a value: called in the background."""

    def __init__(
        self,
        workspace: Workspace,
        meeting_id: str,
        folder: Path,
        today: date,
        recipients: tuple[str, ...],
        again: bool,
    ) -> None:
        self._values = (workspace, meeting_id, folder)
        self._today, self._recipients, self._again = today, recipients, again

    def __call__(self, _progress: Progress) -> tuple[Made, ...]:
        from finsam_desktop.after_meeting import make_extracts

        return make_extracts(
            *self._values,
            today=self._today,
            by="",
            recipients=self._recipients,
            again=self._again,
            record=False,
        )


def _before(meeting: Meeting) -> MeetingState | None:
    return next((state for state, (after, _words) in NEXT.items() if after is meeting.state), None)


def _may_go_back(meeting: Meeting) -> bool:
    """Whether the step back can be taken: announced minutes are not opened again."""
    return meeting.state is not MeetingState.ADJUSTED or adjusting.can_reopen(meeting)


def stages(meeting: Meeting, desk: OpenMeeting) -> tuple[Stage, ...]:
    """The six stages of the ladder with their dates."""
    reached = deadlines.reached
    adjusted, due = meeting.adjusted_on, deadlines.public_notice_day(meeting)
    last_notice = lawful_end(due) if due is not None else None
    posted = deadlines.all_posted(meeting, desk.association)
    appeal = deadlines.last_appeal_day(meeting, desk.association)
    sent, recipients = dispatching.progress(meeting)
    force = adjusting.legal_force_day(meeting, desk.association)
    appealed = appeal is not None and appeal < desk.today
    archived = meeting.state is MeetingState.ARCHIVED
    announcing = reached(meeting, MeetingState.ADJUSTED)
    late = announcing and posted is None and last_notice is not None and last_notice <= desk.today
    return (
        Stage(
            name="Sammanträde",
            fact=brief(meeting.date),
            state=State.DONE if reached(meeting, MeetingState.HELD) else State.NOT_BEGUN,
        ),
        Stage(
            name="Justerat",
            fact=brief(adjusted)
            if adjusted is not None
            else f"senast {brief(deadlines.adjustment_day(meeting))}",
            state=State.DONE
            if announcing
            else State.UNDER_WAY
            if reached(meeting, MeetingState.HELD)
            else State.NOT_BEGUN,
        ),
        Stage(
            name="Anslaget",
            fact=brief(posted)
            if posted is not None
            else f"senast {brief(last_notice)}"
            if last_notice is not None
            else "inom två dagar",
            state=State.DONE if posted is not None else State.UNDER_WAY if announcing else State.NOT_BEGUN,
            warn=late,
        ),
        Stage(
            name="Expedierat",
            fact=f"{sent} av {recipients} paragraf{'' if recipients == 1 else 'er'}"
            if recipients
            else "inget att sända",
            state=State.DONE
            if archived or (recipients and sent == recipients)
            else State.UNDER_WAY
            if announcing and recipients
            else State.NOT_BEGUN,
        ),
        Stage(
            name="Laga kraft",
            fact=brief(force) if force is not None else "efter tre veckor",
            state=State.DONE if appealed else State.NOT_BEGUN,
        ),
        Stage(
            name="Arkiverat",
            fact="klart" if archived else f"efter {brief(appeal)}" if appeal is not None else "",
            state=State.DONE if archived else State.NOT_BEGUN,
        ),
    )
