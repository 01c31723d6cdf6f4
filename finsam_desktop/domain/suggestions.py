"""What a meeting's agenda may lack: what earlier meetings left, what is to be reported, what the year wheel says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from finsam_desktop.domain import delegation, overview
from finsam_desktop.domain.agenda import AgendaItem, walk
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.catalogue import Frame, ItemTemplate
from finsam_desktop.domain.catalogue_use import (
    EVERY_MONTH,
    PREVIOUS_MINUTES,
    SEASON_DAYS,
    item_from_template,
    merged,
    month_range,
    previous_meeting,
)
from finsam_desktop.domain.decisions import Decision, Outcome
from finsam_desktop.domain.ids import new_id
from finsam_desktop.domain.meeting import Meeting, MeetingState
from finsam_desktop.domain.numbering import paragraphs, section_label
from finsam_desktop.domain.references import carried
from finsam_desktop.domain.register import EntryState, markdown_table, open_entries, open_list, register
from finsam_desktop.domain.wording import long_date

FOLLOW_UP = "beslutsuppfoljning"
"""The id of the item template under which earlier decisions are followed up."""


class Reason(StrEnum):
    """Why an item is proposed; in the order proposals are listed."""

    TABLED = "tabled"
    REMITTED = "remitted"
    PREVIOUS_MINUTES = "previous_minutes"
    DEADLINE = "deadline"
    FOLLOW_UP = "follow_up"
    DELEGATED = "delegated"
    YEAR_WHEEL = "year_wheel"
    EVERY_MEETING = "every_meeting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """An item that may belong on the agenda, ready to take in. ``why`` is one line for the secretary.

    ``key`` stays the same while the reason does, so that a list can keep its place.
    """

    key: str
    reason: Reason
    why: str
    item: AgendaItem


def suggestions(
    meeting: Meeting,
    association: Association,
    meetings: Sequence[Meeting],
    templates: Sequence[ItemTemplate],
) -> tuple[Suggestion, ...]:
    """What the meeting's agenda may lack, most urgent first; nothing for a meeting that decides nothing.

    Tabled and remitted items of earlier meetings; the previous minutes; what the year wheel has for the
    month, with a lawful last day first, unless an agenda this season has it; decisions to follow up and
    delegated decisions to report, with a table of them; what every meeting usually has.
    """
    if not meeting.kind.decides or meeting.cancelled_on is not None:
        return ()
    on_agenda = {item.template_id for item in walk(meeting.items)} - {""}
    titles = {item.title for item in walk(meeting.items)}
    every = merged(templates, association)
    reports = _to_report(meeting, association, meetings, every, on_agenda)
    found = [
        *_left_open(meeting, meetings, titles),
        *_previous_minutes(meeting, association, meetings, every, on_agenda),
        *reports,
    ]
    on_agenda |= {suggestion.item.template_id for suggestion in reports}
    taken = on_agenda | _taken_this_season(meeting, meetings)
    for template in every:
        if meeting.date.month not in template.months or template.frame is not Frame.NONE:
            continue
        always = set(template.months) == set(EVERY_MONTH)
        if template.id in (on_agenda if always else taken):
            continue
        item = item_from_template(template, association, meeting, meetings)
        if item.title in titles:
            continue
        reason = (
            Reason.EVERY_MEETING if always else Reason.DEADLINE if template.deadline else Reason.YEAR_WHEEL
        )
        found.append(
            Suggestion(
                key=f"{reason}:{template.id}", reason=reason, why=_wheel_why(template, always), item=item
            )
        )
    order = list(Reason)
    return tuple(sorted(found, key=lambda suggestion: order.index(suggestion.reason)))


def _to_report(
    meeting: Meeting,
    association: Association,
    meetings: Sequence[Meeting],
    templates: Sequence[ItemTemplate],
    on_agenda: set[str],
) -> list[Suggestion]:
    """Decisions to follow up and delegated decisions to report, each as an item with a table in its summary."""
    found = []
    lists = (
        (Reason.FOLLOW_UP, FOLLOW_UP, *follow_up_list(meeting, meetings)),
        (Reason.DELEGATED, delegation.ITEM, *delegated_list(meeting, association)),
    )
    for reason, template_id, why, table in lists:
        template = next((t for t in templates if t.id == template_id), None)
        if template is None or template_id in on_agenda or not table:
            continue
        item = item_from_template(template, association, meeting, meetings)
        text = f"{item.summary}\n\n{table}".strip()
        found.append(
            Suggestion(key=f"{reason}:{meeting.id}", reason=reason, why=why, item=replace(item, summary=text))
        )
    return found


def follow_up_list(meeting: Meeting, meetings: Sequence[Meeting]) -> tuple[str, str]:
    """What remains of the decisions before the meeting: a line for the secretary and the table. Empty when done."""
    before = [other for other in meetings if other.date < meeting.date]
    left = open_entries(register(before), meeting.date)
    late = sum(1 for entry in left if entry.state(meeting.date) is EntryState.OVERDUE)
    count = "1 öppet uppdrag" if len(left) == 1 else f"{len(left)} öppna uppdrag"
    numbered = [replace(entry, paragraph=_number_of(entry.meeting, entry.item, meetings)) for entry in left]
    why = f"{count}, {late} försenade" if late > 1 else f"{count}, 1 försenat" if late else count
    return why, open_list(numbered, meeting.date)


def delegated_list(meeting: Meeting, association: Association) -> tuple[str, str]:
    """The delegated decisions that no meeting has been told of: a line and the table. Empty when there are none."""
    left = delegation.unreported(association.delegated_decisions, meeting.date)
    groups = {one.id: one for one in association.delegations}
    rows = []
    for decision in left:
        group = groups.get(decision.delegation_id)
        source = " ".join(part for part in ((group.group, group.source) if group else ()) if part)
        rows.append(
            (
                decision.decided_on.isoformat(),
                decision.text,
                decision.decided_by or (group.delegate if group else ""),
                source or "–",
                decision.reference or "–",
            )
        )
    count = "1 delegationsbeslut" if len(left) == 1 else f"{len(left)} delegationsbeslut"
    heads = ("Datum", "Beslut", "Beslutat av", "Delegation", "Diarienummer")
    return f"{count} att anmäla (10 § finsamlagen)", markdown_table(heads, rows) if rows else ""


def filled_summary(
    item: AgendaItem, meeting: Meeting, association: Association, meetings: Sequence[Meeting]
) -> str:
    """The item's summary with its table of decisions made anew; unchanged for other items.

    What stands before and after the table is kept.
    """
    if item.template_id == FOLLOW_UP:
        table = follow_up_list(meeting, meetings)[1]
    elif item.template_id == delegation.ITEM:
        table = delegated_list(meeting, association)[1]
    else:
        return item.summary
    lines = item.summary.splitlines()
    rows = [place for place, line in enumerate(lines) if line.startswith("|")]
    before, after = (lines[: rows[0]], lines[rows[-1] + 1 :]) if rows else (lines, [])
    parts = ("\n".join(before).strip(), table, "\n".join(after).strip())
    return "\n\n".join(part for part in parts if part)


def _wheel_why(template: ItemTemplate, always: bool) -> str:
    if always:
        return "Brukar finnas på varje sammanträde"
    why = f"Årshjulet: {month_range(template.months)}"
    return f"{why}. Senast {template.deadline}" if template.deadline else why


def _taken_this_season(meeting: Meeting, meetings: Iterable[Meeting]) -> set[str]:
    near = (
        other
        for other in meetings
        if other.id != meeting.id and abs((other.date - meeting.date).days) <= SEASON_DAYS
    )
    return {
        item.template_id
        for other in near
        for item in walk(other.items)
        if item.decision.outcome not in (Outcome.TABLED, Outcome.REMITTED)
    }


def _left_open(meeting: Meeting, meetings: Sequence[Meeting], titles: set[str]) -> list[Suggestion]:
    found = []
    before = [other for other in meetings if other.id != meeting.id and other.date < meeting.date]
    for left in overview.left_open(before):
        wanted = left.item.decision.tabled_to
        if left.item.title in titles or (wanted is not None and wanted > meeting.date):
            continue
        paragraph = _paragraph_of(left.meeting, left.item, meetings)
        tabled = left.outcome is Outcome.TABLED
        word = "Bordlagt" if tabled else "Återremitterat"
        why = f"{word} den {long_date(left.meeting.date)}{paragraph}"
        if tabled and wanted is not None:
            why += f", till den {long_date(wanted)}"
        found.append(
            Suggestion(
                key=f"{left.outcome}:{left.item.id}",
                reason=Reason.TABLED if tabled else Reason.REMITTED,
                why=why,
                item=continued(left.item, origin=why),
            )
        )
    return found


def _paragraph_of(meeting: Meeting, item: AgendaItem, meetings: Sequence[Meeting]) -> str:
    number = _number_of(meeting, item, meetings)
    return f", {section_label((number,))}" if number else ""


def _number_of(meeting: Meeting, item: AgendaItem, meetings: Sequence[Meeting]) -> int:
    """The § under which the item or sub-item was treated; 0 when it has none."""
    numbers = paragraphs(meetings, meeting)
    top = next((i for i in meeting.items if any(one.id == item.id for one in walk((i,)))), None)
    return numbers.get(top.id, 0) if top is not None else 0


def continued(item: AgendaItem, *, origin: str = "") -> AgendaItem:
    """The item as it comes up again: new identity, same texts and proposal, nothing of what was decided.

    Attachments keep their files but get new identities, so that a bilaga is numbered anew in each meeting, and
    references to them follow.
    """
    return replace(carried(item, _anew(item)), origin=origin)


def _anew(item: AgendaItem) -> AgendaItem:
    return replace(
        item,
        id=new_id(),
        origin="",
        minutes_title="",
        minutes_text="",
        decision=Decision(),
        sub_items=tuple(_anew(sub) for sub in item.sub_items),
        attachments=tuple(replace(attachment, id=new_id()) for attachment in item.attachments),
    )


def _previous_minutes(
    meeting: Meeting,
    association: Association,
    meetings: Sequence[Meeting],
    templates: Sequence[ItemTemplate],
    on_agenda: set[str],
) -> list[Suggestion]:
    previous = previous_meeting(meeting, meetings)
    template = next((t for t in templates if t.id == PREVIOUS_MINUTES), None)
    if previous is None or template is None or PREVIOUS_MINUTES in on_agenda:
        return []
    if previous.state is MeetingState.DRAFT:
        return []
    label = section_label(paragraphs(meetings, previous).values())
    why = f"Protokollet från den {long_date(previous.date)}" + (f", {label}" if label else "")
    return [
        Suggestion(
            key=f"{Reason.PREVIOUS_MINUTES}:{previous.id}",
            reason=Reason.PREVIOUS_MINUTES,
            why=why,
            item=item_from_template(template, association, meeting, meetings),
        )
    ]
