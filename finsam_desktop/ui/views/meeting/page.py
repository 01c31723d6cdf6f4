"""One meeting's page: step bar, the step at hand, and the right pane with pages and findings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from finsam_desktop.documents import About, Document
from finsam_desktop.documents.kinds import has_document
from finsam_desktop.domain.deadlines import deadlines, reached
from finsam_desktop.domain.decisions import ProposalKind
from finsam_desktop.domain.meeting import MeetingState
from finsam_desktop.domain.rules.references import MAKE_REFERENCES
from finsam_desktop.ui.finding_places import ASSOCIATION_PLACES, ITEM_STEPS, MEETING_FIELD_STEPS
from finsam_desktop.ui.models.findings_model import finding_state
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.agenda.joint_actions import JointActions
from finsam_desktop.ui.views.agenda.step import AgendaStep
from finsam_desktop.ui.views.meeting.attachment_actions import AttachmentActions
from finsam_desktop.ui.views.meeting.export import MeetingExport
from finsam_desktop.ui.views.meeting.facts import STEP_KEYS, meeting_title, step_facts
from finsam_desktop.ui.views.meeting.kinds import document_after, document_before, shows_step, step_names
from finsam_desktop.ui.views.meeting.made_documents import MadeDocuments
from finsam_desktop.ui.views.meeting.open_meeting import OpenMeeting
from finsam_desktop.ui.views.meeting.paper_attaching import PaperAttaching
from finsam_desktop.ui.views.meeting.papers_step import PapersStep
from finsam_desktop.ui.views.meeting.phrase_box import PhraseBox
from finsam_desktop.ui.views.meeting.side_pane import SidePane
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.steps import PaneTabs, StepBar

if TYPE_CHECKING:
    from finsam_desktop.ui.views.notice.step import NoticeStep
    from finsam_desktop.ui.views.record.step import AttendanceStep

SIDE_WIDTH = 424
NARROW_BELOW = 1050
"""With less room than this the right pane waits until it is asked for."""
OWN_PANE_STEPS = ("narvaro",)
MINUTES_STEPS = ("protokoll", "efter")
MEETING_STEPS = ("narvaro", "protokoll")
"""The paragraph at hand in one of them is at hand in the other."""


class _Steps(QStackedWidget):
    """Asks for the room that the step at hand needs, not the widest of all."""

    def minimumSizeHint(self) -> QSize:
        current = self.currentWidget()
        return current.minimumSizeHint() if current is not None else super().minimumSizeHint()


class MeetingPage(QWidget):
    """The page, at a step or where work goes on. Steps are made the first time they are shown."""

    step_changed = Signal(str)
    facts_changed = Signal()

    def __init__(self, desk: OpenMeeting, step: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        desk.setParent(self)
        self.attachments = AttachmentActions(desk, self)
        self.joint = JointActions(desk, self)
        self.export = MeetingExport(desk, self)
        self.attaching = PaperAttaching(desk, self.attachments, self)
        self.phrases = PhraseBox(desk, self)
        self.bar = StepBar(step_names(desk.meeting.kind))
        self._kind = desk.meeting.kind
        self.side = SidePane(desk, self._public_documents)
        self._narrow_tabs = PaneTabs(("Steget", "Förhandsvisning", "Kontroller", "Offentligt"), "Rutor")
        self._stack = _Steps()
        self._steps: dict[str, QWidget] = {}
        self._wants_side = False
        self._at_item = ""
        self._side_width = current_theme().px(SIDE_WIDTH)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self._stack)
        self._splitter.addWidget(self.side)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setStretchFactor(1, 0)
        theme = current_theme()
        self._splitter.setSizes([theme.px(832), theme.px(SIDE_WIDTH)])
        self.side.setMinimumWidth(theme.px(320))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self._narrow_tabs)
        column.addWidget(self._splitter, 1)
        self._name_steps()
        self._connect()
        self.refresh()
        self.show_step(step or self._first_step())

    # -- what the view uses ---------------------------------------------------------------------------

    @property
    def step(self) -> str:
        """The step at hand, a value of STEP_KEYS."""
        return STEP_KEYS[max(self.bar.currentIndex(), 0)]

    @property
    def at_item(self) -> str:
        """The paragraph that was last in hand, empty when none has been."""
        return self._at_item

    def agenda(self) -> AgendaStep:
        """The step Dagordning, shown."""
        self.show_step("dagordning")
        step = self._steps["dagordning"]
        assert isinstance(step, AgendaStep)
        return step

    def notice(self) -> NoticeStep:
        """The step Kallelse, shown."""
        self.show_step("kallelse")
        return self._steps["kallelse"]  # type: ignore[return-value]

    def attendance(self) -> AttendanceStep | None:
        """The step Närvaro och beslut, shown; None at a meeting where nothing is decided."""
        from finsam_desktop.ui.views.record.step import AttendanceStep

        if not self.desk.meeting.kind.decides:
            return None
        self.show_step("narvaro")
        step = self._steps["narvaro"]
        assert isinstance(step, AttendanceStep)
        return step

    def show_step(self, step: str, what: str = "") -> None:
        """Show a step, and in it an item or a bilaga by id."""
        if not shows_step(self._kind, step):
            step = "protokoll"
        index = STEP_KEYS.index(step)
        if self.bar.currentIndex() != index:
            self.bar.setCurrentIndex(index)
        if step not in self._steps:
            self._show_current(index)
        if what:
            self._steps[step].show_item(what)  # type: ignore[attr-defined]

    def primary(self) -> QPushButton | None:
        """The step's own filled button, or None where the head has it."""
        step = self._steps[self.step]
        return step.primary() if hasattr(step, "primary") else None

    def focus_step(self) -> None:
        """Put the focus where the step's work begins, unless the step bar is being used."""
        step = self._steps[self.step]
        if not self.bar.hasFocus() and hasattr(step, "panes"):
            step.panes()[0].setFocus()

    def panes(self) -> tuple[QWidget, ...]:
        """The panes F6 goes between."""
        step = self._steps[self.step]
        own = step.panes() if hasattr(step, "panes") else (step,)
        return (self.bar, *own, *((self.side,) if self.side.isVisible() else ()))

    def flush(self) -> None:
        """Take in all that is still in fields, in every step."""
        for step in self._steps.values():
            if hasattr(step, "flush"):
                step.flush()
        self.side.flush()
        self.desk.session.save_again()

    def finding_states(self) -> tuple[State, ...]:
        """The gravity of every finding."""
        return tuple(finding_state(finding) for finding in self.desk.findings())

    def next_deadline(self) -> str:
        """The next deadline of this meeting, in a sentence; empty when there is none."""
        today = self.desk.today
        ahead = [one for one in deadlines(self.desk.meeting, self.desk.association) if not one.done]
        return ahead[0].sentence(today) if ahead else ""

    def make_before(self) -> None:
        """Make what is sent before the meeting: kallelse, or the invitation to a consultation."""
        self.make_document(document_before(self._kind))

    def make_after(self) -> None:
        """Make what is written of the meeting: protokoll, or minnesanteckningar."""
        self.make_document(document_after(self._kind))

    def make_document(self, document: str) -> None:
        """Make a Word document of the meeting as it is now."""
        self.flush()
        if not self.desk.is_unsaved:  # the document would lack the words
            self.export.make(Document(document))

    def write_paper(self, document: str) -> None:
        """Begin a paper of the item at hand, or open the one there is, in the step Dagordning."""
        editor = self.agenda().editor
        editor.papers.write(Document(document))
        editor.ensureWidgetVisible(editor.papers)

    def make_item_document(self, document: Document, item_id: str) -> None:
        """Make a Word document of one item, such as its tjänsteskrivelse, and open it."""
        self.flush()
        if not self.desk.is_unsaved:
            self.export.make(document, About(items=(item_id,)), open_after=True)

    def attach_item_document(self, document: Document, item_id: str) -> None:
        """Make a paper of one item its bilaga, or renew the one there is."""
        self.flush()
        if not self.desk.is_unsaved:
            self.attaching.attach(document, item_id)

    def preview_item_document(self, document: Document, _item_id: str) -> None:
        """Show the pages of a paper of the item in the right pane."""
        self.side.show_document(document)
        self.show_preview()

    def read_back(self) -> None:
        """Ask for a document that was edited in Word."""
        self.flush()
        if self.step not in ("kallelse", "protokoll"):
            self.show_step("protokoll")
        step = self._steps[self.step]
        documents = step.whole.documents if hasattr(step, "whole") else getattr(step, "documents", None)
        if documents is not None:
            documents.choose()

    def show_preview(self) -> None:
        """Show the pages."""
        self._wants_side = True
        self.side.tabs.setCurrentIndex(0)
        self._place_side()

    def show_findings(self) -> None:
        """Show the findings."""
        self._wants_side = True
        self.side.tabs.setCurrentIndex(1)
        self._place_side()

    def show_public(self) -> None:
        """Show what is kept from the public version; a step with a pane of its own gives way to the minutes."""
        if self.step in OWN_PANE_STEPS:
            self.show_step("protokoll")
        self._wants_side = True
        self.side.tabs.setCurrentIndex(2)
        self._place_side()

    def hide_side(self) -> None:
        """Back to the step, where the pages or findings stand in its place."""
        self._wants_side = False
        self._place_side()

    def step_finding(self, by: int) -> None:
        """Open the next or previous finding."""
        self.show_findings()
        self.side.findings.step(by)

    def open_figures(self, item_id: str) -> None:
        """Go to the Siffror place with an item to put the table in."""
        self.flush()
        self.desk.shell.go("figures", f"{self.desk.meeting_id}/{item_id}")

    def cancel_meeting(self) -> None:
        """Call the meeting off in the step where its reason is written."""
        self.flush()
        self.show_step("kallelse")
        self._steps["kallelse"].cancellation.toggle()  # type: ignore[attr-defined]

    def remove_meeting(self) -> None:
        """Take the whole meeting away; it can be undone."""
        self.flush()
        meeting = self.desk.stored
        name = meeting_title(meeting).removeprefix("Styrelsens ")
        self.desk.session.change(f"Ta bort {name}", meeting, None, tell=True)

    def close_page(self) -> None:
        """Take in the last words and stop following the file."""
        self.flush()
        self.side.close_panes()
        self.attachments.close()
        self.desk.close()

    # -- showing --------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show how far each step has come."""
        if self.desk.meeting.kind is not self._kind:
            self._follow_kind()
        facts = step_facts(self.desk.meeting, self.desk.association, self.desk.today)
        for index, (state, text) in enumerate(facts):
            self.bar.set_step(index, state, text)
        grave = [state for state in self.finding_states() if state is not State.NONE]
        self.side.tabs.set_count(1, len(grave))
        self._narrow_tabs.set_count(2, len(grave))
        self.facts_changed.emit()

    def _connect(self) -> None:
        self.desk.changed.connect(self.refresh)
        self.joint.taken.connect(self._show_taken)
        self.desk.findings_changed.connect(self.refresh)
        self._splitter.splitterMoved.connect(self._side_moved)
        self.bar.currentChanged.connect(self._show_current)
        self._narrow_tabs.currentChanged.connect(self._narrow_tab_chosen)
        self.side.place_wanted.connect(self._go_to_finding)
        self.side.fix_wanted.connect(self._fix)
        self.side.item_wanted.connect(self._item_pressed)
        self.side.open_wanted.connect(self._open_document)
        self.side.paper_wanted.connect(self._open_paper)
        self.side.document_wanted.connect(self._make_public)
        self.export.changes_wanted.connect(self._show_changes)

    def _name_steps(self) -> None:
        """Give the tabs the names and places that the kind of meeting has."""
        for index, (key, name) in enumerate(zip(STEP_KEYS, step_names(self._kind), strict=True)):
            self.bar.setTabText(index, name)
            self.bar.setTabVisible(index, shows_step(self._kind, key))

    def _follow_kind(self) -> None:
        """The meeting has become of another kind: the steps that differ are made anew when they are shown."""
        self._kind = self.desk.meeting.kind
        self._name_steps()
        for key in ("kallelse", "narvaro", "protokoll"):
            step = self._steps.get(key)
            if step is not None and key != self.step:
                del self._steps[key]
                self._stack.removeWidget(step)
                step.deleteLater()
        if not shows_step(self._kind, self.step):
            self.show_step("protokoll")

    def _first_step(self) -> str:
        """Where work goes on: the agenda until the meeting is held, then what comes after."""
        meeting = self.desk.meeting
        if not meeting.kind.decides:
            return "protokoll" if reached(meeting, MeetingState.HELD) else "dagordning"
        if reached(meeting, MeetingState.ADJUSTED):
            return "efter"
        return "narvaro" if reached(meeting, MeetingState.HELD) else "dagordning"

    def _show_current(self, index: int) -> None:
        key = STEP_KEYS[index]
        for name, step in self._steps.items():
            if name != key and hasattr(step, "flush"):
                step.flush()
        if key not in self._steps:
            self._steps[key] = self._make_step(key)
            for documents in self._steps[key].findChildren(MadeDocuments):
                documents.public_wanted.connect(self._make_public)
            self._stack.addWidget(self._steps[key])
        if key in MEETING_STEPS and self._at_item and hasattr(self._steps[key], "show_item"):
            self._steps[key].show_item(self._at_item)  # type: ignore[attr-defined]
        self._stack.setCurrentWidget(self._steps[key])
        self._stack.updateGeometry()
        self._wants_side = False
        self.side.show_document(self._document())
        if isinstance(step := self._steps[key], PapersStep):
            self._show_paper(step.chosen_paper())
        self._place_side()
        self.focus_step()
        self.step_changed.emit(key)

    def _make_step(self, key: str) -> QWidget:
        makers: dict[str, Callable[[], QWidget]] = {
            "dagordning": self._make_agenda,
            "handlingar": self._make_papers,
            "kallelse": self._make_notice,
            "narvaro": self._make_attendance,
            "protokoll": self._make_minutes,
            "efter": self._make_aftermath,
        }
        return makers[key]()

    def _make_agenda(self) -> QWidget:
        step = AgendaStep(self.desk, self.attachments)
        step.item_chosen.connect(self._item_chosen)
        step.figures_wanted.connect(self.open_figures)
        step.document_wanted.connect(self.make_item_document)
        step.attach_wanted.connect(self.attach_item_document)
        step.preview_wanted.connect(self.preview_item_document)
        self._item_chosen(step.item_id)
        return step

    def _make_papers(self) -> QWidget:
        step = PapersStep(self.desk, self.attachments)
        step.paper_chosen.connect(self._show_paper)
        return step

    def _show_paper(self, attachment_id: str) -> None:
        """The pages of the bilaga that is chosen in the step Handlingar; a missing one has none."""
        found = self.attachments.find(attachment_id)
        if found is None:
            self.side.show_document(self._document())
            return
        self.side.show_paper(found[1], partial(self._file, found[1].sha256))

    def _file(self, sha256: str) -> bytes | None:
        return self.desk.session.workspace.file(sha256) if sha256 else None

    def _make_notice(self) -> QWidget:
        from finsam_desktop.ui.views.notice.step import NoticeStep

        return NoticeStep(self.desk, self.export)

    def _make_attendance(self) -> QWidget:
        if not self._kind.decides:
            from finsam_desktop.ui.views.meeting.participants_step import ParticipantsStep

            return ParticipantsStep(self.desk)
        from finsam_desktop.ui.views.record.step import AttendanceStep

        step = AttendanceStep(self.desk, self.export, self.phrases)
        step.item_chosen.connect(self._remember_item)
        return step

    def _make_minutes(self) -> QWidget:
        if not self._kind.decides:
            from finsam_desktop.ui.views.minutes.notes_step import NotesStep

            return NotesStep(self.desk, self.export)
        from finsam_desktop.ui.views.minutes.step import MinutesStep

        step = MinutesStep(self.desk, self.export, self.phrases)
        step.public_wanted.connect(self._make_public)
        step.item_chosen.connect(self._item_chosen)
        step.item_chosen.connect(self._remember_item)
        return step

    def _make_aftermath(self) -> QWidget:
        from finsam_desktop.ui.views.aftermath.step import AftermathStep

        return AftermathStep(self.desk)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_side()

    def _place_side(self) -> None:
        """The right pane: beside the step where there is room, in its place when asked for, else away."""
        own = self.step in OWN_PANE_STEPS and self._kind.decides
        narrow = self.width() < current_theme().px(NARROW_BELOW)
        self._narrow_tabs.setVisible(narrow and not own)
        self.side.show_tabs(not narrow)
        self.side.setVisible(not own and (not narrow or self._wants_side))
        if self.side.isVisibleTo(self) and not narrow:
            # A splitter squeezes a pane that comes back or is resized before it is seen.
            width = min(self._side_width, self.width() // 2)
            self._splitter.setSizes([self.width() - width, width])
        self._stack.setVisible(own or not narrow or not self._wants_side)
        chosen = 1 + self.side.tabs.currentIndex() if self._wants_side else 0
        blocked = self._narrow_tabs.blockSignals(True)
        self._narrow_tabs.setTabText(0, self.bar.tabText(self.bar.currentIndex()))
        self._narrow_tabs.setCurrentIndex(chosen)
        self._narrow_tabs.blockSignals(blocked)

    def _narrow_tab_chosen(self, index: int) -> None:
        """In a narrow window the step, the pages and the findings stand in the same place."""
        self.flush()
        self._wants_side = index > 0
        if index:
            self.side.tabs.setCurrentIndex(index - 1)
        self._place_side()

    def _side_moved(self, position: int, _index: int) -> None:
        self._side_width = self.width() - position

    def _show_taken(self, item_id: str) -> None:
        self.show_step("dagordning", item_id)

    # -- between the panes ----------------------------------------------------------------------------

    def _item_chosen(self, item_id: str) -> None:
        self.side.set_item(item_id)

    def _remember_item(self, item_id: str) -> None:
        """The paragraph at hand, for the other step that is about paragraphs."""
        self._at_item = item_id

    def _item_pressed(self, item_id: str) -> None:
        if self.step in ("dagordning", "protokoll"):
            self._steps[self.step].show_item(item_id)  # type: ignore[attr-defined]
        else:
            self.show_step("dagordning", item_id)

    def _open_paper(self) -> None:
        if isinstance(step := self._steps.get("handlingar"), PapersStep):
            step.open_current()

    def _open_document(self) -> None:
        self.flush()
        self.export.make(self._document(), open_after=True)

    def _make_public(self, document: Document, about: About) -> None:
        self.flush()
        self.export.make(document, about)

    def _public_documents(self) -> tuple[Document, ...]:
        """What can be made public of the meeting: what is sent before it and what is written of it."""
        meeting = self.desk.meeting
        made = (document_before(meeting.kind), document_after(meeting.kind), Document.TERTIALRAPPORT)
        return tuple(one for one in dict.fromkeys(made) if has_document(one, meeting))

    def _document(self) -> Document:
        """The paper that the step at hand is about."""
        return document_after(self._kind) if self.step in MINUTES_STEPS else document_before(self._kind)

    def _show_changes(self, document: Document, differences: tuple[str, ...]) -> None:
        step = "protokoll" if document is document_after(self._kind) else "kallelse"
        self.show_step(step)
        self._steps[step].show_changes(differences)  # type: ignore[attr-defined]

    def _go_to_finding(self, item_id: str, field: str, text: str, state: State) -> None:
        """Show the place of a finding, with the finding written at the field."""
        if not item_id and field in ASSOCIATION_PLACES:
            self.flush()
            self.desk.shell.go(*ASSOCIATION_PLACES[field])
        elif item_id and field in ITEM_STEPS:
            self.show_step(MEETING_FIELD_STEPS[field], item_id)
        elif item_id:
            self.hide_side()
            self.agenda().mark(item_id, field, text, state)
        else:
            step = MEETING_FIELD_STEPS.get(field, "kallelse")
            self.show_step(step)
            if hasattr(self._steps[step], "mark_field"):
                self._steps[step].mark_field(field, text, state)  # type: ignore[attr-defined]

    def _fix(self, rule: str, item_id: str) -> None:
        """Mend a finding the one way that needs no words: no proposal is laid, or numbers become references."""
        item = self.desk.item(item_id)
        if item is None:
            return
        if rule == MAKE_REFERENCES:
            self.desk.make_references(item_id)
            return
        proposal = replace(item.proposal, kind=ProposalKind.NONE_LAID)
        self.desk.change_item(
            f"Inget förslag läggs i {self.desk.item_name(item_id)}",
            item_id,
            lambda one: replace(one, proposal=proposal),
        )
