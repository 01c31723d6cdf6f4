"""Every field that a meeting can hold has a name, and every choice a word."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any, get_args, get_type_hints

from finsam_desktop.documents.kinds import Document
from finsam_desktop.documents.read_back_values import Group, field_name
from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.decisions import Decision, Proposal
from finsam_desktop.domain.field_words import _CHOICES, KIND_NAMES, LABELS, described, in_detail, label, said
from finsam_desktop.domain.figures import RowKind
from finsam_desktop.domain.meeting import FrozenRegister, Meeting
from finsam_desktop.domain.parcel import AT_HOME, NOT_COMPARED, SECRETARYS, TALK
from finsam_desktop.domain.parcel_forest import Shape, shapes
from finsam_desktop.domain.sealing import UNSEALED
from finsam_desktop.domain.text_places import text_places
from finsam_desktop.domain.version_changes import ITEM_WORDS
from tests.filled import filled

UNSHOWN = ("id",)
NEVER_SHOWN = (
    "FrozenRegister",
    "Seal",
    "SealedPart",
    "FrozenNumber",
    "SentAttachment",
    "AccountPlan",
    "AccountGroup",
)
"""What only the association records, or is told of as one thing."""


def reached(kind: Any, found: dict[type, None] | None = None) -> dict[type, None]:
    """Every dataclass and choice that a meeting can hold, but for the register kept at the adjustment."""
    found = {} if found is None else found
    for one in (kind, *get_args(kind)):
        if isinstance(one, type) and one not in found and (is_dataclass(one) or issubclass(one, Enum)):
            found[one] = None
            if is_dataclass(one) and one is not FrozenRegister:
                hints = get_type_hints(one)
                for part in fields(one):
                    if part.name not in NOT_COMPARED.get(one, frozenset()):
                        reached(hints[part.name], found)
        elif one is not kind:
            reached(one, found)
    return found


def test_every_field_has_a_name() -> None:
    missing = [
        f"{kind.__name__}.{one.name}"
        for kind in reached(Meeting)
        if is_dataclass(kind) and kind.__name__ not in NEVER_SHOWN
        for one in fields(kind)
        if one.name not in UNSHOWN and one.name not in LABELS.get(kind, {})
    ]
    assert missing == []
    for kind, names in LABELS.items():
        assert set(names) <= {one.name for one in fields(kind)}, kind


def test_every_thing_of_its_own_has_a_name() -> None:
    nodes = {
        inner
        for kind in reached(Meeting)
        if is_dataclass(kind)
        for _, shape, inner in shapes(kind)
        if inner is not None and shape in (Shape.LIST, Shape.PERHAPS) and inner in reached(Meeting)
    }
    assert {one.__name__ for one in nodes if one not in KIND_NAMES} <= set(NEVER_SHOWN)


def test_every_choice_has_its_words() -> None:
    table_parts = ("ColumnRole", "ColumnKind", "RowKind", "Post", "StatementPost")
    choices = [one for one in reached(Meeting) if issubclass(one, Enum) and one.__name__ not in table_parts]
    assert choices
    for kind in choices:
        assert set(kind) <= set(_CHOICES.get(kind, {})), kind


def test_words_of_a_whole_thing_hold_all_of_its_texts() -> None:
    item = filled(Meeting, "ord").items[0]
    said = described(item, lambda an_id: f"<{an_id}>")
    for text in (item.title, item.summary, item.minutes_text, item.proposal.clauses[0], item.decision.reason):
        assert text in said
    assert f"<{item.presenter_id}>" in said


def test_every_field_of_a_meeting_is_either_sent_or_named_to_stay() -> None:
    """A field that is left out of the seal lives beside the minutes: somebody has to decide whether it may be sent."""
    compared = {
        "items", "notice_date", "absence_deadline", "first_paragraph", "cancelled_on", "cancel_reason",
        "public_announced", "budget_published", "consulted_on", "participants", "convener", "associations",
    }  # fmt: skip
    decided = compared | AT_HOME[Meeting] | TALK[Meeting] | SECRETARYS[Meeting]
    assert UNSEALED[Meeting] - decided == set()
    assert label(Meeting, "items") == "Ärenden"


def test_two_values_that_are_said_alike_are_told_apart_in_detail() -> None:
    table = filled(Meeting, "ord").items[0].figures[0]
    row = table.rows[0]
    for other in (replace(row, comment="Nytt skäl"), replace(row, kind=RowKind.SUM)):
        assert said((row,), "rows", str) == said((other,), "rows", str)
        assert in_detail((row,), "rows", str) != in_detail((other,), "rows", str)


def test_a_field_is_called_the_same_where_it_is_written_compared_replaced_and_read_back() -> None:
    """One who meets a change in an answer, in a Word file and in a backup has to see that it is the same field."""
    item = filled(Meeting, "ord").items[0]
    replaced = {
        place.path[-1]: place.label
        for place in text_places(replace(filled(Meeting, "ord"), items=(replace(item, sub_items=()),)))
        if place.item_id == item.id and len(place.path) == 3
    }
    parts = {"title": "minutes_title", "text": "minutes_text", "recipients": "recipients", "type": "type"}
    for part, name in parts.items():
        assert field_name(Group(item.id, part), Document.PROTOKOLL) == label(AgendaItem, name)
    for part, name in {"title": "title", "text": "summary"}.items():
        assert field_name(Group(item.id, part), Document.KALLELSE) == label(AgendaItem, name)
    for part, (kind, name) in {
        "decision.clauses": (Decision, "clauses"),
        "decision.condition": (Decision, "condition"),
        "propositions": (Decision, "propositions"),
        "proposal.clauses": (Proposal, "clauses"),
    }.items():
        assert field_name(Group(item.id, part), Document.PROTOKOLL) == label(kind, name)
    for name in ("title", "summary", "minutes_title", "minutes_text", "reference"):
        assert replaced[name] == label(AgendaItem, name) == ITEM_WORDS[name]
    assert label(AgendaItem, "minutes_text") == "Text i protokollet"


def test_a_part_that_begins_with_its_own_name_is_not_named_twice() -> None:
    item = AgendaItem(id="a", title="Avtal", decision=Decision(clauses=("teckna avtalet",)))
    assert described(item, str) == "Avtal\nBeslut: att teckna avtalet"
