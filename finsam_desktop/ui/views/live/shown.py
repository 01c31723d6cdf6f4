"""What is shown of an item in mötesläge; what all see is of the public version."""

from __future__ import annotations

from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.ui.models import live_facts
from finsam_desktop.ui.views.meeting.open_meeting import OpenMeeting


class ShownFacts:
    """The facts of an item. The public version is made once for each value of the meeting."""

    def __init__(self) -> None:
        self._public: tuple[Meeting, Meeting] | None = None

    def of(self, desk: OpenMeeting, item_id: str, *, shared: bool) -> live_facts.LiveFacts | None:
        """The facts, with ``shared`` only those that all may see; None for an item that is gone."""
        if desk.item(item_id) is None:
            return None
        shown = None
        if shared:
            public = self._public_version(desk)
            shown = next((one for one in live_facts.walk(public.items) if one.id == item_id), None)
        stored = next(one for one in live_facts.walk(desk.stored.items) if one.id == item_id)
        resolved = live_facts.references.mapped(stored, desk.references.resolve)
        return live_facts.live_facts(
            desk.meeting, desk.association, resolved, desk.sections(), shown=shown, shared=shared
        )

    def _public_version(self, desk: OpenMeeting) -> Meeting:
        if self._public is None or self._public[0] is not desk.stored:
            made = live_facts.shown_meeting(desk.stored, desk.association, desk.references)
            self._public = (desk.stored, made)
        return self._public[1]
