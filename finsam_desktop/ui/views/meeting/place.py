"""The place "meeting": one meeting as a page with steps along the top."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from finsam_desktop.domain import wording
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.phrases import HOTKEYS
from finsam_desktop.ui.actions import LETTERS
from finsam_desktop.ui.view import Head, Shell, Status, View
from finsam_desktop.ui.views.meeting.facts import STATE_TAGS, STEP_KEYS, head_facts, meeting_title
from finsam_desktop.ui.views.meeting.kinds import button_after, button_before
from finsam_desktop.ui.views.meeting.open_meeting import OpenMeeting
from finsam_desktop.ui.views.meeting.page import MeetingPage
from finsam_desktop.ui.widgets.buttons import primary_button, secondary_button
from finsam_desktop.ui.widgets.states import State

if TYPE_CHECKING:
    from finsam_desktop.ui.views.record.step import AttendanceStep

_log = logging.getLogger(__name__)

NOTICE_STEPS = ("dagordning", "handlingar", "kallelse")


_WRITTEN = {
    "write_memo": "tjansteskrivelse",
    "write_letter": "skrivelse",
    "write_referral": "remissvar",
    "write_measure": "insatsbeslut",
    "write_report": "tertialrapport",
}
"""The papers of an item, by the action that begins them."""


class MeetingView(View):
    """Shows the meeting that `show_target` names: "id", "id/step" or "id/step/what" (an item or a bilaga)."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.page: MeetingPage | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        shell.session.closed.connect(self._file_closed)
        self._preview = secondary_button("Förhandsgranska", "eye")
        self._preview.clicked.connect(self._show_preview)
        self._notice = primary_button("Skapa kallelse", "file-check")
        self._notice.clicked.connect(self._make_notice)
        self._minutes = primary_button("Skapa protokoll", "file-text")
        self._minutes.clicked.connect(self._make_minutes)
        self._quiet_notice = secondary_button("Skapa kallelse", "file-check")
        self._quiet_notice.clicked.connect(self._make_notice)
        # Where the step has a filled button of its own, the head's is edged.
        self._quiet_minutes = secondary_button("Skapa protokoll", "file-text")
        self._quiet_minutes.clicked.connect(self._make_minutes)
        for button in (self._preview, self._notice, self._quiet_notice, self._minutes, self._quiet_minutes):
            button.setParent(self)
            button.hide()

    # -- what the window asks -------------------------------------------------------------------------

    def head(self) -> Head:
        meeting = self.meeting
        if meeting is None:
            return Head(title="Sammanträdet finns inte längre", back=("Sammanträden", "meetings"))
        icon, tone = STATE_TAGS[meeting.state]
        for button in (self._notice, self._quiet_notice):
            button.setText(button_before(meeting.kind))
        for button in (self._minutes, self._quiet_minutes):
            button.setText(button_after(meeting.kind))
        called_off = meeting.cancelled_on is not None
        return Head(
            title=meeting_title(meeting),
            back=("Sammanträden", "meetings"),
            tag=("Inställt", "x", "warn") if called_off else (wording.STATES[meeting.state], icon, tone),
            facts=head_facts(meeting, self.shell.session.meetings),
            joined=True,
        )

    def head_widgets(self) -> tuple[QWidget, ...]:
        step = self.page.step if self.page is not None else ""
        if step == "handlingar":
            return (self._preview, self._quiet_notice)
        if step in NOTICE_STEPS:
            return (self._preview, self._notice)
        if step == "protokoll":
            return (self._preview, self._minutes)
        return (self._quiet_minutes,) if step else ()

    def primary(self) -> QPushButton | None:
        if self.page is None:
            return None
        own = self.page.primary()
        return own or (self._notice if self.page.step in NOTICE_STEPS else self._minutes)

    def status(self) -> Status | None:
        if self.page is None:
            return None
        states = self.page.finding_states()
        return Status(
            must_mend=states.count(State.MUST_MEND),
            consider=states.count(State.CONSIDER),
            deadline=self.page.next_deadline(),
        )

    def show_target(self, target: str) -> None:
        meeting_id, _, rest = target.partition("/")
        step, _, what = rest.partition("/")
        other = bool(meeting_id) and (self.page is None or self.page.desk.meeting_id != meeting_id)
        focus = QApplication.focusWidget()
        held = other and self.page is not None and focus is not None and self.page.isAncestorOf(focus)
        if other:
            self._open(meeting_id, step if step in STEP_KEYS else "")
        if self.page is not None and step in STEP_KEYS:
            self.page.show_step(step, what)
        if held and self.page is not None:
            # The focus went with the page before to what comes next in the window: the button that undoes.
            self.page.focus_step()

    def panes(self) -> tuple[QWidget, ...]:
        return self.page.panes() if self.page is not None else (self,)

    def flush(self) -> None:
        if self.page is not None:
            self.page.flush()

    def topic(self) -> str:
        return self.page.step if self.page is not None else ""

    def step_finding(self, by: int) -> None:
        if self.page is not None:
            self.page.step_finding(by)

    def actions_taken(self) -> dict[str, object]:
        return {
            **{f"step_{number}": _Step(self, key) for number, key in enumerate(STEP_KEYS, start=1)},
            "add_item": self._add_item,
            "add_sub_item": self._add_sub_item,
            "add_clause": self._add_clause,
            "show_suggestions": self._show_suggestions,
            "make_mail": self._make_mail,
            "add_attachment": self._add_attachment,
            "add_figures": self._add_figures,
            "insert_reference": self._insert_reference,
            "paste_headings": self._paste_headings,
            "rename_item": self._rename_item,
            "move_item_up": self._move_up,
            "move_item_down": self._move_down,
            "remove_item": self._remove_item,
            "move_item_next": self._move_item_next,
            "send_item": self._send_item,
            "receive_item": self._receive_item,
            "preview": self._show_preview,
            "show_public": self._show_public,
            "make_notice": self._make_notice,
            "make_minutes": self._make_minutes,
            "read_back": self._read_back,
            "replace": self._replace,
            "make_report": self._make_report,
            "make_plan": self._make_plan,
            "make_parcel": self._make_parcel,
            **{action: _Write(self, document) for action, document in _WRITTEN.items()},
            "cancel_meeting": self._cancel_meeting,
            "remove_meeting": self._remove_meeting,
            **{action: _Record(self, letter) for letter, action in LETTERS.items()},
            **{f"phrase_{number}": _Phrase(self, number) for number in range(1, HOTKEYS + 1)},
            "decide_rest": self._decide_rest,
            "open_meeting_now": self._open_now,
            "close_meeting_now": self._close_now,
            "end_without_quorum": self._end_without_quorum,
            "print_proforma": self._print_proforma,
            "live_mode": self._go_live,
        }

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.page is not None:
            self.page.focus_step()

    # -- the meeting ----------------------------------------------------------------------------------

    @property
    def meeting(self) -> Meeting | None:
        return self.page.desk.meeting if self.page is not None else None

    def _open(self, meeting_id: str, step: str = "") -> None:
        self._close_page()
        try:
            desk = OpenMeeting(self.shell, meeting_id)
        except KeyError:
            _log.info("the meeting %r is gone", meeting_id)
            self.head_changed.emit()
            return
        self.page = MeetingPage(desk, step)
        self.page.step_changed.connect(self._step_changed)
        self.page.facts_changed.connect(self.head_changed)
        desk.removed.connect(self._leave)
        self._column.addWidget(self.page)
        self.head_changed.emit()

    def _close_page(self) -> None:
        if self.page is None:
            return
        page, self.page = self.page, None
        page.close_page()
        self._column.removeWidget(page)
        page.hide()
        page.deleteLater()

    def _file_closed(self) -> None:
        """The window takes the view away; what still works in the background is not to come back to it."""
        if self.page is not None:
            self.page.side.close_panes()
            self.page.attachments.close()

    def _leave(self) -> None:
        self._close_page()
        self.shell.go("meetings")

    def _step_changed(self, _step: str) -> None:
        self.head_changed.emit()

    # -- actions --------------------------------------------------------------------------------------

    def _read_back(self) -> None:
        """Ask for a document that was edited in Word, in the step that it belongs to."""
        if self.page is not None:
            self.page.read_back()

    def _replace(self) -> None:
        if self.page is not None:
            self.page.flush()
            self.shell.go("replace", self.page.desk.meeting_id)

    def _make_notice(self) -> None:
        if self.page is not None:
            self.page.make_before()

    def _make_minutes(self) -> None:
        if self.page is not None:
            self.page.make_after()

    def _make_report(self) -> None:
        if self.page is not None:
            self.page.make_document("tertialrapport")

    def _make_plan(self) -> None:
        if self.page is not None:
            self.page.make_document("sammantradesplan")

    def _make_parcel(self) -> None:
        """To the place where a mötespaket of the meeting is made."""
        if self.page is not None:
            self.shell.go("parcel_make", self.page.desk.meeting_id)

    def _show_preview(self) -> None:
        if self.page is not None:
            self.page.show_preview()

    def _show_public(self) -> None:
        if self.page is not None:
            self.page.show_public()

    def _add_item(self) -> None:
        if self.page is not None:
            self.page.agenda().open_add()

    def _add_sub_item(self) -> None:
        if self.page is not None:
            self.page.agenda().add_sub_item()

    def _add_clause(self) -> None:
        if self.page is not None:
            self.page.agenda().editor.proposal.add_clause()

    def _show_suggestions(self) -> None:
        if self.page is not None:
            self.page.agenda().show_suggestions()

    def _make_mail(self) -> None:
        """A draft with what the step Kallelse has ticked."""
        if self.page is not None:
            self.page.notice().sending.make_mail()

    def _add_attachment(self) -> None:
        if self.page is not None:
            self.page.agenda().editor.attachments.choose_files()

    def _insert_reference(self) -> None:
        from finsam_desktop.ui.views.meeting.reference_picker import pick_reference

        if self.page is not None:
            pick_reference(self.page.desk, self)

    def _add_figures(self) -> None:
        if self.page is not None:
            self.page.open_figures(self.page.agenda().item_id)

    def _paste_headings(self) -> None:
        if self.page is not None:
            self.page.agenda().paste_headings()

    def _rename_item(self) -> None:
        if self.page is not None:
            self.page.agenda().rename_current()

    def _move_up(self) -> None:
        if self.page is not None:
            self.page.agenda().move_up()

    def _move_down(self) -> None:
        if self.page is not None:
            self.page.agenda().move_down()

    def _remove_item(self) -> None:
        if self.page is not None:
            self.page.agenda().remove_current()

    def _move_item_next(self) -> None:
        if self.page is not None:
            self.page.agenda().move_on()

    def _send_item(self) -> None:
        if self.page is not None:
            self.page.flush()
            self.page.joint.send(self.page.agenda().item_id)

    def _receive_item(self) -> None:
        if self.page is not None:
            self.page.joint.receive()

    def _cancel_meeting(self) -> None:
        if self.page is not None:
            self.page.cancel_meeting()

    def _remove_meeting(self) -> None:
        if self.page is not None:
            self.page.remove_meeting()

    def _attendance(self) -> AttendanceStep | None:
        return self.page.attendance() if self.page is not None else None

    def _decide_rest(self) -> None:
        step = self._attendance()
        if step is not None:
            step.decide_rest()

    def _open_now(self) -> None:
        step = self._attendance()
        if step is not None:
            step.open_now()

    def _close_now(self) -> None:
        step = self._attendance()
        if step is not None:
            step.close_now()

    def _end_without_quorum(self) -> None:
        step = self._attendance()
        if step is not None:
            step.end_without_quorum()

    def _go_live(self) -> None:
        """To mötesläge, at the item at hand."""
        if self.page is not None:
            self.page.flush()
            page = self.page
            item = page.agenda().item_id if page.step == "dagordning" else page.at_item
            self.shell.go("live", f"{page.desk.meeting_id}/{item}")

    def _print_proforma(self) -> None:
        step = self._attendance()
        if step is not None:
            step.print_proforma()


