"""Where in the window the place of a finding is: a step of the meeting, or a place with a target.

Every field that a rule names is here or is a field of the item's editor; a test holds the two together.
"""

from __future__ import annotations

MEETING_FIELD_STEPS = {
    "attendance": "narvaro", "adjusters": "protokoll", "adjustment_date": "protokoll", "adjusted_on": "efter",
    "public_notices": "efter", "state": "efter", "opened_at": "protokoll", "closed_at": "protokoll",
    "decision": "narvaro", "minutes_text": "protokoll", "items": "dagordning", "date": "kallelse",
    "start": "kallelse", "end": "kallelse", "place": "kallelse", "form": "kallelse", "kind": "kallelse",
    "reference": "kallelse", "notice_date": "kallelse", "absence_deadline": "kallelse",
    "public_announced": "kallelse", "budget_published": "kallelse", "consulted_on": "kallelse",
    "convener": "kallelse", "participants": "narvaro",
}  # fmt: skip
"""The step that has a field of the meeting."""
ITEM_STEPS = ("attendance", "decision", "minutes_text")
"""Fields that an item has in another step than Dagordning."""
ITEM_FIELDS = (
    "title", "type", "presenter", "minutes", "reference", "sub_items", "summary", "attachments", "figures", "proposal",
    "recipients", "papers",
)  # fmt: skip
"""What the item's editor in Dagordning has; the heading stands above the rows."""
ITEM_ROWS = {
    "report": "papers", "memo": "papers", "letter": "papers", "referral": "papers", "measure_id": "papers",
    "presenter_id": "presenter",
}  # fmt: skip
"""Fields that the editor has under another row's name."""
ASSOCIATION_PLACES = {
    "rules": ("association", "uppgifter"),
    "letterhead": ("association", "uppgifter"),
    "members": ("association", "medlemmar"),
    "appointments": ("association", "personer"),
    "charter": ("association", "forbundsordning"),
    "audits": ("association", "revision"),
    "delegations": ("decisions", "delegationsbeslut"),
    "delegated_decisions": ("decisions", "delegationsbeslut"),
    "meetings": ("meetings", ""),
    "readings": ("figures", "verksamhet"),
    "plans": ("figures", "plan"),
}
"""Place and target of a field of the association."""
