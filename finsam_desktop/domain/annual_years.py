"""Which year's årsredovisning an item is about."""

from __future__ import annotations

import re

from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.meeting import Meeting


def annual_year(association: Association, meeting: Meeting, item: AgendaItem) -> int:
    """The year of the item's årsredovisning: of the report linked to it, else as its title says, else last year."""
    linked = next((one for one in association.annual_reports if one.item_id == item.id), None)
    if linked is not None:
        return linked.year
    named = re.search(r"\b(20\d\d)\b", item.title)
    return int(named[1]) if named else meeting.date.year - 1
