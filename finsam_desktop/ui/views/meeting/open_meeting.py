"""The meeting that a page shows: its value, what is derived from it, and the way its steps change it.

Steps never hold a meeting of their own. They ask this object for the value, call `change` or `change_item`, and
refresh on `changed`; so undo, another step and the user's own typing all come back the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, time
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from finsam_desktop.domain import agenda, numbering, references
from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.meeting import Meeting, MeetingState
from finsam_desktop.domain.references import References
from finsam_desktop.ui.widgets.notification import Notice
from finsam_desktop.ui.widgets.states import State

if TYPE_CHECKING:
    from finsam_desktop.domain.catalogue import ItemTemplate
    from finsam_desktop.domain.rules import Finding
    from finsam_desktop.domain.suggestions import Suggestion
    from finsam_desktop.ui.view import Shell
    from finsam_desktop.workspace import Change

RECHECK_MS = 250
"""How long after a change the rules are asked: they take too long to be asked at every pause in typing."""

LONG_AGENDA = 60
"""An agenda with more items than this is shown before it is checked."""

LOCKED_STATES = (MeetingState.ADJUSTED, MeetingState.ANNOUNCED, MeetingState.ARCHIVED)
"""From here on numbers and minutes are what was signed."""


class OpenMeeting(QObject):
    """One meeting in the open association.

    ``changed`` comes after every change in the file, ``findings_changed`` when the rules say something new,
    ``removed`` when the meeting is gone. ``changed`` also comes after a choice that could not be made, so that the
    fields show what is stored; words that could not be stored are in ``meeting`` and are stored with the next change.
    """

    changed = Signal()
    findings_changed = Signal()
    removed = Signal()

    def __init__(self, shell: Shell, meeting_id: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.shell = shell
        self.session = shell.session
        self.meeting_id = meeting_id
        self._stored = shell.session.meeting(meeting_id)
        self._references = References(shell.session.meetings, self._stored)
        self._meeting = self._as_shown()
        self._findings: tuple[Finding, ...] | None = None
        self._recheck = QTimer(self)
        self._recheck.setSingleShot(True)
        self._recheck.setInterval(RECHECK_MS)
        self._recheck.timeout.connect(self.check_now)
        shell.session.changed.connect(self._follow)
        shell.session.closed.connect(self._recheck.stop)

    # -- what is ---------------------------------------------------------------------------------------

    @property
    def meeting(self) -> Meeting:
        """The meeting as it is edited: a reference in a text reads {§ 14}, see ``references``."""
        return self._meeting

    @property
    def stored(self) -> Meeting:
        """The meeting as it is in the file, for documents and whatever else does more than show it."""
        return self._stored

    @property
    def is_unsaved(self) -> bool:
        """Whether words in ``meeting`` could not be stored yet."""
        return self.session.unsaved(self.meeting_id) is not None

    @property
    def references(self) -> References:
        """What references say now, and what can be referred to."""
        return self._references

    @property
    def association(self) -> Association:
        return self.session.association

    @property
    def meetings(self) -> tuple[Meeting, ...]:
        return self.session.meetings

    @property
    def today(self) -> date:
        return self.session.today

    def clock(self) -> time | None:
        """The time of day while the meeting goes on, to the minute; None on any other day."""
        now = self.session.now
        return now.time().replace(second=0, microsecond=0) if now.date() == self._meeting.date else None

    @property
    def locked(self) -> bool:
        """Whether the minutes are adjusted, or the file is open for reading only."""
        return self._meeting.state in LOCKED_STATES or self.session.read_only

    def item(self, item_id: str) -> AgendaItem | None:
        """The item or sub-item with this id, or None."""
        return agenda.find(self._meeting.items, item_id)

    def numbers(self) -> dict[str, str]:
        """Agenda numbers by item id."""
        return numbering.agenda_numbers(self._meeting)

    def sections(self) -> dict[str, int]:
        """§ numbers by item id."""
        return numbering.paragraphs(self.meetings, self._meeting)

    def item_name(self, item_id: str) -> str:
        """The item as undo and messages call it: "ärende 8", "underpunkt 7B"."""
        number = self.numbers().get(item_id, "")
        parent = agenda.parent_of(self._meeting.items, item_id)
        return f"underpunkt {self.numbers()[parent.id]}{number}" if parent is not None else f"ärende {number}"

    def findings(self) -> tuple[Finding, ...]:
        """What the rules said when they were last asked; that is some time after each change.

        A long agenda is shown first and checked right after, so that nobody waits for the rules to open it.
        """
        if self._findings is not None:
            return self._findings
        if len(self._meeting.items) <= LONG_AGENDA:
            return self.check_now()
        self._findings = ()
        self._recheck.start()
        return self._findings

    def check_now(self) -> tuple[Finding, ...]:
        """Ask the rules now."""
        from finsam_desktop.domain import rules

        self._recheck.stop()
        before = self._findings
        self._findings = rules.check(self._stored, self.association, self.meetings, self.today)
        if before is not None and before != self._findings:
            self.findings_changed.emit()
        return self._findings

    def item_states(self) -> Mapping[str, State]:
        """The gravest finding per item, for the icons of the agenda."""
        from finsam_desktop.ui.models.findings_model import gravest_per_item

        return gravest_per_item(self._meeting, self.findings())

    def templates(self) -> tuple[ItemTemplate, ...]:
        """The program's item templates, with the association's own in place of those they replace."""
        from finsam_desktop.domain.catalogue_use import merged
        from finsam_desktop.files.catalogue_files import standard_templates

        return merged(self.session.guarded(standard_templates) or (), self.association)

    def template(self, template_id: str) -> ItemTemplate | None:
        """The template with this id, or None."""
        if not template_id:
            return None
        return next((one for one in self.templates() if one.id == template_id), None)

    def suggestions(self) -> tuple[Suggestion, ...]:
        """What the year, unfinished decisions and earlier meetings propose for this agenda."""
        from finsam_desktop.domain.suggestions import suggestions

        return suggestions(self._meeting, self.association, self.meetings, self.templates())

    # -- what is done ----------------------------------------------------------------------------------

    def change(self, label: str, after: Meeting, *, merge: str = "") -> bool:
        """Replace the meeting; False when it was the same or could not be changed. ``after`` is made of ``meeting``."""
        if after == self._meeting and not self.is_unsaved:
            return False
        taken = references.taken(after, self._references)
        if self.session.change(label, self._stored, taken, merge=merge, with_unsaved=True):
            return True
        if self.is_unsaved and merge:
            self._meeting = after  # or the words would be gone when the field shows another item
        elif not merge:
            self.changed.emit()
        return False

    def change_fields(self, label: str, *, merge: str = "", **fields: Any) -> bool:
        """Replace some of the meeting's fields."""
        return self.change(label, replace(self._meeting, **fields), merge=merge)

    def change_item(
        self, label: str, item_id: str, function: Callable[[AgendaItem], AgendaItem], *, merge: str = ""
    ) -> bool:
        """Replace one item or sub-item; False when it is gone."""
        if self.item(item_id) is None:
            return False
        items = agenda.update(self._meeting.items, item_id, function)
        return self.change_fields(label, items=items, merge=merge)

    def change_stored(self, label: str, after: Meeting, *, tell: bool = False) -> bool:
        """Replace the meeting by a value made of ``stored``; for what seals, sends and records."""
        if after == self._stored:
            return False
        if self.is_unsaved:  # ``after`` lacks the words
            self.session.save_again()
            self.changed.emit()
            return False
        done = self.session.change(label, self._stored, after, tell=tell)
        if not done:
            self.changed.emit()
        return done

    def make_references(self, item_id: str) -> bool:
        """Make the numbers typed by hand in an item's own texts references that follow what they name."""

        def livened(item: AgendaItem) -> AgendaItem:
            whole = references.mapped_texts(replace(item, sub_items=()), self._references.livened)
            return replace(whole, sub_items=item.sub_items)

        items = agenda.update(self._stored.items, item_id, livened)
        label = f"Hänvisningar i {self.item_name(item_id)}"
        return self.session.change(label, self._stored, replace(self._stored, items=items), tell=True)

    def _as_shown(self) -> Meeting:
        return references.shown(self.session.unsaved(self.meeting_id) or self._stored, self._references)

    def tell(self, text: str, *, undo: bool = False) -> None:
        """Say in the strip what happened, with "Ångra" when it can be undone."""
        if undo:
            self.shell.notify(Notice(text=text, action="Ångra", on_action=self._undo))
        else:
            self.shell.notify(Notice(text=text))

    def _undo(self) -> None:
        self.session.undo()

    def close(self) -> None:
        """Stop following; called when the page goes."""
        self._recheck.stop()
        self.session.changed.disconnect(self._follow)

    def _follow(self, _change: Change) -> None:
        try:
            meeting = self.session.meeting(self.meeting_id)
        except KeyError:
            self.removed.emit()
            return
        self._stored = meeting
        self._references = References(self.meetings, meeting)
        self._meeting = self._as_shown()
        if self._findings is not None:  # nobody waits for what nobody has asked for
            self._recheck.start()
        self.changed.emit()