class _Record:
    """Records what a letter of the grid says; an action's handler."""

    def __init__(self, view: MeetingView, letter: str) -> None:
        self._view, self._letter = view, letter

    def __call__(self) -> None:
        step = self._view.page.attendance() if self._view.page is not None else None
        if step is not None:
            step.record(self._letter)


class _Phrase:
    """Sets in a phrase where the cursor stands; an action's handler."""

    def __init__(self, view: MeetingView, number: int) -> None:
        self._view, self._number = view, number

    def __call__(self) -> None:
        page = self._view.page
        if page is not None and not page.phrases.insert_number(self._number):
            page.desk.tell("Ställ dig i en av protokollets texter, så sätts frasen in där.")


class _Write:
    """Begins or opens a paper of the item at hand; an action's handler."""

    def __init__(self, view: MeetingView, document: str) -> None:
        self._view, self._document = view, document

    def __call__(self) -> None:
        if self._view.page is not None:
            self._view.page.write_paper(self._document)


class _Step:
    """Goes to one step; an action's handler."""

    def __init__(self, view: MeetingView, step: str) -> None:
        self._view, self._step = view, step

    def __call__(self) -> None:
        if self._view.page is not None:
            self._view.page.show_step(self._step)


def make(shell: Shell) -> MeetingView:
    """The view for the place "meeting"."""
    return MeetingView(shell)
