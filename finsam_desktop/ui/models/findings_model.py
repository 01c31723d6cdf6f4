"""Findings as they are shown: grouped by gravity, with the place in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from finsam_desktop.domain import agenda, numbering
from finsam_desktop.domain.accessibility import RULE_LETTER
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.ui.widgets.findings import FindingRow
from finsam_desktop.ui.widgets.states import State

if TYPE_CHECKING:
    from finsam_desktop.domain.rules import Finding

STATES = {"error": State.MUST_MEND, "warning": State.CONSIDER, "note": State.NOTE}
ACCESSIBILITY = "Tillgänglighet"
"""The group of findings about readers who do not see, or do not see well."""
_ORDER = (State.NONE, State.NOTE, State.CONSIDER, State.MUST_MEND)

FIELD_WORDS = {
    "title": "Rubrik", "type": "Typ", "presenter": "Föredragande", "presenter_id": "Föredragande",
    "minutes": "Tid", "reference": "Diarienummer", "summary": "Sammanfattning", "proposal": "Förslag till beslut",
    "attachments": "Beslutsunderlag", "recipients": "Expedieras till", "figures": "Siffror",
    "decision": "Beslut", "minutes_text": "Protokollstext", "sub_items": "Underpunkter",
    "date": "Datum", "start": "Starttid", "place": "Plats", "form": "Form",
    "notice_date": "Kallelse daterad", "absence_deadline": "Frånvaroanmälan", "attendance": "Närvaro",
    "adjusters": "Justerare", "adjusted_on": "Justering", "adjustment_date": "Justering",
    "public_notices": "Anslag", "items": "Dagordning", "state": "Läge", "closed_at": "Mötet slutade",
    "opened_at": "Mötet började", "report": "Tertialrapport", "members": "Förbundets medlemmar",
    "appointments": "Ledamöter och ersättare", "rules": "Förbundets regler", "charter": "Förbundsordning",
    "audits": "Revision", "delegations": "Delegationer", "delegated_decisions": "Delegationsbeslut",
    "meetings": "Sammanträden", "measure_id": "Insats", "memo": "Tjänsteskrivelse", "letter": "Skrivelse",
    "referral": "Remissvar", "kind": "Typ av sammanträde", "public_announced": "Tillkännagivande",
    "budget_published": "Budgetförslaget på webben", "consulted_on": "Samråd om budgeten",
    "convener": "Sammankallande", "letterhead": "Brevhuvud", "participants": "Deltagare", "end": "Sluttid",
    "readings": "Verksamhet", "plans": "Budget och plan",
}  # fmt: skip


def finding_state(finding: Finding) -> State:
    """How grave the finding is, as the window shows it."""
    return STATES.get(str(finding.severity), State.NOTE)


def finding_key(finding: Finding, place: int) -> str:
    """What the finding is called while it stands: the rule, the place, and its number among equals."""
    return f"{finding.rule}|{finding.place.item_id}|{finding.place.field}|{place}"


def gravest_per_item(meeting: Meeting, findings: Iterable[Finding]) -> Mapping[str, State]:
    """The gravest state per item; what concerns a sub-item is shown on its item too."""
    states: dict[str, State] = {}
    for finding in findings:
        item_id = finding.place.item_id
        if not item_id:
            continue
        parent = agenda.parent_of(meeting.items, item_id)
        for one in (item_id, parent.id if parent is not None else item_id):
            states[one] = max(states.get(one, State.NONE), finding_state(finding), key=_ORDER.index)
    return states


def place_words(meeting: Meeting, finding: Finding) -> str:
    """ "Ärende 5 › Förslag till beslut", "Kallelse › Form"."""
    item_id, field = finding.place.item_id, finding.place.field
    word = FIELD_WORDS.get(field, "")
    if not item_id:
        return word or "Sammanträdet"
    numbers = numbering.agenda_numbers(meeting)
    parent = agenda.parent_of(meeting.items, item_id)
    number = f"{numbers.get(parent.id, '')}{numbers.get(item_id, '')}" if parent else numbers.get(item_id, "")
    return f"Ärende {number} › {word}" if word else f"Ärende {number}"


def finding_rows(
    meeting: Meeting, findings: Iterable[Finding], item_id: str = "", fixes: Mapping[str, str] | None = None
) -> tuple[FindingRow, ...]:
    """Rows for all findings, or for one item and its sub-items. ``fixes``: button text by rule id."""
    wanted = {item_id}
    item = agenda.find(meeting.items, item_id) if item_id else None
    if item is not None:
        wanted |= {sub.id for sub in item.sub_items}
    rows = []
    for place, finding in enumerate(findings):
        if item_id and finding.place.item_id not in wanted:
            continue
        fix = (fixes or {}).get(finding.rule, "")
        rows.append(
            FindingRow(
                key=finding_key(finding, place),
                state=finding_state(finding),
                title=finding.title,
                place=place_words(meeting, finding),
                source=finding.source,
                advice=finding.advice,
                basis=finding.source,
                fixes=((finding.rule, fix),) if fix else (),
                group=ACCESSIBILITY if finding.rule.startswith(RULE_LETTER) else "",
            )
        )
    return tuple(rows)
